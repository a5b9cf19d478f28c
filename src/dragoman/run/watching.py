"""Watching a long reading: what each batch of inputs came to, for logs and metrics.

A batch here is so many inputs, in the order in which they were done, however many processes read them. Seconds are those that
passed meanwhile; they go into logs and metrics, never into the record.
"""

from __future__ import annotations

import importlib.util
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.run.local import Step

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of so many inputs: `number` from 1; `read` also counts those read again, `unchanged` all that were there."""

    number: int
    inputs: int
    read: int
    unchanged: int
    skipped: int
    refused: int
    events: int
    statements: int
    seconds: float


Watcher = Callable[[Batch], None]


def watched(steps: Iterable[Step], size: int, watchers: Sequence[Watcher]) -> Generator[Step, None, None]:
    """Yield the steps, and tell the watchers after every `size` of them and at the end, also where it comes early."""
    kinds: Counter[str] = Counter()
    number, since = 0, time.monotonic()

    def tell() -> None:
        nonlocal number, since
        number += 1
        now = time.monotonic()
        batch = Batch(
            number=number,
            inputs=kinds["inputs"],
            read=kinds["read"] + kinds["again"],
            unchanged=kinds["unchanged"] + kinds["older"] + kinds["differs"],
            skipped=kinds["skipped"],
            refused=kinds["refused"],
            events=kinds["events"],
            statements=kinds["statements"],
            seconds=now - since,
        )
        since = now
        kinds.clear()
        for watcher in watchers:
            watcher(batch)

    try:
        for step in steps:
            kinds["inputs"] += 1
            kinds[step.kind] += 1
            kinds["events"] += step.events
            kinds["statements"] += step.statements
            if kinds["inputs"] == size:
                tell()
            yield step
    finally:
        if kinds["inputs"]:
            tell()


def meters(provider: MeterProvider | None = None) -> tuple[Watcher, ...]:
    """Return the watcher that counts in OpenTelemetry, none where it is not installed.

    Without `provider`, the process's own, which `opentelemetry-instrument` sets up; where nobody did, counting does nothing.
    """
    if provider is None and importlib.util.find_spec("opentelemetry") is None:
        return ()
    from opentelemetry import metrics

    meter = (provider or metrics.get_meter_provider()).get_meter("dragoman")
    articles = meter.create_counter("dragoman.articles", unit="{article}", description="Articles that were read.")
    events = meter.create_counter("dragoman.events", unit="{event}", description="Events found in them.")
    refusals = meter.create_counter("dragoman.refusals", unit="{input}", description="Inputs that were refused.")
    seconds = meter.create_histogram(
        "dragoman.batch.duration", unit="s", description="Seconds that a batch of inputs took."
    )

    def count(batch: Batch) -> None:
        articles.add(batch.read)
        events.add(batch.events)
        refusals.add(batch.refused)
        seconds.record(batch.seconds)

    return (count,)
