"""The dossier of a pair: what a history says of two states or bodies, each line with the words behind it.

A dossier is a value: the renderings (text, Markdown, HTML, JSON) add nothing to it and leave nothing out but layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.record.statement import Act, Outcome
from dragoman.record.text import Article, Span

Lane = Literal["first", "second", "both", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a line comes from: the number of the article in the dossier's list of sources, and the words."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence of the dossier with its references (none where it says what is not known)."""

    text: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One row of where things stand. `since` is in words and as sure as the articles are; `relation` the record's id.

    `checked` says who checked or corrected the events that it rests on; empty where nobody did.
    """

    relation: str
    dimension: str
    what: str
    value: str
    since: str
    disputed: bool
    between_the_two: bool
    references: tuple[Reference, ...]
    checked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A state as a bar of the picture: `since` None began on an unknown day, `until` None still holds."""

    relation: str
    what: str
    value: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The events between a pair that happened in a month: how many, the sum of their scores and of the squares."""

    year: int
    month: int
    events: int
    total: float
    squares: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A stretch of the course of a relation: its days, its events, their smoothed mean score (-10 to +10), and where 19 in 20
    such means would lie (None: too few events to say)."""

    start: date
    end: date
    events: int
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event on the timeline.

    `when` is in words, `start` and `end` in days (None: unknown); `lane` says whose act it is; `background` that it is no
    act between the two but bears on them; `by` who alone reports it (None: the article itself); `codes` PLOVER's type and
    mode; `differs` what reports give differently; `reasons` what the article or a speaker gives as its reason; `checked` who
    checked or corrected it, in words, empty where nobody did. `state` marks the beginning of a state that no event tells:
    `event` is the relation's id then, and `codes` the state in words.
    """

    event: str
    when: str
    start: date | None
    end: date | None
    text: str
    lane: Lane
    background: bool
    by: str | None
    codes: str
    factuality: str
    score: float
    sources: int
    differs: tuple[Line, ...]
    reasons: tuple[Line, ...]
    references: tuple[Reference, ...]
    checked: str = ""
    state: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An episode: events that belong together, with its beginning, its peak and where it stands."""

    title: str
    began: str
    peak: Line
    now: str
    direction: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody said: the words (in quotation marks where they are the speaker's own) or their content.

    `checked` says who checked or corrected it; empty where nobody did.
    """

    statement: str
    text: str
    act: Act
    direct: bool
    references: tuple[Reference, ...]
    checked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two who contradict each other: who says it (an article, where it tells it as a fact), and what.

    `record` is the id of the statement or event.
    """

    record: str
    who: str
    text: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim and what contradicts it, with the reason why the two are taken to do so."""

    claim: Side
    contrary: tuple[Side, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker with the office that the articles give, the sayings that matter most, and how many more there are."""

    name: str
    office: str | None
    sayings: tuple[Saying, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """Something foretold, demanded, recommended or intended, and what became of it as far as the articles tell.

    `record` is the id of the statement, or of the event that an article itself foretells.
    """

    record: str
    who: str
    what: str
    act: Act
    due: str
    outcome: Outcome
    references: tuple[Reference, ...]
    outcome_references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody is: the offices that the articles give, other spellings, and why they were taken for one."""

    actor: str
    name: str
    offices: tuple[Line, ...]
    also: tuple[str, ...]
    joined: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words that take a side, and in whose voice they stand."""

    words: str
    voice: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article behind the dossier: `facts` how many events and statements it carries, `alone` those only it has."""

    number: int
    article: str
    title: str
    publisher: str | None
    published: str
    place: str
    facts: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The dossier of two states or bodies; `as_of` the day it speaks of (None: as the articles leave things).

    `articles` are those behind it, in the order of their numbers, for renderings that show the words in their place.
    `events` are all between the two that the store holds, of which the timeline may show only the newest and weightiest;
    `course` is their mean score over time, of all of them.
    """

    first: str
    second: str
    as_of: date | None
    known_on: date | None
    about: tuple[Line, ...]
    standing: tuple[Standing, ...]
    unknown: tuple[Line, ...]
    changed: tuple[Entry, ...]
    timeline: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    bars: tuple[Bar, ...]
    stories: tuple[Story, ...]
    voices: tuple[Voice, ...]
    more_voices: int
    open: tuple[Expectation, ...]
    people: tuple[Person, ...]
    labels: tuple[Label, ...]
    aside: tuple[Line, ...]
    sources: tuple[Source, ...]
    articles: tuple[Article, ...]
    disputes: tuple[Dispute, ...] = ()
    events: int = 0
    course: tuple[Point, ...] = ()
