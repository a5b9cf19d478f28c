"""The dossier of two states or bodies, from a history: what is known, from whom, since when, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dragoman.codebook import Codebook
from dragoman.errors import UnknownNameError
from dragoman.record import Event, History, Relation, Statement
from dragoman.record.dossier import Dossier, Entry, Line, Month, Source
from dragoman.relate.choose import Choice, choose, of_articles, side_id
from dragoman.relate.course import course, event_day, months_of
from dragoman.relate.disputes import disputes
from dragoman.relate.episode import find_episodes
from dragoman.relate.portrait import expectations, labels, own_labels, people, references, voices
from dragoman.relate.standing import holding_states, standing_row, unknown_lines
from dragoman.relate.timeline import changed_last, one_line_each, state_bars, state_entries, story, timeline_entry
from dragoman.relate.wording import count_words, day_words, list_words, sentence

_UNCHECKED = "Nothing here has been checked by a person."


def make_dossier(
    history: History,
    first: str,
    second: str,
    codebook: Codebook,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    events: int | None = None,
    months: Sequence[Month] | None = None,
) -> Dossier:
    """Return the dossier of two sides, each named by code, key, name or id.

    `as_of` is the day of the world it speaks of: later events and states are left out. `known_on` is only shown: the history
    is to be that of the articles published by then (`run.history.known_history`). Where the history holds only part of what
    is between the two, `events` says how many there are in all, and `months` gives all of them by month.
    `UnknownNameError` where no article speaks of one of the two.
    """
    one, other = (side_id(history, key, codebook.territories) for key in (first, second))
    if one == other:
        raise UnknownNameError(f"{first!r} and {second!r} are one and the same: name two sides.")
    rules = codebook.relations
    choice = choose(history, one, other, codebook)
    if as_of is not None:
        choice = up_to(choice, as_of)
    dated, undated = entries_of(choice)
    dated = in_order([*dated, *state_entries(choice, (*dated, *undated), rules)])
    days = {article.id: article.published for article in history.articles}
    holding = holding_states(history, choice, as_of)
    shown_voices, more_voices = voices(choice)
    return Dossier(
        first=choice.sides.name(one),
        second=choice.sides.name(other),
        as_of=as_of,
        known_on=known_on,
        about=_about(choice, history, events),
        standing=tuple(standing_row(relation, choice, rules) for relation in holding),
        unknown=unknown_lines(choice, holding, rules),
        changed=changed_last(choice, dated, undated, rules),
        timeline=tuple(dated),
        undated=tuple(undated),
        bars=state_bars(choice, rules),
        stories=tuple(story(one, choice) for one in find_episodes(choice.told, choice.sides) if len(one.events) > 2),
        voices=shown_voices,
        more_voices=more_voices,
        open=expectations(choice),
        people=people(choice, history),
        labels=labels(choice, own_labels(choice)),
        aside=_aside(choice),
        sources=sources_of(choice),
        articles=choice.sources,
        disputes=disputes(history, choice),
        events=len(choice.between) if events is None else events,
        course=course(months_of(choice.between, days) if months is None else months),
    )


def entries_of(choice: Choice) -> tuple[list[Entry], list[Entry]]:
    """Return the lines of the timeline: those with a day, by it, and those without, by the order of the articles."""
    entries = one_line_each([timeline_entry(event, choice) for event in choice.told])
    dated = in_order(entry for entry in entries if entry.start or entry.end)
    undated = sorted(
        (entry for entry in entries if not (entry.start or entry.end)),
        key=lambda entry: [(r.number, r.span.start) for r in entry.references[:1]],
    )
    return dated, undated


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return dated lines by their days."""
    return sorted(
        entries,
        key=lambda entry: (
            entry.start or entry.end or date.min,
            entry.end or entry.start or date.min,
            entry.background,
            entry.event,
        ),
    )


def up_to(choice: Choice, day: date) -> Choice:
    """Return what of a choice had begun by a day."""
    published = {article.id: article.published for article in choice.articles.values()}

    def begun(event: Event) -> bool:
        start = event_day(event, published)
        return start is None or start <= day

    def holds(relation: Relation) -> bool:
        return relation.since is None or relation.since <= day

    kept = replace(
        choice,
        between=tuple(filter(begun, choice.between)),
        background=tuple(filter(begun, choice.background)),
        relations=tuple(filter(holds, choice.relations)),
        others=tuple(filter(holds, choice.others)),
    )
    left = {span.article for one in (*kept.between, *kept.background) for span in one.evidence}
    left |= {span.article for relation in kept.relations for span in relation.evidence}
    left |= {statement.content.article for statement in kept.statements}
    return of_articles(kept, left & choice.numbers.keys())


def _about(choice: Choice, history: History, events: int | None) -> tuple[Line, ...]:
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
    lines = [Line(text=sentence(counted)), Line(text=facts), Line(text=_checked(choice, history))]
    if events is not None and events > len(choice.between):
        shown = f"The newest and weightiest of {events:,} events between the two are shown, of the newest articles about them."
        lines.insert(
            0, Line(text=f"{shown} The picture's line counts them all; --as-of and timeline lead to the rest.")
        )
    return tuple(lines)


def _checked(choice: Choice, history: History) -> str:
    """How much of what is here persons have checked, and who."""
    findings: list[Event | Statement] = [*choice.between, *choice.background, *choice.statements]
    checks = [one.checked for one in findings if one.checked]
    decided = sum(1 for join in history.joins if join.decided_by)
    joins = f"{count_words(decided, 'join')} decided by a person" if decided else ""
    if not checks:
        return f"{sentence(joins)}; nothing else here has been checked by one." if decided else _UNCHECKED
    people = sorted({check.by for one in checks for check in one})
    corrected = sum(any(check.verdict != "accepted" for check in one) for one in checks)
    counted = f"{count_words(len(checks), 'event or statement', 'events and statements')} of {len(findings)} checked"
    counted += f" by {list_words(people)}, {corrected} of them corrected or added" if corrected else ""
    counted += f" by {list_words(people)}" if not corrected else ""
    return sentence("; ".join(part for part in (counted, joins) if part)) + "."


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


def sources_of(choice: Choice) -> tuple[Source, ...]:
    """Return the articles behind a choice, with how much each of them carries."""
    told: Counter[str] = Counter()
    alone_in: Counter[str] = Counter()
    for event in choice.events:
        articles = {span.article for span in event.evidence}
        told.update(articles)
        if len(articles) == 1:
            alone_in.update(articles)
    said_in = Counter(statement.content.article for statement in choice.statements)
    found = []
    for article in choice.sources:
        facts, alone, said = told[article.id], alone_in[article.id], said_in[article.id]
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
