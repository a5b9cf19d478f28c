"""Mends of the parse: where the punctuation or a fixed phrase shows a structure that the parser missed.

"Declared X, the envoy, persona non grata, recalled its own and closed the border": parsers take X for the subject of
"recalled". "Closed the border, recalled its envoy and banned flights": they take "banned" for a modifier of "flights".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.record import Token

_DECLARING = frozenset({"declare", "pronounce", "proclaim", "name", "make", "consider", "deem"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_CLAUSAL = frozenset({"ccomp", "conj", "dep", "advcl", "parataxis"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_REACH = 40
"""Tokens between a verb and the "persona non grata" that it declares somebody, at most."""


def mend_parse(tokens: list[Token]) -> None:
    """Give the tokens of a document other heads and labels where the parser went wrong in a way that shows."""
    for i in _unwelcome(tokens):
        _declare(tokens, i)
    _end_lists(tokens)


def _unwelcome(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the place of each "persona" of "persona non grata" and "personae non gratae"."""
    for i, token in enumerate(tokens[:-2]):
        if token.lower.startswith("persona") and tokens[i + 1].lower == "non" and tokens[i + 2].lower[:5] == "grata":
            yield i


def _declare(tokens: list[Token], persona: int) -> None:
    """Make "persona non grata" the complement of the verb before it, and who stands between them its object."""
    sentence = tokens[persona].sentence
    verb = next(
        (
            j
            for j in range(persona - 1, max(-1, persona - _REACH), -1)
            if tokens[j].sentence == sentence and tokens[j].lemma in _DECLARING and tokens[j].pos == "VERB"
        ),
        None,
    )
    if verb is None:
        return
    grata = persona + 2
    between = range(verb + 1, persona)
    inside = {verb, *between, persona, persona + 1, grata}
    heads = [j for j in between if tokens[j].pos in _NOMINAL and not _modifies(tokens, j, between)]
    for j in (persona, persona + 1):
        tokens[j] = replace(tokens[j], head=grata, dep="compound", pos="PROPN" if j == persona else tokens[j].pos)
    below = [t.i for t in tokens[grata + 1 :] if t.sentence == sentence and t.head in {persona, persona + 1}]
    for j in below:  # what hung on "personae" read as a verb hangs on the verb of declaring
        tokens[j] = replace(tokens[j], head=verb)
    for j in range(grata + 1, min(len(tokens), grata + _REACH)):
        if tokens[j].head == grata and tokens[j].sentence == sentence and tokens[j].pos == "ADP":
            tokens[j] = replace(tokens[j], head=verb, dep="agent" if tokens[j].lower == "by" else "prep")
    tokens[grata] = replace(tokens[grata], head=verb, dep="oprd", pos="NOUN", tag="NNS")
    if not heads:
        return
    named = heads[0]
    late = tokens[named].head
    tokens[named] = replace(tokens[named], head=verb, dep="dobj")
    for j in between:
        under = persona <= tokens[j].head <= grata
        if j < named and under:
            tokens[j] = replace(tokens[j], head=named)
        elif j != named and (under or tokens[j].head not in inside):
            tokens[j] = replace(tokens[j], head=named, dep="punct" if tokens[j].pos == "PUNCT" else "appos")
    if late > grata and tokens[late].head == verb and tokens[late].dep in _CLAUSAL:
        tokens[late] = replace(tokens[late], dep="conj")


def _modifies(tokens: Sequence[Token], j: int, between: range) -> bool:
    """Tell whether a noun stands inside the phrase of another one of a stretch, or before its noun."""
    return (
        tokens[j].head in between or tokens[j].dep == "poss" or (tokens[j].dep == "pobj" and tokens[j].head in between)
    )


def _end_lists(tokens: list[Token]) -> None:
    """Give a list of past acts its last one back where the parser took it for a participle before a noun.

    Verbs that are joined by commas alone need an "and" before the last: a participle behind the first "and" is that one.
    """
    for i, token in enumerate(tokens):
        if token.tag not in {"VBN", "VBD"} or token.dep != "amod" or i == 0 or tokens[i - 1].tag != "CC":
            continue
        noun = tokens[token.head]
        if noun.dep != "conj" or noun.i < i or tokens[i - 1].head != noun.head:
            continue
        last = _verb_above(tokens, noun.head)
        if last is None or tokens[last].tag != "VBD" or last > i:
            continue
        first = tokens[last].head
        if tokens[last].dep != "conj" or tokens[first].tag != "VBD" or first == last:
            continue
        joined = [t for t in tokens[first + 1 : last] if t.head == first and t.dep == "cc"]
        if joined or not any(t.text == "," for t in tokens[first + 1 : last]):
            continue
        tokens[i] = replace(token, head=last, dep="conj", tag="VBD", pos="VERB")
        tokens[noun.i] = replace(noun, head=i, dep="dobj")
        tokens[i - 1] = replace(tokens[i - 1], head=last)


def _verb_above(tokens: Sequence[Token], i: int) -> int | None:
    """Return the verb whose object a noun stands in, or None."""
    for _ in range(_REACH):
        if tokens[i].pos == "VERB":
            return i
        if tokens[i].head == i or tokens[i].dep in _SUBJECTS:
            return None
        i = tokens[i].head
    return None
