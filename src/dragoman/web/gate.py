"""The gate: where a password is asked for, nothing but the log-in and the assets is seen without it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.web.login import Login
from dragoman.web.session import session_of

OPEN_PATHS = ("/login", "/assets/")
_BEARER = "bearer "


class Gate:
    """ASGI middleware that lets in logged-in sessions, and requests that carry the password as a bearer token."""

    def __init__(self, app: ASGIApp, *, login: Login) -> None:
        self._app = app
        self._login = login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on where the password was shown, and refuse it elsewhere."""
        if scope["type"] != "http" or scope["path"].startswith(OPEN_PATHS):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        refusal = await self._refusal(request)
        await (refusal or self._app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        if self._login.is_in(session_of(request)):
            return None
        address = request.client.host if request.client else ""
        given = request.headers.get("authorization", "")
        if given.lower().startswith(_BEARER):
            if await run_in_threadpool(self._login.check, given[len(_BEARER) :].strip(), address):
                return None
            wait = self._login.wait(address)
            if wait:
                return _problem(429, f"Too many wrong passwords: wait {wait} seconds.", {"Retry-After": str(wait)})
        if request.url.path.startswith("/api/"):
            return _problem(401, "This needs the password: send it as a bearer token.", {"WWW-Authenticate": "Bearer"})
        aim = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        place = "/login" + (f"?next={quote(aim, safe='')}" if request.method == "GET" and aim != "/" else "")
        if request.headers.get("hx-request") == "true":
            return Response(status_code=401, headers={"HX-Redirect": "/login"})
        return RedirectResponse(place, status_code=303)


def _problem(status: int, words: str, headers: dict[str, str]) -> Response:
    return JSONResponse({"error": words}, status_code=status, headers=headers)
