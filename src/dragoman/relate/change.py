"""Changes: what the rules of the codebook make of one event."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.codebook.relations import RelationRules, Rule
from dragoman.record import Actor, Article, Event, Span
from dragoman.record.when import Precision
from dragoman.relate.clause import event_clause, is_asked
from dragoman.relate.sides import Sides
from dragoman.relate.times import named_precision

NEAR_TRIGGER = 40
"""Code points between a rule's words and the event's trigger: farther away, the words speak of something else."""

_AHEAD = re.compile(
    r"(?:\b(?:will|would|shall|may|might|could|should|must|can|cannot)\b|[’']ll\b)(?:\s+(?!have\b)[\w’'-]+){0,3}\s*$"
    r"|\b(?:agree|decide|promise|pledge|offer|plan|vow|intend|threaten|prepare|propose|want|hope)\w*(?:\s+[\w’'-]+){0,3}\s+to\s*$"
    r"|\b(?:ready|willing|due|set|about|unwilling|bound)\s+to\s*$",
    re.IGNORECASE,
)
"""Words right before an act that put it ahead or leave it open."""
_NO_SUCH = re.compile(
    r"\b(?:not|n['’]t|never|nor)\s+(?:\w+\s+)?(?:amount\s+to|mean|imply|entail|constitute|spell|equal|be)\b|"
    r"\b(?:short|instead|far|fear|threat|danger|possibility|prospect|talk|idea|risk)\s+(?:of|from)\b(?:\s+\w+){0,3}\s*$",
    re.IGNORECASE,
)
"""Words before the noun of an act by which it did not happen: "this does not amount to a severance"."""
_LONG_AGO = re.compile(r"\b(?:years?|months?|weeks?|decades?)\s+(?:after|since)\b", re.IGNORECASE)
_AGREEING = re.compile(r"(?:agree|decid)\w*\b", re.IGNORECASE)
_HELD_BACK = re.compile(
    r"\b(?:will|would|may|might|could|should|(?:plan|intend|want|threaten|decid|agree|vow|prepar|expect|about|due|set|is|are|was|were)\w*"
    r"\s+(?:not\s+)?to|decision\s+to|plans?\s+to|possib\w+|not)\s+(?:[\w-]+\s+){0,3}$|\b(?:would|will|to|not)\s+(?:\w+\s+)?\w?$",
    re.IGNORECASE,
)
"""Words before an act that put it ahead, in an article whose headline tells it as done."""
_POSSIBLE = re.compile(
    r"\b(?:could|would|may|might|should|threaten\w*|threats?|warn\w*|as\s+far\s+as|consider\w*|short\s+of|instead\s+of|without|propos\w*|"
    r"suggest\w*|oppos\w*|possibility|idea|talk)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
"""Words before a gerund by which what it names is only possible."""
_BEFORE = 60
"""Code points before an act in which such words stand."""
_SPEAKING = re.compile(
    r"(?:den(?:y|ies|ied|ying|ial)|refus|rul(?:e|es|ed|ing)\s+out|declin|reject|rebuff|dismiss|ready|willing|prepared|open\s+to|agree|decid|"
    r"promis|pledg|vow|offer|propos|threat|want|urg|demand|call(?:s|ed|ing)?\s+(?:for|on)|warn|plan|consider|insist|ask|request|oppos|"
    r"accept|approv|welcom|condemn|critici|accus|support|back(?:s|ed|ing)?\b)",
    re.IGNORECASE,
)
"""Triggers that tell what somebody said of an act, wanted or judged, not the act itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One side's relation toward another takes a value: from `since` (None: unknown), as late as `latest` where vague.

    `value` None ends whatever held. `asserted` marks a sentence that says how things stand on the day it was written, which
    bears out the values that it `agrees` with; a `weak` one only fills a day on which nothing else is known; `past` one that
    lies before its article's day by an unknown time. `reported` is that day. `named` says that the words themselves name
    whose state it is, `exact` that they say how far it goes; `wares` are the goods that they name.
    """

    dimension: str
    of: str
    toward: str
    scope: str
    value: str | None
    since: date | None
    latest: date | None
    precision: Precision | None
    reported: date | None
    cause: tuple[str, ...]
    evidence: tuple[Span, ...]
    articles: frozenset[str]
    note: str | None = None
    before: str | None = None
    clears: bool = False
    asserted: bool = False
    agrees: frozenset[str] = frozenset()
    past: bool = False
    weak: bool = False
    named: bool = False
    sources: int = 1
    exact: bool = False
    wares: frozenset[str] = frozenset()

    @property
    def track(self) -> tuple[str, str, str, str]:
        """The key of the line of states that this change belongs to."""
        return self.dimension, self.of, self.toward, self.scope

    @property
    def pair(self) -> frozenset[str]:
        """The two sides, in no order."""
        return frozenset((self.of, self.toward))


def event_changes(
    events: Iterable[Event],
    reports: Mapping[str, Sequence[Event]],
    articles: Mapping[str, Article],
    sides: Sides,
    rules: RelationRules,
) -> Iterator[Change]:
    """Yield the changes that events make; a hypothetical, future or negated one makes none unless its rule says so.

    `reports` are the single reports of each event by its id: a rule reads each in its own clause, and where reports of one
    event fit different rules of a dimension, the rule that most of them fit decides.
    """
    for event in events:
        fitting: dict[str, Counter[int]] = defaultdict(Counter)
        clauses: dict[int, list[str]] = defaultdict(list)
        for report in reports.get(event.id, (event,)):
            if is_asked(report):
                continue
            clause = event_clause(report)
            done: set[str] = set()
            for number, rule in enumerate(rules.rules):
                if (
                    rule.dimension not in done
                    and _fits(rule, report, clause)
                    and _between(rule, event, sides)
                    and not _headline_ahead(rule, report, articles)
                ):
                    done.add(rule.dimension)
                    fitting[rule.dimension][number] += 1
                    clauses[number].append(clause)
        for dimension in sorted(fitting):
            votes = fitting[dimension]
            number = min(votes, key=lambda number: (-votes[number], number))
            yield from _apply(rules.rules[number], event, clauses[number], articles, sides, rules)


def _fits(rule: Rule, report: Event, clause: str) -> bool:
    return (
        not _looks_ahead(report, clause)
        and not _only_speaks(rule, report)
        and rule.fits(
            type_=report.type, mode=report.mode, object_=report.object, clause=clause, factuality=report.factuality
        )
        and _near_trigger(rule, report, clause)
    )


def _looks_ahead(report: Event, clause: str) -> bool:
    """Say whether the words before an event's trigger put it ahead: "will reopen its border" is a promise, no open border."""
    at = clause.find(report.trigger.text)
    if report.factuality != "happened":
        return False
    if report.trigger.text.split()[0].endswith("ing") and _POSSIBLE.search(_before(report)) is not None:
        return True  # "could go as far as cutting its ties"
    if at <= 0:
        return False
    return _AHEAD.search(clause, 0, at) is not None or _NO_SUCH.search(clause, 0, at) is not None


