"""Frames: which words mean which event, and who has which part in it. Data in the folder `frames`, one file a type
(`diplomacy.toml` holds the acts of embassies and ministries, each with its own).

A file names its `type` and holds `[[frame]]` tables:

    id          unique; a later layer's frame of the same id replaces it
    verbs       lemmas; words behind the first must stand below it ("break off", "call on", "take hostage")
    nouns       lemmas; words before the last must modify it ("air strike"); "state of emergency" begins with its head
    adjectives  lemmas said of somebody ("opposed" with the slot `to`)
    type, mode  PLOVER's; type "NONE" makes the words no event (an exclusion)
    roles       a pattern from `roles.toml`; `actor` and `recipient` (lists of slots) override its lists
    where       slot → what must stand there: lemmas, `@class` (from `classes.toml`), `#actor`, `#place`, `#person`
    unless      the same, what must not stand there
    needs       what must be there for the frame to count: `actor`, `recipient`, `actor_or_recipient`, `pair` (two parties),
                `foreign` (political parties of two states),
                `content` (a complement clause), `object` (an object, or a complement clause with a subject of its own)
    content     true: what it is about (a clause or noun in `about`) gives the mode and is no event of its own
    about       slots whose nouns are such content (default: object, for, to, of)
    object      what was acted on, for the relation rules ("ambassador")
    contexts    PLOVER contexts
    voice       `active` or `passive`: the only voice in which it counts
    future      the type that it becomes when it is announced for the future; default: the ontology's
    shared      the type that it is when actors of two states do it together
    sure        0..1, how often the words mean this (default 0.8 for verbs, 0.7 for nouns and adjectives)
    examples    own sentences in which it fires; <actor> and [recipient] mark the parts

A slot may name alternatives (`object|from`). `*` is anything at all. `where` also knows the slots `any` (the trigger's clause),
`sentence` (any lemma of the sentence), `verb` (the light verb that carries a noun), `content` (the verbs of a complement
clause) and `content_form` (`to`, `that`, `ing`; of a clause of "that" also `subjunctive` where it tells what is to be, `fact`
where it tells what is). Of places, `content_holder` is whose territory or base the complement clause uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.codebook.load import read_toml
from dragoman.codebook.plover import Ontology, load_ontology
from dragoman.errors import CodebookError

FOLDER = "frames"
CLASSES, ROLES = "classes.toml", "roles.toml"
NO_EVENT = "NONE"
SPECIAL_WORDS = frozenset({"#actor", "#place", "#person", "#name", "#own", "#pronoun", "#subject"})
"""What a condition can ask for beside words: an actor, a place, a person, a name that is neither, one's own."""
FRAME_KEYS = frozenset(
    [
        "id",
        "verbs",
        "nouns",
        "adjectives",
        "type",
        "mode",
        "roles",
        "actor",
        "recipient",
        "where",
        "unless",
        "needs",
        "content",
        "about",
        "object",
        "contexts",
        "future",
        "sure",
        "examples",
        "note",
        "voice",
        "shared",
    ]
)
_MISREAD = {
    "axe": "ax",
    "cordon": "cordone",
    "dine": "din",
    "fine": "fin",
    "fulfill": "fulfil",
    "install": "instal",
    "lambaste": "lambast",
    "pipe": "pip",
    "rape": "rap",
    "resupply": "resupplie",
    "slate": "slat",
    "snipe": "snip",
    "spare": "spar",
    "stage": "stag",
    "wage": "wag",
}
"""Verbs whose inflected forms the parser's lemmatizer takes for other words ("waged" for a form of "wag")."""
_DEFAULT_ABOUT = ("object", "for", "to", "of")
_PEOPLE = ("person", "captive", "force_unit", "militia_unit", "police_unit", "official_post", "citizenry", "court")
_SURE_VERB, _SURE_NOUN = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Roles:
    """Slots in which actor and recipient are looked for, first filled first; `together` makes all of them actors."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    noun_actor: tuple[str, ...]
    noun_recipient: tuple[str, ...]
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame, as the module's docstring describes its fields."""

    id: str
    type: str
    mode: str | None
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    roles: Roles
    where: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]
    needs: frozenset[str]
    content: bool
    about: tuple[str, ...]
    object: str | None
    contexts: tuple[str, ...]
    voice: str | None
    future: str | None
    shared: str | None
    sure: float | None
    examples: tuple[str, ...]
    file: str

    def confidence(self, part: str) -> float:
        """Return how often a trigger of that part of speech ("verb", "noun", "adjective") means this event."""
        return self.sure if self.sure is not None else (_SURE_VERB if part == "verb" else _SURE_NOUN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A frame under one of its triggers: `others` are the words that must stand with the head lemma."""

    frame: Frame
    others: tuple[str, ...]

    @property
    def specificity(self) -> tuple[bool, int, int, int]:
        """The more an entry asks for, the earlier it is tried: exclusions first, then words and conditions."""
        asked = 2 * len(self.others) + 2 * len(self.frame.where)
        return self.frame.type == NO_EVENT, asked, len(self.others), len(self.frame.unless)


@dataclass(frozen=True, slots=True)
class FrameTable:
    """All frames, indexed by head lemma, the most specific entry first; `light` are the verbs that carry event nouns,
    `receiving` those whose subject meets with what the noun names."""

    frames: Mapping[str, Frame]
    classes: Mapping[str, frozenset[str]]
    light: frozenset[str]
    receiving: frozenset[str]
    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, tuple[Entry, ...]]
    people: frozenset[str] = field(default=frozenset())


def load_frames(layers: Sequence[Path]) -> FrameTable:
    """Return the frames of all layers, later ones laid over earlier; `CodebookError` names the first fault."""
    classes: dict[str, frozenset[str]] = {}
    roles: dict[str, Roles] = {}
    raw: dict[str, tuple[dict[str, Any], str]] = {}
    for path in frame_files(layers):
        table = read_toml(path)
        if path.name == CLASSES:
            classes.update({name: _class(name, words) for name, words in table.items()})
        elif path.name == ROLES:
            roles.update({name: _roles(entry) for name, entry in table.items()})
        else:
            for entry in table.get("frame", ()):
                if "id" not in entry:
                    raise CodebookError(f"{path}: a frame has no id; give each an id of its own.")
                raw[entry["id"]] = ({"type": table.get("type"), **entry}, str(path))
    ontology = load_ontology(layers)
    earlier = [layer / FOLDER for layer in layers[: layers.index(ontology.layer)]]
    frames = {}
    for name, (entry, file) in raw.items():
        kind = _kind(entry, file, ontology, left_out=Path(file).parent in earlier)
        if kind is not None:
            frames[name] = _frame({**entry, **kind}, roles, classes, file)
    return FrameTable(
        frames=frames,
        classes=classes,
        light=classes.get("light_verb", frozenset()) | classes.get("announcing_verb", frozenset()),
        receiving=classes.get("receiving_verb", frozenset()),
        verbs=_index((f, f.verbs) for f in frames.values()),
        nouns=_index(((f, f.nouns) for f in frames.values()), nominal=True),
        adjectives=_index((f, f.adjectives) for f in frames.values()),
        people=frozenset().union(*(classes.get(name, frozenset()) for name in _PEOPLE)),
    )


def _kind(entry: Mapping[str, Any], file: str, ontology: Ontology, *, left_out: bool) -> dict[str, Any] | None:
    """Return the keys of a frame that name types, in the ontology's terms.

    None for a frame whose type a replaced ontology neither has nor translates (`left_out`); elsewhere `CodebookError`.
    """
    if entry["type"] == NO_EVENT:
        return {}
    kind = ontology.own(str(entry["type"]), entry.get("mode"))
    if kind is None:
        if left_out:
            return None
        known = ", ".join(ontology.types)
        raise CodebookError(f"{file}: frame {entry['id']!r} has the type {entry['type']!r}; use one of {known}.")
    known_modes = ontology.types[kind[0]].modes
    found: dict[str, Any] = {"type": kind[0], "mode": kind[1] if kind[1] in known_modes else None}
    for key in ("future", "shared"):
        if entry.get(key):
            found[key] = (ontology.own(entry[key], None) or (None,))[0]
    found["contexts"] = [context for context in entry.get("contexts", ()) if context in ontology.contexts]
    return found


def frame_files(layers: Sequence[Path]) -> Iterator[Path]:
    """Yield the frame files: classes and roles of every layer first, then the frames, layer by layer in name order."""
    folders = [layer / FOLDER for layer in layers if (layer / FOLDER).is_dir()]
    for name in (CLASSES, ROLES):
        yield from (folder / name for folder in folders if (folder / name).is_file())
    for folder in folders:
        yield from (path for path in sorted(folder.glob("*.toml")) if path.name not in {CLASSES, ROLES})


def _class(name: str, words: Sequence[str]) -> frozenset[str]:
    """Return the words of a class; a class of verbs holds what the parser misreads them for as well."""
    misread = {_MISREAD[word] for word in words if word in _MISREAD} if name.endswith("_verb") else set()
    return frozenset({*words, *misread})


def _roles(entry: Mapping[str, Any]) -> Roles:
    actor, recipient = tuple(entry.get("actor", ())), tuple(entry.get("recipient", ()))
    return Roles(
        actor,
        recipient,
        tuple(entry.get("noun_actor", actor)),
        tuple(entry.get("noun_recipient", recipient)),
        bool(entry.get("together", False)),
    )


def _frame(
    entry: Mapping[str, Any], roles: Mapping[str, Roles], classes: Mapping[str, frozenset[str]], file: str
) -> Frame:
    unknown = sorted(set(entry) - FRAME_KEYS)
    if unknown:
        raise CodebookError(f"{file}: frame {entry['id']!r} has an unknown key {unknown[0]!r}; see the frame keys.")
    pattern = str(entry.get("roles", "acts_on"))
    if pattern not in roles:
        raise CodebookError(f"{file}: frame {entry['id']!r} names unknown roles {pattern!r}; use one of roles.toml.")
    base = roles[pattern]
    if "actor" in entry or "recipient" in entry:
        base = Roles(
            tuple(entry.get("actor", base.actor)),
            tuple(entry.get("recipient", base.recipient)),
            tuple(entry.get("actor", base.noun_actor)),
            tuple(entry.get("recipient", base.noun_recipient)),
            base.together,
        )
    return Frame(
        id=entry["id"],
        type=entry["type"],
        mode=entry.get("mode"),
        verbs=_spellings(entry.get("verbs", ())),
        nouns=_spellings(entry.get("nouns", ())),
        adjectives=_spellings(entry.get("adjectives", ())),
        roles=base,
        where=_conditions(entry, "where", classes, file),
        unless=_conditions(entry, "unless", classes, file),
        needs=frozenset(entry.get("needs", ())),
        content=bool(entry.get("content", False)),
        about=tuple(entry.get("about", _DEFAULT_ABOUT)),
        object=entry.get("object"),
        contexts=tuple(entry.get("contexts", ())),
        voice=entry.get("voice"),
        future=entry.get("future"),
        shared=entry.get("shared"),
        sure=entry.get("sure"),
        examples=tuple(entry.get("examples", ())),
        file=file,
    )


def _spellings(words: Sequence[str]) -> tuple[str, ...]:
    """Return the lemmas with both spellings of those in -ise or -ize and -isation or -ization, each once."""
    found: dict[str, None] = {}
    for word in words:
        head, _, rest = word.partition(" ")
        rest = " " + rest if rest else ""
        found[word] = None
        for one, other in (("ise", "ize"), ("ize", "ise"), ("isation", "ization"), ("ization", "isation")):
            if head.endswith(one) and len(head) > 5:
                found[head.removesuffix(one) + other + rest] = None
    return tuple(found)


def _conditions(
    entry: Mapping[str, Any], key: str, classes: Mapping[str, frozenset[str]], file: str
) -> dict[str, frozenset[str]]:
    """Return the slot conditions with classes spelled out; `#` conditions stay as they are."""
    found = {}
    for slot, wanted in entry.get(key, {}).items():
        words: set[str] = set()
        for word in wanted:
            if not word.startswith("@"):
                words.add(word)
            elif word[1:] in classes:
                words |= classes[word[1:]]
            else:
                raise CodebookError(
                    f"{file}: frame {entry['id']!r} names unknown class {word!r} under {key}.{slot}; add it to {CLASSES}."
                )
        found[slot] = frozenset(words)
    return found


def _index(
    triggers: Iterator[tuple[Frame, tuple[str, ...]]] | Any, *, nominal: bool = False
) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for frame, phrases in triggers:
        for phrase in phrases:
            words = phrase.split()
            if words[0] == "not":  # the verb is the head, its negation stands below it
                words = [*words[1:], "not"]
            at = len(words) - 1 if nominal and not {"of", "for"} & set(words) else 0
            entry = Entry(frame, tuple(words[:at] + words[at + 1 :]))
            found.setdefault(words[at], []).append(entry)
            if not nominal and words[at] in _MISREAD:
                found.setdefault(_MISREAD[words[at]], []).append(entry)
    return {head: tuple(sorted(entries, key=lambda e: e.specificity, reverse=True)) for head, entries in found.items()}
