"""The chronicle: where relations stood on given days and which reports are one event, read from the articles themselves.

The floors are what the program reaches; they go up with it. The goal is 0.95 of the points and a pairwise F1 of 0.9 over the
reports that the coder finds.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dragoman.bench.chronicle import Score, pair_folders, read_pair, score_pair
from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Document
from dragoman.relate import build_history

FOLDER = Path(__file__).parents[2] / "corpora" / "chronicle"
SHARE = 0.91
"""The least share of the points that are right."""
MERGED = 0.84
"""The least pairwise F1 of the merged events over the reports that the coder finds."""
PRECISION = 0.95
"""The least share of the joined pairs of reports that are one event."""


@pytest.fixture(scope="module")
def pairs(reader: Pipeline) -> dict[str, list[Document]]:
    """The documents of every pair."""
    return {folder.name: read_pair(folder, reader) for folder in pair_folders(FOLDER)}


def test_states_hold_on_the_days_they_held(pairs: dict[str, list[Document]], codebook: Codebook) -> None:
    """The share of (pair, dimension, day) points that are right, and of joined reports that are one event."""
    score = Score()
    for folder in pair_folders(FOLDER):
        score_pair(folder, pairs[folder.name], codebook, score)
    assert score.points >= 120
    assert score.share >= SHARE, "\n".join(score.misses)
    assert score.f1_found >= MERGED
    assert score.both >= PRECISION * score.program, "\n".join(m for m in score.misses if m.startswith("joined"))


def test_reading_order_makes_no_difference(pairs: dict[str, list[Document]], codebook: Codebook) -> None:
    """The history of each pair's real articles is the same in any order of reading."""
    shuffled = random.Random(7)
    for documents in pairs.values():
        other = list(documents)
        shuffled.shuffle(other)
        assert build_history(other, codebook) == build_history(documents, codebook)
