"""The phrases by which a page's furniture is known: `furniture.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

_LISTS = ("lines", "starts", "has", "opens")


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureTable:
    """Phrase → kind of furniture, for whole lines, beginnings and parts of short lines; `opens` head a block of teasers.

    All phrases are in lower case. `starts` and `has` are tried longest first, so that the more exact phrase wins.
    """

    lines: Mapping[str, str]
    starts: tuple[tuple[str, str], ...]
    has: tuple[tuple[str, str], ...]
    opens: frozenset[str]


def load_furniture(layers: Sequence[Path]) -> FurnitureTable:
    """Return the table of all layers, their lists joined; `CodebookError` names the file and entry that is wrong."""
    found: dict[str, dict[str, str]] = {name: {} for name in _LISTS}
    for path in part_files(layers, "furniture.toml"):
        for kind, lists in read_toml(path).items():
            for name, phrases in lists.items():
                if name not in found:
                    raise CodebookError(f"{path}: [{kind}] has {name!r}: use one of {', '.join(_LISTS)}.")
                if not isinstance(phrases, list) or not all(isinstance(p, str) and p for p in phrases):
                    raise CodebookError(f"{path}: [{kind}] {name} must be a list of phrases in quotes.")
                found[name].update((phrase.lower(), kind) for phrase in phrases)
    return FurnitureTable(
        lines=found["lines"],
        starts=_longest_first(found["starts"]),
        has=_longest_first(found["has"]),
        opens=frozenset(found["opens"]),
    )


def _longest_first(phrases: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])))
