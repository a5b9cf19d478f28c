"""Why a frame fired: the words, conditions, roles and factuality behind an event, and what kept the others from it."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.read import Pipeline
from dragoman.read.coding.explain import GUESSED, Explained, Near, explain_events


def near(explained: Explained, frame: str) -> Near:
    """The only near frame of that id."""
    (one,) = [n for n in explained.near if n.frame == frame]
    return one


def test_an_event_shows_its_frame_words_conditions_and_roles(reader: Pipeline) -> None:
    """A researcher sees the frame, the words it fired at, the condition that held, and where each party stood."""
    explained = explain_events("Norway recalled its ambassador to Iran on Monday.", reader, date(2024, 5, 15))
    (found,) = explained.found
    assert (found.frame, found.words, found.part) == ("recall_ambassador", "recalled", "verb")
    assert found.file.endswith("sanction.toml")
    assert found.conditions == ("object: 'ambassador'",)
    assert [(p.name, p.country, p.slot, p.words) for p in found.actors] == [("Norway", "NOR", "subject", "Norway")]
    assert [(p.country, p.slot) for p in found.recipients] == [("IRN", "object.to")]
    assert ("object", "ambassador") in found.places
    assert found.when is not None
    assert found.when.start == date(2024, 5, 13)
    assert explained.document.article.text[found.start : found.end] == found.words


def test_the_word_that_decides_the_factuality_is_named(reader: Pipeline) -> None:
    """The cue that made an event open, ahead or denied stands beside it."""
    (found,) = explain_events("If Chad attacked Libya, oil would be dear.", reader).found
    assert (found.factuality, found.factuality_because) == ("hypothetical", "If")


def test_a_type_that_the_words_around_it_made_is_said(reader: Pipeline) -> None:
    """A promise of help is AGREE by a frame of AID, and says so."""
    (found,) = explain_events("Denmark will send tents to Nepal.", reader).found
    assert found.type == "AGREE"
    assert "AID" in found.became
    (plain,) = explain_events("Denmark sent tents to Nepal.", reader).found
    assert plain.became == ""


def test_a_party_from_outside_the_frames_slots_is_marked(reader: Pipeline) -> None:
    """What an official's words amount to has no frame, and its parties no slot."""
    found = explain_events('"Belarus must release the journalists," the Polish foreign ministry said.', reader).found
    (request,) = [one for one in found if one.type == "REQUEST"]
    assert (request.frame, request.file, request.actors[0].slot) == ("said_must", "", GUESSED)


def test_a_guessed_party_says_by_what(reader: Pipeline) -> None:
    """A side that a fallback filled names it; one that the frame's slots name has no ground."""
    (arrest,) = explain_events("Kenyan police arrested nine fishermen on Monday.", reader).found
    assert (arrest.actors[0].ground, arrest.recipients[0].ground) == ("", "public power on its own")
    assert arrest.recipients[0].slot == GUESSED


@pytest.mark.parametrize(
    ("text", "frame", "how", "words"),
    [
        ("Norway recalled its ambassador to Iran.", "withdraw_forces", "conditions", "its object is 'ambassador'"),
        ("Norway recalled its ambassador to Iran.", "recall_noun", "parsed", "asks for a noun"),
        (
            "Norway urged Israel to release two Lebanese sailors.",
            "release_captive",
            "fired",
            "what the frame request_yield",
        ),
        ("Norway urged Israel to release two Lebanese sailors.", "urge", "fired", "request_yield is tried before it"),
        ("Norway suspended aid.", "suspend_flows", "fired", "SANCTION needs a recipient"),
    ],
)
def test_a_near_frame_says_what_kept_it_from_an_event(
    reader: Pipeline, text: str, frame: str, how: str, words: str
) -> None:
    """A failed condition, another part of speech, another frame, a request around it, a missing party: each is said."""
    one = near(explain_events(text, reader), frame)
    assert one.how == how
    assert words in one.reason


@pytest.mark.parametrize(
    "text",
    [
        "Ghana and Togo condemned Benin, which had expelled two Togolese diplomats.",
        "A storm hit Japan and killed nine people.",
        "Kenya said that Somali troops had attacked a Kenyan village. Kenya closed its border with Somalia.",
        "Rain fell.",
    ],
)
def test_explaining_finds_what_reading_finds(reader: Pipeline, text: str) -> None:
    """The events of an explanation are those of the reader, in their order, and no frame is both found and near at a word."""
    explained = explain_events(text, reader)
    (document,) = reader.read([explained.document])
    assert [(f.frame, f.start) for f in explained.found] == [(e.rule, e.trigger.start) for e in document.events or ()]
    assert all(n.reason for n in explained.near)
    assert not {(f.frame, f.start) for f in explained.found} & {(n.frame, n.start) for n in explained.near}
