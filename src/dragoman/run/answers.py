"""Answers about a pair, from the joined history."""

from __future__ import annotations

from datetime import date

from dragoman.codebook import Codebook
from dragoman.record import Actor, History, Relation
from dragoman.record.dossier import Dossier
from dragoman.relate import make_dossier, states_on


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
    return make_dossier(history, first.id, second.id, codebook, as_of=as_of, known_on=known_on)


def standing(history: History, first: Actor, second: Actor, day: date) -> tuple[Relation, ...]:
    """Return the relations between two parties that hold on a day, the first's toward the second before the others."""
    both = {first.id, second.id}
    held = [relation for relation in states_on(history, day) if {relation.of, relation.toward} == both]
    return tuple(sorted(held, key=lambda one: (one.of != first.id, one.dimension, one.value, one.id)))


def last_day(history: History) -> date | None:
    """Return the last day of which the articles speak as past: the latest publication, or beginning of a state."""
    days = [article.published for article in history.articles if article.published]
    days += [relation.since for relation in history.relations if relation.since]
    return max(days, default=None)
