"""The dossier of two states or bodies, from a history: what is known, from whom, since when, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from dragoman.codebook import Codebook
from dragoman.codebook.relations import RelationRules
from dragoman.errors import UnknownNameError
from dragoman.record import Article, Event, History, Relation, Span, When
from dragoman.record.dossier import Bar, Dossier, Entry, Lane, Line, Source, Standing, Story
from dragoman.relate.choose import Choice, choose, side_id
from dragoman.relate.describe import describe_event, describe_statement
from dragoman.relate.episode import Episode, find_episodes
from dragoman.relate.portrait import expectations, labels, people, references, speaker_name, voices
from dragoman.relate.state import PRESUPPOSED, known_by, relation_title, states_on
from dragoman.relate.wording import between_words, count_words, day_words, list_words, sentence, when_words

CHANGED = 3
"""Events shown as what changed last."""
OTHER_STATES = 6
"""States of third parties shown beside those between the two."""
MATERIAL = 5.0
"""Distance from zero on PLOVER's scale from which an act is a change and not only talk."""

LabelFinder = Callable[[Article], Iterable[Span]]


def make_dossier(
    history: History,
    first: str,
    second: str,
    codebook: Codebook,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    find_labels: LabelFinder | None = None,
) -> Dossier:
    """Return the dossier of two sides, each named by code, key, name or id.

    `as_of` is the day of the world it speaks of: later events and states are left out. `known_on` leaves out what articles
    published later tell. `find_labels` finds the words of an article that take a side. `UnknownNameError` where no article
    speaks of one of the two.
    """
    if known_on is not None:
        history = _known(history, known_on)
    one, other = (side_id(history, key, codebook.territories) for key in (first, second))
    if one == other:
        raise UnknownNameError(f"{first!r} and {second!r} are one and the same: name two sides.")
    rules = codebook.relations
    choice = choose(history, one, other)
    if as_of is not None:
        choice = _up_to(choice, as_of)
    entries = [_entry(event, choice) for event in choice.events]
    dated = sorted(
        (entry for entry in entries if entry.start or entry.end),
        key=lambda entry: (entry.start or entry.end, entry.end or entry.start, entry.background, entry.event),
    )
    undated = sorted(
        (entry for entry in entries if not (entry.start or entry.end)),
        key=lambda entry: [(r.number, r.span.start) for r in entry.references[:1]],
    )
    holding = _holding(history, choice, as_of)
    shown_voices, more_voices = voices(choice)
    own_labels = () if find_labels is None else _article_labels(choice, find_labels)
    return Dossier(
        first=choice.sides.name(one),
        second=choice.sides.name(other),
        as_of=as_of,
        known_on=known_on,
        about=_about(choice, history),
        standing=tuple(_standing(relation, choice, rules) for relation in holding),
        unknown=_unknown(choice, holding, rules),
        changed=_changed(choice, dated, undated),
        timeline=tuple(dated),
        undated=tuple(undated),
        bars=_bars(choice, rules),
        stories=tuple(_story(episode, choice) for episode in find_episodes(choice.events, choice.sides)),
        voices=shown_voices,
        more_voices=more_voices,
        open=expectations(choice),
        people=people(choice, history),
        labels=labels(choice, own_labels),
        aside=_aside(choice),
        sources=_sources(choice),
        articles=choice.sources,
    )


def _known(history: History, day: date) -> History:
    """The history as the articles published by a day tell it; undated articles count."""
    articles = tuple(a for a in history.articles if a.published is None or a.published <= day)
    there = {article.id for article in articles}
    events = [
        replace(event, evidence=kept)
        for event in history.events
        if (kept := tuple(span for span in event.evidence if span.article in there))
    ]
    return replace(
        history,
        articles=articles,
        mentions=tuple(mention for mention in history.mentions if mention.article in there),
        events=tuple(events),
        statements=tuple(s for s in history.statements if s.content.article in there),
        relations=known_by(history, day),
    )


