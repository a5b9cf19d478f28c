"""Two spellings of one person score high, two persons low, and the reasons say why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.names import compare

ONE_PERSON = [
    ("Ihar Kizim", "Ihor Kyzym"),
    ("Alyaksandr Lukashenka", "Александр Лукашенко"),
    ("Aljaksandr Łukašenka", "Aliaksandr Lukashenko"),
    ("Alâksandr Lukašènka", "Аляксандр Лукашэнка"),
    ("Uladzimir Makei", "Владимир Макей"),
    ("Wladimir Makej", "Makey, Vladimir Vladimirovich"),
    ("Siarhei Aleinik", "Сергій Алейник"),
    ("Mikhail Gorbachev", "Michail Gorbatschow"),
    ("Mikhaïl Gorbatchev", "Михаил Сергеевич Горбачёв"),
    ("Boris Jelzin", "Boris Yeltsin"),
    ("Volodymyr Zelenskyy", "Wolodymyr Selenskyj"),
    ("Дмитро Кулеба", "Dmytro Kuleba"),
    ("Шойгу Сергей Кужугетович", "Sergei Shoigu"),
    ("Aleksandar Vučić", "Александар Вучић"),
    ("Бойко Борисов", "Boyko Borissov"),
    ("Bashar al-Assad", "بشار الأسد"),
    ("Mohammed bin Salman", "محمد بن سلمان"),
    ("Abd al-Fattah as-Sisi", "Abdel Fattah el-Sisi"),
    ("Ali Khamenei", "علی خامنه‌ای"),
    ("Benjamin Netanyahu", "בנימין נתניהו"),
    ("Kyriakos Mitsotakis", "Κυριάκος Μητσοτάκης"),
    ("Nikol Pashinyan", "Նիկոլ Փաշինյան"),
    ("Irakli Garibashvili", "ირაკლი ღარიბაშვილი"),
    ("Xi Jinping", "习近平"),
    ("Kim Jong-un", "김정은"),
    ("Ким Чен Ын", "Kim Jong Un"),
    ("Moon Jae-in", "문재인"),
    ("Park Geun-hye", "Пак Кын Хе"),
    ("Hsi Chin-ping", "Си Цзиньпин"),
    ("Lee Hsien Loong", "Ли Сяньлун"),
    ("Ван И", "Wang Yi"),
    ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
    ("Джон Байден", "John Biden"),
    ("Terence Cole QC", "Terence Cole"),
    ("Ursula von der Leyen", "Урсула фон дер Ляйен"),
    ("José Manuel Barroso", "Barroso, Jose"),
    ("LAVROV Sergey", "S. V. Lavrov"),
    ("Bill Clinton", "William Jefferson Clinton"),
    ("Angela Merkel", "Angela Merkelová"),
    ("Annegret Kramp", "Annegret Kramp-Karrenbauer"),
]

TWO_PERSONS = [
    ("Petro Poroshenko", "Maryna Poroshenko"),
    ("Boris Johnson", "Lyndon Johnson"),
    ("Sergei Lavrov", "Igor Lavrov"),
    ("Vladimir Putin", "Volodymyr Zelensky"),
    ("George H. Bush", "Jeb Bush"),
    ("Ахмат Кадыров", "Ramzan Kadyrov"),
    ("Bashar al-Assad", "Rifaat al-Assad"),
    ("Raúl Castro", "Fidel Castro"),
    ("Kim Jong-un", "Kim Yo-jong"),
    ("Kim Jong-un", "Kim Jong-il"),
    ("Wang Yi", "Wang Yang"),
    ("Gary G. Miller", "Clarence E. Miller"),
    ("Аляксандр Лукашэнка", "Виктор Лукашенко"),
    ("Иванов Пётр Сергеевич", "Иванов Пётр Андреевич"),
    ("Oleksandr Zelensky", "Volodymyr Oleksandrovych Zelensky"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_one_person(one: str, other: str) -> None:
    """Spellings of one person in different systems, scripts and orders score above 0.8."""
    assert compare(one, other).score > 0.8


@pytest.mark.parametrize(("one", "other"), TWO_PERSONS)
def test_two_persons(one: str, other: str) -> None:
    """Two persons who share a surname or a given name stay below 0.45."""
    assert compare(one, other).score < 0.45


def test_surname_alone_is_not_enough() -> None:
    """A bare surname scores clearly below a surname with its given name or initial."""
    alone = compare("Merezhko", "Oleksandr Merezhko")
    assert alone.score < 0.65 < compare("O. Merezhko", "Oleksandr Merezhko").score
    assert "no given name in one of them" in alone.reasons


def test_reasons_name_the_spellings() -> None:
    """The reasons say in which languages' spelling a surname is the same."""
    reasons = compare("Ihar Kizim", "Ihor Kyzym").reasons
    assert any("Belarusian and Ukrainian spelling" in reason for reason in reasons)
    assert any("one given name" in reason for reason in reasons)


def test_reasons_against() -> None:
    """Where two share only a surname, the reasons name the given names that differ."""
    assert any("different given names" in reason for reason in compare("Raúl Castro", "Fidel Castro").reasons)


def test_legal_forms_weigh_little() -> None:
    """A firm is the same with its legal form spelled another way, and another firm with the same form is another."""
    assert compare("Gazprom OAO", "Gazprom JSC").score > compare("Siemens AG", "Volkswagen AG").score + 0.5


@pytest.mark.parametrize("empty", ["", " ", "...", "123", "—"])
def test_nothing_to_compare(empty: str) -> None:
    """A string without a word of a name compares with nothing and breaks nothing."""
    assert compare(empty, "Ihar Kizim").score < 0.1


NAMES = st.text(alphabet="abcdeghiklmnoprstuvyzčšžАБВГабвгдеіоў 'ʹ.,-\"()王金", max_size=30)


@given(NAMES, NAMES)
def test_symmetric_and_bounded(one: str, other: str) -> None:
    """Whatever the strings, the order of the two changes nothing and the score lies between 0 and 1."""
    match = compare(one, other)
    assert match == compare(other, one)
    assert 0.0 <= match.score <= 1.0


@given(st.sampled_from([pair[0] for pair in ONE_PERSON]), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_is_no_difference(name: str, change: object) -> None:
    """A name in capitals, small letters or title case is the same name."""
    assert callable(change)
    assert compare(name, change(name)).score > 0.8
