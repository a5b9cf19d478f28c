"""The timeline: events as entries, what changed last, the bars of the picture, and the episodes in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import date

from dragoman.codebook.relations import RelationRules
from dragoman.record import Event, Relation, Statement
from dragoman.record.dossier import Bar, Entry, Lane, Line, Story
from dragoman.relate.choose import Choice
from dragoman.relate.clause import meet
from dragoman.relate.describe import (
    EVENT_LIMIT,
    describe_event,
    describe_report,
    describe_statement,
    describe_words,
    hangs_on,
    sentences_of,
)
from dragoman.relate.episode import Episode
from dragoman.relate.gloss import named_in
from dragoman.relate.portrait import references, sayings, speaker_name
from dragoman.relate.standing import IMPLIED, shown_title, since_words
from dragoman.relate.wording import between_words, checked_words, count_words, day_words, list_words, when_words

CHANGED = 4
"""Events shown as what changed last."""
REASONS = 3
"""Reasons shown that speakers give for an act."""
REASON = 500
"""Code points of a reason: reasons are often lists, which are worth their room."""
LEAST_SAID = 6
"""Words from which what was said tells an act better than the sentence around it."""
MATERIAL = 5.5
"""Distance from zero on PLOVER's scale from which an act is a change and not only talk."""


def timeline_entry(event: Event, choice: Choice) -> Entry:
    """Return an event as a line of the timeline."""
    when = event.when
    return Entry(
        event=event.id,
        when=_entry_when(event, choice),
        start=when.start if when else _told_on(event, choice),
        end=when.end if when else _told_on(event, choice),
        text=event_words(event, choice),
        lane=_lane(event, choice),
        background=event.id not in choice.between_ids,
        by=_by(event, choice),
        codes=f"{event.type}/{event.mode}" if event.mode else event.type,
        factuality=event.factuality,
        score=event.score,
        sources=event.sources,
        differs=tuple(
            Line(text=f"{variant.field}: {variant.value}", references=references(variant.evidence, choice))
            for variant in event.differs
        ),
        reasons=_reasons(event, choice),
        references=references(event.evidence, choice),
        checked=checked_words(event.checked),
    )


def event_words(event: Event, choice: Choice) -> str:
    """Return an event in words; one that is a saying (its trigger is a statement's cue) by what was said."""
    said = None
    if choice.ontology.within("speech", event.type, event.mode) and event.factuality == "happened":
        said = next((s for s in choice.statements if s.cue is not None and meet(s.cue, event.trigger)), None)
        words = said.content.text.split() if said is not None else []
        if said is not None and hangs_on(said, choice.articles):
            event = _whole(event, said, choice)
        if said is not None and (len(words) < LEAST_SAID or hangs_on(said, choice.articles)):
            said = None  # "Norland accused the king of theft" is a line, "Norland: Accused the king of theft" none
    if said is not None:
        return f"{speaker_name(said, choice)}: {describe_statement(said, choice.articles, EVENT_LIMIT)}"
    return describe_event(event, choice.articles, choice.sides, named_in(choice.mentions, choice.sides))


def _whole(event: Event, said: Statement, choice: Choice) -> Event:
    """The event with a clause that takes in all that was demanded or charged: "not to yield until all are freed"."""
    clause, content = event.clause, said.content
    if clause is None or clause.article != content.article or content.end <= clause.end:
        return event
    if content.end - clause.start > EVENT_LIMIT + content.end - content.start or content.start > clause.end + 2:
        return event
    return replace(event, clause=choice.articles[clause.article].span(clause.start, content.end))


def state_entries(choice: Choice, entries: Iterable[Entry], rules: RelationRules) -> list[Entry]:
    """Return a line for each state between the two that began on a known day and that no line of an event tells.

    Its words are the sentence on which the state rests; one that only follows from another state has none.
    """
    told = [reference.span for entry in entries for reference in entry.references]
    found = []
    for relation in choice.relations:
        rests_on = [span for span in relation.evidence if span.article in choice.numbers]
        if relation.since is None or not rests_on or (relation.note or "").startswith(IMPLIED):
            continue
        if any(meet(span, other) for span in rests_on for other in told):
            continue
        found.append(_state_entry(relation, choice, rules))
    return found


