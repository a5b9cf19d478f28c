"""Marks for annotation programs: each article's text with labelled spans, for people to check.

Label Studio and doccano count UTF-16 units, as browsers do; Prodigy and brat count code points, as we do. A label is `TYPE` or
`TYPE/mode` at the words of an event, `STATEMENT/act` at a statement's content, and `ACTOR/kind` at a name. `ingest.marks` reads
what people made of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.export.forms.coded import Coding
from dragoman.record import Article
from dragoman.record.units import Utf16

LABEL_STUDIO_FROM, LABEL_STUDIO_TO = "label", "text"
"""The names of the control and of the object in Label Studio's template."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words from `start` to `end` (code points, end exclusive) with a label; `record` is the id of what they stand for."""

    start: int
    end: int
    label: str
    record: str
    score: float


def marks_of(coding: Coding) -> dict[str, list[Mark]]:
    """Return the marks of each article, by its id, in the order of the text."""
    found: dict[str, list[Mark]] = {article.id: [] for article in coding.history.articles}
    for event in coding.history.events:
        label = f"{event.type}/{event.mode}" if event.mode else event.type
        span = event.trigger
        found[span.article].append(Mark(span.start, span.end, label, event.id, event.confidence))
    for statement in coding.history.statements:
        span = statement.content
        found[span.article].append(Mark(span.start, span.end, f"STATEMENT/{statement.act}", statement.id, 1.0))
    for mention in coding.history.mentions:
        actor = coding.actors.get(mention.actor)
        if mention.how == "name" and actor is not None:
            found[mention.article].append(Mark(mention.start, mention.end, f"ACTOR/{actor.kind}", actor.id, 1.0))
    return {article: sorted(marks) for article, marks in found.items()}


def label_studio_lines(coding: Coding) -> Iterator[str]:
    """Yield one JSON list of tasks with our marks as predictions, a task a line."""
    every = marks_of(coding)
    articles = coding.history.articles
    yield "["
    for number, article in enumerate(articles, start=1):
        units = Utf16(article.text)
        result = [
            {
                "id": f"{mark.record}:{mark.start}",
                "from_name": LABEL_STUDIO_FROM,
                "to_name": LABEL_STUDIO_TO,
                "type": "labels",
                "score": mark.score,
                "value": {
                    "start": units.of(mark.start),
                    "end": units.of(mark.end),
                    "text": article.text[mark.start : mark.end],
                    "labels": [mark.label],
                },
            }
            for mark in every[article.id]
        ]
        task = {
            "id": number,
            "data": {"text": article.text, "article": article.id, **_meta(article)},
            "predictions": [{"model_version": "dragoman", "result": result}],
        }
        yield json.dumps(task, ensure_ascii=False) + ("," if number < len(articles) else "")
    yield "]"


def doccano_lines(coding: Coding) -> Iterator[str]:
    """Yield doccano's JSON Lines: `text`, `label` as [start, end, label] in UTF-16 units, and the article's id."""
    every = marks_of(coding)
    for article in coding.history.articles:
        units = Utf16(article.text)
        labels = [[units.of(mark.start), units.of(mark.end), mark.label] for mark in every[article.id]]
        yield json.dumps(
            {"text": article.text, "label": labels, "article": article.id, **_meta(article)}, ensure_ascii=False
        )


def prodigy_lines(coding: Coding) -> Iterator[str]:
    """Yield Prodigy's JSON Lines: `text`, `spans`, and the article's id under `meta`."""
    every = marks_of(coding)
    for article in coding.history.articles:
        spans = [{"start": mark.start, "end": mark.end, "label": mark.label} for mark in every[article.id]]
        meta = {"article": article.id, **_meta(article)}
        yield json.dumps({"text": article.text, "spans": spans, "meta": meta}, ensure_ascii=False)


def brat_files(coding: Coding) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each brat file: a text and its annotations for every article.

    brat's labels know no slash: it is an underscore there. Its annotations can't run over a line's end: those that do are cut
    into pieces.
    """
    every = marks_of(coding)
    for article in coding.history.articles:
        yield f"{article.id}.txt", article.text
        rows = []
        for number, mark in enumerate(every[article.id], start=1):
            pieces = list(_pieces(article.text, mark))
            if pieces:
                places = ";".join(f"{start} {end}" for start, end in pieces)
                words = " ".join(article.text[start:end] for start, end in pieces)
                rows.append(f"T{number}\t{mark.label.replace('/', '_')} {places}\t{words}\n")
        yield f"{article.id}.ann", "".join(rows)


def _pieces(text: str, mark: Mark) -> Iterator[tuple[int, int]]:
    at = mark.start
    for line in text[mark.start : mark.end].split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _meta(article: Article) -> dict[str, str]:
    known = {
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
    }
    return {name: value for name, value in known.items() if value}
