"""What a person decided about the record: kept for ever, applied each time the history is joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["accepted", "corrected", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a person did with an event or statement: `verdict`, and the `fields` that were corrected.

    `by` who, `time` when (ISO 8601 in UTC), `decision` the id of the log's line.
    """

    by: str
    time: str
    verdict: Verdict
    fields: tuple[str, ...] = ()
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the append-only log.

    `time` is ISO 8601 in UTC; `author` who decided; `kind` what it does ("join", "split", "rename", "link", "accept",
    "reject", "change", "add", "furniture", "undo"); `body` its particulars as plain JSON values (`relate.decide` and
    `relate.amend` say which), naming things by what stays when articles are read anew: codebook keys, names, the records of
    single articles, the words of reports.
    """

    id: str
    time: str
    author: str
    kind: str
    body: Mapping[str, Any]
