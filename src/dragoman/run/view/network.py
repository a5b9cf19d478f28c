"""Who acts on whom: the sides as nodes, what passes between them as links."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from dragoman.record import Event
from dragoman.run.view.index import Index
from dragoman.run.view.room import Room

MOST_NODES = 40
"""Sides drawn: the ones with most events; more make a hedgehog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A side: its key, its name, and how many of the events it takes part in."""

    key: str
    name: str
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What one side did to another: how many acts, of conflict and of cooperation, and their mean score."""

    actor: str
    recipient: str
    events: int
    conflict: int
    cooperation: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The sides and the links between them, the strongest first; `left_out` counts the sides that are not shown."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left_out: int
    first: date | None
    last: date | None


def make_network(room: Room, since: date | None = None, until: date | None = None) -> Network:
    """Return who acted on whom by what happened from `since` to `until` (both inclusive; None: open)."""
    index = room.index()
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    parties: Counter[str] = Counter()
    days = []
    for event in index.history.events:
        day = _day(event, index)
        if (
            event.factuality != "happened"
            or (since and (day is None or day < since))
            or (until and (day is None or day > until))
        ):
            continue
        actors, recipients = index.sides.of(event.actors), index.sides.of(event.recipients)
        links = {(one, other) for one in actors for other in recipients if one != other}
        if not recipients:  # all who act together act on each other
            links = {(one, other) for one in actors for other in actors if one < other}
        for link in links:
            scores[link].append(event.score)
        if links:
            parties.update({side for link in links for side in link})
            days += [day] if day else []
    ranked = sorted(parties.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = {side for side, _number in ranked[:MOST_NODES]}

    def key(side: str) -> str:
        return index.actors[side].key or side

    found = [
        Link(
            actor=key(one),
            recipient=key(other),
            events=len(some),
            conflict=sum(score < 0 for score in some),
            cooperation=sum(score > 0 for score in some),
            mean=round(sum(some) / len(some), 2),
        )
        for (one, other), some in scores.items()
        if one in shown and other in shown
    ]
    return Network(
        nodes=tuple(
            Node(key=key(side), name=index.actors[side].name, events=number) for side, number in ranked[:MOST_NODES]
        ),
        links=tuple(sorted(found, key=lambda link: (-link.events, link.actor, link.recipient))),
        left_out=max(0, len(ranked) - MOST_NODES),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _day(event: Event, index: Index) -> date | None:
    if event.when is not None and (event.when.start or event.when.end):
        return event.when.start or event.when.end
    if event.historical:
        return None
    return min((day for span in event.evidence if (day := index.articles[span.article].published)), default=None)
