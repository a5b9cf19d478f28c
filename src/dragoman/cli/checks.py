"""`dragoman doctor` and `demo`: is all well, and what does it do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import SettingsOption, StoreOption, settings_of
from dragoman.cli.output import console, emit, say, told
from dragoman.cli.progress import progress

FAULT = 1


def doctor(store: StoreOption = None, settings: SettingsOption = None) -> None:
    """Check the installation: versions, store, codebook, model, and whether three example articles read as they should.

    Exit status 1 only for a fault that keeps Dragoman from working.
    """
    from dragoman.run.doctor import examine

    out = console()
    styles = {"fine": "green", "note": "yellow", "fault": "bold red"} if out.is_terminal else {}
    faults = 0
    for finding in examine(settings_of(settings, store)):
        faults += finding.verdict == "fault"
        line = told(f"{finding.verdict:5}", style=styles.get(finding.verdict, ""))
        out.print(line.append(f"  {finding.what:10} {finding.words}", style="default" if out.is_terminal else ""))
    if faults:
        say(f"{faults} {'fault' if faults == 1 else 'faults'}: see above what to do.")
        raise typer.Exit(FAULT)


def demo(
    output: Annotated[
        Path, typer.Option(help="The folder for the demonstration's store and page.", metavar="FOLDER")
    ] = Path("demo"),
) -> None:
    """Read the example articles that come with Dragoman and print the dossier of one pair of states, as text and as a page."""
    from dragoman.codebook import Codebook
    from dragoman.export.page import render
    from dragoman.run.demo import demo_dossier, read_examples
    from dragoman.run.examples import DEMO_PAIR, example_files
    from dragoman.run.files import write_text
    from dragoman.store import open_store

    codebook = Codebook()
    store = open_store(output / "dragoman.sqlite3", create=True)
    files = example_files()
    say(f"Reading {len(files)} example articles into {store.path}.")
    with progress(len(files)) as (advance, tell):
        for step in read_examples(store, codebook):
            advance()
            if step.reason:
                tell(step.reason)
    dossier = demo_dossier(store, codebook)
    emit([render(dossier, "text")])
    page = output / "dossier.html"
    write_text(page, render(dossier, "html"))
    first, second = (f'"{name}"' if " " in name else name for name in DEMO_PAIR)
    emit(
        [
            f"The same dossier as a web page: {page.resolve()}",
            f"Ask on: dragoman timeline {first} {second} --store {store.path}",
        ]
    )
