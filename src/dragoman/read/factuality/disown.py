"""Disown: a report, rumour or claim of which the sentence itself says that it is not so, or that nobody can confirm it."""

from __future__ import annotations

from dragoman.codebook.factuality import FactualityCues
from dragoman.read.factuality.phrase import negation_of
from dragoman.read.factuality.state import HYPOTHETICAL, NEGATED, State
from dragoman.record import Parse, Token

_PREDICATES = frozenset({"acomp", "oprd", "attr", "xcomp"})
_CONTENT = frozenset({"acl", "relcl", "ccomp", "pobj"})


def disowned(parse: Parse, at: int, cues: FactualityCues, state: State) -> bool:
    """Let what the sentence says of a report speak of its content at token `at`; return whether it did.

    "A report that A had recalled its envoy was denied" (or "proved false", "was called nonsense") denies the recall; one that
    "could not be confirmed" leaves it open.
    """
    tokens = parse.tokens
    if tokens[at].dep not in _CONTENT:
        return False
    noun = tokens[tokens[at].head]
    if noun.pos == "ADP":
        noun = tokens[noun.head]
    if noun.lemma.lower() not in cues.hearsay or noun.dep not in ("nsubj", "nsubjpass", "dobj"):
        return False
    verb = tokens[noun.head]
    words = [verb, *_predicates(parse, verb)] if noun.dep != "nsubj" else _predicates(parse, verb)
    negation = negation_of(parse, verb.i, cues)
    for word in words:
        forms = {word.lemma.lower(), word.text.lower()}
        if forms & cues.disowning and not negation:
            state.take(NEGATED, word.text)
            return True
        if forms & cues.unconfirmed or (forms & cues.confirming and negation):
            state.take(HYPOTHETICAL, f"{negation} {word.text}".strip())
            return True
    return False


def _predicates(parse: Parse, verb: Token) -> list[Token]:
    found = [parse.tokens[c] for c in parse.children[verb.i] if parse.tokens[c].dep in _PREDICATES]
    return [*found, *(parse.tokens[c] for p in found for c in parse.children[p.i] if parse.tokens[c].dep == "acomp")]
