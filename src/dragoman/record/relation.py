"""Where a relation stands: the value of one dimension between two actors over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.errors import EvidenceError
from dragoman.record.text import Span
from dragoman.record.when import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """From `since` (inclusive; None: an unknown day) to `until` (the first day on which it no longer holds; None: holds).

    `of` and `toward` are states or bodies, never the person who acted. `cause` are event ids, `ended_by` those that ended
    it. `reported` is the day from which the store's articles say so (the earliest publication; None where undated).
    `conflicting` are ids of relations that contradict it for some of the same days. `note` qualifies the value in words of
    the codebook ("personal, on ...").
    """

    id: str
    of: str
    toward: str
    dimension: str
    value: str
    since: date | None
    until: date | None
    precision: Precision | None = None
    cause: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    evidence: tuple[Span, ...]
    reported: date | None = None
    conflicting: tuple[str, ...] = ()
    note: str | None = None
    made_by: str = ""

    def __post_init__(self) -> None:
        if not self.evidence:
            message = f"Relation {self.id} ({self.dimension} {self.value}) has no evidence; it can't be made without."
            raise EvidenceError(message)
