"""When something foretold or intended is due: the days that its content names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.read.quotes.attribution import Attribution
from dragoman.record import DatePhrase, When
from dragoman.record.statement import Act, Due

_WEEKDAY = re.compile(
    r"(?:(?:on|by|before|until|till|this|coming)\s+)*(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s+(?:morning|afternoon|"
    r"evening|night))?",
    re.IGNORECASE,
)
_WEEK = timedelta(days=7)


def due_of(attribution: Attribution, act: Act, dates: Sequence[DatePhrase], published: date | None) -> Due | None:
    """Return the days by which an expectation or intention should come true, from the first date in its content.

    A date that had passed when the article appeared is no due date, but a bare weekday in what is foretold is the next one.
    None where the content has no date that is known.
    """
    if act not in {"expectation", "intention"}:
        return None
    for phrase in dates:
        if (
            phrase.when is None
            or phrase.value.endswith("_REF")
            or not any(a <= phrase.span.start and phrase.span.end <= b for a, b in attribution.contents)
        ):
            continue
        when = phrase.when
        last = when.end or when.start
        if published is not None and last is not None and last < published:
            if not phrase.anchored or not _WEEKDAY.fullmatch(phrase.span.text.strip()):
                continue
            when = _coming(when, published)
        return Due(start=when.start, end=when.end)
    return None


def _coming(when: When, published: date) -> When:
    """A weekday of the past week as the coming one."""
    start, end = when.start, when.end
    while (end or start or published) < published:
        start = start + _WEEK if start is not None else None
        end = end + _WEEK if end is not None else None
    return replace(when, start=start, end=end)
