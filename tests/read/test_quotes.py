"""Attributions are found on the parse and the marks, whatever their shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.codebook import Codebook
from dragoman.read.clean import CLEAN
from dragoman.read.parse import parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.read.quotes import find_attributions, repaired
from dragoman.record import Article, Document

Row = tuple[str | None, str, bool]


@pytest.fixture(scope="session")
def attributed(codebook: Codebook) -> Callable[[str], list[Row]]:
    """A function that reads a text and gives (source words, content words, direct) of each attribution."""
    pipeline = Pipeline((CLEAN, parse_stage()), codebook)

    def read(text: str) -> list[Row]:
        document = pipeline.read([Document(article=Article(id="a", source="test", text=text, language="en"))])[0]
        assert document.parse is not None
        return [
            (text[slice(*a.source)] if a.source else None, " … ".join(text[s:e] for s, e in a.contents), a.direct)
            for a in find_attributions(document.article, repaired(document.parse, codebook.cues), codebook.cues)
        ]

    return read


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            '"The port is open again," Harbour Minister Ana Ruiz said.',
            ("Harbour Minister Ana Ruiz", "The port is open again,", True),
        ),
        ("“The port is open again,” said Ana Ruiz.", ("Ana Ruiz", "The port is open again,", True)),
        ("Ana Ruiz said: «The port is open again.»", ("Ana Ruiz", "The port is open again.", True)),
        ("Ana Ruiz said that the port was open again.", ("Ana Ruiz", "the port was open again", False)),
        ("The port was open again, Ana Ruiz said on Friday.", ("Ana Ruiz", "The port was open again", False)),
        ("According to Ana Ruiz, the port was open again.", ("Ana Ruiz", "the port was open again", False)),
        ("In her opinion, the port should stay open.", ("her", "the port should stay open", False)),
        ("Ghana urged Togo to reopen the crossing.", ("Ghana", "Togo to reopen the crossing", False)),
        ("Ghana vowed to reopen the crossing.", ("Ghana", "to reopen the crossing", False)),
        ("The envoy denied the report.", ("The envoy", "the report", False)),
        ("His claim that the vote was stolen found no echo.", ("His", "the vote was stolen", False)),
        ("Ghana called on Togo to reopen the crossing.", ("Ghana", "Togo to reopen the crossing", False)),
        ("The minister is confident that the deal will hold.", ("The minister", "the deal will hold", False)),
    ],
)
def test_each_shape_of_attribution_is_found(attributed: Callable[[str], list[Row]], text: str, row: Row) -> None:
    """The source, the content and its manner come out for each common shape."""
    assert row in attributed(text)


def test_a_quotation_interrupted_by_its_cue_keeps_its_speaker(attributed: Callable[[str], list[Row]]) -> None:
    """Both halves of a quotation around "she said" are hers."""
    rows = attributed('"The port is open," she said. "We will keep it so."')
    assert [(source, content) for source, content, direct in rows if direct] == [
        ("she", "The port is open,"),
        ("she", "We will keep it so."),
    ]


def test_paragraphs_in_quotes_without_a_cue_go_on_with_the_speaker(attributed: Callable[[str], list[Row]]) -> None:
    """A quoted paragraph by itself belongs to whom the paragraph before it reports."""
    rows = attributed(
        "The envoy believes that the treaty is dead.\n\n“Nobody in the capital reads it any more. It was signed in haste.”"
    )
    assert ("The envoy", "Nobody in the capital reads it any more. It was signed in haste.", True) in rows


def test_a_scare_quote_is_no_speech(attributed: Callable[[str], list[Row]]) -> None:
    """A word in marks without any cue at it is attributed to nobody."""
    assert attributed("The so-called “peace train” left the station at noon.") == []


def test_the_day_of_saying_is_no_part_of_the_source(attributed: Callable[[str], list[Row]]) -> None:
    """ "The spokesman on Monday" is the spokesman."""
    rows = attributed('"The port is shut," said the harbour\'s spokesman on Monday.')
    assert rows == [("the harbour's spokesman", "The port is shut,", True)]


def test_wanting_to_know_is_one_question(attributed: Callable[[str], list[Row]]) -> None:
    """ "Wants to know who ..." is attributed once, with the question as its content."""
    assert attributed("The council wants to know who sold the ferry.") == [("The council", "who sold the ferry", False)]


def test_a_block_behind_a_colon_is_speech(attributed: Callable[[str], list[Row]]) -> None:
    """A paragraph without marks behind "she wrote:" is hers."""
    rows = attributed(
        "The island has been cut off since Sunday. No ship has called there.\n\n"
        "In a letter to the island's council on Tuesday, Ana Ruiz wrote:\n\n"
        "The ferry is old and the crew is tired. Nobody should sail in it before the spring."
    )
    assert (
        "Ana Ruiz",
        "The ferry is old and the crew is tired. Nobody should sail in it before the spring.",
        True,
    ) in rows
