"""The application: every command by name, and what happens to errors."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman import __version__
from dragoman.cli import bench, checks, read, records, relation
from dragoman.cli.output import say
from dragoman.errors import DragomanError, SettingsError, UnknownNameError

ALL_READ, SOME_REFUSED, WRONG_CALL = 0, 1, 2
"""The exit statuses: everything went well, something was refused, the call itself was wrong."""

app = typer.Typer(
    name="dragoman",
    help="Reads news about the relations between states and keeps the record: who did what to whom and when, who said "
    "what in which words, and where a relation stood on any day. Every line leads back to its words.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


app.command("read")(read.read)
app.command("brief", no_args_is_help=True)(relation.brief)
app.command("timeline", no_args_is_help=True)(relation.timeline)
app.command("state", no_args_is_help=True)(relation.state)
app.command("actors")(records.actors)
app.command("show", no_args_is_help=True)(records.show)
app.command("search", no_args_is_help=True)(records.search)
app.command("export")(records.export)
app.command("doctor")(checks.doctor)
app.command("demo")(checks.demo)
app.add_typer(checks.codebook_app)
app.command("bench")(bench.bench)


def main() -> None:
    """Run the command line; an error of Dragoman's own is one line on standard error."""
    try:
        app()
    except DragomanError as error:
        say(f"dragoman: {error}")
        sys.exit(WRONG_CALL if isinstance(error, SettingsError | UnknownNameError) else SOME_REFUSED)
