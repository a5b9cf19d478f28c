"""`--log json`: what a run says on standard error as one JSON object a line, for programs that collect logs."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.run.watching import Batch

_FIELDS = "dragoman_fields"
_DIGITS = 3
"""Digits of seconds: a batch takes tenths of them."""


class JsonFormatter(logging.Formatter):
    """A record as `{"time", "level", "event", ...}`, the time in UTC; everything but ASCII is escaped, so a line is a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: Mapping[str, Any] = getattr(record, _FIELDS, {})
        return json.dumps({"time": time, "level": record.levelname.lower(), "event": record.getMessage(), **fields})


class JsonLog:
    """The structured log of one run on standard error."""

    def __init__(self, name: str = "dragoman.read") -> None:
        """Begin the log of a run by the name of its logger."""
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        self._log = logging.Logger(name, logging.INFO)  # its own, so that nothing global is set up
        self._log.addHandler(handler)

    def batch(self, batch: Batch) -> None:
        """Log what a batch of inputs came to."""
        self._info("batch", **{**asdict(batch), "seconds": round(batch.seconds, _DIGITS)})

    def refused(self, source: str, reason: str) -> None:
        """Log an input that was refused."""
        self._log.warning("refused", extra={_FIELDS: {"source": source, "reason": reason}})

    def stage(self, name: str, **counts: int) -> None:
        """Log that a stage begins, with how many tasks it has and how many of them were done before."""
        self._info("stage", name=name, **counts)

    def finished(self, **counts: object) -> None:
        """Log the end of the run."""
        self._info("finished", **counts)

    def _info(self, event: str, **fields: object) -> None:
        self._log.info(event, extra={_FIELDS: fields})
