"""The worst error of all: a state that changes because something was foretold, possible, wished, denied or asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Article, Document
from dragoman.record.text import article_id
from dragoman.relate import build_history, states_on

ACTS = [
    ("recall", "recalled", "recalling", "its ambassador from Chile", "ambassador"),
    ("expel", "expelled", "expelling", "the Chilean ambassador", "ambassador"),
    ("close", "closed", "closing", "its embassy in Chile", "embassy"),
    ("reopen", "reopened", "reopening", "its embassy in Chile", "embassy"),
    ("close", "closed", "closing", "its border with Chile", "border"),
    ("reopen", "reopened", "reopening", "its border with Chile", "border"),
    ("break off", "broken off", "breaking off", "diplomatic relations with Chile", "diplomatic_relations"),
    ("suspend", "suspended", "suspending", "all trade with Chile", "trade"),
    ("lift", "lifted", "lifting", "its sanctions on Chile", "sanctions"),
    ("suspend", "suspended", "suspending", "the fishing treaty with Chile", "agreement"),
]
SHAPES = [
    "Peru will {base} {what} next month.",
    "Peru may {base} {what}.",
    "Peru could {base} {what}, an analyst said.",
    "If Peru were to {base} {what}, prices would rise.",
    "Should Peru {base} {what}, prices would rise.",
    "Peru has not {done} {what}.",
    "Peru never {done} {what}, a spokesman said.",
    "Peru denied that it had {done} {what}.",
    "Peru threatened to {base} {what}.",
    "Peru has threatened that it would {base} {what}.",
    "Peru is considering {doing} {what}.",
    "Peru ruled out {doing} {what}.",
    "Peru plans to {base} {what}.",
    "Peru refused to {base} {what}.",
    "Peru was urged to {base} {what}.",
    "Deputies demanded that Peru {base} {what}.",
    "The opposition wants Peru to {base} {what}.",
    "Will Peru {base} {what}?",
    "Has Peru {done} {what}?",
    "Nobody expects Peru to {base} {what}.",
    "Peru stopped short of {doing} {what}.",
    "A report that Peru had {done} {what} was denied.",
    "A rumour that Peru had {done} {what} proved false.",
    "Peru is ready to {base} {what}, the minister said.",
    "Instead of {doing} {what}, Peru sent a letter to Chile.",
]


_ACT = re.compile(r"has not (?:re)?(?:closed|opened)|never (?:re)?(?:closed|opened)")
"""The denials that say how things stand: what was not closed is open, what was not reopened is closed."""


@pytest.fixture(scope="module")
def read_all(reader: Pipeline) -> Callable[[Sequence[str]], list[Document]]:
    """A function that reads many texts of one day together."""

    def read(texts: Sequence[str]) -> list[Document]:
        day = date(2022, 3, 10)
        return reader.read(
            [
                Document(article=Article(id=article_id(text), source=text, text=text, language="en", published=day))
                for text in texts
            ]
        )

    return read


def test_what_is_not_done_changes_nothing(
    read_all: Callable[[Sequence[str]], list[Document]], codebook: Codebook
) -> None:
    """Ten acts in twenty-five shapes of what is only foretold, possible, wished, asked, denied or refused set no state.

    A refusal or a standing denial may say how things stand (relations that go on, what was never shut is open); it never says
    that the act was done.
    """
    texts = {
        shape.format(base=base, done=done, doing=doing, what=what): dimension
        for base, done, doing, what, dimension in ACTS
        for shape in SHAPES
    }
    wrong = []
    for document in read_all(list(texts)):
        dimension = texts[document.article.text]
        history = build_history([document], codebook)
        wrong += [
            f"{document.article.text} -> {relation.dimension} {relation.value}"
            for relation in states_on(history, date(2022, 3, 11))
            if relation.dimension == dimension and relation.value not in ("established", "in_force")
            if (_ACT.search(document.article.text) is None)
            or (relation.value == "open") != ("reopen" not in document.article.text)
        ]
    assert not wrong, "\n".join(wrong)


def test_what_is_done_does(read_all: Callable[[Sequence[str]], list[Document]], codebook: Codebook) -> None:
    """The same acts told as done set their states: the shapes above are not passed over because the words are unknown."""
    texts = {f"Peru has {done} {what}.": dimension for _, done, _, what, dimension in ACTS}
    found = [
        document.article.text
        for document in read_all(list(texts))
        if any(
            relation.dimension == texts[document.article.text]
            for relation in build_history([document], codebook).relations
        )
    ]
    assert len(found) >= len(ACTS) - 1, sorted(set(texts) - set(found))
