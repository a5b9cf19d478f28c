"""The options that several commands share, each with its help once."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.settings import Settings, load_settings


def parse_day(value: str) -> date:
    """Return an ISO date; a usage error tells how to write one."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date: write it as 2023-04-21.") from error


class RecordFormat(StrEnum):
    """The forms in which records are written."""

    JSONL = "jsonl"
    CSV = "csv"


StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        help="The store's file. Otherwise DRAGOMAN_STORE, the settings file, your data folder.",
        metavar="FILE",
    ),
]
SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        help="The settings file (TOML). Otherwise DRAGOMAN_SETTINGS or the one in your configuration folder.",
        metavar="FILE",
    ),
]


def settings_of(settings: Path | None, store: Path | None) -> Settings:
    """Return the settings of the options and all that stands behind them."""
    return load_settings(settings, store=store)
