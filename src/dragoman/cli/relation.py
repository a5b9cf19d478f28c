"""`dragoman brief`, `timeline` and `state`: what stands between two states or bodies."""

from __future__ import annotations

from collections.abc import Sequence
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
from dragoman.cli.output import console, emit, say, told
from dragoman.errors import SettingsError

if TYPE_CHECKING:
    from dragoman.codebook import Codebook
    from dragoman.record.dossier import Source
    from dragoman.store import Store

NOTHING_FOUND = 1


class DossierFormat(StrEnum):
    """The forms of a dossier."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"


KnownOnOption = Annotated[
    str | None,
    typer.Option(
        "--known-on", help="As the articles published by this day tell it; undated ones are left out.", metavar="DATE"
    ),
]


def _opened(settings: Path | None, store: str | None) -> tuple[Store, Codebook]:
    chosen = settings_of(settings, store)
    return store_of(chosen), codebook_of(chosen)


def brief(
    a: StateA,
    b: StateB,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    form: Annotated[
        DossierFormat,
        typer.Option(
            "--format", help="Text for a terminal, Markdown, JSON, one web page that needs no network, or PDF."
        ),
    ] = DossierFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="The file to write; without it, standard output.", metavar="FILE")
    ] = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print the dossier of two states: where things stand, what changed and why, who said what, each line with its words."""
    from dragoman.export.page import render
    from dragoman.run.answers import brief_pair
    from dragoman.run.files import write_bytes, write_text

    if form is DossierFormat.PDF and output is None:
        raise SettingsError("A PDF is not for the screen: name a file for it with --output FILE.")
    day, known = parse_day(as_of), parse_day(known_on)
    dossier = brief_pair(*_opened(settings, store), a, b, as_of=day, known_on=known)
    if form is DossierFormat.PDF and output is not None:
        from dragoman.export.pdf import pdf_of

        write_bytes(output, pdf_of(render(dossier, "html")))
        say(f"Written to {output}.")
        return
    text = render(dossier, form.value)
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
    most: Annotated[
        int, typer.Option("--most", min=1, help="How many events between the two, the newest.", metavar="NUMBER")
    ] = 100,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what happened between two states, by date, each event with its id and its words; undated ones at the end."""
    from dragoman.run.answers import timeline_of_pair

    day, known = parse_day(as_of), parse_day(known_on)
    dossier = timeline_of_pair(*_opened(settings, store), a, b, as_of=day, known_on=known, most=most)
    entries = [*dossier.timeline, *dossier.undated]
    if not entries:
        say(f"The articles tell no event between {dossier.first} and {dossier.second}.")
        raise typer.Exit(NOTHING_FOUND)
    out = console()
    for entry in entries:
        notes = [
            entry.codes,
            entry.factuality if entry.factuality != "happened" else "",
            "background" if entry.background else "",
        ]
        by = f", according to {entry.by}" if entry.by else ""
        by += f" ({entry.checked})" if entry.checked else ""
        out.print(told(f"{entry.when or 'undated'}: {entry.text}{by}"))
        words = " … ".join(f'"{reference.span.text}" [{reference.number}]' for reference in entry.references)
        out.print(
            told(
                f"    {entry.event}  {', '.join(note for note in notes if note)}",
                style="dim" if out.is_terminal else "",
            )
        )
        out.print(told(f"    {words}", style="dim" if out.is_terminal else ""))
    _print_sources(dossier.sources)
    if dossier.events > most:
        first_day = next((entry.start or entry.end for entry in dossier.timeline if not entry.background), None)
        before = f", or --as-of {first_day} for what lies before" if first_day else ""
        say(f"The newest {most} of {dossier.events:,} events between the two: --most NUMBER shows more{before}.")


def state(
    a: StateA,
    b: StateB,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell where the relation of two states stands, or stood on a day: each state since when, and by which words."""
    from dragoman.run.answers import stand_of_pair

    day, known = parse_day(as_of), parse_day(known_on)
    stand = stand_of_pair(*_opened(settings, store), a, b, as_of=day, known_on=known)
    when = f"on {day}" if day else "as the articles leave it"
    if not stand.standing:
        say(f"The articles tell no state between {stand.first} and {stand.second} {when}.")
        raise typer.Exit(NOTHING_FOUND)
    out = console()
    dim = "dim" if out.is_terminal else ""
    out.print(told(f"{stand.first} and {stand.second}, {when}"))
    for standing in stand.standing:
        disputed = " (reports contradict each other)" if standing.disputed else ""
        disputed += f" ({standing.checked})" if standing.checked else ""
        out.print(told(f"{standing.what}: {standing.value}, since {standing.since}{disputed}"))
        out.print(told(f"    {standing.relation}", style=dim))
        for reference in standing.references:
            out.print(told(f'    "{reference.span.text}" [{reference.number}]', style=dim))
    _print_sources(stand.sources)


def _print_sources(sources: Sequence[Source]) -> None:
    out = console()
    out.print()
    for source in sources:
        out.print(told(f"[{source.number}] {source.title}, {source.published} ({source.place})"))
