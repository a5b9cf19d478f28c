"""Parts of the derived tables: what one more article touches, looked up and put back, inside one transaction.

Every function takes the connection of a transaction of the store; none of them begins or ends one. What was joined and why
is not this module's business: it keeps rows.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from dragoman.record import Actor, Article, Document
from dragoman.store import codec, tables

_MANY = 500
"""Values of one IN (...): SQLite takes some thousands, and a longer statement is no faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """An actor of one article: `said` and `token` as `relate.identify` makes them, `company` the known actors beside it.

    `joined` is the joined actor where nothing but its key decides that.
    """

    article: str
    actor: Actor
    said: str | None
    token: str | None
    company: tuple[str, ...]
    joined: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """An actor in the words of `articles` articles."""

    actor: Actor
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an actor of one article stands: the article, its day, the known actors beside it, the joined actor."""

    actor: str
    article: str
    published: date | None
    company: tuple[str, ...]
    joined: str | None


def rows_in(connection: Connection, statement: Any, column: ColumnElement[Any], values: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of a statement whose column has one of the values."""
    for some in lots(sorted(set(values))):
        yield from connection.execute(statement.where(column.in_(some)))


def lots(values: Iterable[Any], size: int = _MANY) -> Iterator[list[Any]]:
    """Yield values in lists of at most `size`."""
    left = iter(values)
    while some := list(islice(left, size)):
        yield some


def delete_in(connection: Connection, table: Table, column: ColumnElement[Any], values: Iterable[Any]) -> None:
    """Delete the rows of a table whose column has one of the values."""
    for some in lots(sorted(set(values))):
        connection.execute(delete(table).where(column.in_(some)))


def put_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]], *, anew: bool = False) -> None:
    """Insert rows; with `anew` in place of those of the same key."""
    statement = _replacing(connection, table) if anew else insert(table)
    for some in lots(rows, 2_000):
        connection.execute(statement, some)


def _replacing(connection: Connection, table: Table) -> Any:
    """An insertion that takes the place of the row of the same key, in the words of either database."""
    own: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name](table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: own.excluded[column.name] for column in table.columns if column.name not in keys}
    if not others:
        return own.on_conflict_do_nothing(index_elements=keys)
    return own.on_conflict_do_update(index_elements=keys, set_=others)


# --- documents ----------------------------------------------------------------------------------------------------------


def documents_after(connection: Connection, revision: int, most: int) -> list[tuple[int, str]]:
    """Return the revision and article id of the next documents stored after a revision, in their order."""
    rows = connection.execute(
        select(tables.document.c.revision, tables.document.c.article)
        .where(tables.document.c.revision > revision)
        .order_by(tables.document.c.revision)
        .limit(most)
    )
    return [(row.revision, row.article) for row in rows]


def load_documents(connection: Connection, articles: Iterable[str]) -> dict[str, Document]:
    """Return documents by the ids of their articles."""
    statement = select(tables.article.c.id, tables.article.c.text, tables.document.c.layers).join(
        tables.document, tables.document.c.article == tables.article.c.id
    )
    return {
        row.id: codec.unpack_layers(row.layers, row.text)
        for row in rows_in(connection, statement, tables.article.c.id, articles)
    }


def put_pages(connection: Connection, articles: Iterable[Article]) -> None:
    """Keep articles as read, apart from their layers."""
    rows = (
        {"article": article.id, "findings": 0, "unchecked": 0, "body": codec.pack_page(article)} for article in articles
    )
    put_rows(connection, tables.page, rows, anew=True)


def load_pages(connection: Connection, articles: Iterable[str]) -> dict[str, Article]:
    """Return articles as read, by id."""
    statement = select(tables.article.c.id, tables.article.c.text, tables.page.c.body).join(
        tables.page, tables.page.c.article == tables.article.c.id
    )
    return {
        row.id: codec.unpack_page(row.body, row.text)
        for row in rows_in(connection, statement, tables.article.c.id, articles)
    }


def days_of(connection: Connection, articles: Iterable[str]) -> dict[str, date | None]:
    """Return when articles were published, by id."""
    article = tables.article.c
    found = rows_in(connection, select(article.id, article.published), article.id, articles)
    return {row.id: row.published for row in found}


# --- the actors of single articles --------------------------------------------------------------------------------------


def put_members(connection: Connection, articles: Iterable[str], members: Iterable[MemberRow]) -> set[str]:
    """Put what articles hold of actors in place of what they held; return the ids of those of which something changed."""
    table = tables.member
    old = {(row.actor, row.article): row for row in rows_in(connection, select(table), table.c.article, articles)}
    made: list[dict[str, Any]] = []
    by_digest: dict[tuple[str, str], MemberRow] = {}
    moved: Counter[tuple[str, str]] = Counter()
    left = set(old)
    for one in members:
        body = codec.pack(one.actor)
        digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        values = {
            "actor": one.actor.id,
            "article": one.article,
            "said": one.said,
            "token": one.token,
            "company": json.dumps(one.company, ensure_ascii=False),
            "rendering": digest,
        }
        known = old.get((one.actor.id, one.article))
        left.discard((one.actor.id, one.article))
        if known is not None and all(getattr(known, name) == value for name, value in values.items()):
            continue
        if known is not None:
            moved[known.actor, known.rendering] -= 1
        moved[one.actor.id, digest] += 1
        by_digest[one.actor.id, digest] = one
        made.append({**values, "joined": known.joined if known is not None and known.joined else one.joined})
    for actor, article in sorted(left):
        moved[actor, old[actor, article].rendering] -= 1
        connection.execute(delete(table).where(table.c.actor == actor, table.c.article == article))
    put_rows(connection, table, made, anew=True)
    _move_renderings(connection, moved, by_digest)
    return {str(values["actor"]) for values in made} | {actor for actor, _ in left}


