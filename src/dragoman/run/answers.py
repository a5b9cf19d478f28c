"""Answers about a pair, from the joined history."""

from __future__ import annotations

from datetime import date

from dragoman.record import Actor, History, Relation
from dragoman.relate import states_on


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
