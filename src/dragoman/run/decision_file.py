"""The log of decisions as a file for a colleague: JSON Lines, one decision a line, taken in once however often it comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from dragoman.errors import EvidenceError, InputError
from dragoman.record import Article, Decision, Event
from dragoman.record.actor import ActorKind
from dragoman.record.event import Factuality
from dragoman.record.jsonl import to_object
from dragoman.record.statement import Act
from dragoman.relate import amend
from dragoman.relate.finding import FIELDS, make_event, make_statement
from dragoman.store import Store
from dragoman.store.decisions import add_decisions, decisions, stamp

KINDS = frozenset({"join", "split", "rename", "link", "undo"}) | amend.KINDS
_TEXTS = ("id", "time", "author", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many decisions of a file were new, and how many were here already."""

    new: int
    known: int


def decision_lines(log: Iterable[Decision]) -> Iterator[str]:
    """Yield each decision as one line of JSON, in the order of the log."""
    for one in log:
        yield json.dumps(
            {
                "record": "decision",
                "id": one.id,
                "time": one.time,
                "author": one.author,
                "kind": one.kind,
                "body": one.body,
            },
            ensure_ascii=False,
        )


def import_file(store: Store, path: Path) -> Taken:
    """Add the decisions of a file to the log; those that are there already, by their id, stay as they are.

    `InputError` names the file, the line and the remedy, and nothing is added.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}): mend the path or its rights.") from error
    read = [_decision(path, number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    _check_same(path, read, decisions(store))
    new = add_decisions(store, read)
    return Taken(new=new, known=len(read) - new)


def _decision(path: Path, number: int, line: str) -> Decision:
    where = f"{path}, line {number}"
    try:
        value: Any = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: no JSON ({error}); write one decision a line, as decisions export does.") from error
    if not isinstance(value, Mapping) or value.get("record", "decision") != "decision":
        raise InputError(f"{where}: no decision; write one a line, as decisions export does.")
    for field in _TEXTS:
        if not isinstance(value.get(field), str) or not value[field].strip():
            raise InputError(f"{where}: {field!r} is {value.get(field)!r}; write a text, as decisions export does.")
    if value["kind"] not in KINDS:
        raise InputError(f"{where}: unknown kind {value['kind']!r}; known are {', '.join(sorted(KINDS))}.")
    if not isinstance(value.get("body"), Mapping):
        raise InputError(f"{where}: 'body' is {value.get('body')!r}; write an object, as decisions export does.")
    if value["kind"] in amend.KINDS:
        _check_body(where, value["kind"], value["body"])
    return Decision(
        id=value["id"],
        time=_utc(where, value["time"]),
        author=value["author"],
        kind=value["kind"],
        body=dict(value["body"]),
    )


def _check_body(where: str, kind: str, body: Mapping[str, Any]) -> None:
    """Refuse a decision on findings that could not be carried out: what it is about, where, and each value by its kind."""
    parts = [body] if kind == "furniture" else body.get("findings")
    if not isinstance(parts, list) or not parts or (kind != "furniture" and body.get("about") not in FIELDS):
        raise InputError(f"{where}: a decision to {kind} names no findings; write them as decisions export does.")
    made = body.get("set") if kind == "change" else {}
    try:
        for part in parts:
            if not all(
                isinstance(part[name], str) for name in ("article", "words", *(() if part is body else ("id",)))
            ):
                raise TypeError("a text is wanted")
            if not 0 <= int(part["start"]) < int(part["end"]):
                raise ValueError("no words stand there")
            if kind != "furniture":
                _check_values(str(body["about"]), {**part["values"], **_object(made)}, int(part["end"]))
    except (KeyError, TypeError, ValueError, AttributeError, EvidenceError) as error:
        raise InputError(
            f"{where}: a decision to {kind} can't be read ({error}); write it as decisions export does."
        ) from error


def _check_values(about: str, values: Mapping[str, Any], end: int) -> None:
    """Raise where a finding could not be made of these values; the article they are about need not be here."""
    spans = [values.get(name) for name in ("trigger", "clause", "content", "cue", "speaker_words")]
    spans += [*(values.get("evidence") or ()), *(values.get("continued") or ())]
    furthest = max((int(span[1]) for span in spans if span), default=end)
    phrase = (values.get("when") or {}).get("phrase")
    blank = Article(id="-", source="-", text=" " * max(furthest, end, int(phrase[1]) if phrase else 0))

    def find(reference: Mapping[str, Any]) -> str:
        if not isinstance(reference["name"], str) or reference["kind"] not in get_args(ActorKind):
            raise TypeError("an actor has no name or kind")
        return str(reference["name"])

    record = make_event("-", values, blank, find) if about == "event" else make_statement("-", values, blank, find)
    to_object(record)  # serializes, so that a value of the wrong kind is told
    if isinstance(record, Event):
        if record.factuality not in get_args(Factuality) or not isinstance(record.type, str):
            raise TypeError("the type or factuality is none")
    elif record.act not in get_args(Act):
        raise TypeError("the act is none")


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("what is set is no object")
    return value


def _utc(where: str, time: str) -> str:
    """The time in UTC, in one form, so that times of all logs sort as texts."""
    try:
        when = datetime.fromisoformat(time)
    except ValueError as error:
        raise InputError(f"{where}: {time!r} is no time; write it as 2024-05-01T12:00:00+00:00.") from error
    if when.tzinfo is None:
        raise InputError(f"{where}: {time!r} has no time zone; write it as 2024-05-01T12:00:00+00:00.")
    return stamp(when)


def _check_same(path: Path, read: Sequence[Decision], log: Sequence[Decision]) -> None:
    """Refuse a file in which a decision of the log says something else: a log is only added to."""
    known = {one.id: one for one in log}
    for one in read:
        if known.setdefault(one.id, one) != one:
            raise InputError(
                f"{path}: {one.id} says something else than here; a log is only added to, so export it anew."
            )
