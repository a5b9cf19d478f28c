"""Antecedents: whom a pronoun means, by the clauses around it, by who was asked, and by what it cannot mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document

Reader = Callable[..., Document]


def _meant(document: Document, pronoun: str, nth: int = 0) -> str | None:
    """The state or name of the actor that the nth such pronoun means, or None."""
    actors = {actor.id: actor.country or actor.name for actor in document.actors or ()}
    places = [t.start for t in document.parse.tokens if t.text == pronoun] if document.parse else []
    found = [m for m in document.mentions or () if m.start == places[nth]]
    return actors[found[0].actor] if found else None


@pytest.mark.parametrize(
    ("text", "pronoun", "whom"),
    [
        ("The United States thanked Iran for freeing its citizens.", "its", "IRN"),
        ("The United States urged Iran to free its citizens.", "its", "IRN"),
        ("Colombia asked Peru to hand over the general. It refused.", "It", "PER"),
        ("Ivan Petrov accused Marko Horvat of hiding his money.", "his", "Marko Horvat"),
        ("Ivan Petrov's aim in his talks with Marko Horvat was peace.", "his", "Ivan Petrov"),
        ("As Marko Horvat left the hall where he had spoken, Ivan Petrov laughed.", "he", "Marko Horvat"),
        ("Chad said that it had no troops there.", "it", "TCD"),
    ],
)
def test_the_clauses_tell_whom_a_pronoun_means(read_text: Reader, text: str, pronoun: str, whom: str) -> None:
    """The subject of the pronoun's own clauses comes first, the doer of a gerund among them; who was asked answers."""
    assert _meant(read_text(text), pronoun) == whom


def test_what_happens_is_nobody(read_text: Reader) -> None:
    """The "it" of what happens stands for no actor."""
    text = "Norway did not say how it would send the men home, but said that it would happen soon."
    assert _meant(read_text(text), "it", 1) is None


def test_who_is_spoken_of_does_not_speak(read_text: Reader) -> None:
    """An "it" that says a quotation is not who stands in the quoted words before it."""
    document = read_text('The Kremlin called the ruling a farce. Moldova "has crossed a line", it said in a statement.')
    assert _meant(document, "it") != "MDA"
