"""Tests of the relate bench: the store that it makes in bulk is the one that reading its documents would make."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from dragoman.bench.relate import relate
from dragoman.bench.relate_store import Filler, make_documents, make_plan
from dragoman.codebook import Codebook
from dragoman.run.history import bring_up_to_date
from dragoman.store import Store, open_store, tables
from dragoman.store.derived import get_history

EVENTS, STATES = 1_600, 5


def _rows(store: Store, name: str) -> list[tuple[object, ...]]:
    """The rows of a table as they are, without the numbers that only their order gives them."""
    table = next(one for one in tables.DERIVED if one.name == name)
    columns = [column for column in table.c if column.name != "number"]
    with store.reading() as connection:
        return sorted(tuple(row) for row in connection.execute(select(*columns)))


def test_the_store_made_in_bulk_is_the_one_that_is_made_by_reading(codebook: Codebook, tmp_path: Path) -> None:
    """Every table that is filled in bulk holds what bringing in the same documents derives, the made-up text keys apart."""
    plan = make_plan(EVENTS, STATES, codebook)
    bulk = open_store(tmp_path / "bulk.sqlite3", create=True)
    Filler(bulk, codebook, plan).fill(make_documents(plan), lot=17)
    assert not bring_up_to_date(bulk, codebook)
    slow = open_store(tmp_path / "slow.sqlite3", create=True)
    for document in make_documents(plan):
        slow.put(document, document.article)
    bring_up_to_date(slow, codebook)
    for table in tables.DERIVED:
        if table.name != "band":
            assert _rows(bulk, table.name) == _rows(slow, table.name), table.name
    with bulk.reading() as connection:
        rules = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "derived_rules")).scalar()
    history = get_history(bulk, str(rules))
    assert history is not None
    assert len(history.events) == EVENTS
    assert history.relations


def test_the_bench_measures_every_question(tmp_path: Path) -> None:
    """A small run times all questions, tells the sizes, and finds its store again."""
    for _ in range(2):
        report = relate(480, states=4, askings=3, folder=tmp_path)
        assert [timing.question for timing in report.timings] == [
            "state --as-of",
            "timeline",
            "brief",
            "one more article",
        ]
        assert all(0 < timing.median <= timing.p95 <= timing.worst for timing in report.timings)
        assert report.articles >= 60
