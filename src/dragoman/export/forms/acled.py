"""ACLED's 31 columns (the form of 2023 on), CSV with a header: political violence, demonstrations, strategic developments.

ACLED records events on a place and a day; its two actors carry no direction. Types without a counterpart there are left out.
Fatalities are not read: the column is empty, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from dragoman.export.forms.coded import CodedEvent, Coding, comma, joined, number_of
from dragoman.record import Actor

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_TIME_PRECISION = {"day": 1, "week": 2}
_MONTH = 3
_INTER = {"MIL": 1, "COP": 1, "GOV": 1, "SPY": 1, "REB": 2, "UAF": 3, "CRM": 3, "PTY": 3, "CVL": 7, "OPP": 7, "IGO": 8}
"""ACLED's kind of an actor by PLOVER's sector: 1 state forces, 2 rebels, 3 political militias, 7 civilians, 8 others."""
_OTHER = 8
_DEMONSTRATORS = {"Riots": 5, "Protests": 6}


def lines(coding: Coding) -> Iterator[str]:
    """Yield the header and a row an event that ACLED would record and whose state is known."""
    yield comma(COLUMNS)
    for coded in coding.events():
        kind = coding.codebook.crosswalk.acled(coded.event.type, coded.event.mode)
        if kind is None:
            coding.left_out["events of kinds that ACLED does not record"] += 1
            continue
        state = _state(coded, coding)
        if state is None:
            coding.left_out["events whose country is not told"] += 1
            continue
        codes = coding.codebook.crosswalk.country(state)
        first = _DEMONSTRATORS.get(kind.event) or _inter(coded.actors)
        second = _inter(coded.recipients) if coded.recipients else 0
        cells = [
            f"{state}{number_of(coded.event.id)}",
            coded.day,
            coded.day.year,
            _precision(coded),
            kind.disorder,
            kind.event,
            kind.sub_event,
            _lead(coded.actors),
            _rest(coded.actors),
            first,
            _lead(coded.recipients),
            _rest(coded.recipients),
            second,
            f"{first}{second}",
            "Civilian targeting" if second == _INTER["CVL"] and kind.disorder == "Political violence" else "",
            codes.numeric.lstrip("0"),
            codes.region,
            coding.country_name(state),
            "",
            "",
            "",
            coded.event.where,
            "",
            "",
            "",
            coded.article.publisher or coded.article.source,
            "",
            coded.evidence.text,
            "",
            "",
            _timestamp(coded),
        ]
        yield comma(cells)


def _state(coded: CodedEvent, coding: Coding) -> str | None:
    """Where it happened: the place's state, else the recipient's, else the actor's."""
    place = coding.codebook.territories.find(coded.event.where) if coded.event.where else None
    if place is not None:
        return place.country or place.code
    return next((actor.country for actor in (*coded.recipients, *coded.actors) if actor.country), None)


def _precision(coded: CodedEvent) -> int:
    when = coded.event.when
    return _TIME_PRECISION.get(when.precision, _MONTH) if when else 1


def _lead(actors: Sequence[Actor]) -> str:
    return actors[0].name if actors else ""


def _rest(actors: Sequence[Actor]) -> str:
    return joined(actor.name for actor in actors[1:])


def _inter(actors: Sequence[Actor]) -> int:
    return _INTER.get(actors[0].sector or "", _OTHER) if actors else 0


def _timestamp(coded: CodedEvent) -> str:
    """Seconds since 1970 of the article's publication day: the form wants one, and the clock is no part of a record."""
    day = coded.article.published
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())) if day else ""
