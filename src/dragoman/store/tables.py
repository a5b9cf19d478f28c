"""The store's tables, in SQLAlchemy Core, free of any one database's own words.

What was read: `article` (the text as it came), `document` (its layers, whole), `refusal`, `decision` (append-only).
What was derived: `actor`, `mention`, `event`, `statement`, `relation`, `joining`, `pair`, `party`, `telling`, `spelling` and
`page` hold the joined history, `month` and `standing` count what `pair` holds of events; `member`, `rendering`, `name_key`,
`report`, `mark`, `change`, `hope`, `band` and `copy` what it was joined from, so that one more article changes only what it
touches. All of them can be thrown away at any time and are made again from the first group. `meta` says which schema this is,
how often what was read has changed (`revision`), by which codebook and program the derived tables were made
(`derived_rules`), and up to which revision (`derived_revision`).
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import TEXT

SCHEMA_VERSION = 7
"""The revision under `migrations/versions` that these tables are those of; a change of them is a revision more."""

metadata = MetaData()

Words = Text().with_variant(TEXT(collation="C"), "postgresql")
"""Text that sorts by its code points in every database, whatever language the server speaks."""

meta = Table(
    "meta",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("source", Words, nullable=False),
    Column("title", Words),
    Column("publisher", Words),
    Column("published", Date, index=True),
    Column("language", Words),
    Column("given", Words, nullable=False),  # the metadata as it came, before the reader found more: JSON
    Column("text", Words, nullable=False),
)
Index("article_by_day", article.c.published.desc(), article.c.id, info={"only": "sqlite"})  # undated ones last
Index("article_newest", article.c.published.desc().nulls_last(), article.c.id, info={"only": "postgresql"})  # the same

document = Table(
    "document",
    metadata,
    Column("article", Words, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", Words, nullable=False),  # the versions of the stages; empty where no reader knows the language
    Column("refused", Words),  # why no reader read it
    Column("layers", Words, nullable=False),  # the document without its text: JSON
    Column("revision", Integer, nullable=False, index=True, server_default="0"),  # the store's when it was stored
)
Index(
    "document_unread",
    document.c.article,
    sqlite_where=document.c.refused.is_not(None),
    postgresql_where=document.c.refused.is_not(None),
)

refusal = Table(
    "refusal",
    metadata,
    Column("source", Words, primary_key=True),
    Column("reason", Words, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("time", Words, nullable=False),  # ISO 8601, UTC
    Column("author", Words, nullable=False),
    Column("kind", Words, nullable=False, index=True),
    Column("body", Words, nullable=False),  # JSON
)

actor = Table(
    "actor",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("country", Words, index=True),
    Column("key", Words, index=True),
    Column(
        "missing", Integer, nullable=False, server_default="0"
    ),  # 1: a state for which somebody acts, itself never named
    Column("mentions", Integer, nullable=False),
    Column("body", Words, nullable=False),
)
Index("actor_by_mentions", actor.c.mentions.desc(), actor.c.name, actor.c.id)

mention = Table(
    "mention",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("actor", Words, nullable=False, index=True),
    Column("article", Words, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("body", Words, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Words, primary_key=True),
    Column("type", Words, nullable=False),
    Column("day", Date),  # the first day it may have happened on
    Column("until", Date),  # the last one
    Column("long", Integer, nullable=False, server_default="0"),  # 1: they lie far apart, or one is not known
    Column("factuality", Words, nullable=False, server_default="happened"),
    Column("checked", Integer, nullable=False, server_default="0"),  # 1: a person accepted, corrected or added it
    Column("body", Words, nullable=False),
)
Index("event_by_day", event.c.long, event.c.day, event.c.until, event.c.id)
Index("event_by_type", event.c.type, event.c.id)
Index("event_by_factuality", event.c.factuality, event.c.id)

statement = Table(
    "statement",
    metadata,
    Column("id", Words, primary_key=True),
    Column("speaker", Words),
    Column("article", Words, nullable=False, index=True),
    Column("day", Date),  # of its article
    Column("act", Words, nullable=False),
    Column("outcome", Words),
    Column("checked", Integer, nullable=False, server_default="0"),  # 1: a person accepted, corrected or added it
    Column("body", Words, nullable=False),
)
Index("statement_by_act", statement.c.act, statement.c.outcome, statement.c.speaker)
Index("statement_of_act", statement.c.act, statement.c.id)
Index("statement_by_outcome", statement.c.act, statement.c.outcome, statement.c.day, statement.c.id)
Index("statement_by_speaker", statement.c.speaker, statement.c.day, statement.c.id)

relation = Table(
    "relation",
    metadata,
    Column("id", Words, primary_key=True),
    Column("of", Words, nullable=False),
    Column("toward", Words, nullable=False),
    Column("dimension", Words, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("disputed", Integer, nullable=False, index=True),  # 1: reports contradict it
    Column("body", Words, nullable=False),
)
Index("relation_of", relation.c.of, relation.c.toward)
Index("relation_toward", relation.c.toward, relation.c.of)

joining = Table(
    "joining",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("one", Words, nullable=False, index=True),
    Column("other", Words, nullable=False, index=True),
    Column("joined", Integer, nullable=False),  # 0: left for a person to decide
    Column("score", Float, nullable=False),
    Column("body", Words, nullable=False),
)
Index("joining_left", joining.c.joined, joining.c.score)

pair = Table(
    "pair",
    metadata,
    Column("one", Words, primary_key=True),  # the alphabetically first of the two states' or bodies' keys
    Column("other", Words, primary_key=True),
    Column("kind", Words, primary_key=True),  # event, relation or article
    Column("id", Words, primary_key=True, index=True),
    Column("day", Date),
    Column("score", Float),  # of an event that happened
    Column("way", Integer, nullable=False, server_default="0"),  # who acts in it: 1 the one, 2 the other, 3 both
    Column("weight", Float, nullable=False, server_default="0"),  # how far the score is from 0
)
Index("pair_by_day", pair.c.one, pair.c.other, pair.c.kind, pair.c.day, pair.c.score, pair.c.id)
Index("pair_by_time", pair.c.kind, pair.c.day, pair.c.one, pair.c.other, pair.c.way, pair.c.score)
Index("pair_by_weight", pair.c.one, pair.c.other, pair.c.kind, pair.c.weight.desc(), pair.c.id, pair.c.day)

month = Table(
    "month",
    metadata,
    Column("one", Words, primary_key=True),
    Column("other", Words, primary_key=True),
    Column("month", Integer, primary_key=True),  # twelve times the year, and the month from 0; -1: undated
    Column("way", Integer, primary_key=True),  # as in `pair`
    Column("events", Integer, nullable=False),
    Column("happened", Integer, nullable=False),  # of them; all that follows is of these alone
    Column("conflict", Integer, nullable=False),
    Column("cooperation", Integer, nullable=False),
    Column("total", Float, nullable=False),  # of their scores
    Column("squares", Float, nullable=False),
    Column("last", Date),
    sqlite_with_rowid=False,
)

standing = Table(
    "standing",
    metadata,
    Column("one", Words, primary_key=True),
    Column("other", Words, primary_key=True),
    Column("first", Integer, nullable=False),  # which of the two acts more often: 1 the one, 2 the other
    Column("events", Integer, nullable=False),  # that happened; all that follows is of these
    Column("conflict", Integer, nullable=False),
    Column("cooperation", Integer, nullable=False),
    Column("last", Date),
)
_newest = (standing.c.events.desc(), standing.c.one, standing.c.other)
Index("standing_by_last", standing.c.last.desc(), *_newest, info={"only": "sqlite"})  # undated ones last
Index("standing_newest", standing.c.last.desc().nulls_last(), *_newest, info={"only": "postgresql"})  # the same
Index("standing_of_other", standing.c.other)

party = Table(
    "party",
    metadata,
    Column("actor", Words, primary_key=True),  # one that acts or is acted on
    Column("event", Words, primary_key=True, index=True),
    Column("day", Date),
)
Index("party_by_day", party.c.actor, party.c.day, party.c.event)

telling = Table(
    "telling",
    metadata,
    Column("article", Words, primary_key=True),
    Column("event", Words, primary_key=True, index=True),  # one that the article tells
)

spelling = Table(
    "spelling",
    metadata,
    Column("key", Words, primary_key=True),  # a key under which spellings of one name meet
    Column("form", Words, primary_key=True),  # a person's name, or its last word
    Column("actor", Words, primary_key=True, index=True),
)

page = Table(
    "page",
    metadata,
    Column("article", Words, primary_key=True),
    Column("findings", Integer, nullable=False, server_default="0"),  # events and statements that it tells
    Column("unchecked", Integer, nullable=False, server_default="0"),  # of them, those that nobody has checked
    Column("body", Words, nullable=False),  # the article as read, without its text
)
Index("page_unchecked", page.c.unchecked.desc(), page.c.article, page.c.findings)

member = Table(
    "member",
    metadata,
    Column("actor", Words, primary_key=True),  # the id in the article's own record
    Column("article", Words, primary_key=True, index=True),
    Column("joined", Words, index=True),
    Column("said", Words, index=True),  # what is said of a person by name, as JSON
    Column("token", Words, index=True),  # the key, or a body's name
    Column("company", Words, nullable=False),  # the known actors beside it, as JSON
    Column("rendering", Words, nullable=False),
)

rendering = Table(
    "rendering",
    metadata,
    Column("actor", Words, primary_key=True),
    Column("digest", Words, primary_key=True),
    Column("articles", Integer, nullable=False),  # how many hold the actor in just these words
    Column("token", Words, index=True),
    Column("named", Words, index=True),  # kind and name in small letters
    Column("body", Words, nullable=False),
)

name_key = Table(
    "name_key",
    metadata,
    Column("key", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("said", Words, primary_key=True, index=True),
)

report = Table(
    "report",
    metadata,
    Column("id", Words, primary_key=True),
    Column("article", Words, nullable=False, index=True),
    Column("event", Words, index=True),  # the merged event
    Column("sketch", Words, nullable=False),  # what tells at a glance that two reports can't be one
)

mark = Table(
    "mark",
    metadata,
    Column("token", Words, primary_key=True),  # a kind of act and a party; a party and a telling word
    Column("low", Integer, primary_key=True),  # the first and last day, as ordinals
    Column("id", Words, primary_key=True, index=True),  # a report, or an event
    Column("high", Integer, nullable=False),
    sqlite_with_rowid=False,
)

change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("pair", Words, nullable=False, index=True),  # the ids of the two sides, sorted
    Column("origin", Words, nullable=False, index=True),  # the event, or the article that tells it by itself
    Column("told", Integer, nullable=False),
    Column("hearsay", Integer, nullable=False),
    Column("published", Date),
    Column("place", Integer, nullable=False),  # among the changes of its origin
    Column("body", Words, nullable=False),
)

hope = Table(
    "hope",
    metadata,
    Column("token", Words, primary_key=True),
    Column("statement", Words, primary_key=True, index=True),
    Column("said", Integer, nullable=False),
    Column("parties", Words, nullable=False),
)

band = Table(
    "band",
    metadata,
    Column("band", Words, primary_key=True),
    Column("article", Words, primary_key=True, index=True),
)

copy = Table(
    "copy",
    metadata,
    Column("one", Words, primary_key=True),
    Column("other", Words, primary_key=True, index=True),
)

WORKING = (member, rendering, name_key, report, mark, change, hope, band, copy)
DERIVED = (
    actor,
    spelling,
    mention,
    event,
    statement,
    relation,
    joining,
    pair,
    month,
    standing,
    party,
    telling,
    page,
    *WORKING,
)
