"""POLECAT's 40 columns (Harvard Dataverse AJGVIT), tab-divided with a header: one row an event, several parties in one cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.export.forms.coded import CodedEvent, Coding, flat, joined, tabbed
from dragoman.record import Actor

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District",
    "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_NONE = "None"


def lines(coding: Coding) -> Iterator[str]:
    """Yield the header and a line an event; a value that is not known is "None", as POLECAT writes it."""
    yield tabbed(COLUMNS)
    people = _story_names(coding)
    for coded in coding.events():
        yield tabbed(flat(cell) or _NONE for cell in _cells(coded, coding, people))


def _cells(
    coded: CodedEvent, coding: Coding, people: dict[str, tuple[list[str], list[str], list[str]]]
) -> list[object]:
    event, article = coded.event, coded.article
    persons, bodies, places = people.get(article.id, ([], [], []))
    where = coding.codebook.territories.find(event.where) if event.where else None
    return [
        event.id, coded.day, event.type, event.mode, event.score, coding.codebook.ontology.quad(event.type).upper(),
        joined(event.contexts), *_party(coded.actors, coding), *_party(coded.recipients, coding), event.where, None, None,
        None, where.name if where else None, None, None, None, event.where, None, article.publisher, article.published,
        joined(persons), joined(bodies), joined(places), article.language, coding.version,
    ]  # fmt: skip


def _party(actors: Sequence[Actor], coding: Coding) -> list[object]:
    """Name, country, COW code, first sector, sectors, title, raw name and Wikipedia id of one side."""
    sectors = list(dict.fromkeys(actor.sector for actor in actors if actor.sector))
    countries = [actor.country or "" for actor in actors]
    return [
        joined(actor.name for actor in actors),
        joined(dict.fromkeys(coding.country_name(code) for code in countries if code)),
        joined(dict.fromkeys(coding.codebook.crosswalk.country(code).cow for code in countries)),
        sectors[0] if sectors else None,
        joined(sectors),
        joined(coding.title(actor) for actor in actors),
        joined(actor.names[0] if actor.names else actor.name for actor in actors),
        joined(same for actor in actors for same in actor.same_as),
    ]


def _story_names(coding: Coding) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """By article: the people, the bodies and the states that it names, each sorted."""
    groups: dict[str, dict[str, set[str]]] = {}
    for mention in coding.history.mentions:
        actor = coding.actors.get(mention.actor)
        if actor is not None:
            kind = {"person": "person", "state": "state"}.get(actor.kind, "body")
            groups.setdefault(mention.article, {}).setdefault(kind, set()).add(actor.name)
    return {
        article: (sorted(found.get("person", ())), sorted(found.get("body", ())), sorted(found.get("state", ())))
        for article, found in groups.items()
    }
