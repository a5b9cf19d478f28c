"""What kind of saying: the act that the cue, the mood and the speaker's side tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("“We will never accept that map,” the Peruvian envoy said.", "intention"),
        ("The Danish premier said her government was sending two more batteries.", "intention"),
        ("“If they shoot, we shoot,” General Ba said.", "intention"),
        ("“Not until they apologise,” the admiral answered.", "intention"),
        ("Norway is ready to send police, the foreign minister of Norway wrote.", "intention"),
        ("Chile intends to sign in March, its envoy said.", "intention"),
        ("Ghana's president said the rains would come early.", "expectation"),
        ("The envoy told the council that the country risked a famine.", "expectation"),
        ("Oman hopes to reopen the strait by May, its minister said.", "expectation"),
        ("“There was no order and no map,” the Serbian minister told reporters.", "denial"),
        ("The embassy said the letter was a forgery.", "denial"),
        ("Turkey said it had not supplied the drones.", "denial"),
        ("“We kindly ask the fleet to leave the bay,” the Icelandic minister said.", "demand"),
        ("Would Tunis be so kind as to return the bells, the bishop asked.", "demand"),
        ("“We demand the release of all sailors,” said the Greek consul.", "demand"),
        ("Both sides would do well to wait, the mediator suggested.", "recommendation"),
        ("“There is no military solution,” the Swiss envoy said.", "claim"),
        ("“It is,” said the premier, “the worst offer of the year.”", "evaluation"),
        ("The minister admitted that no report had been written.", "claim"),
        ("“This is the largest convoy since March,” the spokesman said.", "claim"),
    ],
)
def test_act_of_the_first_statement(read_text: Callable[..., Document], text: str, act: str) -> None:
    """The first statement of a passage has the act that a reader would give it."""
    statements = read_text(text, "2024-02-06").statements or ()
    assert statements
    assert statements[0].act == act


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "If the ship is held past Sunday, Seoul will go to court, its foreign minister, Han Seo-yun, warned.",
            "Han Seo-yun",
            "If the ship is held past Sunday, Seoul will go to court",
        ),
        (
            "Jordan will take in no more refugees, Foreign Minister Samir Qasem made clear on Tuesday.",
            "Samir Qasem",
            "Jordan will take in no more refugees",
        ),
        (
            "The port will reopen in May, Marta Rossi, head of the harbour board and of its union, told the radio.",
            "Marta Rossi",
            "The port will reopen in May",
        ),
        (
            "The bridge, admits its engineer, was never finished.",
            "its engineer",
            "The bridge, admits its engineer, was never finished",
        ),
        ("“We are free.” Thus President Ruth Adler.", "President Ruth Adler", "We are free."),
        ("The duty, “small but right”, as Sultan Idris put it, will stay.", "Sultan Idris", "small but right"),
    ],
)
def test_reports_that_close_or_cut_their_sentence(
    read_text: Callable[..., Document], text: str, speaker: str, content: str
) -> None:
    """A name behind or inside what is reported is the speaker, and no part of the words."""
    document = read_text(text, "2024-02-06")
    found = [s for s in document.statements or () if s.content.text == content]
    assert found
    assert found[0].speaker_words is not None
    mentioned = {m.text for m in document.mentions or () if m.actor == found[0].speaker}
    assert found[0].speaker_words.text == speaker or speaker in mentioned


def test_sentences_joined_behind_a_cue_are_two(read_text: Callable[..., Document]) -> None:
    """What stands on both sides of a cue and can stand alone becomes two statements."""
    text = "Canada will not send troops, its minister said, but it is ready to pay for the mission."
    statements = read_text(text, "2024-02-06").statements or ()
    assert [s.content.text for s in statements] == [
        "Canada will not send troops",
        "it is ready to pay for the mission",
    ]


def test_a_weekday_in_what_is_foretold_lies_ahead(read_text: Callable[..., Document]) -> None:
    """ "By Sunday" in a threat of Tuesday is the coming Sunday."""
    (statement,) = read_text("Peru will close the road by Sunday, its minister said.", "2024-02-06").statements or ()
    assert statement.due is not None
    assert str(statement.due.end) == "2024-02-11"
