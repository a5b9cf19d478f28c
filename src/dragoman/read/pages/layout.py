"""Layout: a text's lines and paragraphs, before anything is said of what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\S\n]*(\S[^\n]*?)[^\S\n]*(?:\n|\Z)")
_SENTENCE_END = re.compile(r"[.!?…:;](?:[\"”’»)\]]|'')*$")
_WRAP_SHARE = 0.6
_WRAP_MIN, _WRAP_MAX = 40, 100
"""Lines of a text that was wrapped at a fixed width are this long (code points) and mostly break off mid-sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as laid out: `start` to `end` (code points) without surrounding space; `gap` counts blank lines before."""

    start: int
    end: int
    text: str
    gap: int

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does, closing marks passed over."""
        return ends_sentence(self.text)


def ends_sentence(text: str) -> bool:
    """Whether words end with a sentence's mark, closing quotation marks and brackets passed over."""
    return _SENTENCE_END.search(text) is not None


def lines_of(text: str) -> list[Line]:
    """Return a text's paragraphs: its lines, or, where it was wrapped at a fixed width, its lines joined at blank ones."""
    found: list[Line] = []
    at = 0
    for match in _LINE.finditer(text):
        gap = max(0, text.count("\n", at, match.start(1)) - (1 if found else 0))
        found.append(Line(match.start(1), match.end(1), match.group(1), gap))
        at = match.end(1)
    return _joined(text, found) if _is_wrapped(found) else found


def _is_wrapped(lines: list[Line]) -> bool:
    followed = [line for line, after in pairwise(lines) if after.gap == 0]
    if len(followed) < 3:
        return False
    broken = [line for line in followed if _WRAP_MIN <= len(line.text) <= _WRAP_MAX and not line.ends_sentence]
    return len(broken) >= _WRAP_SHARE * len(followed)


def _joined(text: str, lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in lines:
        if joined and line.gap == 0:
            first = joined[-1]
            joined[-1] = Line(first.start, line.end, text[first.start : line.end], first.gap)
        else:
            joined.append(line)
    return joined
