"""The open store of a program that stays: what is asked of it again and again is kept while the store stays as it is."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TypeVar, cast

from sqlalchemy import Connection, select

from dragoman.codebook import Codebook
from dragoman.errors import StoreBusyError, StoreError
from dragoman.record import Statement
from dragoman.run.history import bring_up_to_date, derivation_rules, history_of
from dragoman.run.log import Log, read_log
from dragoman.run.view.index import Index, make_index
from dragoman.settings import Settings
from dragoman.store import Store, parts, tables
from dragoman.store.derived import revision
from dragoman.store.parts import behind, count, up_to_date
from dragoman.store.slices import slice_of
from dragoman.store.tables import article

T = TypeVar("T")

SMALL = 500
"""Articles up to which the whole history is held in memory where only the whole of it tells: loading it takes a second."""
NAMED = 40
"""Articles by whose records an actor is known in a decision: one of them would do."""
_WAITED_FOR = 3_000
"""Documents up to which a reader waits until they are joined."""
_KEPT = 128
_SLOW = 0.3
"""Seconds from which making something is slow."""
_SHARE = 20
"""What is slow to make, and has changed, is made anew at most every so many times as long as making it takes."""


@dataclass(frozen=True, slots=True)
class _Kept:
    revision: int
    value: object
    at: float
    took: float


@dataclass(slots=True, kw_only=True)
class Room:
    """A store, and the codebook as it was when the program began."""

    store: Store
    codebook: Codebook
    settings: Settings
    _rules: str = field(default="", repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)
    _made: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict, repr=False)
    _log: Log | None = field(default=None, repr=False)
    _starting: Lock = field(default_factory=Lock, repr=False)
    _joining: Thread | None = field(default=None, repr=False)

    @property
    def revision(self) -> int:
        """How often what was read or decided has changed."""
        return revision(self.store)

    @property
    def log(self) -> Log:
        """The log of decisions, brought up to date by what was added to it."""
        self._log = read_log(self.store, self._log)
        return self._log

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction on the joined history, brought up to date with what was stored or decided before.

        Where another holds the store, the history as it last was. `StoreBusyError` where there is more to join than a reader
        waits for: it is joined in a thread of its own, and the error says how far that is.
        """
        if not self._rules:
            self._rules = derivation_rules(self.codebook)
        with self.store.reading() as connection:
            fresh = up_to_date(connection, self._rules)
            left, every = (0, 0) if fresh else behind(connection, self._rules)
        if left > _WAITED_FOR:
            self._join_beside()
            raise StoreBusyError(
                f"The record is being joined, {every - left:,} of {every:,} articles so far: after an update of the program or "
                "a large import this takes a while. Look again in a minute."
            )
        if not fresh:
            with self._lock:
                try:
                    bring_up_to_date(self.store, self.codebook)
                except StoreError:
                    with self.store.reading() as connection:
                        if not count(connection, article):
                            raise
        return self.store.reading()

    def _join_beside(self) -> None:
        """Join what is due in a thread of its own, if none does so already: pages say how far it is meanwhile."""
        with self._starting:
            if self._joining is None or not self._joining.is_alive():
                self._joining = Thread(target=self._join, name="joining", daemon=True)
                self._joining.start()

    def _join(self) -> None:
        with suppress(StoreError):  # another holds the store: the next page asked for tries again
            bring_up_to_date(self.store, self.codebook)

    def about(
        self,
        *,
        articles: Iterable[str] = (),
        events: Iterable[str] = (),
        statements: Iterable[str] = (),
        actors: Iterable[str] = (),
        around: bool = True,
    ) -> Index:
        """Return the index of what some records have to do with (`store.slices.slice_of`)."""
        with self.reading() as connection:
            found = slice_of(
                connection, articles=articles, events=events, statements=statements, actors=actors, around=around
            )
        return make_index(found)

    def index(self) -> Index:
        """Return the index of the whole joined history, for stores that are small enough to be held in memory."""
        return self.kept("index", lambda: make_index(history_of(self.store, self.codebook)), always_fresh=True)

    def near(self, article_id: str) -> Index:
        """Return the index of the whole history where that is small enough, else of what an article has to do with."""
        return self.index() if self.is_small() else self.about(articles=[article_id])

    def of_records(self, ids: Sequence[str]) -> Index:
        """Return the index of the whole history where that is small enough, else of what some actors and events are told by.

        Of an actor that very many articles name, the first `NAMED` of them stand for all.
        """
        if self.is_small():
            return self.index()
        report, mention, telling = tables.report.c, tables.mention.c, tables.telling.c
        with self.reading() as connection:
            events = {one for one in ids if one.startswith("event-")}
            events |= parts.ids_in(connection, report.event, report.id, events)
            articles = parts.ids_in(connection, telling.article, telling.event, events)
            for actor in set(ids) - events:
                named = select(mention.article).where(mention.actor == actor).distinct().order_by(mention.article)
                articles |= set(connection.execute(named.limit(NAMED)).scalars())
            found = slice_of(connection, articles=articles, events=events, actors=set(ids) - events)
        return make_index(found)

    def is_small(self) -> bool:
        """Say whether the whole history may be held in memory."""
        return self.kept("small", self._count) <= SMALL

    def completed(self, statements: Sequence[Statement]) -> list[Statement]:
        """Return statements with what only the whole history tells of them, where it is small enough to be asked."""
        if not self.is_small():
            return list(statements)
        whole = self.index().statements
        return [whole.get(one.id, one) for one in statements]

    def _count(self) -> int:
        with self.store.reading() as connection:
            return count(connection, article)

    def kept(self, key: Hashable, make: Callable[[], T], *, always_fresh: bool = False) -> T:
        """Return what was made under a key, made anew when the store has changed.

        What takes long to make is allowed to be a little old while the store goes on changing, so that making it takes no
        more than a twentieth of the time.
        """
        now = self.revision
        held = self._made.get(key)
        if held is not None and (
            held.revision == now
            or (not always_fresh and held.took > _SLOW and time.monotonic() - held.at < _SHARE * held.took)
        ):
            return cast(T, held.value)
        with self.reading():
            pass  # what is joined first is not counted as its making
        begun = time.monotonic()
        value = make()
        ended = time.monotonic()
        with self._lock:
            self._made[key] = _Kept(now, value, ended, ended - begun)
            self._made.move_to_end(key)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return value
