"""Lex: a text → one letter a word, by the classes of the date rules in which the word can stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.codebook.dates import OTHER, Classes, DateRules

_WORD = re.compile(
    r"""
    (?P<iso>\b\d{4}[-/](?:0\d|1[0-2])[-/](?:[0-2]\d|3[01])(?:T[\d:.]+Z?)?\b | \b\d{4}-(?:0[1-9]|1[0-2])\b(?![-/\d]))
  | (?P<numdate>\b\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})\b | \b9/11\b)
  | (?P<clock>\b\d{1,2}(?:[:.]\d\d)?\ ?(?:[ap]\.\ ?m\b\.?|[ap]m\b|o['’]clock\b) | \b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\b)
  | (?P<decade>\b\d{3}0['’]?s\b | ['’‘`]\d0['’]?s\b)
  | (?P<yy>['’‘`]\d\d\b)
  | (?P<ordinal>\b\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<num>\b(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\ ?\d/\d\b|\ ?[½¼¾])?)
  | (?P<q>\bQ[1-4]\b)
  | (?P<s>['’]s\b)
  | (?P<word>[^\W\d_]+)
  | (?P<other>[^\w\s]+?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TEENS = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_NOTHING: Classes = {}
_LONGEST_NUMBER = 12
"""Characters: a longer number counts no units of time."""


@dataclass(frozen=True, slots=True)
class Lexed:
    """The words of a text: their letters as one string, and for each its offsets, its lower case and its classes."""

    letters: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: list[Classes]


def lex(text: str, offset: int, rules: DateRules) -> Lexed:
    """Return the words of `text`; offsets are code points, counted from `offset`."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    classes: list[Classes] = []
    known = rules.words
    for match in _WORD.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if ends and offset + start < ends[-1]:
            continue  # the full stop of an abbreviation
        raw = match[0]
        word = raw.lower()
        if kind == "word" or kind == "other" or word in known:
            letter, value = known.get(word, (OTHER, _NOTHING))
            if word in rules.capital and not raw[0].isupper():
                letter, value = OTHER, _NOTHING
            elif word in rules.stopped and text[end : end + 1] == ".":
                end += 1
        else:
            if kind == "mark":
                kind = "numdate"
            value = _numeric(str(kind), word)
            letter = rules.letters.get(frozenset(value), OTHER)
        letters.append(letter)
        starts.append(offset + start)
        ends.append(offset + end)
        words.append(word)
        classes.append(value)
    return _merged(Lexed("".join(letters), starts, ends, words, classes), rules)


def _numeric(kind: str, word: str) -> Classes:
    """Return the classes of a word with digits, or of a possessive ending."""
    if kind == "num":
        return _number(word)
    if kind == "ordinal":
        value = int(word[:-2])
        return {"ordinal": value, "day": value} if 1 <= value <= 31 else {"ordinal": value}
    if kind == "decade":
        digits = re.sub(r"\D", "", word)
        return {"decade": int(digits)}
    if kind == "yy":
        return {"yy": int(word[1:])}
    if kind == "clock":
        return {"clock": _clock(word)}
    if kind == "q":
        return {"q": int(word[1:])}
    return {kind: word}


def _number(word: str) -> Classes:
    digits = word.replace(",", "")
    if len(digits) > _LONGEST_NUMBER:
        return {"num": 0}
    if digits.isdigit():
        value = int(digits)
        if len(digits) == 4 and "," not in word and 1000 <= value < 2200:
            return {"num": value, "year": value, "hhmm": digits} if _is_time(digits) else {"num": value, "year": value}
        if len(digits) == 4 and _is_time(digits):
            return {"num": value, "hhmm": digits}
        if 1 <= value <= 12 and len(digits) <= 2:
            return {"num": value, "day": value, "hour": value}
        if 1 <= value <= 31 and len(digits) <= 2:
            return {"num": value, "day": value}
        return {"num": value}
    whole, _, fraction = digits.replace("½", " 1/2").replace("¼", " 1/4").replace("¾", " 3/4").partition(" ")
    if "/" in fraction.strip():
        upper, lower = fraction.strip().split("/")
        return {"num": float(whole) + int(upper) / max(1, int(lower))}
    try:
        return {"num": float(digits)}
    except ValueError:
        return {"num": 0}


def _is_time(digits: str) -> bool:
    return int(digits[:2]) < 24 and int(digits[2:]) < 60


def _clock(word: str) -> str:
    hour, minute = re.match(r"(\d+)(?:[:.](\d\d))?", word).groups()  # type: ignore[union-attr]
    number = int(hour)
    if "p" in word and number < 12:
        number += 12
    elif re.search(r"a\.? ?m", word) and number == 12:
        number = 0
    return f"{number:02d}:{minute or '00'}"


def _merged(lexed: Lexed, rules: DateRules) -> Lexed:
    """Join entries of several words, number words and years in words into one word each."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    classes: list[Classes] = []
    i, n = 0, len(lexed.words)
    known, longer, numbers = lexed.words, rules.longer, rules.numbers
    while i < n:
        word = known[i]
        length, letter, value = 1, lexed.letters[i], lexed.classes[i]
        if word in numbers:
            length, value = _number_words(lexed, i, rules)
            letter = rules.letters.get(frozenset(value), OTHER)
        if word in longer:
            for parts, entry_letter, entry in longer[word]:
                if len(parts) > length and tuple(known[i : i + len(parts)]) == parts:
                    length, letter, value = len(parts), entry_letter, entry
                    break
        letters.append(letter)
        starts.append(lexed.starts[i])
        ends.append(lexed.ends[i + length - 1])
        words.append(word if length == 1 else " ".join(known[i : i + length]))
        classes.append(value)
        i += length
    return Lexed("".join(letters), starts, ends, words, classes)


def _number_words(lexed: Lexed, first: int, rules: DateRules) -> tuple[int, Classes]:
    """Return how many words from `first` on make one number, and its classes: "twenty-five", "two hundred and ten".

    "nineteen ninety-four" and "two thousand and five" are years.
    """
    words, numbers = lexed.words, rules.numbers
    century = _TEENS.get(words[first])
    if century is not None:
        length, short = _below_hundred(words, first + 1, numbers)
        if length:
            return 1 + length, {"spelled": century + short, "year": century + short}
    total, part, i = 0, 0, first
    while i < len(words):
        joined = i > first and words[i] in ("and", "-")
        step = i + 1 if joined else i
        value = numbers.get(words[step]) if step < len(words) else None
        if value is None or not _goes_on(words[i] if joined else "", value, total, part, started=i > first):
            break
        if value == 1000:
            total, part = total + max(1, part) * 1000, 0
        elif value == 100:
            part = max(1, part) * 100
        else:
            part += value
        i = step + 1
    number, length = total + part, max(1, i - first)
    if 2000 <= number < 2100 and words[first] == "two":
        return length, {"spelled": number, "year": number}
    return length, {"num": number}


def _goes_on(joint: str, value: int, total: int, part: int, *, started: bool) -> bool:
    """May a number word follow what was read of a number so far? "two hundred and ten" goes on, "two and three" does not."""
    if not started:
        return value < 100 or value in (100, 1000)
    if value >= 100:
        return joint != "and" and 0 < part < 1000
    if joint == "and":
        return (part >= 100 and part % 100 == 0) or (total > 0 and part == 0)
    free = 1 if part % 100 >= 20 and part % 10 == 0 else 100 if part % 100 == 0 and part else 0
    return value < (10 if free == 1 else free) or (part == 0 and total > 0)


def _below_hundred(words: list[str], i: int, table: Mapping[str, int]) -> tuple[int, int]:
    if i >= len(words) or words[i] not in table or not 10 <= table[words[i]] < 100:
        return 0, 0
    value, length = table[words[i]], 1
    if value >= 20:
        at = i + 2 if i + 1 < len(words) and words[i + 1] == "-" else i + 1
        if at < len(words) and 1 <= table.get(words[at], 0) <= 9:
            value, length = value + table[words[at]], at - i + 1
    return length, value
