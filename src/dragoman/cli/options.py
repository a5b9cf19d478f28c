"""What several commands share: their options, each with its help once, and how a store and a codebook are opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.output import say
from dragoman.settings import Settings, load_settings

if TYPE_CHECKING:
    from dragoman.codebook import Codebook
    from dragoman.store import Store

_REFUSALS = 20
"""Refused lines of the registers that a call says: more hide the rest of what it says."""

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="The store's file, or postgresql://user@host/database. Without it: DRAGOMAN_STORE, then the settings file, then "
        "your data folder.",
        metavar="FILE",
    ),
]
SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        help="The settings file (TOML). Without it: DRAGOMAN_SETTINGS, then the one in your configuration folder.",
        metavar="FILE",
    ),
]
RegisterOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        help="A file of known actors (FollowTheMoney JSON Lines, or CSV), beside those of the settings; may be repeated.",
        metavar="FILE",
    ),
]
CodebookOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--codebook",
        help="A folder of rules of your own, laid over those of the settings; may be repeated.",
        metavar="FOLDER",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", help="The day to look at, as 2023-04-21; without it the latest that is known.", metavar="DATE"
    ),
]
StateA = Annotated[
    str, typer.Argument(metavar="A", help="A state or body: its code, its name in any common language, or a demonym.")
]
StateB = Annotated[str, typer.Argument(metavar="B", help="The other one.")]


def parse_day(value: str | None) -> date | None:
    """Return an ISO date or None; a usage error tells how to write one."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date: write it as 2023-04-21.") from error


def settings_of(settings: Path | None, store: str | None) -> Settings:
    """Return the settings of the options and all that stands behind them."""
    return load_settings(settings, store=store)


def codebook_of(settings: Settings, register: list[Path] | None = None, folders: list[Path] | None = None) -> Codebook:
    """Return the codebook with the user's folders laid over the project's own, and the registers of known actors."""
    from dragoman.codebook import Codebook

    return Codebook((*settings.codebook, *(folders or ())), (*settings.register, *(register or ())))


def say_refusals(codebook: Codebook) -> None:
    """Say of each refused line of the registers why, the first `_REFUSALS` of them."""
    if not codebook.registers:
        return
    refused = codebook.register.refused
    for line in refused[:_REFUSALS]:
        say(line)
    if len(refused) > _REFUSALS:
        say(f"{len(refused) - _REFUSALS} more lines of the registers were refused: mend these first.")


def store_of(settings: Settings, *, create: bool = False, kept: int = 0) -> Store:
    """Open the store of the settings."""
    from dragoman.store import open_store

    return open_store(settings.store, busy_seconds=settings.busy_seconds, create=create, kept=kept)
