"""Events: the reports that may be one with a new one, merged again; all others stay as they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, bindparam, select, union_all

from dragoman.codebook.relations import RelationRules
from dragoman.record import Article, Document, Event
from dragoman.relate.history import called_in, decided_joins, lead, raw_reasons, relink
from dragoman.relate.likeness import Report, read_report
from dragoman.relate.link import link_document
from dragoman.relate.merge import blocks_of, may_be_one, merge_events, reach, sketch_of, sketches_meet
from dragoman.relate.sources import bands_of, is_copy, make_sources
from dragoman.relate.times import is_dated
from dragoman.run.updating.work import Work
from dragoman.store import codec, parts, tables
from dragoman.store.rows import join_row

_WIDE = 90
"""Days beyond which the reach of a report is looked up by itself, so that the others are found by their first day alone."""


_MARK = tables.mark.c
_IN_REACH = and_(_MARK.low <= bindparam("high"), _MARK.high >= bindparam("low"))
_NEAR = union_all(
    select(_MARK.id).where(_MARK.token == bindparam("near"), _IN_REACH, _MARK.low >= bindparam("floor")),
    select(_MARK.id).where(_MARK.token == bindparam("wide"), _IN_REACH),
    select(_MARK.id).where(_MARK.token == bindparam("about")),
)
"""The reports of one kind of act and party in reach of a day, and those about the same thing at any time."""


@dataclass(slots=True)
class Touched:
    """What merging changed: events that went and came (some under their old id), with the reports of those that came.

    `articles` are those whose records lead to one of them.
    """

    gone: dict[str, Event] = field(default_factory=dict)
    come: dict[str, Event] = field(default_factory=dict)
    reports: dict[str, list[Event]] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)


def update_events(work: Work) -> Touched:
    """Merge the reports of the dirty articles with all others."""
    connection, table = work.connection, tables.report
    _put_copies(work)
    documents = work.documents(work.dirty)
    old = {row.id: row for row in parts.rows_in(connection, select(table), table.c.article, work.dirty)}
    fresh = _reports(work, documents.values())
    mates = parts.ids_in(connection, table.c.id, table.c.event, {row.event for row in old.values() if row.event})
    for near, far in ((tables.joining.c.one, tables.joining.c.other), (tables.joining.c.other, tables.joining.c.one)):
        mates |= parts.ids_in(connection, near, far, old)
    parts.delete_in(connection, tables.mark, tables.mark.c.id, old)
    parts.delete_in(connection, table, table.c.id, old)
    _put_reports(work, fresh.values(), {row.id: row.event for row in old.values()})
    moved = {one for one in work.moved if one.startswith("event-")}
    kin = _closure(work, fresh, (mates | moved) - fresh.keys())
    return _merge(work, kin, old)


def _reports(work: Work, documents: Iterable[Document]) -> dict[str, Report]:
    """The reports of documents, their parties led to the joined actors."""
    documents = list(documents)
    articles = {document.article.id: document.article for document in documents}
    sides, actor_of = work.sides_in(articles)
    called = called_in(documents, actor_of)
    events = [
        lead(event, actor_of) for document in documents for event in link_document(document, work.codebook.relations)
    ]
    return {event.id: read_report(event, articles, sides, called) for event in events}


def _put_reports(work: Work, reports: Iterable[Report], event_of: Mapping[str, str | None]) -> None:
    reports = list(reports)
    rows = (report_row(report, event_of.get(report.event.id), work.codebook.relations) for report in reports)
    parts.put_rows(work.connection, tables.report, rows, anew=True)
    marks = (mark for report in reports for mark in report_marks(report, work.codebook.relations))
    parts.put_rows(work.connection, tables.mark, marks, anew=True)


def report_row(report: Report, event: str | None, rules: RelationRules) -> dict[str, object]:
    """Return the row of a report of a merged event."""
    sketch = json.dumps(sketch_of(report, rules))
    return {"id": report.event.id, "article": report.article.id, "event": event, "sketch": sketch}


def report_marks(report: Report, rules: RelationRules) -> list[dict[str, object]]:
    """Return the rows under which a report is found by those that may be one with it."""
    low, high = reach(report)
    place = {"low": low, "high": high, "id": report.event.id}
    return [{"token": token, **place} for token in _tokens(report, rules)]


def _tokens(report: Report, rules: RelationRules) -> list[str]:
    low, high = reach(report)
    wide = "wide " if high - low > _WIDE else "near "
    blocks = blocks_of(report, rules)
    found = [f"{wide}{kind} {party}" for kind, party in blocks]
    if report.event.object is not None:
        found += [f"thing {kind} {party} {report.event.object}" for kind, party in blocks]
        if report.event.historical and not is_dated(report.event.when):
            found += [f"past {kind} {party} {report.event.object}" for kind, party in blocks]
    return found


def _closure(work: Work, fresh: Mapping[str, Report], more: set[str]) -> dict[str, Report]:
    """The reports that may be one with a fresh one, directly or through others, and all that were one with those."""
    connection, table = work.connection, tables.report
    partners: dict[str, set[str]] = defaultdict(set)
    for join in decided_joins(work.decided):
        partners[join.one].add(join.other)
        partners[join.other].add(join.one)
    found: dict[str, Report] = {}
    looked: dict[str, Report] = dict(fresh)
    wanted = set(fresh) | more
    while wanted := wanted - found.keys():
        _look_up(work, wanted, looked)
        new = {one: looked[one] for one in sorted(wanted) if one in looked}
        if not new:
            break
        found.update(new)
        wanted = {partner for one in new for partner in partners.get(one, ())}
        events = parts.ids_in(connection, table.c.event, table.c.id, new)
        wanted |= parts.ids_in(connection, table.c.id, table.c.event, events)
        for report in new.values():
            near = _near(work, report) - found.keys()
            _look_up(work, near, looked)
            wanted |= {one for one in near if may_be_one(report, looked[one], work.codebook.relations)}
    return found


def _near(work: Work, report: Report) -> set[str]:
    """The ids of the reports of a like act of a party of it, near in time, that are not ruled out at a glance."""
    connection = work.connection
    low, high = reach(report)
    found: set[str] = set()
    thing = report.event.object
    loose = report.event.historical and not is_dated(report.event.when)
    for kind, party in blocks_of(report, work.codebook.relations):
        block = f"{kind} {party}"
        days = {"low": low, "high": high, "floor": low - _WIDE}
        about = f"{'thing' if loose else 'past'} {block} {thing}" if thing is not None else ""
        asked = {"near": f"near {block}", "wide": f"wide {block}", "about": about, **days}
        found.update(connection.execute(_NEAR, asked).scalars())
    found.discard(report.event.id)
    mine = sketch_of(report, work.codebook.relations)
    table = tables.report
    rows = parts.rows_in(connection, select(table.c.id, table.c.sketch), table.c.id, found)
    return {row.id for row in rows if sketches_meet(mine, json.loads(row.sketch))}


def _look_up(work: Work, ids: set[str], looked: dict[str, Report]) -> None:
    missing = ids - looked.keys()
    articles = parts.ids_in(work.connection, tables.report.c.article, tables.report.c.id, missing)
    for one, report in _reports(work, work.documents(articles).values()).items():
        looked.setdefault(one, report)


def _merge(work: Work, kin: Mapping[str, Report], old: Mapping[str, object]) -> Touched:
    """Merge the kin, put the events in place of those that they were, and lead what points at them to the new ids."""
    connection, table = work.connection, tables.report
    articles = {report.article.id: report.article for report in kin.values()}
    sides, actor_of = work.sides_in(articles)
    documents = work.documents(articles)
    merged = merge_events(
        [report.event for report in kin.values()],
        articles,
        sides,
        work.codebook.relations,
        make_sources(articles.values(), _copies_among(work, articles)),
        called_in(documents.values(), actor_of),
        decided_joins(work.decided),
    )
    was = {row.id: row.event for row in parts.rows_in(connection, select(table.c.id, table.c.event), table.c.id, kin)}
    before = {event for event in was.values() if event} | {row.event for row in old.values() if row.event}  # type: ignore[attr-defined]  # rows
    moved = [{"own": one, "to": to} for one, to in sorted(merged.event_of.items()) if was.get(one) != to]
    if moved:
        connection.execute(table.update().where(table.c.id == bindparam("own")).values(event=bindparam("to")), moved)
    parts.delete_joins(connection, "event", {*kin, *old})
    parts.put_rows(connection, tables.joining, map(join_row, merged.joins))
    touched = Touched()
    events = {event.id: event for event in merged.events}
    touched.articles = {*articles, *work.dirty}
    reports: dict[str, list[Event]] = defaultdict(list)
    for one, report in sorted(kin.items(), key=lambda item: _place(item[1])):
        reports[merged.event_of[one]].append(report.event)
    events |= _beside(work, touched.articles, events, reports)
    event_of = _event_of(work, {cause for event in events.values() for cause in event.because})
    events = {one: relink(event, event_of) for one, event in events.items()}
    rows = parts.rows_in(connection, select(tables.event), tables.event.c.id, before | events.keys())
    stood = {row.id: codec.unpack(Event, row.body) for row in rows}
    touched.gone = {one: event for one, event in stood.items() if events.get(one) != event}
    touched.come = {one: events[one] for one in sorted(events) if stood.get(one) != events[one]}
    touched.reports = {one: reports[one] for one in touched.come}
    return touched


def _place(report: Report) -> tuple[object, ...]:
    return report.order[:2], report.event.trigger.start, report.event.id


def _beside(
    work: Work, articles: set[str], events: Mapping[str, Event], reports: dict[str, list[Event]]
) -> dict[str, Event]:
    """The other events of the articles, with the reasons that their reports give: what they lead to may have moved."""
    connection, table = work.connection, tables.report
    others = parts.ids_in(connection, table.c.event, table.c.article, articles) - events.keys()
    found = {}
    loaded = parts.rows_in(connection, select(tables.event), tables.event.c.id, others)
    stood = {row.id: codec.unpack(Event, row.body) for row in loaded}
    giving = {one: event for one, event in stood.items() if event.because}
    if not giving:
        return {}
    rows = list(parts.rows_in(connection, select(table.c.id, table.c.article, table.c.event), table.c.event, giving))
    told = _reports(work, work.documents({row.article for row in rows}).values())
    for row in sorted(rows, key=lambda row: _place(told[row.id])):
        reports[row.event].append(told[row.id].event)
    for one, event in giving.items():
        found[one] = raw_reasons(event, reports[one])
    return found


def _event_of(work: Work, reports: set[str]) -> dict[str, str]:
    table = tables.report
    rows = parts.rows_in(work.connection, select(table.c.id, table.c.event), table.c.id, reports)
    return {row.id: row.event for row in rows if row.event}


def _put_copies(work: Work) -> None:
    """Find the texts that are largely copies of the fresh articles' texts."""
    connection, band, copy = work.connection, tables.band, tables.copy
    parts.delete_in(connection, band, band.c.article, work.fresh)
    for some in (
        parts.rows_in(connection, select(copy), copy.c.one, work.fresh),
        parts.rows_in(connection, select(copy), copy.c.other, work.fresh),
    ):
        for row in list(some):
            connection.execute(copy.delete().where(copy.c.one == row.one, copy.c.other == row.other))
    articles: dict[str, Article] = {one: document.article for one, document in work.documents(work.fresh).items()}
    bands = {one: bands_of(article) for one, article in articles.items()}
    parts.put_rows(connection, band, ({"band": key, "article": one} for one in sorted(bands) for key in bands[one]))
    met: set[tuple[str, str]] = set()
    for one, held in sorted(bands.items()):
        for other in parts.ids_in(connection, band.c.article, band.c.band, held) - {one}:
            met.add((min(one, other), max(one, other)))
    if met:
        pages = parts.load_pages(connection, {one for pair in met for one in pair})
        rows = ({"one": a, "other": b} for a, b in sorted(met) if is_copy(pages[a], pages[b]))
        parts.put_rows(connection, copy, rows)


def _copies_among(work: Work, articles: Iterable[str]) -> Sequence[tuple[str, str]]:
    copy = tables.copy
    there = set(articles)
    rows = parts.rows_in(work.connection, select(copy), copy.c.one, there)
    return [(row.one, row.other) for row in rows if row.other in there]
