"""What was foretold is settled by later articles, and by nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.record import Document, History, Statement
from dragoman.record.statement import Due
from dragoman.relate import build_history, make_dossier
from dragoman.relate.choose import choose, side_id
from dragoman.relate.outlook import outlook, records
from dragoman.relate.times import date

MARCH = date(2021, 3, 31)


def promise(sheet: Any, words: str, act: str = "intention", due: Due | None = None, before: str = "said") -> Document:
    """An article of 1 March in which Norland says something of itself and Sudmark."""
    text = f"Norland {before} that {words}."
    page = sheet(text, published="2021-03-01")
    nor = page.state("NOR", "Norland")
    if "Sudmark" in words:
        page.state("SWE", "Sudmark")
    page.statement(nor, words, act, direct=False, due=due)
    document: Document = page.document()
    return document


def report(
    sheet: Any,
    text: str,
    trigger: str,
    kind: str,
    *,
    day: str,
    factuality: str = "happened",
    published: str | None = None,
) -> Document:
    """A later article in which Norland does something to Sudmark, or does not."""
    page = sheet(text, published=published or day)
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text, trigger, kind, [nor], [swe], day=day, factuality=factuality)
    document: Document = page.document()
    return document


def outcome(codebook: Codebook, *documents: Document) -> tuple[str | None, tuple[str, ...]]:
    """What became of the one statement, and the words that settle it."""
    (statement,) = build_history(documents, codebook).statements
    return statement.outcome, tuple(span.text for span in statement.outcome_evidence)


RELEASE = "it would release the captured pilots of Sudmark"
RELEASED = "Norland released the two captured pilots of Sudmark."
IN_MARCH = Due(start=date(2021, 3, 1), end=MARCH)


def test_an_act_done_later_makes_it_come_true(sheet: Any, codebook: Codebook) -> None:
    """A release announced is met when a later article reports the release, with its words as evidence."""
    done = report(sheet, RELEASED, "released", "CONCEDE", day="2021-03-09")
    assert outcome(codebook, promise(sheet, RELEASE), done) == ("met", (RELEASED,))
    assert outcome(codebook, promise(sheet, RELEASE, due=IN_MARCH), done)[0] == "met"


def test_open_is_the_default(sheet: Any, codebook: Codebook) -> None:
    """Nothing, another act, an act before, another's act, or a mere plan settles nothing."""
    others = (
        report(sheet, "Norland opened an office in Sudmark.", "opened", "SUPPORT", day="2021-03-09"),
        report(sheet, "Norland released a report about Sudmark.", "released", "SUPPORT", day="2021-03-09"),
        report(sheet, RELEASED, "released", "CONCEDE", day="2021-02-20", published="2021-03-09"),
        report(sheet, RELEASED, "released", "CONCEDE", day="2021-03-09", factuality="future"),
        report(sheet, RELEASED, "released", "CONCEDE", day="2021-03-09", factuality="hypothetical"),
        report(sheet, RELEASED, "released", "CONCEDE", day="2024-03-09"),
    )
    assert outcome(codebook, promise(sheet, RELEASE)) == ("open", ())
    for other in others:
        assert outcome(codebook, promise(sheet, RELEASE), other) == ("open", ())


def test_the_same_article_settles_nothing(sheet: Any, codebook: Codebook) -> None:
    """An article does not settle what it foretells itself."""
    page = sheet(f"Norland said that {RELEASE}. {RELEASED}", published="2021-03-01")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.statement(nor, RELEASE, "intention", direct=False)
    page.event(RELEASED, "released", "CONCEDE", [nor], [swe], day="2021-03-01")
    assert outcome(codebook, page.document()) == ("open", ())


def test_a_day_that_passed_and_a_report_that_it_was_not_done(sheet: Any, codebook: Codebook) -> None:
    """It failed when its days are over and an article says it was not done; before that a "not" settles nothing."""
    words = "Norland did not release the captured pilots of Sudmark."
    after = report(sheet, words, "release", "CONCEDE", day="2021-04-10", factuality="negated")
    during = report(sheet, words, "release", "CONCEDE", day="2021-03-10", factuality="negated")
    assert outcome(codebook, promise(sheet, RELEASE, due=IN_MARCH), after) == ("failed", (words,))
    assert outcome(codebook, promise(sheet, RELEASE, due=IN_MARCH), during)[0] == "open"
    assert outcome(codebook, promise(sheet, RELEASE), after)[0] == "open"


def test_never_needs_no_day(sheet: Any, codebook: Codebook) -> None:
    """It failed when an article says that it never was done, though no day had been named."""
    words = "Norland never released the captured pilots of Sudmark."
    never = report(sheet, words, "released", "CONCEDE", day="2021-09-10", factuality="negated")
    assert outcome(codebook, promise(sheet, RELEASE), never) == ("failed", (words,))


