"""Chinese, Korean and Vietnamese names: the family name first, then one or two syllables in many spellings."""

from __future__ import annotations

import re

DENSE = 0.7
"""Two syllables are a whole given name: what differs between two weighs more than in a long one (Jong Un, Jong Il)."""

_SYLLABLE = r"(?:[^aeiou][wjr]?|ts|dz|ng|hs|kx)?[aeiou]{1,3}(?:ng|[nmklpbtrxhw])?"
_ONE = re.compile(_SYLLABLE)
_TWO = re.compile(f"{_SYLLABLE}(?:{_SYLLABLE})?")

# What Latin letters mean in pinyin, Wade-Giles and the Korean systems.
_LETTERS = re.compile("zh|ch|sh|hs|eo|eu|ae|oo|ee|[jqxcz]")
_MEANT = {
    "zh": "dzh",
    "j": "dzh",
    "q": "ch",
    "x": "sh",
    "hs": "sh",
    "c": "ts",
    "eo": "o",
    "eu": "u",
    "ae": "e",
    "oo": "u",
    "ee": "i",
}

# Two-syllable Chinese family names, the common ones.
_DOUBLE_FAMILY = frozenset(
    {"欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "夏侯", "慕容", "皇甫", "尉迟"}
)


def syllables(sounds: list[str]) -> bool:
    """Whether the words after a family name can be a given name: two of one syllable, or one of at most two."""
    shape = _ONE if len(sounds) > 1 else _TWO
    return all(shape.fullmatch(word) for word in sounds)


def reread(text: str) -> str:
    """A Latin word of such a name as the other alphabets' rules read it: "jong" as "dzhong", "xi" as "shi"."""
    return _LETTERS.sub(lambda match: _MEANT.get(match[0], match[0]), text)


def family_length(word: str) -> int:
    """How many Han characters at the start of a name are the family name."""
    return 2 if word[:2] in _DOUBLE_FAMILY and len(word) > 2 else 1
