"""The words by which a masthead is known: `masthead.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

LABEL_FIELDS = ("title", "published", "publisher", "url", "byline", "other")
"""What a labelled line at the head of a text may say ("Date: 3 May 2022"); `other` is furniture."""

_LISTS = ("small", "outlet", "sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class MastheadTable:
    """Lower-case words: `small` may stand in a masthead, `outlet` makes a name an outlet's, `sentence` opens no masthead.

    `labels` tells what the line behind a label says, one of `LABEL_FIELDS` by lower-case label.
    """

    small: frozenset[str]
    outlet: frozenset[str]
    sentence: frozenset[str]
    labels: Mapping[str, str]


def load_masthead(layers: Sequence[Path]) -> MastheadTable:
    """Return the words of all layers, their lists joined; `CodebookError` names the file and list that is wrong."""
    found: dict[str, set[str]] = {name: set() for name in _LISTS}
    labels: dict[str, str] = {}
    for path in part_files(layers, "masthead.toml"):
        for name, words in read_toml(path).items():
            if name == "labels":
                labels.update(_labels(words, path))
            elif name in found:
                found[name].update(_words(words, name, path))
            else:
                raise CodebookError(f"{path}: unknown list {name!r}: use one of {', '.join((*_LISTS, 'labels'))}.")
    return MastheadTable(**{name: frozenset(words) for name, words in found.items()}, labels=labels)


def _labels(table: object, path: Path) -> dict[str, str]:
    if not isinstance(table, dict):
        raise CodebookError(f"{path}: labels must be a table of lists, one for each of {', '.join(LABEL_FIELDS)}.")
    unknown = [field for field in table if field not in LABEL_FIELDS]
    if unknown:
        raise CodebookError(f"{path}: unknown list labels.{unknown[0]}: use one of {', '.join(LABEL_FIELDS)}.")
    return {word: field for field, words in table.items() for word in _words(words, f"labels.{field}", path)}


def _words(words: object, name: str, path: Path) -> list[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise CodebookError(f"{path}: {name} must be a list of words in quotes.")
    return [word.lower() for word in words]
