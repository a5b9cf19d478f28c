"""Join actors across articles by the codebook's key or the exact name alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.record import Actor, Document, Join
from dragoman.record.ids import make_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The joined actors, the joined id of each article's own actor id, and why."""

    actors: tuple[Actor, ...]
    actor_of: Mapping[str, str]
    joins: tuple[Join, ...]


def join_by_name(documents: Sequence[Document]) -> Joined:
    """Return the actors of all documents, one for each key of the codebook or exact name and kind."""
    groups: dict[tuple[str, ...], dict[str, Actor]] = defaultdict(dict)
    for document in documents:
        for actor in document.actors or ():
            if actor.key:
                groups[("key", actor.key)][actor.id] = actor
            elif actor.anonymous:
                groups[("id", actor.id)][actor.id] = actor
            else:
                groups[("name", actor.kind, actor.name.casefold())][actor.id] = actor
    actors, actor_of = [], {}
    for key in sorted(groups):
        group = [groups[key][i] for i in sorted(groups[key])]
        joined = _one(key, group)
        actors.append(joined)
        actor_of.update({actor.id: joined.id for actor in group})
    return Joined(actors=tuple(sorted(actors, key=lambda actor: actor.id)), actor_of=actor_of, joins=())


def _one(key: tuple[str, ...], group: Sequence[Actor]) -> Actor:
    if key[0] == "id":
        return group[0]
    best = max(group, key=lambda actor: (len(actor.offices), len(actor.names), actor.id))
    offices = {(o.title, o.of, o.former, o.since, o.until): o for actor in group for o in actor.offices}
    return replace(
        best,
        id=make_id("actor", key[1]) if key[0] == "key" else make_id("actor", *key),
        country=next((actor.country for actor in group if actor.country), None),
        sector=next((actor.sector for actor in group if actor.sector), None),
        names=tuple(sorted({name for actor in group for name in actor.names})),
        offices=tuple(offices.values()),
    )
