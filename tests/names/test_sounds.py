"""Spellings of one word by different systems come to the same or nearly the same sounds."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from dragoman.names.form import Part, form_of, word_of
from dragoman.names.given import roots_of
from dragoman.names.script import main_script, sounds_of
from dragoman.names.sound import SOUNDS, codes_of, distance, gap_costs, skeleton


def sounds(word: str) -> str:
    """The sounds of a word in whatever script it is."""
    return sounds_of(word, main_script(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("лукашэнка", "lukašenka"),
        ("шчарба", "shcharba"),
        ("жданович", "zhdanovich"),
        ("жданович", "ždanovič"),
        ("юрий", "yuriy"),
        ("чайковский", "tschaikovskij"),
        ("хрущёв", "khrushchiov"),
        ("ўладзімір", "ŭladzimir"),
    ],
)
def test_systems_agree(one: str, other: str) -> None:
    """A Cyrillic word and its romanisation have the same sounds."""
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("bahdanovich", "bogdanovitsch"), ("kizim", "kyzym"), ("alakseenka", "aleksejenko"), ("volkau", "wolkow")],
)
def test_skeletons_of_neighbours_are_near(one: str, other: str) -> None:
    """Belarusian, Russian and German spellings of a surname cost less than one consonant."""
    a, b = sounds(one), sounds(other)
    assert distance(codes_of(a), gap_costs(a), codes_of(b), gap_costs(b), 99.0) < 1.0


def test_skeleton_keeps_consonant_classes() -> None:
    """The skeleton has neither vowels nor the difference of g and h."""
    assert skeleton("bahdanoviC") == skeleton("bogdanovic") == "bgdnvs"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ihar", "Ihor", "Igor", "Ігар", "Ігор", "Игорь"),
        ("Alyaksandr", "Aliaksandr", "Oleksandr", "Aleksandr", "Alexander", "Олександр", "Аляксандр"),
        ("Mikhail", "Mykhailo", "Michael", "Михайло", "Міхаіл"),
        ("Mohammed", "Mehmet", "Magomed", "محمد"),
    ],
)
def test_given_names_share_a_root(spellings: tuple[str, ...]) -> None:
    """The forms of one given name across languages have a root in common."""
    roots = [set(roots_of(sounds(s.lower()), abjad=main_script(s.lower()) in {"Arabic", "Hebrew"})) for s in spellings]
    assert set.intersection(*roots)


@pytest.mark.parametrize("table", ["letters.csv", "latin.csv", "sounds.csv"])
def test_tables_use_known_sounds(table: str) -> None:
    """Every sound that a data table names is one of the alphabet of sounds."""
    text = files("dragoman.names").joinpath("data").joinpath(table).read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        named = row["one"] + row["other"] if table == "sounds.csv" else row["sounds"]
        assert set(named) <= set(SOUNDS)


def test_given_table_has_unique_roots() -> None:
    """No given name's root stands twice in the table, and every root has a form."""
    text = files("dragoman.names").joinpath("data").joinpath("given.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({row["root"] for row in rows}) == len(rows)
    assert all(row["forms"].strip() for row in rows)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Ihar Kizim", "kizim"),
        ("KIZIM Ihar", "kizim"),
        ("Kizim, Ihar", "kizim"),
        ("Кізім Ігар Рыгоравіч", "кізім"),
        ("Ігар Рыгоравіч Кізім", "кізім"),
        ("Ludwig van Beethoven", "beethoven"),
        ("Xi Jinping", "xi"),
        ("Dr. Hans Müller, Jr.", "müller"),
        ("Olaf Scholz (politician)", "scholz"),
    ],
)
def test_family_name_found(name: str, family: str) -> None:
    """The family name is found by comma, capitals, patronymic or place."""
    assert [t.text for t in form_of(name).core if t.part is Part.FAMILY] == [family]


def test_word_is_shared() -> None:
    """The same sounds give the same word, made once."""
    assert word_of("kizim", False) is word_of("kizim", False)
