"""Why: the chain of reasons before an event, as articles and speakers give them.

A reason is an event or statement that an article links with the event ("in response to", "after"), with the reasons of that
event in turn; and what speakers of the same articles give as a reason in so many words ("because", "the reason is"), where
their words are about the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.codebook import Codebook
from dragoman.record import Actor, Event, History, Span, Statement
from dragoman.relate.clause import event_clause
from dragoman.relate.describe import EVENT_LIMIT, describe_event, describe_statement, describe_words, sentences_of
from dragoman.relate.portrait import LEAST_WORDS
from dragoman.relate.sides import Sides, make_sides
from dragoman.relate.wording import list_words, possess, sentence, shorten, when_words

DEEPEST = 12
"""Steps of a chain; longer ones are cut, and say so by `cut`."""
REASON = 500
"""Code points of a reason: reasons are often lists, which are worth their room."""
SHARED = 2
"""Telling words that a speaker's reason must share with the report of the event."""

Kind = Literal["event", "statement", "told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A step of the chain: an event, a statement linked by the article, or what a speaker gives as a reason (`told`).

    `by` is who says so (None: the article itself); `again` marks an event whose reasons stand further up already, `cut` one
    whose reasons were left out for depth.
    """

    kind: Kind
    record: str
    when: str | None
    text: str
    by: str | None
    factuality: str | None
    words: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    again: bool = False
    cut: bool = False


def reasons_before(history: History, event: Event, codebook: Codebook) -> Reason:
    """Return an event with the reasons before it, each with its own."""
    return _Chain(history, codebook).event(event, frozenset())


def _each_once(reasons: Iterable[Reason], explained: Span) -> Iterator[Reason]:
    """Events that one sentence tells (it stormed and burned) as one step, with the reasons of all.

    The step has the whole sentence as its text, or, where that is the sentence of what is explained, the texts of all.
    """
    groups: dict[Span, list[Reason]] = {}
    for one in reasons:
        groups.setdefault(one.words[0], []).append(one)
    for span, group in groups.items():
        first, records = group[0], {one.record for one in group}
        if len(group) == 1:
            yield first
            continue
        texts = [one.text for one in group]
        if span != explained and len(span.text) <= REASON:
            texts = [sentence(" ".join(span.text.split()).rstrip("."))]
        below = {reason.record: reason for one in group for reason in one.reasons if reason.record not in records}
        yield replace(
            first,
            when=next((one.when for one in group if one.when), None),
            text="; ".join(dict.fromkeys(texts)),
            words=tuple(dict.fromkeys(span for one in group for span in one.words)),
            reasons=tuple(below.values()),
        )


_FORWARD = re.compile(r"led\s+to|provoked|that\s+is\s+why", re.IGNORECASE)
"""Words of a reason behind which stands what it explains."""
_DIVIDE = re.compile(r",\s+(?:and|but)\s+|\s+and\s+(?=\w+(?:ed|d)\b)|;\s+|\s+but\s+")
_PAUSE = re.compile(r",\s+")


def explained(sentence: str, marker: re.Match[str]) -> tuple[int, int]:
    """Return where in a sentence with the words of a reason what it explains stands (start, end; offsets in the sentence).

    Before them ("he left because ..."), in the last of several clauses; behind them where they open the sentence, or are
    words such as "led to".
    """
    if _FORWARD.match(marker.group()):
        return marker.end(), len(sentence)
    if not re.search(r"\w", sentence[: marker.start()]):
        pause = _PAUSE.search(sentence, marker.end())
        return (pause.end() if pause else marker.end()), len(sentence)
    cuts = [cut.end() for cut in _DIVIDE.finditer(sentence, 0, marker.start())]
    return (cuts[-1] if cuts else 0), marker.start()


class _Chain:
    def __init__(self, history: History, codebook: Codebook) -> None:
        self._codebook = codebook
        self._sides: Sides = make_sides(history.actors)
        self._articles = {article.id: article for article in history.articles}
        self._events: Mapping[str, Event] = {event.id: event for event in history.events}
        self._statements: Mapping[str, Statement] = {one.id: one for one in history.statements}
        self._shown: set[str] = set()

    def event(self, event: Event, above: frozenset[str], over: str = "") -> Reason:
        """An event and, the first time that it stands in the chain, its reasons; `over` is the text that it explains."""
        again = event.id in self._shown
        deep = len(above) >= DEEPEST
        self._shown.add(event.id)
        text = self._text(event, over)
        reasons = () if again or deep else self._reasons(event, above | {event.id}, text)
        return Reason(
            kind="event",
            record=event.id,
            when=when_words(event.when) if event.when else None,
            text=text,
            by=self._tellers(event),
            factuality=event.factuality,
            words=event.evidence,
            reasons=reasons,
            again=again and bool(event.because),
            cut=deep and bool(event.because),
        )

    def _text(self, event: Event, over: str) -> str:
        """An event in words; where its best sentence is the one that it explains, by another report of it."""
        text = describe_event(event, self._articles, self._sides)
        if not over or over not in text:
            return text
        others = [
            span
            for span in event.evidence
            if event.clause is None
            or span.end <= event.clause.start
            or span.start >= event.clause.end
            or span.article != event.clause.article
        ]
        for span in sorted(others, key=lambda one: (len(one.text), one.article, one.start)):
            other = sentence(" ".join(span.text.split()).rstrip("."))
            if other != over and span.text not in event.evidence[0].text:
                return shorten(other, EVENT_LIMIT)
        span, trigger = event.evidence[0], event.trigger
        if trigger.article == span.article and span.start <= trigger.start <= span.end:
            # one sentence tells both: of what it explains, this is only the noun and what hangs on it
            return sentence(shorten(" ".join(span.text[trigger.start - span.start :].split()).rstrip("."), EVENT_LIMIT))
        return text

    def _reasons(self, event: Event, above: frozenset[str], over: str) -> tuple[Reason, ...]:
        causes = [self._events[one] for one in event.because if one in self._events and one not in above]
        causes.sort(key=lambda one: (str(one.when and (one.when.start or one.when.end)), one.id))
        linked = [self._statements[one] for one in event.because if one in self._statements]
        told = [] if len(above) > 1 else self._told(event, {one.id for one in linked})
        return (
            *_each_once((self.event(cause, above, over) for cause in causes), event.evidence[0]),
            *(self._statement(one, one.content, "statement") for one in linked),
            *(self._statement(one, span, "told") for one, span in told),
        )

    def _told(self, event: Event, known: set[str]) -> list[tuple[Statement, Span]]:
        """What speakers of the articles behind an event give as its reason, in the order of the articles."""
        articles = {span.article for span in event.evidence}
        words = self._codebook.outcomes.stems(event_clause(event))
        found = []
        for statement in self._statements.values():
            content = statement.content
            if content.article not in articles or statement.id in known or len(content.text.split()) < LEAST_WORDS:
                continue
            for span in (content, *statement.continued):
                for part in sentences_of(span):
                    marker = self._codebook.relations.given.search(part.text)
                    if marker is None:
                        continue
                    low, high = explained(part.text, marker)
                    at = event.trigger.start - part.start if event.trigger.article == part.article else -1
                    if 0 <= at < len(part.text) and not low <= at < high:
                        continue  # it is the reason itself, or stands beside what is explained
                    known_words = self._codebook.outcomes.stems(part.text[low:high])
                    wanted = known_words if len(known_words) > SHARED else self._codebook.outcomes.stems(part.text)
                    told_here = event.id in statement.about and (low <= at < high or len(known_words) <= SHARED)
                    if known_words and not words & known_words and not told_here:
                        continue  # "the expulsions were a response to the arrest" is no reason of the arrest
                    if told_here or len(words & wanted) >= SHARED:
                        found.append((statement, part))
        found.sort(key=lambda pair: (pair[1].article, pair[1].start, pair[0].id))
        whole: list[tuple[Statement, Span]] = []
        for statement, part in found:
            if not whole or whole[-1][1].article != part.article or whole[-1][1].end <= part.start:
                whole.append((statement, part))
        return whole

    def _statement(self, statement: Statement, span: Span, kind: Kind) -> Reason:
        text = (
            describe_statement(statement, self._articles)
            if kind == "statement"
            else describe_words(span, statement.direct, self._articles, REASON)
        )
        return Reason(
            kind=kind,
            record=statement.id,
            when=None,
            text=text,
            by=self._speaker(statement),
            factuality=None,
            words=(span,),
            reasons=(),
        )

    def _tellers(self, event: Event) -> str | None:
        names = [self._speaker(self._statements[one]) for one in event.reported_by if one in self._statements]
        return list_words(list(dict.fromkeys(names))) or None

    def _speaker(self, statement: Statement) -> str:
        actor = self._sides.actors.get(statement.speaker or "")
        if actor is None:
            return statement.speaker_words.text if statement.speaker_words else "somebody not named"
        return self._name(actor)

    def _name(self, actor: Actor) -> str:
        """A body with the state it belongs to ("Ukraine's Foreign Ministry")."""
        state = self._sides.side(actor.id)
        if actor.kind == "body" and state is not None and state != actor.id:
            owner = self._sides.name(state)
            if owner.casefold() not in actor.name.casefold():
                return f"{possess(owner)} {actor.name}"
        return actor.name
