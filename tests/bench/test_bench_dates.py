"""The dates bench: predictions in the form that the scorer reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.bench.dates import predict
from dragoman.errors import InputError


def test_predictions_have_the_scorers_form(tmp_path: Path) -> None:
    """Each gold text gets one line with its id and its time expressions, counted from its own date."""
    text = "The envoy left on Monday and came back in June 2020."
    cases = [{"id": f"case-{i}", "dct": "2023-04-21T08:00", "text": text} for i in range(20)]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    found = list(predict(gold))
    assert [line["id"] for line in found] == [case["id"] for case in cases]
    assert found[-1]["preds"] == [
        {"start": 18, "end": 24, "value": "2023-04-17"},
        {"start": 42, "end": 51, "value": "2020-06"},
    ]


def test_a_line_that_is_no_gold_text_is_named(tmp_path: Path) -> None:
    """A broken line is refused with its number, and a file that isn't there with its name."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "case-1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        list(predict(gold))
    with pytest.raises(InputError, match="missing"):
        list(predict(tmp_path / "missing.jsonl"))
