"""Reading with several processes: the same documents in the same order as with one, however many there are.

Batches go out as they come and their outcomes come back in that order, at most a few batches ahead, so that memory stays the
same however long the input is. A worker that dies (out of memory, a crash in a library) takes nothing with it: its batch is
read again alone, then article by article, and only the article at fault is refused. Workers end when their parent does, even
by kill -9.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from dragoman.codebook import Codebook
from dragoman.read import Pipeline, build_reader
from dragoman.read.parse import DEFAULT_MODEL
from dragoman.record import Article
from dragoman.run.reading import Outcome, for_store, read_batch

_AHEAD = 2
"""Batches a worker has waiting: enough that it never waits for the parent, few enough that memory stays bounded."""

_WORTH = 4
"""Batches for each process below which one process alone is done sooner."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
"""Each worker computes on one core: several of them on threads of several would only wait for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a process needs to build its own reader: the user's rules and the model's name."""

    folders: tuple[Path, ...] = ()
    registers: tuple[Path, ...] = ()
    model: str = DEFAULT_MODEL

    def build(self) -> Pipeline:
        """Return the reader."""
        return build_reader(Codebook(self.folders, self.registers), self.model)


def recipe_of(codebook: Codebook, model: str | None) -> Recipe:
    """Return the recipe for a reader with the same rules and model."""
    return Recipe(folders=codebook.layers[1:], registers=codebook.registers, model=model or DEFAULT_MODEL)


@dataclass(slots=True)
class Workers:
    """So many processes that read; a context manager, which ends them at the end."""

    recipe: Recipe
    jobs: int
    version: str
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)
    _packed: bool = field(default=False, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._end()

    def begin(self) -> None:
        """Start the processes now, while the caller does other things, and not at the first batch."""
        for _ in range(self.jobs):
            self._begun().submit(_nothing)

    def outcomes(self, batches: Iterable[list[Article]], *, packed: bool = False) -> Iterator[list[Outcome]]:
        """Yield what became of each batch, in their order; `packed` as the store keeps it, which is less to hand over."""
        self._packed = packed
        sent: deque[tuple[list[Article], Future[list[Outcome]]]] = deque()
        for batch in batches:
            sent.append((batch, self._send(batch)))
            if len(sent) >= self.jobs * _AHEAD:
                yield self._next(sent)
        while sent:
            yield self._next(sent)

    def _next(self, sent: deque[tuple[list[Article], Future[list[Outcome]]]]) -> list[Outcome]:
        batch, future = sent.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self._end()
            found = self._alone(batch)
            others = list(sent)
            sent.clear()
            sent.extend((other, future if _is_good(future) else self._send(other)) for other, future in others)
            return found

    def _alone(self, batch: list[Article]) -> list[Outcome]:
        """Read a batch that was in hand when a worker died: together, then one by one."""
        with ProcessPoolExecutor(1, **_options(self.recipe)) as pool:
            try:
                return pool.submit(_read, batch, self._packed).result()
            except BrokenProcessPool:
                pass
        if len(batch) > 1:
            return [outcome for article in batch for outcome in self._alone([article])]
        reason = (
            f"{batch[0].source}: the process that read it died (out of memory, or a crash in a library); "
            "please report it with the text."
        )
        return [Outcome(article=batch[0], document=None, reason=reason, storable=False)]

    def _send(self, batch: list[Article]) -> Future[list[Outcome]]:
        try:
            return self._begun().submit(_read, batch, self._packed)
        except BrokenProcessPool as error:
            broken: Future[list[Outcome]] = Future()
            broken.set_exception(error)
            return broken

    def _begun(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.jobs, **_options(self.recipe))
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def open_reader(
    codebook: Codebook, model: str | None, jobs: int | None, batch: int, inputs: int | None
) -> Iterator[Pipeline | Workers]:
    """Give a reader: one in this process for one job or few inputs, else as many processes as `jobs` (None: the cores).

    `inputs` is how many there are, None where nobody knows. A process takes some seconds to begin, which a few batches don't
    repay.
    """
    wanted = jobs or cores()
    pipeline = build_reader(codebook, model or DEFAULT_MODEL)
    if wanted == 1 or (jobs is None and inputs is not None and inputs < worth(batch)):
        yield pipeline
        return
    with Workers(recipe_of(codebook, model), wanted, pipeline.version) as workers:
        workers.begin()
        yield workers


def worth(batch: int) -> int:
    """Return how many inputs there are at least where several processes are done sooner than one."""
    return cores() * batch * _WORTH


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_good(future: Future[list[Outcome]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _options(recipe: Recipe) -> dict[str, Any]:
    """Spawned, not forked: a fork of a process with threads may hang, and is not the same on every system."""
    return {"mp_context": multiprocessing.get_context("spawn"), "initializer": _prepare, "initargs": (recipe,)}


_reader: Pipeline | None = None  # one a process, set by `_prepare`: a pool hands its workers nothing else to keep it in


def _prepare(recipe: Recipe) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    for name in _THREADS:
        os.environ[name] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reader = recipe.build()


def _end_with_parent() -> None:
    """Leave when the parent is gone: a parent killed with -9 can't say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _nothing() -> None:
    """What a process does for which there is no batch yet."""


def _read(batch: list[Article], packed: bool) -> list[Outcome]:
    assert _reader is not None
    return [for_store(outcome) if packed else _light(outcome) for outcome in read_batch(batch, _reader)]


def _light(outcome: Outcome) -> Outcome:
    """Without the parse, which is not stored and would be the most of what goes between the processes."""
    document = outcome.document
    return outcome if document is None else replace(outcome, document=replace(document, parse=None))
