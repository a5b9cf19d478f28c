"""The reasons before an event, what is new since a day, and pairs side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Document, History
from dragoman.relate import build_history
from dragoman.relate.news import compare_pairs, news_since
from dragoman.relate.why import Reason, reasons_before

STORM = "A crowd from Sudmark burned down the Norland embassy."
SEVER = "Norland severed diplomatic relations with Sudmark."
EXPEL = "Sudmark expelled all diplomats of Norland."
SAID = "We severed relations because the embassy was burned"


def story(sheet: Any) -> list[Document]:
    """Three articles: an embassy burns, relations are severed for it, and the diplomats expelled for that."""
    first = sheet(f"{STORM}", published="2021-05-02")
    nor, swe = first.state("NOR", "Norland"), first.state("SWE", "Sudmark")
    first.event(STORM, "burned down", "ASSAULT", [swe], [nor], day="2021-05-01", score=-9)
    second = sheet(f"{SEVER} {STORM}\n“{SAID}”, its minister said.", published="2021-05-04")
    nor, swe = second.state("NOR", "Norland"), second.state("SWE", "Sudmark")
    burned = second.event(STORM, "burned down", "ASSAULT", [swe], [nor], day="2021-05-01", score=-9)
    second.event(SEVER, "severed", "SANCTION/discontinue", [nor], [swe], day="2021-05-03", score=-8, because=(burned,))
    second.statement(nor, SAID)
    third = sheet(f"{EXPEL} {SEVER}", published="2021-05-09")
    nor, swe = third.state("NOR", "Norland"), third.state("SWE", "Sudmark")
    severed = third.event(SEVER, "severed", "SANCTION/discontinue", [nor], [swe], day="2021-05-03", score=-8)
    third.event(EXPEL, "expelled", "SANCTION/expel", [swe], [nor], day="2021-05-08", score=-6, because=(severed,))
    return [first.document(), second.document(), third.document()]


def chain(history: History, codebook: Codebook, word: str) -> Reason:
    """The chain before the event that a word names."""
    (event,) = (event for event in history.events if event.trigger.text == word)
    return reasons_before(history, event, codebook)


def test_the_chain_goes_back_over_articles(sheet: Any, codebook: Codebook) -> None:
    """The reason of an expulsion is the severance, whose reason another article gives; each with its words."""
    top = chain(build_history(story(sheet), codebook), codebook, "expelled")
    (severed,) = (one for one in top.reasons if one.kind == "event")
    assert severed.text.startswith("Norland severed")
    burned, told = severed.reasons[0], [one for one in severed.reasons if one.kind == "told"]
    assert burned.text.startswith("A crowd from Sudmark burned")
    assert burned.reasons == ()
    assert burned.words[0].text == STORM
    assert told == []


def test_what_a_speaker_gives_as_the_reason(sheet: Any, codebook: Codebook) -> None:
    """A speaker's "because" about the act stands among its reasons, in quotation marks and under the speaker's name."""
    top = chain(build_history(story(sheet), codebook), codebook, "severed")
    (told,) = (one for one in top.reasons if one.kind == "told")
    assert told.by == "Norland"
    assert told.text == f"“{SAID}”"
    assert told.words[0].text == SAID


def test_no_reason_is_guessed(sheet: Any, codebook: Codebook) -> None:
    """An event that no article explains has no reasons, though another came before it."""
    documents = story(sheet)
    assert chain(build_history(documents[:1], codebook), codebook, "burned down").reasons == ()


def test_a_circle_of_reasons_ends(sheet: Any, codebook: Codebook) -> None:
    """Two events that are given as each other's reason are told once each."""
    page = sheet(f"{SEVER} {EXPEL}", published="2021-05-09")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    one = page.event(SEVER, "severed", "SANCTION/discontinue", [nor], [swe], day="2021-05-03")
    two = page.event(EXPEL, "expelled", "SANCTION/expel", [swe], [nor], day="2021-05-08", because=(one,))
    page.events[0] = type(page.events[0])(
        **{name: getattr(page.events[0], name) for name in page.events[0].__slots__} | {"because": (two,)}
    )
    top = chain(build_history([page.document()], codebook), codebook, "severed")
    assert [reason.text.split()[0] for reason in top.reasons] == ["Sudmark"]
    assert top.reasons[0].reasons == ()


def test_news_are_what_no_earlier_article_told(sheet: Any, codebook: Codebook) -> None:
    """Since the fourth, the severance and the expulsion are new; the burning, told again, is not."""
    history = build_history(story(sheet), codebook)
    news = news_since(history, "NOR", "SWE", codebook, date(2021, 5, 4))
    assert sorted(entry.text.split()[1] for entry in news.events) == ["expelled", "severed"]
    assert [(one.dimension, one.value) for one in news.begun] == [("diplomatic_relations", "severed")]
    assert [statement.content.text for statement in news.statements] == [SAID]
    later = news_since(history, "NOR", "SWE", codebook, date(2021, 5, 5))
    assert [entry.text.split()[1] for entry in later.events] == ["expelled"]
    assert (later.begun, later.statements, later.articles) == ((), (), 1)
    assert news_since(history, "NOR", "SWE", codebook, date(2021, 6, 1)).events == ()


def test_pairs_side_by_side(sheet: Any, codebook: Codebook) -> None:
    """Each pair has its states, its last change and its counts; a pair of which nothing is told says so."""
    documents = story(sheet)
    aid = sheet("Estmark sent food to Sudmark.", published="2021-05-03")
    est, swe = aid.state("EST", "Estmark"), aid.state("SWE", "Sudmark")
    aid.event(aid.article.text, "sent", "AID", [est], [swe], day="2021-05-02", score=7)
    history = build_history([*documents, aid.document()], codebook)
    rows = compare_pairs(history, [("NOR", "SWE"), ("EST", "SWE"), ("EST", "NOR")], codebook)
    assert [(row.conflict, row.cooperation) for row in rows] == [(3, 0), (0, 1), (0, 0)]
    assert rows[0].last is not None
    assert rows[0].last.text.startswith("Sudmark expelled")
    assert any(one.value == "severed" for one in rows[0].dossier.standing)
    assert not rows[2].dossier.sources
