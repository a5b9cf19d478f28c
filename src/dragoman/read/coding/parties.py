"""Parties: which actor a word of the text means, directly or through what modifies it.

This is the coder's only door to mentions and actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dragoman.codebook import Codebook
from dragoman.errors import UnknownNameError
from dragoman.read.coding.phrases import QUANTITIES
from dragoman.record import Actor, Document, Ground, Mention, Parse
from dragoman.record.ids import make_id

_QUANTITIES = QUANTITIES | {"both", "all", "none", "each", "half", "tens", "unit", "any", "another", "other"}
_POLITICAL = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "REB", "UAF", "IGO", "NGO", "CRM", "ELI", "REL"}
)
_POLITICAL_WORDS = (
    frozenset({"leaders", "rebels", "rebel", "party", "coalition", "opposition", "militia", "militiamen", "guerrillas"})
    | frozenset(
        {"faction", "factions", "movement", "militants", "officials", "president", "government", "army", "forces"}
    )
    | frozenset({"troops", "insurgents", "separatists", "front", "ministers", "junta", "parliament", "regime"})
)
"""Words by which an actor that is only described is known to act in politics."""
_ANYBODY = frozenset(
    {"man", "woman", "suspect", "boy", "girl", "teenager", "youth", "driver", "gunman", "defendant", "victim"}
)
_PARTY_WORDS = frozenset(
    {
        "the", "party", "national", "democratic", "labour", "labor", "liberal", "conservative", "people",
        "republican", "social", "socialist", "communist", "green", "greens", "justice", "freedom", "union",
        "alliance", "front", "movement", "congress", "christian", "popular", "new", "united", "progressive",
        "democrats", "democrat", "democracy", "and", "of", "for", "workers", "radical", "centre", "center", "unity",
        "reform", "coalition",
    }
)  # fmt: skip
"""Words of which the names of parties in many states are made."""
_GROUND = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "centre",
        "center",
        "outskirts",
    }
    | {
        "suburb",
        "state",
        "part",
        "border",
        "coast",
        "camp",
        "valley",
        "republic",
        "jail",
        "prison",
        "parliament",
        "embassy",
    }
)
_PEOPLE_OF = ("of", "in", "from", "for", "to", "at", "with")
_THROUGH = frozenset({"amod", "compound", "nmod", "poss", "nounmod"})


@dataclass(slots=True)
class Parties:
    """Actors by token: `heads` leads from the head token of a mention to its actor, `inside` from every other token of it.

    `nested` are the known actors named inside a mention, by its head; `sets` the actors that one word means together ("the
    two countries"), `groups` the states that a number or plural pronoun takes up where the resolver leaves it. `actors` are the
    document's; `added` the states that only a place named and that became parties of an event.
    """

    parse: Parse
    codebook: Codebook
    heads: dict[int, str]
    inside: dict[int, str]
    actors: dict[str, Actor]
    pronouns: frozenset[int]
    nested: dict[int, tuple[str, ...]] = field(default_factory=dict)
    groups: dict[int, tuple[str, ...]] = field(default_factory=dict)
    added: dict[str, Actor] = field(default_factory=dict)
    sets: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def named(self, i: int) -> str | None:
        """Return the actor of the mention whose head is the token, or that holds it."""
        return self.heads.get(i) or self.inside.get(i)

    def of(self, i: int) -> tuple[str, ...]:
        """Return the actors that the phrase headed by a token means.

        Its own; where that is only a description without a state ("refugees"), or nothing, its modifiers', else behind "of" or
        "in", else the state that a place stands for, else the description.
        """
        together = self.sets.get(i) or self.groups.get(i)
        if together is not None:
            return together
        own = self.named(i)
        if own and self.is_known(own):
            return self._each_state(i, own)
        found = self._nested(i) or self._around(i) or self.place(i)
        if found or own is None:
            return found
        return (own,) if self._can_act(i, own) else ()

    def _each_state(self, i: int, own: str) -> tuple[str, ...]:
        """Return the states of people who are described together ("the ministers of Togo and Benin"), else the actor itself.

        Of bodies of several states ("Dutch and Polish jets") the one that the text's actor is stays, with the other states.
        """
        actor, token = self.actors[own], self.parse.tokens[i]
        if actor.anonymous and token.tag in {"NNS", "NNPS"}:
            states = [a for a in self._behind(i, ("of", "from")) if self.country(a)]
            if len(states) < 2:
                states = [a for c in self.parse.children[i] for a in self._modifier(c) if self.country(a)]
        elif actor.kind != "person" and actor.country is not None and token.pos == "NOUN":
            joined = [c for c in self.parse.children[i] if self.parse.tokens[c].dep in _THROUGH and self._joins(c)]
            states = [a for c in joined for a in self._modifier(c) if self.country(a)]
            states = [own if self.country(a) == actor.country else a for a in states]
        else:
            return (own,)
        distinct = {self.country(a): a for a in states}
        return tuple(distinct.values()) if len(distinct) > 1 else (own,)

    def _nested(self, i: int) -> tuple[str, ...]:
        """Return the known actors named inside a mention, but not the person whose kin or lawyer it means."""
        inside = self.nested.get(i, ())
        return tuple(a for a in inside if self.actors[a].kind != "person") if self._is_private(i) else inside

    def _around(self, i: int) -> tuple[str, ...]:
        tokens, children = self.parse.tokens, self.parse.children
        for child in children[i]:
            if tokens[child].dep == "appos" and self.is_person(child) and child in self.heads:
                return (self.heads[child],)
        if tokens[i].lemma.lower() in _QUANTITIES or tokens[i].pos == "NUM":
            behind = self._behind(i, ("of", "from", "in"))
            if behind:
                return behind
        found: list[str] = []
        for child in self._telling(i):
            if tokens[child].dep in _THROUGH:
                found.extend(self._modifier(child))
            elif tokens[child].dep == "appos" and child in self.heads:
                found.append(self.heads[child])
        found = [f for f in found if self.is_known(f)]
        if found:
            return tuple(dict.fromkeys(found))
        if tokens[i].dep == "appos" and tokens[i].head in self.heads:
            return (self.heads[tokens[i].head],)
        behind = self._behind(i, _PEOPLE_OF)
        return tuple(a for a in behind if self.actors[a].kind != "person") if self._is_private(i) else behind

    def _is_private(self, i: int) -> bool:
        """Tell whether a noun names the kin, friends, lawyers or foes of somebody, who are not that person."""
        return self.parse.tokens[i].lemma.lower() in self.codebook.frames.classes.get("private_people", frozenset())

    def _telling(self, i: int) -> Sequence[int]:
        """Return the words beside a noun that tell whose the people are that it names, those left out that do not.

        What they are by nation goes before whose they are or where ("their Afghan allies", "Miami's Cuban exiles"); the kin,
        friends and lawyers of somebody are not that person.
        """
        tokens, children = self.parse.tokens, self.parse.children[i]
        human = tokens[i].lemma.lower() in self.codebook.frames.people
        nations = [c for c in children if tokens[c].dep in {"amod", "nmod"} and tokens[c].ent == "NORP"]
        nations = [c for c in nations if self._modifier(c)]
        owners = [o for c in children if tokens[c].dep == "poss" and (o := self.named(c)) is not None]
        if self._is_private(i) and any(
            owner in self.actors and self.actors[owner].kind == "person" for owner in owners
        ):
            return nations
        if not nations or not human:
            return children
        beside = [c for c in children if tokens[c].dep in _THROUGH and c not in nations and not self._joins(c)]
        return [c for c in children if c not in beside]

    def _joins(self, i: int) -> bool:
        """Tell whether a word before a noun is coordinated with others ("French and German envoys")."""
        return any(self.parse.tokens[c].dep == "conj" for c in self.parse.children[i])

    def place(self, i: int) -> tuple[str, ...]:
        """Return the state in which the place named by a token lies, or nobody; only capitals and states are known."""
        token = self.parse.tokens[i]
        if token.pos not in {"PROPN", "ADJ"} or token.ent not in {"GPE", "LOC", "NORP", "ORG", "FAC", ""}:
            return ()
        if not token.ent and (token.pos != "PROPN" or not token.text[:1].isupper()):
            return ()
        words = [c for c in self.parse.children[i] if self.parse.tokens[c].dep == "compound"] + [i]
        name = " ".join(self.parse.tokens[w].text for w in words)
        for found in self.codebook.gazetteer.find(name):
            for entry in found.values:
                if entry.country and entry.kind != "body" and (token.ent or not entry.weak):
                    return (self.state(entry.country),)
        return ()

    def state(self, code: str) -> str:
        """Return the actor of a state, made where the text names it only as a place."""
        identity = make_id("actor", code)
        if identity not in self.actors:
            try:
                name = self.codebook.territories.get(code).name
            except UnknownNameError:
                name = code
            actor = Actor(
                id=identity,
                name=name,
                kind="state",
                country=code,
                sector="GOV",
                names=(name,),
                key=code,
                made_by="code",
            )
            self.actors[identity] = self.added[identity] = actor
        return identity

    def state_of_place(self, i: int) -> str | None:
        """Return the actor of the state in which the place named by a token lies, or None."""
        actor = self.heads.get(i)
        code = self.country(actor) if actor else None
        if code is not None:
            return self.state(code)
        return next(iter(self.place(i)), None)

    def settle(self, identity: str, code: str) -> str:
        """Let a described actor without a state act for this one; return it, or the state where it already acts for another."""
        actor = self.actors[identity]
        if actor.country not in {None, code}:
            return self.state(code)
        ground = Ground(of="country", why="the state in which an event that it takes part in takes place")
        self.actors[identity] = replace(actor, country=code, grounds=(*actor.grounds, ground))
        return identity

    def is_known(self, identity: str) -> bool:
        """Tell whether an actor acts for a state, is a body of its own, or a person or group with a name."""
        actor = self.actors.get(identity)
        if actor is None:
            return False
        return bool(actor.country or actor.key or actor.sector in {"IGO", "NGO"} or not actor.anonymous)

    def is_named(self, identity: str) -> bool:
        """Tell whether an actor has a name of its own, or is known to the codebook."""
        actor = self.actors.get(identity)
        return actor is not None and (actor.key is not None or not actor.anonymous)

    def is_political(self, identity: str) -> bool:
        """Tell whether an actor is a state, or acts in its politics: an office, a force, a movement, a body of states."""
        actor = self.actors.get(identity)
        if actor is None:
            return False
        if actor.kind == "state" or actor.sector in _POLITICAL:
            return True
        if actor.anonymous and actor.kind != "person" and _POLITICAL_WORDS & set(actor.name.lower().split()):
            return True
        return actor.country is not None and (actor.kind == "group" or (actor.sector is None and not actor.anonymous))

    def _can_act(self, i: int, identity: str) -> bool:
        """Tell whether a described actor is somebody that can act: not a report or a street."""
        actor = self.actors.get(identity)
        if actor is None:
            return False
        return actor.sector is not None or self.parse.tokens[i].lemma.lower() in self.codebook.frames.people

    def _modifier(self, i: int) -> list[str]:
        """The actors of a modifier, those coordinated with it ("French and German"), or its own possessor's."""
        if i >= 2 and self.parse.tokens[i - 1].text == "-" and self.parse.tokens[i - 2].text.lower() in {"anti", "pro"}:
            return []
        if i in self.groups:
            return list(self.groups[i])
        found = [self.named(i) or next(iter(self.place(i)), None)]
        through = {"conj"} if self.parse.tokens[i].ent == "PERSON" else {"conj", *_THROUGH}  # no state in a first name
        found += [self.named(c) for c in self.parse.children[i] if self.parse.tokens[c].dep in through]
        return [f for f in found if f]

    def _behind(self, i: int, prepositions: tuple[str, ...]) -> tuple[str, ...]:
        tokens = self.parse.tokens
        for name in prepositions:
            for child in self.parse.children[i]:
                if tokens[child].dep == "prep" and tokens[child].text.lower() == name:
                    heads = [g for g in self.parse.children[child] if tokens[g].dep == "pobj"]
                    if name not in {"of", "from"}:
                        # "the envoys in Chad", not "its aim in the talks with Chad"
                        heads = [g for g in heads if self.named(g) or self.place(g) or self._is_ground(g)]
                    found = [a for g in heads for a in self._spread(g)]
                    if found:
                        return tuple(dict.fromkeys(found))
        return ()

    def _is_ground(self, i: int) -> bool:
        """Tell whether a noun means people or a part of a state ("in the north of Chad")."""
        lemma = self.parse.tokens[i].lemma.lower()
        classes = self.codebook.frames.classes
        return (
            lemma in self.codebook.frames.people or lemma in classes.get("territory", frozenset()) or lemma in _GROUND
        )

    def _spread(self, i: int) -> list[str]:
        waiting, heads = [i], [i]
        while waiting:
            for child in self.parse.children[waiting.pop()]:
                if self.parse.tokens[child].dep == "conj":
                    heads.append(child)
                    waiting.append(child)
        return [a for h in sorted(heads) for a in self.of(h)]

    def together(self, i: int) -> tuple[str, ...]:
        """Return the actor of a name with those coordinated with it, each once."""
        return tuple(dict.fromkeys((self.heads[i], *self._spread(i)))) if i in self.heads else ()

    def of_all(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Return the actors of several phrases, each once, in text order."""
        return tuple(dict.fromkeys(a for i in heads for a in self.of(i)))

    def first_among(self, tokens: Iterable[int], beside: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the first known actors that some tokens name, with those coordinated, other than those given."""
        countries = {self.country(a) for a in beside} - {None}
        for j in tokens:
            actor = self.heads.get(j)
            if not actor or actor in beside or j in self.pronouns or not self.is_known(actor):
                continue
            if self.country(actor) not in countries:
                return tuple(dict.fromkeys(a for a in self._spread(j) if a not in beside))
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


def find_parties(document: Document, codebook: Codebook) -> Parties:
    """Return the actors by token of a document that has been parsed and whose mentions were resolved.

    Where mentions overlap, the longer one wins.
    """
    parse = document.parse
    assert parse is not None
    heads: dict[int, str] = {}
    inside: dict[int, str] = {}
    pronouns: set[int] = set()
    taken: dict[int, int] = {}
    nested: dict[int, list[str]] = {}
    sets: dict[int, list[str]] = {}
    spans: dict[int, tuple[int, int]] = {}
    known = {a.id: a for a in document.actors or ()}
    starts = {t.start: t.i for t in parse.tokens}
    for mention in sorted(document.mentions or (), key=lambda m: (m.start - m.end, m.start)):
        span = _tokens_of(parse, starts, mention)
        if not span:
            continue
        head = next((i for i in span if parse.tokens[i].head not in span or parse.tokens[i].head == i), span[-1])
        if (
            mention.how == "description"
            and parse.tokens[head].lemma.lower() in _ANYBODY
            and _is_official(mention, known)
        ):
            continue
        if head in heads:
            if spans[head] == (mention.start, mention.end):
                sets.setdefault(head, [heads[head]]).append(mention.actor)
            continue
        if any(i in taken for i in span) and head in inside:
            # a shorter name inside a longer one ("Israel" in "Israel Defence Forces") stays below it
            nested.setdefault(taken[head], []).append(mention.actor)
            continue
        heads[head] = mention.actor
        spans[head] = (mention.start, mention.end)
        if mention.how == "pronoun":
            pronouns.add(head)
        for i in span:
            if i != head and i not in heads:
                inside.setdefault(i, mention.actor)
            taken[i] = head
    parties = Parties(parse, codebook, heads, inside, _open_generic(document), frozenset(pronouns))
    parties.sets.update({i: tuple(dict.fromkeys(found)) for i, found in sets.items()})
    parties.nested.update({i: tuple(a for a in found if parties.is_known(a)) for i, found in nested.items()})
    return parties


def _is_official(mention: Mention, actors: dict[str, Actor]) -> bool:
    """Tell whether a mention leads to somebody in office, whom no news calls "the man" or "the suspect"."""
    actor = actors.get(mention.actor)
    return actor is not None and bool(actor.offices) and not actor.anonymous


def _open_generic(document: Document) -> dict[str, Actor]:
    """Return the actors, those parties left without a state whose plain name many states know and whose state no other names.

    "The National Party" in a text that never names South Africa is another country's.
    """
    actors = {actor.id: actor for actor in document.actors or ()}
    named = {a.country for a in actors.values() if a.kind != "person" and not _is_generic(a)}
    return {
        identity: replace(actor, country=None) if _is_generic(actor) and actor.country not in named else actor
        for identity, actor in actors.items()
    }


def _is_generic(actor: Actor) -> bool:
    return actor.sector == "PTY" and set(actor.name.lower().replace("'s", "").split()) <= _PARTY_WORDS


def _tokens_of(parse: Parse, starts: dict[int, int], mention: Mention) -> range:
    first = starts.get(mention.start)
    if first is None:
        return parse.tokens_within(mention.start, mention.end)
    last = first
    while last < len(parse.tokens) and parse.tokens[last].end <= mention.end:
        last += 1
    return range(first, last)