def _state_entry(relation: Relation, choice: Choice, rules: RelationRules) -> Entry:
    first = next(span for span in relation.evidence if span.article in choice.numbers)
    value = rules.dimensions[relation.dimension].values[relation.value]
    lanes: dict[str, Lane] = {choice.first: "first", choice.second: "second"}
    return Entry(
        event=relation.id,
        when=since_words(relation, choice),
        start=relation.since,
        end=relation.since,
        text=describe_report(first, choice.articles, named_in(choice.mentions, choice.sides)),
        lane=lanes.get(relation.of, "other") if rules.dimensions[relation.dimension].directed else "both",
        background=False,
        by=None,
        codes=f"{shown_title(relation, choice, rules)}: {value}",
        factuality="happened",
        score=0.0,
        sources=1,
        differs=(),
        reasons=(),
        references=references(relation.evidence, choice),
        state=True,
    )


def one_line_each(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries with those that tell the same words of the same time as one line, their codes side by side.

    So are those of one sentence whose words are the same once their time is left out; the line has the surer day.
    """
    found: list[Entry] = []
    places: dict[tuple[object, ...], int] = {}
    for entry in entries:
        sentences = {(one.span.article, one.span.start) for one in entry.references}
        keys: list[tuple[object, ...]] = [(entry.when, entry.text), *((one, entry.text) for one in sorted(sentences))]
        at = next((places[key] for key in keys if key in places), None)
        if at is None:
            at = len(found)
            found.append(entry)
        else:
            found[at] = _as_one(found[at], entry)
        places.update(dict.fromkeys(keys, at))
    return tuple(found)


def _as_one(first: Entry, second: Entry) -> Entry:
    codes = first.codes if second.codes in first.codes.split(" + ") else f"{first.codes} + {second.codes}"
    sure, other = (second, first) if _vague(first) and not _vague(second) else (first, second)
    return replace(
        sure,
        codes=codes,
        score=max(first.score, second.score, key=abs),
        background=first.background and second.background,
        reasons=sure.reasons or other.reasons,
        checked="; ".join(dict.fromkeys(one.checked for one in (first, second) if one.checked)),
    )


def _vague(entry: Entry) -> bool:
    """Whether a line's time is only that of its article, or none."""
    return entry.when == "undated" or entry.when.startswith(("by ", "between "))


def _told_on(event: Event, choice: Choice) -> date | None:
    """The article's day, for an event of the news that its article gives no day of its own."""
    if event.historical or event.factuality != "happened":
        return None
    days = [choice.articles[span.article].published for span in event.evidence]
    return min((day for day in days if day), default=None)


def _entry_when(event: Event, choice: Choice) -> str:
    if event.when is not None:
        return when_words(event.when)
    day = _told_on(event, choice)
    if day is None:
        return "undated"
    by_id = choice.events_by_id
    lows = [
        reason.when.start
        for cause in event.because
        if (reason := by_id.get(cause)) is not None and reason.when is not None and reason.when.start is not None
    ]
    low = max((known for known in lows if known <= day), default=None)
    return between_words(low, day) if low else f"by {day_words(day)}"


def _lane(event: Event, choice: Choice) -> Lane:
    actors = set(choice.sides.of(event.actors))
    if {choice.first, choice.second} <= actors:
        return "both"
    if choice.first in actors:
        return "first"
    if choice.second in actors:
        return "second"
    return "other"


def _by(event: Event, choice: Choice) -> str | None:
    if not event.reported_by:
        return None
    tellers = set(event.reported_by)
    names = [speaker_name(statement, choice) for statement in choice.statements if statement.id in tellers]
    return list_words(list(dict.fromkeys(names))) or None


def _reasons(event: Event, choice: Choice) -> tuple[Line, ...]:
    events, statements = choice.events_by_id, choice.statements_by_id
    found = []
    for cause in event.because:
        if cause in events:
            reason = events[cause]
            teller = _by(reason, choice)
            text = event_words(reason, choice)
            found.append(
                Line(
                    text=f"{text} (as {teller} gives it)" if teller else text,
                    references=references(reason.evidence, choice),
                )
            )
        elif cause in statements:
            said = statements[cause]
            text = f"{speaker_name(said, choice)}: {describe_statement(said, choice.articles, 160)}"
            found.append(Line(text=text, references=references((said.content,), choice)))
    return tuple(found)


def changed_last(
    choice: Choice, dated: Sequence[Entry], undated: Sequence[Entry], rules: RelationRules
) -> tuple[Entry, ...]:
    """The last acts between the two that changed something: the latest dated ones, and those of an undated article.

    Where no article links a reason to one, the reasons that speakers of the same article give stand under it.
    """
    causes = {cause for relation in choice.relations for cause in relation.cause}
    rested_on = {(span.article, span.start) for relation in choice.relations for span in relation.evidence}

    def counts(entry: Entry) -> bool:
        return (
            not entry.background
            and entry.factuality == "happened"
            and (entry.state or entry.event in causes or abs(entry.score) >= MATERIAL or _tells_state(entry, rested_on))
            and not choice.ontology.within("passing", entry.codes.split("/")[0])
        )

    last = [entry for entry in dated if counts(entry)][-CHANGED:]
    late = [entry for entry in undated if counts(entry) and entry.event not in _historical(choice)][: CHANGED - 1]
    dated_first = [*reversed(last)][: CHANGED - min(1, len(late))]  # nobody knows whether an undated event is the last
    shown = (*dated_first, *late)[:CHANGED]
    given = sayings(choice)
    found: list[Entry] = []
    for entry in shown:
        known = {reason.text for earlier in found for reason in earlier.reasons}
        said = () if entry.reasons else _said_reasons(entry, choice, rules, given)
        found.append(replace(entry, reasons=entry.reasons or tuple(one for one in said if one.text not in known)))
    return tuple(found)


def _tells_state(entry: Entry, rested_on: Set[tuple[str, int]]) -> bool:
    """Say whether a state between the two rests on a sentence (its article and start) that tells this event."""
    return any((reference.span.article, reference.span.start) in rested_on for reference in entry.references)


_EXPLAINED = re.compile(r"\W*(?:the|this|that|these|those|his|her|its|their)\s+(?:\w+\s+)?([\w-]+)", re.IGNORECASE)
"""What a reason is given for, where the sentence names it first: "the expulsions were a response to ..."."""
_ANY_ACT = re.compile(
    r"(?:decision|move|step|reaction|response|measure|action|change|answer|crisis|dispute|quarrel|conflict|rift|situation)s?",
    re.IGNORECASE,
)
_STEM = 4
"""Letters by which a noun and a verb of one act are known as such: expulsion, expelled."""


def _explains(sentence: str, entry: Entry) -> bool:
    """Say whether a reason may be that of an act: not where it names another thing as what it explains."""
    subject = _EXPLAINED.match(sentence)
    if subject is None or _ANY_ACT.fullmatch(subject.group(1)):
        return True
    stem = subject.group(1).casefold()[:_STEM]
    words = [entry.text, *(reference.span.text for reference in entry.references)]
    return any(word.startswith(stem) for one in words for word in re.findall(r"\w+", one.casefold()))


def _said_reasons(entry: Entry, choice: Choice, rules: RelationRules, given: Iterable[Statement]) -> tuple[Line, ...]:
    articles = {reference.span.article for reference in entry.references}
    found = []
    for statement in given:
        speaker = speaker_name(statement, choice)
        if statement.content.article not in articles:
            continue
        if entry.by == speaker and entry.event not in statement.about:
            continue  # a word in passing of the same speaker is not what he explains
        for span in statement.said:
            said = next((part for part in sentences_of(span) if rules.given.search(part.text)), None)
            if said is not None and _explains(said.text, entry):
                text = f"{speaker}: {describe_words(said, statement.direct, choice.articles, REASON)}"
                found.append(Line(text=text, references=references((said,), choice)))
                break
    return tuple(found[:REASONS])


def _historical(choice: Choice) -> set[str]:
    return {event.id for event in choice.events if event.historical}


def state_bars(choice: Choice, rules: RelationRules) -> tuple[Bar, ...]:
    """Return the states between the two as bars of the picture, in the order of the codebook's dimensions."""
    rows = sorted(
        choice.relations,
        key=lambda r: (list(rules.dimensions).index(r.dimension), r.of, r.note or "", r.since or date.min, r.id),
    )
    return tuple(
        Bar(
            relation=relation.id,
            what=shown_title(relation, choice, rules),
            value=rules.dimensions[relation.dimension].values[relation.value],
            since=relation.since,
            until=relation.until,
        )
        for relation in rows
    )


def story(episode: Episode, choice: Choice) -> Story:
    """Return an episode in words."""
    first, last = episode.events[0], episode.events[-1]
    number = len(episode.events)
    words = {
        "rising": "toward cooperation: the later half scores higher than the earlier by more than twice the standard error",
        "falling": "toward conflict: the later half scores lower than the earlier by more than twice the standard error",
        "no clear direction": "no clear direction: the halves differ by less than twice the standard error",
        "too few events": f"{count_words(number, 'dated event')}: too few for a direction",
    }
    return Story(
        title=f"{when_words(first.when)} to {when_words(last.when)}" if number > 1 else when_words(first.when),
        began=event_words(first, choice),
        peak=Line(
            text=event_words(episode.peak, choice),
            references=references(episode.peak.evidence, choice),
        ),
        now=event_words(last, choice),
        direction=words[episode.direction],
        events=tuple(event.id for event in episode.events),
    )
