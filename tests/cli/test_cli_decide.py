"""A person decides on the command line, and the next answer has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

TEXTS = {
    "one.txt": "March 3, 2021\n\nEstonia's foreign minister Olga Kann met Latvia's ambassador Juri Sepp in Riga on Tuesday. "
    "Kann said that Estonia would send more aid to Latvia.",
    "two.txt": "April 9, 2021\n\nEstonian foreign minister Olga Brandt visited Latvia on Thursday and praised the talks. "
    "Brandt thanked Latvia for its help.",
}


@pytest.fixture
def read(call: Call, tmp_path: Path) -> None:
    """A store with two articles about one minister, before and after her marriage."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert call("read", folder).status == 0


def listed(call: Call, query: str) -> list[str]:
    """The lines of `actors QUERY` that name an actor."""
    return [line for line in call("actors", query).out.splitlines() if not line.startswith(" ")]


@pytest.mark.usefixtures("read")
def test_merge_rename_split_and_undo(call: Call) -> None:
    """Two spellings become one, get a name and a link, and come apart again, each at once and with the way back."""
    assert len(listed(call, "olga kann") + listed(call, "olga brandt")) == 2
    merged = call("actors", "merge", "Olga Kann", "Olga Brandt", "--author", "ada", "--reason", "one minister")
    assert merged.status == 0
    assert merged.out.endswith("'Olga Kann' and 'Olga Brandt' are one (one minister)\n")
    decision = merged.out.split()[0]
    assert f"dragoman decisions undo {decision}" in merged.err
    (line,) = listed(call, "olga brandt")
    assert listed(call, "olga kann") == [line]
    assert "one minister" in call("show", line.split()[-1]).out
    assert call("actors", "rename", "olga brandt", "Minister Kann").status == 0
    assert listed(call, "minister kann")[0].startswith("Minister Kann ")
    assert "Minister Kann" in call("brief", "Estonia", "Latvia").out
    assert call("actors", "link", "Minister Kann", "wikidata", "Q77").status == 0
    assert "wikidata:Q77" in call("export", "--format", "csv", "--records", "actor").out
    assert call("actors", "split", "Minister Kann", "Olga Brandt").status == 0
    assert [line.split("  ")[0] for line in listed(call, "olga brandt")] == ["Olga Brandt"]
    again = call("decisions", "undo", decision)
    assert again.status == 0
    log = call("decisions", "--format", "json").out.splitlines()
    entries = [json.loads(line) for line in log]
    assert [entry["kind"] for entry in entries] == ["join", "rename", "link", "split", "undo"]
    assert entries[0]["standing"] == "undone"
    assert entries[0]["author"] == "ada"
    assert call("decisions", "undo", decision).status == 1
    assert "[undone]" in call("decisions").out


@pytest.mark.usefixtures("read")
def test_decisions_outlive_reading_and_pass_on(call: Call, tmp_path: Path) -> None:
    """A decision holds after everything was read anew, and in a colleague's store, into which it comes once only."""
    assert call("actors", "merge", "Olga Kann", "Olga Brandt").status == 0
    assert call("read", tmp_path / "texts", "--again").status == 0
    assert len(set(listed(call, "olga kann") + listed(call, "olga brandt"))) == 1
    file = tmp_path / "log.jsonl"
    assert call("decisions", "export", file).status == 0
    other = ("--store", tmp_path / "other.sqlite3")
    assert call("read", tmp_path / "texts" / "one.txt", *other).status == 0
    assert call("decisions", "import", file, *other).err == "1 new, 0 known already.\n"
    assert call("decisions", "import", file, *other).err == "0 new, 1 known already.\n"
    assert "no article here holds" in call("decisions", *other).out
    assert call("read", tmp_path / "texts" / "two.txt", *other).status == 0
    assert "no article here holds" not in call("decisions", *other).out
    assert "also: " in call("actors", "olga kann", *other).out


@pytest.mark.usefixtures("read")
def test_a_damaged_file_of_decisions_is_refused_whole(call: Call, tmp_path: Path) -> None:
    """One wrong line, and nothing of the file is taken in; the message names the line and the remedy."""
    assert call("actors", "rename", "Olga Kann", "O. Kann").status == 0
    line = call("decisions", "export", "-").out.splitlines()[0]
    file = tmp_path / "log.jsonl"
    other = ("--store", tmp_path / "other.sqlite3")
    assert call("read", tmp_path / "texts" / "one.txt", *other).status == 0
    for wrong, words in (
        ("{", "line 2: no JSON"),
        ('{"record": "event"}', "line 2: no decision"),
        (line.replace('"rename"', '"crown"'), "unknown kind 'crown'"),
        (line.replace("O. Kann", "P. Kann"), "says something else"),
        (json.dumps({**json.loads(line), "id": "decision-2", "time": "yesterday"}), "is no time"),
    ):
        file.write_text(f"{line}\n{wrong}\n", encoding="utf-8")
        answer = call("decisions", "import", file, *other)
        assert answer.status == 1
        assert words in answer.err
        assert answer.err.count("\n") == 1
    assert call("decisions", *other).status == 1


