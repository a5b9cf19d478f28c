"""Fuzz the readers of outside formats with atheris: `python scripts/fuzz_inputs.py FOLDER SECONDS [SEED]`.

What comes from outside: pages, texts, JSON, feeds, web archives, Parquet and archives of them; lists of addresses and GKG
files; exports of Label Studio, doccano, Prodigy and brat; registers; a codebook's TOML; decision files.
Each input must end in records, or in a reason of one line that is not a library's fault, within ten CPU-seconds and two
gigabytes; of many records the first `MOST` are looked at.

The first byte of an input chooses its kind, the second, for three in four, wraps the rest in a sound container so that the
fuzzer gets past checksums that it could not guess, or makes a bomb of it. A fault is written to FOLDER as finding-N.txt with
the input beside it, once for each place in the code, and the fuzzing goes on; a hang or too much memory ends the process, and
another one takes its place. FOLDER/report.json counts executions and findings; the same folder goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

NAMES = (
    *("a.html", "a.txt", "a.json", "a.jsonl", "a.warc", "a.warc.gz", "a.zip", "a.tar", "a.tgz", "a.rss", "a.xml"),
    *("a.jsonl.gz", "a.jsonl.zst", "a.parquet", "a", "a.md.gz"),
)
LISTS = ("gkg.csv", "addresses.txt", "gkg.csv.zip")
PROGRAMS = ("label-studio", "doccano", "prodigy", "brat")
REGISTERS = ("register.csv", "register.jsonl")
PARTS = {
    "cues.toml": "cues",
    "confidence.toml": "confidence",
    "furniture.toml": "furniture",
    "loaded.toml": "loaded_words",
    "masthead.toml": "masthead",
    "mentions.toml": "mentions",
    "outcomes.toml": "outcomes",
    "plover.toml": "ontology",
    "relations.toml": "relations",
    "spheres.toml": "spheres",
    "organs.csv": "bodies",
}
KINDS = (*NAMES, *LISTS, *PROGRAMS, *REGISTERS, *PARTS, "decisions.jsonl")
SECONDS_AN_ITEM = 10
MEMORY = 2048
PROCESS = 4096
"""Megabytes after which the fuzzer ends a process: what it keeps of thousands of inputs for itself comes on top."""
HANG = 60
"""Seconds by the clock after which the fuzzer ends a process: a busy machine makes ten of one."""
MOST = 40
"""Records of one input that are looked at: a bomb may hold a million sound ones."""
BOMB = 24_000_000
"""Bytes to which a bomb unpacks: more than any reader takes from one member."""

_RUNS = re.compile(r"^(?:#|Done |stat::number_of_executed_units: *)(\d+)\b", re.MULTILINE)


def wrapped(name: str, data: bytes, bomb: bool) -> bytes:
    """The bytes inside a sound container of the name's kind, many times over for a bomb."""
    if bomb and name.endswith((".gz", ".zip", ".tgz")) and data:
        data *= BOMB // len(data)
    if name.endswith(".gz"):
        return gzip.compress(data, 1, mtime=0)
    out = io.BytesIO()
    if name.endswith(".zip"):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("inner.html" if name == "a.zip" else "inner.csv", data)
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


def seeds(folder: Path) -> None:
    """Write sound inputs of each kind, from which the fuzzer starts."""
    page = b"<html><head><title>Talks</title></head><body><p>Norland recalled its envoy to Sudmark.</p></body></html>"
    line = b'{"text": "Norland recalled its envoy.", "date": "2021-05-04", "title": "Talks"}\n'
    feed = b'<rss version="2.0"><channel><item><title>T</title><description>Norland spoke.</description></item></channel></rss>'
    marks = {
        "label-studio": b'[{"id": 1, "data": {"text": "Norland spoke.", "article": "a"}, "annotations": [{"completed_by": 1, '
        b'"result": [{"type": "labels", "value": {"start": 0, "end": 7, "text": "Norland", "labels": ["ACTOR"]}}]}]}]',
        "doccano": b'{"id": 1, "text": "Norland spoke.", "label": [[0, 7, "ACTOR"]], "annotation_approver": "ada"}\n',
        "prodigy": b'{"text": "Norland spoke.", "spans": [{"start": 0, "end": 7, "label": "ACTOR"}], "answer": "accept"}\n',
        "brat": b"Norland spoke.\x00T1\tACTOR 0 7\tNorland\nT2\tACTOR 0 3;4 7\tNor and\n",
        "register.csv": b"name,aliases,country,office,since,until,wikidata\n"
        b"Ada Bo,A. Bo|Bo,NOR,Minister of Norway,2020,2021-04,Q1\n",
        "register.jsonl": b'{"id": "Q1", "schema": "Person", '
        b'"properties": {"name": ["Ada Bo"], "position": ["Minister (2019-)"]}}\n',
        "decisions.jsonl": b'{"record": "decision", "id": "d", "time": "2023-01-02T03:04:05Z", "author": "ada", '
        b'"kind": "join", "body": {"one": "a", "other": "b"}}\n',
        "gkg.csv": b"\t".join([b"1", b"2", b"1", b"news.example", b"https://news.example/1", *[b""] * 22]) + b"\n",
        "addresses.txt": b"https://news.example/1\nhttps://news.example/2\n",
    }
    marks["gkg.csv.zip"] = marks["gkg.csv"]
    data = Path(__file__).parents[1] / "src" / "dragoman" / "codebook" / "data"
    for number, name in enumerate(KINDS):
        if name in PARTS:
            inner = (data / name).read_bytes()[:3_000]
        elif name in marks:
            inner = marks[name]
        elif name.endswith((".html", ".zip", ".warc", ".warc.gz")):
            inner = page
        else:
            inner = feed if name.endswith((".rss", ".xml")) else line
        (folder / f"seed-{number}").write_bytes(bytes([number, 1]) + inner)
        (folder / f"seed-raw-{number}").write_bytes(bytes([number, 0]) + wrapped(name, inner, False))
        (folder / f"seed-bomb-{number}").write_bytes(bytes([number, 255]) + inner)
    with contextlib.suppress(ImportError):
        import pyarrow as pa
        import pyarrow.parquet as pq

        out = io.BytesIO()
        pq.write_table(pa.table({"text": ["Norland spoke."], "date": ["2021-05-04"]}), out)
        (folder / "seed-parquet").write_bytes(bytes([KINDS.index("a.parquet"), 0]) + out.getvalue())


