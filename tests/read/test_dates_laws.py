"""Laws that every reading of dates keeps, whatever the day and the text."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.codebook.dates import READINGS, load_dates
from dragoman.errors import CodebookError
from dragoman.read.clean import CLEAN
from dragoman.read.dates import DATE
from dragoman.read.dates.grain import feast_day, shifted, stretch_at
from dragoman.read.dates.interpret import READINGS as INTERPRETERS
from dragoman.read.dates.lex import lex
from dragoman.read.parse import DEFAULT_MODEL, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.record import Article, Document

GRAINS = ("day", "week", "month", "quarter", "half", "season", "year", "decade", "century")
DAYS = st.dates(min_value=date(1700, 1, 1), max_value=date(2400, 12, 31))
PUBLISHED = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 12, 31))
RELATIVE = (
    "The envoy left yesterday.",
    "The envoy left on Monday.",
    "The envoy left last week.",
    "The envoy left in the third quarter.",
    "The envoy left two months ago.",
    "The envoy left last summer.",
    "The envoy left on Christmas Eve.",
    "The envoy left on June 3.",
    "The envoy left this morning.",
    "The envoy left recently.",
    "The envoy left over the weekend.",
)
ABSOLUTE = (
    "The envoy left on June 3, 2011.",
    "The envoy left in 1994.",
    "The siege lasted two weeks.",
    "The wars of the 1990s are over.",
    "The two meet every Monday.",
)
ONES = (
    "one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


@pytest.fixture(scope="module")
def read_text(codebook: Codebook) -> Callable[..., Document]:
    """A function that reads a text by the stages that dates need."""
    return functools.partial(read_dates, Pipeline((CLEAN, parse_stage(DEFAULT_MODEL), DATE), codebook))


def read_dates(reader: Pipeline, text: str, published: str | None = None) -> Document:
    """Read a text as an article, dated where `published` is given."""
    day = date.fromisoformat(published) if published else None
    article = Article(id="article-1", source="test", text=text, published=day, language="en")
    return reader.read([Document(article=article)])[0]


def spelled(number: int) -> str:
    """A number below a million in words, as the press writes it."""
    ones, tens = ONES.split(), TENS.split()
    if number < 20:
        return ones[number - 1]
    if number < 100:
        return tens[number // 10 - 2] + (f"-{ones[number % 10 - 1]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {spelled(number % 100)}" if number % 100 else ""
        return f"{ones[number // 100 - 1]} hundred{rest}"
    rest = f" {spelled(number % 1000)}" if number % 1000 else ""
    return f"{spelled(number // 1000)} thousand{rest}"


@given(day=DAYS, grain=st.sampled_from(GRAINS))
def test_a_stretch_holds_its_day_and_touches_the_next(day: date, grain: str) -> None:
    """The stretch of a grain at a day holds the day, and the next one begins on the day after its last."""
    stretch = stretch_at(grain, day)
    assert stretch.first <= day <= stretch.last
    assert stretch.step(1).first == stretch.last + timedelta(days=1)
    assert stretch_at(grain, stretch.last) == stretch


@given(day=DAYS, grain=st.sampled_from(GRAINS), count=st.integers(min_value=-5, max_value=5))
def test_steps_add_up(day: date, grain: str, count: int) -> None:
    """Some steps forth and as many back lead to where they began, and another stretch has another value."""
    stretch = stretch_at(grain, day)
    assert stretch.step(count).step(-count) == stretch
    assert (stretch.step(count).value == stretch.value) == (count == 0)


@given(day=DAYS, count=st.integers(min_value=0, max_value=400))
def test_units_shift_in_order(day: date, count: int) -> None:
    """So many days are no longer than so many weeks, months or years."""
    ends = [shifted(day, grain, count) for grain in ("day", "week", "month", "quarter", "year")]
    assert ends == sorted(ends)
    assert shifted(day, "week", count) == shifted(day, "day", 7 * count)
    assert shifted(day, "year", count) == shifted(day, "month", 12 * count)


@given(year=st.integers(min_value=1800, max_value=2300))
def test_feasts_fall_on_their_weekdays(year: int) -> None:
    """Easter is a Sunday in both churches, Good Friday a Friday, Thanksgiving the fourth Thursday, Labor Day a Monday."""
    assert feast_day("easter 0", year).isoweekday() == 7
    assert feast_day("orthodox 0", year).isoweekday() == 7
    assert feast_day("easter -2", year).isoweekday() == 5
    assert feast_day("4 4 11", year).isoweekday() == 4
    assert 22 <= feast_day("4 4 11", year).day <= 28
    assert feast_day("1 -1 05", year) + timedelta(days=7) > date(year, 5, 31)


@given(number=st.integers(min_value=1, max_value=999_999).filter(lambda n: not 2000 <= n < 2100))
def test_numbers_in_words_are_one_word(codebook: Codebook, number: int) -> None:
    """A number in words is read whole, with its worth, and what follows it is left alone."""
    lexed = lex(f"{spelled(number)} soldiers", 0, codebook.dates)
    assert lexed.words[-1] == "soldiers"
    assert len(lexed.words) == 2
    assert lexed.classes[0]["num"] == number


@settings(max_examples=12, deadline=None)
@given(published=PUBLISHED, count=st.integers(min_value=1, max_value=60))
def test_days_are_counted_from_the_articles_day(
    read_text: Callable[..., Document], published: date, count: int
) -> None:
    """Yesterday, so many days ago and a weekday in the past tense are where the calendar puts them."""
    text = f"He came yesterday. He came {count + 1} days ago. He came on Monday."
    found = [d.when for d in read_text(text, published.isoformat()).dates or ()]
    firsts = [when.start for when in found if when is not None]
    assert firsts[:2] == [published - timedelta(days=1), published - timedelta(days=count + 1)]
    assert firsts[2] is not None
    assert firsts[2].isoweekday() == 1
    assert 0 <= (published - firsts[2]).days < 7


@settings(max_examples=12, deadline=None)
@given(sentences=st.lists(st.sampled_from(RELATIVE + ABSOLUTE), min_size=1, max_size=6, unique=True))
def test_without_a_day_of_publication_relative_dates_stay_open(
    read_text: Callable[..., Document], sentences: list[str]
) -> None:
    """A text without a date gives no days to a phrase that needs one, and gives the others theirs."""
    dates = read_text("\n\n".join(sentences)).dates or ()
    assert len(dates) == len(sentences)
    for sentence, found in zip(sentences, dates, strict=True):
        assert found.anchored == (sentence in RELATIVE)
        assert found.when is None or not found.anchored


@settings(max_examples=12, deadline=None)
@given(
    order=st.permutations(RELATIVE + ABSOLUTE),
    ahead=st.integers(min_value=0, max_value=3),
    behind=st.integers(min_value=0, max_value=3),
)
def test_other_paragraphs_change_nothing(
    read_text: Callable[..., Document], order: list[str], ahead: int, behind: int
) -> None:
    """A paragraph that counts from no other date is read alike alone and among others, and each span is its words."""
    before, one, after = order[:ahead], order[ahead], order[ahead + 1 : ahead + 1 + behind]
    alone = read_text(one, "2023-04-21").dates or ()
    document = read_text("\n\n".join([*before, one, *after]), "2023-04-21")
    text = document.article.text
    offset = len("\n\n".join([*before, ""])) if before else 0
    found = [d for d in document.dates or () if offset <= d.span.start < offset + len(one)]
    assert [(d.span.start - offset, d.value, d.kind, d.anchored) for d in found] == [
        (d.span.start, d.value, d.kind, d.anchored) for d in alone
    ]
    ends = [0]
    for d in document.dates or ():
        assert text[d.span.start : d.span.end] == d.span.text
        assert d.span.start >= ends[-1]
        ends.append(d.span.end)


def test_notes_and_furniture_hold_no_dates(read_text: Callable[..., Document]) -> None:
    """A translator's note in brackets gives no date to the article."""
    document = read_text("He left on May 3, 2020 [the original says June 4, 2021, an error of the agency].")
    if document.article.notes:
        assert [d.span.text for d in document.dates or ()] == ["May 3, 2020"]


