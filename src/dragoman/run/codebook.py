"""Checking a codebook: does every part load, does every frame find what its own examples say, what does it find in a text.

`explain_events(text, reader, published)` gives the events of any text, each with the frame, words, conditions, roles and
factuality behind it, and the frames that came near with what kept them from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.codebook import Codebook
from dragoman.codebook.frames import NO_EVENT, Frame
from dragoman.errors import CodebookError
from dragoman.read import Pipeline
from dragoman.read.coding.explain import Explained, Found, Near, Party, explain_events
from dragoman.record import Article, Document, Event
from dragoman.record.text import article_id

__all__ = [
    "Explained",
    "Found",
    "Near",
    "Part",
    "Party",
    "Trial",
    "check_parts",
    "explain_events",
    "try_examples",
]

_MARK = re.compile(r"<([^<>]+)>|\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the codebook and what is wrong with it, None where it loads."""

    name: str
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An example of a frame, and what the reading found otherwise than it says; None where it is as it should be."""

    frame: str
    file: str
    example: str
    fault: str | None


def check_parts(codebook: Codebook) -> list[Part]:
    """Load every part of the codebook and return each with its fault, if it has one."""
    names = sorted(name for name, value in vars(Codebook).items() if isinstance(value, cached_property))
    return [Part(name=name, fault=_fault(codebook, name)) for name in names]


def _fault(codebook: Codebook, name: str) -> str | None:
    try:
        getattr(codebook, name)
    except CodebookError as error:
        return str(error)
    return None


def try_examples(codebook: Codebook, reader: Pipeline) -> Iterator[Trial]:
    """Read every example of every frame and yield how it came out, in the order of the frames."""
    cases = [
        (frame, example, *_unmarked(example)) for frame in codebook.frames.frames.values() for example in frame.examples
    ]
    articles = [_article(text) for _frame, _example, text, _marks in cases]
    for (frame, example, _text, marks), document in zip(cases, _read(articles, reader), strict=True):
        yield Trial(frame=frame.id, file=frame.file, example=example, fault=_difference(frame, marks, document))


def _article(text: str) -> Article:
    return Article(id=article_id(text), source="codebook", text=text, language="en")


def _read(articles: Sequence[Article], reader: Pipeline) -> Iterator[Document]:
    for start in range(0, len(articles), 64):
        yield from reader.read([Document(article=article) for article in articles[start : start + 64]])


def _unmarked(example: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The example without its marks, and where the marked words stand in it: (role, start, end)."""
    text, marks, at = "", [], 0
    for match in _MARK.finditer(example):
        text += example[at : match.start()]
        words = match.group(1) or match.group(2)
        marks.append(("actor" if match.group(1) else "recipient", len(text), len(text) + len(words)))
        text += words
        at = match.end()
    return text + example[at:], marks


def _difference(frame: Frame, marks: Sequence[tuple[str, int, int]], document: Document) -> str | None:
    events = document.events or ()
    if frame.type == NO_EVENT:
        return f"found {_kinds(events)} where there is no event" if events else None
    own = [event for event in events if event.rule == frame.id or (event.type, event.mode) == (frame.type, frame.mode)]
    if not own:
        return f"not found; found {_kinds(events)}"
    for role, start, end in marks:
        if not any(_holds(document, event, role, start, end) for event in own):
            return f"{document.article.text[start:end]!r} is not its {role}"
    return None


def _kinds(events: Sequence[Event]) -> str:
    return ", ".join(f"{event.type} by {event.rule}" for event in events) or "nothing"


def _holds(document: Document, event: Event, role: str, start: int, end: int) -> bool:
    """Tell whether an actor mentioned at the marked words has that role, or acts for the same state as one that has."""
    parties = set(event.actors if role == "actor" else event.recipients)
    actors = {actor.id: actor for actor in document.actors or ()}
    countries = {actors[one].country for one in parties if one in actors} - {None}
    for mention in document.mentions or ():
        if mention.start < end and start < mention.end:
            actor = actors.get(mention.actor)
            if mention.actor in parties or (actor is not None and actor.country in countries):
                return True
    return False
