"""The project's own corpora of statements and mentions are sound, and their checks find what is wrong."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

CORPORA = Path(__file__).parents[2] / "corpora"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CORPORA / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def statements() -> ModuleType:
    """The check of the statements, which is no part of the package."""
    return _load("check_statements")


@pytest.fixture(scope="module")
def mentions() -> ModuleType:
    """The check of the mentions, which is no part of the package."""
    return _load("check_mentions")


def test_statements_corpus_has_no_fault(statements: ModuleType) -> None:
    """Every passage keeps the format, and there are at least 210 of them over all acts, some without a statement."""
    assert statements.check(CORPORA / "statements") == []
    passages = [item for _, item in statements.objects(CORPORA / "statements")]
    assert len(passages) >= 210
    assert {statement["act"] for item in passages for statement in item["statements"]} == statements.ACTS
    assert any(not item["statements"] for item in passages)


def test_mentions_corpus_has_no_fault(mentions: ModuleType) -> None:
    """Every passage keeps the format, and there are at least 160 of them over all ways to mention, some of nobody."""
    assert mentions.check(CORPORA / "mentions") == []
    passages = [item for _, item in mentions.objects(CORPORA / "mentions")]
    assert len(passages) >= 160
    assert {mention["how"] for item in passages for mention in item["mentions"]} == mentions.WAYS
    assert any(mention["refers_to"] is None for item in passages for mention in item["mentions"])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"speaker": "Bo Ek"}, "speaker is not in the text"),
        ({"content": "We stayed."}, "not once"),
        ({"content": "go home"}, "not set off"),
        ({"act": "sigh"}, "no such act"),
        ({"due": {"start": "2024-01-01", "end": "2024-01-01"}}, "cannot be due"),
        ({"act": "intention", "due": {"start": "2024-13-01", "end": None}}, "bad day"),
    ],
)
def test_statements_check_finds_fault(
    statements: ModuleType, tmp_path: Path, change: dict[str, object], fault: str
) -> None:
    """Each kind of wrong statement is named."""
    statement = {
        "speaker": "Ada Lund",
        "cue": "said",
        "content": "We go home now,",
        "direct": True,
        "act": "claim",
        "due": None,
    }
    item = {
        "id": "st-1",
        "text": '"We go home now," Ada Lund said.',
        "published": "2024-03-14",
        "statements": [statement | change],
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")
    assert any(fault in line for line in statements.check(tmp_path))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"nth": 1}, "not in the text 2 times"),
        ({"words": "Min"}, "not in the text"),
        ({"refers_to": "QQQ"}, "neither a code nor a name"),
        ({"how": "nickname"}, "no such way"),
    ],
)
def test_mentions_check_finds_fault(
    mentions: ModuleType, tmp_path: Path, change: dict[str, object], fault: str
) -> None:
    """Each kind of wrong mention is named; half a word is no mention."""
    mention = {"words": "Minsk", "nth": 0, "refers_to": "BLR", "how": "metonym"}
    item = {"id": "mn-1", "text": "Minsk recalled its envoy.", "mentions": [mention | change]}
    (tmp_path / "one.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")
    assert any(fault in line for line in mentions.check(tmp_path))
