"""Stages that finish: what rests on joined actors and merged events, and what became of forecasts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Article, Document, Event, History, Mention, Relation
from dragoman.relate.forecast import FORECASTS, Act, Hope, Judge, could_settle
from dragoman.relate.history import relink, retell
from dragoman.relate.identify import Member, article_members, name_rows, said_of, token_of
from dragoman.run.merging.events import report_of, routes
from dragoman.run.merging.rows import Row, bucket_of, note_of
from dragoman.run.merging.task import Job, Known, page_stub, plain
from dragoman.run.updating.events import report_marks, report_row
from dragoman.store import codec


def retold(job: Job) -> Iterator[Row]:
    """What a lot's articles hold, led to the joined actors and merged events; and the forecasts among it."""
    part, buckets = job.task.name, job.task.buckets
    known, actor_of = routes(job)
    event_of, family, ahead = _led(job, known)
    lone = {one.id: one for _, body in job.rows("lone") if (one := codec.unpack(Event, body))}
    own = {one: relink(event, event_of) for one, event in lone.items()}
    documents = {document.article.id: document for document in job.documents()}
    days = {one: _day(document.article.published) for one, document in documents.items()}
    for event in own.values():
        yield Row("event", bucket_of(event.id, buckets), event.id, codec.pack(event))
    yield from _causes(job, event_of, family)
    yield from _kept(job, documents.values(), actor_of, event_of)
    pages = {one: document.article for one, document in documents.items()}
    judge = _judge(job.codebook, known, pages.values(), documents.values(), actor_of, [*own.values(), *ahead.values()])
    for event in own.values():
        parties = [plain(known.actors[one]) for one in (*event.actors, *event.recipients) if one in known.actors]
        whole = {"event": plain(event), "days": {span.article: days[span.article] for span in event.evidence}}
        yield from _deeds({**whole, "known": parties}, event, judge, buckets)
    for article, document in sorted(documents.items()):
        for mention in document.mentions or ():
            led = replace(mention, actor=actor_of.get(mention.actor, mention.actor))
            yield Row("mention", part, article, codec.pack(led))
        for statement in document.statements or ():
            said = retell(statement, actor_of, event_of)
            if said.act not in FORECASTS:
                yield Row("statement", part, said.id, codec.pack(said))
                continue
            yield Row("forecast", part, said.id, note_of({"article": article}))
            hope = judge.hope(said)
            if hope is not None:
                told = note_of(_hope_values(hope, said.id, part))
                yield from (Row("hope", bucket_of(token, buckets), token, told) for token in hope.tokens)


def finished(job: Job) -> Iterator[Row]:
    """The merged events of families, with their reasons led to merged events."""
    event_of: dict[str, dict[str, str]] = defaultdict(dict)
    for identity, (cause, to) in job.read("cause"):
        event_of[identity][cause] = to
    known = Known.of(job.note()["states"])
    pages: dict[str, Article] = {}
    found: list[tuple[Any, Event]] = []
    for identity, told in job.read("merged"):
        event = relink(codec.unpack(Event, json.dumps(told["event"])), event_of[identity])
        known.add(told["known"])
        pages |= {article: page_stub(article, day) for article, day in told["days"].items()}
        found.append((told, event))
        yield Row("event", bucket_of(identity, job.task.buckets), identity, codec.pack(event))
    judge = _judge(job.codebook, known, pages.values(), (), {}, [event for _, event in found])
    for told, event in found:
        yield from _deeds({**told, "event": plain(event)}, event, judge, job.task.buckets)


def matched(job: Job) -> Iterator[Row]:
    """The forecasts and what may settle them, found under one token, led to the lot of the forecast."""
    hopes = dict(job.grouped("hope"))
    met: set[tuple[str, str]] = set()
    for kind in ("deed", "state"):
        for token, found in job.grouped(kind):
            asked = [(told, _hope_of(told)) for told in hopes.get(token, ())]
            for values in found if asked else ():
                identity = values["event" if kind == "deed" else "relation"]["id"]
                act = _act_of(values["act"]) if kind == "deed" else None
                told = {name: value for name, value in values.items() if name not in ("act", "high")}
                for one, hope in asked:
                    pair = (one["statement"], identity)
                    if pair in met or not (could_settle(hope, act) if act else _could_hold(hope, values["relation"])):
                        continue
                    met.add(pair)
                    yield Row("match", one["part"], one["statement"], note_of(told))


def settled(job: Job) -> Iterator[Row]:
    """The forecasts of a lot's articles, judged on what was found that may settle them."""
    waiting = {identity for identity, _ in job.rows("forecast")}
    if not waiting:
        return
    known, actor_of = routes(job)
    event_of, _, ahead = _led(job, known)
    own = [relink(codec.unpack(Event, body), event_of) for _, body in job.rows("lone")]
    documents = {document.article.id: document for document in job.documents()}
    pages = {one: document.article for one, document in documents.items()}
    events = {event.id: event for event in (*own, *ahead.values()) if event.factuality == "future"}
    relations: dict[str, Relation] = {}
    for _, told in job.read("match"):
        for article, day in told["days"].items():
            pages.setdefault(article, page_stub(article, day))
        if "event" in told:
            known.add(told["known"])
            events[told["event"]["id"]] = codec.unpack(Event, json.dumps(told["event"]))
        else:
            relations[told["relation"]["id"]] = codec.unpack(Relation, json.dumps(told["relation"]))
    judge = _judge(
        job.codebook, known, pages.values(), documents.values(), actor_of, events.values(), relations.values()
    )
    for document in documents.values():
        for statement in document.statements or ():
            if statement.id in waiting:
                one = judge.settled(retell(statement, actor_of, event_of))
                yield Row("statement", job.task.name, one.id, codec.pack(one))


