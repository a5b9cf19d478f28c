"""What is foretold, demanded and intended over the whole store: due, met, failed, and each speaker's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, select

from dragoman.record import Actor, Statement
from dragoman.relate import complete
from dragoman.relate.forecast import FORECASTS
from dragoman.run.view.actor import Said, said
from dragoman.run.view.index import Index, make_index
from dragoman.run.view.lists import PAGE, Part, page_of, part
from dragoman.run.view.room import Room
from dragoman.store import slices, tables
from dragoman.store.parts import unpack_all

Outcome = Literal["", "open", "met", "failed"]
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
    speaker: Actor | None


def look_ahead(room: Room, number: int, outcome: Outcome = "", speaker: str = "") -> Outlook:
    """Return what was foretold, the latest said first; of one outcome or one speaker only where they are given.

    In a store too large to be held in memory, what only the whole of it tells (a forecast that a sentence elsewhere settles)
    stands as open here; the dossier of the pair has it.
    """
    return (_from_memory if room.is_small() else _from_store)(room, number, outcome, speaker)


def _from_memory(room: Room, number: int, outcome: str, speaker: str) -> Outlook:
    index = room.index()
    every = [
        one for one in index.history.statements if one.act in FORECASTS and (not speaker or one.speaker == speaker)
    ]
    every.sort(key=lambda one: (-_said(one, index).toordinal(), one.content.article, one.content.start))
    counts = dict.fromkeys(("open", "met", "failed"), 0)
    records: dict[str, dict[str, int]] = {}
    for one in every:
        counts[one.outcome or "open"] += 1
        if one.speaker is not None:
            records.setdefault(one.speaker, dict.fromkeys(counts, 0))[one.outcome or "open"] += 1
    chosen = part([one for one in every if not outcome or (one.outcome or "open") == outcome], number)
    last = max((one.published for one in index.history.articles if one.published), default=None)
    return Outlook(
        part=Part(lines=_lines(chosen.lines, index, last), number=chosen.number, pages=chosen.pages, of=chosen.of),
        counts=counts,
        tallies=_tallies(records, {one: index.sides.name(one) for one in records}),
        speaker=index.actors.get(speaker),
    )


def _from_store(room: Room, number: int, outcome: str, speaker: str) -> Outlook:
    told, article = tables.statement.c, tables.article.c
    condition: ColumnElement[bool] = told.act.in_(sorted(FORECASTS))
    if speaker:
        condition = and_(condition, told.speaker == speaker)
    with room.reading() as connection:
        rows = _counts(room, condition) if speaker else room.kept("forecasts", lambda: _counts(room, condition))
        counts = dict.fromkeys(("open", "met", "failed"), 0)
        records: dict[str, dict[str, int]] = {}
        for who, came, many in rows:
            counts[came] += many
            if who is not None:
                records.setdefault(who, dict.fromkeys(counts, 0))[came] += many
        of = counts[outcome] if outcome else sum(counts.values())
        number, pages, skip = page_of(number, of)
        ids = _newest(connection, skip, outcome, speaker)
        history = slices.slice_of(connection, statements=ids, actors=[speaker] if speaker else [], around=False)
        last = connection.execute(select(func.max(article.published))).scalar()
        tallies = _best(records)
        names = {
            one.id: one.name
            for one in unpack_all(
                Actor, connection.execute(select(tables.actor.c.body).where(tables.actor.c.id.in_(tallies))).all()
            )
        }
    index = make_index(complete(history, room.codebook))
    shown = [index.statements[one] for one in ids if one in index.statements]
    return Outlook(
        part=Part(lines=_lines(shown, index, last), number=number, pages=pages, of=of),
        counts=counts,
        tallies=_tallies({one: records[one] for one in tallies}, names),
        speaker=index.actors.get(speaker),
    )


def _newest(connection: Connection, skip: int, outcome: str, speaker: str) -> list[str]:
    """The ids of one page of what was foretold, the latest said first: each act and outcome by an index of its own."""
    told = tables.statement.c
    outcomes = {"": (None, "open", "met", "failed"), "open": (None, "open")}.get(outcome, (outcome,))
    ways = [and_(told.act == act, told.outcome == one) for act in sorted(FORECASTS) for one in outcomes]
    if speaker:
        of_speaker = and_(told.speaker == speaker, told.act.in_(sorted(FORECASTS)))
        came = func.coalesce(told.outcome, "open") == outcome
        ways = [and_(of_speaker, came) if outcome else of_speaker]
    found: list[tuple[int, str]] = []
    for way in ways:
        newest = select(told.day, told.id).where(way).order_by(told.day.desc().nulls_last(), told.id)
        for day, identity in connection.execute(newest.limit(skip + PAGE)):
            found.append((-(day or date.min).toordinal(), identity))
    return [identity for _, identity in sorted(found)[skip : skip + PAGE]]


def _counts(room: Room, condition: ColumnElement[bool]) -> list[tuple[str | None, str, int]]:
    """By whom how many statements have which outcome."""
    told = tables.statement.c
    outcome = func.coalesce(told.outcome, "open")
    statement = select(told.speaker, outcome, func.count()).where(condition).group_by(told.speaker, told.outcome)
    with room.reading() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(statement)]


def _lines(
    statements: list[Statement] | tuple[Statement, ...], index: Index, last: date | None
) -> tuple[Foretold, ...]:
    return tuple(
        Foretold(
            said=line,
            due_from=one.due.start if one.due else None,
            due_by=one.due.end if one.due else None,
            outcome=one.outcome or "open",
            over=_is_over(one, last),
            told_by=tuple((span.article, span.start, span.end, span.text) for span in one.outcome_evidence),
        )
        for one, line in zip(statements, said(statements, index), strict=True)
    )


def _said(one: Statement, index: Index) -> date:
    return index.articles[one.content.article].published or date.min


def _is_over(one: Statement, last: date | None) -> bool:
    due = one.due.end if one.due else None
    return (one.outcome or "open") == "open" and due is not None and last is not None and due < last


def _best(records: dict[str, dict[str, int]]) -> list[str]:
    return sorted(
        records, key=lambda one: (-(records[one]["met"] + records[one]["failed"]), -records[one]["open"], one)
    )[:MOST_SPEAKERS]


def _tallies(records: dict[str, dict[str, int]], names: dict[str, str]) -> tuple[Tally, ...]:
    return tuple(
        Tally(
            actor=one,
            name=names.get(one, one),
            met=records[one]["met"],
            failed=records[one]["failed"],
            open=records[one]["open"],
        )
        for one in _best(records)
    )
