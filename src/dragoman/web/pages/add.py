"""Adding articles: by pasting a text, dropping files or naming an address."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from dragoman.errors import InputError, UnknownNameError
from dragoman.web.adding import Item, Job
from dragoman.web.bench import workbench
from dragoman.web.render import page
from dragoman.web.session import own_page

router = APIRouter()

MOST_FILES = 500
MOST_ADDRESSES = 50
PASTED = "pasted text"


@router.get("/add")
def form(request: Request) -> Response:
    """The three ways to add, and what is under way."""
    return page(request, "add.html.j2", {"jobs": workbench(request).adding.under_way(), "fault": ""})


@router.post("/add", dependencies=[Depends(own_page)])
async def add(request: Request) -> Response:
    """Queue what was sent and lead to its progress."""
    form = await request.form(max_files=MOST_FILES, max_fields=100)
    adding = workbench(request).adding
    try:
        items = [item async for item in _items(form)]
        if not items:
            raise InputError("Nothing was sent: paste a text, choose files, or write an address.")
        job = adding.add(items, published=_day(form), publisher=str(form.get("publisher", "")).strip() or None)
    except InputError as error:
        return page(request, "add.html.j2", {"jobs": adding.under_way(), "fault": str(error)}, 422)
    finally:
        await form.close()
    return RedirectResponse(f"/add/jobs/{job.id}", status_code=303)


@router.post("/add/examples", dependencies=[Depends(own_page)])
def add_examples(request: Request) -> Response:
    """Queue the example articles that come with Dragoman."""
    job = workbench(request).adding.add(list(_examples()))
    return RedirectResponse(f"/add/jobs/{job.id}", status_code=303)


@router.get("/add/jobs/{job_id}")
def progress(request: Request, job_id: str) -> Response:
    """How far a job is, in numbers; the page asks again until it is over."""
    job = workbench(request).adding.job(job_id)
    if job is None:
        raise UnknownNameError(
            f"No addition {job_id!r}: it was made before the server last began; what it read is stored."
        )
    template = "job_part.html.j2" if request.headers.get("hx-request") == "true" else "job.html.j2"
    return page(request, template, {"job": job, "line": job_line(job)})


def job_line(job: Job) -> str:
    """Return how far a job is, in a line."""
    parts = [f"{job.read} read ({job.events} events, {job.statements} statements)", f"{job.unchanged} unchanged"]
    parts.append(f"{job.steps['refused']} refused")
    return ", ".join(parts)


async def _items(form: FormData) -> AsyncIterator[Item]:
    text = str(form.get("text", ""))
    if text.strip():
        title = str(form.get("title", "")).strip()
        yield Item(source=title[:200] or PASTED, data=text.replace("\r\n", "\n").encode("utf-8", "replace"))
    for sent in form.getlist("files"):
        if isinstance(sent, UploadFile) and sent.filename:
            yield Item(source=_plain_name(sent.filename), data=await sent.read())
    addresses = str(form.get("addresses", "")).split()
    if len(addresses) > MOST_ADDRESSES:
        raise InputError(f"{len(addresses)} addresses at once: write at most {MOST_ADDRESSES}.")
    for address in addresses:
        yield Item(source=address)


def _examples() -> Iterator[Item]:
    from pathlib import Path

    from dragoman.run.examples import example_files

    for path in example_files():
        yield Item(source=f"examples/{Path(path).name}", data=Path(path).read_bytes())


def _plain_name(name: str) -> str:
    """A file's own name, without the folders that a browser may send and without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character if character.isprintable() else "_" for character in last)[:200] or "file"


def _day(form: FormData) -> date | None:
    value = str(form.get("published", "")).strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{value!r} is no date: write it as 2023-04-21.") from error
