"""The store's tables, in SQLAlchemy Core, free of any one database's own words.

What was read: `article` (the text as it came), `document` (its layers, whole), `refusal`, `decision` (append-only).
What was derived: `actor`, `mention`, `event`, `statement`, `relation`, `joining`, `pair` and `spelling` hold the joined
history; they can be thrown away at any time and are made again from the first group. `meta` says which schema this is, how
often what was read has changed (`revision`), and from which revision, codebook and program the derived tables were made
(`derived_from`).
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 2

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Date, index=True),
    Column("language", String(16)),
    Column("given", Text, nullable=False),  # the metadata as it came, before the reader found more: JSON
    Column("text", Text, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("article", String(40), ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", Text, nullable=False),  # the versions of the stages; empty where no reader knows the language
    Column("refused", Text),  # why no reader read it
    Column("layers", Text, nullable=False),  # the document without its text: JSON
)

refusal = Table(
    "refusal",
    metadata,
    Column("source", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("time", String(40), nullable=False),  # ISO 8601, UTC
    Column("author", Text, nullable=False),
    Column("kind", String(40), nullable=False, index=True),
    Column("body", Text, nullable=False),  # JSON
)

actor = Table(
    "actor",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("country", String(3), index=True),
    Column("mentions", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("actor", String(40), nullable=False, index=True),
    Column("article", String(40), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("type", String(20), nullable=False),
    Column("day", Date, index=True),  # the first day it may have happened on
    Column("body", Text, nullable=False),
)

statement = Table(
    "statement",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("speaker", String(40), index=True),
    Column("article", String(40), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

relation = Table(
    "relation",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("of", String(40), nullable=False),
    Column("toward", String(40), nullable=False),
    Column("dimension", String(40), nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("body", Text, nullable=False),
)

joining = Table(
    "joining",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("one", String(40), nullable=False, index=True),
    Column("other", String(40), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

pair = Table(
    "pair",
    metadata,
    Column("one", String(40), primary_key=True),  # the alphabetically first of the two states' or bodies' keys
    Column("other", String(40), primary_key=True),
    Column("kind", String(10), primary_key=True),  # event, statement, relation or article
    Column("id", String(40), primary_key=True),
    Column("day", Date),
)
Index("pair_by_day", pair.c.one, pair.c.other, pair.c.kind, pair.c.day)

spelling = Table(
    "spelling",
    metadata,
    Column("key", String(80), primary_key=True),  # a key under which spellings of one name meet
    Column("form", String(200), primary_key=True),  # a person's name, or its last word
    Column("actor", String(40), primary_key=True),
)

DERIVED = (actor, spelling, mention, event, statement, relation, joining, pair)
