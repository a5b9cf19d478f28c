"""Blocking keys bring spellings of one person together and keep most strangers apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.names import keys

MEET = [
    ("Ihar Kizim", "Ihor Kyzym"),
    ("Alyaksandr Lukashenka", "Лукашенко, Александр Григорьевич"),
    ("Volodymyr Zelenskyy", "Wolodymyr Selenskyj"),
    ("Mohammed bin Salman", "محمد بن سلمان"),
    ("Xi Jinping", "习近平"),
    ("S. Lavrov", "Сергей Лавров"),
    ("John Lewis", "Джон Льюис"),
    ("Bill Clinton", "William Jefferson Clinton"),
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_spellings_meet(one: str, other: str) -> None:
    """Two spellings of one person share a key."""
    assert keys(one) & keys(other)


def test_bare_surname_meets_no_full_name() -> None:
    """A surname alone has keys of its own kind, so it is not compared with everyone who bears it."""
    assert not keys("Merezhko") & keys("Oleksandr Merezhko")
    assert keys("Merezhko") & keys("Мережко")


def test_strangers_do_not_meet() -> None:
    """Two people who share neither surname nor given name share no key."""
    assert not keys("Ihar Kizim") & keys("Ursula von der Leyen")


@given(st.text(max_size=40))
def test_any_string_has_keys_or_none(name: str) -> None:
    """Any string gives a set of keys without breaking, the same each time."""
    assert keys(name) == keys(name)
