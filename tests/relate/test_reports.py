"""Sentences that tell an act as a fact, and those that don't."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.record import Document
from dragoman.relate import build_history
from dragoman.relate.reports import foretold_verb, told_acts


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("it would release the pilots", "release"),
        ("We'll have the gate open by Easter", "have"),
        ("Norland plans to sign the treaty in May", "sign"),
        ("to pay the fine", "pay"),
        ("Norland will not recognise the island", "recognise"),
        ("expects Norland to lift the ban", "lift"),
        ("releasing the pilots", "releasing"),
        ("peace in our time", None),
    ],
)
def test_the_verb_of_what_is_foretold(text: str, verb: str | None) -> None:
    """Behind "will", "would" or "to", or a gerund; a bare thing has none."""
    assert foretold_verb(text) == verb


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norland printed the map.", "done"),
        ("Norland has printed the map.", "done"),
        ("Norland has not printed the map.", "undone"),
        ("Norland did not print the map.", "undone"),
        ("No map was printed by Norland.", "undone"),
        ("Norland never printed the map.", "dropped"),
        ("Norland will print the map.", None),
        ("Norland promised to print the map.", None),
        ("Had Norland printed the map?", None),
        ("Norland asked whether it had printed the map.", None),
    ],
)
def test_what_a_sentence_tells(sheet: Any, codebook: Codebook, text: str, kind: str | None) -> None:
    """Past and perfect tell, the future and a question don't, and "not" turns it round."""
    page = sheet(text, published="2021-03-09")
    page.state("NOR", "Norland")
    history = build_history([page.document()], codebook)
    words = codebook.outcomes
    stem = words.stem("print")
    reports = told_acts(frozenset({stem}), words, {}, history).get(stem, [])
    assert [report.kind for report in reports] == ([kind] if kind else [])
    assert all(report.span.text == text for report in reports)


def test_what_has_been_so_for_years_settles_nothing_new(read_text: Callable[..., Document], codebook: Codebook) -> None:
    """A gate that has been shut since an earlier year fulfils no later threat to shut it."""
    threat = read_text("Norway has threatened to close the border with Sweden.", "2021-10-12")
    later = read_text(
        "The border of Norway and Sweden has been closed since August 2011, when floods came.", "2022-05-15"
    )
    history = build_history([threat, later], codebook)
    threats = [one for one in history.statements if one.act == "intention"]
    assert [one.outcome for one in threats] == ["open"]
