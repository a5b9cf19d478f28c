"""A pair of sides: its dossier as of any day, the days on which something changed, and the timeline as numbers to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from dragoman.record import Actor
from dragoman.record.dossier import Dossier, Entry
from dragoman.run.answers import PAGE, brief_pair
from dragoman.run.view.room import Room
from dragoman.run.view.scale import mood
from dragoman.store import tables
from dragoman.store.pairs import days_between
from dragoman.store.parts import rows_in
from dragoman.store.slices import of_column


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sides, by the keys that their address names, with the dossier of the day asked for.

    `days` are the days on which an event between them or a state begins or ends, sorted, whatever day is looked at; `speakers`
    leads from a statement's id to its speaker's.
    """

    keys: tuple[str, str]
    dossier: Dossier
    days: tuple[date, ...]
    speakers: Mapping[str, str | None]


def look_at_pair(room: Room, one: str, other: str, *, as_of: date | None = None, known_on: date | None = None) -> Pair:
    """Return a pair named in any way that `find_party` knows, or by ids; `UnknownNameError` where one is not known."""
    names = (_name(room, one), _name(room, other))
    shown = _dossier(room, *names, as_of, known_on)
    said = [saying.statement for voice in shown.voices for saying in voice.sayings]
    table = tables.statement.c
    with room.reading() as connection:
        rows = rows_in(connection, select(table.id, table.speaker), table.id, said)
        speakers = {row.id: row.speaker for row in rows}
        keys = [_key(connection, name) for name in (shown.first, shown.second)]
    days = room.kept(("days", *sorted(keys), known_on), lambda: _days(room, keys, known_on), always_fresh=True)
    return Pair(keys=(keys[0], keys[1]), dossier=shown, days=days, speakers=speakers)


def _days(room: Room, keys: Sequence[str], until: date | None) -> tuple[date, ...]:
    with room.reading() as connection:
        return days_between(connection, min(keys), max(keys), until)


def _name(room: Room, name: str) -> str:
    """The key or name of an actor that is named by its id; any other name as it is."""
    if not name.startswith("actor-"):
        return name
    with room.reading() as connection:
        found = of_column(connection, Actor, tables.actor, "id", [name])
    return (found[0].key or found[0].name) if found else name


def _key(connection: Connection, name: str) -> str:
    """The key of the state or body that a dossier calls so, or its id where it has none."""
    actor = tables.actor.c
    row = connection.execute(
        select(actor.key, actor.id)
        .where(actor.name == name, actor.kind != "person")
        .order_by(actor.key.is_(None), actor.mentions.desc(), actor.id)
        .limit(1)
    ).one_or_none()
    return (row.key or row.id) if row is not None else name


def _dossier(room: Room, one: str, other: str, as_of: date | None, known_on: date | None) -> Dossier:
    def make() -> Dossier:
        return brief_pair(room.store, room.codebook, one, other, as_of=as_of, known_on=known_on, bounds=PAGE)

    return room.kept(("dossier", one, other, as_of, known_on), make, always_fresh=True)


def timeline(pair: Pair) -> dict[str, Any]:
    """Return a dossier's timeline as plain values: acts, states, undated acts, and the mood with its uncertainty."""
    dossier = pair.dossier
    between = [
        (entry.start or entry.end, entry.score)
        for entry in dossier.timeline
        if not entry.background and entry.factuality == "happened"
    ]
    return {
        "first": dossier.first,
        "second": dossier.second,
        "as_of": _iso(dossier.as_of),
        "events": [_act(entry) for entry in dossier.timeline],
        "undated": [_act(entry) for entry in dossier.undated],
        "states": [
            {
                "id": bar.relation,
                "what": bar.what,
                "value": bar.value,
                "since": _iso(bar.since),
                "until": _iso(bar.until),
            }
            for bar in dossier.bars
        ],
        "mood": [
            {"run": point.run, "day": point.day.isoformat(), "mean": point.mean, "low": point.low, "high": point.high}
            for point in mood([(day, score) for day, score in between if day is not None])
        ],
        "sources": [
            ", ".join(part for part in (source.publisher, source.title, source.published) if part)
            for source in dossier.sources
        ],
    }


def _act(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.event,
        "when": entry.when,
        "start": _iso(entry.start),
        "end": _iso(entry.end),
        "text": entry.text,
        "lane": entry.lane,
        "background": entry.background,
        "by": entry.by,
        "code": entry.codes,
        "factuality": entry.factuality,
        "score": entry.score,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
