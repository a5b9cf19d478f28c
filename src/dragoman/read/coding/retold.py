"""Retold: the same act in two words of a text.

"The raid" of a later sentence is no second raid, and "a bombing that killed nine" is one act: its deed and its harm. What only
takes up an act told before is joined with it, or left out where the text says nothing of its own about it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.reading import Reading
from dragoman.record import Parse

_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_HARMED = frozenset(
    {"kill", "injure", "wound", "hurt", "maim", "leave", "claim", "die", "murder", "shoot", "damage", "destroy"}
)
"""Verbs of the harm that a deed does."""
_CLAUSES = frozenset({"relcl", "acl", "advcl"})
_INTO = frozenset({"in", "by", "during", "with", "from"})
_PARTS = frozenset(
    {"series", "wave", "spate", "round", "night", "day", "string", "campaign", "couple", "number", "pair"}
)


def is_its_harm(reading: Reading, one: Candidate, other: Candidate) -> bool:
    """Tell whether two words of a sentence tell one deed and the harm that it did ("a bombing that killed nine")."""
    parse = reading.parse
    if one.type != other.type or one.factuality != other.factuality or one.sentence != other.sentence:
        return False
    for verb, deed in ((one, other), (other, one)):
        token = parse.tokens[verb.trigger]
        if token.pos == "VERB" and not verb.nominal and _agree(reading, verb, deed):
            harms = token.lemma.lower() in _HARMED
            if deed.nominal and (
                _is_subject(parse, verb.trigger, deed.trigger) or (harms and _is_tied(parse, verb, deed))
            ):
                return True
            if harms and not deed.nominal and _ends_in(parse, verb.trigger, deed.trigger):
                return True
    return False


def _whole(parse: Parse, noun: int) -> set[int]:
    """Return a noun and the one that counts it ("a series of raids")."""
    of = parse.tokens[noun].head
    counted = parse.tokens[noun].dep == "pobj" and parse.tokens[of].text.lower() == "of"
    counting = parse.tokens[of].head
    return {noun, counting} if counted and parse.tokens[counting].lemma.lower() in _PARTS else {noun}


def _is_subject(parse: Parse, verb: int, noun: int) -> bool:
    """Tell whether a deed does what a verb says ("the suicide bomber blew himself up", "a night of raids killed nine")."""
    return any(parse.tokens[c].dep == "nsubj" and c in _whole(parse, noun) for c in parse.children[verb])


def _is_tied(parse: Parse, verb: Candidate, deed: Candidate) -> bool:
    """Tell whether harm is told in a clause on its deed, or as done in it ("a bombing that killed", "killed in a bombing")."""
    tokens, children = parse.tokens, parse.children
    whole = _whole(parse, deed.trigger)
    above = {deed.carrier} if deed.carrier is not None else set()
    by = [c for c in children[deed.trigger] if tokens[c].text.lower() == "by"]
    above |= {g for c in by for g in children[c]}  # parsers hang the clause on the nearer noun
    if tokens[verb.trigger].dep in _CLAUSES and tokens[verb.trigger].head in whole | above:
        return True
    under = [
        c for c in children[verb.trigger] if tokens[c].dep in {"agent", "prep"} and tokens[c].text.lower() in _INTO
    ]
    return any(tokens[g].dep == "pobj" and g in whole for c in under for g in children[c])


def _ends_in(parse: Parse, harm: int, deed: int) -> bool:
    """Tell whether a verb of harm tells how another deed ended: "opened fire, killing three", "set off a bomb that killed"."""
    tokens = parse.tokens
    head = tokens[harm].head
    if tokens[harm].dep == "advcl" and tokens[harm].tag == "VBG":
        return head == deed
    return tokens[harm].dep in {"relcl", "acl"} and tokens[head].dep == "dobj" and tokens[head].head == deed


def _agree(reading: Reading, one: Candidate, other: Candidate) -> bool:
    """Tell whether no role that both fill is filled by others."""
    parties = reading.parties
    for mine, theirs in ((one.cast.actors, other.cast.actors), (one.cast.recipients, other.cast.recipients)):
        here, there = ({parties.country(a) or a for a in side} for side in (mine, theirs))
        if here and there and not here & there:
            return False
    return True


def without_retold(reading: Reading, groups: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    """Leave out what only takes up an act of its type told before: "the attacks", with no party, day or place of its own."""
    kept: list[list[Candidate]] = []
    for group in groups:
        only = group[0]
        if len(group) == 1 and _takes_up(reading, only):
            told = [c for g in groups if g is not group for c in g if c.trigger < only.trigger]
            if any(c.type == only.type and c.factuality == "happened" for c in told):
                continue
        kept.append(group)
    return kept


def _takes_up(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether a noun points back and names nobody itself."""
    parse = reading.parse
    tokens, children = parse.tokens, parse.children
    noun = candidate.trigger
    if not candidate.nominal or candidate.factuality != "happened":
        return False
    if candidate.cast.actors and not candidate.cast.actors_by:
        return False  # its sentence says who did it
    if not any(tokens[c].dep == "det" and tokens[c].text.lower() in _POINTING for c in children[noun]):
        return False
    aside = {j for c in children[noun] if tokens[c].dep in {"relcl", "acl"} for j in parse.subtree(c)}
    own = [j for j in parse.subtree(noun) if j not in aside and j != noun]
    if any(j in reading.parties.heads or tokens[j].ent in {"GPE", "NORP", "DATE", "LOC", "ORG", "PERSON"} for j in own):
        return False
    return not (candidate.carrier is not None and any(tokens[c].dep == "nsubj" for c in children[candidate.carrier]))
