"""What persons have checked, and what nobody has: findings in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.codebook import Codebook
from dragoman.record import Article, Document, Event, History, Statement
from dragoman.relate.amend import Rejection
from dragoman.run.desk import amended
from dragoman.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An event or statement of one article as it stands now; `rejected` says who took it out of the record.

    `start` and `end` are the words that name an event, or a statement's content.
    """

    start: int
    end: int
    record: Event | Statement
    rejected: Rejection | None = None

    @property
    def unchecked(self) -> bool:
        """Whether nobody has accepted, corrected, added or rejected it."""
        return not self.record.checked and self.rejected is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An article with how many of its findings there are, and how many of them nobody has checked."""

    article: Article
    findings: int
    unchecked: int


def findings_of(store: Store, codebook: Codebook, article: str) -> list[Finding]:
    """Return an article's findings with what people decided, the rejected ones among them, in the order of their words."""
    read, now, whole = amended(store, codebook, article)
    here = {one.id for one in _records(now)}
    found = [_finding(one, None) for one in _records(now)]
    found += [
        _finding(one, whole.rejected.get(one.id))
        for one in _records(read)
        if one.id not in here and one.id in whole.rejected
    ]
    return sorted(found, key=lambda one: (one.start, one.end, one.record.id))


def events_in_order(history: History, *, unchecked: bool = False, article: str | None = None) -> list[Event]:
    """Return the events in the order of the articles and their words; those only that nobody checked, or of one article."""
    places = {one.id: number for number, one in enumerate(history.articles)}
    found = [
        event
        for event in history.events
        if not (unchecked and event.checked)
        and (article is None or any(span.article == article for span in event.evidence))
    ]
    return sorted(found, key=lambda e: (places.get(e.trigger.article, 0), e.trigger.start, e.id))


def statements_in_order(history: History, *, unchecked: bool = False, article: str | None = None) -> list[Statement]:
    """Return the statements in the order of the articles and their words, as `events_in_order` does."""
    places = {one.id: number for number, one in enumerate(history.articles)}
    found = [
        statement
        for statement in history.statements
        if not (unchecked and statement.checked) and (article is None or statement.content.article == article)
    ]
    return sorted(found, key=lambda s: (places.get(s.content.article, 0), s.content.start, s.id))


def checked_articles(history: History) -> list[Checked]:
    """Return the articles in their order, with how many events and statements of each nobody has checked.

    An event that several articles report counts in each; checked once, it is checked in all.
    """
    counts: dict[str, list[int]] = {article.id: [0, 0] for article in history.articles}
    for event in history.events:
        for article in {span.article for span in event.evidence}:
            _count(counts[article], event)
    for statement in history.statements:
        _count(counts[statement.content.article], statement)
    return [
        Checked(article=article, findings=counts[article.id][0], unchecked=counts[article.id][1])
        for article in history.articles
    ]


def _count(count: list[int], record: Event | Statement) -> None:
    count[0] += 1
    count[1] += not record.checked


def _records(document: Document) -> Iterable[Event | Statement]:
    return (*(document.events or ()), *(document.statements or ()))


def _finding(record: Event | Statement, rejected: Rejection | None) -> Finding:
    span = record.trigger if isinstance(record, Event) else record.content
    return Finding(start=span.start, end=span.end, record=record, rejected=rejected)
