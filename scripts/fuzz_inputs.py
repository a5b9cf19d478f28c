"""Fuzz the readers of outside formats with atheris: `pip install atheris`, then `python scripts/fuzz_inputs.py FOLDER SECONDS`.

Each input must end in articles whose text can be written as UTF-8, or in a refusal of one line that is not a library's fault;
anything else stops the run and leaves the input as a `crash-...` file in FOLDER. The first byte chooses the container, the
second, for three in four, wraps the rest so that the fuzzer gets past checksums that it could not guess.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
import zipfile
from pathlib import Path

import atheris

# The readers import these when they first need them: here already, so that they are watched too.
with atheris.instrument_imports(
    include=["dragoman.ingest", "warcio", "feedparser", "trafilatura", "htmldate", "tarfile"]
):
    import feedparser  # noqa: F401
    import trafilatura  # noqa: F401
    import warcio.archiveiterator  # noqa: F401

    from dragoman.ingest import Refusal
    from dragoman.ingest.inputs import read_bytes

NAMES = (
    *("a.html", "a.txt", "a.json", "a.jsonl", "a.warc", "a.warc.gz", "a.zip", "a.tar", "a.tgz", "a.rss", "a.xml"),
    *("a.jsonl.gz", "a.jsonl.zst", "a.parquet", "a", "a.md.gz"),
)
SECONDS_AN_ITEM = 10
MEMORY = 2048


def wrapped(name: str, data: bytes) -> bytes:
    """The bytes inside a sound container of the name's kind, so that what is fuzzed is what stands in it."""
    if name.endswith((".gz", ".tgz")) and name != "a.tgz":
        return gzip.compress(data, mtime=0)
    out = io.BytesIO()
    if name == "a.zip":
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("inner.html", data)
        return out.getvalue()
    if name in ("a.tar", "a.tgz"):
        with tarfile.open(fileobj=out, mode="w:gz" if name == "a.tgz" else "w") as tar:
            info = tarfile.TarInfo("inner.jsonl")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        return out.getvalue()
    if name == "a.warc":
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data
        head = (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/1\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
        )
        return head + http + b"\r\n\r\n"
    return data


def one_input(data: bytes) -> None:
    """Read one input and raise where it ends in neither an article nor a one-line reason."""
    if len(data) < 2:
        return
    name, inner = NAMES[data[0] % len(NAMES)], data[2:]
    for found in read_bytes(wrapped(name, inner) if data[1] % 4 else inner, name):
        if isinstance(found, Refusal):
            if "\n" in found.reason or "please report" in found.reason:
                raise RuntimeError(found.reason)
        else:
            found.text.encode("utf-8")


def seeds(folder: Path) -> None:
    """Write one sound input a container, from which the fuzzer starts."""
    page = b"<html><head><title>Talks</title></head><body><p>Norland recalled its envoy to Sudmark.</p></body></html>"
    line = b'{"text": "Norland recalled its envoy.", "date": "2021-05-04", "title": "Talks"}\n'
    feed = b'<rss version="2.0"><channel><item><title>T</title><description>Norland spoke.</description></item></channel></rss>'
    for number, name in enumerate(NAMES):
        inner = (
            page
            if name.endswith((".html", ".zip", ".warc", ".warc.gz"))
            else feed
            if name[2:] in ("rss", "xml")
            else line
        )
        (folder / f"seed-{number}").write_bytes(bytes([number, 1]) + inner)
        (folder / f"seed-raw-{number}").write_bytes(bytes([number, 0]) + wrapped(name, inner))


def main() -> None:
    """Fuzz for so many seconds with the corpus in a folder."""
    folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    seeds(folder / "corpus")
    os.environ["PYTHONHASHSEED"] = "0"
    limits = [f"-max_total_time={seconds}", f"-timeout={SECONDS_AN_ITEM}", f"-rss_limit_mb={MEMORY}", "-max_len=8192"]
    atheris.Setup([sys.argv[0], str(folder / "corpus"), f"-artifact_prefix={folder}/", "-seed=1", *limits], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