def _before(report: Event) -> str:
    """The words of the event's sentence right before its trigger."""
    evidence, start = report.evidence[0], report.trigger.start
    if report.trigger.article != evidence.article or start < evidence.start:
        return ""
    return evidence.text[max(0, start - evidence.start - _BEFORE) : start - evidence.start]


def _headline_ahead(rule: Rule, report: Event, articles: Mapping[str, Article]) -> bool:
    """Say whether a headline tells as done what its article, wherever it speaks of it, puts ahead: "scraps", "would scrap"."""
    article = articles.get(report.evidence[0].article)
    if article is None or rule.words is None or not in_title(article, report.evidence[0].start):
        return False
    body = max(region.end for region in article.sections if region.kind == "title")
    ahead = [
        _HELD_BACK.search(article.text, max(body, match.start() - _BEFORE), match.start() + 1) is not None
        for match in rule.words.finditer(article.text, body)
    ]
    return bool(ahead) and all(ahead)


def in_title(article: Article, at: int) -> bool:
    """Say whether a place of an article stands in its title."""
    return any(region.kind == "title" and region.start <= at < region.end for region in article.sections)


def _only_speaks(rule: Rule, report: Event) -> bool:
    """Say whether an event is what somebody said of an act, and not the act: a refusal to close the border closes none.

    Two that agree to have relations or peace have them from then on; a recognition refused is a state of its own.
    """
    if _SPEAKING.match(report.trigger.text) is None or rule.dimension == "recognition":
        return False
    settled = _AGREEING.match(report.trigger.text) is not None
    return not (settled and rule.value in ("established", "ceasefire", "none", "signed"))


