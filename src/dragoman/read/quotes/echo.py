"""Echoes: what a statement says twice, since a second cue stands inside it that speaks for the same side.

"She said she was confident that they would settle it" is one expectation; "he said Beijing was willing to help" is one
intention. The inner reading has the words that count or the act, the outer one is the sentence: one of them is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.record import Actor, Statement

_LATER = frozenset({"intention", "expectation"})
_OPENING = 40
"""Code points: an inner content that begins later in the outer one is told beside something else."""


def without_echoes(statements: Sequence[Statement], actors: Mapping[str, Actor]) -> list[Statement]:
    """Return the statements without those inside a reported one of the same side that end where it ends.

    An outer claim takes over the act and the due days of the inner statement that is left out.
    """
    inner_of: dict[str, Statement] = {}
    left_out: set[str] = set()
    plain = [one for one in statements if not one.direct and not one.continued]
    for outer in plain:
        for inner in plain:
            if inner.id == outer.id or inner.id in left_out or outer.id in left_out or inner.act not in _LATER:
                continue
            a, b = outer.content, inner.content
            if not (a.start < b.start <= a.start + _OPENING and b.end == a.end and _is_one_side(outer, inner, actors)):
                continue
            inner_of[outer.id] = inner
            left_out.add(inner.id)
    kept = []
    for one in statements:
        echo = inner_of.get(one.id)
        if one.id in left_out:
            continue
        told = echo is not None and one.act == "claim"
        kept.append(replace(one, act=echo.act, due=echo.due, outcome="open") if echo is not None and told else one)
    return kept


def _is_one_side(outer: Statement, inner: Statement, actors: Mapping[str, Actor]) -> bool:
    """Whether two statements are one speaker's, or of a person and the state for which that person speaks."""
    if outer.speaker is None or inner.speaker is None:
        return False
    if outer.speaker == inner.speaker:
        return True
    one, other = actors.get(outer.speaker), actors.get(inner.speaker)
    return (
        one is not None
        and other is not None
        and one.country is not None
        and one.country == other.country
        and other.kind in ("state", "body")
    )
