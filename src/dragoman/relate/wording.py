"""Wording: days, counts and lists in plain English, as exact as what is known and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.record import Check, When
from dragoman.relate.times import MONTHS, named_precision

_PLURALS = frozenset(
    {"States", "Nations", "Emirates", "Netherlands", "Philippines", "Islands", "Seychelles", "Maldives", "Bahamas"}
    | {"Comoros", "Forces", "Authorities"}
)
_HEAD = re.compile(r"\s+(?:of|from|in|at|with|for|to|who|close|familiar)\b")
_DETERMINERS = frozenset(
    {"a", "an", "the", "one", "two", "three", "some", "several", "many", "other", "another", "no", "any"}
)
_DETERMINERS |= {"his", "her", "its", "their", "both", "each", "all", "people", "police"}
_DETERMINERS |= {"he", "she", "it", "they", "we", "i", "you", "who"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def day_words(day: date) -> str:
    """Return "18 April 2023"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_words(low: date, high: date) -> str:
    """Return "18 to 21 April 2023" for days in one month, "30 April to 2 May 2023" in one year, both in full otherwise."""
    if low == high:
        return day_words(low)
    if (low.year, low.month) == (high.year, high.month):
        return f"{low.day} to {day_words(high)}"
    if low.year == high.year:
        return f"{low.day} {MONTHS[low.month - 1]} to {day_words(high)}"
    return f"{day_words(low)} to {day_words(high)}"


def between_words(low: date, high: date) -> str:
    """Return "between 18 and 21 April 2023"; the day itself where both are one."""
    return day_words(low) if low == high else "between " + span_words(low, high).replace(" to ", " and ")


def when_words(when: When | None) -> str:
    """Return a time as exact as it is: "18 April 2023", "July 2022", "2025", "before 2020", "about 3 May 2021"."""
    if when is None or (when.start is None and when.end is None):
        return "undated"
    if when.start is None:
        assert when.end is not None
        return f"before {day_words(when.end)}"
    if when.end is None:
        named = named_precision(when)
        if named == "month":
            return f"since {MONTHS[when.start.month - 1]} {when.start.year}"
        return f"since {when.start.year}" if named == "year" else f"after {day_words(when.start)}"
    same_month = (when.start.year, when.start.month) == (when.end.year, when.end.month)
    if when.precision in ("month", "quarter") and same_month:
        words = f"{MONTHS[when.start.month - 1]} {when.start.year}"
    elif when.precision == "year" and when.start.year == when.end.year:
        words = str(when.start.year)
    elif when.precision == "quarter" and when.start.year == when.end.year:
        words = f"{MONTHS[when.start.month - 1]} to {MONTHS[when.end.month - 1]} {when.end.year}"
    else:
        words = span_words(when.start, when.end)
    return f"about {words}" if when.precision == "approximate" else words


def count_words(number: int, one: str, many: str | None = None) -> str:
    """Return "one article", "two articles", "19 events"."""
    figure = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{figure} {one if number == 1 else many or one + 's'}"


def list_words(parts: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def checked_words(checks: Iterable[Check]) -> str:
    """Return "added by ada", "corrected by ada and bo", "checked by ada", or several; empty where nobody did anything."""
    people: dict[str, dict[str, None]] = {"added": {}, "corrected": {}, "accepted": {}}
    for check in checks:
        people[check.verdict][check.by] = None
    told = {**people["added"], **people["corrected"]}
    people["accepted"] = {name: None for name in people["accepted"] if name not in told}
    verbs = {"added": "added", "corrected": "corrected", "accepted": "checked"}
    return "; ".join(f"{verbs[verdict]} by {list_words(list(names))}" for verdict, names in people.items() if names)


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning; the end is left as it is."""
    return text[:1].upper() + text[1:]


def with_article(name: str) -> str:
    """Return a description of one who is not named with its article: "official" is "an official", "officials" stay so."""
    head = _HEAD.split(name, maxsplit=1)[0].split()
    if (
        not head
        or not name[:1].islower()
        or head[0] in _DETERMINERS
        or (head[-1].endswith("s") and not head[-1].endswith("ss"))
    ):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def with_the(name: str) -> str:
    """Return a name with its article inside a sentence: "the United States", "the European Union", "Norland"."""
    words = name.split()
    takes = words[0] != "the" and (
        words[-1] in _PLURALS
        or words[0] in ("United", "Czech", "Dominican")
        or words[-1] in ("Union", "Republic", "Kingdom")
    )
    return f"the {name}" if takes else name


def shorten(text: str, limit: int) -> str:
    """Return a text of at most `limit` code points, cut between words and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    cut = cut[: cut.rfind(" ")] if " " in cut else cut
    return cut.rstrip(" ,;:—–-") + "…"


def possess(name: str) -> str:
    """Return the possessive of a name; a plural name ("the Netherlands") takes the mark alone."""
    return f"{name}'" if name.split()[-1] in _PLURALS else f"{name}'s"
