"""Version 6 finds the events of some days, long ones apart: what is derived is joined anew."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, inspect

revision = "0006"
down_revision = "0005"

_READ = frozenset({"alembic_version", "article", "decision", "document", "meta", "refusal"})


def upgrade() -> None:
    """Empty what is derived, and note of each event whether its days lie far apart."""
    for name in sorted(set(inspect(op.get_bind()).get_table_names()) - _READ):
        if not name.startswith("article_words"):
            op.execute(f'DELETE FROM "{name}"')  # noqa: S608 -- the name of a table of ours
    op.execute("DELETE FROM meta WHERE key LIKE 'derived%'")
    op.drop_index("ix_event_day", "event")
    op.add_column("event", Column("long", Integer, nullable=False, server_default="0"))
    op.create_index("event_by_day", "event", ["long", "day", "until", "id"])
