"""Confidence: what is known of an event that tells how often its like is right. The weights are the codebook's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.reading import Reading

_LONG = 40
"""Tokens from which a sentence is long: beyond, the parse goes astray more often."""
_CROWD = 4
"""States named in a sentence from which parties are often taken for one another."""
_SURE_LEAST, _SURE_MOST = 0.05, 0.95


def confidence_of(group: Sequence[Candidate], reading: Reading) -> float:
    """Return the share of events like this one that are right; `group` are its reports, of which the best told counts."""
    calibration = reading.codebook.confidence
    again = len(group) > 1
    return max(
        calibration.share(
            sure=min(_SURE_MOST, max(_SURE_LEAST, candidate.sure)),
            event_type=candidate.type,
            rule=candidate.rule,
            features=frozenset(features_of(candidate, reading, told_again=again)),
        )
        for candidate in group
    )


def features_of(candidate: Candidate, reading: Reading, *, told_again: bool) -> Iterator[str]:
    """Yield the names of the features of `codebook/confidence.py` that hold of a report of an event."""
    cast, parties = candidate.cast, reading.parties
    known = {actor for actor in cast.everyone if parties.country(actor) or parties.is_known(actor)}
    if not cast.actors:
        yield "no_actor"
    elif not known & set(cast.actors):
        yield "actor_unknown"
    if not cast.recipients:
        if not candidate.together:
            yield "no_recipient"
    elif not known & set(cast.recipients):
        yield "recipient_unknown"
    own = {parties.country(a) for a in cast.actors} - {None}
    if own & {parties.country(a) for a in cast.recipients}:
        yield "own_side"
    if len(cast.everyone) > 2:
        yield "several_parties"
    if cast.guessed:
        yield "guessed"
    if candidate.match is None:
        yield "derived"
    elif candidate.nominal:
        yield "carried_noun" if candidate.carrier is not None else "bare_noun"
    if candidate.depth > 0:
        yield "embedded"
    if candidate.why:
        yield "conditions"
    if candidate.factuality != "happened":
        yield "not_happened"
    if candidate.match is not None and candidate.match.frame.type != candidate.type:
        yield "became"
    if candidate.reported_by:
        yield "reported"
    if told_again:
        yield "told_again"
    sentence = reading.parse.sentences[candidate.sentence]
    if sentence.last - sentence.first > _LONG:
        yield "long_sentence"
    named = (parties.heads[i] for i in range(sentence.first, sentence.last) if i in parties.heads)
    if len({parties.country(a) for a in named} - {None}) >= _CROWD:
        yield "crowded"
