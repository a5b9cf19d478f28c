"""The log of what people decided: only ever added to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from dragoman.record import Decision
from dragoman.record.ids import make_id
from dragoman.store.store import Store, count_change
from dragoman.store.tables import decision as log


def append_decision(
    store: Store, *, author: str, kind: str, body: Mapping[str, Any], time: datetime | None = None
) -> Decision:
    """Add a decision of a person to the log and return it; `time` is now unless it comes from another log.

    A decision is later than all before it, even where the clock went back: the last word counts.
    """
    now = (time or datetime.now(UTC)).astimezone(UTC)
    packed = json.dumps(body, ensure_ascii=False, sort_keys=True)
    with store.writing() as connection:
        last = connection.execute(select(func.max(log.c.time))).scalar() if time is None else None
        if last is not None:
            now = max(now, datetime.fromisoformat(last) + timedelta(microseconds=1))
        when = stamp(now)
        number = int(connection.execute(select(func.coalesce(func.max(log.c.number), 0))).scalar_one()) + 1
        made = Decision(
            id=make_id("decision", number, when, author, kind, packed),
            time=when,
            author=author,
            kind=kind,
            body=dict(body),
        )
        connection.execute(
            insert(log).values(number=number, id=made.id, time=when, author=author, kind=kind, body=packed)
        )
        count_change(connection)
    return made


def stamp(time: datetime) -> str:
    """Return a time as the log writes it, in UTC: as texts such times sort as they follow each other."""
    return time.astimezone(UTC).isoformat(timespec="microseconds" if time.microsecond else "seconds")


def add_decisions(store: Store, made: Sequence[Decision]) -> int:
    """Add decisions from another log, those whose id is not here yet, and return how many; all of them or none."""
    with store.writing() as connection:
        known = set(connection.execute(select(log.c.id)).scalars())
        number = int(connection.execute(select(func.coalesce(func.max(log.c.number), 0))).scalar_one())
        new = list({one.id: one for one in made if one.id not in known}.values())
        for place, one in enumerate(new, number + 1):
            packed = json.dumps(one.body, ensure_ascii=False, sort_keys=True)
            connection.execute(
                insert(log).values(
                    number=place, id=one.id, time=one.time, author=one.author, kind=one.kind, body=packed
                )
            )
        if new:
            count_change(connection)
    return len(new)


def decisions(store: Store, *, after: int = 0) -> tuple[Decision, ...]:
    """Return the decisions behind the first `after` ones, in the order in which they were made."""
    with store.reading() as connection:
        return log_of(connection, after=after)


def log_of(connection: Connection, *, after: int = 0) -> tuple[Decision, ...]:
    """Return decisions as `decisions` does, as a transaction sees them."""
    return tuple(
        Decision(id=row.id, time=row.time, author=row.author, kind=row.kind, body=json.loads(row.body))
        for row in connection.execute(select(log).where(log.c.number > after).order_by(log.c.number))
    )
