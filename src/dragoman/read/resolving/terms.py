"""Terms: since when and until when an office was held, where the words right behind it say so."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_TERM = re.compile(
    rf"\s*[,(]?\s*(?:"
    rf"since\s+(?:(?P<am>{_MONTH})\s+)?(?P<a>{_YEAR})"
    rf"|(?:from\s+|between\s+)?(?:(?P<bm>{_MONTH})\s+)?(?P<b>{_YEAR})\s*(?:-|–|—|to|until|till|and)\s*"
    rf"(?:(?P<cm>{_MONTH})\s+)?(?P<c>{_YEAR}|present|now|today)"
    rf"|until\s+(?:(?P<dm>{_MONTH})\s+)?(?P<d>{_YEAR})"
    rf")(?!\d)",
    re.IGNORECASE,
)
"""The dash of "(1997-2003)", "since May 2010", "from 1999 to 2004", "until 2012", right behind the office."""


class Term(NamedTuple):
    """Whole days: the first of the first month or year named, the last of the last; None where the text doesn't say."""

    since: date | None
    until: date | None


def term_behind(text: str, end: int) -> Term | None:
    """Return the term that the words from code point `end` on give, or None."""
    found = _TERM.match(text, end, end + 60)
    if found is None:
        return None
    if found["a"]:
        return Term(first_day(found["am"], found["a"]), None)
    if found["d"]:
        return Term(None, last_day(found["dm"], found["d"]))
    until = last_day(found["cm"], found["c"]) if found["c"][0].isdigit() else None
    since = first_day(found["bm"], found["b"])
    return Term(since, until) if until is None or since <= until else None


def first_day(month: str | None, year: str) -> date:
    """Return the first day of the month, or of the year where there is no month."""
    return date(int(year), _number(month) or 1, 1)


def last_day(month: str | None, year: str) -> date:
    """Return the last day of the month, or of the year where there is no month."""
    number = _number(month) or 12
    return date(int(year), number, monthrange(int(year), number)[1])


def _number(month: str | None) -> int | None:
    return MONTHS.index(month.lower()) + 1 if month else None
