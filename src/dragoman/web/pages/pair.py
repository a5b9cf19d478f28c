"""A pair: the dossier, live, as of any day; its timeline as numbers; and the files of it that can be saved."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.responses import Response

from dragoman.export.page import render
from dragoman.export.page_picture import draw
from dragoman.export.page_text import entry_notes
from dragoman.run.view.pair import Pair, look_at_pair, timeline
from dragoman.run.view.tables import dossier_table
from dragoman.web.bench import workbench
from dragoman.web.render import is_part, page

router = APIRouter()

_FILES = {
    "dossier.html": ("html", "text/html; charset=utf-8"),
    "dossier.md": ("markdown", "text/markdown; charset=utf-8"),
    "dossier.txt": ("text", "text/plain; charset=utf-8"),
    "dossier.json": ("json", "application/json"),
}
_TABLES = ("states", "events", "statements", "foretold")


@router.get("/pairs/{one}/{other}")
def pair(request: Request, one: str, other: str, as_of: str = "", known_on: str = "") -> Response:
    """The dossier of two sides, as of a day and as known on a day."""
    found = _look(request, one, other, as_of, known_on)
    first, second = found.keys
    dossier = found.dossier
    values = {
        "pair": found,
        "d": dossier,
        "first": first,
        "second": second,
        "notes": entry_notes,
        "picture": draw(dossier),
        "query": _query(dossier.as_of, dossier.known_on),
        "stories": [story for story in dossier.stories if len(story.events) > 1],
    }
    return page(request, "dossier_part.html.j2" if is_part(request) else "pair.html.j2", values)


@router.get("/pairs/{one}/{other}/timeline.json")
def numbers(request: Request, one: str, other: str, as_of: str = "", known_on: str = "") -> Response:
    """The timeline as numbers, for the picture."""
    return JSONResponse(timeline(_look(request, one, other, as_of, known_on)))


@router.get("/pairs/{one}/{other}/{name}")
def file(request: Request, one: str, other: str, name: str, as_of: str = "", known_on: str = "") -> Response:
    """The dossier as a file: one page that needs no network, Markdown, text or JSON, and its tables as CSV."""
    found = _look(request, one, other, as_of, known_on)
    stem, _, kind = name.rpartition(".")
    if name in _FILES:
        form, media = _FILES[name]
        body = render(found.dossier, form)
    elif kind == "csv" and stem in _TABLES:
        body, media = dossier_table(found.dossier, stem), "text/csv; charset=utf-8"
    else:
        known = ", ".join((*_FILES, *(f"{table}.csv" for table in _TABLES)))
        return PlainTextResponse(f"There is no {name} of a dossier: there are {known}.", status_code=404)
    saved = f"{'-'.join(found.keys)}{f'-{as_of}' if as_of else ''}-{name}"
    plain = "".join(
        character for character in saved if character.isascii() and (character.isalnum() or character in "-_.")
    )
    return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{plain}"'})


def _look(request: Request, one: str, other: str, as_of: str, known_on: str) -> Pair:
    return look_at_pair(
        workbench(request).room, one, other, as_of=parse_day(as_of, "as_of"), known_on=parse_day(known_on, "known_on")
    )


def parse_day(value: str, name: str) -> date | None:
    """Return an ISO date of an address, None for an empty one; `InputError` for anything else."""
    from dragoman.errors import InputError

    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{name} is {value!r}, which is no date: write it as 2023-04-21.") from error


def _query(as_of: date | None, known_on: date | None) -> str:
    parts = [f"{name}={day.isoformat()}" for name, day in (("as_of", as_of), ("known_on", known_on)) if day]
    return f"?{'&'.join(parts)}" if parts else ""