def _between(rule: Rule, event: Event, sides: Sides) -> bool:
    return rule.between != "states" or all(
        any(sides.public(actor) and sides.side(actor) for actor in group) for group in _two_groups(event)
    )


def _can_be_so(rule: Rule, of: str, toward: str, sides: Sides, rules: RelationRules) -> bool:
    """Say whether two sides can be in a state: what holds between two without direction does so between states and bodies."""
    if rules.dimensions[rule.dimension].directed or rule.between == "states":
        return True
    return all((actor := sides.actors.get(one)) is None or actor.kind in ("state", "body") for one in (of, toward))


def _two_groups(event: Event) -> tuple[Sequence[str], Sequence[str]]:
    """Actors and recipients; where there are no recipients, the first actor and the others (a mutual act)."""
    if event.recipients:
        return event.actors, event.recipients
    return event.actors[:1], event.actors[1:]


def _near_trigger(rule: Rule, event: Event, clause: str) -> bool:
    if rule.words is None or (event.object is not None and event.object in rule.objects):
        return True
    at = clause.find(event.trigger.text)
    if at < 0:
        return True
    stop = at + len(event.trigger.text)
    return any(
        match.start() <= stop + NEAR_TRIGGER and at - NEAR_TRIGGER <= match.end()
        for match in rule.words.finditer(clause)
    )


def _apply(
    rule: Rule,
    event: Event,
    clauses: Sequence[str],
    articles: Mapping[str, Article],
    sides: Sides,
    rules: RelationRules,
) -> Iterator[Change]:
    groups = _two_groups(event)
    yield from _one_way(rule, event, groups, clauses, articles, sides, rules)
    if not event.recipients and event.score > 0 and rules.dimensions[rule.dimension].directed:
        # a mutual act ("agreed to lift the restrictions on each other") holds each way round
        yield from _one_way(rule, event, (groups[1], groups[0]), clauses, articles, sides, rules)


def _one_way(
    rule: Rule,
    event: Event,
    groups: tuple[Sequence[str], Sequence[str]],
    clauses: Sequence[str],
    articles: Mapping[str, Article],
    sides: Sides,
    rules: RelationRules,
) -> Iterator[Change]:
    of_ids, toward_ids = groups if rule.of == "actor" else (groups[1], groups[0])
    published = [articles[span.article].published for span in event.evidence]
    reported = min((day for day in published if day), default=None)
    since, latest, precision, past = _times(event, reported, clauses)
    for of in sides.of(of_ids if rule.of != "actor" else [a for a in of_ids if sides.public(a)] or of_ids):
        for toward_id in toward_ids or ():
            toward = sides.side(toward_id)
            if toward is None or toward == of or not _can_be_so(rule, of, toward, sides, rules):
                continue
            scope, note = _scope(rule, clauses, toward_id, sides, rules)
            note = "; ".join(part for part in (rule.note, note) if part) or None
            change = Change(
                dimension=rule.dimension,
                of=of,
                toward=toward,
                scope=scope,
                value=rule.value,
                since=since,
                latest=latest,
                precision=precision,
                reported=reported,
                cause=(event.id,),
                evidence=event.evidence,
                articles=frozenset(span.article for span in event.evidence),
                note=note,
                before=rule.before,
                clears=rule.clears,
                past=past,
                sources=event.sources,
                wares=wares_in(rule.dimension, " ".join(clauses), rules),
            )
            yield ordered_sides(change, rules)
            yield from implied(change, rule.implies, rules)
            for name in rule.ends:
                for one, other in ((of, toward), (toward, of)):
                    yield ordered_sides(_end(change, name, one, other), rules)


