"""The workbench as a value: the room that it looks into, and how it was started."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from fastapi import Request

from dragoman.run.view.room import Room

if TYPE_CHECKING:
    from dragoman.web.adding import Adding
    from dragoman.web.login import Login

MOST_BYTES = 64_000_000
"""Bytes of a request: a dropped folder of some hundred articles; one article has at most 16 MB (`ingest.inputs`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What the pages share. `key` signs tokens and lives as long as the server; `login` is None where no password is asked."""

    room: Room
    adding: Adding
    key: bytes = field(repr=False)
    login: Login | None = None


def workbench(request: Request) -> Workbench:
    """Return the workbench that serves a request."""
    return cast(Workbench, request.app.state.workbench)
