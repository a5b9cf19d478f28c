"""Lists, a page at a time: pairs, articles, actors, what might be one, what reports contradict each other on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from dragoman.record import Actor, Join, Relation
from dragoman.relate.standing import relation_title
from dragoman.run.lookup import find_actors
from dragoman.run.view.desk import ArticleRow, PairRow, article_rows, newest_first, pair_rows
from dragoman.run.view.event import Told, in_a_line
from dragoman.run.view.room import Room

PAGE = 40
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


def part(lines: Sequence[T], number: int, size: int = PAGE) -> Part[T]:
    """Return one page of some lines; a number beyond the last is the last."""
    pages = max(1, -(-len(lines) // size))
    number = min(max(1, number), pages)
    return Part(lines=tuple(lines[(number - 1) * size : number * size]), number=number, pages=pages, of=len(lines))


def list_pairs(room: Room, number: int) -> Part[PairRow]:
    """Return the pairs, the one with the latest change first."""
    return part(pair_rows(room.index()), number)


def list_articles(room: Room, number: int, only: Only = "") -> Part[ArticleRow]:
    """Return the articles, the newest first; `only` those without a date, or in a language that no reader knows."""
    index = room.index()
    articles = [
        one
        for one in newest_first(index)
        if (only != "undated" or one.published is None) and (only != "unread" or one.language not in (None, "en"))
    ]
    chosen = part(articles, number)
    return Part(lines=article_rows(index, chosen.lines), number=chosen.number, pages=chosen.pages, of=chosen.of)


def list_actors(room: Room, number: int, words: str = "") -> Part[tuple[Actor, int]]:
    """Return the actors whose names hold all the words, the most mentioned first."""
    return part(find_actors(room.index().history, words), number)


def list_candidates(room: Room, number: int) -> Part[Candidate]:
    """Return the records that might be one, the likeliest first."""
    index = room.index()
    joins = sorted(
        (join for join in index.history.joins if not join.joined), key=lambda join: (-join.score, join.one, join.other)
    )
    chosen = part(joins, number)

    def told(record: str) -> Actor | Told | None:
        event = index.events.get(index.event_of.get(record, ""))
        return in_a_line(event, index) if event is not None else index.actors.get(record)

    lines = tuple(Candidate(join=join, one=told(join.one), other=told(join.other)) for join in chosen.lines)
    return Part(lines=lines, number=chosen.number, pages=chosen.pages, of=chosen.of)


def list_contradictions(room: Room, number: int) -> Part[Contradiction]:
    """Return the states that reports contradict each other on."""
    index = room.index()
    rules = room.codebook.relations
    chosen = part([one for one in index.history.relations if one.conflicting], number)
    lines = tuple(
        Contradiction(
            relation=one,
            words=f"{relation_title(one, index.sides, rules)}: {rules.dimensions[one.dimension].values[one.value]}",
            pair=(index.actors[one.of].key or one.of, index.actors[one.toward].key or one.toward),
        )
        for one in chosen.lines
    )
    return Part(lines=lines, number=chosen.number, pages=chosen.pages, of=chosen.of)
