"""Names that the text brings: persons and bodies that no codebook knows.

A run of capitalised words is a person where the tagger says so, where a title stands before it ("Minister Doe"), where a title
stands behind it in apposition ("Doe, head of ..."), or where it is the surname of someone named in full elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.read.mentions.runs import Runs
from dragoman.read.mentions.titles import TitlePhrase
from dragoman.read.mentions.words import Words, whole_office
from dragoman.record import Parse

_OTHER_LABELS = frozenset({"ORG", "FAC", "GPE", "WORK_OF_ART"})
_NEAR = 4
"""Tokens before a name within which an adjective of nationality can hang on it."""

_BODY_NOUNS = frozenset({
    "association", "company", "agency", "union", "federation", "organisation", "organization", "airline", "carrier", "firm",
    "newspaper", "broadcaster", "network", "institute", "movement", "council", "bank", "operator", "watchdog", "daily",
    "weekly", "outlet", "portal", "channel", "consortium", "corporation", "alliance", "coalition", "charity", "foundation",
    "monopoly", "conglomerate", "giant", "manufacturer", "producer", "exporter", "regulator", "lobby", "party", "group",
})  # fmt: skip
"""Nouns that say of a name set beside them that it is a body's."""
_BETWEEN_OFFICES = frozenset({"and", "&", "-", "–", "—", "/"})
_HEADS = frozenset({"head_of_state", "head_of_government"})

