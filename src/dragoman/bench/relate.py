"""The bench of relating: how fast questions about a pair are answered, and one more article is brought in, in a big store."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.bench.relate_store import DAYS, START, Filler, Plan, make_documents, make_plan
from dragoman.codebook import Codebook
from dragoman.record import Document, Span
from dragoman.record.ids import make_id
from dragoman.record.text import article_id
from dragoman.run.answers import brief_pair, stand_of_pair, timeline_of_pair
from dragoman.run.history import bring_up_to_date, derivation_rules
from dragoman.store import Store, open_store
from dragoman.store.counts import note_totals
from dragoman.store.parts import put_meta

WANTED = {"state --as-of": 50, "timeline": 100, "brief": 500, "one more article": None}
"""Milliseconds at the 95th percentile; how fast an article should be brought in nobody has said."""
BUSY = 20
"""Every question is asked of so many of the busiest pairs first, then of pairs drawn by their number of events."""


_Spent = tuple[float, float]
"""Milliseconds of the clock and of the process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long a question took: milliseconds in the middle, at the 95th percentile and at worst, of so many askings.

    `cpu` and `cpu_p95` are of the process alone, in the middle and at the 95th percentile: on a machine with much else to do
    the clock tells of that.
    """

    question: str
    asked: int
    median: float
    p95: float
    worst: float
    cpu: float
    cpu_p95: float
    wanted: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelateReport:
    """What was made, how long it took, how big it is, the timings, and the peak memory of the process (MiB; None: unknown)."""

    events: int
    articles: int
    states: int
    busiest: int
    made_in: float
    megabytes: float
    timings: tuple[Timing, ...]
    memory_before: float | None
    memory: float | None


def relate(events: int, states: int = 200, askings: int = 60, folder: Path | None = None) -> RelateReport:
    """Make a store of so many events between so many states and measure; the store stays in `folder` if one is given."""
    codebook = Codebook()
    with TemporaryDirectory() as own:
        path = (folder or Path(own)) / f"relate-{events}-{states}.sqlite3"
        plan = make_plan(events, states, codebook)
        began = time.perf_counter()
        store, articles = _store(path, plan, codebook)
        made_in = time.perf_counter() - began
        before = memory()
        timings = measure(store, codebook, plan, askings)
        return RelateReport(
            events=sum(number for _, _, number in plan.pairs),
            articles=articles,
            states=len(plan.states),
            busiest=max(number for _, _, number in plan.pairs),
            made_in=made_in,
            megabytes=path.stat().st_size / 1e6,
            timings=timings,
            memory_before=before,
            memory=memory(),
        )


def _store(path: Path, plan: Plan, codebook: Codebook) -> tuple[Store, int]:
    if path.exists():
        store = open_store(path)
        with store.writing() as connection:  # it was made by rule, and is what today's program would make
            put_meta(connection, {"derived_rules": derivation_rules(codebook)})
            note_totals(connection)
        return store, store.counts()["articles"]
    store = open_store(path, create=True)
    return store, Filler(store, codebook, plan).fill(make_documents(plan))


def measure(store: Store, codebook: Codebook, plan: Plan, askings: int) -> tuple[Timing, ...]:
    """Ask each question so many times, of the busiest pairs first and then of others, and bring in a few more articles."""
    drawn = random.Random(6)  # noqa: S311 -- the same pairs every time are wanted
    ranked = sorted(plan.pairs, key=lambda pair: (-pair[2], pair[0].id, pair[1].id))
    others = drawn.choices(ranked, weights=[pair[2] for pair in ranked], k=max(0, askings - BUSY))
    pairs = [(one.key or "", other.key or "") for one, other, _ in (*ranked[:BUSY][:askings], *others)]
    days = [START + timedelta(days=drawn.randrange(DAYS)) for _ in pairs]
    asked: Sequence[tuple[str, Callable[[str, str, date], object]]] = (
        ("state --as-of", lambda a, b, day: stand_of_pair(store, codebook, a, b, as_of=day)),
        ("timeline", lambda a, b, _: timeline_of_pair(store, codebook, a, b)),
        ("brief", lambda a, b, _: brief_pair(store, codebook, a, b)),
    )
    found = []
    for question, answer in asked:
        answer(*pairs[-1], days[-1])  # the codebook's patterns are compiled on first use
        spent = []
        for (a, b), day in zip(pairs, days, strict=True):
            spent.append(_timed(partial(answer, a, b, day)))
        found.append(_timing(question, spent))
    found.append(_timing("one more article", _more_articles(store, codebook, plan, max(2, askings // 3))))
    return tuple(found)


def _more_articles(store: Store, codebook: Codebook, plan: Plan, number: int) -> list[_Spent]:
    """Store articles that were not there, each about a busy pair and on a day when much happened, and bring each in alone."""
    ranked = sorted(plan.pairs, key=lambda pair: (-pair[2], pair[0].id, pair[1].id))
    spent = []
    for place in range(number):
        one, other, _ = ranked[place % min(BUSY, len(ranked))]
        (document, *_) = make_documents(replace(plan, pairs=((one, other, 16),)))
        store.put(fresh := _another(document, place, START + timedelta(days=DAYS * place // number)), fresh.article)
        spent.append(_timed(lambda: bring_up_to_date(store, codebook)))
    return spent


def _another(document: Document, number: int, day: date) -> Document:
    """The document as of another day, under another address, so that all its ids are new."""
    new = article_id(document.article.text, f"https://bench.example/{day}/{number}")
    moved = {event.id: make_id("event", new, event.evidence[0].start) for event in document.events or ()}

    def span(one: Span) -> Span:
        return replace(one, article=new)

    return replace(
        document,
        article=replace(document.article, id=new, published=day + timedelta(days=1), publisher=f"Late Paper {number}"),
        mentions=tuple(replace(one, article=new) for one in document.mentions or ()),
        events=tuple(
            replace(
                one,
                id=moved[one.id],
                when=None if one.when is None else replace(one.when, start=day, end=day),
                evidence=tuple(map(span, one.evidence)),
                trigger=span(one.trigger),
            )
            for one in document.events or ()
        ),
        statements=tuple(
            replace(one, id=make_id("statement", new), content=span(one.content), speaker_words=None)
            for one in document.statements or ()
        ),
    )


def _timed(do: Callable[[], object]) -> _Spent:
    clock, cpu = time.perf_counter(), time.process_time()
    do()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000


def _timing(question: str, spent: Sequence[_Spent]) -> Timing:
    ordered, cpu = (sorted(one[place] for one in spent) for place in (0, 1))
    place = min(len(ordered) - 1, int(0.95 * len(ordered)))
    return Timing(
        question=question,
        asked=len(ordered),
        median=ordered[len(ordered) // 2],
        p95=ordered[place],
        worst=ordered[-1],
        cpu=cpu[len(cpu) // 2],
        cpu_p95=cpu[place],
        wanted=WANTED[question],
    )


def memory() -> float | None:
    """Return the peak memory of this process in MiB so far; None where the system doesn't tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
