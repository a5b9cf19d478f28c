"""Actors resolved against a register: what is taken over, what is left open, and what is never chosen."""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.record import Actor, Article, Decision, Document, History, Office
from dragoman.record.ids import make_id
from dragoman.relate import build_history

PRESIDENT = Office(title="president", of="BRA")
MINISTER = Office(title="foreign minister", of="UKR")


def person(name: str, *offices: Office, number: int = 1, **more: Any) -> Actor:
    """A person as one article names it."""
    identity = make_id("actor", number, name)
    return Actor(id=identity, name=name, kind="person", names=(name,), offices=offices, **more)


def document(*actors: Actor, number: int = 1, day: date = date(2016, 5, 1)) -> Document:
    """An article with these actors."""
    article = Article(id=f"article-{number}", source=f"{number}.txt", text="x", published=day)
    return Document(article=article, actors=actors, mentions=(), events=(), statements=())


def entity(identity: str, schema: str, **properties: Any) -> dict[str, Any]:
    """An entity of FollowTheMoney."""
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": identity, "schema": schema, "properties": values}


HALYNCHUK = entity(
    "x-1",
    "Person",
    name=["Orest Halynchuk", "Орест Галинчук"],
    citizenship="ua",
    position="Minister of Foreign Affairs (2015-2018)",
    wikidataId="Q990001",
)


@pytest.fixture
def history(tmp_path: Path) -> Any:
    """Build a history of documents against a register of these entities."""

    def build(documents: list[Document], *entities: dict[str, Any], decisions: tuple[Decision, ...] = ()) -> History:
        path = tmp_path / "people.ftm.json"
        path.write_text("\n".join(json.dumps(one) for one in entities), encoding="utf-8")
        return build_history(documents, Codebook(registers=(path,)), decisions)

    return build


def of_name(found: History, name: str) -> Actor:
    """The actor of that name."""
    return next(actor for actor in found.actors if actor.name == name)


def test_a_known_person_in_another_spelling(history: Any) -> None:
    """A person of the same state in another romanisation gets links, names and marked offices, and a join says why."""
    found = history([document(person("Arest Halinchuk", MINISTER, country="UKR"))], HALYNCHUK)
    actor = of_name(found, "Arest Halinchuk")
    assert actor.same_as == ("wikidata:Q990001", "x-1")
    assert actor.names == ("Arest Halinchuk", "Orest Halynchuk", "Орест Галинчук")
    (told, known) = actor.offices
    assert told == MINISTER
    assert (known.title, known.since, known.until) == (
        "Minister of Foreign Affairs",
        date(2015, 1, 1),
        date(2018, 12, 31),
    )
    assert (known.register, known.evidence) == ("x-1", ())
    (join,) = found.joins
    assert (join.kind, join.one, join.other, join.joined) == ("actor", actor.id, "x-1", True)
    assert "both act for UKR" in join.reasons


def test_the_name_alone_is_left_to_a_person(history: Any) -> None:
    """Equal names with nothing beside them make a candidate, no link."""
    found = history([document(person("Orest Halynchuk"))], HALYNCHUK)
    assert of_name(found, "Orest Halynchuk").same_as == ()
    (join,) = found.joins
    assert not join.joined
    assert "nothing but the name speaks for it" in join.reasons


def test_another_country_is_another_person(history: Any) -> None:
    """A namesake who acts for another state is not linked."""
    found = history([document(person("Orest Halynchuk", country="POL"))], HALYNCHUK)
    assert of_name(found, "Orest Halynchuk").same_as == ()


def test_two_equally_good_entries_are_not_chosen_between(history: Any) -> None:
    """Where two entries fit alike both are offered and neither is taken, in whichever order they come."""
    twin = {**HALYNCHUK, "id": "x-2", "properties": {**HALYNCHUK["properties"], "wikidataId": ["Q990002"]}}
    for entities in permutations((HALYNCHUK, twin)):
        found = history([document(person("Orest Halynchuk", country="UKR"))], *entities)
        assert of_name(found, "Orest Halynchuk").same_as == ()
        assert [(join.other, join.joined) for join in found.joins] == [("x-1", False), ("x-2", False)]


def test_entries_of_one_wikidata_id_are_one(history: Any) -> None:
    """Two files that know one person under one Wikidata id agree."""
    again = {**HALYNCHUK, "id": "x-2"}
    found = history([document(person("Orest Halynchuk", country="UKR"))], HALYNCHUK, again)
    assert of_name(found, "Orest Halynchuk").same_as == ("wikidata:Q990001", "x-1", "x-2")


def test_the_years_tell_two_holders_apart(history: Any) -> None:
    """Of two of like names in one office, the one who held it when the article says so is taken."""
    elder = entity("e", "Person", name="Jonas Marek Tivold", country="br", position="President (1990-1998)")
    younger = entity("y", "Person", name="Jonas Tivold", country="br", position="President (2014-2020)")
    for year, known in ((2016, "y"), (2013, None)):
        actor = person("Jonas Tivold", PRESIDENT, country="BRA")
        found = history([document(actor, day=date(year, 5, 1))], younger)
        assert of_name(found, "Jonas Tivold").same_as == ((known,) if known else ()), year
    found = history([document(person("Jonas Tivold", PRESIDENT, country="BRA"))], elder, younger)
    assert of_name(found, "Jonas Tivold").same_as == ("y",)


