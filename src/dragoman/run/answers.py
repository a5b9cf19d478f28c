"""The dossier of a pair, from the joined history."""

from __future__ import annotations

from datetime import date

from dragoman.codebook import Codebook
from dragoman.record import Actor, History
from dragoman.record.dossier import Dossier
from dragoman.relate import make_dossier


def brief(
    history: History,
    codebook: Codebook,
    first: Actor,
    second: Actor,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
) -> Dossier:
    """Return the dossier of two parties, as of a day of the world and as the articles published by a day tell it."""
    sides = (first.key or first.id, second.key or second.id)
    return make_dossier(history, *sides, codebook, as_of=as_of, known_on=known_on)
