"""Profiles: an expert's life in lines, set below a story; its facts belong to the person, not to the story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.read.pages.layout import Line

_YEAR = r"(?:19|20)\d\d"
_LIFE = re.compile(
    rf"^(?:(?:from|since|until|in)?\s*(?:[A-Z][a-z]{{2,8}}\.?\s+)?{_YEAR}\b"
    rf"(?:\s*[-–—]\s*(?:{_YEAR}|present|now|today))?\s*[-–—:,]?"
    r"|(?:born|graduated|education|career|studied|degree|ph\.?\s?d|doctor of|candidate of|master of|bachelor of|married"
    r"|diplomatic rank|academic (?:rank|degree|title)|rank|awards?|languages?|speaks|author of|member of)\b)",
    re.IGNORECASE,
)
_SCHOOL = re.compile(rf"\((?:{_YEAR}\s*[-–—]\s*)?{_YEAR}\)\s*\.?$")
_NAME = re.compile(r"^(?:[A-Z][\w.'’\-]+\s+){1,3}[A-Z][\w'’\-]+$")
_ENOUGH = 3
"""So many lines of a life make a profile; fewer may stand in any story."""


def profile_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines that are a profile: from the person's name to the last line of the life.

    A profile begins with a line that is a name and nothing else, has a short description at most before the life begins,
    and at least three lines of it.
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        if i in found or i == 0 or not _NAME.match(line.text):
            continue
        end = _end(lines, i + 1)
        if sum(_is_life(lines[j].text) for j in range(i + 1, end)) >= _ENOUGH:
            found.update(range(i, end))
    return frozenset(found)


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the run of life lines ends: two lines in a row may be descriptions, a third is another text."""
    end, between = start, 0
    for i in range(start, len(lines)):
        if _is_life(lines[i].text):
            end, between = i + 1, 0
        else:
            between += 1
            if between > 2 or len(lines[i].text) > 200:
                break
    return end


def _is_life(text: str) -> bool:
    return len(text) <= 300 and (_LIFE.match(text) is not None or _SCHOOL.search(text) is not None)
