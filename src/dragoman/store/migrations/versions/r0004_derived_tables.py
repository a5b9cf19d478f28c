"""Version 4 finds an actor's events and an article's by indexes of their own: what is derived is made anew."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, Float, Integer, inspect

from dragoman.store.migrations import key, perhaps, words

revision = "0004"
down_revision = "0003"

_DERIVED = frozenset(
    (
        *(
            "actor",
            "event",
            "joining",
            "mention",
            "page",
            "pair",
            "party",
            "relation",
            "spelling",
            "statement",
            "telling",
        ),
        *("band", "change", "copy", "hope", "mark", "member", "name_key", "rendering", "report"),
    )
)
"""All that earlier versions derived, under the names that they have had since version 3."""


def upgrade() -> None:
    """Throw away the derived tables of earlier versions and make these; they are filled when the history is next joined."""
    for name in sorted(_DERIVED & set(inspect(op.get_bind()).get_table_names())):
        op.drop_table(name)
    op.execute("DELETE FROM meta WHERE key LIKE 'derived%'")
    _history()
    _looked_up()
    _joined_from()


def _history() -> None:
    """The joined history."""
    op.create_table(
        "actor",
        key("id"),
        words("name"),
        words("kind"),
        perhaps("country", index=True),
        perhaps("key", index=True),
        Column("missing", Integer, nullable=False, server_default="0"),
        Column("mentions", Integer, nullable=False),
        words("body"),
    )
    op.create_table(
        "mention",
        Column("number", Integer, primary_key=True),
        words("actor", index=True),
        words("article", index=True),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        words("body"),
    )
    op.create_table("event", key("id"), words("type"), Column("day", Date, index=True), words("body"))
    op.create_table(
        "statement",
        key("id"),
        perhaps("speaker", index=True),
        words("article", index=True),
        words("act"),
        perhaps("outcome"),
        words("body"),
    )
    op.create_index("statement_by_act", "statement", ["act", "outcome", "speaker"])
    op.create_table(
        "relation",
        key("id"),
        words("of"),
        words("toward"),
        words("dimension"),
        Column("since", Date),
        Column("until", Date),
        Column("disputed", Integer, nullable=False, index=True),
        words("body"),
    )
    op.create_index("relation_of", "relation", ["of", "toward"])
    op.create_index("relation_toward", "relation", ["toward", "of"])
    op.create_table(
        "joining",
        Column("number", Integer, primary_key=True),
        words("kind"),
        words("one", index=True),
        words("other", index=True),
        Column("joined", Integer, nullable=False),
        Column("score", Float, nullable=False),
        words("body"),
    )
    op.create_index("joining_left", "joining", ["joined", "score"])
    op.create_table("page", key("article"), words("body"))


def _looked_up() -> None:
    """What finds records of the history by pair, actor, article and name."""
    op.create_table(
        "pair",
        key("one"),
        key("other"),
        key("kind"),
        key("id", index=True),
        Column("day", Date),
        Column("score", Float),
        Column("way", Integer, nullable=False, server_default="0"),
    )
    op.create_index("pair_by_day", "pair", ["one", "other", "kind", "day", "score", "id"])
    op.create_index("pair_by_kind", "pair", ["kind", "one", "other", "way", "score", "day"])
    op.create_table("party", key("actor"), key("event", index=True), Column("day", Date))
    op.create_index("party_by_day", "party", ["actor", "day", "event"])
    op.create_table("telling", key("article"), key("event", index=True))
    op.create_table("spelling", key("key"), key("form"), key("actor", index=True))


def _joined_from() -> None:
    """What the history was joined from."""
    op.create_table(
        "member",
        key("actor"),
        key("article", index=True),
        perhaps("joined", index=True),
        perhaps("said", index=True),
        perhaps("token", index=True),
        words("company"),
        words("rendering"),
    )
    op.create_table(
        "rendering",
        key("actor"),
        key("digest"),
        Column("articles", Integer, nullable=False),
        perhaps("token", index=True),
        perhaps("named", index=True),
        words("body"),
    )
    op.create_table("name_key", key("key"), key("name"), key("said", index=True))
    op.create_table("report", key("id"), words("article", index=True), perhaps("event", index=True), words("sketch"))
    op.create_table(
        "mark",
        key("token"),
        Column("low", Integer, primary_key=True),
        key("id", index=True),
        Column("high", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "change",
        Column("number", Integer, primary_key=True),
        words("pair", index=True),
        words("origin", index=True),
        Column("told", Integer, nullable=False),
        Column("hearsay", Integer, nullable=False),
        Column("published", Date),
        Column("place", Integer, nullable=False),
        words("body"),
    )
    op.create_table(
        "hope", key("token"), key("statement", index=True), Column("said", Integer, nullable=False), words("parties")
    )
    op.create_table("band", key("band"), key("article", index=True))
    op.create_table("copy", key("one"), key("other", index=True))
