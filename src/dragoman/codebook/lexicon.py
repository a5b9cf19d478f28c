"""Lexicon of states: the nouns that a state is about, and the predicates that say what becomes of them.

The entries are `data/states.toml`, whose head says what each key means. A noun goes with every predicate whose outcome it
knows, so that n nouns and m predicates need n + m entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

FILE = "states.toml"
FORMS = ("done", "doing", "base", "split", "went", "goes", "stood")
"""What is done to a thing, the same under way, as an infinitive and with a particle behind the thing; what it does by itself,
what it goes on doing, how it is."""
_NOUN_KEYS = frozenset(
    {"words", "dimension", "outcome", "part", "otherwise", "owned", "turned", "scope", "unless", "around", "implies"}
    | {"mutual", "aimed"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun of `states.toml`; `outcome`, `part` and `otherwise` lead from a predicate's name to a value of the dimension."""

    name: str
    words: re.Pattern[str]
    dimension: str
    outcome: Mapping[str, str]
    otherwise: Mapping[str, str]
    part: Mapping[str, str]
    owned: bool = False
    turned: frozenset[str] = frozenset()
    scope: str | None = None
    unless: re.Pattern[str] | None = None
    around: re.Pattern[str] | None = None
    implies: tuple[tuple[str, str], ...] = ()
    mutual: bool = False
    aimed: bool = False

    @property
    def values(self) -> frozenset[str]:
        """All values that a clause about the noun can have."""
        return frozenset((*self.outcome.values(), *self.otherwise.values(), *self.part.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Nouns in their order, and the predicates: by name, by form, a pattern. `part` and `whole` say how far something goes."""

    nouns: tuple[Noun, ...] = ()
    predicates: Mapping[str, Mapping[str, re.Pattern[str]]]
    part: re.Pattern[str]
    whole: re.Pattern[str]


def load_lexicon(layers: Sequence[Path], filled: Callable[[Path, str, str], str]) -> Lexicon:
    """Return the lexicon of all layers; `filled` puts the macros of `relations.toml` in the place of their names.

    `CodebookError` names the entry that is wrong.
    """
    nouns: dict[str, Noun] = {}
    predicates: dict[str, dict[str, re.Pattern[str]]] = {}
    words: dict[str, str] = {}
    for path in part_files(layers, FILE):
        tables = read_toml(path)
        words.update(tables.get("words", {}))
        for name, forms in tables.get("predicate", {}).items():
            wrong = sorted(set(forms) - set(FORMS))
            if wrong:
                raise CodebookError(
                    f"{path}: predicate {name!r} has the unknown form {wrong[0]!r}; use {', '.join(FORMS)}."
                )
            predicates[name] = {form: _pattern(path, name, rf"\b(?:{own})\b") for form, own in forms.items()}
        for name, entry in tables.get("noun", {}).items():
            nouns[name] = _noun(path, name, entry, filled)
    for noun in nouns.values():
        for name in (*noun.outcome, *noun.otherwise, *noun.part, *noun.turned):
            if name not in predicates:
                known = ", ".join(predicates) or "none yet"
                raise CodebookError(
                    f"{FILE}: noun {noun.name!r} has an outcome of {name!r}, which is no predicate ({known})."
                )
    return Lexicon(
        nouns=tuple(nouns.values()),
        predicates=predicates,
        part=_pattern(Path(FILE), "part", words.get("part", "(?!)")),
        whole=_pattern(Path(FILE), "whole", words.get("whole", "(?!)")),
    )


def _noun(path: Path, name: str, entry: Mapping[str, Any], filled: Callable[[Path, str, str], str]) -> Noun:
    for key in entry:
        if key not in _NOUN_KEYS:
            raise CodebookError(
                f"{path}: noun {name!r} has the unknown key {key!r}; use {', '.join(sorted(_NOUN_KEYS))}."
            )
    for key in ("words", "dimension", "outcome"):
        if not entry.get(key):
            raise CodebookError(f"{path}: noun {name!r} lacks {key!r}; add it.")

    def optional(key: str) -> re.Pattern[str] | None:
        return _pattern(path, name, filled(path, name, entry[key])) if key in entry else None

    return Noun(
        name=name,
        words=_pattern(path, name, rf"\b(?:{filled(path, name, entry['words'])})"),
        dimension=entry["dimension"],
        outcome=dict(entry["outcome"]),
        otherwise=dict(entry.get("otherwise", {})),
        part=dict(entry.get("part", {})),
        owned=bool(entry.get("owned", False)),
        turned=frozenset(entry.get("turned", ())),
        scope=entry.get("scope"),
        unless=optional("unless"),
        around=optional("around"),
        implies=tuple(sorted(entry.get("implies", {}).items())),
        mutual=bool(entry.get("mutual", False)),
        aimed=bool(entry.get("aimed", False)),
    )


def _pattern(path: Path, name: str, words: str) -> re.Pattern[str]:
    try:
        return re.compile(words, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise CodebookError(f"{path}: {name!r} has a pattern that can't be read ({error}); mend it.") from error