def _up_to(choice: Choice, day: date) -> Choice:
    def begun(event: Event) -> bool:
        start = event.when.start or event.when.end if event.when else None
        return start is None or start <= day

    def holds(relation: Relation) -> bool:
        return relation.since is None or relation.since <= day

    return replace(
        choice,
        between=tuple(filter(begun, choice.between)),
        background=tuple(filter(begun, choice.background)),
        relations=tuple(filter(holds, choice.relations)),
        others=tuple(filter(holds, choice.others)),
    )


# --- where things stand -------------------------------------------------------------------------------------------------


def _holding(history: History, choice: Choice, as_of: date | None) -> list[Relation]:
    """The states that hold, those between the two first, in the order of the codebook's dimensions."""
    if as_of is None:
        current = [relation for relation in history.relations if relation.until is None]
    else:
        current = list(states_on(history, as_of))
    ids = {relation.id for relation in current}
    own = [relation for relation in choice.relations if relation.id in ids]
    other = [relation for relation in choice.others if relation.id in ids]
    own.sort(key=lambda r: (-(r.since or date.min).toordinal(), r.dimension, r.of, r.id))
    other.sort(key=lambda r: (-(r.since or date.min).toordinal(), r.dimension, r.of, r.id))
    return own + other[:OTHER_STATES]


def _standing(relation: Relation, choice: Choice, rules: RelationRules) -> Standing:
    value = rules.dimensions[relation.dimension].values[relation.value]
    return Standing(
        relation=relation.id,
        dimension=relation.dimension,
        what=_title(relation, choice, rules),
        value=value,
        since=since_words(relation, choice),
        disputed=bool(relation.conflicting),
        between_the_two={relation.of, relation.toward} == {choice.first, choice.second},
        references=references(relation.evidence, choice),
    )


def _title(relation: Relation, choice: Choice, rules: RelationRules) -> str:
    title = relation_title(relation, choice.sides, rules)
    if relation.dimension in ("recognition", "agreement") or not relation.note or relation.note == PRESUPPOSED:
        return title
    return f"{title} ({relation.note})"


def since_words(relation: Relation, choice: Choice) -> str:
    """Return since when a state holds, as exactly as its cause is dated ("between 18 and 21 April 2023")."""
    numbers = sorted({choice.numbers[span.article] for span in relation.evidence if span.article in choice.numbers})
    if relation.since is None:
        if relation.reported is not None:
            return f"unknown, before {day_words(relation.reported)}"
        return "unknown, before " + list_words([f"[{number}]" for number in numbers])
    if relation.precision == "day":
        return day_words(relation.since)
    if relation.precision == "before":
        low = _not_before(relation, choice)
        return between_words(low, relation.since) if low else f"by {day_words(relation.since)}"
    cause = next((event for event in choice.events if event.id in relation.cause and event.when is not None), None)
    if cause is not None and cause.when is not None and cause.when.start == relation.since:
        return when_words(cause.when)
    if relation.precision == "year":
        return str(relation.since.year)
    return when_words(
        When(start=relation.since, end=relation.since, precision=relation.precision or "day", phrase=None)
    )


def _not_before(relation: Relation, choice: Choice) -> date | None:
    """The day of what the article gives as the reason of the cause: the state can't be older."""
    by_id = {event.id: event for event in choice.events}
    days = []
    for cause in relation.cause:
        for reason in by_id[cause].because if cause in by_id else ():
            when = by_id[reason].when if reason in by_id else None
            if when is not None and when.start is not None and relation.since and when.start <= relation.since:
                days.append(when.start)
    return max(days, default=None)


def _unknown(choice: Choice, holding: Sequence[Relation], rules: RelationRules) -> tuple[Line, ...]:
    """What the articles leave open about the states, in sentences."""
    found = []
    own = [relation for relation in holding if {relation.of, relation.toward} == {choice.first, choice.second}]
    for relation in own:
        if relation.dimension == "ambassador" and relation.value == "recalled":
            name = relation_title(relation, choice.sides, rules)
            found.append(Line(text=f"No article says whether {name} has gone back."))
        if relation.conflicting:
            title = _title(relation, choice, rules)
            found.append(
                Line(
                    text=f"Reports of this contradict each other: {title}. Both states are shown.",
                    references=references(relation.evidence, choice),
                )
            )
    spoken = _only_spoken_of(choice, rules, {relation.dimension for relation in own})
    found.extend(spoken)
    silent = [
        name.replace("_", " ")
        for name in rules.dimensions
        if name not in {relation.dimension for relation in own} and name not in ("recognition", "agreement")
    ]
    if silent:
        found.append(Line(text=f"No article reports a change of: {list_words(silent)}."))
    undated = [article for article in choice.sources if article.published is None]
    for article in undated:
        number = choice.numbers[article.id]
        found.append(Line(text=f"Article [{number}] has no date: what it tells without a day can't be placed in time."))
    return tuple(found)


