"""Records → CSV: a table a kind of record, a row a record, one cell a value.

A list stands in one cell, joined by "; ". The words of the evidence, their offsets and their article close each row, so that
a row can be checked without another file. UTF-8 without a byte order mark, header first, RFC 4180 quoting.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.record import Actor, Article, Event, History, Mention, Relation, Span, Statement

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Names:
    """What the rows look up: articles and actors by id."""

    articles: Mapping[str, Article]
    actors: Mapping[str, Actor]

    def names(self, ids: Iterable[str]) -> str:
        return _joined(self.actors[one].name if one in self.actors else one for one in ids)

    def countries(self, ids: Iterable[str]) -> str:
        return _joined(self.actors[one].country or "" if one in self.actors else "" for one in ids)

    def evidence(self, spans: Sequence[Span]) -> Row:
        """The columns of the first piece of evidence, and how many articles carry some."""
        first = spans[0]
        article = self.articles.get(first.article)
        return {
            "articles": len({span.article for span in spans}),
            "article": first.article,
            "source": article.source if article else None,
            "publisher": article.publisher if article else None,
            "published": article.published if article else None,
            "evidence_start": first.start,
            "evidence_end": first.end,
            "evidence": first.text,
        }


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _article_row(article: Article, _names: _Names) -> Row:
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "given_id": article.given_id,
        "published": article.published,
        "published_from": article.published_from,
        "language": article.language,
        "characters": len(article.text),
    }


def _actor_row(actor: Actor, _names: _Names) -> Row:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "names": _joined(actor.names),
        "offices": _joined(f"{office.title}, {office.of}" if office.of else office.title for office in actor.offices),
        "same_as": _joined(actor.same_as),
    }


def _mention_row(mention: Mention, names: _Names) -> Row:
    return {
        "actor": mention.actor,
        "name": names.names([mention.actor]),
        "article": mention.article,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "how": mention.how,
    }


def _event_row(event: Event, names: _Names) -> Row:
    when = event.when
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": _joined(event.contexts),
        "actors": names.names(event.actors),
        "actor_countries": names.countries(event.actors),
        "recipients": names.names(event.recipients),
        "recipient_countries": names.countries(event.recipients),
        "start": when.start if when else None,
        "end": when.end if when else None,
        "precision": when.precision if when else None,
        "date_phrase": when.phrase.text if when and when.phrase else None,
        "where": event.where,
        "factuality": event.factuality,
        "historical": event.historical,
        "score": event.score,
        "object": event.object,
        "reported_by": _joined(event.reported_by),
        "because": _joined(event.because),
        "confidence": event.confidence,
        "rule": event.rule,
        "trigger": event.trigger.text,
        **names.evidence(event.evidence),
    }


def _statement_row(statement: Statement, names: _Names) -> Row:
    speaker = [statement.speaker] if statement.speaker else []
    due = statement.due
    return {
        "id": statement.id,
        "speaker": names.names(speaker),
        "speaker_country": names.countries(speaker),
        "speaker_words": statement.speaker_words.text if statement.speaker_words else None,
        "cue": statement.cue.text if statement.cue else None,
        "direct": statement.direct,
        "act": statement.act,
        "about": _joined(statement.about),
        "loaded": _joined(span.text for span in statement.loaded),
        "due_start": due.start if due else None,
        "due_end": due.end if due else None,
        "outcome": statement.outcome,
        **names.evidence([statement.content]),
        "content": " … ".join(span.text for span in (statement.content, *statement.continued)),
    }


def _relation_row(relation: Relation, names: _Names) -> Row:
    return {
        "id": relation.id,
        "of": names.names([relation.of]),
        "of_country": names.countries([relation.of]),
        "toward": names.names([relation.toward]),
        "toward_country": names.countries([relation.toward]),
        "dimension": relation.dimension,
        "value": relation.value,
        "since": relation.since,
        "until": relation.until,
        "precision": relation.precision,
        "reported": relation.reported,
        "note": relation.note,
        "cause": _joined(relation.cause),
        "ended_by": _joined(relation.ended_by),
        "conflicting": _joined(relation.conflicting),
        **names.evidence(relation.evidence),
    }


_TABLES: dict[str, tuple[Callable[[History], Sequence[Any]], Callable[[Any, _Names], Row]]] = {
    "article": (lambda history: history.articles, _article_row),
    "actor": (lambda history: history.actors, _actor_row),
    "mention": (lambda history: history.mentions, _mention_row),
    "statement": (lambda history: history.statements, _statement_row),
    "event": (lambda history: history.events, _event_row),
    "relation": (lambda history: history.relations, _relation_row),
}
TABLE_KINDS = tuple(_TABLES)
"""The kinds of record that can be written as a table."""


def table_columns(kind: str) -> tuple[str, ...]:
    """Return the names of a table's columns in their order."""
    return _COLUMNS[kind]


def table_rows(history: History, kind: str) -> Iterator[list[Any]]:
    """Yield a table's rows as values in the order of its columns; a list is one text, an unknown value None."""
    records, row_of = _TABLES[kind]
    names = _Names({article.id: article for article in history.articles}, {actor.id: actor for actor in history.actors})
    for record in records(history):
        row = row_of(record, names)
        yield [row[column] for column in _COLUMNS[kind]]


def table_lines(history: History, kind: str) -> Iterator[str]:
    """Yield a table's lines without their line ends, the header first; a cell may hold line breaks of its own."""
    yield _line(_COLUMNS[kind])
    for row in table_rows(history, kind):
        yield _line([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _line(cells: Iterable[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


_EVIDENCE = ("articles", "article", "source", "publisher", "published", "evidence_start", "evidence_end", "evidence")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "article": (
        "id", "source", "title", "publisher", "url", "given_id", "published", "published_from", "language", "characters",
    ),
    "actor": ("id", "name", "kind", "country", "sector", "names", "offices", "same_as"),
    "mention": ("actor", "name", "article", "start", "end", "text", "how"),
    "statement": (
        "id", "speaker", "speaker_country", "speaker_words", "cue", "direct", "act", "about", "loaded", "due_start",
        "due_end", "outcome", "content", *_EVIDENCE,
    ),
    "event": (
        "id", "type", "mode", "contexts", "actors", "actor_countries", "recipients", "recipient_countries", "start", "end",
        "precision", "date_phrase", "where", "factuality", "historical", "score", "object", "reported_by", "because",
        "confidence", "rule", "trigger", *_EVIDENCE,
    ),
    "relation": (
        "id", "of", "of_country", "toward", "toward_country", "dimension", "value", "since", "until", "precision",
        "reported", "note", "cause", "ended_by", "conflicting", *_EVIDENCE,
    ),
}  # fmt: skip
"""Each table's columns in their order; scripts rely on them, so new ones are added at the end."""
