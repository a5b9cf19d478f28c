"""A person corrects findings, and everything that follows from them changes at once."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import event as tally
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.errors import DecisionError, InputError, UnknownNameError
from dragoman.export.page_text import text_dossier
from dragoman.record import Document, Event, History, Statement
from dragoman.relate import build_history
from dragoman.run import correct, decide
from dragoman.run.answers import brief
from dragoman.run.checking import checked_articles, events_in_order, findings_of, statements_in_order
from dragoman.run.decision_file import decision_lines, import_file
from dragoman.run.decision_log import log_entries
from dragoman.run.desk import Desk
from dragoman.run.history import history_of
from dragoman.run.lookup import find_party
from dragoman.store import Store, open_store
from dragoman.store.decisions import append_decision, decisions

Sit = Callable[..., Desk]


def event_of(history: History, word: str) -> Event:
    """The event that a word names."""
    (found,) = [e for e in history.events if e.trigger.text == word or word in [s.text for s in e.told]]
    return found


def change(desk: Desk, word: str, **written: Any) -> Any:
    """Change fields of the event that a word names."""
    return correct.change(desk, correct.find_target(desk, event_of(desk.history, word).id), written)


def dossier(desk: Desk) -> str:
    """The dossier of the quarrel, on one line."""
    first, second = (find_party(name, desk.codebook, desk.history) for name in ("NOR", "SWE"))
    return " ".join(text_dossier(brief(desk.history, desk.codebook, first, second)).split())


def test_the_words_of_a_rejected_event_tell_no_state(store: Store, sit: Sit) -> None:
    """A sentence that tells a state by its words alone tells none once a person took its event out; undoing brings it back."""
    desk = sit(store)
    assert [r for r in desk.history.relations if r.dimension == "ambassador"]
    made = correct.reject(desk, correct.find_target(desk, event_of(desk.history, "recalled").id))
    assert not [r for r in sit(store).history.relations if r.dimension == "ambassador"]
    decide.undo(store, made.id, author="bo")
    assert sit(store).history == desk.history


def test_a_changed_type_changes_states_and_dossier(store: Store, sit: Sit) -> None:
    """An event of two reports gets another type in both; the state that followed from it goes, and the dossier says who."""
    desk = sit(store)
    recall = event_of(desk.history, "recalled")
    assert len(recall.members) == 2
    assert [r.value for r in desk.history.relations if r.dimension == "ambassador" and r.until is None] == ["recalled"]
    made = change(desk, "recalled", type="CONSULT/visit", object="none", when="2021-05")
    after = sit(store)
    changed = event_of(after.history, "recalled")
    assert (changed.type, changed.mode, changed.score) == (
        *("CONSULT", "visit"),
        desk.codebook.ontology.score("CONSULT", "visit"),
    )
    assert len(changed.members) == 2
    assert str(changed.when and changed.when.end) == "2021-05-31"
    assert [(c.by, c.verdict, c.fields, c.decision) for c in changed.checked] == [
        ("ada", "corrected", ("mode", "object", "type", "when"), made.id)
    ]
    assert not [r for r in after.history.relations if r.dimension == "ambassador"]
    assert "(corrected by ada)" not in dossier(desk)
    assert "corrected by ada" in dossier(after)
    decide.undo(store, made.id, author="bo")
    assert sit(store).history == desk.history


def test_one_article_alone_can_be_corrected(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """A decision on one article's report leaves the other report as it is."""
    desk = sit(store)
    target = correct.find_target(desk, event_of(desk.history, "recalled").id, quarrel[1].article.id)
    correct.reject(desk, target)
    recall = event_of(sit(store).history, "recalled")
    assert {span.article for span in recall.evidence} == {quarrel[0].article.id}


def test_reject_and_accept_again(store: Store, sit: Sit) -> None:
    """What was rejected leaves the record, is shown as rejected, and comes back when somebody accepts it after all."""
    desk = sit(store)
    denial = event_of(desk.history, "denied")
    correct.reject(desk, correct.find_target(desk, denial.id))
    desk = sit(store, "bo")
    assert denial.id not in {e.id for e in desk.history.events}
    (finding,) = [f for f in findings_of(store, desk.codebook, denial.trigger.article) if f.record.id == denial.id]
    assert finding.rejected is not None
    assert (finding.rejected.by, finding.unchecked) == ("ada", False)
    correct.accept(desk, correct.find_target(desk, denial.id))
    back = event_of(sit(store).history, "denied")
    assert [c.verdict for c in back.checked] == ["accepted"]


