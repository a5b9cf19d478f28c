"""Title phrases: "Ukraine's former deputy foreign minister", "head of the security committee", "his Saudi counterpart".

A phrase is read along the line of words, since the parser is unsure of long appositions: leftwards over the words that hang
on the title, rightwards over the phrases with "of", "for", "at", "to", "on" that belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook.gazetteer import Entry
from dragoman.codebook.offices import Gender, OfficeTitle
from dragoman.read.mentions.words import Words
from dragoman.record import Parse, Token

_LINKS = frozenset({"of", "for", "at", "to", "on", "in", "with"})
_SENT = frozenset({"ambassador", "envoy", "diplomat", "representative"})
"""Roles of those who are sent somewhere: what follows with "to" or "in" is where, never why."""

_GENERIC = frozenset(
    {"head", "spokesperson", "official", "leader", "adviser", "representative", "envoy", "police", "secretary"}
)
"""Roles that take their sector from the body they serve: a police spokesman is of the police, a NATO official of NATO."""

_PRIVATE = frozenset({"MED", "EDU", "BUS", "NGO"})

_SECTOR_WORDS = {
    "parliamentary": "LEG",
    "legislative": "LEG",
    "military": "MIL",
    "opposition": "OPP",
    "rebel": "REB",
    "guerrilla": "REB",
    "separatist": "REB",
    "party": "PTY",
    "union": "LAB",
    "church": "REL",
    "intelligence": "SPY",
}
_NOT_LEFT = frozenset({"DET", "VERB", "AUX", "ADP", "SCONJ", "PUNCT", "CCONJ", "INTJ", "SYM"})
_INNER = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"})
_LONGEST_LEFT = 8
_LONGEST_RIGHT = 18

_NO_OFFICE = frozenset({"family", "civilian", "artist", "nickname", "interlocutor", "other", "stance", "human"})
"""Roles of words that describe a person and are no office that is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePhrase:
    """A title with what stands by it.

    Tokens `first` to `last` (exclusive) are the title and what stands before it, without the article; `own` is where they
    begin behind a possessor's "'s", `core` behind a state's adjective too, `office_end` where the phrases with "of" end;
    `head` is its last word. `country` is the code of the state it is held for, `of` the name of the body; `host` the code of
    the state to which an ambassador is sent. `possessor` is the token of "his", "its" or "their" before it, `owner` the
    last of a person's name before it ("Doe's spokesman"). `organ` is the kind of organ served ("army spokesman").
    """

    first: int
    own: int
    core: int
    head: int
    last: int
    office_end: int
    title: OfficeTitle
    country: str | None
    of: str | None
    sector: str | None
    host: str | None
    possessor: int | None
    owner: int | None
    former: bool
    plural: bool
    definite: str
    counterpart: bool = False
    organ: str | None = None

    gender: Gender | None = None

    @property
    def is_office(self) -> bool:
        """Whether the words name an office or occupation rather than a relation or a passing description."""
        return self.title.role not in _NO_OFFICE and not self.counterpart


def find_title_phrases(parse: Parse, words: Words) -> list[TitlePhrase]:
    """Return the title phrases in text order; one may stand in the "of" phrase of another."""
    found: list[TitlePhrase] = []
    end = 0
    for first, run in sorted({**words.plurals, **words.titles}.items()):
        head = run.last - 1
        if first < end or not _is_noun(parse, words, head):
            continue
        phrase = _phrase(parse, words, first, head, run.title)
        # "Foreign Ministry spokesman" begins before its title: what it swallows is no phrase of its own
        while found and found[-1].head >= phrase.first and found[-1].head < phrase.core:
            found.pop()
        found.append(phrase)
        end = phrase.head + 1
    return found


def _is_noun(parse: Parse, words: Words, head: int) -> bool:
    """A title is a noun, not an adjective ("general strike"), a verb ("head north") or part of a longer noun."""
    token = parse.tokens[head]
    if token.pos not in ("NOUN", "PROPN") and not (token.text[0].isupper() and token.text[-1] == "."):
        return token.text[0].isupper() and head + 1 < len(parse.tokens) and parse.tokens[head + 1].pos == "PROPN"
    after = parse.tokens[head + 1] if head + 1 < len(parse.tokens) else None
    if after is None or after.sentence != token.sentence:
        return True
    if after.pos == "NOUN" and token.dep in ("compound", "amod", "nmod") and token.head == after.i:
        return False
    name = words.name_at.get(head + 1)
    return not (name is not None and name.entry.kind == "organ" and token.dep in ("compound", "amod", "nmod"))


