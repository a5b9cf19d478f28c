"""Reading on one machine: inputs → documents, in the store or at hand, a step for each input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.ingest import Refusal
from dragoman.read import Pipeline
from dragoman.record import Article, Document
from dragoman.run.reading import Outcome, batches, for_store, read_batch
from dragoman.run.workers import Workers
from dragoman.store import Entry, Packed, Standing, Store

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
    metadata `differs` this time, `skipped` as the caller wished, or `refused` with its `reason`. `article`, as the reader left
    it, is there when it was read in this run, or could not be read but can be stored and searched; so is its `document`
    where it is not stored.
    """

    kind: Kind
    source: str
    reason: str | None = None
    article: Article | None = None
    document: Document | None = None
    events: int = 0
    statements: int = 0


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
    for outcomes in _outcomes(batches(articles.values(), batch), reader, packed=False):
        for outcome in outcomes:
            yield _step(outcome, "read", outcome.kept)


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
    stored whole, in one transaction with its batch, before its step is yielded, so that what was reported is there even if
    the process is killed at once. A copy of an article that is being read waits for the end, so that it meets the store as
    it would in batches of one.
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
        for outcomes in _outcomes(batches(wanted(remaining), batch), reader, packed=True):
            yield from _drained(waiting)
            yield from _stored(store, [(outcome, due.pop(outcome.article.id)) for outcome in outcomes])
        yield from _drained(waiting)
        remaining = list(copies)
        copies.clear()
        copied.clear()


def _outcomes(some: Iterable[list[Article]], reader: Reader, *, packed: bool) -> Iterator[list[Outcome]]:
    """What became of each batch, in their order."""
    if isinstance(reader, Workers):
        yield from reader.outcomes(some, packed=packed)
    else:
        for batch in some:
            outcomes = read_batch(batch, reader)
            yield [for_store(outcome) for outcome in outcomes] if packed else outcomes


@dataclass(frozen=True, slots=True)
class _Due:
    """An article that is being read, as it came, and how it stood in the store."""

    article: Article
    standing: Standing


def _stored(store: Store, found: Sequence[tuple[Outcome, _Due]]) -> list[Step]:
    """Store what became of articles: documents, or of those in an unknown language the texts; never a failed reading."""
    entries = []
    steps = []
    for outcome, due in found:
        packed = outcome.packed
        if packed is not None and (outcome.reason is None or due.standing != "unread"):
            entries.append(Entry(document=packed, given=due.article, refused=outcome.reason))
        kind: Kind = "read" if due.standing in {"new", "unread"} else "again"
        steps.append(_step(outcome, kind, packed))
    store.put_all(entries)
    for outcome, _ in found:
        if outcome.packed is None and outcome.reason is not None:
            store.put_refusal(outcome.article.source, outcome.reason)
    return steps


def _step(outcome: Outcome, kind: Kind, found: Document | Packed | None) -> Step:
    """The step of an outcome of which this is left to show or to store; it is of the kind unless the article was refused."""
    document = found if isinstance(found, Document) else None
    events = statements = 0
    if document is not None:
        events, statements = len(document.events or ()), len(document.statements or ())
    elif isinstance(found, Packed):
        events, statements = found.events, found.statements
    return Step(
        kind=kind if outcome.reason is None else "refused",
        source=outcome.article.source,
        reason=outcome.reason,
        article=found.article if found is not None else None,
        document=document,
        events=events,
        statements=statements,
    )


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
