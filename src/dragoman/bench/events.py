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
_SURE_ENOUGH = 0.6
"""Confidence from which an event beside the main one is listed: three in five of its like are right."""
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
    """Return a document's events in the scorer's form, in their order.

    The gold's records are dyads and mark mostly the main event of a sentence. Beside the main one an event is listed when
    both its sides are known and the coder is sure enough of it.
    The scheme codes everybody by a state, so that a person or group whose state the text leaves open counts toward the only
    state that it names.
    """
    actors = {actor.id: actor for actor in document.actors or ()}
    states = {actor.country for actor in actors.values() if actor.country}
    lone = next(iter(states)) if len(states) == 1 else None
    found = []
    for number, event in enumerate(document.events or ()):
        if number and not _is_dyad(event):
            continue
        coded = {
            "event": event.type,
            "source_codes": _codes(event.actors, actors, lone),
            "target_codes": _codes(event.recipients, actors, lone),
        }
        if coded not in found:
            found.append(coded)
    return found


def _is_dyad(event: Event) -> bool:
    both_sides = bool(event.actors and event.recipients) or len(event.actors) > 1
    return both_sides and event.confidence >= _SURE_ENOUGH


def _codes(ids: tuple[str, ...], actors: dict[str, Actor], lone: str | None) -> list[str]:
    codes: dict[str, None] = {}
    for actor in (actors[i] for i in ids if i in actors):
        code = actor.country or _BODY_CODE.get(actor.sector or "")
        if code is None and any(office.of in actors_of_bodies(actors) for office in actor.offices):
            code = "IGO"
        if code is None and actor.kind in {"person", "group"}:
            code = lone
        if code:
            codes[code] = None
    return list(codes)


def actors_of_bodies(actors: dict[str, Actor]) -> set[str]:
    """Return the names and keys of the intergovernmental bodies among actors."""
    return {name for a in actors.values() if a.sector == "IGO" for name in (a.name, a.key or a.name, *a.names)}
