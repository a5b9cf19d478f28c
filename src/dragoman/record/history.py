"""A history: what many documents say together, with actors joined, events merged and relation states derived."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.record.actor import Actor, Mention
from dragoman.record.event import Event
from dragoman.record.relation import Relation
from dragoman.record.statement import Statement
from dragoman.record.text import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Why two records are taken for one, or might be: `score` 0 to 1 and the reasons in words.

    `kind` is `actor` or `event`; `decided_by` is None for the program's own decision, else the person who decided;
    `joined` is False for a candidate that is left for a person to decide.
    """

    kind: str
    one: str
    other: str
    score: float
    reasons: tuple[str, ...]
    joined: bool
    decided_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The joined record of many documents; every tuple is sorted by id, articles by publication and id.

    `mentions` lead to the joined actors; `events` are merged; `joins` explain both and list the candidates left open.
    """

    articles: tuple[Article, ...]
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    relations: tuple[Relation, ...]
    joins: tuple[Join, ...] = ()


def join_order(join: Join) -> tuple[object, ...]:
    """Return what joins are sorted by: a history lists them in one order, however it was made."""
    return join.kind, join.one, join.other, join.joined, join.score, join.reasons, join.decided_by or ""
