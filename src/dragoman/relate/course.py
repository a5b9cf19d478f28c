"""The course of a relation: the mean score of its events on PLOVER's scale from conflict to cooperation, over time.

The time is cut into months, quarters or years, whichever gives at most `MOST` stretches. Each stretch is smoothed with its
neighbours: their events count with weight 1, its own with weight 2, so that a stretch of few events leans on those beside it
and one of many stands for itself. The band is 1.96 standard errors to either side (a normal interval of 95 in 100 for the
weighted mean, with the number of events that the weights amount to); where those are fewer than `ENOUGH`, there is no band.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from dragoman.record import Event
from dragoman.record.dossier import Month, Point

MOST = 40
"""Stretches shown: more are finer than a picture of 720 points."""
ENOUGH = 3.0
"""Events below which the spread says nothing."""
INTERVAL = 1.96
_STRETCHES = (1, 3, 12, 60)
"""Months of a stretch."""


def months_of(events: Iterable[Event], published: Mapping[str, date | None]) -> tuple[Month, ...]:
    """Return the events that happened, by month; one without a day on the day of its first report, if it is news."""
    found: dict[tuple[int, int], list[float]] = {}
    for event in events:
        day = event_day(event, published)
        if day is not None and event.factuality == "happened":
            found.setdefault((day.year, day.month), []).append(event.score)
    return tuple(
        Month(year=y, month=m, events=len(scores), total=sum(scores), squares=sum(s * s for s in scores))
        for (y, m), scores in sorted(found.items())
    )


def event_day(event: Event, published: Mapping[str, date | None]) -> date | None:
    """Return the first day on which an event may have happened; of news without a day, that of its first report."""
    day = None if event.when is None else event.when.start or event.when.end
    if day is None and not event.historical:
        day = min((known for span in event.evidence if (known := published.get(span.article))), default=None)
    return day


def course(months: Sequence[Month]) -> tuple[Point, ...]:
    """Return the smoothed course, a point for each stretch that has events."""
    if not months:
        return ()
    first = months[0].year * 12 + months[0].month - 1
    last = months[-1].year * 12 + months[-1].month - 1
    size = next((size for size in _STRETCHES if (last - first) // size < MOST), _STRETCHES[-1])
    first -= first % size
    sums: dict[int, tuple[int, float, float]] = {}
    for month in months:
        place = (month.year * 12 + month.month - 1 - first) // size
        events, total, squares = sums.get(place, (0, 0.0, 0.0))
        sums[place] = events + month.events, total + month.total, squares + month.squares
    return tuple(_point(place, sums, first + place * size, size) for place in sorted(sums))


def _point(place: int, sums: Mapping[int, tuple[int, float, float]], month: int, size: int) -> Point:
    weight = weights = total = squares = 0.0
    for beside, share in ((-1, 1.0), (0, 2.0), (1, 1.0)):
        events, added, squared = sums.get(place + beside, (0, 0.0, 0.0))
        weight += share * events
        weights += share * share * events
        total += share * added
        squares += share * squared
    mean = total / weight
    amount = weight * weight / weights
    low = high = None
    if amount >= ENOUGH:
        variance = max(0.0, squares / weight - mean * mean) * amount / (amount - 1)
        reach = INTERVAL * math.sqrt(variance / amount)
        low, high = max(-10.0, mean - reach), min(10.0, mean + reach)
    start = date(month // 12, month % 12 + 1, 1)
    end = date((month + size) // 12, (month + size) % 12 + 1, 1) - timedelta(days=1)
    return Point(start=start, end=end, events=sums[place][0], mean=mean, low=low, high=high)
