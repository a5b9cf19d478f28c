"""Actors of many articles are one where enough speaks for it, and the reasons say what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record import Actor, Article, Decision, Document, Join, Office
from dragoman.record.ids import make_id
from dragoman.relate.identify import CANDIDATE, JOINED, identify


def person(name: str, article: int, *offices: Office, **more: Any) -> Actor:
    """A person as one article names it, under an id of its own."""
    return Actor(
        id=make_id("actor", article, name), name=name, kind="person", names=(name,), offices=tuple(offices), **more
    )


def document(number: int, *actors: Actor, published: date | None = None) -> Document:
    """An article with these actors."""
    article = Article(id=f"article-{number}", source=f"{number}.txt", text="x", published=published)
    return Document(article=article, actors=actors)


def decide(kind: str, time: int = 1, **body: str) -> Decision:
    """A decision of one author in the given minute."""
    stamp = f"2024-01-01T00:{time:02}:00+00:00"
    return Decision(
        id=make_id("decision", kind, time, *sorted(body.items())), time=stamp, author="A", kind=kind, body=body
    )


AMBASSADOR = Office(title="ambassador to Belarus", of="UKR")
FORMER = Office(title="ambassador", of="UKR", former=True)
SPECIAL = Office(title="Special Representative of Ukraine on Belarusian issues", of="UKR", former=True)
KYZYM = person("Ihor Kyzym", 1, AMBASSADOR, country="UKR", gender="male")
KIZIM = person("Ihar Kizim", 2, FORMER, SPECIAL, country="UKR", gender="male")
CHAIR = Office(title="head of the foreign policy committee", of="UKR")
BARE = person("Merezhko", 3, CHAIR, country="UKR")
FULL = person("Oleksandr Merezhko", 4, country="UKR")


def open_joins(joins: tuple[Join, ...]) -> list[Join]:
    """The candidates among the joins."""
    return [join for join in joins if not join.joined]


def test_one_ambassador_in_two_spellings() -> None:
    """A person spelled in Belarusian in one article and in Ukrainian in another is one, with a career and the reasons."""
    found = identify([document(1, KYZYM), document(2, KIZIM)])
    assert len(found.actors) == 1
    assert found.actors[0].names == ("Ihar Kizim", "Ihor Kyzym")
    assert {office.title for office in found.actors[0].offices} == {AMBASSADOR.title, FORMER.title, SPECIAL.title}
    (join,) = found.joins
    assert join.joined
    assert join.score >= JOINED
    assert any("Belarusian and Ukrainian spelling" in reason for reason in join.reasons)
    assert any("ambassador" in reason and "former in one" in reason for reason in join.reasons)


def test_surname_alone_does_not_join() -> None:
    """A bare surname does not join a full name, nor another bare surname; without more it is not even offered."""
    bare = person("Merezhko", 3)
    found = identify([document(3, bare), document(4, person("Oleksandr Merezhko", 4))])
    assert len(found.actors) == 2
    assert not found.joins
    assert len(identify([document(3, bare), document(5, person("Merezhko", 5))]).actors) == 2


def test_surname_and_country_is_a_candidate() -> None:
    """A bare surname with the same country is left for a person to decide."""
    found = identify([document(3, BARE), document(4, FULL)])
    assert len(found.actors) == 2
    (join,) = open_joins(found.joins)
    assert CANDIDATE <= join.score < JOINED
    assert {join.one, join.other} == {actor.id for actor in found.actors}


@pytest.mark.parametrize(
    ("days", "others", "surname", "actors"),
    [(20, 2, "Grimstad", 1), (90, 2, "Grimstad", 2), (20, 1, "Grimstad", 2), (20, 2, "Lund", 2)],
)
def test_surname_in_one_story_joins(days: int, others: int, surname: str, actors: int) -> None:
    """A surname alone is the holder of an office in an article of the same weeks that names the same two others; not later,
    not beside one of them only, and not where the surname is short."""
    beside = [
        Actor(id=make_id("actor", key), name=name, kind="state", key=key, country=key, names=(name,))
        for key, name in (("BLR", "Belarus"), ("POL", "Poland"))[:others]
    ]
    full = person(f"Astri {surname}", 1, Office(title="Prime Minister", of="NOR"), country="NOR")
    bare = person(surname, 2)
    first = document(1, full, *beside, published=date(2025, 3, 1))
    second = document(2, bare, *beside, published=date(2025, 3, 1) + timedelta(days=days))
    joined = identify([first, second])
    assert len([actor for actor in joined.actors if actor.kind == "person"]) == actors


def test_surname_with_specific_office_joins() -> None:
    """A bare surname joins the full name that holds the same specific office in the same service."""
    full = replace(FULL, offices=(CHAIR,))
    assert len(identify([document(3, BARE), document(4, full)]).actors) == 1


@pytest.mark.parametrize(("year", "actors"), [(2001, 1), (1991, 2)])
def test_surname_in_office_joins_within_a_year(year: int, actors: int) -> None:
    """A president by surname alone is the president of that name of the same year, not the one ten years before."""
    president = Office(title="president", of="USA")
    bare = person("Bush", 1, president, country="USA")
    full = person("George W. Bush", 2, president, country="USA")
    documents = [document(1, bare, published=date(year, 5, 1)), document(2, full, published=date(2001, 9, 1))]
    found = identify(documents)
    assert len(found.actors) == actors
    assert all("in articles of one year" in join.reasons for join in found.joins if join.joined)


def test_surname_in_office_is_one_in_many_articles() -> None:
    """A surname with one office of one state is one person throughout a year, and two over two years far apart."""
    chancellor = Office(title="chancellor", of="DEU")
    days = [date(2001, 1, 5), date(2001, 8, 9), date(2012, 3, 3)]
    documents = [
        document(i, person("Muster", i, chancellor, country="DEU"), published=day) for i, day in enumerate(days)
    ]
    assert len(identify(documents).actors) == 2


def test_surname_that_fits_two_joins_neither() -> None:
    """Where two persons of one surname held the office, the bare surname stays apart and both are offered."""
    one, other = replace(FULL, offices=(CHAIR,)), person("Taras Merezhko", 5, CHAIR, country="UKR")
    found = identify([document(3, BARE), document(4, one), document(5, other)])
    assert len(found.actors) == 3
    assert len(open_joins(found.joins)) == 2


@pytest.mark.parametrize(
    "against", [{"country": "BLR", "gender": "male"}, {"country": "UKR", "gender": "female"}], ids=["country", "gender"]
)
def test_contradiction_keeps_apart(against: dict[str, Any]) -> None:
    """Equal names with two countries or two genders are two persons, offered to be joined or dropped."""
    namesake = person("Ihor Kyzym", 7, **against)
    found = identify([document(1, replace(KYZYM, offices=())), document(7, namesake)])
    assert len(found.actors) == 2
    assert all("different" in " ".join(join.reasons) for join in found.joins)


def test_relatives_stay_apart() -> None:
    """Two members of a family with one surname and one office after the other are two persons."""
    president = Office(title="president", of="USA")
    bushes = [person("George Bush", 1, president, country="USA"), person("Jeb Bush", 2, president, country="USA")]
    assert len(identify([document(i, bush) for i, bush in enumerate(bushes)]).actors) == 2


def test_codebook_key_joins_and_separates() -> None:
    """One key is one actor in any spelling and its id is made from the key; two keys are never one."""
    putin = person("Putin", 1, key="person:Vladimir Putin", country="RUS")
    again = person("Vladimir Putin", 2, key="person:Vladimir Putin", country="RUS")
    found = identify([document(1, putin), document(2, again)])
    assert [actor.id for actor in found.actors] == [make_id("actor", "person:Vladimir Putin")]
    assert found.actors[0].name == "Vladimir Putin"
    other = replace(again, key="person:Another Vladimir Putin")
    assert len(identify([document(1, putin), document(2, other)]).actors) == 2


def test_states_are_one_by_key() -> None:
    """A state of two articles is one actor with every spelling."""
    belarus = Actor(
        id=make_id("actor", "BLR"), name="Belarus", kind="state", names=("Belarus",), key="BLR", country="BLR"
    )
    found = identify([document(1, belarus), document(2, replace(belarus, names=("Minsk",)))])
    assert [actor.names for actor in found.actors] == [("Belarus", "Minsk")]


def test_anonymous_never_joins() -> None:
    """Two unnamed officials are two, whatever they are called."""
    official = person("senior official", 1, anonymous=True, country="USA")
    other = replace(official, id=make_id("actor", 2, "senior official"))
    found = identify([document(1, official), document(2, other)])
    assert len(found.actors) == 2
    assert not found.joins


def test_unknown_bodies_join_by_exact_name() -> None:
    """A body outside the codebook is one by its exact name, unless it acts for two countries."""

    def body(number: int, country: str | None) -> Actor:
        return Actor(
            id=f"actor-{number}", name="Levant Institute", kind="body", names=("Levant Institute",), country=country
        )

    assert len(identify([document(1, body(1, None)), document(2, body(2, "LBN"))]).actors) == 1
    assert len(identify([document(1, body(1, "JOR")), document(2, body(2, "LBN"))]).actors) == 2


def test_every_actor_leads_somewhere() -> None:
    """Each actor of an article leads to a joined actor that is there, and its id is that of its smallest member."""
    documents = [document(1, KYZYM), document(2, KIZIM), document(3, BARE), document(4, FULL)]
    found = identify(documents)
    assert set(found.actor_of) == {actor.id for d in documents for actor in d.actors or ()}
    assert set(found.actor_of.values()) == {actor.id for actor in found.actors}
    assert found.actor_of[KIZIM.id] == min(KIZIM.id, KYZYM.id)


def test_person_decides_to_join() -> None:
    """A decision joins two that the program left apart, under its author and reason, against any name."""
    other = person("Jack Brown", 9)
    found = identify(
        [document(1, KYZYM), document(9, other)], [decide("join", one=KYZYM.id, other=other.id, reason="his alias")]
    )
    assert len(found.actors) == 1
    assert [(join.decided_by, join.reasons) for join in found.joins] == [("A", ("his alias",))]


def test_person_decides_to_split() -> None:
    """A decision keeps apart two that the program would join, and they are not offered again."""
    found = identify([document(1, KYZYM), document(2, KIZIM)], [decide("split", one=KYZYM.id, other=KIZIM.id)])
    assert len(found.actors) == 2
    assert not found.joins


def test_split_from_a_codebook_entry() -> None:
    """A person can part a namesake from the entry of the codebook that it was taken for; only one keeps the key."""
    king = person("Salman", 1, key="person:Mohammed bin Salman", country="SAU")
    prince = person("Mohammed bin Salman", 2, key="person:Mohammed bin Salman", country="SAU")
    found = identify([document(1, king), document(2, prince)], [decide("split", one=king.id, other=prince.id)])
    assert len({actor.id for actor in found.actors}) == 2
    assert sorted(actor.key or "" for actor in found.actors) == ["", "person:Mohammed bin Salman"]


def test_later_decision_holds_and_undo_takes_back() -> None:
    """Of two decisions on a pair the later one holds; an undone one counts no more."""
    documents = [document(1, KYZYM), document(2, KIZIM)]
    split = decide("split", 1, one=KYZYM.id, other=KIZIM.id)
    join = decide("join", 2, one=KIZIM.id, other=KYZYM.id)
    assert len(identify(documents, [join, split]).actors) == 1
    assert len(identify(documents, [split, join, decide("undo", 3, decision=join.id)]).actors) == 2
    assert len(identify(documents, [split, decide("undo", 3, decision=split.id)]).actors) == 1


def test_rename_and_link() -> None:
    """A person can give an actor the name to show and an id elsewhere; either id of a joined actor leads to it."""
    found = identify(
        [document(1, KYZYM), document(2, KIZIM)],
        [decide("rename", one=KYZYM.id, name="Ihor Kyzym"), decide("link", one=KIZIM.id, same_as="wikidata:Q1")],
    )
    assert [(actor.name, actor.same_as) for actor in found.actors] == [("Ihor Kyzym", ("wikidata:Q1",))]


def test_decision_outlives_a_new_article() -> None:
    """A decision on a joined id holds after an article whose actor has a smaller id came in."""
    small = replace(person("Ihar Kizim", 8, country="UKR"), id="actor-0")
    before = identify([document(1, KYZYM), document(2, KIZIM)])
    ruling = decide("rename", one=before.actors[0].id, name="I. Kyzym")
    after = identify([document(1, KYZYM), document(2, KIZIM), document(8, small)], [ruling])
    assert [(actor.id, actor.name) for actor in after.actors] == [("actor-0", "I. Kyzym")]


POOL = [
    document(1, KYZYM, person("Serhii Kovalenko", 1)),
    document(2, KIZIM, person("Sergei Kovalenko", 2, country="RUS")),
    document(3, BARE, person("Siarhei Kavalenka", 3, country="BLR")),
    document(4, FULL, person("Kovalenko", 4, country="RUS")),
    document(5, person("Taras Merezhko", 5, CHAIR, country="UKR"), person("Igor Kizim", 5, gender="male")),
    document(6, person("O. Merezhko", 6, CHAIR, country="UKR"), person("Sergey Kovalchuk", 6, country="RUS")),
]
RULINGS = [
    decide("join", 1, one=BARE.id, other=FULL.id),
    decide("split", 2, one=KYZYM.id, other=make_id("actor", 5, "Igor Kizim")),
    decide("rename", 3, one=FULL.id, name="Merezhko, Oleksandr"),
]


@settings(max_examples=60, deadline=None)
@given(st.permutations(POOL), st.permutations(RULINGS), st.integers(0, 3))
def test_order_makes_no_difference(documents: list[Document], rulings: list[Decision], count: int) -> None:
    """Whatever the order of documents and decisions, and if one comes twice, the result is the same."""
    chosen = [ruling for ruling in rulings if ruling in RULINGS[:count]]
    again = [*documents, documents[0]]
    assert identify(again, chosen) == identify(POOL, RULINGS[:count])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), unique_by=lambda d: d.article.id))
def test_joined_actors_cover_each_member_once(documents: list[Document]) -> None:
    """Every spelling of every member is kept, and what was split stays apart in any selection."""
    found = identify(documents, RULINGS)
    spelled = {name for actor in found.actors for name in actor.names}
    assert {name for d in documents for actor in d.actors or () for name in actor.names} <= spelled
    one, other = found.actor_of.get(KYZYM.id), found.actor_of.get(make_id("actor", 5, "Igor Kizim"))
    assert one is None or one != other
