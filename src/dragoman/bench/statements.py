"""The statements bench: predictions for gold texts whose attributions are marked as source, cue and content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.read.clean import CLEAN
from dragoman.read.parse import DEFAULT_MODEL, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.read.quotes import Attribution, find_attributions, repaired
from dragoman.record import Article, Document

_BATCH = 16
"""Texts read at once: the parser works in batches, and the gold need not be held in memory whole."""


def predict(gold: Path) -> Iterator[dict[str, Any]]:
    """Yield for each line of the gold `{"id", "preds": [{"source", "cue", "content"}]}`, each a list of [start, end].

    Offsets are code points of the gold's text. Speakers are not resolved: the gold names their words.
    """
    codebook = Codebook()
    reader = Pipeline((CLEAN, parse_stage(DEFAULT_MODEL)), codebook)
    batch: list[Document] = []
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            article = Article(id=case["id"], source=case["id"], text=case["text"], language="en")
            batch.append(Document(article=article))
            if len(batch) == _BATCH:
                yield from _predictions(reader, batch)
                batch = []
    yield from _predictions(reader, batch)


def _predictions(reader: Pipeline, documents: list[Document]) -> Iterator[dict[str, Any]]:
    cues = reader.codebook.cues
    for document in reader.read(documents):
        assert document.parse is not None
        found = find_attributions(document.article, repaired(document.parse, cues), cues)
        yield {"id": document.article.id, "preds": list(joined(found))}


def joined(attributions: list[Attribution]) -> Iterator[dict[str, list[list[int]]]]:
    """Yield attributions as the gold marks them: what one cue introduces is one attribution,
    and what is reported inside a quotation is left out.
    """
    rows: list[dict[str, list[list[int]]]] = []
    by_cue: dict[tuple[object, ...], dict[str, list[list[int]]]] = {}
    for attribution in attributions:
        if attribution.nested:
            continue  # the gold marks nothing inside quotation marks
        content = [list(stretch) for stretch in attribution.contents]
        key = (attribution.cue, attribution.source, attribution.direct)
        if (attribution.direct or attribution.frame == "clause") and key in by_cue:
            by_cue[key]["content"].extend(content)
            continue
        row = {
            "source": [list(attribution.source)] if attribution.source else [],
            "cue": [list(attribution.cue)] if attribution.cue else [],
            "content": content,
        }
        if (attribution.direct or attribution.frame == "clause") and attribution.source is not None:
            by_cue[key] = row
        rows.append(row)
    yield from rows
