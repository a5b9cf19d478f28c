"""Attributions come out right where the parser usually goes wrong."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.record import Document

Read = Callable[..., Document]


def _rows(document: Document) -> list[tuple[str | None, str]]:
    return [(s.speaker_words.text if s.speaker_words else None, s.content.text) for s in document.statements or ()]


def test_a_verb_in_the_cues_tense_goes_on_with_the_report(read_text: Read) -> None:
    """What the speaker does after what he says is no part of what he says."""
    rows = _rows(read_text("Peru told the bank it would stop paying, and recalled its envoy."))
    assert ("Peru", "it would stop paying") in rows


def test_a_participle_of_saying_is_the_speakers(read_text: Read) -> None:
    """ "Said ..., adding that ..." has the same source twice."""
    rows = _rows(read_text("The minister said the road was open, adding that the bridge was not."))
    assert rows == [("The minister", "the road was open"), ("The minister", "the bridge was not")]


def test_reports_beside_a_semicolon_stay_apart(read_text: Read) -> None:
    """Of two reports in one sentence each keeps its own content."""
    rows = _rows(read_text("The rebels say the town has fallen; the army says it holds."))
    assert rows == [("The rebels", "the town has fallen"), ("the army", "it holds")]


def test_a_long_title_before_the_cue_is_no_content(read_text: Read) -> None:
    """A report that closes with a name, an office and the outlet told gives the rest of the sentence to that name."""
    rows = _rows(
        read_text(
            "The raid calls for a harder answer than a note of protest, Marek Nowak, director of eastern studies at the "
            "Baltic Institute, told Radio Four."
        )
    )
    assert ("Marek Nowak", "The raid calls for a harder answer than a note of protest") in rows
