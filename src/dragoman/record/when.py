"""Times: what a date phrase means, in whole days, and the phrase it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.record.text import Span

Precision = Literal["day", "week", "month", "quarter", "year", "before", "after", "approximate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Whole days from `start` to `end`, both inclusive; a side that is not known is None ("before 2020": start None).

    `phrase` is the words it was read from, or None when the time came from the article's date alone.
    """

    start: date | None
    end: date | None
    precision: Precision
    phrase: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePhrase:
    """A time expression in a text.

    `value` is its TIMEX3 value ("2023-04-18", "2022-W05", "P1Y", "PRESENT_REF", "2022-07", "XXXX-XX-XX" parts unknown);
    `kind` the TIMEX3 type; `when` the days it denotes, or None where the article's date is needed and unknown, or where it
    is a duration or a set. `anchored` says that the article's date (or another phrase) was needed.
    """

    span: Span
    kind: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    when: When | None
    anchored: bool
