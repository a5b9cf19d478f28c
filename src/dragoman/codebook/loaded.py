"""Loaded words: labels that take a side, so that a record can mark whose voice they are in.

The table is `loaded.toml` in each codebook layer; its head describes the entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

_FIRST = re.compile(r"(?<![\w-])[^\W_]+")


NEUTRAL = "neutral"
"""The kind of phrases that hold a label's word without taking a side ("visa-free regime"): they are passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedWords:
    """The labels: `kinds` gives each, in lower case with single spaces, its kind ("violence", "rule", "doubt", ...).

    `patterns` holds, for each first word, the pattern of the labels that begin with it, longest first.
    """

    kinds: Mapping[str, str]
    patterns: Mapping[str, re.Pattern[str]]

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
        """Yield start, end (code points, end exclusive) and kind of each label between two offsets, in order."""
        stop = len(text) if end is None else end
        if self.patterns.keys().isdisjoint(word.lower() for word in set(_FIRST.findall(text, start, stop))):
            return  # most texts hold none of them
        done = start
        for word in _FIRST.finditer(text, start, stop):
            pattern = self.patterns.get(word.group().lower())
            if pattern is None or word.start() < done:
                continue
            match = pattern.match(text, word.start(), stop)
            if match:
                done = match.end()
                kind = self.kinds[_plain(match.group())]
                if kind != NEUTRAL:
                    yield match.start(), match.end(), kind


def load_loaded(layers: Sequence[Path]) -> LoadedWords:
    """Return the loaded words of all layers; `CodebookError` names the file and the group that is wrong."""
    kinds: dict[str, str] = {}
    for path in part_files(layers, "loaded.toml"):
        for kind, entry in read_toml(path).items():
            words = entry.get("words") if isinstance(entry, dict) else None
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise CodebookError(f'{path}: [{kind}] has no list of words; write words = ["..."].')
            for word in words:
                kinds[_plain(word)] = kind
            for word in entry.get("not", []):
                kinds.pop(_plain(word), None)
    by_first: dict[str, list[str]] = {}
    for word in sorted(kinds, key=lambda word: (-len(word), word)):
        by_first.setdefault(word.split()[0].split("'")[0], []).append(word)
    patterns = {
        first: re.compile(
            "(?:" + "|".join(r"[\s-]+".join(map(re.escape, w.split())) for w in words) + r")(?!\w)", re.IGNORECASE
        )
        for first, words in by_first.items()
    }
    return LoadedWords(kinds=kinds, patterns=patterns)


def _plain(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word).strip().lower()
