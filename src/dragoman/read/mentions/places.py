"""Names of the codebook in their sentence: the state, the body, or only a place.

"Minsk refused" is a government, "in Minsk" a city. A capital or a seat of power means the state where it does or undergoes
what a place can't: as the subject of a verb, the one who is told, the party of talks, the owner of a decision.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from dragoman.codebook.gazetteer import Entry
from dragoman.read.mentions.words import NameRun, Words
from dragoman.record import Parse, Token

_WHERE = frozenset(
    {
        "in",
        "at",
        "outside",
        "inside",
        "near",
        "around",
        "across",
        "into",
        "within",
        "over",
        "through",
        "throughout",
        "via",
    }
)
_PARTY = frozenset(
    {"with", "by", "between", "against", "toward", "towards", "versus", "among", "without", "behind", "like", "unlike"}
)
"""Prepositions that stand before a party, not a place."""

_REGIONS = frozenset({"region", "disputed", "unrecognised"})
_LONGER = frozenset({"WORK_OF_ART", "EVENT", "PRODUCT", "FAC", "ORG", "LAW"})
_CITY_NOUNS = frozenset({"capital", "city", "town", "home", "place", "site", "centre", "center"})
_CITY_STATES = frozenset({"quiet", "dark", "empty", "deserted", "crowded", "safe"})
_DIRECTIONS = frozenset({"north", "south", "east", "west", "middle", "valley"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A codebook name that means an actor in its place; `metonym` where the name is a capital's or a seat's."""

    first: int
    last: int
    head: int
    entry: Entry
    metonym: bool
    plural: bool


def place_mentions(parse: Parse, words: Words, taken: Set[int]) -> list[PlaceMention]:
    """Return the states, bodies, groups and outlets that the text means as actors, outside the tokens already taken."""
    found = []
    acting: set[int] = set()
    for run in sorted(words.names.values(), key=lambda run: run.first):
        entry = run.entry
        if entry.kind in ("organ", "city") or not taken.isdisjoint(range(run.first, run.last)):
            continue
        head = _head(parse, run)
        token = parse.tokens[head]
        if token.sentence in words.silent or _inside_longer_name(parse, run):
            continue
        if entry.kind == "metonym" and _is_place(parse, token):
            continue
        if entry.kind == "state" and entry.stands_for in _REGIONS and _is_place(parse, token):
            continue
        if entry.kind == "capital" and not _acts(parse, words, token) and not _is_listed(parse, words, run, acting):
            continue
        acting.add(run.last)
        found.append(
            PlaceMention(
                first=run.first,
                last=run.last,
                head=head,
                entry=entry,
                metonym=entry.kind in ("capital", "metonym"),
                plural=entry.kind == "people",
            )
        )
    return found


def _is_listed(parse: Parse, words: Words, run: NameRun, acting: Set[int]) -> bool:
    """Whether a capital stands in a list with one that acts: "Minsk, Kyiv agree truce", "from Tokyo, Washington"."""
    tokens = parse.tokens
    if run.first > 0 and tokens[run.first - 1].text in (",", "and") and run.first - 1 in acting:
        before = words.name_at.get(run.first - 2)
        return before is not None and before.entry.kind == "capital"
    if run.first != parse.sentences[tokens[run.first].sentence].first or run.last >= len(tokens):
        return False
    after = words.name_at.get(run.last + 1) if tokens[run.last].text in (",", "and") else None
    if after is None or after.first != run.last + 1 or after.entry.kind not in ("capital", "state"):
        return False
    return tokens[_head(parse, after)].dep in ("nsubj", "conj", "appos", "compound")


def _head(parse: Parse, run: NameRun) -> int:
    """The token of the run on which its others hang."""
    for i in range(run.last - 1, run.first - 1, -1):
        if not run.first <= parse.tokens[i].head < run.last or parse.tokens[i].head == i:
            return i
    return run.last - 1


