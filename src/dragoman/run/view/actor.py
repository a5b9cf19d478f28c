"""An actor: every spelling, the offices over time, what it did and said, and whom it might be one with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.errors import UnknownNameError
from dragoman.record import Actor, Join, Office, Statement
from dragoman.relate.describe import describe_statement
from dragoman.run.view.event import Told, in_a_line
from dragoman.run.view.index import Index
from dragoman.run.view.room import Room

PAGE = 25
"""Lines of a list on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement in a line: who, what, how, and the day of its article."""

    id: str
    speaker: str | None
    name: str
    text: str
    act: str
    direct: bool
    day: date | None
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Another actor that is one with this one, or might be, and why."""

    actor: Actor
    join: Join


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorView:
    """An actor as its page shows it; `partners` are the sides that it has most to do with, by keys, names and events."""

    actor: Actor
    side: Actor | None
    spellings: tuple[tuple[str, int], ...]
    offices: tuple[Office, ...]
    mentions: int
    articles: int
    events: tuple[Told, ...]
    event_count: int
    statements: tuple[Said, ...]
    statement_count: int
    candidates: tuple[Likeness, ...]
    reasons: tuple[str, ...]
    partners: tuple[tuple[str, str, int], ...]
    key: str
    page: int
    pages: int


def look_at_actor(room: Room, actor_id: str, page: int = 1) -> ActorView:
    """Return an actor with the `page`-th part of its events and statements; `UnknownNameError` where there is none."""
    index = room.index()
    actor = index.actors.get(actor_id)
    if actor is None:
        raise UnknownNameError(
            f"No actor {actor_id!r} in the store: it was joined anew since; look for it by its name."
        )
    mentions = index.mentions_of.get(actor.id, ())
    spelled = Counter(one.text for one in mentions if one.how == "name")
    spelled.update(dict.fromkeys(actor.names, 0))
    events = sorted(
        index.events_of.get(actor.id, ()),
        key=lambda one: (one.when is None, -_ordinal(one.when.start or one.when.end if one.when else None), one.id),
    )
    statements = sorted(
        index.statements_of.get(actor.id, ()),
        key=lambda one: (
            -_ordinal(index.articles[one.content.article].published),
            one.content.article,
            one.content.start,
        ),
    )
    side = index.sides.side(actor.id)
    low, high = (page - 1) * PAGE, page * PAGE
    joins = [join for join in index.joins_of.get(actor.id, ()) if join.kind == "actor"]
    return ActorView(
        actor=actor,
        side=index.actors.get(side) if side is not None and side != actor.id else None,
        spellings=tuple(sorted(spelled.items(), key=lambda pair: (-pair[1], pair[0]))),
        offices=tuple(sorted(actor.offices, key=lambda one: (one.former, one.since or date.max, one.title))),
        mentions=len(mentions),
        articles=len({one.article for one in mentions}),
        events=tuple(in_a_line(one, index) for one in events[low:high]),
        event_count=len(events),
        statements=said(statements[low:high], index),
        statement_count=len(statements),
        candidates=_candidates(actor, joins, index),
        reasons=tuple(dict.fromkeys(reason for join in joins if join.joined for reason in join.reasons)),
        partners=_partners(actor.id, index),
        key=actor.key or actor.id,
        page=page,
        pages=max(1, -(-max(len(events), len(statements)) // PAGE)),
    )


def _candidates(actor: Actor, joins: Sequence[Join], index: Index) -> tuple[Likeness, ...]:
    found = []
    for join in sorted(joins, key=lambda join: (-join.score, join.one, join.other)):
        other = join.other if join.one == actor.id else join.one
        if not join.joined and other in index.actors:
            found.append(Likeness(actor=index.actors[other], join=join))
    return tuple(found[:20])


def _partners(actor_id: str, index: Index) -> tuple[tuple[str, str, int], ...]:
    """The sides with which an actor's own side has most events, where the actor is a side itself."""
    if index.sides.side(actor_id) != actor_id:
        return ()
    found = [
        (other if one == actor_id else one, len(events))
        for (one, other), events in index.pairs.items()
        if actor_id in (one, other)
    ]
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple((index.actors[one].key or one, index.actors[one].name, number) for one, number in found[:12])


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else 0


def said(statements: Sequence[Statement], index: Index) -> tuple[Said, ...]:
    """Return statements in lines."""
    return tuple(
        Said(
            id=one.id,
            speaker=one.speaker,
            name=index.sides.name(one.speaker)
            if one.speaker
            else (one.speaker_words.text if one.speaker_words else "not named"),
            text=describe_statement(one, index.articles),
            act=one.act,
            direct=one.direct,
            day=index.articles[one.content.article].published,
            article=one.content.article,
            start=one.content.start,
            end=one.content.end,
        )
        for one in statements
    )
