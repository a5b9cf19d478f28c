"""Merge: the reports of one thing that happened become one event.

Two reports are compared by type, parties, time, object, place and words; what can't be the same is never joined, however
alike the words. Reports join in the order of their likeness, and a report joins a group only where it may be one with each
member of it, so the order of the articles makes no difference. Each join keeps its reasons, and a person's decision wins.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from dragoman.codebook.relations import RelationRules
from dragoman.record import Article, Check, Event, Join, Variant, When
from dragoman.relate.clause import event_clause
from dragoman.relate.likeness import DATE_SLACK, UNDATED_REACH, Called, Report, compare, contradict, read_report
from dragoman.relate.sides import Sides
from dragoman.relate.sources import Sources
from dragoman.relate.times import bounds, is_dated, is_day

# What the limits give is measured on the project's chronicle (corpora/chronicle) by tests/relate/test_chronicle.py.
JOIN_SCORE = 0.62
"""Likeness from which two reports are one event."""
CANDIDATE_SCORE = 0.5
"""Likeness from which two reports are left to a person to decide."""
LEFT_OPEN = 3
"""Candidates left to a person for each report, the likeliest."""
_NUMBER = re.compile(
    r"\b(?:\d[\d,. ]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds|thousands)\b"
    r"(?!\s*(?:January|February|March|April|May|June|July|August|September|October|November|December))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """Merged events, the new id of each report's id, and the joins with their reasons."""

    events: tuple[Event, ...]
    event_of: Mapping[str, str]
    joins: tuple[Join, ...]


def merge_events(
    events: Sequence[Event],
    articles: Mapping[str, Article],
    sides: Sides,
    rules: RelationRules,
    sources: Sources,
    called: Called,
    decisions: Sequence[Join] = (),
) -> Merged:
    """Return the events with the reports of one act joined; ids of reports stay in `members`.

    What becomes of a report rests on it and on those that may be one with it, directly or through others, and on nothing
    else: the events of such a part, merged alone, are those of the whole.
    """
    reports = [read_report(event, articles, sides, called) for event in events]
    return merge_reports(reports, sides, rules, sources, called, decisions)


def merge_reports(
    reports: Iterable[Report],
    sides: Sides,
    rules: RelationRules,
    sources: Sources,
    called: Called,
    decisions: Sequence[Join] = (),
) -> Merged:
    """Return what `merge_events` does of reports that were read already, in any order."""
    reports = sorted(reports, key=lambda report: report.order)
    decided = {frozenset((join.one, join.other)): join for join in decisions if join.kind == "event"}
    named = {report_id for pair in decided for report_id in pair}
    groups, joins = _identical(reports, named)
    likely: list[tuple[float, Report, Report, tuple[str, ...]]] = []
    for one, other in _candidates([group[0] for group in _distinct(groups)], rules, decided):
        decision = decided.get(frozenset((one.event.id, other.event.id)))
        if decision is not None:
            likely.append((2.0 if decision.joined else -1.0, one, other, decision.reasons))
            continue
        likeness = compare(one, other, rules)
        if likeness is not None and likeness[0] >= CANDIDATE_SCORE:
            likely.append((likeness[0], one, other, likeness[1]))
    likely.sort(key=lambda item: (-item[0], item[1].order, item[2].order))
    left_open: Counter[str] = Counter()
    for score, one, other, reasons in likely:
        mine, theirs = groups[one.event.id], groups[other.event.id]
        decision = decided.get(frozenset((one.event.id, other.event.id)))
        if mine is theirs and decision is None:
            continue
        joined = mine is theirs
        if not joined and (score > 1 or (score >= JOIN_SCORE and _may_join(mine, theirs, rules, decided))):
            both = mine + theirs
            for report in both:
                groups[report.event.id] = both
            joined = True
        if not joined and decision is None:
            if max(left_open[one.event.id], left_open[other.event.id]) >= LEFT_OPEN:
                continue
            left_open.update((one.event.id, other.event.id))
        joins.append(_join(one, other, min(abs(score), 1.0), reasons, joined, decision))
    merged = [
        _merge(sorted(group, key=lambda report: report.order), sources, sides, called) for group in _distinct(groups)
    ]
    event_of = {report: event.id for event in merged for report in event.members or (event.id,)}
    return Merged(
        events=tuple(sorted(merged, key=lambda event: event.id)),
        event_of=event_of,
        joins=tuple(sorted(joins, key=lambda join: (join.one, join.other, join.reasons))),
    )


