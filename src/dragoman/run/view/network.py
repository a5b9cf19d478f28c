"""Who acts on whom: the sides as nodes, what passes between them as links."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from dragoman.record import Actor
from dragoman.run.view.room import Room
from dragoman.store import counts, tables
from dragoman.store.parts import unpack_all

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


def make_network(room: Room, since: date | None = None, until: date | None = None) -> Network:
    """Return who acted on whom by what happened from `since` to `until` (both inclusive; None: open).

    What two do together is an act of each on the other.
    """
    return room.kept(("network", since, until), lambda: _network(room, since, until))


def _network(room: Room, since: date | None, until: date | None) -> Network:
    with room.reading() as connection:
        counted = [one for one in counts.pair_counts(connection, since, until) if one.way]
    parties: Counter[str] = Counter()
    links: dict[tuple[str, str], list[float]] = {}
    for one in counted:
        parties.update({one.one: one.events, one.other: one.events})
        for bit, link in ((1, (one.one, one.other)), (2, (one.other, one.one))):
            if one.way & bit:
                sums = links.setdefault(link, [0, 0, 0, 0.0])
                for place, value in enumerate((one.events, one.conflict, one.cooperation, one.total)):
                    sums[place] += value
    ranked = sorted(parties.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = {side for side, _number in ranked[:MOST_NODES]}
    with room.reading() as connection:
        rows = connection.execute(select(tables.actor.c.body).where(tables.actor.c.key.in_(sorted(shown)))).all()
        names = {actor.key: actor.name for actor in unpack_all(Actor, rows)}
    found = [
        Link(
            actor=one,
            recipient=other,
            events=int(events),
            conflict=int(conflict),
            cooperation=int(cooperation),
            mean=round(total / events, 2),
        )
        for (one, other), (events, conflict, cooperation, total) in links.items()
        if one in shown and other in shown
    ]
    return Network(
        nodes=tuple(Node(key=side, name=names.get(side, side), events=number) for side, number in ranked[:MOST_NODES]),
        links=tuple(sorted(found, key=lambda link: (-link.events, link.actor, link.recipient))),
        left_out=max(0, len(ranked) - MOST_NODES),
    )
