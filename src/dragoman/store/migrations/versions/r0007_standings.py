"""Version 7 counts what happened between two over all time, so that the newest pairs are found without counting all."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, Integer, text

from dragoman.store.migrations import key

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table, and count what the months hold."""
    op.create_table(
        "standing",
        key("one"),
        key("other"),
        *(Column(name, Integer, nullable=False) for name in ("first", "events", "conflict", "cooperation")),
        Column("last", Date),
    )
    newest = ["events DESC", "one", "other"]
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("standing_by_last", "standing", [text(one) for one in ("last DESC", *newest)])
    else:
        op.create_index("standing_newest", "standing", [text(one) for one in ("last DESC NULLS LAST", *newest)])
    op.create_index("standing_of_other", "standing", ["other"])
    op.execute(
        """
        INSERT INTO standing (one, other, first, events, conflict, cooperation, last)
        SELECT one, other,
               CASE WHEN sum(CASE WHEN way IN (1, 3) THEN happened ELSE 0 END)
                      >= sum(CASE WHEN way IN (2, 3) THEN happened ELSE 0 END) THEN 1 ELSE 2 END,
               sum(happened), sum(conflict), sum(cooperation), max(last)
        FROM month GROUP BY one, other HAVING sum(happened) > 0
        """
    )
