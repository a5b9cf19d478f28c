"""Opening a store: made where there is none, checked for whose it is and which schema it has, migrated or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, delete, insert, inspect, select, update

from dragoman.errors import StoreError
from dragoman.settings import DATABASES
from dragoman.store import sqlite, tables
from dragoman.store.backend import Backend
from dragoman.store.postgres import postgres
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


def _count_by_month(connection: Connection) -> None:
    """Version 5 counts by month and by what was checked, and finds the newest and unread articles: all is joined anew."""
    for index in (*tables.ARTICLES_BY_DAY, tables.UNREAD):
        index.create(connection, checkfirst=True)
    _make_derived_anew(connection)


MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {
    1: _keep_names,
    2: _note_revisions,
    3: _make_derived_anew,
    4: _count_by_month,
}
"""From which schema version: the function that lifts a store to the next. Version 1 is the first."""


def open_store(path: Path | str, *, busy_seconds: float = 10.0, create: bool = False) -> Store:
    """Open the store at `path`, a file or the address of a PostgreSQL database; with `create`, make it where there is none.

    A database must be there; its tables are made. `StoreError` where there is none, where it is not a store, or where its
    schema is newer than this program or too old to be migrated; `StoreBusyError` where another process holds it for longer
    than `busy_seconds`.
    """
    if isinstance(path, str) and path.startswith(DATABASES):
        server = postgres(path, busy_seconds)
        return _opened(server.place, server, create)
    file = Path(path).expanduser()
    _check_file(file, create)
    backend = sqlite.Sqlite(file, busy_seconds)
    return _opened(file, backend, create=True)


def _check_file(file: Path, create: bool) -> None:
    if not file.exists():
        if not create:
            raise StoreError(
                f"No store at {file}: read articles into it first (dragoman read PATH), or name another with --store."
            )
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder of the store {file} can't be made ({error.strerror}): name another with --store."
            ) from error
    elif file.is_dir():
        raise StoreError(f"{file} is a folder: name the store's file, such as {file / 'dragoman.sqlite3'}.")


def _opened(place: Path | str, backend: Backend, create: bool) -> Store:
    with backend.words_for_errors():
        version = _version(backend, place)
        if version is None:
            if not create:
                raise StoreError(
                    f"No store in {place}: read articles into it first (dragoman read PATH), or name another with --store."
                )
            if isinstance(backend, sqlite.Sqlite):
                sqlite.use_wal(backend.engine)
            _create(backend)
        elif version != SCHEMA_VERSION:
            _migrate(backend, place, version)
    return Store(path=place, backend=backend)


def _version(backend: Backend, place: Path | str) -> int | None:
    """The schema version of the store, None where there are no tables."""
    with backend.reading() as connection:
        names = inspect(connection).get_table_names()
        if not names:
            return None
        if meta.name not in names:
            kind = "SQLite file" if isinstance(place, Path) else "database"
            raise StoreError(f"{place} is another program's {kind}: name another with --store.")
        value = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    if value is None or not value.isdigit():
        raise StoreError(f"{place} does not say which schema it has: name another with --store.")
    return int(value)


def _create(backend: Backend) -> None:
    with backend.writing() as connection:
        if inspect(connection).get_table_names():
            return  # another process made it since we looked
        metadata.create_all(connection)
        backend.create_own(connection)
        connection.execute(
            insert(meta), [{"key": "schema", "value": str(SCHEMA_VERSION)}, {"key": "revision", "value": "0"}]
        )


def _migrate(backend: Backend, place: Path | str, version: int) -> None:
    if version > SCHEMA_VERSION:
        known = f"schema {version}, this one knows {SCHEMA_VERSION}"
        raise StoreError(f"The store {place} was made by a newer Dragoman ({known}): update Dragoman.")
    missing = [step for step in range(version, SCHEMA_VERSION) if step not in MIGRATIONS]
    if missing:
        remedy = "read the articles into a new store (--store)"
        raise StoreError(f"The store {place} has schema {version}, too old to be migrated: {remedy}.")
    with backend.writing() as connection:
        # another process may have lifted it while this one waited for the lock
        now = int(connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one())
        for step in range(now, SCHEMA_VERSION):
            MIGRATIONS[step](connection)
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))