@pytest.mark.usefixtures("read")
def test_what_cannot_be_decided_is_said(call: Call) -> None:
    """Wrong names, one and the same, unlike kinds and wrong ids are one line each with the remedy, and nothing is logged."""
    for arguments, status, words in (
        (("actors", "merge", "Olga Kann", "Nobody Atall"), 2, "No actor is called"),
        (("actors", "merge", "Olga Kann", "Olga Kann"), 1, "one already"),
        (("actors", "merge", "Olga Kann", "Estonia"), 1, "only like with like"),
        (("actors", "merge", "Latvia", "Estonia"), 1, "states of the codebook"),
        (("actors", "split", "Olga Kann"), 1, "nothing to split off"),
        (("actors", "link", "Olga Kann", "wikidata", "77"), 1, "write it as Q212"),
        (("actors", "rename", "Olga Kann", "  "), 1, "empty name"),
        (("events", "merge", "event-none", "event-none"), 2, "No record"),
        (("decisions", "undo", "decision-none"), 2, "No decision is called"),
    ):
        answer = call(*arguments)
        assert (answer.status, answer.err.count("\n")) == (status, 1), answer.err
        assert words in answer.err
    assert call("decisions").status == 1


@pytest.mark.usefixtures("read")
def test_actors_say_why_in_words_and_json(call: Call) -> None:
    """With a query each actor comes with its career and the reasons for its state and its mentions, in text and in JSON."""
    told = call("actors", "olga kann").out
    assert "office: foreign minister (EST); so called on 2021-03-03" in told
    assert "acts for EST: called Estonia's foreign minister (\"Estonia's foreign minister\"" in told
    (whole,) = (json.loads(line) for line in call("actors", "olga kann", "--format", "json").out.splitlines())
    assert (whole["record"], whole["country"], whole["mentioned"]) == ("actor", "EST", len(whole["mentions"]))
    (ground,) = (one for one in whole["grounds"] if one["of"] == "country")
    assert ground["evidence"][0]["text"] == "Estonia's foreign minister"
    assert {"a part of the name Olga Kann"} == {mention["why"] for mention in whole["mentions"]} - {""}
    assert call("actors", whole["id"]).out == told


@pytest.mark.usefixtures("read")
def test_an_actor_is_an_entry_of_the_register(call: Call, tmp_path: Path) -> None:
    """An entry's id is taken wherever an actor is: to merge with, to rename by, and to split from."""
    register = tmp_path / "desk.csv"
    register.write_text("name,country,office,since\nOlga Lill,EST,foreign minister,2019\n", encoding="utf-8")
    settings = tmp_path / "settings.toml"
    settings.write_text(f'[actors]\nregister = ["{register.as_posix()}"]\n', encoding="utf-8")
    own = ("--settings", settings)
    entry = "register:olga-lill-EST"
    assert entry not in call("actors", *own).out
    assert call("actors", "merge", "Olga Brandt", entry, *own).status == 0
    assert f"from the register, {entry}" in call("actors", "olga brandt", *own).out
    assert entry in call("brief", "Estonia", "Latvia", *own).out, "the dossier names the office's source"
    assert call("actors", "rename", entry, "Minister Brandt", *own).status == 0
    assert listed(call, "minister brandt")
    assert call("actors", "split", "Olga Brandt", entry, *own).status == 0
    assert entry not in call("actors", "olga brandt", *own).out


@pytest.mark.usefixtures("read")
def test_ids_of_single_articles_are_taken(call: Call, tmp_path: Path) -> None:
    """The id that reading one article prints leads to the joined actor."""
    printed = call("read", tmp_path / "texts" / "two.txt", "--format", "jsonl").out.splitlines()
    records = [json.loads(line) for line in printed]
    (identity,) = (one["id"] for one in records if one["record"] == "actor" and one["name"] == "Olga Brandt")
    assert call("actors", "rename", identity, "Minister Brandt").status == 0
    assert call("actors", "minister brandt").out.startswith("Minister Brandt ")


def test_marks_of_another_program_are_taken_in(call: Call, read: None, tmp_path: Path) -> None:
    """`decisions import --from` decides by the marks of a file, says how many, and takes `--author` where nobody is named."""
    made = tmp_path / "marked.jsonl"
    call("export", "--format", "doccano", "--output", made)
    done = call("decisions", "import", made, "--from", "doccano", "--author", "bo")
    assert done.status == 0
    assert "0 changed, 0 rejected, 0 added, 0 known already." in done.err
    assert "  bo\n" in call("decisions").out
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"text": "No article has this text.", "label": []}\n', encoding="utf-8")
    refused = call("decisions", "import", wrong, "--from", "doccano")
    assert refused.status == 1
    assert refused.err.count("\n") == 1
    assert call("decisions", "import", made, "--author", "bo").status == 2
