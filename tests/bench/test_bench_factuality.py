"""The factuality bench: verdicts on words that people scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.bench.factuality import agreement, predict
from dragoman.errors import InputError

CASES = [
    ("The envoy left the city .", 2, 3.0, "happened"),
    ("The envoy did not leave the city .", 4, -3.0, "negated"),
    ("The envoy will leave the city .", 3, -1.0, "future"),
    ("The envoy may leave the city .", 3, -0.5, "hypothetical"),
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A small gold file of our own sentences."""
    path = tmp_path / "gold.jsonl"
    rows = [
        {"id": str(i), "text": text, "targets": [{"span1": [word, word + 1], "label": label}]}
        for i, (text, word, label, _) in enumerate(CASES)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_each_target_gets_a_verdict_with_its_reason(gold: Path) -> None:
    """A line of predictions names the words, what they are taken for, and why."""
    found = [line["targets"][0] for line in predict(gold)]
    assert [target["factuality"] for target in found] == [case[3] for case in CASES]
    assert found[1]["reason"] == "not"


def test_agreement_is_high_where_both_say_the_same(gold: Path) -> None:
    """Answers that go with the scores correlate with them."""
    assert agreement(gold)["pearson"] > 0.9
    assert agreement(gold)["f1"] == 1.0


def test_a_line_without_targets_is_named(tmp_path: Path) -> None:
    """A broken line is refused with its number."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "1", "text": "It fell ."}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        list(predict(path))