def _identical(reports: Sequence[Report], apart: set[str]) -> tuple[dict[str, list[Report]], list[Join]]:
    """Group the reports that tell the same act in the same words on the same day: copies, found without comparing pairs.

    The first of each group stands for it from here on. A report that a person decided about stands alone.
    """
    found: dict[tuple[object, ...], list[Report]] = {}
    groups: dict[str, list[Report]] = {}
    joins = []
    for report in reports:
        event = report.event
        key = identity_of(report)
        if event.id in apart:
            key = (*key, event.id)
        group = found.setdefault(key, [])
        if group:
            joins.append(_join(group[0], report, 1.0, ("the same words about the same parties and day",), True, None))
        group.append(report)
        groups[event.id] = group
    return groups, joins


def identity_of(report: Report) -> tuple[object, ...]:
    """Return what two reports that are copies share; of a report without words its id."""
    event = report.event
    when = bounds(event.when) if is_dated(event.when) else report.article.published
    kind = (event.type, event.mode, event.object, event.factuality, event.historical, event.where)
    said = (report.actors, report.recipients, report.people, report.words, when)
    return (*kind, *said) if report.words else (*kind, *said, event.id)


def _join(
    one: Report, other: Report, score: float, reasons: tuple[str, ...], joined: bool, decision: Join | None
) -> Join:
    low, high = sorted((one.event.id, other.event.id))
    return Join(
        kind="event",
        one=low,
        other=high,
        score=round(score, 3),
        reasons=reasons,
        joined=joined,
        decided_by=decision.decided_by if decision else None,
    )


def _distinct(groups: Mapping[str, list[Report]]) -> list[list[Report]]:
    return sorted({id(group): group for group in groups.values()}.values(), key=lambda group: group[0].order)


def _candidates(
    reports: Sequence[Report], rules: RelationRules, decided: Mapping[frozenset[str], Join]
) -> Iterable[tuple[Report, Report]]:
    """Yield the pairs worth comparing: compatible types that share a party (or a person), near in time."""
    blocks: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        for block in blocks_of(report, rules):
            blocks[block].append(report)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for one, other in _window(blocks[key]):
            pair = (one.event.id, other.event.id)
            if pair not in seen:
                seen.add(pair)
                yield one, other
    by_id = {report.event.id: report for report in reports}
    for ids in sorted(sorted(pair) for pair in decided):
        if len(ids) == 2 and all(i in by_id for i in ids) and not {(ids[0], ids[1]), (ids[1], ids[0])} & seen:
            first, second = sorted((by_id[ids[0]], by_id[ids[1]]), key=lambda report: report.order)
            yield first, second


def blocks_of(report: Report, rules: RelationRules) -> list[tuple[str, str]]:
    """Return the (kind of act, party) under which a report meets those that it may be one with, sorted."""
    parties = (report.actors | report.recipients) or report.people or frozenset({""})
    return sorted((kind, party) for kind in rules.kinds(report.event.type, report.event.mode) for party in parties)


def may_be_one(one: Report, other: Report, rules: RelationRules) -> bool:
    """Say whether two reports have to do with each other in merging: as copies, or as likely enough to be left open."""
    if identity_of(one) == identity_of(other):
        return True
    first, second = sorted((one, other), key=lambda report: report.order)
    likeness = compare(first, second, rules)
    return likeness is not None and likeness[0] >= CANDIDATE_SCORE


Sketch = tuple[str, str, bool, list[str], list[str]]
"""Type, factuality, whether told as past, and the sides of a report: enough to see that most others can't be one with it."""


