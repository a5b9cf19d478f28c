"""Keys under which spellings of one person meet, so that joining many names need not compare all pairs."""

from __future__ import annotations

from functools import lru_cache

from dragoman.names.form import CACHED_NAMES, Token, form_of
from dragoman.names.sound import skeleton

HEAD = 3
"""Consonant classes of a word that make its key; a slip in the first ones leaves the second key whole."""
_OPEN = "*"


def _heads(token: Token) -> set[str]:
    sounds = token.word.sounds
    found = set(_ends(token.word.bones))
    # What other spellings leave out (h) or write as a vowel (English w), and the Slavic and German reading of ch.
    if "h" in sounds or "w" in sounds:
        found.update(_ends(skeleton(sounds.replace("h", "").replace("w", ""))))
    if "C" in sounds and "ch" in token.text:
        found.update(_ends(skeleton(sounds.replace("C", "x"))))
    return found


def _ends(bones: str) -> tuple[str, ...]:
    if len(bones) <= HEAD:
        # Endings come and go on short words: Lee, Ng, Gül and Güls.
        short = bones.removesuffix("s") if len(bones) > 2 else bones
        return (bones,) if short == bones else (bones, short)
    return bones[:HEAD], "-" + bones[1 : HEAD + 1]


def _opening(sounds: str) -> tuple[str, ...]:
    """The class of the first sound: vowels, yods and h as one, since systems trade them."""
    first = sounds[:1]
    if first in "aeiouj":
        return (_OPEN,)
    if first in "hgx":
        return (_OPEN, "g")
    if first in "wv":
        return ("v", _OPEN) if first == "w" else ("v",)
    return ("s" if first in "szcSZCJ" else "d" if first in "td" else "b" if first in "pbf" else first,)


def _companions(token: Token) -> tuple[str, ...]:
    openings = _opening(token.word.sounds)
    if "J" in token.word.sounds[:1]:
        openings = (*openings, _OPEN)  # English j and Slavic yod
    return (*(f"={root}" for root in token.word.roots), *openings)


@lru_cache(maxsize=CACHED_NAMES)
def keys(name: str) -> frozenset[str]:
    """Blocking keys: two spellings of one person share at least one of them, two strangers seldom do.

    A key is made of two words of the name, whichever is the family name: consonants in broad classes of the one, given
    name or opening sound of the other. A name of one word has keys of its own kind, so that a bare surname does not
    meet everyone who bears it.
    """
    form = form_of(name)
    words = form.core
    others = (*words, *form.initials, *form.nicks)
    found: set[str] = set()
    if len(others) < 2:
        return frozenset(head for token in others for head in _heads(token))
    for head_token in words:
        for head in _heads(head_token):
            for other in others:
                if other is not head_token:
                    found.update(f"{head}|{mate}" for mate in _companions(other))
    # Two words that another spelling writes as one.
    if len(words) == 2 and not form.initials:
        found.update(_joined(words))
    return frozenset(found)


def _joined(words: tuple[Token, ...]) -> tuple[str, ...]:
    joined = "".join(token.word.bones for token in words)
    return (f"+{joined}",) if joined else ()
