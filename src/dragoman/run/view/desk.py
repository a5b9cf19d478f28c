"""The desk: between whom there is news, what was read last, and what needs a person's eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from dragoman.record import Actor, Article, Event
from dragoman.relate.describe import describe_event
from dragoman.relate.wording import day_words, when_words
from dragoman.run.view.index import Index, make_index
from dragoman.run.view.room import Room
from dragoman.store import counts, slices, tables
from dragoman.store.parts import load_pages, rows_in, unpack_all


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """A pair of sides: keys for its address, names to show, its last change and how much is known of it."""

    one: str
    other: str
    names: tuple[str, str]
    day: date | None
    when: str
    last: str
    event: str
    score: float
    events: int
    conflict: int
    cooperation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article in a list: what it is called and how much was read from it."""

    article: Article
    title: str
    events: int
    statements: int
    unread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much the store holds, and how much of it needs an eye."""

    articles: int
    events: int
    statements: int
    actors: int
    candidates: int
    disputed: int
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The first page's content."""

    totals: Totals
    pairs: tuple[PairRow, ...]
    more_pairs: int
    latest: tuple[ArticleRow, ...]
    refused: tuple[tuple[str, str], ...]


def make_desk(room: Room, *, pairs: int = 12, articles: int = 8) -> Desk:
    """Return the desk with at most so many pairs and articles."""
    with room.reading() as connection:
        standings = counts.newest_standings(connection, pairs)
        standing = counts.count_standings(connection)
        newest, _number = slices.newest_articles(connection, most=articles)
        latest = article_rows(connection, newest)
        totals = Totals(**counts.totals(connection))
    return Desk(
        totals=totals,
        pairs=pair_rows(room, standings),
        more_pairs=standing - len(standings),
        latest=latest,
        refused=tuple(room.store.refusals()),
    )


def article_title(article: Article) -> str:
    """Return an article's title, or its first line."""
    return article.title or article.text.strip().split("\n", 1)[0][:120]


def article_rows(connection: Connection, ids: Sequence[str]) -> tuple[ArticleRow, ...]:
    """Return articles as rows of a list, in the order of the ids."""
    pages = load_pages(connection, ids)
    facts = slices.facts_in(connection, ids)
    unread = {
        row.article
        for row in rows_in(
            connection,
            select(tables.document.c.article).where(tables.document.c.refused.is_not(None)),
            tables.document.c.article,
            ids,
        )
    }
    return tuple(
        ArticleRow(
            article=pages[one],
            title=article_title(pages[one]),
            events=facts[one][0],
            statements=facts[one][1],
            unread=one in unread,
        )
        for one in ids
        if one in pages
    )


def pair_rows(room: Room, standings: Sequence[counts.PairStanding]) -> tuple[PairRow, ...]:
    """Return pairs as rows of a list, each with the last that happened."""
    with room.reading() as connection:
        last = [slices.last_between(connection, *sorted((one.first, one.second))) for one in standings]
        history = slices.slice_of(connection, events=[one for one in last if one is not None], around=False)
        names = _names(connection, {key for one in standings for key in (one.first, one.second)})
    index = make_index(history)
    rows = []
    for standing, event_id in zip(standings, last, strict=True):
        event = index.events.get(event_id or "")
        if event is not None:
            rows.append(
                PairRow(
                    one=standing.first,
                    other=standing.second,
                    names=(names.get(standing.first, standing.first), names.get(standing.second, standing.second)),
                    day=standing.last,
                    when=told_when(event, index),
                    last=describe_event(event, index.articles, index.sides),
                    event=event.id,
                    score=event.score,
                    events=standing.events,
                    conflict=standing.conflict,
                    cooperation=standing.cooperation,
                )
            )
    return tuple(rows)


def _names(connection: Connection, keys: set[str]) -> dict[str, str]:
    """The names of states and bodies by their keys; that of the state itself, not of who acts for it."""
    rows = list(rows_in(connection, select(tables.actor.c.body), tables.actor.c.key, keys))
    return {actor.key: actor.name for actor in unpack_all(Actor, rows) if actor.key}


def told_when(event: Event, index: Index) -> str:
    """Return when an event was, in words; by when it was told where its own words don't say."""
    if event.when is not None:
        return when_words(event.when)
    days = [day for span in event.evidence if (day := index.articles[span.article].published)]
    return f"by {day_words(min(days))}" if days and not event.historical else "undated"
