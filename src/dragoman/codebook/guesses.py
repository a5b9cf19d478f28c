"""Guesses: how often a party that no slot of the frame gave is right, by the way in which it was found (`guesses.toml`).

Where a frame's own slots name nobody, a place, the sentence or the story may tell the party. A way that is right too seldom
names nobody: a missing party leaves an event incomplete, a wrong one makes it false. `scripts/fit_guesses.py` counts the
corpus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

FILE = "guesses.toml"
Side = Literal["actors", "recipients"]
ENOUGH = 8
"""Events from which a way has a share of its own for one type."""
_TABLES = ("actors", "recipients")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """`least` is the share from which a way counts; `counts` lead from side and way, or "way/TYPE", to (events, right)."""

    least: float
    counts: Mapping[tuple[str, str], tuple[int, int]]

    def share(self, side: Side, way: str, event_type: str) -> float:
        """Return the share of parties found that way that are right, of the type's own events where there are enough.

        One right and one wrong event are added to every count, so that a way of which nothing is known has a half.
        """
        events, right = self.counts.get((side, f"{way}/{event_type}"), (0, 0))
        if events < ENOUGH:
            events, right = self.counts.get((side, way), (0, 0))
        return (right + 1) / (events + 2)

    def allows(self, side: Side, way: str, event_type: str) -> bool:
        """Tell whether a way is right often enough; the frame's own slots ("") always are, and a way that was not counted."""
        return not way or (side, way) not in self.counts or self.share(side, way, event_type) >= self.least


def load_guesses(layers: Sequence[Path]) -> Guesses:
    """Return the ways of all layers, a later layer's laid over; `CodebookError` names the file and key that is wrong."""
    least = 0.0
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for path in part_files(layers, FILE):
        for key, value in read_toml(path).items():
            if key == "least" and isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
                least = float(value)
            elif key in _TABLES and isinstance(value, dict):
                counts.update({(key, way): _count(path, f"{key}.{way}", found) for way, found in value.items()})
            else:
                raise CodebookError(
                    f"{path}: {key!r} is unknown or no fit value; use least (0 to 1), actors, recipients."
                )
    return Guesses(least=least, counts=counts)


def _count(path: Path, key: str, value: object) -> tuple[int, int]:
    if isinstance(value, dict) and value.keys() == {"events", "right"}:
        events, right = value["events"], value["right"]
        if type(events) is int and type(right) is int and 0 <= right <= events:
            return events, right
    raise CodebookError(f"{path}: {key} is {value!r}; write {{ events = 12, right = 9 }}.")
