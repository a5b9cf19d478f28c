"""Reading on one machine: inputs → documents, in the store or at hand, a step for each input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.ingest import Refusal
from dragoman.read import Pipeline
from dragoman.record import Article, Document
from dragoman.run.reading import Outcome, batches, read_batch
from dragoman.run.workers import Workers
from dragoman.store import Standing, Store

Reader = Pipeline | Workers
"""What reads: a reader in this process, or several processes that have one each."""

Kind = Literal["read", "again", "unchanged", "older", "differs", "skipped", "refused"]

Skip = Callable[[Article], bool]
"""Tells of an article whether it is passed over unread, as `--prefilter` does with texts that name no political actor."""

_HELD = 1_000
"""Inputs with nothing to read in them whose steps are held back before they are told, so that memory stays bounded."""

_METADATA = ("title", "publisher", "language")
_KEPT: dict[Standing, Kind] = {"unchanged": "unchanged", "differs": "differs", "older": "older"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of one input.

    `read` for the first time, read `again`, `unchanged`, unchanged but read by an `older` reader, unchanged though its
    metadata `differs` this time, `skipped` as the caller wished, or `refused` with its `reason`. `document` is there when it
    was read in this run, or could not be read but can be stored and searched.
    """

    kind: Kind
    source: str
    reason: str | None = None
    document: Document | None = None


def read_documents(
    inputs: Iterable[Article | Refusal], reader: Reader, batch: int, *, skip: Skip | None = None
) -> Iterator[Step]:
    """Yield a step for each input without a store: refusals and repeats first, then the articles batch by batch.

    All articles are held in memory, as their joined history will be. Copies of one article are read once, with the metadata
    of all of them.
    """
    articles: dict[str, Article] = {}
    for found in inputs:
        if isinstance(found, Refusal):
            yield Step(kind="refused", source=found.source, reason=found.reason)
        elif found.id in articles:
            articles[found.id] = _joint(articles[found.id], found)
            yield Step(kind="unchanged", source=found.source)
        elif skip is not None and skip(found):
            yield Step(kind="skipped", source=found.source)
        else:
            articles[found.id] = found
    for outcomes in _outcomes(batches(articles.values(), batch), reader):
        for outcome in outcomes:
            yield _step(outcome, "read")


def read_into(
    store: Store,
    inputs: Iterable[Article | Refusal],
    reader: Reader,
    batch: int,
    *,
    again: bool = False,
    skip: Skip | None = None,
) -> Iterator[Step]:
    """Read what the store doesn't hold yet, or holds with less metadata, and yield a step for each input once it is stored.

    With `again`, what an older reader has read is read anew; what `skip` says of is passed over and not stored. A document is
    stored whole in one transaction before its step is yielded, so that what was reported is there even if the process is
    killed at once. A copy of an article that is being read waits for the end, so that it meets the store as it would in
    batches of one.
    """
    waiting: list[Step] = []
    due: dict[str, _Due] = {}
    copies: list[Article] = []
    copied: set[str] = set()

    def wanted(found: Iterable[Article | Refusal]) -> Iterator[Article | None]:
        for one in found:
            if len(waiting) >= _HELD:
                yield None
            if isinstance(one, Refusal):
                store.put_refusal(one.source, one.reason)
                waiting.append(Step(kind="refused", source=one.source, reason=one.reason))
                continue
            if one.id in due or one.id in copied:
                copies.append(one)
                copied.add(one.id)
                continue
            standing, article = store.standing(one, reader.version, again=again)
            if standing in {"unchanged", "differs"} or (standing == "older" and not again):
                waiting.append(Step(kind=_KEPT[standing], source=one.source))
            elif skip is not None and skip(article):
                waiting.append(Step(kind="skipped", source=one.source))
            else:
                due[article.id] = _Due(article, standing)
                yield article

    remaining: Iterable[Article | Refusal] = inputs
    while remaining:
        for outcomes in _outcomes(batches(wanted(remaining), batch), reader):
            yield from _drained(waiting)
            for outcome in outcomes:
                yield _stored(store, outcome, due.pop(outcome.article.id))
        yield from _drained(waiting)
        remaining = list(copies)
        copies.clear()
        copied.clear()


def _outcomes(some: Iterable[list[Article]], reader: Reader) -> Iterator[list[Outcome]]:
    """What became of each batch, in their order."""
    if isinstance(reader, Workers):
        yield from reader.outcomes(some)
    else:
        for batch in some:
            yield read_batch(batch, reader)


@dataclass(frozen=True, slots=True)
class _Due:
    """An article that is being read, as it came, and how it stood in the store."""

    article: Article
    standing: Standing


def _stored(store: Store, outcome: Outcome, due: _Due) -> Step:
    """Store what became of an article: its document, or for one in an unknown language its text; never a failed reading."""
    if outcome.document is not None:
        store.put(outcome.document, due.article)
    elif outcome.storable and due.standing != "unread":
        store.put(Document(article=outcome.article), due.article, outcome.reason)
    elif outcome.reason is not None and not outcome.storable:
        store.put_refusal(outcome.article.source, outcome.reason)
    return _step(outcome, "read" if due.standing in {"new", "unread"} else "again")


def _step(outcome: Outcome, kind: Kind) -> Step:
    if outcome.reason is not None:
        document = Document(article=outcome.article) if outcome.storable else None
        return Step(kind="refused", source=outcome.article.source, reason=outcome.reason, document=document)
    return Step(kind=kind, source=outcome.article.source, document=outcome.document)


def _joint(first: Article, copy: Article) -> Article:
    """The first copy, with what it lacks taken from the other, as the store joins them."""
    known = {name: getattr(first, name) or getattr(copy, name) for name in _METADATA}
    if first.published is None:
        known |= {"published": copy.published, "published_from": copy.published_from}
    return replace(first, **known)


def _drained(steps: list[Step]) -> list[Step]:
    taken = list(steps)
    steps.clear()
    return taken
