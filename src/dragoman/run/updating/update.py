"""The update: all that was stored or decided since the last time, batch by batch, each in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from dragoman.codebook import Codebook
from dragoman.record import Decision, Event, Relation
from dragoman.record.ids import make_id
from dragoman.relate.amend import lenders
from dragoman.relate.decide import settle
from dragoman.run.updating.actors import update_actors
from dragoman.run.updating.events import Touched, update_events
from dragoman.run.updating.outcomes import update_outcomes
from dragoman.run.updating.states import update_states
from dragoman.run.updating.work import Corrected, Work, amended, corrections
from dragoman.store import Store, counts, parts, rows, tables
from dragoman.store.decisions import log_of

BATCH = 64
"""Documents brought in together: more hold the write lock for longer than another process should wait."""


def update(store: Store, codebook: Codebook, rules: str) -> bool:
    """Bring the joined history of a store up to date; return whether anything was done.

    `rules` says by which codebook and program: where the history was joined by others, it is joined anew from nothing.
    """
    done = False
    while _batch(store, codebook, rules):
        done = True
    return done


def _batch(store: Store, codebook: Codebook, rules: str) -> bool:
    """Bring in the next documents; False where there is nothing left to do."""
    with store.reading() as connection:
        if parts.up_to_date(connection, rules):
            return False
    with store.writing() as connection:
        if parts.up_to_date(connection, rules):
            return False
        if parts.get_meta(connection, "derived_rules") != rules:
            for table in tables.DERIVED:
                connection.execute(table.delete())
            parts.put_meta(connection, {"derived_rules": rules, "derived_revision": "-1"})
            parts.put_meta(connection, {"derived_decisions": "[]", "derived_corrected": "{}"})
        at = int(parts.get_meta(connection, "derived_revision") or -1)
        due = parts.documents_after(connection, at, BATCH)
        stored = {article for _, article in due}
        log = log_of(connection)
        corrected = corrections(log)
        noted = {article: [one.id for _, one in found] for article, found in sorted(corrected.items())}
        stored |= _corrected_anew(connection, corrected, noted, stored)
        decided = _decided(connection, log, corrected, codebook, stored)
        was = {tuple(one) for one in json.loads(parts.get_meta(connection, "derived_decisions") or "[]")}
        now = {_told(one) for one in decided}
        work = Work(
            connection=connection,
            codebook=codebook,
            fresh=tuple(sorted(stored)),
            decided=decided,
            moved=frozenset(identity for one in was ^ now for identity in one[3:5] if identity),
            corrected=corrected,
        )
        _bring_in(work)
        whole = len(due) < BATCH
        revision = parts.get_meta(connection, "revision") if whole else str(due[-1][0])
        told = json.dumps(sorted(now), ensure_ascii=False)
        parts.put_meta(connection, {"derived_revision": revision or "0", "derived_decisions": told})
        parts.put_meta(connection, {"derived_corrected": json.dumps(noted)})
        if whole:
            counts.note_totals(connection)
    return True


def _bring_in(work: Work) -> None:
    parts.put_pages(work.connection, (document.article for document in work.documents(work.fresh).values()))
    update_actors(work)
    touched = update_events(work)
    _put_events(work, touched)
    gone, come = update_states(work, touched)
    update_outcomes(work, touched, [*gone, *come])
    _put_mentions(work)
    _put_pairs(work, touched, gone, come)
    changed = (*touched.gone.values(), *touched.come.values())
    told = {span.article for event in changed for span in event.evidence}
    counts.count_findings(work.connection, {*work.fresh, *work.dirty, *touched.articles, *told})


def _told(decision: Decision) -> tuple[str, ...]:
    """A decision on the records of single articles, as it is noted: by whom, when, what, on which records."""
    body = dict(decision.body)
    one, other = str(body.pop("one", "")), str(body.pop("other", ""))
    return decision.time, decision.author, decision.kind, one, other, json.dumps(body, sort_keys=True)


def _corrected_anew(
    connection: Connection, corrected: Corrected, noted: Mapping[str, list[str]], stored: set[str]
) -> set[str]:
    """The articles about whose findings people decided otherwise since, or whose corrections bring in what was stored anew."""
    was = json.loads(parts.get_meta(connection, "derived_corrected") or "{}")
    changed = {article for article in {*was, *noted} if was.get(article) != noted.get(article)}
    changed |= {a for a, found in corrected.items() if any(lenders(one) & stored for _, one in found)}
    return parts.ids_in(connection, tables.article.c.id, tables.article.c.id, changed)


def _decided(
    connection: Connection, log: Sequence[Decision], corrected: Corrected, codebook: Codebook, fresh: Iterable[str]
) -> tuple[Decision, ...]:
    """The decisions in force, settled on the articles that hold what they are about."""
    if not log:
        return ()
    documents = amended(connection, {*articles_about(connection, log), *fresh}, corrected, codebook)
    settled = settle(log, [documents[one] for one in sorted(documents)])
    return tuple(replace(one, body={k: v for k, v in one.body.items() if v is not None}) for one in settled.decisions)


def articles_about(connection: Connection, log: Sequence[Decision]) -> set[str]:
    """Return the articles that hold a record of each actor and event that decisions refer to."""
    articles: set[str] = set()
    named: set[str] = set()
    ids: set[str] = set()
    for decision in log:
        for reference in (decision.body.get("one"), decision.body.get("other")):
            if isinstance(reference, str):
                ids |= {reference, make_id("actor", reference)}
            elif isinstance(reference, Mapping):
                told: Iterable[Any] = (*(reference.get("records") or ()), *(reference.get("reports") or ()))
                articles |= {str(one.get("article", "")) for one in told}
                ids |= {str(one.get("id", "")) for one in told}
                names = (reference.get("name", ""), *(reference.get("spelled") or ()))
                named |= {f"{reference.get('kind', '')} {str(name).casefold()}" for name in names}
                if reference.get("key"):
                    ids |= {str(reference["key"]), make_id("actor", str(reference["key"]))}
    rendering, member = tables.rendering.c, tables.member.c
    ids |= parts.ids_in(connection, rendering.actor, rendering.named, named)
    ids |= parts.ids_in(connection, rendering.actor, rendering.token, (f"key {one}" for one in ids))
    for some in sorted(ids):  # one article of each is enough: the record is the same in all of them
        first = connection.execute(select(func.min(member.article)).where(member.actor == some)).scalar()
        articles |= {first} if first else set()
    return articles | parts.ids_in(connection, tables.report.c.article, tables.report.c.id, ids)


def _put_events(work: Work, touched: Touched) -> None:
    connection = work.connection
    parts.delete_in(connection, tables.event, tables.event.c.id, touched.gone)
    parts.put_rows(connection, tables.event, map(rows.event_row, touched.come.values()), anew=True)
    for table, made in ((tables.party, rows.party_rows), (tables.telling, rows.telling_rows)):
        parts.delete_in(connection, table, table.c.event, {*touched.gone, *touched.come})
        parts.put_rows(connection, table, (row for event in touched.come.values() for row in made(event)))


def _put_mentions(work: Work) -> None:
    """Put the mentions of the dirty articles, led to the joined actors, and count anew how often those are named."""
    connection, mention = work.connection, tables.mention
    named = parts.ids_in(connection, mention.c.actor, mention.c.article, work.dirty)
    parts.delete_in(connection, mention, mention.c.article, work.dirty)
    for article, document in work.documents(work.dirty).items():
        actor_of = work.actor_of([article])
        led = [replace(one, actor=actor_of.get(one.actor, one.actor)) for one in document.mentions or ()]
        parts.put_rows(connection, mention, map(rows.mention_row, led))
        named |= {one.actor for one in led}
    number = select(func.count()).where(mention.c.actor == tables.actor.c.id).scalar_subquery()
    for some in parts.lots(sorted(named)):
        connection.execute(tables.actor.update().where(tables.actor.c.id.in_(some)).values(mentions=number))


def _put_pairs(work: Work, touched: Touched, gone: Sequence[Relation], come: Sequence[Relation]) -> None:
    """Put the pairs of states or bodies of what went and came."""
    connection, pair = work.connection, tables.pair
    ids = {*touched.gone, *touched.come, *(one.id for one in (*gone, *come)), *work.dirty}
    columns = select(pair.c.one, pair.c.other, pair.c.day).where(pair.c.kind == "event")
    months = {counts.month_of(row._mapping) for row in parts.rows_in(connection, columns, pair.c.id, ids)}
    parts.delete_in(connection, pair, pair.c.id, ids)
    documents = work.documents(work.dirty)
    events: list[Event] = list(touched.come.values())
    wanted = {actor for event in events for actor in (*event.actors, *event.recipients)}
    wanted |= {actor for relation in come for actor in (relation.of, relation.toward)}
    sides = work.sides({*wanted, *work.actor_of(documents).values()})
    keys = rows.keys_of(sides.actors.values())
    days = parts.days_of(connection, {span.article for event in events for span in event.evidence})
    made = [row for event in events for row in rows.event_pairs(event, keys, days)]
    made += [row for relation in come for row in rows.relation_pairs(relation, keys)]
    for article, document in documents.items():
        actor_of = work.actor_of([article])
        led = {actor_of.get(one.actor, one.actor) for one in document.mentions or ()}
        made += rows.pair_rows(
            {keys[one] for one in led if one in keys}, "article", article, document.article.published
        )
    parts.put_rows(connection, pair, made, anew=True)
    months |= {counts.month_of(row) for row in made if row["kind"] == "event"}
    counts.count_months(connection, months)
