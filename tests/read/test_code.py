"""The event coder: PLOVER's borderline rules, the syntax that it sees through, and what is no event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document, Event

Read = Callable[..., Document]
Coded = tuple[str, str | None, frozenset[str], frozenset[str]]


def coded(document: Document) -> list[Coded]:
    """The events of a document as type, mode and the states or names of actors and recipients."""
    names = {actor.id: actor.country or actor.name for actor in document.actors or ()}
    return [
        (
            event.type,
            event.mode,
            frozenset(names[a] for a in event.actors),
            frozenset(names[a] for a in event.recipients),
        )
        for event in document.events or ()
    ]


def event_of(document: Document, event_type: str) -> Event:
    """The only event of a type."""
    (event,) = [event for event in document.events or () if event.type == event_type]
    return event


def states(*codes: str) -> frozenset[str]:
    """A set of state codes."""
    return frozenset(codes)


NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (1, "Ghana and Togo condemned Benin.", ("ACCUSE", "disapprove", states("GHA", "TGO"), states("BEN"))),
        (1, "The presidents of Chile and Peru met in Lima.", ("CONSULT", None, states("CHL", "PER"), NOBODY)),
        (1, "Norway and Iceland signed a treaty.", ("SUPPORT", None, states("NOR", "ISL"), NOBODY)),
        (2, "The Irish prime minister visited Japan.", ("CONSULT", "visit", states("IRL"), states("JPN"))),
        (3, "Denmark will send tents to Nepal.", ("AGREE", None, states("DNK"), states("NPL"))),
        (3, "Oman invited the Yemeni president.", ("AGREE", None, states("OMN"), states("YEM"))),
        (3, "Uganda announced the withdrawal of its troops from Congo.", ("CONCEDE", None, states("UGA"), None)),
        (4, "Iran threatened to attack Kuwait.", ("THREATEN", "violence", states("IRN"), states("KWT"))),
        (5, "Finland summoned the Russian ambassador.", ("ACCUSE", "disapprove", states("FIN"), states("RUS"))),
        (5, "Norway recalled its ambassador to Iran.", ("SANCTION", "withdraw", states("NOR"), states("IRN"))),
        (5, "Peru expelled two Cuban diplomats.", ("SANCTION", "expel", states("PER"), states("CUB"))),
        (5, "Angola deported forty Congolese miners.", ("COERCE", "deport", states("AGO"), None)),
        (6, "Canada imposed sanctions on Belarus.", ("SANCTION", "discontinue", states("CAN"), states("BLR"))),
        (6, "Chad severed diplomatic relations with Sudan.", ("SANCTION", "discontinue", states("TCD"), states("SDN"))),
        (6, "Greece cancelled a visit to Turkey.", ("REJECT", "meet", states("GRC"), states("TUR"))),
        (6, "Syria denied the Jordanian accusations.", ("REJECT", None, states("SYR"), states("JOR"))),
        (
            7,
            "Thousands of Greek students marched to demand reforms.",
            ("PROTEST", "demo", states("GRC"), states("GRC")),
        ),
        (8, "Belgium apologised to Rwanda.", ("CONCEDE", None, states("BEL"), states("RWA"))),
        (8, "Algeria freed two Moroccan prisoners.", ("RETREAT", "release", states("DZA"), states("MAR"))),
        (9, "Egypt and Sudan held joint exercises.", ("COOPERATE", None, states("EGY", "SDN"), NOBODY)),
        (9, "Taiwan held a military exercise.", ("MOBILIZE", None, states("TWN"), NOBODY)),
    ],
)
def test_rules_of_the_scheme(
    read_text: Read, rule: int, text: str, expected: tuple[str, str | None, frozenset[str], frozenset[str] | None]
) -> None:
    """Each borderline rule of PLOVER's manual holds for a plain sentence."""
    event_type, mode, actors, recipients = expected
    found = coded(read_text(text))
    assert any(
        (event_type, mode, actors) == (t, m, a) and (recipients is None or recipients == r) for t, m, a, r in found
    ), found


