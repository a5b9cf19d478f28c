"""Quotation marks are matched in every hand that the press writes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.marks import find_quotations
from dragoman.record import Article, Region


def _quoted(text: str) -> list[str]:
    article = Article(id="a", source="test", text=text)
    return [text[q.inner_start : q.inner_end] for q in find_quotations(article)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"We stay," the envoy said.', ["We stay,"]),
        ("“We stay,” the envoy said.", ["We stay,"]),
        ("«We stay», the envoy said.", ["We stay"]),
        ("»We stay«, the envoy said.", ["We stay"]),
        ("« We stay », the envoy said.", [" We stay "]),
        ("„We stay“, the envoy said.", ["We stay"]),
        ("„We stay”, the envoy said.", ["We stay"]),
        ("``We stay,'' the envoy said.", ["We stay,"]),
        ("''We stay,'' the envoy said.", ["We stay,"]),
        ("'We stay,' the envoy said.", ["We stay,"]),
        ("‘We stay,’ the envoy said.", ["We stay,"]),
        ('It was"tight,"he wrote.', ["tight,"]),
    ],
)
def test_every_pair_of_marks_is_found(text: str, inner: list[str]) -> None:
    """Each pair of marks gives one quotation with exactly the words between them."""
    assert _quoted(text) == inner


@pytest.mark.parametrize(
    "text",
    [
        "The ministers' talks and the traders' strike ended in the '90s.",
        "It’s the allies’ turn, rock ’n’ roll.",
        "He's six foot: 6'2\" and the pipe is 5\" wide.",
        "All the i's were dotted and the t's crossed.",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    """An apostrophe, a plural's possessive, a decade and an inch sign open no quotation."""
    assert _quoted(text) == []


def test_a_plural_possessive_does_not_close_single_quotes() -> None:
    """The apostrophe of "workers’" inside single marks is passed over when a closing mark follows."""
    assert _quoted("‘The workers’ demands are fair,’ she said.") == ["The workers’ demands are fair,"]


def test_nested_marks_have_their_depth() -> None:
    """A quotation inside another has depth 1 and lies inside it."""
    article = Article(id="a", source="test", text="“She told me ‘never’ twice,” he said.")
    outer, inner = find_quotations(article)
    assert (outer.depth, inner.depth) == (0, 1)
    assert outer.start < inner.start
    assert inner.end < outer.end


def test_a_quotation_opened_anew_in_each_paragraph_goes_on() -> None:
    """Paragraphs that open with a mark and do not close it are one quotation until the mark closes."""
    text = "“The border is shut.\n\n“It will stay so.\n\n“Ask me in May,” she said."
    article = Article(id="a", source="test", text=text)
    found = find_quotations(article)
    assert [q.continues for q in found] == [True, True, False]
    assert text[found[-1].inner_start : found[-1].inner_end] == "Ask me in May,"


def test_a_lost_closing_mark_swallows_one_paragraph_at_most() -> None:
    """An opening mark without a partner covers no more than its paragraph."""
    text = '"The border is shut. It will stay so.\n\nThe minister left.\n\nThe "grey" zone is quiet.'
    assert _quoted(text) == ["The border is shut. It will stay so.", "grey"]


def test_a_lost_mark_inside_a_sentence_covers_the_sentence() -> None:
    """An opening mark in the middle of a sentence ends with that sentence when it is never closed."""
    assert _quoted("He called it “a farce. The talks go on.") == ["a farce."]


def test_no_quotation_runs_into_furniture() -> None:
    """Sections are read one by one: marks in furniture between them pair with nothing."""
    text = 'He left "quickly. \nSHARE "this\nThe end "came" soon.'
    sections = (Region(start=0, end=17, kind="body"), Region(start=30, end=len(text), kind="body"))
    article = Article(id="a", source="test", text=text, sections=sections)
    assert [text[q.start : q.end] for q in find_quotations(article)] == ['"quickly.', '"came"']


@given(st.text(alphabet="aB .,!?\n\"'“”‘’«»„`-[]", max_size=80))
def test_quotations_never_cross_and_stay_in_their_paragraph(text: str) -> None:
    """Whatever the marks, quotations are in order, inside one another or apart, and hold no empty line."""
    found = find_quotations(Article(id="a", source="test", text=text))
    for q in found:
        assert 0 <= q.start <= q.inner_start < q.inner_end <= q.end <= len(text)
        assert "\n\n" not in text[q.inner_start : q.inner_end].strip()
    for one, other in itertools.pairwise(found):
        assert one.start <= other.start
        assert other.start >= one.end or other.end <= one.end
