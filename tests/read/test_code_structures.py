"""Constructions of explainers and agency reports that hide an event, its parties, its truth or its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.record import Document

Read = Callable[..., Document]
PAIR = "Chad and Sudan have quarrelled for years. Sudan blames Chad, and Chad blames Sudan. "
"""An opening that makes an article one about two states."""


def rows(document: Document) -> set[tuple[str, str, str, str]]:
    """The events as type, states of actors, states of recipients and factuality."""
    code = {actor.id: actor.country or actor.name for actor in document.actors or ()}
    return {
        (
            e.type,
            " ".join(sorted({code[a] for a in e.actors})),
            " ".join(sorted({code[a] for a in e.recipients})),
            e.factuality,
        )
        for e in document.events or ()
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kenya declared the memorandum with Somalia null and void.", ("REJECT", "KEN", "SOM", "happened")),
        (
            "Estonia declared two employees of the Belarusian embassy undesirable.",
            ("SANCTION", "EST", "BLR", "happened"),
        ),
        ("Peru did not rule out closing its embassy in Bolivia.", ("SANCTION", "PER", "BOL", "hypothetical")),
        (
            "Peru assured that it had no intention of severing relations with Bolivia.",
            ("SANCTION", "PER", "BOL", "negated"),
        ),
        ("Norway never joined all of the sanctions against Belarus.", ("SANCTION", "NOR", "BLR", "negated")),
        (
            "Togo expelled the ambassador of Ghana. Two days later Benin followed suit.",
            ("SANCTION", "BEN", "GHA", "happened"),
        ),
        ("Qatar is not ready to resume the talks with Egypt.", ("REJECT", "QAT", "EGY", "happened")),
        ("The Peruvian minister has been invited to Bolivia.", ("AGREE", "BOL", "PER", "happened")),
        ("It was Chile that recalled its ambassador from Peru.", ("SANCTION", "CHL", "PER", "happened")),
        (
            "Rebels ambushed a column of the Malian army near Anefis, not far from the Algerian border.",
            ("ASSAULT", "MLI", "MLI", "happened"),
        ),
        (
            PAIR + "The border has been closed since May 2021 at the initiative of Sudan.",
            ("SANCTION", "SDN", "TCD", "happened"),
        ),
        (PAIR + "The border was shut in 2015.", ("SANCTION", "SDN TCD", "", "happened")),
        (PAIR + "The parties agreed to go on with their talks.", ("AGREE", "SDN TCD", "", "happened")),
        (
            "Chile ordered 18 employees of the Peruvian embassy to leave the country.",
            ("SANCTION", "CHL", "PER", "happened"),
        ),
        ("Turkey has summoned Swedish ambassador Staffan Herrstrom.", ("ACCUSE", "TUR", "SWE", "happened")),
        ("Serbia acknowledged the independence of Montenegro.", ("SUPPORT", "SRB", "MNE", "happened")),
        ("China's total ban on Japanese seafood is a heavy blow.", ("SANCTION", "CHN", "JPN", "happened")),
        ("Chile told the ambassador of Peru to leave within 48 hours.", ("SANCTION", "CHL", "PER", "happened")),
        (
            "Bahrain recalled its ambassador from Lebanon. Kuwait followed hours later.",
            ("SANCTION", "KWT", "LBN", "happened"),
        ),
        ("Severing relations with Iran is out of the question, Ottawa said.", ("SANCTION", "", "IRN", "negated")),
        ("The dialogue, which was broken off by Qatar in May, will not go on.", ("REJECT", "QAT", "", "happened")),
        (
            "It was Peru that closed the border with Chile and, as host, threatened to arrest its envoy.",
            ("THREATEN", "PER", "", "happened"),
        ),
        (PAIR + "Each side accused the other of shelling.", ("ACCUSE", "SDN TCD", "", "happened")),
        (
            PAIR + "Sudan imposed sanctions on Chad in 2020. Those sanctions were lifted in 2022.",
            ("CONCEDE", "SDN", "TCD", "happened"),
        ),
        (
            PAIR + '"We are the victim of a campaign by Chad," the Sudanese foreign minister said.',
            ("ACCUSE", "SDN", "TCD", "happened"),
        ),
    ],
)
def test_event_is_found(read_text: Read, text: str, wanted: tuple[str, str, str, str]) -> None:
    """The event that the construction holds is found with its parties and its truth."""
    found = rows(read_text(text))
    assert any(
        wanted[0] == kind
        and wanted[3] == truth
        and (wanted[1] == own or wanted[0] == "ASSAULT")
        and wanted[2] == theirs
        for kind, own, theirs, truth in found
    ), found


def test_note_of_protest_is_no_demonstration(read_text: Read) -> None:
    """A noun inside a trigger of several words is no event of its own."""
    found = rows(read_text("Malaysia handed China a note of protest."))
    assert {kind for kind, *_ in found} == {"ACCUSE"}, found


@pytest.mark.parametrize(
    ("text", "type_", "start"),
    [
        (
            "Norway banned imports from Chad.\n\nMONDAY. Chad recalls its envoy from Norway.",
            "SANCTION",
            date(2024, 6, 17),
        ),
        (
            "On Tuesday Ghana expelled the Togolese ambassador. Within hours Togo recalled its own envoy.",
            "SANCTION",
            date(2024, 6, 18),
        ),
        (
            "Togo has had no envoy in Ghana since 2 May 2022. It was then that Togo recalled its ambassador to Ghana.",
            "SANCTION",
            date(2022, 5, 2),
        ),
    ],
)
def test_day_is_taken_over(read_text: Read, text: str, type_: str, start: date) -> None:
    """An event takes the day of the heading over it, or that which its sentence takes up again."""
    document = read_text(text, published="2024-06-21")
    last = [e for e in document.events or () if e.type == type_][-1]
    assert last.when is not None
    assert last.when.start == start


def test_two_days_after_a_summer_stay_open(read_text: Read) -> None:
    """Nobody can count two days from a season."""
    document = read_text(
        "In the summer of 2019 Ghana and Togo quarrelled. Two days later Togo recalled its envoy from Ghana.",
        published="2024-06-21",
    )
    (event,) = (e for e in document.events or () if e.type == "SANCTION")
    assert event.when is None


def test_acts_behind_persona_non_grata_are_the_declarers(read_text: Read) -> None:
    """A list of acts after "declared X, the envoy, persona non grata" keeps its one actor to the last."""
    document = read_text(
        "Togo declared Pierre Kossi, the ambassador of Benin, persona non grata, recalled its own envoy, "
        "and froze the assets of two banks of Benin."
    )
    assert rows(document) == {("SANCTION", "TGO", "BEN", "happened")}
    assert {e.mode for e in document.events or ()} == {"expel", "withdraw", "discontinue"}


@pytest.mark.parametrize(
    "text",
    [
        "Latvia stopped buying Serbian wheat on May 6.",
        "Serbia responded on May 6 by expelling three employees of the Latvian consulate.",
    ],
)
def test_a_day_beside_a_phase_or_a_reply_is_the_acts(read_text: Read, text: str) -> None:
    """ "Stopped buying on May 6" and "responded on May 6 by expelling" date the stop and the expulsion."""
    document = read_text(text, published="2024-05-15")
    assert [str(e.when.start) for e in document.events or () if e.when and e.type == "SANCTION"] == ["2024-05-06"]


def test_the_year_of_a_treaty_is_not_that_of_its_breach(read_text: Read) -> None:
    """ "Violated the treaty of 1998" says nothing of when."""
    (event,) = read_text("Togo, Benin said, had violated the treaty of 1998.", published="2024-05-15").events[:1]
    assert event.when is None
