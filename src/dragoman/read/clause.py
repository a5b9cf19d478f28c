"""The words that tell one event: its clause, cut from the sentence along the parse.

A dossier describes an event in these words, and the relation rules look for their patterns in them, so that what stands in
another clause of the sentence is not taken for this event's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.record import Article, Parse, Span

_OUTSIDE = frozenset(
    {"advcl", "ccomp", "parataxis", "relcl", "appos", "conj", "cc", "punct", "mark", "intj", "discourse"}
)
"""Dependents that tell something else (another clause, the next item of a list) unless they stand inside the clause."""
_INSIDE = frozenset({"appos", "relcl"})
"""Those of a noun within the clause that may stay: "its ambassador, Ihor Kyzym"."""

_HYPHENATED = re.compile(r"(?<![\w-])(?:\w+-)+\Z")
_WORD = 40
"""Characters in which the first part of a hyphenated word is looked for."""

COMPLEMENT = 15
"""Tokens of a complement clause that is still part of its verb's own ("would not allow Tehran to undermine it")."""


def clause_of(article: Article, parse: Parse, words: Sequence[int]) -> Span:
    """Return the clause of the event whose trigger are the tokens `words`: its verb with what depends on it.

    A noun that names an event has its own phrase as its clause. The first and last token bound the span, so that it is
    one unbroken stretch; another clause that hangs on its end is left out.
    """
    head = next((i for i in words if parse.tokens[i].head not in words or parse.tokens[i].head == i), words[0])
    kept = _within(parse, head)
    first, last = min(*kept, *words), max(*kept, *words)
    start, end = parse.tokens[first].start, parse.tokens[last].end
    while end > start and article.text[end - 1] in " ,;:.":
        end -= 1
    # "non-recognition" is several tokens: a clause that began with the last of them would say the opposite
    prefix = _HYPHENATED.search(article.text, max(0, start - _WORD), start)
    return article.span(prefix.start() if prefix else start, end)


def _within(parse: Parse, head: int) -> set[int]:
    found = {head}
    noun = parse.tokens[head].pos in ("NOUN", "PROPN")
    for child in parse.children[head]:
        token = parse.tokens[child]
        if token.dep == "ccomp" and child > head and len(parse.subtree(child)) <= COMPLEMENT:
            found.update(parse.subtree(child))
            continue
        if token.dep in _OUTSIDE or (noun and token.dep in ("prep", "acl") and child > head + 12):
            continue
        found.update(_phrase(parse, child))
    return found


def _phrase(parse: Parse, top: int) -> set[int]:
    """A dependent with all below it, without clauses that hang on a verb inside it."""
    found, waiting = set(), [top]
    while waiting:
        i = waiting.pop()
        found.add(i)
        for child in parse.children[i]:
            dep = parse.tokens[child].dep
            if dep in ("ccomp", "advcl", "parataxis") and parse.tokens[i].pos in ("VERB", "AUX"):
                continue
            if dep in _INSIDE and len(parse.subtree(child)) > 8:
                continue
            waiting.append(child)
    return found
