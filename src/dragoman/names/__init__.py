"""Names of people across romanisations and scripts: are two spellings one person, and why."""

from __future__ import annotations

from dragoman.names.block import keys, meetings
from dragoman.names.form import fullness, is_bare, surname_of
from dragoman.names.match import NameMatch, compare

__all__ = ["NameMatch", "compare", "fullness", "is_bare", "keys", "meetings", "surname_of"]
