"""The library's two verbs: read articles into a history without a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from os import PathLike, fspath

from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.ingest import Refusal
from dragoman.read import Pipeline, build_reader
from dragoman.record import Article, History
from dragoman.record.text import article_id
from dragoman.relate import build_history
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_documents
from dragoman.settings import BATCH

Path = str | PathLike[str]


def read(
    path: Path | Sequence[Path],
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> History:
    """Return the joined record of one file or folder, or of several.

    `published` (a date or "2023-04-21"), `publisher` and `url` count for texts that don't say. `InputError` says in a line
    each what could not be read.
    """
    paths = [fspath(path)] if isinstance(path, str | PathLike) else [fspath(one) for one in path]
    return _history(list(open_inputs(paths, published=_day(published), publisher=publisher, url=url)))


def read_text(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    source: str = "text",
) -> History:
    """Return the record of one English text; the other arguments are those of `read`."""
    day = _day(published)
    article = Article(
        id=article_id(text, url),
        source=source,
        publisher=publisher,
        url=url,
        published=day,
        published_from="given" if day else None,
        language="en",
        text=text,
    )
    return _history([article])


@cache
def _reader() -> Pipeline:
    return build_reader(Codebook())


def _day(value: date | str | None) -> date | None:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{value!r} is no date: write it as 2023-04-21.") from error


def _history(inputs: Sequence[Article | Refusal]) -> History:
    reader = _reader()
    steps = list(read_documents(inputs, reader, BATCH))
    reasons = [step.reason for step in steps if step.reason]
    if reasons:
        raise InputError("\n".join(reasons))
    return build_history([step.document for step in steps if step.document], reader.codebook)
