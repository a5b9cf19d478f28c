"""Slices of the joined history: what some articles, events or actors have to do with, through the indexes.

Every function takes the connection of a transaction of the store. A slice is a `History` of its own, whose records are those
of the whole; what of them lies elsewhere is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from dragoman.record import Actor, Event, History, Join, Mention, Relation, Statement
from dragoman.record.history import join_order
from dragoman.store import parts, tables
from dragoman.store.derived import in_order
from dragoman.store.rows import SHORT

T = TypeVar("T")


def slice_of(
    connection: Connection,
    *,
    articles: Iterable[str] = (),
    events: Iterable[str] = (),
    statements: Iterable[str] = (),
    actors: Iterable[str] = (),
    around: bool = True,
) -> History:
    """Return what some records have to do with: with `around` all that the articles tell, their mentions and joins too.

    With everybody comes the state for which they act; articles of which only words are quoted are there too.
    """
    whole = sorted(set(articles))
    found: dict[str, Event] = {}
    said: dict[str, Statement] = {}
    mentions: list[Mention] = []
    wanted = set(events)
    if around:
        wanted |= parts.ids_in(connection, tables.telling.c.event, tables.telling.c.article, whole)
        said = {one.id: one for one in of_column(connection, Statement, tables.statement, "article", whole)}
        mentions = of_column(connection, Mention, tables.mention, "article", whole)
    found = {one.id: one for one in of_column(connection, Event, tables.event, "id", wanted)}
    said |= {one.id: one for one in of_column(connection, Statement, tables.statement, "id", statements)}
    reasons = {cause for event in found.values() for cause in event.because} - found.keys() - said.keys()
    found |= {one.id: one for one in of_column(connection, Event, tables.event, "id", reasons)}
    said |= {one.id: one for one in of_column(connection, Statement, tables.statement, "id", reasons)}
    named = {one for event in found.values() for one in (*event.actors, *event.recipients)} | set(actors)
    named |= {one.actor for one in mentions} | {one.speaker for one in said.values() if one.speaker}
    people = with_states(connection, named)
    relations = caused_by(connection, found, people) if around else []
    named |= {side for relation in relations for side in (relation.of, relation.toward)}
    if named - people.keys():
        people |= with_states(connection, named - people.keys())
    joins = joins_of(connection, {*named, *found}) if around else []
    quoted = {span.article for event in found.values() for span in event.evidence} | set(whole)
    quoted |= {one.content.article for one in said.values()}
    quoted |= {span.article for one in said.values() for span in one.outcome_evidence}
    quoted |= {span.article for one in relations for span in one.evidence}
    quoted |= {span.article for one in actors_in(people, actors) for office in one.offices for span in office.evidence}
    pages = in_order(parts.load_pages(connection, quoted).values())
    return History(
        articles=pages,
        actors=tuple(people[one] for one in sorted(people)),
        mentions=tuple(sorted(mentions, key=lambda one: (one.article, one.start, one.end, one.actor))),
        events=tuple(found[one] for one in sorted(found)),
        statements=tuple(said[one] for one in sorted(said)),
        relations=tuple(sorted(relations, key=lambda one: one.id)),
        joins=tuple(sorted(joins, key=join_order)),
    )


def with_states(connection: Connection, ids: Iterable[str]) -> dict[str, Actor]:
    """Return actors by id, with the states and regions of the countries for which they act."""
    table = tables.actor.c
    body = select(table.body)
    found = parts.unpack_all(Actor, list(parts.rows_in(connection, body, table.id, ids)))
    countries = {actor.country for actor in found if actor.country is not None}
    states = parts.rows_in(connection, body.where(table.kind == "state"), table.country, countries)
    return {actor.id: actor for actor in (*found, *parts.unpack_all(Actor, list(states)))}


def actors_in(people: dict[str, Actor], ids: Iterable[str]) -> list[Actor]:
    """Return those of some actors that are there."""
    return [people[one] for one in sorted(set(ids)) if one in people]


def of_column(connection: Connection, kind: type[T], table: Table, column: str, values: Iterable[str]) -> list[T]:
    """Return the records of a table whose column has one of the values."""
    rows = parts.rows_in(connection, select(table.c.body), table.c[column], values)
    found: list[T] = parts.unpack_all(kind, list(rows))
    return found


def caused_by(connection: Connection, events: dict[str, Event], people: dict[str, Actor]) -> list[Relation]:
    """Return the relations that some events began or ended, looked for between the sides that take part in them."""
    states = {one.country: one.id for one in people.values() if one.kind == "state" and one.key in (None, one.country)}
    sides: set[str] = set()
    for event in events.values():
        for actor in (*event.actors, *event.recipients):
            known = people.get(actor)
            if known is not None:
                sides.add(states.get(known.country or "", actor))
    if len(sides) < 2:
        return []
    relation = tables.relation.c
    found = []
    for some in parts.lots(sorted(sides), 40):
        rows = parts.rows_in(connection, select(relation.body).where(relation.of.in_(some)), relation.toward, sides)
        found += [row for row in rows if _names_one(row.body, events)]
    return parts.unpack_all(Relation, found)


def _names_one(body: str, ids: Iterable[str]) -> bool:
    return any(one in body for one in ids)


def joins_of(connection: Connection, ids: Iterable[str]) -> list[Join]:
    """Return the joins of some records, those left open too."""
    table = tables.joining.c
    wanted = sorted(set(ids))
    found = {
        row.number: row.body
        for column in (table.one, table.other)
        for row in parts.rows_in(connection, select(table.number, table.body), column, wanted)
    }
    return [parts.unpack_one(Join, found[number]) for number in sorted(found)]


def after(
    connection: Connection, table: Table, condition: ColumnElement[bool] | None, last: str, most: int
) -> list[Any]:
    """Return the rows of a table with ids behind `last`, in their order, at most so many."""
    statement = select(table.c.id, table.c.body).where(table.c.id > last)
    if condition is not None:
        statement = statement.where(condition)
    return list(connection.execute(statement.order_by(table.c.id).limit(most)))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsAsked:
    """Which events are wanted: "" and None ask for nothing; `since` and `until` (inclusive) for those that may lie between."""

    type: str = ""
    factuality: str = ""
    actor: str = ""
    article: str = ""
    since: date | None = None
    until: date | None = None


_MANY = 6_000
"""Events of some days from which they are looked for by their ids: the page is full long before all of those days are seen."""
_LOT = 500
"""Events of which it is asked at once whether they are wanted."""


def events_after(connection: Connection, asked: EventsAsked, last: str, most: int) -> list[Any]:
    """Return the rows (id, body) of events with ids behind `last`, in their order, at most so many.

    An event of an actor or article is looked for among theirs; one of some days among those days' unless there are many.
    """
    event, party, telling = tables.event.c, tables.party.c, tables.telling.c
    conditions = [
        column == value for column, value in ((event.type, asked.type), (event.factuality, asked.factuality)) if value
    ]
    dated = asked.since is not None or asked.until is not None
    if dated:
        conditions.append(_may_lie(asked.since, asked.until))
    if asked.article:
        conditions.append(event.id.in_(select(telling.event).where(telling.article == asked.article)))
    if asked.actor:
        found: list[Any] = []
        while len(found) < most:
            own = select(party.event).where(party.actor == asked.actor, party.event > last)
            some = list(connection.execute(own.order_by(party.event).limit(_LOT)).scalars())
            found += _those_of(connection, some, conditions, most - len(found))
            if len(some) < _LOT:
                break
            last = some[-1]
        return found
    if dated:
        ids = _ids_of_days(connection, asked.since, asked.until, last)
        if ids is not None:
            return _those_of(connection, ids, conditions, most)
    return after(connection, tables.event, and_(*conditions) if conditions else None, last, most)


def _may_lie(since: date | None, until: date | None) -> ColumnElement[bool]:
    """That some day on which an event may have happened lies between two days; of no known day nobody can say so."""
    event = tables.event.c
    told = [or_(event.day.is_not(None), event.until.is_not(None))]
    if since is not None:
        told.append(or_(event.until.is_(None), event.until >= since))
    if until is not None:
        told.append(or_(event.day.is_(None), event.day <= until))
    return and_(*told)


def _ids_of_days(connection: Connection, since: date | None, until: date | None, last: str) -> list[str] | None:
    """The ids behind `last` of the events that may lie between two days, sorted; None where there are many."""
    event = tables.event.c
    near = [event.long == 0]
    if since is not None:
        near.append(event.day >= date.fromordinal(max(1, since.toordinal() - SHORT)))
    if until is not None:
        near.append(event.day <= until)
    found: list[str] = []
    for way in (and_(*near), event.long == 1):
        wanted = select(event.id).where(way, event.id > last, _may_lie(since, until))
        ids = connection.execute(wanted.limit(_MANY + 1)).scalars().all()
        if len(ids) > _MANY:
            return None
        found += ids
    return sorted(found)


def _those_of(connection: Connection, ids: list[str], conditions: list[ColumnElement[bool]], most: int) -> list[Any]:
    """The rows of the first of some events, given by their ids in order, that meet all conditions."""
    event = tables.event.c
    found: list[Any] = []
    for some in parts.lots(ids, max(_LOT, most)):
        rows = select(event.id, event.body).where(event.id.in_(some), *conditions).order_by(event.id)
        found += connection.execute(rows.limit(most)).all()
        if len(found) >= most:
            break
    return found[:most]


def last_between(connection: Connection, one: str, other: str) -> str | None:
    """Return the id of the last event that happened between two sides, the weightiest of its day."""
    pair = tables.pair.c
    here = and_(pair.one == one, pair.other == other, pair.kind == "event", pair.score.is_not(None))
    day = connection.execute(select(func.max(pair.day)).where(here)).scalar()
    where = and_(here, pair.day == day) if day is not None else here
    statement = select(pair.id).where(where).order_by(func.abs(pair.score).desc(), pair.id.desc()).limit(1)
    found: str | None = connection.execute(statement).scalar()
    return found


def newest_articles(
    connection: Connection, *, most: int, skip: int = 0, undated: bool = False, unread: bool = False
) -> tuple[list[str], int]:
    """Return the ids of the newest articles, undated ones last, and how many there are in all."""
    article, document = tables.article, tables.document
    conditions = []
    if undated:
        conditions.append(article.c.id.in_(_undated()))
    if unread:
        conditions.append(article.c.id.in_(select(document.c.article).where(document.c.refused.is_not(None))))
    condition = and_(*conditions) if conditions else None
    statement = select(article.c.id).order_by(article.c.published.desc().nulls_last(), article.c.id)
    if condition is not None:
        statement = statement.where(condition)
    found = list(connection.execute(statement.limit(most).offset(skip)).scalars())
    return found, parts.count(connection, article, condition)


def _undated() -> Any:
    return select(tables.article.c.id).where(tables.article.c.published.is_(None))


def facts_in(connection: Connection, articles: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return how many events and statements each of some articles tells."""
    counts = []
    for table in (tables.telling, tables.statement):
        statement = select(table.c.article, func.count().label("n")).group_by(table.c.article)
        counts.append({row.article: row.n for row in parts.rows_in(connection, statement, table.c.article, articles)})
    return {one: (counts[0].get(one, 0), counts[1].get(one, 0)) for one in articles}


def actors_named(
    connection: Connection, words: Sequence[str], ids: Iterable[str], keys: Iterable[str], most: int, skip: int = 0
) -> tuple[list[Actor], int]:
    """Return the actors whose name holds all the words, or with one of the ids or keys, the most mentioned first.

    With them comes how many there are. Small and capital letters are alike in Latin script; elsewhere as they are written,
    or with a capital at the beginning.
    """
    actor = tables.actor
    named = [
        or_(
            actor.c.name.ilike(f"%{_plain(word)}%", escape="\\"),
            actor.c.name.contains(word.capitalize(), autoescape=True),
        )
        for word in words
    ]
    chosen = or_(and_(*named), actor.c.id.in_(sorted(ids)), actor.c.key.in_(sorted(keys))) if words else None
    condition = actor.c.mentions > 0 if chosen is None else and_(actor.c.mentions > 0, chosen)
    statement = select(actor.c.body).where(condition).order_by(actor.c.mentions.desc(), actor.c.name, actor.c.id)
    rows = connection.execute(statement.limit(most).offset(skip)).all()
    return parts.unpack_all(Actor, rows), parts.count(connection, actor, condition)


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
