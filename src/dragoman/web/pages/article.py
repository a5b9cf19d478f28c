"""An article: its text with the marks, and beside it why the selected one is there."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.run.view.article import LAYERS, read_article
from dragoman.web.bench import workbench
from dragoman.web.pages.correct import author, standing_values
from dragoman.web.pages.marks import mark_classes
from dragoman.web.render import is_part, page

router = APIRouter()

_WORDS = re.compile(r"(\d{1,9})-(\d{1,9})")


@router.get("/articles/{article_id}")
def article(request: Request, article_id: str, mark: str = "", words: str = "") -> Response:
    """The text as it was with what was read from it; `mark` is explained, the `words` (from-to) are shown as sought."""
    room = workbench(request).room
    asked = _WORDS.fullmatch(words)
    sought = (int(asked[1]), int(asked[2])) if asked and int(asked[1]) < int(asked[2]) else None
    reading = read_article(room, article_id, sought)
    values = {"reading": reading, "chosen": None, "layers": LAYERS, "classes": mark_classes, "author": author(request)}
    if mark:
        values |= standing_values(request, article_id, mark)
    return page(request, "article.html.j2", values)


@router.get("/articles/{article_id}/marks/{mark_id}")
def mark(request: Request, article_id: str, mark_id: str) -> Response:
    """Why a mark is there: the part of the page beside the text, or for a browser without scripts the whole page."""
    if not is_part(request):
        return article(request, article_id, mark_id)
    return page(request, "mark_part.html.j2", standing_values(request, article_id, mark_id))
