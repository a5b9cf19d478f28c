"""A time as a person writes it: "2023-04-18", "2023-04", "2023", "2023-Q2", "2023-W16", "before 2020", two days with ".."."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from dragoman.errors import DecisionError

_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_SIDE = re.compile(r"(before|after|since|about)\s+(\S.*)", re.IGNORECASE)
UNKNOWN = frozenset({"", "none", "unknown", "undated", "null"})
"""What a person writes for a time that is not known."""


def read_time(words: str) -> dict[str, Any] | None:
    """Return `{"start", "end", "precision", "phrase"}` with ISO days, or None for an unknown time.

    `DecisionError` says how to write one.
    """
    plain = " ".join(words.split())
    if plain.casefold() in UNKNOWN:
        return None
    side = _SIDE.fullmatch(plain)
    low, mark, high = plain.partition("..")
    if side is not None:
        first, last, _ = _bounds(side[2], words)
        match side[1].casefold():
            case "before":
                return _time(None, first - timedelta(days=1), "before")
            case "after":
                return _time(last, None, "after")
            case "since":
                return _time(first, None, "after")
            case _:
                return _time(first, last, "approximate")
    if mark:
        start, end = _bounds(low.strip(), words)[0], _bounds(high.strip(), words)[1]
        if end < start:
            raise DecisionError(f"{words!r} ends before it begins: write the earlier day first.")
        return _time(start, end, "day")
    return _time(*_bounds(plain, words))


def time_words(value: dict[str, Any] | None) -> str:
    """Return a time as `read_time` reads it."""
    if not value or (value.get("start") is None and value.get("end") is None):
        return ""
    start, end, precision = value.get("start"), value.get("end"), value.get("precision")
    if start is None:
        return f"before {date.fromisoformat(str(end)) + timedelta(days=1)}"
    if end is None:
        return f"since {start}"
    if precision == "month" and start[:7] == end[:7]:
        return str(start[:7])
    if precision == "year" and start[:4] == end[:4]:
        return str(start[:4])
    words = str(start) if start == end else f"{start}..{end}"
    return f"about {start}" if precision == "approximate" and start == end else words


def _time(start: date | None, end: date | None, precision: str) -> dict[str, Any]:
    return {
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "precision": precision,
        "phrase": None,
    }


def _bounds(plain: str, words: str) -> tuple[date, date, str]:
    """The first and last day of a day, week, month, quarter or year, and which of them it is."""
    try:
        if found := _QUARTER.fullmatch(plain):
            month = 3 * int(found[2]) - 2
            return date(int(found[1]), month, 1), _month_end(int(found[1]), month + 2), "quarter"
        if found := _WEEK.fullmatch(plain):
            first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return first, first + timedelta(days=6), "week"
        if found := _MONTH.fullmatch(plain):
            return date(int(found[1]), int(found[2]), 1), _month_end(int(found[1]), int(found[2])), "month"
        if _YEAR.fullmatch(plain):
            return date(int(plain), 1, 1), date(int(plain), 12, 31), "year"
        day = date.fromisoformat(plain)
    except ValueError as error:
        raise DecisionError(
            f"{words!r} is no time: write 2023-04-18, 2023-04, 2023, 2023-Q2, 2023-04-18..2023-04-20, before 2020, or none."
        ) from error
    return day, day, "day"


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
