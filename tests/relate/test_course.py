"""The smoothed course of a relation: its stated formula and its uncertainty, in figures reckoned by hand."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.record.dossier import Month
from dragoman.relate.course import INTERVAL, MOST, course


def month(year: int, number: int, *scores: float) -> Month:
    """A month with events of these scores."""
    return Month(
        year=year, month=number, events=len(scores), total=sum(scores), squares=sum(score * score for score in scores)
    )


def test_neighbours_count_once_and_the_stretch_itself_twice() -> None:
    """The mean of a month is that of its own events, weighted twice, and of its neighbours' events, weighted once."""
    points = course([month(2020, 1, -6.0), month(2020, 2, 2.0, 4.0), month(2020, 3, 8.0)])
    assert [point.mean for point in points] == pytest.approx(
        [
            (2 * -6.0 + 2.0 + 4.0) / 4,
            (-6.0 + 2 * (2.0 + 4.0) + 8.0) / 6,
            (2.0 + 4.0 + 2 * 8.0) / 4,
        ]
    )
    assert [point.events for point in points] == [1, 2, 1]


def test_a_gap_lends_nothing() -> None:
    """A month whose neighbours have no events stands for itself, and months without events have no point."""
    points = course([month(2020, 1, -6.0), month(2020, 5, 4.0)])
    assert [(point.start, point.mean) for point in points] == [(date(2020, 1, 1), -6.0), (date(2020, 5, 1), 4.0)]


def test_few_events_have_no_band() -> None:
    """Where the weighted events amount to fewer than three, the spread says nothing and no band is given."""
    (lonely,) = course([month(2020, 1, -6.0, 4.0)])
    assert (lonely.low, lonely.high) == (None, None)
    (alone,) = course([month(2020, 1, -6.0)])
    assert alone.low is None


def test_band_is_the_stated_interval() -> None:
    """With four events in one month the band is 1.96 standard errors of their mean to either side."""
    scores = (-5.0, -3.0, 1.0, 3.0)
    (point,) = course([month(2021, 7, *scores)])
    mean = sum(scores) / 4
    error = math.sqrt(sum((score - mean) ** 2 for score in scores) / 3 / 4)
    assert point.mean == pytest.approx(mean)
    assert point.low == pytest.approx(mean - INTERVAL * error)
    assert point.high == pytest.approx(mean + INTERVAL * error)


def test_fewer_events_of_one_spread_widen_the_band() -> None:
    """The same spread among fewer events leaves a wider band."""
    (few,) = course([month(2021, 7, *([-2.0, 2.0] * 2))])
    (many,) = course([month(2021, 7, *([-2.0, 2.0] * 20))])
    assert few.high is not None
    assert many.high is not None
    assert few.high > many.high


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.lists(st.floats(-10, 10), min_size=1, max_size=4)), min_size=1, max_size=60
    )
)
def test_course_stays_on_the_scale_and_in_the_picture(drawn: list[tuple[int, list[float]]]) -> None:
    """Whatever the events, means and bands stay on the scale, points are in order and no more than fit the picture."""
    months = dict(drawn)
    points = course([month(1950 + place // 12, place % 12 + 1, *scores) for place, scores in sorted(months.items())])
    assert len(points) <= MOST + 1
    assert [point.start for point in points] == sorted({point.start for point in points})
    for point in points:
        assert -10.0001 <= point.mean <= 10.0001
        if point.low is not None and point.high is not None:
            assert -10.0 <= point.low <= point.high <= 10.0
