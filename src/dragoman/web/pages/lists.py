"""The lists: pairs, articles, actors, what was foretold, who acts on whom, what needs an eye, what was found."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from dragoman.run.view.foretold import Outcome, look_ahead
from dragoman.run.view.lists import (
    Only,
    list_actors,
    list_articles,
    list_candidates,
    list_contradictions,
    list_pairs,
)
from dragoman.run.view.lists import part as part_of
from dragoman.run.view.network import make_network
from dragoman.run.view.search import search_all
from dragoman.web.bench import workbench
from dragoman.web.pages.pair import parse_day
from dragoman.web.render import page

router = APIRouter()

_FARTHEST = 1_000_000


def _number(value: int) -> int:
    return max(1, min(value, _FARTHEST))


@router.get("/pairs")
def pairs(request: Request, part: int = 1) -> Response:
    """All pairs, the one with the latest change first."""
    return page(request, "pairs.html.j2", {"part": list_pairs(workbench(request).room, _number(part)), "more": {}})


@router.get("/articles")
def articles(request: Request, part: int = 1, only: Only = "") -> Response:
    """All articles, the newest first."""
    found = list_articles(workbench(request).room, _number(part), only)
    return page(request, "articles.html.j2", {"part": found, "only": only, "more": {"only": only} if only else {}})


@router.get("/actors")
def actors(request: Request, part: int = 1, q: str = "") -> Response:
    """All actors, or those whose names hold the words, the most mentioned first."""
    words = q[:200]
    found = list_actors(workbench(request).room, _number(part), words)
    return page(request, "actors.html.j2", {"part": found, "words": words, "more": {"q": words} if words else {}})


@router.get("/forecasts")
def forecasts(request: Request, part: int = 1, outcome: Outcome = "", speaker: str = "") -> Response:
    """What was foretold and intended, and what came of it."""
    room = workbench(request).room
    found = look_ahead(room, _number(part), outcome, speaker)
    more = {name: value for name, value in (("outcome", outcome), ("speaker", speaker)) if value}
    values = {"view": found, "part": found.part, "outcome": outcome, "speaker": found.speaker, "more": more}
    return page(request, "forecasts.html.j2", values)


@router.get("/network")
def network(request: Request, since: str = "", until: str = "") -> Response:
    """Who acts on whom."""
    found = make_network(workbench(request).room, parse_day(since, "since"), parse_day(until, "until"))
    names = {node.key: node.name for node in found.nodes}
    return page(request, "network.html.j2", {"network": found, "names": names, "since": since, "until": until})


@router.get("/network.json")
def network_numbers(request: Request, since: str = "", until: str = "") -> Response:
    """The network as numbers, for the picture."""
    found = make_network(workbench(request).room, parse_day(since, "since"), parse_day(until, "until"))
    nodes = [{"key": one.key, "name": one.name, "events": one.events} for one in found.nodes]
    links = [
        {
            "actor": one.actor,
            "recipient": one.recipient,
            "events": one.events,
            "conflict": one.conflict,
            "cooperation": one.cooperation,
            "mean": one.mean,
        }
        for one in found.links
    ]
    return JSONResponse({"nodes": nodes, "links": links})


@router.get("/candidates")
def candidates(request: Request, part: int = 1) -> Response:
    """Records that might be one, for a person to decide."""
    found = list_candidates(workbench(request).room, _number(part))
    return page(request, "candidates.html.j2", {"part": found, "more": {}})


@router.get("/disputed")
def disputed(request: Request, part: int = 1) -> Response:
    """States that reports contradict each other on."""
    found = list_contradictions(workbench(request).room, _number(part))
    return page(request, "disputed.html.j2", {"part": found, "more": {}})


@router.get("/refused")
def refused(request: Request, part: int = 1) -> Response:
    """Inputs that were not read, each with its reason."""
    found = part_of(workbench(request).room.store.refusals(), _number(part))
    return page(request, "refused.html.j2", {"part": found, "more": {}})


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """Actors, statements and articles that hold the words, in any script."""
    return page(request, "search.html.j2", {"found": search_all(workbench(request).room, q), "query": q[:300]})
