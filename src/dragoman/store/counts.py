"""Counts that are kept beside the records: what passed between two sides by month, what of an article was checked.

Every function takes the connection of a transaction of the store, as those of `parts` do. A count is always taken anew from the
rows that it is of, so that no sequence of changes can lead it astray.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    extract,
    func,
    insert,
    or_,
    select,
)

from dragoman.record.dossier import Month
from dragoman.store import parts, tables

UNDATED = -1
"""The month of events of which no day is known."""
_TOTALS = "derived_totals"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCount:
    """What passes between two sides (keys): `way` says who acts (1 the one, 2 the other, 3 both)."""

    one: str
    other: str
    way: int
    events: int
    conflict: int
    cooperation: int
    total: float
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStanding:
    """What happened between two sides (keys) over all time; `first` is who acts more often, `last` the last day known."""

    first: str
    second: str
    events: int
    conflict: int
    cooperation: int
    last: date | None


MonthKey = tuple[str, str, int]
"""Two sides and a month (`number_of`)."""


def number_of(day: date | None) -> int:
    """Return the number of a day's month: twelve times the year, and the month from 0."""
    return UNDATED if day is None else day.year * 12 + day.month - 1


def month_of(row: Mapping[str, Any]) -> MonthKey:
    """Return the sides and the month of a row of `pair`."""
    return row["one"], row["other"], number_of(row["day"])


