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
