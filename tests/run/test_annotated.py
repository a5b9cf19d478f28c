"""Marks corrected in annotation programs come back as decisions, whatever units the program counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.export.forms.coded import Coding
from dragoman.export.forms.marks import brat_files
from dragoman.ingest.marks import Program, read_marks
from dragoman.record import Document
from dragoman.record.units import Utf16
from dragoman.run.annotated import import_marks
from dragoman.run.desk import Desk
from dragoman.run.exporting import export_lines
from dragoman.store import Store
from dragoman.store.decisions import decisions

Sit = Callable[..., Desk]
PROGRAMS: tuple[Program, ...] = ("label-studio", "doccano", "prodigy", "brat")

TEXT = (
    "🇳🇴 Norland recalled its ambassador to Sudmark 😡 on Tuesday.\n\n"
    "Cafe\u0301 owners 👩‍👩‍👧 cheered. Sudmark expelled a diplomat 🕊 of Norland.\n\n"
    "Minister Ada Vále said that Norland will\nregret it 😤.\n\nThe two signed a treaty in Westhaven 🎉."
)


@pytest.fixture
def marked_store(sheet: Any, make_store: Callable[..., Store]) -> Store:
    """A store of one article full of characters that are two UTF-16 units, or two characters that look like one."""
    one = sheet(TEXT, published="2021-05-06", publisher="One")
    nor, sud = one.state("NOR", "Norland"), one.state("SWE", "Sudmark")
    vale = one.person("Ada Vále", "SWE")
    recalled = "Norland recalled its ambassador to Sudmark 😡 on Tuesday."
    one.event(recalled, "recalled", "SANCTION/withdraw", [nor], [sud], day="2021-05-04", score=-6)
    one.event("Sudmark expelled a diplomat 🕊 of Norland.", "expelled", "SANCTION/expel", [sud], [nor], score=-6)
    one.statement(vale, "Norland will\nregret it 😤", "expectation", direct=False)
    return make_store("marked", [one.document()])


Edit = Callable[[list[list[Any]]], list[list[Any]]]
"""What a person does with an article's marks, as [start, end, label] in code points."""


