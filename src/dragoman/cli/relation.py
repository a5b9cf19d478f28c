"""`dragoman brief`, `timeline` and `state`: what stands between two states or bodies."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from dragoman.cli.output import console, emit, say

if TYPE_CHECKING:
    from dragoman.codebook import Codebook
    from dragoman.record import Actor, History

NOTHING_FOUND = 1


class DossierFormat(StrEnum):
    """The forms of a dossier."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


KnownOnOption = Annotated[
    str | None,
    typer.Option("--known-on", help="Leave out what articles published after this day tell.", metavar="DATE"),
]


def _pair(a: str, b: str, settings: Path | None, store: Path | None) -> tuple[History, Codebook, Actor, Actor]:
    """Return the joined history, the codebook, and the two parties as the history knows them."""
    from dragoman.run.history import history_of
    from dragoman.run.lookup import find_party

    chosen = settings_of(settings, store)
    codebook = codebook_of(chosen)
    history = history_of(store_of(chosen), codebook)
    return history, codebook, find_party(a, codebook, history), find_party(b, codebook, history)


def brief(
    a: StateA,
    b: StateB,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    form: Annotated[
        DossierFormat,
        typer.Option("--format", help="Text for a terminal, Markdown, JSON, or one web page that needs no network."),
    ] = DossierFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="The file to write; without it, standard output.", metavar="FILE")
    ] = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print the dossier of two states: where things stand, what changed and why, who said what, each line with its words."""
    from dragoman.export.page import render
    from dragoman.run.answers import brief as make_brief
    from dragoman.run.files import write_text

    day, known = parse_day(as_of), parse_day(known_on)
    history, codebook, first, second = _pair(a, b, settings, store)
    text = render(make_brief(history, codebook, first, second, as_of=day, known_on=known), form.value)
    if output is None:
        emit([text.removesuffix("\n")])
    else:
        write_text(output, text)
        say(f"Written to {output}.")


def timeline(
    a: StateA,
    b: StateB,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what happened between two states, by date, each event with its id and its words; undated ones at the end."""
    from rich.text import Text

    from dragoman.run.answers import brief as make_brief

    day, known = parse_day(as_of), parse_day(known_on)
    history, codebook, first, second = _pair(a, b, settings, store)
    dossier = make_brief(history, codebook, first, second, as_of=day, known_on=known)
    entries = [*dossier.timeline, *dossier.undated]
    if not entries:
        say(f"The articles tell no event between {first.name} and {second.name}.")
        raise typer.Exit(NOTHING_FOUND)
    out = console()
    for entry in entries:
        notes = [
            entry.codes,
            entry.factuality if entry.factuality != "happened" else "",
            "background" if entry.background else "",
        ]
        by = f", according to {entry.by}" if entry.by else ""
        out.print(Text(f"{entry.when or 'undated'}: {entry.text}{by}"))
        words = " … ".join(f'"{reference.span.text}" [{reference.number}]' for reference in entry.references)
        out.print(
            Text(
                f"    {entry.event}  {', '.join(note for note in notes if note)}",
                style="dim" if out.is_terminal else "",
            )
        )
        out.print(Text(f"    {words}", style="dim" if out.is_terminal else ""))
    out.print()
    for source in dossier.sources:
        out.print(Text(f"[{source.number}] {source.title}, {source.published} ({source.place})"))


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
