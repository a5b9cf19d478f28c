"""Outlook: what is expected and intended of a pair, by whom, until when, and what became of it; and each speaker's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.codebook.outcomes import OutcomeWords
from dragoman.record import History, Span, Statement
from dragoman.record.statement import Act, Outcome
from dragoman.relate.choose import Choice
from dragoman.relate.describe import describe_statement
from dragoman.relate.forecast import FORECASTS
from dragoman.relate.gloss import glosses
from dragoman.relate.portrait import LEAST_WORDS, is_past, office_words, sayings, speaker_name
from dragoman.relate.reports import foretold_verb

SAME = 3
"""Days between the reports of one saying."""
LINE = 190
"""Code points of what is foretold: two lines of a terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A statement that foretells or intends: who said it, when it was reported, for which days, and what came of it.

    `over` says that the days foretold were past when the last article came out; `words` are the statement's own spans,
    `evidence` those that settle it.
    """

    statement: str
    speaker: str | None
    who: str
    office: str | None
    act: Act
    said: date | None
    what: str
    due_from: date | None
    due_by: date | None
    over: bool
    outcome: Outcome
    words: tuple[Span, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How often what a speaker foretold or intended came true, failed, or is open, in all that was read."""

    speaker: str
    who: str
    met: int
    failed: int
    open: int


def outlook(history: History, choice: Choice, words: OutcomeWords) -> tuple[Forecast, ...]:
    """Return what is expected and intended of a pair, in the order in which it was reported, undated reports last.

    A question that is reported ("asked whether ambassadors would return") foretells nothing.
    """
    last = max((article.published for article in history.articles if article.published), default=None)
    ahead = _ahead(history)
    waiting = [
        one
        for one in sayings(choice)
        if one.act in FORECASTS
        and not is_past(one, choice)
        and (one.direct or not words.asked.search(one.content.text))
        and _is_proposition(one, ahead)
    ]
    found = [_forecast(one, choice, last) for one in _innermost(waiting, choice)]
    found.sort(key=lambda one: (one.said or date.max, one.words[0].article, one.words[0].start))
    return _each_once(found)


def _ahead(history: History) -> frozenset[str]:
    """The events that are to come or might."""
    return frozenset(event.id for event in history.events if event.factuality in ("future", "hypothetical"))


def _is_proposition(statement: Statement, ahead: frozenset[str]) -> bool:
    """Whether something that can come true is foretold: a clause, an infinitive, an event ahead or a day, no bare thing."""
    named = bool(ahead & set(statement.about)) or statement.due is not None
    return statement.direct or named or foretold_verb(_text(statement)) is not None


def _innermost(waiting: Sequence[Statement], choice: Choice) -> list[Statement]:
    """The statements, of two within each other one: whoever intends it, not who reports that he does.

    Where both speak for one side ("Norland plans to pay, its minister said") the whole report stays.
    """
    left_out: set[str] = set()
    by_article: dict[str, list[Statement]] = {}
    for one in waiting:
        by_article.setdefault(one.content.article, []).append(one)
    for group in by_article.values():
        for outer in group:
            for inner in group:
                if inner is outer or not (
                    outer.content.start <= inner.content.start and inner.content.end <= outer.content.end
                ):
                    continue
                if inner.content == outer.content and inner.id > outer.id:
                    continue
                sides = [choice.sides.side(one.speaker) if one.speaker else None for one in (outer, inner)]
                left_out.add(inner.id if sides[0] == sides[1] or sides[1] is None else outer.id)
    return [one for one in waiting if one.id not in left_out]


def _each_once(found: Iterable[Forecast]) -> tuple[Forecast, ...]:
    """Forecasts that one speaker is reported with in the same words by several articles as one, the first of them."""
    kept: dict[tuple[str | None, str], Forecast] = {}
    for one in found:
        key = (one.speaker, one.what.casefold().strip("“” "))
        first = kept.get(key)
        near = first is not None and (first.said is None or one.said is None or (one.said - first.said).days <= SAME)
        if first is not None and near and first.outcome == one.outcome:
            kept[key] = replace(first, words=(*first.words, *one.words))
        else:
            kept[key if first is None else (one.speaker, one.statement)] = one
    return tuple(kept.values())


def records(history: History, forecasts: Iterable[Forecast]) -> tuple[Record, ...]:
    """Return the records of those named who speak in the forecasts, over all that was read, the most telling first."""
    named = {actor.id for actor in history.actors if not actor.anonymous}
    names = {one.speaker: one.who for one in forecasts if one.speaker in named and one.speaker is not None}
    ahead = _ahead(history)
    counts: dict[str, dict[str, int]] = {speaker: {"met": 0, "failed": 0, "open": 0} for speaker in names}
    for statement in history.statements:
        if (
            statement.speaker in counts
            and statement.act in FORECASTS
            and len(_words(statement)) >= LEAST_WORDS
            and _is_proposition(statement, ahead)
        ):
            counts[statement.speaker][statement.outcome or "open"] += 1
    found = [Record(speaker=speaker, who=names[speaker], **counts[speaker]) for speaker in names]
    return tuple(sorted(found, key=lambda one: (-(one.met + one.failed), -one.open, one.who, one.speaker)))


def _words(statement: Statement) -> list[str]:
    return statement.content.text.split()


def _text(statement: Statement) -> str:
    return " ".join(part.text for part in statement.said)


def _forecast(statement: Statement, choice: Choice, last: date | None) -> Forecast:
    article = choice.articles[statement.content.article]
    due = statement.due
    actor = choice.sides.actors.get(statement.speaker or "")
    office = office_words(actor, choice, article.id)
    who = speaker_name(statement, choice)
    return Forecast(
        statement=statement.id,
        speaker=statement.speaker,
        who=who,
        office=office if office != who else None,
        act=statement.act,
        said=article.published,
        what=describe_statement(statement, choice.articles, LINE, glosses(statement, choice)),
        due_from=due.start if due else None,
        due_by=due.end if due else None,
        over=bool(due and due.end and last and due.end < last),
        outcome=statement.outcome or "open",
        words=(statement.content, *statement.continued),
        evidence=statement.outcome_evidence,
    )
