"""The memory bench: what one process that reads holds after so many articles, which must not grow with their number.

Brief made articles (`made`) are read into a new store as `read` does, in a process of its own. Beside the peak stands what the
process holds at that moment, and with `traced` where in the code what is left behind was allocated.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dragoman.bench.made import made_articles
from dragoman.codebook import Codebook
from dragoman.read import build_reader
from dragoman.run.local import read_into
from dragoman.settings import BATCH
from dragoman.store import open_store

GROWTH_WANTED = 0.10
"""From the first mark to the last the peak may grow by this share."""

MARKS = (1_000, 5_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """After so many `articles`: megabytes (10^6 bytes) held then and at the peak so far, CPU-seconds since the first."""

    articles: int
    held: float
    peak: float
    seconds: float


def measure_memory(marks: Sequence[int] = MARKS) -> Iterator[Mark]:
    """Yield what a process that reads holds at each mark, as it comes there."""
    command = [sys.executable, "-m", "dragoman.bench.memory", *map(str, sorted(marks))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - this module itself
        assert child.stdout is not None
        for line in child.stdout:
            yield Mark(**json.loads(line))
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)


def growth(marks: Sequence[Mark]) -> float:
    """Return by which share the peak grew from the first mark to the last."""
    return marks[-1].peak / marks[0].peak - 1


def _read_and_tell(marks: Sequence[int], traced: bool) -> None:
    """Read made articles into a store that is thrown away and print each mark as JSON when it is reached."""
    codebook = Codebook()
    reader = build_reader(codebook)
    before: tracemalloc.Snapshot | None = None
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "made.sqlite3", create=True, kept=1)
        start = time.process_time()
        steps = read_into(store, made_articles(marks[-1], codebook, brief=True), reader, BATCH)
        for number, _step in enumerate(steps, 1):
            if number in marks:
                mark = Mark(articles=number, held=_held(), peak=_peak(), seconds=time.process_time() - start)
                print(json.dumps(asdict(mark)), flush=True)
                if traced and before is None:
                    tracemalloc.start(8)
                    gc.collect()
                    before = tracemalloc.take_snapshot()
        if before is not None:
            gc.collect()
            for line in tracemalloc.take_snapshot().compare_to(before, "lineno")[:25]:
                print(line, file=sys.stderr)


def _held() -> float:
    """Megabytes of this process in memory now; its peak where the system does not say."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return _peak()
    return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6


def _peak() -> float:
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    _read_and_tell([int(one) for one in sys.argv[1:] if one != "--traced"], "--traced" in sys.argv)
