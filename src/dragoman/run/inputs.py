"""Inputs: paths and standard input → articles and refusals, in an order that doesn't depend on how the paths were given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from dragoman.record import Article
from dragoman.record.text import article_id

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that can't be read: which, and one line that says what is wrong and what to do."""

    source: str
    reason: str


def open_inputs(
    paths: Sequence[str],
    *,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Refusal]:
    """Yield the articles of the paths, each path once and in sorted order, and a refusal for each that can't be read."""
    for path in sorted(set(paths)):
        try:
            raw = stdin.read() if path == STANDARD_INPUT and stdin is not None else Path(path).read_bytes()
            text = raw.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            yield Refusal(path, f"{path}: {error}; give a file of UTF-8 text.")
            continue
        yield Article(
            id=article_id(text, url),
            source=path,
            text=text,
            url=url,
            publisher=publisher,
            published=published,
            published_from="given" if published else None,
            language="en",
        )
