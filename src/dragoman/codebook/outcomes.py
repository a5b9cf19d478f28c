"""Outcomes: the words by which a foretold act is known again (`data/outcomes.toml`, whose head says what each means)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

FILE = "outcomes.toml"
_PATTERNS = ("conditional", "asked", "possible", "negated", "refused", "kept", "dropped", "never")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 4
"""Letters below which a word tells no act from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    """The patterns, case folded, and the stems of irregular forms."""

    conditional: re.Pattern[str]
    asked: re.Pattern[str]
    possible: re.Pattern[str]
    negated: re.Pattern[str]
    refused: re.Pattern[str]
    kept: re.Pattern[str]
    dropped: re.Pattern[str]
    never: re.Pattern[str]
    common: frozenset[str]
    forms: Mapping[str, str] = field(hash=False)

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of the words that tell an act, without the common and short ones."""
        words = (match.group().casefold() for match in _WORD.finditer(text))
        return frozenset(self.stem(word) for word in words if len(word) >= _LEAST or word in self.forms) - self.common

    def stem(self, word: str) -> str:
        """Return a word, in small letters, without the endings of number, time and person; "re-" falls away too."""
        known = self.forms.get(word)
        return known if known is not None else _bare(word)


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    """Cut the ending by the rules of English spelling; both sides of a comparison are cut alike, so errors seldom matter."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST - 1:
            word = word[: -len(ending)]
            break
    if len(word) > _LEAST and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word.removesuffix("e").removesuffix("y")


def load_outcomes(layers: Sequence[Path]) -> OutcomeWords:
    """Return the words of all layers; `CodebookError` names the entry that is wrong."""
    words: dict[str, str] = {}
    forms: dict[str, str] = {}
    for path in part_files(layers, FILE):
        tables = read_toml(path)
        for name, value in tables.get("words", {}).items():
            if name not in (*_PATTERNS, "common") or not isinstance(value, str):
                raise CodebookError(f"{path}: words.{name} is {value!r}; known are {', '.join(_PATTERNS)} and common.")
            words[name] = value
        for stem, listed in tables.get("forms", {}).items():
            forms.update(dict.fromkeys(str(listed).split(), _bare(stem)))
    missing = [name for name in (*_PATTERNS, "common") if name not in words]
    if missing:
        raise CodebookError(f"{FILE}: words lacks {missing[0]!r}; add it.")
    patterns = {}
    for name in _PATTERNS:
        try:
            patterns[name] = re.compile(words[name], re.IGNORECASE)
        except re.error as error:
            raise CodebookError(f"{FILE}: words.{name} is no pattern ({error}); mend it.") from error
    common = frozenset(_bare(word) for word in words["common"].split()) | frozenset(words["common"].split())
    return OutcomeWords(**patterns, common=common, forms=forms)
