"""The derived tables: the joined history as it was last made, and from what it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from dragoman.names import keys
from dragoman.record import Actor, Article, Event, History, Join, Mention, Relation, Statement
from dragoman.record.history import join_order
from dragoman.store import codec, counts, parts, rows, tables
from dragoman.store.store import Store


def revision(store: Store) -> int:
    """Return how often what was read or decided has changed."""
    with store.reading() as connection:
        return _revision(connection)


def put_history(store: Store, history: History, rules: str, at_revision: int) -> bool:
    """Store a joined history in place of the last one, with the rules it was joined by.

    Nothing is stored, and False returned, where the store has changed since `at_revision`: another run will make it anew.
    What it was joined from is not kept: the next article makes all of it anew.
    """
    with store.writing() as connection:
        if _revision(connection) != at_revision:
            return False
        for table in tables.DERIVED:
            connection.execute(delete(table))
        states = rows.keys_of(history.actors)
        days = {article.id: article.published for article in history.articles}
        named: dict[str, set[str]] = {}
        named_in: dict[str, int] = {}
        for mention in history.mentions:
            named_in[mention.actor] = named_in.get(mention.actor, 0) + 1
            if mention.actor in states:
                named.setdefault(mention.article, set()).add(states[mention.actor])
        parts.put_pages(connection, history.articles)
        made = (rows.actor_row(actor, mentions=named_in.get(actor.id, 0)) for actor in history.actors)
        parts.put_rows(connection, tables.actor, made)
        spellings = (row for actor in history.actors for row in rows.spelling_rows(actor))
        parts.put_rows(connection, tables.spelling, spellings)
        parts.put_rows(connection, tables.mention, map(rows.mention_row, history.mentions))
        parts.put_rows(connection, tables.event, map(rows.event_row, history.events))
        for table, rows_of in ((tables.party, rows.party_rows), (tables.telling, rows.telling_rows)):
            parts.put_rows(connection, table, (row for event in history.events for row in rows_of(event)))
        said = (rows.statement_row(one, days.get(one.content.article)) for one in history.statements)
        parts.put_rows(connection, tables.statement, said)
        parts.put_rows(connection, tables.relation, map(rows.relation_row, history.relations))
        parts.put_rows(connection, tables.joining, map(rows.join_row, history.joins))
        parts.put_rows(connection, tables.pair, _pair_rows(history, states, days, named))
        counts.count_all_months(connection)
        counts.count_findings(connection, (article.id for article in history.articles))
        counts.note_totals(connection)
        told = {"derived_rules": rules, "derived_revision": str(at_revision)}
        parts.put_meta(connection, told)
    return True


def _pair_rows(
    history: History, states: dict[str, str], days: dict[str, date | None], named: dict[str, set[str]]
) -> Iterator[dict[str, Any]]:
    for event in history.events:
        yield from rows.event_pairs(event, states, days)
    for relation in history.relations:
        yield from rows.relation_pairs(relation, states)
    for article in history.articles:
        yield from rows.pair_rows(named.get(article.id, set()), "article", article.id, article.published)


def get_history(store: Store, rules: str) -> History | None:
    """Return the stored history if it is that of all that was stored and decided, joined by these rules; else None."""
    with store.reading() as connection:
        if not parts.up_to_date(connection, rules):
            return None
        articles = in_order(_pages(connection))
        places = {article.id: place for place, article in enumerate(articles)}
        mentions = _all(connection, Mention, tables.mention, "number")
        joins = _all(connection, Join, tables.joining, "number")
        return History(
            articles=articles,
            actors=_all(connection, Actor, tables.actor, "id"),
            mentions=tuple(sorted(mentions, key=lambda one: (places[one.article], one.start, one.end, one.actor))),
            events=_all(connection, Event, tables.event, "id"),
            statements=_all(connection, Statement, tables.statement, "id"),
            relations=_all(connection, Relation, tables.relation, "id"),
            joins=tuple(sorted(joins, key=join_order)),
        )


def _pages(connection: Connection) -> Iterator[Article]:
    statement = select(tables.article.c.text, tables.page.c.body).join(
        tables.page, tables.page.c.article == tables.article.c.id
    )
    for row in connection.execute(statement):
        yield codec.unpack_page(row.body, row.text)


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


def _all(connection: Connection, kind: type[Any], table: Table, order: str) -> tuple[Any, ...]:
    rows = connection.execute(select(table.c.body).order_by(table.c[order]))
    return tuple(codec.unpack(kind, row.body) for row in rows)
