"""`dragoman store`: copy a store, and list what was refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import SettingsOption, StoreOption, codebook_of, settings_of, store_of
from dragoman.cli.output import emit, say
from dragoman.settings import DATABASES, store_place

if TYPE_CHECKING:
    from dragoman.settings import Settings

store_app = typer.Typer(name="store", help="Copy a store, and list what could not be read.", no_args_is_help=True)


@store_app.command("copy")
def copy(
    old: Annotated[
        str,
        typer.Argument(metavar="FROM", help="The store to copy: a file, postgresql://user@host/database, or a shelf."),
    ],
    new: Annotated[str, typer.Argument(metavar="TO", help="The store to copy into, made where there is none.")],
    settings: SettingsOption = None,
) -> None:
    """Copy what was read and decided into another store, between SQLite and PostgreSQL too, or from a shelf."""
    from dragoman.run.moving import copy_store
    from dragoman.store import open_store

    chosen = settings_of(settings, None)
    if _is_shelf(old):
        _copy_shelf(old, new, chosen)
        return
    source = open_store(store_place(old), busy_seconds=chosen.busy_seconds)
    target = open_store(store_place(new), busy_seconds=chosen.busy_seconds, create=True)
    done = copy_store(source, target)
    say(
        f"{done.articles} articles copied, {done.known} there already, {done.refusals} refusals, {done.decisions} decisions; "
        f"in {target.path}."
    )


def _is_shelf(place: str) -> bool:
    """Whether a place is what a cluster read into: an address that is no database's, or a folder of documents."""
    if "://" in place:
        return not place.startswith(DATABASES)
    return (Path(place).expanduser() / "documents").is_dir()


def _copy_shelf(shelf: str, new: str, chosen: Settings) -> None:
    from dragoman.run.cluster.shelf import Shelf
    from dragoman.run.merging.copying import copy_shelf
    from dragoman.store import open_store

    target = open_store(store_place(new), busy_seconds=chosen.busy_seconds, create=True)
    done = copy_shelf(
        Shelf(str(Path(shelf).expanduser()) if "://" not in shelf else shelf), target, codebook_of(chosen)
    )
    merged = "with the merged record" if done.merged else "to be joined when it is asked"
    say(
        f"{done.articles} articles copied, {done.known} there already, {done.refusals} refusals, {merged}; in {target.path}."
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
