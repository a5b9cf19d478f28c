"""An actor: every spelling, the offices over time, what it did and said, and whom it might be one with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from dragoman.errors import UnknownNameError
from dragoman.record import Actor, Join, Mention, Office, Statement
from dragoman.relate.describe import describe_statement
from dragoman.run.view.event import Told, in_a_line
from dragoman.run.view.index import Index, make_index
from dragoman.run.view.room import Room
from dragoman.store import counts, parts, slices, tables
from dragoman.store.parts import unpack_all

PAGE = 25
"""Lines of a list on one page."""
_SPELLED = 2_000
"""Mentions by which the spellings are counted: the order of the most frequent ones is clear by then."""
_PARTNERS = 12
_JOINS = 20


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
    party, told, article = tables.party.c, tables.statement.c, tables.article.c
    skip = (page - 1) * PAGE
    with room.reading() as connection:
        row = connection.execute(
            select(tables.actor.c.body, tables.actor.c.mentions).where(tables.actor.c.id == actor_id)
        ).one_or_none()
        if row is None:
            raise UnknownNameError(
                f"No actor {actor_id!r} in the store: it was joined anew since; look for it by its name."
            )
        actor: Actor = unpack_all(Actor, [row])[0]
        events = list(
            connection.execute(
                select(party.event)
                .where(party.actor == actor_id)
                .order_by(party.day.desc(), party.event)
                .limit(PAGE)
                .offset(skip)
            ).scalars()
        )
        statements = list(
            connection.execute(
                select(told.id)
                .join(tables.article, article.id == told.article)
                .where(told.speaker == actor_id)
                .order_by(article.published.desc(), told.article, told.id)
                .limit(PAGE)
                .offset(skip)
            ).scalars()
        )
        event_count = parts.count(connection, tables.party, party.actor == actor_id)
        statement_count = parts.count(connection, tables.statement, told.speaker == actor_id)
        spelled = _spellings(
            actor,
            unpack_all(
                Mention,
                connection.execute(
                    select(tables.mention.c.body).where(tables.mention.c.actor == actor_id).limit(_SPELLED)
                ).all(),
            ),
        )
        joins = [join for join in slices.joins_of(connection, [actor_id]) if join.kind == "actor"]
        left = sorted((join for join in joins if not join.joined), key=lambda one: (-one.score, one.one, one.other))
        others = {one for join in left[:_JOINS] for one in (join.one, join.other)}
        history = slices.slice_of(
            connection, events=events, statements=statements, actors={actor_id, *others}, around=False
        )
        partners = _partners(room, actor) if actor.kind != "person" else []
        names = {
            found.key: found.name
            for found in unpack_all(
                Actor,
                connection.execute(
                    select(tables.actor.c.body).where(tables.actor.c.key.in_([key for key, _number in partners]))
                ).all(),
            )
        }
    index = make_index(history)
    side = index.sides.side(actor.id)
    return ActorView(
        actor=actor,
        side=index.actors.get(side) if side is not None and side != actor.id else None,
        spellings=spelled,
        offices=tuple(sorted(actor.offices, key=lambda one: (one.former, one.since or date.max, one.title))),
        mentions=row.mentions,
        events=tuple(in_a_line(index.events[one], index) for one in events if one in index.events),
        event_count=event_count,
        statements=said([index.statements[one] for one in statements if one in index.statements], index),
        statement_count=statement_count,
        candidates=_candidates(actor, left[:_JOINS], index),
        reasons=tuple(dict.fromkeys(reason for join in joins if join.joined for reason in join.reasons))[:_JOINS],
        partners=tuple((key, names.get(key, key), number) for key, number in partners),
        key=actor.key or actor.id,
        page=page,
        pages=max(1, -(-max(event_count, statement_count) // PAGE)),
    )


def _spellings(actor: Actor, mentions: Sequence[Mention]) -> tuple[tuple[str, int], ...]:
    spelled = Counter(one.text for one in mentions if one.how == "name")
    spelled.update(dict.fromkeys(actor.names, 0))
    return tuple(sorted(spelled.items(), key=lambda pair: (-pair[1], pair[0])))


def _candidates(actor: Actor, joins: Sequence[Join], index: Index) -> tuple[Likeness, ...]:
    found = []
    for join in joins:
        other = join.other if join.one == actor.id else join.one
        if other in index.actors:
            found.append(Likeness(actor=index.actors[other], join=join))
    return tuple(found)


def _partners(room: Room, actor: Actor) -> list[tuple[str, int]]:
    """The keys of the sides with which a side has most events; who acts for a state has none of its own."""
    key = actor.key
    if key is None or (actor.country is not None and actor.country != key):
        return []
    with room.reading() as connection:
        standings = counts.standings_of(connection, key, _PARTNERS)
    return [(one.second if one.first == key else one.first, one.events) for one in standings]


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
