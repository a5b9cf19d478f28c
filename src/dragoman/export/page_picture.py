"""The timeline as a picture: a lane for each side's acts, one for what both do, the course between conflict and
cooperation, and a bar for each state.

Only positions are computed here; the template draws them, in whole numbers, so that the same dossier gives the same
picture. Undated events are counted in words beside it, never set at an invented place.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.record.dossier import Bar, Dossier, Entry, Point

WIDTH = 720
GUTTER = 170
"""Where the axis begins: left of it stand the names of the lanes and states."""
RIGHT = 8
NAME = 26
"""Characters of a line of a name in the gutter."""
TOP = 30
LANE = 52
BAR = 30
COURSE = 92
DOT = 6
LONELY = 8
"""One event in so many may be left out of the picture for lying far before the others."""
FAR = 0.7
"""How far: the gap behind it, as a share of the time that all later ones take."""
ROOM = 15
"""Least distance of two dots of a lane before the later one moves up."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


@dataclass(frozen=True, slots=True)
class Dot:
    """An event: its place, the width of the days it may lie on, and how it is drawn."""

    event: str
    x: int
    y: int
    reach: int
    conflict: bool
    material: bool
    sure: bool
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A lane with its name (in lines), its line and its dots."""

    name: tuple[str, ...]
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """A state as a bar; `shown` is as much of its label as fits, "…" where it began on an unknown day or still holds."""

    name: tuple[str, ...]
    x: int
    y: int
    width: int
    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class Knot:
    """A stretch of the course: the event that it leads to (None: none of them is shown), its place, and it in words."""

    event: str | None
    x: int
    y: int
    title: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The course: where its zero, top and bottom lie, the knots, the lines through neighbours, and the bands around them."""

    y: int
    top: int
    bottom: int
    knots: tuple[Knot, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled day on the axis."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws."""

    width: int
    height: int
    bottom: int
    gutter: int
    rows: tuple[Row, ...]
    curve: Curve | None
    strips: tuple[Strip, ...]
    ticks: tuple[Tick, ...]
    undated: int
    earlier: int
    description: str


def draw(dossier: Dossier) -> Picture | None:
    """Return the picture of a dossier's timeline; None where nothing has a date."""
    began = _beginning(dossier)
    entries_shown = [
        entry for entry in dossier.timeline if began is None or (entry.end or entry.start or began) >= began
    ]
    days = [day for entry in entries_shown for day in (entry.start, entry.end) if day is not None]
    days += [day for bar in dossier.bars for day in (bar.since, bar.until) if day is not None]
    days = [day for day in days if began is None or day >= began]
    if not days:
        return None
    low, high = min(days), max(days)
    room = max(1, (high - low).days // 20)
    scale = _Scale(low.toordinal() - room, high.toordinal() + room)
    rows = []
    y = TOP
    names = {"first": f"{dossier.first} acts", "second": f"{dossier.second} acts", "both": "Both", "other": "Others"}
    for lane, name in names.items():
        entries = [entry for entry in entries_shown if entry.lane == lane]
        if entries or lane in ("first", "second"):
            rows.append(Row(_lines(name), y + LANE - 12, _dots(entries, scale, y + LANE - 12)))
            y += LANE
    curve = None
    if dossier.course:
        curve = _curve(dossier, scale, y + COURSE // 2)
        y += COURSE + 8
    strips: list[Strip] = []
    for number, bar in enumerate(dossier.bars):
        if number and bar.what != dossier.bars[number - 1].what:
            y += BAR
        strips.append(_strip(bar, scale, y + 16))
    y += BAR if dossier.bars else 0
    bottom = y + 8
    description = (
        f"{len(entries_shown)} dated events from {low.isoformat()} to {high.isoformat()} and "
        f"{len(strips)} states; the list below says the same in words."
    )
    return Picture(
        width=WIDTH,
        height=bottom + 24,
        bottom=bottom,
        gutter=GUTTER,
        rows=tuple(rows),
        curve=curve,
        strips=tuple(strips),
        ticks=_ticks(low, high, scale),
        undated=len(dossier.undated),
        earlier=len(dossier.timeline) - len(entries_shown),
        description=description,
    )


def _beginning(dossier: Dossier) -> date | None:
    """The day on which the axis begins: a few lonely early events would press all others into a corner. None: the first."""
    days = sorted(day for entry in dossier.timeline if (day := entry.start or entry.end) is not None)
    for place in range(min(len(days) // LONELY, 3), 0, -1):
        if (days[place] - days[place - 1]).days > FAR * max(30, (days[-1] - days[place]).days):
            return days[place]
    return None


@dataclass(frozen=True, slots=True)
class _Scale:
    low: int
    high: int

    def x(self, day: date) -> int:
        inner = WIDTH - GUTTER - RIGHT
        return GUTTER + (day.toordinal() - self.low) * inner // max(1, self.high - self.low)

    def middle(self, point: Point) -> int:
        """The middle of a stretch, inside the picture."""
        middle = (self.x(point.start) + self.x(point.end)) // 2
        return min(max(middle, GUTTER + DOT), WIDTH - RIGHT - DOT)


def _curve(dossier: Dossier, scale: _Scale, zero: int) -> Curve:
    height = COURSE // 2 - 6

    def y(score: float) -> int:
        return zero - round(score * height / 10)

    knots, lines, bands = [], [], []
    runs: list[list[Point]] = []
    for point in dossier.course:
        if point.end.toordinal() < scale.low:
            continue
        if runs and (point.start - runs[-1][-1].end).days == 1:
            runs[-1].append(point)
        else:
            runs.append([point])
        shown = (entry for entry in dossier.timeline if not entry.background and entry.start is not None)
        event = next((e.event for e in shown if e.start is not None and point.start <= e.start <= point.end), None)
        events = f"{point.events} event{'s' if point.events > 1 else ''}"
        sure = f", likely between {point.low:+.1f} and {point.high:+.1f}" if point.low is not None else ""
        title = f"{point.start.isoformat()} to {point.end.isoformat()}: {events}, mean {point.mean:+.1f}{sure}"
        knots.append(Knot(event, scale.middle(point), y(point.mean), title))
    for run in runs:
        if len(run) > 1:
            lines.append(" ".join(f"{scale.middle(point)},{y(point.mean)}" for point in run))
        for known in _known_runs(run):
            upper = [(scale.middle(point), y(point.high or 0.0)) for point in known]
            lower = [(scale.middle(point), y(point.low or 0.0)) for point in known]
            if len(known) == 1:  # a stretch alone: a bar as wide as a dot
                upper = [(upper[0][0] - 3, upper[0][1]), (upper[0][0] + 3, upper[0][1])]
                lower = [(lower[0][0] - 3, lower[0][1]), (lower[0][0] + 3, lower[0][1])]
            bands.append(" ".join(f"{x},{level}" for x, level in (*upper, *reversed(lower))))
    return Curve(zero, y(10), y(-10), tuple(knots), tuple(lines), tuple(bands))


def _known_runs(run: Sequence[Point]) -> list[list[Point]]:
    """The neighbours of which the spread is known."""
    found: list[list[Point]] = [[]]
    for point in run:
        if point.low is None:
            found.append([])
        else:
            found[-1].append(point)
    return [one for one in found if one]


def _dots(entries: list[Entry], scale: _Scale, y: int) -> tuple[Dot, ...]:
    found: list[Dot] = []
    for entry in entries:
        start = entry.start or entry.end
        end = entry.end or entry.start
        assert start is not None
        assert end is not None
        left, right = scale.x(start), scale.x(end)
        x = (left + right) // 2
        level = 0
        while level < 2 and any(abs(dot.x - x) < ROOM and dot.y == y - level * ROOM for dot in found):
            level += 1
        found.append(
            Dot(
                event=entry.event,
                x=x,
                y=y - level * ROOM,
                reach=(right - left) // 2 if right - left > 2 * DOT else 0,
                conflict=entry.score < 0,
                material=abs(entry.score) >= 5.5,
                sure=entry.factuality == "happened",
                title=f"{entry.when}: {entry.text}",
            )
        )
    return tuple(found)


def _lines(name: str) -> tuple[str, ...]:
    """A name in at most two lines of the gutter."""
    lines = textwrap.wrap(name, NAME)
    return tuple(lines) if len(lines) <= 2 else (lines[0], textwrap.shorten(" ".join(lines[1:]), NAME, placeholder="…"))


def _fitting(bar: Bar, width: int, *, early: bool) -> str:
    label = ("… " if bar.since is None or early else "") + bar.value + (" …" if bar.until is None else "")
    room = (width - 8) // 6  # a character of the 11 px label is about 6 px wide
    return label if len(label) <= room else textwrap.shorten(label, room, placeholder="…") if room > 6 else ""


def _strip(bar: Bar, scale: _Scale, y: int) -> Strip:
    x = max(GUTTER, scale.x(bar.since)) if bar.since else GUTTER
    right = max(GUTTER, scale.x(bar.until)) if bar.until else WIDTH - RIGHT
    return Strip(
        name=_lines(bar.what),
        x=x,
        y=y,
        width=max(4, right - x),
        label=bar.value,
        shown=_fitting(bar, max(4, right - x), early=bar.since is not None and bar.since.toordinal() < scale.low),
    )


def _ticks(low: date, high: date, scale: _Scale) -> tuple[Tick, ...]:
    """Five to eight round days: days, months or years, whichever fits."""
    span = (high - low).days
    if span > 4 * 365:
        step = max(1, span // 365 // 6)
        days = [date(year, 1, 1) for year in range(low.year - low.year % step, high.year + 1, step)]
        labelled = [(day, str(day.year)) for day in days]
    elif span > 90:
        step = max(1, span // 30 // 6)
        months = range(low.year * 12 + low.month - 1, high.year * 12 + high.month, step)
        names = _MONTHS.split()
        labelled = [(date(m // 12, m % 12 + 1, 1), f"{names[m % 12]} {m // 12}") for m in months]
    else:
        step = max(1, span // 6)
        names = _MONTHS.split()
        ordinals = range(low.toordinal(), high.toordinal() + 1, step)
        labelled = [(day, f"{day.day} {names[day.month - 1]}") for day in map(date.fromordinal, ordinals)]
    return tuple(Tick(scale.x(day), label) for day, label in labelled if low <= day <= high)
