"""What people decided holds on the records of today, whatever ids they bear."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.record import Actor, Article, Decision, Document
from dragoman.record.ids import make_id
from dragoman.relate import build_history
from dragoman.relate.decide import counting, settle
from dragoman.relate.identify import identify


def person(name: str, article: int, *, salt: str = "", **more: Any) -> Actor:
    """A person as one article names it; another salt is another reading, with other ids."""
    return Actor(id=make_id("actor", article, name, salt), name=name, kind="person", names=(name,), **more)


def document(number: int, *actors: Actor) -> Document:
    """An article with these actors."""
    return Document(article=Article(id=f"article-{number}", source=f"{number}.txt", text="x"), actors=actors)


def decided(kind: str, second: int = 1, **body: Any) -> Decision:
    """A decision of ada's in the given second."""
    return Decision(
        id=make_id("decision", kind, second, sorted(body)),
        time=f"2024-01-01T00:00:{second:02}+00:00",
        author="ada",
        kind=kind,
        body=body,
    )


def reference(*actors: tuple[Actor, int], spelled: tuple[str, ...] = ()) -> dict[str, Any]:
    """A reference to the records of articles, as a decision writes it down."""
    records = [{"id": a.id, "article": f"article-{number}", "name": a.name} for a, number in actors]
    return {"name": actors[0][0].name, "kind": "person", "key": None, "records": records, "spelled": list(spelled)}


def names(documents: list[Document], *decisions: Decision) -> list[tuple[str, ...]]:
    """The spellings of each joined actor, after the decisions."""
    return sorted(a.names for a in identify(documents, settle(decisions, documents).decisions).actors)


VALE, DUNN = person("Ada Vale", 1), person("Bo Dunn", 2)
JOIN = decided("join", about="actor", one=reference((VALE, 1)), other=reference((DUNN, 2)))


def test_a_join_survives_another_reading() -> None:
    """Two that a person made one stay one when the articles' records get other ids, found by article and name."""
    anew = [document(1, person("Ada Vale", 1, salt="b")), document(2, person("Bo Dunn", 2, salt="b"))]
    assert names([document(1, VALE), document(2, DUNN)]) == [("Ada Vale",), ("Bo Dunn",)]
    assert names([document(1, VALE), document(2, DUNN)], JOIN) == [("Ada Vale", "Bo Dunn")]
    assert names(anew, JOIN) == [("Ada Vale", "Bo Dunn")]


def test_undo_and_redo() -> None:
    """An undoing takes a decision back, and an undoing of the undoing puts it back; the fates say so."""
    documents = [document(1, VALE), document(2, DUNN)]
    undo = decided("undo", 2, decision=JOIN.id)
    redo = replace(decided("undo", 3, decision=undo.id), id="decision-redo")
    assert len(names(documents, JOIN, undo)) == 2
    assert len(names(documents, JOIN, undo, redo)) == 1
    assert settle([JOIN, undo], documents).fates == {JOIN.id: "undone", undo.id: "holds"}
    assert settle([JOIN, undo, redo], documents).fates == {JOIN.id: "holds", undo.id: "undone", redo.id: "holds"}


def test_what_no_article_holds_waits() -> None:
    """A decision about an actor of no article changes nothing and waits until an article holds it."""
    documents = [document(1, VALE)]
    assert settle([JOIN], documents).fates == {JOIN.id: "waits"}
    assert names(documents, JOIN) == [("Ada Vale",)]


def test_a_split_by_name_holds_for_articles_to_come() -> None:
    """Records of a name that was split off stay apart in later articles too, and are one among themselves."""
    one, two = person("Ann Lee", 1, country="NOR"), person("Anne Lee", 2, country="NOR")
    merge = decided("join", about="actor", one=reference((one, 1)), other=reference((two, 2)))
    split = decided(
        "split",
        2,
        about="actor",
        one=reference((one, 1), spelled=("Ann Lee",)),
        other=reference((two, 2), spelled=("Anne Lee",)),
    )
    later = [document(3, person("Anne Lee", 3, country="NOR")), document(4, person("Ann Lee", 4, country="NOR"))]
    documents = [document(1, one), document(2, two), *later]
    assert names(documents, merge) == [("Ann Lee", "Anne Lee")]
    assert names(documents, merge, split) == [("Ann Lee",), ("Anne Lee",)]
    assert len(identify(documents, settle([merge, split], documents).decisions).actors) == 2


