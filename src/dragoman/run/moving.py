"""Copying a store into another, of the same database or another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from dragoman.errors import StoreError
from dragoman.store import Store, tables
from dragoman.store.decisions import add_decisions, decisions
from dragoman.store.store import count_change

_AT_ONCE = 200
"""Articles copied in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """How many articles, refusals and decisions were copied, and how many articles were there already."""

    articles: int
    known: int
    refusals: int
    decisions: int


def copy_store(old: Store, new: Store) -> Copied:
    """Copy what was read and decided into another store; what that has already stays as it is.

    What is derived is made anew there. A copy that was interrupted goes on where it stopped. `StoreError` where both are one.
    """
    if old.path == new.path:
        raise StoreError(f"The store {old.path} can't be copied into itself: name another.")
    copied = known = 0
    for rows in _articles(old):
        with new.writing() as connection:
            there = set(
                connection.execute(
                    select(tables.article.c.id).where(tables.article.c.id.in_([article["id"] for article, _ in rows]))
                ).scalars()
            )
            for article, document in rows:
                if article["id"] in there:
                    known += 1
                    continue
                connection.execute(insert(tables.article).values(article))
                connection.execute(insert(tables.document).values({**document, "revision": count_change(connection)}))
                new.backend.index_words(connection, article["id"], article["title"], article["text"])
                copied += 1
    refusals = dict(new.refusals())
    missing = [(source, reason) for source, reason in old.refusals() if source not in refusals]
    for source, reason in missing:
        new.put_refusal(source, reason)
    made = add_decisions(new, decisions(old))
    return Copied(articles=copied, known=known, refusals=len(missing), decisions=made)


def _articles(store: Store) -> Iterator[list[tuple[dict[str, Any], dict[str, Any]]]]:
    """The rows of articles and documents without their numbers, some at a time, by the numbers."""
    after = 0
    while True:
        with store.reading() as connection:
            found = (
                connection.execute(
                    select(tables.article)
                    .where(tables.article.c.number > after)
                    .order_by(tables.article.c.number)
                    .limit(_AT_ONCE)
                )
                .mappings()
                .all()
            )
            if not found:
                return
            after = found[-1]["number"]
            documents = {
                row["article"]: dict(row)
                for row in connection.execute(
                    select(tables.document).where(tables.document.c.article.in_([row["id"] for row in found]))
                ).mappings()
            }
        yield [
            ({name: value for name, value in row.items() if name != "number"}, documents[row["id"]]) for row in found
        ]
