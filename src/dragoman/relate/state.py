"""States: where a relation stood, from the changes that events and assertions make.

The changes of one track (a dimension, its two sides and what it is about) are put in the order of their days; each ends the
one before. Undated ones only support, precede or contradict what is dated. Reports that contradict each other are both kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.codebook import Codebook
from dragoman.record import Document, Event, History, Relation, Span
from dragoman.record.ids import make_id
from dragoman.record.when import Precision
from dragoman.relate.change import Change, event_changes
from dragoman.relate.sides import Sides
from dragoman.relate.told import told_changes

MADE_BY = "state 4"
_Telling = tuple[str, str | None, str, str, str, int]
PRESUPPOSED = "not reported itself; its end presupposes it"


@dataclass(slots=True)
class _State:
    """A state under construction: the change that began it, those that bear it out, the one that ended it."""

    change: Change
    support: list[Change] = field(default_factory=list)
    until: date | None = None
    ended_by: tuple[str, ...] = ()
    rivals: list[_State] = field(default_factory=list)
    presupposed: bool = False


def derive_relations(
    events: Sequence[Event],
    documents: Sequence[Document],
    sides: Sides,
    codebook: Codebook,
    reports: Mapping[str, Sequence[Event]],
    actor_of: Mapping[str, str],
) -> tuple[Relation, ...]:
    """Return the states that the events and the documents' own sentences give, sorted by id.

    `reports` are the single reports of each event by its id, `actor_of` leads from the documents' actors to the joined
    ones. A sentence that tells what an event of it tells adds nothing.
    """
    by_id = {document.article.id: document.article for document in documents}
    coded: dict[frozenset[str], list[Change]] = defaultdict(list)
    for change in event_changes(events, reports, by_id, sides, codebook.relations):
        coded[change.pair].append(change)
    told: dict[frozenset[str], list[Change]] = defaultdict(list)
    for change in told_changes(documents, sides, codebook, actor_of):
        told[change.pair].append(change)
    hearsay = frozenset(event.id for event in events if event.reported_by)
    found = [
        relation
        for pair in {**coded, **told}
        for relation in pair_relations(coded.get(pair, ()), told.get(pair, ()), hearsay)
    ]
    return tuple(sorted(found, key=lambda relation: relation.id))


def pair_relations(coded: Sequence[Change], told: Sequence[Change], hearsay: Set[str]) -> tuple[Relation, ...]:
    """Return the states between two sides, from the changes that events make and those that sentences tell by themselves.

    `coded` are sorted by the events' ids, `told` by publication and id of the articles; `hearsay` are the events (ids) that
    only speakers tell. What stands between two sides rests on their own changes alone.
    """
    places: dict[_Telling, date | None] = {}
    for change in coded:
        for number, span in enumerate(change.evidence):
            # where the event is told for the first time its own day counts; elsewhere only one that says the same
            place = _telling(change, span)
            if number == 0 or place not in places:
                places[place] = change.since if number and change.precision == "day" else None
    coded = _dated_by_words(coded, told)
    turned = [*_turned(coded, told), *_outdone(coded, told)]
    changes = [change for change in coded if change not in turned]
    for change in told:
        place = _telling(change, change.evidence[0])
        day = places.get(place)
        if place not in places or (day is not None and change.precision == "day" and change.since != day):
            changes.append(change)
    tracks: dict[tuple[str, str, str, str], list[Change]] = defaultdict(list)
    for change in _without_reversed_hearsay(changes, told, hearsay):
        tracks[change.track].append(change)
    _spread(tracks)
    relations: dict[str, Relation] = {}
    for key in sorted(tracks):
        for relation in _records(_line(tracks[key]), key[3]):
            relations[relation.id] = relation
    return tuple(relations[i] for i in sorted(relations))


def _telling(change: Change, span: Span) -> _Telling:
    """What words say: the dimension and value, who toward whom, and where the words begin."""
    return change.dimension, change.value, change.of, change.toward, span.article, span.start


def _dated_by_words(coded: Sequence[Change], told: Sequence[Change]) -> list[Change]:
    """Give changes that only their article dates the time that the words of the same sentence tell."""
    worded = {
        _telling(change, span): change
        for change in told
        if not change.asserted and change.since is not None and change.precision in ("day", "week", "month", "year")
        for span in change.evidence
    }
    found = []
    for change in coded:
        own = worded.get(_telling(change, change.evidence[0]))
        if own is not None and change.precision == "before" and not change.past:
            change = replace(change, since=own.since, latest=own.latest, precision=own.precision)
        found.append(change)
    return found


def _turned(coded: Sequence[Change], told: Sequence[Change]) -> list[Change]:
    """The changes that the coder read the other way round than the words of the same sentence say, which name the side."""

    def keys(change: Change, of: str, toward: str) -> set[tuple[str, str | None, str, str, str, int]]:
        return {(change.dimension, change.value, of, toward, span.article, span.start) for span in change.evidence}

    worded = [change for change in told if change.named and change.value is not None]
    straight = {key for change in worded for key in keys(change, change.of, change.toward)}
    turned = {key for change in worded for key in keys(change, change.toward, change.of)} - straight
    return [change for change in coded if (own := keys(change, change.of, change.toward)) and own <= turned]


def _outdone(coded: Sequence[Change], told: Sequence[Change]) -> list[Change]:
    """The changes for whose every sentence the words themselves say how far it went, to another value."""
    exact: dict[tuple[str, str, str, str, int], set[str | None]] = defaultdict(set)
    for change in told:
        if change.exact:
            for span in change.evidence:
                exact[(change.dimension, change.of, change.toward, span.article, span.start)].add(change.value)
    return [
        change
        for change in coded
        if all(
            change.value
            not in exact.get((change.dimension, change.of, change.toward, span.article, span.start), {change.value})
            for span in change.evidence
        )
    ]


def _without_reversed_hearsay(changes: Sequence[Change], told: Sequence[Change], hearsay: Set[str]) -> list[Change]:
    """Leave out what only a speaker tells of an act that the same article tells itself the other way round.

    Somebody who speaks of "summoning the ambassador" speaks of the recall that the article reports, not of another one.
    """
    plain = {
        (change.dimension, change.value, change.of, change.toward, article)
        for change in (*changes, *told)
        if hearsay.isdisjoint(change.cause)
        for article in change.articles
    }
    return [
        change
        for change in changes
        if hearsay.isdisjoint(change.cause)
        or not any(
            (change.dimension, change.value, change.toward, change.of, article) in plain
            and (change.dimension, change.value, change.of, change.toward, article) not in plain
            for article in change.articles
        )
    ]


def _spread(tracks: dict[tuple[str, str, str, str], list[Change]]) -> None:
    """Put a change that clears all into the scoped tracks too, and an unscoped one into the only scoped track there is."""
    for key in sorted(tracks):
        dimension, of, toward, scope = key
        if scope:
            continue
        scoped = [other for other in sorted(tracks) if other[:3] == (dimension, of, toward) and other[3]]
        clearing = [change for change in tracks[key] if change.clears]
        for other in scoped:
            tracks[other].extend(replace(change, scope=other[3], before=None) for change in clearing)
        unnamed = [change for change in tracks[key] if not change.clears and not change.asserted]
        if dimension == "agreement" and len(scoped) == 1 and unnamed:
            tracks[scoped[0]].extend(replace(change, scope=scoped[0][3]) for change in unnamed)
            tracks[key] = [change for change in tracks[key] if change not in unnamed]
        elif clearing and scoped and all(change.clears for change in tracks[key]):
            tracks[key] = []


def _order(change: Change) -> tuple[date, date, bool, tuple[tuple[str, int], ...]]:
    places = tuple((span.article, span.start) for span in change.evidence)
    return change.since or date.min, change.reported or date.max, change.asserted, places


def _line(changes: Sequence[Change]) -> list[_State]:
    """Return the states of one track in order."""
    weak = sorted((change for change in changes if change.weak), key=_order)
    changes = [change for change in changes if not change.weak]
    standing = sorted((change for change in changes if change.since is not None and change.asserted), key=_order)
    changes = _with_curbs_left(changes)
    dated, vague = _exact([change for change in changes if change.since is not None and not change.asserted], standing)
    undated = sorted((change for change in changes if change.since is None), key=_order)
    borne_out = [change for change in standing if _fitting(dated, change) is not None]
    states: list[_State] = []
    now: _State | None = None
    for change in sorted((*dated, *(change for change in standing if change not in borne_out)), key=_order):
        now = _step(states, now, change)
    for change in borne_out:
        began = _fitting(dated, change)
        state = next((s for s in states if began is not None and (began == s.change or began in s.support)), None)
        if state is not None:
            state.support.append(change)
    for change, began in vague:
        state = next((s for s in states if began == s.change or began in s.support), None)
        if state is not None:
            state.support.append(change)
    for change in undated:
        if change.value is not None:
            _place(states, change)
    for change in weak:
        _fill(states, change)
    return states


def _with_curbs_left(changes: Sequence[Change]) -> list[Change]:
    """Leave trade restricted where a curb on some goods ends while earlier ones, on other goods, have not.

    A curb put on several goods at once ends with the first of them that is named again; of all trade that was stopped,
    some is back with the goods that are named.
    """
    left: list[frozenset[str]] = []
    all_stopped = False
    found = []
    for change in sorted(changes, key=_order):
        if change.value == "restricted":
            left += [change.wares] if change.wares else []
        elif change.value == "open" and change.wares:
            left = [curb for curb in left if curb.isdisjoint(change.wares)]
            if left or all_stopped:
                found.append(replace(change, value="restricted"))
                continue
        elif change.value in ("open", "suspended", None):
            left.clear()
            all_stopped = change.value == "suspended"
        found.append(change)
    return found


def _exact(changes: Sequence[Change], standing: Sequence[Change]) -> tuple[list[Change], list[tuple[Change, Change]]]:
    """Return the dated changes in order, and those told more vaguely than another that they agree with, each with that one.

    "In June 2000" and "on 18 June 2000" are one change of one value; and what an article tells without a day began on the day
    since which a sentence of it says that things stand so.
    """
    fixed = sorted((_since_when(change, standing) for change in changes), key=_order)
    kept: list[Change] = []
    vague: list[tuple[Change, Change]] = []
    for change in fixed:
        finer = next((other for other in fixed if other is not change and _is_finer(other, change)), None)
        if finer is None:
            kept.append(change)
        else:
            vague.append((change, finer))
    return kept, vague


def _since_when(change: Change, standing: Sequence[Change]) -> Change:
    if change.precision != "before" or change.since is None:
        return change
    days = [
        other
        for other in standing
        if other.value == change.value and other.articles & change.articles
        if other.precision in ("day", "after", "month")
        if other.since is not None and other.since <= change.since
    ]
    if not days:
        return change
    precision: Precision = "month" if days[0].precision == "month" else "day"
    return replace(change, since=days[0].since, latest=days[0].since, precision=precision)


def _is_finer(one: Change, other: Change) -> bool:
    """Say whether `one` tells the change of `other` more exactly: the same value, a day within the other's longer time."""
    if (
        one.value != other.value
        or one.since is None
        or other.since is None
        or other.precision in ("day", "before", None)
    ):
        return False
    low, high = other.since, other.latest or other.since
    first, last = one.since, one.latest or one.since
    inside = low <= first and last <= high
    return inside and one.precision not in ("before", None) and (last - first) < (high - low)