def days_in(number: int) -> tuple[date, date]:
    """Return the first and the last day of a month by its number."""
    first = date(number // 12, number % 12 + 1, 1)
    following = date((number + 1) // 12, (number + 1) % 12 + 1, 1) if number + 1 < 12 * 10_000 else None
    return first, following - timedelta(days=1) if following else date.max


def count_months(connection: Connection, months: Iterable[MonthKey]) -> None:
    """Count the events of some sides and months anew, and what stands between those sides."""
    pair, month, standing = tables.pair.c, tables.month, tables.standing
    made: list[dict[str, Any]] = []
    keys = sorted(set(months))
    for one, other, number in keys:
        connection.execute(delete(month).where(month.c.one == one, month.c.other == other, month.c.month == number))
        here = and_(pair.one == one, pair.other == other)
        within = pair.day.is_(None) if number == UNDATED else pair.day.between(*days_in(number))
        rows = connection.execute(_summed(pair.way).where(here, within).group_by(pair.way))
        made += [{"one": one, "other": other, "month": number, **row._mapping} for row in rows]
    parts.put_rows(connection, month, made)
    for one, other in sorted({key[:2] for key in keys}):
        connection.execute(delete(standing).where(standing.c.one == one, standing.c.other == other))
        between = _stood().where(month.c.one == one, month.c.other == other)
        connection.execute(insert(standing).from_select([column.name for column in between.selected_columns], between))


def count_all_months(connection: Connection) -> None:
    """Count all events by sides and month, and what stands between all sides."""
    pair, month, standing = tables.pair.c, tables.month, tables.standing
    number = func.coalesce(extract("year", pair.day) * 12 + extract("month", pair.day) - 1, UNDATED).label("month")
    connection.execute(delete(month))
    summed = _summed(pair.one, pair.other, number, pair.way).group_by(pair.one, pair.other, number, pair.way)
    connection.execute(insert(month).from_select([column.name for column in summed.selected_columns], summed))
    connection.execute(delete(standing))
    stood = _stood()
    connection.execute(insert(standing).from_select([column.name for column in stood.selected_columns], stood))


def _stood() -> Select[Any]:
    """What stands between sides, from the months between them."""
    month = tables.month.c
    acts = [func.sum(case((month.way.in_((bit, 3)), month.happened), else_=0)) for bit in (1, 2)]
    return (
        select(
            month.one,
            month.other,
            case((acts[0] >= acts[1], 1), else_=2).label("first"),
            func.sum(month.happened).label("events"),
            func.sum(month.conflict).label("conflict"),
            func.sum(month.cooperation).label("cooperation"),
            func.max(month.last).label("last"),
        )
        .group_by(month.one, month.other)
        .having(func.sum(month.happened) > 0)
    )


def newest_standings(connection: Connection, most: int | None = None, skip: int = 0) -> list[PairStanding]:
    """Return pairs between which something happened, the one with the latest change first."""
    standing = tables.standing.c
    order = (standing.last.desc().nulls_last(), standing.events.desc(), standing.one, standing.other)
    return _standings(connection, select(tables.standing).order_by(*order).limit(most).offset(skip))


def standings_of(connection: Connection, side: str, most: int) -> list[PairStanding]:
    """Return what stands between a side (its key) and others, the one with most events first."""
    standing = tables.standing.c
    here = or_(standing.one == side, standing.other == side)
    order = (standing.events.desc(), standing.one, standing.other)
    return _standings(connection, select(tables.standing).where(here).order_by(*order).limit(most))


def count_standings(connection: Connection) -> int:
    """Return between how many pairs something happened."""
    return parts.count(connection, tables.standing)


def _standings(connection: Connection, statement: Select[Any]) -> list[PairStanding]:
    return [
        PairStanding(
            first=row.one if row.first == 1 else row.other,
            second=row.other if row.first == 1 else row.one,
            events=row.events,
            conflict=row.conflict,
            cooperation=row.cooperation,
            last=row.last,
        )
        for row in connection.execute(statement)
    ]


def pair_counts(connection: Connection, since: date | None = None, until: date | None = None) -> list[PairCount]:
    """Return what happened between all pairs of sides, each way apart; of some days only where they are given.

    Whole months are counted already; of the months in which the days begin and end, the events are.
    """
    pair, month = tables.pair.c, tables.month.c
    sums: dict[tuple[str, str, int], list[Any]] = defaultdict(lambda: [0, 0, 0, 0.0, None])

    def add(rows: Iterable[Any]) -> None:
        for row in rows:
            if row.happened:
                held = sums[row.one, row.other, row.way]
                for place, value in enumerate((row.happened, row.conflict, row.cooperation, row.total)):
                    held[place] += value
                held[4] = max((day for day in (held[4], row.last) if day is not None), default=None)

    whole = select(
        month.one,
        month.other,
        month.way,
        *(
            func.sum(column).label(column.name)
            for column in (month.happened, month.conflict, month.cooperation, month.total)
        ),
        func.max(month.last).label("last"),
    ).group_by(month.one, month.other, month.way)
    if since is not None or until is not None:
        first = since or date.min
        last = until or date.max
        low, high = number_of(first), number_of(last)
        for start, end in _edges(first, last):
            add(
                connection.execute(
                    _summed(pair.one, pair.other, pair.way)
                    .where(pair.day.between(start, end))
                    .group_by(pair.one, pair.other, pair.way)
                )
            )
        low += days_in(low)[0] < first
        high -= days_in(high)[1] > last
        whole = whole.where(month.month.between(low, high)) if low <= high else whole.where(month.month < UNDATED)
    add(connection.execute(whole))
    return [
        PairCount(
            one=one,
            other=other,
            way=way,
            events=held[0],
            conflict=held[1],
            cooperation=held[2],
            total=held[3],
            last=held[4],
        )
        for (one, other, way), held in sums.items()
    ]


def note_totals(connection: Connection) -> None:
    """Note how many records of each kind there are, once all is up to date: counting a million anew takes long."""
    parts.put_meta(connection, {_TOTALS: json.dumps(_count_totals(connection), sort_keys=True)})


def totals(connection: Connection) -> dict[str, int]:
    """Return how many articles, events, statements and actors there are, and how many candidates, disputed states and
    undated articles: as noted, or counted in a store that notes none.
    """
    noted = parts.get_meta(connection, _TOTALS)
    found: dict[str, int] = json.loads(noted) if noted is not None else _count_totals(connection)
    return found


def _count_totals(connection: Connection) -> dict[str, int]:
    article, actor, joining, relation = tables.article, tables.actor, tables.joining, tables.relation
    return {
        "articles": parts.count(connection, article),
        "events": parts.count(connection, tables.event),
        "statements": parts.count(connection, tables.statement),
        "actors": parts.count(connection, actor, actor.c.mentions > 0),
        "candidates": parts.count(connection, joining, joining.c.joined == 0),
        "disputed": parts.count(connection, relation, relation.c.disputed == 1),
        "undated": parts.count(connection, article, article.c.published.is_(None)),
    }


def _edges(first: date, last: date) -> list[tuple[date, date]]:
    """The stretches of days from one to another that are no whole months."""
    if first > last:
        return []
    low, high = days_in(number_of(first)), days_in(number_of(last))
    if low == high:
        return [] if (first, last) == low else [(first, last)]
    found = [] if first == low[0] else [(first, low[1])]
    return found if last == high[1] else [*found, (high[0], last)]


def events_between(connection: Connection, one: str, other: str, until: date | None = None) -> int:
    """Return how many events stand between two sides, undated ones among them; with `until`, how many until that day."""
    pair, month = tables.pair.c, tables.month.c
    counted = select(func.coalesce(func.sum(month.events), 0)).where(month.one == one, month.other == other)
    if until is None:
        return int(connection.execute(counted).scalar_one())
    rest = select(func.count()).where(
        pair.one == one,
        pair.other == other,
        pair.kind == "event",
        pair.day.between(days_in(number_of(until))[0], until),
    )
    before = connection.execute(counted.where(month.month < number_of(until))).scalar_one()
    return int(before) + int(connection.execute(rest).scalar_one())


def months_between(connection: Connection, one: str, other: str, until: date | None = None) -> tuple[Month, ...]:
    """Return the dated events that happened between two sides by month; with `until`, those until that day."""
    pair, month = tables.pair.c, tables.month.c
    counted = (
        select(
            month.month,
            func.sum(month.happened).label("events"),
            func.sum(month.total).label("total"),
            func.sum(month.squares).label("squares"),
        )
        .where(month.one == one, month.other == other, month.month != UNDATED, month.happened > 0)
        .group_by(month.month)
        .order_by(month.month)
    )
    if until is not None:
        counted = counted.where(month.month < number_of(until))
    found = [(row.month, row.events, row.total, row.squares) for row in connection.execute(counted)]
    if until is not None:
        here = and_(pair.one == one, pair.other == other, pair.day.between(days_in(number_of(until))[0], until))
        rest = connection.execute(_summed().where(here)).one()
        if rest.happened:
            found.append((number_of(until), rest.happened, rest.total, rest.squares))
    return tuple(
        Month(year=number // 12, month=number % 12 + 1, events=events, total=total, squares=squares)
        for number, events, total, squares in found
    )


def unchecked_articles(connection: Connection, most: int, skip: int = 0) -> list[tuple[str, int, int]]:
    """Return articles with findings that nobody has checked, those with most first: id, findings, unchecked ones."""
    page = tables.page.c
    rows = connection.execute(
        select(page.article, page.findings, page.unchecked)
        .where(page.unchecked > 0)
        .order_by(page.unchecked.desc(), page.article)
        .limit(most)
        .offset(skip)
    )
    return [(row.article, row.findings, row.unchecked) for row in rows]


def count_unchecked(connection: Connection) -> tuple[int, int]:
    """Return how many articles have findings that nobody has checked, and how many such findings there are."""
    page = tables.page.c
    row = connection.execute(select(func.count(), func.coalesce(func.sum(page.unchecked), 0)).where(page.unchecked > 0))
    articles, findings = row.one()
    return int(articles), int(findings)


def _summed(*columns: ColumnElement[Any]) -> Select[Any]:
    pair = tables.pair.c
    return select(
        *columns,
        func.count().label("events"),
        func.count(pair.score).label("happened"),
        func.sum(case((pair.score < 0, 1), else_=0)).label("conflict"),
        func.sum(case((pair.score > 0, 1), else_=0)).label("cooperation"),
        func.coalesce(func.sum(pair.score), 0.0).label("total"),
        func.coalesce(func.sum(pair.score * pair.score), 0.0).label("squares"),
        func.max(case((pair.score.is_not(None), pair.day))).label("last"),
    ).where(pair.kind == "event")


def count_findings(connection: Connection, articles: Iterable[str]) -> None:
    """Count anew the events and statements of articles, and those of them that nobody has checked."""
    event, telling, statement, page = tables.event.c, tables.telling.c, tables.statement.c, tables.page
    for some in parts.lots(sorted(set(articles))):
        found = {one: [0, 0] for one in some}
        told = (
            select(telling.article, event.checked, func.count())
            .join(tables.event, event.id == telling.event)
            .where(telling.article.in_(some))
            .group_by(telling.article, event.checked)
        )
        said = (
            select(statement.article, statement.checked, func.count())
            .where(statement.article.in_(some))
            .group_by(statement.article, statement.checked)
        )
        for counted in (told, said):
            for article, checked, number in connection.execute(counted):
                found[article][0] += number
                found[article][1] += 0 if checked else number
        put = (
            page.update()
            .where(page.c.article == bindparam("own"))
            .values(findings=bindparam("all"), unchecked=bindparam("left"))
        )
        connection.execute(put, [{"own": one, "all": n, "left": left} for one, (n, left) in found.items()])
