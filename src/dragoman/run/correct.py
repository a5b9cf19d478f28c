"""A person corrects what was found: events and statements accepted, rejected, changed or added; furniture marked.

A decision on an event is one on all its reports, or on those of one article. It is written down with the words and values
that were shown (`relate.amend` says in which form), so that it outlives another reading, and it changes the record at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dragoman.errors import DecisionError, UnknownNameError
from dragoman.record import Article, Decision, Document, Event, Statement
from dragoman.record.ids import make_id
from dragoman.relate.amend import PERSON
from dragoman.relate.finding import FIELDS, event_values, statement_values
from dragoman.run.desk import Desk, amended, document_of
from dragoman.run.fields import Written, local_reference, read_event_fields, read_statement_fields
from dragoman.run.log import read_log

About = Literal["event", "statement"]

FURNITURE_KINDS = (
    *("teaser", "navigation", "share", "newsletter", "comments", "advertisement"),
    *("legal", "caption", "credits", "contact", "repeat"),
)
"""What furniture a person can mark: the kinds that the reader knows."""

_SENTENCE_END = re.compile(r"[.!?][\"”’»)\]]*(?=\s|$)|\n")
_SHOWN = 80
"""Code points of a finding's words in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A finding of one article: the document and the record as they are shown, and the type as it was read (of an event).

    `borrowed` are the references of actors that the article has only by a decision, by their ids.
    """

    document: Document
    record: Event | Statement
    type: str
    borrowed: Mapping[tuple[str, str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a decision is about: the reports of one event, or a statement."""

    about: About
    reports: tuple[Report, ...]

    @property
    def first(self) -> Event | Statement:
        """The record by which the target is shown."""
        return self.reports[0].record


def find_target(desk: Desk, record_id: str, article: str | None = None) -> Target:
    """Return the event or statement of an id, or of the beginning of one, also one that was rejected.

    With `article`, only its report there. `UnknownNameError` where there is none.
    """
    events = [e for e in desk.history.events if record_id in e.members] or [
        e for e in desk.history.events if record_id and e.id.startswith(record_id)
    ]
    statements = [s for s in desk.history.statements if record_id and s.id.startswith(record_id)]
    all_found: list[Event | Statement] = [*events, *statements]
    found = [one for one in all_found if one.id == record_id] or all_found
    if len(found) > 1:
        near = tuple(one.id for one in found[:3])
        raise UnknownNameError(
            f"{len(found)} records begin with {record_id!r}: did you mean {' or '.join(near)}?", near
        )
    if found:
        reports = _reports(desk, found[0], article)
        if not reports:
            raise UnknownNameError(f"{found[0].id} is not told in {article}: leave the article out, or name another.")
        return Target(about="event" if isinstance(found[0], Event) else "statement", reports=tuple(reports))
    return _rejected_target(desk, record_id)


def accept(desk: Desk, target: Target, *, reason: str | None = None) -> Decision:
    """Decide that a finding is right as it is shown."""
    return desk.decide("accept", _body(target), reason)


def reject(desk: Desk, target: Target, *, reason: str | None = None) -> Decision:
    """Decide that a finding is wrong: no such event happened at these words, or nobody said anything there."""
    return desk.decide("reject", _body(target), reason)


def change(desk: Desk, target: Target, written: Written, *, reason: str | None = None) -> Decision:
    """Decide that fields of a finding are other than found; `DecisionError` where they are so already."""
    if not written:
        raise DecisionError(f"Nothing to change of {target.first.id} was given: name a field and its value.")
    shown = target.first
    document = target.reports[0].document
    values = _read(desk, target.about, written, document, shown.type if isinstance(shown, Event) else None)
    kept = [_values(report) for report in target.reports]
    new = {name: value for name, value in values.items() if any(not _same(name, value, one[name]) for one in kept)}
    if not new:
        raise DecisionError(f"{target.first.id} is so already ({', '.join(values)}); nothing was decided.")
    if "type" in new:  # a mode belongs to its type
        new["mode"] = values["mode"]
    return desk.decide("change", {**_body(target), "set": new}, reason)


