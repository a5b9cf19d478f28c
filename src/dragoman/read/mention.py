"""Mention: tokens → candidates, the places in a text that may mean an actor, before anyone says which.

The order of trust: the codebook's names and titles, then the tagger's entities, then the shape of the words. Each token
belongs to one candidate at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.codebook import Codebook
from dragoman.codebook.gazetteer import Entry
from dragoman.read.mention_names import Names, find_names
from dragoman.read.mention_organs import find_organs
from dragoman.read.mention_places import place_mentions
from dragoman.read.mention_titles import TitlePhrase, find_title_phrases
from dragoman.read.mention_words import Words, find_words
from dragoman.record import Document, Parse

CandidateKind = Literal["person", "known", "body", "organ", "office", "pronoun"]

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "many"),
}
"""Third-person pronouns by what they can stand for. "I", "we" and "you" are the speaker's: the statement stage reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Tokens `first` to `last` (exclusive) that may mean an actor, with the token `head` that stands in the clause.

    `known` is a name of the codebook (`entry`); `person` and `body` are names that the text brings; `organ` is a common noun
    for an organ or people (`entry` says which, `country` or `of` whose); `office` a person by title or description (`title`).
    `title` of a person is the one that stands by the name. `plural` says that several are meant, `definite` how a description
    is introduced: "the", "a", a possessive's ("poss") or nothing.
    """

    kind: CandidateKind
    first: int
    last: int
    head: int
    entry: Entry | None = None
    title: TitlePhrase | None = None
    country: str | None = None
    of: str | None = None
    possessor: int | None = None
    plural: bool = False
    definite: str = ""
    metonym: bool = False
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates in text order and, for persons, the titles that apply to them beside the one at the name."""

    all: tuple[Candidate, ...]
    names: Names
    words: Words


def find_candidates(document: Document, codebook: Codebook) -> Candidates:
    """Return every candidate of the document in text order; furniture and notes are not parsed and have none."""
    parse = document.parse
    assert parse is not None
    words = find_words(document.article.text, parse, codebook)
    titles = find_title_phrases(parse, words)
    names = find_names(parse, words, titles, codebook.offices)
    taken = set(names.taken)
    found = [
        Candidate(
            kind=name.kind,
            first=name.first,
            last=name.last,
            head=name.last - 1,
            title=name.title,
            country=name.country,
            of=name.of,
        )
        for name in names.all
    ]
    for organ in find_organs(parse, words, taken):
        taken.update(range(organ.first, organ.last))
        found.append(
            Candidate(
                kind="organ",
                first=organ.first,
                last=organ.last,
                head=organ.head,
                entry=organ.entry,
                country=organ.country,
                of=organ.of,
                possessor=organ.possessor,
                plural=organ.plural,
                definite=organ.definite,
            )
        )
    for title in titles:
        if title.head in taken or title.first in taken:
            continue
        taken.update(range(title.core, title.last))
        found.append(
            Candidate(
                kind="office",
                first=title.core,
                last=title.last,
                head=title.head,
                title=title,
                country=title.country,
                of=title.of,
                possessor=title.possessor,
                plural=title.plural,
                definite=title.definite,
            )
        )
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
    found.extend(_pronouns(parse, taken))
    found.sort(key=lambda candidate: (candidate.first, candidate.last))
    return Candidates(tuple(found), names, words)


def _pronouns(parse: Parse, taken: set[int]) -> list[Candidate]:
    found = []
    for token in parse.tokens:
        if token.pos == "PRON" and token.i not in taken:
            what = PRONOUNS.get(token.text.lower())
            if what is not None:
                found.append(
                    Candidate(kind="pronoun", first=token.i, last=token.i + 1, head=token.i, pronoun=what, plural=what == "many")
                )
    return found
