"""The factuality bench: what the reader says of predicates that people scored from -3 (did not happen) to +3 (happened).

The gold marks words in single sentences, most of them from the web: it checks that the cues hold outside news, and is no
measure of events. `agreement` tells how well the two go together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import correlation
from typing import Any

from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.read.factuality import factuality
from dragoman.read.parse import DEFAULT_MODEL, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.record import Article, Document, Parse, Region

SCALE: Mapping[str, float] = {"happened": 2.5, "future": -1.0, "hypothetical": -1.0, "negated": -2.2}
"""Our four answers on the gold's scale, set by their meaning and not fitted: people often score a denied state as true."""

_BATCH = 256
"""Sentences read at once: the parser works in batches."""


def predict(gold: Path) -> Iterator[dict[str, Any]]:
    """Yield for each line of the gold `{"id", "targets": [{"span1", "factuality", "score", "reason"}]}`.

    The gold's `text` is split at single spaces, and `span1` gives the words from first to last (exclusive). `score` is on
    the gold's scale. `InputError` where the file can't be read, or names the line that is no such sentence.
    """
    codebook = Codebook()
    reader = Pipeline((parse_stage(DEFAULT_MODEL),), codebook)
    cases = _cases(gold)
    while batch := list(islice(cases, _BATCH)):
        documents = reader.read([_document(case) for case in batch])
        for case, document in zip(batch, documents, strict=True):
            assert document.parse is not None
            yield {"id": case["id"], "targets": list(_targets(case, document.parse, codebook))}


def agreement(gold: Path) -> dict[str, float]:
    """Return how well our answers go with the gold's: `pearson`, and `f1` of "did not happen" (scored below 0)."""
    ours: list[float] = []
    theirs: list[float] = []
    for case, found in zip(_cases(gold), predict(gold), strict=True):
        scored = {tuple(t["span1"]): float(t["label"]) for t in case["targets"]}
        for target in found["targets"]:
            ours.append(target["score"])
            theirs.append(scored[tuple(target["span1"])])
    both = sum(a < 0 and b < 0 for a, b in zip(ours, theirs, strict=True))
    marked = sum(a < 0 for a in ours) + sum(b < 0 for b in theirs)
    return {"pearson": round(correlation(ours, theirs), 3), "f1": round(2 * both / max(1, marked), 3)}


def _cases(gold: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = gold.open(encoding="utf-8")
    except OSError as error:
        raise InputError(f"Can't read {gold}: {error.strerror}. Name a file of scored predicates.") from error
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                case = json.loads(line)
                if not all(name in case for name in ("id", "text", "targets")):
                    raise KeyError("id, text or targets")
            except (ValueError, KeyError, TypeError) as error:
                message = f'{gold}, line {number}: no sentence ({error}). Each line is {{"id", "text", "targets"}}.'
                raise InputError(message) from error
            yield case


def _document(case: Mapping[str, Any]) -> Document:
    text = case["text"]
    article = Article(id=case["id"], source=case["id"], text=text, language="en")
    return Document(article=replace(article, sections=(Region(start=0, end=len(text), kind="body"),)))


def _targets(case: Mapping[str, Any], parse: Parse, codebook: Codebook) -> Iterator[dict[str, Any]]:
    starts, at = [], 0
    for word in case["text"].split(" "):
        starts.append((at, at + len(word)))
        at += len(word) + 1
    for target in case["targets"]:
        first, last = target["span1"]
        begin, end = starts[first][0], starts[last - 1][1]
        token = next((t for t in parse.tokens if t.start < end and t.end > begin), None)
        if token is None:
            continue
        verdict = factuality(parse, token.i, codebook.factuality)
        yield {
            "span1": target["span1"],
            "factuality": verdict.factuality,
            "score": SCALE[verdict.factuality],
            "reason": verdict.reason,
        }
