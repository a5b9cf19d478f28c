"""Opening a store: made where there is none, checked for whose it is and which schema it has, migrated or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, inspect, select, update

from dragoman.errors import StoreError
from dragoman.store import sqlite, tables
from dragoman.store.store import Store
from dragoman.store.tables import SCHEMA_VERSION, meta, metadata


def _keep_names(_connection: Connection) -> None:
    """Version 2 finds names in all their spellings: its table is made with those of version 3."""


def _note_revisions(connection: Connection) -> None:
    """Version 3 keeps what the history was joined from, and of each document when it was stored; all is joined anew."""
    connection.exec_driver_sql("ALTER TABLE document ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")
    connection.exec_driver_sql(
        "UPDATE document SET revision = (SELECT number FROM article WHERE article.id = document.article)"
    )
    connection.exec_driver_sql("CREATE INDEX ix_document_revision ON document (revision)")


def _make_derived_anew(connection: Connection) -> None:
    """Version 4 finds an actor's events and an article's by indexes of their own: all is joined anew."""
    for table in reversed(tables.DERIVED):
        table.drop(connection, checkfirst=True)
    for table in tables.DERIVED:
        table.create(connection)
    connection.execute(delete(meta).where(meta.c.key.like("derived_%")))


MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {
    1: _keep_names,
    2: _note_revisions,
    3: _make_derived_anew,
}
"""From which schema version: the function that lifts a store to the next. Version 1 is the first."""


def open_store(path: Path, *, busy_seconds: float = 10.0, create: bool = False) -> Store:
    """Open the store at `path`; with `create`, make it where there is none.

    `StoreError` where there is none, where the file is not a store, or where its schema is newer than this program or too
    old to be migrated; `StoreBusyError` where another process holds it for longer than `busy_seconds`.
    """
    path = path.expanduser()
    if not path.exists():
        if not create:
            raise StoreError(
                f"No store at {path}: read articles into it first (dragoman read PATH), or name another with --store."
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder of the store {path} can't be made ({error.strerror}): name another with --store."
            ) from error
    elif path.is_dir():
        raise StoreError(f"{path} is a folder: name the store's file, such as {path / 'dragoman.sqlite3'}.")
    engine = sqlite.make_engine(path, busy_seconds)
    with sqlite.words_for_errors(path):
        version = _version(engine, path)
        if version is None:
            sqlite.use_wal(engine)
            _create(engine, path)
        elif version != SCHEMA_VERSION:
            _migrate(engine, path, version)
    return Store(path=path, engine=engine)


def _version(engine: Engine, path: Path) -> int | None:
    """The schema version of the file, None for an empty one."""
    with sqlite.reading(engine, path) as connection:
        names = inspect(connection).get_table_names()
        if not names:
            return None
        if meta.name not in names:
            raise StoreError(f"{path} is another program's SQLite file: name another with --store.")
        value = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    if value is None or not value.isdigit():
        raise StoreError(f"{path} does not say which schema it has: name another with --store.")
    return int(value)


def _create(engine: Engine, path: Path) -> None:
    with sqlite.writing(engine, path) as connection:
        if inspect(connection).get_table_names():
            return  # another process made it since we looked
        metadata.create_all(connection)
        sqlite.create_own(connection)
        connection.execute(
            insert(meta), [{"key": "schema", "value": str(SCHEMA_VERSION)}, {"key": "revision", "value": "0"}]
        )


def _migrate(engine: Engine, path: Path, version: int) -> None:
    if version > SCHEMA_VERSION:
        known = f"schema {version}, this one knows {SCHEMA_VERSION}"
        raise StoreError(f"The store {path} was made by a newer Dragoman ({known}): update Dragoman.")
    missing = [step for step in range(version, SCHEMA_VERSION) if step not in MIGRATIONS]
    if missing:
        remedy = "read the articles into a new store (--store)"
        raise StoreError(f"The store {path} has schema {version}, too old to be migrated: {remedy}.")
    with sqlite.writing(engine, path) as connection:
        # another process may have lifted it while this one waited for the lock
        now = int(connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one())
        for step in range(now, SCHEMA_VERSION):
            MIGRATIONS[step](connection)
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))
