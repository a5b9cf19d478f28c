"""Articles in and out of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.record import Document
from dragoman.store import Store
from dragoman.store.codec import pack_layers, unpack_layers

Make = Callable[..., Document]


def test_a_document_comes_back_as_it_went_in(store: Store, make_document: Make, day: date) -> None:
    """A stored document is read back equal in every layer that is stored."""
    document = make_document("Ukraine accused Belarus.", published=day, published_from="given", title="A title")
    store.put(document, document.article)
    assert list(store.documents()) == [document]
    assert store.document(document.article.id) == document


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_packing(make_document: Make, text: str) -> None:
    """Whatever characters a text holds, its layers pack and unpack to the same document."""
    document = make_document(f"Ukraine {text} Belarus")
    assert unpack_layers(pack_layers(document), document.article.text) == document


def test_the_same_article_again_is_unchanged(store: Store, make_document: Make) -> None:
    """An article that was read by this reader with these metadata is unchanged, from whichever path it comes."""
    document = make_document("Ukraine accused Belarus.")
    assert store.standing(document.article, document.reader)[0] == "new"
    store.put(document, document.article)
    moved = replace(document.article, source="elsewhere.txt")
    standing, article = store.standing(moved, document.reader)
    assert standing == "unchanged"
    assert article.source == "hand.txt"


def test_another_reader_makes_it_older(store: Store, make_document: Make) -> None:
    """An article that another version of the reader read is told apart."""
    document = make_document("Ukraine accused Belarus.")
    store.put(document, document.article)
    assert store.standing(document.article, "clean 2, code 1")[0] == "older"


def test_new_metadata_fill_gaps_and_missing_ones_erase_nothing(store: Store, make_document: Make, day: date) -> None:
    """A date that comes later is taken in; leaving it out afterwards does not take it away."""
    plain = make_document("Ukraine accused Belarus.")
    store.put(plain, plain.article)
    dated = replace(plain.article, published=day, published_from="given")
    standing, whole = store.standing(dated, plain.reader)
    assert (standing, whole.published) == ("changed", day)
    store.put(replace(plain, article=whole), whole)
    standing, whole = store.standing(plain.article, plain.reader)
    assert (standing, whole.published, whole.published_from) == ("unchanged", day, "given")


def test_contradicting_metadata_wait_for_again(store: Store, make_document: Make, day: date) -> None:
    """Another date than the stored one changes nothing by itself, and replaces it with `again`."""
    document = make_document("Ukraine accused Belarus.", published=day, published_from="given")
    store.put(document, document.article)
    other = replace(document.article, published=date(2023, 4, 22))
    assert store.standing(other, document.reader)[0] == "differs"
    standing, whole = store.standing(other, document.reader, again=True)
    assert (standing, whole.published) == ("changed", date(2023, 4, 22))


def test_putting_again_replaces(store: Store, make_document: Make) -> None:
    """A second reading of an article takes the place of the first, words and layers."""
    document = make_document("Ukraine accused Belarus.")
    store.put(document, document.article)
    store.put(replace(document, reader="clean 2", events=()), document.article)
    assert [found.events for found in store.documents()] == [()]
    assert store.counts() == {"articles": 1, "unread": 0, "refused": 0}


def test_an_unread_article_is_stored_and_found(store: Store, make_document: Make) -> None:
    """An article whose language no reader knows is there with its reason, and its words are found."""
    article = replace(make_document("Україна звинуватила Білорусь.").article, language="uk")
    store.put(Document(article=article), article, "no reader")
    assert store.counts()["unread"] == 1
    assert store.standing(article, "any")[0] == "unread"
    assert [hit.article.id for hit in store.search(["звинуватила"])] == [article.id]


def test_a_refusal_is_kept_until_the_input_is_read(store: Store, make_document: Make) -> None:
    """A refused input is on the list with its reason, once, and leaves it when it has been read."""
    store.put_refusal("hand.txt", "hand.txt is empty.")
    store.put_refusal("hand.txt", "hand.txt is binary.")
    assert store.refusals() == [("hand.txt", "hand.txt is binary.")]
    document = make_document("Ukraine accused Belarus.")
    store.put(document, document.article)
    assert store.refusals() == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("recalled", {"one"}),
        ("ambassador", {"one", "two"}),
        ("ambassador consultations", {"one"}),
        ('"his ambassador"', {"two"}),
        ('"ambassador his"', set()),
        ("ambass*", {"one", "two"}),
        ("Sao", {"two"}),
        ("AMBASSADOR", {"one", "two"}),
        ("", set()),
        ("***", set()),
    ],
)
def test_search_finds_words(store: Store, make_document: Make, query: str, found: set[str]) -> None:
    """Words, phrases and beginnings are found in any case and without accents, and nothing else."""
    texts = {
        "one": "Kyiv recalled the ambassador for consultations.",
        "two": "Brasilia kept his ambassador in São Tomé.",
    }
    ids = {}
    for name, text in texts.items():
        document = make_document(text)
        store.put(document, document.article)
        ids[document.article.id] = name
    assert {ids[hit.article.id] for hit in store.search([query])} == found


def test_search_takes_any_of_several_queries(store: Store, make_document: Make) -> None:
    """Two spellings of one name, asked together, find the articles of both."""
    for text in ("Kyzym left Minsk.", "Kizim spoke."):
        document = make_document(text)
        store.put(document, document.article)
    assert len(store.search(["Kyzym", "Kizim"])) == 2


@given(query=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_no_query_breaks_the_search(store: Store, query: str) -> None:
    """No query, whatever operators or quotes it holds, is an error."""
    assert store.search([query]) == []


def test_a_hit_marks_its_words(store: Store, make_document: Make) -> None:
    """The words asked for are marked in the piece of text that is shown."""
    document = make_document("Kyiv recalled the ambassador for consultations.")
    store.put(document, document.article)
    (hit,) = store.search(["ambassador"])
    assert [words for words, is_marked in hit.pieces if is_marked] == ["ambassador"]
    assert "".join(words for words, _ in hit.pieces) == document.article.text


def test_a_replaced_title_is_found_and_the_old_one_not(store: Store, make_document: Make) -> None:
    """The full-text index follows a change of metadata."""
    document = make_document("Kyiv recalled the ambassador.", title="Quarrel")
    store.put(document, document.article)
    renamed = replace(document, article=replace(document.article, title="Settlement"))
    store.put(renamed, renamed.article)
    assert len(store.search(["Settlement"])) == 1
    assert store.search(["Quarrel"]) == []
