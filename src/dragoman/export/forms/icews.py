"""ICEWS's 20 columns, tab-divided with a header: a row for each who acts on whom. CAMEO codes are text, zeros and all."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.export.forms.coded import CodedEvent, Coding, paragraph, tabbed
from dragoman.export.forms.gdelt import uncodable
from dragoman.record import Actor

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def lines(coding: Coding) -> Iterator[str]:
    """Yield the header and the rows. `Sentence Number` is the paragraph of the evidence; events without CAMEO are left out."""
    yield tabbed(COLUMNS)
    for coded in coding.events():
        cameo = coding.codebook.crosswalk.cameo(coded.event.type, coded.event.mode, coded.event.object)
        if cameo is None:
            uncodable(coding, coded)
            continue
        meaning = _meaning(coded, coding)
        place = coding.codebook.territories.find(coded.event.where) if coded.event.where else None
        for source, target in coded.pairs():
            cells = [
                coded.event.id,
                coded.day,
                *_party(source, coding),
                meaning,
                cameo.code,
                cameo.goldstein,
                *_party(target, coding),
                coded.article.id,
                paragraph(coded.article, coded.evidence),
                coded.article.publisher,
                "" if place else coded.event.where,
                "",
                "",
                place.name if place else "",
                "",
                "",
            ]
            yield tabbed(cells)


def _party(actor: Actor | None, coding: Coding) -> list[object]:
    if actor is None:
        return ["", "", ""]
    return [actor.name, actor.sector, coding.country_name(actor.country)]


def _meaning(coded: CodedEvent, coding: Coding) -> str:
    """The type in words: of its mode where it has one."""
    entry = coding.codebook.ontology.types[coded.event.type]
    return entry.mode_meanings.get(coded.event.mode or "", entry.meaning)
