"""Who said what, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.record.decision import Check
from dragoman.record.text import Span

Act = Literal["claim", "evaluation", "demand", "recommendation", "expectation", "intention", "denial", "question"]
Outcome = Literal["open", "met", "failed"]


_HELPERS = 20
"""Code points: what stands before the cue in a content that begins with it is no more than "does not" or "never"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The days, both inclusive, by which something foretold or intended should come true."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Somebody's words, or the content of them.

    `content` is the first unbroken stretch; `continued` the further stretches where a cue or the narrator breaks in
    ("A," he said, "B"). Content that makes no sense without its cue's verb holds it ("accused X of theft", "denies it").
    `direct` tells words in quotation marks (or an interviewee's own answer) from reported content;
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

    @property
    def said(self) -> tuple[Span, ...]:
        """The stretches of what was said, without the cue's verb where the content begins with it."""
        cue, content = self.cue, self.content
        before = content.text[: cue.start - content.start] if cue is not None and cue.start >= content.start else None
        if cue is None or before is None or "," in before:
            return (content, *self.continued)
        if cue.end == content.end and before.strip():
            bare = before.rstrip()
            shown = Span(article=content.article, start=content.start, end=content.start + len(bare), text=bare)
            return (shown, *self.continued)  # "which he denies"
        if cue.end >= content.end or len(before) > _HELPERS:
            return (content, *self.continued)
        rest = content.text[cue.end - content.start :]
        start = cue.end + len(rest) - len(rest.lstrip())
        text = content.text[start - content.start :]
        return (Span(article=content.article, start=start, end=content.end, text=text), *self.continued)
