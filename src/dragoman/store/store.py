"""A store that is open: articles in and out, decisions, and words found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dragoman.record import Article, Document
from dragoman.store import codec
from dragoman.store.backend import CLOSE, OPEN, Backend
from dragoman.store.tables import article as articles
from dragoman.store.tables import document as documents
from dragoman.store.tables import meta
from dragoman.store.tables import page as pages
from dragoman.store.tables import refusal as refusals

_STANDING = (
    select(articles.c.given, articles.c.source, documents.c.reader, documents.c.refused)
    .join(documents, documents.c.article == articles.c.id)
    .where(articles.c.id == bindparam("id"))
)  # this and the next ones are asked for each article or batch: SQLAlchemy compiles a statement that stays once
_KNOWN = select(articles.c.id).where(articles.c.id.in_(bindparam("ids", expanding=True)))
_NO_REFUSALS = delete(refusals).where(refusals.c.source.in_(bindparam("sources", expanding=True)))
_REVISION = select(meta.c.value).where(meta.c.key == "revision")

Standing = Literal["new", "changed", "older", "unread", "differs", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article found by its words: `pieces` are the stretches around them, each with whether it is a word asked for."""

    article: Article
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document to be stored; `given` is its article as it came, `refused` why no reader read it."""

    document: codec.Packed
    given: Article
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open store, `path` its file or its database's address. Every method is one transaction; `open_store` makes it."""

    path: Path | str
    backend: Backend

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the store throughout."""
        return self.backend.reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that holds the write lock; all of it is stored or nothing."""
        return self.backend.writing()

    def close(self) -> None:
        """Close the connections that were kept open; a SQLite file then holds all by itself."""
        self.backend.close()

    def standing(self, article: Article, reader: str, *, again: bool = False) -> tuple[Standing, Article]:
        """Return how an article stands in the store, and the article with its own and the store's metadata joined.

        `new`; `changed` when its metadata add to what the store knows; `older` when an older reader read it; `unread` when no
        reader knew its language; `differs` when its metadata contradict the store's, which hold; `unchanged`. With `again`
        the new metadata hold instead, and such an article is `changed`.
        """
        with self.reading() as connection:
            row = connection.execute(_STANDING, {"id": article.id}).one_or_none()
        if row is None:
            return "new", article
        known = json.loads(row.given)
        whole, contradicts = codec.merged(article, row.source, known, prefer_new=again)
        if codec.given_of(whole) != known:
            return "changed", whole
        if row.refused is not None:
            return "unread", whole
        if row.reader != reader:
            return "older", whole
        return ("differs" if contradicts else "unchanged"), whole

    def put(self, document: Document, given: Article, refused: str | None = None) -> None:
        """Store a document whole, in place of an earlier reading of the same article.

        `given` is the article as it came, before the reader found more; `refused` says why no reader read it.
        """
        self.put_all([Entry(document=codec.pack_document(document), given=given, refused=refused)])

    def put_all(self, entries: Sequence[Entry]) -> None:
        """Store documents of different articles in one transaction, each as `put` does, in this order."""
        if not entries:
            return
        rows = [_article_row(one) for one in entries]
        ids = [one["id"] for one in rows]
        with self.writing() as connection:
            known = set(connection.execute(_KNOWN, {"ids": ids}).scalars())
            if new := [one for one in rows if one["id"] not in known]:
                connection.execute(insert(articles), new)
            for row in rows:
                if row["id"] in known:
                    values = {name: value for name, value in row.items() if name not in ("id", "text")}
                    connection.execute(update(articles).where(articles.c.id == row["id"]).values(**values))
            if known:
                connection.execute(delete(documents).where(documents.c.article.in_(sorted(known))))
            connection.execute(_NO_REFUSALS, {"sources": [one["source"] for one in rows]})
            last = count_change(connection, len(entries))
            connection.execute(
                insert(documents),
                [
                    {
                        "article": one.document.article.id,
                        "revision": last - len(entries) + number,
                        "reader": one.document.reader,
                        "refused": one.refused,
                        "layers": one.document.layers,
                    }
                    for number, one in enumerate(entries, 1)
                ],
            )
            for row in rows:
                self.backend.index_words(connection, row["id"], row["title"], row["text"])

    def put_refusal(self, source: str, reason: str) -> None:
        """Note that an input was refused, and why; a later reading of it takes the note away."""
        with self.writing() as connection:
            connection.execute(delete(refusals).where(refusals.c.source == source))
            connection.execute(insert(refusals).values(source=source, reason=reason))

    def refusals(self) -> list[tuple[str, str]]:
        """Return the inputs that were refused and the reasons, sorted by input."""
        with self.reading() as connection:
            rows = connection.execute(select(refusals.c.source, refusals.c.reason).order_by(refusals.c.source))
            return [(row.source, row.reason) for row in rows]

    def documents(self) -> Iterator[Document]:
        """Yield the documents in the order of their ids, those that no reader read too."""
        with self.reading() as connection:
            rows = connection.execute(
                select(articles.c.text, documents.c.layers)
                .join(documents, documents.c.article == articles.c.id)
                .order_by(articles.c.id)
                .execution_options(yield_per=64)
            )
            for row in rows:
                yield codec.unpack_layers(row.layers, row.text)

    def document(self, article_id: str) -> Document | None:
        """Return the document of an article, or None."""
        with self.reading() as connection:
            row = connection.execute(
                select(articles.c.text, documents.c.layers)
                .join(documents, documents.c.article == articles.c.id)
                .where(articles.c.id == article_id)
            ).one_or_none()
        return codec.unpack_layers(row.layers, row.text) if row is not None else None

    def counts(self) -> dict[str, int]:
        """Return how many articles there are, how many of them no reader read, and how many inputs were refused."""
        with self.reading() as connection:

            def count(statement: Any) -> int:
                return int(connection.execute(statement).scalar() or 0)

            return {
                "articles": count(select(func.count()).select_from(articles)),
                "unread": count(select(func.count()).select_from(documents).where(documents.c.refused.is_not(None))),
                "refused": count(select(func.count()).select_from(refusals)),
            }

    def search(self, queries: Sequence[str], limit: int = 20) -> list[Hit]:
        """Return the articles that hold all the words of any query, best first.

        In a query, words in double quotes are a phrase, and beg* is any word that begins so.
        """
        hits = list(self.backend.search(queries, limit))
        known = select(articles.c.id, articles.c.text, pages.c.body).join(pages, pages.c.article == articles.c.id)
        with self.reading() as connection:
            rows = connection.execute(known.where(articles.c.id.in_([one.article for one in hits])))
            there = {row.id: codec.unpack_page(row.body, row.text) for row in rows}
        found = []
        for one in hits:
            article = there.get(one.article)
            if article is None:  # stored since the history was last joined
                document = self.document(one.article)
                article = document.article if document is not None else None
            if article is not None:
                found.append(Hit(article=article, pieces=tuple(_pieces(one.words))))
        return found


def count_change(connection: Connection, changes: int = 1) -> int:
    """Count changes of what was read, so that what was derived is known to be out of date; return the last one's revision."""
    revision = int(connection.execute(_REVISION).scalar_one())
    connection.execute(update(meta).where(meta.c.key == "revision").values(value=str(revision + changes)))
    return revision + changes


def _article_row(entry: Entry) -> dict[str, Any]:
    article = entry.document.article
    return {
        "id": article.id,
        "text": article.text,
        "source": article.source,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "language": article.language,
        "given": json.dumps(codec.given_of(entry.given), ensure_ascii=False),
    }


def _pieces(marked: str) -> Iterator[tuple[str, bool]]:
    """Take a snippet apart at its marks: `OPEN` before a word asked for, `CLOSE` behind it."""
    for part in marked.split(OPEN):
        inside, mark, outside = part.partition(CLOSE)
        if mark:
            yield inside, True
            inside = outside
        if inside:
            yield inside, False
