"""Interpret: a form's filled slots → what the phrase means. One function a reading of `codebook/data/dates.toml`.

Each takes the slots and the scene and returns a sense, or None where the words are no time expression after all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.read.dates.duration import duration, every, length, long_ago, reference
from dragoman.read.dates.grain import Stretch, shifted, stretch_at
from dragoman.read.dates.named import (
    calendar,
    century,
    decade,
    feast,
    numeric,
    plain_year,
    quarter_of,
    season,
    subperiod,
    week_in_month,
    week_of,
)
from dragoman.read.dates.sense import Scene, Sense, Slots, at, part_of, timed, unknown

Reading = Callable[[Slots, Scene], Sense | None]


def interpret(reading: str, slots: Slots, scene: Scene) -> Sense | None:
    """Return what a form's slots mean in the scene; None where they mean no time."""
    sense = READINGS[reading](slots, scene)
    if sense is None:
        return None
    part = slots.get("part") or slots.get("edge")
    if part and reading != "daypart" and not sense.bounded:
        sense = part_of(sense, str(part), scene.published)
    if "clock" in slots and reading != "clock":
        sense = timed(sense, str(slots["clock"]))
    elif "noon" in slots and reading != "clock":
        sense = timed(sense, str(slots["noon"]))
    elif "daypart" in slots and reading not in ("daypart", "clock", "set"):
        sense = timed(sense, str(slots["daypart"]))
    return sense


def _weekday(slots: Slots, scene: Scene) -> Sense | None:
    number = int(slots["weekday"])
    if slots.get("next_to") is not None and "which" not in slots and scene.mentioned is not None:
        return at(Stretch("day", _from_mention(number, int(slots["next_to"]), scene.mentioned.first)))
    today = scene.published
    if today is None:
        return unknown(f"XXXX-WXX-{number}")
    if "which" in slots:
        if slots["which"] != "week":
            return None
        monday = stretch_at("week", today).step(int(slots.get("rel", slots.get("next_to", 0)))).first
        return at(Stretch("day", monday + timedelta(days=number - 1)))
    back = today - timedelta(days=(today.isoweekday() - number) % 7)
    ahead = today + timedelta(days=(number - today.isoweekday()) % 7)
    if "rel" in slots:
        step = int(slots["rel"])
        if step < 0:
            return at(Stretch("day", back if back < today else back - timedelta(days=7)))
        if step > 0 and not {"coming", "this coming", "upcoming"} & set(scene.words):
            monday = stretch_at("week", today).step(1).first
            return at(Stretch("day", monday + timedelta(days=number - 1)))
        if step > 0:
            return at(Stretch("day", ahead if ahead > today else ahead + timedelta(days=7)))
        return at(Stretch("day", back if scene.direction() < 0 else ahead))
    return at(Stretch("day", ahead if scene.direction() > 0 else back))


def _from_mention(number: int, step: int, day: date) -> date:
    if step < 0:
        return day - timedelta(days=(day.isoweekday() - number) % 7 or 7)
    if step > 0:
        return day + timedelta(days=(number - day.isoweekday()) % 7 or 7)
    return day + timedelta(days=number - day.isoweekday())


def _day(step: int, scene: Scene) -> Sense:
    if scene.published is None:
        return unknown("XXXX-XX-XX")
    return at(stretch_at("day", scene.published).step(step))


def _deictic(slots: Slots, scene: Scene) -> Sense | None:
    return _day(int(slots["deictic"]), scene)


def _deictic_part(slots: Slots, scene: Scene) -> Sense | None:
    step, part = str(slots["deictic_part"]).split()
    return timed(_day(int(step), scene), part)


def _overnight(_slots: Slots, scene: Scene) -> Sense | None:
    """The night before the article's day: both days are part of it."""
    sense = timed(_day(-1, scene), "NI")
    return replace(sense, end=scene.published)


def _daypart(slots: Slots, scene: Scene) -> Sense | None:
    part = str(slots["daypart"])
    if "deictic" in slots:
        return timed(_day(int(slots["deictic"]), scene), part)
    if "weekday" in slots:
        found = _weekday(slots, scene)
        return timed(found, part) if found else None
    if "next_to" in slots or slots.get("rel") == 1 or "rel" not in slots:
        step = int(slots.get("next_to", slots.get("rel", 0)))
        base = scene.mentioned if scene.mentioned is not None and scene.mentioned.grain == "day" else None
        if base is not None:
            return timed(at(base.step(step)), part)
        if step:
            return None
    return timed(_day(int(slots.get("rel", 0)), scene), part)


