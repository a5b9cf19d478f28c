"""Likeness: how alike two reports are, whether they contradict each other, and why, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from dragoman.codebook.relations import RelationRules
from dragoman.record import Article, Event, When
from dragoman.relate.clause import content_words, event_clause
from dragoman.relate.sides import Sides
from dragoman.relate.times import bounds, days_apart, is_dated, is_day, overlap

WORDS_ALIKE = 0.6
"""Share of alike words that a frequent kind of act needs besides parties and time."""
UNDATED_REACH = 21
"""Days before an article's publication in which an act may lie that it reports without a date."""
DIFFERING = 0.5
"""Likeness of times that differ by no more than the slack."""
DATE_SLACK = 2
"""Days by which reports may differ on the day of one act."""

PARTIES_NAMED = 0.8
"""Likeness of parties from which at least one side of both reports is the same and nothing speaks against the other."""
MONTH = 31
"""Days of the vaguest time that still tells of one blow: a month."""

_SIGNED = re.compile(r"\b(?:sign|initial|conclud)", re.IGNORECASE)
_WEIGHT_TIME, _WEIGHT_PARTIES, _WEIGHT_WORDS, _WEIGHT_OBJECT = 0.35, 0.2, 0.25, 0.2
_NAME = re.compile(
    r"(?<![.!?:\"“]\s)(?<=[\s(])(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|On|In|At|It|He|She|Foreign|President|Prime|Minister)\b)"
    r"[A-ZÀ-Þ][\w'’-]{3,}"
)
"""A capitalised word inside a sentence that is no day, month or title."""
_CORRECTION = re.compile(
    r"\bcorrect(?:ion|s|ed)\s*[:(]|\b(?:corrects|correcting)\b|\ban\s+earlier\s+(?:version|report)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of an event, with what it is compared by; `order` sorts reports the same way always.

    `titled` says that a title or heading tells it, `corrects` that the article corrects an earlier report. Of `article` only
    its id and day are looked at, so that a report can be handed on without the text.
    """

    event: Event
    article: Article
    actors: frozenset[str]
    recipients: frozenset[str]
    people: frozenset[str]
    words: str
    names: frozenset[str]
    order: tuple[date, str, int, str]
    titled: bool = False
    corrects: bool = False


Called = Mapping[tuple[str, str], frozenset[str]]
"""What an article (its id) calls an actor (the joined id): a report is judged by the names of its own article alone, so
that what other articles call somebody never changes what was made of it."""


def read_report(event: Event, articles: Mapping[str, Article], sides: Sides, called: Called) -> Report:
    """Return an event as a report."""
    span = event.evidence[0]
    article = articles[span.article]
    return Report(
        event=event,
        article=article,
        actors=frozenset(sides.of(event.actors)),
        recipients=frozenset(sides.of(event.recipients)),
        people=sides.persons((*event.actors, *event.recipients)),
        words=" ".join(content_words(event_clause(event))),
        names=_names_beside(event, sides, called),
        order=(article.published or date.max, article.id, span.start, event.id),
        titled=any(r.start <= span.start < r.end and r.kind in ("title", "heading") for r in article.sections),
        corrects=_corrects(article.text),
    )


@lru_cache(maxsize=1 << 8)
def _corrects(text: str) -> bool:
    return _CORRECTION.search(text) is not None


def _names_beside(event: Event, sides: Sides, called: Called) -> frozenset[str]:
    """The names in the event's sentence that are no party's: a place, a ship, a town tell acts of one kind apart."""
    text, article = event.evidence[0].text, event.evidence[0].article
    parties = {
        word
        for actor_id in (*event.actors, *event.recipients, *sides.of((*event.actors, *event.recipients)))
        for name in called.get((article, actor_id), ())
        for word in name.split()
    }
    found = {match.group() for match in _NAME.finditer(text, 1)}
    return frozenset(name for name in found if name not in parties and name[:4] not in {p[:4] for p in parties})


def contradict(one: Report, other: Report, rules: RelationRules) -> bool:
    """Say whether two reports can't be one event, however alike their words."""
    first, second = one.event, other.event
    if not _same_kind(first, second, rules) or first.factuality != second.factuality:
        return True
    if first.object and second.object and not rules.same_object(first.object, second.object):
        return True
    if _same_sentence(first, second) and not _triggers_meet(first, second):
        return True
    if _parties_share(one, other, rules) is None or _time_alike(one, other) is None:
        return True
    if not (first.type in rules.frequent or second.type in rules.frequent):
        return False
    elsewhere = first.where and second.where and first.where.casefold() != second.where.casefold()
    return bool(elsewhere) or not _people_agree(one, other)


def compare(one: Report, other: Report, rules: RelationRules) -> tuple[float, tuple[str, ...]] | None:
    """Return the likeness of two reports (0 to 1) with its reasons; None where they can't be one, or too little says so."""
    if contradict(one, other, rules):
        return None
    first, second = one.event, other.event
    parties, time = _parties_alike(one, other, rules), _time_alike(one, other)
    assert time is not None
    if parties is None:
        return None
    words = fuzz.token_set_ratio(one.words, other.words) / 100 if one.words and other.words else 0.0
    if time[0] == DIFFERING and words < WORDS_ALIKE and not first.object:
        return None
    frequent = first.type in rules.frequent or second.type in rules.frequent
    reasons = [f"same kind of act ({first.type})", parties[1], time[1]]
    if first.object and second.object and rules.same_object(first.object, second.object):
        thing = 1.0
        reasons.append(f"about the same thing ({first.object})")
    else:
        thing = 0.4 if frequent or first.mode != second.mode else 0.8
    shared = one.names & other.names
    blow = _same_blow(one, other, parties[0], time[0], rules)
    certain = time[0] >= 0.8 and (
        _certain_meeting(one, other, rules)
        or _certain_signing(one, other)
        or _signed_by_the_same(one, other, rules)
        or blow
        or bool(shared and parties[0] >= PARTIES_NAMED)
    )
    if frequent and words < WORDS_ALIKE and not certain:
        return None
    if frequent and shared:
        thing = 1.0
        reasons.append(f"both name {', '.join(sorted(shared))}")
    elif blow:
        thing = 1.0
        reasons.append("told with the same word")
    if words >= WORDS_ALIKE:
        reasons.append(f"alike in their words ({round(words * 100)} in 100)")
    score = _WEIGHT_TIME * time[0] + _WEIGHT_PARTIES * parties[0] + _WEIGHT_WORDS * words + _WEIGHT_OBJECT * thing
    return score, tuple(reasons)


def _same_kind(one: Event, other: Event, rules: RelationRules) -> bool:
    return rules.same_act((one.type, one.mode), (other.type, other.mode))


def _parties_alike(one: Report, other: Report, rules: RelationRules) -> tuple[float, str] | None:
    share = _parties_share(one, other, rules)
    mutual = not one.recipients and not other.recipients
    if share is None or (share <= 0.6 and not mutual):
        return None
    return share, "same parties" if share == 1 else "parties that agree as far as both name them"


def _parties_share(one: Report, other: Report, rules: RelationRules) -> float | None:
    """How far the parties of two reports are the same (0.6: nothing is named by both); None where they contradict."""
    pairs = ((one.actors, other.actors), (_struck(one), _struck(other)))
    if _are_mutual(one, other, rules):
        pairs = ((one.actors | one.recipients, other.actors | other.recipients),) * 2
    share = 0.0
    for mine, theirs in pairs:
        if mine == theirs:
            share += 0.5
        elif not mine or not theirs:
            share += 0.3
        elif mine <= theirs or theirs <= mine:
            share += 0.35
        else:
            return None
    return share


def _struck(report: Report) -> frozenset[str]:
    """The recipients, as far as they tell: "its neighbour's town" read as the actor's own says nothing of whom it met."""
    return frozenset() if report.recipients == report.actors else report.recipients


def _time_alike(one: Report, other: Report) -> tuple[float, str] | None:
    """How well two times agree, with the reason; None where they contradict each other."""
    first, second = one.event.when, other.event.when
    same_article = one.article.id == other.article.id
    if _is_placed(first) and _is_placed(second):
        if overlap(first, second):
            return (1.0, "same day") if is_day(first) and is_day(second) else (0.8, "times that overlap")
        apart = days_apart(first, second)
        if not same_article and apart <= DATE_SLACK:
            return DIFFERING, f"days that differ by {apart}"
        return None
    if same_article:
        return 0.8, "told in one article"
    if (is_dated(first) and is_dated(second)) and not overlap(first, second):
        return None
    dated, undated = (one, other) if _is_placed(first) else (other, one)
    day = undated.article.published
    if _is_placed(dated.event.when):
        if day is None:
            return 0.4, "one report without a date"
        low, high = bounds(dated.event.when)
        if low > day:
            return None
        if (day - high).days <= UNDATED_REACH:
            return 0.8, "reported within days of it"
        return (0.5, "told as past, without a day") if undated.event.historical else None
    days = [report.article.published for report in (one, other) if report.article.published]
    if len(days) == 2 and abs((days[0] - days[1]).days) > UNDATED_REACH:
        late = max(one, other, key=lambda report: report.article.published or date.min)
        return (0.4, "told as past, without a day") if late.event.historical else None
    if one.event.historical != other.event.historical:
        return None
    return (0.7, "reported within days of each other") if len(days) == 2 else (0.4, "reports without a date")


def _is_placed(when: When | None) -> bool:
    """Say whether a time has a first day: "before Saturday" reaches back without end and meets every earlier act."""
    return when is not None and when.start is not None


def _same_sentence(one: Event, other: Event) -> bool:
    first, second = one.evidence[0], other.evidence[0]
    return first.article == second.article and first.start < second.end and second.start < first.end


def _triggers_meet(one: Event, other: Event) -> bool:
    return one.trigger.start < other.trigger.end and other.trigger.start < one.trigger.end


def _people_agree(one: Report, other: Report) -> bool:
    """Two named casts agree when one holds the other; a report that names nobody agrees with any."""
    return one.people <= other.people or other.people <= one.people


def _certain_meeting(one: Report, other: Report, rules: RelationRules) -> bool:
    """Two reports of talks between the same named people, or the same two states, on one day are one meeting."""
    same_people = len(one.people & other.people) >= 2
    same_states = (
        one.actors | one.recipients == other.actors | other.recipients and len(one.actors | one.recipients) > 1
    )
    return _are_mutual(one, other, rules) and (same_people or same_states)


def _are_mutual(one: Report, other: Report, rules: RelationRules) -> bool:
    """Tell whether both are of a type that parties do with each other, such as talks, or of a thing that ends but once."""
    if one.event.object in rules.once and one.event.object == other.event.object:
        return True
    return one.event.type == other.event.type and rules.ontology.within("mutual", one.event.type)


def _certain_signing(one: Report, other: Report) -> bool:
    """Two reports of a treaty signed by the same named people are one signing."""
    agreed = {one.event.object, other.event.object} == {"agreement"}
    return agreed and len(one.people & other.people) >= 2


def _signed_by_the_same(one: Report, other: Report, rules: RelationRules) -> bool:
    """Two reports of a treaty signed by the same two states are one signing, unless they call it by different names."""
    if {one.event.object, other.event.object} != {"agreement"} or len(one.actors | one.recipients) < 2:
        return False
    if one.actors | one.recipients != other.actors | other.recipients:
        return False
    if not (_SIGNED.search(one.event.trigger.text) and _SIGNED.search(other.event.trigger.text)):
        return False
    names = [pact_name(report, rules) for report in (one, other)]
    return not all(names) or names[0] == names[1]


def pact_name(report: Report, rules: RelationRules) -> str:
    """Return the name of the treaty that a report's clause speaks of, in lower case; empty where it has none."""
    pattern = rules.scopes.get("agreement")
    match = pattern.search(event_clause(report.event)) if pattern is not None else None
    return " ".join(match.group().lower().split()) if match is not None else ""


def _same_blow(one: Report, other: Report, parties: float, time: float, rules: RelationRules) -> bool:
    """Two reports of harm in the same words between the same sides, of which one is of a day and the other not far vaguer."""
    first, second = one.event, other.event
    if not rules.ontology.within("own_people", first.type, first.mode) or parties < PARTIES_NAMED:
        return False
    widths = sorted((high - low).days for low, high in (bounds(first.when), bounds(second.when)))
    alike = first.trigger.text.casefold() == second.trigger.text.casefold()
    return alike and time >= 0.8 and widths[0] == 0 and widths[1] <= MONTH
