"""False parties: who stands near an event without a part in it is left out, and a side that the text leaves open stays open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document

Read = Callable[..., Document]


def _sides(document: Document, kind: str) -> list[tuple[str, str]]:
    """The actors and recipients of the events of a type, as states or names in text order."""
    names = {actor.id: actor.country or actor.name for actor in document.actors or ()}
    return [
        (" ".join(names[a] for a in event.actors), " ".join(names[a] for a in event.recipients))
        for event in document.events or ()
        if event.type == kind
    ]


@pytest.mark.parametrize(
    ("text", "kind", "bystander"),
    [
        ("The Kenyan president postponed his trip after a bombing by Somali rebels.", "ASSAULT", "KEN"),
        ("Ghana's premier cut all ties with Togo after another Beninese attack.", "ASSAULT", "GHA"),
        ("Peru voiced concern about a smuggler who was held in Bolivia.", "ACCUSE", "BOL"),
        ("The mayor of Lima called for a monument on the site of the old Chilean consulate.", "REQUEST", "CHL"),
        ("Chad is hunting the man accused of plotting raids on Niger's towns.", "ACCUSE", "NER"),
        ("Rwandan troops killed two villagers, and Burundi closed its schools.", "ASSAULT", "BDI"),
        ("Laos eased its curbs on trade, a gesture that pleased Thailand.", "CONCEDE", "THA"),
        ("A man was arrested in connection with the bombing of the Danish embassy.", "COERCE", "DNK"),
    ],
)
def test_a_bystander_is_no_party(read_text: Read, text: str, kind: str, bystander: str) -> None:
    """Nobody is taken for a party who only stands near: in a clause or phrase beside, above an attack, in a charge."""
    assert not [sides for sides in _sides(read_text(text), kind) if bystander in " ".join(sides).split()]


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Mongolia deported a missionary on Friday.", "COERCE", ("MNG", "")),
        ("Croatian units took a hill above the Bosnian town.", "ASSAULT", ("HRV", "")),
        ("The Ghanaian rebels promised to disarm.", "AGREE", ("GHA", "")),
        ("The blast at the Danish embassy in Nairobi killed nine people.", "ASSAULT", ("", "DNK")),
    ],
)
def test_a_side_that_is_not_named_stays_open(read_text: Read, text: str, kind: str, wanted: tuple[str, str]) -> None:
    """A state is no party to its own act for want of another."""
    assert wanted in _sides(read_text(text), kind)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Zambia lifted the curfew after a week of protests.", "PROTEST", ("ZMB", "ZMB")),
        ("A Togolese general died of torture.", "ASSAULT", ("", "TGO")),
        ("Chad became the victim of an invasion in 1990.", "ASSAULT", ("", "TCD")),
        ("Malawian police beat three students.", "ASSAULT", ("MWI", "MWI")),
        ("Workers in Uruguay walked off the job on Monday.", "PROTEST", ("URY", "URY")),
    ],
)
def test_what_is_done_at_home_has_its_own_people(
    read_text: Read, text: str, kind: str, wanted: tuple[str, str]
) -> None:
    """Where a text names one state alone, what its people and forces do at home keeps both its sides."""
    assert wanted in _sides(read_text(text), kind)
