"""Interpret: a form's filled slots → what the phrase means. One function a reading of `codebook/data/dates.toml`.

Each takes the slots and the scene and returns a sense, or None where the words are no time expression after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.read.dates.duration import duration, every, long_ago, reference
from dragoman.read.dates.grain import SEASON_MONTH, Stretch, feast_day, shifted, stretch_at
from dragoman.read.dates.sense import Scene, Sense, Slots, at, part_of, timed, unknown

Reading = Callable[[Slots, Scene], Sense | None]

_NEAR_AHEAD = 300
_NEAR_BACK = 335
"""Days: a date without a year lies on the clause's side of the article's day unless that is farther away than this."""

_CLOSE = 100
"""Days: a date without a year that hangs on a noun ("a cutback in September") is the nearest one when that is so near."""


def interpret(reading: str, slots: Slots, scene: Scene) -> Sense | None:
    """Return what a form's slots mean in the scene; None where they mean no time."""
    sense = READINGS[reading](slots, scene)
    if sense is None:
        return None
    part = slots.get("part") or slots.get("edge")
    if part and reading != "daypart":
        sense = part_of(sense, str(part))
    if "clock" in slots and reading != "clock":
        sense = timed(sense, str(slots["clock"]))
    elif "noon" in slots and reading != "clock":
        sense = timed(sense, str(slots["noon"]))
    elif "daypart" in slots and reading not in ("daypart", "clock", "set"):
        sense = timed(sense, str(slots["daypart"]))
    return sense


def _calendar(slots: Slots, scene: Scene) -> Sense | None:
    month = int(slots["month"])
    day = int(slots["day"]) if "day" in slots else None
    year = _year(slots, scene)
    if year is None and ("which" in slots or (scene.published is None and "year" not in slots)):
        return unknown(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""))
    if year is not None:
        sense = _in_year(year, month, day)
        if sense is None:
            return None
        sense = replace(sense, anchored="year" not in slots and "yy" not in slots)
    else:
        sense = _nearest(month, day, slots, scene)
    if sense is not None and "day2" in slots and sense.start is not None:
        last = _in_year(sense.start.year, month, int(slots["day2"]))
        if last is None or last.end is None or last.end < sense.start:
            return None
        sense = replace(sense, end=last.end, bounded=True)
    return sense


def _year(slots: Slots, scene: Scene) -> int | None:
    """The year that a form names: in digits, in words, or as a step from this one."""
    for slot in ("year", "year2", "spelled"):
        if slot in slots:
            return int(slots[slot])
    if "yy" in slots:
        return _century_of(int(slots["yy"]), scene)
    for which, rel, next_to in (("which", "rel", "next_to"), ("which2", "rel2", "next_to2")):
        if slots.get(which) == "year":
            if next_to in slots and scene.mentioned is not None:
                return scene.mentioned.first.year + int(slots[next_to])
            step = slots.get(rel, slots.get(next_to))
            if scene.published is not None and step is not None:
                return scene.published.year + int(step)
    return None


def _century_of(short: int, scene: Scene) -> int:
    """A year of two digits: the one nearest to the article's, of those up to twenty years ahead."""
    this = scene.published.year if scene.published else 2020
    year = this // 100 * 100 + short
    return year - 100 if year > this + 20 else year


def _in_year(year: int, month: int, day: int | None) -> Sense | None:
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    return at(Stretch("day" if day else "month", first))


def _nearest(month: int, day: int | None, slots: Slots, scene: Scene) -> Sense | None:
    """A month or a day of it without a year: on the side that the tense says, else the nearest."""
    today = scene.published
    if today is None:
        return None
    found = [s for year in range(today.year - 1, today.year + 2) if (s := _in_year(year, month, day)) is not None]
    if not found:  # 29 February
        leap = max(y for y in range(today.year - 8, today.year + 1) if y % 4 == 0)
        return _in_year(leap, month, day)
    if "weekday" in slots:
        fitting = [s for s in found if s.start is not None and s.start.isoweekday() == slots["weekday"]]
        if fitting:
            return replace(fitting[0], yearless=True)
    stretches = [s.stretch for s in found if s.stretch is not None]
    here = stretch_at("day" if day else "month", today)
    if "rel" in slots and "weekday" not in slots:
        step = int(slots["rel"])
        if step == 0:
            return at(next(s for s in stretches if s.first.year == today.year))
        chosen = [s for s in stretches if (s.first < here.first if step < 0 else s.first > here.first)]
        return at(chosen[-1] if step < 0 else chosen[0])
    return replace(at(_side(stretches, here, scene)), yearless=True)


