"""Why the record says what it says of an actor: its state, its offices over time, who was taken for it, what means it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.record import Actor, History, Join, Mention, Office

_SHOWN = 4
"""Words that mean an actor, told with their reason, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An office with the first and last day of the articles that tell it; both None where none is dated."""

    office: Office
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What an actor rests on: its career in the order of time, the joins that made it, and those left to a person.

    `mentions` are its mentions in the order of the articles.
    """

    actor: Actor
    career: tuple[Step, ...]
    joins: tuple[Join, ...]
    candidates: tuple[Join, ...]
    mentions: tuple[Mention, ...]


def grounds_of(history: History, actors: Sequence[Actor]) -> list[Grounds]:
    """Return what each of the actors rests on, in the same order."""
    wanted = {actor.id for actor in actors}
    days = {article.id: article.published for article in history.articles}
    mentions: dict[str, list[Mention]] = {identity: [] for identity in wanted}
    for mention in history.mentions:
        if mention.actor in wanted:
            mentions[mention.actor].append(mention)
    joins: dict[str, list[Join]] = {identity: [] for identity in wanted}
    for join in history.joins:
        if join.kind == "actor":
            for side in {join.one, join.other} & wanted:
                joins[side].append(join)
    return [
        Grounds(
            actor=actor,
            career=career(actor, days),
            joins=tuple(join for join in joins[actor.id] if join.joined),
            candidates=tuple(join for join in joins[actor.id] if not join.joined),
            mentions=tuple(mentions[actor.id]),
        )
        for actor in actors
    ]


def career(actor: Actor, days: dict[str, date | None]) -> tuple[Step, ...]:
    """Return an actor's offices in the order of time: of their terms, else of the articles that tell them."""
    steps = []
    for office in actor.offices:
        told = sorted(day for span in office.evidence if (day := days.get(span.article)) is not None)
        steps.append(Step(office=office, first=told[0] if told else None, last=told[-1] if told else None))

    def when(step: Step) -> tuple[object, ...]:
        office = step.office
        known = office.since or office.until
        # a former office was held before whatever is told on that day
        day = known or step.first or date.max
        return day, not office.former, office.title.casefold(), office.of or ""

    return tuple(sorted(steps, key=when))


def step_words(step: Step) -> str:
    """Return an office in words: title, whose, the term, and the days of the articles or the register that tells it."""
    office = step.office
    title = office.title
    former = office.former and not title.casefold().startswith(("former", "ex-"))
    words = f"former {title}" if former else title
    if office.of and office.of.casefold() not in title.casefold():
        words += f" ({office.of})"
    if office.since and office.until:
        words += f", {_day(office.since)} to {_day(office.until)}"
    elif office.since or office.until:
        words += f", since {_day(office.since)}" if office.since else f", until {_day(office.until)}"
    if office.register is not None:
        return f"{words}; from the register, {office.register}"
    if step.first is None:
        return words
    last = step.last if step.last != step.first else None
    return f"{words}; so called on {step.first}{f' and until {last}' if last else ''}"


def _day(day: date | None) -> str:
    """A day, or the year alone where it is the first or last of it, as a year in a text is kept."""
    if day is None:
        return ""
    return str(day.year) if (day.month, day.day) in ((1, 1), (12, 31)) else str(day)


def reason_lines(grounds: Grounds) -> Iterator[str]:
    """Yield in words why an actor is who it is: its state, what was taken for it, what else means it."""
    actor = grounds.actor
    for ground in actor.grounds:
        evidence = f' ("{_plain(ground.evidence[0].text)}", {ground.evidence[0].article})' if ground.evidence else ""
        label = f"acts for {actor.country}" if ground.of == "country" else "means"
        yield f"{label}: {ground.why}{evidence}"
    for join in grounds.joins:
        who = f", decided by {join.decided_by}" if join.decided_by else ""
        yield f"one with {join.other}: {'; '.join(join.reasons)} ({join.score:.2f}{who})"
    for join in grounds.candidates:
        other = join.other if join.one == actor.id else join.one
        yield f"might be {other}: {'; '.join(join.reasons)} ({join.score:.2f})"
    called: dict[tuple[str, str], int] = {}
    for mention in grounds.mentions:
        if mention.how != "name" and mention.why:
            key = (_plain(mention.text), mention.why)
            called[key] = called.get(key, 0) + 1
    ranked = sorted(called, key=lambda key: (-called[key], key))
    for text, why in ranked[:_SHOWN]:
        times = f", {called[text, why]} times" if called[text, why] > 1 else ""
        yield f'"{text}" means it: {why}{times}'
    if len(ranked) > _SHOWN:
        yield f"and {len(ranked) - _SHOWN} more words or reasons: dragoman show {actor.id}"


def _plain(words: str) -> str:
    return " ".join(words.split())
