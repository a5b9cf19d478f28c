"""`dragoman doctor`, `demo` and `codebook`: is all well, what does it do, do the rules hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import SettingsOption, StoreOption, codebook_of, settings_of
from dragoman.cli.output import console, emit, say, told
from dragoman.cli.progress import progress

FAULT = 1

codebook_app = typer.Typer(
    name="codebook",
    help="Check the rules by which articles are read: the project's own with your folders laid over them.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


@codebook_app.command("check", short_help="Load every part and say what is wrong.")
def check(settings: SettingsOption = None) -> None:
    """Load every part of the codebook and say which entry is wrong, and what to write instead."""
    from dragoman.run.codebook import check_parts

    codebook = codebook_of(settings_of(settings, None))
    parts = check_parts(codebook)
    emit(f"{'fault' if part.fault else 'fine':5}  {part.name:13} {part.fault or ''}".rstrip() for part in parts)
    if any(part.fault for part in parts):
        raise typer.Exit(FAULT)


@codebook_app.command("test", short_help="Read every frame's own examples.")
def try_rules(
    every: Annotated[bool, typer.Option("--all", help="Print the examples that come out right, too.")] = False,
    settings: SettingsOption = None,
) -> None:
    """Read every frame's own examples and say which come out otherwise than they are marked."""
    from dragoman.read import build_reader
    from dragoman.run.codebook import try_examples

    chosen = settings_of(settings, None)
    codebook = codebook_of(chosen)
    reader = build_reader(codebook, chosen.model) if chosen.model else build_reader(codebook)
    trials = list(try_examples(codebook, reader))
    wrong = [trial for trial in trials if trial.fault]
    shown = trials if every else wrong
    emit(f"{trial.file} {trial.frame}: {trial.example} {trial.fault or 'fine'}" for trial in shown)
    say(f"{len(trials) - len(wrong)} of {len(trials)} examples come out as they are marked.")
    if wrong:
        raise typer.Exit(FAULT)
