"""Actors of one article: names, offices, descriptions, metonyms and pronouns lead to whom they mean, or stay open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.record import Actor, Document, Mention

Reader = Callable[..., Document]


def actor_of(document: Document, words: str, nth: int = 0) -> Actor | None:
    """The actor that the nth mention with these words leads to, or None."""
    found = [m for m in document.mentions or () if m.text == words]
    return by_id(document)[found[nth].actor] if len(found) > nth else None


def by_id(document: Document) -> dict[str, Actor]:
    """The document's actors by id."""
    return {actor.id: actor for actor in document.actors or ()}


def name_of(document: Document, words: str, nth: int = 0) -> str | None:
    """The name of the actor that the nth mention with these words leads to."""
    actor = actor_of(document, words, nth)
    return actor.name if actor else None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Minsk rejected the offer.", "Minsk", "BLR"),
        ("Talks with Tehran will go on.", "Tehran", "IRN"),
        ("Aid to Kyiv was delayed.", "Kyiv", "UKR"),
        ("The Kremlin said nothing.", "Kremlin", "RUS"),
        ("It accused Ankara of lying.", "Ankara", "TUR"),
        ("Its ambassador was recalled by Lima.", "Lima", "PER"),
    ],
)
def test_capital_that_acts_is_its_state(read_text: Reader, text: str, words: str, country: str) -> None:
    """A capital or seat of power as subject, object of an address or party of talks is the state, by metonym."""
    document = read_text(text)
    actor = actor_of(document, words)
    assert actor is not None
    assert (actor.kind, actor.country) == ("state", country)
    assert next(m for m in document.mentions or () if m.text == words).how == "metonym"


@pytest.mark.parametrize(
    "text",
    [
        "The delegations met in Minsk on Monday.",
        "She flew to Tehran.",
        "Crowds gathered outside the Kremlin.",
        "Rockets hit Kyiv overnight.",
        "Lima is the capital.",
        "A bakery near the White House burned.",
    ],
)
def test_city_as_a_place_is_no_actor(read_text: Reader, text: str) -> None:
    """Where something merely happens in a city or at a seat of power, nobody is meant."""
    document = read_text(text)
    assert not [m for m in document.mentions or () if by_id(document)[m.actor].kind == "state"]


@pytest.mark.parametrize(
    ("text", "name", "country", "sector", "title"),
    [
        ("Norwegian Foreign Minister Eva Lund resigned.", "Eva Lund", "NOR", "GOV", "Foreign Minister"),
        ("Peru's deputy defence minister, Ana Rojas, left.", "Ana Rojas", "PER", "GOV", "deputy defence minister"),
        ("Lund, head of the parliamentary budget committee, spoke.", "Lund", None, "LEG", "head of the parliamentary"),
        ("Chile's ambassador to Japan, Juan Paz, was called home.", "Juan Paz", "CHL", "GOV", "ambassador to Japan"),
        ("NATO spokeswoman Ida Holm said so.", "Ida Holm", None, "IGO", "NATO spokeswoman"),
        ("Former Estonian president Mart Kask died.", "Mart Kask", "EST", "GOV", "president"),
        ("Ministers Eva Berg of Sweden and Jan Vis of the Netherlands met.", "Jan Vis", "NLD", None, "minister"),
        ("The analyst Piet Smit of Leiden wrote it.", "Piet Smit", None, "EDU", "analyst"),
        ("Police spokesman Capt. Tom Hale said so.", "Tom Hale", None, "COP", "spokesman"),
    ],
)
def test_title_tells_state_sector_and_office(
    read_text: Reader, text: str, name: str, country: str | None, sector: str | None, title: str
) -> None:
    """A title before or behind a name gives the person an office with evidence, a state and a sector."""
    document = read_text(text)
    actor = actor_of(document, name)
    assert actor is not None
    assert actor.kind == "person"
    assert actor.country == country
    assert sector is None or actor.sector == sector
    assert any(title.lower() in office.title.lower() for office in actor.offices)
    for office in actor.offices:
        for span in office.evidence:
            assert document.article.text[span.start : span.end] == span.text


def test_former_office_is_marked(read_text: Reader) -> None:
    """ "Former" belongs to the office's flag, not to its title."""
    actor = actor_of(read_text("We met Ole Dahl, former special envoy of Norway on fisheries."), "Ole Dahl")
    assert actor is not None
    assert [(o.title, o.former, o.of) for o in actor.offices] == [("special envoy of Norway on fisheries", True, "NOR")]


