"""Tests of the answers about a pair: through the store's indexes they are those of the whole history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.errors import UnknownNameError
from dragoman.record import Document
from dragoman.relate import build_history
from dragoman.relate.news import compare_pairs, news_since
from dragoman.run.answers import brief, brief_pair, compare_named, news_of_pair, stand_of_pair
from dragoman.run.history import history_of, known_history
from dragoman.run.lookup import find_party
from dragoman.store import Store, open_store
from dragoman.store.pairs import Bounds


def _meeting(sheet: Callable[..., Any], number: int) -> Document:
    """A report of talks, one a month, the odd ones bitter."""
    day = date(2010 + number // 12, number % 12 + 1, 3)
    bitter = number % 2
    text = f"Sudmark {'accused Norland of treason' if bitter else 'received envoys of Norland'} in round {number}."
    page = sheet(text, published=day.isoformat(), publisher=f"Paper {number}")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    kind, score = ("ACCUSE", -2.0) if bitter else ("CONSULT/visit", 3.0)
    page.event(text, "accused" if bitter else "received", kind, [swe], [nor], day=day.isoformat(), score=score)
    document: Document = page.document()
    return document


@pytest.fixture
def store(tmp_path: Path, sheet: Callable[..., Any]) -> Store:
    """A store of thirty months of talks, a recall at the beginning, and an attack on a third state."""
    store = open_store(tmp_path / "store.sqlite3", create=True)
    text = "Norland recalled its ambassador to Sudmark for consultations on Tuesday."
    page = sheet(text, published="2010-01-01")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text, "recalled", "SANCTION/withdraw", [nor], [swe], day="2009-12-29", score=-6)
    other = sheet("Norland and Sudmark watched as Norland closed its border with Finmark.", published="2011-03-01")
    nor, _ = other.state("NOR", "Norland"), other.state("SWE", "Sudmark")
    fin = other.state("FIN", "Finmark")
    other.event(
        other.article.text, "closed", "COERCE/restrict", [nor], [fin], day="2011-02-28", score=-5, object="border"
    )
    for document in (page.document(), other.document(), *(_meeting(sheet, number) for number in range(30))):
        store.put(document, document.article)
    return store


@pytest.mark.parametrize("as_of", [None, date(2011, 6, 1), date(2009, 1, 1)])
def test_a_pair_looked_up_is_the_pair_of_the_whole(store: Store, codebook: Codebook, as_of: date | None) -> None:
    """Where nothing is left out, the dossier through the indexes is that of the whole history, on any day."""
    history = history_of(store, codebook)
    parties = [find_party(name, codebook, history) for name in ("NOR", "SWE")]
    assert brief_pair(store, codebook, "NOR", "Sudmark", as_of=as_of) == brief(history, codebook, *parties, as_of=as_of)


def test_of_many_events_the_newest_and_weightiest_are_shown(store: Store, codebook: Codebook) -> None:
    """Within bounds the newest and weightiest events stand in the dossier, all are counted, and it says so."""
    bounds = Bounds(newest=5, weightiest=2, articles=4)
    dossier = brief_pair(store, codebook, "NOR", "SWE", bounds=bounds)
    shown = [entry for entry in dossier.timeline if not entry.background]
    assert [entry.start for entry in shown][-5:] == [date(2012, month, 3) for month in (2, 3, 4, 5, 6)]
    assert shown[0].codes == "SANCTION/withdraw"
    assert len(shown) < 10
    assert dossier.events == 31
    assert sum(point.events for point in dossier.course) == 31
    assert "31 events between the two" in dossier.about[0].text


def test_where_a_pair_stands(store: Store, codebook: Codebook) -> None:
    """The states come with the words, and only the articles that are quoted are numbered."""
    stand = stand_of_pair(store, codebook, "NOR", "SWE")
    assert [(row.dimension, row.value, row.since) for row in stand.standing if row.between_the_two] == [
        ("ambassador", "recalled for consultations", "29 December 2009")
    ]
    assert [source.number for source in stand.sources] == [1, 2][: len(stand.sources)]
    assert not stand_of_pair(store, codebook, "NOR", "SWE", as_of=date(2009, 1, 1)).standing


def test_who_is_not_there_is_told(store: Store, codebook: Codebook) -> None:
    """A state that no article speaks of, and a name of nobody, are each refused with a word."""
    with pytest.raises(UnknownNameError, match="speaks of France"):
        brief_pair(store, codebook, "NOR", "FRA")
    with pytest.raises(UnknownNameError):
        brief_pair(store, codebook, "NOR", "Nobody at all")


def test_what_was_known_on_a_day(store: Store, codebook: Codebook, sheet: Callable[..., Any]) -> None:
    """What was known on a day is the history of a store that holds just the articles published by then."""
    undated = sheet("Sudmark accused Norland of something, some day.").document()
    store.put(undated, undated.article)
    day = date(2010, 7, 1)
    there = [d for d in store.documents() if d.article.published is not None and d.article.published <= day]
    known = known_history(store, codebook, day)
    assert known == build_history(there, codebook)
    dossier = brief_pair(store, codebook, "NOR", "SWE", known_on=day)
    assert dossier.known_on == day
    assert max(entry.start for entry in dossier.timeline if entry.start) <= day
    assert len(dossier.sources) == len(there)


def test_news_and_comparison_by_index_are_those_of_the_whole(store: Store, codebook: Codebook) -> None:
    """What is new of a pair, and pairs side by side, are through the store's indexes what the whole history gives."""
    history = history_of(store, codebook)
    whole = news_since(history, "NOR", "SWE", codebook, date(2012, 3, 1))
    found = news_of_pair(store, codebook, "Norland", "SWE", date(2012, 3, 1))
    assert found.news.events == whole.events
    assert len(found.news.events) == 4
    assert (found.news.begun, found.news.ended, found.news.statements) == (whole.begun, whole.ended, whole.statements)
    assert found.news.articles == whole.articles
    pairs = [("NOR", "SWE"), ("NOR", "FIN"), ("SWE", "FIN")]
    assert compare_named(store, codebook, ["NOR", "Norland", "SWE", "FIN"]) == compare_pairs(history, pairs, codebook)


def test_one_side_named_twice_is_refused(store: Store, codebook: Codebook) -> None:
    """News need two sides, and so does a comparison."""
    with pytest.raises(UnknownNameError, match="twice"):
        news_of_pair(store, codebook, "NOR", "Norland", date(2012, 1, 1))
    with pytest.raises(UnknownNameError, match="two"):
        compare_named(store, codebook, ["NOR", "Norland"])
