"""The dates bench: predictions for gold texts whose time expressions are marked and normalised as in TIMEX3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.read.clean import CLEAN
from dragoman.read.dates import DATE
from dragoman.read.parse import DEFAULT_MODEL, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.record import Article, Document

_BATCH = 16
"""Texts read at once: the parser works in batches, and the gold need not be held in memory whole."""


def predict(gold: Path) -> Iterator[dict[str, Any]]:
    """Yield for each line of the gold `{"id", "preds": [{"start", "end", "value"}]}`, offsets in the gold's text.

    Each text is read as an article published on its `dct`, by the stages that dates need. `InputError` where the file
    can't be read, or names the line that is no such text.
    """
    reader = Pipeline((CLEAN, parse_stage(DEFAULT_MODEL), DATE), Codebook())
    batch: list[Document] = []
    for document in _documents(gold):
        batch.append(document)
        if len(batch) == _BATCH:
            yield from _predictions(reader, batch)
            batch = []
    yield from _predictions(reader, batch)


def _documents(gold: Path) -> Iterator[Document]:
    try:
        lines = gold.open(encoding="utf-8")
    except OSError as error:
        raise InputError(f"Can't read {gold}: {error.strerror}. Name a file of gold texts.") from error
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _document(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                message = f'{gold}, line {number}: no gold text ({error}). Each line is {{"id", "dct", "text", ...}}.'
                raise InputError(message) from error


def _document(case: dict[str, Any]) -> Document:
    published = date.fromisoformat(case["dct"][:10]) if case.get("dct") else None
    article = Article(
        id=case["id"],
        source=case["id"],
        text=case["text"],
        published=published,
        published_from="given" if published else None,
        language="en",
    )
    return Document(article=article)


def _predictions(reader: Pipeline, documents: list[Document]) -> Iterator[dict[str, Any]]:
    for document in reader.read(documents):
        found = [{"start": d.span.start, "end": d.span.end, "value": d.value} for d in document.dates or ()]
        yield {"id": document.article.id, "preds": found}
