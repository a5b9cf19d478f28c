"""Groups: whom "the two countries", "both governments", "the three" and "they" mean, by the names that were given together.

A number takes up the last states named in coordination that are just so many ("Kenya and Tanzania ... the two countries"), else
the last so many states that the sentence and the one before it name. A plural pronoun that nobody else claims takes up the last
states in coordination.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.read.coding.parties import Parties
from dragoman.record import Parse

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
_MEMBERS = frozenset(
    {
        "country", "state", "nation", "government", "side", "party", "neighbour", "neighbor", "leader", "president", "camp",
        "minister", "capital", "foe", "rival", "ally", "republic", "power", "delegation", "member", "signatory", "premier",
        "enemy", "adversary", "diplomat", "army", "official", "people", "negotiator", "chancellor", "newcomer",
    }
)  # fmt: skip
"""Nouns whose number counts states."""
_PRONOUNS = frozenset({"they", "them", "their"})
_BACK = 3
"""Sentences before its own in which the names that a number takes up may stand."""


def find_groups(parse: Parse, parties: Parties, pair: tuple[str, str] | None) -> dict[int, tuple[str, ...]]:
    """Return the actors of each token that means several states named before it; `pair` are those that the article is about."""
    named = list(_coordinated(parse, parties))
    found: dict[int, tuple[str, ...]] = {}
    for token in parse.tokens:
        word = token.text.lower()
        if word in _PRONOUNS and token.i not in parties.heads:
            group = next((g for at, g in reversed(named) if at < token.i and token.sentence - _s(parse, at) <= 1), None)
            if group is not None and _is_free(parse, parties, token.i, group):
                found[token.i] = group
            continue
        if pair is not None and _are_the_sides(parse, token.i) and not _has_state(parse, parties, token.i):
            found[token.i] = pair
            continue
        number, head = _counted(parse, token.i)
        if number is None or _has_state(parse, parties, head):
            continue
        group = next(
            (
                g
                for at, g in reversed(named)
                if at < token.i and len(g) == number and token.sentence - _s(parse, at) <= _BACK
            ),
            None,
        ) or _last_states(parse, parties, token.i, number)
        if pair is not None and number == len(pair) and not set(group or ()) & set(pair):
            group = pair
        if group is not None:
            found[head] = group
    return found


def _are_the_sides(parse: Parse, i: int) -> bool:
    """Tell whether a token heads "the sides", "the parties" or "each side" without more: in an article on two states, those."""
    tokens = parse.tokens
    words = [tokens[c].text.lower() for c in parse.children[i] if c < i]
    if tokens[i].text.lower() in {"sides", "parties"}:
        return words == ["the"]
    one = words in (["each"], ["either"], ["neither"])
    return one and tokens[i].text.lower() in {"side", "country", "capital", "government"}


def _s(parse: Parse, i: int) -> int:
    return parse.tokens[i].sentence


def _is_free(parse: Parse, parties: Parties, i: int, group: tuple[str, ...]) -> bool:
    """Tell whether no other plural party stands between the group and the pronoun."""
    first = max((j for j, actor in parties.heads.items() if j < i and actor in group), default=i)
    between = (parse.tokens[j] for j in parties.heads if first < j < i)
    return not any(token.tag in {"NNS", "NNPS"} for token in between)


def _counted(parse: Parse, i: int) -> tuple[int | None, int]:
    """Return how many states a token counts and the head of its phrase: "two" of "the two countries", "the three"."""
    token = parse.tokens[i]
    number = _NUMBERS.get(token.text.lower())
    if number is None:
        return None, i
    head = token.head
    if token.dep in {"nummod", "det", "predet"} and parse.tokens[head].lemma.lower() in _MEMBERS:
        definite = token.text.lower() == "both" or any(
            parse.tokens[c].text.lower() in {"the", "these", "those", "its", "their"} for c in parse.children[head]
        )
        return (number if definite else None), head
    if token.pos in {"NUM", "PRON", "DET"} and token.dep in {"nsubj", "nsubjpass", "dobj", "pobj", "poss"}:
        definite = any(parse.tokens[c].text.lower() == "the" for c in parse.children[i])
        plain = not any(parse.tokens[c].dep in {"prep", "relcl", "amod"} for c in parse.children[i])
        return (number if definite and plain else None), i
    return None, i


def _has_state(parse: Parse, parties: Parties, head: int) -> bool:
    actor = parties.heads.get(head)
    if actor is not None and parties.country(actor):
        return True
    return any(
        parties.country(parties.heads[c])
        for c in parse.children[head]
        if c in parties.heads and c not in parties.pronouns
    )


def _coordinated(parse: Parse, parties: Parties) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the actors of each coordination of names of different states, with its last token, in text order."""
    groups = []
    states = {}
    for token in parse.tokens:
        if token.i in parties.heads or (token.ent == "GPE" and token.pos == "PROPN"):
            state = parties.state_of_place(token.i)
            if state is not None:
                states[token.i] = state
    for i in sorted(states):
        token = parse.tokens[i]
        if token.dep == "conj" and token.head in states:
            continue
        chain, waiting = [i], [i]
        while waiting:
            for child in parse.children[waiting.pop()]:
                if parse.tokens[child].dep == "conj" and child in states:
                    chain.append(child)
                    waiting.append(child)
        distinct = tuple(dict.fromkeys(states[j] for j in sorted(chain)))
        if len(distinct) > 1:
            groups.append((max(chain), distinct))
    yield from sorted(groups)


def _last_states(parse: Parse, parties: Parties, at: int, number: int) -> tuple[str, ...] | None:
    """Return the states that the sentence up to a token and the one before it name, where they are just so many."""
    here = parse.tokens[at].sentence
    states: dict[str, str] = {}
    for i in sorted(parties.heads):
        code = parties.country(parties.heads[i])
        if i < at and here - parse.tokens[i].sentence <= 1 and code is not None:
            states[code] = parties.state(code)
    return tuple(states.values()) if len(states) == number else None