def implied(change: Change, values: Sequence[tuple[str, str]], rules: RelationRules) -> Iterator[Change]:
    """Yield the changes of other dimensions that follow from a change ("an embassy open": relations exist)."""
    words = rules.dimensions[change.dimension].values.get(change.value or "", "")
    note = f"implied by: {change.dimension.replace('_', ' ')} {words}"
    for dimension, value in values:
        yield ordered_sides(
            replace(change, dimension=dimension, value=value, scope="", note=note, before=None, clears=False), rules
        )


def _end(change: Change, dimension: str, of: str, toward: str) -> Change:
    return Change(
        dimension=dimension,
        of=of,
        toward=toward,
        scope="",
        value=None,
        since=change.since,
        latest=change.latest,
        precision=change.precision,
        reported=change.reported,
        cause=change.cause,
        evidence=change.evidence,
        articles=change.articles,
        past=change.past,
    )


def ordered_sides(change: Change, rules: RelationRules) -> Change:
    """An undirected state has its two sides in one order, whoever acted."""
    if rules.dimensions[change.dimension].directed or change.of <= change.toward:
        return change
    return replace(change, of=change.toward, toward=change.of)


def _times(
    event: Event, reported: date | None, clauses: Sequence[str]
) -> tuple[date | None, date | None, Precision | None, bool]:
    """When a state that an event makes begins: the event's own time, else no later than the article's day.

    What is only told as so long ago ("a year after it closed the border") began on an unknown day before that.
    """
    when = event.when
    if when is not None and when.start is not None:
        return when.start, when.end or when.start, named_precision(when), False
    if when is not None and when.end is not None:
        return None, when.end, "before", True
    ago = any(_LONG_AGO.search(clause) for clause in clauses)
    if event.historical or event.factuality == "negated" or reported is None or ago:
        return None, reported, "before" if reported else None, True
    return reported, reported, "before", False


def wares_in(dimension: str, text: str, rules: RelationRules) -> frozenset[str]:
    """Return the goods that words about trade name, in lower case and as one thing in the singular and the plural."""
    pattern = rules.scopes.get("wares")
    if dimension != "trade" or pattern is None:
        return frozenset()
    return frozenset(match.group("name").lower().rstrip("s") for match in pattern.finditer(text))


def _office_words(actor: Actor) -> str:
    """The office through which a person counts toward a state, the one held now first; nothing where none is known."""
    held = [office for office in actor.offices if office.of is not None and office.of == actor.country]
    if not held:
        return ""
    office = min(held, key=lambda office: (office.register is not None, office.former, office.title))
    return f", {'former ' if office.former else ''}{office.title}"


def _scope(
    rule: Rule, clauses: Sequence[str], toward_id: str, sides: Sides, rules: RelationRules
) -> tuple[str, str | None]:
    """What the state is about within its dimension, as a key and in words for the note."""
    if rule.scope == "person":
        actor = sides.actors.get(toward_id)
        if actor is not None and actor.kind == "person":
            return actor.id, f"personal, on {actor.name}{_office_words(actor)}"
        return "", None
    if rule.scope is not None:
        for clause in clauses:
            match = rules.scopes[rule.scope].search(clause)
            if match:
                words = " ".join(match.group().split())
                return words.lower(), words
    return "", None
