"""The derived tables: the joined history as it was last made, and from what it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from dragoman.names import keys
from dragoman.record import Actor, Article, Event, History, Join, Mention, Relation, Statement
from dragoman.store import codec, tables
from dragoman.store.store import Store

_CHUNK = 2_000
"""Rows sent to the database at once."""


def revision(store: Store) -> int:
    """Return how often what was read or decided has changed."""
    with store.reading() as connection:
        return _revision(connection)


def derived_from(store: Store) -> str | None:
    """Return what the derived tables were made from, as `put_history` was told; None where they were never made."""
    with store.reading() as connection:
        return _derived_from(connection)


def put_history(store: Store, history: History, made_from: str, at_revision: int) -> bool:
    """Store the joined history in place of the last one, with what it was made from.

    Nothing is stored, and False returned, where the store has changed since `at_revision`: another run will make it anew.
    """
    with store.writing() as connection:
        if _revision(connection) != at_revision:
            return False
        for table in tables.DERIVED:
            connection.execute(delete(table))
        states = _keys(history)
        _fill(connection, tables.actor, _actor_rows(history))
        _fill(connection, tables.spelling, _spelling_rows(history))
        _fill(connection, tables.mention, map(_mention_row, history.mentions))
        _fill(connection, tables.event, map(_event_row, history.events))
        _fill(connection, tables.statement, map(_statement_row, history.statements))
        _fill(connection, tables.relation, map(_relation_row, history.relations))
        _fill(connection, tables.joining, map(_join_row, history.joins))
        _fill(connection, tables.pair, _pair_rows(history, states))
        connection.execute(delete(tables.meta).where(tables.meta.c.key == "derived_from"))
        connection.execute(insert(tables.meta).values(key="derived_from", value=made_from))
    return True


def get_history(store: Store, made_from: str) -> History | None:
    """Return the stored history if it was made from just that, or None."""
    with store.reading() as connection:
        if _derived_from(connection) != made_from:
            return None
        articles = [
            codec.unpack_layers(row.layers, row.text).article
            for row in connection.execute(
                select(tables.article.c.text, tables.document.c.layers).join(
                    tables.document, tables.document.c.article == tables.article.c.id
                )
            )
        ]
        return History(
            articles=in_order(articles),
            actors=_all(connection, Actor, tables.actor, "id"),
            mentions=_all(connection, Mention, tables.mention, "number"),
            events=_all(connection, Event, tables.event, "id"),
            statements=_all(connection, Statement, tables.statement, "id"),
            relations=_all(connection, Relation, tables.relation, "id"),
            joins=_all(connection, Join, tables.joining, "number"),
        )


def forms_near(store: Store, name: str) -> list[tuple[str, str]]:
    """Return the forms of persons' names that may be spellings of a name, each with its actor's id, sorted."""
    with store.reading() as connection:
        rows = connection.execute(
            select(tables.spelling.c.form, tables.spelling.c.actor)
            .where(tables.spelling.c.key.in_(sorted(keys(name))))
            .distinct()
            .order_by(tables.spelling.c.form, tables.spelling.c.actor)
        )
        return [(row.form, row.actor) for row in rows]


def names_of(store: Store, actor_ids: Iterable[str]) -> list[str]:
    """Return all spellings of some actors, sorted."""
    with store.reading() as connection:
        rows = connection.execute(select(tables.actor.c.body).where(tables.actor.c.id.in_(sorted(set(actor_ids)))))
        found = [codec.unpack(Actor, row.body) for row in rows]
    return sorted({name for actor in found for name in (actor.name, *actor.names)})


def in_order(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return articles by publication, undated ones last, then by id."""
    return tuple(sorted(articles, key=lambda article: (article.published or date.max, article.id)))


def _revision(connection: Connection) -> int:
    return int(connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "revision")).scalar_one())


def _derived_from(connection: Connection) -> str | None:
    statement = select(tables.meta.c.value).where(tables.meta.c.key == "derived_from")
    value: str | None = connection.execute(statement).scalar()
    return value


def _all(connection: Connection, kind: type[Any], table: Table, order: str) -> tuple[Any, ...]:
    rows = connection.execute(select(table.c.body).order_by(table.c[order]))
    return tuple(codec.unpack(kind, row.body) for row in rows)


def _fill(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            connection.execute(insert(table), chunk)
            chunk = []
    if chunk:
        connection.execute(insert(table), chunk)


def _actor_rows(history: History) -> Iterator[dict[str, Any]]:
    counts: dict[str, int] = {}
    for mention in history.mentions:
        counts[mention.actor] = counts.get(mention.actor, 0) + 1
    for actor in history.actors:
        yield {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "mentions": counts.get(actor.id, 0),
            "body": codec.pack(actor),
        }


def _spelling_rows(history: History) -> Iterator[dict[str, Any]]:
    """For each person's names and their last words, the keys under which other spellings of them meet."""
    for actor in history.actors:
        if actor.kind == "person":
            names = {actor.name, *actor.names}
            for form in sorted(names | {name.split()[-1] for name in names if name.split()}):
                for key in sorted(keys(form)):
                    yield {"key": key[:80], "form": form[:200], "actor": actor.id}


def _mention_row(mention: Mention) -> dict[str, Any]:
    return {
        "actor": mention.actor,
        "article": mention.article,
        "start": mention.start,
        "end": mention.end,
        "body": codec.pack(mention),
    }


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "day": event.when.start if event.when else None,
        "body": codec.pack(event),
    }


def _statement_row(statement: Statement) -> dict[str, Any]:
    article = statement.content.article
    return {"id": statement.id, "speaker": statement.speaker, "article": article, "body": codec.pack(statement)}


def _relation_row(relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "of": relation.of,
        "toward": relation.toward,
        "dimension": relation.dimension,
        "since": relation.since,
        "until": relation.until,
        "body": codec.pack(relation),
    }


def _join_row(join: Join) -> dict[str, Any]:
    return {"kind": join.kind, "one": join.one, "other": join.other, "body": codec.pack(join)}


def _keys(history: History) -> dict[str, str]:
    """The state or body for which each actor acts, by actor id."""
    return {actor.id: key for actor in history.actors if (key := actor.country or actor.key)}


def _pair_rows(history: History, states: dict[str, str]) -> Iterator[dict[str, Any]]:
    """For each pair of states or bodies, the events and relations between them and the articles that name both."""
    for event in history.events:
        parties = {states[one] for one in (*event.actors, *event.recipients) if one in states}
        yield from _pairs(parties, "event", event.id, event.when.start if event.when else None)
    for relation in history.relations:
        parties = {states[one] for one in (relation.of, relation.toward) if one in states}
        yield from _pairs(parties, "relation", relation.id, relation.since)
    named: dict[str, set[str]] = {}
    for mention in history.mentions:
        if mention.actor in states:
            named.setdefault(mention.article, set()).add(states[mention.actor])
    for article in history.articles:
        yield from _pairs(named.get(article.id, set()), "article", article.id, article.published)


def _pairs(parties: set[str], kind: str, key: str, day: date | None) -> Iterator[dict[str, Any]]:
    for one, other in combinations(sorted(parties), 2):
        yield {"one": one, "other": other, "kind": kind, "id": key, "day": day}
