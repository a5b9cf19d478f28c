"""The coding scheme's borderline cases, one by one: which of two types that lie near each other a sentence is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document

Read = Callable[..., Document]
Case = tuple[str, str, str, str, str]
"""Text, then the event as TYPE/mode (mode left out: any), actors and recipients ("?": not looked at), factuality."""


def found_in(document: Document) -> list[tuple[str, str | None, frozenset[str], frozenset[str], str]]:
    """The events as type, mode, the states or names of actors and recipients, and factuality."""
    names = {actor.id: actor.country or actor.name for actor in document.actors or ()}
    return [
        (
            event.type,
            event.mode,
            frozenset(names[a] for a in event.actors),
            frozenset(names[a] for a in event.recipients),
            event.factuality,
        )
        for event in document.events or ()
    ]


def holds(document: Document, wanted: str, actors: str, recipients: str, factuality: str) -> bool:
    """Tell whether a document has the event."""
    wanted_type, _, wanted_mode = wanted.partition("/")
    return any(
        event_type == wanted_type
        and (not wanted_mode or mode == wanted_mode)
        and (actors == "?" or own == frozenset(actors.split()))
        and (recipients == "?" or theirs == frozenset(recipients.split()))
        and truth in factuality.split("|")
        for event_type, mode, own, theirs, truth in found_in(document)
    )


ROLES: list[Case] = [
    ("Ghana, Togo and Benin condemned Niger.", "ACCUSE", "GHA TGO BEN", "NER", "happened"),
    ("Peru and Chile condemned each other's naval patrols.", "ACCUSE", "PER CHL", "?", "happened"),
    ("The presidents of Kenya, Uganda and Rwanda held talks in Kigali.", "CONSULT", "KEN UGA RWA", "", "happened"),
    ("Oman's sultan received the king of Jordan in Muscat.", "CONSULT/visit", "JOR", "OMN", "happened"),
    ("The Danish prime minister arrived in Vietnam.", "CONSULT/visit", "DNK", "VNM", "happened"),
    ("Finland's foreign minister telephoned her Turkish counterpart.", "CONSULT/phone", "FIN TUR", "", "happened"),
    ("Qatar mediated talks between Chad and Sudan.", "CONSULT/third-party", "?", "?", "happened"),
    ("Bolivia and Paraguay signed a free trade agreement.", "SUPPORT", "BOL PRY", "", "happened"),
    ("Iceland was accused by Norway of overfishing.", "ACCUSE/allege", "NOR", "ISL", "happened"),
    (
        "The Indian ambassador was summoned to the foreign ministry in Dhaka.",
        "ACCUSE/disapprove",
        "BGD",
        "IND",
        "happened",
    ),
    ("Two Rwandan diplomats were expelled from Uganda.", "SANCTION/expel", "UGA", "RWA", "happened"),
    ("Azerbaijan massed tanks on its border with Armenia.", "MOBILIZE/weapons", "AZE", "ARM", "happened"),
    ("Eritrea moved troops to its border with Djibouti.", "MOBILIZE/troops", "ERI", "DJI", "happened"),
    ("Ethiopia called for an end to its war with Eritrea.", "AGREE", "ETH", "ERI", "happened"),
    (
        "Brazil called for an end to the war between Ethiopia and Eritrea.",
        "REQUEST/yield",
        "BRA",
        "ETH ERI",
        "happened",
    ),
]
"""Rules 1, 2 and 10: a compound side is one event, a reciprocal act has no recipient, a visitor acts."""

AHEAD: list[Case] = [
    ("Japan promised to lend Laos 90 million dollars.", "AGREE", "JPN", "LAO", "happened|future"),
    ("The foreign ministers of Egypt and Ethiopia will meet in June.", "AGREE", "EGY ETH", "", "happened|future"),
    ("Spain will recognise Palestine next month.", "AGREE", "ESP", "PSE", "happened|future"),
    ("Morocco invited Spain's king to Rabat.", "AGREE", "MAR", "ESP", "happened"),
    ("Ethiopia announced that it would pull its troops out of Somalia.", "CONCEDE", "ETH", "?", "happened|future"),
    ("Israel will free 200 Palestinian prisoners.", "CONCEDE", "ISR", "PSE", "happened|future"),
    ("Mali will expel the French ambassador.", "SANCTION/expel", "MLI", "FRA", "future"),
    ("Turkey will bomb Syria, its defence ministry said.", "ASSAULT", "TUR", "SYR", "future"),
    ("Turkey warned that it would bomb Syria.", "THREATEN/violence", "TUR", "SYR", "happened"),
    ("Iran threatened to expel the German ambassador.", "THREATEN/expel", "IRN", "DEU", "happened"),
    ("Kuwait agreed to talks with Iraq.", "AGREE", "KWT", "IRQ", "happened"),
]
"""Rules 3 and 4: what is announced for the future."""

ENVOYS: list[Case] = [
    ("Poland summoned the Belarusian ambassador over the raid.", "ACCUSE/disapprove", "POL", "BLR", "happened"),
    ("Sudan called its ambassador in Kenya home.", "SANCTION/withdraw", "SDN", "KEN", "happened"),
    ("Bulgaria expelled a Russian attache.", "SANCTION/expel", "BGR", "RUS", "happened"),
    ("The Gambia deported a British lecturer.", "COERCE/deport", "GMB", "GBR", "happened"),
    ("Tanzania expelled 400 Burundian refugees.", "COERCE/deport", "TZA", "BDI", "happened"),
]
"""Rule 5: ambassadors and other people who are sent away or called in."""

TIES: list[Case] = [
    ("Saudi Arabia cut ties with Iran.", "SANCTION/discontinue", "SAU", "IRN", "happened"),
    ("Kenya suspended flights to Somalia.", "SANCTION/discontinue", "KEN", "SOM", "happened"),
    ("Pakistan halted trade with India.", "SANCTION/discontinue", "PAK", "IND", "happened"),
    ("The European Union imposed an arms embargo on Myanmar.", "SANCTION/discontinue", "?", "MMR", "happened"),
    ("Serbia withdrew from talks with Kosovo.", "REJECT|SANCTION", "SRB", "?", "happened"),
    ("India called off talks with Pakistan.", "REJECT/meet", "IND", "PAK", "happened"),
    ("Malaysia refused entry to an Israeli delegation.", "REJECT", "MYS", "ISR", "happened"),
    ("Venezuela denied that it had armed Colombian rebels.", "REJECT", "VEN", "?", "happened"),
    ("Cuba dismissed American allegations as lies.", "REJECT", "CUB", "USA", "happened"),
    ("Hungary vetoed European Union aid to Ukraine.", "REJECT/assist", "HUN", "?", "happened"),
    ("Chad closed its border with Sudan.", "SANCTION", "TCD", "SDN", "happened"),
    ("A French court convicted a former Rwandan officer of genocide.", "SANCTION/convict", "FRA", "RWA", "happened"),
    ("Burundi left the International Criminal Court.", "SANCTION/withdraw", "BDI", "?", "happened"),
]
"""Rule 6: formal sanctions and cut ties, refusals and denials."""

YIELDING: list[Case] = [
    ("Thousands marched in Lima to demand the president's resignation.", "PROTEST/demo", "PER", "PER", "happened"),
    ("Hundreds of Nigerian workers went on strike for higher pay.", "PROTEST/strike", "NGA", "NGA", "happened"),
    ("The Dutch prime minister apologised to Suriname for slavery.", "CONCEDE", "NLD", "SUR", "happened"),
    ("Egypt's president pardoned two Italian researchers.", "CONCEDE", "EGY", "ITA", "happened"),
    ("Iran released a French tourist.", "RETREAT/release", "IRN", "FRA", "happened"),
    ("Rebels in Colombia declared a ceasefire.", "CONCEDE", "COL", "?", "happened"),
    ("The last Cuban soldiers left Angola.", "RETREAT/withdraw", "CUB", "AGO", "happened"),
    ("Syria let United Nations inspectors into Douma.", "RETREAT/access", "SYR", "?", "happened"),
    ("The Libyan prime minister resigned.", "RETREAT/resign", "LBY", "?", "happened"),
    ("Britain lifted sanctions on Zimbabwe.", "CONCEDE", "GBR", "ZWE", "happened"),
]
"""Rules 7 and 8: demonstrations, calls for an end of war, pardons, apologies and releases."""

FORCES: list[Case] = [
    ("Sweden and Finland began joint naval exercises.", "COOPERATE", "SWE FIN", "", "happened"),
    ("North Korea held artillery drills.", "MOBILIZE", "PRK", "", "happened"),
    ("Ukrainian forces shelled a Russian depot.", "ASSAULT/heavy-weapons", "UKR", "RUS", "happened"),
    ("Yemeni gunmen kidnapped two Korean engineers.", "ASSAULT/abduct", "YEM", "KOR", "happened"),
    ("Greek police fired tear gas at demonstrators.", "ASSAULT/crowd-control", "GRC", "GRC", "happened"),
    ("Iran hanged a British spy.", "ASSAULT/targeted", "IRN", "GBR", "happened"),
]
"""Rule 9: one's own exercise and joint ones, forces that help, and force that is used."""

