"""The schema's history as Alembic revisions, in the wheel: what each version of Dragoman added to a store's tables.

A revision is never changed once it has been released, and imports no table from `store.tables`: those are as they are today.
`env.py` hands Alembic the connection of the transaction in which a store is opened; CONTRIBUTING tells how to add a revision.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import TEXT

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
"""Text as all revisions so far store it: it sorts by its code points."""


def key(name: str, *constraints: Any, **more: Any) -> Column[str]:
    """A column of text in the primary key."""
    return Column(name, WORDS, *constraints, primary_key=True, **more)


def words(name: str, **more: Any) -> Column[str]:
    """A column of text that every row has."""
    return Column(name, WORDS, nullable=False, **more)


def perhaps(name: str, **more: Any) -> Column[str]:
    """A column of text that rows may lack."""
    return Column(name, WORDS, **more)
