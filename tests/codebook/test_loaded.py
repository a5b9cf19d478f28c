"""Loaded words: labels that take a side, and phrases that only look like them."""

from __future__ import annotations

from dragoman.codebook import Codebook


def test_a_visa_regime_takes_no_side(codebook: Codebook) -> None:
    """A word that takes a side elsewhere is no label inside a neutral phrase, and is one again beside it."""
    text = "The visa-free regime angered the regime in the capital."
    found = [text[start:end] for start, end, _ in codebook.loaded_words.find(text)]
    assert found == ["regime"]
    assert text.index("regime") < next(start for start, _, _ in codebook.loaded_words.find(text))
