"""The desk, the lists that it leads to, and the help sheet."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.run.view.desk import make_desk
from dragoman.web.bench import workbench
from dragoman.web.render import page

router = APIRouter()


@router.get("/")
def desk(request: Request) -> Response:
    """What is new between whom, what needs an eye, and what was read last."""
    return page(request, "desk.html.j2", {"desk": make_desk(workbench(request).room)})
