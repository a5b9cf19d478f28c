"""Version 5 counts events by month and by what was checked, and finds the newest, unread and weightiest: all is joined anew."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, Float, Integer, inspect, text

from dragoman.store.migrations import WORDS, key

revision = "0005"
down_revision = "0004"

_READ = frozenset({"alembic_version", "article", "decision", "document", "meta", "refusal"})


def upgrade() -> None:
    """Empty what is derived, and give it and the articles what is counted and found."""
    connection = op.get_bind()
    for name in sorted(set(inspect(connection).get_table_names()) - _READ):
        if not name.startswith("article_words"):
            op.execute(f'DELETE FROM "{name}"')  # noqa: S608 -- the name of a table of ours
    op.execute("DELETE FROM meta WHERE key LIKE 'derived%'")
    if connection.dialect.name == "sqlite":
        op.create_index("article_by_day", "article", [text("published DESC"), "id"])
    else:
        op.create_index("article_newest", "article", [text("published DESC NULLS LAST"), "id"])
    unread = text("refused IS NOT NULL")
    op.create_index("document_unread", "document", ["article"], sqlite_where=unread, postgresql_where=unread)
    _records()
    _pairs()


def _records() -> None:
    """Actors, events, statements and articles: what is checked and in what order they are listed."""
    op.create_index("actor_by_mentions", "actor", [text("mentions DESC"), "name", "id"])
    op.add_column("event", Column("until", Date))
    op.add_column("event", Column("factuality", WORDS, nullable=False, server_default="happened"))
    op.add_column("event", Column("checked", Integer, nullable=False, server_default="0"))
    op.create_index("event_by_type", "event", ["type", "id"])
    op.create_index("event_by_factuality", "event", ["factuality", "id"])
    op.drop_index("ix_statement_speaker", "statement")
    op.add_column("statement", Column("day", Date))
    op.add_column("statement", Column("checked", Integer, nullable=False, server_default="0"))
    op.create_index("statement_of_act", "statement", ["act", "id"])
    op.create_index("statement_by_outcome", "statement", ["act", "outcome", "day", "id"])
    op.create_index("statement_by_speaker", "statement", ["speaker", "day", "id"])
    op.add_column("page", Column("findings", Integer, nullable=False, server_default="0"))
    op.add_column("page", Column("unchecked", Integer, nullable=False, server_default="0"))
    op.create_index("page_unchecked", "page", [text("unchecked DESC"), "article", "findings"])


def _pairs() -> None:
    """What happened between two: the weightiest, and counts by month."""
    op.drop_index("pair_by_kind", "pair")
    op.add_column("pair", Column("weight", Float, nullable=False, server_default="0"))
    op.create_index("pair_by_time", "pair", ["kind", "day", "one", "other", "way", "score"])
    op.create_index("pair_by_weight", "pair", ["one", "other", "kind", text("weight DESC"), "id", "day"])
    op.create_table(
        "month",
        key("one"),
        key("other"),
        Column("month", Integer, primary_key=True, autoincrement=False),
        Column("way", Integer, primary_key=True, autoincrement=False),
        *(Column(name, Integer, nullable=False) for name in ("events", "happened", "conflict", "cooperation")),
        Column("total", Float, nullable=False),
        Column("squares", Float, nullable=False),
        Column("last", Date),
        sqlite_with_rowid=False,
    )
