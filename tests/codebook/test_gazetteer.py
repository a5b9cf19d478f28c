"""The gazetteer finds names whole, in their case, the longest first; the offices know who held what when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook import Codebook

BOOK = Codebook()


def names_in(text: str) -> list[tuple[str, str, str]]:
    """The words, kind and key of every name found."""
    return [(text[f.start : f.end], f.values[0].kind, f.values[0].key) for f in BOOK.gazetteer.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US told us so.", [("US", "state", "USA")]),
        ("They ate turkey in Turkey.", [("Turkey", "state", "TUR")]),
        ("Guinea-Bissau, not Guinea", [("Guinea-Bissau", "state", "GNB"), ("Guinea", "state", "GIN")]),
        ("the U.N. Security Council", [("U.N. Security Council", "body", "UN Security Council")]),
        ("PYONGYANG WARNS SOUTH KOREA", [("PYONGYANG", "capital", "PRK"), ("SOUTH KOREA", "state", "KOR")]),
        ("who aided al-Qaeda", [("al-Qaeda", "group", "al-Qaeda")]),
        ("Sana’a and N'Djamena", [("Sana’a", "capital", "YEM"), ("N'Djamena", "capital", "TCD")]),
        ("the foreign ministry", [("foreign ministry", "organ", "foreign ministry")]),
        ("shelling of Kharkiv", [("Kharkiv", "city", "UKR")]),
        ("the Ministry of Oil", [("Ministry of Oil", "organ", "oil ministry")]),
    ],
)
def test_names(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Each name is found once, as the longest entry that fits its case."""
    assert names_in(text) == expected


@given(st.text(max_size=200))
def test_offsets_lie_in_the_text(text: str) -> None:
    """Whatever the text, matches are in order, inside it and don't overlap."""
    at = 0
    for found in BOOK.gazetteer.find(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end


def test_known_states_of_bodies() -> None:
    """Every state that a body, metonym or holder names is a code of the territories."""
    codes = BOOK.territories.by_code
    for body in BOOK.bodies.all:
        assert body.country is None or body.country in codes, body
        assert body.of is None or BOOK.bodies.find(body.of), body
    for metonym in BOOK.bodies.metonyms:
        assert metonym.country in codes, metonym
    for holder in BOOK.offices.holders:
        assert holder.country is None or holder.country in codes, holder
        assert holder.body is None or BOOK.bodies.find(holder.body), holder
        assert holder.since is None or holder.until is None or holder.since <= holder.until, holder


def test_holder_of_the_day_comes_first() -> None:
    """A surname that several bore gives the one in office in the article's year first."""
    assert BOOK.offices.held_by("Clinton", date(1998, 2, 1))[0].names[0] == "Bill Clinton"
    assert BOOK.offices.held_by("Clinton", date(2011, 2, 1))[0].names[0] == "Hillary Clinton"
    assert BOOK.offices.held_by("Xi", date(2020, 1, 1))[0].country == "CHN"
    assert BOOK.offices.held_by("Assad", date(2014, 1, 1))[0].names[0] == "Bashar al-Assad"


def test_titles_are_found() -> None:
    """Titles are found with their rank, the longest at each place."""
    text = "the deputy foreign minister and Lt. Gen. Doe"
    found = [text[f.start : f.end] for f in BOOK.offices.find_titles(text)]
    assert found == ["deputy foreign minister", "Lt. Gen."]


def test_given_names_tell_gender() -> None:
    """Slavic and western given names tell the gender; an unknown one tells nothing."""
    assert BOOK.offices.gender_of("Sviatlana") == "female"
    assert BOOK.offices.gender_of("Ihor") == "male"
    assert BOOK.offices.gender_of("Xyzzy") is None
