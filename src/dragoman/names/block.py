"""Keys under which spellings of one person meet, so that joining many names need not compare all pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from dragoman.names.form import CACHED_NAMES, Part, Token, form_of
from dragoman.names.script import sounds_of
from dragoman.names.sound import skeleton

HEAD = 3
"""Consonant classes of a word that make its key; a slip in the first ones leaves the second key whole."""
CROWD = 300
"""Names under one key beyond which the key tells too little: pairs must meet under a rarer one."""
LISTED = "!"
"""Ends the keys of an opening sound that listed given names bear too: for them only names of the same root can meet."""
_OPEN = "*"


# ch is a kh in Czech, German and Polish; bare c a ts; zh may be z and h; dj and tj may be soft d and t.
_READINGS = (("ch", "kh"), ("c", "ts"), ("zh", "zg"), ("dj", "di"), ("tj", "ti"))


def _heads(token: Token) -> set[str]:
    sounds = token.word.sounds
    readings = {sounds}
    # What other spellings leave out (h) or write as a vowel (English w).
    if not {"h", "w", "x"}.isdisjoint(sounds):
        readings.add(sounds.replace("h", "").replace("w", "").replace("x", ""))
    if token.script == "Latin":
        text = token.text
        if "j" in sounds:
            readings.add(sounds.replace("j", "J"))
        for spelled, meant in _READINGS:
            if spelled in text and not (spelled == "c" and "ch" in text):
                readings.add(sounds_of(text.replace(spelled, meant), "Latin"))
    found: set[str] = set()
    for reading in readings:
        bones = skeleton(reading).replace("ds", "s")
        found.update(_ends(bones))
        if "v" in bones[1:]:
            found.update(_ends(bones[0] + bones[1:].replace("v", "")))  # Belarusian writes u for it
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


def _companions(token: Token) -> Iterator[str]:
    openings = _opening(token.word.sounds)
    if "J" in token.word.sounds[:1]:
        openings = (*openings, _OPEN)  # English j and Slavic yod
    for root in token.word.roots:
        yield f"={root}"
    for opening in openings:
        yield opening + LISTED
        if not token.word.roots or token.part is Part.INITIAL:
            yield opening


@lru_cache(maxsize=CACHED_NAMES)
def keys(name: str) -> frozenset[str]:
    """Blocking keys: two spellings of one person share at least one of them, two strangers seldom do.

    A key is made of two words of the name, whichever is the family name: consonants in broad classes of the one, given
    name or opening sound of the other. A name of one word has keys of its own kind, so that a bare surname does not
    meet everyone who bears it.
    """
    form = form_of(name)
    words = form.core
    # Initials only stand in where the name has no given name in full.
    others = (*words, *form.nicks)
    if len(words) < 2 or form.initial_first:
        others = (*others, *form.initials)
    found: set[str] = set()
    if len(others) < 2:
        return frozenset(head for token in others for head in _heads(token))
    for head_token in words:
        # A known given name in a given name's place makes no key of its own: its roots stand in the surname's keys.
        if head_token.word.roots and head_token.part is Part.GIVEN and (form.certain or head_token is not words[-1]):
            continue
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


def meetings(names: Sequence[str], crowded: Container[str] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of places in `names`, lower first, whose names share a key; each pair once, in a stable order.

    A key that more than `CROWD` names share is left out: two spellings of one person nearly always share several keys,
    and under the crowded ones (a common surname with any given name of one opening) strangers meet. Where `names` are some
    of many, `crowded` are the keys that too many of all of them share.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for key in sorted(keys(name)):
            blocks[key].append(place)
    left_out = {key for key in blocks if len(blocks[key]) > CROWD} if crowded is None else crowded
    for key in sorted(blocks):
        places = blocks[key]
        if len(places) < 2 or key in left_out:
            continue
        if key.endswith(LISTED):
            unlisted = [place in members for members in (set(blocks.get(key[:-1], ())),) for place in places]
            if not any(unlisted):
                continue
        else:
            unlisted = [True] * len(places)
        for (one, free), (other, open_) in combinations(zip(places, unlisted, strict=True), 2):
            if (free or open_) and key == _first_meeting(names[one], names[other], left_out):
                yield one, other


def _first_meeting(one: str, other: str, left_out: Container[str]) -> str:
    """The first key under which `meetings` pairs two names."""
    mine, theirs = keys(one), keys(other)
    return min(
        key
        for key in mine & theirs
        if key not in left_out and (not key.endswith(LISTED) or key[:-1] in mine or key[:-1] in theirs)
    )
