"""Decisions, and the history that is derived from what was read and decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from dragoman.errors import StoreError
from dragoman.record import Document, History, Join
from dragoman.store import Store
from dragoman.store.decisions import append_decision, decisions
from dragoman.store.derived import get_history, in_order, put_history, revision
from dragoman.store.tables import pair

Make = Callable[..., Document]


def _history(*documents: Document) -> History:
    """The documents' records side by side, as a history holds them."""
    actors = {actor.id: actor for document in documents for actor in document.actors or ()}
    articles = in_order(document.article for document in documents)
    documents = tuple(sorted(documents, key=lambda document: articles.index(document.article)))
    return History(
        articles=articles,
        actors=tuple(actors[key] for key in sorted(actors)),
        mentions=tuple(mention for document in documents for mention in document.mentions or ()),
        events=tuple(sorted((e for document in documents for e in document.events or ()), key=lambda e: e.id)),
        statements=tuple(sorted((s for document in documents for s in document.statements or ()), key=lambda s: s.id)),
        relations=(),
        joins=(Join(kind="actor", one="a", other="b", score=0.5, reasons=("same surname",), joined=False),),
    )


def test_a_history_comes_back_for_what_it_was_made_from(store: Store, make_document: Make) -> None:
    """A stored history is given back equal, and only to one who names the rules and until something else is stored."""
    documents = [make_document("Ukraine accused Belarus."), make_document("Poland thanked Ukraine.")]
    for document in documents:
        store.put(document, document.article)
    history = _history(*documents)
    assert put_history(store, history, "these rules", revision(store))
    assert get_history(store, "these rules") == history
    assert get_history(store, "other rules") is None
    later = make_document("Poland accused Belarus.")
    store.put(later, later.article)
    assert get_history(store, "these rules") is None


def test_a_history_of_an_older_state_is_not_kept(store: Store, make_document: Make) -> None:
    """A history that was made while another process stored an article is not put in."""
    document = make_document("Ukraine accused Belarus.")
    at = revision(store)
    store.put(document, document.article)
    assert not put_history(store, _history(), "old", at)
    assert get_history(store, "old") is None


def test_pairs_are_indexed(store: Store, make_document: Make) -> None:
    """Each pair of states leads to the events between them and the articles that name both."""
    document = make_document("Ukraine accused Belarus.")
    store.put(document, document.article)
    put_history(store, _history(document), "x", revision(store))
    with store.reading() as connection:
        rows = {tuple(row[:3]) for row in connection.execute(select(pair))}
    assert rows == {("BEL", "UKR", "event"), ("BEL", "UKR", "article")}


def test_reading_and_deciding_count_as_change_and_refusing_does_not(store: Store, make_document: Make) -> None:
    """What the history rests on moves the revision; a refused input does not."""
    at = revision(store)
    document = make_document("Ukraine accused Belarus.")
    store.put(document, document.article)
    append_decision(store, author="ann", kind="join", body={"one": "a", "other": "b"})
    assert revision(store) == at + 2
    store.put_refusal("x", "x is empty.")
    assert revision(store) == at + 2


def test_decisions_come_back_in_their_order(store: Store) -> None:
    """Decisions are given back as they were made, with author, time and particulars."""
    when = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    first = append_decision(store, author="ann", kind="join", body={"one": "a", "names": ["Кізім"]}, time=when)
    second = append_decision(store, author="bob", kind="split", body={"one": "a"}, time=when)
    assert decisions(store) == (first, second)
    assert first.time == "2026-01-02T03:04:05+00:00"
    assert first.id != second.id


@pytest.mark.parametrize("statement", ["UPDATE decision SET author = 'eve'", "DELETE FROM decision"])
def test_decisions_can_neither_be_changed_nor_removed(store: Store, statement: str) -> None:
    """The log of decisions refuses to be changed, even from outside the program."""
    append_decision(store, author="ann", kind="join", body={})
    with pytest.raises(StoreError, match="append-only"), store.writing() as connection:
        connection.execute(text(statement))
    assert [one.author for one in decisions(store)] == ["ann"]
