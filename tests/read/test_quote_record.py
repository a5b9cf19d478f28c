"""What attributions become statements of the record, and what stays out of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document


@pytest.mark.parametrize(
    "text",
    [
        "Norway does not want to close the consulate in Murmansk.",
        "Chile has not asked Bolivia to withdraw the complaint.",
        "Why does Peru want to leave the court?",
    ],
)
def test_an_attitude_that_is_not_held_is_no_statement(read_text: Callable[..., Document], text: str) -> None:
    """A wish that is denied, or only asked about, must never be printed as somebody's intention."""
    assert read_text(text).statements == ()


def test_what_is_denied_inside_a_report_keeps_its_negation(read_text: Callable[..., Document]) -> None:
    """Where somebody reports that a side does not want something, the content says so with its negation."""
    (statement,) = read_text("Norway does not want to close the consulate, the envoy explained.").statements or ()
    assert "does not want to close" in statement.content.text


def test_what_somebody_could_not_help_doing_is_none_of_his_words(read_text: Callable[..., Document]) -> None:
    """ "X could not help but realize what would follow" supposes something of X; it is no statement of his."""
    document = read_text("Estonia could not help but realize what the answer would be, the envoy said.", "2021-05-03")
    states = {actor.id for actor in document.actors or () if actor.kind == "state"}
    assert not [one for one in document.statements or () if one.speaker in states]


def test_a_title_before_a_name_is_its_bearers(read_text: Callable[..., Document]) -> None:
    """The speaker of "the lawmaker Petro Bondar said" is the named person, and nobody is described beside him."""
    document = read_text("The lawmaker Petro Bondar said Kyiv would answer.", "2021-05-03")
    names = {actor.id: actor.name for actor in document.actors or ()}
    assert [names[one.speaker or ""] for one in document.statements or ()] == ["Petro Bondar"]
    assert "lawmaker" not in names.values()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Spokeswoman Ada Brandt, asked whether Norway would reply, said it was too early.", "Ada Brandt"),
        ("The envoy Petro Bondar, asked about the leak, said it was an old paper.", "Petro Bondar"),
        ("Asked by reporters if Chile would pay, President Ana Sol said it would not.", "Ana Sol"),
    ],
)
def test_who_is_asked_does_not_ask(read_text: Callable[..., Document], text: str, speaker: str) -> None:
    """ "X, asked whether ..., said" is one statement: X's answer, and no question of X's."""
    document = read_text(text, "2021-05-03")
    names = {actor.id: actor.name for actor in document.actors or ()}
    assert [(names[one.speaker or ""], one.act == "question") for one in document.statements or ()] == [
        (speaker, False)
    ]


@pytest.mark.parametrize("cue", ["it added", "it said in a statement"])
def test_a_quotation_that_goes_on_is_who_spoke_before(read_text: Callable[..., Document], cue: str) -> None:
    """ "..., the ministry said. "France ...," it added": no state that the words between name puts in a word."""
    text = f'"The treaty stands," the Moroccan foreign ministry said. "France has chosen its friends," {cue}.'
    document = read_text(text, "2021-05-03")
    names = {actor.id: actor.name for actor in document.actors or ()}
    assert [names[one.speaker or ""] for one in document.statements or ()] == ["Foreign Ministry of Morocco"] * 2
