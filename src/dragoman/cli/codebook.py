"""`dragoman codebook`: are the rules in order, do they find what they should, and why do they find what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CodebookOption, SettingsOption, codebook_of, parse_day, settings_of
from dragoman.cli.output import console, emit, say, told

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.run.codebook import Explained, Found, Near, Party

FAULT = 1
_NEAREST = 3
"""Frames that failed a condition and are shown for one word without `--all`: a common verb has dozens."""

codebook_app = typer.Typer(
    name="codebook",
    help="Check the rules by which articles are read: the project's own with your folders laid over them.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@codebook_app.command("check", short_help="Look at every file and say what is wrong.")
def check(codebook: CodebookOption = None, settings: SettingsOption = None) -> None:
    """Look at every file of the codebook and say what is wrong, in which line and entry, and what to write instead."""
    from dragoman.codebook.check import check_codebook, left_out, part_names

    rules = codebook_of(settings_of(settings, None), folders=codebook)
    problems = check_codebook(rules)
    if problems:
        emit(f"fault  {problem}" for problem in problems)
        raise typer.Exit(FAULT)
    emit(f"fine   {name}" for name in part_names())
    frames, states = left_out(rules)
    if frames or states:
        say(
            f"The ontology in {rules.ontology.layer} leaves out {frames} frames and {states} rules of relations, of whose "
            "types or modes it has none: [translate] leads them to its own."
        )


@codebook_app.command(
    "test", short_help="Say which frame fires in a sentence and why, or read the frames' own examples."
)
def explain_or_try(
    sentence: Annotated[
        str | None,
        typer.Argument(help="A sentence or a short text to read; without it, the frames' own examples are read."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="The day against which the sentence's dates are read.", metavar="DATE")
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="With a sentence: every frame that shares a word. Without: examples that come out right, too."
        ),
    ] = False,
    codebook: CodebookOption = None,
    settings: SettingsOption = None,
) -> None:
    """Say which frame fires at which words of a sentence and why, and which came near; or read every frame's own examples."""
    from dragoman.read import build_reader
    from dragoman.run.codebook import explain_events, try_examples

    day = parse_day(published)
    chosen = settings_of(settings, None)
    rules = codebook_of(chosen, folders=codebook)
    reader = build_reader(rules, chosen.model) if chosen.model else build_reader(rules)
    if sentence is not None:
        out = console()
        for line in _explain(explain_events(sentence, reader, day), every=every, styled=out.is_terminal):
            out.print(line)
        return
    trials = list(try_examples(rules, reader))
    wrong = [trial for trial in trials if trial.fault]
    shown = trials if every else wrong
    emit(f"{trial.file} {trial.frame}: {trial.example} {trial.fault or 'fine'}" for trial in shown)
    say(f"{len(trials) - len(wrong)} of {len(trials)} examples come out as they are marked.")
    if wrong:
        raise typer.Exit(FAULT)


def _explain(explained: Explained, *, every: bool, styled: bool) -> Iterator[Text]:
    """Yield the lines that tell the events of a text with the frames behind them, and what came near."""
    if not explained.found:
        yield told("No event.", style="bold" if styled else "")
    for found in explained.found:
        yield from _found(found, styled)
    near = list(_chosen(explained.near, every=every))
    if near:
        yield told("Frames that came near, and why not:", style="bold" if styled else "")
    for one in near:
        kind = f"{one.type}/{one.mode}" if one.mode else one.type
        yield told(f'  "{one.words}"  {one.frame} ({kind}, {Path(one.file).name}): {one.reason}')
    left = len(explained.near) - len(near)
    if left:
        yield told(f"  {left} more that share a word: --all shows them.", style="dim" if styled else "")


def _found(found: Found, styled: bool) -> Iterator[Text]:
    from dragoman.cli.describe import when_words

    kind = f"{found.type}/{found.mode}" if found.mode else found.type
    rule = f"frame {found.frame} ({Path(found.file).name}), as a {found.part}" if found.file else f"rule {found.frame}"
    yield told(f'{kind}  "{found.words}"  {rule}', style="bold" if styled else "")
    if found.became:
        yield told(f"  type        {found.became}")
    if found.conditions:
        yield told(f"  conditions  {'; '.join(found.conditions)}")
    yield told(f"  actor       {_parties(found.actors)}")
    yield told(f"  recipient   {_parties(found.recipients)}")
    because = f'because of "{found.factuality_because}"' if found.factuality_because else "nothing around it decides"
    history = ", told as history" if found.historical else ""
    yield told(f"  factuality  {found.factuality}{history}: {because}")
    yield told(f"  when        {when_words(found.when)}")
    yield told(f"  confidence  {found.confidence:.2f}")
    places = ", ".join(f'{slot} "{words}"' for slot, words in found.places)
    if places:
        yield told(f"  slots       {places}", style="dim" if styled else "")


def _parties(parties: Sequence[Party]) -> str:
    return "; ".join(map(_party, parties)) or "nobody named"


def _party(party: Party) -> str:
    state = f" ({party.country})" if party.country else ""
    place = (
        f'in {party.slot}: "{party.words}"'
        if party.slot
        else f"in none of its slots: by the sentence or story around it ({party.ground or 'a statement'})"
    )
    return f"{party.name}{state}, {place}"


def _chosen(near: Sequence[Near], *, every: bool) -> Iterator[Near]:
    """Yield all of them, or those that fired and, for each word, the first few that failed a condition."""
    failed: dict[int, int] = {}
    for one in near:
        if one.how == "conditions":
            failed[one.start] = failed.get(one.start, 0) + 1
        if every or one.how == "fired" or (one.how == "conditions" and failed[one.start] <= _NEAREST):
            yield one