def _fill(states: list[_State], change: Change) -> None:
    """Let a weak telling bear out what holds on its day, or stand alone where nothing is known of that day."""
    day = change.since
    holding = [state for state in states if day is not None and _holds(state, day)]
    if day is None or any(state.change.value != change.value for state in holding):
        return
    if holding:
        holding[-1].support.append(change)
        return
    later = [s for s in states if s.change.since is not None and s.change.since > day]
    follower = min(later, key=lambda s: s.change.since or date.max, default=None)
    fresh = _State(change)
    if follower is not None:
        fresh.until, fresh.ended_by = follower.change.since, follower.change.cause
    states.append(fresh)


def _fitting(dated: Sequence[Change], standing: Change) -> Change | None:
    """The change that a sentence about how things stand since some day refers to: one that it agrees with, in its time."""
    fitting = {standing.value, *standing.agrees}
    low, high = standing.since, max(filter(None, (standing.latest, standing.reported)), default=None)
    return next(
        (
            change
            for change in dated
            if change.value in fitting
            and low
            and change.since
            and low <= change.since
            and (high is None or change.since <= high)
        ),
        None,
    )


def _step(states: list[_State], now: _State | None, change: Change) -> _State | None:
    """Let one dated change follow what holds; return what holds then."""
    assert change.since is not None
    if now is None:
        if change.value is None:
            return None
        if change.before is not None and not any(state.until is None for state in states):
            states.append(_presupposed(states, change))
        now = _State(change)
        states.append(now)
        return now
    if change.value is None:
        now.until, now.ended_by = change.since, change.cause
        return None
    if change.value == now.change.value or (change.exact and now.change.value in change.agrees):
        now.support.append(change)
        _narrow(now, change)
        return now
    rival = _contradicts(now.change, change)
    follower = _State(change)
    states.append(follower)
    if rival:
        # neither report is preferred: both stand until something ends both
        now.rivals.append(follower)
        follower.rivals.append(now)
        return follower if change.sources > now.change.sources else now
    for state in states:
        if state.until is None and state is not follower:
            state.until, state.ended_by = change.since, change.cause
    return follower


