"""The application: every command by name, and what happens to errors."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman import __version__
from dragoman.cli import (
    bench,
    checks,
    codebook,
    decide,
    decisions,
    fetch,
    merge,
    read,
    records,
    relation,
    serve,
    stores,
    story,
)
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


app.command("read", short_help="Read articles into the store, or print their record.")(read.read)
app.command("fetch", short_help="Fetch pages into a web archive, politely.", no_args_is_help=True)(fetch.fetch)
app.command("merge", short_help="Merge what a cluster read into one record.", no_args_is_help=True)(merge.merge)
app.command("brief", short_help="Print the dossier of two states.", no_args_is_help=True)(relation.brief)
app.command("timeline", short_help="List what happened between two states.", no_args_is_help=True)(relation.timeline)
app.command("state", short_help="Tell where a relation stands or stood.", no_args_is_help=True)(relation.state)
app.command("forecasts", short_help="List what is expected and intended, and what came of it.", no_args_is_help=True)(
    story.forecasts
)
app.command("why", short_help="Tell the reasons before an event.", no_args_is_help=True)(story.why)
app.command("watch", short_help="Tell what is new between two states.", no_args_is_help=True)(story.watch)
app.command("compare", short_help="Set several pairs of states side by side.", no_args_is_help=True)(story.compare)
app.add_typer(decide.actors_app, short_help="List who acts in the articles, and decide who is one.")
app.add_typer(decide.events_app, short_help="List the events, and decide what they are and which are one.")
app.add_typer(decide.statements_app, short_help="List who said what, and decide who said it.")
app.add_typer(decide.articles_app, short_help="List the articles and how much of them was checked.")
app.add_typer(decisions.decisions_app, short_help="List, undo and pass on what people decided.")
app.add_typer(stores.store_app, short_help="Copy a store, and list what could not be read.")
app.command("show", short_help="Show a record with the words behind it.", no_args_is_help=True)(records.show)
app.command("search", short_help="Find articles by their words.", no_args_is_help=True)(records.search)
app.command("export", short_help="Write the whole record as JSON Lines or CSV.")(records.export)
app.command("serve", short_help="Open the workbench for your browser.")(serve.serve)
app.command("demo", short_help="Read the example articles and print a dossier.")(checks.demo)
app.command("doctor", short_help="Check the installation.")(checks.doctor)
app.add_typer(codebook.codebook_app, short_help="Check the rules by which articles are read.")
app.command("bench", short_help="Measure against gold, or measure speed.")(bench.bench)


def main() -> None:
    """Run the command line; an error of Dragoman's own is one line on standard error."""
    try:
        app(prog_name="dragoman")
    except DragomanError as error:
        say(f"dragoman: {error}")
        sys.exit(WRONG_CALL if isinstance(error, SettingsError | UnknownNameError) else SOME_REFUSED)
