"""Relations: the dimensions, the rules that lead from events to states, and the wordings that assert a state.

The rules are `data/relations.toml`, whose head says what each key means. Patterns are compiled once, case folded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from dragoman.codebook.lexicon import FILE as LEXICON
from dragoman.codebook.lexicon import Lexicon, Noun, load_lexicon
from dragoman.codebook.load import part_files, read_toml
from dragoman.codebook.plover import Ontology, load_ontology
from dragoman.codebook.ways import KIND_KEYS, spelled_out
from dragoman.errors import CodebookError

FILE = "relations.toml"

NOTHING = "(?!)"
"""A pattern that matches nowhere."""

Side = Literal["actor", "recipient"]
_SIDES = ("actor", "recipient")
_RULE_KEYS = frozenset(
    {"name", "dimension", "value", "of", "toward", "types", "modes", "objects", "words", "also", "unless", "factuality"}
    | {"between", "before", "ends", "implies", "scope", "clears", "note"}
)
_TOLD_KEYS = frozenset(
    {
        "name",
        "dimension",
        "value",
        "words",
        "unless",
        "agrees",
        "implies",
        "stands",
        "both",
        "scope",
        "around",
        "weak",
        "always",
    }
    | {"decides"}
)
_NO_PREPOSITION = "".join(
    f"(?<!\\b{word} )"
    for word in ("with", "to", "from", "in", "on", "against", "at", "for", "between", "by", "towards")
)
_MACRO = re.compile(r"\{([a-z_]+)\}")
"""A name of `[macros]` in braces; a quantifier holds digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One dimension of a relation; `values` lead from a value to the words a dossier shows for it.

    `title` and `unscoped` are format strings over `of`, `toward` and `scope`, as the file's head explains; a sentence in which
    `near` does not occur tells nothing of the dimension.
    """

    name: str
    directed: bool
    title: str
    unscoped: str
    values: Mapping[str, str]
    near: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How an event makes a state; absent conditions are empty tuples or None. See the head of `relations.toml`."""

    name: str
    dimension: str
    value: str
    of: Side
    toward: Side
    types: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    words: re.Pattern[str] | None = None
    also: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    factuality: frozenset[str] = frozenset({"happened"})
    between: str | None = None
    before: str | None = None
    ends: tuple[str, ...] = ()
    implies: tuple[tuple[str, str], ...] = ()
    scope: str | None = None
    clears: bool = False
    note: str | None = None

    def fits(self, *, type_: str, mode: str | None, object_: str | None, clause: str, factuality: str) -> bool:
        """Say whether an event of this coding, in this clause of the article, makes the rule's state."""
        if (self.types and type_ not in self.types) or factuality not in self.factuality:
            return False
        if self.modes and mode not in self.modes:
            return False
        named = object_ is not None and object_ in self.objects
        worded = self.words is not None and self.words.search(clause) is not None
        if (self.objects or self.words is not None) and not (named or worded):
            return False
        if self.also is not None and not self.also.search(clause):
            return False
        return self.unless is None or not self.unless.search(clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A wording from which a state follows by itself; see `[[told]]` in `relations.toml`.

    An `exact` one says how far something goes ("closed to lorries"), against which a coder's reading of the same sentence does
    not count; `before` is the value that the words presuppose until then. In the patterns a side is a mark "‹3›": the number is
    the caller's; the groups `of` and `to` (and `of1`, `to1` ... in alternatives) catch it.
    """

    name: str
    dimension: str
    value: str
    words: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None = None
    agrees: frozenset[str] = frozenset()
    implies: tuple[tuple[str, str], ...] = ()
    stands: bool = False
    both: bool = False
    scope: str | None = None
    around: re.Pattern[str] | None = None
    weak: bool = False
    always: bool = False
    decides: bool = False
    exact: bool = False
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRules:
    """All that the relation stages interpret.

    `compatible` leads from a type (or "TYPE/mode") to those that others use for the same act (itself included); `frequent` are
    the types of which one side does many in a few days; `objects` groups of things acted on that can be one, `once`
    those that can be ended or begun but once between two sides. `answers` at the
    head of a sentence leads to the event told before it, `reasons` inside one from an act to what it answers; `given` are words
    by which a speaker gives a reason. `ontology` is the one whose types the rules name.
    """

    dimensions: Mapping[str, Dimension]
    rules: tuple[Rule, ...]
    told: tuple[Told, ...]
    scopes: Mapping[str, re.Pattern[str]]
    compatible: Mapping[str, frozenset[str]]
    frequent: frozenset[str]
    objects: tuple[frozenset[str], ...]
    once: frozenset[str]
    answers: re.Pattern[str]
    reasons: re.Pattern[str]
    given: re.Pattern[str]
    ontology: Ontology
    lexicon: Lexicon

    def same_act(self, one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
        """Say whether two codings, each a type and a mode, can be of one act.

        Of one type they can where a mode is left open or both are one; talks count as talks however held.
        """
        if one[0] == other[0] and (
            one[1] is None or other[1] is None or one[1] == other[1] or self.ontology.within("mutual", *one)
        ):
            return True
        theirs = {other[0], f"{other[0]}/{other[1]}"}
        return any(self.compatible.get(key, frozenset()) & theirs for key in (one[0], f"{one[0]}/{one[1]}"))

    def same_object(self, one: str, other: str) -> bool:
        """Say whether two things acted on can be one: an embargo is trade to one coder and a sanction to another."""
        return one == other or any(one in group and other in group for group in self.objects)

    def kinds(self, type_: str, mode: str | None) -> tuple[str, ...]:
        """Return the types, sorted, under which reports of the same act may be coded."""
        keys = (type_, f"{type_}/{mode}")
        found = {type_} | {other.split("/")[0] for key in keys for other in self.compatible.get(key, frozenset())}
        return tuple(sorted(found))

    @property
    def undirected(self) -> frozenset[str]:
        """The names of the dimensions that hold between two sides without direction."""
        return frozenset(name for name, dimension in self.dimensions.items() if not dimension.directed)


def load_relations(layers: Sequence[Path]) -> RelationRules:
    """Return the rules of all layers, later ones first among the rules; `CodebookError` names the entry that is wrong."""
    dimensions: dict[str, Dimension] = {}
    rules: dict[str, Rule] = {}
    told: dict[str, Told] = {}
    scopes: dict[str, re.Pattern[str]] = {}
    merge: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    ontology = load_ontology(layers)
    macros: dict[str, str] = {}
    ways: dict[str, dict[str, list[str]]] = {}
    for path in part_files(layers, FILE):
        tables = read_toml(path)
        for name, words in tables.get("macros", {}).items():
            macros[name] = _filled(path, name, words, macros)
        for name, entry in tables.get("dimension", {}).items():
            dimensions[name] = _dimension(path, name, entry)
        for name, words in tables.get("scope", {}).items():
            scopes[name] = _pattern(path, f"scope {name}", words)
        layer = {
            entry.get("name", ""): _rule(path, _with_macros(path, entry, macros)) for entry in tables.get("rule", [])
        }
        layer = {name: own for name, rule in layer.items() if (own := _in_terms_of(ontology, rule)) is not None}
        rules = {**layer, **{name: rule for name, rule in rules.items() if name not in layer}}
        ways.update(tables.get("way", {}))
        kinds = [
            (bool(kind.get("first")), made)
            for kind in tables.get("kind", [])
            for made in _kind(path, kind, ways, macros)
        ]
        told.update((made.name, replace(made, exact=True)) for first, made in kinds if first)
        for entry in tables.get("told", []):
            told[entry.get("name", "")] = _told(path, _with_macros(path, entry, macros))
        told.update((made.name, made) for first, made in kinds if not first)
        merge.update(tables.get("merge", {}))
        reasons.update(tables.get("reasons", {}))
    lexicon = load_lexicon(layers, lambda path, name, words: _filled(path, name, words, macros))
    for noun in lexicon.nouns:
        _check_noun(dimensions, scopes, noun)
    checked: tuple[Rule | Told, ...] = (*rules.values(), *told.values())
    for checked_entry in checked:
        _check(dimensions, checked_entry)
    for checked_entry in checked:
        if checked_entry.scope is not None and checked_entry.scope not in (*scopes, "person"):
            raise CodebookError(
                f"{FILE}: rule {checked_entry.name!r} has scope {checked_entry.scope!r}; name one of [scope] or 'person'."
            )
    return RelationRules(
        dimensions=dimensions,
        rules=tuple(rules.values()),
        told=tuple(told.values()),
        scopes=scopes,
        compatible=_compatible([_kinds(ontology, group) for group in merge.get("compatible", [])]),
        frequent=frozenset(kind.split("/")[0] for kind in _kinds(ontology, merge.get("frequent", []))),
        objects=tuple(frozenset(group) for group in merge.get("objects", [])),
        once=frozenset(merge.get("once", ())),
        answers=_pattern(Path(FILE), "reasons.answers", reasons.get("answers", NOTHING)),
        reasons=_pattern(Path(FILE), "reasons.inside", reasons.get("inside", NOTHING)),
        ontology=ontology,
        lexicon=lexicon,
        given=_pattern(Path(FILE), "reasons.given", reasons.get("given", NOTHING)),
    )


def _dimension(path: Path, name: str, entry: Mapping[str, Any]) -> Dimension:
    try:
        return Dimension(
            name=name,
            directed=bool(entry["directed"]),
            title=str(entry["title"]),
            unscoped=str(entry.get("unscoped", "")),
            values=dict(entry["values"]),
            near=_optional(path, name, entry.get("near")),
        )
    except KeyError as error:
        raise CodebookError(f"{path}: dimension {name!r} lacks {error.args[0]!r}; add it.") from error


def _rule(path: Path, entry: Mapping[str, Any]) -> Rule:
    name = str(entry.get("name", ""))
    _keys(path, f"rule {name!r}", entry, _RULE_KEYS, ("name", "dimension", "value", "of", "toward"))
    if entry["of"] not in _SIDES or entry["toward"] not in _SIDES:
        raise CodebookError(f"{path}: rule {name!r}: 'of' and 'toward' are 'actor' or 'recipient'.")
    return Rule(
        name=name,
        dimension=entry["dimension"],
        value=entry["value"],
        of=entry["of"],
        toward=entry["toward"],
        types=frozenset(entry.get("types", ())),
        modes=frozenset(entry.get("modes", ())),
        objects=frozenset(entry.get("objects", ())),
        words=_optional(path, name, entry.get("words")),
        also=_optional(path, name, entry.get("also")),
        unless=_optional(path, name, entry.get("unless")),
        factuality=frozenset(entry.get("factuality", ("happened",))),
        between=entry.get("between"),
        before=entry.get("before"),
        ends=tuple(entry.get("ends", ())),
        implies=tuple(sorted(entry.get("implies", {}).items())),
        scope=entry.get("scope"),
        clears=bool(entry.get("clears", False)),
        note=entry.get("note"),
    )


def _in_terms_of(ontology: Ontology, rule: Rule) -> Rule | None:
    """Return a rule with its types and modes as the ontology calls them, or None where it has none of them.

    A rule that asks for a mode is kept only for the modes that the ontology has or translates one by one: under a wider type
    it would take other acts for its own.
    """
    if not rule.types:
        return rule
    pairs = [(one, mode) for one in sorted(rule.types) for mode in (sorted(rule.modes) or (None,))]
    kinds = [kind for pair in pairs if ontology.keeps(*pair) and (kind := ontology.own(*pair)) is not None]
    if not kinds:
        return None
    modes = frozenset(mode for _, mode in kinds if mode is not None) if rule.modes else frozenset()
    return replace(rule, types=frozenset(one for one, _ in kinds), modes=modes)


def _kinds(ontology: Ontology, kinds: Sequence[str]) -> list[str]:
    """Return types and "TYPE/mode" as the ontology calls them, those that it does not have left out."""
    found: dict[str, None] = {}
    for kind in kinds:
        one, _, mode = kind.partition("/")
        own = ontology.own(one, mode or None)
        if own is not None:
            found[f"{own[0]}/{own[1]}" if own[1] in ontology.types[own[0]].modes else own[0]] = None
    return list(found)


def _told(path: Path, entry: Mapping[str, Any]) -> Told:
    name = str(entry.get("name", ""))
    _keys(path, f"told {name!r}", entry, _TOLD_KEYS, ("name", "dimension", "value", "words"))
    return Told(
        name=name,
        dimension=entry["dimension"],
        value=entry["value"],
        words=tuple(_pattern(path, name, _marked(words)) for words in entry["words"]),
        unless=None if entry.get("unless") is None else _pattern(path, name, _marked(entry["unless"])),
        agrees=frozenset(entry.get("agrees", ())),
        implies=tuple(sorted(entry.get("implies", {}).items())),
        stands=bool(entry.get("stands", False)),
        both=bool(entry.get("both", False)),
        scope=entry.get("scope"),
        around=_optional(path, name, entry.get("around")),
        weak=bool(entry.get("weak", False)),
        always=bool(entry.get("always", False)),
        decides=bool(entry.get("decides", False)),
    )


def _kind(
    path: Path, kind: Mapping[str, Any], ways: Mapping[str, Mapping[str, list[str]]], macros: Mapping[str, str]
) -> list[Told]:
    """Return the told entries that a kind spells out into; its own words may use the macros as well."""
    _keys(path, f"kind {kind.get('name', '')!r}", kind, _TOLD_KEYS | KIND_KEYS, ("name", "dimension", "value", "thing"))
    found = []
    for entry, own in spelled_out(path, kind, ways):
        filled = {name: _filled(path, str(entry["name"]), words, macros) for name, words in own.items()}
        found.append(_told(path, _with_macros(path, entry, {**macros, **filled})))
    return found


def _filled(path: Path, name: str, words: str, macros: Mapping[str, str]) -> str:
    """Put what the macros stand for in the place of their names."""

    def value(match: re.Match[str]) -> str:
        if match.group(1) not in macros:
            known = ", ".join(sorted(macros)) or "none yet"
            raise CodebookError(f"{path}: {name!r} uses {match.group()}, which [macros] does not define ({known}).")
        return macros[match.group(1)]

    return _MACRO.sub(value, words)


def _with_macros(path: Path, entry: Mapping[str, Any], macros: Mapping[str, str]) -> dict[str, Any]:
    filled = dict(entry)
    for key in ("words", "also", "unless", "around"):
        words = filled.get(key)
        if isinstance(words, str):
            filled[key] = _filled(path, str(entry.get("name", "")), words, macros)
        elif isinstance(words, list):
            filled[key] = [_filled(path, str(entry.get("name", "")), one, macros) for one in words]
    return filled


def _marked(words: str) -> str:
    """Put the patterns of marks in the place of `@of`, `@to` and `@`."""
    # a mark ends in no word character, so that a word boundary after it would never hold before a space; whoever acts stands
    # there itself and not as whose something is ("Kenya's") or behind a preposition ("with Kenya")
    words = words.replace("@of\\b", _NO_PREPOSITION + "@of(?!['’])").replace("@to\\b", "@to")
    numbers = {"of": count(), "to": count()}

    def group(match: re.Match[str]) -> str:
        # alternatives may name a side each: the groups are `of`, `of1`, `of2` ...
        number = next(numbers[match.group(1)])
        return rf"‹(?P<{match.group(1)}{number or ''}>\d+)›"

    return re.sub(r"@(of|to)", group, words).replace("@", r"‹\d+›")


def _keys(path: Path, what: str, entry: Mapping[str, Any], known: frozenset[str], needed: Sequence[str]) -> None:
    for key in entry:
        if key not in known:
            raise CodebookError(f"{path}: {what} has the unknown key {key!r}; use {', '.join(sorted(known))}.")
    for key in needed:
        if not entry.get(key):
            raise CodebookError(f"{path}: {what} lacks {key!r}; add it.")


def _check(dimensions: Mapping[str, Dimension], entry: Rule | Told) -> None:
    dimension = dimensions.get(entry.dimension)
    if dimension is None:
        raise CodebookError(
            f"{FILE}: {entry.name!r} names the dimension {entry.dimension!r}; define it or use {', '.join(dimensions)}."
        )
    for name, follows in entry.implies:
        if name not in dimensions or follows not in dimensions[name].values:
            raise CodebookError(f"{FILE}: {entry.name!r} implies {name} {follows!r}, which is no dimension and value.")
    for value in (entry.value, entry.before if isinstance(entry, Rule) else None):
        if value is not None and value not in dimension.values:
            values = ", ".join(dimension.values)
            raise CodebookError(f"{FILE}: {entry.name!r} has the value {value!r}; {entry.dimension} knows {values}.")


def _check_noun(dimensions: Mapping[str, Dimension], scopes: Mapping[str, str | re.Pattern[str]], noun: Noun) -> None:
    dimension = dimensions.get(noun.dimension)
    unknown = sorted(noun.values - set(dimension.values)) if dimension is not None else [noun.dimension]
    if unknown:
        raise CodebookError(f"{LEXICON}: noun {noun.name!r} leads to {unknown[0]!r}, which {FILE} does not know.")
    if noun.scope is not None and noun.scope not in scopes:
        raise CodebookError(f"{LEXICON}: noun {noun.name!r} has scope {noun.scope!r}; name one of [scope] of {FILE}.")


def _optional(path: Path, name: str, words: str | None) -> re.Pattern[str] | None:
    return None if words is None else _pattern(path, name, words)


def _pattern(path: Path, name: str, words: str) -> re.Pattern[str]:
    try:
        return re.compile(words, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise CodebookError(f"{path}: {name!r} has a pattern that can't be read ({error}); mend it.") from error


def _compatible(groups: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for kind in group:
            found[kind] = found.get(kind, frozenset({kind})) | frozenset(group)
    return found
