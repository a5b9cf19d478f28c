"""The merged record as Parquet: a folder a kind, the columns that are asked for most, and the whole record as JSON."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from dragoman.record import Actor, Event, Join, Mention, Relation, Statement
from dragoman.run.cluster.shelf import put_whole
from dragoman.run.merging.rows import Row, note_of
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

WORKING = "working"
"""The kind of what a store keeps so that one more article changes only what it touches: rows of its tables, as JSON."""


def _band(key: str, told: Any) -> tuple[str, dict[str, Any]]:
    return "band", {"band": key, "article": told[0]}


def _copy(key: str, told: Any) -> tuple[str, dict[str, Any]]:
    return "copy", {"one": min(key, told), "other": max(key, told)}


def _change(key: str, told: Any) -> tuple[str, dict[str, Any]]:
    flags = {"told": int(told["told"]), "hearsay": int(told["hearsay"]), "published": told["published"]}
    return "change", {
        "pair": key,
        "origin": told["origin"],
        "place": told["place"],
        **flags,
        "body": note_of(told["change"]),
    }


def _hope(key: str, told: Any) -> tuple[str, dict[str, Any]]:
    said = date.fromisoformat(told["said"]).toordinal()
    return "hope", {"token": key, "statement": told["statement"], "said": said, "parties": note_of(told["parties"])}


def _deed(key: str, told: Any) -> tuple[str, dict[str, Any]]:
    days = {"low": told["act"]["low"], "high": told["high"]}
    place = {name: date.fromisoformat(day).toordinal() for name, day in days.items()}
    return "mark", {"token": f"deed {key}", "id": f"deed {told['event']['id']}", **place}


def _row(key: str, told: Any) -> tuple[str, dict[str, Any]]:
    return key, told


KEPT: Mapping[str, Callable[[str, Any], tuple[str, dict[str, Any]]]] = MappingProxyType(
    {WORKING: _row, "band": _band, "copy": _copy, "change": _change, "hope": _hope, "deed": _deed}
)
"""Rows between tasks that a store keeps, by kind: the table, and its row."""

_LISTS = frozenset({"names", "actors", "recipients", "articles", "about", "reasons"})
_OFFSETS = frozenset({"start", "end"})


def published(job: Job) -> Iterator[Row]:
    """One file of the merged record, named after its content; the note says where it is and how many records it holds."""
    import pyarrow
    import pyarrow.parquet

    kind = job.task.name.partition(" ")[0]
    if kind in KEPT:
        folder = WORKING
        kept = sorted({(table, note_of(row)) for key, told in job.read(kind) for table, row in [KEPT[kind](key, told)]})
        columns = {
            "table": pyarrow.array([table for table, _ in kept], pyarrow.string()),
            "row": pyarrow.array([row for _, row in kept], pyarrow.string()),
        }
        number = len(kept)
    else:
        folder = f"{kind}s"
        record, columns_of = KINDS[kind]
        bodies = [body for _, body in job.rows(kind)]
        rows = [columns_of(codec.unpack(record, body)) for body in bodies]
        columns = {name: pyarrow.array([row[name] for row in rows], _type(pyarrow, kind, name)) for name in rows[0]}
        columns["record"] = pyarrow.array(bodies, pyarrow.string())
        number = len(rows)
    memory = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), memory, compression="zstd")
    data = memory.getvalue()
    path = f"{MERGED}/{folder}/part-{hashlib.sha256(data).hexdigest()[:16]}.parquet"
    put_whole(job.place, path, data)
    job.notes = {"path": path, "records": number}
    return iter(())


def _type(arrow: Any, kind: str, column: str) -> Any:
    if column in _LISTS:
        return arrow.list_(arrow.string())
    if column in {"since", "until"} or (column in _OFFSETS and kind == "event"):
        return arrow.date32()
    if column in _OFFSETS or column == "sources":
        return arrow.int64()
    return {"score": arrow.float64(), "joined": arrow.bool_()}.get(column, arrow.string())
