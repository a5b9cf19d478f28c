"""The processes bench: how much sooner two processes are done than one, here and on Ray, on the same made articles.

Each way reads in a process of its own and is timed by the clock from before its first reader is built until the last article is
stored: the start of its processes counts, the joining of the history does not. It says something only on a machine that does
nothing else.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from dragoman.bench.made import write_articles
from dragoman.codebook import Codebook
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_into
from dragoman.run.workers import open_reader, recipe_of
from dragoman.settings import BATCH
from dragoman.store import open_store

ARTICLES = 20_000
WAYS = {"one": 1.0, "two": 1.8, "ray": 1.6}
"""One process, two, and two workers on Ray; how many times the first's speed each should reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One way of reading: its articles, its seconds by the clock, CPU-seconds of its processes that ended, the load before."""

    way: str
    articles: int
    seconds: float
    cpu: float
    load: float


def measure_processes(count: int = ARTICLES) -> Iterator[Timing]:
    """Yield the timing of each way on so many made articles, of some sixty words; Ray only where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "made.jsonl"
        write_articles(corpus, count, Codebook())
        for way in WAYS:
            if way == "ray" and not _has_ray():
                continue
            command = [sys.executable, "-m", "dragoman.bench.processes", way, str(corpus), folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this module itself
            yield Timing(**json.loads(done.stdout.splitlines()[-1]))


def _has_ray() -> bool:
    from importlib.util import find_spec

    return find_spec("ray") is not None


def _timed(way: str, corpus: str, folder: str) -> Timing:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    start = time.perf_counter()
    read = _on_ray(corpus, folder) if way == "ray" else _here(way, corpus, folder)
    seconds = time.perf_counter() - start
    spent = os.times()
    cpu = spent.user + spent.system + spent.children_user + spent.children_system
    return Timing(way=way, articles=read, seconds=seconds, cpu=cpu, load=load)


def _here(way: str, corpus: str, folder: str) -> int:
    store = open_store(Path(folder) / f"{way}.sqlite3", create=True, kept=1)
    with closing(store), open_reader(Codebook(), None, 1 if way == "one" else 2, BATCH, None) as reader:
        return sum(step.kind == "read" for step in read_into(store, open_inputs([corpus]), reader, BATCH))


def _on_ray(corpus: str, folder: str) -> int:
    from dragoman.run.cluster.ray_read import read_on_ray
    from dragoman.run.cluster.shelf import Shelf

    logging.disable(logging.WARNING)
    shelf = Shelf(str(Path(folder) / "shelf"))
    return read_on_ray([corpus], shelf, recipe_of(Codebook(), None), batch=BATCH, workers=2).read


if __name__ == "__main__":
    print(json.dumps(asdict(_timed(*sys.argv[1:4]))))