def _phrase(parse: Parse, words: Words, first: int, head: int, title: OfficeTitle) -> TitlePhrase:
    tokens = parse.tokens
    low = tokens[first].sentence
    left = _left_edge(parse, words, first, head)
    right = _right_edge(parse, head, title.role)
    before = tokens[left - 1] if left > 0 and tokens[left - 1].sentence == low else None
    possessor = None
    definite = ""
    if before is not None and before.tag == "PRP$":
        possessor, definite = before.i, "poss"
    elif before is not None and before.pos == "DET":
        definite = "the" if before.text.lower() in ("the", "this", "that") else "a"
    service = _service(parse, words, left, first, head, right)
    if not definite:
        words_before = [tokens[i].text.lower() for i in parse.children[head] if i < first and tokens[i].dep == "det"]
        definite = "" if not words_before else "the" if words_before[0] in ("the", "this", "that") else "a"
    owner = None
    if before is not None and before.tag == "POS" and left > 1:
        owner, definite = left - 2, "poss"
    marks = [i for i in range(left, first) if tokens[i].tag == "POS"]
    if marks:
        definite = "poss"
        owner = marks[-1] - 1 if owner is None else owner
    mark = [tokens[i].text.lower() for i in range(left, first)]
    core = _after_owner(parse, words, left, first)
    return TitlePhrase(
        first=left,
        own=max((i + 1 for i in range(left, first) if tokens[i].tag == "POS"), default=left),
        core=core,
        head=head,
        last=head + 1,
        office_end=right,
        title=title,
        country=service.country,
        of=service.of,
        sector=_sector(title, service),
        host=_host(parse, words, head, right),
        possessor=possessor,
        owner=owner,
        former=any(word in words.rules.former for word in mark),
        plural=tokens[head].tag in ("NNS", "NNPS"),
        definite=definite,
        counterpart=title.role == "counterpart",
        gender=title.gender or _gendered(tokens[head].text.lower()),
        organ=service.organ,
    )


def _gendered(word: str) -> Gender | None:
    """The gender that the ending of a title tells ("spokeswoman", "chairman")."""
    if word.endswith("woman"):
        return "female"
    return "male" if word.endswith("man") else None


def _left_edge(parse: Parse, words: Words, first: int, head: int) -> int:
    """The first token that belongs to the title: adjectives, nouns and possessors that hang on it or on the name behind."""
    tokens = parse.tokens
    left = first
    # "police spokesman Captain": a rank, a form of address, follows another title and does not swallow it
    rank = (
        words.title_at[first].title.role in ("officer", "cleric", "royal", "academic")
        if first in words.title_at
        else False
    )
    while left > 0 and first - left < _LONGEST_LEFT:
        token = tokens[left - 1]
        if token.sentence != tokens[first].sentence:
            break
        if token.text == "-" and left >= 2 and tokens[left - 2].end == token.start and token.end == tokens[left].start:
            left -= 2
            continue
        compound = left >= 2 and tokens[left - 2].text == "-"
        if token.tag == "POS" or (
            token.text.lower() in words.rules.ranks and (compound or token.pos != "VERB" or token.dep == "amod")
        ):
            left -= 1
            continue
        run = words.name_at.get(token.i)
        if (token.pos in _NOT_LEFT and run is None) or (rank and token.i in words.title_at):
            break
        if token.pos not in ("ADJ", "NOUN", "PROPN", "NUM") and run is None:
            break
        if token.text[:1].isdigit() and ":" in token.text:
            break  # the hour before an entry of a live report
        person = token.i in words.person_at or (token.ent == "PERSON" and run is None)
        if person or token.ent in ("DATE", "TIME") or not _hangs(tokens, token, left, head):
            break
        left = run.first if run is not None else left - 1
    while left < first and (tokens[left].tag == "POS" or tokens[left].text == "-"):
        left += 1
    return left


def _hangs(tokens: tuple[Token, ...], token: Token, left: int, head: int) -> bool:
    """Whether the token depends on something to its right, up to the name that may follow the title."""
    top = token
    for _ in range(4):
        above = tokens[top.head]
        if above.i == top.i:
            return False
        if left <= above.i <= head + 4 and above.i > token.i:
            return above.i >= left
        top = above
        if top.i < token.i:
            return False
    return False


def _right_edge(parse: Parse, head: int, role: str) -> int:
    """The end (exclusive) of the title with its "of" phrases: "head of the committee", "envoy to Belarus on energy"."""
    tokens = parse.tokens
    end = head + 1
    # in an apposition ("Doe, director of ... at ...") the parser may hang "at" on the name before it
    before = tokens[head].head if tokens[head].dep == "appos" else None
    while end < len(tokens) and end - head < _LONGEST_RIGHT and tokens[end].sentence == tokens[head].sentence:
        link = tokens[end]
        if link.pos not in ("ADP", "PART", "SCONJ") or not _links(link, head, role, before):
            break
        stop = _noun_phrase_end(parse, end + 1)
        if stop == end + 1:
            break
        end = stop
    return end


