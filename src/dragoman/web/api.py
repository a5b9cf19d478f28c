"""The HTTP interface under `/api/v1`: the records of docs/record.md, a page at a time, with ETags, described by OpenAPI.

An ETag stands for the state of the store, the program and the address asked for: while none of them changes, the answer is
304 and nothing is looked up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman import __version__
from dragoman.errors import DragomanError, InputError, StoreBusyError, UnknownNameError
from dragoman.export.page import render
from dragoman.record import Actor, Article, Event, Join, Mention, Relation, Statement
from dragoman.record.jsonl import Record, schema, to_object
from dragoman.run.history import program_digest
from dragoman.run.view.index import Index
from dragoman.run.view.pair import look_at_pair
from dragoman.run.view.room import Room
from dragoman.run.view.search import search_all

LIMIT, MOST = 50, 200
"""Records of one answer: unless asked otherwise, and at most."""

PREFIX = "/api/v1"

Id = Annotated[str, Path(min_length=1, max_length=100, description="A record's id.")]
After = Annotated[
    str, Query(max_length=100, description="The id behind which to go on: the last one of the answer before.")
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="The most records to answer with.")]
Text = Annotated[str, Query(max_length=300)]
Day = Annotated[date | None, Query(description="A day, as 2023-04-21.")]
Party = Annotated[
    str,
    Path(
        min_length=1,
        max_length=200,
        description="A state or body: its code, its name in any common language, or its id.",
    ),
]

_PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing has changed since the ETag that was sent."},
    404: {"description": "There is no such record.", "content": _PROBLEM},
    422: {"description": "A value of the address is wrong: which, and what to write.", "content": _PROBLEM},
    503: {"description": "The store is held by another process: try again.", "content": _PROBLEM},
}


class _UnchangedError(Exception):
    """What the caller has is what it would get."""


def create_api(room: Room) -> FastAPI:
    """Return the interface of a room, to be mounted at `PREFIX`."""
    api = FastAPI(
        title="Dragoman",
        version=__version__,
        description="The record: who did what to whom and when, who said what, and where a relation stood. Read only.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        root_path_in_servers=False,
        responses=_ERRORS,
    )
    api.state.room = room
    _add_records(api)
    _add_answers(api)
    described = api.openapi

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = _completed(described())
        return api.openapi_schema

    api.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to complete a description
    api.add_exception_handler(_UnchangedError, _on_unchanged)
    api.add_exception_handler(DragomanError, _on_own_error)
    api.add_exception_handler(HTTPException, _on_http_error)
    api.add_exception_handler(RequestValidationError, _on_wrong_request)
    return api


def _tag(request: Request) -> str:
    """The ETag of an answer to a request; `_UnchangedError` where the caller has that one."""
    room: Room = request.app.state.room
    parts = (room.revision, program_digest(), request.url.path, request.url.query)
    tag = f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
    sent = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    request.state.tag = tag
    if tag in sent or "*" in sent:
        raise _UnchangedError
    return tag


Tag = Annotated[str, Depends(_tag)]


def _room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


TheRoom = Annotated[Room, Depends(_room)]


def _answer(value: Any, tag: str, links: str = "") -> Response:
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    return JSONResponse(value, headers={**headers, **({"Link": links} if links else {})})


def _page(
    request: Request, records: Iterable[Record], key: Callable[[Any], str], after: str, limit: int, tag: str
) -> Response:
    """One page of some records, sorted by a key that tells each from every other."""
    found = sorted((record for record in records if key(record) > after), key=key)
    shown = found[:limit]
    following = None
    if len(found) > limit:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        following = f"{PREFIX}{_own_path(request)}?{urlencode([*kept, ('after', key(shown[-1]))])}"
    links = f'<{following}>; rel="next"' if following else ""
    return _answer({"records": [to_object(record) for record in shown], "next": following}, tag, links)


def _own_path(request: Request) -> str:
    return request.url.path.removeprefix(PREFIX)


def _one(record: Record | None, kind: str, record_id: str, tag: str) -> Response:
    if record is None:
        raise UnknownNameError(f"No {kind} {record_id!r}: ids are those of this interface and of dragoman export.")
    return _answer(to_object(record), tag)


def _of(kind: str, words: str) -> Any:
    """What OpenAPI says of an answer with one record."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{kind}"}}}
    return {"responses": {200: {"description": words, "content": content}, **_ERRORS}}