def _side(stretches: list[Stretch], here: Stretch, scene: Scene) -> Stretch:
    """Of stretches a year apart the one on the clause's side of `here`, or the nearest where that one is far."""
    nearest = min(stretches, key=lambda s: abs((s.first - here.first).days))
    found = scene.side()
    side = found.way
    if found.through_noun and abs((nearest.first - here.first).days) < _CLOSE:
        return nearest
    if side < 0 and nearest.first > here.first:
        back = [s for s in stretches if s.first <= here.first]
        if back and (here.first - back[-1].first).days < _NEAR_BACK:
            return back[-1]
    if side > 0 and nearest.first < here.first:
        ahead = [s for s in stretches if s.first >= here.first]
        if ahead and (ahead[0].first - here.first).days < _NEAR_AHEAD:
            return ahead[0]
    return nearest


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


def _numeric(slots: Slots, scene: Scene) -> Sense | None:
    if "iso" in slots:
        return _iso(str(slots["iso"]))
    text = str(slots["numdate"])
    first, second, third = re.split(r"[./-]", text)
    year = int(third) if len(third) == 4 else _century_of(int(third), scene)
    one, two = int(first), int(second)
    day_first = _in_year(year, two, one) if 1 <= two <= 12 else None
    month_first = _in_year(year, one, two) if 1 <= one <= 12 else None
    if "." in text:  # a full stop between the numbers is a European habit: the day comes first
        month_first = None
    if day_first is not None and month_first is not None and one != two:
        if scene.day_first is None:
            return at(Stretch("year", date(year, 1, 1)), anchored=False, precision="approximate")
        return replace(day_first if scene.day_first else month_first, anchored=False)
    found = day_first or month_first
    return replace(found, anchored=False) if found else None


def _iso(text: str) -> Sense | None:
    parts = re.match(r"(\d{4})[-/](\d\d)(?:[-/](\d\d))?(?:t(\d\d:?\d\d)?)?", text)
    if parts is None:
        return None
    year, month, day, clock = parts.groups()
    following = str(int(year) + 1)[2:]
    if day is None and month == following:  # "2008-09" is a season of sport or a fiscal year
        start, end = date(int(year), 1, 1), date(int(year) + 1, 12, 31)
        return replace(at(Stretch("year", start), anchored=False), end=end)
    found = _in_year(int(year), int(month), int(day) if day else None)
    if found is None:
        return None
    return timed(replace(found, anchored=False), clock) if clock else replace(found, anchored=False)


def _plain_year(slots: Slots, scene: Scene) -> Sense | None:
    year = _year(slots, scene)
    if year is None or not 1 <= year <= 9998:
        return None
    whole = Stretch("year", date(year, 1, 1))
    sense = at(whole, anchored=False, precision="approximate" if "fiscal" in scene.words else None)
    if "yy2" in slots:
        short = int(slots["yy2"])
        last = year // 100 * 100 + short
        if short > 99 or not year < last:
            return None
        return replace(sense, end=date(last, 12, 31), bounded=True)
    if "post" in scene.words:
        return replace(sense, start=date(year + 1, 1, 1), end=None, precision="after", bounded=True)
    if "pre" in scene.words:
        return replace(sense, start=None, end=date(year, 1, 1) - timedelta(days=1), precision="before", bounded=True)
    return sense


