"""Link: what the words around dates make of them: bounds ("since", "by") and ranges ("from May 3 to June 5")."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.codebook.dates import DateRules
from dragoman.read.dates.find import Found
from dragoman.read.dates.grain import PRECISION, Stretch, shifted
from dragoman.read.dates.sense import at, timed

_END = re.compile(r"[.!?]\s")
_RANGE_OPENERS = frozenset({"from", "between"})


def bounded(found: Found, rules: DateRules) -> Found:
    """Return the phrase with its days opened on one side where its preposition says so."""
    sense = found.sense
    if sense.bounded or sense.kind in ("DURATION", "SET") or not found.before:
        return found
    at_word = -1
    if len(found.before) > 1 and found.before[-1] in rules.hedges:
        at_word = -2  # "since at least 2014"
    last, wide = found.before[at_word], found.before_starts[at_word]
    if not found.governed and " " not in last:
        return found
    side = rules.bounds.get(last)
    if last == "from" and (found.after in rules.behind_open or _starts(found)):
        side = "from"
    if sense.kind == "TIME" and side in ("before", "after"):
        return found  # before ten is the same day
    if side is None or (sense.start is None and sense.end is None):
        return found
    if side == "from":
        return replace(found, sense=replace(sense, end=None, precision="after"), wide_start=wide)
    if side == "after" and sense.end is not None:
        start = sense.end if sense.end == date.max else sense.end + timedelta(days=1)
        return replace(found, sense=replace(sense, start=start, end=None, precision="after"), wide_start=wide)
    if side == "before" and sense.start is not None:
        end = sense.start if sense.start == date.min else sense.start - timedelta(days=1)
        return replace(found, sense=replace(sense, start=None, end=end, precision="before"), wide_start=wide)
    if side == "to":
        return replace(found, sense=replace(sense, start=None, precision="before"), wide_start=wide)
    return found


def _starts(found: Found) -> bool:
    """Is "from" before a day, week or month the start of what a verb says, and not what something is compared with?"""
    stretch = found.sense.stretch
    return (
        found.verbal
        and found.sense.kind == "DATE"
        and stretch is not None
        and stretch.grain in ("day", "week", "month")
    )


def linked(found: list[Found], rules: DateRules) -> list[Found]:
    """Return the phrases with the two ends of each range given the range's days, and years carried to a range's start."""
    result = _grounded(found)
    for i in range(1, len(result)):
        left, right = result[i - 1], result[i]
        if right.gap is None or not _dated(left) or not _dated(right):
            continue
        words = tuple(re.findall(r"\w+|[^\w\s]", right.gap.lower()))
        between = bool(left.before) and left.before[-1] == "between"
        joint = words in {(j,) for j in rules.joints} or (between and words in {(j,) for j in rules.after_between})
        joint = joint or (between and words == ("and", "the")) or words == ("to", "the")
        if not joint and words not in (("and",), (",",), ("or",)):
            continue
        left = _with_year_of(left, right)
        if not joint:
            result[i - 1] = left
            continue
        first, last = left.sense.stretch, right.sense.stretch
        assert first is not None  # _dated
        assert last is not None
        if last.last < first.first:
            continue
        opener = bool(left.before) and left.before[-1] in _RANGE_OPENERS
        precision = PRECISION[first.grain if last.grain == "day" else last.grain]
        start = left.sense.start if left.sense.start is not None and left.sense.start <= first.last else first.first
        end = right.sense.end if right.sense.end is not None and right.sense.end >= last.first else last.last
        shared = {"start": start, "end": end, "precision": precision}
        wide = {"wide_start": left.before_starts[-1] if opener else left.start, "wide_end": right.end}
        result[i - 1] = replace(left, sense=replace(left.sense, **shared), **wide)  # type: ignore[arg-type]
        result[i] = replace(right, sense=replace(right.sense, **shared), **wide)  # type: ignore[arg-type]
    return result


def _grounded(found: list[Found]) -> list[Found]:
    """Give a time of day the day that its sentence names behind it ("at 9 p.m. the siren went, on Friday")."""
    result = list(found)
    for i in range(len(found) - 2, -1, -1):
        clock, day = result[i], result[i + 1]
        if not clock.sense.floating or day.gap is None or _END.search(day.gap):
            continue
        stretch = day.sense.stretch
        if stretch is not None and stretch.grain == "day" and day.sense.kind in ("DATE", "TIME"):
            time = clock.sense.value.partition("T")[2]
            result[i] = replace(clock, sense=replace(timed(at(stretch), time), floating=day.sense.floating))
    return result


def _dated(found: Found) -> bool:
    return found.sense.stretch is not None and found.sense.kind in ("DATE", "TIME")


def _with_year_of(left: Found, right: Found) -> Found:
    """Carry the year of "May and June 2020" to its first part."""
    sense, other = left.sense, right.sense
    if not sense.yearless or other.yearless or other.anchored or sense.stretch is None or other.stretch is None:
        return left
    if other.stretch.grain not in ("day", "month"):
        return left
    first = sense.stretch.first
    year = other.stretch.first.year
    try:
        moved = first.replace(year=year)
        if moved > other.stretch.first:
            moved = first.replace(year=year - 1)
    except ValueError:
        return left
    stretch = Stretch(sense.stretch.grain, moved)
    years = moved.year - first.year
    changed = replace(
        sense,
        value=stretch.value,
        stretch=stretch,
        start=sense.start and shifted(sense.start, "year", years),
        end=sense.end and shifted(sense.end, "year", years),
        anchored=False,
        yearless=False,
    )
    return replace(left, sense=changed)
