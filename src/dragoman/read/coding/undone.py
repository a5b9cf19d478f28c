"""Undone: which of the acts that were not done belong on the record.

A record wants what somebody means to do, tries, offers or is said to be about to do, and what somebody named did not do. It
does not want what a writer supposes, fears or asks, what somebody has the power to do, what a force is sent for, or what
nobody named might do. Between two states more counts: what one may do to the relation with the other is news by itself.
"""

from __future__ import annotations

from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.reading import Reading

_TALK = frozenset({"purpose", "idle", "asked", "imperative"})
"""Sorts of cue after which nothing is reported, whoever takes part."""
_OPINION = frozenset({"condition", "duty", "determiner", "assessed", "ability", "belief"})
"""Sorts of cue of one who supposes, advises or judges: only an act on the relation of two states counts after them."""
_TRIED = frozenset({"try", "tried", "tries", "trying", "attempt", "attempts", "attempted", "attempting", "bid"})


def untold(candidate: Candidate, reading: Reading) -> str:
    """Return why an act that was not done is not worth a line, in words, or "" (also for what happened)."""
    if candidate.factuality == "happened":
        return ""
    parties = reading.parties
    cast = candidate.cast
    sides = {parties.country(a) or a for a in cast.everyone if parties.is_political(a)}
    between = len(sides) > 1
    relation = between and candidate.object is not None
    named = any(_is_named(a, reading) for a in cast.actors)
    if candidate.factuality == "future":
        return "" if cast.everyone else "nobody is named who is to do it"
    if candidate.factuality == "negated":
        named = named or (bool(cast.recipients) and candidate.object is not None)
        return _undenied(candidate, reading, relation=relation, named=named, between=between)
    if candidate.kind == "purpose" and reading.codebook.ontology.is_act("protest", candidate.type, candidate.mode):
        return ""  # "gathered to protest": they did
    if candidate.kind in _TALK:
        return f"it is only what {candidate.reason!r} is about"
    if candidate.kind in _OPINION and not (relation or (between and candidate.kind == "condition")):
        return f"it is only what {candidate.reason!r} supposes"
    tried = bool(set(candidate.reason.lower().split()) & _TRIED)
    somebody = bool(cast.actors) and candidate.kind in {"possibility", "intent"}
    if not (named or between or somebody or (tried and cast.everyone)):
        return "nobody is named who may do it"
    return ""


def _undenied(candidate: Candidate, reading: Reading, *, relation: bool, named: bool, between: bool) -> str:
    """Return why what was not done is no denial, refusal or omission of somebody named, in words, or ""."""
    if candidate.kind == "ability" and not relation:
        return "it is only what nobody is able to do"
    if not (named or between):
        return "nobody is named who did not do it"
    ontology = reading.codebook.ontology
    if ontology.within("spoken", candidate.type, candidate.mode) and not between:
        return "nothing was said, and to nobody in particular"
    return ""


def _is_named(actor: str, reading: Reading) -> bool:
    """Tell whether an actor is a state, a body, or somebody with a name or an office who is known to act for one."""
    known = reading.parties.actors[actor]
    if known.offices and known.country is not None:
        return True  # "Chile's envoy"
    return not known.anonymous and (known.kind in {"state", "body", "group"} or bool(known.country or known.key))
