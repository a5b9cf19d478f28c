"""What one database does in its own way: everything else is SQLAlchemy Core that all of them understand."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.pool import NullPool, QueuePool

OPEN, CLOSE = "\x02", "\x03"
"""Around a word asked for, in the words of a `Found`: no text holds them."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a search found, and the words around what was asked for, marked with `OPEN` and `CLOSE`."""

    article: str
    words: str


def pool_of(kept: int) -> dict[str, Any]:
    """Return how an engine keeps connections: each transaction its own, or `kept` of them open, and more as they are needed.

    One that was kept is tried before it is used, so that a server that was restarted is found again.
    """
    if not kept:
        return {"poolclass": NullPool}
    return {"poolclass": QueuePool, "pool_size": kept, "max_overflow": -1, "pool_pre_ping": True}


class Backend(Protocol):
    """A database that holds a store."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the store throughout."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that holds the store's one write lock from its beginning; all of it is stored or nothing."""

    def words_for_errors(self) -> AbstractContextManager[None]:
        """Turn the database's errors into Dragoman's: one line, which store, what is wrong, what to do."""

    def close(self) -> None:
        """Close the connections that were kept; the next transaction opens one."""

    def index_words(self, connection: Connection, article: str, title: str | None, text: str) -> None:
        """Make an article that was stored or changed findable by its words."""

    def search(self, queries: Sequence[str], limit: int) -> list[Found]:
        """Return the articles that hold all the words of any query, best first."""
