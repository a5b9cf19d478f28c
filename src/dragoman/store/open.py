"""Opening a store: made where there is none, checked for whose it is and which schema it has, migrated or refused."""

from __future__ import annotations

from pathlib import Path

from dragoman.errors import StoreError
from dragoman.settings import DATABASES
from dragoman.store import schema, sqlite
from dragoman.store.backend import Backend
from dragoman.store.postgres import Postgres, postgres
from dragoman.store.store import Store
from dragoman.store.tables import SCHEMA_VERSION


def open_store(path: Path | str, *, busy_seconds: float = 10.0, create: bool = False, kept: int = 0) -> Store:
    """Open the store at `path`, a file or the address of a PostgreSQL database; with `create`, make it where there is none.

    A database must be there; its tables are made. `StoreError` where there is none, where it is not a store, or where its
    schema is newer than this program or too old to be migrated; `StoreBusyError` where another process holds it for longer
    than `busy_seconds`. `kept` connections stay open between transactions, for a server that has many of them.
    """
    backend = backend_at(path, busy_seconds, kept)
    if isinstance(backend, sqlite.Sqlite):
        _check_file(backend.place, create)
        return _opened(backend.place, backend, create=True)
    return _opened(backend.place, backend, create)


def backend_at(path: Path | str, busy_seconds: float = 10.0, kept: int = 0) -> sqlite.Sqlite | Postgres:
    """Return the database at a path or address, whatever it holds; nothing is opened yet."""
    if isinstance(path, str) and path.startswith(DATABASES):
        return postgres(path, busy_seconds, kept)
    return sqlite.Sqlite(Path(path).expanduser(), busy_seconds, kept)


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
        else:
            _check_version(place, version)
        if version != SCHEMA_VERSION:
            with backend.writing() as connection:
                schema.lift(connection)
    return Store(path=place, backend=backend)


def _version(backend: Backend, place: Path | str) -> int | None:
    """The schema version of the store, None where there are no tables."""
    with backend.reading() as connection:
        version = schema.schema_version(connection)
    if version == schema.STRANGE:
        kind = "SQLite file" if isinstance(place, Path) else "database"
        raise StoreError(f"{place} is another program's {kind}: name another with --store.")
    if version == schema.UNTOLD:
        raise StoreError(f"{place} does not say which schema it has: name another with --store.")
    return version


def _check_version(place: Path | str, version: int) -> None:
    if version > SCHEMA_VERSION:
        known = f"schema {version}, this one knows {SCHEMA_VERSION}"
        raise StoreError(f"The store {place} was made by a newer Dragoman ({known}): update Dragoman.")
    if version < schema.FIRST:
        remedy = "read the articles into a new store (--store)"
        raise StoreError(f"The store {place} has schema {version}, too old to be migrated: {remedy}.")
