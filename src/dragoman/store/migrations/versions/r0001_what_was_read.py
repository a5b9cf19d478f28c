"""Version 1 keeps articles whole, what they were read to, what was refused, and what people decided.

The derived tables of versions 1 to 3 are not told here: version 4 throws away whichever there are and makes its own. SQLite
files of the first versions say VARCHAR(40) where this says TEXT; SQLite keeps both in the same way.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, ForeignKey, Integer

from dragoman.store.migrations import key, perhaps, words

revision = "0001"
down_revision = None

_SQLITE = (
    "CREATE VIRTUAL TABLE article_words USING fts5("
    "title, text, content='article', content_rowid='number', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER article_words_in AFTER INSERT ON article BEGIN "
    "INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text); END",
    "CREATE TRIGGER article_words_out AFTER DELETE ON article BEGIN "
    "INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text); END",
    "CREATE TRIGGER article_words_new AFTER UPDATE OF title, text ON article BEGIN "
    "INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text); "
    "INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text); END",
    "CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END",
    "CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END",
)
_POSTGRESQL = (
    "CREATE TABLE article_words (article TEXT PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE, words TSVECTOR NOT NULL)",
    "CREATE INDEX article_words_found ON article_words USING GIN (words)",
    "CREATE FUNCTION decision_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'decisions are append-only'; END $$",
    "CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE ON decision FOR EACH ROW EXECUTE FUNCTION decision_stays()",
)
"""What each database has of its own: its full-text index, and the guard of the decisions."""


def upgrade() -> None:
    """Make the tables of what was read and decided, with the full-text index and the guard of the decisions."""
    op.create_table("meta", key("key"), words("value"))
    op.create_table(
        "article",
        Column("number", Integer, primary_key=True),
        words("id", unique=True),
        words("source"),
        perhaps("title"),
        perhaps("publisher"),
        Column("published", Date, index=True),
        perhaps("language"),
        words("given"),
        words("text"),
    )
    op.create_table(
        "document",
        key("article", ForeignKey("article.id", ondelete="CASCADE")),
        words("reader"),
        perhaps("refused"),
        words("layers"),
    )
    op.create_table("refusal", key("source"), words("reason"))
    op.create_table(
        "decision",
        Column("number", Integer, primary_key=True),
        words("id", unique=True),
        words("time"),
        words("author"),
        words("kind", index=True),
        words("body"),
    )
    connection = op.get_bind()
    connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES ('schema', '1'), ('revision', '0')")
    for statement in _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE:
        connection.exec_driver_sql(statement)
