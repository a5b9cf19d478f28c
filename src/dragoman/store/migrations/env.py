"""What Alembic runs: the revisions, on the connection that a store is opened with, or on the store that a developer names.

`alembic -x store=PATH revision --autogenerate` is for developers: it compares a store with the tables of the program.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from dragoman.store.open import backend_at
from dragoman.store.schema import comparison
from dragoman.store.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, **comparison(connection.dialect.name))
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    place = context.get_x_argument(as_dictionary=True)["store"]
    with backend_at(place).writing() as connection:
        _run(connection)
