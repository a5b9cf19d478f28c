"""Stages that merge events: the reports of articles, who of them may be one, and each family merged."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.record import Article, Event, Relation
from dragoman.relate.change import Change, event_changes
from dragoman.relate.history import called_in, lead
from dragoman.relate.kin import Kinship, is_loose, month_of, report_kin, things_of
from dragoman.relate.likeness import Report, read_report
from dragoman.relate.link import link_document
from dragoman.relate.merge import blocks_of, lone_event, merge_reports, reach
from dragoman.relate.sides import Sides
from dragoman.relate.sources import agency, make_sources
from dragoman.relate.state import pair_relations
from dragoman.relate.told import told_changes
from dragoman.run.merging.rows import Row, bucket_of, note_of
from dragoman.run.merging.task import Job, Known, page_stub, plain
from dragoman.store import codec

THING = "thing"
"""Begins the buckets of reports about one thing, which have no month."""


def routes(job: Job) -> tuple[Known, dict[str, str]]:
    """Return who is known in a lot's articles, and the joined actor of each of their actors."""
    known = Known.of(job.note()["states"])
    actor_of: dict[str, str] = {}
    for identity, told in job.read("route"):
        known.add([told])
        actor_of[identity] = told["id"]
    return known, actor_of


def told(job: Job) -> Iterator[Row]:
    """The reports of a lot's articles, and the changes that their sentences tell by themselves."""
    known, actor_of = routes(job)
    sides = known.sides()
    starts: set[str] = set()
    loose: set[str] = set()
    rules = job.codebook.relations
    part = job.task.name
    for document in job.documents():
        article = document.article
        called = called_in([document], actor_of)
        for event in (lead(one, actor_of) for one in link_document(document, rules)):
            report = read_report(event, {article.id: article}, sides, called)
            blocks = blocks_of(report, rules)
            starts.add(month_of(reach(report)[0]))
            loose.update(things_of(report, blocks) if is_loose(report) else ())
            parties = dict.fromkeys((*event.actors, *event.recipients))
            values = {
                **report_values(report),
                "part": part,
                "name": agency(article) or article.publisher,
                "called": {one: sorted(called[article.id, one]) for one in parties if (article.id, one) in called},
                "known": [plain(known.actors[one]) for one in parties if one in known.actors],
            }
            yield Row("report", part, event.id, note_of(values))
        days = {article.id: _day(article.published)}
        for place, change in enumerate(told_changes([document], sides, job.codebook, actor_of)):
            yield change_row(change, article.id, place, days, job.task.buckets, told=True)
    job.notes = {"starts": sorted(starts), "loose": sorted(loose)}


def windows(job: Job) -> Iterator[Row]:
    """The reports of a lot in the blocks where they meet others: an act, a party and each month that they reach into."""
    note = job.note()
    starts, loose, spread = note["starts"], frozenset(note["loose"]), note["spread"]
    rules = job.codebook.relations
    for _, values in job.read("report"):
        report = report_of(values)
        low, high = (month_of(day) for day in reach(report))
        blocks = blocks_of(report, rules)
        light = note_of({name: values[name] for name in (*_REPORT, "part")})
        for kind, party in blocks:
            block = f"{kind} {party}"
            some = bucket_of(block, spread)
            for month in starts:
                if low <= month <= high:
                    yield Row("window", f"{month} {some}", block, light)
        for block in things_of(report, blocks):
            if block in loose:
                yield Row("window", f"{THING} {bucket_of(block, job.task.buckets)}", block, light)


def near(job: Job) -> Iterator[Row]:
    """The reports that may be one, found in the blocks of one month."""
    start = job.task.name.partition(" ")[0]
    month = None if start == THING else start
    kin = Kinship()
    for _, found in job.grouped("window"):
        parts = {values["event"]["id"]: values["part"] for values in found}
        reports = [report_of(values) for values in found]
        for one, other in report_kin(reports, month, job.codebook.relations, kin):
            told = [[r.event.id, parts[r.event.id], month_of(reach(r)[0])] for r in (one, other)]
            yield Row("near", "all", one.event.id, note_of(told))


def parted(job: Job) -> Iterator[Row]:
    """The reports of a lot that are one with no other are events; the others are led to their families."""
    family = dict(job.read("family"))
    twins: dict[str, list[str]] = defaultdict(list)
    for one, other in job.read("copy"):
        twins[one].append(other)
    known = Known.of(job.note()["states"])
    lone: list[Report] = []
    for identity, values in job.read("report"):
        if identity in family:
            values["twins"] = twins.get(values["article"], [])
            yield Row("mate", family[identity], identity, note_of(values))
        else:
            known.add(values["known"])
            lone.append(report_of(values))
    sides = known.sides()
    for report in lone:
        event, article = lone_event(report), report.article
        yield Row("lone", job.task.name, event.id, codec.pack(event))
        days = {article.id: _day(article.published)}
        yield from _change_rows(event, [report.event], {article.id: article}, days, sides, job)


