"""From letters of any script to sounds.

A sound is one ASCII character; upper case marks the hushers (`S` sh, `Z` zh, `C` ch, `J` dzh), `c` is ts, `x` is kh,
`w` is a rounded glide, `j` a yod. Letters of Cyrillic, Greek, Georgian, Armenian, Hebrew, Arabic and Hangul map to
sounds one by one (`data/letters.csv`); Latin spellings map by the longest group of letters that some usual
romanisation or orthography writes (`data/latin.csv`). What neither table knows (Han, kana, Devanagari, Thai) is
romanised by `anyascii` first: Chinese as pinyin, Japanese Han as if it were Chinese.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from anyascii import anyascii

ABJADS = frozenset({"Arabic", "Hebrew"})
"""Scripts that leave short vowels unwritten."""

_SCRIPT_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "Latin"),
    (0x0250, 0x02BF, "Latin"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0531, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x077F, "Arabic"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x3040, 0x30FF, "Kana"),
    (0x3400, 0x9FFF, "Han"),
    (0xAC00, 0xD7A3, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFF, "Arabic"),
)

_HANGUL_FIRST = 0xAC00
_HANGUL_VOWELS = 21
_HANGUL_FINALS = 28

# Marks that only soften, separate or are left out by some system: primes for soft and hard signs, apostrophes, ayn.
_SILENT = dict.fromkeys(map(ord, "'’‘ʼʹʺʻʾʿ`´׳\"ـ"), None)


class _Rule(NamedTuple):
    sounds: str
    before: str
    at: str


def script_of(char: str) -> str:
    """The script of one character by Unicode block, `""` for digits, punctuation and blocks not listed."""
    code = ord(char)
    for first, last, script in _SCRIPT_RANGES:
        if code < first:
            return ""
        if code <= last:
            return script
    return ""


def main_script(word: str) -> str:
    """The script of the first letter that has one; `"other"` where a letter belongs to no listed script."""
    for char in word:
        script = script_of(char)
        if script:
            return script
        if char.isalpha():
            return "other"
    return ""


def _rows(name: str) -> list[list[str]]:
    text = files("dragoman.names").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


@cache
def _letters() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for script, letter, sounds in _rows("letters.csv"):
        tables.setdefault(script, {})[letter] = sounds
    return tables


@cache
def _latin() -> tuple[re.Pattern[str], dict[str, tuple[_Rule, ...]]]:
    rules: dict[str, list[_Rule]] = {}
    for spelling, sounds, before, at in _rows("latin.csv"):
        rules.setdefault(spelling, []).append(_Rule(sounds, before, at))
    # A rule with a condition is tried before the plain one for the same spelling.
    ordered = {k: tuple(sorted(v, key=lambda r: not (r.before or r.at))) for k, v in rules.items()}
    longest = sorted(ordered, key=lambda s: (-len(s), s))
    return re.compile("|".join(map(re.escape, longest))), ordered


@cache
def _pattern(script: str) -> re.Pattern[str]:
    longest = sorted(_letters()[script], key=lambda s: (-len(s), s))
    return re.compile("|".join(map(re.escape, longest)))


def _latin_sounds(word: str) -> str:
    pattern, rules = _latin()
    out: list[str] = []
    position = 0
    while position < len(word):
        match = pattern.match(word, position)
        if match is None:
            bare = unicodedata.normalize("NFD", word[position])[0]
            match = pattern.match(bare)
            if match is None:
                position += 1
                continue
            out.append(rules[match.group()][-1].sounds)
            position += 1
            continue
        spelling = match.group()
        end = match.end()
        # Longest first; where its conditions fail, a shorter spelling at the same place.
        while True:
            chosen = next(
                (
                    rule
                    for rule in rules.get(spelling, ())
                    if (not rule.before or word[end : end + 1] in tuple(rule.before))
                    and (rule.at != "start" or position == 0)
                    and (rule.at != "end" or end == len(word))
                ),
                None,
            )
            if chosen is not None:
                out.append(chosen.sounds)
                break
            spelling = spelling[:-1]
            end -= 1
            if not spelling:
                end = position + 1
                break
        position = end
    return "".join(out)


def _hangul_sounds(word: str) -> str:
    tables = _letters()
    first, vowel, final = tables["Hangul initial"], tables["Hangul vowel"], tables["Hangul final"]
    out: list[str] = []
    for char in word:
        index = ord(char) - _HANGUL_FIRST
        if 0 <= index < 19 * _HANGUL_VOWELS * _HANGUL_FINALS:
            out.append(first[str(index // (_HANGUL_VOWELS * _HANGUL_FINALS))])
            out.append(vowel[str(index // _HANGUL_FINALS % _HANGUL_VOWELS)])
            out.append(final[str(index % _HANGUL_FINALS)])
    return "".join(out)


def romanised(text: str) -> str:
    """The Latin reading of a text in a script without a table (Han as pinyin, kana, Devanagari, Thai)."""
    return anyascii(text).lower()


def sounds_of(word: str, script: str) -> str:
    """The sounds of one lower-case word, doubled sounds once.

    `script` is `main_script(word)`. Letters that no table knows are left out.
    """
    if script == "Hangul":
        sounds = _hangul_sounds(word)
    elif script == "Latin" or not script:
        sounds = _latin_sounds(word.translate(_SILENT))
    elif script in _letters():
        # Composed letters with accents (Greek tonos, Cyrillic stress) fall back to their base letter.
        table = _letters()[script]
        plain = "".join(
            c if c in table or unicodedata.combining(c) else unicodedata.normalize("NFD", c)[0]
            for c in word.translate(_SILENT)
        )
        sounds = "".join(table[m] for m in _pattern(script).findall(plain))
    else:
        sounds = _latin_sounds(romanised(word).translate(_SILENT))
    return _collapse(sounds)


def _collapse(sounds: str) -> str:
    out: list[str] = []
    for sound in sounds:
        if not out or out[-1] != sound:
            out.append(sound)
    return "".join(out)
