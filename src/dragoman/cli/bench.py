"""`dragoman bench`: measures against gold, and of speed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import SettingsOption, settings_of
from dragoman.cli.output import console, emit, say
from dragoman.errors import UnknownNameError

if TYPE_CHECKING:
    from dragoman.bench.speed import Speed

GOLD_FOLDER = Path("../shared/bench")


def bench(
    name: Annotated[
        str | None,
        typer.Argument(help="events, statements, dates, names, factuality or speed; without it all that have gold."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Argument(help="The gold file to predict for; for speed, a corpus as JSON Lines.", metavar="GOLD"),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Where the predictions go; without it, standard output.", metavar="FILE")
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="The folder of gold, with a scorer beside each kind.", metavar="FOLDER")
    ] = GOLD_FOLDER,
    settings: SettingsOption = None,
) -> None:
    """Measure the reading against gold, beside the best peer; or its speed beside the bare parse.

    `bench` prints one table of all benches, `bench NAME` of one; `bench NAME GOLD` writes predictions for a scorer of your
    own; `bench speed CORPUS.jsonl` measures words a CPU-second and memory.
    """
    if name == "speed":
        if gold is None:
            raise typer.BadParameter("speed needs a corpus: dragoman bench speed CORPUS.jsonl")
        from dragoman.bench.speed import measure

        model = settings_of(settings, None).model
        _print_speed(measure(gold, model) if model else measure(gold))
    elif name is not None and gold is not None:
        from dragoman.bench.board import prediction_lines
        from dragoman.run.files import write_lines

        if predictions is None:
            emit(prediction_lines(name, gold))
        else:
            write_lines(predictions, prediction_lines(name, gold))
            say(f"Written to {predictions}.")
    else:
        _print_board(folder, name)


def _print_board(folder: Path, name: str | None) -> None:
    from rich.table import Table

    from dragoman.bench.board import predictor, run_board

    if name is not None:
        predictor(name)  # an unknown name is told at once
    table = Table(box=None, pad_edge=False)
    for heading in ("bench", "gold", "measure", "ours", "best peer", "which"):
        table.add_column(heading, justify="right" if heading in {"ours", "best peer"} else "left")
    for result in run_board(folder, [name] if name else []):
        figure = result.figure
        ours = "not printed" if result.ours is None else f"{result.ours:.3f}"
        table.add_row(result.bench, Path(result.gold).stem, figure.measure, ours, f"{figure.reached:g}", figure.peer)
    if not table.row_count:
        raise UnknownNameError(
            f"No gold with a scorer for {name or 'any bench'} in {folder}: name its folder with --folder."
        )
    console().print(table)


def _print_speed(speed: Speed) -> None:
    from dragoman.bench.speed import MEMORY_WANTED, RATIO_WANTED

    per_second = {"bare parse": speed.words / speed.bare, "whole reading": speed.words / speed.whole}
    lines = [f"{speed.articles} articles, {speed.words:,} words"]
    lines += [f"{what:14} {rate:8,.0f} words a CPU-second" for what, rate in per_second.items()]
    lines.append(f"{'ratio':14} {speed.ratio:8.2f} (wanted: at least {RATIO_WANTED})")
    lines.append(f"{'peak memory':14} {speed.memory:8.0f} MB (wanted: below {MEMORY_WANTED})")
    lines.append("CPU-seconds a stage: " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in speed.stages))
    emit(lines)