def exported(desk: Desk, program: Program, folder: Path, edit: Edit, **particulars: Any) -> Path:
    """Export the marks and write the file that the program gives back once a person has edited them."""
    if program == "brat":
        place = folder / "brat"
        place.mkdir(exist_ok=True)
        for name, content in brat_files(Coding(desk.history, desk.codebook)):
            (place / name).write_text(content, encoding="utf-8", newline="")
        for ann in place.glob("*.ann"):
            text = ann.with_suffix(".txt").read_bytes().decode()
            rows = [line.split("\t") for line in ann.read_text(encoding="utf-8").splitlines()]
            old = []
            for _, middle, _ in rows:
                label, _, places = middle.partition(" ")
                numbers = [int(n) for n in places.replace(";", " ").split()]
                old.append([numbers[0], numbers[-1], label.replace("_", "/", 1)])
            with ann.open("w", encoding="utf-8", newline="") as file:
                for number, (start, end, label) in enumerate(edit(old), start=1):
                    pieces, at = [], start
                    for part in text[start:end].split("\n"):
                        pieces.append((at, at + len(part)))
                        at += len(part) + 1
                    words = " ".join(text[a:b] for a, b in pieces)
                    places = ";".join(f"{a} {b}" for a, b in pieces)
                    file.write(f"T{number}\t{label.replace('/', '_')} {places}\t{words}\n")
                file.write("#1\tAnnotatorNotes T1\ta note that is none of ours\n")
        return place
    path = folder / f"{program}.json"
    written = list(export_lines(desk.history, desk.codebook, program, "event")[0])
    if program == "label-studio":
        tasks = json.loads("\n".join(written))
        for task in tasks:
            text = task["data"]["text"]
            units = Utf16(text)
            old = [
                [units.point(one["value"]["start"]), units.point(one["value"]["end"]), one["value"]["labels"][0]]
                for one in task["predictions"][0]["result"]
            ]
            result = [
                {
                    "type": "labels",
                    "value": {
                        "start": units.of(s),
                        "end": units.of(e),
                        "text": text.encode("utf-16-le")[2 * units.of(s) : 2 * units.of(e)].decode("utf-16-le"),
                        "labels": [label],
                    },
                }
                for s, e, label in edit(old)
            ]
            task["annotations"] = [{"result": result, "completed_by": {"email": "bo@desk.example"}, **particulars}]
        path.write_text(json.dumps(tasks), encoding="utf-8")
        return path
    out = []
    for line in written:
        item = json.loads(line)
        if program == "doccano":
            units = Utf16(item["text"])
            old = [[units.point(s), units.point(e), label] for s, e, label in item["label"]]
            item["label"] = [[units.of(s), units.of(e), label] for s, e, label in edit(old)]
            item |= {"annotation_approver": "bo@desk.example", **particulars}
        else:
            edited = edit([[one["start"], one["end"], one["label"]] for one in item["spans"]])
            item["spans"] = [{"start": s, "end": e, "label": label} for s, e, label in edited]
            item |= {"answer": "accept", "_annotator_id": "bo@desk.example", **particulars}
        out.append(json.dumps(item, ensure_ascii=False))
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("program", PROGRAMS)
def test_marks_left_as_they_were_accept(marked_store: Store, sit: Sit, tmp_path: Path, program: Program) -> None:
    """An export that comes back untouched accepts every event and statement under the annotator's name, and only once."""
    desk = sit(marked_store)
    path = exported(desk, program, tmp_path, lambda marks: marks)
    done = import_marks(desk, path, program)
    assert (dict(done.made), done.known, done.unjudged) == ({"accept": 3}, 0, 0)
    after = sit(marked_store).history
    author = "ada" if program == "brat" else "bo@desk.example"
    for record in (*after.events, *after.statements):
        assert [(check.by, check.verdict) for check in record.checked] == [(author, "accepted")]
    again = import_marks(sit(marked_store), path, program)
    assert (dict(again.made), again.known) == ({}, 3)


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_kind_of_edit_becomes_its_decision(
    marked_store: Store, sit: Sit, tmp_path: Path, program: Program
) -> None:
    """A label changed, a mark removed, a mark added and an act changed are decided at the very words, behind emoji."""
    start = TEXT.index("signed")

    def edit(marks: list[list[Any]]) -> list[list[Any]]:
        new = [[s, e, label] for s, e, label in marks if label != "SANCTION/withdraw"]
        for mark in new:
            mark[2] = {"SANCTION/expel": "COERCE/restrict", "STATEMENT/expectation": "STATEMENT/demand"}.get(
                mark[2], mark[2]
            )
        return [*new, [start, start + len("signed"), "AGREE"]]

    desk = sit(marked_store)
    types = desk.codebook.ontology.types
    assert "restrict" in types["COERCE"].modes
    path = exported(desk, program, tmp_path, edit)
    done = import_marks(desk, path, program)
    assert dict(done.made) == {"change": 2, "add": 1, "reject": 1}
    after = sit(marked_store).history
    assert {(e.type, e.mode, e.trigger.text) for e in after.events} == {
        ("COERCE", "restrict", "expelled"),
        ("AGREE", None, "signed"),
    }
    (statement,) = after.statements
    assert (statement.act, statement.content.text) == ("demand", "Norland will\nregret it 😤")
    assert all(e.trigger.text == TEXT[e.trigger.start : e.trigger.end] for e in after.events)
    again = import_marks(sit(marked_store), path, program)
    assert dict(again.made) == {}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_file_of_another_text_decides_nothing(
    marked_store: Store, sit: Sit, tmp_path: Path, program: Program
) -> None:
    """A text that is not the article's to the letter is refused in one line, and the log stays as it was."""
    desk = sit(marked_store)
    path = exported(desk, program, tmp_path, lambda marks: [])
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        file.write_bytes(file.read_bytes().replace(b"Westhaven", b"Easthaven"))
    with pytest.raises(InputError, match="its text is not that of article-") as caught:
        import_marks(desk, path, program)
    assert "\n" not in str(caught.value)
    assert decisions(marked_store) == ()


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_label_that_is_not_ours_decides_nothing(
    marked_store: Store, sit: Sit, tmp_path: Path, program: Program
) -> None:
    """One unknown label refuses the whole file in one line."""
    desk = sit(marked_store)
    path = exported(desk, program, tmp_path, lambda marks: [*marks, [0, 2, "WEATHER/rain"]])
    with pytest.raises(InputError, match=r"WEATHER.rain"):
        import_marks(desk, path, program)
    assert decisions(marked_store) == ()


