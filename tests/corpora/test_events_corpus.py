"""The project's own corpus of events is sound, and its check finds what is wrong."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.read import Pipeline
from dragoman.record import Article, Document
from dragoman.record.text import article_id

CORPORA = Path(__file__).parents[2] / "corpora"


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """Load the check script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("check_events", CORPORA / "check_events.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_events_corpus_has_no_fault(checker: ModuleType) -> None:
    """Every passage keeps the format: words in the text, types and modes of PLOVER, days that exist, ids once."""
    assert checker.check(CORPORA / "events") == []


def test_events_corpus_covers_types_modes_and_factualities(checker: ModuleType) -> None:
    """Every type, every mode and every factuality occurs, and at least 60 passages hold no event."""
    passages = [item for _, item in checker.objects(CORPORA / "events")]
    events = [event for item in passages for event in item["events"]]
    kinds = Counter((event["type"], event["mode"]) for event in events)
    missing = [(kind, mode) for kind, modes in checker.MODES.items() for mode in modes if not kinds[kind, mode]]
    assert missing == []
    assert {event["factuality"] for event in events} == checker.FACTUALITIES
    assert len(passages) >= 640
    assert sum(not item["events"] for item in passages) >= 60


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"type": "GREET"}, "no such type"),
        ({"mode": "visit"}, "no such mode"),
        ({"words": "absent words"}, "not in the text"),
        ({"actors": ["ZZZ"]}, "neither a code"),
        ({"when": {"start": "2024-02-30", "end": None}}, "bad day"),
        ({"when": {"start": "2024-03-20", "end": "2024-03-20"}}, "after the passage was published"),
        ({"factuality": "perhaps"}, "no such factuality"),
    ],
)
def test_events_check_finds_fault(checker: ModuleType, tmp_path: Path, change: dict[str, object], fault: str) -> None:
    """Each kind of wrong event is named."""
    event = {
        "type": "SANCTION",
        "mode": "expel",
        "actors": ["POL"],
        "recipients": ["RUS"],
        "factuality": "happened",
        "historical": False,
        "when": None,
        "words": "expelled",
    }
    item = {
        "id": "ev-1",
        "text": "Poland expelled two Russian diplomats.",
        "published": "2024-03-14",
        "events": [event | change],
        "tags": [],
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")
    assert any(fault in line for line in checker.check(tmp_path))


def test_general_news_tells_hardly_an_event(reader: Pipeline) -> None:
    """Of 120 passages on sport, business, weather, accidents, crime, culture and health at most two give an event."""
    lines = (CORPORA / "events" / "general_news.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    articles = [Article(id=article_id(t), source="corpus", text=t, language="en") for t in texts]
    found = reader.read([Document(article=article) for article in articles])
    assert len(found) == 120
    assert sum(bool(document.events) for document in found) <= 2, [d.article.text for d in found if d.events]
