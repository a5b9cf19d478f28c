"""What the tests of decisions share: a store with two handmade articles about one quarrel, and a person at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Document, When
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


AGENCY = (
    "NORPORT (AFP) - Norland recalled its ambassador to Sudmark for consultations on Tuesday, the foreign ministry said "
    "in a short statement that gave no reason and named no successor to the envoy.\n"
)


def _recall(sheet: Any, text: str, day: str = "2021-05-04", **keys: Any) -> Any:
    page = sheet(text, **keys)
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text.split("\n")[0], "recalled", "SANCTION/withdraw", [nor], [swe], day=day, score=-6)
    return page


@pytest.fixture(scope="session")
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
