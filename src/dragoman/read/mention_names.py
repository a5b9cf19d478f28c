"""Names that the text brings: persons and bodies that no codebook knows.

A run of capitalised words is a person where the tagger says so, where a title stands before it ("Minister Doe"), where a title
stands behind it in apposition ("Doe, head of ..."), or where it is the surname of someone named in full elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.codebook.offices import Offices
from dragoman.read.mention_titles import TitlePhrase
from dragoman.read.mention_words import Words
from dragoman.record import Parse, Token

HONORIFICS = {
    "mr": "male",
    "mr.": "male",
    "mister": "male",
    "sir": "male",
    "lord": "male",
    "mrs": "female",
    "mrs.": "female",
    "ms": "female",
    "ms.": "female",
    "miss": "female",
    "lady": "female",
    "dame": "female",
    "dr": None,
    "dr.": None,
    "m.": None,
    "justice": None,
    "saint": None,
}
"""Forms of address that stand before a name and are no part of it, with the gender that they tell."""

PARTICLES = frozenset(
    "al el bin ibn ben abu von van der den de del della di da dos du la le ter ten zu af av y e ould ul ur bint st".split()  # noqa: SIM905 -- a list of words reads better as words
)
"""Small words inside a name."""

SAY = frozenset(
    """say tell add note explain believe think announce claim insist argue warn stress state declare comment remark reply
    respond write recall suggest admit acknowledge deny confirm describe call consider urge demand promise vow pledge predict
    ask accuse report""".split()
)
"""Verbs whose subject is a person or a body that speaks, never a place."""

_JUNK = frozenset({"Now", "Comments", "Q", "A", "Mr", "Mrs", "God", "Islam", "Christmas", "Ramadan", "Congress"})
_LONGEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's or body's name at tokens `first` to `last` (exclusive), without titles, forms of address or "'s".

    `title` stands by it: before it or in apposition. `country` and `of` are what a "NAME of STATE" or a body's own words say.
    """

    kind: Literal["person", "body"]
    first: int
    last: int
    title: TitlePhrase | None = None
    country: str | None = None
    of: str | None = None
    honorific: str = ""
    titles: tuple[TitlePhrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names in text order and all tokens that belong to one or to a title that stands by one."""

    all: tuple[Name, ...]
    taken: frozenset[int]


def find_names(parse: Parse, words: Words, titles: Sequence[TitlePhrase], offices: Offices) -> Names:
    """Return the persons and bodies that the text names."""
    runs = _Runs(parse, words, offices)
    by_next = {title.head + 1: title for title in titles if title.office_end == title.head + 1 or True}
    by_first: dict[int, TitlePhrase] = {title.first: title for title in titles}
    spans: dict[int, int] = {}
    for entity in parse.entities:
        if entity.label == "PERSON":
            for first, last in runs.person_parts(entity.first, entity.last):
                spans[first] = last
    for title in titles:
        for start in _behind(parse, title):
            last = runs.end_of(start)
            if start not in spans and last > start and runs.may_follow_title(start, last, title):
                spans[start] = last
    for title in titles:
        before = runs.before_apposition(title)
        if before is not None and not any(i in spans for i in range(*before)) and before[0] not in runs.inside(spans):
            spans[before[0]] = before[1]
    _add_speakers(parse, runs, spans)
    _add_known(parse, runs, spans)
    found = []
    taken: set[int] = set()
    for first in sorted(spans):
        last = spans[first]
        if first in taken:
            continue
        name = _with_titles(parse, words, by_next, by_first, Name(kind="person", first=first, last=last))
        found.append(name)
        taken.update(range(first, last))
        for title in name.titles:
            if title.is_office or title.title.role in ("family", "civilian", "artist", "interlocutor", "nickname"):
                taken.update(range(title.first, title.head + 1))
                taken.update(range(title.core, title.last))
    for body in _bodies(parse, words, runs, taken):
        found.append(body)
        taken.update(range(body.first, body.last))
    found.sort(key=lambda name: name.first)
    return Names(tuple(found), frozenset(taken))


class _Runs:
    """Runs of capitalised words."""

    def __init__(self, parse: Parse, words: Words, offices: Offices) -> None:
        self.parse, self.words, self.offices = parse, words, offices
        self.tokens = parse.tokens

    def name_word(self, i: int) -> bool:
        """Whether a token can be part of a person's name."""
        token = self.tokens[i]
        if not token.text[0].isupper() or token.ent in ("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT"):
            return False
        if token.text in _JUNK or (len(token.text) > 1 and token.text.isupper() and len(token.text) > 4 and self.loud(token)):
            return False
        run = self.words.name_at.get(i)
        return (run is None or (run.entry.kind == "organ" and token.pos == "PROPN" and i not in self.words.title_at)) and (
            token.pos in ("PROPN", "NOUN", "ADJ", "VERB", "X")
        )

    def loud(self, token: Token) -> bool:
        """Whether the token's sentence is all in capitals, as headings are."""
        sentence = self.parse.sentences[token.sentence]
        return all(t.text.isupper() for t in self.tokens[sentence.first : sentence.last] if t.text.isalpha())

    def end_of(self, start: int) -> int:
        """The end (exclusive) of the run of name words that begins at `start`; particles and hyphens go on with it."""
        if start >= len(self.tokens) or not self._opens(start):
            return start
        sentence = self.tokens[start].sentence
        end = start
        i = start
        while i < len(self.tokens) and self.tokens[i].sentence == sentence and i - start < _LONGEST + 2:
            token = self.tokens[i]
            if self.name_word(i):
                if token.pos != "PROPN" and i > start and token.ent != "PERSON":
                    break
                end = i + 1
            elif not (token.text == "-" or token.text.lower().strip("'’") in PARTICLES):
                break
            i += 1
        return end

    def _opens(self, start: int) -> bool:
        token = self.tokens[start]
        return self.name_word(start) or (token.text.lower() in ("al", "bin", "de", "van", "von") and token.text[0].islower())

    def person_parts(self, first: int, last: int) -> list[tuple[int, int]]:
        """The persons in an entity: forms of address, titles, "'s" and the codebook's names cut off."""
        tokens = self.tokens
        parts: list[tuple[int, int]] = []
        i = first
        while i < last:
            token = tokens[i]
            run = self.words.name_at.get(i)
            title = self.words.title_at.get(i)
            if run is not None and run.entry.kind != "organ":
                i = run.last
            elif title is not None and not (title.title.role in ("officer",) and i + 1 == last):
                i = title.last
            elif token.text.lower() in HONORIFICS or token.tag == "POS" or not (token.text[0].isupper() or token.text[0].islower() and token.text.lower() in PARTICLES):
                i += 1
            else:
                end = i
                while end < last and self._goes_on(end):
                    end += 1
                if end > i and self._is_name(i, end):
                    parts.append((i, end))
                i = max(end, i + 1)
        return parts

    def _goes_on(self, i: int) -> bool:
        token = self.tokens[i]
        run = self.words.name_at.get(i)
        if run is not None and run.entry.kind != "organ":
            return False
        if token.tag == "POS" or token.text.lower() in HONORIFICS:
            return False
        return token.text[0].isupper() or token.text in ("-", "'", "’") or token.text.lower().strip("'’") in PARTICLES

    def _is_name(self, first: int, last: int) -> bool:
        parts = self.tokens[first:last]
        if any(c.isdigit() for t in parts for c in t.text) or parts[0].text in _JUNK:
            return False
        if len(parts) == 1 and (len(parts[0].text) < 2 or parts[0].pos not in ("PROPN", "NOUN", "ADJ", "X", "VERB")):
            return False
        return not (len(parts) == 1 and self.loud(parts[0]))

    def may_follow_title(self, start: int, last: int, title: TitlePhrase) -> bool:
        """Whether a run behind a title is a name: not what a rank is only part of ("General Motors", "Chief Albert Lutuli")."""
        tokens = self.tokens
        if any(self.tokens[i].ent in ("ORG", "FAC", "WORK_OF_ART", "PRODUCT") and tokens[title.head].ent == tokens[i].ent for i in range(start, last)):
            given = self.offices.gender_of(tokens[start].text) is not None
            return given or title.title.role in ("head_of_state", "head_of_government", "foreign_minister", "minister", "spokesperson")
        return all(tokens[i].pos in ("PROPN", "NOUN", "ADJ", "X", "PUNCT", "ADP", "DET", "VERB") for i in range(start, last))

    def before_apposition(self, title: TitlePhrase) -> tuple[int, int] | None:
        """The run of name words before ", [the] TITLE": "Doe, head of the committee"."""
        tokens = self.tokens
        i = title.first - 1
        while i > 0 and (tokens[i].pos == "DET" or tokens[i].tag == "PRP$" or tokens[i].text in ("-",)):
            i -= 1
        if i < 1 or tokens[i].text != "," or tokens[i].sentence != tokens[title.head].sentence or not title.is_office:
            return None
        end = i
        start = end
        while start > 0 and end - start < _LONGEST and tokens[start - 1].sentence == tokens[end].sentence:
            if not (self.name_word(start - 1) or tokens[start - 1].text == "-"):
                break
            start -= 1
        if start == end or tokens[start].pos != "PROPN" or start in self.words.title_at:
            return None
        if tokens[start - 1].text.lower() in ("in", "at", "near", "from", "of") and tokens[start].ent in ("GPE", "LOC", "FAC", "ORG"):
            return None
        if tokens[start].ent in ("ORG", "NORP", "LOC") and end - start > 1 and self.offices.gender_of(tokens[start].text) is None:
            return None
        behind = title.office_end < len(tokens) and tokens[title.office_end].text in (",", ".", "-", "–", "—", ")", ";")
        return (start, end) if behind and tokens[start - 1].text != "," or (behind and tokens[start].ent in ("PERSON", "")) else None

    @staticmethod
    def inside(spans: dict[int, int]) -> set[int]:
        """All tokens of the spans."""
        return {i for first, last in spans.items() for i in range(first, last)}


def _behind(parse: Parse, title: TitlePhrase) -> list[int]:
    """Where a name that belongs to the title may begin: right behind it, or behind its "of" phrase and a comma."""
    starts = []
    tokens = parse.tokens
    for at in dict.fromkeys((title.head + 1, title.office_end)):
        if at < len(tokens) and tokens[at].sentence == tokens[title.head].sentence and tokens[at].text[0] not in ",;:.()\"":
            starts.append(at)
    at = title.office_end
    if title.is_office and at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].ent == "PERSON":
        starts.append(at + 1)
    return starts


