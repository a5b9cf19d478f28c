"""An event, an actor, a statement: a page each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from dragoman.run.view.actor import look_at_actor
from dragoman.run.view.article import article_of_statement
from dragoman.run.view.event import look_at_event
from dragoman.web.bench import workbench
from dragoman.web.render import page, path_part

router = APIRouter()


@router.get("/events/{event_id}")
def event(request: Request, event_id: str) -> Response:
    """An event: its reports side by side, the reasons before it, the answers after."""
    return page(request, "event.html.j2", {"view": look_at_event(workbench(request).room, event_id)})


@router.get("/actors/{actor_id}")
def actor(request: Request, actor_id: str, part: int = 1) -> Response:
    """An actor: its spellings and offices, what it did and said, whom it might be one with."""
    return page(
        request, "actor.html.j2", {"view": look_at_actor(workbench(request).room, actor_id, max(1, min(part, 100_000)))}
    )


@router.get("/statements/{statement_id}")
def statement(request: Request, statement_id: str) -> Response:
    """A statement is read where it stands: in its article."""
    article = article_of_statement(workbench(request).room, statement_id)
    place = f"/articles/{path_part(article)}?mark={path_part(statement_id)}#{path_part(statement_id)}"
    return RedirectResponse(place, status_code=303)
