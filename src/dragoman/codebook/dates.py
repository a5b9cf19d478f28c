"""The time expressions of a language: words with what they are worth, and the forms in which they stand together.

`data/dates.toml` holds both. A lexer (`read/dates/lex.py`) turns a text into one letter a word, a letter for each set of
classes that a word can stand in; a form is compiled into a regular expression over these letters. So the grammar is
matched without looking at a word twice, and a researcher reads and changes it without reading code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

Worth = int | float | str
Classes = Mapping[str, Worth]
"""The classes that a word can stand in, each with what the word is worth there."""

FILE = "dates.toml"
OTHER = "."
"""The letter of every word that no form uses."""

_FIRST_LETTER = 0xE000  # a private use area: no letter is a metacharacter of regular expressions

_ELEMENT = re.compile(r"\s*(?:(?P<literal>'[^']+')|(?P<slot>[a-z_]\w*)(?::(?P<cls>[a-z_]\w*))?|(?P<mark>[()|?*]))")
READINGS = frozenset(
    (
        "calendar", "weekday", "deictic", "deictic_part", "daypart", "overnight", "numeric", "year", "decade", "century",
        "subperiod", "season", "feast", "beside", "itself", "week_of", "quarter_of", "week_in_month", "unit_end", "shift",
        "duration", "reference", "set", "clock",
    )
)  # fmt: skip
"""The readings that a form may name; `read/dates/interpret.py` holds a function for each."""

CORE = frozenset(
    (
        "month", "weekday", "weekdays", "unit", "units", "season", "daypart", "deictic", "deictic_part", "year", "decade",
        "tens", "yy", "iso", "numdate", "clock", "hhmm", "q", "spelled", "feast", "ref", "frequency", "noon", "expanse",
        "overnight", "subunit", "subunits",
    )
)  # fmt: skip
"""The classes of which every time expression holds at least one word."""

_NUMERIC = (
    ("num",),
    ("num", "day"),
    ("num", "day", "hour"),
    ("num", "year"),
    ("num", "year", "hhmm"),
    ("num", "hhmm"),
    ("ordinal",),
    ("ordinal", "day"),
    ("decade",),
    ("yy",),
    ("iso",),
    ("numdate",),
    ("clock",),
    ("q",),
    ("s",),
    ("spelled", "year"),
    ("num", "vague"),
    ("article",),
)
"""The sets of classes that the lexer makes from digits and number words."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `pattern` matches the letters of a text.

    `slots` gives the slot and the class of each group; `reading` names the function that interprets them. `open_after` says
    that the phrase needs another event or date when a noun or clause follows ("two days before the vote"), and is then only a
    duration; `alone` that it counts only behind a preposition.
    """

    name: str
    reading: str
    pattern: re.Pattern[str]
    slots: Mapping[str, tuple[str, str]]
    open_after: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class DateRules:
    """The words and forms of a language's time expressions, compiled.

    `words` maps a word (lower case) to its letter and classes; `longer` maps a first word to the longer entries that begin
    with it, longest first; `letters` gives the letter of a set of classes. Every time expression holds a letter of `core`,
    and a digit or one of `core_words` (of a longer entry its longest word), so that most sentences can be passed over.
    """

    words: Mapping[str, tuple[str, Classes]]
    longer: Mapping[str, tuple[tuple[tuple[str, ...], str, Classes], ...]]
    letters: Mapping[frozenset[str], str]
    core: re.Pattern[str]
    core_words: frozenset[str]
    forms: tuple[Form, ...]
    capital: frozenset[str]
    stopped: frozenset[str]
    noun: frozenset[str]
    numbers: Mapping[str, int]
    tens: Mapping[str, int]
    bounds: Mapping[str, str]
    hedges: frozenset[str]
    joints: frozenset[str]
    after_between: frozenset[str]
    behind_open: frozenset[str]
    tense: Mapping[str, frozenset[str]]
    before_year: frozenset[str]
    rate: frozenset[str]
    numbered: frozenset[str]
    before_season: frozenset[str]


def load_dates(layers: Sequence[Path]) -> DateRules:
    """Return the date rules of the layers, a later file's words and forms laid over the earlier ones'.

    `CodebookError` names the file and the form that can't be read.
    """
    tables: dict[str, Any] = {
        "classes": {},
        "macros": {},
        "forms": {},
        "bounds": {},
        "ranges": {},
        "open_ranges": {},
        "tense": {},
    }
    lists: dict[str, set[str]] = {
        "capital": set(),
        "stopped": set(),
        "noun": set(),
        "before_year": set(),
        "rate": set(),
        "numbered": set(),
        "before_season": set(),
    }
    for path in part_files(layers, FILE):
        table = read_toml(path)
        for name, words in table.get("classes", {}).items():
            tables["classes"].setdefault(name, {}).update(words)
        for part in ("macros", "bounds", "ranges", "open_ranges", "tense"):
            tables[part].update(table.get(part, {}))
        for form in table.get("form", ()):
            tables["forms"][form["name"]] = (path, form)
        for key, words in lists.items():
            words.update(table.get(key, ()))
    return _compile(tables, lists)


def _compile(tables: dict[str, Any], lists: dict[str, set[str]]) -> DateRules:
    classes: dict[str, dict[str, Worth]] = tables["classes"]
    parsed = [(path, form, _elements(path, form, tables["macros"])) for path, form in tables["forms"].values()]
    literals = {e["literal"].strip("'") for _, _, elements in parsed for e in elements if e["literal"]}
    held: dict[str, dict[str, Worth]] = {}
    for name, words in classes.items():
        for word, worth in words.items():
            held.setdefault(word, {})[name] = worth
    for word in literals:
        held.setdefault(word, {})["=" + word] = 1
    for word in tables["bounds"]:
        if " " in word:
            held.setdefault(word, {})["=" + word] = 1  # one word to the lexer
    for article in ("a", "an"):
        held.setdefault(article, {})["article"] = 1
    for word, numeral in classes.get("ordinal", {}).items():
        if isinstance(numeral, int) and numeral > 0:
            held[word]["day"] = numeral
    for word, worth in classes.get("number", {}).items():
        held[word].pop("number")
        held[word]["num"] = worth
    sets = sorted({tuple(sorted(value)) for value in held.values()} | {tuple(sorted(value)) for value in _NUMERIC})
    letters = {frozenset(value): chr(_FIRST_LETTER + i) for i, value in enumerate(sets)}
    words_: dict[str, tuple[str, Classes]] = {}
    longer: dict[str, list[tuple[tuple[str, ...], str, Classes]]] = {}
    for word, value in held.items():
        letter = letters[frozenset(value)]
        parts = tuple(word.split())
        if len(parts) == 1:
            words_[word] = (letter, value)
        else:
            longer.setdefault(parts[0], []).append((parts, letter, value))
    core = "".join(letter for names, letter in letters.items() if names & CORE)
    core_words = {max(word.split(), key=len) for word, value in held.items() if CORE & value.keys()}
    forms = tuple(_form(path, form, elements, letters) for path, form, elements in parsed)
    return DateRules(
        words=words_,
        longer={first: tuple(sorted(entries, key=lambda e: (-len(e[0]), e[0]))) for first, entries in longer.items()},
        letters=letters,
        core=re.compile(f"[{core}]"),
        core_words=frozenset(core_words | set(classes.get("number", {}))),
        forms=forms,
        capital=frozenset(lists["capital"]),
        stopped=frozenset(lists["stopped"]),
        noun=frozenset(lists["noun"]),
        numbers={word: int(worth) for word, worth in classes.get("number", {}).items()},
        tens={word: int(worth) for word, worth in classes.get("tens", {}).items()},
        bounds=tables["bounds"],
        hedges=frozenset(
            (*classes.get("approx", {}), *(w for w, side in tables["bounds"].items() if side == "within"))
        ),
        joints=frozenset(tables["ranges"].get("joints", ())),
        after_between=frozenset(tables["ranges"].get("after_between", ())),
        behind_open=frozenset(tables["open_ranges"].get("behind", ())),
        tense={name: frozenset(words) for name, words in tables["tense"].items()},
        before_year=frozenset(lists["before_year"]),
        rate=frozenset(lists["rate"]),
        numbered=frozenset(lists["numbered"]),
        before_season=frozenset(lists["before_season"]),
    )


def _elements(path: Path, form: dict[str, Any], macros: Mapping[str, str]) -> list[dict[str, str | None]]:
    """Return a form's elements with macros inserted and, for a dated form, its surroundings."""
    text = form["form"]
    if form.get("dated"):
        text = f"{{at}} {{before}} ({text}) {{after}}"
    for _ in range(5):  # macros may hold macros, never themselves
        text = re.sub(r"\{(\w+)\}", lambda m: f"({_macro(path, form, macros, m[1])})", text)
    found: list[dict[str, str | None]] = []
    at = 0
    while text[at:].strip():
        match = _ELEMENT.match(text, at)
        if match is None:
            message = (
                f"{path}: form {form['name']!r}: can't read {text[at : at + 20]!r}; write slots, 'words' or ( ) | ?."
            )
            raise CodebookError(message)
        found.append(match.groupdict())
        at = match.end()
    return found


