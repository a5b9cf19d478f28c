"""Tests of the history: merged events and derived states, on handmade documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.record import Decision, Document, History, When
from dragoman.relate import build_history, states_on

RECALL = (
    "Norland recalled its ambassador to Sudmark for consultations on Tuesday.\n"
    "The move came after Sudmark's president, Ana Bel, met rebel leader Tom Kro in Port Haven on 3 May.\n"
)


def held(history: History, day: str) -> set[tuple[str, str, str, str]]:
    """The states of a day as (of, toward, dimension, value), sides by country code or name."""
    names = {actor.id: actor.country or actor.name for actor in history.actors}
    relations = states_on(history, date.fromisoformat(day))
    return {(names[r.of], names[r.toward], r.dimension, r.value) for r in relations}


def recall(sheet: Callable[..., Any], **keys: Any) -> Any:
    """A report of Norland's recall of its ambassador."""
    day = keys.pop("day", "2021-05-04")
    page = sheet(keys.pop("text", RECALL), **keys)
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(
        page.article.text.split("\n")[0],
        "recalled",
        "SANCTION/withdraw",
        [nor],
        [swe],
        day=day,
        score=-6,
    )
    return page


def back(sheet: Callable[..., Any]) -> Any:
    """A report of the ambassador's return."""
    page = sheet("Norland's ambassador returned to Sudmark on 9 September after four months.", published="2021-09-10")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(page.article.text, "returned", "CONCEDE", [nor], [swe], day="2021-09-09", score=4.5)
    return page


def test_recall_makes_a_state_that_the_return_ends(sheet: Any, codebook: Codebook) -> None:
    """An ambassador is recalled from the day of the recall to the day of the return, and in post from then on."""
    history = build_history([recall(sheet, published="2021-05-05").document(), back(sheet).document()], codebook)
    assert ("NOR", "SWE", "ambassador", "recalled") in held(history, "2021-05-04")
    assert ("NOR", "SWE", "ambassador", "recalled") in held(history, "2021-09-08")
    assert ("NOR", "SWE", "ambassador", "accredited") in held(history, "2021-09-09")
    assert ("NOR", "SWE", "ambassador", "recalled") not in held(history, "2021-09-09")
    assert not held(history, "2021-05-03")


@pytest.mark.parametrize("factuality", ["future", "hypothetical", "negated"])
def test_what_did_not_happen_changes_no_state(sheet: Any, codebook: Codebook, factuality: str) -> None:
    """A foretold, possible or denied severance leaves the relation as it was."""
    text = "Norland severed diplomatic relations with Sudmark, one version of the draft reads."
    page = sheet(text, published="2021-05-05")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text, "severed", "SANCTION/discontinue", [nor], [swe], factuality=factuality)
    assert build_history([page.document()], codebook).relations == ()


def test_return_alone_presupposes_the_recall(sheet: Any, codebook: Codebook) -> None:
    """A reported return tells that the ambassador had been away, since an unknown day."""
    history = build_history([back(sheet).document()], codebook)
    before = next(r for r in history.relations if r.value == "recalled")
    assert before.since is None
    assert before.until == date(2021, 9, 9)


def test_undated_recall_is_dated_by_its_article(sheet: Any, codebook: Codebook) -> None:
    """A recall without a day holds from the article's day, marked as no later than that."""
    page = recall(sheet, published="2021-05-05")
    page.events[0] = replace(page.events[0], when=None)
    history = build_history([page.document()], codebook)
    (relation,) = history.relations
    assert (relation.since, relation.precision) == (date(2021, 5, 5), "before")


def test_sanctions_on_a_person_count_toward_the_state(sheet: Any, codebook: Codebook) -> None:
    """Sanctions on a president are the state's, and the note says on whom."""
    text = "Norland introduced personal sanctions against President Ana Bel of Sudmark."
    page = sheet(text)
    nor = page.state("NOR", "Norland")
    page.state("SWE", "Sudmark")
    bel = page.person("Ana Bel", "SWE")
    page.event(text, "introduced", "SANCTION/discontinue", [nor], [bel], score=-6)
    history = build_history([page.document()], codebook)
    (relation,) = history.relations
    assert relation.note == "personal, on Ana Bel"
    assert relation.since is None
    assert held(history, "2026-01-01") == {("NOR", "SWE", "sanctions", "in_force")}


