"""Durations, sets and vague references: the time expressions that name no place in the calendar by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.read.dates.grain import DURATION, shifted
from dragoman.read.dates.sense import Scene, Sense, Slots


def duration(slots: Slots, scene: Scene) -> Sense | None:
    """A length of time; "the last two weeks" and what is due "within two weeks" are also days counted from the article's."""
    grain = str(slots.get("unit", slots.get("units")))
    if scene.words[0] == "over" and ("the" in scene.words[1:2] or slots.get("vague") == "X"):
        return None  # a preposition here
    if "that" in scene.words:
        return None  # a conjunction here
    number = _number(slots)
    value = length(grain, number)
    if "plus_half" in slots and number is not None:
        number += 0.5
        value = length(grain, number)
    sense = Sense(kind="DURATION", value=value)
    step = slots.get("rel", slots.get("next_to"))
    today = scene.published
    if grain == "hour" and number is not None:
        grain, number = "day", max(1.0, number / 24)  # the past 24 hours are today and yesterday
    if today is None or number is None or grain in ("second", "minute"):
        return replace(sense, anchored=step not in (None, 0))
    if scene.before == "within" and scene.after != "of" and step is None:
        return replace(_days(sense, today, shifted(today, grain, number)), precision="before", wide=True)
    if step == -1 and "rel" in slots:
        return _days(sense, shifted(today, grain, -number), today)
    if step == 1 and "rel" in slots:
        return _days(sense, today, shifted(today, grain, number))
    return sense


def _days(sense: Sense, start: date, end: date) -> Sense:
    return replace(sense, start=start, end=end, precision="approximate", anchored=True, bounded=True)


def _number(slots: Slots) -> float | None:
    if "count2" in slots:
        return None
    if "count" in slots:
        return float(slots["count"])
    vague = slots.get("vague")
    if vague is not None:
        return None if vague == "X" else float(vague)
    return None if "units" in slots and "article" not in slots else 1.0


def length(grain: str, number: float | None) -> str:
    """Return the TIMEX3 value of so many units; None: nobody says how many."""
    pattern = DURATION[grain]
    if number is None:
        if grain == "decade":
            return "PXE"
        if grain == "century":
            return "PXC"
        return "P" + pattern.format("X")
    if grain == "fortnight":
        number *= 2
    if grain in ("decade", "century") and number != int(number):
        return f"P{number * (10 if grain == 'decade' else 100):g}Y"
    if number == int(number):
        return "P" + pattern.format(int(number))
    whole, half = int(number), number - int(number) == 0.5
    if half and grain == "hour":
        return f"PT{whole}H30M" if whole else "PT30M"
    if half and grain == "year":
        return f"P{whole}Y6M" if whole else "P6M"
    return "P" + pattern.format(f"{number:g}")


def reference(slots: Slots, scene: Scene) -> Sense | None:
    """Now, recently, soon: the article's day, before it, after it."""
    value = str(slots.get("ref", slots.get("lately", slots.get("expanse"))))
    return _vague(value, scene)


def long_ago(side: int, scene: Scene) -> Sense:
    """Several years ago, some weeks later: before or after, nobody says how far."""
    return _vague("PAST_REF" if side < 0 else "FUTURE_REF", scene)


def _vague(value: str, scene: Scene) -> Sense:
    today = scene.published
    sense = Sense(value=value, anchored=True)
    if today is None:
        return sense
    if value == "PRESENT_REF":
        return replace(sense, start=today, end=today, precision="approximate", bounded=True)
    if value == "PAST_REF":
        return replace(sense, end=today, precision="before", bounded=True)
    return replace(sense, start=today, precision="after", bounded=True)


def every(slots: Slots, _scene: Scene) -> Sense | None:
    """Something that comes back: TIMEX3 gives the time between, or the weekday or month with the rest unknown."""
    if "frequency" in slots:
        return Sense(kind="SET", value=str(slots["frequency"]))
    weekday = slots.get("weekday", slots.get("weekdays"))
    if weekday is not None:
        part = slots.get("dayparts")
        return Sense(kind="SET", value=f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""))
    if "month" in slots:
        return Sense(kind="SET", value=f"XXXX-{int(slots['month']):02d}")
    if "season" in slots:
        return Sense(kind="SET", value=f"XXXX-{slots['season']}")
    if "daypart" in slots:
        return Sense(kind="SET", value=f"XXXX-XX-XXT{slots['daypart']}")
    grain = str(slots.get("unit", slots.get("units")))
    number = float(slots.get("count", slots.get("every", 1)))
    return Sense(kind="SET", value=length(grain, number))
