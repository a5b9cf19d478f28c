"""Portraits: who says what, what is foretold, who is who, and the words that take a side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.record import Actor, Article, History, Office, Span, Statement
from dragoman.record.dossier import Expectation, Label, Line, Person, Reference, Saying, Voice
from dragoman.relate.choose import Choice
from dragoman.relate.describe import describe_statement
from dragoman.relate.state import possess
from dragoman.relate.wording import between_words, day_words

SAYINGS = 3
"""Sayings shown of one speaker; the rest is counted."""
VOICES = 6
OPEN = 10
OPEN_ACTS = frozenset({"demand", "recommendation", "expectation", "intention"})
_WEIGHT = {
    "demand": 5.0,
    "intention": 4.5,
    "expectation": 4.0,
    "denial": 4.0,
    "evaluation": 3.5,
    "recommendation": 3.5,
    "claim": 2.0,
    "question": 0.5,
}
_SHORT = 40
"""Code points below which a saying is seldom more than a fragment."""


def references(spans: Iterable[Span], choice: Choice) -> tuple[Reference, ...]:
    """Return the numbered references of spans, one an article and stretch, in the order of the numbers."""
    found = {
        (choice.numbers[span.article], span.start, span.end): span for span in spans if span.article in choice.numbers
    }
    return tuple(Reference(number=key[0], span=found[key]) for key in sorted(found))


def office_words(actor: Actor | None, article: str | None = None) -> str | None:
    """Return the office that an actor holds as an article gives it ("former" where it says so), or None."""
    if actor is None or not actor.offices:
        return None
    here = [office for office in actor.offices if any(span.article == article for span in office.evidence)]
    story = [office for office in here or actor.offices if not (office.since or office.until)] or list(actor.offices)
    office = min(story, key=lambda office: (office.former, -len(office.title), office.title))
    return office_title(office)


def office_title(office: Office) -> str:
    """Return an office's title, marked as former where it is."""
    title = office.title
    return f"former {title}" if office.former and not title.lower().startswith(("former", "ex-")) else title


def speaker_name(statement: Statement, choice: Choice) -> str:
    """Return who speaks, an organ with its state ("Ukraine's Foreign Ministry")."""
    actor = choice.sides.actors.get(statement.speaker or "")
    if actor is None:
        return statement.speaker_words.text if statement.speaker_words else "not named"
    return actor_name(actor, choice)


def actor_name(actor: Actor, choice: Choice) -> str:
    """Return the name to show of an actor: a body that belongs to a state is shown with it."""
    state = choice.sides.side(actor.id)
    if actor.kind == "body" and state is not None and state != actor.id:
        owner = choice.sides.name(state)
        if owner.casefold() not in actor.name.casefold():
            return f"{possess(owner)} {actor.name}"
    return actor.name


def importance(statement: Statement, choice: Choice) -> float:
    """Return how much a statement weighs in a dossier: its act, its directness, whose it is and what it is about."""
    weight = _WEIGHT[statement.act]
    if statement.direct:
        weight += 1
    if statement.speaker is not None and choice.sides.public(statement.speaker):
        weight += 0.5
    if set(statement.about) & {event.id for event in choice.between}:
        weight += 1
    text = statement.content.text
    if len(text) < _SHORT:
        weight -= 1
    for name in (choice.sides.name(choice.first), choice.sides.name(choice.second)):
        if name[:5] in text:
            weight += 0.5
    return weight


