"""Labelled lines at the head of a text ("Title: ...", "Date: ...", "Publisher: ..."), as people and databases file articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.codebook.masthead import MastheadTable
from dragoman.read.pages.masthead import date_in

_LINE = re.compile(r"[^\S\n]*(?P<line>[^\n]*?)[^\S\n]*(?:\n|\Z)")
_LABELLED = re.compile(r"[*_#>\s]*(?P<label>[^\W\d_](?:[\w\- ]{0,20}\w)?)[*_]*\s*:[*_]*\s*(?P<value>.*?)[\s*_]*$")
_FENCE = re.compile(r"(?:-{3,}|\+{3,}|={3,})$")
_QUOTED = re.compile(r"^([\"'])(?P<inner>[^\"]*)\1$")
_LATEST = 2
"""The labelled lines begin with the text, or below a title that stands by itself."""

_LONGEST = 300
"""Code points of a labelled line; a longer one is a paragraph that opens with a word and a colon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One labelled line: `start` to `end` (code points) its value without quotation marks; `field` says what it tells."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The labelled head of a text: its lines, and `start` to `end` (code points), fences included; empty: both 0."""

    lines: tuple[Labelled, ...] = ()
    start: int = 0
    end: int = 0

    def value(self, text: str, field: str) -> str | None:
        """Return the first words that a label of this field stands before; None where there are none."""
        return next((text[line.start : line.end] for line in self.lines if line.field == field), None)

    def published(self, text: str) -> date | None:
        """Return the day that the head names in a form that is read in one way only; None where it names none."""
        days = (date_in(text[line.start : line.end]) for line in self.lines if line.field == "published")
        return next((day for day in days if day), None)


def read_labels(text: str, table: MastheadTable) -> Head:
    """Return the labelled lines that open a text or stand below its title; `Head()` where it has none.

    A line counts when the words before its colon are a label of the table, so that speech ("Kyiv: we will answer") and
    run-in headings are none. Lines of dashes around them (front matter) belong to the head.
    """
    found: list[Labelled] = []
    start = end = 0
    for number, (at, line) in enumerate(_lines(text)):
        if _FENCE.match(line) and (found or number == 0):
            if not found:
                start = at
            end = at + len(line)
            if found:
                break
            continue
        labelled = _labelled(at, line, table)
        if labelled is None:
            if found or number >= _LATEST:
                break
            start = end = 0
            continue
        start = start if found or end else at
        found.append(labelled)
        end = at + len(line)
    return Head(lines=tuple(found), start=start, end=end) if found else Head()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINE.finditer(text):
        if match["line"]:
            yield match.start("line"), match["line"]


def _labelled(at: int, line: str, table: MastheadTable) -> Labelled | None:
    match = _LABELLED.match(line) if len(line) <= _LONGEST else None
    field = table.labels.get(match["label"].lower()) if match else None
    if match is None or field is None or not match["value"]:
        return None
    start, end = match.span("value")
    if quoted := _QUOTED.match(match["value"]):
        start, end = start + quoted.start("inner"), start + quoted.end("inner")
    return Labelled(field=field, start=at + start, end=at + end)
