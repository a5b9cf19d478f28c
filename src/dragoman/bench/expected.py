"""Expectations: what a careful reader takes from an article, and which of it a history lacks.

The form is that of `examples/README.md`. A miss is one line that names what was asked and what was found instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.ingest import Refusal, read_inputs
from dragoman.read import Pipeline
from dragoman.record import Actor, Article, Document, Event, History, Relation, Span, Statement
from dragoman.relate import build_history

_UNDIRECTED = frozenset({"diplomatic_relations", "border", "agreement", "hostilities"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of an expectation: what was asked (`kind`, `what`), whether it was `met`, and what was `found`."""

    kind: str
    what: str
    met: bool
    found: str = ""

    def line(self, name: str) -> str:
        """The verdict as one line under the example's name, without what was found."""
        return f"{name}: {self.kind}: {self.what}".replace("\n", " ")


def read_examples(folder: Path, reader: Pipeline) -> list[tuple[Document, Mapping[str, Any]]]:
    """Read each `articles/NAME.txt` of a folder that has an `expected/NAME.json`; `given_published` there dates it."""
    found: list[tuple[Document, Mapping[str, Any]]] = []
    for path in sorted((folder / "expected").glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        given = expected.get("given_published")
        text = folder / "articles" / f"{path.stem}.txt"
        (item,) = read_inputs([str(text)], published=date.fromisoformat(given) if given else None)
        if isinstance(item, Refusal):
            raise InputError(item.reason)
        found.append((reader.read([Document(article=item)])[0], expected))
    return found


def judge_examples(
    examples: Iterable[tuple[Document, Mapping[str, Any]]], codebook: Codebook
) -> Iterator[tuple[str, Verdict]]:
    """Yield every verdict on every example with the example's name; each article is a history of its own."""
    for document, expected in examples:
        history = build_history([document], codebook)
        name = Path(document.article.source).stem
        for verdict in judge(history, document.article, expected):
            yield name, verdict
        for verdict in judge_states(history, expected.get("states", [])):
            yield name, verdict


def judge(history: History, article: Article, expected: Mapping[str, Any]) -> Iterator[Verdict]:
    """Yield a verdict for every line of an article's expectation, in its order."""
    actors = {actor.id: actor for actor in history.actors}
    if "published" in expected:
        found = article.published.isoformat() if article.published else None
        yield Verdict("published", str(expected["published"]), found == expected["published"], str(found))
    for row in expected.get("events", []):
        yield from _judge_event(history, article, actors, row)
    for speaker, manner, words in expected.get("statements", []):
        yield from _judge_statement(history, article, actors, speaker, manner == "direct", words)
    for kind, regions in (("furniture", article.furniture), ("notes", article.notes)):
        for words in expected.get(kind, []):
            places = _places(article.text, words)
            marked = all(any(r.start <= a and b <= r.end for r in regions) for a, b in places)
            yield Verdict(kind, words, bool(places) and marked)
    for name, title in expected.get("offices", []):
        held = [office.title for i in _called(history, article, name) for office in actors[i].offices]
        met = any(title.lower() in one.lower() or one.lower() in title.lower() for one in held)
        yield Verdict("office", f"{name}, {title}", met, str(held))
    for one, other in expected.get("same_actor", []):
        first, second = _called(history, article, one), _called(history, article, other)
        yield Verdict("same actor", f"{one} = {other}", len(first) == 1 and first == second)
    for one, other in expected.get("not_same_actor", []):
        first, second = _called(history, article, one), _called(history, article, other)
        yield Verdict("not same actor", f"{one}, {other}", bool(first and second) and not first & second)


def judge_states(history: History, states: Iterable[Sequence[Any]]) -> Iterator[Verdict]:
    """Yield a verdict for each (of, toward, dimension, value, day); a value of None asks that nothing is said of the day."""
    actors = {actor.id: actor for actor in history.actors}
    for of, toward, dimension, value, day in states:
        held = sorted({r.value for r in history.relations if _holds(r, actors, of, toward, dimension, day)})
        met = value in held if value is not None else not held
        yield Verdict("state", f"{of} {toward} {dimension} {value} on {day}", met, str(held))


def _judge_event(
    history: History, article: Article, actors: Mapping[str, Actor], row: Sequence[Any]
) -> Iterator[Verdict]:
    types, who, whom, when, factuality, words = row
    near = [event for event in history.events if _overlaps(event.evidence, article, words)]
    right = [event for event in near if event.type in types.split("|")]
    yield Verdict("event", f"{types} at {words!r}", bool(right), str([event.type for event in near]))
    if not right:
        return

    def fits(event: Event) -> bool:
        own, others = _names(event.actors, actors), _names(event.recipients, actors)
        return set(who) <= own and set(whom) <= (own | others if event.type == "CONSULT" else others)

    def matches(event: Event) -> bool:
        return event.factuality in factuality.split("|")

    best = max(right, key=lambda event: (fits(event), matches(event), event.id))
    roles = f"{sorted(_names(best.actors, actors))} → {sorted(_names(best.recipients, actors))}"
    yield Verdict("roles", f"{types} at {words!r}: {who} → {whom}", fits(best), roles)
    yield Verdict("factuality", f"{types} at {words!r}: {factuality}", matches(best), best.factuality)
    if when:
        start = best.when.start.isoformat() if best.when and best.when.start else "None"
        yield Verdict("date", f"{types} at {words!r}: {when}", any(start.startswith(w) for w in when.split("|")), start)


def _judge_statement(
    history: History, article: Article, actors: Mapping[str, Actor], speaker: str, direct: bool, words: str
) -> Iterator[Verdict]:
    manner = "direct" if direct else "indirect"
    found = [s for s in history.statements if s.direct is direct and _overlaps(_content(s), article, words)]
    yield Verdict("statement", f"{manner} {words!r}", bool(found))
    if found:
        said_by = [_names([s.speaker] if s.speaker else [], actors) for s in found]
        met = any(speaker in names or any(speaker in name for name in names) for names in said_by)
        yield Verdict("speaker", f"{speaker} of {words!r}", met, str([sorted(names) for names in said_by]))


def _content(statement: Statement) -> tuple[Span, ...]:
    return statement.said


def _names(ids: Iterable[str], actors: Mapping[str, Actor]) -> set[str]:
    known = [actors[i] for i in ids if i in actors]
    return {name for actor in known for name in (actor.country, actor.name, *actor.names) if name}


def _places(text: str, words: str) -> list[tuple[int, int]]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def _overlaps(spans: Iterable[Span], article: Article, words: str) -> bool:
    places = _places(article.text, words)
    return any(span.article == article.id and span.start < b and a < span.end for span in spans for a, b in places)


def _called(history: History, article: Article, name: str) -> set[str]:
    plain = name.lower().removeprefix("the ")
    return {
        m.actor for m in history.mentions if m.article == article.id and m.text.lower().removeprefix("the ") == plain
    }


def _holds(relation: Relation, actors: Mapping[str, Actor], of: str, toward: str, dimension: str, day: str) -> bool:
    if relation.dimension != dimension:
        return False
    ends = [(of, toward), (toward, of)] if dimension in _UNDIRECTED else [(of, toward)]
    one, other = _names([relation.of], actors), _names([relation.toward], actors)
    since = relation.since.isoformat() if relation.since else ""
    until = relation.until.isoformat() if relation.until else None
    return any(a in one and b in other for a, b in ends) and since <= day and (until is None or day < until)
