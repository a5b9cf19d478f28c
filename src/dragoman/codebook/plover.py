"""PLOVER: event types, modes, scores, quad classes and contexts, read from `plover.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

FILE = "plover.toml"


@dataclass(frozen=True, slots=True)
class EventType:
    """A type: its score (-10 to +10), its quad class, what it means, and the scores and meanings of its modes."""

    name: str
    score: float
    quad: str
    meaning: str
    modes: Mapping[str, float]
    mode_meanings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The types of events; `future` is what a type becomes when it is only announced, `content` the mode of an act in words
    by what it is about."""

    types: Mapping[str, EventType]
    contexts: tuple[str, ...]
    future: Mapping[str, str]
    content: Mapping[str, Mapping[str, str]]

    def score(self, event_type: str, mode: str | None) -> float:
        """Return the conflict-cooperation score of a type and mode, of the type alone where the mode has none."""
        entry = self.types[event_type]
        return entry.modes.get(mode, entry.score) if mode else entry.score

    def quad(self, event_type: str) -> str:
        """Return the quad class, such as "verbal cooperation"."""
        return self.types[event_type].quad

    def content_mode(self, event_type: str, inner_type: str, inner_mode: str | None) -> str | None:
        """Return the mode of a request, refusal or threat whose content is an event of the inner type, or None."""
        table = self.content.get(event_type, {})
        return table.get(f"{inner_type}/{inner_mode}") or table.get(inner_type)


def load_ontology(layers: Sequence[Path]) -> Ontology:
    """Return the ontology of the last layer that has one: an ontology is replaced as a whole, never mixed."""
    path = list(part_files(layers, FILE))[-1]
    table = read_toml(path)
    try:
        types = {name: _event_type(name, entry) for name, entry in table["types"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise CodebookError(f"{path}: a type lacks or garbles {error}; give each score, quad and meaning.") from error
    return Ontology(types, tuple(table.get("contexts", ())), table.get("future", {}), table.get("content", {}))


def _event_type(name: str, entry: Mapping[str, Any]) -> EventType:
    modes = entry.get("modes", {})
    return EventType(
        name=name,
        score=float(entry["score"]),
        quad=entry["quad"],
        meaning=entry["meaning"],
        modes={mode: float(values["score"]) for mode, values in modes.items()},
        mode_meanings={mode: values["meaning"] for mode, values in modes.items()},
    )
