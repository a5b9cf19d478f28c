"""The HTTP interface under `/api/v1`: the records of docs/record.md, a page at a time, with ETags, described by OpenAPI.

An ETag stands for the state of the store, the program and the address asked for: while none of them changes, the answer is
304 and nothing is looked up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy import ColumnElement, Table, and_, or_, select
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman import __version__
from dragoman.errors import DragomanError, InputError, StoreBusyError, UnknownNameError
from dragoman.export.page import render
from dragoman.record import Actor, Article, Event, Join, Mention, Relation, Statement
from dragoman.record.jsonl import Record, schema, to_object
from dragoman.run.history import program_digest
from dragoman.run.view.pair import look_at_pair
from dragoman.run.view.room import Room
from dragoman.run.view.search import search_all
from dragoman.store import slices, tables
from dragoman.store.parts import load_pages, unpack_all

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
    request: Request,
    table: Table,
    kind: type[Any],
    conditions: Sequence[ColumnElement[bool] | None],
    after: str,
    limit: int,
    tag: str,
) -> Response:
    """One page of the records of a table, sorted by id, that meet all conditions."""
    met = [one for one in conditions if one is not None]
    with _room(request).reading() as connection:
        rows = slices.after(connection, table, and_(*met) if met else None, after, limit + 1)
    records = unpack_all(kind, rows[:limit])
    if kind is Statement:
        records = _room(request).completed(records)
    return _listed(request, records, rows[limit - 1].id if len(rows) > limit else None, tag)


def _listed(request: Request, records: Sequence[Record], last: str | None, tag: str) -> Response:
    """A page of records, and where it goes on behind the `last`."""
    following = None
    if last is not None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        following = f"{PREFIX}{_own_path(request)}?{urlencode([*kept, ('after', last)])}"
    links = f'<{following}>; rel="next"' if following else ""
    return _answer({"records": [to_object(record) for record in records], "next": following}, tag, links)


def _is(column: Any, value: Any) -> ColumnElement[bool] | None:
    return column == value if value else None


def _own_path(request: Request) -> str:
    return request.url.path.removeprefix(PREFIX)


def _one(room: Room, table: Table, kind: type[Any], record_id: str, tag: str) -> Response:
    with room.reading() as connection:
        found = slices.of_column(connection, kind, table, "id", [record_id])
    if not found:
        name = table.name
        raise UnknownNameError(f"No {name} {record_id!r}: ids are those of this interface and of dragoman export.")
    record: Record = room.completed([found[0]])[0] if kind is Statement else found[0]
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


def _add_records(api: FastAPI) -> None:
    _add_articles(api)
    _add_events(api)

    @api.get("/actors", **_many("Actor"), summary="Who acts and speaks")
    def actors(
        request: Request,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        country: Text = "",
        kind: Text = "",
        name: Text = "",
    ) -> Response:
        table = tables.actor
        conditions = [_is(table.c.country, country), _is(table.c.kind, kind)]
        conditions += [table.c.name.icontains(word, autoescape=True) for word in name.split()]
        return _page(request, table, Actor, conditions, after, limit, tag)

    @api.get("/actors/{actor_id}", **_of("Actor", "The actor."), summary="An actor")
    def actor(actor_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _one(room, tables.actor, Actor, actor_id, tag)

    @api.get("/statements", **_many("Statement"), summary="Who said what")
    def statements(
        request: Request,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        speaker: Text = "",
        act: Text = "",
        outcome: Text = "",
        article: Text = "",
    ) -> Response:
        table = tables.statement
        asked = ((table.c.speaker, speaker), (table.c.act, act), (table.c.outcome, outcome), (table.c.article, article))
        return _page(request, table, Statement, [_is(*one) for one in asked], after, limit, tag)

    @api.get("/statements/{statement_id}", **_of("Statement", "The statement."), summary="A statement")
    def statement(statement_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _one(room, tables.statement, Statement, statement_id, tag)

    @api.get("/relations", **_many("Relation"), summary="Where relations stand and stood")
    def relations(
        request: Request,
        tag: Tag,
        after: After = "",
        limit: Limit = LIMIT,
        of: Text = "",
        toward: Text = "",
        dimension: Text = "",
        on: Day = None,
    ) -> Response:
        table = tables.relation
        conditions = [_is(table.c.of, of), _is(table.c.toward, toward), _is(table.c.dimension, dimension)]
        if on is not None:
            conditions.append(or_(table.c.since.is_(None), table.c.since <= on))
            conditions.append(or_(table.c.until.is_(None), table.c.until > on))
        return _page(request, table, Relation, conditions, after, limit, tag)

    @api.get("/relations/{relation_id}", **_of("Relation", "The state."), summary="A state of a relation")
    def relation(relation_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _one(room, tables.relation, Relation, relation_id, tag)

    @api.get("/joins", **_many("Join"), summary="What was taken for one, or might be, and why")
    def joins(
        request: Request, room: TheRoom, tag: Tag, after: After = "", limit: Limit = LIMIT, joined: bool | None = None
    ) -> Response:
        table = tables.joining.c
        last = int(after) if after.isdecimal() and len(after) < 19 else 0
        statement = select(table.number, table.body).where(table.number > last)
        if joined is not None:
            statement = statement.where(table.joined == int(joined))
        with room.reading() as connection:
            rows = connection.execute(statement.order_by(table.number).limit(limit + 1)).all()
        return _listed(
            request, unpack_all(Join, rows[:limit]), str(rows[limit - 1].number) if len(rows) > limit else None, tag
        )


def _add_articles(api: FastAPI) -> None:
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
        table = tables.article.c
        statement = select(table.id).where(table.id > after)
        if published_from is not None:
            statement = statement.where(table.published >= published_from)
        if published_until is not None:
            statement = statement.where(table.published <= published_until)
        with room.reading() as connection:
            ids = list(connection.execute(statement.order_by(table.id).limit(limit + 1)).scalars())
            pages = load_pages(connection, ids[:limit])
        found = [pages[one] for one in ids[:limit]]
        return _listed(request, found, ids[limit - 1] if len(ids) > limit else None, tag)

    @api.get("/articles/{article_id}", **_of("Article", "The article."), summary="An article")
    def article(article_id: Id, room: TheRoom, tag: Tag) -> Response:
        return _answer(to_object(_the_article(room, article_id)), tag)

    @api.get("/articles/{article_id}/mentions", **_many("Mention"), summary="Where an article means which actor")
    def mentions(
        article_id: Id, request: Request, room: TheRoom, tag: Tag, after: After = "", limit: Limit = LIMIT
    ) -> Response:
        _the_article(room, article_id)
        with room.reading() as connection:
            every = slices.of_column(connection, Mention, tables.mention, "article", [article_id])

        def key(one: Mention) -> str:
            return f"{one.start:08}-{one.end:08}-{one.actor}"

        found = sorted((one for one in every if key(one) > after), key=key)
        return _listed(request, found[:limit], key(found[limit - 1]) if len(found) > limit else None, tag)


def _the_article(room: Room, article_id: str) -> Article:
    with room.reading() as connection:
        found = load_pages(connection, [article_id])
    if article_id not in found:
        raise UnknownNameError(f"No article {article_id!r}: ids are those of this interface and of dragoman export.")
    return found[article_id]


def _add_events(api: FastAPI) -> None:
    @api.get("/events", **_many("Event"), summary="What happened, is to happen, might or did not")
    def events(
        request: Request,
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
        asked = slices.EventsAsked(
            type=type, factuality=factuality, actor=actor, article=article, since=since, until=until
        )
        with _room(request).reading() as connection:
            rows = slices.events_after(connection, asked, after, limit + 1)
        found = unpack_all(Event, rows[:limit])
        return _listed(request, found, found[-1].id if len(rows) > limit else None, tag)

    @api.get("/events/{event_id}", **_of("Event", "The event; a report's id leads to it too."), summary="An event")
    def event(event_id: Id, room: TheRoom, tag: Tag) -> Response:
        with room.reading() as connection:
            joined = connection.execute(select(tables.report.c.event).where(tables.report.c.id == event_id)).scalar()
        return _one(room, tables.event, Event, joined or event_id, tag)


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
        with room.reading() as connection:
            ids = [one.id for one in found.statements]
            records = slices.of_column(connection, Statement, tables.statement, "id", ids)
        told = {one.id: one for one in room.completed(records)}
        return _answer(
            {
                "actors": [to_object(one) for one in found.actors],
                "articles": [to_object(hit.article) for hit in found.articles],
                "statements": [to_object(told[one.id]) for one in found.statements],
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