def voices(choice: Choice) -> tuple[tuple[Voice, ...], int]:
    """Return the speakers with the sayings that matter most, and how many speakers are left out."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in choice.statements:
        key = statement.speaker or (statement.speaker_words.text if statement.speaker_words else "")
        if key:
            groups[key].append(statement)
    ranked = sorted(groups, key=lambda key: (-max(importance(s, choice) for s in groups[key]), -len(groups[key]), key))
    return tuple(_voice(groups[key], choice) for key in ranked[:VOICES]), max(0, len(ranked) - VOICES)


def _voice(group: Sequence[Statement], choice: Choice) -> Voice:
    ranked = sorted(group, key=lambda s: (-importance(s, choice), _place(s, choice)))
    shown = sorted(ranked[:SAYINGS], key=lambda s: _place(s, choice))
    actor = choice.sides.actors.get(group[0].speaker or "")
    return Voice(
        name=speaker_name(group[0], choice),
        office=office_words(actor, shown[0].content.article),
        sayings=tuple(
            Saying(
                statement=statement.id,
                text=describe_statement(statement, choice.articles),
                act=statement.act,
                direct=statement.direct,
                references=references((statement.content, *statement.continued), choice),
            )
            for statement in shown
        ),
        more=max(0, len(ranked) - SAYINGS),
    )


def _place(statement: Statement, choice: Choice) -> tuple[int, int, str]:
    return choice.numbers.get(statement.content.article, 0), statement.content.start, statement.id


def expectations(choice: Choice) -> tuple[Expectation, ...]:
    """Return what is foretold, demanded, recommended or intended, the weightiest first, with what became of it."""
    waiting = [statement for statement in choice.statements if statement.act in OPEN_ACTS]
    waiting.sort(key=lambda s: (-importance(s, choice), _place(s, choice)))
    return tuple(
        _expectation(statement, choice) for statement in sorted(waiting[:OPEN], key=lambda s: _place(s, choice))
    )


def _expectation(statement: Statement, choice: Choice) -> Expectation:
    return Expectation(
        statement=statement.id,
        who=speaker_name(statement, choice),
        what=describe_statement(statement, choice.articles, 140),
        act=statement.act,
        due=_due(statement, choice.articles[statement.content.article]),
        outcome=statement.outcome or "open",
        references=references((statement.content,), choice),
        outcome_references=references(statement.outcome_evidence, choice),
    )


def _due(statement: Statement, article: Article) -> str:
    due = statement.due
    if due is not None and due.start and due.end:
        return between_words(due.start, due.end)
    if due is not None and (due.start or due.end):
        day = due.end or due.start
        assert day is not None
        return f"by {day_words(day)}" if due.end else f"from {day_words(day)}"
    said = day_words(article.published) if article.published else "on an unknown day"
    return f"no date given; said {said}"


def people(choice: Choice, history: History) -> tuple[Person, ...]:
    """Return the persons who act or speak in what was chosen, those with most mentions first."""
    wanted = {actor for event in choice.events for actor in (*event.actors, *event.recipients)}
    wanted |= {statement.speaker for statement in choice.statements if statement.speaker}
    counts: dict[str, int] = defaultdict(int)
    first: dict[str, Span] = {}
    for mention in history.mentions:
        if mention.article in choice.numbers:
            counts[mention.actor] += 1
            if mention.how == "name" and mention.actor not in first:
                first[mention.actor] = Span(
                    article=mention.article, start=mention.start, end=mention.end, text=mention.text
                )
    offices = {actor.id for actor in history.actors if actor.offices and counts[actor.id]}
    reasons: dict[str, list[str]] = defaultdict(list)
    for join in history.joins:
        if join.kind == "actor" and join.joined:
            for one in (join.one, join.other):
                reasons[one].extend(reason for reason in join.reasons if reason not in reasons[one])
    found = []
    for actor in sorted(history.actors, key=lambda actor: (-counts[actor.id], actor.name, actor.id)):
        if actor.kind != "person" or actor.anonymous or actor.id not in wanted | offices or actor.id not in first:
            continue
        found.append(
            Person(
                actor=actor.id,
                name=actor.name,
                offices=_offices(actor, choice),
                also=_other_spellings(actor),
                joined=tuple(reasons[actor.id]),
                references=references((first[actor.id],), choice),
            )
        )
    return tuple(found)


def _offices(actor: Actor, choice: Choice) -> tuple[Line, ...]:
    lines: dict[str, Line] = {}
    for office in actor.offices:
        text = office_title(office)
        if office.since and office.until:
            text += f", {office.since.year} to {office.until.year}"
        elif office.since:
            text += f", since {office.since.year}"
        elif office.until:
            text += f", until {office.until.year}"
        spans = [*(lines[text.casefold()].references if text.casefold() in lines else ())]
        line = Line(text=text, references=(*spans, *references(office.evidence, choice)))
        if line.references:
            lines[text.casefold()] = line
    return tuple(lines.values())


def _other_spellings(actor: Actor) -> tuple[str, ...]:
    """Spellings that say more than a part of the shown name does."""
    shown = set(actor.name.casefold().split())
    return tuple(name for name in actor.names if not set(name.casefold().split()) <= shown)


def labels(choice: Choice, article_labels: Iterable[tuple[str, Span]] = ()) -> tuple[Label, ...]:
    """Return the words that take a side, each with the voice it stands in, the most frequent first."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for statement in choice.statements:
        for span in statement.loaded:
            found[(span.text.casefold(), speaker_name(statement, choice))].append(span)
    said = {(span.article, span.start) for spans in found.values() for span in spans}
    for voice, span in article_labels:
        if (span.article, span.start) not in said:
            found[(span.text.casefold(), voice)].append(span)
    ranked = sorted(found, key=lambda key: (-len(found[key]), key))
    return tuple(
        Label(words=words, voice=voice, references=references(found[(words, voice)], choice)) for words, voice in ranked
    )
