"""`dragoman merge`."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import SettingsOption, codebook_of, settings_of
from dragoman.cli.output import say
from dragoman.cli.read import LogForm, Place


def merge(
    shelf: Annotated[
        str, typer.Argument(metavar="SHELF", help="What `read --on ray` read into: a folder, or s3://bucket/folder.")
    ],
    place: Annotated[Place | None, typer.Option("--on", help="Merge on Ray; without it in this process.")] = None,
    address: Annotated[
        str | None, typer.Option(help="The address of a Ray cluster; without it this machine.", metavar="ADDRESS")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, max=4096, help="Tasks at a time on Ray; without it as many as there are cores.", metavar="N"
        ),
    ] = None,
    log: Annotated[
        LogForm | None, typer.Option("--log", help="Say on standard error what is done as JSON, an object a line.")
    ] = None,
    settings: SettingsOption = None,
) -> None:
    """Join who and what the articles of a shelf are about: one record of the whole corpus, in Parquet beside it.

    The record is the one that a store of the same articles holds. What an earlier merge did is not done again: one that was
    stopped goes on, and a shelf that has grown costs only what is new and what it touches.
    """
    if place is None and (address is not None or jobs is not None):
        raise typer.BadParameter("--address and --jobs are for Ray: add --on ray.")
    chosen = settings_of(settings, None)

    from dragoman.cli.log import JsonLog
    from dragoman.run.cluster.shelf import Shelf
    from dragoman.run.merging.crew import Alone, Crew, OnRay
    from dragoman.run.merging.merge import merge_shelf
    from dragoman.run.workers import recipe_of

    crew: Crew = OnRay(address, jobs) if place is Place.RAY else Alone()
    lines = JsonLog("dragoman.merge") if log is LogForm.JSON else None

    def tell(stage: str, tasks: int, known: int) -> None:
        if lines is not None:
            lines.stage(stage, tasks=tasks, known=known)

    done = merge_shelf(Shelf(shelf), recipe_of(codebook_of(chosen), chosen.model), crew, tell=tell)
    counts = {f"{kind}s": number for kind, number in done.counts.items()}
    if lines is not None:
        lines.finished(articles=done.articles, **counts, tasks=done.tasks, known=done.known, where=shelf)
        return
    told = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    say(f"{done.articles} articles merged: {told}; {done.known} of {done.tasks} tasks were done before; in {shelf}.")
