"""Correcting while reading: each decision is a form of its own, with a key beside it; the next unchecked mark comes by itself.

With htmx an answer is the panel of the next mark, the text with its marks as they are now, and a line that says what was
decided, what it changed, and how to take it back. Without scripts it is the article's page at that mark.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from dragoman.bench.agreement import measure_agreement
from dragoman.errors import DecisionError, UnknownNameError
from dragoman.record import Actor, Decision, Event
from dragoman.run import correct, decide
from dragoman.run.desk import Desk, author_of
from dragoman.run.lookup import find_actor
from dragoman.run.view.article import LAYERS, document_of, read_article
from dragoman.run.view.correcting import (
    Field,
    actor_names,
    consequences,
    decision_line,
    finding_fields,
    list_decisions,
    list_unchecked,
    mark_standing,
    merge_choices,
    new_fields,
    next_unchecked,
)
from dragoman.run.view.explain import explain_mark
from dragoman.run.view.room import Room
from dragoman.web.bench import workbench
from dragoman.web.pages.marks import mark_classes
from dragoman.web.render import is_part, page, path_part
from dragoman.web.session import own_page

router = APIRouter()

AUTHOR = "dragoman_author"
_LONGEST_NAME = 80


def author(request: Request) -> str:
    """Return who decides: the name that this browser was told, else that of the settings or the login."""
    named = " ".join(request.cookies.get(AUTHOR, "").split())[:_LONGEST_NAME]
    return author_of(workbench(request).room.settings, named or None)


def standing_values(request: Request, article_id: str, mark_id: str) -> dict[str, Any]:
    """Return what the panel of a mark shows beside its explanation."""
    room = workbench(request).room
    chosen = explain_mark(room, article_id, mark_id)
    return {
        "chosen": chosen,
        "article_id": article_id,
        "standing": mark_standing(room, article_id, chosen.mark),
        "author": author(request),
    }


@router.get("/articles/{article_id}/marks/{mark_id}/{form}")
def form(request: Request, article_id: str, mark_id: str, form: str) -> Response:
    """The form to edit a mark's fields, or to merge it."""
    room = workbench(request).room
    values = standing_values(request, article_id, mark_id)
    if form == "edit" and values["chosen"].mark.state:
        values["fields"] = finding_fields(room, article_id, values["chosen"].mark.id)
        values["names"] = actor_names(room, article_id)
    elif form == "merge":
        values["choices"] = merge_choices(room, article_id, values["chosen"].mark)
    else:
        raise UnknownNameError(f"A mark of this kind has no form {form!r}: go back to the article.")
    return page(request, "form_part.html.j2" if is_part(request) else "form.html.j2", {**values, "form": form})


@router.post("/articles/{article_id}/marks/{mark_id}/{verb}", dependencies=[Depends(own_page)])
async def decided(request: Request, article_id: str, mark_id: str, verb: str) -> Response:
    """Decide about a mark: accept, reject, change, merge or split."""
    sent = await request.form()

    def make(desk: Desk, room: Room) -> Decision:
        chosen = explain_mark(room, article_id, mark_id)
        return _decision(desk, room, verb, article_id, chosen.mark.id, chosen.mark.record, chosen.mark.layer, sent)

    onward = verb in ("accept", "reject", "change") and not sent.get("here")  # of an event's page it leads to its mark
    return await run_in_threadpool(_answer, request, article_id, mark_id, make, onward=onward)


@router.post("/decisions/{decision_id}/undo", dependencies=[Depends(own_page)])
async def undo(request: Request, decision_id: str) -> Response:
    """Take a decision back; `last` is the last one of whoever asks."""
    sent = await request.form()
    article_id, mark_id = str(sent.get("article", "")), str(sent.get("mark", ""))

    def make(desk: Desk, room: Room) -> Decision:
        wanted = decision_id
        if wanted == "last":
            last = decide.last_of(room.store, desk.author, room.log)
            if last is None:
                raise DecisionError(f"{desk.author} has decided nothing that could be taken back.")
            wanted = last.id
        return decide.undo(room.store, wanted, author=desk.author)

    if not article_id:
        await run_in_threadpool(lambda: make(_desk(request, ""), workbench(request).room))
        return RedirectResponse("/checking#log", status_code=303)
    return await run_in_threadpool(_answer, request, article_id, mark_id, make, onward=False)


