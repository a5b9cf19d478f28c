"""Tense: does the clause in which a word stands look back or ahead?"""

from __future__ import annotations

from dragoman.codebook.dates import DateRules
from dragoman.record import Parse

_FUTURE = frozenset(
    {"will", "shall", "'ll", "’ll", "wo", "would", "should", "may", "might", "must", "can", "could", "ca"}
)
_VERBS = frozenset({"VERB", "AUX"})


def direction(parse: Parse, i: int, rules: DateRules) -> int:
    """Return -1 where the clause of token i is about what was, 1 where it is about what is to come, 0 where it doesn't say.

    The nearest verb above the token decides: its auxiliaries ("will", "is to", "had"), its tag, and for an infinitive the
    word that governs it ("expected to arrive on Friday" looks ahead, "was forced to leave on Friday" back).
    """
    tokens = parse.tokens
    steps = 0
    while steps < 40:
        steps += 1
        token = tokens[i]
        if (token.tag in ("JJ", "VBN") or token.pos == "ADJ") and token.lemma.lower() in rules.ahead:
            return 1
        if token.pos in _VERBS:
            found = _verb(parse, i, rules)
            if found is not None:
                return found
        head = token.head
        if head == i:
            return 0
        i = head
    return 0


def _verb(parse: Parse, i: int, rules: DateRules) -> int | None:
    """What a verb's form says; None for one that takes its time from what governs it."""
    tokens = parse.tokens
    token = tokens[i]
    helpers = [tokens[c] for c in parse.children[i] if tokens[c].dep in ("aux", "auxpass")]
    if any(h.tag == "MD" and h.text.lower() in _FUTURE for h in helpers) or token.tag == "MD":
        return 1
    if any(h.tag == "TO" for h in helpers):
        governor = tokens[token.head]
        if token.head == i:
            return 1
        if governor.lemma.lower() in rules.ahead:
            return 1
        return None
    tags = {h.tag for h in helpers}
    if token.tag == "VBD" or "VBD" in tags:
        return -1
    if any(h.lemma == "have" for h in helpers):
        return -1
    if token.tag == "VBN":
        if any(h.lemma == "be" for h in helpers):
            return 0
        return -1 if token.dep in ("acl", "relcl", "ROOT", "conj", "advcl") else None
    if token.tag == "VBG":
        if any(h.lemma == "be" for h in helpers):
            return 1
        return None
    if token.tag in ("VBZ", "VBP"):
        return 0
    return None
