"""Answers about a pair: from a joined history at hand, or from the store's indexes without loading what others did."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from sqlalchemy import Connection

from dragoman.codebook import Codebook
from dragoman.errors import StoreError, UnknownNameError
from dragoman.record import Actor, History
from dragoman.record.dossier import Dossier, Entry, Month, Source, Standing
from dragoman.relate import complete, make_dossier
from dragoman.relate.choose import choose, of_articles
from dragoman.relate.dossier import entries_of, sources_of, up_to
from dragoman.relate.news import News, Row, compare_pairs, news_since
from dragoman.relate.standing import holding_states, standing_row
from dragoman.run.history import bring_up_to_date, derivation_rules, history_known, history_of, known_history
from dragoman.run.lookup import find_party
from dragoman.store import Store, tables
from dragoman.store.pairs import Bounds, articles_known, pair_history, party_actors
from dragoman.store.parts import count, load_documents, up_to_date

BRIEF = Bounds(newest=150, weightiest=50, articles=80)
"""What a dossier looks at: as much as a person reads, and the most that is made within half a second of a busy pair."""
NEWS = Bounds(newest=1000, weightiest=0, articles=300)
SIDE_BY_SIDE = Bounds(newest=2000, weightiest=0, articles=80)
"""Of busier pairs the newest events are compared."""
PAGE = Bounds(newest=90, weightiest=30, articles=30, states=30)
"""What the workbench's page of a pair looks at: less than a dossier that is sent on, since it is drawn anew with every day."""
TIMELINE = Bounds(newest=100, weightiest=0, articles=20, states=50)
WHOLE = 500
"""Articles of a day up to which all of them are joined to tell what was known then; of more, those that bear on the pair."""
KNOWN = 80
"""Of these, the newest that name both, and as many of those that tell a state between them."""
STATE = Bounds(newest=0, weightiest=0, articles=12, states=0, around=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a pair stands: the rows, and the articles that they quote by number."""

    first: str
    second: str
    standing: tuple[Standing, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happened between a pair: lines with a day and without, the articles behind them, and how many events there are."""

    first: str
    second: str
    timeline: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    sources: tuple[Source, ...]
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two parties, and what is known of them: a history of the pair, how many events stand between them, and when."""

    first: Actor
    second: Actor
    history: History
    events: int | None = None
    months: tuple[Month, ...] | None = None


def brief(
    history: History,
    codebook: Codebook,
    first: Actor,
    second: Actor,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
) -> Dossier:
    """Return the dossier of two parties as of a day of the world; `known_on` says up to when the history's articles go."""
    sides = (first.key or first.id, second.key or second.id)
    return make_dossier(history, *sides, codebook, as_of=as_of, known_on=known_on)


def brief_pair(
    store: Store,
    codebook: Codebook,
    a: str,
    b: str,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    bounds: Bounds = BRIEF,
) -> Dossier:
    """Return the dossier of two parties named in any way that `find_party` knows, from what the store holds of them.

    Of a pair with more events or articles than `bounds`, the newest and weightiest are shown and all of them counted. With
    `known_on` the history is that of the articles published by that day, joined as if there were no others; where these are
    more than `WHOLE`, of the newest that name both and of the newest that tell a state between them.
    """
    pair = _pair(store, codebook, a, b, bounds, as_of, known_on)
    sides = (pair.first.key or pair.first.id, pair.second.key or pair.second.id)
    history = pair.history if pair.events is None else complete(pair.history, codebook)
    return make_dossier(
        history, *sides, codebook, as_of=as_of, known_on=known_on, events=pair.events, months=pair.months
    )


def stand_of_pair(
    store: Store, codebook: Codebook, a: str, b: str, *, as_of: date | None = None, known_on: date | None = None
) -> Stand:
    """Return where two parties stand, or stood on a day, from what the store holds of their states."""
    pair = _pair(store, codebook, a, b, STATE, as_of, known_on)
    choice = choose(pair.history, pair.first.id, pair.second.id, codebook)
    holding = holding_states(pair.history, choice, as_of)
    quoted = {span.article for relation in holding for span in relation.evidence}
    choice = of_articles(choice, quoted)
    return Stand(
        first=pair.first.name,
        second=pair.second.name,
        standing=tuple(standing_row(relation, choice, codebook.relations) for relation in holding),
        sources=sources_of(choice),
    )


def timeline_of_pair(
    store: Store,
    codebook: Codebook,
    a: str,
    b: str,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    most: int = TIMELINE.newest,
) -> Told:
    """Return what happened between two parties, the newest `most` events, and what the newest articles tell beside them."""
    bounds = replace(TIMELINE, newest=most, articles=max(most // 5, TIMELINE.articles))
    pair = _pair(store, codebook, a, b, bounds, as_of, known_on)
    choice = choose(pair.history, pair.first.id, pair.second.id, codebook)
    choice = choice if as_of is None else up_to(choice, as_of)
    dated, undated = entries_of(choice)
    return Told(
        first=pair.first.name,
        second=pair.second.name,
        timeline=tuple(dated),
        undated=tuple(undated),
        sources=sources_of(choice),
        events=len(choice.between) if pair.events is None else pair.events,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PairNews:
    """What is new between two parties, and the history of the two from which it is told."""

    first: str
    second: str
    history: History
    news: News


def news_of_pair(store: Store, codebook: Codebook, a: str, b: str, since: date) -> PairNews:
    """Return what articles published since a day tell for the first time of two parties, from what the store holds of them.

    Of a pair with more events or articles than `NEWS` the newest are looked at. `UnknownNameError` where both are one.
    """
    pair = _pair(store, codebook, a, b, NEWS, None, None)
    first, second = pair.first, pair.second
    if first.id == second.id:
        raise UnknownNameError(f"{first.name} twice: name two states or bodies.")
    history = pair.history if pair.events is None else complete(pair.history, codebook)
    news = news_since(history, first.key or first.id, second.key or second.id, codebook, since)
    return PairNews(first=first.name, second=second.name, history=history, news=news)


def compare_named(store: Store, codebook: Codebook, names: Sequence[str], as_of: date | None = None) -> tuple[Row, ...]:
    """Return each pair of the parties named, once, with where it stands, from what the store holds of it.

    `UnknownNameError` where fewer than two parties are named.
    """
    rows: dict[frozenset[str], Row] = {}
    for a, b in combinations(dict.fromkeys(names), 2):
        pair = _pair(store, codebook, a, b, SIDE_BY_SIDE, as_of, None)
        ids = frozenset((pair.first.id, pair.second.id))
        if len(ids) < 2 or ids in rows:
            continue
        history = pair.history if pair.events is None else complete(pair.history, codebook)
        sides = (pair.first.key or pair.first.id, pair.second.key or pair.second.id)
        (rows[ids],) = compare_pairs(history, [sides], codebook, as_of)
    if not rows:
        raise UnknownNameError("One side only: name at least two states or bodies, such as UKR BLR POL.")
    return tuple(rows.values())


def _pair(
    store: Store,
    codebook: Codebook,
    a: str,
    b: str,
    bounds: Bounds,
    as_of: date | None,
    known_on: date | None,
) -> _Pair:
    if known_on is not None:
        return _whole(_known(store, codebook, a, b, known_on), codebook, a, b)
    if codebook.registers:  # a register made the history, without its parts
        return _whole(history_of(store, codebook), codebook, a, b)
    rules = derivation_rules(codebook)
    found = _known_pair(store, codebook, a, b, bounds, as_of, rules)
    if found is None:
        with suppress(StoreError):
            bring_up_to_date(store, codebook)
            found = _known_pair(store, codebook, a, b, bounds, as_of, rules)
    if found is None:  # it may not be written, or others write just now
        return _whole(history_of(store, codebook), codebook, a, b)
    return found


def _known_pair(
    store: Store, codebook: Codebook, a: str, b: str, bounds: Bounds, as_of: date | None, rules: str
) -> _Pair | None:
    """What the store's indexes tell of a pair; None where they are out of date."""
    with store.reading() as connection:
        if not up_to_date(connection, rules):
            return None
        first, second = _named(connection, codebook, a, b)
        found = pair_history(connection, first, second, bounds, as_of)
    return _Pair(first=first, second=second, history=found.history, events=found.events, months=found.months)


def _known(store: Store, codebook: Codebook, a: str, b: str, day: date) -> History:
    """The history as it was known on a day: of all articles of then, or of many of those that bear on the two."""
    if not codebook.registers:
        with suppress(StoreError):
            bring_up_to_date(store, codebook)
            with store.reading() as connection:
                published = tables.article.c.published
                if count(connection, tables.article, published <= day) > WHOLE:
                    first, second = _named(connection, codebook, a, b)
                    documents = load_documents(connection, articles_known(connection, first, second, day, KNOWN))
                    return history_known(store, codebook, documents.values())
    return known_history(store, codebook, day)


def _named(connection: Connection, codebook: Codebook, a: str, b: str) -> tuple[Actor, Actor]:
    """The two parties among those of the store."""
    territories = [codebook.territories.find(name.strip()) for name in (a, b)]
    keys = {key for name in (a, b) for key in (name.strip(), name.strip().upper())}
    keys |= {territory.code for territory in territories if territory is not None}
    try:
        return _two(party_actors(connection, sorted(keys)), codebook, a, b)
    except UnknownNameError:
        return _two(party_actors(connection, []), codebook, a, b)


def _whole(history: History, codebook: Codebook, a: str, b: str) -> _Pair:
    first, second = _two(history.actors, codebook, a, b)
    return _Pair(first=first, second=second, history=history)


def _two(actors: Sequence[Actor], codebook: Codebook, a: str, b: str) -> tuple[Actor, Actor]:
    there = History(articles=(), actors=tuple(actors), mentions=(), events=(), statements=(), relations=())
    return find_party(a, codebook, there), find_party(b, codebook, there)
