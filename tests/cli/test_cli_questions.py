"""Questions to a store: dossier, timeline, state, actors, show, search, export, and the checks."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli import main
from dragoman.run.examples import example_folder

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def read_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three examples about one pair, read once."""
    path = tmp_path_factory.mktemp("questions") / "store.sqlite3"
    before = sys.argv
    sys.argv = [
        "dragoman",
        "read",
        *map(str, sorted((example_folder() / "articles").glob("saudi-iran-*.txt"))),
        "--store",
        str(path),
    ]
    try:
        with pytest.raises(SystemExit) as leaving:
            main()
    finally:
        sys.argv = before
    assert not leaving.value.code
    return path


@pytest.fixture
def ask(call: Call, read_store: Path) -> Call:
    """A function that asks that store."""
    return lambda *arguments: call(*arguments, "--store", read_store)


@pytest.mark.parametrize(
    ("first", "second"),
    [("SAU", "IRN"), ("Saudi Arabia", "Iran"), ("Saudi", "Iranian"), ("Саудовская Аравия", "إيران")],
)
def test_a_state_is_named_by_code_name_language_or_demonym(ask: Call, first: str, second: str) -> None:
    """The dossier is the same however the two states are named."""
    called = ask("brief", first, second)
    assert called.status == 0
    assert called.out == ask("brief", "SAU", "IRN").out
    assert called.out.startswith("SAUDI ARABIA AND IRAN")


def test_a_typo_gets_suggestions(ask: Call) -> None:
    """A name that no state has is told with the nearest, on one line, and status 2."""
    called = ask("brief", "Saudi Arabbia", "Iran")
    assert called.status == 2
    assert called.err.count("\n") == 1
    assert "did you mean Saudi Arabia?" in called.err


def test_a_state_that_no_article_names_is_told(ask: Call) -> None:
    """A state that exists but stands in no article is told apart from one that does not exist."""
    called = ask("state", "SAU", "Fiji")
    assert called.status == 2
    assert "No article in the store speaks of Fiji" in called.err


def test_the_state_follows_the_day(ask: Call) -> None:
    """Relations that were cut in 2016 stand as severed afterwards, and not before."""
    assert "severed" in ask("state", "SAU", "IRN", "--as-of", "2018-01-01").out
    before = ask("state", "SAU", "IRN", "--as-of", "2015-06-01")
    assert "severed" not in before.out


def test_every_form_of_the_dossier_is_made(ask: Call, tmp_path: Path) -> None:
    """Markdown, JSON and a page that needs nothing from outside are written, each whole."""
    assert ask("brief", "SAU", "IRN", "--format", "markdown").out.startswith("# ")
    assert json.loads(ask("brief", "SAU", "IRN", "--format", "json").out)["first"] == "Saudi Arabia"
    page = tmp_path / "pages" / "dossier.html"
    called = ask("brief", "SAU", "IRN", "--format", "html", "--output", page)
    assert (called.status, called.out) == (0, "")
    text = page.read_text(encoding="utf-8")
    assert text.lower().startswith("<!doctype html>")
    assert not re.search(r"(?:src|href)=[\"']https?://[^\"']+\.(?:js|css)", text)


def test_every_event_of_the_timeline_can_be_shown(ask: Call) -> None:
    """Each id that the timeline prints leads to the record with its words marked in the article."""
    printed = ask("timeline", "SAU", "IRN").out
    ids = re.findall(r"^ +(event-[0-9a-f]{16})", printed, re.MULTILINE)
    assert ids
    for event in ids:
        shown = ask("show", event)
        assert shown.status == 0
        assert shown.out.startswith(event)
        assert "⟦" in shown.out
        assert ", line " in shown.out


def test_every_kind_of_record_can_be_shown(ask: Call) -> None:
    """An article, an actor, a statement and a relation are shown by their ids."""
    records = [json.loads(line) for line in ask("export").out.splitlines()]
    for kind in ("article", "actor", "statement", "relation"):
        one = next(record for record in records if record["record"] == kind)
        shown = ask("show", one["id"])
        assert (shown.status, shown.out.split()[0]) == (0, one["id"])


