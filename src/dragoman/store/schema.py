"""The store's schema and its version: made and lifted by Alembic's revisions, in one transaction with the store's lock.

`alembic_version` says which revision a store has. Stores of schema 4 and before, which had no Alembic, say it in `meta`; that
row is kept up to date, since it is where those programs look before they refuse a store newer than themselves.
"""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from dragoman.store.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from alembic.config import Config

STAMP = "alembic_version"
"""The table in which Alembic keeps the revision."""

FIRST = 1
"""The first version that there was."""

STRANGE, UNTOLD = -2, -1
"""In place of a version: the tables are another program's; they are a store's and do not say which."""

_OF_DATABASE = ("article_words",)
"""How tables are called that a database has of its own for the full-text index."""

_ONE_AT_A_TIME = threading.Lock()  # Alembic's `op` and `context` belong to the process, not to a thread


def schema_version(connection: Connection) -> int | None:
    """Return the version of a store's schema: None where there is no table at all, else `STRANGE` or `UNTOLD` at a loss."""
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if STAMP in names:
        found = connection.execute(text(f"SELECT version_num FROM {STAMP}")).scalars().all()  # noqa: S608 -- a constant
        if len(found) == 1 and found[0].isdigit():
            return int(found[0])
    if "meta" not in names:
        return STRANGE
    value = connection.execute(text("SELECT value FROM meta WHERE key = 'schema'")).scalar()
    return int(value) if value is not None and value.isdigit() else UNTOLD


def lift(connection: Connection) -> None:
    """Make the tables where there are none, or lift them to this program's version; nothing where they have it.

    The connection is that of a transaction which holds the write lock: what another process has lifted since is not done
    again, and what breaks off half-way leaves the store as it was.
    """
    version = schema_version(connection)
    if version == SCHEMA_VERSION:
        return
    from alembic import command  # here: it takes a tenth of a second, and most openings have nothing to lift

    config = alembic_config()
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        if version is not None and STAMP not in inspect(connection).get_table_names():
            command.stamp(config, revision_of(version))
        command.upgrade(config, revision_of(SCHEMA_VERSION))
    connection.execute(text("UPDATE meta SET value = :version WHERE key = 'schema'"), {"version": str(SCHEMA_VERSION)})


def revision_of(version: int) -> str:
    """Return the name of the revision that makes a version of the schema."""
    return f"{version:04}"


def alembic_config() -> Config:
    """Return Alembic's configuration: the revisions that lie in this package, nothing printed."""
    from alembic.config import Config

    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", "dragoman.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def comparison(dialect: str) -> dict[str, Any]:
    """Return the options with which Alembic compares a database with the tables of the program.

    What a database has of its own is left out: the tables of its full-text index, and indexes that are written for the other
    one (`info={"only": ...}`).
    """

    def is_ours(name: str | None, kind: str, parents: Any) -> bool:
        table = name if kind == "table" else parents.get("table_name")
        return table is None or (table != STAMP and not str(table).startswith(_OF_DATABASE))

    def is_here(thing: Any, _name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        return kind != "index" or thing.info.get("only", dialect) == dialect

    return {"include_name": is_ours, "include_object": is_here, "compare_server_default": True}
