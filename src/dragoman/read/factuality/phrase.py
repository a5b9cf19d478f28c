"""Phrase: small questions about words in a parse that the climb asks: negation, definiteness, subjects, joints."""

from __future__ import annotations

from dragoman.codebook.factuality import FactualityCues
from dragoman.read.factuality.state import HYPOTHETICAL, NEGATED
from dragoman.record import Parse, Token

NOUNS = frozenset({"NOUN", "PROPN"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"})


def is_only(parse: Parse, token: Token) -> bool:
    """Is "not" the one of "not only", which denies nothing?"""
    following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    return following is not None and following.text.lower() in ("only", "just", "least")


def is_nobody(parse: Parse, noun: Token, cues: FactualityCues) -> bool:
    """Is a noun phrase nobody or nothing: "nobody", "no state", "neither of them", "not a single car"?"""
    if noun.lemma.lower() in cues.bare:
        return True
    return any(
        parse.tokens[c].text.lower() in ("no", "neither", "not") and not is_only(parse, parse.tokens[c])
        for child in parse.children[noun.i]
        for c in (child, *parse.children[child])
        if c < noun.i and parse.tokens[c + 1].text != "-"
    )


def has_bare_object(parse: Parse, prep: int, cues: FactualityCues) -> bool:
    """Is a preposition's object nobody or nothing: "at no point", "under no circumstances"?"""
    return any(parse.tokens[c].dep == "pobj" and is_nobody(parse, parse.tokens[c], cues) for c in parse.children[prep])


def has_non(parse: Parse, token: Token) -> bool:
    """Is the word "non-recognition", in one token or in three?"""
    if token.text.lower().startswith("non-") or (token.text.lower() == "non" and token.i + 1 < len(parse.tokens)):
        return True
    return token.i > 1 and parse.tokens[token.i - 1].text == "-" and parse.tokens[token.i - 2].text.lower() == "non"


def joined_by_nor(parse: Parse, token: Token) -> bool:
    """Is "nor" the word that joins this clause to the one before?"""
    joints = [c for c in parse.children[token.head] if parse.tokens[c].dep == "cc" and c < token.i]
    return bool(joints) and parse.tokens[joints[-1]].text.lower() == "nor"


def has_mark(parse: Parse, i: int, words: tuple[str, ...]) -> bool:
    """Has a clause one of the conjunctions or auxiliaries at its head?"""
    return any(
        parse.tokens[c].dep in ("mark", "advmod", "aux") and parse.tokens[c].text.lower() in words
        for c in parse.children[i]
    )


def has_subject(parse: Parse, i: int) -> bool:
    """Has a clause a subject or an auxiliary of its own?"""
    return any(parse.tokens[c].dep in ("nsubj", "nsubjpass", "aux") for c in parse.children[i])


def has_own_subject(parse: Parse, i: int) -> bool:
    """Has a clause a subject of its own, without "for"?"""
    tokens = [parse.tokens[c] for c in parse.children[i]]
    return any(t.dep in ("nsubj", "nsubjpass") for t in tokens) and not any(t.text.lower() == "for" for t in tokens)


def is_definite(parse: Parse, noun: Token) -> bool:
    """Is a noun phrase one that the reader is taken to know: with "the", "this", a possessive?"""
    for c in parse.children[noun.i]:
        child = parse.tokens[c]
        if child.dep == "poss" or (child.dep == "det" and child.text.lower() in _DEFINITE):
            return True
    return noun.pos == "PROPN"


def is_passive(parse: Parse, i: int) -> bool:
    """Is a verb in the passive voice?"""
    return any(parse.tokens[c].dep == "auxpass" for c in parse.children[i])


def is_open(parse: Parse, i: int, cues: FactualityCues) -> bool:
    """Does a verb stand under a modal?"""
    return any(parse.tokens[c].dep == "aux" and parse.tokens[c].text.lower() in cues.modals for c in parse.children[i])


def cut_off(parse: Parse, one: int, other: int) -> bool:
    """Does a colon or semicolon stand between two words? What is on one side does not govern the other."""
    low, high = min(one, other), max(one, other)
    return any(parse.tokens[i].text in (":", ";") for i in range(low + 1, high))


def negation_of(parse: Parse, i: int, cues: FactualityCues) -> str:
    """The negation of token i, or ""."""
    tokens = parse.tokens
    for c in parse.children[i]:
        child = tokens[c]
        word = child.text.lower()
        if child.dep == "neg" and not is_only(parse, child):
            modal = any(
                tokens[k].dep == "aux" and cues.negated_modals.get(tokens[k].text.lower()) == HYPOTHETICAL
                for k in parse.children[i]
            )
            return "" if modal else child.text
        if child.dep in ("advmod", "preconj") and cues.adverbs.get(word) == NEGATED:
            return child.text
        if child.dep == "det" and cues.determiners.get(word) == NEGATED:
            return child.text
        if child.dep in ("nsubj", "nsubjpass") and is_nobody(parse, child, cues):
            return child.text
    if tokens[i].dep == "conj":
        head = parse.children[tokens[i].head]
        return next(
            (tokens[c].text for c in head if tokens[c].dep == "preconj" and tokens[c].text.lower() == "neither"), ""
        )
    return ""
