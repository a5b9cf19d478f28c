"""Copying a shelf into a store: what was read, and the merged record where it is that of all that the store holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, insert, select

from dragoman.codebook import Codebook
from dragoman.errors import StoreError
from dragoman.record import Actor, Document, Mention
from dragoman.run.cluster.shelf import Shelf, storage
from dragoman.run.history import derivation_rules
from dragoman.run.merging.merge import MANIFEST
from dragoman.run.merging.publish import KINDS, WORKING
from dragoman.run.merging.task import actor_from
from dragoman.store import Store, codec, counts, parts, rows, tables
from dragoman.store.store import count_change

_AT_ONCE = 200
"""Articles of one transaction."""
_LINES = 5_000
"""Rows of what it was joined from that are in memory at a time."""
_MISSING = "relate"
"""Who made a state for which somebody acts while no article names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """How many articles were copied and were there already, how many refusals; and whether the merged record came with them."""

    articles: int
    known: int
    refusals: int
    merged: bool


def copy_shelf(shelf: Shelf, store: Store, codebook: Codebook) -> Unpacked:
    """Copy what a shelf holds into a store; what that has already stays as it is, and a copy that was interrupted goes on.

    Where the store then holds just the articles that were merged, nobody decided anything there, and the rules are those of
    the merge, the merged record becomes its joined history in one transaction; else the store joins by itself.
    """
    copied = known = 0
    left_out = shelf.repeats()
    for part in shelf.parts():
        found = shelf.part_documents(part, frozenset(left_out.get(part, ())))
        for start in range(0, len(found), _AT_ONCE):
            some = found[start : start + _AT_ONCE]
            new = _put(store, some)
            copied, known = copied + new, known + len(some) - new
    refusals = dict(store.refusals())
    missing = [(source, reason) for source, reason in shelf.refusals() if source not in refusals]
    for source, reason in missing:
        store.put_refusal(source, reason)
    merged = _put_merged(shelf, store, codebook, left_out)
    return Unpacked(articles=copied, known=known, refusals=len(missing), merged=merged)


def manifest_of(shelf: Shelf) -> Any:
    """Return what the merged record of a shelf consists of and was made from; None where it was never merged."""
    files, root = storage(shelf.place)
    path = f"{root}/{MANIFEST}"
    return json.loads(files.cat_file(path)) if files.exists(path) else None


def records(shelf: Shelf, manifest: Mapping[str, Any], kind: str) -> Iterator[Any]:
    """Yield the records of a kind ("event") of a merged shelf, a file at a time."""
    for (body,) in _published(shelf, manifest, kind, ["record"]):
        yield codec.unpack(KINDS[kind][0], body)


def _published(shelf: Shelf, manifest: Mapping[str, Any], kind: str, columns: list[str]) -> Iterator[tuple[str, ...]]:
    import pyarrow.parquet

    files, root = storage(shelf.place)
    for path in manifest["files"][kind]:
        try:
            with files.open(f"{root}/{path}", "rb") as file:
                table = pyarrow.parquet.read_table(file, columns=columns)
        except OSError as error:
            raise StoreError(f"{shelf.place}/{path} can't be read ({error}): merge the shelf again.") from error
        yield from zip(*(table[column].to_pylist() for column in columns), strict=True)


def _put(store: Store, documents: list[Document]) -> int:
    """Store those documents of which the store does not hold the article; return how many."""
    article, count = tables.article.c, 0
    with store.writing() as connection:
        wanted = [document.article.id for document in documents]
        there = set(connection.execute(select(article.id).where(article.id.in_(wanted))).scalars())
        for document in documents:
            page = document.article
            if page.id in there:
                continue
            values = {
                name: getattr(page, name) for name in ("id", "source", "title", "publisher", "published", "language")
            }
            given = json.dumps(codec.given_of(page), ensure_ascii=False)
            connection.execute(insert(tables.article).values(**values, given=given, text=page.text))
            layers = {"reader": document.reader, "refused": None, "layers": codec.pack_layers(document)}
            at = count_change(connection)
            connection.execute(insert(tables.document).values(article=page.id, revision=at, **layers))
            store.backend.index_words(connection, page.id, page.title, page.text)
            count += 1
    return count


