"""Tests of the update: whatever comes in which order and in which batches, the history is that of a rebuild from nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.record import Document, When
from dragoman.relate import join_documents
from dragoman.run.updating import update as updating
from dragoman.store import Store, open_store
from dragoman.store.decisions import append_decision, decisions
from dragoman.store.derived import get_history

RULES = "the test's"
AGENCY = (
    "NORPORT (AFP) - Norland recalled its ambassador to Sudmark for consultations on Tuesday, the foreign ministry said "
    "in a short statement that gave no reason and named no successor to the envoy.\n"
)


def _recall(sheet: Any, text: str, day: str = "2021-05-04", **keys: Any) -> Any:
    page = sheet(text, **keys)
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text.split("\n")[0], "recalled", "SANCTION/withdraw", [nor], [swe], day=day, score=-6)
    return page


@pytest.fixture(scope="module")
def pool(sheet: Callable[..., Any]) -> list[Document]:
    """Articles that have to do with one another in every way that joins: persons, copies, events, states, forecasts."""
    pages = [
        _recall(sheet, AGENCY, publisher="North Post", published="2021-05-05"),
        _recall(sheet, AGENCY + "The paper adds a line.\n", publisher="South Sun", published="2021-05-06"),
        _recall(sheet, "On 5 May Norland recalled its ambassador from Sudmark.", "2021-05-05", published="2021-05-07"),
    ]
    back = sheet("Norland's ambassador returned to Sudmark on 9 September.", published="2021-09-10", publisher="Bee")
    nor, swe = back.state("NOR", "Norland"), back.state("SWE", "Sudmark")
    back.event(back.article.text, "returned", "CONCEDE", [nor], [swe], day="2021-09-09", score=4.5)
    said = sheet(
        'Igor Kozlov, ambassador of Norland, said: "The ambassador will return to Sudmark in September."',
        published="2021-08-01",
    )
    nor, swe = said.state("NOR", "Norland"), said.state("SWE", "Sudmark")
    kozlov = said.person("Igor Kozlov", "NOR", "GOV", "ambassador")
    said.statement(kozlov, "The ambassador will return to Sudmark in September", "expectation")
    other = sheet("Ihor Kozlov, ambassador of Norland, met the press of Sudmark.", published="2021-08-03")
    nor, swe = other.state("NOR", "Norland"), other.state("SWE", "Sudmark")
    person = other.person("Ihor Kozlov", "NOR", "GOV", "ambassador")
    other.event(other.article.text, "met", "CONSULT/meet", [person], [swe], day="2021-08-02", score=2)
    bare = sheet("Ambassador Kozlov criticised Sudmark. Kozlov spoke for the Fishers' League.", published="2021-08-04")
    bare.state("NOR", "Norland") if "Norland" in bare.article.text else None
    swe = bare.state("SWE", "Sudmark")
    person = bare.person("Kozlov", "NOR", "GOV", "Ambassador")
    bare.event(bare.article.text.split(". ")[0] + ".", "criticised", "ACCUSE", [person], [swe], score=-2)
    closed = sheet(
        "Norland closed its border with Sudmark after Sudmark accused it of smuggling.", published="2021-10-01"
    )
    nor, swe = closed.state("NOR", "Norland"), closed.state("SWE", "Sudmark")
    accused = closed.event(closed.article.text, "accused", "ACCUSE", [swe], [nor], score=-2)
    closed.event(
        closed.article.text,
        "closed",
        "COERCE/restrict",
        [nor],
        [swe],
        day="2021-09-30",
        score=-5,
        object="border",
        because=(accused,),
    )
    again = sheet("Sudmark accused Norland of smuggling at the border last month.", published="2021-10-05")
    nor, swe = again.state("NOR", "Norland"), again.state("SWE", "Sudmark")
    first = again.event(again.article.text, "accused", "ACCUSE", [swe], [nor], score=-2)
    again.statement(swe, "accused Norland of smuggling", "evaluation", direct=False, about=(first,))
    undated = sheet("Sudmark accused Norland of smuggling. Norland has no ambassador in Sudmark.")
    nor, swe = undated.state("NOR", "Norland"), undated.state("SWE", "Sudmark")
    undated.event(undated.article.text.split(". ")[0] + ".", "accused", "ACCUSE", [swe], [nor], score=-2)
    past = sheet("Years ago Norland closed its border with Sudmark. Estmark watched.", published="2023-01-01")
    nor, swe = past.state("NOR", "Norland"), past.state("SWE", "Sudmark")
    past.state("EST", "Estmark")
    past.event(
        past.article.text.split(". ")[0] + ".",
        "closed",
        "COERCE/restrict",
        [nor],
        [swe],
        score=-5,
        object="border",
        historical=True,
    )
    wide = sheet("In 2021 Norland recalled its ambassador to Sudmark.", published="2022-02-02")
    nor, swe = wide.state("NOR", "Norland"), wide.state("SWE", "Sudmark")
    year = When(
        start=datetime(2021, 1, 1, tzinfo=UTC).date(),
        end=datetime(2021, 12, 31, tzinfo=UTC).date(),
        precision="year",
        phrase=None,
    )
    wide.event(wide.article.text, "recalled", "SANCTION/withdraw", [nor], [swe], when=year, score=-6)
    alone = sheet("Somebody of a country that no article names, Una Vester, spoke.", published="2021-05-05")
    alone.person("Una Vester", "FIN", "GOV")
    return [page.document() for page in (*pages, back, said, other, bare, closed, again, undated, past, wide, alone)]


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
