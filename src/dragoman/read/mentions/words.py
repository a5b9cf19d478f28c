"""The codebook's names and titles in a parsed text, as runs of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.codebook import Codebook
from dragoman.codebook.gazetteer import Entry
from dragoman.codebook.mentions import MentionRules
from dragoman.codebook.offices import Offices, OfficeTitle
from dragoman.codebook.phrases import Found
from dragoman.record import Parse

_BODY_LABELS = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC"})
_STANCES = frozenset({"pro", "anti", "non", "post", "neo"})
_BACKED = frozenset(
    {"backed", "sponsored", "supported", "funded", "trained", "installed", "armed", "occupied", "held", "controlled"}
)
_POSTS = frozenset(
    {"minister", "secretary", "president", "premier", "chairman", "chairwoman", "chair", "head", "deputy"}
)
"""Nouns that begin an office of their own."""
_SILENT = frozenset({"profile", "byline", "dateline"})
"""Sections in which a name does not act: their persons are read, their states are not."""


@dataclass(frozen=True, slots=True)
class NameRun:
    """A codebook name at tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class TitleRun:
    """A title's words at tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    title: OfficeTitle


@dataclass(frozen=True, slots=True)
class Words:
    """Names and titles by their first token, and each token's; `plurals` are titles in the plural.

    `people` are full names of holders of offices, first token → end, `person_at` the tokens of surely a person; `stances` the
    first tokens of names in "pro-Russian" or "Iranian-backed", which tell whom someone stands with, not whose he is. `silent`
    are the sentences in which a state's name does not act (profiles, bylines). `described` are the nouns by which a text comes
    back to a body or state.
    """

    names: Mapping[int, NameRun]
    name_at: Mapping[int, NameRun]
    titles: Mapping[int, TitleRun]
    title_at: Mapping[int, TitleRun]
    plurals: Mapping[int, TitleRun]
    people: Mapping[int, int]
    person_at: frozenset[int]
    stances: frozenset[int]
    silent: frozenset[int]
    offices: Offices
    rules: MentionRules
    described: frozenset[str]


def whole_office(parse: Parse, first: int, last: int) -> int:
    """Where the title ends of which the codebook has the beginning: "minister of water | resources", "... and trade"."""
    tokens = parse.tokens
    if all(token.lower != "of" for token in tokens[first:last]):
        return last
    while last < len(tokens):
        inner, after = tokens[last - 1], tokens[last]
        if inner.dep == "compound" and inner.head == last and after.ent != "PERSON" and after.pos in ("NOUN", "PROPN"):
            last += 1
            continue
        joined = next((t for t in tokens[last + 1 : last + 4] if t.dep == "conj" and first < t.head < last), None)
        if (
            after.lower != "and"
            or joined is None
            or joined.pos not in ("NOUN", "PROPN")
            or not joined.text[0].isupper()
        ):
            break
        between = tokens[last + 1 : joined.i + 1]
        if any(t.ent == "PERSON" or t.pos not in ("NOUN", "PROPN", "ADJ") or t.lower in _POSTS for t in between):
            break
        last = joined.i + 1
    return last


def find_words(text: str, parse: Parse, codebook: Codebook) -> Words:
    """Return the codebook's names and titles that begin and end with a token.

    A name that is also a common word counts only where the tagger saw a name of its kind; a place's name inside a person's
    ("Michael Jordan") does not count.
    """
    tokens = parse.tokens
    starts = {token.start: token.i for token in tokens}
    ends = {token.end: token.i + 1 for token in tokens}
    persons = _person_tokens(parse, codebook.offices)
    people = {}
    for person in codebook.offices.find_people(text):
        run = _tokens_of(person, starts, ends)
        if run is not None:
            people[run[0]] = run[1]
            persons.update(range(*run))
    names: dict[int, NameRun] = {}
    stances: set[int] = set()
    hits = codebook.gazetteer.find(text)
    for found in hits:
        run = _tokens_of(found, starts, ends)
        if run is None:
            continue
        entry = _meant(found.values, hits)
        if entry.kind == "city" and _in_a_person(parse, *run):
            continue
        if entry.weak and not _is_whole_body(parse, *run):
            continue
        if entry.kind in ("state", "demonym", "body", "group") and _of_a_stance(parse, *run):
            stances.add(run[0])
        if entry.kind != "organ" and not persons.isdisjoint(range(*run)):
            continue
        before = tokens[run[0] - 1] if run[0] > 0 else None
        if before is not None and before.ent == "PERSON" and before.text.lower() in codebook.mentions.particles:
            # "Khalid Al Sabah": a family, not the place
            continue
        names[run[0]] = NameRun(run[0], run[1], entry)
    titles: dict[int, TitleRun] = {}
    plurals: dict[int, TitleRun] = {}
    for hit in codebook.offices.find_titles(text):
        run = _tokens_of(hit, starts, ends)
        if run is not None and tokens[run[1] - 1].tag in ("NNS", "NNPS"):
            plurals[run[0]] = TitleRun(run[0], run[1], hit.values[0])
        elif run is not None:
            titles[run[0]] = TitleRun(run[0], whole_office(parse, *run), hit.values[0])
    _prefer_longer(names, titles)
    return Words(
        names=names,
        name_at={i: run for run in names.values() for i in range(run.first, run.last)},
        titles=titles,
        title_at={i: run for run in titles.values() for i in range(run.first, run.last)},
        plurals=plurals,
        people=people,
        person_at=frozenset(persons),
        stances=frozenset(stances),
        silent=frozenset(s.i for s in parse.sentences if s.section in _SILENT),
        offices=codebook.offices,
        rules=codebook.mentions,
        described=frozenset().union(*codebook.mentions.descriptions.values(), codebook.mentions.states_called),
    )


def _is_whole_body(parse: Parse, first: int, last: int) -> bool:
    """Whether the tagger takes just these words for a body or place."""
    tokens = parse.tokens
    if any(tokens[i].ent not in _BODY_LABELS for i in range(first, last)):
        return False
    beside = [i for i in (first - 1, last) if 0 <= i < len(tokens) and tokens[i].sentence == tokens[first].sentence]
    return not any(tokens[i].ent == tokens[first].ent and tokens[i].pos == "PROPN" for i in beside)


def _in_a_person(parse: Parse, first: int, last: int) -> bool:
    """Whether a city's name is only a part of what the tagger takes for a person ("Whitney Houston")."""
    tokens = parse.tokens
    beside = [i for i in (first - 1, last) if 0 <= i < len(tokens) and tokens[i].sentence == tokens[first].sentence]
    return tokens[first].ent == "PERSON" and any(tokens[i].ent == "PERSON" for i in beside)