def test_sanctions_need_a_recipient(read_text: Read) -> None:
    """Rule 10: aid, cooperation and sanctions without anybody on the other side are no events."""
    assert coded(read_text("Norway suspended aid.")) == []


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Kuwait was attacked by Iraq.", "IRQ", "KWT"),
        ("The attack on Kuwait by Iraq lasted hours.", "IRQ", "KWT"),
        ("Iraq, which attacked Kuwait, has oil.", "IRQ", "KWT"),
        ("Iraq is expected by nobody to have attacked Kuwait.", "IRQ", "KWT"),
        ("Iraq launched an attack on Kuwait.", "IRQ", "KWT"),
        ("After attacking Kuwait, Iraq closed its ports.", "IRQ", "KWT"),
        ("Iraqi troops crossed the desert and attacked Kuwait.", "IRQ", "KWT"),
        ("The Iraqi army attacked a town in Kuwait.", "IRQ", "KWT"),
    ],
)
def test_one_event_in_many_constructions(read_text: Read, text: str, actors: str, recipients: str) -> None:
    """Passive, noun, relative clause, raising, light verb, gerund, coordination and possessed forces give one coding."""
    found = coded(read_text(text))
    assert any(t == "ASSAULT" and a == states(actors) and r == states(recipients) for t, _m, a, r in found), found


def test_main_event_comes_first(read_text: Read) -> None:
    """The event of the main clause is listed before those of subordinate clauses."""
    found = coded(read_text("After Eritrea attacked Djibouti, Ethiopia condemned Eritrea."))
    assert [event_type for event_type, *_ in found] == ["ACCUSE", "ASSAULT"]


def test_content_of_a_request_is_no_event(read_text: Read) -> None:
    """What is asked for gives the request its mode and is not coded by itself."""
    found = coded(read_text("Norway urged Israel to release two Lebanese sailors."))
    assert found == [("REQUEST", "yield", states("NOR"), states("ISR"))]


def test_a_vow_not_to_is_a_refusal(read_text: Read) -> None:
    """A promise not to cooperate is REJECT."""
    assert coded(read_text("Serbia vowed not to recognise Kosovo."))[0][0] == "REJECT"


def test_will_not_is_a_refusal(read_text: Read) -> None:
    """Help that a state says it will not give is refused."""
    found = coded(read_text("Hungary will not send weapons to Ukraine."))
    assert ("REJECT", "assist", states("HUN"), states("UKR")) in found


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Malta did not recognise Kosovo.", "negated"),
        ("If Chad attacked Libya, oil would be dear.", "hypothetical"),
        ("Peru recalled its ambassador to Bolivia.", "happened"),
        ("Peru will recall its ambassador to Bolivia.", "future"),
    ],
)
def test_factuality_is_told(read_text: Read, text: str, factuality: str) -> None:
    """Negation, condition and the future are told from what happened."""
    assert (read_text(text).events or ())[0].factuality == factuality


def test_a_date_stays_in_its_clause(read_text: Read) -> None:
    """A date belongs to the event of its own clause, not to one in a relative clause or beside it."""
    document = read_text("Chad, which attacked Libya in May 2011, expelled the Libyan ambassador.", "2012-06-05")
    assert event_of(document, "SANCTION").when is None
    when = event_of(document, "ASSAULT").when
    assert when is not None
    assert str(when.start) == "2011-05-01"
    assert when.phrase is not None
    assert when.phrase.text in "in May 2011"


def test_a_date_carries_to_a_pronoun(read_text: Read) -> None:
    """The next sentence about "he" goes on on the same day."""
    document = read_text("The Polish president met the Czech president on 3 May 2021. He offered help.", "2021-05-04")
    days = {str(event.when.start) for event in document.events or () if event.when}
    assert days == {"2021-05-03"}
    assert all(event.when for event in document.events or ())


def test_a_ministry_that_says_must_asks(read_text: Read) -> None:
    """An official who says that another state must do something has asked for it."""
    document = read_text('"Belarus must release the journalists," the Polish foreign ministry said.')
    assert ("REQUEST", states("POL"), states("BLR")) in [(t, a, r) for t, _m, a, r in coded(document)]


def test_an_experts_words_are_no_act_of_state(read_text: Read) -> None:
    """What an analyst says must be done is no request by the analyst's state."""
    document = read_text("Belarus must release the journalists, said Anna Nowak, an analyst at a think tank.")
    assert "REQUEST" not in [event.type for event in document.events or ()]


