"""Tests of the states that sentences tell by themselves, on the project's own sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.codebook import Codebook
from dragoman.record import Document
from dragoman.relate import build_history, states_on

Held = set[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def told(read_text: Callable[..., Document], codebook: Codebook) -> Callable[..., Held]:
    """A function that reads a text of a day and returns what holds on another (by default that one)."""

    def read(text: str, published: str = "2022-03-10", on: str | None = None) -> Held:
        history = build_history([read_text(text, published)], codebook)
        names = {actor.id: actor.country or actor.name for actor in history.actors}
        relations = states_on(history, date.fromisoformat(on or published))
        return {(names[r.of], names[r.toward], r.dimension, r.value) for r in relations}

    return read


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "Peru's new ambassador to Chile presented his credentials in Santiago on Tuesday.",
            ("PER", "CHL", "ambassador", "accredited"),
        ),
        (
            "Norway and Iceland argue about fish. Norway's ambassador was called home from Reykjavik last week.",
            ("NOR", "ISL", "ambassador", "recalled"),
        ),
        ("Kenya told the Ugandan ambassador to leave the country.", ("UGA", "KEN", "ambassador", "expelled")),
        ("Laos has halted all trade with Thailand since Monday.", ("LAO", "THA", "trade", "suspended")),
        ("The border between Ghana and Togo has been closed since 3 March 2022.", ("GHA", "TGO", "border", "closed")),
        ("Bolivia and Chile have no diplomatic relations.", ("BOL", "CHL", "diplomatic_relations", "none")),
    ],
)
def test_a_sentence_tells_a_state(told: Callable[..., Held], text: str, state: tuple[str, str, str, str]) -> None:
    """What a sentence tells of a relation holds, for whom it says."""
    held = told(text)
    assert state in held or (state[1], state[0], *state[2:]) in held


@pytest.mark.parametrize(
    "text",
    [
        "Laos may halt all trade with Thailand.",
        "Kenya never told the Ugandan ambassador to leave the country.",
        "Has Laos halted all trade with Thailand?",
        "If Ghana closed its border with Togo, farmers would suffer.",
        "Norway threatened that it would sever diplomatic relations with Iceland.",
    ],
)
def test_what_is_hedged_denied_or_asked_tells_nothing(told: Callable[..., Held], text: str) -> None:
    """A possible, denied, threatened or questioned act changes no state."""
    assert not told(text)


def test_an_open_embassy_implies_relations(told: Callable[..., Held]) -> None:
    """Where an embassy was opened, relations exist from that day, and the record says what they follow from."""
    held = told("Malta reopened its embassy in Libya on 4 March 2022.", on="2022-03-05")
    assert ("MLT", "LBY", "embassy", "open") in held
    assert {value for *_, dimension, value in held if dimension == "diplomatic_relations"} == {"established"}


def test_a_denied_rumour_tells_nothing(told: Callable[..., Held]) -> None:
    """What a sentence reports only as a rumour or a report that was denied changes no state."""
    assert not told("A rumour that Norway had called its ambassador home from Iceland was denied on Monday.")


def test_a_plan_opens_no_embassy(told: Callable[..., Held]) -> None:
    """That two states agreed to reopen their embassies does not make them open yet."""
    held = told("Malta and Libya agreed on Tuesday to reopen their embassies.")
    assert not {row for row in held if row[2] == "embassy"}


@pytest.mark.parametrize(
    "text",
    [
        "Chilean Foreign Minister Rosa Arce summoned Peruvian Ambassador Luis Tello late on Monday to complain.",
        "Chile's foreign ministry summoned the Peruvian ambassador, Luis Tello, over the arrests.",
    ],
)
def test_a_summoned_ambassador_is_not_recalled(told: Callable[..., Held], text: str) -> None:
    """A host that summons an ambassador, for whatever reason, recalls nobody."""
    assert "recalled" not in {row[3] for row in told(text)}


def test_who_stands_before_the_verb_calls_home(told: Callable[..., Held]) -> None:
    """A side that the clause before is about does not call home the envoys that the next clause's subject calls home."""
    held = told("Togolese diplomats were given three days to pack, and Ghana ordered its own envoys home from Lome.")
    assert ("GHA", "TGO", "ambassador", "recalled") in held
    assert ("TGO", "GHA", "ambassador", "recalled") not in held


def test_who_agrees_to_reopen_a_border_has_not_opened_it(told: Callable[..., Held]) -> None:
    """An agreed opening leaves a closed border closed, and a sentence that says that it is open ends that."""
    closed = "The border between Ghana and Togo has been closed since 3 March 2021. "
    agreed = told(closed + "Ghana and Togo agreed on Monday to reopen their border in stages, a minister said.")
    assert {row[3] for row in agreed if row[2] == "border"} == {"closed"}
    stands = told("Ghana and Togo quarrel over fish. The border is open, and lorries cross it.")
    assert {row[3] for row in stands if row[2] == "border"} == {"open"}


def test_a_pact_made_normal_again_is_no_relation(told: Callable[..., Held]) -> None:
    """Normalising something else than relations establishes none."""
    held = told('Chile\'s president declared the "full normalization" of FISHTRACK, a pact on trawlers with Peru.')
    assert not {row for row in held if row[2] == "diplomatic_relations"}
