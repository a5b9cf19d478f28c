"""Parties: which actor a word of the text means, directly or through what modifies it.

This is the coder's only door to mentions and actors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.record import Actor, Document, Mention, Parse

_QUANTITIES = frozenset(
    [
        "dozen",
        "dozens",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "number",
        "group",
        "score",
        "scores",
        "member",
        "lot",
        "majority",
        "some",
        "many",
        "team",
        "crowd",
        "handful",
        "series",
        "couple",
        "pair",
        "part",
        "rest",
        "kind",
        "most",
        "several",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "both",
        "all",
        "none",
        "each",
        "half",
        "tens",
        "units",
        "unit",
        "ten",
        "any",
        "another",
        "other",
        "others",
    ]
)
_PEOPLE_OF = ("of", "in", "from", "for", "to", "at", "with")
_THROUGH = frozenset({"amod", "compound", "nmod", "poss", "nounmod"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Actors by token: `heads` leads from the head token of a mention to its actor, `inside` from every other token of it."""

    parse: Parse
    heads: dict[int, str]
    inside: dict[int, str]
    actors: dict[str, Actor]
    pronouns: frozenset[int]

    def named(self, i: int) -> str | None:
        """Return the actor of the mention whose head is the token, or that holds it."""
        return self.heads.get(i) or self.inside.get(i)

    def of(self, i: int) -> tuple[str, ...]:
        """Return the actors that the phrase headed by a token means: its own, else its modifiers', else behind "of"."""
        own = self.named(i)
        if own:
            return (own,)
        tokens, children = self.parse.tokens, self.parse.children
        for child in children[i]:
            if tokens[child].dep == "appos" and self.is_person(child) and child in self.heads:
                return (self.heads[child],)
        if tokens[i].lemma.lower() in _QUANTITIES or tokens[i].pos == "NUM":
            behind = self._behind(i, ("of", "from", "in"))
            if behind:
                return behind
        found: list[str] = []
        for child in children[i]:
            if tokens[child].dep in _THROUGH:
                found.extend(self._modifier(child))
            elif tokens[child].dep == "appos" and child in self.heads:
                found.append(self.heads[child])
        if found:
            return tuple(dict.fromkeys(found))
        if tokens[i].dep == "appos" and tokens[i].head in self.heads:
            return (self.heads[tokens[i].head],)
        return self._behind(i, _PEOPLE_OF)

    def _modifier(self, i: int) -> list[str]:
        """The actors of a modifier, those coordinated with it ("French and German"), or its own possessor's."""
        found = [self.named(i)]
        found += [self.named(c) for c in self.parse.children[i] if self.parse.tokens[c].dep in {"conj", *_THROUGH}]
        return [f for f in found if f]

    def _behind(self, i: int, prepositions: tuple[str, ...]) -> tuple[str, ...]:
        tokens = self.parse.tokens
        for name in prepositions:
            for child in self.parse.children[i]:
                if tokens[child].dep == "prep" and tokens[child].text.lower() == name:
                    found = [a for g in self.parse.children[child] if tokens[g].dep == "pobj" for a in self._spread(g)]
                    if found:
                        return tuple(dict.fromkeys(found))
        return ()

    def _spread(self, i: int) -> list[str]:
        waiting, heads = [i], [i]
        while waiting:
            for child in self.parse.children[waiting.pop()]:
                if self.parse.tokens[child].dep == "conj":
                    heads.append(child)
                    waiting.append(child)
        return [a for h in sorted(heads) for a in self.of(h)]

    def of_all(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Return the actors of several phrases, each once, in text order."""
        return tuple(dict.fromkeys(a for i in heads for a in self.of(i)))

    def first_below(self, i: int, beside: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the first actors named anywhere below a token, other than those given."""
        for j in self.parse.subtree(i):
            actor = self.heads.get(j)
            if actor and actor not in beside and j not in self.pronouns:
                return (actor,)
        return ()

    def country(self, actor: str) -> str | None:
        """Return the code of the state that an actor acts for, or None."""
        return self.actors[actor].country if actor in self.actors else None

    def is_person(self, i: int) -> bool:
        """Tell whether a token heads the name or office of a person."""
        actor = self.named(i)
        if actor is not None and actor in self.actors:
            return self.actors[actor].kind == "person"
        return self.parse.tokens[i].ent == "PERSON"


def find_parties(document: Document) -> Parties:
    """Return the actors by token of a document that has been parsed and whose mentions were resolved.

    Where mentions overlap, the longer one wins.
    """
    parse = document.parse
    assert parse is not None
    heads: dict[int, str] = {}
    inside: dict[int, str] = {}
    pronouns: set[int] = set()
    taken: dict[int, int] = {}
    starts = {t.start: t.i for t in parse.tokens}
    for mention in sorted(document.mentions or (), key=lambda m: (m.start - m.end, m.start)):
        span = _tokens_of(parse, starts, mention)
        if not span:
            continue
        head = next((i for i in span if parse.tokens[i].head not in span or parse.tokens[i].head == i), span[-1])
        if head in heads:
            continue
        if any(i in taken for i in span) and head in inside:
            # a shorter name inside a longer one ("Israel" in "Israel Defence Forces") stays below it
            continue
        heads[head] = mention.actor
        if mention.how == "pronoun":
            pronouns.add(head)
        for i in span:
            if i != head and i not in heads:
                inside.setdefault(i, mention.actor)
            taken[i] = head
    return Parties(parse, heads, inside, {a.id: a for a in document.actors or ()}, frozenset(pronouns))


def _tokens_of(parse: Parse, starts: dict[int, int], mention: Mention) -> range:
    first = starts.get(mention.start)
    if first is None:
        return parse.tokens_within(mention.start, mention.end)
    last = first
    while last < len(parse.tokens) and parse.tokens[last].end <= mention.end:
        last += 1
    return range(first, last)
