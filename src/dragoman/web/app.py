"""The application: every page by its address, what happens to errors, and the guards around it."""

from __future__ import annotations

import gc
import secrets
import sys
import traceback
from collections.abc import Collection

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from dragoman.errors import DecisionError, DragomanError, InputError, SettingsError, StoreBusyError, UnknownNameError
from dragoman.run.view.room import Room
from dragoman.web.adding import Adding
from dragoman.web.api import PREFIX, create_api
from dragoman.web.assets import serve_asset
from dragoman.web.bench import MOST_BYTES, Workbench
from dragoman.web.gate import Gate
from dragoman.web.guard import LOCAL_NAMES, Guard, TooLongError, too_long_words
from dragoman.web.login import Login
from dragoman.web.pages import add, article, correct, desk, lists, login, pair, records
from dragoman.web.render import page

_PACK_FROM = 600
"""Bytes from which an answer is packed."""

ROUTERS = (
    desk.router,
    article.router,
    correct.router,
    pair.router,
    records.router,
    lists.router,
    add.router,
    login.router,
)

_STATUS: tuple[tuple[type[DragomanError], int], ...] = (
    (UnknownNameError, 404),
    (StoreBusyError, 503),
    (DecisionError, 409),
    (InputError, 422),
    (SettingsError, 422),
)


def create_app(
    room: Room, *, names: Collection[str] = LOCAL_NAMES, any_address: bool = False, password_hash: str | None = None
) -> ASGIApp:
    """Return the workbench of a room.

    `names` are the hosts under which it may be opened, `any_address` lets it be opened by any IP address as well;
    `password_hash` is the argon2 hash of the password that it asks for.
    """
    gate = Login(password_hash=password_hash) if password_hash else None
    inner = FastAPI(title="Dragoman", docs_url=None, redoc_url=None, openapi_url=None)
    inner.state.workbench = Workbench(room=room, adding=Adding(room), key=secrets.token_bytes(32), login=gate)
    inner.router.routes.append(Route("/assets/{name:path}", serve_asset, methods=["GET", "HEAD"]))
    for router in ROUTERS:
        inner.include_router(router)
    inner.mount(PREFIX, create_api(room))
    inner.add_exception_handler(DragomanError, _on_own_error)
    inner.add_exception_handler(StarletteHTTPException, _on_http_error)
    inner.add_exception_handler(RequestValidationError, _on_wrong_request)
    inner.add_exception_handler(TooLongError, _on_too_long)
    inner.add_exception_handler(Exception, _on_fault)
    app: ASGIApp = inner
    if gate is not None:
        app = Gate(app, login=gate)
    app = GZipMiddleware(app, minimum_size=_PACK_FROM)
    return Guard(app, names=names, any_address=any_address, most_bytes=MOST_BYTES)


def settle_memory() -> None:
    """Leave what is loaded out of the collector's rounds: it stays, and to look through it all holds an answer up for 0.1 s.

    To be called once, when the codebook and the libraries are loaded.
    """
    gc.collect()
    gc.freeze()


def _on_own_error(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    return _told(request, str(error), status)


def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    words = error.detail if isinstance(error, HTTPException) else ""
    if error.status_code == 404 and words in ("", "Not Found"):
        words = f"There is no page {request.url.path}: the desk leads to all that there is."
    return _told(request, words or error.detail, error.status_code)


def _on_wrong_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"][1:])
    return _told(request, f"The address has a wrong {field!r}: {first['msg']}.", 422)


def _on_fault(request: Request, error: Exception) -> Response:
    print("".join(traceback.format_exception(error)), file=sys.stderr, flush=True)
    words = f"A fault of the program ({type(error).__name__}): it is told in full where dragoman serve runs. Please report it."
    return _told(request, words, 500)


def _on_too_long(request: Request, _error: Exception) -> Response:
    return _told(request, too_long_words(MOST_BYTES), 413)


def _told(request: Request, words: str, status: int) -> Response:
    response = page(request, "error.html.j2", {"words": words, "status": status}, status)
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response