def _beside(slots: Slots, scene: Scene) -> Sense | None:
    grain = str(slots["unit"])
    if grain in ("second", "minute", "hour"):
        return None
    grain = "week" if grain == "fortnight" else grain
    fiscal = "approximate" if "fiscal" in scene.words else None
    determined = scene.words[0] == "the"
    if "next_to" in slots or (
        slots.get("rel") == 1 and determined and "next" in scene.words and grain in ("day", "week", "month")
    ):
        base = scene.mentioned
        step = int(slots.get("next_to", slots.get("rel", 0)))
        if base is None:
            if scene.published is None or ("next_to" in slots and step == 0):
                return unknown(_blank(grain)) if "next_to" not in slots or step else None
            return at(stretch_at(grain, scene.published).step(step))
        if step == 0 and _FINENESS.get(base.grain, 0) > _FINENESS.get(grain, 0):
            # "in June 2016 ... that same week": no week was named, only the month in which it lies; of a year too little
            return at(base) if base.grain == "month" else None
        found = at(stretch_at(grain, base.last if step > 0 else base.first).step(step))
        return _rest(found, str(slots.get("part", "")), base) if step == 0 else found
    if grain == "day" and slots.get("rel") != 0:
        return None
    if scene.published is None:
        return unknown(_blank(grain))
    here = stretch_at(grain, scene.published)
    if "latest" in slots:
        return at(here.step(-1), precision=fiscal) if grain in ("quarter", "month", "week", "weekend") else None  # type: ignore[arg-type]
    step = int(slots["rel"])
    if grain == "weekend" and step == 0 and here.first > scene.published and scene.direction() < 0:
        step = -1
    return at(here.step(step), precision=fiscal)  # type: ignore[arg-type]


_FINENESS = {
    "day": 1,
    "weekend": 2,
    "week": 2,
    "month": 3,
    "quarter": 4,
    "half": 5,
    "year": 6,
    "decade": 7,
    "century": 8,
}
"""The grains of the calendar, the finer the smaller."""


def _rest(sense: Sense, part: str, told: Stretch) -> Sense:
    """ "Later that year" begins behind what was last mentioned, "earlier that year" ends in front of it."""
    if sense.start is None or sense.end is None:
        return sense
    day = timedelta(days=1)
    if part == "FROM_NOW" and told.last < sense.end:
        return replace(sense, start=told.last + day, precision="approximate", bounded=True)
    if part == "SO_FAR" and told.first > sense.start:
        return replace(sense, end=told.first - day, precision="approximate", bounded=True)
    return sense


def _blank(grain: str) -> str:
    return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX"}.get(grain, "XXXX")


def _itself(slots: Slots, scene: Scene) -> Sense | None:
    grain = str(slots["unit"])
    if grain not in ("week", "weekend", "month", "quarter", "year", "decade", "century"):
        return None
    if grain not in ("weekend", "quarter") and "edge" not in slots and "part" not in slots:
        return None
    if scene.published is None:
        return unknown(_blank(grain))
    here = stretch_at(grain, scene.published)
    if grain == "weekend":
        return at(here.step(-1) if scene.direction() <= 0 and here.first > scene.published else here)
    if grain == "quarter" and "edge" not in slots:
        near = scene.mentioned
        return at(near if near is not None and near.grain == "quarter" else here.step(-1))
    return at(here)


def _unit_end(slots: Slots, scene: Scene) -> Sense | None:
    grain = str(slots["unit"])
    if grain not in ("year", "month", "quarter", "week"):
        return None
    if scene.published is None:
        return unknown(_blank(grain))
    return part_of(at(stretch_at(grain, scene.published)), "END", scene.published)


