"""Names of people across romanisations and scripts: are two spellings one person, and why."""

from __future__ import annotations

from dragoman.names.block import keys, meetings
from dragoman.names.match import NameMatch, compare

__all__ = ["NameMatch", "compare", "keys", "meetings"]
