"""A finding as a decision writes it down: an event or statement as plain JSON values that outlive the reading.

Spans are `[start, end]` in the code points of the article's text. Actors are references: `{"name", "kind", "key", "country",
"sector", "records"}`. A time is `{"start", "end", "precision", "phrase"}` with ISO days and the phrase's span, or null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Article, Event, Span, Statement, When
from dragoman.record.statement import Due

EVENT_FIELDS = (
    *("type", "mode", "contexts", "actors", "recipients"),
    *("when", "where", "factuality", "historical", "object"),
)
"""What can be corrected of an event."""
STATEMENT_FIELDS = ("speaker", "act", "direct", "due")
"""What can be corrected of a statement."""
FIELDS: Mapping[str, tuple[str, ...]] = {"event": EVENT_FIELDS, "statement": STATEMENT_FIELDS}

Refer = Callable[[str], Mapping[str, Any]]
Find = Callable[[Mapping[str, Any]], str]


def event_values(event: Event, refer: Refer) -> dict[str, Any]:
    """Return an event's fields as plain values; `refer` gives the reference of an actor's id."""
    return {
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": [refer(one) for one in event.actors],
        "recipients": [refer(one) for one in event.recipients],
        "when": when_values(event.when),
        "where": event.where,
        "factuality": event.factuality,
        "historical": event.historical,
        "object": event.object,
        "score": event.score,
        "evidence": _pairs(event.evidence),
        "trigger": _pair(event.trigger),
        "clause": _pair(event.clause),
        "confidence": event.confidence,
        "rule": event.rule,
        "made_by": event.made_by,
    }


def make_event(identity: str, values: Mapping[str, Any], article: Article, find: Find) -> Event:
    """Return the event of plain values; `find` gives the id of an actor's reference."""
    return Event(
        id=identity,
        type=values["type"],
        mode=values.get("mode"),
        contexts=tuple(values.get("contexts") or ()),
        actors=_found(values.get("actors"), find),
        recipients=_found(values.get("recipients"), find),
        when=make_when(values.get("when"), article),
        where=values.get("where"),
        factuality=values.get("factuality", "happened"),
        historical=bool(values.get("historical")),
        object=values.get("object"),
        score=float(values.get("score", 0.0)),
        evidence=tuple(article.span(*pair) for pair in values["evidence"]),
        trigger=article.span(*values["trigger"]),
        clause=_span(article, values.get("clause")),
        confidence=float(values.get("confidence", 1.0)),
        rule=values.get("rule", ""),
        made_by=values.get("made_by", ""),
    )


def with_event_values(
    event: Event, values: Mapping[str, Any], article: Article, find: Find, codebook: Codebook
) -> Event:
    """Return an event with those of its fields that can be corrected taken from plain values; its score follows its type."""
    given: dict[str, Any] = {name: values[name] for name in EVENT_FIELDS if name in values}
    for name in ("actors", "recipients"):
        if name in given:
            given[name] = _found(given[name], find)
    if "when" in given:
        given["when"] = make_when(given["when"], article)
    if "contexts" in given:
        given["contexts"] = tuple(given["contexts"] or ())
    made = replace(event, **given)
    if (made.type, made.mode) != (event.type, event.mode):
        made = replace(made, score=codebook.ontology.score(made.type, made.mode))
    return made


def statement_values(statement: Statement, refer: Refer) -> dict[str, Any]:
    """Return a statement's fields as plain values; `refer` gives the reference of an actor's id."""
    due = statement.due
    return {
        "speaker": refer(statement.speaker) if statement.speaker else None,
        "speaker_words": _pair(statement.speaker_words),
        "cue": _pair(statement.cue),
        "content": _pair(statement.content),
        "continued": _pairs(statement.continued),
        "direct": statement.direct,
        "mixed": statement.mixed,
        "act": statement.act,
        "due": {"start": _day(due.start), "end": _day(due.end)} if due else None,
        "made_by": statement.made_by,
    }


def make_statement(identity: str, values: Mapping[str, Any], article: Article, find: Find) -> Statement:
    """Return the statement of plain values; `find` gives the id of an actor's reference."""
    return Statement(
        id=identity,
        speaker=find(values["speaker"]) if values.get("speaker") else None,
        speaker_words=_span(article, values.get("speaker_words")),
        cue=_span(article, values.get("cue")),
        content=article.span(*values["content"]),
        continued=tuple(article.span(*pair) for pair in values.get("continued") or ()),
        direct=bool(values.get("direct")),
        mixed=bool(values.get("mixed")),
        act=values.get("act", "claim"),
        due=_due(values.get("due")),
        made_by=values.get("made_by", ""),
    )


def with_statement_values(statement: Statement, values: Mapping[str, Any], find: Find) -> Statement:
    """Return a statement with those of its fields that can be corrected taken from plain values."""
    given: dict[str, Any] = {name: values[name] for name in STATEMENT_FIELDS if name in values}
    if "speaker" in given:
        given["speaker"] = find(given["speaker"]) if given["speaker"] else None
    if "due" in given:
        given["due"] = _due(given["due"])
    return replace(statement, **given)


def when_values(when: When | None) -> dict[str, Any] | None:
    """Return a time as plain values."""
    if when is None:
        return None
    phrase = _pair(when.phrase)
    return {"start": _day(when.start), "end": _day(when.end), "precision": when.precision, "phrase": phrase}


def make_when(values: Mapping[str, Any] | None, article: Article) -> When | None:
    """Return the time of plain values."""
    if not values:
        return None
    return When(
        start=_date(values.get("start")),
        end=_date(values.get("end")),
        precision=values.get("precision", "day"),
        phrase=_span(article, values.get("phrase")),
    )


def _due(values: Mapping[str, Any] | None) -> Due | None:
    return Due(start=_date(values.get("start")), end=_date(values.get("end"))) if values else None


def _found(references: Iterable[Mapping[str, Any]] | None, find: Find) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find(reference) for reference in references or ()))


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span is not None else None


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _span(article: Article, pair: Any) -> Span | None:
    return article.span(int(pair[0]), int(pair[1])) if pair else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