_HOW = {"hypothetical": "as a possibility", "future": "as still to come", "negated": "as not happening"}


def _only_spoken_of(choice: Choice, rules: RelationRules, known: set[str]) -> list[Line]:
    """Changes that articles speak of as possible, foretold or denied only: they changed nothing."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in choice.between:
        if event.factuality == "happened":
            continue
        clause = event.evidence[0].text
        for rule in rules.rules:
            if event.factuality in rule.factuality:
                continue
            if rule.words is not None and rule.fits(
                type_=event.type, mode=event.mode, object_=event.object, clause=clause, factuality="happened"
            ):
                found.setdefault((rule.dimension, rule.value), []).append(event)
                break
    lines = []
    for dimension, value in sorted(found):
        events = found[(dimension, value)]
        if dimension in known:
            continue
        words = rules.dimensions[dimension].values[value]
        how = list_words(sorted({_HOW[event.factuality] for event in events}))
        name = dimension.replace("_", " ")
        lines.append(
            Line(
                text=f"{sentence(name)} “{words}” is spoken of {how}, not reported as done.",
                references=references([span for event in events for span in event.evidence], choice),
            )
        )
    return lines


# --- the timeline -------------------------------------------------------------------------------------------------------


def _entry(event: Event, choice: Choice) -> Entry:
    when = event.when
    return Entry(
        event=event.id,
        when=_entry_when(event, choice),
        start=when.start if when else _told_on(event, choice),
        end=when.end if when else _told_on(event, choice),
        text=describe_event(event, choice.articles, choice.sides),
        lane=_lane(event, choice),
        background=event not in choice.between,
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
    )


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
    by_id = {other.id: other for other in choice.events}
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
    names = [
        speaker_name(statement, choice) for statement in choice.statements if statement.id in set(event.reported_by)
    ]
    return list_words(list(dict.fromkeys(names))) or None


def _reasons(event: Event, choice: Choice) -> tuple[Line, ...]:
    events = {other.id: other for other in choice.events}
    statements = {statement.id: statement for statement in choice.statements}
    found = []
    for cause in event.because:
        if cause in events:
            reason = events[cause]
            teller = _by(reason, choice)
            text = describe_event(reason, choice.articles, choice.sides)
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


def _changed(choice: Choice, dated: Sequence[Entry], undated: Sequence[Entry]) -> tuple[Entry, ...]:
    """The last acts between the two that changed something: the latest dated ones, and those of an undated article."""
    causes = {cause for relation in (*choice.relations,) for cause in relation.cause}

    def counts(entry: Entry) -> bool:
        return (
            not entry.background
            and entry.factuality == "happened"
            and (entry.event in causes or abs(entry.score) >= MATERIAL)
            and entry.codes.split("/")[0] not in ("ACCUSE", "REQUEST")
        )

    last = [entry for entry in dated if counts(entry)][-CHANGED:]
    late = [entry for entry in undated if counts(entry) and entry.event not in _historical(choice)][: CHANGED - 1]
    return (*late, *reversed(last))[:CHANGED]


def _historical(choice: Choice) -> set[str]:
    return {event.id for event in choice.events if event.historical}


def _bars(choice: Choice, rules: RelationRules) -> tuple[Bar, ...]:
    rows = sorted(
        choice.relations,
        key=lambda r: (list(rules.dimensions).index(r.dimension), r.of, r.note or "", r.since or date.min, r.id),
    )
    return tuple(
        Bar(
            relation=relation.id,
            what=_title(relation, choice, rules),
            value=rules.dimensions[relation.dimension].values[relation.value],
            since=relation.since,
            until=relation.until,
        )
        for relation in rows
    )


def _story(episode: Episode, choice: Choice) -> Story:
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
        began=describe_event(first, choice.articles, choice.sides),
        peak=Line(
            text=describe_event(episode.peak, choice.articles, choice.sides),
            references=references(episode.peak.evidence, choice),
        ),
        now=describe_event(last, choice.articles, choice.sides),
        direction=words[episode.direction],
        events=tuple(event.id for event in episode.events),
    )


# --- about the dossier itself -------------------------------------------------------------------------------------------


def _about(choice: Choice, history: History) -> tuple[Line, ...]:
    dates = [day_words(article.published) for article in choice.sources if article.published]
    undated = sum(article.published is None for article in choice.sources)
    number = len(choice.sources)
    if number == 0:
        return (Line(text="No article that was read tells anything between the two."),)
    parts = []
    if dates and not undated:
        parts.append(f"of {dates[0]}" if len(dates) == 1 else f"from {dates[0]} to {dates[-1]}")
    elif dates:
        first = f"one of {dates[0]}" if len(dates) == 1 else f"{len(dates)} from {dates[0]} to {dates[-1]}"
        parts = [first, f"{count_words(undated, 'without', 'without')} a date"]
    elif undated:
        parts.append("undated")
    counted = (
        f"{count_words(number, 'article')}: {', '.join(parts)}." if parts else f"{count_words(number, 'article')}."
    )
    speakers = {statement.speaker for statement in choice.statements if statement.speaker}
    persons = sum(choice.sides.actors[s].kind == "person" for s in speakers if s in choice.sides.actors)
    others = len(speakers) - persons
    by = [count_words(persons, "person", "people")] if persons else []
    if others:
        by.append(count_words(others, "body or state", "bodies or states"))
    said = f", {count_words(len(choice.statements), 'statement')}" + (f" by {list_words(by)}" if by else "")
    facts = f"{sentence(count_words(len(choice.between), 'event'))} between the two"
    facts += f", {len(choice.background)} beside them{said}."
    decided = sum(1 for join in history.joins if join.decided_by)
    checked = (
        f"{sentence(count_words(decided, 'join'))} decided by a person; nothing else here has been checked by one."
        if decided
        else "Nothing here has been checked by a person."
    )
    return (Line(text=sentence(counted)), Line(text=facts), Line(text=checked))


def _article_labels(choice: Choice, find_labels: LabelFinder) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    for article in choice.sources:
        number = choice.numbers[article.id]
        found.extend((f"the voice of [{number}]", span) for span in find_labels(article))
    return found


def _aside(choice: Choice) -> tuple[Line, ...]:
    """What stands on the pages and was left aside: furniture, counted by kind, and notes, shown."""
    found = []
    for article in choice.sources:
        number = choice.numbers[article.id]
        kinds: dict[str, int] = {}
        for region in article.furniture:
            kinds[region.kind] = kinds.get(region.kind, 0) + 1
        if kinds:
            parts = [count_words(count, f"{kind} passage") for kind, count in sorted(kinds.items())]
            found.append(Line(text=f"In [{number}]: {list_words(parts)}."))
        for note in article.notes:
            span = article.span(note.start, note.end)
            text = f"A note by an editor or translator in [{number}], used for nothing: {span.text}"
            found.append(Line(text=text, references=references((span,), choice)))
    return tuple(found)


def _sources(choice: Choice) -> tuple[Source, ...]:
    found = []
    for article in choice.sources:
        facts = alone = 0
        for event in choice.events:
            articles = {span.article for span in event.evidence}
            facts += article.id in articles
            alone += articles == {article.id}
        said = sum(statement.content.article == article.id for statement in choice.statements)
        found.append(
            Source(
                number=choice.numbers[article.id],
                article=article.id,
                title=article.title or article.text.strip().split("\n", 1)[0][:120],
                publisher=article.publisher,
                published=day_words(article.published) if article.published else "undated",
                place=article.url or article.source,
                facts=facts + said,
                alone=alone + said,
            )
        )
    return tuple(found)