def _presupposed(states: Sequence[_State], change: Change) -> _State:
    since = max((state.until for state in states if state.until is not None), default=None)
    value = replace(
        change, value=change.before, since=since, latest=change.since, precision="before", note=PRESUPPOSED, before=None
    )
    return _State(value, until=change.since, ended_by=change.cause, presupposed=True)


def _narrow(state: _State, change: Change) -> None:
    """A report that names the day within the first report's vaguer time makes the state's beginning certain."""
    first = state.change
    if first.precision in ("day", None) or change.precision != "day" or change.since is None or first.since is None:
        return
    if first.since <= change.since <= (first.latest or first.since):
        state.change = replace(first, since=change.since, latest=change.latest, precision="day")


def _contradicts(first: Change, second: Change) -> bool:
    """Two different values on one day in different articles contradict each other; in one article they follow."""
    if first.since is None or second.since is None or first.articles & second.articles:
        return False
    if first.precision == second.precision == "day":
        return first.since == second.since
    return False


def _place(states: list[_State], change: Change) -> None:
    """Set an undated change beside the dated states: it supports, precedes, or contradicts them."""
    fitting = {change.value, *change.agrees}
    same = [state for state in states if state.change.value in fitting and not state.presupposed]
    day = change.reported
    if day is not None:
        same_now = [state for state in same if _holds(state, day)]
        before = [state for state in same if state.change.since is not None and state.change.since <= day]
        if same_now or (before and not change.asserted):
            (same_now or before)[-1].support.append(change)
            return
    elif same:
        same[-1].support.append(change)
        return
    elif change.asserted and states:
        return  # how things stood on an unknown day contradicts nothing
    presupposed = next((s for s in states if s.presupposed and s.change.value == change.value), None)
    if presupposed is not None and (day is None or presupposed.until is None or day < presupposed.until or change.past):
        presupposed.support.append(change)
        return
    holding = [state for state in states if day is not None and _holds(state, day)]
    fresh = _State(change)
    if not states or day is None:
        for state in states:
            fresh.rivals.append(state)
            state.rivals.append(fresh)
    elif change.asserted and holding and all(_was_before(state, day) for state in holding):
        # nobody says that it was otherwise on that day: it has changed since, on an unknown day
        fresh.change = replace(change, since=day, latest=day, precision="before")
        again = [state for one in holding for state in _split(one, day)]
        later = [s.change.since for s in (*states, *again) if s.change.since is not None and s.change.since > day]
        fresh.until = min(later, default=holding[-1].until)
        for state in holding:
            state.until, state.ended_by = day, ()
        states += again
    elif change.asserted and holding:
        fresh.change = replace(change, since=day, latest=day, precision="before")
        fresh.until = holding[-1].until
        for state in holding:
            fresh.rivals.append(state)
            state.rivals.append(fresh)
    else:
        first = min((s.change.since for s in states if s.change.since is not None), default=None)
        fresh.until = first
        if first is not None:
            fresh.ended_by = next(s.change.cause for s in states if s.change.since == first)
    states.append(fresh)