def test_offsets_in_the_wrong_units_are_found_out(marked_store: Store, sit: Sit, tmp_path: Path) -> None:
    """Label Studio writes the words beside the offsets: code points where UTF-16 units belong are refused."""
    desk = sit(marked_store)
    path = exported(desk, "label-studio", tmp_path, lambda marks: marks)
    tasks = json.loads(path.read_text(encoding="utf-8"))
    units = Utf16(TEXT)
    for result in tasks[0]["annotations"][0]["result"]:
        for name in ("start", "end"):
            result["value"][name] = units.point(result["value"][name])
    path.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.raises(InputError, match="UTF-16"):
        import_marks(desk, path, "label-studio")


def test_prodigy_answers(marked_store: Store, sit: Sit, tmp_path: Path) -> None:
    """`ignore`, no answer, and a refusal of several marks decide nothing; a refusal of one mark rejects it."""
    desk = sit(marked_store)
    for answer in ("ignore", None, "reject"):
        path = exported(desk, "prodigy", tmp_path, lambda marks: marks, answer=answer)
        done = import_marks(desk, path, "prodigy")
        assert (dict(done.made), done.unjudged) == ({}, 1)
    one = exported(
        desk, "prodigy", tmp_path, lambda marks: [m for m in marks if m[2] == "SANCTION/expel"], answer="reject"
    )
    assert dict(import_marks(desk, one, "prodigy").made) == {"reject": 1}
    assert [e.trigger.text for e in sit(marked_store).history.events] == ["recalled"]


def test_two_people_on_one_text_are_each_compared_with_what_they_saw(
    marked_store: Store, sit: Sit, tmp_path: Path
) -> None:
    """Where one annotator removes a mark and a later one leaves it, the event stands by the later word, found once."""
    desk = sit(marked_store)
    path = exported(desk, "label-studio", tmp_path, lambda marks: [m for m in marks if m[2] != "SANCTION/expel"])
    tasks = json.loads(path.read_text(encoding="utf-8"))
    kept = exported(desk, "label-studio", tmp_path, lambda marks: marks)
    second = json.loads(kept.read_text(encoding="utf-8"))[0]["annotations"][0]
    tasks[0]["annotations"].append(second | {"completed_by": 7})
    kept.write_text(json.dumps(tasks), encoding="utf-8")
    done = import_marks(desk, kept, "label-studio")
    assert dict(done.made) == {"accept": 5, "reject": 1}
    after = sit(marked_store).history
    assert sorted(e.trigger.text for e in after.events) == ["expelled", "recalled"]
    assert {one.author for one in decisions(marked_store)} == {"bo@desk.example", "Label Studio user 7"}


def test_an_event_told_by_two_articles_is_accepted_where_it_bears_no_mark(
    store: Store, sit: Sit, quarrel: list[Document], tmp_path: Path
) -> None:
    """A joined event is marked in one article; a mark that somebody puts on its report in the other accepts that report."""
    desk = sit(store)
    text = quarrel[1].article.text
    start = text.index("recalled")
    item = {"text": text, "label": [[start, start + len("recalled"), "SANCTION/withdraw"]]}
    marks = [[text.index("expelled"), text.index("expelled") + len("expelled"), "SANCTION/expel"]]
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(item | {"label": item["label"] + marks}), encoding="utf-8")
    assert dict(import_marks(desk, path, "doccano").made) == {"accept": 2}
    assert dict(import_marks(sit(store), path, "doccano").made) == {}


@pytest.mark.parametrize(
    ("program", "content"),
    [
        ("label-studio", "{}"),
        ("label-studio", '[{"text": "x", "label": []}]'),
        ("label-studio", '[{"data": {"text": "x"}, "annotations": [3]}]'),
        ("label-studio", "[" * 100_000),
        ("doccano", '{"text": "abc", "label": [[0, 9, "AGREE"]]}'),
        ("doccano", '{"text": "abc", "label": [[0, 1]]}'),
        ("doccano", '{"text": "abc"}'),
        ("prodigy", '{"text": "abc", "spans": [{"start": "0", "end": 1, "label": "AGREE"}], "answer": "accept"}'),
        ("prodigy", '{"text": "abc", "answer": "perhaps"}'),
        ("prodigy", "no JSON"),
    ],
)
def test_a_damaged_file_is_one_line(tmp_path: Path, program: Program, content: str) -> None:
    """What is no file of the program is refused in one line that names the place."""
    path = tmp_path / "marks.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_marks(path, program))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_brat_line_must_stand_in_its_text(tmp_path: Path) -> None:
    """An annotation whose words are not those at its offsets is refused with its line."""
    (tmp_path / "a.txt").write_text("Norland signed.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tAGREE 8 14\tseized\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        list(read_marks(tmp_path, "brat"))