def add_event(
    desk: Desk, article: str, start: int, end: int, written: Written, *, reason: str | None = None
) -> Decision:
    """Decide that words of an article name an event that was missed; `written` gives its type and whatever else is known."""
    document, now, _ = amended(desk.store, desk.codebook, article, desk.log)
    start, end = _trimmed(document.article, start, end)
    values = read_event_fields(written, desk.codebook, desk.history, document=now, kind=None)
    if "type" not in values:
        raise DecisionError("An event needs a type: give one of the codebook's, such as SANCTION/withdraw.")
    there = [
        e for e in now.events or () if e.type == values["type"] and e.trigger.start < end and start < e.trigger.end
    ]
    if there:
        raise DecisionError(f"{there[0].id} is a {values['type']} at these words already: accept or change it.")
    sentence = _sentence(document.article, start, end)
    identity = make_id("event", article, "added", start, end, values["type"], desk.author)
    whole = {
        "mode": None,
        "contexts": [],
        "actors": [],
        "recipients": [],
        "when": None,
        "where": None,
        "factuality": "happened",
        "historical": False,
        "object": None,
        **values,
        "score": desk.codebook.ontology.score(values["type"], values.get("mode")),
        "evidence": [list(sentence)],
        "trigger": [start, end],
        "clause": None,
        "confidence": 1.0,
        "rule": PERSON,
        "made_by": PERSON,
    }
    return desk.decide("add", _added("event", document.article, identity, (start, end), values["type"], whole), reason)


def add_statement(
    desk: Desk, article: str, start: int, end: int, written: Written, *, reason: str | None = None
) -> Decision:
    """Decide that words of an article are the content of a statement that was missed."""
    document, now, _ = amended(desk.store, desk.codebook, article, desk.log)
    start, end = _trimmed(document.article, start, end)
    if any(s.content.start == start and s.content.end == end for s in now.statements or ()):
        raise DecisionError("These words are a statement already: accept or change it.")
    identity = make_id("statement", article, "added", start, end, desk.author)
    whole = {
        "speaker": None,
        "speaker_words": None,
        "cue": None,
        "continued": [],
        "direct": False,
        "mixed": False,
        "act": "claim",
        "due": None,
        **read_statement_fields(written, desk.codebook, desk.history, document=now),
        "content": [start, end],
        "made_by": PERSON,
    }
    return desk.decide("add", _added("statement", document.article, identity, (start, end), "", whole), reason)


def mark_furniture(desk: Desk, article: str, start: int, end: int, kind: str, *, reason: str | None = None) -> Decision:
    """Decide that a stretch is no part of the article; what was found in it leaves the record."""
    document = document_of(desk.store, article)
    start, end = _trimmed(document.article, start, end)
    if kind not in FURNITURE_KINDS:
        raise DecisionError(f"{kind!r} is no kind of furniture: use one of {', '.join(FURNITURE_KINDS)}.")
    words = document.article.text[start:end]
    body = {"article": article, "start": start, "end": end, "words": words, "kind": kind}
    return desk.decide("furniture", body, reason)


def place_of(article: Article, words: str, nth: int = 1) -> tuple[int, int]:
    """Return where some words stand in an article the nth time; `DecisionError` where they do not, or it is not plain which."""
    text = article.text
    places = [match.start() for match in re.finditer(re.escape(words), text)] if words.strip() else []
    if not places:
        raise DecisionError(f"The words {words!r} do not stand in {article.id}: copy them from the article.")
    if nth < 1 or nth > len(places):
        raise DecisionError(f"{words!r} stand {len(places)} times in {article.id}: name which of them with --nth.")
    return places[nth - 1], places[nth - 1] + len(words)


def _reports(desk: Desk, found: Event | Statement, article: str | None) -> list[Report]:
    spans = found.evidence if isinstance(found, Event) else (found.content,)
    articles = list(dict.fromkeys(span.article for span in spans if article is None or span.article == article))
    members = {found.id, *(found.members if isinstance(found, Event) else ())}
    reports = []
    for one in articles:
        read, now, whole = amended(desk.store, desk.codebook, one, desk.log)
        types = {event.id: event.type for event in read.events or ()}
        records: Sequence[Event | Statement] = (
            (now.events or ()) if isinstance(found, Event) else (now.statements or ())
        )
        reports += [
            Report(
                document=now,
                record=record,
                type=types.get(record.id, record.type if isinstance(record, Event) else ""),
                borrowed=whole.borrowed,
            )
            for record in records
            if record.id in members
        ]
    return reports


