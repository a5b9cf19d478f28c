"""What the tests of decisions share: a store with two handmade articles about one quarrel, and a person at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Document
from dragoman.record.ids import make_id
from dragoman.run.desk import Desk, sit_down
from dragoman.store import Store, open_store

FIRST = (
    "Norland recalled its ambassador to Sudmark on Tuesday.\n\n"
    "Sudmark denied the charges. Minister Ada Vale said that Norland will regret it.\n\n"
    "The two signed a treaty in Westhaven.\n\nRead also: Norland bombs Sudmark in a new film."
)
SECOND = "Norland has recalled its ambassador to Sudmark, an official said.\n\nSudmark expelled a diplomat of Norland."


@pytest.fixture
def quarrel(sheet: Any) -> list[Document]:
    """Two articles: a recall that both tell, a denial, a statement, a film in the furniture, and an expulsion."""
    one = sheet(FIRST, published="2021-05-06", publisher="One")
    nor, sud = one.state("NOR", "Norland"), one.state("SWE", "Sudmark")
    vale = one.person("Ada Vale", "SWE")
    sentence = "Norland recalled its ambassador to Sudmark on Tuesday."
    one.event(sentence, "recalled", "SANCTION/withdraw", [nor], [sud], day="2021-05-04", score=-6, object="ambassador")
    one.event("Sudmark denied the charges.", "denied", "REJECT", [sud], [nor], score=-2)
    one.event("Norland bombs Sudmark in a new film.", "bombs", "ASSAULT/aerial", [nor], [sud], score=-10)
    one.statement(vale, "Norland will regret it", "expectation", direct=False)
    two = sheet(SECOND, published="2021-05-07", publisher="Two")
    nor, sud = two.state("NOR", "Norland"), two.state("SWE", "Sudmark")
    recalled = "Norland has recalled its ambassador to Sudmark, an official said."
    two.event(recalled, "recalled", "SANCTION/withdraw", [nor], [sud], day="2021-05-04", score=-6, object="ambassador")
    two.event("Sudmark expelled a diplomat of Norland.", "expelled", "SANCTION/expel", [sud], [nor], score=-6)
    return [keyed(one.document()), keyed(two.document())]


def keyed(document: Document) -> Document:
    """The document with its states under the ids that the reader gives entries of the codebook."""
    new = {a.id: make_id("actor", a.key) if a.key else a.id for a in document.actors or ()}
    return replace(
        document,
        actors=tuple(replace(a, id=new[a.id]) for a in document.actors or ()),
        mentions=tuple(replace(m, actor=new[m.actor]) for m in document.mentions or ()),
        events=tuple(
            replace(e, actors=tuple(new[i] for i in e.actors), recipients=tuple(new[i] for i in e.recipients))
            for e in document.events or ()
        ),
    )


@pytest.fixture
def make_store(tmp_path: Path) -> Callable[..., Store]:
    """A function that makes a store of some documents."""

    def make(name: str, documents: list[Document]) -> Store:
        store = open_store(tmp_path / f"{name}.sqlite3", create=True)
        for document in documents:
            store.put(replace(document, reader="hand 1"), document.article)
        return store

    return make


@pytest.fixture
def store(make_store: Callable[..., Store], quarrel: list[Document]) -> Store:
    """A store with the quarrel."""
    return make_store("store", quarrel)


@pytest.fixture
def sit(codebook: Codebook) -> Callable[..., Desk]:
    """A function that seats a person at a store, before the record as it stands now."""
    return lambda store, author="ada": sit_down(store, codebook, author)


@pytest.fixture
def read_nothing(codebook: Codebook) -> Pipeline:
    """A reader without stages, which finds nothing in any article."""
    return Pipeline((), codebook)
