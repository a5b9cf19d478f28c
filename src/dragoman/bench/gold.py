"""Gold from decisions: what people checked, in the forms that the benches measure against.

A line for an article is `{"record": "gold", "id", "text", "title", "publisher", "url", "published", "by", "complete",
"expected", "wrong"}`: `expected` in the form of `examples/README.md`, `wrong` the events that were rejected (`[type, start,
end]`), `complete` whether people checked everything that was found in it, so that whatever else a reader finds there is wrong.

A line for a sentence is in the form of the PLOVER gold records that `dragoman bench events` codes and its scorer reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.bench.expected import Verdict, judge
from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.read import Pipeline
from dragoman.record import Actor, Article, Document, Event, History, Statement
from dragoman.relate import build_history
from dragoman.run.desk import amended
from dragoman.store import Store


@dataclass(slots=True)
class GoldScore:
    """What came of a gold file: the verdicts by the article's id, and how much of what is reported is right.

    `reported` counts the events found in articles that were checked whole, `right` those of them that are expected.
    """

    verdicts: list[tuple[str, Verdict]] = field(default_factory=list)
    reported: int = 0
    right: int = 0

    @property
    def met(self) -> int:
        """How many expectations were met."""
        return sum(verdict.met for _, verdict in self.verdicts)


def gold_lines(store: Store, codebook: Codebook, history: History) -> Iterator[str]:
    """Yield a line of JSON for each article of which people checked something, in the order of the history."""
    for article in history.articles:
        read, now, whole = amended(store, codebook, article.id)
        people = {check.by for one in _findings(now) for check in one.checked}
        rejected = [one for one in _findings(read) if one.id in whole.rejected]
        people |= {whole.rejected[one.id].by for one in rejected}
        if not people:
            continue
        marked = [region for region in now.article.furniture if region not in read.article.furniture]
        yield json.dumps(
            {
                "record": "gold",
                "id": article.id,
                "text": article.text,
                "title": article.title,
                "publisher": article.publisher,
                "url": article.url,
                "published": article.published.isoformat() if article.published else None,
                "by": sorted(people),
                "complete": all(one.checked for one in _findings(now)),
                "expected": {
                    "events": list(_event_rows(now)),
                    "statements": list(_statement_rows(now)),
                    "furniture": [article.text[region.start : region.end] for region in marked],
                },
                "wrong": [
                    [one.type, one.trigger.start, one.trigger.end]
                    for one in rejected
                    if isinstance(one, Event) and not whole.rejected[one.id].furniture
                ],
            },
            ensure_ascii=False,
        )


def sentence_lines(history: History) -> Iterator[str]:
    """Yield a line of JSON for each sentence in which people checked an event, as the events bench reads it."""
    actors = {actor.id: actor for actor in history.actors}
    for event in history.events:
        if not event.checked:
            continue
        for number, span in enumerate(event.evidence):
            yield json.dumps(
                {
                    "id": f"{event.id}-{number}",
                    "group": f"{span.article}-{span.start}",
                    "split": "dev",
                    "text": span.text,
                    "event": event.type,
                    "event_alt": [],
                    "eventText": event.trigger.text,
                    "mode": event.mode,
                    "context": ", ".join(event.contexts) or None,
                    "source": [_coded(actors[one]) for one in event.actors if one in actors],
                    "target": [_coded(actors[one]) for one in event.recipients if one in actors],
                    "reciprocal": len(event.actors) > 1 and not event.recipients,
                },
                ensure_ascii=False,
            )


def score_gold(path: Path, reader: Pipeline, codebook: Codebook) -> GoldScore:
    """Read the articles of a gold file anew and judge what is found in them; `InputError` names a line that is no gold."""
    score = GoldScore()
    for number, line in enumerate(_lines(path), 1):
        try:
            row = json.loads(line)
            article = _article(row)
            expected, wrong, complete = row["expected"], row["wrong"], bool(row["complete"])
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}, line {number}: no gold ({error}); write it by dragoman decisions export --gold."
            ) from error
        document = reader.read([Document(article=article)])[0]
        history = build_history([document], codebook)
        score.verdicts += [(article.id, verdict) for verdict in judge(history, document.article, expected)]
        score.verdicts += [(article.id, _absent(history, article, one)) for one in wrong]
        if complete:
            score.reported += len(history.events)
            score.right += sum(_is_expected(event, expected.get("events", ())) for event in history.events)
    return score


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}): mend the path or its rights.") from error
    return (line for line in text.split("\n") if line.strip())


def _article(row: Mapping[str, Any]) -> Article:
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    return Article(
        id=row["id"],
        source="gold",
        text=row["text"],
        title=row.get("title"),
        publisher=row.get("publisher"),
        url=row.get("url"),
        published=published,
        published_from="given" if published else None,
        language="en",
    )


def _findings(document: Document) -> list[Event | Statement]:
    return [*(document.events or ()), *(document.statements or ())]


def _event_rows(document: Document) -> Iterator[list[Any]]:
    actors = {actor.id: actor for actor in document.actors or ()}
    for event in document.events or ():
        if event.checked:
            who, whom = ([_called(actors[one]) for one in ids] for ids in (event.actors, event.recipients))
            day = event.when.start.isoformat() if event.when and event.when.start else None
            yield [event.type, who, whom, day, event.factuality, event.evidence[0].text]


def _statement_rows(document: Document) -> Iterator[list[Any]]:
    """The rows of checked statements; one whose speaker nobody named has none, since there is nothing to compare."""
    actors = {actor.id: actor for actor in document.actors or ()}
    for one in document.statements or ():
        if one.checked and one.speaker is not None:
            yield [_called(actors[one.speaker]), "direct" if one.direct else "indirect", one.content.text]


def _called(actor: Actor) -> str:
    return actor.country if actor.kind == "state" and actor.country else actor.name


def _coded(actor: Actor) -> dict[str, Any]:
    code = actor.country or {"IGO": "IGO", "NGO": "NGO"}.get(actor.sector or "")
    return {"actorText": actor.name, "code": code, "sector": actor.sector}


def _absent(history: History, article: Article, wrong: Sequence[Any]) -> Verdict:
    kind, start, end = wrong
    found = [
        event.type
        for event in history.events
        if event.type == kind and event.trigger.start < end and start < event.trigger.end
    ]
    return Verdict("no event", f"no {kind} at {article.text[start:end]!r}", not found, str(found))


def _is_expected(event: Event, rows: Iterable[Sequence[Any]]) -> bool:
    words = [span.text for span in event.evidence]
    return any(event.type in row[0].split("|") and any(row[5] in one or one in row[5] for one in words) for row in rows)