def _shift(slots: Slots, scene: Scene) -> Sense | None:
    grain = str(slots.get("unit", slots.get("units")))
    side = int(slots.get("ago", slots.get("away", slots.get("sofar", 0))))
    if scene.followed and "away" in slots:
        return None
    count = _count(slots)
    if "today" in scene.words and count is not None and scene.published is not None:
        return at(Stretch("day", shifted(scene.published, grain, side * int(count))))  # "two years ago today"
    if "ago" in slots or scene.mentioned is None:
        base = stretch_at("day", scene.published) if scene.published else None
    else:
        base = scene.mentioned
        if grain in ("day", "week") and base.grain not in ("day", "week", "weekend"):
            base = None  # two days after a summer is no day
    told = scene.mentioned
    if slots.get("unit2") == "quarter" and grain == "year" and scene.published is not None:
        last = told if told is not None and told.grain == "quarter" else stretch_at("quarter", scene.published).step(-1)
        return at(last.step(4 * side))
    if grain == "year" and count == 1 and told is not None and told.grain in ("quarter", "half"):
        return at(Stretch(told.grain, shifted(told.first, "year", side)))
    if "count2" in slots or "so" in scene.words:
        return _rough(side, grain, count, scene)
    if count is None:
        return long_ago(side, scene) if "ago" in slots else _some_later(side, grain, base)
    if base is None:
        return unknown(_blank(grain))
    return _stepped(slots, grain, side * count, base.first if side < 0 else base.last, scene)


def _some_later(side: int, grain: str, base: Stretch | None) -> Sense:
    """A few days later, some weeks earlier: nobody says how far from what was last mentioned."""
    sense = Sense(value=length(grain, None), anchored=True, bounded=True)
    if base is None:
        return sense
    if side < 0:
        return replace(sense, end=base.first, precision="before")
    return replace(sense, start=base.last, precision="after")


def _rough(side: int, grain: str, count: float | None, scene: Scene) -> Sense:
    """A week or so ago, a year or two ago: about that, and its days approximate."""
    if scene.published is None or count is None:
        return long_ago(side, scene)
    return at(stretch_at(grain, shifted(scene.published, grain, side * count)), precision="approximate")


def _count(slots: Slots) -> float | None:
    """How many units: a number, the article's one, or None where nobody says."""
    if "count" in slots:
        return float(slots["count"])
    vague = slots.get("vague")
    if vague is not None:
        return None if vague == "X" else float(vague)
    return None if "units" in slots and "article" not in slots else 1.0


def _stepped(slots: Slots, grain: str, count: float, base: date, scene: Scene) -> Sense | None:
    day = shifted(base, grain, count)
    coarse = {"decade": "year", "century": "year", "fortnight": "week", "weekend": "week"}.get(grain, grain)
    if coarse in ("second", "minute", "hour"):
        coarse = "day"
    if coarse != "day" and count != int(count):
        coarse = "month" if grain == "year" else coarse
    sense = at(stretch_at(coarse, day), precision=None if coarse == "day" else "approximate")
    approx = slots.get("approx")
    if approx in ("EQUAL_OR_MORE", "MORE_THAN") and count < 0:
        return replace(sense, start=None, precision="before", bounded=True)
    if approx == "EQUAL_OR_LESS" and count < 0 and scene.published is not None:
        return replace(sense, end=scene.published, precision="approximate", bounded=True)
    if approx and coarse == "day":
        return replace(sense, precision="approximate")
    return sense


def _clock_time(slots: Slots, scene: Scene) -> Sense | None:
    time = slots.get("clock", slots.get("noon"))
    if time is None and "hhmm" in slots:
        digits = str(slots["hhmm"])
        time = f"{digits[:2]}:{digits[2:]}"
    if time is None:
        hour = int(slots.get("hour", 0))
        hour += 12 if slots.get("daypart") in ("AF", "EV", "NI") and hour < 12 else 0
        time = f"{hour:02d}:00"
    near = scene.near
    if near is not None and near.grain == "day":
        return timed(at(near), str(time))
    return replace(timed(_day(0, scene), str(time)), floating=True)


READINGS: dict[str, Reading] = {
    "calendar": calendar,
    "weekday": _weekday,
    "deictic": _deictic,
    "deictic_part": _deictic_part,
    "daypart": _daypart,
    "overnight": _overnight,
    "numeric": numeric,
    "year": plain_year,
    "decade": decade,
    "century": century,
    "subperiod": subperiod,
    "season": season,
    "feast": feast,
    "beside": _beside,
    "itself": _itself,
    "week_of": week_of,
    "quarter_of": quarter_of,
    "week_in_month": week_in_month,
    "unit_end": _unit_end,
    "shift": _shift,
    "duration": duration,
    "reference": reference,
    "set": every,
    "clock": _clock_time,
}
"""The readings that a form of the date rules may name."""