def test_roles_by_name_code_and_anew(store: Store, sit: Sit) -> None:
    """Parties are named by what the record calls them, by a state of the codebook that no article names, or anew."""
    desk = sit(store)
    change(desk, "expelled", actors=["Ada Vale", "Latvia"], recipients=["person:Bo Dunn:NOR"])
    after = sit(store)
    names = {a.id: a for a in after.history.actors}
    event = event_of(after.history, "expelled")
    assert [names[i].name for i in event.actors] == ["Ada Vale", "Latvia"]
    assert [(names[i].name, names[i].country) for i in event.recipients] == [("Bo Dunn", "NOR")]
    with pytest.raises(UnknownNameError, match="Ada Vale"):
        change(desk, "expelled", actors=["Ada Vole"])
    with pytest.raises(DecisionError, match="is so already"):
        change(after, "expelled", actors=["Ada Vale", "Latvia"])


def test_statements_are_corrected_and_added(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """A statement's speaker and act are changed; one that was missed is added at its words."""
    desk = sit(store)
    (said,) = desk.history.statements
    correct.change(desk, correct.find_target(desk, said.id), {"speaker": "Norland", "act": "claim", "due": "2022"})
    article = quarrel[0].article
    place = correct.place_of(article, "the charges")
    correct.add_statement(desk, article.id, *place, {"speaker": "Sudmark", "act": "denial"})
    history = sit(store).history
    first, second = sorted(history.statements, key=lambda s: s.content.start, reverse=True)
    names = {a.id: a.name for a in history.actors}
    assert (names[first.speaker or ""], first.act, str(first.due and first.due.end)) == (
        *("Norland", "claim"),
        "2022-12-31",
    )
    assert (second.content.text, names[second.speaker or ""], second.act) == ("the charges", "Sudmark", "denial")
    assert [s.checked[0].verdict for s in (first, second)] == ["corrected", "added"]


def test_a_missed_event_is_added_by_its_words(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """Selected words become an event with the sentence around them as its evidence, and a state follows from it."""
    desk, article = sit(store), quarrel[0].article
    start, end = correct.place_of(article, "signed a treaty")
    written = {"type": "AGREE", "actors": "Norland,Sudmark", "when": "2021-05-05"}
    made = correct.add_event(desk, article.id, start - 1, end + 1, written)
    event = event_of(sit(store).history, "signed a treaty")
    assert event.evidence[0].text == "The two signed a treaty in Westhaven."
    assert [c.verdict for c in event.checked] == ["added"]
    with pytest.raises(DecisionError, match="already"):
        correct.add_event(sit(store), article.id, start, end, {"type": "AGREE"})
    change(sit(store), "signed a treaty", factuality="negated")
    decide.undo(store, made.id, author="ada")
    after = sit(store)
    assert "signed a treaty" not in {e.trigger.text for e in after.history.events}
    (entry,) = [e for e in log_entries(store, after.codebook) if e.fate == "lapsed"]
    assert entry.note == "who added it took it back"


def test_furniture_takes_its_findings_along(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """What stands in marked furniture leaves the record; the article's text stays, its regions show the mark."""
    desk, article = sit(store), quarrel[0].article
    words = "Read also: Norland bombs Sudmark in a new film."
    correct.mark_furniture(desk, article.id, *correct.place_of(article, words), "teaser")
    history = sit(store).history
    assert "bombs" not in {e.trigger.text for e in history.events}
    (now,) = [a for a in history.articles if a.id == article.id]
    assert now.text == article.text
    assert [article.text[r.start : r.end] for r in now.furniture] == [words]
    assert not [m for m in history.mentions if m.article == article.id and m.start >= article.text.index("Read also")]
    with pytest.raises(DecisionError, match="no kind of furniture"):
        correct.mark_furniture(desk, article.id, 0, 5, "sofa")


def test_what_nobody_checked(store: Store, sit: Sit) -> None:
    """The filter leaves out what somebody accepted, corrected or rejected, and the articles count what is left."""
    desk = sit(store)
    assert len(events_in_order(desk.history, unchecked=True)) == 4
    before = {one.article.id: one.unchecked for one in checked_articles(desk.history)}
    correct.accept(desk, correct.find_target(desk, event_of(desk.history, "recalled").id))
    correct.reject(desk, correct.find_target(desk, event_of(desk.history, "denied").id))
    correct.accept(desk, correct.find_target(desk, desk.history.statements[0].id))
    after = sit(store).history
    assert [e.trigger.text for e in events_in_order(after, unchecked=True)] == ["bombs", "expelled"]
    assert statements_in_order(after, unchecked=True) == []
    left = {one.article.id: one.unchecked for one in checked_articles(after)}
    assert sum(before.values()) == 6
    assert sum(left.values()) == 2


def reread(store: Store, document: Document, **more: Any) -> None:
    """Put another reading of an article into the store."""
    store.put(replace(document, reader="hand 2", **more), document.article)


def test_another_reading_keeps_what_was_decided(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """Other ids, another word, nothing found: what was accepted and corrected stands, a rejection holds or says why not."""
    desk = sit(store)
    correct.accept(desk, correct.find_target(desk, event_of(desk.history, "recalled").id))
    change(desk, "expelled", when="2021-05-07")
    correct.reject(desk, correct.find_target(desk, event_of(desk.history, "denied").id))
    correct.reject(desk, correct.find_target(desk, event_of(desk.history, "bombs").id))
    first, second = quarrel
    recalled, denied, bombs = first.events or ()
    article = first.article
    renamed = replace(recalled, id="event-new", trigger=article.span(0, recalled.trigger.end))
    other = replace(bombs, id="event-other", type="ACCUSE", mode=None)
    reread(store, first, events=(renamed, replace(denied, id="event-again"), other))
    reread(store, second, events=())
    after = sit(store)
    told = {e.type: e for e in after.history.events}
    assert set(told) == {"SANCTION", "ACCUSE"}
    sanctions = {e.mode: e for e in after.history.events if e.type == "SANCTION"}
    assert set(sanctions) == {"withdraw", "expel"}
    assert len(sanctions["withdraw"].members) == 2
    assert "event-new" in sanctions["withdraw"].members
    assert str(sanctions["expel"].when and sanctions["expel"].when.start) == "2021-05-07"
    fates = [(e.decision.kind, e.fate, e.note) for e in log_entries(store, after.codebook)]
    gone = "the reader no longer finds it; it stands as it was shown"
    assert fates == [
        ("accept", "holds", gone),
        ("change", "holds", gone),
        ("reject", "holds", ""),
        ("reject", "lapsed", "the reader takes these words for ACCUSE"),
    ]


def test_a_rejected_statement_whose_words_moved_stays_rejected(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """A statement that another reading cuts a little differently is the same one; one that is gone has lapsed."""
    desk = sit(store)
    correct.reject(desk, correct.find_target(desk, desk.history.statements[0].id))
    (said,) = quarrel[0].statements or ()
    article = quarrel[0].article
    wider = replace(said, id="statement-new", content=article.span(said.content.start - 5, said.content.end))
    reread(store, quarrel[0], statements=(wider,))
    assert sit(store).history.statements == ()
    reread(store, quarrel[0], statements=())
    (entry,) = log_entries(store, desk.codebook)
    assert (entry.fate, entry.note) == ("lapsed", "the reader finds no such statement there any more")


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ("accept", "reject", "type", "roles", "when", "factuality", "add", "furniture", "merge", "split")
        ),
        st.integers(0, 7),
    ),
    min_size=1,
    max_size=6,
)


def operate(desk: Desk, what: str, place: int, documents: list[Document]) -> bool:
    """Make one decision if it can be made; which, the numbers say."""
    events, statements = desk.history.events, desk.history.statements
    findings: list[Event | Statement] = [*events, *statements]
    article = documents[place % 2].article
    try:
        match what:
            case "add":
                at = 3 * place
                correct.add_event(desk, article.id, at, at + 9, {"type": "CONSULT/visit", "actors": "Norland"})
            case "furniture":
                correct.mark_furniture(desk, article.id, 11 * place, 11 * place + 40, "caption")
            case "merge" if len(events) > 1:
                decide.merge(desk, events[0], events[1 + place % (len(events) - 1)])
            case "split" if events:
                whole = events[place % len(events)]
                decide.split(desk, whole, decide.parts_of(desk, whole)[-1].id)
            case "accept" | "reject" if findings:
                target = correct.find_target(desk, findings[place % len(findings)].id)
                (correct.accept if what == "accept" else correct.reject)(desk, target)
            case _ if events:
                written = {
                    "type": {"type": ("ACCUSE", "AID", "SANCTION/expel")[place % 3]},
                    "roles": {"actors": ["Sudmark"], "recipients": ["Norland", "Ada Vale"]},
                    "when": {"when": f"2021-05-{place + 1:02}"},
                    "factuality": {"factuality": ("future", "negated", "happened")[place % 3]},
                }
                target = correct.find_target(desk, events[place % len(events)].id)
                correct.change(desk, target, written.get(what, {"when": "2020"}))
            case _:
                return False
    except DecisionError:
        return False
    return True


_STORES = iter(range(10_000))


@given(operations=OPERATIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_all_gives_the_record_as_before(
    operations: list[tuple[str, int]], make_store: Any, quarrel: list[Document], sit: Sit
) -> None:
    """Any decisions followed by their undoings, in any of two orders, leave the record just as it was."""
    store = make_store(f"undo-{next(_STORES)}", quarrel)
    before = sit(store).history
    made = sum(operate(sit(store), what, place, quarrel) for what, place in operations)
    log = decisions(store)
    assert len(log) == made
    tally(f"{made} decisions")
    for one in log if made % 2 else reversed(log):
        decide.undo(store, one.id, author="bo")
    assert sit(store).history == before


@given(operations=OPERATIONS, again=st.booleans())
@example(operations=[("roles", 3), ("accept", 0), ("roles", 6), ("accept", 3)], again=False)
@example(operations=[("roles", 3), ("accept", 0), ("roles", 6), ("roles", 3)], again=False)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_imported_log_gives_the_same_history(
    operations: list[tuple[str, int]], again: bool, make_store: Any, quarrel: list[Document], sit: Sit, tmp_path: Path
) -> None:
    """The log of one store, brought to another with the same articles, gives the same history, however often it comes.

    It is also the one that is made anew from all documents at once.
    """
    number = next(_STORES)
    store, other = make_store(f"from-{number}", quarrel), make_store(f"to-{number}", list(reversed(quarrel)))
    for what, place in operations:
        operate(sit(store), what, place, quarrel)
    log = decisions(store)
    if log:
        decide.undo(store, log[0].id, author="bo")
    file = tmp_path / f"log-{number}.jsonl"
    file.write_text("\n".join(decision_lines(decisions(store))), encoding="utf-8")
    for _ in range(1 + again):
        import_file(other, file)
    assert sit(other).history == sit(store).history
    assert sit(store).history == build_history(quarrel, sit(store).codebook, decisions(store))
    fates = [(e.decision.id, e.fate) for e in log_entries(store, sit(store).codebook)]
    assert [(e.decision.id, e.fate) for e in log_entries(other, sit(store).codebook)] == fates


def test_the_order_of_documents_makes_no_difference(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """Corrections hold the same whichever article was read first."""
    desk = sit(store)
    change(desk, "expelled", actors=["Ada Vale"])
    log = decisions(store)
    codebook = desk.codebook
    assert build_history(quarrel, codebook, log) == build_history(list(reversed(quarrel)), codebook, log)


def test_a_damaged_decision_is_refused(store: Store, sit: Sit, tmp_path: Path) -> None:
    """A file whose decision could not be carried out is refused whole with the line, and the history stays as it was."""
    desk = sit(store)
    change(desk, "recalled", when="2021-05-05", actors=["Ada Vale"])
    (line,) = decision_lines(decisions(store))
    other = open_store(tmp_path / "other.sqlite3", create=True)
    file = tmp_path / "log.jsonl"
    for path, value in (
        (("findings",), "all"),
        (("about",), "war"),
        (("findings", 0, "start"), "x"),
        (("findings", 0, "start"), 10_000),
        (("findings", 0, "values", "evidence"), [[9, 3]]),
        (("findings", 0, "values", "trigger"), None),
        (("set", "when"), {"start": "soon"}),
        (("set", "actors"), [{"name": 3}]),
        (("set", "factuality"), "maybe"),
        (("set",), None),
    ):
        row: Any = json.loads(line)
        at = row["body"]
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        file.write_text(json.dumps(row), encoding="utf-8")
        with pytest.raises(InputError, match="line 1"):
            import_file(other, file)
    assert decisions(other) == ()
    file.write_text(line, encoding="utf-8")
    assert import_file(other, file).new == 1


def write_many(path: str, name: str, count: int) -> None:
    """Write so many decisions of a person, as a process of its own does."""
    store = open_store(Path(path), busy_seconds=60)
    for number in range(count):
        append_decision(store, author=name, kind="rename", body={"one": "x", "name": f"{name} {number}"})


def test_two_processes_lose_no_decision(store: Store) -> None:
    """Two processes that decide at once lose nothing, and each one's decisions stand in its order."""
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=write_many, args=(str(store.path), name, 40)) for name in ("ada", "bo")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
        assert worker.exitcode == 0
    log = decisions(store)
    assert len(log) == 80
    assert [one.time for one in log] == sorted(one.time for one in log)
    assert len({one.time for one in log}) == 80
    for name in ("ada", "bo"):
        assert [d.body["name"] for d in log if d.author == name] == [f"{name} {number}" for number in range(40)]


def test_a_clock_that_goes_back_changes_no_order(store: Store) -> None:
    """A decision is later than all before it, whatever the clock says, so that its undoing counts."""
    line = {
        "record": "decision",
        "id": "decision-x",
        "author": "cy",
        "kind": "rename",
        "body": {"one": "x", "name": "y"},
    }
    file = store.path.with_suffix(".jsonl")
    file.write_text(json.dumps({**line, "time": "2999-01-01T00:00:00+00:00"}), encoding="utf-8")
    import_file(store, file)
    undone = decide.undo(store, "decision-x", author="ada")
    assert undone.time > "2999"


def test_an_event_checked_in_one_report_gives_its_day(store: Store, sit: Sit, quarrel: list[Document]) -> None:
    """Where reports give different days, the one that a person checked counts before what most sources say."""
    desk = sit(store)
    target = correct.find_target(desk, event_of(desk.history, "recalled").id, quarrel[1].article.id)
    correct.change(desk, target, {"when": "2021-05-03"})
    recall = event_of(history_of(store, desk.codebook), "recalled")
    assert len(recall.members) == 2
    assert str(recall.when and recall.when.start) == "2021-05-03"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("type", "WAR", "No type 'WAR'"),
        ("type", "SANCTION/visit", "SANCTION has no mode 'visit'"),
        ("contexts", "weather_on_mars", "No context"),
        ("when", "soon", "is no time"),
        ("when", "2021-05-09..2021-05-01", "ends before it begins"),
        ("factuality", "maybe", "is no factuality"),
        ("colour", "red", "is nothing to change"),
    ],
)
def test_wrong_values_are_told(store: Store, sit: Sit, field: str, value: str, words: str) -> None:
    """A value that can't be is refused in one line that says what can, and nothing is written."""
    with pytest.raises((DecisionError, UnknownNameError), match=words):
        change(sit(store), "recalled", **{field: value})
    assert decisions(store) == ()


def test_the_amended_record_is_sound(store: Store, sit: Sit, codebook: Codebook) -> None:
    """Nothing in the record points at what was taken out, and every span's words are the article's."""
    desk = sit(store)
    correct.reject(desk, correct.find_target(desk, desk.history.statements[0].id))
    correct.reject(desk, correct.find_target(desk, event_of(desk.history, "recalled").id))
    history = sit(store).history
    texts = {a.id: a.text for a in history.articles}
    there = {r.id for r in (*history.events, *history.statements, *history.actors)}
    for event in history.events:
        assert {*event.actors, *event.recipients, *event.reported_by, *event.because} <= there
        assert all(texts[s.article][s.start : s.end] == s.text for s in (*event.evidence, event.trigger))
    assert all(set(relation.cause) <= there for relation in history.relations)
