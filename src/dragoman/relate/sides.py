"""Sides: which state or body an actor acts for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.codebook.territories import Territories
from dragoman.record import Actor, Event
from dragoman.record.ids import make_id

# PLOVER sectors of those who don't speak or act for the state whose country they carry.
PRIVATE_SECTORS = frozenset({"OPP", "REB", "UAF", "MED", "BUS", "EDU", "NGO", "CVL", "CRM", "LAB", "REL", "ELI", "PTY"})


@dataclass(frozen=True, slots=True)
class Sides:
    """The actors of a history by id, and the actor that is the state of each country code."""

    actors: Mapping[str, Actor]
    states: Mapping[str, str]

    def side(self, actor_id: str) -> str | None:
        """Return the id of the state or body that an actor belongs to; None for one without any.

        A private person belongs to a state as well: `public` tells whether it acts for it.
        """
        actor = self.actors.get(actor_id)
        if actor is None:
            return None
        if actor.country is not None:
            # a region ("Tigray") counts toward its own state, as whoever acts for one does
            return self.states.get(actor.country, actor.id if actor.kind == "state" else None)
        return actor.id if actor.kind in ("state", "body", "group") else None

    def public(self, actor_id: str) -> bool:
        """Say whether an actor is a state or body, or acts for one (its government, forces, parliament, courts)."""
        actor = self.actors.get(actor_id)
        return actor is not None and actor.sector not in PRIVATE_SECTORS

    def of(self, actor_ids: Iterable[str]) -> tuple[str, ...]:
        """Return the sides of several actors, each once, sorted."""
        return tuple(sorted({side for side in map(self.side, actor_ids) if side is not None}))

    def parties(self, event: Event) -> frozenset[str]:
        """Return all sides that take part in an event."""
        return frozenset(self.of((*event.actors, *event.recipients)))

    def persons(self, actor_ids: Iterable[str]) -> frozenset[str]:
        """Return those of the actors that are named persons."""
        return frozenset(
            actor_id
            for actor_id in actor_ids
            if (actor := self.actors.get(actor_id)) and actor.kind == "person" and not actor.anonymous
        )

    def name(self, actor_id: str) -> str:
        """Return the name to show of an actor, or its id where it is unknown."""
        actor = self.actors.get(actor_id)
        return actor.name if actor else actor_id


def make_sides(actors: Iterable[Actor]) -> Sides:
    """Return the sides of a set of actors."""
    by_id = {actor.id: actor for actor in sorted(actors, key=lambda actor: actor.id)}
    states: dict[str, str] = {}
    for actor in by_id.values():
        if is_state(actor):
            states.setdefault(actor.country or "", actor.id)
    return Sides(by_id, states)


def is_state(actor: Actor) -> bool:
    """Say whether an actor is a state itself, not one of its regions, which carry its country and a key of their own."""
    return actor.kind == "state" and actor.country is not None and actor.key in (None, actor.country)


def missing_states(actors: Iterable[Actor], territories: Territories) -> tuple[Actor, ...]:
    """Return a state for each country that some actor acts for while no article names the state itself."""
    actors = tuple(actors)
    there = {actor.country for actor in actors if is_state(actor)}
    wanted = sorted({actor.country for actor in actors if actor.country} - there)
    return tuple(
        Actor(
            id=make_id("actor", code),
            name=_country_name(code, territories),
            kind="state",
            country=code,
            sector="GOV",
            key=code,
            made_by="relate",
        )
        for code in wanted
    )


def _country_name(code: str, territories: Territories) -> str:
    found = territories.find(code)
    return found.name if found is not None else code
