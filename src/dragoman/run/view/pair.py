"""A pair of sides: its dossier as of any day, the days on which something changed, and the timeline as numbers to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Actor
from dragoman.record.dossier import Dossier, Entry
from dragoman.run.answers import brief
from dragoman.run.lookup import find_party
from dragoman.run.view.index import Index
from dragoman.run.view.room import Room
from dragoman.run.view.scale import mood

_KEPT = 64
"""Dossiers kept while the store stays as it is: a slider asks for the same ones again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sides with the dossier of the day asked for.

    `days` are the days on which an event or state of the whole dossier begins or ends, sorted; `speakers` leads from a
    statement's id to its speaker's.
    """

    first: Actor
    second: Actor
    dossier: Dossier
    days: tuple[date, ...]
    speakers: Mapping[str, str | None]
    articles: int

    @property
    def keys(self) -> tuple[str, str]:
        """The keys by which an address names the two."""
        return self.first.key or self.first.id, self.second.key or self.second.id


def look_at_pair(room: Room, one: str, other: str, *, as_of: date | None = None, known_on: date | None = None) -> Pair:
    """Return a pair named in any way that `find_party` knows, or by ids; `UnknownNameError` where one is not known."""
    index = room.index() if known_on is None else room.known_index(known_on)
    first, second = (_party(name, room.codebook, index) for name in (one, other))
    whole = _dossier(_Made(room.codebook, index), first, second, None, known_on)
    shown = whole if as_of is None else _dossier(_Made(room.codebook, index), first, second, as_of, known_on)
    said = (saying.statement for voice in shown.voices for saying in voice.sayings)
    return Pair(
        first=first,
        second=second,
        dossier=shown,
        days=change_days(whole),
        speakers={one: index.statements[one].speaker for one in said if one in index.statements},
        articles=len(whole.sources),
    )


def change_days(dossier: Dossier) -> tuple[date, ...]:
    """Return the days on which an event or a state begins, or a state ends."""
    days = {entry.start or entry.end for entry in dossier.timeline}
    days |= {day for bar in dossier.bars for day in (bar.since, bar.until)}
    return tuple(sorted(day for day in days if day is not None))


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


def _party(name: str, codebook: Codebook, index: Index) -> Actor:
    actor = index.actors.get(name)
    return actor if actor is not None else find_party(name, codebook, index.history)


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """What a dossier is made from; the same as another where it is the very same index."""

    codebook: Codebook
    index: Index

    def __hash__(self) -> int:
        return id(self.index)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Made) and other.index is self.index


@lru_cache(maxsize=_KEPT)
def _dossier(made: _Made, first: Actor, second: Actor, as_of: date | None, known_on: date | None) -> Dossier:
    return brief(made.index.history, made.codebook, first, second, as_of=as_of, known_on=known_on)