def test_a_split_of_one_articles_namesake() -> None:
    """A namesake in one article is split off, and the other articles' records of that name stay one."""
    found = [person("Ann Lee", number) for number in range(1, 6)]
    documents = [document(number, actor) for number, actor in enumerate(found, 1)]
    for out in range(1, 6):
        rest = [(actor, number) for number, actor in enumerate(found, 1) if number != out]
        split = decided(
            "split",
            about="actor",
            one=reference(*rest, spelled=("Ann Lee",)),
            other=reference((found[out - 1], out)),
        )
        joined = identify(documents, settle([split], documents).decisions)
        groups = {
            root: sorted(i for i in joined.actor_of if joined.actor_of[i] == root) for root in joined.actor_of.values()
        }
        assert sorted(map(len, groups.values())) == [1, 4]
        assert [found[out - 1].id] in groups.values()


def test_the_last_name_and_the_last_link_stand() -> None:
    """Of two names the later is shown, of two links to one list the later stands; a part split off keeps neither."""
    one, two = person("Ada Vale", 1), person("Ada Vale", 2)
    both = reference((one, 1), (two, 2))
    documents = [document(1, one), document(2, two)]
    log = [
        decided("rename", 1, one=reference((one, 1)), name="First"),
        decided("rename", 2, one=both, name="A. Vale"),
        decided("link", 3, one=both, same_as="wikidata:Q1"),
        decided("link", 4, one=reference((two, 2)), same_as="wikidata:Q2"),
        decided("link", 5, one=both, same_as="wikidata:Q3"),
        decided("link", 6, one=both, same_as="other:7"),
    ]
    (actor,) = identify(documents, settle(log, documents).decisions).actors
    assert (actor.name, actor.same_as) == ("A. Vale", ("other:7", "wikidata:Q3"))
    split = decided("split", 7, about="actor", one=reference((one, 1)), other=reference((two, 2)))
    found = identify(documents, settle([*log, split], documents).decisions)
    by_id = {a.id: a for a in found.actors}
    assert by_id[found.actor_of[one.id]].name == "A. Vale"
    assert by_id[found.actor_of[two.id]].name == "Ada Vale"
    assert by_id[found.actor_of[two.id]].same_as == ()


def test_a_state_is_named_by_its_key() -> None:
    """A state that an article's records all name by the codebook's key is renamed by the key alone."""
    state = Actor(
        id=make_id("actor", "NOR"), name="Norland", kind="state", country="NOR", key="NOR", names=("Norland",)
    )
    body = {"one": {"name": "Norland", "kind": "state", "key": "NOR", "records": []}, "name": "Kingdom of Norland"}
    documents = [document(1, state), document(2, state)]
    (actor,) = identify(documents, settle([decided("rename", **body)], documents).decisions).actors
    assert actor.name == "Kingdom of Norland"


def test_events_of_two_reports_each_become_one(sheet: Any, codebook: Codebook) -> None:
    """Two events of several contradicting reports are one after a person says so, whose words they are found by."""
    documents, reports = [], []
    for number, day in enumerate(("2021-05-04", "2021-05-04", "2021-05-20", "2021-05-20")):
        text = f"Norland recalled its ambassador to Sudmark on the {day[-2:]}th, outlet {number} reports."
        page = sheet(text, published="2021-05-25")
        nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
        page.event(text, "recalled", "SANCTION/withdraw", [nor], [swe], day=day, score=-6)
        documents.append(page.document())
        (event,) = page.events
        trigger = event.trigger
        reports.append(
            {
                "id": "event-of-old",
                "article": trigger.article,
                "start": trigger.start,
                "end": trigger.end,
                "type": event.type,
            }
        )
    assert len(build_history(documents, codebook).events) == 2
    merge = decided(
        "join", about="event", one={"words": "a", "reports": reports[:2]}, other={"words": "b", "reports": reports[2:]}
    )
    (event,) = build_history(documents, codebook, [merge]).events
    assert len(event.members) == 4
    split = decided(
        "split",
        2,
        about="event",
        one={"words": "a", "reports": reports[:3]},
        other={"words": "b", "reports": reports[3:]},
    )
    assert sorted(len(e.members or "x") for e in build_history(documents, codebook, [merge, split]).events) == [1, 3]


@given(st.permutations(range(6)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_log_is_that_of_its_times(order: list[int]) -> None:
    """A log that was put together from files in any order decides the same."""
    documents = [document(1, VALE), document(2, DUNN)]
    split = decided("split", 2, about="actor", one=reference((VALE, 1)), other=reference((DUNN, 2)))
    log = [
        JOIN,
        split,
        decided("rename", 3, one=reference((VALE, 1)), name="X"),
        decided("rename", 4, one=reference((VALE, 1)), name="Y"),
        decided("undo", 5, decision=split.id),
        replace(decided("undo", 6, decision=JOIN.id), id="decision-last"),
    ]
    shuffled = [log[place] for place in order]
    assert settle(shuffled, documents).decisions == settle(log, documents).decisions
    assert [one.id for one in counting(shuffled)] == [one.id for one in counting(log)]