@router.get("/articles/{article_id}/new")
def new(
    request: Request, article_id: str, about: str = "event", start: int = -1, end: int = -1, words: str = ""
) -> Response:
    """The form to add what was missed, or to mark furniture, at selected words."""
    room = workbench(request).room
    document = document_of(room, article_id)
    if start < 0 and words:
        start, end = correct.place_of(document.article, words)
    values = {
        "article_id": article_id,
        "about": about,
        "start": start,
        "end": end,
        "words": document.article.text[start:end] if 0 <= start < end else "",
        "fields": () if about == "furniture" else new_fields(room, document, about),
        "kinds": correct.FURNITURE_KINDS,
        "names": actor_names(room, article_id),
        "author": author(request),
    }
    return page(request, "new_part.html.j2" if is_part(request) else "new.html.j2", values)


@router.post("/articles/{article_id}/new", dependencies=[Depends(own_page)])
async def add(request: Request, article_id: str) -> Response:
    """Add an event or statement at words of the article, or mark them as furniture."""
    sent = await request.form()
    about = str(sent.get("about", "event"))

    def make(desk: Desk, room: Room) -> Decision:
        start, end = _place(sent, room, article_id)
        match about:
            case "furniture":
                return correct.mark_furniture(desk, article_id, start, end, str(sent.get("kind", "")))
            case "statement":
                return correct.add_statement(desk, article_id, start, end, _written(sent, ()))
            case _:
                return correct.add_event(desk, article_id, start, end, _written(sent, ()))

    return await run_in_threadpool(_answer, request, article_id, "", make, onward=False)


@router.post("/candidates", dependencies=[Depends(own_page)])
async def candidate(request: Request) -> Response:
    """Decide whether two that might be one are."""
    sent = await request.form()

    def make() -> None:
        room = workbench(request).room
        ids = [str(sent.get(name, "")) for name in ("one", "other")]
        history = room.of_records(ids).history
        desk = Desk(store=room.store, codebook=room.codebook, history=history, author=author(request), log=room.log)
        one, other = (_whole(desk, record) for record in ids)
        (decide.merge if sent.get("verdict") == "one" else decide.keep_apart)(desk, one, other)

    await run_in_threadpool(make)
    return RedirectResponse("/candidates", status_code=303)


@router.get("/checking")
def checking(request: Request, part: int = 1, log: int = 1) -> Response:
    """What nobody has checked (a `part` of it), how far people agree, and a part of the `log` with the way back."""
    room = workbench(request).room
    values = {
        "part": list_unchecked(room, part),
        "agreement": room.kept("agreement", lambda: measure_agreement(room.store, room.codebook, log=room.log)),
        "entries": list_decisions(room, log),
        "author": author(request),
    }
    return page(request, "checking.html.j2", values)


@router.post("/checking/name", dependencies=[Depends(own_page)])
async def name(request: Request) -> Response:
    """Note under which name this browser decides."""
    sent = await request.form()
    response = RedirectResponse("/checking", status_code=303)
    named = " ".join(str(sent.get("name", "")).split())[:_LONGEST_NAME]
    secure = request.url.scheme == "https"
    response.set_cookie(AUTHOR, named, httponly=True, samesite="lax", secure=secure, path="/")
    return response


def _desk(request: Request, article_id: str) -> Desk:
    room = workbench(request).room
    history = room.near(article_id).history
    return Desk(store=room.store, codebook=room.codebook, history=history, author=author(request), log=room.log)


def _decision(
    desk: Desk, room: Room, verb: str, article_id: str, mark_id: str, record: str, layer: str, sent: FormData
) -> Decision:
    if verb in ("merge", "split") and layer in ("actor", "event"):
        whole = _whole(desk, record)
        if verb == "split":
            return decide.split(desk, whole, str(sent.get("part") or article_id))
        return decide.merge(desk, whole, _other(desk, room, layer, sent))
    if layer not in ("event", "statement"):
        raise DecisionError(f"A mark of an {layer} can be merged and split, not {verb}ed.")
    target = correct.find_target(desk, mark_id, article_id)
    match verb:
        case "accept":
            return correct.accept(desk, target)
        case "reject":
            return correct.reject(desk, target)
        case "change":
            if sent.get("everywhere"):
                target = correct.find_target(desk, mark_id)
            written = _written(sent, finding_fields(room, article_id, mark_id))
            # who saves a form as it is finds it right
            return correct.change(desk, target, written) if written else correct.accept(desk, target)
    raise UnknownNameError(f"There is no decision {verb!r}: go back to the article.")


