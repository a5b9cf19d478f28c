"""Sense: what a time expression means, and the scene in which it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dragoman.codebook.dates import Worth
from dragoman.read.dates.grain import PRECISION, Stretch, shifted
from dragoman.read.dates.tense import Side
from dragoman.record.when import Precision

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Slots = Mapping[str, Worth]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What a phrase means: TIMEX3 `kind` and `value`, the days from `start` to `end`, and the stretch of the calendar.

    `stretch` is what a later "two days before" counts from. `yearless` says that the text left the year out, so that a
    range's other end may give it; `bounded` that start and end already are what the phrase bounds; `wide` that the word in
    front of it helped to decide them; `floating` that it is a time of day whose day nothing in front of it gave.
    """

    kind: Kind = "DATE"
    value: str
    stretch: Stretch | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision = "day"
    anchored: bool = False
    yearless: bool = False
    bounded: bool = False
    wide: bool = False
    floating: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a phrase is read against.

    `published` is the article's day or None; `side` tells on demand which way the phrase's clause looks; `mentioned` is the
    stretch of the calendar last mentioned nearby, `near` the one mentioned in the same sentence; `day_first` says how the
    article writes numeric dates, None where it doesn't show. `words` are the phrase's own in lower case, `before` and
    `after` the words around it; `followed` says that a noun or a clause goes on right behind it.
    """

    published: date | None
    side: Callable[[], Side]
    mentioned: Stretch | None
    near: Stretch | None
    day_first: bool | None
    words: tuple[str, ...]
    before: str
    after: str
    followed: bool

    def direction(self) -> int:
        """-1 where the phrase's clause looks back, 1 where it looks ahead, 0 where it doesn't say; "since" looks back."""
        return -1 if self.before.endswith("since") else self.side().way


def at(stretch: Stretch, *, anchored: bool = True, precision: Precision | None = None, yearless: bool = False) -> Sense:
    """The sense of a stretch of the calendar."""
    return Sense(
        value=stretch.value,
        stretch=stretch,
        start=stretch.first,
        end=stretch.last,
        precision=precision or PRECISION[stretch.grain],
        anchored=anchored,
        yearless=yearless,
    )


def unknown(value: str, kind: Kind = "DATE") -> Sense:
    """The sense of a phrase whose days stay open, for want of the article's date."""
    return Sense(kind=kind, value=value, anchored=True)


_THIRDS: dict[str, tuple[str, int, int, int]] = {
    "week": ("day", 2, 4, 7),
    "fortnight": ("day", 4, 9, 14),
    "month": ("day", 10, 20, 31),
    "quarter": ("month", 1, 2, 3),
    "season": ("month", 1, 2, 3),
    "half": ("month", 2, 4, 6),
    "year": ("month", 4, 8, 12),
    "decade": ("year", 4, 7, 10),
    "century": ("year", 30, 70, 100),
}
"""Where the early and the middle part of a grain end, counted in a smaller one, and its length."""


def part_of(sense: Sense, part: str, published: date | None) -> Sense:
    """The early, middle or late part of a period, its first or last day, or what of it is over or to come; a day is not cut."""
    stretch = sense.stretch
    if stretch is None or stretch.grain not in _THIRDS:
        return sense
    if part in ("FIRST", "LAST"):
        day = Stretch("day", stretch.first if part == "FIRST" else stretch.last)
        return at(day, anchored=sense.anchored, yearless=sense.yearless)
    if part in ("SO_FAR", "FROM_NOW") and published is not None and stretch.first < published <= stretch.last:
        start = stretch.first if part == "SO_FAR" else published
        end = published - timedelta(days=1) if part == "SO_FAR" else stretch.last
        return replace(sense, start=start, end=end, precision="approximate", bounded=True)
    grain, early, middle, length = _THIRDS[stretch.grain]
    low, high = {"START": (0, early), "SO_FAR": (0, early), "MID": (early, middle)}.get(part, (middle, length))
    start = shifted(stretch.first, grain, low)
    end = min(stretch.last, shifted(stretch.first, grain, high) - timedelta(days=1))
    return replace(sense, start=start, end=end, precision="approximate")


def timed(sense: Sense, time: str) -> Sense:
    """The sense with a time of day behind its day: "T16:00", "TNI"; the days stay whole."""
    if sense.kind != "DATE" or (sense.stretch is not None and sense.stretch.grain != "day"):
        return sense
    return replace(sense, kind="TIME", value=f"{sense.value}T{time}")
