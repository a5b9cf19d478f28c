"""Episodes: runs of linked events between two sides, and the direction in which a run goes.

Events are linked by the reasons that articles give, by answers (an act of one side met by the same kind of act of the
other) and by time. The direction compares the mean PLOVER score of the later half of a run with that of its earlier half;
it is only said where there are enough events and the difference is at least twice its standard error (Welch's).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.record import Event
from dragoman.relate.sides import Sides

GAP_DAYS = 45
"""Days of silence after which the next event opens another episode, unless a reason or an answer links it."""
ANSWER_DAYS = 120
"""Days within which the same kind of conflictual act from the other side counts as an answer."""
ENOUGH = 8
"""Dated events below which no direction is given: halves of three or fewer have no usable spread."""

Direction = Literal["rising", "falling", "no clear direction", "too few events"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A run of events in the order of their days; `peak` is the sharpest (the one farthest from zero).

    `change` is the difference of the mean scores of its halves, `error` the standard error of that difference; both None
    where there are too few events.
    """

    events: tuple[Event, ...]
    peak: Event
    direction: Direction
    change: float | None
    error: float | None


def find_episodes(events: Sequence[Event], sides: Sides) -> tuple[Episode, ...]:
    """Return the episodes among the dated events that happened, earliest first."""
    dated = sorted(
        (event for event in events if event.factuality == "happened" and _day(event) is not None),
        key=lambda event: (_day(event), event.id),
    )
    leader = {event.id: event.id for event in dated}

    def find(one: str) -> str:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for earlier, later in _links(dated, sides):
        leader[find(later.id)] = find(earlier.id)
    groups: dict[str, list[Event]] = {}
    for event in dated:
        groups.setdefault(find(event.id), []).append(event)
    return tuple(_episode(group) for group in groups.values())


def _day(event: Event) -> date | None:
    return None if event.when is None else event.when.start or event.when.end


def _links(events: Sequence[Event], sides: Sides) -> list[tuple[Event, Event]]:
    """Return pairs that belong together: enough of them to hold every run together, not each pair within it.

    Of events without a long silence between them the neighbours are linked, so that the others of the run need not be compared.
    """
    by_id: Mapping[str, Event] = {event.id: event for event in events}
    found = [(by_id[cause], event) for event in events for cause in event.because if cause in by_id]
    opens = 0
    for number, later in enumerate(events):
        if number and _apart(events[number - 1], later) <= GAP_DAYS:
            found.append((events[number - 1], later))
        else:
            opens = number
        for earlier in reversed(events[:opens]):
            if _apart(earlier, later) > ANSWER_DAYS:
                break
            if _answers(earlier, later, sides):
                found.append((earlier, later))
    return found


def _apart(earlier: Event, later: Event) -> int:
    start, end = _day(earlier), _day(later)
    assert start is not None
    assert end is not None
    return (end - start).days


def _answers(earlier: Event, later: Event, sides: Sides) -> bool:
    return (
        earlier.type == later.type
        and earlier.score < 0
        and set(sides.of(earlier.actors)) == set(sides.of(later.recipients))
        and set(sides.of(earlier.recipients)) == set(sides.of(later.actors))
    )


def _episode(events: Sequence[Event]) -> Episode:
    peak = min(events, key=lambda event: (-abs(event.score), event.score, _day(event), event.id))
    direction, change, error = run_direction([event.score for event in events])
    return Episode(events=tuple(events), peak=peak, direction=direction, change=change, error=error)


def run_direction(scores: Sequence[float]) -> tuple[Direction, float | None, float | None]:
    """Return the direction of a run of scores in time order, with the difference of its halves and its standard error."""
    if len(scores) < ENOUGH:
        return "too few events", None, None
    middle = len(scores) // 2
    (low, low_error), (high, high_error) = _mean(scores[:middle]), _mean(scores[middle:])
    change, error = high - low, math.hypot(low_error, high_error)
    if abs(change) < 2 * error or change == 0:
        return "no clear direction", change, error
    return ("rising" if change > 0 else "falling"), change, error


def _mean(scores: Sequence[float]) -> tuple[float, float]:
    """The mean and its standard error."""
    mean = sum(scores) / len(scores)
    variance = sum((score - mean) ** 2 for score in scores) / (len(scores) - 1)
    return mean, math.sqrt(variance / len(scores))
