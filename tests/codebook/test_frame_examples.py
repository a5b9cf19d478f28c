"""Every frame's own examples: the frame fires, and the marked words are the parties."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Article, Document, Event
from dragoman.record.text import article_id

_MARK = re.compile(r"[<>\[\]]")
_PARTS = re.compile(r"<([^>]*)>|\[([^\]]*)\]")


def plain(example: str) -> str:
    """The example without its marks."""
    return _MARK.sub("", example)


def marked(example: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The places of actors and recipients in the plain example."""
    actors, recipients = [], []
    shift = 0
    for match in _PARTS.finditer(example):
        words = match.group(1) if match.group(1) is not None else match.group(2)
        start = match.start() - shift
        (actors if match.group(1) is not None else recipients).append((start, start + len(words)))
        shift += 2
    return actors, recipients


def states_at(document: Document, places: list[tuple[int, int]]) -> set[str]:
    """The states, or else the actors, that are mentioned at the places."""
    countries = {actor.id: actor.country or actor.id for actor in document.actors or ()}
    return {
        countries[mention.actor]
        for mention in document.mentions or ()
        for start, end in places
        if mention.start < end and start < mention.end
    }


def states_of(document: Document, ids: tuple[str, ...]) -> set[str]:
    """The states, or else the actors, behind actor ids."""
    countries = {actor.id: actor.country or actor.id for actor in document.actors or ()}
    return {countries[i] for i in ids}


def fault(document: Document, example: str, rule: str) -> str:
    """What is wrong with the reading of an example, or ""."""
    found: list[Event] = [event for event in document.events or () if event.rule == rule]
    if not found:
        return f"did not fire; found {[event.rule for event in document.events or ()]}"
    actors, recipients = (states_at(document, places) for places in marked(example))
    for event in found:
        if actors <= states_of(document, event.actors) and recipients <= states_of(document, event.recipients):
            return ""
    event = found[0]
    return f"has actors {states_of(document, event.actors)} and recipients {states_of(document, event.recipients)}"


@pytest.fixture(scope="module")
def examples(codebook: Codebook, reader: Pipeline) -> list[tuple[str, str, str]]:
    """Each example of the project's frames with its frame and what is wrong with its reading."""
    pairs = [(frame.id, example) for frame in codebook.frames.frames.values() for example in frame.examples]
    documents = reader.read(
        [
            Document(article=Article(id=article_id(plain(e)), source="example", text=plain(e), language="en"))
            for _, e in pairs
        ]
    )
    return [(rule, e, fault(d, e, rule)) for (rule, e), d in zip(pairs, documents, strict=True)]


def test_frames_fire_on_their_examples(examples: list[tuple[str, str, str]]) -> None:
    """A frame fires on each of its own examples, and the words in angle and square brackets are actors and recipients."""
    assert not [f"{rule}: {example}: {wrong}" for rule, example, wrong in examples if wrong]


def test_marks(read_text: Callable[..., Document]) -> None:
    """The marks of an example are places in its plain text."""
    example = "<Kenya> and <Uganda> urged [Rwanda] to wait."
    text = plain(example)
    actors, recipients = marked(example)
    assert [text[a:b] for a, b in actors] == ["Kenya", "Uganda"]
    assert [text[a:b] for a, b in recipients] == ["Rwanda"]
