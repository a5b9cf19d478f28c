"""Pages from templates: everything is escaped, an unknown name is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from dragoman.record import Span
from dragoman.relate.wording import count_words, day_words, when_words
from dragoman.web.assets import asset_url
from dragoman.web.bench import workbench
from dragoman.web.session import FIELD, make_token, session_of, set_cookie


@cache
def environment() -> Environment:
    """Return the environment of the templates."""
    found = Environment(
        # the dossier's own drawing stands where a browser runs no scripts
        loader=ChoiceLoader([PackageLoader("dragoman.web"), PackageLoader("dragoman.export")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(asset=asset_url, pair_url=pair_url, words_url=words_url, token_field=FIELD)
    found.filters.update(
        day=day_words, when=when_words, count=count_words, path=path_part, feeling=feeling, query=urlencode
    )
    return found


def page(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Return a page, or the part of one, with the session's cookie and a token for its forms."""
    bench = workbench(request)
    session = session_of(request)
    shared = {
        "request_path": request.url.path,
        "token": make_token(bench.key, session),
        "asks_password": bench.login is not None,
    }
    response = HTMLResponse(environment().get_template(template).render({**shared, **values}), status_code=status)
    if request.state.session_is_new:
        set_cookie(response, session, secure=request.url.scheme == "https")
    return response


def is_part(request: Request) -> bool:
    """Say whether htmx asks for a part of a page, not for a page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


def path_part(value: str) -> str:
    """Return a value as one part of an address."""
    return quote(value, safe="")


def pair_url(one: str, other: str) -> str:
    """Return the address of a pair of sides, by keys or ids."""
    return f"/pairs/{path_part(one)}/{path_part(other)}"


def words_url(span: Span) -> str:
    """Return the address of the words of a span in their article."""
    return f"/articles/{path_part(span.article)}?words={span.start}-{span.end}#words"


def feeling(score: float) -> str:
    """Return the class of a score on the conflict-cooperation scale."""
    return "conflict" if score < 0 else "cooperation" if score > 0 else "neutral"
