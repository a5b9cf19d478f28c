"""Drafts: an article's actors while they are being told apart, and the ledger of what has been mentioned so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.codebook import Codebook
from dragoman.codebook.offices import Gender
from dragoman.read.mention import Candidate
from dragoman.read.mentions.titles import TitlePhrase
from dragoman.record import Article, Office, Parse
from dragoman.record.actor import ActorKind, How

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})


_ALSO_SAYING = frozenset({
    "dismiss", "reject", "deny", "condemn", "accuse", "criticise", "criticize", "praise", "denounce", "blame", "welcome",
    "urge", "demand", "vow", "pledge", "promise", "threaten", "describe", "defend", "thank", "regret", "deplore",
})  # fmt: skip
"""Verbs whose subject speaks, though what he says need not be a clause."""


class Ground(NamedTuple):
    """Why a draft has what it has: `of` is the field, `why` the reason, `first` and `last` (exclusive) the tokens that tell it.

    `first` is -1 where no words of the article tell it.
    """

    of: str
    why: str
    first: int = -1
    last: int = -1


@dataclass(slots=True, eq=False)
class Draft:
    """An actor in the making. `number` counts drafts in the order in which they appeared; `words` is a person's fullest name.

    `role` and `titles` are what the text calls the person; `of` the name of the body served; `plural` says that it is people.
    """

    number: int
    kind: ActorKind
    name: str
    key: str | None = None
    country: str | None = None
    sector: str | None = None
    of: str | None = None
    gender: Gender | None = None
    anonymous: bool = False
    plural: bool = False
    words: tuple[str, ...] = ()
    organ: str = ""
    names: dict[str, None] = field(default_factory=dict)
    titles: list[TitlePhrase] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    """Roles that the codebook's table of holders knows of the person."""
    posts: list[str] = field(default_factory=list)
    """The titles of those offices, as the table spells them."""
    since: int | None = None
    """The year in which the last of them began."""
    grounds: list[Ground] = field(default_factory=list)

    @property
    def roles(self) -> set[str]:
        """The roles of the titles that the text gives the person, and of those that the codebook knows."""
        return {title.title.role for title in self.titles} | set(self.held)

    def place(self, country: str | None, why: str, first: int = -1, last: int = -1) -> None:
        """Let the draft act for a state, with the reason, where none is known yet."""
        if country is not None and self.country is None:
            self.country = country
            self.grounds.append(Ground("country", why, first, last))


