"""The quote stage gives statements with speakers, acts, due days, loaded words and notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.codebook import Codebook
from dragoman.read.quotes.cover import covering, loaded_words
from dragoman.record import Document, Statement

Read = Callable[..., Document]


def _named(document: Document, statement: Statement) -> str | None:
    names = {actor.id: actor.name for actor in document.actors or ()}
    return names.get(statement.speaker) if statement.speaker else None


def _one(document: Document, words: str) -> Statement:
    found = [s for s in document.statements or () if words in s.content.text]
    assert found, f"no statement with {words!r} in {[s.content.text for s in document.statements or ()]}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "act"),
    [
        ('"The ferry sank at noon," the harbour master said.', "ferry", "claim"),
        ('"Togo must open the crossing," the minister said.', "crossing", "demand"),
        ("The envoy said that Togo should open the crossing.", "crossing", "recommendation"),
        ('"We will open the crossing in May," the minister said.', "crossing", "intention"),
        ("Analysts expect the crossing to open in May.", "crossing", "expectation"),
        ("The ministry denied that soldiers had crossed the river.", "soldiers", "denial"),
        ('"I never met the general," the former consul said.', "general", "denial"),
        ('"Who sent the ships?" the senator asked.', "ships", "question"),
        ("The senator asked whether the ships had been sent.", "ships", "question"),
        ("The premier called the treaty a disgrace.", "treaty", "evaluation"),
        ('"The treaty is a disgrace," the premier said.', "treaty", "evaluation"),
        ("Ghana urged Togo to open the crossing.", "crossing", "demand"),
        ("The panel recommends that the crossing be opened.", "crossing", "recommendation"),
        ("Ghana vowed to open the crossing.", "crossing", "intention"),
        ("The envoy doubts that the truce will hold.", "truce", "expectation"),
        ('"Leave the island," the admiral ordered.', "island", "demand"),
        ("The general warned that the truce could collapse.", "truce", "expectation"),
    ],
)
def test_the_act_follows_from_cue_and_mood(read_text: Read, text: str, words: str, act: str) -> None:
    """Each kind of saying is told by its cue or by the mood of its content."""
    assert _one(read_text(text), words).act == act


def test_a_promise_with_a_date_is_open_until_then(read_text: Read) -> None:
    """An intention with a date in it has its due days and stays open; a claim has neither."""
    document = read_text("Ghana vowed to reopen the crossing by June 30, 2024.", published="2024-05-02")
    statement = _one(document, "crossing")
    assert statement.due is not None
    assert str(statement.due.end) == "2024-06-30"
    assert statement.outcome == "open"


def test_an_unnamed_official_is_kept_as_described(read_text: Read) -> None:
    """A source without a name becomes an actor of its own, marked anonymous, with a mention where it is described."""
    document = read_text("A senior customs officer said the port was empty.")
    statement = _one(document, "port was empty")
    actor = next(a for a in document.actors or () if a.id == statement.speaker)
    assert actor.anonymous
    assert "customs officer" in actor.name
    assert any(m.actor == actor.id and m.text == actor.name for m in document.mentions or ())


def test_we_in_a_quotation_is_its_speaker_and_the_outlet_says_nothing(read_text: Read) -> None:
    """ "We asked" in the article's own voice is no statement."""
    document = read_text("We asked the harbour master about the ferry. He said it had sunk.")
    assert all(s.cue is None or s.cue.text != "asked" for s in document.statements or ())


def test_he_who_is_named_in_a_statement_did_not_make_it(read_text: Read) -> None:
    """ "In his opinion, Smith ..." is not Smith's opinion but that of who spoke before."""
    document = read_text(
        "“The talks have failed,” said Juan Pereira, an analyst in Lisbon.\n\n"
        "In his opinion, Prime Minister John Carter is playing for time. John Carter did not reply."
    )
    assert _named(document, _one(document, "playing for time")) == "Juan Pereira"


def test_an_interrupted_report_is_one_statement(read_text: Read) -> None:
    """A reported clause that its cue interrupts stays one span that can be read."""
    statement = _one(read_text("The treaty, the envoy said, was dead long before."), "dead")
    assert statement.content.text == "The treaty, the envoy said, was dead long before"
    assert not statement.direct


def test_coordinated_reports_are_statements_of_their_own(read_text: Read) -> None:
    """ "That A and that B" are two statements of one speaker."""
    document = read_text("The minister said that the port was closed and that the ferry had sunk.")
    contents = [s.content.text for s in document.statements or ()]
    assert contents == ["the port was closed", "the ferry had sunk"]


def test_refusing_to_speak_is_no_statement(read_text: Read) -> None:
    """Who declines to comment or would not say has said nothing."""
    document = read_text("The ministry declined to comment. Its spokesman would not say how many ships had sailed.")
    assert document.statements == ()


def test_loaded_words_and_notes_are_marked_with_whose_voice(read_text: Read, codebook: Codebook) -> None:
    """A label in a quotation is the speaker's, one outside is the article's; an editor's note is nobody's word."""
    text = 'The dictator left. "We [the islanders] will judge this regime," said Ana Ruiz.'
    document = read_text(text)
    statement = _one(document, "judge")
    assert [span.text for span in statement.loaded] == ["regime"]
    assert [span.text for span in statement.notes] == ["[the islanders]"]
    assert document.parse is not None
    own = loaded_words(document.article, document.parse, codebook.loaded_words, document.statements or ())
    assert [span.text for span in own] == ["dictator"]


def test_the_innermost_statement_covers_first(read_text: Read) -> None:
    """Of nested statements around a stretch, the smallest comes first."""
    text = "The agency reported that the minister had said that the ferry sank."
    document = read_text(text)
    start = text.index("ferry")
    found = covering(document.statements or (), start, start + 5)
    assert len(found) == 2
    assert len(found[0].content.text) < len(found[1].content.text)


def test_questions_are_the_outlets_and_answers_the_interviewees(read_text: Read) -> None:
    """In an interview with marked questions, answers are direct speech of the one who was named before."""
    document = read_text(
        "Interview with Admiral Karim Haddad about the blockade of the bay and what comes after it.\n"
        "Q: Will the navy leave the bay?\nA: Not before the mines are lifted.\n"
        "Q: When will that be?\nA: In the spring, if the weather holds."
    )
    question, answer = _one(document, "leave the bay"), _one(document, "mines are lifted")
    assert (question.act, question.speaker, question.direct) == ("question", None, True)
    assert answer.direct
    assert "Haddad" in (_named(document, answer) or "")


def test_a_headline_names_its_speaker_before_a_colon(read_text: Read) -> None:
    """ "Name: what he says" in a title is that person's statement."""
    document = read_text(
        "Juan Pereira: The bridge will open in May\n\nThe mayor of the border town spoke to the council on Monday about it."
    )
    assert _named(document, _one(document, "bridge will open")) == "Juan Pereira"


def test_the_same_article_gives_the_same_statements(read_text: Read) -> None:
    """Reading twice gives equal statements with equal ids."""
    text = '"The port is open," Ana Ruiz said. According to Togo, it is shut.'
    assert read_text(text).statements == read_text(text).statements


def test_every_span_holds_its_words(read_text: Read) -> None:
    """Content, cue, speaker and loaded spans are the article's words at their offsets."""
    text = '“We won’t go,” the envoy told the paper – “not now.” The so-called council, he added, was "dead".'
    document = read_text(text)
    assert document.statements
    for s in document.statements:
        for span in (s.content, *s.continued, *s.loaded, *(x for x in (s.cue, s.speaker_words) if x)):
            assert text[span.start : span.end] == span.text
