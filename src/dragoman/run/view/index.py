"""A joined history looked up from every side: by id, by article, by actor, by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from dragoman.record import Actor, Article, Event, History, Join, Mention, Relation, Statement
from dragoman.relate.sides import Sides, make_sides

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A history with its records by id, by the article and by the actor they belong to.

    `event_of` leads from a single report's id to the event that it was merged into; `pairs` holds the events between two
    sides (ids, sorted); `caused` the relations that an event began or ended; `answers` the events that give an event as
    their reason.
    """

    history: History
    sides: Sides
    articles: Mapping[str, Article]
    actors: Mapping[str, Actor]
    events: Mapping[str, Event]
    statements: Mapping[str, Statement]
    relations: Mapping[str, Relation]
    event_of: Mapping[str, str]
    events_in: Mapping[str, tuple[Event, ...]]
    statements_in: Mapping[str, tuple[Statement, ...]]
    mentions_in: Mapping[str, tuple[Mention, ...]]
    mentions_of: Mapping[str, tuple[Mention, ...]]
    events_of: Mapping[str, tuple[Event, ...]]
    statements_of: Mapping[str, tuple[Statement, ...]]
    joins_of: Mapping[str, tuple[Join, ...]]
    caused: Mapping[str, tuple[Relation, ...]]
    answers: Mapping[str, tuple[Event, ...]]
    pairs: Mapping[tuple[str, str], tuple[Event, ...]]


def make_index(history: History) -> Index:
    """Return the index of a history."""
    sides = make_sides(history.actors)
    return Index(
        history=history,
        sides=sides,
        articles={one.id: one for one in history.articles},
        actors={one.id: one for one in history.actors},
        events={one.id: one for one in history.events},
        statements={one.id: one for one in history.statements},
        relations={one.id: one for one in history.relations},
        event_of={member: event.id for event in history.events for member in (event.id, *event.members)},
        events_in=_by(history.events, lambda event: {span.article for span in event.evidence}),
        statements_in=_by(history.statements, lambda one: (one.content.article,)),
        mentions_in=_by(history.mentions, lambda one: (one.article,)),
        mentions_of=_by(history.mentions, lambda one: (one.actor,)),
        events_of=_by(history.events, lambda event: dict.fromkeys((*event.actors, *event.recipients))),
        statements_of=_by(history.statements, lambda one: (one.speaker,) if one.speaker else ()),
        joins_of=_by(history.joins, lambda join: (join.one, join.other)),
        caused=_by(history.relations, lambda one: dict.fromkeys((*one.cause, *one.ended_by))),
        answers=_by(history.events, lambda event: event.because),
        pairs=_by(history.events, lambda event: combinations(sorted(sides.parties(event)), 2)),
    )


def _by(records: Iterable[T], keys: Callable[[T], Iterable[Any]]) -> dict[Any, tuple[T, ...]]:
    found: dict[Any, list[T]] = defaultdict(list)
    for record in records:
        for key in keys(record):
            found[key].append(record)
    return {key: tuple(some) for key, some in found.items()}
