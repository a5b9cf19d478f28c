"""Walk the inputs that a user names and turn each into articles or a refusal, one at a time and in a fixed order."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from dragoman.ingest.archive import from_tar, from_zip
from dragoman.ingest.columns import from_parquet
from dragoman.ingest.feed import FEEDS, from_whole
from dragoman.ingest.item import MAX_FILE, PAGES, Option, Refusal, from_bytes, from_lines
from dragoman.ingest.mail import MAILS
from dragoman.ingest.stream import COMPRESSED, inner_suffix, open_plain, rescued
from dragoman.ingest.warc import from_warc
from dragoman.record import Article

Found = Iterator[Article | Refusal]
Streamed = Callable[[BinaryIO, str, Option], Found]

_LINES = frozenset({".jsonl", ".ndjson"})
_ARCHIVES = frozenset({".zip", ".tar", ".tgz"})
_STREAMS: dict[str, Streamed] = {
    **dict.fromkeys(_LINES, from_lines),
    ".warc": from_warc,
    ".tar": from_tar,
}
"""Kinds that are read as a stream, however long, compressed or not."""

READABLE = frozenset({".txt", ".text", ".md", ".json", ".parquet", *PAGES, *FEEDS, *MAILS, *_ARCHIVES, *_STREAMS})
"""The endings by which a folder is searched; each may be followed by .gz or .zst."""

_STDIN = "standard input"


def read_inputs(
    paths: Sequence[str],
    *,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    stdin: BinaryIO | None = None,
) -> Found:
    """Yield the articles of files, folders and standard input ("-"), and a refusal for each that can't be read.

    A folder's readable files are taken in the order of their paths, its subfolders too; hidden files are passed over. JSON
    Lines, WARC, zip, tar and Parquet are streamed: never is more than one article's bytes in memory. `published`,
    `publisher`, `url` and `language` hold for inputs that don't say them. Nothing is raised for a bad input.
    """
    option = Option(published=published, publisher=publisher, url=url, language=language)
    for path in paths:
        if path == "-":
            yield from _from_stdin(stdin, option)
        else:
            yield from _from_path(Path(path), path, option)


def read_stream(file: BinaryIO, source: str) -> Found:
    """Yield the articles of an open file, told by its name as `read_inputs` tells them, and the refusals."""
    yield from _from_file(file, source, Option())


def read_bytes(
    data: bytes,
    source: str,
    *,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> Found:
    """Yield the articles of a file that is at hand, told by its name as `read_inputs` tells them, and the refusals."""
    option = Option(published=published, publisher=publisher, url=url, language=None)
    yield from _from_file(io.BytesIO(data), source, option)


def _from_stdin(stdin: BinaryIO | None, option: Option) -> Found:
    if stdin is None:
        yield Refusal(_STDIN, f"{_STDIN}: nothing is connected to it; name a file instead.")
        return
    yield from from_bytes(stdin.read(MAX_FILE + 1), _STDIN, "", option)


def _from_path(path: Path, source: str, option: Option) -> Found:
    try:
        if path.is_dir():
            yield from _from_folder(path, source, option)
        else:
            with path.open("rb") as file:
                yield from _from_file(file, source, option)
    except OSError as error:
        yield Refusal(source, f"{source}: {_os_reason(error)}")


def _from_file(file: BinaryIO, source: str, option: Option) -> Found:
    """The articles of an open file; a fault of a library that reads the kind is a refusal like any other."""
    try:
        yield from _by_kind(file, source, option)
    except OSError:
        raise  # the disk's or the folder's, which the caller words
    except Exception as error:
        words = " ".join(str(error).split())[:200]
        yield Refusal(
            source,
            f"{source}: reading it failed ({type(error).__name__}: {words}); what came before was read; "
            "please report it with the file.",
        )


def _by_kind(file: BinaryIO, source: str, option: Option) -> Found:
    """The articles of a file by the ending of its name, and by its bytes where that says nothing."""
    suffix = inner_suffix(source)
    if suffix == ".zip":
        yield from from_zip(file, source, option)
    elif suffix == ".parquet":
        yield from from_parquet(file, source, option)
    elif suffix in _STREAMS:
        with open_plain(file, source) as stream:
            yield from rescued(_STREAMS[suffix](stream, source, option), source)
    elif Path(source).suffix.lower() in COMPRESSED:
        with open_plain(file, source) as stream:
            yield from rescued(from_whole(stream.read(MAX_FILE + 1), source, suffix, option), source)
    else:
        yield from from_whole(file.read(MAX_FILE + 1), source, suffix, option)


def _os_reason(error: OSError) -> str:
    remedies = {
        FileNotFoundError: "there is no such file or folder: check the path.",
        PermissionError: "may not be read: grant the right to read it.",
        IsADirectoryError: "is a folder.",
    }
    return remedies.get(type(error), f"can't be read ({error.strerror}): check the disk or the path.")


def _from_folder(folder: Path, source: str, option: Option) -> Found:
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    if not names:
        yield Refusal(source, f"{source}: the folder is empty: put articles in it.")
    for name in names:
        path = folder / name
        inner = f"{source.rstrip('/')}/{name}"
        if (path.is_dir() and not path.is_symlink()) or inner_suffix(name) in READABLE:
            yield from _from_path(path, inner, option)
        elif not path.is_dir():
            kinds = ", ".join(sorted(READABLE))
            yield Refusal(
                inner, f"{inner}: not a kind that a folder is searched for ({kinds}): name it by itself to read it."
            )