def sketch_of(report: Report, rules: RelationRules) -> Sketch:
    """Return a report's sketch; of what ends but once between two it says nothing of who ended it."""
    event = report.event
    if event.object in rules.once:
        return event.type, event.factuality, event.historical, sorted(report.actors | report.recipients), []
    return event.type, event.factuality, event.historical, sorted(report.actors), sorted(report.recipients)


def sketches_meet(one: Sketch, other: Sketch) -> bool:
    """Say whether reports of two sketches may be one: of the same factuality, and with parties that agree.

    Recipients that are the actors themselves tell nothing of whom an act met, and of an act that its parties may do with each
    other it does not matter who is which (`likeness.compare` says both).
    """
    if one[1] != other[1]:
        return False
    (mine, struck), (theirs, hit) = ((frozenset(sketch[3]), frozenset(sketch[4])) for sketch in (one, other))
    if one[0] == other[0] and _agree(mine | struck, theirs | hit):
        return True
    struck, hit = frozenset() if struck == mine else struck, frozenset() if hit == theirs else hit
    return _agree(mine, theirs) and _agree(struck, hit)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _window(block: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Yield the pairs of a block that can be near in time, each in the order of the reports.

    What is told as past without a day is compared with what is about the same thing, since its day may be any earlier one.
    """
    spans = sorted(((*reach(report), report) for report in block), key=lambda item: (item[0], item[2].order))
    loose = [report for report in block if report.event.historical and not is_dated(report.event.when)]
    loose_ids = {report.event.id for report in loose}
    for number, (_, high, one) in enumerate(spans):
        for low, _, other in islice(spans, number + 1, None):
            if low > high:
                break
            yield (one, other) if one.order <= other.order else (other, one)
    for one in loose:
        alike = [r for r in block if r.event.object is not None and r.event.object == one.event.object and r is not one]
        for other in alike:
            if other.event.id not in loose_ids or one.order < other.order:
                yield (one, other) if one.order <= other.order else (other, one)


def reach(report: Report) -> tuple[int, int]:
    """Return the first and last day, as ordinals, on which a report's act may lie for another to be near it."""
    when = report.event.when
    if is_dated(when):
        low, high = bounds(when)
        return low.toordinal(), min(high.toordinal() + DATE_SLACK + UNDATED_REACH, date.max.toordinal())
    day = report.article.published
    if day is None:
        return date.min.toordinal(), date.max.toordinal()
    return day.toordinal() - UNDATED_REACH, day.toordinal() + UNDATED_REACH


def _may_join(
    mine: Sequence[Report], theirs: Sequence[Report], rules: RelationRules, decided: Mapping[frozenset[str], Join]
) -> bool:
    for one in mine:
        for other in theirs:
            decision = decided.get(frozenset((one.event.id, other.event.id)))
            if decision is not None and not decision.joined:
                return False
            if decision is None and contradict(one, other, rules):
                return False
    return True


def _merge(group: Sequence[Report], sources: Sources, sides: Sides, called: Called) -> Event:
    articles = {report.article.id for report in group}
    if len(group) == 1:
        return lone_event(group[0])
    chief = _chief(group, called)
    events = [chief.event, *(report.event for report in group if report is not chief)]
    spans = {(span.article, span.start, span.end): span for event in events for span in event.evidence}
    by_article_itself = any(not event.reported_by for event in events)
    when, variants = _when(group, sources)
    return replace(
        chief.event,
        mode=chief.event.mode or next((event.mode for event in events if event.mode), None),
        contexts=tuple(sorted({context for event in events for context in event.contexts})),
        actors=_together([event.actors for event in events], sides),
        recipients=_together([event.recipients for event in events], sides),
        when=when,
        where=chief.event.where or next((event.where for event in events if event.where), None),
        object=chief.event.object or next((event.object for event in events if event.object), None),
        historical=all(event.historical for event in events),
        reported_by=() if by_article_itself else tuple(sorted({s for event in events for s in event.reported_by})),
        because=tuple(sorted({cause for event in events for cause in event.because})),
        evidence=tuple(spans.values()),
        confidence=max(event.confidence for event in events),
        members=tuple(sorted(event.id for event in events)),
        sources=sources.count(articles),
        told=tuple(event.trigger for event in events[1:]),
        differs=(*variants, *_numbers(group)),
        checked=_checked(events),
    )


def lone_event(report: Report) -> Event:
    """Return the event of a report that is one with no other."""
    return replace(report.event, sources=1)


def _checked(events: Iterable[Event]) -> tuple[Check, ...]:
    """What persons did with the reports, in the order of time; one decision on several of them once."""
    checks = {(check.time, check.decision, check.verdict): check for event in events for check in event.checked}
    return tuple(checks[key] for key in sorted(checks))


def _together(parties: Sequence[tuple[str, ...]], sides: Sides) -> tuple[str, ...]:
    """The first report's parties, and of the others those whose side it leaves out ("to Australia and the United States")."""
    found: list[str] = []
    for group in parties:
        covered = set(sides.of(found))
        fresh = [
            actor for actor in group if actor not in found and (not found or sides.side(actor) not in covered | {None})
        ]
        found.extend(fresh)
    return tuple(found)


def _chief(group: Sequence[Report], called: Called) -> Report:
    """The report that gives the event its words.

    One that a person checked before others; the article's own telling before a speaker's, its body before its title or a
    question, one that names the parties before one that leaves them to be understood, the shorter before the longer, the
    earlier before the later.
    """

    def key(report: Report) -> tuple[object, ...]:
        event, clause = report.event, event_clause(report.event)
        parties = [*event.actors, *event.recipients]
        named = sum(any(name in clause for name in called.get((report.article.id, actor), ())) for actor in parties)
        return (
            not event.checked,
            bool(event.reported_by),
            report.titled or event.evidence[0].text.rstrip().endswith("?"),
            not (report.actors and (report.recipients or len(event.actors) > 1)),
            -named,
            len(clause) // 40,
            report.order,
        )

    return min(group, key=key)


def _when(group: Sequence[Report], sources: Sources) -> tuple[When | None, tuple[Variant, ...]]:
    """The time that the group agrees on: the narrowest; where days differ, a checked one, a correction's, or most sources'."""
    dated = [report for report in group if is_dated(report.event.when)]
    if not dated:
        return None, ()
    days: dict[date, list[Report]] = defaultdict(list)
    for report in dated:
        if is_day(report.event.when) and report.event.when is not None and report.event.when.start is not None:
            days[report.event.when.start].append(report)
    if not days:
        return min(dated, key=lambda report: (_width(report.event.when), report.order)).event.when, ()
    best = max(
        days,
        key=lambda day: (
            any(report.event.checked for report in days[day]),
            any(report.corrects for report in days[day]),
            sources.count(report.article.id for report in days[day]),
            max(report.article.published or date.min for report in days[day]),
            -day.toordinal(),
        ),
    )
    variants: tuple[Variant, ...] = ()
    if len(days) > 1:
        variants = tuple(
            Variant(
                field="when", value=day.isoformat(), evidence=tuple(report.event.evidence[0] for report in days[day])
            )
            for day in sorted(days)
        )
    return days[best][0].event.when, variants


def _width(when: When | None) -> int:
    low, high = bounds(when)
    return (high - low).days


def _numbers(group: Sequence[Report]) -> tuple[Variant, ...]:
    """The numbers that stand right after the trigger, where reports give different ones."""
    given: dict[str, list[Report]] = defaultdict(list)
    for report in group:
        span, trigger = report.event.evidence[0], report.event.trigger
        if trigger.article == span.article and span.start <= trigger.end <= span.end:
            match = _NUMBER.search(
                span.text, trigger.end - span.start, min(len(span.text), trigger.end - span.start + 25)
            )
            if match:
                given[match.group().lower().strip()].append(report)
    if len(given) < 2:
        return ()
    return tuple(
        Variant(field="number", value=value, evidence=tuple(report.event.evidence[0] for report in given[value]))
        for value in sorted(given)
    )
