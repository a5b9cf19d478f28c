"""News: what articles of the last days add to what was known of a pair, and several pairs side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.codebook import Codebook
from dragoman.record import History, Relation, Span, Statement
from dragoman.record.dossier import Dossier, Entry
from dragoman.relate.choose import choose
from dragoman.relate.dossier import make_dossier
from dragoman.relate.outlook import Forecast, outlook
from dragoman.relate.portrait import sayings


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What articles published since a day tell for the first time of a pair.

    `dossier` numbers the articles; `events` were not told before; `begun` and `ended` are states that the new articles bring
    or end; `statements` were reported since; `settled` are forecasts that the new articles settle. `undated` counts the
    articles without a date, of which nobody can say whether they are new.
    """

    dossier: Dossier
    events: tuple[Entry, ...]
    begun: tuple[Relation, ...]
    ended: tuple[Relation, ...]
    statements: tuple[Statement, ...]
    settled: tuple[Forecast, ...]
    articles: int
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One pair among several: where it stands, what changed last, and its events by conflict and cooperation."""

    first: str
    second: str
    dossier: Dossier
    last: Entry | None
    conflict: int
    cooperation: int
    neutral: int


def news_since(history: History, first: str, second: str, codebook: Codebook, since: date) -> News:
    """Return what articles published on or after a day tell of two sides (keys or ids) that no earlier one told."""
    dossier = make_dossier(history, first, second, codebook)
    days = {article.id: article.published for article in history.articles}
    one, other = (_side(history, key) for key in (first, second))
    choice = choose(history, one, other, codebook)

    def is_new(spans: Iterable[Span]) -> bool:
        told = [days.get(span.article) for span in spans]
        return all(day is not None and day >= since for day in told) and bool(told)

    def reported(spans: Iterable[Span]) -> bool:
        return any((day := days.get(span.article)) is not None and day >= since for span in spans)

    events = {event.id: event for event in history.events}
    fresh = {event.id for event in history.events if is_new(event.evidence)}
    return News(
        dossier=dossier,
        events=tuple(entry for entry in (*dossier.timeline, *dossier.undated) if entry.event in fresh),
        begun=tuple(one for one in choice.relations if is_new(one.evidence)),
        ended=tuple(
            one
            for one in choice.relations
            if one.until is not None
            and not is_new(one.evidence)
            and one.ended_by
            and all(event in fresh for event in one.ended_by if event in events)
        ),
        statements=tuple(one for one in sayings(choice) if reported((one.content,))),
        settled=tuple(
            one for one in outlook(history, choice, codebook.outcomes) if one.outcome != "open" and is_new(one.evidence)
        ),
        articles=sum((day := days[article.id]) is not None and day >= since for article in choice.sources),
        undated=sum(days[article.id] is None for article in choice.sources),
    )


def compare_pairs(
    history: History, pairs: Iterable[tuple[str, str]], codebook: Codebook, as_of: date | None = None
) -> tuple[Row, ...]:
    """Return each pair of sides (keys or ids) with where it stands, in the order given."""
    rows = []
    for first, second in pairs:
        dossier = make_dossier(history, first, second, codebook, as_of=as_of)
        between = [
            entry
            for entry in (*dossier.timeline, *dossier.undated)
            if not entry.background and entry.factuality == "happened"
        ]
        rows.append(
            Row(
                first=dossier.first,
                second=dossier.second,
                dossier=dossier,
                last=dossier.changed[0] if dossier.changed else None,
                conflict=sum(entry.score < 0 for entry in between),
                cooperation=sum(entry.score > 0 for entry in between),
                neutral=sum(entry.score == 0 for entry in between),
            )
        )
    return tuple(rows)


def _side(history: History, key: str) -> str:
    return next(actor.id for actor in history.actors if key in (actor.id, actor.key))