def merged(job: Job) -> Iterator[Row]:
    """The families of reports, merged."""
    known = Known.of(job.note()["states"])
    reports: dict[str, Report] = {}
    told: dict[str, Any] = {}
    called: dict[tuple[str, str], frozenset[str]] = {}
    for identity, values in job.read("mate"):
        known.add(values["known"])
        reports[identity], told[identity] = report_of(values), values
        for actor, names in values["called"].items():
            called[values["article"], actor] = frozenset(names)
    sides = known.sides()
    pages = {report.article.id: report.article for report in reports.values()}
    copies = {(v["article"], other) for v in told.values() for other in v["twins"] if other in pages}
    names = {values["article"]: values["name"] for values in told.values() if values["name"]}
    sources = replace(make_sources((), copies), names=names)
    outcome = merge_reports(reports.values(), sides, job.codebook.relations, sources, called)
    of_event: dict[str, list[Report]] = defaultdict(list)
    for identity, report in reports.items():
        of_event[outcome.event_of[identity]].append(report)
    for event in outcome.events:
        own = sorted(of_event[event.id], key=lambda r: (r.order[:2], r.event.trigger.start, r.event.id))
        days = {span.article: _day(pages[span.article].published) for span in event.evidence}
        parties = dict.fromkeys((*event.actors, *event.recipients))
        whole = {
            "event": plain(event),
            "days": days,
            "known": [plain(known.actors[one]) for one in parties if one in known.actors],
        }
        yield Row("merged", job.task.name, event.id, note_of(whole))
        yield from _change_rows(event, [r.event for r in own], pages, days, sides, job)
        ahead = whole if event.factuality == "future" else None
        for report in own:
            lead_to = [event.id, job.task.name, ahead]
            yield Row("led", told[report.event.id]["part"], report.event.id, note_of(lead_to))
    for join in outcome.joins:
        yield Row("join", bucket_of(join.one, job.task.buckets), join.one, codec.pack(join))


def states(job: Job) -> Iterator[Row]:
    """The states of each pair of sides, from all the changes between them."""
    for _, found in job.grouped("change"):
        order = sorted(found, key=lambda v: (v["published"] or "9999", v["origin"], v["place"]))
        told = [codec.unpack(Change, json.dumps(v["change"])) for v in order if v["told"]]
        order = sorted(found, key=lambda v: (v["origin"], v["place"]))
        coded = [codec.unpack(Change, json.dumps(v["change"])) for v in order if not v["told"]]
        days = {article: day for v in found for article, day in v["days"].items()}
        hearsay = {v["origin"] for v in found if v["hearsay"]}
        for relation in pair_relations(coded, told, hearsay):
            yield Row("relation", bucket_of(relation.id, job.task.buckets), relation.id, codec.pack(relation))
            yield from _state_rows(relation, days, job.task.buckets)


def _state_rows(relation: Relation, days: Mapping[str, str | None], buckets: int) -> Iterator[Row]:
    """A state under the tokens of the forecasts that it may settle."""
    if relation.since is None:
        return
    told = {"relation": plain(relation), "days": {span.article: days.get(span.article) for span in relation.evidence}}
    for party in sorted({relation.of, relation.toward}):
        token = f"{party} state {relation.dimension}"
        yield Row("state", bucket_of(token, buckets), token, note_of(told))


def _change_rows(
    event: Event,
    reports: Sequence[Event],
    pages: Mapping[str, Article],
    days: Mapping[str, str | None],
    sides: Sides,
    job: Job,
) -> Iterator[Row]:
    made = event_changes([event], {event.id: reports}, pages, sides, job.codebook.relations)
    for place, change in enumerate(made):
        yield change_row(change, event.id, place, days, job.task.buckets, hearsay=bool(event.reported_by))


def change_row(
    change: Change,
    origin: str,
    place: int,
    days: Mapping[str, str | None],
    buckets: int,
    *,
    told: bool = False,
    hearsay: bool = False,
) -> Row:
    """Return a change that an event makes (`origin`), or with `told` an article by itself, in the block of its pair."""
    pair = " ".join(sorted(change.pair))
    told_change = plain(change)
    sets = {name: sorted(told_change[name]) for name in ("articles", "agrees")}
    values = {
        "change": {**told_change, **sets},
        "origin": origin,
        "place": place,
        "told": told,
        "hearsay": hearsay,
        "published": days.get(origin),
        "days": dict(days),
    }
    return Row("change", bucket_of(pair, buckets), pair, note_of(values))


# --- reports as plain values --------------------------------------------------------------------------------------------

_REPORT = ("event", "article", "published", "actors", "recipients", "people", "words", "names", "titled", "corrects")


def report_values(report: Report) -> dict[str, Any]:
    """Return a report as plain values."""
    return {
        "event": plain(report.event),
        "article": report.article.id,
        "published": _day(report.article.published),
        "actors": sorted(report.actors),
        "recipients": sorted(report.recipients),
        "people": sorted(report.people),
        "words": report.words,
        "names": sorted(report.names),
        "titled": report.titled,
        "corrects": report.corrects,
    }


def report_of(values: Mapping[str, Any]) -> Report:
    """Return the report of plain values; of its article only id and day are known."""
    event = codec.unpack(Event, json.dumps(values["event"]))
    article = page_stub(values["article"], values["published"])
    return Report(
        event=event,
        article=article,
        actors=frozenset(values["actors"]),
        recipients=frozenset(values["recipients"]),
        people=frozenset(values["people"]),
        words=values["words"],
        names=frozenset(values["names"]),
        order=(article.published or date.max, article.id, event.evidence[0].start, event.id),
        titled=values["titled"],
        corrects=values["corrects"],
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
