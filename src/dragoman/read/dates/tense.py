"""Tense: does the clause in which a word stands look back or ahead?"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook.dates import DateRules
from dragoman.record import Parse, Token

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_HAD = frozenset({"'d", "’d", "had"})
_PARTICIPLES = frozenset({"VBN", "JJ", "VBD"})


@dataclass(frozen=True, slots=True)
class Side:
    """`way` is -1 where a clause looks back, 1 where it looks ahead, 0 where it doesn't say.

    `through_noun` says that the word hangs on a noun, whose time need not be its clause's ("a cutback in September").
    """

    way: int
    through_noun: bool = False


def side_of(parse: Parse, i: int, rules: DateRules, preposition: str) -> Side:
    """Return which way the clause of token i looks; `preposition` is the word in front of the phrase.

    The nearest verb above the token decides: its auxiliaries ("will", "is to", "had"), its tag, and for an infinitive the
    word that governs it ("expected to arrive on Friday" looks ahead, "was forced to leave on Friday" back).
    """
    tokens, tense = parse.tokens, rules.tense
    through = False
    first = i
    if preposition == "for" and tokens[i].dep == "pobj":
        return Side(1)  # what is called, set or meant for a day comes on it
    for _ in range(40):
        token = tokens[i]
        if i != first:
            lemma = token.lemma.lower()
            if lemma in tense["scheduling"] and _sets_a_date(parse, token):
                return Side(1, through)
            if preposition in ("until", "till", "by") and token.pos == "VERB" and lemma in tense["lasting"]:
                return Side(0 if _negated(parse, i) else 1, through)
        if token.pos in _VERBS:
            found = _verb(parse, i, rules)
            if found is not None:
                return Side(found, through)
        elif token.pos in _NOUNS and i != first:
            through = True
        if token.head == i:
            break
        i = token.head
    return Side(0, through)


def _sets_a_date(parse: Parse, token: Token) -> bool:
    """Is a scheduling word used so that its date lies ahead? Not behind "had", and as a noun only in itself."""
    if token.pos == "NOUN":
        return token.lemma in ("deadline", "timetable")
    helpers = [parse.tokens[c] for c in parse.children[token.i] if parse.tokens[c].dep in ("aux", "auxpass")]
    return token.pos == "ADJ" or token.tag in _PARTICIPLES or not any(h.lemma == "have" for h in helpers)


def _negated(parse: Parse, i: int) -> bool:
    return any(parse.tokens[c].dep == "neg" for c in parse.children[i])


def _verb(parse: Parse, i: int, rules: DateRules) -> int | None:
    """What a verb's form says; None for one that takes its time from what governs it."""
    tokens = parse.tokens
    token = tokens[i]
    helpers = [tokens[c] for c in parse.children[i] if tokens[c].dep in ("aux", "auxpass")]
    if token.tag == "VBN" and any(h.text.lower() in _HAD for h in helpers):
        return -1  # "they'd taken"
    if token.tag == "MD" or any(h.tag == "MD" for h in helpers):
        return 1
    tags = {h.tag for h in helpers}
    if "TO" in tags:
        governor = tokens[token.head]
        if token.dep == "advcl" or governor.lemma.lower() in rules.tense["done"]:
            return None  # a purpose, or something that was done
        return 1
    if token.tag == "VBD" or "VBD" in tags or any(h.lemma == "have" for h in helpers):
        return -1
    if token.tag == "VBN":
        if any(h.lemma == "be" for h in helpers):
            return 0
        return -1 if token.dep in ("acl", "relcl", "ROOT", "conj", "advcl") else None
    if token.tag == "VBG":
        return 1 if any(h.lemma == "be" for h in helpers) else None
    if token.tag in ("VBZ", "VBP"):
        if token.lemma == "be" and any(_is_infinitive(parse, c) for c in parse.children[i]):
            return 1  # "are to meet"
        title = parse.sentences[token.sentence].section in ("title", "heading")
        return 0 if title or token.lemma.lower() in rules.tense["telling"] else 1
    return None


def _is_infinitive(parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    return token.dep == "xcomp" and any(parse.tokens[c].tag == "TO" for c in parse.children[i])