def _decade(slots: Slots, scene: Scene) -> Sense | None:
    number = int(slots.get("decade", slots.get("tens", 0)))
    if number < 100:
        this = scene.published.year if scene.published else 2000
        number += max(c for c in (1800, 1900, 2000) if c + number <= max(this, 1900 + number))
    elif "s" not in scene.words[-1] and number % 10:
        return None
    return at(Stretch("decade", date(number // 10 * 10, 1, 1)), anchored=False)


def _century(slots: Slots, _scene: Scene) -> Sense | None:
    number = int(slots["ordinal"])
    if not 1 <= number <= 30:
        return None
    return at(Stretch("century", date(max(1, (number - 1) * 100), 1, 1)), anchored=False)


def _subperiod(slots: Slots, scene: Scene) -> Sense | None:
    sub = "quarter" if "q" in slots else str(slots.get("subunit", slots.get("subunits")))
    count = 4 if sub == "quarter" else 2
    number = int(slots.get("q", slots.get("ordinal", 0)))
    number = count if number == -1 else number
    if not 1 <= number <= count:
        return None
    year = _year(slots, scene)
    month = (number - 1) * 12 // count + 1
    letter = "Q" if sub == "quarter" else "H"
    precision = "approximate" if "fiscal" in scene.words else None
    if year is not None:
        return at(
            Stretch(sub, date(year, month, 1)),
            anchored="year" not in slots and "year2" not in slots,
            precision=precision,  # type: ignore[arg-type]
        )
    if scene.published is None:
        return unknown(f"XXXX-{letter}{number}")
    if sub == "half" and not set(scene.words) & {"of", "year"}:
        return None  # the first half of a match, of a book
    stretches = [Stretch(sub, date(scene.published.year + n, month, 1)) for n in (-1, 0, 1)]
    if "sofar" in slots:
        chosen = [s for s in stretches if s.last < scene.published][-1].step(-count)
    elif scene.direction() > 0:
        chosen = next(s for s in stretches if s.last >= scene.published)
        if (chosen.first - scene.published).days > _CLOSE:
            chosen = [s for s in stretches if s.first <= scene.published][-1]
    else:
        chosen = [s for s in stretches if s.first <= scene.published][-1]
    return at(chosen, precision=precision)  # type: ignore[arg-type]


def _season(slots: Slots, scene: Scene) -> Sense | None:
    name = str(slots["season"])
    month = SEASON_MONTH[name]
    year = _year(slots, scene)
    if year is not None:
        return at(Stretch("season", date(year, month, 1)), anchored="year" not in slots)
    today = scene.published
    if today is None:
        return unknown(f"XXXX-{name}")
    stretches = [Stretch("season", date(today.year + n, month, 1)) for n in (-2, -1, 0, 1, 2)]
    if "rel" in slots:
        step = int(slots["rel"])
        if step < 0:
            return at([s for s in stretches if s.last < today][-1])
        if step > 0:
            return at(next(s for s in stretches if s.first > today))
        return at(min(stretches, key=lambda s: _distance(s, today)))
    side = scene.direction()
    if side < 0:
        return at([s for s in stretches if s.first <= today][-1])
    if side > 0:
        return at(next(s for s in stretches if s.last >= today))
    return at(min(stretches, key=lambda s: _distance(s, today)))


def _distance(stretch: Stretch, day: date) -> int:
    if stretch.first <= day <= stretch.last:
        return 0
    return min(abs((stretch.first - day).days), abs((stretch.last - day).days))


def _feast(slots: Slots, scene: Scene) -> Sense | None:
    rule, _, fixed = str(slots["feast"]).partition(" ")
    whole = str(slots["feast"])
    if fixed and len(fixed) == 4 and "-" in rule:
        return at(Stretch("day", feast_day(rule, int(fixed))), anchored=False)
    if "year" in slots:
        return at(Stretch("day", feast_day(whole, int(slots["year"]))), anchored=False)
    today = scene.published
    if today is None:
        return unknown(f"XXXX-{rule}" if "-" in rule else "XXXX-XX-XX")
    here = stretch_at("day", today)
    stretches = [Stretch("day", feast_day(whole, today.year + n)) for n in (-1, 0, 1)]
    if "rel" in slots and int(slots["rel"]):
        step = int(slots["rel"])
        return at(
            [s for s in stretches if s.first < today][-1] if step < 0 else next(s for s in stretches if s.first > today)
        )
    return at(_side(stretches, here, scene), yearless=True)


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
        return at(stretch_at(grain, base.last if step > 0 else base.first).step(step))
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


def _week_of(slots: Slots, scene: Scene) -> Sense | None:
    day = _calendar(slots, scene)
    if day is None or day.start is None:
        return None
    return replace(at(stretch_at("week", day.start), anchored=day.anchored))


def _unit_end(slots: Slots, scene: Scene) -> Sense | None:
    grain = str(slots["unit"])
    if grain not in ("year", "month", "quarter", "week"):
        return None
    if scene.published is None:
        return unknown(_blank(grain))
    return part_of(at(stretch_at(grain, scene.published)), "END")


def _shift(slots: Slots, scene: Scene) -> Sense | None:
    grain = str(slots.get("unit", slots.get("units")))
    side = int(slots.get("ago", slots.get("away", slots.get("sofar", 0))))
    if scene.followed and "away" in slots:
        return None
    count = _count(slots)
    if "ago" in slots or scene.mentioned is None:
        base = stretch_at("day", scene.published) if scene.published else None
        if "sofar" in slots and base is not None and slots.get("unit2") == "quarter":
            base = stretch_at("quarter", scene.published).step(-1)  # type: ignore[arg-type]
    else:
        base = scene.mentioned
    told = scene.mentioned
    if grain == "year" and count == 1 and told is not None and told.grain in ("quarter", "half"):
        return at(Stretch(told.grain, shifted(told.first, "year", side)))
    if "count2" in slots or "so" in scene.words:
        return _rough(side, grain, count, scene)
    if count is None:
        return long_ago(side, scene)
    if base is None:
        return unknown(_blank(grain))
    return _stepped(slots, grain, side * count, base.first if side < 0 else base.last, scene)


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
    return timed(_day(0, scene), str(time))


READINGS: dict[str, Reading] = {
    "calendar": _calendar,
    "weekday": _weekday,
    "deictic": _deictic,
    "deictic_part": _deictic_part,
    "daypart": _daypart,
    "numeric": _numeric,
    "year": _plain_year,
    "decade": _decade,
    "century": _century,
    "subperiod": _subperiod,
    "season": _season,
    "feast": _feast,
    "beside": _beside,
    "itself": _itself,
    "week_of": _week_of,
    "unit_end": _unit_end,
    "shift": _shift,
    "duration": duration,
    "reference": reference,
    "set": every,
    "clock": _clock_time,
}
"""The readings that a form of the date rules may name."""
