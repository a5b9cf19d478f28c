"""Times of events and states: bounds, overlap and how sure a day is."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.record import When
from dragoman.record.when import Precision

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English, whatever the machine's locale."""
_DAY_NUMBER = re.compile(r"\b(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?\b")
FAR_PAST = date.min
FAR_FUTURE = date.max


def bounds(when: When | None) -> tuple[date, date]:
    """Return the first and last day that a time allows; an open side is the first or last day of the calendar."""
    if when is None:
        return FAR_PAST, FAR_FUTURE
    return when.start or FAR_PAST, when.end or FAR_FUTURE


def overlap(one: When | None, other: When | None) -> bool:
    """Say whether two times can be the same day."""
    low, high = bounds(one)
    other_low, other_high = bounds(other)
    return low <= other_high and other_low <= high


def is_dated(when: When | None) -> bool:
    """Say whether a time has a first or a last day."""
    return when is not None and (when.start is not None or when.end is not None)


def is_day(when: When | None) -> bool:
    """Say whether a time is one certain day."""
    return when is not None and when.precision == "day" and when.start is not None and when.start == when.end


def days_apart(one: When | None, other: When | None) -> int:
    """Return the days between two times; 0 where they overlap or one is open."""
    low, high = bounds(one)
    other_low, other_high = bounds(other)
    if low <= other_high and other_low <= high:
        return 0
    return (other_low - high).days if other_low > high else (low - other_high).days


def within(day: date, low: date | None, high: date | None, slack: int = 0) -> bool:
    """Say whether a day lies between two days, both inclusive, with so many days' slack; None is open."""
    reach = timedelta(days=slack)
    return (low is None or low - reach <= day) and (high is None or day <= high + reach)


def named_precision(when: When) -> Precision:
    """Return how exactly the words of a time name the day that it begins with: "since October 2020" names a month.

    A time that is open on one side holds a first or last day only, whatever its words say of it.
    """
    if when.precision != "after" or when.phrase is None or when.start is None or when.start.day != 1:
        return when.precision
    if _DAY_NUMBER.search(when.phrase.text):
        return when.precision
    if MONTHS[when.start.month - 1][:3].casefold() in when.phrase.text.casefold():
        return "month"
    return "year" if str(when.start.year) in when.phrase.text and when.start.month == 1 else when.precision
