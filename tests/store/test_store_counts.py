"""Tests of the counts kept beside the records: they are what counting the records themselves gives."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from dragoman.store import Store, counts, open_store, parts, rows, tables

SIDES = ("BLR", "POL", "UKR")
DAYS = st.none() | st.dates(date(2021, 11, 1), date(2022, 3, 31))
ROWS = st.lists(
    st.tuples(
        st.sets(st.sampled_from(SIDES), min_size=2, max_size=2),
        DAYS,
        st.none() | st.sampled_from((-7.0, -0.5, 0.0, 3.5)),
        st.sets(st.sampled_from(SIDES)),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of its own, emptied for every example."""
    return open_store(tmp_path_factory.mktemp("counts") / "counts.sqlite3", create=True)


def _made(found: list[tuple[set[str], date | None, float | None, set[str]]]) -> list[dict[str, object]]:
    return [
        row
        for number, (sides, day, score, acting) in enumerate(found)
        for row in rows.pair_rows(sides, "event", f"event-{number}", day, score, acting)
    ]


@given(found=ROWS, gone=st.sets(st.integers(0, 24)), since=DAYS, until=DAYS)
@settings(max_examples=60, deadline=None)
def test_months_count_what_the_rows_hold(
    store: Store,
    found: list[tuple[set[str], date | None, float | None, set[str]]],
    gone: set[int],
    since: date | None,
    until: date | None,
) -> None:
    """Counted month by month as rows come and go, and asked for any days, the counts are those of the rows that are left."""
    with store.writing() as connection:
        for table in (tables.pair, tables.month, tables.standing):
            connection.execute(delete(table))
        made = _made(found)
        parts.put_rows(connection, tables.pair, made)
        counts.count_months(connection, map(counts.month_of, made))
        out = [row for row in made if int(str(row["id"]).removeprefix("event-")) in gone]
        parts.delete_in(connection, tables.pair, tables.pair.c.id, (row["id"] for row in out))
        counts.count_months(connection, map(counts.month_of, out))
        kept = (tables.month, tables.standing)
        by_steps = [connection.execute(select(one).order_by(*one.primary_key)).all() for one in kept]
        counts.count_all_months(connection)
        assert [connection.execute(select(one).order_by(*one.primary_key)).all() for one in kept] == by_steps
        left = [row for row in made if row not in out]
        bounded = since is not None or until is not None
        chosen = [
            row
            for row in left
            if row["score"] is not None
            and (row["day"] is not None or not bounded)
            and (row["day"] is None or (since or date.min) <= row["day"] <= (until or date.max))  # type: ignore[operator]
        ]
        counted = counts.pair_counts(connection, since, until)
        assert sum(one.events for one in counted) == len(chosen)
        assert sum(one.total for one in counted) == sum(row["score"] for row in chosen)  # type: ignore[misc]
        for one in counted:
            rows_of = [row for row in chosen if (row["one"], row["other"], row["way"]) == (one.one, one.other, one.way)]
            assert one.events == len(rows_of)
            assert one.conflict == sum(row["score"] < 0 for row in rows_of)  # type: ignore[operator]
            assert one.last == max((row["day"] for row in rows_of if row["day"]), default=None)  # type: ignore[type-var]
        counted = counts.pair_counts(connection)
        stood = counts.newest_standings(connection)
        assert len(stood) == counts.count_standings(connection) == len({(one.one, one.other) for one in counted})
        assert sum(one.events for one in stood) == sum(one.events for one in counted)
        assert [one.last or date.min for one in stood] == sorted((one.last or date.min for one in stood), reverse=True)
        for side in SIDES:
            own = counts.standings_of(connection, side, 5)
            assert own == sorted(own, key=lambda one: -one.events)
            assert {(one.first, one.second) for one in own} == {
                (one.first, one.second) for one in stood if side in (one.first, one.second)
            }
        pair = [row for row in left if (row["one"], row["other"]) == SIDES[:2]]
        told = [row for row in pair if row["day"] is None or until is None or row["day"] <= until]  # type: ignore[operator]
        assert counts.events_between(connection, *SIDES[:2], until) == len(told)
        dated = [row for row in told if row["day"] is not None and row["score"] is not None]
        months = counts.months_between(connection, *SIDES[:2], until)
        assert sum(one.events for one in months) == len(dated)
        assert sum(one.squares for one in months) == sum(row["score"] ** 2 for row in dated)  # type: ignore[operator, misc]
        assert list(months) == sorted(months, key=lambda one: (one.year, one.month))
