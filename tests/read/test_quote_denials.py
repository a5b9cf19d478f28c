"""A denial leads to what it denies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document, Statement


def split(document: Document) -> tuple[list[Statement], list[Statement]]:
    """The denials of a document, and its other statements."""
    statements = document.statements or ()
    return [s for s in statements if s.act == "denial"], [s for s in statements if s.act != "denial"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru says Chile armed the rebels, which Chile denies.",
        "Peru accuses Chile of arming the rebels, a charge that Santiago rejects.",
        "Peru said Chile had fired missiles at a base in Tacna. Chile denied the accusation.",
        "Peru's ministry said Chile had expelled three of its diplomats. Chile said it had expelled nobody.",
        "Peru said Chilean drones had attacked the port of Ilo. “We did not attack the port,” Chile's envoy said.",
    ],
)
def test_a_denial_leads_to_the_claim(read_text: Callable[..., Document], text: str) -> None:
    """Taken up by a pronoun, by a noun or in the same words: the denied statement and its events are named."""
    document = read_text(text, "2024-02-06")
    (denial,), claims = split(document)
    assert claims[0].id in denial.denies
    assert set(claims[0].about) <= set(denial.denies)
    assert not {s.content.text for s in claims} & {denial.content.text}


def test_what_is_denied_did_not_happen(read_text: Callable[..., Document]) -> None:
    """An event inside a denial is negated, told by that statement and denied by it."""
    document = read_text("“We did not attack the port of Ilo,” Chile's envoy said.", "2024-02-06")
    (denial,), _ = split(document)
    inside = [event for event in document.events or () if denial.id in event.reported_by]
    assert inside
    assert all(event.factuality == "negated" and event.id in denial.denies for event in inside)


def test_a_denial_of_something_else_leads_nowhere(read_text: Callable[..., Document]) -> None:
    """Two statements about different things stay apart, and nobody denies himself."""
    text = "Peru said the harvest was poor. Chile said it had not closed the road. Chile said the road was open."
    denials, _ = split(read_text(text, "2024-02-06"))
    assert all(not denial.denies for denial in denials)


@pytest.mark.parametrize(
    "text",
    ["Peru has not said whether it will open the port of Ilo.", "Chile has not said when its envoy would return."],
)
def test_what_is_left_unsaid_is_no_denial(read_text: Callable[..., Document], text: str) -> None:
    """Who has not said whether or when states nothing, and so denies nothing."""
    assert split(read_text(text, "2024-02-06")) == ([], [])
