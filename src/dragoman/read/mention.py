"""Mention: tokens → candidates, the places in a text that may mean an actor, before anyone says which.

The order of trust: the codebook's names and titles, then the tagger's entities, then the shape of the words. Each token
belongs to one candidate at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.codebook import Codebook
from dragoman.codebook.gazetteer import Entry
from dragoman.read.mentions.names import find_names
from dragoman.read.mentions.organs import OrganMention, find_organs
from dragoman.read.mentions.places import place_mentions
from dragoman.read.mentions.several import PairMention, SetKind, SeveralMention, find_pair_words, find_several
from dragoman.read.mentions.titles import TitlePhrase, find_title_phrases
from dragoman.read.mentions.words import Words, find_words
from dragoman.record import Document, Parse

CandidateKind = Literal[
    "person", "known", "body", "organ", "office", "description", "pronoun", "several", "pair", "place"
]

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "many"),
    **dict.fromkeys(("who", "whom", "whose", "which"), "relative"),
}
"""Third-person pronouns by what they can stand for. "I", "we" and "you" are the speaker's: the statement stage reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Tokens `first` to `last` (exclusive) that may mean an actor, with the token `head` that stands in the clause.

    `known` is a name of the codebook (`entry`); `person` and `body` are names that the text brings; `organ` is a common noun
    for an organ or people (`entry` says which, `country` or `of` whose); `office` a person by title or description (`title`).
    `description` is a common noun that comes back to a body or state ("the alliance"); `several` words for `count` actors of
    the kind `counted` ("the two countries"), with the `role` that the noun names; `pair` one of two ("the latter", which
    stands in `pronoun`); `place` any name of a state or place, with its state, and no mention. `titles` of a person are
    those that stand by the name; `names` of an office is the first token of the name by which it stands; `address` is 1
    where "Mr" or "Ms" before a name belongs to the mention. `plural` says that several are meant, `definite` how a
    description is introduced: "the", "a", a possessive's ("poss") or nothing.
    """

    kind: CandidateKind
    first: int
    last: int
    head: int
    entry: Entry | None = None
    title: TitlePhrase | None = None
    titles: tuple[TitlePhrase, ...] = ()
    names: int | None = None
    address: int = 0
    country: str | None = None
    of: str | None = None
    possessor: int | None = None
    owner: int | None = None
    plural: bool = False
    definite: str = ""
    metonym: bool = False
    pronoun: str = ""
    count: int = 0
    counted: SetKind = "any"
    role: str = ""


def find_candidates(document: Document, codebook: Codebook) -> list[Candidate]:
    """Return every candidate of the document in text order; furniture and notes are not parsed and have none."""
    parse = document.parse
    assert parse is not None
    words = find_words(document.article.text, parse, codebook)
    titles = find_title_phrases(parse, words)
    names = find_names(parse, words, titles)
    taken = set(names.taken)
    found: list[Candidate] = []
    for name in names.all:
        found.append(
            Candidate(
                kind=name.kind,
                first=name.first,
                address=_addressed(parse, words, name.first),
                last=name.last,
                head=_head(parse, name.first, name.last),
                titles=name.titles,
                country=name.country,
            )
        )
        found.extend(_office(title, name.first) for title in name.apart)
    for several in find_several(parse, words, taken):
        taken.update(range(several.first, several.last))
        found.append(_several(several))
    for pair in find_pair_words(parse, taken):
        taken.update(range(pair.first, pair.last))
        found.append(_pair(pair))
    for organ in find_organs(parse, words, taken):
        taken.update(range(organ.first, organ.last))
        found.append(_organ(organ))
    for title in titles:
        if taken.isdisjoint(range(title.own, title.head + 1)) and not title.plural:
            taken.update(range(title.own, title.head + 1))
            found.append(_office(title, None))
    for place in place_mentions(parse, words, taken):
        taken.update(range(place.first, place.last))
        found.append(
            Candidate(
                kind="known",
                first=place.first,
                last=place.last,
                head=place.head,
                entry=place.entry,
                metonym=place.metonym,
                plural=place.plural,
            )
        )
    found.extend(_places(words))
    found.extend(_descriptions(parse, words, taken))
    found.extend(_pronouns(parse, taken))
    found.sort(key=lambda candidate: (candidate.first, candidate.last))
    return found


def _addressed(parse: Parse, words: Words, first: int) -> int:
    """1 when "Mr", "Mrs" or "Ms" stands before the name and is part of how the text names the person."""
    before = parse.tokens[first - 1].text.lower() if first > 0 else ""
    return int(words.rules.address.get(before) is not None and before.startswith("m"))


def _head(parse: Parse, first: int, last: int) -> int:
    """The token of a name on which its others hang."""
    for i in range(last - 1, first - 1, -1):
        if not first <= parse.tokens[i].head < last or parse.tokens[i].head == i:
            return i
    return last - 1


def _office(title: TitlePhrase, names: int | None) -> Candidate:
    return Candidate(
        kind="office",
        first=title.own,
        last=title.last,
        head=title.head,
        title=title,
        names=names,
        country=title.country,
        of=title.of,
        possessor=title.possessor,
        owner=title.owner,
        plural=title.plural,
        definite=title.definite,
    )


def _organ(organ: OrganMention) -> Candidate:
    return Candidate(
        kind="organ",
        first=organ.first,
        last=organ.last,
        head=organ.head,
        entry=organ.entry,
        country=organ.country,
        of=organ.of,
        possessor=organ.possessor,
        owner=organ.owner,
        plural=organ.plural,
        definite=organ.definite,
    )


def _several(several: SeveralMention) -> Candidate:
    return Candidate(
        kind="several",
        first=several.first,
        last=several.last,
        head=several.head,
        plural=True,
        count=several.count,
        counted=several.kind,
        role=several.role,
    )


def _pair(pair: PairMention) -> Candidate:
    return Candidate(kind="pair", first=pair.first, last=pair.last, head=pair.head, pronoun=pair.word)


def _places(words: Words) -> list[Candidate]:
    """All names of states, peoples and places, wherever they stand: they tell which state a text is about."""
    return [
        Candidate(kind="place", first=run.first, last=run.last, head=run.last - 1, country=run.entry.country)
        for run in words.names.values()
        if run.entry.kind in ("state", "capital", "city", "demonym", "people", "metonym")
    ]


_OTHERS = frozenset({"other", "new", "same", "first", "second", "last", "next", "former", "own", "whole", "entire"})


def _descriptions(parse: Parse, words: Words, taken: set[int]) -> list[Candidate]:
    """ "The alliance", "the kingdom": definite common nouns that can come back to a body, a group or a state."""
    nouns = words.described
    found = []
    for token in parse.tokens:
        if token.pos != "NOUN" or token.text.lower() not in nouns or token.i in taken:
            continue
        left = [
            parse.tokens[i] for i in parse.children[token.i] if i < token.i and parse.tokens[i].text.lower() != "own"
        ]
        country = None
        if len(left) > 1 and token.text.lower() not in words.rules.descriptions["state"]:
            # "the regional bloc", "the Lebanese group", never "the other group"
            runs = [words.name_at[t.i] for t in left[1:] if t.i in words.name_at]
            country = runs[0].entry.country if runs else None
            if all(t.pos in ("ADJ", "PROPN") and t.text.lower() not in _OTHERS for t in left[1:]):
                left = left[:1]
        if len(left) != 1 or token.dep == "compound":
            continue
        possessor = left[0].i if left[0].tag == "PRP$" else None
        if possessor is None and left[0].text.lower() not in ("the", "this", "that"):
            continue
        formal = _formal(parse, words, token.i)
        if formal is None and any(
            parse.tokens[i].text.lower() in ("of", "that", "which", "for")
            for i in parse.children[token.i]
            if i > token.i
        ):
            continue
        found.append(
            Candidate(
                kind="description",
                first=left[0].i + 1,
                last=token.i + 1,
                head=token.i,
                definite="the" if possessor is None else "poss",
                possessor=possessor,
                country=country,
                of=formal,
                plural=token.tag == "NNS",
            )
        )
    return found


def _formal(parse: Parse, words: Words, i: int) -> str | None:
    """The code of the state in "the kingdom of STATE", for a noun that a state is called by."""
    lemma = parse.tokens[i].lemma.lower()
    if lemma not in words.rules.states_called and lemma not in ("republic", "state"):
        return None
    behind = i + 2
    if behind >= len(parse.tokens) or parse.tokens[i + 1].text.lower() != "of":
        return None
    run = words.name_at.get(behind + (parse.tokens[behind].pos == "DET"))
    return run.entry.key if run is not None and run.entry.kind == "state" else None


def _pronouns(parse: Parse, taken: set[int]) -> list[Candidate]:
    found = []
    for token in parse.tokens:
        if token.pos not in ("PRON", "DET") or token.i in taken:
            continue
        what = PRONOUNS.get(token.text.lower())
        if what is None or (what == "relative") != (token.tag in ("WP", "WDT", "WP$")):
            continue
        found.append(
            Candidate(
                kind="pronoun",
                first=token.i,
                last=token.i + 1,
                head=token.i,
                pronoun=what,
                plural=what == "many",
            )
        )
    return found
