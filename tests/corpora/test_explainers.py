"""The explainers: every expected line names words that stand in its article, and only once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[2] / "corpora" / "explainers"
_TYPES = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
    | {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)
_TRUTHS = frozenset({"happened", "future", "hypothetical", "negated"})


def pairs() -> Iterator[tuple[Path, Path]]:
    """Each article with its expectation."""
    for expected in sorted(_FOLDER.glob("*/expected/*.json")):
        yield expected.parent.parent / "articles" / f"{expected.stem}.txt", expected


@pytest.mark.parametrize(("article", "expected"), list(pairs()), ids=lambda path: path.stem)
def test_expectation_fits_its_article(article: Path, expected: Path) -> None:
    """Words of events and statements occur exactly once; types and truths are ones that there are."""
    text = article.read_text(encoding="utf-8")
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    for types, _, _, _, truth, words in wanted["events"]:
        assert text.count(words) == 1, words
        assert set(types.split("|")) <= _TYPES, types
        assert set(truth.split("|")) <= _TRUTHS, truth
    for _, manner, words in wanted["statements"]:
        assert text.count(words) == 1, words
        assert manner in {"direct", "indirect"}


def test_every_article_has_an_expectation() -> None:
    """No article lies in the corpus unread."""
    articles = {path.stem for path in _FOLDER.glob("*/articles/*.txt")}
    assert articles == {expected.stem for _, expected in pairs()}