def _add_speakers(parse: Parse, runs: _Runs, spans: dict[int, int]) -> None:
    """A capitalised subject of "said" that is no known place and no body to the tagger is a person."""
    covered = runs.inside(spans)
    for token in parse.tokens:
        if token.dep == "nsubj" and token.pos == "PROPN" and token.i not in covered and token.ent not in ("ORG", "NORP", "FAC"):
            verb = parse.tokens[token.head]
            if verb.lemma in SAY and token.i not in runs.words.title_at and runs.name_word(token.i):
                first = token.i
                while first > 0 and parse.tokens[first - 1].pos == "PROPN" and runs.name_word(first - 1) and parse.tokens[first - 1].head == token.i:
                    first -= 1
                if first not in covered and first not in runs.words.title_at:
                    spans[first] = token.i + 1


def _add_known(parse: Parse, runs: _Runs, spans: dict[int, int]) -> None:
    """Every other place of a known person's surname (or rare given name) is that name again."""
    surnames: Counter[str] = Counter()
    for first, last in spans.items():
        surnames[parse.tokens[last - 1].text] += 1
        if last - first > 1:
            surnames[parse.tokens[first].text] += 1
    covered = runs.inside(spans)
    for token in parse.tokens:
        if token.text in surnames and token.i not in covered and token.pos in ("PROPN", "NOUN", "ADJ", "VERB", "X") and len(token.text) > 2:
            following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
            part_of_other = token.ent in ("ORG", "FAC", "GPE", "WORK_OF_ART") and (
                (following is not None and following.ent == token.ent and following.text[0].isupper())
            )
            if runs.name_word(token.i) and not part_of_other and token.i not in runs.words.title_at:
                spans[token.i] = token.i + 1


