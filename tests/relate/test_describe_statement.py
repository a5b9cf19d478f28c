"""Tests of how a dossier words what was said, on the project's own sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document
from dragoman.relate.describe import describe_statement


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Analyst Ada Brandt doubted that the truce would hold.", "Doubted that the truce would hold"),
        (
            "Norway's foreign ministry denied that the visit had been cancelled.",
            "Denied that the visit had been cancelled",
        ),
        ("Norway's foreign ministry said that the visit had been cancelled.", "The visit had been cancelled"),
    ],
)
def test_a_doubt_or_denial_is_never_shown_as_a_claim(read_text: Callable[..., Document], text: str, line: str) -> None:
    """What somebody doubts or denies stands with the verb, since without it the line would say the contrary."""
    document = read_text(text, "2022-03-10")
    articles = {document.article.id: document.article}
    assert [describe_statement(one, articles) for one in document.statements or ()] == [line]
