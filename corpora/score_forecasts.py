"""Score what becomes of forecasts against the corpus of forecasts (`forecasts/README.md`).

    python corpora/score_forecasts.py [--misses] [--half working|check] [FOLDER]

Each pair's articles are read by themselves and joined into a history. `found` counts the forecasts that the reader has as an
expectation or intention, `due` those of them with the listed days, `outcome` those with the listed outcome, by outcome.
`recall` is the share of the listed forecasts that came true or failed which are settled rightly; `precision` the share of all
settled statements that are settled rightly; `evidence` the share of the rightly settled whose evidence is the listed one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.read import Pipeline, build_reader
from dragoman.record import Article, Document, Statement
from dragoman.record.text import article_id
from dragoman.relate import build_history
from dragoman.relate.forecast import FORECASTS

CORPUS = Path(__file__).parent / "forecasts"
OVERLAP = 0.5
"""Share of the code points of two contents together that both must have."""

Row = tuple[str, str, bool, str]
"""The measure, the kind, whether it is right, and the words."""


def half_of(identity: str) -> str:
    """Return the half, "working" or "check", that a pair of articles belongs to."""
    return "check" if hashlib.sha256(identity.encode()).digest()[0] % 2 else "working"


def cases(folder: Path) -> list[dict[str, Any]]:
    """Return the cases of the folder in the order of their ids."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    return sorted((json.loads(line) for line in lines if line.strip()), key=lambda item: str(item["id"]))


def documents(case: dict[str, Any], reader: Pipeline) -> list[Document]:
    """Return the articles of a case as read."""
    articles = [
        Article(
            id=article_id(item["text"]),
            source=case["id"],
            text=item["text"],
            published=date.fromisoformat(item["published"]),
            published_from="given",
            language="en",
        )
        for item in case["articles"]
    ]
    return list(reader.read([Document(article=article) for article in articles]))


def likest(case: dict[str, Any], statements: Sequence[Statement], first: str) -> Statement | None:
    """Return the expectation or intention of the first article whose words are most the listed ones."""
    text = case["articles"][0]["text"]
    start = text.index(case["forecast"])
    wanted = set(range(start, start + len(case["forecast"])))
    best, score = None, OVERLAP
    for one in statements:
        if one.content.article != first or one.act not in FORECASTS:
            continue
        given = {i for part in (one.content, *one.continued) for i in range(part.start, part.end)}
        share = len(wanted & given) / len(wanted | given)
        if share > score or (share == score and best is None):
            best, score = one, share
    return best


def score(items: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """Yield what was counted, case by case."""
    codebook = Codebook()
    reader = build_reader(codebook)
    for case in items:
        read = documents(case, reader)
        statements = build_history(read, codebook).statements
        one = likest(case, statements, read[0].article.id)
        gold = case["outcome"]
        words = f"{case['id']} {case['forecast']!r}"
        yield "found", "", one is not None, f"{words}: {case['articles'][0]['text']}"
        if one is not None:
            due = None if one.due is None else [str(one.due.start or ""), str(one.due.end or "")]
            listed = case["due"] and [case["due"]["start"] or "", case["due"]["end"] or ""]
            if due or listed:
                yield "due", "", due == listed, f"{words} is due {listed}, read {due}"
            yield "outcome", gold, one.outcome == gold, f"{words} is {gold}, read {one.outcome}"
        if gold != "open":
            right = one is not None and one.outcome == gold
            yield "recall", gold, right, words
            if right and one is not None:
                place = any(case["evidence"] in span.text for span in one.outcome_evidence)
                yield "evidence", gold, place, f"{words}: {[span.text for span in one.outcome_evidence]}"
        for other in statements:
            if other.outcome in ("met", "failed"):
                same = one is not None and _beside(other, one)
                right = same and other.outcome == gold
                yield "precision", other.outcome, right, f"{words}: {other.content.text!r} read {other.outcome}"


def _beside(one: Statement, other: Statement) -> bool:
    """Whether two statements share words: a forecast inside a report is settled with it."""
    return one.content.start < other.content.end and other.content.start < one.content.end


def main() -> None:
    """Print the shares, and what was missed when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--half", choices=("working", "check"))
    options = parser.parse_args()
    items = [item for item in cases(options.folder) if options.half in (None, half_of(item["id"]))]
    rows = list(score(items))
    if options.misses:
        print(*(f"{measure}: {what}" for measure, _, right, what in rows if not right), sep="\n")
    shares: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for measure, kind, right, _ in rows:
        shares[measure][kind, right] += 1
    for measure, counts in shares.items():
        kinds = sorted({kind for kind, _ in counts} - {""})
        for kind in ("all", *kinds):
            hits = sum(n for (k, right), n in counts.items() if right and kind in (k, "all"))
            asked = sum(n for (k, _), n in counts.items() if kind in (k, "all"))
            print(f"{measure if kind == 'all' else '':9} {kind:8} {hits:3}/{asked:<3} {hits / asked:.3f}")


if __name__ == "__main__":
    main()
