"""State: what is known of an event so far on the climb through what governs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dragoman.record.event import Factuality

HAPPENED: Final = "happened"
FUTURE: Final = "future"
HYPOTHETICAL: Final = "hypothetical"
NEGATED: Final = "negated"


@dataclass(slots=True)
class State:
    """What is known so far on the climb, by which cue, and of which kind that cue is."""

    value: Factuality = HAPPENED
    reason: str = ""
    kind: str = ""
    ended: bool = False

    def take(self, effect: str, cue: str, kind: str = "") -> None:
        """Let a cue that governs all that was climbed so far change what is known."""
        if effect == NEGATED:
            if self.value == NEGATED:
                self.value, self.reason, self.kind = HAPPENED, cue, kind
            elif self.value != HYPOTHETICAL:
                self.value, self.reason, self.kind = NEGATED, cue, kind
        elif effect == HYPOTHETICAL:
            if self.value != HYPOTHETICAL:
                self.value, self.reason, self.kind = HYPOTHETICAL, cue, kind
        elif effect == FUTURE:
            if self.value == HAPPENED:
                self.value, self.reason, self.kind = FUTURE, cue, kind
        elif effect in (HAPPENED, "report"):
            self.ended = True

    def deny(self, cue: str) -> None:
        """Let a cue say that nothing of what was climbed so far is so, sure or open; the climb ends."""
        self.value, self.reason, self.kind, self.ended = NEGATED, cue, "belief", True
