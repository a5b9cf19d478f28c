"""`dragoman brief`, `timeline` and `state`: what stands between two states or bodies."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.cli.options import (
    AsOfOption,
    SettingsOption,
    StateA,
    StateB,
    StoreOption,
    codebook_of,
    parse_day,
    settings_of,
    store_of,
)
from dragoman.cli.output import console, say

if TYPE_CHECKING:
    from dragoman.codebook import Codebook
    from dragoman.record import Actor, History

NOTHING_FOUND = 1


def _pair(a: str, b: str, settings: Path | None, store: Path | None) -> tuple[History, Codebook, Actor, Actor]:
    """Return the joined history, the codebook, and the two parties as the history knows them."""
    from dragoman.run.history import history_of
    from dragoman.run.lookup import find_party

    chosen = settings_of(settings, store)
    codebook = codebook_of(chosen)
    history = history_of(store_of(chosen), codebook)
    return history, codebook, find_party(a, codebook, history), find_party(b, codebook, history)


def state(
    a: StateA, b: StateB, as_of: AsOfOption = None, store: StoreOption = None, settings: SettingsOption = None
) -> None:
    """Tell where the relation of two states stands, or stood on a day: each dimension with since when and by which words."""
    from rich.table import Table

    from dragoman.run.answers import last_day, standing

    day = parse_day(as_of)
    history, _codebook, first, second = _pair(a, b, settings, store)
    rows = standing(history, first, second, day or last_day(history) or date.max)
    when = f"on {day}" if day else "as the articles leave it"
    if not rows:
        say(f"The articles tell no state between {first.name} and {second.name} {when}.")
        raise typer.Exit(NOTHING_FOUND)
    names = {actor.id: actor.name for actor in history.actors}
    table = Table(box=None, pad_edge=False, title=None)
    for heading in ("of", "toward", "dimension", "state", "since", "words", "id"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "id")
    for relation in rows:
        value = relation.value.replace("_", " ") + (f" ({relation.note})" if relation.note else "")
        since = relation.since.isoformat() if relation.since else "unknown"
        words = f'"{relation.evidence[0].text}"'
        dimension = relation.dimension.replace("_", " ")
        table.add_row(names[relation.of], names[relation.toward], dimension, value, since, words, relation.id)
    out = console()
    out.print(f"{first.name} and {second.name}, {when}", markup=False)
    out.print(table)
