"""Adding articles: what was dropped, pasted or named is read one job after another, and every job can say how far it is.

The reader is loaded with the first job and kept. A job that was stopped half-way has stored what it had read.
"""

from __future__ import annotations

import itertools
import queue
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.errors import DragomanError, InputError
from dragoman.ingest import Refusal, read_bytes
from dragoman.read import Pipeline, build_reader
from dragoman.record import Article
from dragoman.run.fetch import fetch_page
from dragoman.run.local import Step, read_into
from dragoman.run.view.room import Room

MOST_WAITING = 50
"""Jobs that may wait for the reader."""
MOST_BYTES = 256_000_000
"""Bytes of files that may wait for the reader, all jobs together: they are held in memory."""
MOST_KEPT = 200
"""Jobs whose end is remembered."""
MOST_LINES = 200
"""Reasons that a job keeps to show; more hide the rest of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to add: `data` of a file or a pasted text named `source`, or an address (data None)."""

    source: str
    data: bytes | None = field(default=None, repr=False)


@dataclass(slots=True, kw_only=True)
class Job:
    """Some things to add, and what became of them so far.

    `of` counts the things that were given, `done` those that are finished; `steps` counts the articles in them by what
    became of each (`run.local.Step`); `stage` says what is being done now.
    """

    id: str
    items: tuple[Item, ...] = field(repr=False)
    published: date | None = None
    publisher: str | None = None
    of: int = 0
    done: int = 0
    stage: str = "waiting"
    steps: Counter[str] = field(default_factory=Counter)
    events: int = 0
    statements: int = 0
    articles: list[tuple[str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    over: bool = False

    @property
    def read(self) -> int:
        """Articles read, for the first time or again."""
        return self.steps["read"] + self.steps["again"]

    @property
    def unchanged(self) -> int:
        """Articles that the store had already."""
        return self.steps["unchanged"] + self.steps["older"] + self.steps["differs"]


class Adding:
    """The queue of jobs and the one thread that reads them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._jobs: dict[str, Job] = {}
        self._waiting: queue.Queue[Job] = queue.Queue(MOST_WAITING)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._reader: Pipeline | None = None

    def add(self, items: Sequence[Item], *, published: date | None = None, publisher: str | None = None) -> Job:
        """Queue some things to add and return the job; `InputError` where too much waits already."""
        with self._lock:
            waiting = sum(len(item.data or b"") for job in self.under_way() for item in job.items)
            if waiting + sum(len(item.data or b"") for item in items) > MOST_BYTES:
                raise InputError(
                    f"{waiting // 1_000_000} MB wait for the reader already, of {MOST_BYTES // 1_000_000}: "
                    "add more when some of them are read."
                )
            job = Job(
                id=str(next(self._numbers)), items=tuple(items), published=published, publisher=publisher, of=len(items)
            )
            try:
                self._waiting.put_nowait(job)
            except queue.Full as error:
                raise InputError(
                    f"{MOST_WAITING} additions wait for the reader already: add more when some of them are done."
                ) from error
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.over][: max(0, len(self._jobs) - MOST_KEPT)]:
                del self._jobs[old]
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="adding", daemon=True)
                self._thread.start()
        return job

    def job(self, job_id: str) -> Job | None:
        """Return a job by its id."""
        return self._jobs.get(job_id)

    def under_way(self) -> list[Job]:
        """Return the jobs that are not over, the first first."""
        return [job for job in list(self._jobs.values()) if not job.over]

    def _work(self) -> None:
        while True:
            job = self._waiting.get()
            try:
                self._read(job)
            except DragomanError as error:
                job.reasons.append(str(error))
            except Exception as error:  # the thread must go on with the next job
                traceback.print_exc(file=sys.stderr)
                job.reasons.append(
                    f"A fault of the program ({type(error).__name__}): what was read before it is stored."
                )
            job.stage = "done"
            job.items = ()
            job.over = True

    def _read(self, job: Job) -> None:
        room = self._room
        if self._reader is None:
            job.stage = "loading the reader"
            model = room.settings.model
            self._reader = build_reader(room.codebook, model) if model else build_reader(room.codebook)
        job.stage = "reading"
        for step in read_into(room.store, _inputs(job), self._reader, 1):
            _count(job, step)
        job.stage = "joining with what is known"
        with room.reading():
            pass


def _inputs(job: Job) -> Iterator[Article | Refusal]:
    """The articles and refusals of a job's things; a thing is done when the next is asked for."""
    for item in job.items:
        if item.data is not None:
            yield from read_bytes(item.data, item.source, published=job.published, publisher=job.publisher)
        else:
            try:
                page = fetch_page(item.source)
            except InputError as error:
                yield Refusal(item.source, f"{item.source}: {error}")
            else:
                yield from read_bytes(
                    page.data, page.url, published=job.published, publisher=job.publisher, url=page.url
                )
        job.done += 1


def _count(job: Job, step: Step) -> None:
    job.steps[step.kind] += 1
    if step.reason and len(job.reasons) < MOST_LINES:
        job.reasons.append(step.reason)
    job.events += step.events
    job.statements += step.statements
    if step.article is not None and len(job.articles) < MOST_LINES:
        job.articles.append((step.article.id, step.article.title or step.article.source))