def _put_merged(shelf: Shelf, store: Store, codebook: Codebook, left_out: Mapping[str, tuple[str, ...]]) -> bool:
    manifest = manifest_of(shelf)
    rules = derivation_rules(codebook)
    if manifest is None or manifest["rules"] != rules:
        return False
    with store.writing() as connection:
        if parts.up_to_date(connection, rules):
            return True
        if parts.count(connection, tables.decision):
            return False
        if _digest(connection) != manifest["input"]["digest"]:
            return False
        for table in tables.DERIVED:
            connection.execute(table.delete())
        _put_records(connection, shelf, manifest)
        for part in shelf.parts():
            found = shelf.part_documents(part, frozenset(left_out.get(part, ())))
            parts.put_pages(connection, (document.article for document in found))
            counts.count_findings(connection, [document.article.id for document in found])
        _put_working(connection, shelf, manifest)
        counts.note_totals(connection)
        told = {"derived_rules": rules, "derived_decisions": "[]", "derived_corrected": "{}"}
        parts.put_meta(connection, {**told, "derived_revision": parts.get_meta(connection, "revision") or "0"})
    return True


def _digest(connection: Connection) -> str:
    """The digest of the ids of all articles, as a merge tells it."""
    total = hashlib.sha256()
    for identity in connection.execute(select(tables.article.c.id).order_by(tables.article.c.id)).scalars():
        total.update(identity.encode("utf-8") + b"\n")
    return total.hexdigest()


def _put_records(connection: Connection, shelf: Shelf, manifest: Mapping[str, Any]) -> None:
    states: dict[str, str] = {}
    for some in parts.lots(records(shelf, manifest, "actor"), _AT_ONCE):
        actors: list[Actor] = some
        states |= rows.keys_of(actors)
        made = (rows.actor_row(actor, missing=actor.made_by == _MISSING) for actor in actors)
        parts.put_rows(connection, tables.actor, made)
        parts.put_rows(connection, tables.spelling, (row for actor in actors for row in rows.spelling_rows(actor)))
    days = dict(connection.execute(select(tables.article.c.id, tables.article.c.published)).tuples().all())
    for some in parts.lots(records(shelf, manifest, "event"), _AT_ONCE):
        parts.put_rows(connection, tables.event, map(rows.event_row, some))
        for table, rows_of in ((tables.party, rows.party_rows), (tables.telling, rows.telling_rows)):
            parts.put_rows(connection, table, (row for event in some for row in rows_of(event)))
        parts.put_rows(connection, tables.pair, (row for one in some for row in rows.event_pairs(one, states, days)))
    for some in parts.lots(records(shelf, manifest, "relation"), _AT_ONCE):
        parts.put_rows(connection, tables.relation, map(rows.relation_row, some))
        parts.put_rows(connection, tables.pair, (row for one in some for row in rows.relation_pairs(one, states)))
    said = records(shelf, manifest, "statement")
    parts.put_rows(
        connection, tables.statement, (rows.statement_row(one, days.get(one.content.article)) for one in said)
    )
    parts.put_rows(connection, tables.joining, map(rows.join_row, records(shelf, manifest, "join")))
    for article, mentions in groupby(records(shelf, manifest, "mention"), key=_article):
        there = list(mentions)
        parts.put_rows(connection, tables.mention, map(rows.mention_row, there))
        named: Iterable[str] = {states[one.actor] for one in there if one.actor in states}
        parts.put_rows(connection, tables.pair, rows.pair_rows(named, "article", article, days.get(article)))
    number = select(func.count()).where(tables.mention.c.actor == tables.actor.c.id).scalar_subquery()
    connection.execute(tables.actor.update().values(mentions=number))
    counts.count_all_months(connection)


def _put_working(connection: Connection, shelf: Shelf, manifest: Mapping[str, Any]) -> None:
    """Put what the record was joined from, so that one more article changes only what it touches."""
    kept = {table.name: table for table in tables.WORKING}
    for name, found in groupby(_published(shelf, manifest, WORKING, ["table", "row"]), key=_first):
        for some in parts.lots((json.loads(row) for _, row in found), _LINES):
            if name == "member":
                made = [parts.MemberRow(**{**one, "actor": actor_from(one["actor"])}) for one in some]
                parts.put_members(connection, {one.article for one in made}, made)
                continue
            if name == "change":
                for one in some:
                    one["published"] = one["published"] and date.fromisoformat(one["published"])
            parts.put_rows(connection, kept[name], some, anew=name != "change")


def _first(item: tuple[str, ...]) -> str:
    return item[0]


def _article(mention: Mention) -> str:
    return mention.article
