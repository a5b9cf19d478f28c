"""What is claimed in one article and denied in another is found, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.export.page import render
from dragoman.record import Document, Statement
from dragoman.relate import build_history, make_dossier
from dragoman.relate.contradict import contradictions, numbers

RAID = "Norland had shelled the fishing harbour of Sudmark"


def claim(sheet: Any, words: str = RAID, *, day: str = "2021-03-01", by: str = "SWE") -> Document:
    """An article in which Sudmark says what Norland did."""
    page = sheet(f"Sudmark said that {words}.", published=day)
    page.state("NOR", "Norland")
    page.state("SWE", "Sudmark")
    page.statement(page._id(by), words, "claim", direct=False)
    document: Document = page.document()
    return document


def denial(
    sheet: Any,
    words: str = "it had shelled the fishing harbour of Sudmark",
    *,
    day: str = "2021-03-04",
    by: str = "NOR",
) -> Document:
    """An article in which Norland denies something."""
    page = sheet(f"Norland denied that {words}.", published=day)
    page.state("NOR", "Norland")
    page.state("SWE", "Sudmark")
    page.statement(page._id(by), words, "denial", direct=False)
    document: Document = page.document()
    return document


def linked(codebook: Codebook, *documents: Document) -> list[tuple[str, str]]:
    """The contradictions of a history as pairs of words."""
    history = build_history(documents, codebook)
    words = {one.id: one.content.text for one in history.statements}
    return [(words[found.claim], words[found.contrary]) for found in contradictions(history)]


def test_a_claim_and_its_denial_elsewhere(sheet: Any, codebook: Codebook) -> None:
    """What another side claimed a few days before, in most of the same words, is what is denied."""
    assert linked(codebook, claim(sheet), denial(sheet)) == [(RAID, "it had shelled the fishing harbour of Sudmark")]


@pytest.mark.parametrize(
    ("words", "day", "by"),
    [
        ("it had closed the northern border to Sudmark", "2021-03-04", "NOR"),
        ("it had shelled the fishing harbour of Sudmark", "2021-07-04", "NOR"),
        ("it had shelled the fishing harbour of Sudmark", "2021-03-04", "SWE"),
    ],
)
def test_another_act_another_time_or_the_same_side(
    sheet: Any, codebook: Codebook, words: str, day: str, by: str
) -> None:
    """A denial of something else, of months later, or by the side that claims it, contradicts nothing."""
    assert linked(codebook, claim(sheet), denial(sheet, words, day=day, by=by)) == []


def test_a_dossier_shows_both_side_by_side(sheet: Any, codebook: Codebook) -> None:
    """Text, Markdown, JSON and page show who claims, who denies, and why they are put together."""
    history = build_history([claim(sheet), denial(sheet)], codebook)
    dossier = make_dossier(history, "NOR", "SWE", codebook)
    (dispute,) = dossier.disputes
    assert dispute.claim.who == "Sudmark"
    assert [side.who for side in dispute.contrary] == ["Norland"]
    assert dispute.claim.references
    assert dispute.contrary[0].references
    for form in ("text", "markdown", "json", "html"):
        page = render(dossier, form)
        assert "denied in another article" in page
    assert "CLAIMED AND DENIED" in render(dossier)


def test_the_order_of_the_articles_makes_no_difference(sheet: Any, codebook: Codebook) -> None:
    """Claim first or denial first, the same is found."""
    one, other = claim(sheet), denial(sheet)
    assert linked(codebook, one, other) == linked(codebook, other, one)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the raid killed twelve sailors", {"sailor": 12.0}),
        ("1,500 men swam", {"swam": 1500.0}),
        ("2 million tonnes", {"tonne": 2_000_000.0}),
        ("at least five ships", {}),
    ],
)
def test_numbers_of_what_is_counted(sheet: Any, text: str, expected: dict[str, float]) -> None:
    """Exact numbers are read with what they count; vague ones can't contradict."""
    page = sheet(f"Norland said that {text}.", published="2021-03-01")
    nor = page.state("NOR", "Norland")
    page.statement(nor, text, "claim", direct=False)
    statement: Statement = page.document().statements[0]
    found = {word: value for word, (value, _) in numbers(statement).items()}
    assert expected.items() <= found.items()
    assert bool(found) == bool(expected)
