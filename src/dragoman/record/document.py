"""A document: an article with the layers that the reader's stages added."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.record.actor import Actor, Mention
from dragoman.record.event import Event
from dragoman.record.statement import Statement
from dragoman.record.syntax import Parse
from dragoman.record.text import Article, Span
from dragoman.record.when import DatePhrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article and its layers; a layer is None until its stage has run.

    `mentions`, `actors`, `statements` and `events` point at each other by id within the document; `parse` serves the reader
    and is not stored; `dates` date what sentences tell of a relation as well. `reader` names the versions of the stages that
    read it. `struck` are words whose event a person took out or read otherwise, so that they tell no state by themselves; it
    belongs to a corrected document and is not stored.
    """

    article: Article
    parse: Parse | None = None
    dates: tuple[DatePhrase, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    actors: tuple[Actor, ...] | None = None
    statements: tuple[Statement, ...] | None = None
    events: tuple[Event, ...] | None = None
    reader: str = ""
    struck: tuple[Span, ...] = ()
