"""Lists, a page at a time: pairs, articles, actors, what might be one, what reports contradict each other on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from sqlalchemy import select

from dragoman.record import Actor, Join, Relation
from dragoman.relate.standing import relation_title
from dragoman.run.view.desk import ArticleRow, PairRow, article_rows, pair_rows
from dragoman.run.view.event import Told, in_a_line
from dragoman.run.view.index import make_index
from dragoman.run.view.room import Room
from dragoman.run.view.search import near
from dragoman.store import counts, parts, slices, tables
from dragoman.store.parts import unpack_all

PAGE = 40
FARTHEST = 25_000
"""The last page that is shown of a long list, a million lines: indexes skip those before it in 0.05 s."""
T = TypeVar("T")

Only = Literal["", "undated", "unread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[T]):
    """One page of a list: `number` of `pages`, `of` lines in all."""

    lines: tuple[T, ...]
    number: int
    pages: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two records that might be one, told each in a line, with the reasons for and against."""

    join: Join
    one: Actor | Told | None
    other: Actor | Told | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A state that reports contradict each other on, in words, with the pair that it is of."""

    relation: Relation
    words: str
    pair: tuple[str, str]


def page_of(number: int, of: int, size: int = PAGE) -> tuple[int, int, int]:
    """Return the number of a page that there is, the number of pages, and how many lines to skip."""
    pages = min(FARTHEST, max(1, -(-of // size)))
    number = min(max(1, number), pages)
    return number, pages, (number - 1) * size


def part(lines: Sequence[T], number: int, size: int = PAGE) -> Part[T]:
    """Return one page of some lines; a number beyond the last is the last."""
    number, pages, skip = page_of(number, len(lines), size)
    return Part(lines=tuple(lines[skip : skip + size]), number=number, pages=pages, of=len(lines))


def list_pairs(room: Room, number: int) -> Part[PairRow]:
    """Return the pairs, the one with the latest change first."""
    with room.reading() as connection:
        of = counts.count_standings(connection)
        number, pages, skip = page_of(number, of)
        chosen = counts.newest_standings(connection, PAGE, skip)
    return Part(lines=pair_rows(room, chosen), number=number, pages=pages, of=of)


def list_articles(room: Room, number: int, only: Only = "") -> Part[ArticleRow]:
    """Return the articles, the newest first; `only` those without a date, or in a language that no reader knows."""
    with room.reading() as connection:
        narrowed = {"undated": only == "undated", "unread": only == "unread"}
        _none, of = slices.newest_articles(connection, most=0, **narrowed)
        number, pages, skip = page_of(number, of)
        ids, _of = slices.newest_articles(connection, most=PAGE, skip=skip, **narrowed)
        return Part(lines=article_rows(connection, ids), number=number, pages=pages, of=of)


def list_actors(room: Room, number: int, words: str = "") -> Part[tuple[Actor, int]]:
    """Return the actors whose names hold all the words, the most mentioned first, each with how often it is mentioned."""
    asked = words.split()
    ids, keys = near(room, words)
    with room.reading() as connection:
        _none, of = slices.actors_named(connection, asked, ids, keys, 0)
        number, pages, skip = page_of(number, of)
        found, _of = slices.actors_named(connection, asked, ids, keys, PAGE, skip)
        table = tables.actor.c
        rows = connection.execute(select(table.id, table.mentions).where(table.id.in_([one.id for one in found])))
        named = {row.id: row.mentions for row in rows}
    return Part(lines=tuple((one, named[one.id]) for one in found), number=number, pages=pages, of=of)


def list_candidates(room: Room, number: int) -> Part[Candidate]:
    """Return the records that might be one, the likeliest first."""
    table = tables.joining
    with room.reading() as connection:
        of = parts.count(connection, table, table.c.joined == 0)
        number, pages, skip = page_of(number, of)
        statement = select(table.c.body).where(table.c.joined == 0).order_by(table.c.score.desc(), table.c.number)
        joins = unpack_all(Join, connection.execute(statement.limit(PAGE).offset(skip)).all())
        joins = [join for join in joins if join.decided_by is None]  # what was kept apart waits for nobody
        ids = {one for join in joins for one in (join.one, join.other)}
        events = {one for one in ids if one.startswith("event-")}
        rows = connection.execute(
            select(tables.report.c.id, tables.report.c.event).where(tables.report.c.id.in_(sorted(events)))
        )
        leads = {row.id: row.event for row in rows}
        history = slices.slice_of(
            connection, events={leads.get(one) or one for one in events}, actors=ids - events, around=False
        )
    index = make_index(history)

    def told(record: str) -> Actor | Told | None:
        event = index.events.get(leads.get(record) or record)
        return in_a_line(event, index) if event is not None else index.actors.get(record)

    lines = tuple(Candidate(join=join, one=told(join.one), other=told(join.other)) for join in joins)
    return Part(lines=lines, number=number, pages=pages, of=of)


def list_contradictions(room: Room, number: int) -> Part[Contradiction]:
    """Return the states that reports contradict each other on."""
    rules = room.codebook.relations
    table = tables.relation
    with room.reading() as connection:
        of = parts.count(connection, table, table.c.disputed == 1)
        number, pages, skip = page_of(number, of)
        statement = select(table.c.body).where(table.c.disputed == 1).order_by(table.c.id).limit(PAGE).offset(skip)
        relations = unpack_all(Relation, connection.execute(statement).all())
        sides = {side for one in relations for side in (one.of, one.toward)}
        index = make_index(slices.slice_of(connection, actors=sides, around=False))
    lines = tuple(
        Contradiction(
            relation=one,
            words=f"{relation_title(one, index.sides, rules)}: {rules.dimensions[one.dimension].values[one.value]}",
            pair=(index.actors[one.of].key or one.of, index.actors[one.toward].key or one.toward),
        )
        for one in relations
    )
    return Part(lines=lines, number=number, pages=pages, of=of)