def _inside_longer_name(parse: Parse, run: NameRun) -> bool:
    """Whether the name is a part of a work's, a sports event's or an organisation's ("Moscow Times", "London Marathon")."""
    tokens = parse.tokens
    label = tokens[run.first].ent
    if run.entry.kind not in ("state", "capital", "demonym", "metonym") or label not in _LONGER:
        return False
    after = tokens[run.last] if run.last < len(tokens) else None
    before = tokens[run.first - 1] if run.first > 0 else None
    return (after is not None and after.ent == label and after.text[0].isupper()) or (
        before is not None and before.ent == label and before.text[0].isupper() and before.pos == "PROPN"
    )


def _is_place(parse: Parse, token: Token) -> bool:
    """Whether a name only says where something happens ("at the White House", "in Chechnya")."""
    above = parse.tokens[token.head]
    return token.dep == "pobj" and above.text.lower() in _WHERE


def _acts(parse: Parse, words: Words, token: Token, depth: int = 0) -> bool:
    """Whether a capital's name means the government here."""
    above = parse.tokens[token.head]
    rules = words.rules
    if token.dep == "conj" and depth < 4:
        return _acts(parse, words, above, depth + 1)
    if token.dep in ("nsubj", "csubj", "agent", "expl"):
        return above.lemma not in rules.city_verbs and not _is_said_to_be_a_city(parse, above)
    if token.dep == "nsubjpass":
        return above.lemma not in rules.city_verbs
    if token.dep in ("dobj", "dative", "iobj"):
        return above.lemma in rules.toward_someone
    if token.dep == "poss":
        return above.lemma.lower() not in rules.city_owns
    if token.dep == "pobj":
        return _is_party(parse, words, above)
    if token.dep in ("compound", "amod", "nmod"):
        return above.text.lower() in rules.state_organs
    return False


def _is_said_to_be_a_city(parse: Parse, verb: Token) -> bool:
    """Whether "be" says what or where the city is ("Minsk is the capital", "Minsk is in the north")."""
    if verb.lemma != "be":
        return False
    for i in parse.children[verb.i]:
        child = parse.tokens[i]
        if (child.dep == "attr" and child.lemma in _CITY_NOUNS) or (
            child.dep == "acomp" and child.lemma in _CITY_STATES
        ):
            return True
        if child.dep == "prep" and child.text.lower() == "without":
            return True
        if child.dep == "prep" and child.text.lower() == "in":
            inner = [parse.tokens[j] for j in parse.children[i]]
            return any(place.ent in ("GPE", "LOC") or place.lemma in _DIRECTIONS for place in inner)
    return False


def _sends_somebody(parse: Parse, words: Words, verb: Token) -> bool:
    """Whether a person is sent ("sent its minister to Tashkent"): then the capital is where to."""
    objects = [i for i in parse.children[verb.i] if parse.tokens[i].dep == "dobj"]
    return any(i in words.title_at or parse.tokens[i].ent == "PERSON" for i in objects)


def _is_party(parse: Parse, words: Words, link: Token) -> bool:
    """Whether a preposition before a capital is toward a government: by itself ("with"), or by what it hangs on."""
    word = link.text.lower()
    if word in _PARTY:
        return True
    above = parse.tokens[link.head]
    hangs_on = words.rules.links.get(word)
    if hangs_on is None:
        return False
    if word == "by" and above.pos == "VERB":
        return True
    if word == "to" and above.lemma == "send" and _sends_somebody(parse, words, above):
        return False
    if above.lemma.lower() in hangs_on:
        return True
    if above.pos == "VERB" and any(
        parse.tokens[i].dep == "dobj" and parse.tokens[i].lemma.lower() in hangs_on for i in parse.children[above.i]
    ):
        # "bring pressure on Minsk": the preposition hangs on the verb, past its object
        return True
    title = words.title_at.get(above.i)
    if title is not None and word in ("to", "from", "of"):
        return title.title.role in ("ambassador", "envoy", "diplomat", "representative")
    organ = words.name_at.get(above.i)
    if organ is not None and organ.entry.kind == "organ" and word == "of":
        return organ.entry.key in ("diplomats", "officials", "forces") or organ.entry.key in words.rules.state_organs
    # "recalled its envoy from Minsk": the preposition may hang on the verb, past the envoy
    return word in ("to", "from") and any(
        (title := words.title_at.get(i)) is not None and title.title.role in ("ambassador", "envoy", "diplomat")
        for i in parse.children[above.i]
        if i < link.i
    )
