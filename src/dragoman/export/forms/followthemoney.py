"""FollowTheMoney entities (schema 4): one JSON object a line.

Persons, public bodies and organisations, the articles as documents, events with all who are involved (the schema knows no
roles: who acted stands in `notes`), offices as positions with their occupancies, sanctions as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from dragoman.export.forms.coded import Coding
from dragoman.record import Actor, Article, Event, Office
from dragoman.record.ids import make_id

_SCHEMAS = {"person": "Person", "state": "PublicBody", "body": "PublicBody", "group": "Organization"}
_WIKIDATA = "Q"


def lines(coding: Coding) -> Iterator[str]:
    """Yield the entities: articles, actors, positions and occupancies, events, sanctions."""
    for article in coding.history.articles:
        yield _article(article)
    seen: set[str] = set()
    for actor in coding.history.actors:
        yield _actor(actor, coding)
        for office in actor.offices:
            yield from _office(actor, office, coding, seen)
    for event in coding.history.events:
        yield _event(event, coding)
    yield from _sanctions(coding)


def _entity(entity_id: str, schema: str, **properties: Iterable[object]) -> str:
    """One entity; a property without a value is left out, as the schema wants it."""
    filled = {
        name: [str(value) for value in values if value not in {None, ""}] for name, values in sorted(properties.items())
    }
    kept = {name: list(dict.fromkeys(values)) for name, values in filled.items() if values}
    return json.dumps({"id": entity_id, "schema": schema, "properties": kept}, ensure_ascii=False)


def _article(article: Article) -> str:
    return _entity(
        article.id,
        "Article",
        title=[article.title],
        publisher=[article.publisher],
        sourceUrl=[article.url],
        fileName=[None if article.url else article.source],
        publishedAt=[article.published],
        language=[article.language],
        bodyText=[article.text],
    )


def _alpha2(code: str | None, coding: Coding) -> str | None:
    """FollowTheMoney's countries are ISO alpha-2 in lower case."""
    territory = coding.codebook.territories.by_code.get(code or "")
    return territory.alpha2.lower() if territory and territory.alpha2 else None


def _actor(actor: Actor, coding: Coding) -> str:
    schema = _SCHEMAS[actor.kind]
    country = [_alpha2(actor.country, coding)]
    more: dict[str, Iterable[object]] = {"country": country}
    if schema == "Person":
        more = {"nationality": country, "gender": [actor.gender], "position": [o.title for o in actor.offices]}
    return _entity(
        actor.id,
        schema,
        name=[actor.name],
        alias=[name for name in actor.names if name != actor.name],
        wikidataId=[one for one in actor.same_as if one.startswith(_WIKIDATA) and one[1:].isdigit()],
        notes=[f"PLOVER sector {actor.sector}" if actor.sector else None],
        **more,
    )


def _office(actor: Actor, office: Office, coding: Coding, seen: set[str]) -> Iterator[str]:
    position = make_id("position", office.title, office.of)
    if position not in seen:
        seen.add(position)
        place = coding.codebook.territories.by_code.get(office.of or "")
        name = f"{office.title}, {place.name if place else office.of}" if office.of else office.title
        yield _entity(position, "Position", name=[name], country=[_alpha2(office.of, coding)])
    yield _entity(
        make_id("occupancy", actor.id, position, office.since, office.until, office.former),
        "Occupancy",
        holder=[actor.id],
        post=[position],
        startDate=[office.since],
        endDate=[office.until],
        status=["ended" if office.former else "current"],
        proof=[span.article for span in office.evidence],
    )


def _event(event: Event, coding: Coding) -> str:
    def names(ids: Iterable[str]) -> str:
        return ", ".join(coding.actors[one].name for one in ids if one in coding.actors)

    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    roles = (
        f"{names(event.actors) or 'unknown'} toward {names(event.recipients)}"
        if event.recipients
        else names(event.actors)
    )
    return _entity(
        event.id,
        "Event",
        name=[f"{kind}: {event.trigger.text}"],
        summary=[event.evidence[0].text],
        startDate=[event.when.start if event.when else None],
        endDate=[event.when.end if event.when else None],
        location=[event.where],
        involved=[*event.actors, *event.recipients],
        keywords=[kind, *event.contexts],
        notes=[f"{event.factuality}; {roles}"],
        proof=[span.article for span in event.evidence],
    )


def _sanctions(coding: Coding) -> Iterator[str]:
    """The sanctions in the relations: on the state, or on the persons that the causing event names."""
    events = {event.id: event for event in coding.history.events}
    for relation in coding.history.relations:
        if relation.dimension != "sanctions":
            continue
        causes = [events[one] for one in relation.cause if one in events]
        persons = [
            one
            for event in causes
            for one in event.recipients
            if one in coding.actors and coding.actors[one].kind == "person"
        ]
        authority = coding.actors.get(relation.of)
        yield _entity(
            relation.id,
            "Sanction",
            entity=persons or [relation.toward],
            authority=[authority.name if authority else None],
            country=[_alpha2(authority.country, coding) if authority else None],
            startDate=[relation.since],
            endDate=[relation.until],
            status=[relation.value],
            provisions=[relation.note],
            proof=[span.article for span in relation.evidence],
        )
