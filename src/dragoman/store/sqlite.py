"""What is SQLite's own: how to open it, its locks, its full-text index, and its error codes in words.

WAL lets readers go on while one writes; every writing transaction takes the lock with BEGIN IMMEDIATE, so that it can't fail
half-way for want of it. With `synchronous=NORMAL` a process that is killed loses nothing that was committed; a machine that
loses power may lose the last commits, never the store.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dragoman.errors import StoreBusyError, StoreError
from dragoman.store.backend import Found, pool_of

APPLICATION_ID = 0x4452474D
"""Marks a SQLite file as ours ("DRGM"), for `file` and for `open_store`."""

_WRITING = "dragoman_writing"
_RANKED = 2_000
"""Articles that hold the words, the last stored ones, of which the best are shown: ranking 100,000 takes a second."""
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r'"([^"]+)"|(\S+)')


def make_engine(path: Path, busy_seconds: float, kept: int = 0) -> Engine:
    """Return an engine on the file; a connection waits up to `busy_seconds` for another writer, `kept` of them stay open."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False),
        **pool_of(kept),
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def use_wal(engine: Engine) -> None:
    """Switch a new file to write-ahead logging, which it keeps, and mark it as ours."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        connection.close()


@dataclass(slots=True)
class Sqlite:
    """A store in one SQLite file."""

    place: Path
    busy_seconds: float
    kept: int = 0
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = make_engine(self.place, self.busy_seconds, self.kept)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store throughout."""
        with self.words_for_errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its beginning; all of it is stored or nothing."""
        with (
            self.words_for_errors(),
            self.engine.connect().execution_options(**{_WRITING: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def words_for_errors(self) -> Iterator[None]:
        """Turn SQLite's errors into Dragoman's: one line, which store, what is wrong, what to do."""
        try:
            yield
        except DBAPIError as error:
            raise _in_words(self.place, error.orig if isinstance(error.orig, sqlite3.Error) else error) from error
        except (sqlite3.Error, SQLAlchemyError) as error:
            raise _in_words(self.place, error) from error

    def close(self) -> None:
        """Close the connections that were kept; the next transaction opens one."""
        self.engine.dispose()

    def index_words(self, connection: Connection, article: str, title: str | None, text: str) -> None:
        """Do nothing: the index follows the table by triggers."""

    def search(self, queries: Sequence[str], limit: int) -> list[Found]:
        """Return the articles that hold all the words of any query, best first."""
        terms = [term for query in queries if (term := _terms(query))]
        if not terms:
            return []
        statement = text(
            "WITH newest AS (SELECT rowid AS number, bm25(article_words, 5.0, 1.0) AS rank FROM article_words "
            "WHERE article_words MATCH :terms ORDER BY rowid DESC LIMIT :ranked), "
            "best AS (SELECT newest.number AS number, rank, article.id AS id FROM newest "
            "JOIN article ON article.number = newest.number ORDER BY rank, article.id LIMIT :limit) "
            "SELECT best.id AS id, snippet(article_words, 1, char(2), char(3), '…', 24) AS words "
            "FROM best JOIN article_words ON article_words.rowid = best.number "
            "WHERE article_words MATCH :terms ORDER BY best.rank, best.id"
        )
        wanted = " OR ".join(f"({term})" for term in terms)
        with self.reading() as connection:
            rows = connection.execute(statement, {"terms": wanted, "limit": limit, "ranked": max(limit, _RANKED)})
            return [Found(row.id, row.words) for row in rows]


def _terms(query: str) -> str:
    """A query in FTS5's own words: every word in quotes, so that none is taken for an operator."""
    terms = []
    for phrase, word in _WORD.findall(_UNUSABLE.sub(" ", query)):
        stem = (phrase or word).rstrip("*").replace('"', "").strip()
        if any(character.isalnum() for character in stem):
            terms.append(f'"{stem}"' + ("*" if word.endswith("*") else ""))
    return " AND ".join(terms)


def _in_words(path: Path, error: BaseException) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    words = _WORDS.get(primary, "failed ({error})") if primary is not None else "failed ({error})"
    kind = StoreBusyError if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} else StoreError
    return kind(f"The store {path} {words.format(error=' '.join(str(error).split()))}.")


_WORDS = {
    sqlite3.SQLITE_BUSY: "is held by another process: wait until it has ended, or name another with --store",
    sqlite3.SQLITE_LOCKED: "is held by another process: wait until it has ended, or name another with --store",
    sqlite3.SQLITE_FULL: "has no room left on its disk: make room and run the same command again; what was stored is sound",
    sqlite3.SQLITE_IOERR: "can't be written or read ({error}): is its disk full? Make room and run the same command again",
    sqlite3.SQLITE_READONLY: "may not be written: mend its rights, or name another with --store",
    sqlite3.SQLITE_PERM: "may not be written: mend its rights, or name another with --store",
    sqlite3.SQLITE_CANTOPEN: "can't be opened: mend the path or its rights, or name another with --store",
    sqlite3.SQLITE_NOTADB: "is not a store but another kind of file: name another with --store",
    sqlite3.SQLITE_CORRUPT: "is damaged ({error}): restore it from a copy, or read the articles into a new one",
}
"""SQLite's primary result codes in words, with the remedy."""
