"""What a person decided about the record: kept for ever, applied each time the history is joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the append-only log.

    `time` is ISO 8601 in UTC, to the second; `author` who decided; `kind` what it is about ("join", "split", "type", ...);
    `body` its particulars as plain JSON values, naming records by id and words by span.
    """

    id: str
    time: str
    author: str
    kind: str
    body: Mapping[str, Any]