def _of_a_stance(parse: Parse, first: int, last: int) -> bool:
    tokens = parse.tokens
    if first > 1 and tokens[first - 1].text == "-" and tokens[first - 2].text.lower() in _STANCES:
        return True
    return last + 1 < len(tokens) and tokens[last].text == "-" and tokens[last + 1].text.lower() in _BACKED


def _meant(values: tuple[Entry, ...], hits: Sequence[Found[Entry]]) -> Entry:
    """Which of several meanings a name has: a city that a body is known by means its own state where that is spoken of."""
    seat = next((entry for entry in values if entry.stands_for == "body"), None)
    if seat is None or len(values) == 1:
        return values[0]
    own = next(entry for entry in values if entry is not seat)
    spoken_of = any(hit.values[0].key == own.key and hit.values[0].kind in ("state", "demonym") for hit in hits)
    return own if spoken_of else seat


def _tokens_of(
    found: Found[Entry] | Found[OfficeTitle] | Found[str], starts: Mapping[int, int], ends: Mapping[int, int]
) -> tuple[int, int] | None:
    first, last = starts.get(found.start), ends.get(found.end)
    if first is None:
        return None
    if last is None:
        # the full stop of an abbreviation that ends the sentence may be its own token or the word's
        last = ends.get(found.end - 1) or ends.get(found.end + 1)
    if last is not None and last - 1 > first and found.end - 1 in starts and starts[found.end - 1] == last - 1:
        last -= 1
    return (first, last) if last is not None and first < last else None


def _person_tokens(parse: Parse, offices: Offices) -> set[int]:
    """Tokens of two- to four-word person entities that begin with a given name: no place stands inside them."""
    found: set[int] = set()
    for entity in parse.entities:
        if entity.label == "PERSON" and 2 <= entity.last - entity.first <= 4:
            given = parse.tokens[entity.first].text
            if offices.gender_of(given) is not None:
                found.update(range(entity.first, entity.last))
    return found


def _prefer_longer(names: dict[int, NameRun], titles: dict[int, TitleRun]) -> None:
    """Where a name and a title share tokens, the longer stays; of equals the name, unless it is a common noun."""
    owner: dict[int, NameRun] = {i: run for run in names.values() for i in range(run.first, run.last)}
    for title in list(titles.values()):
        for run in _overlapping(owner, range(title.first, title.last)):
            shorter = run.last - run.first < title.last - title.first
            same = run.last - run.first == title.last - title.first and run.entry.kind == "organ"
            if shorter or same:
                names.pop(run.first, None)
            else:
                titles.pop(title.first, None)


def _overlapping(owner: Mapping[int, NameRun], tokens: Iterable[int]) -> list[NameRun]:
    return list(dict.fromkeys(owner[i] for i in tokens if i in owner))