def test_the_beginning_of_an_id_is_enough_if_it_is_one(ask: Call) -> None:
    """A record is found by the beginning of its id; where several begin so, they are named."""
    article = json.loads(ask("export").out.splitlines()[0])["id"]
    assert ask("show", article[:16]).out.startswith(article)
    called = ask("show", "event-")
    assert called.status == 2
    assert re.search(r"\d+ records begin with 'event-': did you mean event-", called.err)


def test_actors_are_listed_by_how_often_they_are_mentioned(ask: Call) -> None:
    """The most mentioned actors come first, and a query leaves those whose names hold its words."""
    lines = [line for line in ask("actors").out.splitlines() if not line.startswith(" ")]
    counts = [int(line.split()[-2]) for line in lines]
    assert counts == sorted(counts, reverse=True)
    assert "Saudi Arabia" in ask("actors", "saudi").out
    assert ask("actors", "nobody of that name").status == 1


def test_search_marks_what_was_found(ask: Call) -> None:
    """A search lists the articles with their words marked, and nothing where a word is in none of them."""
    found = ask("search", "ambassador*")
    assert found.status == 0
    assert "⟦" in found.out
    assert ask("search", "zanzibar").status == 1


def test_tables_hold_every_record_once(ask: Call, tmp_path: Path) -> None:
    """The CSV tables have a row for each record, with the words at their offsets, and read back with Python's own reader."""
    records = [json.loads(line) for line in ask("export").out.splitlines()]
    texts = {record["id"]: record["text"] for record in records if record["record"] == "article"}
    assert ask("export", "--format", "csv", "--output", tmp_path / "tables").status == 0
    for kind in ("article", "actor", "mention", "statement", "event", "relation"):
        with (tmp_path / "tables" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == sum(record["record"] == kind for record in records)
        for row in rows:
            if "evidence" in row:
                words = texts[row["article"]][int(row["evidence_start"]) : int(row["evidence_end"])]
                assert row["evidence"] == words
    printed = ask("export", "--format", "csv", "--records", "actor").out
    assert next(csv.DictReader(io.StringIO(printed))).keys() >= {"id", "name", "kind", "country"}


def test_questions_to_a_store_that_is_not_there(call: Call) -> None:
    """Asking before anything was read says what to do first."""
    for question in (("brief", "UKR", "BLR"), ("actors",), ("search", "x"), ("export",), ("show", "event-1")):
        called = call(*question)
        assert called.status == 1
        assert "read articles into it first (dragoman read PATH)" in called.err


def test_the_kept_history_follows_the_articles(call: Call, tmp_path: Path) -> None:
    """After another article was read, the answer is that of a store into which both were read at once."""
    files = sorted((example_folder() / "articles").glob("colombia-venezuela-*.txt"))
    for file in files:
        call("read", file, "--store", tmp_path / "one.sqlite3")
        call("actors", "--store", tmp_path / "one.sqlite3")
    call("read", *files, "--store", tmp_path / "all.sqlite3")
    one, whole = (call("export", "--store", tmp_path / f"{name}.sqlite3").out for name in ("one", "all"))
    assert one == whole


def test_the_doctor_finds_nothing_wrong(call: Call) -> None:
    """On a sound installation the doctor finds no fault, and reads the examples as they should be."""
    called = call("doctor")
    assert called.status == 0, called.out
    assert "fault" not in called.out
    assert re.search(r"fine +reading +\d+ of \d+ facts found in 3 example articles", called.out)


def test_the_doctor_tells_faults(call: Call, tmp_path: Path) -> None:
    """A model that is not installed and a store that is none are faults with a remedy, and status 1."""
    settings = tmp_path / "settings.toml"
    settings.write_text('[parse]\nmodel = "no_such_model"\n', encoding="utf-8")
    called = call("doctor", "--settings", settings)
    assert called.status == 1
    assert "fault  model" in called.out
    assert "No spaCy pipeline 'no_such_model' is installed" in called.out
    (tmp_path / "store.sqlite3").write_text("no store " * 100, encoding="utf-8")
    called = call("doctor")
    assert called.status == 1
    assert "fault  store" in called.out


def test_the_demonstration_prints_a_dossier_and_writes_a_page(call: Call, tmp_path: Path) -> None:
    """The demonstration reads the examples, prints a dossier, writes the page that it names, and can be repeated."""
    for _ in range(2):
        called = call("demo", "--output", tmp_path / "demo")
        assert called.status == 0
        assert "SAUDI ARABIA AND IRAN" in called.out
        page = re.search(r"The same dossier as a web page: (.+)", called.out)
        assert page is not None
        assert Path(page.group(1)).is_file()


def test_a_users_codebook_is_laid_over_and_checked(call: Call, tmp_path: Path) -> None:
    """`codebook check` passes the project's rules and names the file and fault of a user's own."""
    assert call("codebook", "check").status == 0
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "loaded.toml").write_text("[violence\n", encoding="utf-8")
    settings = tmp_path / "settings.toml"
    settings.write_text('[codebook]\nfolders = ["mine"]\n', encoding="utf-8")
    called = call("codebook", "check", "--settings", settings)
    assert called.status == 1
    assert re.search(r"fault +\S+loaded\.toml, line 1: .*mend the TOML there", called.out)


