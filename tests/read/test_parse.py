"""The parse keeps every token at its place in the article."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.errors import PipelineError
from dragoman.read.parse import DEFAULT_MODEL, load_model, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.read.stage import Stage
from dragoman.record import Article, Document, Region


def _parsed(codebook, text, notes=()):
    sections = (Region(start=0, end=len(text), kind="body"),)
    article = Article(id="a", source="test", text=text, sections=sections, notes=notes)
    return Pipeline((parse_stage(),), codebook).read([Document(article=article)])[0]


def test_tokens_stand_where_they_say_around_notes_and_line_breaks(codebook: Codebook) -> None:
    """A token's words are the article's at its offsets, though notes are left out and lines are joined."""
    text = "The envoy [of Norway, ed.] told\nreporters that talks in Oslo 🇳🇴 had failed."
    start = text.index("[")
    document = _parsed(codebook, text, (Region(start=start, end=text.index("]") + 1, kind="note"),))
    parse = document.parse
    assert parse is not None
    assert [text[t.start : t.end] for t in parse.tokens if t.text.strip()] == [
        t.text for t in parse.tokens if t.text.strip()
    ]
    assert not any(start <= t.start < text.index("]") for t in parse.tokens)
    assert "reporters" in [t.text for t in parse.tokens]


def test_a_closing_mark_starts_no_sentence(codebook: Codebook) -> None:
    """A closing quotation mark belongs to the sentence that it closes."""
    document = _parsed(codebook, '"We will not go. We have said so before." The minister left. "Why?" asked the envoy.')
    parse = document.parse
    assert parse is not None
    first_words = [parse.tokens[s.first].text for s in parse.sentences]
    assert "The" in first_words
    assert "asked" not in first_words
    assert all(s.first <= s.root < s.last for s in parse.sentences)


def test_children_and_subtree_agree_with_heads(codebook: Codebook) -> None:
    """Every token but a root is among its head's children, and a root's subtree is its sentence."""
    parse = _parsed(codebook, "Poland, which hosts the talks, expelled two diplomats. Russia answered.").parse
    assert parse is not None
    for token in parse.tokens:
        assert token.head == token.i or token.i in parse.children[token.head]
    for sentence in parse.sentences:
        assert parse.subtree(sentence.root) == list(range(sentence.first, sentence.last))


def test_a_stage_before_its_needs_is_refused_with_the_remedy(codebook: Codebook) -> None:
    """A pipeline in an impossible order is refused when built, and the message says what to move."""
    late = Stage(name="late", version=1, needs=("parse",), adds=("dates",), read=lambda d, c: {"dates": ()})
    with pytest.raises(PipelineError, match="move 'parse' before it"):
        Pipeline((late, parse_stage()), codebook)


def test_a_stage_that_breaks_its_promise_is_named(codebook: Codebook) -> None:
    """A stage that returns other layers than it declared is an error that names it."""
    liar = Stage(name="liar", version=1, needs=("article",), adds=("dates",), read=lambda d, c: {"events": ()})
    with pytest.raises(PipelineError, match="'liar'"):
        Pipeline((liar,), codebook).read([Document(article=Article(id="a", source="s", text="x"))])


def test_reading_changes_no_input(codebook: Codebook) -> None:
    """The document handed in is the same after reading."""
    document = Document(article=Article(id="a", source="s", text="Chad and Niger met."))
    before = replace(document)
    Pipeline((parse_stage(),), codebook).read([document])
    assert document == before


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On 10 March Chad and Niger agreed in Paris to open the road.", "Chad"),
        ("The row was old. In 2019 Turkey recalled its envoy.", "Turkey"),
        ("Two days later Poland closed the crossing.", "Poland"),
        ("On Tuesday night the Polish government answered.", "government"),
    ],
)
def test_a_time_without_its_comma_does_not_swallow_the_subject(codebook: Codebook, text: str, subject: str) -> None:
    """The subject behind an opening time is the verb's subject, and no token is there that the text has not."""
    parse = _parsed(codebook, text).parse
    assert parse is not None
    assert subject in {token.text for token in parse.tokens if token.dep == "nsubj"}
    assert [token.text for token in parse.tokens if token.text == ","] == []
    assert all(text[token.start : token.end] == token.text for token in parse.tokens)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["On 10 March ", "Chad ", "met. ", "In 2019 ", "the envoy ", "left, ", "“so”. "]), max_size=12
    )
)
def test_inserted_commas_leave_no_trace(parts: list[str]) -> None:
    """However openings follow each other, the tokens are the text's own, in order, and heads stay inside their sentence."""
    text = "".join(parts).strip()
    if not text:
        return
    parse = _parsed(Codebook(), text).parse
    assert parse is not None
    assert "".join(token.text for token in parse.tokens).replace(" ", "") == text.replace(" ", "")
    for token in parse.tokens:
        sentence = parse.sentences[token.sentence]
        assert sentence.first <= token.head < sentence.last


def test_a_full_vocabulary_keeps_no_word_of_a_text(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that no text had before leave nothing behind in a full vocabulary: memory does not grow with a corpus."""
    monkeypatch.setattr(import_module("dragoman.read.parse"), "_VOCABULARY", 0)
    _parsed(codebook, "Envoy Oldname met minister Oldton.")
    strings = load_model(DEFAULT_MODEL).vocab.strings
    before = set(strings)
    parse = _parsed(codebook, "Envoy Qwaxzibul met minister Vrontagosh in Zelmapur.").parse
    assert parse is not None
    assert [token.text for token in parse.tokens][1] == "Qwaxzibul"
    assert set(strings) == before


def test_threads_that_parse_at_once_get_what_one_gets(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts parsed in several threads with a full vocabulary give the parse that they give alone with an empty one."""
    texts = [f"Envoy Name{'abc' * n} of Norway met minister Ton{'xyz' * n} on Monday and left." for n in range(8)]
    alone = [_parsed(codebook, text).parse for text in texts]
    monkeypatch.setattr(import_module("dragoman.read.parse"), "_VOCABULARY", 0)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: _parsed(codebook, text).parse, texts * 3))
    assert together == alone * 3


def test_a_parse_that_breaks_on_a_list_of_acts_is_mended(codebook: Codebook) -> None:
    """Who is declared unwelcome is the object, and the last act of a list is a verb of it."""
    text = "Togo declared two Beninese diplomats personae non gratae, summoned the consul and suspended flights."
    parse = _parsed(codebook, text).parse
    word = {token.text: token for token in parse.tokens}
    declared = word["declared"].i
    assert (word["diplomats"].head, word["diplomats"].dep) == (declared, "dobj")
    assert (word["gratae"].head, word["gratae"].dep) == (declared, "oprd")
    assert (word["suspended"].tag, word["suspended"].dep) == ("VBD", "conj")
    assert (word["flights"].head, word["flights"].dep) == (word["suspended"].i, "dobj")