WORDS = (
    *("WARC/1.0", "Content-Length: ", "WARC-Type: response", "Content-Encoding: gzip", "Transfer-Encoding: chunked"),
    *(
        "<html>",
        "<p>",
        "<script>",
        "<![CDATA[",
        "<rss>",
        "<entry>",
        "<?xml",
        "&#x202e;",
        '{"text":',
        '"data":',
        '"result":',
    ),
    *(
        '"value":',
        '"start":',
        '"labels":',
        "1e999",
        "-1",
        "99999999999999999999",
        "\\\\ud800",
        "0001-01-01",
        "9999-12-31",
        "[[",
    ),
    *("= [", '= "', "]]", "T1\\\\t", "|", "NOR", "Q1", "(2019-)"),
)
"""Bits of the formats for the fuzzer to put together."""


class FaultError(Exception):
    """A reader ended an input otherwise than it should."""


def readers() -> dict[str, Callable[[bytes], None]]:
    """Return what reads each kind, instrumented: a function that returns, or raises what is a fault."""
    import atheris

    # The readers import these when they first need them: here already, so that they are watched too.
    watched = [
        "dragoman.ingest",
        "dragoman.codebook",
        "dragoman.run",
        "warcio",
        "feedparser",
        "trafilatura",
        "htmldate",
    ]
    with atheris.instrument_imports(include=[*watched, "tarfile", "zipfile", "tomllib", "csv"]):
        import feedparser  # noqa: F401
        import trafilatura  # noqa: F401
        import warcio.archiveiterator  # noqa: F401

        from dragoman.codebook import Codebook
        from dragoman.codebook.register import load_register
        from dragoman.errors import DragomanError
        from dragoman.ingest import Refusal
        from dragoman.ingest.inputs import read_bytes
        from dragoman.ingest.marks import read_marks
        from dragoman.run.crawl import addresses_of
        from dragoman.run.decision_file import import_file
        from dragoman.store import open_store

    place = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))  # noqa: S108
    own = Codebook()
    known = {name: getattr(own, name) for name in ("territories", "bodies", "offices")}
    store = open_store(place / "store.sqlite3", create=True)

    def one_line(words: str) -> None:
        if "\n" in words or "please report" in words or not words.strip():
            raise FaultError(f"no reason of one line: {words!r}")

    @contextlib.contextmanager
    def told() -> Iterator[None]:
        try:
            yield
        except DragomanError as error:
            one_line(str(error))

    def articles(name: str) -> Callable[[bytes], None]:
        def read(data: bytes) -> None:
            for found in islice(read_bytes(data, name), MOST):
                if isinstance(found, Refusal):
                    one_line(found.reason)
                else:
                    found.text.encode("utf-8")
                    for section in found.sections:
                        found.span(section.start, section.end)

        return read

    def addresses(name: str) -> Callable[[bytes], None]:
        def read(data: bytes) -> None:
            (place / name).write_bytes(data)
            with told():
                for address in islice(addresses_of(str(place / name)), MOST):
                    one_line(address)

        return read

    def marks(program: str) -> Callable[[bytes], None]:
        def read(data: bytes) -> None:
            text, _, ann = data.partition(b"\0")
            (place / "marks.txt").write_bytes(text)
            (place / "marks.ann").write_bytes(ann)
            (place / "marks.json").write_bytes(data)
            with told():
                for marked in read_marks(place / ("marks.ann" if program == "brat" else "marks.json"), program):  # type: ignore[arg-type]
                    for span in marked.spans:
                        if not 0 <= span.start < span.end <= len(marked.text):
                            raise FaultError(f"{span} is no span of {len(marked.text)} characters")

        return read

    def register(name: str) -> Callable[[bytes], None]:
        def read(data: bytes) -> None:
            (place / name).write_bytes(data)
            with told():
                found = load_register([place / name], own.territories)
                for words in found.refused:
                    one_line(words)
                for entry in found.entries:
                    found.near(entry.names)

        return read

    def part(name: str) -> Callable[[bytes], None]:
        layer = place / name.replace(".", "-")
        layer.mkdir()

        def read(data: bytes) -> None:
            (layer / name).write_bytes(data)
            with told():
                codebook = Codebook((layer,))
                vars(codebook).update({key: value for key, value in known.items() if key != PARTS[name]})
                getattr(codebook, PARTS[name])

        return read

    def decisions(data: bytes) -> None:
        (place / "decisions.jsonl").write_bytes(data)
        with told():
            import_file(store, place / "decisions.jsonl")

    return {
        **{name: articles(name) for name in NAMES},
        **{name: addresses(name) for name in LISTS},
        **{name: marks(name) for name in PROGRAMS},
        **{name: register(name) for name in REGISTERS},
        **{name: part(name) for name in PARTS},
        "decisions.jsonl": decisions,
    }