def _links(link: Token, head: int, role: str, before: int | None) -> bool:
    """Whether a preposition goes on with a title: "of" does, the others where the parser hangs them on it."""
    word = link.text.lower()
    if word == "of":
        return True
    attached = head <= link.head < link.i or (before is not None and link.head == before)
    if word == "to" and role in _SENT:
        return True
    if word == "for":
        return attached and role not in _SENT
    if word == "in":
        return attached and role in _SENT | {"journalist"}
    if word == "with":
        return attached and role in ("expert", "academic")
    return attached and word in ("to", "on", "at")


def _noun_phrase_end(parse: Parse, first: int) -> int:
    tokens = parse.tokens
    i = first
    seen = False
    while i < len(tokens) and tokens[i].sentence == tokens[first].sentence:
        token = tokens[i]
        if i > first and token.ent == "PERSON" and tokens[i - 1].ent not in ("PERSON", "") and seen:
            # "ambassador to Kenya | Jane Doe"
            break
        if token.pos in _INNER or token.tag in ("POS", "PRP$") or token.text in ("-", "&"):
            seen = seen or token.pos in ("NOUN", "PROPN")
        elif token.pos == "CCONJ" and seen and _goes_on(tokens, i, first):
            pass
        else:
            break
        i += 1
    return i if seen else first


def _goes_on(tokens: tuple[Token, ...], at: int, first: int) -> bool:
    """Whether "and" joins two nouns inside the phrase: its second part hangs on a word of the first."""
    for token in tokens[at + 1 : at + 5]:
        if token.dep == "conj":
            # "of President Doe and head of ...": a name and a title are no pair
            return first <= token.head < at and token.pos == tokens[token.head].pos
        if token.pos not in ("ADJ", "NOUN", "PROPN", "DET"):
            return False
    return False


def _after_owner(parse: Parse, words: Words, left: int, first: int) -> int:
    """Where the title's own words begin: behind a state's name or adjective and a possessive."""
    at = left
    i = left
    while i < first:
        run = words.name_at.get(i)
        if run is not None and run.entry.kind in ("state", "demonym", "capital", "people") and run.first == i:
            i = at = run.last
        elif parse.tokens[i].tag == "POS":
            i += 1
            at = i
        else:
            i += 1
    return min(at, first)


@dataclass(slots=True)
class _Service:
    """What the words around a title say of whom it serves, collected word by word."""

    country: str | None = None
    of: str | None = None
    sector: str | None = None
    organ: str | None = None

    def take(self, entry: Entry) -> None:
        if entry.kind in ("state", "demonym", "capital", "metonym", "city"):
            self.country = self.country or entry.country
            if entry.kind == "metonym":
                self.sector = self.sector or entry.sector
            if (entry.country is None and entry.kind != "city") or (
                entry.kind == "metonym" and entry.stands_for != "state"
            ):
                self.of = self.of or entry.name
        elif entry.kind in ("body", "group", "outlet"):
            # whom a state's newspaper, institute or firm employs does not act for the state
            self.country = self.country or (None if entry.sector in _PRIVATE else entry.country)
            self.of = self.of or entry.name
            self.sector = self.sector or entry.sector
        elif entry.kind == "organ":
            self.sector = self.sector or entry.sector
            self.organ = self.organ or entry.key


def _service(parse: Parse, words: Words, left: int, first: int, head: int, right: int) -> _Service:
    found = _Service()
    tokens = parse.tokens
    for i in range(left, first):
        run = words.name_at.get(i)
        if run is not None and run.first == i:
            if i not in words.stances:
                found.take(run.entry)
        elif tokens[i].text.lower() in _SECTOR_WORDS:
            found.sector = found.sector or _SECTOR_WORDS[tokens[i].text.lower()]
    owned = found.country is not None
    abroad = False
    for i in range(head + 1, right):
        word = tokens[i].text.lower()
        if word in _LINKS:
            abroad = word in ("to", "on", "in", "with")
        run = words.name_at.get(i)
        if run is not None and run.first == i and not abroad:
            if not owned or run.entry.kind in ("body", "group", "outlet", "organ"):
                found.take(run.entry)
        elif word in _SECTOR_WORDS:
            found.sector = found.sector or _SECTOR_WORDS[word]
    return found


def _sector(title: OfficeTitle, service: _Service) -> str | None:
    if service.sector == "IGO" or title.sector is None or title.role in _GENERIC:
        return service.sector or title.sector
    return title.sector


def _host(parse: Parse, words: Words, head: int, right: int) -> str | None:
    for i in range(head + 1, right):
        if parse.tokens[i].text.lower() in ("to", "in"):
            run = words.name_at.get(i + 1) or words.name_at.get(i + 2)
            if run is not None and run.entry.kind in ("state", "capital"):
                return run.entry.key
    return None