def test_non_recognition_is_a_state(sheet: Any, codebook: Codebook) -> None:
    """That a state did not recognise a territory is a state of its own, though the event is negated."""
    text = "Officially, Norland did not recognise the Republic of Kro."
    page = sheet(text, published="2021-05-05")
    nor, kro = page.state("NOR", "Norland"), page.body("KRO", "Republic of Kro")
    page.event(text, "recognise", "SUPPORT", [nor], [kro], factuality="negated", score=5)
    history = build_history([page.document()], codebook)
    assert held(history, "2021-05-05") == {("NOR", "Republic of Kro", "recognition", "not_recognised")}


def test_asserted_states_need_no_event(sheet: Any, codebook: Codebook) -> None:
    """A sentence that says how things stand since when sets the state, for both where it speaks of the two."""
    text = "Norland and Sudmark are at odds. The two have had no ambassadors in each other's capitals since March 2016."
    page = sheet(text, published="2021-05-05")
    page.state("NOR", "Norland")
    page.state("SWE", "Sudmark")
    page.date("March 2016", "2016-03", "2016-03-01", "2016-03-31", "month")
    history = build_history([page.document()], codebook)
    assert held(history, "2016-03-01") == {
        ("NOR", "SWE", "ambassador", "withdrawn"),
        ("SWE", "NOR", "ambassador", "withdrawn"),
    }
    assert not held(history, "2016-02-28")


def test_asserted_if_is_no_state(sheet: Any, codebook: Codebook) -> None:
    """A hedged sentence about how things might stand sets nothing."""
    text = (
        "Norland and Sudmark would have no diplomatic relations, analysts warned, if they have no diplomatic relations."
    )
    page = sheet(text, published="2021-05-05")
    page.state("NOR", "Norland")
    page.state("SWE", "Sudmark")
    assert build_history([page.document()], codebook).relations == ()


def test_reports_of_one_recall_are_one_event(sheet: Any, codebook: Codebook) -> None:
    """Two outlets' reports of one recall are one event with two sources; a copied text adds none."""
    other = "Sudmark: Norland calls home its ambassador for consultations over talks with rebels."
    one = recall(sheet, published="2021-05-05", publisher="Morning Post")
    copy = recall(sheet, text=RECALL + "Follow us.", published="2021-05-05", publisher="Evening Post")
    two = sheet(other, published="2021-05-06", publisher="Harbour Times")
    nor, swe = two.state("NOR", "Norland"), two.state("SWE", "Sudmark")
    two.event(other, "calls", "SANCTION/withdraw", [nor], [swe], day="2021-05-04", score=-6)
    history = build_history([one.document(), copy.document(), two.document()], codebook)
    (event,) = history.events
    assert len(event.members) == 3
    assert event.sources == 2
    assert len({span.article for span in event.evidence}) == 3
    assert all(join.reasons for join in history.joins)


def test_a_person_can_split_what_was_merged(sheet: Any, codebook: Codebook) -> None:
    """A decision that two reports are two events is kept, and says who decided."""
    one = recall(sheet, published="2021-05-05")
    two = recall(sheet, text=RECALL.replace("on Tuesday", "this week"), published="2021-05-06")
    ids = [one.events[0].id, two.events[0].id]
    documents = [one.document(), two.document()]
    assert len(build_history(documents, codebook).events) == 1
    split = Decision(
        id="decision-1",
        time="2021-05-07T10:00:00Z",
        author="ada",
        kind="split",
        body=dict(zip(("one", "other"), ids, strict=True)),
    )
    history = build_history(documents, codebook, [split])
    assert len(history.events) == 2
    assert [(join.joined, join.decided_by) for join in history.joins] == [(False, "ada")]


def test_two_meetings_of_one_person_stay_two(sheet: Any, codebook: Codebook) -> None:
    """Meetings with two different people are two events, though the words and the day agree."""
    first, second = "Bel met Tom Kro in Port Haven.", "Bel met Ida Voss in Port Haven."
    page = sheet(f"{first}\n{second}\n", published="2021-05-05")
    bel, kro, voss = (
        page.person("Bel", "SWE"),
        page.person("Tom Kro", None, "REB"),
        page.person("Ida Voss", None, "REB"),
    )
    page.event(first, "met", "CONSULT", [bel, kro], day="2021-05-03")
    page.event(second, "met", "CONSULT", [bel, voss], day="2021-05-03")
    assert len(build_history([page.document()], codebook).events) == 2


