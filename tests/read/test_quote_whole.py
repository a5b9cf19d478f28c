"""Whole words: what a statement's content is where its verb is needed, and what is no statement at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document

Read = Callable[..., Document]


def contents(document: Document) -> list[str]:
    """The contents of a document's statements."""
    return [statement.content.text for statement in document.statements or ()]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Norway accused Chile on Monday of shadowing its ships.", "accused Chile on Monday of shadowing its ships"),
        ("Chile denies it.", "denies it"),
        ("Norway said on Tuesday it would recall two envoys.", "it would recall two envoys"),
        (
            "Norway called for an immediate de-escalation of the dispute.",
            "called for an immediate de-escalation of the dispute",
        ),
        ("Norway refuses to pay the fee.", "refuses to pay the fee"),
        ("Chile deplored the words of Ada Brandt, who leads the Norwegian navy.", "deplored the words of Ada Brandt"),
        ("Norway reserves the right to answer.", "reserves the right to answer"),
        ("The port is still shut: the Chilean navy demands 200 pesos a day.", "demands 200 pesos a day"),
    ],
)
def test_content_can_be_read_alone(read_text: Read, text: str, content: str) -> None:
    """A content that is no clause begins with its verb, and holds nothing from before a colon or of a remark at its end."""
    assert contents(read_text(text, "2024-03-10")) == [content]


def test_said_is_without_the_verb(read_text: Read) -> None:
    """What was said is told apart from the verb that the content holds, at its own place."""
    document = read_text("Norway condemned the raid.", "2024-03-10")
    (statement,) = document.statements or ()
    (said,) = statement.said
    assert (statement.content.text, said.text) == ("condemned the raid", "the raid")
    assert document.article.text[said.start : said.end] == said.text


def test_wish_ends_where_the_deed_begins(read_text: Read) -> None:
    """What somebody demanded ends before what somebody else then did."""
    found = contents(read_text("Norway demanded that it cut its staff and Chile recalled its consul.", "2024-03-10"))
    assert found == ["it cut its staff"]


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian envoy Ada Brandt is expected to visit Chile in May.",
        "An earlier version of this article said that Chile had closed the port.",
        "The minister Ada Brandt declined to say whether Norway would come.",
        "Neither capital wants a long war.",
        "Norway's next premier will have to denounce the accord.",
        "Norway supports the Andean Front.",
    ],
)
def test_what_nobody_says_is_no_statement(read_text: Read, text: str) -> None:
    """What nobody is named for, a correction, a silence, what is not wanted or not said yet: none is anybody's word."""
    assert contents(read_text(text, "2024-03-10")) == []


def test_confidence_is_one_expectation(read_text: Read) -> None:
    """A cue inside what the same speaker says adds no second statement, but its act and its day."""
    document = read_text("Ada Brandt said she was confident that Chile would open the port in May.", "2024-03-10")
    (statement,) = document.statements or ()
    assert statement.act == "expectation"
    assert statement.due is not None


def test_doubled_office_is_one_person(read_text: Read) -> None:
    """Two offices joined by "and" before one name are one person's, who speaks."""
    document = read_text(
        "Chilean Deputy Prime Minister and Foreign Minister Erlio Akuno said it would open.", "2024-03-10"
    )
    (speaker,) = [actor for actor in document.actors or () if actor.name == "Erlio Akuno"]
    assert [statement.speaker for statement in document.statements or ()] == [speaker.id]
    assert {office.title for office in speaker.offices} == {"Deputy Prime Minister", "Foreign Minister"}
