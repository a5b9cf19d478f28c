"""Output: data to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

_PIPED_WIDTH = 100_000
"""Columns of a line that no terminal shows: nothing is wrapped or cut for the next program."""


def emit(lines: Iterable[str]) -> None:
    """Write lines to standard output as UTF-8, whatever the terminal's encoding; a reader who leaves early is no error."""
    try:
        sys.stdout.flush()
        out = sys.stdout.buffer
        for line in lines:
            out.write(line.encode("utf-8") + b"\n")
        out.flush()
    except BrokenPipeError:
        leave_quietly()


def leave_quietly() -> NoReturn:
    """End without a word after the reader of our output has gone: what it wanted, it has."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)


def say(message: str) -> None:
    """Write a line to standard error."""
    print(message, file=sys.stderr, flush=True)


def console() -> Console:
    """The console of standard output: styled on a terminal, plain text elsewhere and never cut to a width there."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)


def error_console() -> Console:
    """The console of standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
