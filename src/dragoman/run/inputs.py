"""Inputs: what the user names, put into an order that doesn't depend on how it was named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO

from dragoman.ingest import Refusal, read_inputs
from dragoman.record import Article

STANDARD_INPUT = "-"


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
