"""Roles: who is actor and who recipient of a frame that fired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.read.coding.grammar import OBJECT_CONTROL, verb_slots
from dragoman.read.coding.match import Match
from dragoman.read.coding.parties import Parties
from dragoman.record import Parse

_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
"""Types whose recipient may stand anywhere in what is said, when its own slots are empty."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors and recipients of an event, each once, in text order."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def everyone(self) -> tuple[str, ...]:
        """All of them, actors first."""
        return tuple(dict.fromkeys((*self.actors, *self.recipients)))


def cast_of(match: Match, parse: Parse, parties: Parties) -> Cast:
    """Return who takes part in an event; empty where the text names nobody."""
    roles = match.frame.roles
    nominal = match.part != "verb"
    actor_slots = roles.noun_actor if match.part == "noun" else roles.actor
    recipient_slots = roles.noun_recipient if match.part == "noun" else roles.recipient
    if roles.together:
        together = _all(match, parse, parties, actor_slots)
        if recipient_slots:
            return Cast(together, _first(match, parse, parties, recipient_slots, frozenset(together)))
        return Cast(together, ())
    actors = _first(match, parse, parties, actor_slots, frozenset())
    recipients = _first(match, parse, parties, recipient_slots, frozenset(actors))
    if not recipients and match.frame.type in _SPOKEN and recipient_slots:
        recipients = _anywhere(match, parse, parties, frozenset(actors))
    if not recipients and not nominal and actors and "object" in recipient_slots:
        # "Burmese troops burned a Burmese village": an act of a state on its own people
        own = parties.of_all(match.slots.get(parse, "object"))
        recipients = tuple(a for a in own if parties.country(a))
    return Cast(actors, recipients)


def _heads(match: Match, parse: Parse, slot: str) -> Sequence[int]:
    if slot == "content_subject":
        return [s for c in match.slots.content for s in _subjects(parse, c, match.trigger)]
    return match.slots.get(parse, slot)


def _subjects(parse: Parse, root: int, trigger: int) -> list[int]:
    slots = verb_slots(parse, root)
    heads = slots.filled.get("object" if slots.passive else "subject", [])
    lemma = parse.tokens[trigger].lemma
    if not any(parse.tokens[c].dep in {"nsubj", "nsubjpass", "csubj"} for c in parse.children[root]):
        return heads if lemma in OBJECT_CONTROL else []
    return heads


def _first(
    match: Match, parse: Parse, parties: Parties, slots: Sequence[str], beside: frozenset[str]
) -> tuple[str, ...]:
    countries = {parties.country(a) for a in beside} - {None}
    for slot in slots:
        if slot == "content":
            found = tuple(a for c in match.slots.content for a in parties.first_below(c, beside))
        else:
            found = parties.of_all(_heads(match, parse, slot))
        found = tuple(a for a in found if a not in beside)
        foreign = tuple(a for a in found if parties.country(a) is None or parties.country(a) not in countries)
        if foreign:
            return foreign if beside else found
    return ()


def _all(match: Match, parse: Parse, parties: Parties, slots: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for slot in slots:
        if slot in {"around", "modifier"} and len(found) > (slot == "around"):
            continue
        for actor in parties.of_all(_heads(match, parse, slot)):
            found[actor] = None
    return tuple(found)


def _anywhere(match: Match, parse: Parse, parties: Parties, beside: frozenset[str]) -> tuple[str, ...]:
    countries = {parties.country(a) for a in beside} - {None}
    heads = [*match.slots.get(parse, "object"), *match.slots.content]
    for name, filled in match.slots.filled.items():
        if name in {"for", "over", "of", "against", "to", "on", "about", "with"}:
            heads.extend(filled)
    for head in heads:
        for j in parse.subtree(head):
            actor = parties.heads.get(j)
            if actor and actor not in beside and parties.country(actor) not in countries:
                return (actor,)
    return ()
