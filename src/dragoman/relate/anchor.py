"""Anchors: how a decision leads to the records of today.

A decision names a record by its id and by what stays when the article is read anew: an actor by the codebook's key, or by
article and name; an event by article and the words that name it; a statement by article and its content. Where the id is
gone, the words find the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.record import Actor, Document, Event, Span, Statement
from dragoman.record.ids import make_id

CONTENT_ALIKE = 0.5
"""Share of the characters of two contents, of all that either has, from which they are one statement."""


class Records:
    """The records of single articles, looked up by what a reference says of them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.articles: set[str] = set()
        self._actors: dict[str, Actor] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._in_article: dict[str, list[Actor]] = defaultdict(list)
        self._events: dict[str, list[Event]] = defaultdict(list)
        self._event_ids: set[str] = set()
        for document in documents:
            self.articles.add(document.article.id)
            for actor in document.actors or ():
                self._actors[actor.id] = actor
                self._in_article[document.article.id].append(actor)
                if actor.anonymous:
                    continue
                self._by_name[(actor.kind, actor.name.casefold())].add(actor.id)
                if actor.key:
                    self._by_key[actor.key].add(actor.id)
                    self._by_key[make_id("actor", actor.key)].add(actor.id)
            for event in document.events or ():
                self._events[document.article.id].append(event)
                self._event_ids.add(event.id)

    def find(self, reference: Any) -> list[str]:
        """The ids of the records that a reference means, sorted; none where no article has any."""
        if isinstance(reference, str):
            if reference in self._actors or reference in self._event_ids:
                return [reference]
            return sorted(self._by_key.get(reference, ()))
        if not isinstance(reference, Mapping):
            return []
        if "reports" in reference:
            return sorted({found for report in reference["reports"] if (found := self._report(report)) is not None})
        return self._actor(reference)

    def actor(self, identity: str) -> Actor | None:
        """The record of an actor's id."""
        return self._actors.get(identity)

    def has_article(self, reference: Any) -> bool:
        """Say whether an article that a reference names is there, so that the record was there and is gone."""
        if not isinstance(reference, Mapping):
            return False
        named = (*(reference.get("reports") or ()), *(reference.get("records") or ()))
        return any(one.get("article") in self.articles for one in named)

    def recorded(self, reference: Mapping[str, Any]) -> list[str]:
        """The ids of the records that a reference names one by one, sorted."""
        kind = str(reference.get("kind", ""))
        return sorted({known for one in reference.get("records") or () if (known := self._record(one, kind))})

    def _actor(self, reference: Mapping[str, Any]) -> list[str]:
        kind = str(reference.get("kind", ""))
        found = set(self.recorded(reference))
        for name in reference.get("spelled") or ():
            found |= self._by_name.get((kind, str(name).casefold()), set())
        if not found and reference.get("key"):
            found |= self._by_key.get(str(reference["key"]), set())
        if not found and not reference.get("records"):
            found |= self._by_name.get((kind, str(reference.get("name", "")).casefold()), set())
        return sorted(found)

    def _record(self, record: Mapping[str, Any], kind: str) -> str | None:
        """The record of an id, or after another reading the one of that article that bears the name."""
        identity = str(record.get("id", ""))
        if identity in self._actors:
            return identity
        name = str(record.get("name", "")).casefold()
        alike = [
            actor.id
            for actor in self._in_article.get(str(record.get("article", "")), ())
            if actor.kind == kind and name in {one.casefold() for one in (actor.name, *actor.names)}
        ]
        return min(alike, default=None)

    def _report(self, report: Mapping[str, Any]) -> str | None:
        """The report of an id, or after another reading the one whose words are those, of the same type if it can be."""
        identity = str(report.get("id", ""))
        if identity in self._event_ids:
            return identity
        events = self._events.get(str(report.get("article", "")), ())
        place = (int(report.get("start", 0)), int(report.get("end", 0)))
        found = event_at(events, place, str(report.get("type", "")))
        return found.id if found is not None else None


def event_at(events: Iterable[Event], place: tuple[int, int], kind: str) -> Event | None:
    """Return the event that the words from start to end name: of the same type before another, the most words shared."""
    meeting = [
        (event.type != kind, -_shared(event.trigger, place), event.id, event)
        for event in events
        if _shared(event.trigger, place) > 0
    ]
    return min(meeting, key=lambda one: one[:3])[3] if meeting else None


def event_beside(events: Sequence[Event], place: tuple[int, int], kind: str) -> Event | None:
    """Return the only event of a type in whose sentence some words stand, where another word names it now."""
    beside = [
        event
        for event in events
        if event.type == kind and any(span.start <= place[0] and place[1] <= span.end for span in event.evidence)
    ]
    return beside[0] if len(beside) == 1 else None


def statement_at(statements: Iterable[Statement], place: tuple[int, int]) -> Statement | None:
    """Return the statement whose content is the most like the words from start to end; None where none is like enough."""
    alike = [(-_alike(statement.content, place), statement.id, statement) for statement in statements]
    best = min(alike, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and -best[0] >= CONTENT_ALIKE else None


def _shared(span: Span, place: tuple[int, int]) -> int:
    return min(span.end, place[1]) - max(span.start, place[0])


def _alike(span: Span, place: tuple[int, int]) -> float:
    whole = max(span.end, place[1]) - min(span.start, place[0])
    return max(0, _shared(span, place)) / whole if whole else 0.0
