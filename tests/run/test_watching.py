"""What a long reading says of itself: batches for logs and metrics, and steps that don't pile up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from dragoman.ingest import Refusal
from dragoman.record import Document
from dragoman.run import local
from dragoman.run.local import Step, read_into
from dragoman.run.watching import Batch, meters, watched
from dragoman.store import Store


def steps(documents: list[Document]) -> list[Step]:
    """Two articles read, one that was there, one skipped and one refused."""
    return [
        *(Step(kind="read", source=d.article.source, events=len(d.events or ())) for d in documents),
        Step(kind="older", source="c"),
        Step(kind="skipped", source="d"),
        Step(kind="refused", source="e", reason="e is empty."),
    ]


def test_batches_count_every_step_once(quarrel: list[Document]) -> None:
    """The batches together have each input once, the last one what is left, and the steps come through as they are."""
    told: list[Batch] = []
    assert list(watched(steps(quarrel), 2, [told.append])) == steps(quarrel)
    assert [(b.number, b.inputs, b.read, b.unchanged, b.skipped, b.refused) for b in told] == [
        (1, 2, 2, 0, 0, 0),
        (2, 2, 0, 1, 1, 0),
        (3, 1, 0, 0, 0, 1),
    ]
    assert told[0].events == sum(len(d.events or ()) for d in quarrel)
    assert all(batch.seconds >= 0 for batch in told)


def test_an_interrupted_run_tells_its_last_batch(quarrel: list[Document]) -> None:
    """A run that is stopped in the middle of a batch tells what was done of it."""
    told: list[Batch] = []
    seen = watched(steps(quarrel), 100, [told.append])
    next(seen)
    seen.close()
    assert [(b.inputs, b.read) for b in told] == [(1, 1)]


def test_opentelemetry_gets_counters_and_a_histogram(quarrel: list[Document]) -> None:
    """The meters count articles, events and refusals, and record the seconds of each batch."""
    reader = InMemoryMetricReader()
    list(watched(steps(quarrel), 2, meters(MeterProvider([reader]))))
    data: Any = reader.get_metrics_data()
    found = {
        metric.name: metric.data.data_points[0]
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }
    assert found["dragoman.articles"].value == 2
    assert found["dragoman.events"].value == sum(len(d.events or ()) for d in quarrel)
    assert found["dragoman.refusals"].value == 1
    assert found["dragoman.batch.duration"].count == 3


def test_steps_without_reading_are_told_as_they_come(
    make_store: Callable[..., Store], monkeypatch: Any, read_nothing: Any
) -> None:
    """Refusals don't wait for the end of an input that holds nothing to read: memory would grow with it."""
    monkeypatch.setattr(local, "_HELD", 10)
    taken = 0

    def inputs() -> Iterator[Refusal]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield Refusal(f"{number}", f"{number} is empty.")

    found = read_into(make_store("empty", []), inputs(), read_nothing, 4)
    next(found)
    assert taken <= 11
    assert len(list(found)) == 99
