"""The merged record as Parquet: a folder a kind, the columns that are asked for most, and the whole record as JSON."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dragoman.record import Actor, Event, Join, Mention, Relation, Statement
from dragoman.run.cluster.shelf import put_whole
from dragoman.run.merging.rows import Row
from dragoman.run.merging.task import Job
from dragoman.store import codec

MERGED = "merged"
"""The folder of a shelf that holds the merged record."""


def _actor(one: Actor) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "country": one.country,
        "sector": one.sector,
        "key": one.key,
        "names": one.names,
    }


def _event(one: Event) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": one.type,
        "mode": one.mode,
        "actors": one.actors,
        "recipients": one.recipients,
        "start": None if one.when is None else one.when.start,
        "end": None if one.when is None else one.when.end,
        "factuality": one.factuality,
        "score": one.score,
        "object": one.object,
        "sources": one.sources,
        "articles": tuple(dict.fromkeys(span.article for span in one.evidence)),
        "words": one.evidence[0].text,
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "speaker": one.speaker,
        "act": one.act,
        "outcome": one.outcome,
        "about": one.about,
        "article": one.content.article,
        "words": one.content.text,
    }


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "id": one.id,
        "of": one.of,
        "toward": one.toward,
        "dimension": one.dimension,
        "value": one.value,
        "since": one.since,
        "until": one.until,
    }


def _mention(one: Mention) -> dict[str, Any]:
    return {
        "actor": one.actor,
        "article": one.article,
        "start": one.start,
        "end": one.end,
        "words": one.text,
        "how": one.how,
    }


def _join(one: Join) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "one": one.one,
        "other": one.other,
        "joined": one.joined,
        "score": one.score,
        "reasons": one.reasons,
    }


KINDS: Mapping[str, tuple[type[Any], Callable[[Any], dict[str, Any]]]] = MappingProxyType(
    {
        "actor": (Actor, _actor),
        "event": (Event, _event),
        "statement": (Statement, _statement),
        "relation": (Relation, _relation),
        "mention": (Mention, _mention),
        "join": (Join, _join),
    }
)
"""What is published, by kind: the record and its columns."""

_LISTS = frozenset({"names", "actors", "recipients", "articles", "about", "reasons"})
_OFFSETS = frozenset({"start", "end"})


def published(job: Job) -> Iterator[Row]:
    """One file of the merged record, named after its content; the note says where it is and how many records it holds."""
    import pyarrow
    import pyarrow.parquet

    kind = job.task.name.partition(" ")[0]
    record, columns_of = KINDS[kind]
    bodies = [body for _, body in job.rows(kind)]
    rows = [columns_of(codec.unpack(record, body)) for body in bodies]
    columns = {name: pyarrow.array([row[name] for row in rows], _type(pyarrow, kind, name)) for name in rows[0]}
    columns["record"] = pyarrow.array(bodies, pyarrow.string())
    memory = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), memory, compression="zstd")
    data = memory.getvalue()
    path = f"{MERGED}/{kind}s/part-{hashlib.sha256(data).hexdigest()[:16]}.parquet"
    put_whole(job.place, path, data)
    job.notes = {"path": path, "records": len(rows)}
    return iter(())


def _type(arrow: Any, kind: str, column: str) -> Any:
    if column in _LISTS:
        return arrow.list_(arrow.string())
    if column in {"since", "until"} or (column in _OFFSETS and kind == "event"):
        return arrow.date32()
    if column in _OFFSETS or column == "sources":
        return arrow.int64()
    return {"score": arrow.float64(), "joined": arrow.bool_()}.get(column, arrow.string())
