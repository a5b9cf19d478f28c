"""Who acts: actors, the offices they hold, and the places in a text that mean them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.record.text import Span

ActorKind = Literal["state", "person", "body", "group"]
How = Literal["name", "office", "metonym", "pronoun", "description"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office: `title` in the text's words, `of` the body or state (name or code), and when, as far as the text tells.

    `register` is None for an office that an article tells, else the id of the entry of the user's register of actors that
    it is taken from; such an office has no evidence.
    """

    title: str
    of: str | None = None
    since: date | None = None
    until: date | None = None
    former: bool = False
    evidence: tuple[Span, ...] = ()
    register: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why an actor has what the record says: `of` names the field (`country`), or is `mention` for words that prove to mean it.

    `why` is the reason in words; `evidence` the words of the article that tell it, none where the codebook does.
    """

    of: str
    why: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, person, body or group.

    `country` is the ISO 3166 alpha-3 code of the state it acts for; `sector` a PLOVER sector; `names` every spelling seen,
    sorted; `key` the codebook's key of an actor that the codebook knows ("UKR", "NATO"), by which it is one everywhere.
    `anonymous` marks one that is only described ("a senior official") and is never joined with another. `grounds` say why it
    acts for its state, where it isn't one.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    names: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    same_as: tuple[str, ...] = ()
    key: str | None = None
    gender: Literal["female", "male"] | None = None
    anonymous: bool = False
    grounds: tuple[Ground, ...] = ()
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a text means an actor: `text` are the words from `start` to `end` (code points, end exclusive).

    The words are the name or description itself, without article, title or possessive ending. Words that mean several at once
    ("the two countries") are a mention of each. `why` says in words why they mean the actor, where its name alone doesn't.
    """

    actor: str
    article: str
    start: int
    end: int
    text: str
    how: How
    why: str = ""
