"""The example articles, read as a careful reader reads them.

`misses.txt` beside this file lists what the program does not get yet. A new miss fails the test, and so does a line of the list
that is met by now: the list only shrinks, and is never a silence. `scripts/example_misses.py` prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dragoman.bench.expected import Verdict, judge_examples, read_examples
from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Document, History
from dragoman.record.jsonl import lines
from dragoman.relate import build_history

_FOLDER = Path(__file__).parents[2] / "examples"
_MISSES = Path(__file__).with_name("misses.txt")
_LEAST = 0.80
"""The least share of all lines that must be met, whatever the list says."""


@pytest.fixture(scope="module")
def examples(reader: Pipeline) -> list[tuple[Document, Mapping[str, Any]]]:
    """All example articles, read, with what is expected of them."""
    return read_examples(_FOLDER, reader)


@pytest.fixture(scope="module")
def documents(examples: list[tuple[Document, Mapping[str, Any]]]) -> list[Document]:
    """All example articles, read."""
    return [document for document, _ in examples]


@pytest.fixture(scope="module")
def verdicts(examples: list[tuple[Document, Mapping[str, Any]]], codebook: Codebook) -> list[tuple[str, Verdict]]:
    """Every line of every expectation with its verdict."""
    return list(judge_examples(examples, codebook))


def test_what_is_missed_is_what_is_known_to_be_missed(verdicts: list[tuple[str, Verdict]]) -> None:
    """The lines that are not met are exactly those on the list."""
    missed = {
        f"{name}: {verdict.kind}: {verdict.what}".replace("\n", " ") for name, verdict in verdicts if not verdict.met
    }
    known = set(_MISSES.read_text(encoding="utf-8").splitlines())
    assert not missed - known, "new misses:\n" + "\n".join(sorted(missed - known))
    assert not known - missed, "met by now, strike them from the list:\n" + "\n".join(sorted(known - missed))


def test_most_of_what_a_careful_reader_takes_is_taken(verdicts: list[tuple[str, Verdict]]) -> None:
    """However long the list of misses is, at least four fifths of all lines are met."""
    met = sum(verdict.met for _, verdict in verdicts)
    assert met / len(verdicts) >= _LEAST


def test_every_span_holds_its_words(documents: list[Document], codebook: Codebook) -> None:
    """Whatever the record points at in an article stands there."""
    history = build_history(documents, codebook)
    texts = {article.id: article for article in history.articles}
    spans = [span for event in history.events for span in (*event.evidence, event.trigger)]
    spans += [span for s in history.statements for span in (s.content, *s.continued, *s.loaded, *s.notes)]
    spans += [span for s in history.statements for span in (s.speaker_words, s.cue) if span]
    spans += [span for relation in history.relations for span in relation.evidence]
    spans += [span for actor in history.actors for office in actor.offices for span in office.evidence]
    assert spans
    for span in spans:
        texts[span.article].check(span)
    for mention in history.mentions:
        assert texts[mention.article].text[mention.start : mention.end] == mention.text


def _printed(history: History) -> list[str]:
    return list(lines(history))


def test_the_same_articles_in_any_order_give_the_same_bytes(documents: list[Document], codebook: Codebook) -> None:
    """The record does not depend on the order in which articles were read."""
    assert _printed(build_history(documents, codebook)) == _printed(build_history(documents[::-1], codebook))