def _macro(path: Path, form: dict[str, Any], macros: Mapping[str, str], name: str) -> str:
    if name not in macros:
        raise CodebookError(f"{path}: form {form['name']!r} uses {{{name}}}, which [macros] does not define.")
    return macros[name]


def _form(
    path: Path, form: dict[str, Any], elements: Iterable[dict[str, str | None]], letters: Mapping[frozenset[str], str]
) -> Form:
    if form["reading"] not in READINGS:
        known = ", ".join(sorted(READINGS))
        message = f"{path}: form {form['name']!r} names the reading {form['reading']!r}; use one of {known}."
        raise CodebookError(message)
    pieces = []
    slots: dict[str, tuple[str, str]] = {}
    for element in elements:
        if element["mark"]:
            pieces.append("(?:" if element["mark"] == "(" else element["mark"])
            continue
        literal = element["literal"]
        slot = element["slot"]
        cls = "=" + literal.strip("'") if literal else element["cls"] or slot or ""
        members = "".join(sorted(letter for names, letter in letters.items() if cls in names))
        if not members:
            message = f"{path}: form {form['name']!r} names the class {cls!r}, which has no words; add [classes.{cls}]."
            raise CodebookError(message)
        if slot:
            group = f"{slot}__{len(slots)}"  # a slot may stand in several branches
            slots[group] = (slot, cls)
            pieces.append(f"(?P<{group}>[{members}])")
        else:
            pieces.append(f"[{members}]")
    try:
        pattern = re.compile("".join(pieces))
    except re.error as error:
        message = f"{path}: form {form['name']!r}: {error}."
        raise CodebookError(message) from error
    return Form(
        form["name"],
        form["reading"],
        pattern,
        slots,
        bool(form.get("open_after", False)),
        bool(form.get("alone", False)),
    )
