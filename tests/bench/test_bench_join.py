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
    """Of a thousand actors, nearly all spellings of one person join and hardly any namesakes."""
    report = join(1000)
    assert report.recall > 0.95
    assert report.precision > 0.98
    assert report.people <= report.joined < report.names


def test_meetings_are_few() -> None:
    """Blocking compares less than one pair in fifty, yet nearly all pairs that are one person meet."""
    people = generated(1000)
    met = set(meetings([name for name, _ in people]))
    assert len(met) < 1000 * 999 / 2 / 50
    true = {pair for pair in combinations(range(1000), 2) if people[pair[0]][1] == people[pair[1]][1]}
    assert len(true & met) > 0.97 * len(true)


def test_meetings_are_pairs_that_share_a_key() -> None:
    """Each pair meets once, lower place first, and only where the two names share a key."""
    names = [name for name, _ in generated(300)]
    pairs = list(meetings(names))
    assert len(set(pairs)) == len(pairs)
    sharing = {pair for pair in combinations(range(len(names)), 2) if keys(names[pair[0]]) & keys(names[pair[1]])}
    assert set(pairs) <= sharing
