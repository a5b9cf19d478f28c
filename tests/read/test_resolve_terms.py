"""Terms of office: read only from the words right behind an office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.resolving.terms import first_day, last_day, term_behind
from dragoman.record import Document


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        (" since 2004", date(2004, 1, 1), None),
        (", since May 2004,", date(2004, 5, 1), None),
        (" from 1999 to 2003", date(1999, 1, 1), date(2003, 12, 31)),
        (" (1999–2003)", date(1999, 1, 1), date(2003, 12, 31)),
        (" until February 2012", None, date(2012, 2, 29)),
        (" from 2019 to present", date(2019, 1, 1), None),
    ],
)
def test_term(text: str, since: date | None, until: date | None) -> None:
    """Years and months behind an office are its first and last whole days."""
    found = term_behind(text, 0)
    assert found == (since, until)


@pytest.mark.parametrize("text", [" said in 2004", " who left", " since then", " from 2003 to 1999", " 12 000"])
def test_no_term(text: str) -> None:
    """What is no term, or runs backwards, is none."""
    assert term_behind(text, 0) is None


@given(st.integers(1900, 2099), st.integers(1900, 2099))
def test_first_is_before_last(a: int, b: int) -> None:
    """A term never ends before it begins."""
    found = term_behind(f" from {a} to {b}", 0)
    assert (found is None) == (a > b)
    if found is not None:
        assert found == (first_day(None, str(a)), last_day(None, str(b)))


def test_a_label_is_nobodys_office(read_text: Callable[..., Document]) -> None:
    """ "Dictator" tells who is meant and whose side the text takes; it does not stand among a person's offices."""
    document = read_text("Norway sanctioned dictator Alyaksandr Lukashenka of Belarus, its president.", "2021-05-03")
    titles = {o.title.lower() for a in document.actors or () if a.name.endswith("Lukashenka") for o in a.offices}
    assert "dictator" not in titles
