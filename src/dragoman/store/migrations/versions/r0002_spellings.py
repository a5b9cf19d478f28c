"""Version 2 finds a person's name in every spelling; its table is derived and made with the others of version 4."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change nothing of what was read."""
