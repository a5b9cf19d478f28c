"""Who stands behind those whom a text names without a state, and who is meant by a number, a definite noun or nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.record import Document, Event

Read = Callable[..., Document]


def sides(document: Document, event: Event) -> tuple[set[str], set[str]]:
    """The states or names of an event's actors and of its recipients."""
    names = {actor.id: actor.country or actor.name for actor in document.actors or ()}
    return {names[a] for a in event.actors}, {names[a] for a in event.recipients}


def told(document: Document, words: str) -> Event:
    """The event whose trigger holds the words."""
    return next(event for event in document.events or () if words in event.trigger.text)


@pytest.mark.parametrize(
    ("text", "words", "actors", "recipients"),
    [
        ("Gunmen stormed a school near Bamako.", "stormed", {"MLI"}, {"MLI"}),
        ("Uganda's opposition leader was led away on Monday. A court jailed him for a year.", "jailed", {"UGA"}, None),
        ("Zambian teachers threatened to strike.", "threatened", {"ZMB"}, {"ZMB"}),
        ("A night curfew was imposed in Dakar.", "curfew", {"SEN"}, {"SEN"}),
        ("A crowd stormed the Danish embassy in Tehran.", "stormed", {"IRN"}, {"DNK"}),
        ("The Czech envoy was scolded in Havana.", "scolded", {"CUB"}, {"CZE"}),
        ("Peru and Chile exchanged fire across their border.", "fire", {"PER", "CHL"}, {"PER", "CHL"}),
    ],
)
def test_the_state_behind_those_without_one(
    read_text: Read, text: str, words: str, actors: set[str], recipients: set[str] | None
) -> None:
    """People and authorities act for the state of the place, of the other side at home, or of the sentences around."""
    document = read_text(text)
    found = sides(document, told(document, words))
    assert found[0] == actors
    assert recipients is None or found[1] == recipients


def test_words_that_take_a_side_give_no_state(read_text: Read) -> None:
    """Separatists who are for a state are not that state's, and foreign troops not those of where they are."""
    for text, words in (
        ("Pro-Cuban rebels attacked the town.", "attacked"),
        ("Foreign troops shelled a village in Chad.", "shelled"),
    ):
        document = read_text(text)
        assert not sides(document, told(document, words))[0] & {"CUB", "TCD"}


def test_numbers_take_up_the_states_named_together(read_text: Read) -> None:
    """What is sent to "the two countries" is sent to the two states that were named together."""
    document = read_text("Floods struck Kenya and Tanzania. Norway sent tents to the two countries.")
    assert sides(document, told(document, "sent")) == ({"NOR"}, {"KEN", "TZA"})


def test_what_was_done_carries_over_to_whom_it_was_about(read_text: Read) -> None:
    """A recall that names nobody is from the state that the words before it were about."""
    document = read_text("Norway condemned the arrests in Iran and recalled its ambassador.")
    assert sides(document, told(document, "recalled"))[1] == {"IRN"}


def test_who_is_sentenced_for_a_deed_did_it(read_text: Read) -> None:
    """The deed behind a sentence has the convict as its actor, and nobody else."""
    document = read_text("A Dutch court convicted the Serbian general of the massacre of Bosnian villagers.")
    assert sides(document, told(document, "massacre"))[0] == {"SRB"}


def test_a_demand_that_is_refused_was_made(read_text: Read) -> None:
    """A demand is an event beside its rejection when the text says whose it is."""
    document = read_text("Chile rejected Bolivia's demand for talks.")
    types = {event.type for event in document.events or ()}
    assert {"REJECT", "REQUEST"} <= types
    assert sides(document, told(document, "demand"))[0] == {"BOL"}


def test_a_verb_joined_to_an_infinitive_keeps_its_subject(read_text: Read) -> None:
    """Who refused and threatened is the same, though an infinitive with a subject of its own stands between."""
    document = read_text("Italy refused to let the migrants land and threatened France with a lawsuit.")
    assert sides(document, told(document, "threatened")) == ({"ITA"}, {"FRA"})


def test_a_verb_that_opens_a_quotation(read_text: Read) -> None:
    """In a partial quotation the verb is told of the clause's subject, and no negation of a clause beside it leaks in."""
    document = read_text(
        "Peru did not recognise the vote, but in May 2021 its president said that he "
        '"openly recognised Kosovo, Abkhazia and Palestine" and, if need be, would sign a decree.',
        published="2021-06-01",
    )
    event = next(e for e in document.events or () if e.trigger.text == "recognised")
    assert event.factuality == "happened"
    assert event.when is not None
    assert event.when.start == date(2021, 5, 1)


@pytest.mark.parametrize(
    ("text", "words", "where"),
    [
        ("Chile and Peru held talks in Geneva.", "talks", "Geneva"),
        ("A bomb exploded outside the Danish embassy in Nairobi.", "exploded", "Nairobi"),
        ("Canada imposed sanctions on Belarus.", "imposed", None),
        ("The Kenyan army shelled the port of Kismayo.", "shelled", None),
    ],
)
def test_where_an_event_took_place(read_text: Read, text: str, words: str, where: str | None) -> None:
    """The place is that of a locative phrase on the event's own words, never whose embassy or whom it is against."""
    document = read_text(text)
    assert told(document, words).where == where


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        (
            "Togo condemned Libya on Friday, two days after Libyan jets bombed a camp in Chad.",
            "bombed",
            date(2021, 5, 26),
        ),
        (
            "The Finnish minister, visiting Japan, said on Friday that Finland praised Japan.",
            "visiting",
            date(2021, 5, 28),
        ),
        ("Police fired shots on Thursday in Lagos and arrested ten protesters.", "arrested", date(2021, 5, 27)),
    ],
)
def test_days_that_clauses_share_or_count(read_text: Read, text: str, words: str, day: date) -> None:
    """A clause takes the day of the verb that it goes on from or accompanies, or stands so many days from it."""
    document = read_text(text, published="2021-05-30")
    event = told(document, words)
    assert event.when is not None
    assert event.when.start == day
