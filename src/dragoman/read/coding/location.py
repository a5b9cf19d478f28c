"""Location: the place that the text gives for an event, in a phrase of its own clause ("in Geneva", "near the border town")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.read.coding.parties import Parties
from dragoman.record import Parse

_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "across", "inside", "throughout", "within", "off", "on"}
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_OF_PLACE = frozenset(
    {
        "city", "town", "village", "capital", "port", "province", "region", "island", "area", "district", "suburb", "state",
        "north", "south", "east", "west", "outskirts", "centre", "center", "streets", "part", "coast", "camp", "valley",
        "northeast", "northwest", "southeast", "southwest", "resort", "republic", "enclave", "peninsula", "street", "base",
    }
)  # fmt: skip
"""Nouns that stand before the name of the place that they describe ("the town of", "the north of")."""
_ARGUMENTS = frozenset({"dobj", "nsubjpass", "nsubj", "pobj", "agent"})
_NAMING = frozenset({"poss", "appos", "compound", "nmod"})
_DEPTH = 3


def place_names(parse: Parse, parties: Parties, words: Sequence[int], carrier: int | None) -> Iterator[int]:
    """Yield the tokens that name where an event takes place, the nearest phrase first; names of places only.

    Looked at are the locative phrases that hang on the event's words, on its light verb, and on that verb's object and
    subject.
    """
    tokens, children = parse.tokens, parse.children
    tops = [*words, *((carrier,) if carrier is not None else ())]
    below = [c for top in tops for c in children[top] if tokens[c].dep in _ARGUMENTS]
    if not any(tokens[c].dep in {"dobj", "nsubjpass"} for c in below):
        joined = [c for top in tops for c in children[top] if tokens[c].dep == "conj" and tokens[c].pos == "VERB"]
        below += [g for c in joined for g in children[c] if tokens[g].dep == "dobj"]
    below += [g for c in below if tokens[c].dep == "agent" for g in children[c]]
    below += [h for c in below for g in children[c] if tokens[g].text.lower() == "of" for h in children[g]]
    seen: set[int] = set()
    for head in (*tops, *below):
        if tokens[head].pos == "PROPN" and head not in words:
            continue
        for child in children[head]:
            if tokens[child].dep == "prep" and tokens[child].text.lower() in _LOCATIVE:
                for i in _named(parse, parties, child):
                    if i not in seen:
                        seen.add(i)
                        yield i


def _named(parse: Parse, parties: Parties, preposition: int, depth: int = _DEPTH) -> Iterator[int]:
    tokens, children = parse.tokens, parse.children
    for child in children[preposition]:
        if tokens[child].dep != "pobj":
            continue
        if tokens[child].pos == "PROPN" and (tokens[child].ent in _PLACES or parties.place(child)):
            yield child
        elif depth and tokens[child].pos == "NOUN":
            lemma = tokens[child].lemma.lower()
            for inner in children[child]:
                token = tokens[inner]
                named = token.dep in _NAMING and token.ent in _PLACES and token.pos == "PROPN"
                if named or (token.dep == "amod" and token.ent == "NORP" and lemma in _OF_PLACE):
                    yield inner
                elif token.dep == "prep" and token.text.lower() in {"of", "in", "near"}:
                    yield from _named(parse, parties, inner, depth - 1)