def _move_renderings(
    connection: Connection, moved: Counter[tuple[str, str]], by_digest: Mapping[tuple[str, str], MemberRow]
) -> None:
    """Count anew how many articles hold an actor in which words."""
    table = tables.rendering
    stood = {
        (row.actor, row.digest): row
        for row in rows_in(connection, select(table), table.c.actor, {actor for actor, _ in moved})
    }
    made = []
    for place, by in sorted(moved.items()):
        known = stood.get(place)
        if known is not None:
            values = {name: getattr(known, name) for name in ("token", "named", "body")}
        else:
            actor = by_digest[place].actor
            values = {
                "token": by_digest[place].token,
                "named": f"{actor.kind} {actor.name.casefold()}",
                "body": codec.pack(actor),
            }
        number = (known.articles if known is not None else 0) + by
        made.append({"actor": place[0], "digest": place[1], "articles": number, **values})
    put_rows(connection, table, made, anew=True)
    connection.execute(delete(table).where(table.c.articles <= 0))


def renderings(connection: Connection, column: ColumnElement[Any], values: Iterable[str]) -> list[Rendering]:
    """Return the renderings of which a column of that table has one of the values, by actor and digest."""
    rows = sorted(
        rows_in(connection, select(tables.rendering), column, values), key=lambda row: (row.actor, row.digest)
    )
    return [Rendering(actor=codec.unpack(Actor, row.body), articles=row.articles) for row in rows]


def places(connection: Connection, column: ColumnElement[Any], values: Iterable[str]) -> list[Place]:
    """Return where actors stand, of the member rows of which a column has one of the values, by actor and article."""
    statement = select(tables.member, tables.article.c.published).join(
        tables.article, tables.article.c.id == tables.member.c.article
    )
    rows = sorted(rows_in(connection, statement, column, values), key=lambda row: (row.actor, row.article))
    return [
        Place(
            actor=row.actor,
            article=row.article,
            published=row.published,
            company=tuple(json.loads(row.company)),
            joined=row.joined,
        )
        for row in rows
    ]


def ids_in(
    connection: Connection, wanted: ColumnElement[Any], column: ColumnElement[Any], values: Iterable[str]
) -> set[str]:
    """Return the values of one column in the rows of which another has one of the values; None is left out."""
    return {row[0] for row in rows_in(connection, select(wanted).distinct(), column, values) if row[0] is not None}


def set_joined(connection: Connection, joined: Mapping[str, str]) -> None:
    """Note to which joined actor the actors of single articles belong."""
    table = tables.member
    statement = (
        update(table)
        .where(table.c.actor == bindparam("own"), table.c.joined.is_distinct_from(bindparam("to")))
        .values(joined=bindparam("to"))
    )
    if joined:
        connection.execute(statement, [{"own": own, "to": to} for own, to in sorted(joined.items())])


def crowded(connection: Connection, keys: Iterable[str], surname: str, most: Mapping[bool, int]) -> frozenset[str]:
    """Return those of the keys of names that more than so many share: of surnames persons, of others names."""
    found = set()
    for is_surname, counted in ((True, tables.name_key.c.said), (False, tables.name_key.c.name)):
        wanted = [key for key in keys if key.startswith(surname) is is_surname]
        statement = (
            select(tables.name_key.c.key)
            .group_by(tables.name_key.c.key)
            .having(func.count(counted.distinct()) > most[is_surname])
        )
        found |= {row.key for row in rows_in(connection, statement, tables.name_key.c.key, wanted)}
    return frozenset(found)


def delete_joins(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Delete the joins of a kind that have one of the ids on either side."""
    table = tables.joining
    wanted = set(ids)
    statement = select(table.c.number).where(table.c.kind == kind)
    found = (
        row.number for column in (table.c.one, table.c.other) for row in rows_in(connection, statement, column, wanted)
    )
    delete_in(connection, table, table.c.number, set(found))


# --- meta ---------------------------------------------------------------------------------------------------------------


def get_meta(connection: Connection, key: str) -> str | None:
    """Return what the store notes under a key."""
    value: str | None = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == key)).scalar()
    return value


def put_meta(connection: Connection, values: Mapping[str, str]) -> None:
    """Note values under keys."""
    put_rows(connection, tables.meta, [{"key": key, "value": value} for key, value in values.items()], anew=True)


def up_to_date(connection: Connection, rules: str) -> bool:
    """Say whether the joined history is that of all that was stored and decided, by these rules."""
    made = get_meta(connection, "derived_rules"), get_meta(connection, "derived_revision")
    return made == (rules, get_meta(connection, "revision"))


def behind(connection: Connection, rules: str) -> tuple[int, int]:
    """Return how many documents are still to be joined by these rules, and how many there are."""
    every = count(connection, tables.document)
    if get_meta(connection, "derived_rules") != rules:
        return every, every
    at = int(get_meta(connection, "derived_revision") or -1)
    return count(connection, tables.document, tables.document.c.revision > at), every


def count(connection: Connection, table: Table, condition: ColumnElement[bool] | None = None) -> int:
    """Return how many rows of a table meet a condition."""
    statement = select(func.count()).select_from(table)
    if condition is not None:
        statement = statement.where(condition)
    return int(connection.execute(statement).scalar_one())


def unpack_all(kind: type[Any], rows: Sequence[Any]) -> list[Any]:
    """Return the records of rows with a body."""
    return [codec.unpack(kind, row.body) for row in rows]


def unpack_one(kind: type[Any], body: str) -> Any:
    """Return the record of a body."""
    return codec.unpack(kind, body)
