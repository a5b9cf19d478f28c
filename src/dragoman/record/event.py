"""Who did what to whom, when: coded in PLOVER."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.errors import EvidenceError
from dragoman.record.decision import Check
from dragoman.record.text import Span
from dragoman.record.when import When

Factuality = Literal["happened", "future", "hypothetical", "negated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of several values that reports of the same event give for a field ("when": "2023-04-18"), with who gives it."""

    field: str
    value: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, is to happen, might or did not.

    `type` and `mode` are PLOVER's; `score` its conflict-cooperation score (-10 to +10). `actors` and `recipients` are actor
    ids. `reported_by` are the statements in which it is asserted, empty when the article asserts it itself; `because` the
    events or statements that the text gives as its reason. `evidence` are the sentences behind it, at least one; `trigger`
    the words in the first of them that name it; `clause` those of them that tell this event alone (None where the reader
    does not say); `rule` the frame or model that found it. `object` is what was acted on where
    the relation rules need it ("ambassador", "election", "border"). In a history that was merged, `members` are the ids of
    the reports that are this one event, `sources` the number of independent sources among them (a syndicated text counts
    once), and `differs` what they give differently, side by side.
    """

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    when: When | None = None
    where: str | None = None
    factuality: Factuality = "happened"
    historical: bool = False
    score: float
    object: str | None = None
    reported_by: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    evidence: tuple[Span, ...]
    trigger: Span
    clause: Span | None = None
    confidence: float = 1.0
    rule: str = ""
    members: tuple[str, ...] = ()
    sources: int = 1
    told: tuple[Span, ...] = ()
    differs: tuple[Variant, ...] = ()
    checked: tuple[Check, ...] = ()
    made_by: str = ""

    def __post_init__(self) -> None:
        if not self.evidence:
            message = f"Event {self.id} ({self.type}) has no evidence; a record without evidence can't be made."
            raise EvidenceError(message)
