"""Who said what, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.record.decision import Check
from dragoman.record.text import Span

Act = Literal["claim", "evaluation", "demand", "recommendation", "expectation", "intention", "denial", "question"]
Outcome = Literal["open", "met", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The days, both inclusive, by which something foretold or intended should come true."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Somebody's words, or the content of them.

    `content` is the first unbroken stretch; `continued` the further stretches where a cue or the narrator breaks in
    ("A," he said, "B"). `direct` tells words in quotation marks (or an interviewee's own answer) from reported content;
    `mixed` is an indirect statement with words quoted inside. `about` are the events asserted in it; `loaded` the labels in
    it that take a side; `notes` the editor's brackets inside it, which are not the speaker's words. `denies` are the
    statements and events that a denial says are not so: of its article, and in a history also of earlier ones. `checked` is
    what persons did with it, in the order in which they did.
    """

    id: str
    speaker: str | None
    speaker_words: Span | None
    cue: Span | None
    content: Span
    continued: tuple[Span, ...] = ()
    direct: bool
    mixed: bool = False
    act: Act
    about: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    loaded: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()
    due: Due | None = None
    outcome: Outcome | None = None
    outcome_evidence: tuple[Span, ...] = ()
    checked: tuple[Check, ...] = ()
    made_by: str = ""