def fuzz(folder: Path, seconds: int, seed: int) -> None:
    """Fuzz in this process until the time is up or an input hangs or takes too much memory."""
    import atheris

    reads = readers()
    seen = {path.read_text(encoding="utf-8").split("\n")[0] for path in folder.glob("finding-*.txt")}

    def one_input(data: bytes) -> None:
        if len(data) < 2:
            return
        name = KINDS[data[0] % len(KINDS)]
        inner = wrapped(name, data[2:], data[1] == 255) if data[1] % 4 else data[2:]
        start, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            reads[name](inner)
            if (grown := (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024) > MEMORY:
                raise FaultError(f"it took {grown:.0f} MB more")
            if (took := time.process_time() - start) > SECONDS_AN_ITEM:
                raise FaultError(f"it took {took:.0f} seconds")
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "scripts" not in frame.filename]
            at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
            known = f"{name} {type(error).__name__} {at}" + (
                f" {str(error)[:60]}" if isinstance(error, FaultError) else ""
            )
            if known not in seen:
                seen.add(known)
                number = hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()[:8]
                words = f"{known}\n{error!r}\n{''.join(traceback.format_exception(error))}"
                (folder / f"finding-{number}.txt").write_text(words, encoding="utf-8", errors="replace")
                (folder / f"finding-{number}.bin").write_bytes(data)

    limits = [f"-max_total_time={seconds}", f"-timeout={HANG}", f"-rss_limit_mb={PROCESS}", "-max_len=8192"]
    given = [f"-dict={folder / 'words.dict'}", f"-artifact_prefix={folder}/", f"-seed={seed}", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(folder / "corpus"), *given, *limits], one_input)
    atheris.Fuzz()


def main() -> None:
    """Fuzz for so many seconds, in one process after the other, and write the report."""
    folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    if "--here" in sys.argv:
        fuzz(folder, seconds, seed)
        return
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    seeds(folder / "corpus")
    (folder / "words.dict").write_text("".join(f'"{word}"\n' for word in map(_quoted, WORDS)), encoding="utf-8")
    report = {"seconds": 0.0, "executions": 0, "processes": 0}
    if (folder / "report.json").exists():
        report |= json.loads((folder / "report.json").read_text(encoding="utf-8"))
    start = time.monotonic()
    while (left := seconds - int(time.monotonic() - start)) > 5:
        began = time.monotonic()
        command = [sys.executable, __file__, str(folder), str(left), str(seed + int(report["processes"])), "--here"]
        with (folder / "log.txt").open("w", encoding="utf-8", errors="replace") as log:
            subprocess.run(command, stdout=log, stderr=log, env={**os.environ, "PYTHONHASHSEED": "0"}, check=False)  # noqa: S603 -- this script itself
        runs = [int(number) for number in _RUNS.findall((folder / "log.txt").read_text("utf-8", "replace"))]
        report["executions"] += max(runs, default=0)
        report["seconds"] += time.monotonic() - began
        report["processes"] += 1
        report["findings"] = len(list(folder.glob("finding-*.txt")))
        report["hangs and memory"] = len(
            [one for kind in ("timeout", "oom", "crash") for one in folder.glob(f"{kind}-*")]
        )
        (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        if not runs:
            sys.exit(f"the fuzzer did not begin: see {folder / 'log.txt'}")
    print(json.dumps(report))


def _quoted(word: str) -> str:
    return word.replace('"', '\\"')


if __name__ == "__main__":
    main()
