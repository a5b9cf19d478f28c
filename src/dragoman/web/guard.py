"""The door: which requests are let in at all, and the headers that every answer carries.

- The Host header must name this server, so that a page of elsewhere can't reach it under a name of its own (DNS rebinding).
- A body must not be longer than the bound, whatever its length is said to be.
- A request that changes something must come from our own pages: its Origin, where the browser sends one, is ours.
- Every answer forbids scripts, styles, frames and connections but our own.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

PLOT_STYLE = "sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww="
"""The one style that Observable Plot writes into every picture, known by its digest; a test compares it with the script."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' '{PLOT_STYLE}'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No inline script, no inline style, nothing from anywhere else. `blob:` pictures are those that a reader saves as PNG."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class TooLongError(Exception):
    """A body went on beyond the bound: the application answers it with 413."""


def host_of(header: str) -> str:
    """Return the name or address in a Host header, without its port and brackets, in lower case."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.rpartition(":")[0].lower() if header.count(":") == 1 else header.lower()


def is_known_host(header: str, names: Collection[str], *, any_address: bool) -> bool:
    """Say whether a Host header names this server; with `any_address` by whatever IP address (rebinding needs a name)."""
    host = host_of(header)
    if host in names:
        return True
    if not any_address:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def too_long_words(most: int) -> str:
    """Return what is said of a body beyond the bound."""
    return f"The request is longer than {most // 1_000_000} MB: send fewer or smaller files at once."


class Guard:
    """ASGI middleware that lets in what may come in, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, *, names: Collection[str], any_address: bool, most_bytes: int) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)
        self._any_address = any_address
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on with a bound on its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send_guarded)
            return
        taken = 0

        async def receive_bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise TooLongError
            return message

        await self._app(scope, receive_bounded, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not is_known_host(host, self._names, any_address=self._any_address):
            return PlainTextResponse(
                f"This server is not called {host_of(host)!r}: open it by its own address, or start it with --name.",
                status_code=421,
            )
        if scope["method"] not in SAFE_METHODS and not _is_own(headers, host):
            return PlainTextResponse(
                "This request came from another site's page: open the workbench and do it there.", status_code=403
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._most:
            return PlainTextResponse(too_long_words(self._most), status_code=413)
        return None


def _is_own(headers: Headers, host: str) -> bool:
    """Say whether a request was sent by a page of this server, as far as the browser tells."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return False
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
