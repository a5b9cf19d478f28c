"""Outcomes: the forecasts that a new article makes, or that a changed event or state may settle, judged again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from dragoman.record import Article, Event, History, Mention, Relation, Statement
from dragoman.relate.forecast import FORECASTS, Hope, Judge
from dragoman.relate.history import retell
from dragoman.run.updating.events import Touched
from dragoman.run.updating.states import changed_events
from dragoman.run.updating.work import Work
from dragoman.store import parts, tables
from dragoman.store.rows import statement_row


def update_outcomes(work: Work, touched: Touched, relations: Sequence[Relation]) -> None:
    """Put the statements of the touched articles, and judge all forecasts that may have come true or no longer do."""
    connection, table = work.connection, tables.statement
    retold = _retold(work, touched.articles)
    parts.delete_in(connection, table, table.c.article, touched.articles)
    old = parts.ids_in(connection, tables.hope.c.statement, tables.hope.c.statement, retold)
    parts.delete_in(connection, tables.hope, tables.hope.c.statement, old | _gone(work, touched, retold))
    _put_deeds(work, touched)
    forecasts = {one.id: one for one in retold.values() if one.act in FORECASTS}
    waiting = _waiting(work, touched, relations) - retold.keys()
    rows = parts.rows_in(connection, select(table.c.body), table.c.id, waiting)
    forecasts |= {one.id: one for one in parts.unpack_all(Statement, list(rows))}
    settled = _settled(work, forecasts, fresh=retold.keys())
    made = {**retold, **settled}
    days = parts.days_of(connection, {one.content.article for one in made.values()})
    told = (statement_row(one, days.get(one.content.article)) for one in made.values())
    parts.put_rows(connection, table, told, anew=True)


def _retold(work: Work, articles: Iterable[str]) -> dict[str, Statement]:
    """The statements of articles, their speakers led to the joined actors and what they are about to the merged events."""
    found: dict[str, Statement] = {}
    documents = work.documents(articles)
    table = tables.report
    rows = parts.rows_in(work.connection, select(table.c.id, table.c.event), table.c.article, documents)
    event_of = {row.id: row.event for row in rows if row.event}
    for article, document in documents.items():
        actor_of = work.actor_of([article])
        for statement in document.statements or ():
            found[statement.id] = retell(statement, actor_of, event_of)
    return found


def _gone(work: Work, touched: Touched, retold: Mapping[str, Statement]) -> set[str]:
    """Forecasts that were told by the touched articles before they were read anew."""
    table = tables.statement
    there = parts.ids_in(work.connection, table.c.id, table.c.article, touched.articles)
    return there - retold.keys()


def _put_deeds(work: Work, touched: Touched) -> None:
    """Keep under which tokens the changed events may settle a forecast."""
    connection = work.connection
    parts.delete_in(
        connection, tables.mark, tables.mark.c.id, (f"deed {one}" for one in (*touched.gone, *touched.come))
    )
    judge = _judge(work, touched.come.values())
    marks = (mark for event in touched.come.values() for mark in deed_marks(event, judge))
    parts.put_rows(connection, tables.mark, marks, anew=True)


def deed_marks(event: Event, judge: Judge) -> list[dict[str, object]]:
    """Return the rows under which an event is found by the forecasts that it may settle."""
    deed = judge.deed(event)
    if deed is None:
        return []
    place = {"low": deed[0].toordinal(), "high": deed[1].toordinal(), "id": f"deed {event.id}"}
    return [{"token": f"deed {token}", **place} for token in deed[2]]


def hope_rows(statement: str, hope: Hope) -> list[dict[str, object]]:
    """Return the rows under which a forecast is found by the events that may settle it."""
    parties = json.dumps(sorted(hope.parties))
    said = hope.said.toordinal()
    return [{"token": token, "statement": statement, "said": said, "parties": parties} for token in hope.tokens]


def _waiting(work: Work, touched: Touched, relations: Sequence[Relation]) -> set[str]:
    """The forecasts that a changed event or state may settle, or settled until now."""
    events = list(changed_events(touched))
    judge = _judge(work, events)
    asked: dict[str, list[tuple[frozenset[str], date]]] = defaultdict(list)
    for event in events:
        deed = judge.deed(event)
        if deed is not None:
            parties = work.sides((*event.actors, *event.recipients)).parties(event)
            for token in deed[2]:
                asked[token].append((parties, deed[1]))
    for relation in relations:
        parties = frozenset((relation.of, relation.toward))
        for party in sorted(parties):
            asked[f"{party} state {relation.dimension}"].append((parties, relation.since or date.max))
    found = set()
    for row in parts.rows_in(work.connection, select(tables.hope), tables.hope.c.token, asked):
        wanted = frozenset(json.loads(row.parties))
        if any(wanted <= parties and row.said <= day.toordinal() for parties, day in asked[row.token]):
            found.add(row.statement)
    return found


def _settled(work: Work, forecasts: Mapping[str, Statement], fresh: Iterable[str]) -> dict[str, Statement]:
    """Judge forecasts, each on what shares a token with it."""
    connection = work.connection
    if not forecasts:
        return {}
    articles = {one.content.article for one in forecasts.values()}
    own = parts.ids_in(connection, tables.report.c.event, tables.report.c.article, articles)
    events = _events(work, own)
    judge = _judge(work, events.values(), articles)
    hopes = {one: hope for one, statement in sorted(forecasts.items()) if (hope := judge.hope(statement)) is not None}
    new = set(fresh)
    rows = (row for one, hope in hopes.items() if one in new for row in hope_rows(one, hope))
    parts.put_rows(connection, tables.hope, rows, anew=True)
    near = {one for hope in hopes.values() for one in _deeds_for(work, hope)}
    events |= _events(work, near - events.keys())
    relations = {one.id: one for hope in hopes.values() for one in _states_for(work, hope)}
    judge = _judge(work, events.values(), articles, relations.values())
    return {one: judge.settled(statement) for one, statement in forecasts.items()}


def _events(work: Work, ids: Iterable[str]) -> dict[str, Event]:
    rows = parts.rows_in(work.connection, select(tables.event.c.body), tables.event.c.id, ids)
    return {event.id: event for event in parts.unpack_all(Event, list(rows))}


def _deeds_for(work: Work, hope: Hope) -> set[str]:
    mark = tables.mark.c
    found: set[str] = set()
    for token in hope.tokens:
        statement = select(mark.id).where(mark.token == f"deed {token}", mark.low >= hope.said.toordinal())
        found.update(one.removeprefix("deed ") for one in work.connection.execute(statement).scalars())
    return found


def _states_for(work: Work, hope: Hope) -> list[Relation]:
    table = tables.relation.c
    found: list[Relation] = []
    if any(" state " in token for token in hope.tokens):
        party = min(hope.parties)
        for column in (table.of, table.toward):
            rows = work.connection.execute(select(table.body).where(column == party))
            found += parts.unpack_all(Relation, rows.all())
    return found


def _judge(
    work: Work,
    events: Iterable[Event],
    articles: Iterable[str] = (),
    relations: Iterable[Relation] = (),
) -> Judge:
    """A judge of just these events and states, who knows the texts and mentions of just these articles."""
    events, relations = list(events), list(relations)
    documents = work.documents(articles)
    actor_of = work.actor_of(documents)
    mentions = [_led(mention, actor_of) for document in documents.values() for mention in document.mentions or ()]
    named = {actor for event in events for actor in (*event.actors, *event.recipients)}
    sides = work.sides({*named, *actor_of.values()})
    days = {span.article for event in events for span in event.evidence}
    days |= {span.article for relation in relations for span in relation.evidence}
    table = tables.article.c
    columns = select(table.id, table.source, table.published)
    pages = [document.article for document in documents.values()]
    pages += [
        Article(id=row.id, source=row.source, text="", published=row.published)
        for row in parts.rows_in(work.connection, columns, table.id, days - documents.keys())
    ]
    history = History(
        articles=tuple(pages),
        actors=tuple(sides.actors.values()),
        mentions=tuple(mentions),
        events=tuple(events),
        statements=(),
        relations=tuple(relations),
    )
    return Judge(history, work.codebook)


def _led(mention: Mention, actor_of: Mapping[str, str]) -> Mention:
    return replace(mention, actor=actor_of.get(mention.actor, mention.actor))
