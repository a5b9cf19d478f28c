"""What the store holds of one pair of states or bodies: a history of just that, through the indexes and within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from dragoman.record import Actor, Event, History, Join, Mention, Relation, Statement
from dragoman.record.dossier import Month
from dragoman.record.history import join_order
from dragoman.store import counts, parts, tables
from dragoman.store.derived import in_order
from dragoman.store.slices import with_states

GROUNDS = 24
"""Events and words that a state is told with at most: some are reported hundreds of times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of a pair is looked at: the `newest` events and the `weightiest` beside them, the newest `articles` that name
    both, and beside the states that hold the `states` that began last. With `around` what else those articles tell: other
    events, statements, mentions.
    """

    newest: int
    weightiest: int
    articles: int
    states: int = 60
    around: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PairHistory:
    """A history of a pair: the store holds `events` between the two, and `months` counts them all (where asked for)."""

    history: History
    events: int
    months: tuple[Month, ...]


def pair_history(
    connection: Connection, first: Actor, second: Actor, bounds: Bounds, as_of: date | None = None
) -> PairHistory:
    """Return what the store holds of a pair; with `as_of`, of events until that day.

    Where nothing is left out, a dossier of it is that of the whole history.
    """
    one, other = sorted((first.country or first.key or first.id, second.country or second.key or second.id))
    pair = tables.pair.c
    here = and_(pair.one == one, pair.other == other)
    happened = and_(here, pair.kind == "event")
    told = and_(here, pair.kind == "article")
    number = counts.events_between(connection, one, other, as_of) if bounds.newest else 0
    newest = _newest(connection, happened, bounds.newest, as_of)
    if number > len(newest) and bounds.weightiest:
        until = happened if as_of is None else and_(happened, or_(pair.day.is_(None), pair.day <= as_of))
        newest += _ids(connection, until, pair.weight.desc(), bounds.weightiest)
    relations = [_trimmed(one) for one in _relations(connection, _states(connection, here, bounds.states, as_of))]
    articles = set(_ids(connection, told, pair.day.desc().nulls_last(), bounds.articles))
    causes = {one for relation in relations for one in (*relation.cause, *relation.ended_by)}
    events = _events(connection, {*newest, *causes})
    loose: dict[str, Event] = {}
    if bounds.around:
        beside = parts.ids_in(connection, tables.report.c.event, tables.report.c.article, articles)
        beside |= {cause for event in events.values() for cause in event.because if cause.startswith("event-")}
        loose = _events(connection, beside - events.keys() - _between(connection, beside, one, other))
    relations += _others(connection, {*events, *loose, *articles}, (first.id, second.id))
    loose |= _events(connection, {one for r in relations for one in r.cause} - events.keys() - loose.keys())
    events |= loose
    statements: list[Statement] = []
    mentions: list[Mention] = []
    if bounds.around:
        statements = _of_articles(connection, Statement, tables.statement, articles)
    mentions = _of_articles(connection, Mention, tables.mention, articles)
    history = _history(connection, (first, second), events, relations, statements, mentions, articles)
    months = counts.months_between(connection, one, other, as_of) if bounds.around else ()
    return PairHistory(history=history, events=number, months=months)


def articles_known(connection: Connection, first: Actor, second: Actor, day: date, most: int) -> set[str]:
    """Return the newest articles of a day and before that name two sides, and the newest that tell a state between them."""
    one, other = sorted((first.country or first.key or first.id, second.country or second.key or second.id))
    pair, change, telling, article = tables.pair.c, tables.change.c, tables.telling.c, tables.article.c
    named = and_(pair.one == one, pair.other == other, pair.kind == "article", pair.day <= day)
    found = set(_ids(connection, named, pair.day.desc(), most))
    origins = select(change.origin).where(change.pair == " ".join(sorted((first.id, second.id))))
    tellers = select(telling.article).where(telling.event.in_(origins))
    states = select(article.id).where(article.published <= day, or_(article.id.in_(origins), article.id.in_(tellers)))
    return found | set(connection.execute(states.order_by(article.published.desc(), article.id).limit(most)).scalars())


def days_between(connection: Connection, one: str, other: str, until: date | None = None) -> tuple[date, ...]:
    """Return the days on which an event between two sides happened or a state began or ended, sorted; up to a day if given."""
    pair, relation = tables.pair.c, tables.relation.c
    here = and_(pair.one == one, pair.other == other)
    happened = select(pair.day).where(here, pair.kind == "event", pair.day.is_not(None), pair.score.is_not(None))
    days = set(connection.execute(happened.distinct()).scalars())
    states = select(relation.since, relation.until).join(tables.pair, pair.id == relation.id)
    for row in connection.execute(states.where(here, pair.kind == "relation")):
        days |= {day for day in row if day is not None}
    return tuple(sorted(day for day in days if until is None or day <= until))


def party_actors(connection: Connection, keys: Sequence[str]) -> list[Actor]:
    """Return the states and bodies of some keys; without keys, all that are no persons, for a search by name."""
    table = tables.actor.c
    statement = select(table.body)
    if keys:
        found = parts.rows_in(connection, statement, table.key, keys)
    else:
        found = iter(connection.execute(statement.where(table.kind != "person").order_by(table.id)))
    return sorted(parts.unpack_all(Actor, list(found)), key=lambda actor: actor.id)


def _ids(connection: Connection, condition: ColumnElement[bool], order: Any, most: int | None) -> list[str]:
    statement = select(tables.pair.c.id).where(condition).order_by(order, tables.pair.c.id)
    return list(connection.execute(statement if most is None else statement.limit(most)).scalars())


def _newest(connection: Connection, here: ColumnElement[bool], most: int, as_of: date | None) -> list[str]:
    """The ids of the newest of a pair's rows until a day, undated ones last: the days before it are a stretch of the index."""
    pair = tables.pair.c
    if as_of is None:
        return _ids(connection, here, pair.day.desc().nulls_last(), most)
    found = _ids(connection, and_(here, pair.day <= as_of), pair.day.desc(), most)
    if len(found) < most:
        found += _ids(connection, and_(here, pair.day.is_(None)), pair.id, most - len(found))
    return found


