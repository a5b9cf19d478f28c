"""An event: its reports side by side, what they differ on, the reasons before it and the answers after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dragoman.errors import UnknownNameError
from dragoman.record import Article, Event, Relation, Statement
from dragoman.relate.describe import describe_event
from dragoman.relate.why import Reason, reasons_before
from dragoman.relate.wording import when_words
from dragoman.run.lookup import Excerpt, excerpt
from dragoman.run.view.article import document_of
from dragoman.run.view.desk import article_title
from dragoman.run.view.explain import change_words, rule_words, sure_words, type_words
from dragoman.run.view.index import Index, make_index
from dragoman.run.view.room import Room
from dragoman.store import slices, tables

ANSWERS = 30
"""Answers shown of an event."""
REPORTS = 12
"""Reports shown side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article's telling of an event: its own coding, and its words in their paragraph."""

    event: Event
    article: Article
    title: str
    when: str
    by: str
    excerpt: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event in a line, as a list shows it."""

    id: str
    text: str
    when: str
    score: float
    code: str
    factuality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event as its page shows it; `pair` are the keys of the two sides where it is between two."""

    event: Event
    text: str
    when: str
    type_words: str
    rule_words: str
    sure_words: str
    actors: tuple[tuple[str, str], ...]
    recipients: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...]
    more_reports: int
    reasons: Reason
    answers: tuple[Told, ...]
    changes: tuple[tuple[Relation, str], ...]
    statements: tuple[Statement, ...]
    pairs: tuple[tuple[str, str, str], ...]


def look_at_event(room: Room, event_id: str) -> EventView:
    """Return an event by its id or that of one of its reports; `UnknownNameError` where there is none."""
    with room.reading() as connection:
        joined = connection.execute(select(tables.report.c.event).where(tables.report.c.id == event_id)).scalar()
        found = slices.of_column(connection, Event, tables.event, "id", [joined or event_id])
        if not found:
            raise UnknownNameError(
                f"No event {event_id!r} in the store: it was read or joined anew since; look for it by its words."
            )
        event = found[0]
        articles = list(dict.fromkeys(span.article for span in event.evidence))
        history = slices.slice_of(connection, articles=articles[:REPORTS], events=[event.id])
    index = make_index(history)
    reports = list(_reports(room, event, index, articles[:REPORTS]))
    sides = sorted(index.sides.parties(event))
    return EventView(
        event=event,
        text=describe_event(event, index.articles, index.sides),
        when=when_words(event.when),
        type_words=type_words(event, room.codebook),
        rule_words=rule_words(event, room.codebook),
        sure_words=sure_words(event),
        actors=tuple((one, index.sides.name(one)) for one in event.actors),
        recipients=tuple((one, index.sides.name(one)) for one in event.recipients),
        reports=tuple(reports),
        more_reports=max(0, len(articles) - REPORTS),
        reasons=reasons_before(index.history, event, room.codebook),
        answers=tuple(in_a_line(one, index) for one in index.answers.get(event.id, ())[:ANSWERS]),
        changes=tuple(
            (relation, change_words(relation, event.id, index, room.codebook))
            for relation in index.caused.get(event.id, ())
        ),
        statements=tuple(index.statements[one] for one in event.reported_by if one in index.statements),
        pairs=tuple(
            (_key(one, index), _key(other, index), f"{index.sides.name(one)} and {index.sides.name(other)}")
            for number, one in enumerate(sides)
            for other in sides[number + 1 :]
        )[:6],
    )


def in_a_line(event: Event, index: Index) -> Told:
    """Return an event in a line."""
    return Told(
        id=event.id,
        text=describe_event(event, index.articles, index.sides),
        when=when_words(event.when),
        score=event.score,
        code=f"{event.type}/{event.mode}" if event.mode else event.type,
        factuality=event.factuality,
    )


def _key(side: str, index: Index) -> str:
    return index.actors[side].key or side


def _reports(room: Room, event: Event, index: Index, articles: Sequence[str]) -> list[Report]:
    """The reports in the order of their articles' days; each article's own record of it where it has one."""
    members = set(event.members or (event.id,))
    found = []
    for article_id in articles:
        document = document_of(room, article_id)
        for one in document.events or ():
            if one.id in members:
                speakers = [
                    said.speaker_words.text if said.speaker_words else "somebody unnamed"
                    for said in document.statements or ()
                    if said.id in one.reported_by
                ]
                found.append(
                    Report(
                        event=one,
                        article=document.article,
                        title=article_title(document.article),
                        when=when_words(one.when),
                        by=", ".join(speakers),
                        excerpt=excerpt(index.history, one.clause or one.evidence[0], {article_id: document.article}),
                    )
                )
    return sorted(found, key=lambda one: (one.article.published is None, str(one.article.published), one.article.id))
