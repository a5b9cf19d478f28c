"""Links inside an article: which statements assert an event, and which event the article gives as the reason of another.

Only what the reader left open is filled in. A reason is read from the article's own words: a connective at the head of a
sentence ("In response, ...") leads to the event told just before; one inside a sentence ("recalled ... after ...") from the
act before it to the act behind it. The connectives are the codebook's (`[reasons]` in `relations.toml`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.codebook.relations import RelationRules
from dragoman.record import Document, Event, Statement

REACH = 600
"""Code points back to which the head of a sentence refers: a paragraph or two."""


def link_document(document: Document, rules: RelationRules) -> tuple[Event, ...]:
    """Return the document's events with `reported_by` and `because` filled where they were empty."""
    events = sorted(document.events or (), key=lambda event: (event.trigger.start, event.id))
    found = []
    for event in events:
        because = event.because or _reasons(event, events, document.article.text, rules)
        reported = event.reported_by or _asserted_in(event, document.statements or ())
        found.append(replace(event, because=because, reported_by=reported))
    return tuple(found)


def _asserted_in(event: Event, statements: Sequence[Statement]) -> tuple[str, ...]:
    start, end = event.trigger.start, event.trigger.end
    inside = [
        statement.id
        for statement in statements
        if any(part.start <= start and end <= part.end for part in statement.said)
    ]
    return tuple(sorted(inside))


def _reasons(event: Event, events: Sequence[Event], text: str, rules: RelationRules) -> tuple[str, ...]:
    sentence = event.evidence[0]
    head = rules.answers.match(text, sentence.start, sentence.end)
    if head is not None and event is _first_in(sentence.start, sentence.end, events):
        earlier = [
            other
            for other in events
            if other.trigger.end <= sentence.start and sentence.start - other.trigger.end <= REACH and _deed(other)
        ]
        # what a state answers is another's act: prefer one that it did not do itself
        foreign = [other for other in earlier if not set(other.actors) & set(event.actors)]
        return _told_together((foreign or earlier)[-1:], foreign or earlier, text)
    for match in rules.reasons.finditer(text, event.trigger.end, sentence.end):
        if _first_in(event.trigger.end, match.start(), events) is not None:
            break
        later = _first_in(match.end(), sentence.end, events)
        if later is not None and later.id != event.id and _deed(later):
            return (later.id,)
    return ()


def _told_together(last: Sequence[Event], earlier: Sequence[Event], text: str) -> tuple[str, ...]:
    """The last event and those that the same paragraph tells of the same actors: an answer answers them together."""
    if not last:
        return ()
    actors = set(last[0].actors)
    together = [
        other
        for other in earlier
        if actors & set(other.actors) and "\n" not in text[other.trigger.end : last[0].trigger.start]
    ]
    return tuple(other.id for other in together) or (last[0].id,)


def _deed(event: Event) -> bool:
    return event.factuality == "happened"


def _first_in(start: int, end: int, events: Sequence[Event]) -> Event | None:
    return next((event for event in events if start <= event.trigger.start and event.trigger.end <= end), None)
