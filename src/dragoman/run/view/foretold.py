"""What is foretold, demanded and intended over the whole store: due, met, failed, and each speaker's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.record import Statement
from dragoman.relate.forecast import FORECASTS
from dragoman.run.view.actor import Said, said
from dragoman.run.view.index import Index
from dragoman.run.view.lists import Part, part
from dragoman.run.view.room import Room

Outcome = Literal["", "open", "met", "failed", "overdue"]
MOST_SPEAKERS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """A statement that foretells or intends: what was said, for when, and what became of it.

    `over` says that its days were past when the last article came out, and no article tells what came of it.
    """

    said: Said
    due_from: date | None
    due_by: date | None
    outcome: str
    over: bool
    told_by: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A speaker's record in all that was read."""

    actor: str
    name: str
    met: int
    failed: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """One page of what was foretold, how many of each outcome there are in all, and the speakers who foretold most."""

    part: Part[Foretold]
    counts: dict[str, int]
    tallies: tuple[Tally, ...]


def look_ahead(room: Room, number: int, outcome: Outcome = "", speaker: str = "") -> Outlook:
    """Return what was foretold, the latest said first; of one outcome or one speaker only where they are given."""
    index = room.index()
    last = max((one.published for one in index.history.articles if one.published), default=None)
    every = [
        one for one in index.history.statements if one.act in FORECASTS and (not speaker or one.speaker == speaker)
    ]
    every.sort(key=lambda one: (-_said(one, index).toordinal(), one.content.article, one.content.start))
    counts = {"open": 0, "met": 0, "failed": 0, "overdue": 0}
    for one in every:
        counts[one.outcome or "open"] += 1
        counts["overdue"] += _is_over(one, last)
    wanted = [
        one
        for one in every
        if not outcome or (_is_over(one, last) if outcome == "overdue" else (one.outcome or "open") == outcome)
    ]
    chosen = part(wanted, number)
    lines = tuple(
        Foretold(
            said=line,
            due_from=one.due.start if one.due else None,
            due_by=one.due.end if one.due else None,
            outcome=one.outcome or "open",
            over=_is_over(one, last),
            told_by=tuple((span.article, span.start, span.end, span.text) for span in one.outcome_evidence),
        )
        for one, line in zip(chosen.lines, said(chosen.lines, index), strict=True)
    )
    return Outlook(
        part=Part(lines=lines, number=chosen.number, pages=chosen.pages, of=chosen.of),
        counts=counts,
        tallies=_tallies(every, index),
    )


def _said(one: Statement, index: Index) -> date:
    return index.articles[one.content.article].published or date.min


def _is_over(one: Statement, last: date | None) -> bool:
    due = one.due.end if one.due else None
    return (one.outcome or "open") == "open" and due is not None and last is not None and due < last


def _tallies(statements: list[Statement], index: Index) -> tuple[Tally, ...]:
    counts: dict[str, dict[str, int]] = {}
    for one in statements:
        if one.speaker is not None:
            counts.setdefault(one.speaker, {"met": 0, "failed": 0, "open": 0})[one.outcome or "open"] += 1
    found = [
        Tally(actor=actor, name=index.sides.name(actor), met=n["met"], failed=n["failed"], open=n["open"])
        for actor, n in counts.items()
    ]
    found.sort(key=lambda one: (-(one.met + one.failed), -one.open, one.name, one.actor))
    return tuple(found[:MOST_SPEAKERS])
