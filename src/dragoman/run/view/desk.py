"""The desk: between whom there is news, what was read last, and what needs a person's eye."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dragoman.record import Article, Event
from dragoman.relate.describe import describe_event
from dragoman.relate.wording import when_words
from dragoman.run.view.index import Index
from dragoman.run.view.room import Room

MATERIAL = 5.5
"""Distance from zero on PLOVER's scale from which an act is a deed and not only talk."""


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
class Desk:
    """The first page's content."""

    articles: int
    events: int
    statements: int
    actors: int
    pairs: tuple[PairRow, ...]
    more_pairs: int
    latest: tuple[ArticleRow, ...]
    refused: tuple[tuple[str, str], ...]
    candidates: int
    disputed: int
    undated: int


def make_desk(room: Room, *, pairs: int = 12, articles: int = 8) -> Desk:
    """Return the desk with at most so many pairs and articles."""
    index = room.index()
    history = index.history
    rows = pair_rows(index)
    return Desk(
        articles=len(history.articles),
        events=len(history.events),
        statements=len(history.statements),
        actors=len(index.mentions_of),
        pairs=rows[:pairs],
        more_pairs=max(0, len(rows) - pairs),
        latest=article_rows(index, newest_first(index)[:articles]),
        refused=tuple(room.store.refusals()),
        candidates=sum(not join.joined for join in history.joins),
        disputed=sum(bool(one.conflicting) for one in history.relations),
        undated=sum(article.published is None for article in history.articles),
    )


def newest_first(index: Index) -> tuple[Article, ...]:
    """Return the articles by publication, the newest first, undated ones last."""
    return tuple(
        sorted(
            index.history.articles, key=lambda a: (a.published is None, -(a.published or date.min).toordinal(), a.id)
        )
    )


def article_title(article: Article) -> str:
    """Return an article's title, or its first line."""
    return article.title or article.text.strip().split("\n", 1)[0][:120]


def article_rows(index: Index, articles: tuple[Article, ...]) -> tuple[ArticleRow, ...]:
    """Return the articles as rows of a list."""
    return tuple(
        ArticleRow(
            article=article,
            title=article_title(article),
            events=len(index.events_in.get(article.id, ())),
            statements=len(index.statements_in.get(article.id, ())),
            unread=article.language not in (None, "en"),
        )
        for article in articles
    )


def pair_rows(index: Index) -> tuple[PairRow, ...]:
    """Return the pairs with an event between them, the one with the latest change first."""
    found = [
        _pair_row(index, one, other, events)
        for (one, other), events in index.pairs.items()
        if any(event.factuality == "happened" for event in events)
    ]
    found.sort(key=lambda row: (row.day is None, -(row.day or date.min).toordinal(), -row.events, row.one, row.other))
    return tuple(found)


def _pair_row(index: Index, one: str, other: str, events: tuple[Event, ...]) -> PairRow:
    happened = [event for event in events if event.factuality == "happened"]
    last = max(happened, key=lambda event: (_told(index, event) or date.min, abs(event.score), event.id))
    weight = Counter(event.score > 0 for event in happened if event.score)
    # the side that acts more stands first
    acts = Counter(side for event in happened for side in index.sides.of(event.actors) if side in (one, other))
    first, second = (one, other) if acts[one] >= acts[other] else (other, one)
    actors = index.actors
    return PairRow(
        one=actors[first].key or first,
        other=actors[second].key or second,
        names=(actors[first].name, actors[second].name),
        day=_told(index, last),
        when=when_words(last.when) if last.when else _reported(index, last),
        last=describe_event(last, index.articles, index.sides),
        event=last.id,
        score=last.score,
        events=len(events),
        conflict=weight[False],
        cooperation=weight[True],
    )


def _told(index: Index, event: Event) -> date | None:
    """The day by which an event of the news had happened: its own, or its earliest report's."""
    if event.when is not None and (event.when.start or event.when.end):
        return event.when.start or event.when.end
    if event.historical:
        return None
    return min((day for span in event.evidence if (day := index.articles[span.article].published)), default=None)


def _reported(index: Index, event: Event) -> str:
    from dragoman.relate.wording import day_words

    day = _told(index, event)
    return f"by {day_words(day)}" if day else "undated"
