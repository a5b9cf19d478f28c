"""Spheres: the words by which a text is known to be about sport, business or weather, or about politics.

The table is `spheres.toml` in each codebook layer; its head describes the entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

POLITICS = "politics"
"""The sphere that all others are weighed against."""
SPORT = "sport"
"""The sphere in which nothing is an event."""
_TELLING, _WORD = 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spheres:
    """`weights` gives each word or pair of words, in lower case, the spheres that it speaks for and how much."""

    names: tuple[str, ...]
    weights: Mapping[str, Mapping[str, int]]

    def weigh(self, words: Iterable[str]) -> dict[str, int]:
        """Return the weight of each sphere in a text of these different words and pairs; 0 where nothing speaks for it."""
        found = dict.fromkeys(self.names, 0)
        for word in words:
            for name, weight in self.weights.get(word, {}).items():
                found[name] += weight
        return found


def load_spheres(layers: Sequence[Path]) -> Spheres:
    """Return the spheres of all layers, words of a later one added; `CodebookError` names one that isn't lists of words."""
    weights: dict[str, dict[str, int]] = {}
    names: dict[str, None] = {POLITICS: None, SPORT: None}
    for path in part_files(layers, "spheres.toml"):
        for name, entry in read_toml(path).items():
            names[name] = None
            for key, weight in (("words", _WORD), ("telling", _TELLING)):
                words = entry.get(key, []) if isinstance(entry, dict) else None
                if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                    raise CodebookError(f'{path}: [{name}] has no list {key!r} of words; write {key} = ["..."].')
                for word in words:
                    weights.setdefault(" ".join(word.lower().split()), {})[name] = weight
    return Spheres(names=tuple(names), weights=weights)
