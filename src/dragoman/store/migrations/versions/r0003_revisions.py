"""Version 3 notes of each document when it was stored, so that one more article changes only what it touches."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Give the documents that are there the order in which their articles came."""
    op.add_column("document", Column("revision", Integer, nullable=False, server_default="0"))
    op.execute("UPDATE document SET revision = (SELECT number FROM article WHERE article.id = document.article)")
    op.create_index("ix_document_revision", "document", ["revision"])
