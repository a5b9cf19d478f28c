"""The time expressions of an article and what they mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document

PHRASES = [
    # published, sentence, phrase, value, start, end
    ("2023-04-21", "The two met on April 18.", "April 18", "2023-04-18", "2023-04-18", "2023-04-18"),
    ("2023-04-21", "The envoy arrived yesterday.", "yesterday", "2023-04-20", "2023-04-20", "2023-04-20"),
    ("2023-04-21", "The ministers will meet on Monday.", "Monday", "2023-04-24", "2023-04-24", "2023-04-24"),
    ("2023-04-21", "The ministers met on Monday.", "Monday", "2023-04-17", "2023-04-17", "2023-04-17"),
]


@pytest.mark.parametrize(("published", "text", "phrase", "value", "start", "end"), PHRASES)
def test_a_phrase_has_its_value_and_its_days(
    read_text: Callable[..., Document],
    published: str,
    text: str,
    phrase: str,
    value: str,
    start: str | None,
    end: str | None,
) -> None:
    """Each phrase is found where it stands, with its TIMEX3 value and its days."""
    dates = read_text(text, published).dates or ()
    found = next(d for d in dates if d.span.text == phrase)
    assert found.value == value
    days = (None, None) if found.when is None else (found.when.start, found.when.end)
    assert tuple(d and d.isoformat() for d in days) == (start, end)
