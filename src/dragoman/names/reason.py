"""Why two names were taken for one, or not, in short English sentences."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dragoman.names.align import LINKED
from dragoman.names.script import main_script, sounds_of

if TYPE_CHECKING:
    from dragoman.names.form import NameForm, Token
    from dragoman.names.match import Findings

# Letters that only one of the languages in question writes.
_LETTERS = (
    ("ў", "Belarusian"),
    ("ŭ", "Belarusian"),
    ("їєґ", "Ukrainian"),
    ("љњћђј", "Serbian"),
    ("ѓќѕ", "Macedonian"),
    ("ъыэё", "Russian"),
    ("łąęż", "Polish"),
    ("ğış", "Turkish"),
    ("ěřů", "Czech"),
)


@cache
def _tongues() -> dict[str, str]:
    text = files("dragoman.names").joinpath("data").joinpath("tongues.csv").read_text(encoding="utf-8")
    known: dict[str, set[str]] = {}
    for language, given in list(csv.reader(text.splitlines()))[1:]:
        for name in given.split():
            known.setdefault(sounds_of(name, main_script(name)), set()).add(language)
    # A spelling that two of the languages share tells nothing.
    return {sounds: next(iter(languages)) for sounds, languages in known.items() if len(languages) == 1}


@lru_cache(maxsize=1 << 16)
def tongue_of(form: NameForm) -> str | None:
    """The language in whose spelling a name is written, where a given name or a letter gives it away."""
    low = form.written.lower()
    for token in form.core:
        language = _tongues().get(token.word.sounds) if token.script in ("Latin", "Cyrillic") else None
        if language is not None:
            return language
    for letters, language in _LETTERS:
        if any(letter in low for letter in letters):
            return language
    return None


def _spelled(what: str, s: Token, t: Token, one: NameForm, other: NameForm) -> str:
    if s.text == t.text:
        return f"same {what}: {s.text.title()}"
    first, second = tongue_of(one), tongue_of(other)
    if first and second and first != second:
        return f"same {what} in {first} and {second} spelling: {s.text.title()} and {t.text.title()}"
    if s.script != t.script:
        return f"same {what} in {s.script} and {t.script} script: {s.text.title()} and {t.text.title()}"
    return f"same {what} in two spellings: {s.text.title()} and {t.text.title()}"


def reasons_of(found: Findings, one: NameForm, other: NameForm) -> tuple[str, ...]:
    """What speaks for and against, the family name first."""
    reasons: list[str] = []
    if found.acronym:
        reasons.append("one is made of the other's first letters")
    if found.family_pair is not None:
        s, t = found.family_pair
        if found.family >= LINKED - 0.12 and found.crosswise:
            reasons.append(_spelled("word, the surname in one and not in the other", s, t, one, other))
        elif found.family >= LINKED:
            reasons.append(_spelled("surname", s, t, one, other))
        else:
            reasons.append(f"different surnames: {s.text.title()} and {t.text.title()}")
    if found.lacks_given:
        reasons.append("no given name in either" if found.lacks_given == 2 else "no given name in one of them")
    elif found.given_by_initial:
        reasons.append("the initial fits the given name")
    elif found.given_pair is not None:
        s, t = found.given_pair
        if found.given >= LINKED:
            if s.word.roots and t.word.roots and s.text != t.text and set(s.word.roots) & set(t.word.roots):
                reasons.append(f"{s.text.title()} and {t.text.title()} are one given name")
            else:
                reasons.append(_spelled("given name", s, t, one, other))
        else:
            reasons.append(f"different given names: {s.text.title()} and {t.text.title()}")
    if found.patronymic >= LINKED:
        reasons.append("same patronymic")
    elif found.patronymic >= 0.0:
        reasons.append("different patronymics")
    if found.initials_differ:
        reasons.append("an initial doesn't fit")
    return tuple(reasons)
