"""Echo: an act that is told only by likening it to the one before ("two days later Niger followed suit", "Kyiv did the same").

The words name no act of their own, so that no frame fires: type, mode and object are those of the main event before, the actor
is the clause's subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.read.coding.assemble import depth_of
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.grammar import verb_slots
from dragoman.read.coding.reading import Reading
from dragoman.read.coding.roles import Cast
from dragoman.read.factuality import factuality
from dragoman.record import Sentence

_FOLLOWED = frozenset({"suit", "example", "lead"})
_SAME = frozenset({"same", "likewise"})
_BACK = 2
"""Sentences before its own in which the act that is echoed may stand."""
_SURE = 0.5


def echoes(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the events of clauses that liken an act to the last one told, by another actor."""
    found = []
    for sentence in reading.parse.sentences:
        verb = _likening(reading, sentence)
        if verb is not None:
            echo = _echo(reading, sentence, verb, candidates)
            if echo is not None:
                found.append(echo)
    return found


def _likening(reading: Reading, sentence: Sentence) -> int | None:
    """Return the verb of a sentence that likens what its subject did: "followed suit", "did the same", "followed"."""
    tokens, children = reading.parse.tokens, reading.parse.children
    for i in range(sentence.first, sentence.last):
        if tokens[i].pos != "VERB":
            continue
        below = {tokens[c].lemma.lower() for c in children[i] if tokens[c].dep in {"dobj", "advmod"}}
        if (tokens[i].lemma == "follow" and below & _FOLLOWED) or (tokens[i].lemma == "do" and below & _SAME):
            return i
        objects = [c for c in children[i] if tokens[c].dep == "dobj" and tokens[c].ent not in {"TIME", "DATE"}]
        subjects = [c for c in children[i] if tokens[c].dep == "nsubj" and tokens[c].ent == "GPE"]
        if tokens[i].lemma == "follow" and tokens[i].tag == "VBD" and subjects and not objects:
            return i  # "Bahrain followed hours later"
    return None


def _echo(reading: Reading, sentence: Sentence, verb: int, candidates: Sequence[Candidate]) -> Candidate | None:
    parse, parties = reading.parse, reading.parties
    actors = tuple(
        a for a in parties.of_all(verb_slots(parse, verb).filled.get("subject", [])) if parties.is_political(a)
    )
    own = {parties.country(a) or a for a in actors}
    before = [
        c
        for c in candidates
        if 0 <= sentence.i - c.sentence <= _BACK
        and c.trigger < verb
        and c.factuality == "happened"
        and c.cast.actors
        and reading.codebook.ontology.within("deeds", c.type, c.mode)
    ]
    # the main event of the nearest sentence that has one
    act = min(before, key=lambda c: (-c.sentence, c.depth, c.trigger), default=None)
    if act is None or not actors or own & {parties.country(a) or a for a in act.cast.actors}:
        return None
    recipients = tuple(a for a in act.cast.recipients if (parties.country(a) or a) not in own)
    when = reading.dates.of(verb, None)
    verdict = factuality(parse, verb, reading.codebook.factuality, when, reading.published)
    return replace(
        act,
        rule="echo",
        words=(verb,),
        trigger=verb,
        carrier=None,
        nominal=False,
        cast=Cast(actors, recipients, recipients_by="story"),
        sentence=sentence.i,
        depth=depth_of(parse, verb),
        sure=_SURE,
        factuality=verdict.factuality,
        reason=verdict.reason,
        kind=verdict.kind,
        historical=verdict.historical,
        when=when,
        because=[],
        reported_by=(),
        match=None,
        why=(f"likened to {parse.tokens[act.trigger].text!r}",),
    )
