"""The project's own chronicle is sound and large enough, and its check finds what is wrong."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CORPORA = Path(__file__).parents[2] / "corpora"


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """Load the check script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("check_chronicle", CORPORA / "check_chronicle.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_chronicle_has_no_fault(checker: ModuleType) -> None:
    """Every pair keeps the format: words once in the file, days that exist, values of the contract, known codes."""
    assert checker.check(CORPORA / "chronicle") == []


def test_chronicle_is_large_and_varied(checker: ModuleType) -> None:
    """Six pairs or more with 20 points each, none below 15, 60 articles, 120 points, every dimension, nulls and repeats."""
    folders = checker.pairs(CORPORA / "chronicle")
    states = {
        folder.name: json.loads((folder / "expected.json").read_text(encoding="utf-8"))["states"] for folder in folders
    }
    total = checker.counts(CORPORA / "chronicle")
    assert total["pairs"] >= 6
    assert total["articles"] >= 60
    assert total["states"] >= 120
    assert sum(len(points) >= 20 for points in states.values()) >= 6
    assert min(len(points) for points in states.values()) >= 15
    points = [point for of_pair in states.values() for point in of_pair]
    assert {point[2] for point in points} == set(checker.DIMENSIONS)
    assert sum(point[3] is None for point in points) >= 12
    assert total["events reported more than once"] >= 40


def test_chronicle_points_hold_one_value_of_undirected_dimensions(checker: ModuleType) -> None:
    """No undirected dimension is asked twice for a day with the two states the other way round."""
    undirected = {"diplomatic_relations", "border", "agreement", "hostilities"}
    for pair in checker.pairs(CORPORA / "chronicle"):
        expected = json.loads((pair / "expected.json").read_text(encoding="utf-8"))
        asked = Counter(
            (*sorted((of, toward)), dimension, day)
            for of, toward, dimension, _, day in expected["states"]
            if dimension in undirected
        )
        assert [key for key, n in asked.items() if n > 1] == []


def valid() -> dict[str, Any]:
    """Return an expectation without fault about the article that `test_chronicle_check_finds_fault` writes."""
    return {
        "pair": ["ETH", "ERI"],
        "states": [["ETH", "ERI", "border", "closed", "1998-06-01"]],
        "events": [
            {
                "key": "closing",
                "type": "SANCTION",
                "actors": ["ETH"],
                "recipients": ["ERI"],
                "when": "1998-05",
                "reports": [["a.txt", "closed the border"]],
            }
        ],
    }


def write_pair(folder: Path, expected: dict[str, Any], text: str) -> None:
    """Write a pair of one article into ``folder``."""
    pair = folder / "ethiopia-eritrea"
    pair.mkdir()
    (pair / "a.txt").write_text(text, encoding="utf-8")
    (pair / "expected.json").write_text(json.dumps(expected), encoding="utf-8")


ARTICLE = "May 20, 1998. Ethiopia closed the border." + " Nobody passed." * 30


def test_chronicle_check_passes_sound_pair(checker: ModuleType, tmp_path: Path) -> None:
    """A pair that keeps every rule has no fault, so each fault found below comes from its one change."""
    write_pair(tmp_path, valid(), ARTICLE)
    assert checker.check(tmp_path) == []


@pytest.mark.parametrize(
    ("field", "change", "fault"),
    [
        ("states", {0: "KEN"}, "not between the pair"),
        ("states", {2: "frontier"}, "no such dimension"),
        ("states", {3: "severed"}, "no such value"),
        ("states", {4: "1998-02-30"}, "bad day"),
        ("events", {"type": "GREET"}, "no such type"),
        ("events", {"actors": ["ZZZ"]}, "no such code"),
        ("events", {"when": "1998-13"}, "bad day"),
        ("events", {"reports": []}, "no report"),
        ("events", {"reports": [["b.txt", "closed the border"]]}, "no such file"),
        ("events", {"reports": [["a.txt", "Nobody passed"]]}, "words occur 30 times"),
        ("events", {"reports": [["a.txt", "opened the border"]]}, "words occur 0 times"),
        ("events", {"reports": [["a.txt", "closed the border"]] * 2}, "report stands 2 times"),
    ],
)
def test_chronicle_check_finds_fault(
    checker: ModuleType, tmp_path: Path, field: str, change: dict[Any, Any], fault: str
) -> None:
    """Each kind of wrong state or event is named."""
    expected = valid()
    for key, value in change.items():
        expected[field][0][key] = value
    write_pair(tmp_path, expected, ARTICLE)
    assert any(fault in line for line in checker.check(tmp_path))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ARTICLE.replace("May 20, 1998", "May"), "no full date"),
        ("May 20, 1998. Ethiopia closed the border.", "7 words, not 60"),
    ],
)
def test_chronicle_check_finds_faulty_article(checker: ModuleType, tmp_path: Path, text: str, fault: str) -> None:
    """An article without a date, or too short, is named."""
    write_pair(tmp_path, valid(), text)
    assert any(fault in line for line in checker.check(tmp_path))