def _many(kind: str) -> Any:
    """What OpenAPI says of an answer with a page of records."""
    listed = {
        "type": "object",
        "required": ["records", "next"],
        "additionalProperties": False,
        "properties": {
            "records": {"type": "array", "maxItems": MOST, "items": {"$ref": f"#/components/schemas/{kind}"}},
            "next": {"type": ["string", "null"], "description": "The address of the next page, null on the last."},
        },
    }
    content = {"application/json": {"schema": listed}}
    return {"responses": {200: {"description": "A page of records, sorted by id.", "content": content}, **_ERRORS}}


def _id(record: Article | Actor | Event | Statement | Relation) -> str:
    return record.id


def _add_records(api: FastAPI) -> None:
    @api.get("/articles", **_many("Article"), summary="The articles")
    def articles(
        request: Request,
        room: TheRoom,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        published_from: Day = None,
        published_until: Day = None,
    ) -> Response:
        found = (
            one
            for one in room.index().history.articles
            if (published_from is None or (one.published is not None and one.published >= published_from))
            and (published_until is None or (one.published is not None and one.published <= published_until))
        )
        return _page(request, found, _id, after, limit, tag)

    @api.get("/articles/{article_id}", **_of("Article", "The article."), summary="An article")
    def article(article_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _one(room.index().articles.get(article_id), "article", article_id, tag)

    @api.get("/articles/{article_id}/mentions", **_many("Mention"), summary="Where an article means which actor")
    def mentions(
        article_id: Id, request: Request, room: TheRoom, tag: Tag, after: After = "", limit: Limit = LIMIT
    ) -> Response:
        index = room.index()
        if article_id not in index.articles:
            raise UnknownNameError(
                f"No article {article_id!r}: ids are those of this interface and of dragoman export."
            )

        def key(one: Mention) -> str:
            return f"{one.start:08}-{one.end:08}-{one.actor}"

        return _page(request, index.mentions_in.get(article_id, ()), key, after, limit, tag)

    @api.get("/actors", **_many("Actor"), summary="Who acts and speaks")
    def actors(
        request: Request,
        room: TheRoom,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        country: Text = "",
        kind: Text = "",
        name: Text = "",
    ) -> Response:
        words = name.casefold().split()
        found = (
            one
            for one in room.index().history.actors
            if (not country or one.country == country)
            and (not kind or one.kind == kind)
            and all(any(word in each.casefold() for each in (one.name, *one.names)) for word in words)
        )
        return _page(request, found, _id, after, limit, tag)

    @api.get("/actors/{actor_id}", **_of("Actor", "The actor."), summary="An actor")
    def actor(actor_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _one(room.index().actors.get(actor_id), "actor", actor_id, tag)

    @api.get("/events", **_many("Event"), summary="What happened, is to happen, might or did not")
    def events(
        request: Request,
        room: TheRoom,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        type: Text = "",  # noqa: A002  # the record's own name for it
        factuality: Text = "",
        actor: Text = "",
        article: Text = "",
        since: Day = None,
        until: Day = None,
    ) -> Response:
        index = room.index()
        found = (
            one
            for one in _events(index, actor, article)
            if (not type or one.type == type)
            and (not factuality or one.factuality == factuality)
            and _within(one, since, until)
        )
        return _page(request, found, _id, after, limit, tag)

    @api.get("/events/{event_id}", **_of("Event", "The event; a report's id leads to it too."), summary="An event")
    def event(event_id: Id, room: TheRoom, tag: Tag) -> Response:
        index = room.index()
        return _one(index.events.get(index.event_of.get(event_id, "")), "event", event_id, tag)

    @api.get("/statements", **_many("Statement"), summary="Who said what")
    def statements(
        request: Request,
        room: TheRoom,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        speaker: Text = "",
        act: Text = "",
        outcome: Text = "",
        article: Text = "",
    ) -> Response:
        index = room.index()
        some = index.statements_in.get(article, ()) if article else index.history.statements
        found = (
            one
            for one in some
            if (not speaker or one.speaker == speaker)
            and (not act or one.act == act)
            and (not outcome or one.outcome == outcome)
        )
        return _page(request, found, _id, after, limit, tag)

    @api.get("/statements/{statement_id}", **_of("Statement", "The statement."), summary="A statement")
    def statement(statement_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _one(room.index().statements.get(statement_id), "statement", statement_id, tag)

    @api.get("/relations", **_many("Relation"), summary="Where relations stand and stood")
    def relations(
        request: Request,
        room: TheRoom,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        of: Text = "",
        toward: Text = "",
        dimension: Text = "",
        on: Day = None,
    ) -> Response:
        found = (
            one
            for one in room.index().history.relations
            if (not of or one.of == of)
            and (not toward or one.toward == toward)
            and (not dimension or one.dimension == dimension)
            and (on is None or ((one.since is None or one.since <= on) and (one.until is None or one.until > on)))
        )
        return _page(request, found, _id, after, limit, tag)

    @api.get("/relations/{relation_id}", **_of("Relation", "The state."), summary="A state of a relation")
    def relation(relation_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _one(room.index().relations.get(relation_id), "relation", relation_id, tag)

    @api.get("/joins", **_many("Join"), summary="What was taken for one, or might be, and why")
    def joins(
        request: Request, room: TheRoom, tag: Tag, after: After = "", limit: Limit = LIMIT, joined: bool | None = None
    ) -> Response:
        def key(one: Join) -> str:
            return f"{one.kind} {one.one} {one.other}"

        found = (one for one in room.index().history.joins if joined is None or one.joined == joined)
        return _page(request, found, key, after, limit, tag)


def _events(index: Index, actor: str, article: str) -> tuple[Event, ...]:
    if article:
        return tuple(
            one for one in index.events_in.get(article, ()) if not actor or actor in (*one.actors, *one.recipients)
        )
    return index.events_of.get(actor, ()) if actor else index.history.events


def _within(event: Event, since: date | None, until: date | None) -> bool:
    """Say whether some day on which an event may have happened lies between two days, both inclusive."""
    if since is None and until is None:
        return True
    if event.when is None:
        return False
    first, last = event.when.start, event.when.end
    return not (since is not None and last is not None and last < since) and not (
        until is not None and first is not None and first > until
    )


_DOSSIER: Any = {
    "responses": {
        200: {
            "description": "The dossier, as `dragoman brief --format json` prints it.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **_ERRORS,
    }
}
_FOUND: Any = {
    "responses": {
        200: {
            "description": "What holds the words, best first.",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["actors", "articles", "statements"],
                        "properties": {
                            "actors": {"type": "array", "items": {"$ref": "#/components/schemas/Actor"}},
                            "articles": {"type": "array", "items": {"$ref": "#/components/schemas/Article"}},
                            "statements": {"type": "array", "items": {"$ref": "#/components/schemas/Statement"}},
                        },
                    }
                }
            },
        },
        **_ERRORS,
    }
}


def _add_answers(api: FastAPI) -> None:
    @api.get("/pairs/{one}/{other}", **_DOSSIER, summary="The dossier of a pair")
    def pair(one: Party, other: Party, room: TheRoom, tag: Tag, as_of: Day = None, known_on: Day = None) -> Response:
        found = look_at_pair(room, one, other, as_of=as_of, known_on=known_on)
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        return Response(render(found.dossier, "json"), media_type="application/json", headers=headers)

    @api.get("/search", **_FOUND, summary="Actors, articles and statements by words, in any script")
    def search(room: TheRoom, tag: Tag, q: Annotated[str, Query(min_length=1, max_length=300)]) -> Response:
        found = search_all(room, q)
        index = room.index()
        return _answer(
            {
                "actors": [to_object(one) for one in found.actors],
                "articles": [to_object(hit.article) for hit in found.articles],
                "statements": [to_object(index.statements[one.id]) for one in found.statements],
            },
            tag,
        )


def _completed(described: dict[str, Any]) -> dict[str, Any]:
    """The description with the records' schemas, which are those of the record's own JSON Schema."""
    definitions = _moved(schema()["$defs"])
    problem = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
    components = described.setdefault("components", {})
    components["schemas"] = dict(sorted({**definitions, "Problem": problem}.items()))
    return {**described, "servers": [{"url": PREFIX}]}


def _moved(value: Any) -> Any:
    """A schema with its references led to where OpenAPI keeps schemas."""
    if isinstance(value, dict):
        return {
            name: inner.replace("#/$defs/", "#/components/schemas/") if name == "$ref" else _moved(inner)
            for name, inner in value.items()
        }
    return [_moved(inner) for inner in value] if isinstance(value, list) else value


def _problem(words: str, status: int) -> Response:
    return JSONResponse({"error": words}, status_code=status)


def _on_unchanged(request: Request, _error: Exception) -> Response:
    return Response(status_code=304, headers={"ETag": request.state.tag, "Cache-Control": "private, no-cache"})


def _on_own_error(_request: Request, error: Exception) -> Response:
    kinds = ((UnknownNameError, 404), (StoreBusyError, 503), (InputError, 422))
    return _problem(str(error), next((status for kind, status in kinds if isinstance(error, kind)), 500))


def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = error.detail if error.status_code != 404 else f"There is no {request.url.path}: see {PREFIX}/openapi.json."
    answer = _problem(words, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _on_wrong_request(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _problem(f"{'.'.join(str(part) for part in first['loc'][1:])}: {first['msg']}.", 422)
