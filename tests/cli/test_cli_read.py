"""`dragoman read`: into the store or as lines, twice the same, whatever the order."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dragoman.record.jsonl import schema
from dragoman.store import open_store

Call = Callable[..., Any]


def test_reading_stores_and_reading_again_changes_nothing(call: Call, articles: Path, tmp_path: Path) -> None:
    """A folder is read once; the second time everything is unchanged and the store keeps its records."""
    first = call("read", articles)
    assert first.status == 0
    assert first.err.startswith("3 read (")
    before = list(open_store(tmp_path / "store.sqlite3").documents())
    second = call("read", articles)
    assert (second.status, second.err.startswith("0 read, 3 unchanged, 0 refused")) == (0, True)
    assert list(open_store(tmp_path / "store.sqlite3").documents()) == before


def test_nothing_goes_to_standard_output_when_storing(call: Call, articles: Path) -> None:
    """Standard output is for data; the summary of a reading is not data."""
    assert call("read", articles).out == ""


def test_every_line_keeps_the_schema_and_every_span_its_words(call: Call, articles: Path) -> None:
    """Each printed line is valid, and each span in it holds the words of its article."""
    printed = call("read", articles, "--format", "jsonl")
    records = [json.loads(line) for line in printed.out.splitlines()]
    validator = jsonschema.Draft202012Validator(schema())
    texts = {record["id"]: record["text"] for record in records if record["record"] == "article"}
    assert len(texts) == 3
    for record in records:
        validator.validate(record)
        for span in _spans(record):
            assert texts[span["article"]][span["start"] : span["end"]] == span["text"]


def _spans(value: object) -> list[dict[str, object]]:
    if isinstance(value, dict):
        own = [value] if {"article", "start", "end", "text"} <= set(value) else []
        return own + [span for inner in value.values() for span in _spans(inner)]
    return [span for inner in value for span in _spans(inner)] if isinstance(value, list) else []


def test_the_order_of_paths_and_the_batch_make_no_difference(call: Call, articles: Path, tmp_path: Path) -> None:
    """The same articles give the same bytes in whatever order they are named and however many are parsed together."""
    names = [articles / name for name in ("one.txt", "two.txt", "three.txt")]
    one = tmp_path / "one.toml"
    one.write_text("[read]\nbatch = 1\n", encoding="utf-8")
    printed = call("read", *names, "--format", "jsonl").out
    assert call("read", *reversed(names), names[0], "--format", "jsonl").out == printed
    assert call("read", *names, "--format", "jsonl", "--settings", one).out == printed


def test_two_processes_print_the_same_bytes(start: Callable[..., subprocess.Popen[bytes]], articles: Path) -> None:
    """Two runs in processes with different hash seeds print the same bytes."""
    digests = []
    for seed in ("1", "2"):
        process = start("read", articles, "--format", "jsonl", environment={"PYTHONHASHSEED": seed})
        out, _ = process.communicate(timeout=600)
        assert process.returncode == 0
        assert out
        digests.append(hashlib.sha256(out).hexdigest())
    assert digests[0] == digests[1]


def test_the_store_exports_what_reading_prints(call: Call, articles: Path) -> None:
    """A store and a reading without one hold the same record, to the byte."""
    printed = call("read", articles, "--format", "jsonl").out
    call("read", articles)
    assert call("export").out == printed


def test_standard_input_is_read(call: Call) -> None:
    """A text on standard input is read with the date, publisher and address that the call gives."""
    options = ("--published", "2021-05-04", "--publisher", "The Herald", "--url", "https://herald.example/1")
    printed = call("read", "-", *options, "--format", "jsonl", stdin=b"Estonia expelled a Russian diplomat on Monday.")
    article = json.loads(printed.out.splitlines()[0])
    assert (article["published"], article["published_from"]) == ("2021-05-04", "given")
    assert (article["publisher"], article["url"]) == ("The Herald", "https://herald.example/1")


def test_a_text_without_a_date_gets_none(call: Call, tmp_path: Path) -> None:
    """Without a date in the text or the call, the article is undated and its relative dates stay open."""
    path = tmp_path / "undated.txt"
    path.write_text("Estonia expelled a Russian diplomat yesterday.", encoding="utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    records = [json.loads(line) for line in call("read", path, "--format", "jsonl").out.splitlines()]
    assert [record["published"] for record in records if record["record"] == "article"] == [None]
    assert all((record["when"] or {}).get("start") is None for record in records if record["record"] == "event")


def test_an_older_reader_is_told_and_again_reads_anew(
    call: Call, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older reader has read is left, and said to be so; --again reads it with this one."""
    call("read", articles)
    store = open_store(tmp_path / "store.sqlite3")
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE document SET reader = 'clean 0'")
    told = call("read", articles)
    assert "3 unchanged" in told.err
    assert "3 of the unchanged were read by an older reader: --again reads them anew." in told.err
    assert "3 of them again" in call("read", articles, "--again").err
    assert "older reader" not in call("read", articles).err


