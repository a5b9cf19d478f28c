"""`dragoman read`."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing, nullcontext, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dragoman.cli.options import (
    RegisterOption,
    SettingsOption,
    StoreOption,
    codebook_of,
    parse_day,
    say_refusals,
    settings_of,
    store_of,
)
from dragoman.cli.output import emit, say
from dragoman.cli.progress import progress, stopping
from dragoman.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dragoman.cli.log import JsonLog
    from dragoman.codebook import Codebook
    from dragoman.record import Article, Document
    from dragoman.run.local import Step
    from dragoman.settings import Settings

SOME_REFUSED, INTERRUPTED = 1, 130


class Place(StrEnum):
    """Where the reading is done, if not here."""

    RAY = "ray"


class LogForm(StrEnum):
    """How a run may say on standard error what it does, if not in words."""

    JSON = "json"


class ReadFormat(StrEnum):
    """What `read` may print instead of storing."""

    JSONL = "jsonl"


def read(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.", show_default=False),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="The day of publication of texts that don't say, as 2023-04-21.", metavar="DATE")
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(help="The publisher of texts that don't say.", metavar="NAME")
    ] = None,
    url: Annotated[str | None, typer.Option(help="The address of a text that doesn't say.", metavar="URL")] = None,
    form: Annotated[
        ReadFormat | None, typer.Option("--format", help="Print the record as JSON Lines instead of storing it.")
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Read again what an older reader has read, and let new metadata replace the old."),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=256,
            help="Processes that read; without it as many as cores, and one for few articles.",
            metavar="N",
        ),
    ] = None,
    prefilter: Annotated[
        bool,
        typer.Option(
            "--prefilter",
            help="Pass over texts that name no state, body, organ or officeholder, before the parse. Measured loss: 1 of 1,140 "
            "events of general news (0.1 %), 8 of 1,157 of single sentences (0.7 %).",
        ),
    ] = False,
    log: Annotated[
        LogForm | None,
        typer.Option(
            "--log", help="Say on standard error what is done as JSON, an object a line: batches, refusals, end."
        ),
    ] = None,
    place: Annotated[
        Place | None, typer.Option("--on", help="Read on Ray, into the folder or address that --output names.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(help="The shelf that --on ray reads into: a folder, or s3://bucket/folder.", metavar="PLACE"),
    ] = None,
    address: Annotated[
        str | None, typer.Option(help="The address of a Ray cluster; without it this machine.", metavar="ADDRESS")
    ] = None,
    store: StoreOption = None,
    register: RegisterOption = None,
    settings: SettingsOption = None,
) -> None:
    """Read articles into the store, or print their record.

    Text, HTML pages, JSON Lines, web archives, feeds and Parquet are read, compressed and in archives too. An input that
    can't be read is refused with a line that says why; the others are read all the same. Exit status: 0 all read, 1 some
    refused, 2 the call was wrong.
    """
    chosen = settings_of(settings, store)
    day = parse_day(published)
    if not paths:
        if sys.stdin.isatty():
            raise typer.BadParameter("no PATH: name files or folders, or pipe a text in.")
        paths = ["-"]

    if place is Place.RAY:
        _read_on_ray(paths, output, address, jobs, chosen, register, prefilter=prefilter, log=log)

    from dragoman.run.inputs import (  # here and below: nothing heavy before the call is right
        STANDARD_INPUT,
        count_inputs,
        counted_if_few,
        open_inputs,
    )
    from dragoman.run.local import read_documents, read_into
    from dragoman.run.workers import open_reader, worth

    codebook = codebook_of(chosen, register)
    say_refusals(codebook)
    inputs = open_inputs(paths, published=day, publisher=publisher, url=url, stdin=sys.stdin.buffer)
    total = count_inputs(paths)
    if total is None and STANDARD_INPUT not in paths:  # what comes through a pipe may come slowly
        inputs, total = counted_if_few(inputs, worth(chosen.batch))
    skip = _skip(codebook) if prefilter else None
    tally = _Tally(LogForm.JSON if log else None)
    with open_reader(codebook, chosen.model, jobs or chosen.jobs, chosen.batch, total) as reader:
        if form is ReadFormat.JSONL:
            from dragoman.record.jsonl import lines
            from dragoman.relate import build_history

            documents: list[Document] = []
            steps = read_documents(inputs, reader, chosen.batch, skip=skip)
            finished = tally.follow(steps, chosen.batch, total, documents)
            if finished:
                emit(lines(build_history(documents, codebook)))
            tally.say("printed" if finished else "nothing printed")
        else:
            from dragoman.run.history import bring_up_to_date

            kept = store_of(chosen, create=True, kept=1)  # each opening and closing of SQLite costs as much as a batch
            try:
                steps = read_into(kept, inputs, reader, chosen.batch, again=again, skip=skip)
                finished = tally.follow(steps, chosen.batch, total, None)
            finally:
                tally.say(f"in {kept.path}")
            if finished and tally.changed:
                with suppress(StoreError):  # whoever may write, or asks next, joins it
                    bring_up_to_date(kept, codebook)
            kept.close()
    if not finished:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(SOME_REFUSED if tally.kinds["refused"] else 0)


def _skip(codebook: Codebook) -> Callable[[Article], bool]:
    from dragoman.read.prefilter import names_political_actor

    return lambda article: not names_political_actor(article.text, codebook)


def _read_on_ray(
    paths: list[str],
    output: str | None,
    address: str | None,
    jobs: int | None,
    chosen: Settings,
    register: list[Path] | None,
    *,
    prefilter: bool,
    log: LogForm | None,
) -> NoReturn:
    """Read into a shelf and leave."""
    if output is None:
        raise typer.BadParameter("--on ray reads into a shelf: name its folder or address with --output.")
    from dragoman.run.cluster.ray_read import read_on_ray
    from dragoman.run.cluster.shelf import Shelf
    from dragoman.run.workers import recipe_of

    codebook = codebook_of(chosen, register)
    say_refusals(codebook)
    recipe = recipe_of(codebook, chosen.model)
    lines = None
    if log is LogForm.JSON:
        from dragoman.cli.log import JsonLog

        lines = JsonLog()
    done = read_on_ray(
        paths,
        Shelf(output),
        recipe,
        batch=chosen.batch,
        address=address,
        workers=jobs or chosen.jobs,
        prefilter=prefilter,
        watch=lines.batch if lines else lambda _: None,
        refuse=lines.refused if lines else lambda *_: None,
    )
    if lines is not None:
        counts = {name: getattr(done, name) for name in ("read", "skipped", "refused", "events", "statements")}
        lines.finished(**counts, unchanged=done.known, where=output)
    else:
        passed = f"{done.skipped} skipped, naming no political actor, " if done.skipped else ""
        say(f"{done.read} read, {done.known} there before, {passed}{done.refused} refused; in {output}.")
    raise typer.Exit(SOME_REFUSED if done.refused else 0)


def _nothing() -> None:
    """What a run without a progress bar does for each input."""


class _Tally:
    """What became of the inputs so far, in numbers; told in words, or with a form of log in that."""

    def __init__(self, log: LogForm | None = None) -> None:
        self.kinds: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.interrupted = False
        self._log: JsonLog | None = None
        if log is LogForm.JSON:
            from dragoman.cli.log import JsonLog

            self._log = JsonLog()

    @property
    def changed(self) -> bool:
        return self.kinds["read"] + self.kinds["again"] > 0

    def follow(self, steps: Iterable[Step], batch: int, total: int | None, documents: list[Document] | None) -> bool:
        """Count the steps as they come, say each reason, collect the documents; False when the user stopped it."""
        from dragoman.run.watching import meters, watched

        log = self._log
        watchers = [*meters(), *([log.batch] if log else [])]
        bar = nullcontext((_nothing, say)) if log else progress(total)
        with bar as (advance, tell), stopping() as stop, closing(watched(steps, batch, watchers)) as seen:
            try:
                for step in seen:
                    advance()
                    self.kinds[step.kind] += 1
                    if step.reason and log:
                        log.refused(step.source, step.reason)
                    elif step.reason:
                        tell(step.reason)
                    self.found["events"] += step.events
                    self.found["statements"] += step.statements
                    if documents is not None and step.document is not None:
                        documents.append(step.document)
                    if stop.is_set():
                        self.interrupted = True
                        break
            except KeyboardInterrupt:
                self.interrupted = True
        return not self.interrupted

    def say(self, where: str) -> None:
        """Say the summary on standard error."""
        if self._log is not None:
            kinds = ("read", "again", "unchanged", "older", "differs", "skipped", "refused")
            counts = {kind: self.kinds[kind] for kind in kinds} | {"events": self.found["events"]}
            self._log.finished(**counts, statements=self.found["statements"], interrupted=self.interrupted, where=where)
            return
        read = self.kinds["read"] + self.kinds["again"]
        parts = [
            f"{read} read ({self.found['events']} events, {self.found['statements']} statements)" if read else "0 read"
        ]
        if self.kinds["again"]:
            parts.append(f"{self.kinds['again']} of them again")
        parts.append(f"{self.kinds['unchanged'] + self.kinds['older'] + self.kinds['differs']} unchanged")
        if self.kinds["skipped"]:
            parts.append(f"{self.kinds['skipped']} skipped, naming no political actor")
        parts.append(f"{self.kinds['refused']} refused")
        say(f"{', '.join(parts)}; {where}.")
        if self.kinds["older"]:
            say(f"{self.kinds['older']} of the unchanged were read by an older reader: --again reads them anew.")
        if self.kinds["differs"]:
            say(
                f"{self.kinds['differs']} of the unchanged came with another title, publisher or date: --again takes the new."
            )
        if self.interrupted:
            say("Interrupted. What was read is stored whole; the same command reads the rest.")
