"""Inputs: what the user names, put into an order that doesn't depend on how it was named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from dragoman.ingest import Refusal, read_inputs
from dragoman.ingest.stream import COMPRESSED, inner_suffix
from dragoman.record import Article

STANDARD_INPUT = "-"

_UNCOUNTED = frozenset({".zip", ".tar", ".warc", ".parquet", ".rss", ".atom", ".xml"})
"""Endings of files that hold nobody knows how many articles until they are read."""

_COUNTABLE = 1_000_000_000
"""Bytes of lines that are counted before the reading begins: about a second's worth."""


def open_inputs(
    paths: Sequence[str],
    *,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Refusal]:
    """Yield the articles and refusals of the paths, each path once and in sorted order, standard input first."""
    ordered = sorted(set(paths), key=lambda path: (path != STANDARD_INPUT, path))
    return read_inputs(ordered, published=published, publisher=publisher, url=url, stdin=stdin)


def count_inputs(paths: Sequence[str]) -> int | None:
    """Return about how many inputs the paths hold, a file or a line each; None where that can't be told quickly."""
    if STANDARD_INPUT in paths:
        return None
    files = [file for path in sorted(set(paths)) for file in _files(Path(path))]
    if any(inner_suffix(file.name) in _UNCOUNTED or file.suffix.lower() in COMPRESSED for file in files):
        return None
    lines = [file for file in files if file.suffix.lower() in {".jsonl", ".ndjson"}]
    try:
        if sum(file.stat().st_size for file in lines) > _COUNTABLE:
            return None
        return len(files) - len(lines) + sum(map(_line_count, lines))
    except OSError:
        return None


def counted_if_few(inputs: Iterator[Article | Refusal], most: int) -> tuple[Iterator[Article | Refusal], int | None]:
    """Return the same inputs, and how many they are where they are fewer than `most`, which are looked at."""
    first = list(islice(inputs, most))
    return chain(first, inputs), len(first) if len(first) < most else None


def _files(path: Path) -> list[Path]:
    return [inner for inner in path.rglob("*") if inner.is_file()] if path.is_dir() else [path]


def _line_count(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