def test_a_users_codebook_adds_words_and_forms(tmp_path: Path, read_text: Callable[..., Document]) -> None:
    """A file laid over the project's own adds a feast and a form without touching the rest."""
    (tmp_path / "dates.toml").write_text('[classes.feast]\n"freedom day" = "03-25"\n', encoding="utf-8")
    rules = Codebook([tmp_path]).dates
    lexed = lex("They marched on Freedom Day.", 0, rules)
    assert "freedom day" in lexed.words
    assert len(rules.forms) == len(Codebook().dates.forms)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[[form]]\nname = "odd"\nform = "month & day"\nreading = "calendar"\n', "can't read"),
        ('[[form]]\nname = "odd"\nform = "{nothing} day"\nreading = "calendar"\n', "does not define"),
        ('[[form]]\nname = "odd"\nform = "moon day"\nreading = "calendar"\n', "has no words"),
        ('[[form]]\nname = "odd"\nform = "(month"\nreading = "calendar"\n', "odd"),
        ('[[form]]\nname = "odd"\nform = "month"\nreading = "guess"\n', "guess"),
    ],
)
def test_a_wrong_form_is_refused_with_its_name(tmp_path: Path, content: str, complaint: str) -> None:
    """A form that can't be compiled is named, with the file and what is wrong with it."""
    (tmp_path / "dates.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match=complaint) as caught:
        load_dates((*Codebook().layers, tmp_path))
    assert "odd" in str(caught.value)


def test_every_reading_has_its_function() -> None:
    """What a form may name and what the interpreter can do are the same."""
    assert set(READINGS) == set(INTERPRETERS)


@settings(max_examples=15, deadline=None)
@given(data=st.data(), published=st.sampled_from((None, "2023-04-21", "2024-02-29", "0001-01-01", "9999-12-31")))
def test_no_heap_of_date_words_breaks_the_reading(
    read_text: Callable[..., Document], codebook: Codebook, data: st.DataObject, published: str | None
) -> None:
    """Any order of the rules' words and of odd numbers is read without a fault, and no period ends before it begins."""
    odd = ("99/99/9999", "0000-00-00", "9999-12-31", "31.02.2020", "9990s", "25:61", "1" * 400, "½", "-", "–", "(", ",")
    words = st.sampled_from((*sorted(codebook.dates.words), *odd, "1998", "31", "5", "18th", "4 p.m."))
    text = " ".join(data.draw(st.lists(words, min_size=1, max_size=40)))
    document = read_text(text, published)
    for found in document.dates or ():
        assert document.article.text[found.span.start : found.span.end] == found.span.text
        if found.when is not None and found.when.start is not None and found.when.end is not None:
            assert found.when.start <= found.when.end
