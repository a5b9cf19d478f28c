"""Reading on one machine: inputs → a joined history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.ingest import Refusal
from dragoman.read import Pipeline
from dragoman.record import Article, Document
from dragoman.run.reading import batches, read_batch

Kind = Literal["read", "again", "unchanged", "older", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of one input.

    `read` for the first time, read `again`, `unchanged`, unchanged but read by an `older` reader, or `refused` with its
    `reason`. `document` is there when it was read in this run.
    """

    kind: Kind
    source: str
    reason: str | None = None
    document: Document | None = None


def read_documents(inputs: Iterable[Article | Refusal], pipeline: Pipeline, batch: int) -> Iterator[Step]:
    """Yield a step for each input, refusals as they come, articles batch by batch; one met twice is read once."""
    refusals: list[Step] = []
    seen: set[str] = set()

    def fresh() -> Iterator[Article]:
        for found in inputs:
            if isinstance(found, Article) and found.id not in seen:
                seen.add(found.id)
                yield found
            elif isinstance(found, Article):
                refusals.append(Step(kind="unchanged", source=found.source))
            else:
                refusals.append(Step(kind="refused", source=found.source, reason=found.reason))

    for articles in batches(fresh(), batch):
        yield from _drained(refusals)
        for outcome in read_batch(articles, pipeline):
            document = outcome.document or Document(article=outcome.article)
            kind: Kind = "refused" if outcome.reason else "read"
            yield Step(kind=kind, source=outcome.article.source, reason=outcome.reason, document=document)
    yield from _drained(refusals)


def _drained(steps: list[Step]) -> list[Step]:
    taken = list(steps)
    steps.clear()
    return taken