def _rejected_target(desk: Desk, record_id: str) -> Target:
    """A finding that is not in the record any more, since a person rejected it: as it was shown then."""
    log = desk.log or read_log(desk.store)
    for decision in reversed(log.every):
        if decision.kind not in ("reject", "furniture"):
            continue
        parts = decision.body.get("findings") or [decision.body]
        for part in parts:
            read, now, whole = amended(desk.store, desk.codebook, str(part.get("article")), log)
            ids = [one for one in whole.rejected if record_id and one.startswith(record_id)]
            for event in read.events or ():
                if event.id in ids:
                    report = Report(document=now, record=event, type=event.type, borrowed=whole.borrowed)
                    return Target(about="event", reports=(report,))
            for statement in read.statements or ():
                if statement.id in ids:
                    report = Report(document=now, record=statement, type="", borrowed=whole.borrowed)
                    return Target(about="statement", reports=(report,))
    raise UnknownNameError(
        f"No event or statement {record_id!r}: dragoman events and dragoman statements list them with their ids."
    )


def _read(desk: Desk, about: About, written: Written, document: Document, kind: str | None) -> dict[str, Any]:
    known = FIELDS[about]
    wrong = [name for name in written if name not in known]
    if wrong:
        raise DecisionError(f"{wrong[0]!r} is nothing to change of a {about}: use {', '.join(known)}.")
    if about == "event":
        return read_event_fields(written, desk.codebook, desk.history, document=document, kind=kind)
    return read_statement_fields(written, desk.codebook, desk.history, document=document)


def _values(report: Report) -> dict[str, Any]:
    document, record = report.document, report.record
    actors = {actor.id: actor for actor in document.actors or ()}

    def refer(identity: str) -> Mapping[str, Any]:
        borrowed = report.borrowed.get((document.article.id, identity))
        return borrowed or local_reference(actors[identity], document.article.id)

    return event_values(record, refer) if isinstance(record, Event) else statement_values(record, refer)


def _same(name: str, new: Any, old: Any) -> bool:
    """Say whether a value is the one that is there; a time is the same without its phrase."""
    if name == "when" and isinstance(new, Mapping) and isinstance(old, Mapping):
        return all(new[key] == old[key] for key in ("start", "end", "precision"))
    return bool(new == old)


def _body(target: Target) -> dict[str, Any]:
    return {"about": target.about, "findings": [_finding(report) for report in target.reports]}


def _finding(report: Report) -> dict[str, Any]:
    record = report.record
    span = record.trigger if isinstance(record, Event) else record.content
    return {
        "id": record.id,
        "article": report.document.article.id,
        "start": span.start,
        "end": span.end,
        "words": _short(span.text),
        "type": report.type,
        "values": _values(report),
    }


def _added(
    about: About, article: Article, identity: str, place: tuple[int, int], kind: str, values: dict[str, Any]
) -> dict[str, Any]:
    start, end = place
    finding = {
        "id": identity,
        "article": article.id,
        "start": start,
        "end": end,
        "words": _short(article.text[start:end]),
        "type": kind,
        "values": values,
    }
    return {"about": about, "findings": [finding]}


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _trimmed(article: Article, start: int, end: int) -> tuple[int, int]:
    """The place without the spaces around it; `DecisionError` where no words are there."""
    if not 0 <= start < end <= len(article.text) or not article.text[start:end].strip():
        raise DecisionError(f"No words stand from {start} to {end} of {article.id}: select some.")
    words = article.text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _sentence(article: Article, start: int, end: int) -> tuple[int, int]:
    """The sentence around some words: from the end of the one before, or the line's begin, to its own end."""
    line = article.text.rfind("\n", 0, start) + 1
    first = max((match.end() for match in _SENTENCE_END.finditer(article.text, line, start)), default=line)
    close = _SENTENCE_END.search(article.text, max(end - 1, start))
    last = close.end() if close is not None else len(article.text)
    return _trimmed(article, first, max(end, last))
