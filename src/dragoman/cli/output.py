"""Output: data to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_PIPED_WIDTH = 100_000
"""Columns of a line that no terminal shows: nothing is wrapped or cut for the next program."""

_VISIBLE = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_VISIBLE |= {0x7F: "\u2421"} | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
"""Control characters as pictures of themselves: an article must not steer the terminal that it is shown on."""


def visible(text: str) -> str:
    """Return a text with its control characters, line breaks and tabs apart, as pictures of themselves."""
    return text.translate(_VISIBLE)


def told(text: str, style: str = "") -> Text:
    """Return words for a console, their control characters made visible."""
    from rich.text import Text

    return Text(visible(text), style=style)


def emit(lines: Iterable[str]) -> None:
    """Write lines to standard output as UTF-8, whatever the terminal's encoding; a reader who leaves early is no error.

    On a terminal, control characters are made visible; a file or another program gets the lines as they are.
    """
    watched = sys.stdout.isatty()
    try:
        sys.stdout.flush()
        out = sys.stdout.buffer
        for line in lines:
            out.write((visible(line) if watched else line).encode("utf-8") + b"\n")
        out.flush()
    except BrokenPipeError:
        leave_quietly()


def leave_quietly() -> NoReturn:
    """End without a word after the reader of our output has gone: what it wanted, it has."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)


def say(message: str) -> None:
    """Write a line to standard error."""
    print(visible(message), file=sys.stderr, flush=True)


def console() -> Console:
    """The console of standard output: styled on a terminal, plain text elsewhere and never cut to a width there."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)


def error_console() -> Console:
    """The console of standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
