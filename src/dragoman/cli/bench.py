"""`dragoman bench`: measures against gold, on the project's own articles, and of speed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import SettingsOption, codebook_of, settings_of
from dragoman.cli.output import console, emit, say
from dragoman.errors import InputError
from dragoman.settings import DATABASES, Settings

GOLD_FOLDER = Path("../shared/bench")
NAMES_JOINED = 100_000
EVENTS_RELATED = 1_000_000
LEAST_RELATED = 100


def bench(
    name: Annotated[
        str | None,
        typer.Argument(
            help="events, statements, dates or names (against gold); chronicle or examples (the project's own articles); "
            "gold (what people checked), join, memory, prefilter, processes, relate, serve or speed. Without it, all that have "
            "gold."
        ),
    ] = None,
    gold: Annotated[
        str | None,
        typer.Argument(
            help="The gold file to predict or measure for; a corpus for speed and prefilter, a folder for chronicle and "
            "examples, a number of names for join, of events for relate, of articles for memory and processes; a store for "
            "serve.",
            metavar="GOLD",
        ),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Where the predictions go; without it, standard output.", metavar="FILE")
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="The folder of gold, with a scorer beside each kind.", metavar="FOLDER")
    ] = GOLD_FOLDER,
    states: Annotated[int, typer.Option(min=2, max=225, help="relate: how many states act.", metavar="NUMBER")] = 200,
    askings: Annotated[
        int, typer.Option(min=1, help="relate, serve: how often each question or page is asked.", metavar="NUMBER")
    ] = 60,
    readers: Annotated[int, typer.Option(min=1, help="serve: how many readers ask at once.", metavar="NUMBER")] = 50,
    keep: Annotated[
        Path | None,
        typer.Option(
            help="relate: the folder in which its store is made and left; found again there.", metavar="FOLDER"
        ),
    ] = None,
    settings: SettingsOption = None,
) -> None:
    """Measure the reading against gold, beside the best peer; or its speed beside the bare parse.

    `bench` prints one table of all benches, `bench NAME` of one; `bench NAME GOLD` writes predictions for a scorer of your
    own; `bench speed CORPUS.jsonl` measures words a CPU-second and memory.
    """
    chosen = settings_of(settings, None)
    if name == "speed":
        _speed(_needed(gold, "speed needs a corpus: dragoman bench speed CORPUS.jsonl"), chosen)
    elif name == "prefilter":
        _prefilter(_needed(gold, "prefilter needs a corpus: dragoman bench prefilter CORPUS.jsonl"), chosen)
    elif name == "chronicle":
        _chronicle(_needed(gold, "chronicle needs a folder of pairs: dragoman bench chronicle FOLDER"), chosen)
    elif name == "examples":
        _examples(Path(gold) if gold else None, chosen)
    elif name == "gold":
        _gold(
            _needed(gold, "gold needs a file: dragoman bench gold FILE, as decisions export --gold writes it"), chosen
        )
    elif name == "join":
        _join(gold or str(NAMES_JOINED))
    elif name == "memory":
        _memory(gold)
    elif name == "processes":
        _processes(gold)
    elif name == "relate":
        _relate(gold or str(EVENTS_RELATED), states, askings, keep)
    elif name == "serve":
        if gold is None:
            raise typer.BadParameter("serve needs a store: dragoman bench serve STORE")
        _serve(gold if gold.startswith(DATABASES) else Path(gold), askings, readers, chosen)
    elif name is not None and gold is not None:
        _predict(name, Path(gold), predictions)
    else:
        _board(folder, name)


def _needed(gold: str | None, words: str) -> Path:
    if gold is None:
        raise typer.BadParameter(words)
    return Path(gold)


def _predict(name: str, gold: Path, predictions: Path | None) -> None:
    from dragoman.bench.board import prediction_lines
    from dragoman.run.files import write_lines

    if predictions is None:
        emit(prediction_lines(name, gold))
    else:
        write_lines(predictions, prediction_lines(name, gold))
        say(f"Written to {predictions}.")


def _board(folder: Path, name: str | None) -> None:
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
        reached = "" if figure.reached is None else f"{figure.reached:g}"
        table.add_row(
            result.bench, Path(result.gold).stem, figure.measure, ours, reached, figure.peer or "none measured"
        )
    if not table.row_count:
        raise InputError(f"No gold with a scorer for {name or 'any bench'} in {folder}: name its folder with --folder.")
    console().print(table)


def _speed(corpus: Path, settings: Settings) -> None:
    from dragoman.bench.speed import MEMORY_WANTED, RATIO_WANTED, measure

    speed = measure(corpus, settings.model) if settings.model else measure(corpus)
    per_second = {"bare parse": speed.words / speed.bare, "whole reading": speed.words / speed.whole}
    lines = [f"{speed.articles} articles, {speed.words:,} words"]
    lines += [f"{what:14} {rate:8,.0f} words a CPU-second" for what, rate in per_second.items()]
    lines.append(f"{'ratio':14} {speed.ratio:8.2f} (wanted: at least {RATIO_WANTED})")
    lines.append(f"{'peak memory':14} {speed.memory:8.0f} MB (wanted: below {MEMORY_WANTED})")
    lines.append("CPU-seconds a stage: " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in speed.stages))
    emit(lines)


def _prefilter(corpus: Path, settings: Settings) -> None:
    from dragoman.bench.prefilter import measure_prefilter
    from dragoman.read import build_reader

    codebook = codebook_of(settings)
    reader = build_reader(codebook, settings.model) if settings.model else build_reader(codebook)
    done = measure_prefilter(corpus, reader, codebook)

    def of(part: int, whole: int) -> str:
        return f"{part:,} of {whole:,}" + (f" ({part / whole:.1%})" if whole else "")

    emit(
        [
            f"articles skipped    {of(done.skipped, done.articles)}",
            f"events lost         {of(done.events_lost, done.events)}",
            f"statements lost     {of(done.statements_lost, done.statements)}",
            f"CPU-seconds saved   {done.saved:.1f} of {done.reading:.1f}, for {done.seconds:.1f} of the prefilter",
            *(f"lost: {source}: {words}" for source, words in done.lost),
        ]
    )


def _join(count: str) -> None:
    from dataclasses import asdict

    from dragoman.bench.join import join

    if not count.isdigit() or int(count) == 0:
        raise typer.BadParameter(f"{count!r} is no number of names: write one such as {NAMES_JOINED}.")
    emit(f"{key:12} {value}" for key, value in asdict(join(int(count))).items())


def _number(given: str, least: int) -> int:
    if not given.isdigit() or int(given) < least:
        raise typer.BadParameter(f"{given!r} is no number of articles: write one from {least}.")
    return int(given)


def _memory(given: str | None) -> None:
    from dragoman.bench.memory import GROWTH_WANTED, MARKS, growth, measure_memory

    most = MARKS[-1] if given is None else _number(given, MARKS[0])
    marks = []
    for mark in measure_memory([*(one for one in MARKS if one < most), most]):
        marks.append(mark)
        say(
            f"{mark.articles:8,} articles: {mark.peak:6.0f} MB at the peak, {mark.held:6.0f} MB then, "
            f"{mark.seconds:7.0f} CPU-seconds"
        )
    emit(
        [f"peak grew by {growth(marks):.1%} from {marks[0].articles:,} articles (wanted: at most {GROWTH_WANTED:.0%})"]
    )


def _processes(given: str | None) -> None:
    from dragoman.bench.processes import ARTICLES, WAYS, measure_processes

    words = {"one": "one process", "two": "two processes", "ray": "Ray, two workers"}
    first: float | None = None
    for one in measure_processes(ARTICLES if given is None else _number(given, 100)):
        first = first or one.seconds
        emit(
            [
                f"{words[one.way]:18} {one.seconds:7.1f} s, {one.articles / one.seconds:6.1f} articles a second, "
                f"{one.cpu:7.1f} CPU-seconds, {first / one.seconds:5.2f} times one (wanted: {WAYS[one.way]}); "
                f"load before {one.load:.1f}"
            ]
        )


def _relate(count: str, states: int, askings: int, keep: Path | None) -> None:
    from dragoman.bench.relate import relate

    if not count.isdigit() or int(count) < LEAST_RELATED:
        raise typer.BadParameter(f"{count!r} is no number of events: write one from {LEAST_RELATED}.")
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    report = relate(int(count), states, askings, keep)
    lines = [
        f"{report.events:,} events in {report.articles:,} articles between {report.states} states; "
        f"{report.busiest:,} between the busiest two",
        f"made in {report.made_in:,.0f} seconds, {report.megabytes:,.0f} MB",
    ]
    for one in report.timings:
        wanted = "" if one.wanted is None else f" (wanted: {one.wanted})"
        figures = f"middle {one.median:6.0f} ms, 95th percentile {one.p95:6.0f} ms{wanted}, worst {one.worst:6.0f} ms"
        own = f"CPU {one.cpu:.0f} and {one.cpu_p95:.0f} ms"
        lines.append(f"{one.question:16} {figures}, {own}, {one.asked} times")
    if report.memory is not None and report.memory_before is not None:
        lines.append(
            f"{'peak memory':16} {report.memory:6.0f} MiB, {report.memory_before:.0f} before the first question"
        )
    emit(lines)


def _serve(place: Path | str, askings: int, readers: int, settings: Settings) -> None:
    from rich.table import Table

    from dragoman.cli.serve import KEPT
    from dragoman.run.view.room import Room
    from dragoman.store import open_store
    from dragoman.web.measure import FIRST_PAGE, WANTED, first_page, measure_crowd, measure_pages

    room = Room(store=open_store(place, kept=KEPT), codebook=codebook_of(settings), settings=settings)
    table = Table(box=None, pad_edge=False)
    for heading in (
        "page",
        "asked",
        "first CPU",
        "CPU ms",
        "CPU p95",
        "clock ms",
        "clock p95",
        "packed kB",
        "not answered",
    ):
        table.add_column(heading, justify="left" if heading == "page" else "right", no_wrap=True)
    slow = 0
    for one in measure_pages(room, askings):
        slow += one.cpu_p95 > WANTED * 1000
        wrong = ", ".join(f"{number} of {status}" for status, number in sorted(one.statuses.items()))
        times = (one.first, one.cpu_median, one.cpu_p95, one.wall_median, one.wall_p95)
        table.add_row(
            one.kind, str(one.asked), *(f"{time:.0f}" for time in times), f"{one.packed / 1000:.0f}", wrong or "-"
        )
    console().print(table)
    crowd = measure_crowd(room, readers, max(1, askings // 4))
    emit(
        [
            f"kinds of page above {WANTED * 1000:.0f} ms of CPU at the 95th percentile: {slow}",
            f"first page with all that it loads, packed: {first_page(room) / 1000:.0f} kB (wanted: {FIRST_PAGE // 1000})",
            f"{crowd.readers} readers at once: {crowd.asked} pages in {crowd.seconds:.0f} seconds, {crowd.errors} errors; "
            f"middle {crowd.median:.0f} ms, 95th percentile {crowd.p95:.0f} ms, worst {crowd.worst:.0f} ms",
        ]
    )


def _chronicle(folder: Path, settings: Settings) -> None:
    from dragoman.bench.chronicle import Score, pair_folders, read_pair, score_pair
    from dragoman.read import build_reader

    codebook = codebook_of(settings)
    reader = build_reader(codebook, settings.model) if settings.model else build_reader(codebook)
    pairs = pair_folders(folder)
    if not pairs:
        raise InputError(f"No pair in {str(folder)!r}: name the folder whose folders hold an expected.json each.")
    whole = Score()
    for pair in pairs:
        score_pair(pair, read_pair(pair, reader), codebook, whole)
    emit(
        [
            f"states right          {whole.right} of {whole.points} points ({whole.share:.3f})",
            f"reports found         {whole.found} of {whole.reports}",
            f"merged events, F1     {whole.f1:.3f}; over the reports found {whole.f1_found:.3f}",
            *whole.misses,
        ]
    )


def _examples(folder: Path | None, settings: Settings) -> None:
    from dragoman.bench.expected import judge_examples, read_examples
    from dragoman.read import build_reader
    from dragoman.run.examples import example_folder

    codebook = codebook_of(settings)
    reader = build_reader(codebook, settings.model) if settings.model else build_reader(codebook)
    verdicts = list(judge_examples(read_examples(folder or example_folder(), reader), codebook))
    met = sum(verdict.met for _, verdict in verdicts)
    if not verdicts:
        raise InputError(f"No example in {str(folder)!r}: articles/NAME.txt needs its expected/NAME.json.")
    missed = sorted(f"{verdict.line(name)}   found: {verdict.found}" for name, verdict in verdicts if not verdict.met)
    emit([f"{met} of {len(verdicts)} expectations met ({met / len(verdicts):.3f})", *missed])


def _gold(path: Path, settings: Settings) -> None:
    from dragoman.bench.gold import score_gold
    from dragoman.read import build_reader

    codebook = codebook_of(settings)
    reader = build_reader(codebook, settings.model) if settings.model else build_reader(codebook)
    score = score_gold(path, reader, codebook)
    if not score.verdicts:
        raise InputError(f"{path} expects nothing: check some findings first (dragoman events accept ID).")
    lines = [f"{score.met} of {len(score.verdicts)} expectations met ({score.met / len(score.verdicts):.3f})"]
    for kind in dict.fromkeys(verdict.kind for _, verdict in score.verdicts):
        of_kind = [verdict.met for _, verdict in score.verdicts if verdict.kind == kind]
        lines.append(f"  {kind:12} {sum(of_kind)} of {len(of_kind)}")
    if score.reported:
        lines.append(f"{score.right} of {score.reported} events found in articles checked whole are expected")
    lines += sorted(
        f"{verdict.line(name)}   found: {verdict.found}" for name, verdict in score.verdicts if not verdict.met
    )
    emit(lines)
