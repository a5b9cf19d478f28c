"""The chronicle bench: where relations stood on given days, and which reports became one event.

A folder holds a folder a pair with articles and `expected.json` (corpora/chronicle/README.md says what its rows mean).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.ingest import Refusal
from dragoman.read import Pipeline
from dragoman.record import Document, History
from dragoman.relate import build_history, states_on
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_documents
from dragoman.settings import BATCH

SCOPED = frozenset({"sanctions", "recognition", "agreement"})
"""Dimensions in which several states can hold at once (on two persons, of two treaties); elsewhere a day has one value."""


@dataclass(slots=True)
class Score:
    """What was right: points of `points`, pairs of reports that are one event by both, by the program, by the gold.

    `gold` counts the pairs of all reports, `gold_found` those of which the coder found both: no merging can join the others.
    """

    points: int = 0
    right: int = 0
    reports: int = 0
    found: int = 0
    both: int = 0
    program: int = 0
    gold: int = 0
    gold_found: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of points that are right."""
        return self.right / self.points if self.points else 0.0

    @property
    def f1(self) -> float:
        """The pairwise F1 of the merged events over all reports: what the coder misses counts as not joined."""
        return 2 * self.both / (self.program + self.gold) if self.program + self.gold else 0.0

    @property
    def f1_found(self) -> float:
        """The pairwise F1 of the merged events over the reports that the coder found: the merging alone."""
        return 2 * self.both / (self.program + self.gold_found) if self.program + self.gold_found else 0.0


def pair_folders(folder: Path) -> list[Path]:
    """Return the folders of the pairs, sorted."""
    return sorted(path.parent for path in folder.glob("*/expected.json"))


def read_pair(folder: Path, reader: Pipeline) -> list[Document]:
    """Read the articles of a pair; `source` of each article names its file."""
    files = [str(path) for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".jsonl")]
    inputs = [found for found in open_inputs(files) if not isinstance(found, Refusal)]
    return [step.document for step in read_documents(inputs, reader, BATCH) if step.document is not None]


def score_pair(folder: Path, documents: Sequence[Document], codebook: Codebook, score: Score) -> History:
    """Add a pair's points and pairs of reports to a score; return the history they were scored on."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    history = build_history(documents, codebook)
    _score_states(expected["states"], history, codebook, score)
    _score_events(expected["events"], history, score)
    return history


def _score_states(rows: Sequence[Sequence[Any]], history: History, codebook: Codebook, score: Score) -> None:
    undirected = codebook.relations.undirected
    codes = {actor.id: actor.key or actor.country or actor.name for actor in history.actors}
    for of, toward, dimension, value, day in rows:
        ends = {(of, toward), (toward, of)} if dimension in undirected else {(of, toward)}
        held = {
            relation.value
            for relation in states_on(history, date.fromisoformat(day))
            if relation.dimension == dimension and (codes[relation.of], codes[relation.toward]) in ends
        }
        one = dimension in SCOPED or len(held) == 1
        right = not held if value is None else value in held and one
        score.points += 1
        score.right += right
        if not right:
            score.misses.append(f"{of} {toward} {dimension} on {day}: {sorted(held)}, expected {value}")


def _score_events(rows: Sequence[dict[str, Any]], history: History, score: Score) -> None:
    reports = list(_reports(rows))
    events = [_events_at(history, file, words, kinds) for _, file, words, kinds in reports]
    for (key, file, words, _), found in zip(reports, events, strict=True):
        score.reports += 1
        score.found += bool(found)
        if not found:
            score.misses.append(f"no event for {key} at {words!r} in {file}")
    for (one, first), (other, second) in combinations(zip(reports, events, strict=True), 2):
        program, gold = bool(first & second), one[0] == other[0]
        score.program += program
        score.gold += gold
        score.gold_found += gold and bool(first) and bool(second)
        score.both += program and gold
        if program and not gold:
            score.misses.append(f"joined {one[0]} and {other[0]}: {one[2]!r} and {other[2]!r}")
        if gold and not program and first and second:
            score.misses.append(f"not joined, {one[0]}: {one[2]!r} ({one[1]}) and {other[2]!r} ({other[1]})")


def _reports(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    for row in rows:
        for file, words in row["reports"]:
            yield row["key"], file, words, frozenset(row["type"].split("|"))


def _events_at(history: History, file: str, words: str, kinds: frozenset[str]) -> frozenset[str]:
    """The merged events of an allowed type that a report names in those words: a trigger lies in them."""
    found = set()
    for article in history.articles:
        start = article.text.find(words) if file in article.source else -1
        if start < 0:
            continue
        end = start + len(words)
        for event in history.events:
            if event.type in kinds and any(
                place.article == article.id and place.start < end and start < place.end
                for place in (event.trigger, *event.told)
            ):
                found.add(event.id)
    return frozenset(found)
