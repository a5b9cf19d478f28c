"""Records → the rows of the derived tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from dragoman.names import keys
from dragoman.record import Actor, Event, Join, Mention, Relation, Statement, When
from dragoman.store import codec

SHORT = 31
"""Days from the first to the last on which an event may have happened, up to which it is found by its first day: a month."""


def actor_row(actor: Actor, *, missing: bool = False, mentions: int = 0) -> dict[str, Any]:
    """Return the row of an actor; `missing` is a state for which somebody acts while no article names it."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "key": actor.key,
        "missing": int(missing),
        "mentions": mentions,
        "body": codec.pack(actor),
    }


def spelling_rows(actor: Actor) -> Iterator[dict[str, Any]]:
    """Yield, for a person's names and their last words, the keys under which other spellings of them meet."""
    if actor.kind == "person":
        names = {actor.name, *actor.names}
        for form in sorted(names | {name.split()[-1] for name in names if name.split()}):
            for key in sorted(keys(form)):
                yield {"key": key[:80], "form": form[:200], "actor": actor.id}


def mention_row(mention: Mention) -> dict[str, Any]:
    """Return the row of a mention."""
    return {
        "actor": mention.actor,
        "article": mention.article,
        "start": mention.start,
        "end": mention.end,
        "body": codec.pack(mention),
    }


def event_row(event: Event) -> dict[str, Any]:
    """Return the row of an event."""
    return {
        "id": event.id,
        "type": event.type,
        "day": event.when.start if event.when else None,
        "until": event.when.end if event.when else None,
        "long": int(_is_long(event.when)),
        "factuality": event.factuality,
        "checked": int(bool(event.checked)),
        "body": codec.pack(event),
    }


def _is_long(when: When | None) -> bool:
    """Say whether an event is not to be found within `SHORT` days of its first day."""
    return when is not None and (when.start is None or when.end is None or (when.end - when.start).days > SHORT)


def party_rows(event: Event) -> Iterator[dict[str, Any]]:
    """Yield a row for each actor that takes part in an event."""
    day = None if event.when is None else event.when.start or event.when.end
    for actor in dict.fromkeys((*event.actors, *event.recipients)):
        yield {"actor": actor, "event": event.id, "day": day}


def telling_rows(event: Event) -> Iterator[dict[str, Any]]:
    """Yield a row for each article that tells an event."""
    for article in dict.fromkeys(span.article for span in event.evidence):
        yield {"article": article, "event": event.id}


def statement_row(statement: Statement, published: date | None) -> dict[str, Any]:
    """Return the row of a statement in an article of a day."""
    article = statement.content.article
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "article": article,
        "day": published,
        "act": statement.act,
        "outcome": statement.outcome,
        "checked": int(bool(statement.checked)),
        "body": codec.pack(statement),
    }


def relation_row(relation: Relation) -> dict[str, Any]:
    """Return the row of a relation."""
    return {
        "id": relation.id,
        "of": relation.of,
        "toward": relation.toward,
        "dimension": relation.dimension,
        "since": relation.since,
        "until": relation.until,
        "disputed": int(bool(relation.conflicting)),
        "body": codec.pack(relation),
    }


def join_row(join: Join) -> dict[str, Any]:
    """Return the row of a join."""
    return {
        "kind": join.kind,
        "one": join.one,
        "other": join.other,
        "joined": int(join.joined),
        "score": join.score,
        "body": codec.pack(join),
    }


def keys_of(actors: Iterable[Actor]) -> dict[str, str]:
    """Return the state or body for which each actor acts, by actor id."""
    return {actor.id: key for actor in actors if (key := actor.country or actor.key)}


def event_pairs(
    event: Event, states: Mapping[str, str], published: Mapping[str, date | None]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of the pairs between which an event stands; its day is that of its first report where it has none."""
    parties = {states[one] for one in (*event.actors, *event.recipients) if one in states}
    day = None if event.when is None else event.when.start or event.when.end
    if day is None and not event.historical:
        day = min((known for span in event.evidence if (known := published.get(span.article))), default=None)
    score = event.score if event.factuality == "happened" else None
    acting = {states[one] for one in event.actors if one in states}
    yield from pair_rows(parties, "event", event.id, day, score, acting)


def relation_pairs(relation: Relation, states: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the row of the pair between which a relation stands."""
    parties = {states[one] for one in (relation.of, relation.toward) if one in states}
    yield from pair_rows(parties, "relation", relation.id, relation.since)


def pair_rows(
    parties: Iterable[str],
    kind: str,
    key: str,
    day: date | None,
    score: float | None = None,
    acting: Collection[str] = (),
) -> Iterator[dict[str, Any]]:
    """Yield a row for each pair of parties; `acting` are those of them that do what an event tells."""
    for one, other in combinations(sorted(parties), 2):
        way = (one in acting) + 2 * (other in acting)
        weight = abs(score or 0.0)
        yield {
            "one": one,
            "other": other,
            "kind": kind,
            "id": key,
            "day": day,
            "score": score,
            "way": way,
            "weight": weight,
        }
