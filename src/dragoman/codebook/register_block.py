"""Coarse keys of names, for a register of many thousands.

The keys of `dragoman.names` take a name apart in up to a millisecond, too slow for every spelling of a register. These take
microseconds and let more strangers meet; the few entries that meet an actor's name are then held against it in full.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations

from anyascii import anyascii

_HEAD = 3
"""Consonant classes of a word in its key."""
_WORDS = 5
"""Words of a name that make keys: a body's name may have twenty."""
_PARTICLES = frozenset(
    {"al", "el", "de", "van", "der", "von", "bin", "ibn", "da", "di", "la", "le", "the", "of", "and"}
)
_WORD = re.compile(r"[a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SYLLABLE = re.compile(r"[A-Z][a-z]*")
_DROPPED = "aeiouyhgjwv"
"""What systems trade or leave out: vowels and yods, g for h, Belarusian u for v."""
_CLASSES = str.maketrans(
    {**dict.fromkeys("cksqzx", "k"), **dict.fromkeys("td", "d"), **dict.fromkeys("pbf", "b"), "m": "n"}
    | dict.fromkeys(_DROPPED)
)
_OPEN = "*"


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> str:
    classes = word.replace("ts", "k").replace("dz", "k").replace("ph", "f").translate(_CLASSES)
    kept = "".join(c for place, c in enumerate(classes) if place == 0 or classes[place - 1] != c)
    return kept[:_HEAD] or "-"


@lru_cache(maxsize=1 << 16)
def _openings(word: str) -> tuple[str, ...]:
    first = word[0]
    found = []
    if first in "aeiouyhgjwvx" or word[:2] in ("kh", "ch"):
        found.append(_OPEN)
    if first in "cksqzxgj" or word[:2] in ("ts", "dz", "dj", "tc"):
        found.append("k")
    if first in "td" or first == "j":
        found.append("d")
    if first in "pbf":
        found.append("b")
    return tuple(found or (first,))


@lru_cache(maxsize=1 << 12)
def blocks_of(name: str) -> frozenset[str]:
    """Return the coarse keys of a name: two spellings of one name share at least one of them."""
    plain = name
    if not name.isascii():
        plain = anyascii(name)
        if _HAN.search(name):
            plain = " ".join(_SYLLABLE.findall(plain)) or plain
    plain = plain.casefold().replace("'", "").replace("`", "")
    words = [word for word in _WORD.findall(plain) if word not in _PARTICLES and len(word) > 1][:_WORDS]
    if len(words) < 2:
        return frozenset(_code(word) for word in words)
    return frozenset(
        f"{_code(head)}|{opening}" for head, other in permutations(words, 2) for opening in _openings(other)
    )
