"""The library: `import dragoman`, two verbs and the nouns."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.errors import DragomanError

TEXT = "Estonia expelled two Russian diplomats on Monday."


def test_a_file_is_read_into_a_history(tmp_path: Path) -> None:
    """`dragoman.read` gives the record of a file, its events with their words and days."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    record = dragoman.read(path, published="2021-05-04")
    assert isinstance(record, dragoman.History)
    (article,) = record.articles
    assert (article.text, str(article.published)) == (TEXT, "2021-05-04")
    (event,) = [event for event in record.events if event.type == "SANCTION"]
    assert event.trigger.text == "expelled"
    assert str(event.when.start) == "2021-05-03"


def test_a_text_is_read_as_a_file_is(tmp_path: Path) -> None:
    """`dragoman.read_text` finds in a text what `dragoman.read` finds in a file that holds it."""
    path = tmp_path / "text"
    path.write_text(TEXT, encoding="utf-8")
    assert dragoman.read_text(TEXT, published="2021-05-04").events == dragoman.read(path, published="2021-05-04").events


def test_a_refusal_is_an_error_with_its_reason(tmp_path: Path) -> None:
    """What can't be read raises an error of the program's own that says why."""
    with pytest.raises(DragomanError, match="there is no such file or folder"):
        dragoman.read(tmp_path / "none.txt")
    with pytest.raises(DragomanError, match="write it as 2023-04-21"):
        dragoman.read_text(TEXT, published="4.5.2021")


def test_the_public_names_are_there_and_no_others() -> None:
    """Every name that the package offers can be had, and another one is an ordinary AttributeError."""
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        dragoman.raed  # noqa: B018 - the access is what is tested
