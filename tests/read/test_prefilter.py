"""Texts that name nobody of politics are told before any parse."""

from __future__ import annotations

import pytest

from dragoman.codebook import Codebook
from dragoman.read.prefilter import names_political_actor


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell.\n\nLater Estonia sent aid.",
        "The Kremlin kept silent.",
        "Polish farmers blocked the road.",
        "Police fired in the air.",
        "A spokesman for NATO declined to answer.",
        "Angela Merkel arrived late.",
    ],
)
def test_a_named_actor_is_seen(codebook: Codebook, text: str) -> None:
    """A state, a metonym, a demonym, an organ, a body and the holder of an office each keep a text."""
    assert names_political_actor(text, codebook)


@pytest.mark.parametrize(
    "text", ["The soup needs an hour.", "Our striker scored twice in the second half.", "", "\n\n"]
)
def test_a_text_without_one_is_passed_over(codebook: Codebook, text: str) -> None:
    """A recipe and a match report name nobody."""
    assert not names_political_actor(text, codebook)
