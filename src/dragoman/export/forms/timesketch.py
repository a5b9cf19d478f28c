"""Timesketch JSON Lines: `message`, `datetime`, `timestamp_desc` and what else a timeline can be searched by."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.export.forms.coded import Coding
from dragoman.record import Event


def lines(coding: Coding) -> Iterator[str]:
    """Yield the events of any factuality that have a first or last day, then the states with a day on which they began.

    A day stands as its midnight in UTC: the form knows instants only; `precision` says how exact the day itself is.
    """
    for event in coding.history.events:
        day = (event.when.start or event.when.end) if event.when else None
        if event.when is None or day is None:
            coding.left_out["events without a day"] += 1
            continue
        article = coding.articles[event.evidence[0].article]
        yield _line(
            message=f"{_parties(event, coding)} | {event.evidence[0].text}",
            datetime=f"{day.isoformat()}T00:00:00+00:00",
            timestamp_desc=f"{event.type}/{event.mode}" if event.mode else event.type,
            precision=event.when.precision,
            factuality=event.factuality,
            score=event.score,
            source=article.url or article.source,
            publisher=article.publisher,
            dragoman_id=event.id,
        )
    for relation in coding.history.relations:
        if relation.since is None:
            coding.left_out["states without a day"] += 1
            continue
        of, toward = (coding.actors.get(one) for one in (relation.of, relation.toward))
        names = f"{of.name if of else relation.of} → {toward.name if toward else relation.toward}"
        yield _line(
            message=f"{names} | {relation.dimension}: {relation.value}",
            datetime=f"{relation.since.isoformat()}T00:00:00+00:00",
            timestamp_desc=f"state: {relation.dimension}",
            precision=relation.precision,
            source=None,
            dragoman_id=relation.id,
        )


def _line(**fields: object) -> str:
    return json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False)


def _parties(event: Event, coding: Coding) -> str:
    sides = [
        ", ".join(coding.actors[one].name for one in ids if one in coding.actors)
        for ids in (event.actors, event.recipients)
    ]
    return " → ".join(side for side in sides if side) or "unknown"
