"""Phrases: what hangs together around one head, and the slots that are filled from it.

A slot is named for its place: `subject`, `object`, `iobject`, `poss`, `modifier`, a preposition (`against`, `with`), or one
place inside another (`object.to`: what follows "to" behind the object).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.record import Parse

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_MODIFIERS = frozenset({"amod", "compound", "nmod"})
_TIMES = frozenset({"DATE", "TIME"})
HOPS = 6
"""How many heads a missing subject is looked for above its verb: deeper chains are parser errors more often than control."""
_LIKE_ADJECTIVES = frozenset({"US", "U.S.", "U.S", "UK", "UN", "U.N.", "EU", "E.U.", "NATO", "UAE"})
QUANTITIES = frozenset(
    {
        "couple",
        "crowd",
        "dozen",
        "dozens",
        "eight",
        "five",
        "four",
        "group",
        "handful",
        "hundred",
        "hundreds",
        "kind",
        "lot",
        "majority",
        "many",
        "member",
        "million",
        "mission",
        "most",
        "nine",
        "number",
        "one",
        "pair",
        "part",
        "patch",
        "rest",
        "score",
        "scores",
        "series",
        "seven",
        "several",
        "six",
        "some",
        "team",
        "ten",
        "thousand",
        "thousands",
        "three",
        "two",
        "wave",
    }
)
"""Nouns and pronouns that only count what stands behind their "of"."""


@dataclass(slots=True)
class Slots:
    """The filled places around one trigger: heads of phrases by slot name, in text order.

    `content` are the roots of complement clauses; `passive` says that the trigger stands in the passive; `light` is the
    verb that carries a nominal trigger ("held" of "held talks"), or None.
    """

    trigger: int
    filled: dict[str, list[int]] = field(default_factory=dict)
    content: list[int] = field(default_factory=list)
    passive: bool = False
    light: int | None = None

    def add(self, name: str, heads: Iterable[int]) -> None:
        """Put phrase heads in a slot, each once."""
        there = self.filled.setdefault(name, [])
        there.extend(head for head in heads if head not in there)

    def get(self, parse: Parse, path: str) -> list[int]:
        """Return the heads in a slot; a path such as `object.to` looks behind the phrases of its first part."""
        name, _, rest = path.partition(".")
        heads = self.filled.get(name, [])
        if not rest:
            return heads
        return [found for head in heads for found in phrase_slot(parse, head, rest)]


def coordinated(parse: Parse, head: int) -> list[int]:
    """Return a phrase head and all that is coordinated with it, in text order."""
    found, waiting = [head], [head]
    while waiting:
        for child in parse.children[waiting.pop()]:
            if parse.tokens[child].dep == "conj" and parse.tokens[child].pos in {*NOMINAL, "ADJ"}:
                found.append(child)
                waiting.append(child)
    return sorted(found)


def phrase_slot(parse: Parse, head: int, name: str) -> list[int]:
    """Return what stands in one place of a noun phrase: `poss`, `modifier` or behind a preposition, or further on a path."""
    name, _, rest = name.partition(".")
    if rest:
        return [found for first in phrase_slot(parse, head, name) for found in phrase_slot(parse, first, rest)]
    if name == "poss":
        return [g for c in parse.children[head] if parse.tokens[c].dep == "poss" for g in coordinated(parse, c)]
    if name == "modifier":
        return [g for c in parse.children[head] if parse.tokens[c].dep in _MODIFIERS for g in coordinated(parse, c)]
    return [g for c in parse.children[head] if _is_preposition(parse, c, name) for g in objects_of(parse, c)]


def _is_preposition(parse: Parse, i: int, name: str) -> bool:
    token = parse.tokens[i]
    return token.dep in {"prep", "agent", "dative"} and token.text.lower() == name


def objects_of(parse: Parse, preposition: int) -> list[int]:
    """Return the heads that a preposition governs, through a second preposition where there is one ("out of Chad")."""
    found = []
    for child in parse.children[preposition]:
        dep = parse.tokens[child].dep
        if dep in {"pobj", "pcomp"} and parse.tokens[child].pos not in VERBAL:
            if parse.tokens[child].ent not in _TIMES:
                found.extend(coordinated(parse, child))
        elif dep == "prep":
            found.extend(objects_of(parse, child))
    return found


def is_passive(parse: Parse, verb: int) -> bool:
    """Tell whether a verb stands in the passive: with an auxiliary, as a reduced relative, or coordinated with such."""
    tokens, children = parse.tokens, parse.children
    if any(tokens[c].dep in {"auxpass", "nsubjpass", "csubjpass"} for c in children[verb]):
        return True
    token = tokens[verb]
    if token.tag != "VBN":
        return False
    if any(tokens[c].dep in {"aux", "nsubj"} for c in children[verb]):
        return False
    if token.dep in {"acl", "amod"}:
        return True
    if token.dep == "advcl":
        return not any(tokens[c].dep == "dobj" for c in children[verb])
    return token.dep == "conj" and tokens[token.head].pos in VERBAL and is_passive(parse, token.head)


def is_nonfinite(parse: Parse, verb: int) -> bool:
    """Tell whether a verb is an infinitive or gerund without an auxiliary."""
    tokens = parse.tokens
    if tokens[verb].tag not in {"VB", "VBG"}:
        # "that he be examined"
        forms = {tokens[c].tag for c in parse.children[verb] if tokens[c].dep in {"aux", "auxpass"}}
        return tokens[verb].tag == "VBN" and forms == {"VB"}
    return not any(tokens[c].dep in {"aux", "auxpass"} and tokens[c].tag != "TO" for c in parse.children[verb])


def explicit_subjects(parse: Parse, verb: int) -> list[int]:
    """Return the subjects and possessors that stand in a verb's or noun's own clause, with what is coordinated."""
    return [
        g
        for c in parse.children[verb]
        if parse.tokens[c].dep in SUBJECT or parse.tokens[c].dep in PASSIVE_SUBJECT or parse.tokens[c].dep == "poss"
        for g in coordinated(parse, c)
    ]


def is_definite(parse: Parse, noun: int) -> bool:
    """Tell whether a noun is somebody's or a known one: "called a strike" carries it, "called the strike unjust" judges it."""
    return any(
        parse.tokens[c].dep == "poss" or parse.tokens[c].text.lower() in {"the", "this", "that", "these", "those"}
        for c in parse.children[noun]
    )


def is_of_nation(parse: Parse, i: int) -> bool:
    """Tell whether a word before a noun says of which nation it is, as an adjective or a short name used like one."""
    token = parse.tokens[i]
    return (token.ent == "NORP" and token.tag in {"JJ", "NNP", "NNPS"}) or token.text in _LIKE_ADJECTIVES
