"""A candidate: an event while it is being coded, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.read.coding.match import Match
from dragoman.read.coding.roles import Cast
from dragoman.record import When
from dragoman.record.event import Factuality


@dataclass(slots=True)
class Candidate:
    """`words` are the tokens of the trigger, `trigger` its head; `carrier` is the light verb of a nominal one.

    `depth` counts the verbs above the trigger, those that only report left out: the main event of a sentence has the
    smallest. `nominal` says that the trigger is a noun, `together` that all parties are actors; `needs` are the parties without
    which its frame does not count. `reported_by` are statement ids; `because` are other candidates that the text gives as the
    reason. `why` are the conditions of the frame that held, `reason` is the word that decided its
    factuality ("" where nothing speaks against it) and `kind` what sort of word that is (`Verdict`), `sure` is how often
    its words mean this, as the frame says; `match` the frame on its words, None where a statement's content made it. `beside`
    are further sentences that tell it: those of the content, where the trigger is a cue in another.
    """

    rule: str
    type: str
    mode: str | None
    words: tuple[int, ...]
    trigger: int
    cast: Cast
    sentence: int
    depth: int
    sure: float
    contexts: tuple[str, ...] = ()
    object: str | None = None
    carrier: int | None = None
    nominal: bool = False
    together: bool = False
    needs: frozenset[str] = frozenset()
    factuality: Factuality = "happened"
    historical: bool = False
    when: When | None = None
    where: str | None = None
    reported_by: tuple[str, ...] = ()
    because: list[Candidate] = field(default_factory=list)
    why: tuple[str, ...] = ()
    reason: str = ""
    kind: str = ""
    match: Match | None = None
    beside: tuple[int, ...] = ()

    @property
    def verb(self) -> int:
        """The token that stands for the event in its sentence: the verb that carries a noun, else the trigger."""
        return self.carrier if self.carrier is not None else self.trigger