def test_done_first_after_its_day(sheet: Any, codebook: Codebook) -> None:
    """What was to be done in March and was first done in May did not come true."""
    late = report(sheet, RELEASED, "released", "CONCEDE", day="2021-05-09")
    assert outcome(codebook, promise(sheet, RELEASE, due=IN_MARCH), late)[0] == "failed"
    early = report(sheet, RELEASED.replace("two ", ""), "released", "CONCEDE", day="2021-03-20")
    assert outcome(codebook, promise(sheet, RELEASE, due=IN_MARCH), late, early)[0] == "met"


@pytest.mark.parametrize(
    ("words", "before", "expected"),
    [
        ("it would not release the captured pilots of Sudmark", "said", "failed"),
        ("it would release the captured pilots of Sudmark", "denied", "failed"),
        ("it would release the captured pilots if Sudmark paid", "said", "open"),
        ("it might release the captured pilots of Sudmark", "said", "met"),
        ("it would release the captured pilots of Sudmark, but not before June", "said", "open"),
    ],
)
def test_what_the_words_say_of_the_act(sheet: Any, codebook: Codebook, words: str, before: str, expected: str) -> None:
    """A release done breaks a promise not to, fulfils a possibility, and leaves a condition open."""
    done = report(sheet, RELEASED, "released", "CONCEDE", day="2021-03-09")
    assert outcome(codebook, promise(sheet, words, before=before), done)[0] == expected


def test_a_state_foretold_is_met_by_the_state(sheet: Any, codebook: Codebook) -> None:
    """Relations to be restored are met when they are established again, whichever words tell it."""
    text = "Norland and Sudmark re-established diplomatic relations."
    page = sheet(text, published="2021-06-02")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text, "re-established", "AGREE", [nor], [swe], day="2021-06-01", object="diplomatic_relations")
    said = promise(sheet, "it intended to restore diplomatic relations with Sudmark")
    assert outcome(codebook, said, page.document())[0] == "met"
    assert outcome(codebook, said)[0] == "open"


def test_the_dossier_of_a_day_knows_no_later_outcome(sheet: Any, codebook: Codebook) -> None:
    """As the articles of a day tell it, what was settled later is still open."""
    documents = [promise(sheet, RELEASE), report(sheet, RELEASED, "released", "CONCEDE", day="2021-03-09")]
    history = build_history(documents, codebook)
    now = make_dossier(history, "NOR", "SWE", codebook)
    early = build_history([one for one in documents if one.article.published < date(2021, 3, 5)], codebook)
    then = make_dossier(early, "NOR", "SWE", codebook, known_on=date(2021, 3, 5))
    assert [(one.outcome, bool(one.outcome_references)) for one in now.open] == [("met", True)]
    assert [(one.outcome, bool(one.outcome_references)) for one in then.open] == [("open", False)]


def test_outlook_and_records(sheet: Any, codebook: Codebook) -> None:
    """The list tells who, when, due, whether its time is over, and how often a speaker's words came true."""
    documents = [
        promise(sheet, RELEASE, due=IN_MARCH),
        promise(sheet, "it would build a bridge to Sudmark", due=IN_MARCH),
        report(sheet, RELEASED, "released", "CONCEDE", day="2021-04-01", published="2021-04-02"),
    ]
    history = build_history(documents, codebook)
    one, two = (side_id(history, key, codebook.territories) for key in ("NOR", "SWE"))
    found = outlook(history, choose(history, one, two, codebook), codebook.outcomes)
    by_outcome = {forecast.outcome: forecast for forecast in found}
    assert set(by_outcome) == {"met", "open"}
    assert by_outcome["open"].over
    assert by_outcome["met"].due_by == MARCH
    assert by_outcome["met"].who == "Norland"
    (record,) = records(history, found)
    assert (record.who, record.met, record.failed, record.open) == ("Norland", 1, 0, 1)


@given(order=st.permutations(range(4)))
@settings(max_examples=12, deadline=None)
def test_the_order_of_the_articles_makes_no_difference(sheet: Any, codebook: Codebook, order: list[int]) -> None:
    """In whatever order the articles come, the outcomes and their evidence are the same."""
    documents = [
        promise(sheet, RELEASE, due=IN_MARCH),
        report(sheet, RELEASED, "released", "CONCEDE", day="2021-03-09"),
        report(sheet, RELEASED.replace("two ", ""), "released", "CONCEDE", day="2021-03-20"),
        report(
            sheet, "Norland did not release the pilots.", "release", "CONCEDE", day="2021-05-01", factuality="negated"
        ),
    ]

    def told(history: History) -> list[Statement]:
        return list(history.statements)

    shuffled = build_history([documents[place] for place in order], codebook)
    assert told(shuffled) == told(build_history(documents, codebook))
