"""The bench of joining makes the same names every time and joins most spellings of one person."""

from __future__ import annotations

from itertools import combinations

from dragoman.bench.join import generated, join
from dragoman.names import keys, meetings


def test_names_are_the_same_every_time() -> None:
    """The same count gives the same names; each person has one to three spellings."""
    assert generated(200) == generated(200)
    counts = [sum(p == person for _, p in generated(200)) for person in range(20)]
    assert set(counts) <= {1, 2, 3}


def test_join_finds_most_spellings() -> None:
    """Of a thousand names, nearly all spellings of one person meet and join, by far fewer comparisons than pairs."""
    report = join(1000)
    assert report.recall > 0.95
    assert report.precision > 0.9
    assert report.compared < 1000 * 999 / 2 / 50


def test_meetings_are_pairs_that_share_a_key() -> None:
    """Each pair meets once, lower place first, and only where the two names share a key."""
    names = [name for name, _ in generated(300)]
    pairs = list(meetings(names))
    assert len(set(pairs)) == len(pairs)
    sharing = {pair for pair in combinations(range(len(names)), 2) if keys(names[pair[0]]) & keys(names[pair[1]])}
    assert set(pairs) <= sharing