def test_heads_of_state(history: Any) -> None:
    """Plain facts: presidents known by their usual English names, found from other spellings."""
    known = [
        entity("Q2866", "Person", name="Alexander Lukashenko", country="by", position="President of Belarus (1994-)"),
        entity("Q3874799", "Person", name="Volodymyr Zelenskyy", country="ua", position="President of Ukraine (2019-)"),
    ]
    belarus = person("Aliaksandr Lukashenka", Office(title="president", of="BLR"), country="BLR")
    ukraine = person("Vladimir Zelensky", Office(title="president", of="UKR"), country="UKR")
    found = history([document(belarus, ukraine, day=date(2021, 3, 1))], *known)
    assert of_name(found, "Aliaksandr Lukashenka").same_as == ("wikidata:Q2866",)
    assert of_name(found, "Vladimir Zelensky").same_as == ("wikidata:Q3874799",)


def test_a_body_by_its_name_and_country(history: Any) -> None:
    """A body is an entry of the same name and state; of the same name in another state it isn't."""
    known = entity("b-1", "PublicBody", name="State Grain Office", country="ua")
    for country, links in (("UKR", ("b-1",)), ("POL", ())):
        body = Actor(id="actor-b", name="the State Grain Office", kind="body", country=country)
        found = history([document(body)], known)
        assert of_name(found, "the State Grain Office").same_as == links


def test_two_actors_of_one_entry_are_offered_as_one(history: Any) -> None:
    """Two actors that the names alone keep apart, and that are one entry, are a pair for a person to decide."""
    known = {**HALYNCHUK, "properties": {**HALYNCHUK["properties"], "alias": ["Bohdan Ridnyi"]}}
    one = person("Orest Halynchuk", country="UKR")
    other = person("Bohdan Ridnyi", number=2, country="UKR")
    found = history([document(one), document(other, number=2)], known)
    offered = [join for join in found.joins if not join.joined]
    assert [{join.one, join.other} for join in offered] == [{one.id, other.id}]


def test_a_decision_comes_first(history: Any) -> None:
    """What a person split from an entry stays apart from it, what a person joined to it is it."""

    def decide(kind: str, actor: Actor) -> Decision:
        body = {"one": actor.id, "other": "x-1"}
        return Decision(id="d", time="2024-01-01T00:00:00+00:00", author="A", kind=kind, body=body)

    same = person("Orest Halynchuk", country="UKR")
    found = history([document(same)], HALYNCHUK, decisions=(decide("split", same),))
    assert (of_name(found, same.name).same_as, found.joins) == ((), ())
    bare = person("Orest Halynchuk")
    found = history([document(bare)], HALYNCHUK, decisions=(decide("join", bare),))
    assert of_name(found, bare.name).same_as == ("wikidata:Q990001", "x-1")
    assert found.joins[0].decided_by == "A"


def test_the_order_of_articles_and_entries_makes_no_difference(history: Any) -> None:
    """The same articles and entries in any order give the same history."""
    other = entity("z", "Person", name="Tamar Velieva", country="ge")
    documents = [
        document(person("Orest Halinchuk", country="UKR")),
        document(person("Tamar Velieva", number=2, country="GEO"), number=2),
    ]
    forms = {
        repr(history(list(papers), *entries))
        for papers in permutations(documents)
        for entries in permutations((HALYNCHUK, other))
    }
    assert len(forms) == 1


def test_without_a_register_nothing_changes(history: Any) -> None:
    """An empty register gives the history that no register gives."""
    documents = [document(person("Orest Halynchuk", country="UKR"))]
    assert history(documents) == build_history(documents, Codebook())


def test_a_person_decides_for_an_entry_of_another_name(history: Any) -> None:
    """A decision that an actor is an entry holds where no name would have led there, and one against an entry as well."""
    documents = [document(person("Ada Other"))]
    actor = of_name(history(documents, HALYNCHUK), "Ada Other")
    assert (actor.same_as, actor.country) == ((), None)
    body = {"about": "actor", "one": actor.id, "other": {"entry": "x-1", "name": "Orest Halynchuk", "kind": "person"}}
    joined = Decision(id="decision-1", time="2024-01-01T00:00:00+00:00", author="ada", kind="join", body=body)
    named = history(documents, HALYNCHUK, decisions=(joined,))
    ada = of_name(named, "Ada Other")
    assert "x-1" in ada.same_as
    assert ada.country == "UKR", "the state whose office the entry holds"
    assert [ground.of for ground in ada.grounds if "x-1" in ground.why] == ["country"]
    assert any(join.decided_by == "ada" and join.other == "x-1" for join in named.joins)
    apart = Decision(id="decision-2", time="2024-01-02T00:00:00+00:00", author="ada", kind="split", body=body)
    assert of_name(history(documents, HALYNCHUK, decisions=(joined, apart)), "Ada Other").same_as == ()