NEGATED: list[Case] = [
    ("Egypt has not recalled its ambassador to Israel.", "SANCTION/withdraw", "EGY", "ISR", "negated"),
    ("Slovakia failed to ratify the treaty with Hungary.", "SUPPORT", "?", "?", "negated"),
    ("If Russia invaded Moldova, Romania would send troops.", "ASSAULT|COERCE|MOBILIZE", "RUS", "MDA", "hypothetical"),
    ("Greece is considering expelling the Libyan ambassador.", "SANCTION/expel", "GRC", "LBY", "hypothetical"),
    ("Ecuador may recognise Kosovo.", "SUPPORT", "ECU", "?", "hypothetical"),
    ("Estonia is due to expel a Russian diplomat on Friday.", "SANCTION/expel", "EST", "RUS", "future"),
    ("Libya refused to hand over the suspects to Britain.", "REJECT", "LBY", "GBR", "happened"),
    (
        "Thailand does not want to break off relations with Cambodia.",
        "SANCTION/discontinue",
        "THA",
        "KHM",
        "negated|hypothetical",
    ),
]
"""Rule 11: what did not happen, might, or is to come."""


@pytest.mark.parametrize(
    ("text", "event", "actors", "recipients", "factuality"),
    [*ROLES, *AHEAD, *ENVOYS, *TIES, *YIELDING, *FORCES, *NEGATED],
)
def test_a_borderline_case(
    read_text: Read, text: str, event: str, actors: str, recipients: str, factuality: str
) -> None:
    """A sentence on the border between two types is coded as the scheme rules."""
    document = read_text(text, "2024-05-15")
    assert any(holds(document, one, actors, recipients, factuality) for one in event.split("|")), found_in(document)


@pytest.mark.parametrize(
    ("text", "not_coded"),
    [
        ("Norway urged Peru and Chile to hold talks.", "CONSULT"),
        ("Iran threatened to attack Kuwait.", "ASSAULT"),
        ("Kenya refused to extradite the suspects to Rwanda.", "COOPERATE"),
        ("Poland summoned the Belarusian ambassador.", "CONSULT"),
        ("The troops that attacked the town had been sent from Mali.", "AID"),
    ],
)
def test_a_neighbouring_type_is_not_coded_beside_it(read_text: Read, text: str, not_coded: str) -> None:
    """What an act is about, or how it was carried, is not coded a second time under a type of its own."""
    assert not_coded not in [event.type for event in read_text(text, "2024-05-15").events or ()]
