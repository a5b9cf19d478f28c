"""Given names that stand for one another across languages, and their short forms (`data/given.csv`)."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from dragoman.names.script import main_script, sounds_of
from dragoman.names.sound import skeleton

_BROAD = str.maketrans({"o": "a", "e": "i", "j": "i", "w": "v", "h": "g", "x": "k"})
_GLIDE = re.compile(r"i(?=[aiu])")
_ENDING = re.compile(r"(?<=.{3})(?:[aiu]|iu)?s$")
_TWICE = re.compile(r"(.)\1+")

Roots = dict[str, bool]
"""Root of the given name to whether the spelling is a full form (True) or a short form (False)."""


def broad(sounds: str) -> str:
    """Sounds with akanie, glides and g/h evened out, so that one listed spelling covers all romanisations of it.

    >>> broad(sounds_of("aliaksandr", "Latin")) == broad(sounds_of("аляксандр", "Cyrillic"))
    True
    """
    return _TWICE.sub(r"\1", _GLIDE.sub("", sounds.translate(_BROAD)))


def _rows() -> list[list[str]]:
    text = files("dragoman.names").joinpath("data").joinpath("given.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


def given_names() -> dict[str, tuple[str, ...]]:
    """The full forms of every listed given name, by its root."""
    return {root: tuple(forms.split()) for root, forms, _ in _rows()}


@cache
def _table() -> tuple[dict[str, Roots], dict[str, Roots]]:
    """By broad sounds, and by consonants alone for scripts without vowels."""
    by_sound: dict[str, Roots] = {}
    by_consonants: dict[str, Roots] = {}
    for root, forms, short in _rows():
        for spellings, full in ((forms, True), (short, False)):
            for spelling in spellings.split():
                sounds = sounds_of(spelling, main_script(spelling))
                # English j is a dzh: Cyrillic and the Baltic spellings write it so.
                for reading in {sounds, sounds.replace("j", "J")}:
                    by_sound.setdefault(broad(reading), {}).setdefault(root, full)
                bones = skeleton(sounds)
                if full and len(bones) > 1:
                    by_consonants.setdefault(bones, {})[root] = True
    return by_sound, by_consonants


def roots_of(sounds: str, *, abjad: bool = False) -> Roots:
    """The roots that a word may be a spelling of; empty where it is no listed given name."""
    by_sound, by_consonants = _table()
    if abjad:
        return by_consonants.get(skeleton(sounds), {})
    key = broad(sounds)
    found = by_sound.get(key)
    if found is None:
        # Latin, Lithuanian, Latvian and Greek endings: Robertus, Robertas, Roberts.
        ending = _ENDING.search(key)
        if ending is not None:
            found = by_sound.get(key[: ending.start()])
    return found or {}
