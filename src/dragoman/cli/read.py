"""`dragoman read`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from dragoman.cli.options import SettingsOption, StoreOption, parse_day, settings_of
from dragoman.cli.output import emit, say


class ReadFormat(StrEnum):
    """What `read` may print instead of storing."""

    JSONL = "jsonl"


def read(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="The day of publication of texts that don't say, as 2023-04-21.", metavar="DATE")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="The publisher of texts that don't say.")] = None,
    url: Annotated[str | None, typer.Option(help="The address of a text that doesn't say.")] = None,
    form: Annotated[
        ReadFormat | None, typer.Option("--format", help="Print the record as JSON Lines instead of storing it.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read again what an older reader has read.")] = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Read articles into the store, or print their record."""
    chosen = settings_of(settings, store)
    if form is None or again:
        raise typer.BadParameter("the store is not there yet: use --format jsonl.")
    day = parse_day(published) if published else None
    if not paths:
        if sys.stdin.isatty():
            raise typer.BadParameter("no PATH: name files or folders, or pipe a text in.")
        paths = ["-"]

    from dragoman.codebook import Codebook  # here and below: nothing heavy before it is needed
    from dragoman.read import build_reader
    from dragoman.record.jsonl import lines
    from dragoman.run.history import join
    from dragoman.run.inputs import open_inputs
    from dragoman.run.local import read_documents

    codebook = Codebook(chosen.codebook)
    reader = build_reader(codebook, chosen.model) if chosen.model else build_reader(codebook)
    inputs = open_inputs(paths, published=day, publisher=publisher, url=url, stdin=sys.stdin.buffer)
    documents, refused = [], 0
    for step in read_documents(inputs, reader, chosen.batch):
        if step.document is not None:
            documents.append(step.document)
        if step.reason:
            refused += 1
            say(step.reason)
    emit(lines(join(documents, codebook)))
    raise typer.Exit(1 if refused else 0)
