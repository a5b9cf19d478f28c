"""The cues of factuality: which words leave an event open, deny it, put it ahead or take it for granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError
from dragoman.record.event import Factuality

FILE = "factuality.toml"
_EFFECTS = frozenset((*get_args(Factuality), "same", "report", "would"))
_TABLES = ("marks", "adverbs", "modifiers", "determiners", "prepositions")
_LISTS = ("bare", "carriers", "occurring", "manner", "idle")
_HEARSAY = ("reports", "disowning", "confirming", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a governing word makes of what it governs.

    `makes` in general, `negated` when it is itself negated, `noun` of an event noun where that differs from a clause,
    `definite` of a definite noun. `group` names the group of the table from which it comes.
    """

    group: str
    makes: str
    negated: str | None
    noun: str | None
    definite: str | None


@dataclass(frozen=True, slots=True)
class FactualityCues:
    """The tables of `data/factuality.toml`; every word is in lower case, verbs, nouns and adjectives as lemmas."""

    governors: Mapping[str, Signature]
    modals: Mapping[str, str]
    negated_modals: Mapping[str, str]
    modal_kinds: Mapping[str, str]
    marks: Mapping[str, str]
    adverbs: Mapping[str, str]
    modifiers: Mapping[str, str]
    determiners: Mapping[str, str]
    prepositions: Mapping[str, str]
    bare: frozenset[str]
    carriers: frozenset[str]
    occurring: frozenset[str]
    manner: frozenset[str]
    idle: frozenset[str]
    hearsay: frozenset[str]
    disowning: frozenset[str]
    confirming: frozenset[str]
    unconfirmed: frozenset[str]
    old_words: frozenset[str]
    old_phrases: tuple[str, ...]
    old_days: int


def load_factuality(layers: Sequence[Path]) -> FactualityCues:
    """Return the cues of the layers, a later file's words laid over the earlier ones'.

    Of a group's words those of a later file are added; a word that stands in two groups belongs to the later one.
    `CodebookError` names the file and the word whose effect is none.
    """
    governors: dict[str, Signature] = {}
    tables: dict[str, dict[str, str]] = {name: {} for name in (*_TABLES, "plain", "negated")}
    lists: dict[str, set[str]] = {name: set() for name in (*_LISTS, *_HEARSAY, "words", "phrases")}
    kinds: dict[str, str] = {}
    days = 0
    for path in part_files(layers, FILE):
        table = read_toml(path)
        for name, group in table.get("groups", {}).items():
            signature = Signature(
                name,
                _effect(path, name, group.get("makes")),
                *(_effect(path, name, group[key]) if key in group else None for key in ("negated", "noun", "definite")),
            )
            governors.update(dict.fromkeys(group.get("words", ()), signature))
        for name in _TABLES:
            tables[name].update({w: _effect(path, w, effect) for w, effect in table.get(name, {}).items()})
        for name in ("plain", "negated"):
            words = table.get("modals", {}).get(name, {})
            tables[name].update({w: _effect(path, w, effect) for w, effect in words.items()})
        for name, words in table.get("modals", {}).get("kinds", {}).items():
            kinds.update(dict.fromkeys(words, name))
        for name in _LISTS:
            lists[name].update(table.get(name, {}).get("words", ()))
        for name in _HEARSAY:
            lists[name].update(table.get("hearsay", {}).get(name, ()))
        history = table.get("historical", {})
        lists["words"].update(history.get("words", ()))
        lists["phrases"].update(history.get("phrases", ()))
        days = int(history.get("days", days))
    return FactualityCues(
        governors=governors,
        modals=tables["plain"],
        negated_modals=tables["negated"],
        modal_kinds=kinds,
        marks=tables["marks"],
        adverbs=tables["adverbs"],
        modifiers=tables["modifiers"],
        determiners=tables["determiners"],
        prepositions=tables["prepositions"],
        bare=frozenset(lists["bare"]),
        carriers=frozenset(lists["carriers"]),
        occurring=frozenset(lists["occurring"]),
        manner=frozenset(lists["manner"]),
        idle=frozenset(lists["idle"]),
        hearsay=frozenset(lists["reports"]),
        disowning=frozenset(lists["disowning"]),
        confirming=frozenset(lists["confirming"]),
        unconfirmed=frozenset(lists["unconfirmed"]),
        old_words=frozenset(lists["words"]),
        old_phrases=tuple(sorted(lists["phrases"])),
        old_days=days,
    )


def _effect(path: Path, word: str, effect: Any) -> str:
    if effect not in _EFFECTS:
        raise CodebookError(f"{path}: {word!r} has the effect {effect!r}; write one of {', '.join(sorted(_EFFECTS))}.")
    return str(effect)
