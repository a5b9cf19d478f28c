"""The words by which a masthead is known: `masthead.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

_LISTS = ("small", "outlet", "sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class MastheadTable:
    """Lower-case words: `small` may stand in a masthead, `outlet` makes a name an outlet's, `sentence` opens no masthead."""

    small: frozenset[str]
    outlet: frozenset[str]
    sentence: frozenset[str]


def load_masthead(layers: Sequence[Path]) -> MastheadTable:
    """Return the words of all layers, their lists joined; `CodebookError` names the file and list that is wrong."""
    found: dict[str, set[str]] = {name: set() for name in _LISTS}
    for path in part_files(layers, "masthead.toml"):
        for name, words in read_toml(path).items():
            if name not in found:
                raise CodebookError(f"{path}: unknown list {name!r}: use one of {', '.join(_LISTS)}.")
            if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
                raise CodebookError(f"{path}: {name} must be a list of words in quotes.")
            found[name].update(word.lower() for word in words)
    return MastheadTable(**{name: frozenset(words) for name, words in found.items()})
