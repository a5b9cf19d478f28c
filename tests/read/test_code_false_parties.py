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
        ("A bomb in Mombasa led to a massive Kenyan search and to international condemnation.", "ACCUSE", "KEN"),
        ("Norway's bishops called for a larger intake of Syrians' orphans at a rally of Danes.", "REQUEST", "DNK"),
        ("The rebels of Chad called for more raids against Niger.", "REQUEST", "NER"),
        ("The envoy of Ghana said there had been a meeting of Togolese clans in Kara.", "CONSULT", "GHA"),
        ("The king of Jordan urged delegates at a United Nations summit to plant trees.", "CONSULT", "JOR"),
        ("Chad's president ordered the arrest of two Sudanese traders.", "REQUEST", "SDN"),
        ("The Togolese called the meeting a failure, but Ghanaian envoys said it had gone well.", "ACCUSE", "GHA"),
        ("Two Norwegians were jailed, and the Peruvian police held a Dane.", "COERCE", "NOR"),
        ("A man was arrested in connection with the bombing of the Danish embassy.", "COERCE", "DNK"),
        ("Kenya condemned the bombing of Uganda's embassy.", "ACCUSE", "UGA"),
        ("Ghana vowed to punish those who had bombed the hotel in Togo.", "THREATEN", "TGO"),
        ("Norway regrets the loss of life and deplores the violation of Finland's borders.", "ACCUSE", "FIN"),
        ("Oslo offered to ask its parliament for money that would reopen the clinic in Malawi.", "AGREE", "MWI"),
        ("Danish officials scolded Iceland for holding talks with Norway.", "CONSULT", "DNK"),
        (
            "Chad's soldiers and their Malian allies killed ten herdsmen. The allied forces shelled a camp.",
            "ASSAULT",
            "NER",
        ),
        ("Gunmen killed a trader. Laos said it was watching.", "ASSAULT", "LAO"),
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
        ("Peru's army captured a ridge in the border zone, Ecuador's radio said.", "ASSAULT", ("PER", "")),
        ("The blast at the Danish embassy in Nairobi killed nine people.", "ASSAULT", ("", "DNK")),
        ("Danish officials scolded Iceland for holding talks with Norway.", "CONSULT", ("ISL NOR", "")),
        ("The port lay silent after the Russian bombing.", "ASSAULT", ("RUS", "")),
        ("Latvia condemned the Russian bombing of the port.", "ACCUSE", ("LVA", "RUS")),
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


def test_a_party_of_a_common_name_is_of_no_state_that_the_text_never_names(read_text: Read) -> None:
    """The "National Party" is South Africa's in a text that names South Africa, and of no known state elsewhere."""
    abroad = read_text("The National Party in Wellington rejected a merger with its rival on Monday.")
    assert not [sides for sides in _sides(abroad, "REJECT") if "ZAF" in " ".join(sides)]


def test_the_man_is_no_minister(read_text: Read) -> None:
    """A man who was arrested is not the minister who was named before him."""
    text = "Foreign minister Nils Berg of Norway flew home on Sunday. The man was arrested a week ago in Peru."
    assert not [sides for sides in _sides(read_text(text), "COERCE") if "NOR" in sides[1]]


def test_troops_are_not_of_the_state_where_they_are(read_text: Read) -> None:
    """Troops that arrive in a country are not that country's."""
    text = "Canada's minister spoke on Friday. The troops landed in Haiti at noon, and more troops will follow."
    assert not [sides for sides in _sides(read_text(text), "MOBILIZE") if sides[0] == "HTI"]


def test_raids_that_were_provoked_are_on_whom_they_are_said_to_be_against(read_text: Read) -> None:
    """Who provoked raids is not their target where the text names another."""
    text = "Somali gunmen shelled the port on Sunday, provoking Ethiopian air raids against Eritrea."
    assert ("ETH", "ERI") in _sides(read_text(text), "ASSAULT")


def test_a_text_of_two_states_gives_no_own_people(read_text: Read) -> None:
    """Whom police arrest is of their own state only where the text plays in that state alone."""
    text = (
        "Kenya and Uganda quarrel about the lake. Uganda sent boats, and more boats left Kampala. "
        "Kenyan police arrested nine fishermen on Monday."
    )
    assert ("KEN", "KEN") not in _sides(read_text(text), "COERCE")
    assert ("KEN", "KEN") in _sides(read_text("Kenyan police arrested nine fishermen on Monday."), "COERCE")
