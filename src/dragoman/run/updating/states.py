"""States: the relations of each pair of sides of which a change came or went, derived again from all its changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from sqlalchemy import Connection, or_, select

from dragoman.record import Event, Relation
from dragoman.relate.change import Change, event_changes
from dragoman.relate.state import pair_relations
from dragoman.relate.told import told_changes
from dragoman.run.updating.events import Touched
from dragoman.run.updating.work import Work
from dragoman.store import codec, parts, rows, tables


def update_states(work: Work, touched: Touched) -> tuple[list[Relation], list[Relation]]:
    """Bring the relations up to date; return those that went and those that came."""
    connection, table = work.connection, tables.change
    origins = {*touched.gone, *touched.come, *work.dirty}
    pairs = parts.ids_in(connection, table.c.pair, table.c.origin, origins)
    parts.delete_in(connection, table, table.c.origin, origins)
    made = list(chain(_coded_rows(work, touched), _told_rows(work)))
    parts.put_rows(connection, table, made)
    pairs |= {str(row["pair"]) for row in made}
    gone: list[Relation] = []
    come: list[Relation] = []
    for pair in sorted(pairs):
        before = pair_records(connection, *pair.split(" "))
        coded, told, hearsay = _changes(connection, pair)
        now = {relation.id: relation for relation in pair_relations(coded, told, hearsay)}
        gone += [one for one in before if now.get(one.id) != one]
        known = {one.id: one for one in before}
        come += [one for one in now.values() if known.get(one.id) != one]
    parts.delete_in(connection, tables.relation, tables.relation.c.id, (one.id for one in gone))
    parts.put_rows(connection, tables.relation, map(rows.relation_row, come), anew=True)
    return gone, come


def pair_records(connection: Connection, one: str, other: str) -> list[Relation]:
    """Return the relations between two sides, by id."""
    table = tables.relation.c
    found = connection.execute(
        select(tables.relation.c.body)
        .where(
            or_(
                (table.of == one) & (table.toward == other),
                (table.of == other) & (table.toward == one),
            )
        )
        .order_by(table.id)
    )
    return parts.unpack_all(Relation, found.all())


def _coded_rows(work: Work, touched: Touched) -> Iterable[dict[str, object]]:
    articles = {span.article for event in touched.come.values() for span in event.evidence}
    pages = {one: document.article for one, document in work.documents(articles).items()}
    sides = work.sides(actor for event in touched.come.values() for actor in (*event.actors, *event.recipients))
    for event in touched.come.values():
        made = event_changes([event], touched.reports, pages, sides, work.codebook.relations)
        for place, change in enumerate(made):
            yield change_row(change, event.id, place, hearsay=bool(event.reported_by))


def _told_rows(work: Work) -> Iterable[dict[str, object]]:
    sides, actor_of = work.sides_in(work.dirty)
    for article, document in work.documents(work.dirty).items():
        for place, change in enumerate(told_changes([document], sides, work.codebook, actor_of)):
            yield change_row(change, article, place, told=True, published=document.article.published)


def change_row(
    change: Change,
    origin: str,
    place: int,
    *,
    hearsay: bool = False,
    told: bool = False,
    published: date | None = None,
) -> dict[str, object]:
    """Return the row of a change that an event makes, or that an article tells by itself."""
    return {
        "pair": " ".join(sorted(change.pair)),
        "origin": origin,
        "told": int(told),
        "hearsay": int(hearsay),
        "published": published,
        "place": place,
        "body": codec.pack(change),
    }


def _changes(connection: Connection, pair: str) -> tuple[Sequence[Change], Sequence[Change], set[str]]:
    """The changes of a pair in the order in which a rebuild finds them, and the events that only speakers tell."""
    found: dict[bool, list[tuple[tuple[object, ...], Change]]] = defaultdict(list)
    hearsay: set[str] = set()
    for row in connection.execute(select(tables.change).where(tables.change.c.pair == pair)):
        order = (row.published or date.max, row.origin, row.place) if row.told else (row.origin, row.place)
        found[bool(row.told)].append((order, codec.unpack(Change, row.body)))
        if row.hearsay:
            hearsay.add(row.origin)
    coded, told = ([change for _, change in sorted(found[kind], key=_first)] for kind in (False, True))
    return coded, told, hearsay


def _first(item: tuple[tuple[object, ...], Change]) -> tuple[object, ...]:
    return item[0]


def changed_events(touched: Touched) -> Iterable[Event]:
    """Return the events that went or came."""
    return chain(touched.gone.values(), touched.come.values())