def test_a_date_given_later_is_taken_in(call: Call, tmp_path: Path) -> None:
    """An undated article that is read again with a date is read anew; leaving the date out later changes nothing."""
    path = tmp_path / "undated.txt"
    path.write_text("Estonia expelled a Russian diplomat yesterday.", encoding="utf-8")
    call("read", path)
    assert "1 of them again" in call("read", path, "--published", "2021-05-04").err
    assert call("read", path).err.startswith("0 read, 1 unchanged")
    assert json.loads(call("export").out.splitlines()[0])["published"] == "2021-05-04"
    assert "--again takes the new" in call("read", path, "--published", "2021-05-06").err


def test_copies_in_one_run_are_one_article(call: Call, articles: Path, tmp_path: Path) -> None:
    """The same text under two names is read once, in the store and in the lines."""
    (articles / "zwilling.txt").write_bytes((articles / "one.txt").read_bytes())
    assert call("read", articles).err.startswith("3 read (")
    printed = call("read", articles, "--format", "jsonl")
    assert sum(json.loads(line)["record"] == "article" for line in printed.out.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("read", "x", "--published", "21.4.2023"), "is no date: write it as 2023-04-21"),
        (("read", "x", "--format", "xml"), "xml"),
        (("reed",), "No such command 'reed'"),
        (("read", "x", "--settings", "nowhere.toml"), "No settings file 'nowhere.toml'"),
    ],
)
def test_a_wrong_call_is_told_with_status_2(call: Call, arguments: tuple[str, ...], words: str) -> None:
    """A call that is wrong in itself reads nothing, says what is wrong and gives status 2."""
    called = call(*arguments)
    assert called.status == 2
    assert words in called.err
    assert called.out == ""


def test_the_prefilter_passes_over_what_names_nobody(call: Any, articles: Path) -> None:
    """`--prefilter` skips a recipe, says so, stores the others, and without it the recipe is read."""
    (articles / "soup.txt").write_text("Peel the onions and let them simmer for an hour.", encoding="utf-8")
    done = call("read", articles, "--prefilter")
    assert done.status == 0
    assert "3 read" in done.err
    assert "1 skipped, naming no political actor" in done.err
    assert "1 read" in call("read", articles).err


def test_the_log_as_json(call: Any, articles: Path) -> None:
    """With `--log json` every line on standard error is an object: a batch, each refusal, the end, all with counts."""
    (articles / "empty.txt").write_text("", encoding="utf-8")
    done = call("read", articles, "--log", "json")
    assert done.status == 1
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert [line["event"] for line in lines] == ["refused", "batch", "finished"]
    assert lines[0]["level"] == "warning"
    assert lines[0]["source"].endswith("empty.txt")
    assert (lines[1]["inputs"], lines[1]["read"], lines[1]["refused"]) == (4, 3, 1)
    assert (lines[2]["read"], lines[2]["refused"], lines[2]["interrupted"]) == (3, 1, False)
    assert lines[1]["events"] == lines[2]["events"] > 0
    assert all(line["time"].endswith("+00:00") for line in lines)


def test_reading_holds_no_history_in_memory(call: Any, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read is joined in the store batch by batch: the whole history, which grows with the store, is never loaded."""

    def loaded(*_: object) -> None:
        raise AssertionError("the whole history was loaded")

    with monkeypatch.context() as patched:
        patched.setattr("dragoman.run.history.get_history", loaded)
        assert call("read", articles).status == 0
    assert "Estonia" in call("events").out
