"""Tests of episodes, clauses, sources and wording."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.record import When
from dragoman.relate import build_history
from dragoman.relate.clause import clause_bounds
from dragoman.relate.episode import ENOUGH, find_episodes, run_direction
from dragoman.relate.sides import make_sides
from dragoman.relate.sources import copied_texts, find_sources
from dragoman.relate.wording import between_words, possess, shorten, when_words


@given(st.lists(st.floats(-10, 10), max_size=ENOUGH - 1))
def test_few_events_have_no_direction(scores: list[float]) -> None:
    """Below the stated number of events no direction is given, whatever the scores."""
    assert run_direction(scores) == ("too few events", None, None)


def test_direction_needs_twice_the_error() -> None:
    """A run that turns from cooperation to conflict falls; one that jumps about has no clear direction."""
    assert run_direction([5, 4, 5, 4, -6, -5, -6, -5])[0] == "falling"
    assert run_direction([-6, -5, -6, -5, 5, 4, 5, 4])[0] == "rising"
    assert run_direction([5, -6, 5, -6, 5, -6, 5, -6])[0] == "no clear direction"


def test_answers_belong_to_one_episode(sheet: Any, codebook: Codebook) -> None:
    """Expulsion after expulsion is one story though weeks lie between; an act of years later is another."""
    texts = (
        "Norland expelled two diplomats of Sudmark.",
        "Sudmark expelled two diplomats of Norland.",
        "Norland thanked Sudmark.",
    )
    page = sheet("\n".join(texts), published="2021-05-05")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(texts[0], "expelled", "SANCTION/expel", [nor], [swe], day="2018-01-01", score=-5.5)
    page.event(texts[1], "expelled", "SANCTION/expel", [swe], [nor], day="2018-03-20", score=-5.5)
    page.event(texts[2], "thanked", "SUPPORT", [nor], [swe], day="2021-05-04", score=5)
    history = build_history([page.document()], codebook)
    episodes = find_episodes(history.events, make_sides(history.actors))
    assert [len(episode.events) for episode in episodes] == [2, 1]


@pytest.mark.parametrize(
    ("sentence", "trigger", "clause"),
    [
        (
            "Norland recalled its ambassador, Lea Winter, after Sudmark closed the border.",
            "recalled",
            "Norland recalled its ambassador, Lea Winter",
        ),
        (
            "Norland stayed calm, but Sudmark closed the border; nobody protested.",
            "closed",
            "but Sudmark closed the border",
        ),
        ('"We closed it, and we know why," he said.', "closed", '"We closed it, and we know why," he said.'),
    ],
)
def test_clause_bounds(sentence: str, trigger: str, clause: str) -> None:
    """A clause ends where another begins, and never inside quoted words."""
    start = sentence.index(trigger)
    low, high = clause_bounds(sentence, start, start + len(trigger))
    assert sentence[low:high].strip() == clause


@given(st.text(alphabet="ab ,;:—\"'().", min_size=1, max_size=60), st.data())
def test_clause_holds_its_words(sentence: str, data: st.DataObject) -> None:
    """The clause around some words holds them, in any text."""
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    low, high = clause_bounds(sentence, start, end)
    assert 0 <= low <= start < end <= high <= len(sentence)


def test_an_agencys_story_counts_once(sheet: Any) -> None:
    """A cut copy of a story is the same source, another story another, and one publisher is one source."""
    story = "The harbour of Norland was closed on Monday after a quarrel about cod with the fishers of Sudmark. " * 3
    one = sheet(story + "The minister wept.", publisher="A").article
    two = sheet(story, publisher="B").article
    three = sheet(
        "Sudmark's parliament met in the morning to talk about an unrelated railway line.", publisher="C"
    ).article
    four = sheet("A third text by the same house, about something else altogether, namely bees.", publisher="C").article
    assert copied_texts([one, two, three]) == [tuple(sorted((one.id, two.id)))]
    sources = find_sources([one, two, three, four])
    assert sources.count(article.id for article in (one, two, three, four)) == 2
    assert sources.count([one.id, three.id, four.id]) == 2
    assert sources.count([one.id, two.id]) == 1


def test_words_for_days_say_no_more_than_is_known() -> None:
    """Days, months and spans are worded as exactly as they are known."""
    day = date(2023, 4, 18)
    assert when_words(When(start=day, end=day, precision="day", phrase=None)) == "18 April 2023"
    assert (
        when_words(When(start=date(2022, 7, 1), end=date(2022, 7, 31), precision="month", phrase=None)) == "July 2022"
    )
    assert (
        when_words(When(start=None, end=date(2020, 1, 1), precision="before", phrase=None)) == "before 1 January 2020"
    )
    assert when_words(None) == "undated"
    assert between_words(day, date(2023, 4, 21)) == "between 18 and 21 April 2023"
    assert possess("Belarus") == "Belarus's"
    assert possess("United States") == "United States'"


@given(st.text(min_size=1), st.integers(5, 80))
def test_shortened_text_fits(text: str, limit: int) -> None:
    """A shortened text is never longer than its limit."""
    assert len(shorten(text, limit)) <= limit
