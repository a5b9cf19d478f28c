"""Crews: who does the tasks of a merge, this process or Ray."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

from dragoman.run.cluster.session import ray_errors, ray_session
from dragoman.run.merging.task import Task, do_task
from dragoman.run.workers import Recipe

_AHEAD = 2
"""Tasks that each core has waiting."""
_RETRIES = 5
"""How often a task whose process or machine died is begun again."""


class Crew(Protocol):
    """Does tasks in any order."""

    def session(self) -> AbstractContextManager[object]:
        """Hold what the work needs, for all stages."""

    def do(self, place: str, recipe: Recipe, tasks: Iterable[tuple[Task, str]]) -> Iterator[tuple[str, str]]:
        """Yield the key of each task that is done and what it wrote, packed."""


@dataclass(frozen=True, slots=True)
class Alone:
    """This process does one after the other."""

    def session(self) -> AbstractContextManager[object]:
        """Nothing is needed."""
        return nullcontext()

    def do(self, place: str, recipe: Recipe, tasks: Iterable[tuple[Task, str]]) -> Iterator[tuple[str, str]]:
        """Yield the key of each task and what it wrote, in their order."""
        for task, key in tasks:
            yield key, do_task(place, recipe, task, key)


@dataclass(frozen=True, slots=True)
class OnRay:
    """Ray's processes do them; one that dies is begun again elsewhere. `address` None is this machine.

    `workers` is how many work at a time, None as many as there are cores.
    """

    address: str | None = None
    workers: int | None = None

    def session(self) -> AbstractContextManager[object]:
        """Join the cluster, or begin Ray here."""
        return ray_session(self.address)

    def do(self, place: str, recipe: Recipe, tasks: Iterable[tuple[Task, str]]) -> Iterator[tuple[str, str]]:
        """Yield the key of each task and what it wrote, as they are done."""
        import ray

        with ray_errors(place):
            remote = ray.remote(max_retries=_RETRIES)(do_task)
            cores = int(ray.cluster_resources().get("CPU", 1))  # type: ignore[no-untyped-call]  # Ray's own
            most = _AHEAD * (self.workers or max(1, cores))
            waiting: dict[Any, str] = {}
            for task, key in tasks:
                waiting[remote.remote(place, recipe, task, key)] = key
                if len(waiting) >= most:
                    yield from _first(ray, waiting)
            while waiting:
                yield from _first(ray, waiting)


def _first(ray: Any, waiting: dict[Any, str]) -> Sequence[tuple[str, str]]:
    ready, _ = ray.wait(list(waiting), num_returns=1)
    return [(waiting.pop(one), ray.get(one)) for one in ready]