def _whole(desk: Desk, record: str) -> Actor | Event:
    history = desk.history
    whole: tuple[Actor | Event, ...] = (*history.actors, *history.events)
    found = next((one for one in whole if one.id == record), None)
    if found is None:
        raise UnknownNameError("This mark is no part of the record any more: reload the page.")
    return found


def _other(desk: Desk, room: Room, layer: str, sent: FormData) -> Actor | Event:
    chosen, named = str(sent.get("other", "")), str(sent.get("name", "")).strip()
    if layer == "actor" and named:
        return find_actor(named, room.codebook, desk.history)
    if not chosen:
        raise DecisionError("Nothing was chosen to be one with this: choose one of the list.")
    return _whole(desk, chosen)


def _written(sent: FormData, shown: tuple[Field, ...]) -> dict[str, Any]:
    """The fields of a form that differ from what it showed, or of a new finding those that were filled in."""
    before: Mapping[str, tuple[str, ...]] = {field.name: field.values for field in shown}
    written: dict[str, Any] = {}
    for name in ("type", "actors", "recipients", "when", "factuality", "contexts", "where", "object", "historical"):
        if name in sent:
            written[name] = _field(sent, name)
    for name in ("speaker", "act", "direct", "due"):
        if name in sent:
            written[name] = _field(sent, name)
    if not shown:
        return {name: value for name, value in written.items() if value}
    return {name: value for name, value in written.items() if _listed(value) != _listed(before.get(name, ()))}


def _field(sent: FormData, name: str) -> str | list[str]:
    if name in ("actors", "recipients"):
        return [str(one).strip() for one in sent.getlist(name) if str(one).strip()]
    return str(sent.get(name, "")).strip()


def _listed(value: str | list[str] | tuple[str, ...]) -> list[str]:
    return [one for one in ([value] if isinstance(value, str) else value) if one]


def _place(sent: FormData, room: Room, article_id: str) -> tuple[int, int]:
    start, end, words = str(sent.get("start", "")), str(sent.get("end", "")), str(sent.get("words", ""))
    article = document_of(room, article_id).article
    if start.isdigit() and end.isdigit():
        return int(start), int(end)
    nth = str(sent.get("nth", "1"))
    return correct.place_of(article, words, int(nth) if nth.isdigit() else 1)


def _answer(
    request: Request, article_id: str, mark_id: str, make: Callable[[Desk, Room], Decision], *, onward: bool
) -> Response:
    """Decide, and show what became of it: the next mark that nobody has checked, or the same one."""
    room = workbench(request).room
    before = room.near(article_id)
    decision = make(_desk(request, article_id), room)
    after = room.near(article_id)
    following = next_unchecked(room, article_id, mark_id) if onward else _added(decision, article_id) or mark_id
    if not is_part(request):
        at = f"?mark={path_part(following)}#{path_part(following)}" if following else ""
        return RedirectResponse(f"/articles/{path_part(article_id)}{at}", status_code=303)
    values: dict[str, Any] = {
        "reading": read_article(room, article_id),
        "layers": LAYERS,
        "classes": mark_classes,
        "chosen": None,
        "article_id": article_id,
        "author": author(request),
        "line": decision_line(room, decision),
        "decision": decision,
        "told": consequences(before, after, room.codebook),
        "all_checked": onward and not following,
    }
    if following:
        try:
            values |= standing_values(request, article_id, following)
        except UnknownNameError:
            following = ""  # what was undone was an addition, or the mark was merged away
    response = page(request, "corrected_part.html.j2", values)
    response.headers["HX-Trigger-After-Settle"] = json.dumps({"dragoman:corrected": {"mark": following}})
    return response


def _added(decision: Decision, article_id: str) -> str:
    """The mark of a finding that was just added."""
    if decision.kind != "add":
        return ""
    finding = decision.body["findings"][0]
    return str(finding["id"]) if finding["article"] == article_id else ""
