"""Grains: days, weeks, months, quarters, halves, seasons, years, decades, centuries, as stretches of the calendar.

Weeks are those of ISO 8601. Seasons are three whole months, spring from March (the northern hemisphere's, as newswire
means them); a winter belongs to the year in which it begins. Values are written as in TIMEX3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]  # ships no types
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # ships no types

from dragoman.record.when import Precision

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
SEASON_MONTH = {name: month for month, name in _SEASONS.items()}

PRECISION: dict[str, Precision] = {
    "day": "day",
    "weekend": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "quarter",
    "season": "quarter",
    "year": "year",
    "decade": "year",
    "century": "year",
}
"""The record's precision of a grain: of the record's own steps the largest that is no larger than the grain."""

DURATION = {
    "second": "T{}S",
    "minute": "T{}M",
    "hour": "T{}H",
    "day": "{}D",
    "weekend": "{}WE",
    "week": "{}W",
    "fortnight": "{}W",
    "month": "{}M",
    "quarter": "{}Q",
    "year": "{}Y",
    "decade": "{}0Y",
    "century": "{}00Y",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One grain of the calendar: the day, week, month, ... that begins on `first`."""

    grain: str
    first: date

    @property
    def last(self) -> date:
        """The last day of it."""
        if self.grain == "weekend":
            return _plus_days(self.first, 1)
        if self.grain in _DAYS:
            return _plus_days(self.first, _DAYS[self.grain] - 1)
        return _plus_days(_plus_months(self.first, _MONTHS[self.grain]), -1)

    @property
    def value(self) -> str:
        """Its TIMEX3 value."""
        day = self.first
        match self.grain:
            case "day":
                return day.isoformat()
            case "week" | "fortnight":
                year, week, _ = day.isocalendar()
                return f"{year:04d}-W{week:02d}"
            case "weekend":
                year, week, _ = day.isocalendar()
                return f"{year:04d}-W{week:02d}-WE"
            case "month":
                return f"{day.year:04d}-{day.month:02d}"
            case "quarter":
                return f"{day.year:04d}-Q{(day.month + 2) // 3}"
            case "half":
                return f"{day.year:04d}-H{(day.month + 5) // 6}"
            case "season":
                return f"{day.year:04d}-{_SEASONS[day.month]}"
            case "year":
                return f"{day.year:04d}"
            case "decade":
                return f"{day.year // 10:03d}"
            case _:
                return f"{day.year // 100:02d}"

    def step(self, count: int) -> Stretch:
        """The stretch of the same grain `count` steps later (earlier where negative)."""
        if self.grain in _DAYS:
            return Stretch(self.grain, _plus_days(self.first, count * _DAYS[self.grain]))
        return Stretch(self.grain, _plus_months(self.first, count * _MONTHS[self.grain]))


def stretch_at(grain: str, day: date) -> Stretch:
    """The stretch of that grain that holds the day; for a weekend, that of the day's week."""
    match grain:
        case "day":
            first = day
        case "week" | "fortnight":
            first = _plus_days(day, -day.weekday())
        case "weekend":
            first = _plus_days(day, 5 - day.weekday())
        case "month":
            first = day.replace(day=1)
        case "quarter":
            first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "half":
            first = date(day.year, (day.month - 1) // 6 * 6 + 1, 1)
        case "season":
            first = date(day.year, day.month // 3 * 3, 1) if day.month >= 3 else date(max(1, day.year - 1), 12, 1)
        case "year":
            first = date(day.year, 1, 1)
        case "decade":
            first = date(max(1, day.year // 10 * 10), 1, 1)
        case _:
            first = date(max(1, day.year // 100 * 100), 1, 1)
    return Stretch(grain, first)


def shifted(day: date, grain: str, count: float) -> date:
    """The day `count` units later, a half unit counted in the next smaller unit; months end where they end."""
    if grain in _DAYS:
        return _plus_days(day, round(count * _DAYS[grain]))
    if grain in _MONTHS:
        return _plus_months(day, round(count * _MONTHS[grain]))
    return day


def feast_day(rule: str, year: int) -> date:
    """The day of a feast in a year: "MM-DD", "WEEKDAY n MM" or "easter N" and "orthodox N" (see codebook/data/dates.toml)."""
    parts = rule.split()
    if parts[0] in ("easter", "orthodox"):
        method = EASTER_WESTERN if parts[0] == "easter" else EASTER_ORTHODOX
        sunday: date = easter(min(max(year, 1583), 4099), method)
        return sunday + timedelta(days=int(parts[1]))
    if len(parts) == 3:
        weekday, n, month = int(parts[0]), int(parts[1]), int(parts[2])
        if n > 0:
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))
        last = Stretch("month", date(year, month, 1)).last
        return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-n - 1))
    return date(year, int(parts[0][:2]), int(parts[0][3:]))


def _plus_days(day: date, count: int) -> date:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def _plus_months(day: date, count: int) -> date:
    try:
        moved: date = day + relativedelta(months=count)
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min
    return moved