def _led(job: Job, known: Known) -> tuple[dict[str, str], dict[str, str], dict[str, Event]]:
    """Of the reports of a lot that are one with others: the merged event, its family's bucket, and those yet to come."""
    event_of: dict[str, str] = {}
    family: dict[str, str] = {}
    ahead: dict[str, Event] = {}
    for report, (event, bucket, whole) in job.read("led"):
        event_of[report], family[report] = event, bucket
        if whole is not None:
            ahead[event] = codec.unpack(Event, json.dumps(whole["event"]))
            known.add(whole["known"])
    return event_of, family, ahead


def _causes(job: Job, event_of: Mapping[str, str], family: Mapping[str, str]) -> Iterator[Row]:
    """Where the reasons that a lot's reports give went, for the merged events of those reports."""
    for report, values in job.read("report"):
        if report in family:
            for cause in values["event"]["because"]:
                to = event_of.get(cause, cause)
                yield Row("cause", family[report], event_of[report], note_of([cause, to]))


def _kept(
    job: Job, documents: Iterable[Document], actor_of: Mapping[str, str], event_of: Mapping[str, str]
) -> Iterator[Row]:
    """What a store keeps of a lot's articles so that one more article changes only what it touches."""
    name = job.task.name
    for document in documents:
        for member in article_members(document):
            said = said_of(member.actor.id, member)
            held = {
                "article": document.article.id,
                "actor": plain(member.actor),
                "said": None if said is None else json.dumps(said, ensure_ascii=False),
                "token": token_of(member.actor),
                "company": sorted(member.company),
                "joined": actor_of[member.actor.id],
            }
            yield Row("working", name, "member", note_of(held))
            for key, spelled, _ in name_rows(member.actor.id, Member(actor=member.actor)):
                yield Row("working", name, "name_key", note_of({"key": key, "name": spelled, "said": held["said"]}))
    for identity, values in job.read("report"):
        report = report_of(values)
        yield Row(
            "working",
            name,
            "report",
            note_of(report_row(report, event_of.get(identity, identity), job.codebook.relations)),
        )
        for mark in report_marks(report, job.codebook.relations):
            yield Row("working", name, "mark", note_of(mark))


def _judge(
    codebook: Codebook,
    known: Known,
    pages: Iterable[Article],
    documents: Iterable[Document],
    actor_of: Mapping[str, str],
    events: Iterable[Event],
    relations: Iterable[Relation] = (),
) -> Judge:
    """A judge of these events and states, who knows the texts and mentions of these documents."""
    events = list(events)
    there = {page.id: page for page in pages}
    for event in events:
        for span in event.evidence:
            there.setdefault(span.article, page_stub(span.article, None))
    mentions: list[Mention] = [
        replace(mention, actor=actor_of.get(mention.actor, mention.actor))
        for document in documents
        for mention in document.mentions or ()
    ]
    return Judge(
        History(
            articles=tuple(there.values()),
            actors=tuple(known.actors.values()),
            mentions=tuple(mentions),
            events=tuple(events),
            statements=(),
            relations=tuple(relations),
        ),
        codebook,
    )


def _deeds(whole: dict[str, Any], event: Event, judge: Judge, buckets: int) -> Iterator[Row]:
    """An event under the tokens of the forecasts that it may settle."""
    deed, act = judge.deed(event), judge.act(event)
    if deed is None or act is None:
        return
    told = note_of({**whole, "act": _act_values(act), "high": deed[1].isoformat()})
    for token in deed[2]:
        yield Row("deed", bucket_of(token, buckets), token, told)


def _could_hold(hope: Hope, relation: Any) -> bool:
    return hope.parties <= {relation["of"], relation["toward"]} and hope.said.isoformat() <= relation["since"]


def _act_values(act: Act) -> dict[str, Any]:
    words = {"parties": sorted(act.parties), "verb": sorted(act.verb), "words": sorted(act.words)}
    return {"low": act.low.isoformat(), "named": act.named, **words}


def _act_of(told: Any) -> Act:
    return Act(
        low=date.fromisoformat(told["low"]),
        parties=frozenset(told["parties"]),
        verb=frozenset(told["verb"]),
        words=frozenset(told["words"]),
        named=told["named"],
    )


def _hope_values(hope: Hope, statement: str, part: str) -> dict[str, Any]:
    return {
        "statement": statement,
        "part": part,
        "said": hope.said.isoformat(),
        "parties": sorted(hope.parties),
        "words": sorted(hope.words),
        "open_ended": hope.open_ended,
        "coded": hope.coded,
    }


def _hope_of(told: Any) -> Hope:
    return Hope(
        said=date.fromisoformat(told["said"]),
        parties=frozenset(told["parties"]),
        tokens=(),
        words=frozenset(told["words"]),
        open_ended=told["open_ended"],
        coded=told["coded"],
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
