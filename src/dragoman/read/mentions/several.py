"""Words for several actors at once, and for one of a pair: "the two countries", "both presidents", "the latter"."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from dragoman.read.mentions.words import Words
from dragoman.record import Parse, Token

SetKind = Literal["state", "side", "person", "any"]
PairWord = Literal["former", "latter", "one", "other"]

_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COLLECTIVES = {"pair": 2, "duo": 2, "trio": 3}
_BEFORE = frozenset({"the", "these", "those"})
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "agent", "conj"})
_WHOSE = frozenset({"of", "from", "in", "who", "which", "that"})
_LONGEST = 4
"""Words between the number and its noun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralMention:
    """Words at tokens `first` to `last` (exclusive) that mean `count` actors, of one kind where the noun tells which.

    `role` is the role in `offices.csv` of a noun that names one ("the two ministers"), else "".
    """

    first: int
    last: int
    head: int
    count: int
    kind: SetKind
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairMention:
    """A word at tokens `first` to `last` (exclusive) that means the first or the second of a pair."""

    first: int
    last: int
    head: int
    word: PairWord


def find_several(parse: Parse, words: Words, taken: Set[int]) -> list[SeveralMention]:
    """Return the words for several actors in text order, outside the tokens already taken."""
    found = []
    for token in parse.tokens:
        word = token.text.lower()
        if token.i in taken or (word not in _COUNTS and word not in _COLLECTIVES):
            continue
        mention = (
            _collective(parse, token)
            if word in _COLLECTIVES
            else _counted(parse, words, token)
            if token.dep in ("nummod", "det", "predet", "amod")
            else _alone(parse, token)
        )
        if mention is not None and taken.isdisjoint(range(mention.first, mention.last)):
            found.append(mention)
    return found


def find_pair_words(parse: Parse, taken: Set[int]) -> list[PairMention]:
    """Return "the former" and "the latter" in text order, and "one" with "the other" where both are in one sentence."""
    found = []
    ones: dict[int, Token] = {}
    for token in parse.tokens:
        word = token.text.lower()
        if token.i in taken or word not in ("former", "latter", "one", "other"):
            continue
        after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
        named = after is not None and after.sentence == token.sentence and after.pos in ("NOUN", "ADJ", "PROPN", "NUM")
        if named and (token.dep != "amod" or parse.tokens[token.head].pos != "VERB"):
            # "the former president"; a verb behind "the latter" may look like a noun to the parser
            continue
        if word == "one":
            if token.dep in ("nsubj", "nsubjpass") and not _children(parse, token):
                ones[token.sentence] = token
            continue
        if token.i == 0 or parse.tokens[token.i - 1].text.lower() != "the":
            continue
        if word != "other":
            found.append(PairMention(first=token.i, last=token.i + 1, head=token.i, word=word))  # type: ignore[arg-type]
        elif token.sentence in ones:
            one = ones.pop(token.sentence)
            found.append(PairMention(first=one.i, last=one.i + 1, head=one.i, word="one"))
            found.append(PairMention(first=token.i, last=token.i + 1, head=token.i, word="other"))
    return sorted(found, key=lambda pair: pair.first)


def _children(parse: Parse, token: Token) -> list[Token]:
    return [parse.tokens[i] for i in parse.children[token.i]]


def _counted(parse: Parse, words: Words, number: Token) -> SeveralMention | None:
    """ "The two ministers", "both sides": a number with its noun, which is definite."""
    tokens = parse.tokens
    noun = tokens[number.head]
    if not number.i < noun.i <= number.i + _LONGEST or noun.tag not in ("NNS", "NNPS") or noun.dep == "compound":
        return None
    both = number.text.lower() == "both"
    before = tokens[number.i - 1] if number.i > 0 else None
    definite = before is not None and (before.text.lower() in _BEFORE or before.tag == "PRP$")
    if not (both or definite) or any(t.text.lower() in _WHOSE for t in _children(parse, noun) if t.i > noun.i):
        return None
    if any(t.dep in ("relcl", "acl") for t in _children(parse, noun) if t.i > noun.i):
        return None
    kind, role = _meant(words, noun)
    if kind is None:
        return None
    first = number.i
    return SeveralMention(
        first=first, last=noun.i + 1, head=noun.i, count=_COUNTS[number.text.lower()], kind=kind, role=role
    )


def _meant(words: Words, noun: Token) -> tuple[SetKind | None, str]:
    """What a noun in the plural counts: states, persons, with their role, or sides of any kind; None for things."""
    lemma = noun.lemma.lower()
    if lemma in words.rules.sets["state"]:
        return "state", ""
    if lemma in words.rules.sets["side"]:
        return "side", ""
    run = words.plurals.get(noun.i) or next(
        (run for run in words.plurals.values() if run.first <= noun.i < run.last), None
    )
    if run is not None:
        return "person", run.title.role
    return ("person", "") if lemma in words.rules.sets["person"] else (None, "")


def _alone(parse: Parse, number: Token) -> SeveralMention | None:
    """ "The two agreed", "both deny it": a number without a noun."""
    word = number.text.lower()
    if number.dep not in _PARTS or any(t.text.lower() in _WHOSE | {"and"} for t in _children(parse, number)):
        return None
    before = parse.tokens[number.i - 1].text.lower() if number.i > 0 else ""
    if (word == "both") == (before == "the") or (word != "both" and before != "the"):
        return None
    after = parse.tokens[number.i + 1] if number.i + 1 < len(parse.tokens) else None
    if (after is not None and after.text in ("-", "%")) or (number.dep == "pobj" and word != "both"):
        return None
    return SeveralMention(first=number.i, last=number.i + 1, head=number.i, count=_COUNTS[word], kind="any")


def _collective(parse: Parse, token: Token) -> SeveralMention | None:
    """ "The pair met again"."""
    before = parse.tokens[token.i - 1].text.lower() if token.i > 0 else ""
    if before != "the" or token.dep not in ("nsubj", "nsubjpass") or _children(parse, token)[1:]:
        return None
    return SeveralMention(
        first=token.i, last=token.i + 1, head=token.i, count=_COLLECTIVES[token.text.lower()], kind="person"
    )
