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


GROUPS = (
    "needs_recipient", "needs_none", "helping", "withheld", "nameless", "cooperative", "harmful", "spoken", "placed",
    "placed_by_actor", "placed_alone", "to_one", "to_somebody", "own_people", "abroad_too", "domestic", "told_again",
    "once", "repeated", "to_both", "judging", "given_reason", "answering", "answered", "public", "not_public",
    "on_foreigners", "against_own", "inside", "of_capitals", "to_others", "charges", "joint", "mutual", "speech",
    "hearsay", "deeds", "passing", "at_borders", "after_its_like", "faces_other", "sent_for",
)  # fmt: skip
"""The groups of types that the stages ask for; `plover.toml` says beside each what it means."""

ACTS = (
    "request", "promise", "concession", "refusal", "threat", "accusation", "disapproval", "praise", "protest", "visit",
    "arrest",
)  # fmt: skip
"""The acts that the coder recognises by grammar, without a frame."""


@dataclass(frozen=True, slots=True)
class Ontology:
    """The types of events; `future` is what a type becomes when it is only announced, `content` the mode of an act in words
    by what it is about.

    `groups` are the types, or "TYPE/mode", of which a stage knows something beside its frame; `acts` the type of what is
    recognised by grammar. `translate` leads from types and "TYPE/mode" of another ontology, in which frames and relation
    rules may be written, to this one's. `layer` is the codebook folder that it stands in: what an earlier layer says of types
    that it does not have is left out.
    """

    types: Mapping[str, EventType]
    contexts: tuple[str, ...]
    future: Mapping[str, str]
    content: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, frozenset[str]]
    acts: Mapping[str, tuple[str, str | None]]
    translate: Mapping[str, tuple[str, str | None]]
    layer: Path

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

    def within(self, group: str, event_type: str, mode: str | None = None) -> bool:
        """Tell whether a type, or the type with its mode, belongs to one of `GROUPS`."""
        members = self.groups.get(group, frozenset())
        return event_type in members or (mode is not None and f"{event_type}/{mode}" in members)

    def is_act(self, act: str, event_type: str, mode: str | None = None) -> bool:
        """Tell whether a type and mode are one of `ACTS`; an act that names no mode is meant with any."""
        found = self.acts.get(act)
        return found is not None and found[0] == event_type and found[1] in (None, mode)

    def own(self, event_type: str, mode: str | None) -> tuple[str, str | None] | None:
        """Return a type and mode in this ontology's terms, or None where it has no such type and translates it to none."""
        found = self.translate.get(f"{event_type}/{mode}") or self.translate.get(event_type)
        if found is not None:
            return found
        return (event_type, mode) if event_type in self.types else None

    def keeps(self, event_type: str, mode: str | None) -> bool:
        """Tell whether a mode of another ontology stays a kind of its own in this one; no mode always does."""
        if mode is None or f"{event_type}/{mode}" in self.translate:
            return True
        return event_type not in self.translate and event_type in self.types


def load_ontology(layers: Sequence[Path]) -> Ontology:
    """Return the ontology of the last layer that has one: an ontology is replaced as a whole, never mixed.

    `CodebookError` names the file and what is wrong in it.
    """
    path = list(part_files(layers, FILE))[-1]
    table = read_toml(path)
    try:
        types = {name: _event_type(name, entry) for name, entry in table["types"].items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CodebookError(f"{path}: a type lacks or garbles {error}; give each score, quad and meaning.") from error
    return Ontology(
        types=types,
        contexts=tuple(table.get("contexts", ())),
        future=table.get("future", {}),
        content=table.get("content", {}),
        layer=path.parent,
        groups={name: _group(path, name, members, types) for name, members in table.get("groups", {}).items()},
        acts={name: _act(path, name, kind, types) for name, kind in table.get("acts", {}).items()},
        translate={
            other: _kind(path, f"translate.{other}", kind, types) for other, kind in table.get("translate", {}).items()
        },
    )


def _group(path: Path, name: str, members: Any, types: Mapping[str, EventType]) -> frozenset[str]:
    if name not in GROUPS:
        raise CodebookError(f"{path}: groups.{name} is unknown; use {', '.join(GROUPS)}.")
    if not isinstance(members, list):
        raise CodebookError(f'{path}: groups.{name} is no list of types; write {name} = ["..."].')
    for member in members:
        _kind(path, f"groups.{name}", member, types)
    return frozenset(members)


def _act(path: Path, name: str, kind: Any, types: Mapping[str, EventType]) -> tuple[str, str | None]:
    if name not in ACTS:
        raise CodebookError(f"{path}: acts.{name} is unknown; use {', '.join(ACTS)}.")
    return _kind(path, f"acts.{name}", kind, types)


def _kind(path: Path, where: str, kind: Any, types: Mapping[str, EventType]) -> tuple[str, str | None]:
    """Read "TYPE" or "TYPE/mode"; `CodebookError` where the ontology has no such thing."""
    event_type, _, mode = str(kind).partition("/")
    if event_type not in types:
        raise CodebookError(f"{path}: {where} names the type {event_type!r}; use one of {', '.join(types)}.")
    if mode and mode not in types[event_type].modes:
        known = ", ".join(types[event_type].modes) or "none"
        raise CodebookError(f"{path}: {where} names the mode {mode!r} of {event_type}; use one of {known}.")
    return event_type, mode or None


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
