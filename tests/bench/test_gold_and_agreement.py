"""What people checked serves as gold, and how far they agree is measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.bench.agreement import krippendorff_alpha, measure_agreement, share_agreed
from dragoman.bench.events import predict
from dragoman.bench.gold import gold_lines, score_gold, sentence_lines
from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.read import Pipeline
from dragoman.record import Document
from dragoman.run import correct
from dragoman.run.desk import Desk, sit_down
from dragoman.store import Store, open_store

TEXT = (
    "Estonia expelled two Russian diplomats on Monday. Foreign Minister Olga Kann said that Russia had left no choice.\n\n"
    "Russia recalled its ambassador to Estonia on Wednesday. Latvia condemned the expulsion."
)


@pytest.fixture
def store(tmp_path: Path, read_text: Callable[..., Document]) -> Store:
    """A store with one article as the reader reads it."""
    document = read_text(TEXT, "2021-05-06")
    store = open_store(tmp_path / "store.sqlite3", create=True)
    store.put(document, document.article)
    return store


def desk_of(store: Store, codebook: Codebook, author: str = "ada") -> Desk:
    """A person at the desk."""
    return sit_down(store, codebook, author)


def check_all(store: Store, codebook: Codebook, author: str = "ada") -> Desk:
    """Accept everything that was found."""
    desk = desk_of(store, codebook, author)
    for one in (*desk.history.events, *desk.history.statements):
        correct.accept(desk, correct.find_target(desk, one.id))
    return desk_of(store, codebook, author)


def test_what_was_accepted_is_found_again(store: Store, codebook: Codebook, reader: Pipeline, tmp_path: Path) -> None:
    """Gold of an article in which everything was accepted is met wholly by the reader that read it."""
    desk = check_all(store, codebook)
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(gold_lines(store, codebook, desk.history)), encoding="utf-8")
    row = json.loads(file.read_text(encoding="utf-8"))
    assert (row["by"], row["complete"], row["wrong"]) == (["ada"], True, [])
    assert len(row["expected"]["events"]) == len(desk.history.events) > 2
    score = score_gold(file, reader, codebook)
    assert [verdict.line(name) for name, verdict in score.verdicts if not verdict.met] == []
    assert score.right == score.reported == len(desk.history.events)


def test_what_was_corrected_is_missed(store: Store, codebook: Codebook, reader: Pipeline, tmp_path: Path) -> None:
    """Gold of corrections tells the reader's faults: another type, a false event, a missed one, another day."""
    desk = check_all(store, codebook)
    by_trigger = {event.trigger.text: event for event in desk.history.events}
    correct.change(desk, correct.find_target(desk, by_trigger["recalled"].id), {"when": "2021-05-01"})
    correct.change(desk, correct.find_target(desk, by_trigger["expelled"].id), {"type": "ASSAULT"})
    correct.reject(desk, correct.find_target(desk, by_trigger["condemned"].id))
    article = desk.history.articles[0]
    correct.add_event(desk, article.id, *correct.place_of(article, "left no choice"), {"type": "THREATEN"})
    desk = desk_of(store, codebook)
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(gold_lines(store, codebook, desk.history)), encoding="utf-8")
    score = score_gold(file, reader, codebook)
    missed = sorted(verdict.kind for _, verdict in score.verdicts if not verdict.met)
    assert missed == ["date", "event", "event", "no event"]
    assert score.reported - score.right == 2
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="line 1: no gold"):
        score_gold(file, reader, codebook)


def test_sentences_are_gold_of_the_events_bench(store: Store, codebook: Codebook, tmp_path: Path) -> None:
    """The events bench codes the exported sentences, and finds in them the types that were accepted."""
    desk = check_all(store, codebook)
    file = tmp_path / "sentences.jsonl"
    file.write_text("\n".join(sentence_lines(desk.history)), encoding="utf-8")
    gold = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: row["events"] for row in predict(file)}
    assert {row["event"] for row in gold} >= {"SANCTION"}
    for row in gold:
        if row["id"] in found and row["eventText"] in ("expelled", "recalled"):
            assert row["event"] in {event["event"] for event in found[row["id"]]}
            assert {one["code"] for one in row["source"]} <= {"EST", "RUS"}


def test_agreement_of_two(store: Store, codebook: Codebook) -> None:
    """Two who decide alike but on one type and one event agree on the rest, each figure for its field."""
    ada = check_all(store, codebook)
    bo = check_all(store, codebook, "bo")
    expelled, condemned = (
        next(e for e in ada.history.events if e.trigger.text == word) for word in ("expelled", "condemned")
    )
    correct.change(bo, correct.find_target(bo, expelled.id), {"type": "ASSAULT"})
    correct.reject(bo, correct.find_target(bo, condemned.id))
    events = len(ada.history.events)
    measured = {(one.about, one.field): one for one in measure_agreement(store, codebook)}
    right, kind, whom = (measured["event", field] for field in ("right", "type", "recipients"))
    assert right.findings == events
    assert right.people == ("ada", "bo")
    assert right.share == pytest.approx((events - 1) / events)
    assert kind.findings == events - 1
    assert kind.share == pytest.approx((events - 2) / (events - 1))
    assert kind.alpha is not None
    assert kind.alpha < kind.share
    assert whom.share == 1.0
    assert measure_agreement(store, codebook, "article-0") == []


def test_alpha_of_a_published_table() -> None:
    """Three coders with gaps: the nominal alpha of the textbook's table, 0.691."""
    rows = (
        [None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3],
        [1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None],
        [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
    )
    units = [[row[place] for row in rows if row[place] is not None] for place in range(15)]
    assert krippendorff_alpha(units) == pytest.approx(0.691, abs=0.0005)


UNITS = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), min_size=1, max_size=12)


@given(UNITS)
def test_alpha_never_exceeds_the_share(units: list[list[Any]]) -> None:
    """Alpha is at most the share agreed, 1 where all agree and something varies, None where nothing varies."""
    alpha, share = krippendorff_alpha(units), share_agreed(units)
    assert 0 <= share <= 1
    if alpha is not None:
        assert alpha <= share + 1e-9
        assert (share == 1) == (alpha == 1)
    pairable = [unit for unit in units if len(unit) > 1]
    assert (alpha is None) == (len({value for unit in pairable for value in unit}) < 2)
