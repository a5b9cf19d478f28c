"""The record as JSON Lines: the program's public face (docs/record.md), its schema, and the way back.

pydantic reads the dataclasses' own types, so that the lines, the schema and the classes can't drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dragoman.errors import InputError
from dragoman.record.actor import Actor, Mention
from dragoman.record.event import Event
from dragoman.record.history import History, Join
from dragoman.record.relation import Relation
from dragoman.record.statement import Statement
from dragoman.record.text import Article

RECORD_TYPES: dict[str, type[Any]] = {
    "article": Article,
    "actor": Actor,
    "mention": Mention,
    "event": Event,
    "statement": Statement,
    "relation": Relation,
    "join": Join,
}
_RECORD_OF_TYPE = {cls: name for name, cls in RECORD_TYPES.items()}

Record = Article | Actor | Mention | Event | Statement | Relation | Join


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(RECORD_TYPES[kind])


def to_object(record: Record) -> dict[str, Any]:
    """Return the record as plain JSON values, its kind under `record` first."""
    kind = _RECORD_OF_TYPE[type(record)]
    return {"record": kind, **_adapter(kind).dump_python(record, mode="json")}


def to_line(record: Record) -> str:
    """Return the record as one line of JSON without a line break."""
    return json.dumps(to_object(record), ensure_ascii=False, separators=(", ", ": "))


def from_object(value: dict[str, Any]) -> Record:
    """Return the record of a JSON object; `InputError` says which field is wrong."""
    kind = str(value.get("record"))
    if kind not in RECORD_TYPES:
        raise InputError(f"Unknown record kind {kind!r}: use one of {', '.join(RECORD_TYPES)}.")
    try:
        record: Record = _adapter(kind).validate_python({k: v for k, v in value.items() if k != "record"})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(f"The {kind} record {value.get('id')!r} has a wrong {field!r}: {first['msg']}.") from error
    return record


def lines(history: History) -> Iterator[str]:
    """Yield a history's records as JSON lines: articles, actors, mentions, statements, events, relations, joins."""
    groups: tuple[Iterable[Record], ...] = (
        history.articles,
        history.actors,
        history.mentions,
        history.statements,
        history.events,
        history.relations,
        history.joins,
    )
    for group in groups:
        for record in group:
            yield to_line(record)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line."""
    definitions: dict[str, Any] = {}
    options = []
    for kind, cls in RECORD_TYPES.items():
        one = _adapter(kind).json_schema(ref_template="#/$defs/{model}", mode="serialization")
        definitions.update(one.pop("$defs", {}))
        one["properties"] = {"record": {"const": kind}, **one["properties"]}
        one["required"] = ["record", *[name for name in one["properties"] if name != "record"]]
        one["additionalProperties"] = False
        definitions[cls.__name__] = one
        options.append({"$ref": f"#/$defs/{cls.__name__}"})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of Dragoman's record",
        "oneOf": options,
        "$defs": dict(sorted(definitions.items())),
    }


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2))
