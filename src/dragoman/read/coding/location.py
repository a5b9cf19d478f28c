"""Location: the place that the text gives for an event, in a phrase of its own clause ("in Geneva", "near the border town")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.read.coding.parties import Parties
from dragoman.record import Parse

_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "across", "inside", "throughout", "within", "off", "on"}
)
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "off", "on", "around", "across"})
_ON_GROUND = frozenset({"on", "around", "across"})
"""Prepositions behind which a town or state is what is meant, not where it happens ("sanctions on Chad", "talks on Cyprus")."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})
OF_PLACE = frozenset(
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
DONE_TO = frozenset(
    {
        "arrest", "detention", "killing", "release", "expulsion", "deportation", "execution", "bombing", "trial", "removal",
        "seizure", "destruction", "assassination", "extradition", "ouster", "overthrow", "punishment", "freeing", "prosecution",
    }
)  # fmt: skip
"""Nouns whose "of" names to whom it is done, not who does it."""
SUFFERED = DONE_TO | frozenset(
    {
        "attack", "raid", "strike", "airstrike", "assault", "invasion", "occupation", "war", "siege", "blockade",
        "embargo", "sanction", "violation", "breach", "murder", "massacre", "slaughter", "kidnapping", "abduction",
        "hijacking", "shelling", "crackdown", "persecution", "mistreatment", "treatment", "torture", "rape", "theft",
        "loss", "suffering", "plight", "death", "downfall", "victim", "bomber", "killer",
    }
)  # fmt: skip
"""Nouns for harm, behind whose prepositions stands who suffers it: nobody who is blamed for it or asked to do something."""
_UPON = frozenset({"of", "at", "on", "against", "upon", "to", "outside"})
_WHEN = frozenset({"in", "at", "near", "outside", "after", "before", "since", "during", "amid", "around", "across"})
"""Prepositions behind which the place and the time of something stand."""
_THEN = frozenset({"after", "before", "since", "when", "while", "as", "until"})


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


def place_of(parse: Parse, parties: Parties, words: Sequence[int], carrier: int | None) -> str | None:
    """Return the name of the place that a phrase on the event's own words gives for it, or None.

    Only what a phrase of place names: "held talks in Geneva", not the state behind an adjective, and not where somebody in the
    event comes from.
    """
    tokens, children = parse.tokens, parse.children
    for head in dict.fromkeys((*((carrier,) if carrier is not None else ()), *words)):
        for child in children[head]:
            word = tokens[child].text.lower()
            if tokens[child].dep != "prep" or word not in _WHERE:
                continue
            for i in _named(parse, parties, child):
                there = tokens[i].ent in _PLACES and (word not in _ON_GROUND or tokens[i].ent != "GPE")
                if there and _is_where(parse, parties, i):
                    return _name(parse, i)
    return None


def _is_where(parse: Parse, parties: Parties, i: int) -> bool:
    """Tell whether a name of a place stands for itself and not for whose the place is ("near the embassy of Chad")."""
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    if token.dep in _NAMING and token.dep != "appos":
        return parties.named(i) is None or above.lemma.lower() in OF_PLACE
    if token.dep == "pobj" and above.text.lower() == "of":
        return parse.tokens[above.head].lemma.lower() in OF_PLACE
    return True


def _name(parse: Parse, i: int) -> str:
    """Return the words of the name whose head is a token."""
    tokens = parse.tokens
    first = i
    while first > 0 and tokens[first - 1].head == i and tokens[first - 1].dep == "compound" and tokens[first - 1].ent:
        first -= 1
    words = [tokens[first].text]
    for j in range(first + 1, i + 1):
        joined = tokens[j].start == tokens[j - 1].end
        words.append(tokens[j].text if joined else f" {tokens[j].text}")
    return "".join(words)


def _named(parse: Parse, parties: Parties, preposition: int, depth: int = _DEPTH) -> Iterator[int]:
    tokens, children = parse.tokens, parse.children
    for child in children[preposition]:
        if tokens[child].dep != "pobj":
            continue
        if tokens[child].pos == "PROPN" and (tokens[child].ent in _PLACES or parties.place(child)):
            if depth and tokens[child].lemma.lower() in OF_PLACE:  # "the Old City of Tallinn"
                yield from (i for c in children[child] if tokens[c].text == "of" for i in _named(parse, parties, c, 0))
            yield child
        elif depth and tokens[child].pos == "NOUN":
            lemma = tokens[child].lemma.lower()
            for inner in children[child]:
                token = tokens[inner]
                named = token.dep in _NAMING and token.ent in _PLACES and token.pos == "PROPN"
                if named or (token.dep == "amod" and token.ent == "NORP" and lemma in OF_PLACE):
                    yield inner
                elif token.dep == "prep" and token.text.lower() in {"of", "in", "near"}:
                    yield from _named(parse, parties, inner, depth - 1)


def without_asides(parse: Parse, root: int, *, demand: bool = False) -> list[int]:
    """The tokens below one, without its relative clauses and its phrases and clauses of place and time, in text order.

    In a demand those are left out, too, to whom somebody else shall do something ("raids against", "the arrest of").
    """
    found, waiting = [], [root]
    while waiting:
        i = waiting.pop()
        found.append(i)
        for child in parse.children[i]:
            token = parse.tokens[child]
            word = token.text.lower() if demand and token.dep == "prep" else ""
            left_out = word == "against" or (word == "of" and parse.tokens[i].lemma.lower() in DONE_TO)
            if not left_out and not _is_aside(parse, child):
                waiting.append(child)
    return sorted(found)


def _is_done_to(parse: Parse, i: int, root: int) -> bool:
    """Tell whether a noun is a verb's object, or stands behind its "of" ("to take control of villages near Chad")."""
    tokens = parse.tokens
    while tokens[i].dep == "pobj" and tokens[tokens[i].head].text.lower() == "of" and tokens[i].head != i:
        i = tokens[tokens[i].head].head
    return tokens[i].dep == "dobj" and tokens[i].head == root


def clause_top(parse: Parse, i: int) -> int:
    """The verb of the clause that a word stands in, or the word itself where it stands below none."""
    tokens = parse.tokens
    top = i
    while tokens[top].pos not in {"VERB", "AUX"} and tokens[top].head != top:
        top = tokens[top].head
    return top


def told_of(parse: Parse, root: int) -> list[int]:
    """The tokens below one that may name whom a clause is about, in text order.

    Left out are asides, what an attack or another deed is done to ("those who bombed Chad's embassy"), and whoever only stands
    before a noun for somebody else or for a thing ("a Chadian singer's songs"). Kept is the place of what the clause's own
    verb is done to ("to rebuild the roads in Chad").
    """
    children, tokens = parse.children, parse.tokens
    kept = without_asides(parse, root, demand=True)
    for i in list(kept):
        above = tokens[tokens[i].head]
        target = _is_done_to(parse, i, root)
        if target or (tokens[i].dep == "pobj" and above.text.lower() == "to" and tokens[i].pos == "NOUN"):
            # "send troops to a force in Chad": there they are wanted
            inside = [c for c in children[i] if tokens[c].dep == "prep" and tokens[c].text.lower() in {"in", "near"}]
            kept.extend(j for c in inside for j in parse.subtree(c))
    kept = sorted(dict.fromkeys(kept))
    out: set[int] = set()
    for i in kept:
        if tokens[i].dep == "poss" and tokens[tokens[i].head].dep in {"poss", "compound"}:
            out.update(parse.subtree(i))
        if tokens[i].lemma.lower() in SUFFERED:
            done = [c for c in children[i] if tokens[c].dep == "prep" and tokens[c].text.lower() in _UPON]
            out.update(j for c in done for j in parse.subtree(c))
    return [i for i in kept if i not in out]


def _is_aside(parse: Parse, i: int) -> bool:
    """Tell whether a token heads words that only tell where or when something was, or more of somebody named in it."""
    token = parse.tokens[i]
    if token.dep == "prep":
        word = token.text.lower()
        site = any(parse.tokens[c].pos == "NOUN" for c in parse.children[i])  # "on the site of", not "on Peru"
        if word == "in" and any(parse.tokens[c].dep == "pcomp" for c in parse.children[i]):
            return False  # "joined them in demanding": what is done, not where
        return word in _WHEN or (word == "on" and site)
    if token.dep == "advcl":
        return any(parse.tokens[c].text.lower() in _THEN for c in parse.children[i])
    if token.dep == "conj" and token.pos in {"VERB", "AUX"}:  # another clause, with somebody of its own
        return any(parse.tokens[c].dep in {"nsubj", "nsubjpass"} for c in parse.children[i])
    return token.dep == "relcl"