_WORD = frozenset({"PROPN", "NOUN", "ADJ", "VERB", "X"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's or body's name at tokens `first` to `last` (exclusive), without titles, forms of address or "'s".

    `titles` stand by it: before it, or in apposition before or behind it; those `apart` are divided from it by a comma.
    `country` is the code of the state in "NAME of STATE".
    """

    kind: Literal["person", "body"]
    first: int
    last: int
    titles: tuple[TitlePhrase, ...] = ()
    apart: tuple[TitlePhrase, ...] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Names in text order and all tokens that belong to one or to a title that stands by one."""

    all: tuple[Name, ...]
    taken: frozenset[int]


def find_names(parse: Parse, words: Words, titles: Sequence[TitlePhrase]) -> Names:
    """Return the persons and bodies that the text names."""
    runs = Runs(parse, words)
    spans = _person_spans(parse, runs, titles)
    beside = _Beside(parse, words, titles, spans)
    found = []
    taken: set[int] = set()
    for first in sorted(spans):
        last = spans[first]
        if first in taken or parse.sentence_of(first).section == "dateline":
            # "(Andes Press)": an agency, whatever the tagger takes it for
            continue
        name = beside.name(first, last)
        if last == first + 1 and not name.titles and _is_body(parse, first):
            name = replace(name, kind="body")
        found.append(name)
        taken.update(range(first, last))
        for title in name.titles:
            if not title.plural:
                taken.update(range(title.own, title.head + 1))
    for body in _bodies(parse, words, runs, taken):
        found.append(body)
        taken.update(range(body.first, body.last))
    found.sort(key=lambda name: name.first)
    return Names(tuple(found), frozenset(taken))


def _is_body(parse: Parse, i: int) -> bool:
    """Whether one word, taken for a person, is called a body beside it: "Linava, the carriers' association,"."""
    tokens = parse.tokens
    beside = [tokens[k] for k in parse.children[i] if tokens[k].dep == "appos"]
    if tokens[i].dep == "appos":
        beside.append(tokens[tokens[i].head])
    return any(token.lemma.lower() in _BODY_NOUNS for token in beside)


def _person_spans(parse: Parse, runs: Runs, titles: Sequence[TitlePhrase]) -> dict[int, int]:
    """First token → end (exclusive) of every person's name."""
    spans: dict[int, int] = {}
    for first, last in runs.words.people.items():
        opening = runs.words.title_at.get(first)
        spans[opening.last if opening is not None and opening.last < last else first] = last
    inside = covered(spans)
    for entity in parse.entities:
        if entity.label == "PERSON" or runs.named_like_a_person(entity.first, entity.last):
            parts = runs.person_parts(entity.first, entity.last)
            spans.update({first: last for first, last in parts if inside.isdisjoint(range(first, last))})
    inside = covered(spans)
    for title in titles:
        for start in _behind(parse, title):
            last = runs.end_of(start)
            if start in runs.words.title_at:
                continue
            if start not in inside and title.is_office and runs.may_follow_title(start, last, title):
                _widen(spans, inside, start, last)
            if not inside.isdisjoint(range(start, last)):
                continue
            if start not in spans and last > start and runs.may_follow_title(start, last, title):
                spans[start] = last
                inside.update(range(start, last))
    for title in titles:
        before = runs.before_apposition(title)
        if before is not None and inside.isdisjoint(range(*before)):
            spans[before[0]] = before[1]
            inside.update(range(*before))
    spans.update(_known_surnames(parse, runs, inside))
    for first in list(spans):
        start, last = runs.with_hyphens(first, spans.pop(first))
        spans[start] = max(last, spans.get(start, 0))
    _add_speakers(parse, runs, spans)
    _add_known(parse, runs, spans)
    return spans


def _widen(spans: dict[int, int], inside: set[int], start: int, last: int) -> None:
    """Give a surname that the tagger took for the whole name the given name before it: "Minister Ana | Sol"."""
    within = [first for first in spans if start < first < last]
    if len(within) == 1 and spans[within[0]] == last:
        del spans[within[0]]
        spans[start] = last
        inside.update(range(start, last))


def _known_surnames(parse: Parse, runs: Runs, inside: set[int]) -> dict[int, int]:
    """Bare surnames that only a holder of an office bears ("Merkel"), whatever the tagger takes them for."""
    offices = runs.words.offices
    found = {}
    for token in parse.tokens:
        word = token.text.casefold()
        if token.pos != "PROPN" or len(word) < 4 or token.i in inside or word not in offices.by_surname:
            continue
        after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else token
        longer = after.pos == "PROPN" and after.ent == token.ent and after.text[0].isupper() and after is not token
        if word not in offices.common_surnames and runs.name_word(token.i) and not longer:
            found[token.i] = token.i + 1
    return found


def covered(spans: Mapping[int, int]) -> set[int]:
    """All tokens of the spans."""
    return {i for first, last in spans.items() for i in range(first, last)}


def _behind(parse: Parse, title: TitlePhrase) -> list[int]:
    """Where a name that belongs to the title may begin: right behind it, or behind its "of" phrase and a comma."""
    tokens = parse.tokens
    sentence = tokens[title.head].sentence
    starts = [
        at
        for at in dict.fromkeys((title.head + 1, title.office_end))
        if at < len(tokens) and tokens[at].sentence == sentence and tokens[at].text[0] not in ',;:.()"'
    ]
    at = title.office_end
    if title.is_office and at + 1 < len(tokens) and tokens[at].text == ",":
        follows = tokens[at + 1]
        apposed = follows.pos == "PROPN" and any(
            token.dep == "appos" and token.head == title.head for token in tokens[at + 1 : at + 4]
        )
        if follows.ent == "PERSON" or apposed:
            starts.append(at + 1)
    return starts


def _add_speakers(parse: Parse, runs: Runs, spans: dict[int, int]) -> None:
    """A capitalised subject of "said" that is no known place and no body to the tagger is a person."""
    inside = covered(spans)
    titled = runs.words.title_at
    for token in parse.tokens:
        if token.dep != "nsubj" or token.pos != "PROPN" or token.i in inside or token.ent in ("ORG", "NORP", "FAC"):
            continue
        if parse.tokens[token.head].lemma not in runs.rules.say or token.i in titled or not runs.name_word(token.i):
            continue
        first = token.i
        while first > 0 and parse.tokens[first - 1].head == token.i and runs.name_word(first - 1):
            first -= 1
        organ = first == token.i and first in runs.words.name_at
        if first not in inside and first not in titled and parse.tokens[first].pos == "PROPN" and not organ:
            spans[first] = token.i + 1


def _add_known(parse: Parse, runs: Runs, spans: dict[int, int]) -> None:
    """Every other place of a known person's surname, or of a given name from a full one, is that name again."""
    known = {parse.tokens[last - 1].text for last in spans.values()}
    known.update(
        parse.tokens[i].text
        for first, last in spans.items()
        for i in range(first, last - 1)
        if parse.tokens[i].text.lower() not in runs.rules.particles and parse.tokens[i].text.isalpha()
    )
    inside = covered(spans)
    for token in parse.tokens:
        if token.text not in known or token.i in inside or len(token.text) < 3:
            continue
        after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else token
        if token.pos not in _WORD and after.lemma not in runs.rules.say:
            # "May said": a surname that is also an auxiliary
            continue
        other = token.ent in _OTHER_LABELS and after.ent == token.ent and after.text[0].isupper() and after is not token
        if (
            (runs.name_word(token.i) or after.lemma in runs.rules.say)
            and not other
            and token.i not in runs.words.title_at
        ):
            first, last = runs.with_hyphens(token.i, token.i + 1)
            spans[first] = last


def _next(parse: Parse, title: TitlePhrase) -> int:
    """The token behind a title; the full stop of an abbreviation ("Capt.") may be a token of its own."""
    tokens = parse.tokens
    at = title.head + 1
    stop = at < len(tokens) and tokens[at].text == "." and title.title.role == "officer"
    return at + 1 if stop and tokens[at].start == tokens[title.head].end else at


class _Beside:
    """What stands beside a name."""

    def __init__(self, parse: Parse, words: Words, titles: Sequence[TitlePhrase], spans: Mapping[int, int]) -> None:
        self.tokens, self.words, self.spans = parse.tokens, words, spans
        self.by_next = {_next(parse, title): title for title in titles}
        self.by_first = {title.first: title for title in titles}
        self.by_end = {title.office_end: title for title in titles}
        self.shared = self._plural_titles(titles)

    def _plural_titles(self, titles: Sequence[TitlePhrase]) -> dict[int, TitlePhrase]:
        """Names behind a title in the plural ("ministers Doe of A, Roe of B and Poe of C") by their first token."""
        found: dict[int, TitlePhrase] = {}
        for title in titles:
            at = title.head + 1
            if not title.plural or at >= len(self.tokens):
                continue
            at += self.tokens[at].text == "of"
            while at in self.spans:
                found[at] = title
                at = self._next_in_list(self.spans[at])
        return found

    def _next_in_list(self, at: int) -> int:
        """The token behind "of STATE", a comma and "and", where a list of names goes on."""
        tokens = self.tokens
        if at + 1 < len(tokens) and tokens[at].text == "of":
            state = at + 1 + (tokens[at + 1].pos == "DET")
            run = self.words.name_at.get(state)
            at = run.last if run is not None else at
        while at < len(tokens) and tokens[at].text in (",", "and"):
            at += 1
        return at

    def _shared(self, first: int) -> tuple[TitlePhrase, ...]:
        title = self.shared.get(first)
        return (title,) if title is not None else ()

    def name(self, first: int, last: int) -> Name:
        """The person's name with the titles by it and the state of "NAME of STATE"."""
        before = self._before(first)
        earlier = self._earlier(before) if before is not None else None
        behind = self._behind(last)
        close = before is not None and self.tokens[self._over_late(first) - 1].text != ","
        return Name(
            kind="person",
            first=first,
            last=last,
            titles=tuple(title for title in (earlier, before, *behind, *self._shared(first)) if title is not None),
            apart=(
                *((earlier,) if earlier is not None and self._is_apart(earlier) else ()),
                *(() if close or before is None else (before,)),
                *behind,
            ),
            country=self._state_behind(last) or (self._nationality(first) if before is None else None),
        )

    def _before(self, first: int) -> TitlePhrase | None:
        tokens = self.tokens
        at = first
        while at > 0 and tokens[at - 1].text.lower() in self.words.rules.address:
            at -= 1
        if self._over_late(at) < at:
            at = first = self._over_late(at)
        title = self.by_next.get(at) or self.by_end.get(at)
        if title is None and at > 2 and tokens[at - 2].text == "and" and tokens[at - 1].text.islower():
            # "former minister and internationalist NAME": an occupation that is no title
            named = at <= tokens[at - 1].head < self.spans.get(first, first + 1)
            title = self.by_end.get(at - 2) if named else None
        if title is not None and title.head < first:
            return title
        if at > 1 and tokens[at - 1].text == "," and tokens[at - 1].sentence == tokens[first].sentence:
            # "the ambassador to Belarus, NAME,": the phrase ends at the comma
            title = self.by_end.get(at - 1)
            if title is not None and (title.definite or self._apposed(first, title)) and self._closes(first):
                return title
        return None

    def _over_late(self, first: int) -> int:
        """Where a name begins with the words before it in "a former secretary of state, the late NAME"."""
        tokens = self.tokens
        late = first > 2 and tokens[first - 1].text.lower() == "late" and tokens[first - 2].text.lower() == "the"
        return first - 2 if late else first

    def _apposed(self, first: int, title: TitlePhrase) -> bool:
        """Whether the parser hangs the name on the title as its apposition."""
        inside = self.tokens[first : self.spans.get(first, first + 1)]
        return any(token.dep == "appos" and token.head == title.head for token in inside)

    def _earlier(self, title: TitlePhrase) -> TitlePhrase | None:
        """The title before a title ("police spokesman Captain Doe", "the foreign minister, Sheikh Doe")."""
        earlier = self.by_next.get(title.own)
        if earlier is None:
            earlier = self._joined(title)
        if earlier is None and title.own > 1 and self.tokens[title.own - 1].text == ",":
            earlier = self.by_end.get(title.own - 1)
            earlier = earlier if earlier is not None and earlier.definite else None
        return earlier if earlier is not None and earlier.head < title.head else None

    def _is_apart(self, earlier: TitlePhrase) -> bool:
        """Whether a comma or "and" divides a title from the one behind it."""
        return self.tokens[earlier.office_end].text.lower() in _BETWEEN_OFFICES | {","}

    def _joined(self, title: TitlePhrase) -> TitlePhrase | None:
        """The first half of a double office: "Deputy Prime Minister and Foreign Minister Doe".

        A head of state or government beside a minister is somebody else ("the president and Foreign Minister Doe").
        """
        at = title.first - 1
        if at < 1 or self.tokens[at].text.lower() not in _BETWEEN_OFFICES or title.definite or title.plural:
            return None
        earlier = self.by_end.get(at)
        if earlier is None or not earlier.is_office or not title.is_office or earlier.definite == "the":
            return None
        apart = earlier.country is not None and title.country not in (None, earlier.country)
        heading = earlier.title.role in _HEADS and title.title.role not in _HEADS
        return None if apart or heading or earlier.plural else earlier

    def _nationality(self, first: int) -> str | None:
        """The state of an adjective that hangs on the name, with nouns between ("Saudi radical NAME")."""
        tokens = self.tokens
        for at in range(first - 1, max(first - _NEAR, -1), -1):
            run = self.words.name_at.get(at)
            if run is not None and run.entry.kind == "demonym":
                return run.entry.country
            if run is not None or tokens[at].dep not in ("compound", "amod", "nmod") or tokens[at].head < at:
                return None
        return None

    def _closes(self, first: int) -> bool:
        """Whether a name behind a comma ends its apposition: a list of persons goes on with "and" and a verb of its own."""
        last = self.spans.get(first, first + 1)
        return last >= len(self.tokens) or self.tokens[last].text not in ("and", "'s", "’s")

    def _behind(self, last: int) -> list[TitlePhrase]:
        tokens = self.tokens
        found: list[TitlePhrase] = []
        if last >= len(tokens) or tokens[last].text not in (",", "(", "–", "—"):
            return found
        title = self.by_first.get(self._skip_determiner(last + 1))
        while title is not None and title.head > last:
            if title.office_end in self.spans or title.head + 1 in self.spans or title.title.role == "nickname":
                break
            found.append(title)
            end = title.office_end
            if end >= len(tokens) or tokens[end].text != "and":
                break
            title = self.by_first.get(self._skip_determiner(end + 1))
        return found

    def _skip_determiner(self, at: int) -> int:
        while at < len(self.tokens) and (
            (self.tokens[at].pos == "DET" and self.tokens[at].tag != "WP$") or self.tokens[at].tag == "PRP$"
        ):
            at += 1
        if at < len(self.tokens) and self.tokens[at].text.lower() == "then":
            at += 1
        return at

    def _state_behind(self, last: int) -> str | None:
        tokens = self.tokens
        if last + 1 >= len(tokens) or tokens[last].text != "of":
            return None
        run = self.words.name_at.get(last + 1 + (tokens[last + 1].pos == "DET"))
        return run.entry.country if run is not None and run.entry.kind == "state" else None


def _bodies(parse: Parse, words: Words, runs: Runs, taken: set[int]) -> list[Name]:
    """Bodies: the tagger's organisations that no codebook knows, with the state that their name holds."""
    found: list[Name] = []
    tokens = parse.tokens
    organs = [run for run in words.names.values() if run.entry.kind == "organ"]
    within = {i for run in organs for i in range(run.first, whole_office(parse, run.first, run.last))}
    for entity in parse.entities:
        if entity.label != "ORG" or within.issuperset(range(entity.first, entity.last)):
            continue  # "and European Integration" is the rest of a ministry's name
        first, last = entity.first, entity.last
        while first < last and (tokens[first].pos in ("DET", "PUNCT") or tokens[first].tag in ("POS", "PRP$")):
            first += 1
        while last > first and (tokens[last - 1].pos in ("PUNCT", "ADP") or tokens[last - 1].tag == "POS"):
            last -= 1
        inner = range(first, last)
        if first == last or not taken.isdisjoint(inner) or any(i in words.title_at for i in inner):
            continue
        known = {words.name_at[i] for i in inner if i in words.name_at}
        whole = any(run.first <= first and run.last >= last for run in known)
        if whole or any(run.entry.kind not in ("state", "demonym", "city") for run in known):
            continue
        opening = tokens[first]
        if not opening.text[0].isupper() or opening.sentence in words.silent or opening.text in words.rules.no_names:
            continue
        if not runs.loud(opening) and any(c.islower() or c.isupper() for c in opening.text):
            country = next((run.entry.country for run in sorted(known, key=lambda run: run.first)), None)
            found.append(Name(kind="body", first=first, last=last, country=country))
    return found
