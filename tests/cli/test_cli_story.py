"""Forecasts, reasons, news and comparisons on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.run.examples import example_files

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def story_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with examples about three pairs, read once."""
    from dragoman.codebook import Codebook
    from dragoman.read import build_reader
    from dragoman.run.inputs import open_inputs
    from dragoman.run.local import read_into
    from dragoman.store import open_store

    path = tmp_path_factory.mktemp("story") / "store.sqlite3"
    names = ("saudi-iran-2016-ties-cut", "saudi-iran-2023-ambassadors", "india-pakistan-2019-february")
    files = [path for path in example_files() if Path(path).stem in names]
    assert len(files) == len(names)
    store = open_store(path, create=True)
    assert all(step.article for step in read_into(store, open_inputs(files), build_reader(Codebook()), 4))
    return path


@pytest.fixture
def ask(call: Call, story_store: Path) -> Call:
    """A function that asks that store."""
    return lambda *arguments: call(*arguments, "--store", story_store)


def test_forecasts_tell_who_and_when(ask: Call) -> None:
    """A forecast has its speaker, its day, its due day and its outcome, in text and in JSON, the states in any language."""
    answer = ask("forecasts", "Indien", "PAK")
    assert answer.status == 0
    assert re.search(r"28 February 2019: Imran Khan.*release a captured Indian pilot", answer.out)
    assert "due 1 March 2019; open" in answer.out
    assert "Imran Khan: 0 came true, 0 did not" in answer.out
    found = json.loads(ask("forecasts", "IND", "PAK", "--format", "json").out)
    dues = [one["due"] for one in found["forecasts"]]
    assert {"start": "2019-03-01", "end": "2019-03-01"} in dues
    assert all(one["words"] and one["outcome"] in ("open", "met", "failed") for one in found["forecasts"])


def test_why_leads_to_the_storming(ask: Call) -> None:
    """The severed relations of 2016 lead to the storming, indented below, with words and the article."""
    records = [json.loads(line) for line in ask("export").out.splitlines()]
    event = next(
        one["id"] for one in records if one["record"] == "event" and one["trigger"]["text"].startswith("severed")
    )
    answer = ask("why", event[:14])
    assert answer.status == 0
    assert re.search(r"^    because: .*(?:[Ss]torm|[Bb]urn)", answer.out, re.MULTILINE)
    assert re.search(r"^\[1\] .*4 January 2016", answer.out, re.MULTILINE)
    tree = json.loads(ask("why", event, "--format", "json").out)
    assert tree["id"] == event
    assert all(reason["words"] for reason in tree["reasons"])


def test_watch_tells_only_what_is_new(ask: Call) -> None:
    """Since 2020 only the later article's facts are new; since 2030 nothing is, and the exit status says so."""
    answer = json.loads(ask("watch", "Saudi Arabia", "Iran", "--since", "2020-01-01", "--format", "json").out)
    assert answer["articles"] == 1
    assert answer["events"]
    assert all(len({words["article"] for words in one["words"]}) == 1 for one in answer["events"])
    text = ask("watch", "Saudi Arabia", "Iran", "--since", "2020-01-01")
    assert "Events\n" in text.out
    assert re.search("severed, since 3 January 2016, until .* 2023 \\(now over\\)", text.out)
    later = ask("watch", "Saudi Arabia", "Iran", "--since", "2030-01-01")
    assert (later.status, later.out) == (1, "")
    assert ask("watch", "Saudi Arabia", "Iran", "--since", "yesterday").status == 2


def test_compare_sets_pairs_side_by_side(ask: Call) -> None:
    """Three states are three pairs; the pair of which nothing is told says so."""
    answer = ask("compare", "SAU", "IRN", "PAK")
    assert answer.status == 0
    assert "Saudi Arabia and Iran\n" in answer.out
    assert "no article tells anything between the two" in answer.out
    rows = json.loads(ask("compare", "SAU", "IRN", "PAK", "--format", "json").out)
    assert (rows[0]["first"], rows[0]["second"]) == ("Saudi Arabia", "Iran")
    assert rows[0]["conflict"] > 0
    assert ask("compare", "SAU").status == 2


def test_wrong_names_are_one_line(ask: Call) -> None:
    """A state or event that is not there is one line with the remedy and the status of a wrong call."""
    for arguments in (
        ("forecasts", "Atlantis", "Iran"),
        ("forecasts", "Iran", "IRN"),
        ("why", "event-none"),
        ("why", "actor-"),
        ("watch", "Atlantis", "Iran", "--since", "2020-01-01"),
        ("compare", "Iran", "Atlantis"),
    ):
        answer = ask(*arguments)
        assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1), (arguments, answer)