def test_surname_title_and_initials_are_one_person(read_text: Reader) -> None:
    """A full name, the surname, the surname in a near spelling and the given name alone are one person."""
    document = read_text(
        "Oleksandr Kovalenko spoke first. Kovalenko was brief. President Kovalenka smiled. Oleksandr then left."
    )
    found = {name_of(document, w) for w in ("Oleksandr Kovalenko", "Kovalenko", "Kovalenka", "Oleksandr")}
    assert found == {"Oleksandr Kovalenko"}


def test_two_of_one_surname_stay_apart(read_text: Reader) -> None:
    """Of two who share a surname, the surname alone means the one who was last a subject."""
    document = read_text("Maria Silva criticised her brother Pedro Silva in court. Silva then walked out.")
    assert name_of(document, "Silva") == "Maria Silva"
    assert name_of(document, "Pedro Silva") == "Pedro Silva"


@pytest.mark.parametrize(
    ("text", "words", "nth", "meant"),
    [
        ("President Eva Lund met Juan Paz. She smiled.", "She", 0, "Eva Lund"),
        ("Eva Lund met Juan Paz. He smiled.", "He", 0, "Juan Paz"),
        ("Juan Paz said that he would resign.", "he", 0, "Juan Paz"),
        ('"They lied about Juan Paz," Eva Lund said. "He was at home."', "He", 0, "Juan Paz"),
        ("Juan Paz left. In his view, Peru had lost.", "his", 0, "Juan Paz"),
        ("Peru recalled its ambassador.", "its", 0, "Peru"),
        ("Peru thanked Chile for its help.", "its", 0, "Chile"),
        ("Peru, which had protested, agreed.", "which", 0, "Peru"),
        ("Farmers marched on the palace. The rebels fled; they had no food.", "they", 0, "rebels"),
        ("Its treasury being empty, Chile asked for a loan.", "Its", 0, "Chile"),
    ],
)
def test_pronoun_means(read_text: Reader, text: str, words: str, nth: int, meant: str) -> None:
    """Gender, number, subjects, quotations and verbs that turn to their object tell whom a pronoun means."""
    assert name_of(read_text(text), words, nth) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peru protested. It is clear that it rained.", "It"),
        ("Eva Lund met Juan Paz. It was late.", "It"),
        ("The meeting lost its meaning.", "its"),
    ],
)
def test_pronoun_stays_open(read_text: Reader, text: str, words: str) -> None:
    """An "it" that stands for nothing, and one that means what is no actor, have no mention."""
    assert actor_of(read_text(text), words) is None


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Foreign Minister Juan Paz flew home. The minister was tired.", "minister", "Juan Paz"),
        ("We asked Ole Dahl, ambassador to Chile from 2001. The ex-ambassador laughed.", "ex-ambassador", "Ole Dahl"),
        ("We asked Ole Dahl about it. The interlocutor laughed.", "interlocutor", "Ole Dahl"),
        ("NATO was founded in 1949. The alliance has grown.", "alliance", "NATO"),
        ("Senator Ida Holm voted no. The lawmaker gave no reason.", "lawmaker", "Ida Holm"),
        ("Chilean president Ida Holm met Kenya's leader, Sam Oti. The Kenyan left early.", "Kenyan", "Sam Oti"),
    ],
)
def test_description_means(read_text: Reader, text: str, words: str, meant: str) -> None:
    """An office or description comes back to the one whom it fits."""
    assert name_of(read_text(text), words) == meant


def test_counterpart_is_someone_else(read_text: Reader) -> None:
    """ "His Saudi counterpart" is a new actor of the other state, with the same kind of office."""
    document = read_text("Iranian foreign minister Ali Rad telephoned his Saudi counterpart on Monday.")
    actor = actor_of(document, "Saudi counterpart")
    assert actor is not None
    assert actor.anonymous
    assert actor.country == "SAU"
    assert actor.id != actor_of(document, "Ali Rad").id  # type: ignore[union-attr]


