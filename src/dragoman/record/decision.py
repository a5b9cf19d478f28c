"""What a person decided about the record: kept for ever, applied each time the history is joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the append-only log.

    `time` is ISO 8601 in UTC, to the second; `author` who decided; `kind` what it does ("join", "split", "rename", "link",
    "undo"); `body` its particulars as plain JSON values (`relate.decide` says which), naming things by what stays when
    articles are read anew: codebook keys, names, the records of single articles, the words of reports.
    """

    id: str
    time: str
    author: str
    kind: str
    body: Mapping[str, Any]
