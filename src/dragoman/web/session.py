"""Who is here: a random session in a cookie, and the token by which a page proves that it is ours.

The token is an HMAC over the session and a nonce of its own, so that no two pages carry the same one (a compressed page
would otherwise tell it bit by bit), and it is worth nothing in another session.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import HTTPException, Request
from starlette.responses import Response

from dragoman.web.bench import workbench

COOKIE = "dragoman_session"
HEADER = "x-dragoman-token"
FIELD = "token"
_LENGTH = 32


def session_of(request: Request) -> str:
    """Return the request's session, a new one where the browser sent none that we could have made."""
    if not hasattr(request.state, "session"):
        sent = request.cookies.get(COOKIE, "")
        known = len(sent) == _LENGTH and all(character in "0123456789abcdef" for character in sent)
        request.state.session = sent if known else secrets.token_hex(_LENGTH // 2)
        request.state.session_is_new = not known
    return str(request.state.session)


def set_cookie(response: Response, session: str, *, secure: bool) -> None:
    """Send the session to the browser; no script can read it and no other site's request carries it."""
    response.set_cookie(COOKIE, session, httponly=True, samesite="lax", secure=secure, path="/")


def make_token(key: bytes, session: str) -> str:
    """Return a fresh token of a session."""
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_sign(key, session, nonce)}"


def is_token(key: bytes, session: str, token: str) -> bool:
    """Say whether a token was made for the session."""
    nonce, _, signature = token.partition(".")
    return hmac.compare_digest(signature.encode(), _sign(key, session, nonce).encode())


def _sign(key: bytes, session: str, nonce: str) -> str:
    return hmac.new(key, f"{session}.{nonce}".encode(), hashlib.sha256).hexdigest()


async def own_page(request: Request) -> None:
    """A dependency of every route that changes something: 403 without a token of the request's own session."""
    token = request.headers.get(HEADER)
    if token is None:
        token = str((await request.form(max_files=500, max_fields=1_000)).get(FIELD, ""))
    if not is_token(workbench(request).key, session_of(request), token):
        await request.close()
        raise HTTPException(403, "This page is older than the server, or of another session: reload it and try again.")