def _states(connection: Connection, here: ColumnElement[bool], most: int, as_of: date | None) -> set[str]:
    """The ids of the states between two that hold on a day, and of the last that had begun by then."""
    pair, relation = tables.pair.c, tables.relation.c
    begun: ColumnElement[bool] = and_(here, pair.kind == "relation")
    until: ColumnElement[bool] = relation.until.is_(None)
    if as_of is not None:
        begun = and_(begun, or_(pair.day.is_(None), pair.day <= as_of))
        until = or_(until, relation.until > as_of)
    holding = select(pair.id).join(tables.relation, relation.id == pair.id).where(begun, until)
    found = set(connection.execute(holding).scalars())
    return found | set(_ids(connection, begun, pair.day.desc().nulls_last(), most)) if most else found


def _events(connection: Connection, ids: Iterable[str]) -> dict[str, Event]:
    found = parts.rows_in(connection, select(tables.event.c.body), tables.event.c.id, ids)
    return {event.id: event for event in parts.unpack_all(Event, list(found))}


def _between(connection: Connection, ids: Iterable[str], one: str, other: str) -> set[str]:
    """Those of the events that stand between the two: which of them are shown is decided by day and weight."""
    pair = tables.pair.c
    statement = select(pair.id).where(pair.one == one, pair.other == other, pair.kind == "event")
    return {row.id for row in parts.rows_in(connection, statement, pair.id, ids)}


def _trimmed(relation: Relation) -> Relation:
    """A state with the first and last of what it rests on, where that is more than anybody looks up."""
    cause, evidence = relation.cause, relation.evidence
    if len(cause) <= GROUNDS and len(evidence) <= GROUNDS:
        return relation
    half = GROUNDS // 2
    return replace(
        relation,
        cause=cause if len(cause) <= GROUNDS else (*cause[:half], *cause[-half:]),
        evidence=evidence if len(evidence) <= GROUNDS else (*evidence[:half], *evidence[-half:]),
    )


def _relations(connection: Connection, ids: Iterable[str]) -> list[Relation]:
    found = parts.rows_in(connection, select(tables.relation.c.body), tables.relation.c.id, ids)
    return parts.unpack_all(Relation, list(found))


def _others(connection: Connection, origins: Iterable[str], pair: tuple[str, str]) -> list[Relation]:
    """The relations of either of the two with third parties that these events and articles tell."""
    change, relation = tables.change.c, tables.relation.c
    met = parts.ids_in(connection, change.pair, change.origin, origins)
    thirds = [set(one.split(" ")) for one in met]
    wanted = sorted({min(one - set(pair)) for one in thirds if len(one & set(pair)) == 1})
    if not wanted:
        return []
    found: dict[str, Relation] = {}
    for own in pair:
        for near, far in ((relation.of, relation.toward), (relation.toward, relation.of)):
            rows = parts.rows_in(connection, select(relation.body).where(near == own), far, wanted)
            found |= {one.id: one for one in parts.unpack_all(Relation, list(rows))}
    told = {*origins}
    return [one for one in found.values() if told & {*one.cause, *(span.article for span in one.evidence)}]


def _of_articles(connection: Connection, kind: type[Any], table: Any, articles: Iterable[str]) -> list[Any]:
    return parts.unpack_all(kind, list(parts.rows_in(connection, select(table.c.body), table.c.article, articles)))


def _history(
    connection: Connection,
    pair: tuple[Actor, Actor],
    events: dict[str, Event],
    relations: list[Relation],
    statements: list[Statement],
    mentions: list[Mention],
    articles: set[str],
) -> History:
    spans = [span for event in events.values() for span in event.evidence]
    spans += [span for relation in relations for span in relation.evidence]
    spans += [span for one in statements for span in one.outcome_evidence]
    pages = in_order(parts.load_pages(connection, articles | {span.article for span in spans}).values())
    places = {article.id: place for place, article in enumerate(pages)}
    named = {actor for event in events.values() for actor in (*event.actors, *event.recipients)}
    named |= {one.actor for one in mentions} | {one.speaker for one in statements if one.speaker}
    named |= {side for relation in relations for side in (relation.of, relation.toward)} | {one.id for one in pair}
    actors = with_states(connection, named)
    joins = _joins(connection, {*named, *events}) if statements or mentions else []
    return History(
        articles=pages,
        actors=tuple(actors[one] for one in sorted(actors)),
        mentions=tuple(sorted(mentions, key=lambda one: (places[one.article], one.start, one.end, one.actor))),
        events=tuple(events[one] for one in sorted(events)),
        statements=tuple(sorted(statements, key=lambda one: one.id)),
        relations=tuple(sorted({one.id: one for one in relations}.values(), key=lambda one: one.id)),
        joins=tuple(sorted(joins, key=join_order)),
    )


def _joins(connection: Connection, ids: Iterable[str]) -> list[Join]:
    table = tables.joining.c
    found = {
        row.number: row.body
        for column in (table.one, table.other)
        for row in parts.rows_in(connection, select(table.number, table.body), column, ids)
    }
    return [parts.unpack_one(Join, found[number]) for number in sorted(found)]