def _with_titles(
    parse: Parse, words: Words, by_next: dict[int, TitlePhrase], by_first: dict[int, TitlePhrase], name: Name
) -> Name:
    """Give a name the titles by it, a form of address, and the state of "NAME of STATE"."""
    tokens = parse.tokens
    titles: list[TitlePhrase] = []
    before = name.first - 1
    honorific = ""
    while before >= 0 and tokens[before].text.lower() in HONORIFICS and tokens[before].sentence == tokens[name.first].sentence:
        honorific = tokens[before].text.lower()
        before -= 1
    ahead = by_next.get(before + 1)
    if ahead is None:
        ahead = next((t for t in by_first.values() if t.office_end == before + 1 and t.head < before + 1), None)
    if ahead is None and before >= 0 and tokens[before].text == ",":
        # "the ambassador to Belarus, NAME,": the title's phrase ends at the comma
        ahead = next((t for t in by_first.values() if t.office_end == before and t.is_office and t.definite), None)
    if ahead is not None and ahead.head < name.first:
        titles.append(ahead)
    behind = name.last
    if behind < len(tokens) and tokens[behind].text in (",", "(", "–", "—"):
        at = behind + 1
        while at < len(tokens) and (tokens[at].pos == "DET" or tokens[at].tag == "PRP$"):
            at += 1
        follower = by_first.get(at)
        while follower is not None and follower.head > name.last:
            closing = tokens[follower.office_end] if follower.office_end < len(tokens) else None
            if closing is None or closing.text in (",", ".", ")", ";", "–", "—", "and", "-", "?", "!", '"', "”", ":") or closing.pos in ("SCONJ", "PRON") or closing.sentence != tokens[name.first].sentence:
                titles.append(follower)
            if closing is None or closing.text not in (",", "and"):
                break
            nxt = follower.office_end + 1
            while nxt < len(tokens) and (tokens[nxt].pos == "DET" or tokens[nxt].tag == "PRP$"):
                nxt += 1
            follower = by_first.get(nxt) if closing.text == "and" else None
    country = None
    if behind + 1 < len(tokens) and tokens[behind].text == "of":
        at = behind + 1 + (tokens[behind + 1].pos == "DET")
        run = words.name_at.get(at)
        if run is not None and run.entry.kind == "state":
            country = run.entry.country
    return replace(
        name, title=titles[0] if titles else None, titles=tuple(titles), country=country, honorific=honorific
    )


def _bodies(parse: Parse, words: Words, runs: _Runs, taken: set[int]) -> list[Name]:
    """Bodies: the tagger's organisations that no codebook knows."""
    found = []
    for entity in parse.entities:
        if entity.label != "ORG":
            continue
        first, last = entity.first, entity.last
        tokens = parse.tokens
        while first < last and (tokens[first].pos in ("DET", "PUNCT") or tokens[first].tag in ("POS", "PRP$")):
            first += 1
        while last > first and (tokens[last - 1].pos == "PUNCT" or tokens[last - 1].tag == "POS"):
            last -= 1
        inner = range(first, last)
        if first == last or not taken.isdisjoint(inner) or any(i in words.title_at for i in inner):
            continue
        if any(i in words.name_at for i in inner) or not tokens[first].text[0].isupper():
            continue
        if runs.loud(tokens[first]) or tokens[first].text in _JUNK or not any(c.isalpha() for c in tokens[first].text):
            continue
        found.append(Name(kind="body", first=first, last=last))
    return found
