"""The nouns: spans that can't lie, ids that stay, lines that go there and back."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import EvidenceError, InputError
from dragoman.record import Actor, Article, Event, Mention, Office, Relation, Span, Statement, When
from dragoman.record.ids import make_id
from dragoman.record.jsonl import from_object, schema, to_line, to_object

_TEXT = "Poland expelled two diplomats on Monday. “Enough,” said its minister."
_ARTICLE = Article(id="article-1", source="a.txt", text=_TEXT, published=date(2024, 3, 5), published_from="given")


def _records():
    when = When(start=date(2024, 3, 4), end=date(2024, 3, 4), precision="day", phrase=_ARTICLE.span(33, 39))
    return [
        _ARTICLE,
        Actor(id="a", name="Poland", kind="state", country="POL", names=("Poland",), key="POL"),
        Actor(
            id="b",
            name="minister",
            kind="person",
            offices=(Office(title="minister", of="POL", evidence=(_ARTICLE.span(60, 68),)),),
            anonymous=True,
        ),
        Mention(actor="a", article="article-1", start=0, end=6, text="Poland", how="name"),
        Event(
            id="e",
            type="SANCTION",
            mode="expel",
            actors=("a",),
            when=when,
            score=-5.5,
            evidence=(_ARTICLE.span(0, 40),),
            trigger=_ARTICLE.span(7, 15),
        ),
        Statement(
            id="s",
            speaker="b",
            speaker_words=_ARTICLE.span(56, 68),
            cue=_ARTICLE.span(51, 55),
            content=_ARTICLE.span(42, 48),
            direct=True,
            act="demand",
        ),
        Relation(
            id="r",
            of="a",
            toward="b",
            dimension="ambassador",
            value="expelled",
            since=None,
            until=None,
            cause=("e",),
            evidence=(_ARTICLE.span(0, 40),),
        ),
    ]


@pytest.mark.parametrize("record", _records(), ids=lambda r: type(r).__name__)
def test_every_kind_of_record_survives_its_line(record) -> None:
    """A record printed as a line and read back is the same record, and the line fits the schema."""
    value = json.loads(to_line(record))
    assert from_object(value) == record
    jsonschema.validate(value, schema())


@given(st.text(min_size=1), st.data())
def test_a_span_of_an_article_holds_its_words(text: str, data: st.DataObject) -> None:
    """Whatever the text, a span made by the article has the article's words at its offsets."""
    article = Article(id="x", source="s", text=text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = article.span(start, end)
    assert article.text[span.start : span.end] == span.text
    article.check(span)


def test_a_span_with_other_words_is_refused() -> None:
    """A span that came from outside with words that are not the article's is refused."""
    with pytest.raises(EvidenceError):
        _ARTICLE.check(Span(article="article-1", start=0, end=6, text="Russia"))
    with pytest.raises(EvidenceError):
        Span(article="article-1", start=0, end=5, text="Poland")


def test_an_event_without_evidence_can_not_be_made() -> None:
    """An event without evidence is an error, not a record."""
    with pytest.raises(EvidenceError, match="no evidence"):
        Event(id="e", type="AID", actors=(), score=10, evidence=(), trigger=_ARTICLE.span(0, 6))


@given(st.lists(st.text()), st.lists(st.text()))
def test_ids_are_equal_only_for_equal_content(one: list[str], other: list[str]) -> None:
    """The same parts give the same id; parts moved across a boundary do not."""
    assert make_id("x", *one) == make_id("x", *one)
    if "\x1f".join(one) != "\x1f".join(other):
        assert make_id("x", *one) != make_id("x", *other)


def test_a_wrong_field_is_named() -> None:
    """A line with a wrong value is refused with the field's name."""
    with pytest.raises(InputError, match="published"):
        from_object({**to_object(_ARTICLE), "published": "yesterday"})
