"""Named: dates, months, years, seasons and feasts → their stretch of the calendar.

One function a reading of `codebook/data/dates.toml`; each takes the slots and the scene and returns a sense, or None where
the words are no date after all. A date without its year is sought on the side to which its clause looks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.read.dates.grain import SEASON_MONTH, Stretch, feast_day, stretch_at
from dragoman.read.dates.sense import Scene, Sense, Slots, at, timed, unknown

_NEAR_AHEAD = 300
_NEAR_BACK = 330
"""Days: a date without a year lies on the clause's side of the article's day unless that is farther away than this."""

_CLOSE = 100
"""Days: a quarter that begins farther ahead than this is not meant by its bare number."""


def calendar(slots: Slots, scene: Scene) -> Sense | None:
    """A day or a month, with or without its weekday and year: "Friday, March 3", "the 18th of April", "May 2020"."""
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
        if step < 0 and len(chosen) > 1 and chosen[-1].step(1) == here and chosen[-1].first.year == here.first.year:
            return at(chosen[-2])  # "last February" written in March: the month before would be "last month"
        return at(chosen[-1] if step < 0 else chosen[0])
    return replace(at(_side(stretches, here, scene)), yearless=True)


def _side(stretches: list[Stretch], here: Stretch, scene: Scene) -> Stretch:
    """Of stretches a year apart the one on the clause's side of `here`, or the nearest where that one is far."""
    nearest = min(stretches, key=lambda s: abs((s.first - here.first).days))
    found = scene.side()
    side = found.way
    if found.through_noun and side > 0:
        return nearest  # "will act under a June agreement": the clause's time is not the noun's
    if side < 0 and nearest.first > here.first:
        back = [s for s in stretches if s.first <= here.first]
        if back and (here.first - back[-1].first).days < _NEAR_BACK:
            return back[-1]
    if side > 0 and nearest.first < here.first:
        ahead = [s for s in stretches if s.first >= here.first]
        if ahead and (ahead[0].first - here.first).days < _NEAR_AHEAD:
            return ahead[0]
    return nearest


def numeric(slots: Slots, scene: Scene) -> Sense | None:
    """A date in digits: ISO, or day and month in the order that the article shows."""
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


def plain_year(slots: Slots, scene: Scene) -> Sense | None:
    """A year, a fiscal year, two years joined ("2014-16"), or what lies around one ("post-1945")."""
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


def decade(slots: Slots, scene: Scene) -> Sense | None:
    """A decade in digits or by name; one without its century is the last that had begun."""
    number = int(slots.get("decade", slots.get("tens", 0)))
    if number < 100:
        this = scene.published.year if scene.published else 2000
        number += max(c for c in (1800, 1900, 2000) if c + number <= max(this, 1900 + number))
    elif "s" not in scene.words[-1] and number % 10:
        return None
    return at(Stretch("decade", date(number // 10 * 10, 1, 1)), anchored=False)


def century(slots: Slots, _scene: Scene) -> Sense | None:
    """A century by its number: the 19th is 1800 to 1899, as TIMEX3 counts."""
    number = int(slots["ordinal"])
    if not 1 <= number <= 30:
        return None
    return at(Stretch("century", date(max(1, (number - 1) * 100), 1, 1)), anchored=False)


def subperiod(slots: Slots, scene: Scene) -> Sense | None:
    """A quarter or a half by its number, of a named year or of the one that the clause means."""
    sub = "quarter" if "q" in slots else str(slots.get("subunit", slots.get("subunits")))
    count = 4 if sub == "quarter" else 2
    number = int(slots.get("q", slots.get("ordinal", 0)))
    number = count if number == -1 else number
    if not 1 <= number <= count:
        return None
    letter = "Q" if sub == "quarter" else "H"
    year = _year(slots, scene)
    if "subunits" in slots and year is None:
        return Sense(kind="SET", value=f"XXXX-{letter}{number}")
    month = (number - 1) * 12 // count + 1
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


def season(slots: Slots, scene: Scene) -> Sense | None:
    """A season of a named year, beside this one, or the one that the clause means."""
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


def feast(slots: Slots, scene: Scene) -> Sense | None:
    """A feast of a named year, beside now, or the one that the clause means."""
    rule, _, fixed = str(slots["feast"]).partition(" ")
    whole = str(slots["feast"])
    if fixed and len(fixed) == 4 and "-" in rule:
        return at(Stretch("day", feast_day(rule, int(fixed))), anchored=False)
    if "year" in slots:
        return at(Stretch("day", feast_day(whole, int(slots["year"]))), anchored=False)
    if scene.before in ("'s", "’s") and scene.words[0].startswith("new year"):
        return unknown("XXXX-XX-XX")  # "Ethiopia's New Year's Day" is a people's own, on another day than 1 January
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


def week_of(slots: Slots, scene: Scene) -> Sense | None:
    """The week in which a day lies."""
    day = calendar(slots, scene)
    if day is None or day.start is None:
        return None
    return replace(at(stretch_at("week", day.start), anchored=day.anchored))


def quarter_of(slots: Slots, scene: Scene) -> Sense | None:
    """The quarter that ends with a month: "the September quarter"."""
    month = calendar(slots, scene)
    if month is None or month.start is None or month.start.month % 3:
        return None
    return at(stretch_at("quarter", month.start), anchored=month.anchored)


def week_in_month(slots: Slots, scene: Scene) -> Sense | None:
    """A week by its number in a month: the second is its days 8 to 14, the last its last seven."""
    number = int(slots["ordinal"])
    month = calendar({key: worth for key, worth in slots.items() if key != "ordinal"}, scene)
    if month is None or month.start is None or month.end is None or not (1 <= number <= 4 or number == -1):
        return month
    start = month.end - timedelta(days=6) if number < 0 else month.start + timedelta(days=7 * (number - 1))
    return replace(month, start=start, end=start + timedelta(days=6), precision="week")