def test_the_codebooks_examples_are_tried(call: Call) -> None:
    """`codebook test` reads the frames' own examples and lists just those that come out otherwise than marked."""
    called = call("codebook", "test", "--all")
    right, total = map(int, re.search(r"(\d+) of (\d+) examples come out as they are marked", called.err).groups())  # type: ignore[union-attr]
    lines = called.out.splitlines()
    assert len(lines) == total
    assert sum(line.endswith(" fine") for line in lines) == right
    assert called.status == (0 if right == total else 1)


def test_a_sentence_is_explained(call: Call, tmp_path: Path) -> None:
    """`codebook test SENTENCE` shows frame, roles, factuality and date, and a user's own frame where a folder is laid over."""
    sentence = "Norway confabulated with Peru on Monday."
    called = call("codebook", "test", sentence)
    assert called.status == 0
    assert called.out.startswith("No event.")
    frames = tmp_path / "mine" / "frames"
    frames.mkdir(parents=True)
    (frames / "own.toml").write_text(
        'type = "CONSULT"\n[[frame]]\nid = "confab"\nverbs = ["confabulate"]\nroles = "together"\n',
        encoding="utf-8",
    )
    called = call("codebook", "test", sentence, "--codebook", tmp_path / "mine", "--published", "2024-05-15")
    assert 'CONSULT  "confabulated"  frame confab (own.toml), as a verb' in called.out
    assert 'Norway (NOR), in subject: "Norway"' in called.out
    assert 'on 2024-05-13 ("Monday")' in called.out
    assert call("codebook", "test", sentence, "--published", "Monday").status == 2


def test_an_article_cannot_steer_the_terminal(call: Call, tmp_path: Path) -> None:
    """Escape sequences in a text or a file's name are shown as pictures, and stay as they are in the record."""
    path = tmp_path / "red\x1b[31m.txt"
    path.write_text("Estonia expelled \x1b[2Jtwo Russian diplomats on Monday.", encoding="utf-8")
    empty = tmp_path / "empty\x1b]0;title\x07.txt"
    empty.write_text("", encoding="utf-8")
    called = call("read", path, empty)
    assert "\x1b" not in called.err
    assert "empty␛]0;title␇.txt" in called.err
    article = json.loads(call("export").out.splitlines()[0])
    assert "\x1b[2J" in article["text"]
    for shown in (call("show", article["id"]), call("search", "diplomats")):
        assert "\x1b" not in shown.out
        assert "␛[2J" in shown.out


def test_the_benches_without_gold_are_run(call: Call, tmp_path: Path) -> None:
    """The benches of joining and of the examples print their figures, and a wrong call of one says what it needs."""
    joined = call("bench", "join", "200")
    assert joined.status == 0
    assert re.search(r"^names +200$", joined.out, re.MULTILINE)
    for file in example_folder().glob("*/usa-cuba-*"):
        (tmp_path / file.parent.name).mkdir(exist_ok=True)
        (tmp_path / file.parent.name / file.name).write_bytes(file.read_bytes())
    assert re.match(r"\d+ of \d+ expectations met \(0\.\d+\)", call("bench", "examples", tmp_path).out)
    assert call("bench", "speed").status == 2
    assert call("bench", "join", "many").status == 2
    assert "No bench is called 'evnets'" in call("bench", "evnets").err
    assert "No pair in" in call("bench", "chronicle", tmp_path).err
