"""The corpus of forecasts is sound, and what it holds is settled rightly."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

CORPORA = Path(__file__).parents[2] / "corpora"
RECALL = 0.8
"""Share of what came true or failed that is settled rightly; measured 0.85."""


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The scorer, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("score_forecasts", CORPORA / "score_forecasts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_corpus_keeps_its_format(scorer: ModuleType) -> None:
    """At least forty cases of all outcomes, whose words stand once in their article and whose days are days."""
    cases = scorer.cases(CORPORA / "forecasts")
    assert len(cases) >= 40
    assert {case["outcome"] for case in cases} == {"met", "failed", "open"}
    for case in cases:
        first, *later = case["articles"]
        assert first["text"].count(case["forecast"]) == 1, case["id"]
        assert all(first["published"] < article["published"] for article in later), case["id"]
        assert (case["evidence"] is None) == (case["outcome"] == "open"), case["id"]
        if case["evidence"]:
            assert sum(article["text"].count(case["evidence"]) for article in later) == 1, case["id"]
        for day in (case["due"] or {}).values():
            assert day is None or date.fromisoformat(day)


def test_outcomes_are_settled_rightly(scorer: ModuleType) -> None:
    """Nothing is settled wrongly, and most of what came true or failed is settled, with the words that tell it."""
    rows = list(scorer.score(scorer.cases(CORPORA / "forecasts")))
    settled = [right for measure, _, right, _ in rows if measure in ("precision", "evidence")]
    recall = [right for measure, _, right, _ in rows if measure == "recall"]
    assert settled
    assert all(settled)
    assert sum(recall) >= RECALL * len(recall)
