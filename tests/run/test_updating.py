"""Tests of the update: whatever comes in which order and in which batches, the history is that of a rebuild from nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.record import Document
from dragoman.relate import join_documents
from dragoman.run.updating import update as updating
from dragoman.store import Store, open_store
from dragoman.store.decisions import append_decision, decisions
from dragoman.store.derived import get_history

RULES = "the test's"


def _decide(store: Store, pool: list[Document], kind: str) -> None:
    """A decision such as a person makes: about two spellings, about two reports, or the undoing of the last one."""
    log = decisions(store)
    time = datetime(2026, 1, 1, 12, 0, len(log), tzinfo=UTC)
    by_name = {actor.name: (actor, d.article.id) for d in pool for actor in d.actors or () if actor.kind == "person"}
    if kind == "undo":
        if log:
            append_decision(store, author="ann", kind="undo", body={"decision": log[-1].id}, time=time)
        return
    if kind in ("join", "split"):
        references = []
        for name in ("Igor Kozlov", "Kozlov"):
            actor, article = by_name[name]
            record = {"id": actor.id, "article": article, "name": actor.name}
            references.append({"name": name, "kind": "person", "key": None, "records": [record], "spelled": [name]})
        about = "actor"
    else:
        reports = [(document.article.id, (document.events or ())[0]) for document in (pool[0], pool[2])]
        references = [
            {
                "words": one.trigger.text,
                "reports": [
                    {"id": one.id, "article": a, "start": one.trigger.start, "end": one.trigger.end, "type": one.type}
                ],
            }
            for a, one in reports
        ]
        about, kind = "event", kind.removeprefix("event ")
    body = {"about": about, "one": references[0], "other": references[1]}
    append_decision(store, author="ann", kind=kind, body=body, time=time)


def _read_again(document: Document) -> Document:
    """The document as a later reader has it: without its last actor's country, with one event the fewer."""
    actors = list(document.actors or ())
    actors[-1] = replace(actors[-1], names=(*actors[-1].names, "the other name"), sector="OPP")
    return replace(document, actors=tuple(actors), events=(document.events or ())[1:])


_STEPS = st.lists(
    st.one_of(
        st.integers(0, 12),
        st.sampled_from(["update", "update", "join", "split", "event join", "event split", "undo"]),
        st.integers(0, 12).map(lambda number: ("again", number)),
    ),
    min_size=4,
    max_size=24,
)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS, batch=st.integers(1, 9))
def test_any_order_any_batch_gives_the_history_of_a_rebuild(
    pool: list[Document], codebook: Codebook, steps: list[Any], batch: int
) -> None:
    """Articles, decisions, undoings and second readings in any order, brought in by any batches, end as a rebuild does."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(updating, "BATCH", batch)
        store = open_store(Path(folder) / "store.sqlite3", create=True)
        for step in steps:
            if step == "update":
                updating.update(store, codebook, RULES)
            elif isinstance(step, int):
                store.put(pool[step], pool[step].article)
            elif isinstance(step, tuple):
                again = _read_again(pool[step[1]])
                store.put(again, again.article)
            else:
                _decide(store, pool, step)
        updating.update(store, codebook, RULES)
        kept = get_history(store, RULES)
        assert kept == join_documents(list(store.documents()), codebook, decisions(store))


def test_all_of_the_pool_one_by_one(pool: list[Document], codebook: Codebook, tmp_path: Path) -> None:
    """Each article alone, the last first, gives what all together give, and a further update finds nothing to do."""
    store = open_store(tmp_path / "store.sqlite3", create=True)
    for document in reversed(pool):
        store.put(document, document.article)
        assert updating.update(store, codebook, RULES)
    history = get_history(store, RULES)
    assert history == join_documents(pool, codebook)
    assert history is not None
    assert any(len(event.members) > 1 for event in history.events)
    assert any(statement.outcome == "met" for statement in history.statements)
    assert not updating.update(store, codebook, RULES)


def test_other_rules_join_everything_anew(pool: list[Document], codebook: Codebook, tmp_path: Path) -> None:
    """A history joined by other rules is not added to but made from nothing."""
    store = open_store(tmp_path / "store.sqlite3", create=True)
    store.put(pool[0], pool[0].article)
    updating.update(store, codebook, "older rules")
    assert updating.update(store, codebook, RULES)
    assert get_history(store, "older rules") is None
    assert get_history(store, RULES) == join_documents(pool[:1], codebook)
