"""`dragoman decisions`: the log of what people decided, the way back, and the way to a colleague."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.desk import (
    HELP,
    NOTHING_FOUND,
    AuthorOption,
    Format,
    FormatOption,
    ListsFirst,
    OfArticleOption,
    done,
    open_desk,
)
from dragoman.cli.options import SettingsOption, StoreOption, codebook_of, settings_of, store_of
from dragoman.cli.output import console, emit, say

if TYPE_CHECKING:
    from dragoman.run.desk import Desk


class MarkedIn(StrEnum):
    """The annotation programs whose files can be taken in."""

    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    PRODIGY = "prodigy"
    BRAT = "brat"


decisions_app = typer.Typer(
    name="decisions",
    cls=ListsFirst,
    help="List what people decided, undo it, and pass it on. Without a command: list.",
    context_settings=HELP,
)


@decisions_app.command("list", short_help="List what people decided.")
def list_decisions(
    lapsed: Annotated[
        bool, typer.Option("--lapsed", help="Only those that no longer apply, or wait for their article.")
    ] = False,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what people decided, in the order of the log: when, who, what, and whether it holds."""
    from rich.text import Text

    from dragoman.run.decision_log import log_entries

    chosen = settings_of(settings, store)
    entries = log_entries(store_of(chosen), codebook_of(chosen))
    entries = [entry for entry in entries if entry.fate in ("lapsed", "waits") or not lapsed]
    if form is Format.JSON:
        emit(
            json.dumps(
                {
                    "id": entry.decision.id,
                    "time": entry.decision.time,
                    "author": entry.decision.author,
                    "kind": entry.decision.kind,
                    "words": entry.words,
                    "standing": entry.fate,
                    "note": entry.note,
                },
                ensure_ascii=False,
            )
            for entry in entries
        )
    out = console()
    for entry in entries if form is Format.TEXT else ():
        one = entry.decision
        style = "dim" if out.is_terminal and entry.fate != "holds" else ""
        time = f"{one.time[:19]}{one.time[-6:]}"
        out.print(Text(f"{one.id}  {time}  {one.author}{_mark(entry.fate, entry.note)}", style=style))
        out.print(Text(f"    {entry.words}", style=style))
    if not entries:
        nothing = (
            "Every decision applies."
            if lapsed
            else "Nothing was decided yet: dragoman events --unchecked lists what to check."
        )
        say(nothing)
        raise typer.Exit(NOTHING_FOUND)


def _mark(fate: str, note: str) -> str:
    words = {
        "holds": note,
        "undone": "undone",
        "waits": "no article here holds what it is about",
        "lapsed": f"no longer applies: {note}",
    }[fate]
    return f"  [{words}]" if words else ""


@decisions_app.command("undo", no_args_is_help=True, short_help="Take a decision back.")
def undo_decision(
    decision: Annotated[str, typer.Argument(metavar="ID", help="The decision's id, or the beginning of it.")],
    author: AuthorOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Take a decision back. Nothing leaves the log: the undoing is an entry of its own, and can be undone."""
    from dragoman.run.decide import undo

    desk = open_desk(settings, store, author)
    done(desk, undo(desk.store, decision, author=desk.author))


@decisions_app.command(
    "export", no_args_is_help=True, short_help="Write the log to a file for a colleague, or as gold."
)
def export_decisions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, JSON Lines; - is standard output.")],
    gold: Annotated[
        bool, typer.Option("--gold", help="What people checked, an article a line, as dragoman bench gold measures it.")
    ] = False,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="The events that people checked, a sentence a line, for bench events.")
    ] = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write all decisions, those undone too, as JSON Lines for a colleague's store; or what they say, as gold."""
    from dragoman.run.decision_file import decision_lines
    from dragoman.run.files import write_lines
    from dragoman.run.history import history_of
    from dragoman.store.decisions import decisions

    if gold and sentences:
        raise typer.BadParameter("--gold and --sentences are two forms: name one.")
    chosen = settings_of(settings, store)
    kept = store_of(chosen)
    if gold or sentences:
        from dragoman.bench.gold import gold_lines, sentence_lines

        codebook = codebook_of(chosen)
        history = history_of(kept, codebook)
        lines = list(gold_lines(kept, codebook, history) if gold else sentence_lines(history))
        what = "article" if gold else "sentence"
    else:
        lines, what = list(decision_lines(decisions(kept))), "decision"
    if str(file) == "-":
        emit(lines)
    else:
        write_lines(file, lines)
        say(f"{len(lines)} {what if len(lines) == 1 else what + 's'} written to {file}.")


@decisions_app.command("agreement", short_help="Measure how far people who checked the same decided alike.")
def agreement(
    article: OfArticleOption = None,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Measure, field by field, how far people agree on the findings that two or more of them checked.

    The share agreed, and Krippendorff's alpha, which takes off what chance alone would give.
    """
    from dataclasses import asdict

    from rich.table import Table

    from dragoman.bench.agreement import measure_agreement

    chosen = settings_of(settings, store)
    measured = measure_agreement(store_of(chosen), codebook_of(chosen), article)
    if form is Format.JSON:
        emit(json.dumps(asdict(one), ensure_ascii=False) for one in measured)
    elif measured:
        table = Table(box=None, pad_edge=False)
        for heading in ("of", "field", "findings", "share agreed", "alpha", "people"):
            table.add_column(heading, justify="right" if heading in {"findings", "share agreed", "alpha"} else "left")
        for one in measured:
            alpha = "no variety" if one.alpha is None else f"{one.alpha:.2f}"
            table.add_row(one.about, one.field, str(one.findings), f"{one.share:.2f}", alpha, ", ".join(one.people))
        console().print(table)
    if not measured:
        say("No finding was checked by two people yet: each checks with --author NAME.")
        raise typer.Exit(NOTHING_FOUND)


@decisions_app.command(
    "import", no_args_is_help=True, short_help="Take in a colleague's decisions, or texts marked in another program."
)
def import_decisions(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A file that decisions export wrote, or that --from names; brat's may be a folder."
        ),
    ],
    program: Annotated[
        MarkedIn | None,
        typer.Option("--from", help="The program in which people marked our export: its marks become decisions."),
    ] = None,
    author: AuthorOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Add a colleague's decisions to the log, or those that marked texts show. One that is there already is not added again.

    With --from, a mark that was left accepts, one with another label changes, one that is gone rejects, a new one adds.
    """
    from dragoman.run.history import history_of

    if program is not None:
        _import_marks(open_desk(settings, store, author), file, program)
        return
    if author is not None:
        raise typer.BadParameter("a colleague's log says who decided: leave --author out, or say --from.")
    from dragoman.run.decision_file import import_file

    chosen = settings_of(settings, store)
    kept = store_of(chosen)
    taken = import_file(kept, file)
    if taken.new:
        history_of(kept, codebook_of(chosen))
    say(f"{taken.new} new, {taken.known} known already.")


def _import_marks(desk: Desk, file: Path, program: MarkedIn) -> None:
    from dragoman.run.annotated import import_marks
    from dragoman.run.history import history_of

    done = import_marks(desk, file, program.value)
    if done.made:
        history_of(desk.store, desk.codebook)
    words = {"accept": "accepted", "change": "changed", "reject": "rejected", "add": "added"}
    parts = [f"{done.made.get(act, 0)} {word}" for act, word in words.items()]
    say(f"{', '.join(parts)}, {done.known} known already.")
    if done.names:
        say(f"Marks of names decide nothing ({done.names} in the file): correct actors with dragoman actors.")
    if done.unjudged:
        say(f"Left alone since nobody judged them, or refused them whole: {done.unjudged} texts.")
