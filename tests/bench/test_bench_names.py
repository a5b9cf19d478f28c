"""The bench of names writes one scored line a pair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.bench.names import predict
from dragoman.errors import InputError


def test_predicts_each_pair_in_order(tmp_path: Path) -> None:
    """Each pair comes out with its id, the true one scored above the false one."""
    gold = tmp_path / "gold.jsonl"
    pairs = [
        {"id": "a", "name1": "Ihar Kizim", "name2": "Ihor Kyzym"},
        {"id": "b", "name1": "Ihar Kizim", "name2": "Ihar Bandarenka"},
    ]
    gold.write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    first, second = predict(gold)
    assert (first["id"], second["id"]) == ("a", "b")
    assert first["score"] > 0.8 > 0.2 > second["score"]


def test_bad_line_is_named(tmp_path: Path) -> None:
    """A line without two names is an error that gives its number."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "name1": "x"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        list(predict(gold))
