"""The prefilter's bench counts what it saves and what it loses."""

from __future__ import annotations

import json
from pathlib import Path

from dragoman.bench.prefilter import measure_prefilter
from dragoman.read import Pipeline

TEXTS = (
    "Estonia expelled two Russian diplomats.",
    "The soup needs an hour.",
    "Mr. Hollow told Mrs. Vale that he accused her brother of fraud.",
)


def test_losses_are_counted(reader: Pipeline, tmp_path: Path) -> None:
    """Two texts are passed over; the events that the reader finds in them are counted as lost, and told with their place."""
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS), encoding="utf-8")
    done = measure_prefilter(corpus, reader, reader.codebook)
    assert (done.articles, done.skipped) == (3, 2)
    assert done.events - done.events_lost >= 1
    assert done.events_lost == sum(words.count("'") // 2 for _, words in done.lost)
    assert all(source.endswith((":2", ":3")) for source, _ in done.lost)
    assert done.saved < done.reading
