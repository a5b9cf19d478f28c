"""The log-in page."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from dragoman.web.bench import workbench
from dragoman.web.render import page
from dragoman.web.session import own_page, session_of, set_cookie

router = APIRouter()


@router.get("/login")
def ask(request: Request) -> Response:
    """Ask for the password."""
    if workbench(request).login is None:
        return RedirectResponse("/", status_code=303)
    return page(request, "login.html.j2", {"aim": _own_path(request.query_params.get("next", "")), "fault": ""})


@router.post("/login", dependencies=[Depends(own_page)])
async def enter(request: Request) -> Response:
    """Let in whoever has the password, under a new session."""
    login = workbench(request).login
    if login is None:
        return RedirectResponse("/", status_code=303)
    form = await request.form()
    aim = _own_path(str(form.get("next", "")))
    address = request.client.host if request.client else ""
    session = await run_in_threadpool(login.enter, str(form.get("password", "")), address)
    if session is None:
        wait = login.wait(address)
        fault = f"Too many wrong passwords: wait {wait} seconds." if wait else "That is not the password."
        response: Response = page(request, "login.html.j2", {"aim": aim, "fault": fault}, 429 if wait else 403)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response
    response = RedirectResponse(aim or "/", status_code=303)
    set_cookie(response, session, secure=request.url.scheme == "https")
    return response


@router.post("/logout", dependencies=[Depends(own_page)])
def leave(request: Request) -> Response:
    """Log out."""
    login = workbench(request).login
    if login is not None:
        login.leave(session_of(request))
    return RedirectResponse("/login", status_code=303)


def _own_path(aim: str) -> str:
    """An address to go on to if it is a path of this server; "" for anything else."""
    return aim if aim.startswith("/") and not aim.startswith(("//", "/\\")) and "\\" not in aim else ""
