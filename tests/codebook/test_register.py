"""Registers: the files of known actors, their bad lines, and what they cost."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.codebook.register import Register, first_day, last_day
from dragoman.codebook.register_block import blocks_of
from dragoman.errors import CodebookError


def ftm(identity: str, schema: str, **properties: Any) -> str:
    """A line of FollowTheMoney: each property a list."""
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return json.dumps({"id": identity, "schema": schema, "properties": values}, ensure_ascii=False)


def load(folder: Path, text: str, name: str = "people.ftm.json") -> Register:
    """The register of one file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Codebook(registers=(path,)).register


def test_a_person_with_positions_and_occupancies(tmp_path: Path) -> None:
    """Names, countries, positions with their years, and occupancies that come before their position become one entry."""
    lines = [
        ftm("occ-1", "Occupancy", holder="p-1", post="pos-1", startDate="2019-05", endDate="2021"),
        ftm(
            "p-1",
            "Person",
            name=["Tamar Velieva", "Тамар Велієва"],
            weakAlias="Toma",
            citizenship="ua",
            position="Minister of Health (2014-2016)",
            wikidataId="Q990001",
            birthDate="1970-02-01",
        ),
        ftm("pos-1", "Position", name="Ambassador of Ukraine", country="ua"),
    ]
    register = load(tmp_path, "\n".join(lines))
    assert register.refused == ()
    (entry,) = register.entries
    assert (entry.kind, entry.countries, entry.wikidata, entry.born) == ("person", ("UKR",), "Q990001", 1970)
    assert entry.names == ("Tamar Velieva", "Тамар Велієва")
    assert entry.weak_names == ("Toma",)
    assert entry.links == ("p-1", "wikidata:Q990001")
    held = {(office.title, office.of, office.since, office.until, office.register) for office in entry.offices}
    assert held == {
        ("Minister of Health", "UKR", date(2014, 1, 1), date(2016, 12, 31), "p-1"),
        ("Ambassador", "UKR", date(2019, 5, 1), date(2021, 12, 31), "p-1"),
    }


def test_bad_lines_are_refused_one_by_one(tmp_path: Path) -> None:
    """Each bad line of FollowTheMoney is named with its number and a remedy, and the good ones count."""
    lines = [
        "{not json",
        "[]",
        ftm("p-1", "Person", name="Tamar Velieva"),
        ftm("p-2", "Person", country="ua"),
        '{"id": "p-3", "schema": "Person", "properties": {"name": [7]}}',
        '{"id": 4, "schema": "Person", "properties": {"name": ["A B"]}}',
        "",
        ftm("v-1", "Vessel", name="Aurora"),
    ]
    register = load(tmp_path, "\n".join(lines))
    assert [entry.id for entry in register.entries] == ["p-1"]
    assert [line.split(": ", 1)[0].rpartition(" ")[2] for line in register.refused] == ["1", "2", "4", "5", "6"]
    assert all("\n" not in line and ("; " in line) for line in register.refused)


def test_a_csv_of_the_desk(tmp_path: Path) -> None:
    """A row gives an entry, two rows of one person one career; a wrong cell is refused with its line."""
    rows = [
        "name,aliases,country,office,since,until,wikidata",
        "Orest Halynchuk|,Orest Halinchuk|Ореcт Галинчук,Ukraine,foreign minister,2015,2018,",
        "Orest Halynchuk|,,UKR,ambassador to Poland,2019-03-01,,",
        "Nobody,,Atlantis,president,,,",
        "Somebody,,UKR,president,soon,,",
        "Someone,,UKR,president,,,42",
        "Short,,UKR",
        ",,UKR,president,,,",
    ]
    register = load(tmp_path, "\n".join(rows).replace("Halynchuk|", "Halynchuk"), "desk.csv")
    (entry,) = register.entries
    assert entry.id == "register:orest-halynchuk-UKR"
    assert entry.names[:2] == ("Orest Halynchuk", "Orest Halinchuk")
    assert [(o.title, o.of, o.since, o.until) for o in entry.offices] == [
        ("foreign minister", "UKR", date(2015, 1, 1), date(2018, 12, 31)),
        ("ambassador to Poland", "UKR", date(2019, 3, 1), None),
    ]
    assert [f"line {number}:" in line for number, line in zip(range(4, 9), register.refused, strict=True)] == [True] * 5


def test_a_missing_file_and_a_wrong_header_are_errors(tmp_path: Path) -> None:
    """What can't be read as a register at all is said at once, with the remedy."""
    with pytest.raises(CodebookError, match=r"No register .*name a file"):
        Codebook(registers=(tmp_path / "none.csv",))
    with pytest.raises(CodebookError, match="write columns out of"):
        load(tmp_path, "who,what\nA,B\n", "desk.csv")


def test_a_capital_or_a_demonym_is_no_owner_of_an_office(tmp_path: Path) -> None:
    """ "President of Belarus" is an office of the state, "Mayor of Minsk" is not turned into one."""
    line = ftm("p-1", "Person", name="A B", position=["President of Belarus", "Mayor of Minsk"])
    offices = load(tmp_path, line).entries[0].offices
    assert [(office.title, office.of) for office in offices] == [("President", "BLR"), ("Mayor of Minsk", None)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020-13", None, None),
        ("lately", None, None),
    ],
)
def test_the_days_of_a_partial_date(text: str, first: date | None, last: date | None) -> None:
    """A year or a month stands for its first day in `since` and its last in `until`."""
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ihar Kizim", "Ihor Kyzym"),
        ("Aliaksandr Lukashenka", "Alexander Lukashenko"),
        ("Владимир Путин", "Vladimir Putin"),
        ("习近平", "Xi Jinping"),
        ("Uladzimir Makiej", "Vladimir Makei"),
        ("Hryhoriy Herasymov", "Grigory Gerasimov"),
        ("Xi Jinping", "Jinping Xi"),
        ("Nikita Khrushchev", "Nikita Hrushchev"),
        ("Mohammad Javad Zarif", "Mohammed Zarif"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    """Two spellings of one name share a coarse key, in whatever order and script."""
    assert blocks_of(one) & blocks_of(other)


def test_ten_thousand_entries_load_quickly(tmp_path: Path) -> None:
    """A register of ten thousand persons with three spellings each loads in far less time than an article takes to read."""
    heads, tails = ["Ba", "Ko", "Ri", "Me", "Tu", "Sha", "Lo", "Vi", "De", "Nu"], ["ran", "lev", "mid", "sko", "tan"]
    words = [f"{a}{b.lower()}{c}" for a in heads for b in heads for c in tails]
    lines = [
        ftm(
            f"p-{n}",
            "Person",
            name=f"{words[n % 499]} {words[n // 20]}",
            alias=[f"{words[n // 20]} {words[n % 499]}", f"{words[n % 499][0]}. {words[n // 20]}"],
            country="ua",
        )
        for n in range(10_000)
    ]
    start = time.process_time()
    register = load(tmp_path, "\n".join(lines))
    assert len(register.entries) == 10_000
    assert time.process_time() - start < 5  # about one second; the rest is for a busy machine
