"""Bench of events: code each gold sentence by itself and write the predictions that the scorer reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.read import build_reader
from dragoman.record import Actor, Article, Document, Event
from dragoman.record.text import article_id

_BATCH = 64
_BODY_CODE = {"IGO": "IGO", "NGO": "NGO"}


def predict(gold: Path) -> Iterator[dict[str, Any]]:
    """Yield `{"id", "events": [{"event", "source_codes", "target_codes"}]}` for each record, the main event first.

    Codes are the ISO 3166 alpha-3 codes of the states that the parties act for, "IGO" or "NGO" for bodies without a state. A
    text that several records share is coded once, under the first.
    """
    codebook = Codebook()
    reader = build_reader(codebook)
    records = []
    seen: set[str] = set()
    for line in gold.read_text(encoding="utf-8").splitlines():
        if line.strip():
            record = json.loads(line)
            if record["text"] not in seen:
                seen.add(record["text"])
                records.append(record)
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        for record, document in zip(batch, reader.read([_document(r["text"]) for r in batch]), strict=True):
            yield {"id": record["id"], "events": predictions(document)}


def _document(text: str) -> Document:
    return Document(article=Article(id=article_id(text), source="bench", text=text, language="en"))


def predictions(document: Document) -> list[dict[str, Any]]:
    """Return a document's events in the scorer's form, in their order."""
    actors = {actor.id: actor for actor in document.actors or ()}
    found = []
    for event in document.events or ():
        coded = {
            "event": event.type,
            "source_codes": _codes(event.actors, actors),
            "target_codes": _codes(event.recipients, actors),
        }
        if coded not in found:
            found.append(coded)
    return found


def _codes(ids: tuple[str, ...], actors: dict[str, Actor]) -> list[str]:
    codes: dict[str, None] = {}
    for actor in (actors[i] for i in ids if i in actors):
        code = actor.country or _BODY_CODE.get(actor.sector or "")
        if code:
            codes[code] = None
    return list(codes)


def main_event(events: list[Event]) -> Event | None:
    """Return the event listed first, which the coder takes for the main one."""
    return events[0] if events else None
