"""The speed bench: words a CPU-second of the bare spaCy parse and of the whole reading, in one run, and peak memory.

The two read the same articles in turns, batch by batch, so that a machine that slows down slows both. Words are what stands
between white space. CPU time is that of the whole process, all threads. Peak memory is that of a process of its own which
only reads.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.ingest import Refusal
from dragoman.read import Pipeline, Stage, build_reader
from dragoman.read.parse import DEFAULT_MODEL, load_model
from dragoman.record import Article, Document
from dragoman.run.inputs import open_inputs
from dragoman.run.reading import batches
from dragoman.settings import BATCH

RATIO_WANTED = 0.75
"""The whole reading, which is by rules alone, keeps at least this share of the bare parse's speed."""

MEMORY_WANTED = 700
"""Megabytes (10^6 bytes) that reading a corpus of short articles may take at its peak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What was measured: words, CPU-seconds of either way, peak memory in megabytes, CPU-seconds of each stage."""

    articles: int
    words: int
    bare: float
    whole: float
    memory: float
    stages: tuple[tuple[str, float], ...]

    @property
    def ratio(self) -> float:
        """The whole reading's speed as a share of the bare parse's."""
        return self.bare / self.whole


def measure(corpus: Path, model: str = DEFAULT_MODEL) -> Speed:
    """Measure on a corpus of articles, in any form that `read` takes; `InputError` where it holds none."""
    articles = _articles(corpus)
    seconds: dict[str, float] = {}
    plain = build_reader(Codebook(), model)
    reader = Pipeline(tuple(_clocked(stage, seconds) for stage in plain.stages), plain.codebook)
    nlp = load_model(model)
    _warm_up(plain, nlp, articles[:2])
    bare = whole = 0.0
    for number, batch in enumerate(batches(articles, BATCH)):
        if number % 2:
            whole += _whole(reader, batch)
            bare += _bare(nlp, batch)
        else:
            bare += _bare(nlp, batch)
            whole += _whole(reader, batch)
    return Speed(
        articles=len(articles),
        words=sum(len(article.text.split()) for article in articles),
        bare=bare,
        whole=whole,
        memory=_memory_of_reading(corpus, model),
        stages=tuple(seconds.items()),
    )


def _articles(corpus: Path) -> list[Article]:
    found = list(open_inputs([str(corpus)]))
    refused = [one for one in found if isinstance(one, Refusal)]
    articles = [one for one in found if isinstance(one, Article)]
    if not articles:
        raise InputError(refused[0].reason if refused else f"{corpus} holds no article: name a corpus as JSON Lines.")
    return articles


def _warm_up(reader: Pipeline, nlp: Any, articles: Sequence[Article]) -> None:
    """Load models and tables before the clock runs."""
    _bare(nlp, articles)
    reader.read([Document(article=article) for article in articles])


def _bare(nlp: Any, articles: Sequence[Article]) -> float:
    """CPU-seconds of the spaCy pipeline alone, on the articles as they are."""
    start = time.process_time()
    for _ in nlp.pipe((article.text for article in articles), batch_size=BATCH):
        pass
    return time.process_time() - start


def _whole(reader: Pipeline, articles: Sequence[Article]) -> float:
    """CPU-seconds of the whole reading, from articles to documents."""
    start = time.process_time()
    reader.read([Document(article=article) for article in articles])
    return time.process_time() - start


def _clocked(stage: Stage, seconds: dict[str, float]) -> Stage:
    """The stage, its CPU-seconds added up under its name."""

    def clocked(run: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            start = time.process_time()
            try:
                return run(*arguments)
            finally:
                seconds[stage.name] = seconds.get(stage.name, 0.0) + time.process_time() - start

        return timed

    return replace(
        stage, read=stage.read and clocked(stage.read), read_many=stage.read_many and clocked(stage.read_many)
    )


def _memory_of_reading(corpus: Path, model: str) -> float:
    command = [sys.executable, "-m", "dragoman.bench.speed", str(corpus), model]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this module itself
    return float(json.loads(done.stdout))


def _read_all(corpus: Path, model: str) -> float:
    """Read the corpus as `read` does and return this process's peak memory in megabytes."""
    reader = build_reader(Codebook(), model)
    articles = (one for one in open_inputs([str(corpus)]) if isinstance(one, Article))
    for batch in batches(articles, BATCH):
        reader.read([Document(article=article) for article in batch])
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    print(json.dumps(_read_all(Path(sys.argv[1]), sys.argv[2])))
