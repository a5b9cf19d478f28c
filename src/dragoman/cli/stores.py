"""`dragoman store`: copy a store, and list what was refused."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import SettingsOption, StoreOption, settings_of, store_of
from dragoman.cli.output import emit, say
from dragoman.settings import store_place

store_app = typer.Typer(name="store", help="Copy a store, and list what could not be read.", no_args_is_help=True)


@store_app.command("copy")
def copy(
    old: Annotated[
        str, typer.Argument(metavar="FROM", help="The store to copy: a file, or postgresql://user@host/database.")
    ],
    new: Annotated[str, typer.Argument(metavar="TO", help="The store to copy into, made where there is none.")],
    settings: SettingsOption = None,
) -> None:
    """Copy what was read and decided into another store, between SQLite and PostgreSQL too."""
    from dragoman.run.moving import copy_store
    from dragoman.store import open_store

    chosen = settings_of(settings, None)
    source = open_store(store_place(old), busy_seconds=chosen.busy_seconds)
    target = open_store(store_place(new), busy_seconds=chosen.busy_seconds, create=True)
    done = copy_store(source, target)
    say(
        f"{done.articles} articles copied, {done.known} there already, {done.refusals} refusals, {done.decisions} decisions; "
        f"in {target.path}."
    )


@store_app.command("refused")
def refused(
    again: Annotated[
        bool, typer.Option("--paths", help="Print the files alone, each once, to be read again: dragoman read $(...).")
    ] = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what could not be read, and why; a later reading that succeeds takes it off the list."""
    found = store_of(settings_of(settings, store)).refusals()
    if again:
        emit(sorted({file for source, _ in found if (file := _file_of(source))}))
    else:
        emit(reason for _, reason in found)
        say(f"{len(found)} refused." if found else "Nothing was refused.")


def _file_of(source: str) -> str | None:
    """The file of a source such as `a.zip:b.txt` or `c.jsonl:7`; None where there is no such file any more."""
    place = source
    while place and not Path(place).exists():
        place = place.rpartition(":")[0]
    return place or None
