"""GDELT 2.0 events (61 columns) and mentions (16 columns): tab-divided, no header, CAMEO codes as text.

A row for each who acts on whom, since GDELT knows one actor on each side; the same event's rows share all but the ids. Its
places are FIPS 10-4 countries; coordinates and tone are not measured and stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.codebook.crosswalk import CameoCode
from dragoman.export.forms.coded import CodedEvent, Coding, number_of, paragraph, tabbed
from dragoman.record import Actor, Event, Span

_QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
_GEO_EMPTY = ["0", "", "", "", "", "", "", ""]
_COUNTRY = "1"
"""GDELT's type of a place that is a country."""
_WEB = "1"
"""GDELT's type of a mention in a document of the web."""
EVENT_COLUMNS = 61
MENTION_COLUMNS = 16


def event_lines(coding: Coding) -> Iterator[str]:
    """Yield the lines of the events file."""
    for coded, cameo, one, other in _rows(coding):
        event, day = coded.event, coded.day
        place = _place(event, coding)
        cells = [
            _number(event, one, other), f"{day:%Y%m%d}", f"{day:%Y%m}", day.year, f"{_fraction(day):.4f}",
            *_party(one), *_party(other), _in_lead(coded), cameo.code, cameo.base, cameo.root,
            _QUADS[coding.codebook.ontology.quad(event.type)], cameo.goldstein, len(event.evidence) + len(event.told),
            event.sources, coded.articles, "", *_GEO_EMPTY, *_GEO_EMPTY, *place, _stamp(coded.article.published),
            coded.article.url or coded.article.source,
        ]  # fmt: skip
        yield tabbed(cells)


def mention_lines(coding: Coding) -> Iterator[str]:
    """Yield the lines of the mentions file: one for each article's words behind an event's row.

    The offsets are ours, code points of the article's text: those of the actor's, the recipient's and the event's words.
    """
    at: dict[tuple[str, str], list[int]] = {}
    for mention in coding.history.mentions:
        at.setdefault((mention.article, mention.actor), []).append(mention.start)
    for coded, _cameo, one, other in _rows(coding):
        for span in coded.event.evidence:
            article = coding.articles[span.article]
            action = coded.event.trigger.start if coded.event.trigger.article == span.article else span.start
            cells = [
                _number(coded.event, one, other),
                f"{coded.day:%Y%m%d}000000",
                _stamp(article.published),
                _WEB,
                article.publisher,
                article.url or article.source,
                paragraph(article, span),
                _offset(at, span, one),
                _offset(at, span, other),
                action,
                1,
                round(coded.event.confidence * 100),
                len(article.text),
                "",
                "",
                "",
            ]
            yield tabbed(cells)


def uncodable(coding: Coding, coded: CodedEvent) -> None:
    """Count an event whose type has no CAMEO code, as those of a user's own ontology may."""
    coding.left_out[f"events of type {coded.event.type} without a CAMEO code"] += 1


def _rows(coding: Coding) -> Iterator[tuple[CodedEvent, CameoCode, Actor | None, Actor | None]]:
    for coded in coding.events():
        cameo = coding.codebook.crosswalk.cameo(coded.event.type, coded.event.mode, coded.event.object)
        if cameo is None:
            uncodable(coding, coded)
            continue
        for one, other in coded.pairs():
            yield coded, cameo, one, other


def _number(event: Event, one: Actor | None, other: Actor | None) -> int:
    return number_of(event.id, one.id if one else "", other.id if other else "")


def _fraction(day: date) -> float:
    """The year and the part of it that is over, by GDELT's own formula of 30-day months."""
    return day.year + min((day.month * 30 + day.day) / 365, 0.9999)


def _party(actor: Actor | None) -> list[object]:
    """Code, name, country, known group, ethnic group, two religions and three types."""
    if actor is None:
        return [""] * 10
    country = actor.country if actor.country and len(actor.country) == 3 else ""
    group = actor.key if actor.kind == "body" and actor.key and not country else ""
    kind = "" if actor.kind == "state" else (actor.sector or "")
    return [f"{country or group or ''}{kind}", actor.name.upper(), country, group, "", "", "", kind, "", ""]


def _in_lead(coded: CodedEvent) -> int:
    """1 where the event stands in the title or in the first paragraph of the body."""
    body = [section for section in coded.article.sections if section.kind == "body"]
    if not body:
        return int("\n" not in coded.article.text[: coded.evidence.start].strip())
    lead = body[0]
    end = coded.article.text.find("\n", lead.start, lead.end)
    return int(coded.evidence.start < (lead.end if end < 0 else end))


def _place(event: Event, coding: Coding) -> list[object]:
    territory = coding.codebook.territories.find(event.where) if event.where else None
    if territory is None:
        return ["0", event.where or "", "", "", "", "", "", ""]
    fips = coding.codebook.crosswalk.country(territory.country or territory.code).fips
    return [_COUNTRY, event.where, fips, fips, "", "", "", fips]


def _stamp(day: date | None) -> str:
    return f"{day:%Y%m%d}000000" if day else ""


def _offset(at: dict[tuple[str, str], list[int]], span: Span, actor: Actor | None) -> int:
    """Where the actor is meant inside the words, -1 where it is not."""
    places = at.get((span.article, actor.id), []) if actor else []
    return next((start for start in sorted(places) if span.start <= start < span.end), -1)
