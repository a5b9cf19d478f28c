"""What joining the actors of many articles gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.record import Actor, Join


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The joined actors, the joined id of each article's own actor id, and why."""

    actors: tuple[Actor, ...]
    actor_of: Mapping[str, str]
    joins: tuple[Join, ...]