def test_an_event_in_somebodys_words_names_the_statement(read_text: Read) -> None:
    """An event that only a speaker asserts is reported by that statement; the article's own is not."""
    document = read_text(
        "Kenya said that Somali troops had attacked a Kenyan village. Kenya closed its border with Somalia."
    )
    assault, sanction = event_of(document, "ASSAULT"), event_of(document, "SANCTION")
    assert assault.reported_by
    assert not sanction.reported_by
    about = {statement.id: statement.about for statement in document.statements or ()}
    assert all(assault.id in about[statement] for statement in assault.reported_by)


def test_reasons_are_linked(read_text: Read) -> None:
    """What stands behind "after" is the reason of the main clause's event."""
    document = read_text("Kenya recalled its ambassador to Somalia after Somali troops attacked a Kenyan village.")
    assert event_of(document, "SANCTION").because == (event_of(document, "ASSAULT").id,)


def test_in_response_points_back(read_text: Read) -> None:
    """A sentence that opens with "in response" has the event before as its reason."""
    document = read_text("Togo expelled three diplomats of Ghana. In response, Ghana closed its border with Togo.")
    expulsion, closure = [event for event in document.events or () if event.type == "SANCTION"]
    assert closure.because == (expulsion.id,)


def test_a_second_report_is_one_event_with_two_places(read_text: Read) -> None:
    """A definite noun that takes up an event told before adds a place of evidence, not an event."""
    document = read_text("Norway recalled its ambassador to Iran. The recall of the ambassador to Iran surprised Oslo.")
    event = event_of(document, "SANCTION")
    assert len(event.evidence) == 2


def test_evidence_and_trigger_are_the_articles_words(read_text: Read) -> None:
    """Evidence is the sentence, the trigger lies inside it, and both are the article's characters."""
    document = read_text("It rained. Norway recalled its ambassador to Iran late on Monday.", "2024-05-15")
    event = event_of(document, "SANCTION")
    for span in (*event.evidence, event.trigger):
        document.article.check(span)
    assert event.evidence[0].text == "Norway recalled its ambassador to Iran late on Monday."
    assert event.trigger.text == "recalled"
    assert event.rule == "recall_ambassador"
    assert 0 < event.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "The French president had a heart attack.",
        "A storm hit Japan and killed nine people.",
        "Brazil beat Germany in the final after a late goal by the striker in extra time of the match.",
        "The Swiss company offered its customers a discount.",
        "The Chinese economy attacked its old problems.",
        "Australian scientists warned of a shark attack.",
        "Rain stopped play in the Test between India and Pakistan, with the batsman on a century of runs.",
    ],
)
def test_what_is_no_event(read_text: Read, text: str) -> None:
    """Health, weather, sport, business and metaphor are no events."""
    assert coded(read_text(text)) == []


def test_the_same_text_gives_the_same_events(read_text: Read) -> None:
    """Ids and order are those of the text alone."""
    text = "Ghana and Togo condemned Benin, which had expelled two Togolese diplomats."
    assert read_text(text).events == read_text(text).events


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ("Iraq attacked Kuwait.", "Kuwait was attacked."),
        ("Chad attacked Libya.", "If Chad attacked Libya, oil would be dear."),
        ("Norway recalled its ambassador to Iran.", "Norway regretted the recall."),
    ],
)
def test_confidence_follows_what_is_known(read_text: Read, surer: str, less: str) -> None:
    """An event without its actor, one left open, and one by a loose word are less sure than the plain one."""
    (one,), (other,) = read_text(surer).events or (), read_text(less).events or ()
    assert one.confidence > other.confidence


def test_a_clause_keeps_the_first_part_of_a_hyphenated_word(read_text: Callable[..., Document]) -> None:
    """ "Non-recognition of X" is told as non-recognition: a clause never begins inside a hyphenated word."""
    document = read_text("Tallinn announced the non-recognition of the elections in Belarus.", "2021-05-03")
    clauses = [event.clause.text for event in document.events or () if event.clause]
    assert clauses
    assert not [clause for clause in clauses if clause.startswith("recognition")]
