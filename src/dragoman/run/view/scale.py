"""The mood between two sides over time: a smoothed mean of PLOVER's conflict-cooperation scores, with its uncertainty.

At each day of a grid the mean weighs every event by a Gaussian of its distance in days. The band is twice the standard error
of that weighted mean, by Kish's effective number of events; where fewer than `ENOUGH` events bear on a day nothing is said of
it, so that a lonely event makes no line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

GRID = 120
"""Days at which the mean is taken, at most."""
LEAST_WIDTH = 30.0
"""Days of the Gaussian's standard deviation, at least: news of one quarrel comes within weeks."""
SHARE = 24
"""The Gaussian is at least this part of the whole time wide."""
ENOUGH = 3.0
"""Effective events below which nothing is said."""
NEAR = 1.8
"""Summed weight below which no day is near enough to any events: three events at one standard deviation have 1.8."""
LOW, HIGH = -10.0, 10.0


@dataclass(frozen=True, slots=True)
class Point:
    """The mean score near a day, between `low` and `high` (two standard errors).

    `run` counts the unbroken stretches of days of which something is said.
    """

    run: int
    day: date
    mean: float
    low: float
    high: float


def mood(scores: Sequence[tuple[date, float]]) -> list[Point]:
    """Return the smoothed mean over time of (day, score) in any order; rounded to a hundredth."""
    if len(scores) < ENOUGH:
        return []
    dated = sorted((day.toordinal(), score) for day, score in scores)
    first, last = dated[0][0], dated[-1][0]
    width = max(LEAST_WIDTH, (last - first) / SHARE)
    count = max(1, min(GRID, last - first))
    found: list[Point] = []
    run, broken = 0, False
    for number in range(count + 1):
        at = first + (last - first) * number / count
        weights = [math.exp(-(((day - at) / width) ** 2) / 2) for day, _score in dated]
        total = sum(weights)
        effective = total**2 / sum(weight**2 for weight in weights) if total > 1e-9 else 0.0
        if effective < ENOUGH or total < NEAR:
            broken = bool(found)
            continue
        run, broken = run + broken, False
        mean = sum(weight * score for weight, (_day, score) in zip(weights, dated, strict=True)) / total
        variance = (
            sum(weight * (score - mean) ** 2 for weight, (_day, score) in zip(weights, dated, strict=True)) / total
        )
        error = 2 * math.sqrt(variance / (effective - 1))
        day = date.fromordinal(round(at))
        found.append(
            Point(run, day, round(mean, 2), round(max(LOW, mean - error), 2), round(min(HIGH, mean + error), 2))
        )
    return found