def test_ministry_is_a_body_of_its_state(read_text: Reader) -> None:
    """A ministry is a body that acts for its state, the same with and without the state's name; a government is the state."""
    document = read_text(
        "Chile's Foreign Ministry protested. The Foreign Ministry gave no date. The Chilean government agreed."
    )
    first, second = actor_of(document, "Foreign Ministry"), actor_of(document, "Foreign Ministry", 1)
    assert first is not None
    assert first == second
    assert (first.kind, first.country, first.key) == ("body", "CHL", "CHL:foreign ministry")
    assert name_of(document, "Chilean government") == "Chile"


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Police in Karachi searched the house.", "Police", "PAK"),
        ("Pro-Russian separatists shelled the town.", "Pro-Russian separatists", None),
        ("Iranian troops left.", "Iranian troops", "IRN"),
        ("Peru protested. The army stayed in its barracks.", "army", "PER"),
        ("Kenyan soldiers serve with UN peacekeepers.", "UN peacekeepers", None),
    ],
)
def test_whose_an_organ_is(read_text: Reader, text: str, words: str, country: str | None) -> None:
    """An adjective, a city or the only state spoken of tells whose police or troops are; a leaning does not."""
    found = [m for m in read_text(text).mentions or () if words.endswith(m.text) or m.text.endswith(words)]
    assert found
    assert by_id(read_text(text))[found[-1].actor].country == country


def test_people_are_not_the_state(read_text: Reader) -> None:
    """Some citizens and an ethnic group are groups of their own; the nation with its article is the state."""
    document = read_text("Two Danes were hurt. Ethnic Serbs fled. The Danes protested to the court.")
    assert name_of(document, "Danes") == "Two Danes"
    assert name_of(document, "Danes", 1) == "Denmark"
    serbs = actor_of(document, "Serbs")
    assert serbs is not None
    assert serbs.country is None


def test_holder_gives_a_bare_surname_its_state(read_text: Reader) -> None:
    """A surname that few bear has the state of the one who held office in the article's year; a common one has none."""
    assert actor_of(read_text("Lukashenka spoke.", "2015-03-01"), "Lukashenka").country == "BLR"  # type: ignore[union-attr]
    assert actor_of(read_text("Johnson spoke.", "2021-03-01"), "Johnson").country is None  # type: ignore[union-attr]


def test_profile_becomes_a_career(read_text: Reader) -> None:
    """The lines of a life below a story give the person offices with their years and evidence."""
    document = read_text(
        "Peru must wait, Ole Dahl told the paper.\n\nOle Dahl\n\nDirector, Arctic Programme\n\nBorn in 1960 in Bergen\n\n"
        "1985 – 1990 — attaché at the Embassy of Norway in Chile\n\nSince May 2004 — Fjord Institute's senior adviser\n\n"
        "1991 – 1995 — worked in regional newspapers\n"
    )
    actor = actor_of(document, "Ole Dahl")
    assert actor is not None
    careers = {office.title: (office.since, office.until, office.former) for office in actor.offices}
    assert careers["attaché at the Embassy of Norway in Chile"] == (date(1985, 1, 1), date(1990, 12, 31), True)
    assert careers["Fjord Institute's senior adviser"] == (date(2004, 5, 1), None, False)
    assert not any("newspapers" in title for title in careers)


def test_mentions_hold_the_text_and_an_actor(read_text: Reader) -> None:
    """Every mention's words stand at its offsets, no two overlap, and its actor is there; twice read is twice the same."""
    text = "Kenya's president, Sam Oti, told the UN that its troops had left Goma. He thanked Kinshasa."
    document = read_text(text)
    end = 0
    for mention in document.mentions or ():
        assert isinstance(mention, Mention)
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        assert mention.actor in by_id(document)
        end = mention.end
    again = read_text(text)
    assert (again.mentions, again.actors) == (document.mentions, document.actors)


def test_a_crowned_namesake_is_somebody_else(read_text: Reader) -> None:
    """A king whose name a president bears, too, is another person, of his own state."""
    document = read_text("Saddam Hussein met King Hussein of Jordan in Baghdad.", published="1990-08-14")
    states = [by_id(document)[m.actor].country for m in document.mentions or () if m.text.endswith("Hussein")]
    assert states == ["IRQ", "JOR"]


@pytest.mark.parametrize("words", ["Allied forces", "Rebel troops", "Coalition forces"])
def test_forces_of_others_are_not_the_state_of_the_text(read_text: Reader, words: str) -> None:
    """Forces that are by their own words no state's have no state, though the text names another's forces."""
    document = read_text(f"Iraqi forces held the town on Monday. {words} shelled it at night.")
    assert not [a for a in document.actors or () if a.name == words and a.country is not None]
    assert not [m for m in document.mentions or () if m.start > 37 and by_id(document)[m.actor].country == "IRQ"]