def _was_before(state: _State, day: date) -> bool:
    """Say whether a state began before a day, and whether all that bears it out is from before it or tells of a later day."""
    since = state.change.since
    return (since is None or since < day) and all(
        (part.reported is not None and part.reported < day) or (part.since is not None and part.since > day)
        for part in (state.change, *state.support)
    )


def _split(state: _State, day: date) -> list[_State]:
    """Take out of a state the changes to the same value after a day on which it was otherwise: they began it anew."""
    later = sorted((part for part in state.support if part.since is not None and part.since > day), key=_order)
    if not later:
        return []
    state.support = [part for part in state.support if part not in later]
    return [_State(later[0], support=later[1:], until=state.until, ended_by=state.ended_by)]


def _holds(state: _State, day: date) -> bool:
    since = state.change.since
    return (since is None or since <= day) and (state.until is None or day < state.until)


def _records(states: Sequence[_State], scope: str) -> list[Relation]:
    ids = {id(state): _relation_id(state, scope) for state in states}
    found = []
    for state in states:
        change = state.change
        if change.value is None or (
            state.until is not None and change.since is not None and state.until <= change.since
        ):
            continue
        spans = {(s.article, s.start, s.end): s for part in (change, *state.support) for s in part.evidence}
        days = [part.reported for part in (change, *state.support) if part.reported is not None]
        causes = dict.fromkeys(cause for part in (change, *state.support) for cause in part.cause)
        found.append(
            Relation(
                id=ids[id(state)],
                of=change.of,
                toward=change.toward,
                dimension=change.dimension,
                value=change.value,
                since=change.since,
                until=state.until,
                precision=change.precision,
                cause=tuple(causes),
                ended_by=state.ended_by,
                evidence=tuple(spans.values()),
                reported=min(days, default=None),
                conflicting=tuple(sorted({ids[id(rival)] for rival in state.rivals} - {ids[id(state)]})),
                note=change.note,
                made_by=MADE_BY,
            )
        )
    return found


def _relation_id(state: _State, scope: str) -> str:
    change = state.change
    return make_id("relation", change.of, change.toward, change.dimension, scope, change.value, change.since)


def states_on(history: History, day: date) -> tuple[Relation, ...]:
    """Return the relations that hold on a day of the world.

    One with an unknown beginning holds on every day before its end; one of which an article says only that it holds, from
    that article's day.
    """
    return tuple(
        relation
        for relation in history.relations
        if has_begun(relation, day) and (relation.until is None or day < relation.until)
    )


def has_begun(relation: Relation, day: date) -> bool:
    """Say whether a state had begun by a day, as far as its articles tell."""
    if relation.since is not None:
        return relation.since <= day
    only_then = relation.precision == "before" and not relation.cause and relation.note != PRESUPPOSED
    return not only_then or relation.reported is None or relation.reported <= day