def test_days_that_differ_stand_side_by_side(sheet: Any, codebook: Codebook) -> None:
    """Where two reports of one recall give different days, both days are kept with who gives them."""
    one = recall(sheet, published="2021-05-05", publisher="Morning Post")
    two = recall(
        sheet,
        text=RECALL.replace("on Tuesday", "on Monday"),
        published="2021-05-06",
        publisher="Harbour Times",
        day="2021-05-03",
    )
    (event,) = build_history([one.document(), two.document()], codebook).events
    assert [variant.value for variant in event.differs if variant.field == "when"] == ["2021-05-03", "2021-05-04"]


def test_conflicting_reports_are_both_kept(sheet: Any, codebook: Codebook) -> None:
    """Two articles that give different fates of an ambassador on one day yield two states that name each other."""
    text = "Sudmark expelled the ambassador of Norland on 4 May."
    other = sheet(text, published="2021-05-05", publisher="Harbour Times")
    nor, swe = other.state("NOR", "Norland"), other.state("SWE", "Sudmark")
    other.event(text, "expelled", "SANCTION/expel", [swe], [nor], day="2021-05-04", score=-5.5)
    history = build_history([recall(sheet, published="2021-05-05").document(), other.document()], codebook)
    assert {relation.value for relation in history.relations} == {"recalled", "expelled"}
    by_id = {relation.id: relation for relation in history.relations}
    assert all(relation.id in by_id[relation.conflicting[0]].conflicting for relation in history.relations)


def _documents(sheet: Any) -> list[Document]:
    two = recall(sheet, text=RECALL.replace("on Tuesday", "this week"), published="2021-05-06", publisher="B")
    two.events[0] = replace(two.events[0], when=None)
    vague = recall(sheet, text=RECALL.replace("on Tuesday", "in May"), published=None)
    month = When(start=date(2021, 5, 1), end=date(2021, 5, 31), precision="month", phrase=None)
    vague.events[0] = replace(vague.events[0], when=month)
    return [page.document() for page in (recall(sheet, published="2021-05-05"), two, vague, back(sheet))]


@settings(deadline=None)  # the first history of a session loads the codebook
@given(order=st.permutations(range(4)))
def test_order_of_the_documents_makes_no_difference(sheet: Any, codebook: Codebook, order: list[int]) -> None:
    """Documents in any order give the same history."""
    documents = _documents(sheet)
    assert build_history([documents[i] for i in order], codebook) == build_history(documents, codebook)


def test_hearsay_does_not_turn_an_act_round(sheet: Any, codebook: Codebook) -> None:
    """An expert's words about a recall that the article reports don't make the other side recall its ambassador too."""
    opinion = "Sudmark deserved more than just summoning the ambassador for consultations, said Otto Lind."
    page = recall(sheet, text=RECALL + opinion + "\n", published="2021-05-05")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    lind = page.person("Otto Lind", None, "EDU")
    said = page.statement(lind, opinion.split(", said")[0], "evaluation", direct=False)
    page.event(
        opinion, "summoning", "SANCTION/withdraw", [swe], [nor], score=-6, reported_by=(said,), object="ambassador"
    )
    history = build_history([page.document()], codebook)
    assert held(history, "2021-05-06") == {("NOR", "SWE", "ambassador", "recalled")}


@pytest.mark.parametrize(
    "text",
    [
        "Why did Norland protest, and is the severance of diplomatic relations with Sudmark being considered?",
        "Has Norland reached severance of diplomatic relations with Sudmark?",
        "The severance of diplomatic relations with Sudmark is being discussed in Norland.",
    ],
)
def test_what_is_only_asked_changes_nothing(sheet: Any, codebook: Codebook, text: str) -> None:
    """A severance that is asked about or considered severs nothing, whatever the coder took it for."""
    page = sheet(text, published="2021-05-05")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text, "severance", "SANCTION/discontinue", [nor], [swe], object="diplomatic_relations", score=-6)
    assert build_history([page.document()], codebook).relations == ()


def test_a_question_why_takes_the_act_for_granted(sheet: Any, codebook: Codebook) -> None:
    """A question why a state did something tells that it did."""
    text = "Why did Norland recall its ambassador to Sudmark for consultations?"
    page = sheet(text, published="2021-05-05")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text, "recall", "SANCTION/withdraw", [nor], [swe], object="ambassador", score=-6)
    assert held(build_history([page.document()], codebook), "2021-05-05") == {("NOR", "SWE", "ambassador", "recalled")}