class Link(NamedTuple):
    """Whom words mean, and why."""

    draft: Draft
    why: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where a draft was mentioned: the candidate, how it was read, and why it means the draft, in words."""

    draft: Draft
    candidate: Candidate
    how: How
    why: str = ""


@dataclass(slots=True, eq=False)
class Ledger:
    """The document's drafts and the references so far, in text order.

    `at_token` holds the draft that a token means, as far as the text has been read; `ahead` those that names further on mean;
    `sets` the drafts that a token means together. `same` leads from a draft that proved to be another's to that one.
    `last_speaker` is who last said something, `last_asked` whom the article says it asked, `last_organ` the last of each
    kind; `strangers` are the nameless organs and people by kind, state and words, `organ_states` the only state of a kind,
    `places` the states of all names of states and places, by token.
    """

    article: Article
    parse: Parse
    codebook: Codebook
    drafts: list[Draft] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    by_key: dict[str, Draft] = field(default_factory=dict)
    at_token: dict[int, Draft] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    last_speaker: Draft | None = None
    last_asked: Draft | None = None
    ahead: dict[int, Draft] = field(default_factory=dict)
    last_organ: dict[str, Draft] = field(default_factory=dict)
    strangers: dict[tuple[str, str | None, str], Draft] = field(default_factory=dict)
    organ_states: dict[str, str] = field(default_factory=dict)
    careers: dict[int, list[Office]] = field(default_factory=dict)
    quote_of: list[int] = field(default_factory=list)
    sets: dict[int, tuple[Draft, ...]] = field(default_factory=dict)
    same: dict[int, Draft] = field(default_factory=dict)
    places: list[tuple[int, str]] = field(default_factory=list)

    def new(self, kind: ActorKind, name: str, **fields: object) -> Draft:
        """Return a fresh draft."""
        draft = Draft(len(self.drafts), kind, name, **fields)  # type: ignore[arg-type]
        self.drafts.append(draft)
        if draft.key is not None:
            self.by_key[draft.key] = draft
        return draft

    def refer_all(self, drafts: Sequence[Draft], candidate: Candidate, how: How, why: str) -> None:
        """Note that the candidate means all of the drafts together."""
        for draft in drafts:
            self.references.append(Reference(draft, candidate, how, why))
            self.counts[draft.number] = self.counts.get(draft.number, 0) + 1
        for i in range(candidate.first, candidate.last):
            self.sets[i] = tuple(drafts)

    def sets_before(self, sentences: int, at: int) -> list[tuple[int, tuple[Draft, ...]]]:
        """Return the sets of the last sentences before token `at`, with the tokens that mean them."""
        tokens = self.parse.tokens
        here = tokens[at].sentence
        return [(i, found) for i, found in self.sets.items() if i < at and here - tokens[i].sentence <= sentences]

    def refer(self, draft: Draft, candidate: Candidate, how: How, why: str = "") -> None:
        """Note that the candidate means the draft, and why it does."""
        self.references.append(Reference(draft, candidate, how, why))
        for i in range(candidate.first, candidate.last):
            self.at_token[i] = draft
        if candidate.kind == "organ" and candidate.entry is not None:
            self.last_organ[noun_of(self, candidate, candidate.entry.key)] = draft
        self.counts[draft.number] = self.counts.get(draft.number, 0) + 1
        if draft.kind == "person" and self.speaks(candidate.head) and self.quote_of[candidate.head] < 0:
            self.last_speaker = draft
        if draft.kind == "person" and self.asked(candidate.head):
            self.last_asked = draft

    def asked(self, i: int) -> bool:
        """Whether the token is whom the article itself asked ("we asked Doe", "spoke with Doe")."""
        token = self.parse.tokens[i]
        above = self.parse.tokens[token.head]
        if token.dep == "pobj" and above.text.lower() in ("to", "with"):
            token, above = above, self.parse.tokens[above.head]
        if above.lemma not in ("ask", "interview", "speak", "talk"):
            return False
        return any(self.parse.tokens[j].text.lower() in ("we", "i") for j in self.parse.children[above.i])

    def speaks(self, i: int) -> bool:
        """Whether the token is the subject of a verb of saying, or who "according to" names."""
        token = self.parse.tokens[i]
        above = self.parse.tokens[token.head]
        if token.dep in SUBJECTS:
            return above.lemma in self.codebook.mentions.say or above.lemma in _ALSO_SAYING
        according = above.i > 0 and self.parse.tokens[above.i - 1].text.lower() == "according"
        return token.dep == "pobj" and above.text.lower() == "to" and according

    def recent(self, sentences: int, at: int) -> Iterator[Reference]:
        """Yield the references of the last sentences before token `at`, the nearest first."""
        here = self.parse.tokens[at].sentence
        for reference in reversed(self.references):
            if here - self.parse.tokens[reference.candidate.head].sentence > sentences:
                return
            if reference.candidate.head != at:
                yield reference

    def text(self, first: int, last: int) -> str:
        """The article's words from token `first` to token `last` (exclusive), on one line."""
        tokens = self.parse.tokens
        return " ".join(self.article.text[tokens[first].start : tokens[last - 1].end].split())


def noun_of(ledger: Ledger, candidate: Candidate, word: str) -> str:
    """What an organ is found again by: its kind, and of people the noun itself, since gunmen need not be rebels."""
    people = candidate.entry is not None and candidate.entry.stands_for == "people"
    return f"{word}:{ledger.parse.tokens[candidate.head].lemma.lower()}" if people else word


def quotes_by_token(parse: Parse) -> list[int]:
    """Return for each token the index of the outermost quotation that it stands in, or -1."""
    found = [-1] * len(parse.tokens)
    for number, quotation in enumerate(parse.quotations):
        if quotation.depth == 0:
            for i in parse.tokens_within(quotation.start, quotation.end):
                found[i] = number
    return found
