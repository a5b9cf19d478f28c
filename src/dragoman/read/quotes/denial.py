"""Denials: which statements and events of the article a denial says are not so.

A denial is of the events told inside it. It is of an earlier statement where it takes that up ("..., which Iran denies",
"Tehran rejected the accusation"), or where it and another speaker's statement share most of their telling words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.read.quotes.verbs import CHARGES
from dragoman.record import Document, Event, Parse, Span, Statement

REACH = 700
"""Code points back to which "the accusation" leads: a few sentences."""
ALIKE = 0.5
"""Share of the telling words of the shorter of two statements that the other must have."""
_LEAST = 2
"""Telling words that two statements share at least."""

_TAKING_UP = CHARGES | {
    "which",
    "it",
    "this",
    "that",
    "these",
    "those",
    "rumour",
    "rumor",
    "story",
    "version",
    "figure",
    "talk",
}
_TELLING = frozenset({"NOUN", "VERB", "PROPN", "NUM"})
_EMPTY = frozenset(
    {"have", "be", "do", "make", "take", "get", "claim", "charge", "accusation", "allegation", "report", "say"}
)
_CLAIMING = frozenset({"claim", "evaluation"})
_SHORT = 6
"""Words of a content that only takes up what was said ("the charge", "all such reports")."""


def with_denials(
    document: Document, parse: Parse, statements: Sequence[Statement], events: Sequence[Event]
) -> tuple[Statement, ...]:
    """Return the statements, each denial with what it denies: events inside it first, then statements in text order.

    `document` gives the mentions and actors: who is accused is named in what he denies.
    """
    if not any(statement.act == "denial" for statement in statements):
        return tuple(statements)
    return tuple(
        replace(one, denies=_denied(document, parse, one, statements, events)) if one.act == "denial" else one
        for one in statements
    )


def _denied(
    document: Document, parse: Parse, denial: Statement, statements: Sequence[Statement], events: Sequence[Event]
) -> tuple[str, ...]:
    inside = [
        event.id
        for event in events
        if any(part.start <= event.trigger.start and event.trigger.end <= part.end for part in _parts(denial))
    ]
    others = [
        other
        for other in statements
        if other.act in _CLAIMING
        and other.id != denial.id
        and (other.speaker != denial.speaker or other.speaker is None)
        if not _overlap(other, denial)
    ]
    claims = _taken_up(document, parse, denial, others) if _takes_up(parse, denial) else _alike(parse, denial, others)
    told = [event for claim in claims for event in claim.about]
    return tuple(dict.fromkeys((*inside, *(claim.id for claim in claims), *told)))


def _parts(statement: Statement) -> tuple[Span, ...]:
    return statement.said


def _overlap(one: Statement, other: Statement) -> bool:
    return any(a.start < b.end and b.start < a.end for a in _parts(one) for b in _parts(other))


def _takes_up(parse: Parse, denial: Statement) -> bool:
    """Whether a content is a noun or pronoun for what was said, and no more."""
    there = parse.tokens_within(denial.said[0].start, denial.said[0].end)
    if not there or len(there) > _SHORT:
        return False
    return any(parse.tokens[i].lemma.lower() in _TAKING_UP for i in there) and not any(
        parse.tokens[i].pos == "VERB" for i in there
    )


def _taken_up(document: Document, parse: Parse, denial: Statement, others: Sequence[Statement]) -> list[Statement]:
    """The statement that a denial takes up: the one before it in its sentence, else within reach.

    One that names who denies it goes before one that doesn't, a claim before a judgement, a near one before a far one.
    """
    start = denial.said[0].start
    before = [other for other in others if other.content.end <= start and start - other.content.end <= REACH]
    if not before:
        return []
    sentence = parse.sentence_of(parse.tokens_within(start, denial.content.end)[0])
    here = [other for other in before if other.content.start >= sentence.start]
    side = _side(document, denial)
    return [
        max(
            here or before,
            key=lambda other: (
                bool(side & _named(document, other)),
                other.act == "claim",
                other.content.end,
                -other.content.start,
            ),
        )
    ]


def _side(document: Document, statement: Statement) -> frozenset[str]:
    """The speaker, and the states and bodies of his country."""
    actors = {actor.id: actor for actor in document.actors or ()}
    own = actors.get(statement.speaker or "")
    if own is None:
        return frozenset()
    same = (a.id for a in actors.values() if a.country is not None and a.country == own.country and a.kind != "person")
    return frozenset({own.id, *same})


def _named(document: Document, statement: Statement) -> frozenset[str]:
    return frozenset(
        mention.actor
        for mention in document.mentions or ()
        for part in _parts(statement)
        if part.start <= mention.start and mention.end <= part.end
    )


def _alike(parse: Parse, denial: Statement, others: Sequence[Statement]) -> list[Statement]:
    """The statements of others that share most of their telling words with a denial."""
    own = _words(parse, denial)
    found = []
    for other in others:
        words = _words(parse, other)
        shared = own & words
        near = abs(other.content.start - denial.content.start) <= REACH
        if (near and own and own <= words) or (
            len(shared) >= _LEAST and len(shared) >= ALIKE * min(len(own), len(words))
        ):
            found.append(other)
    return found


def _words(parse: Parse, statement: Statement) -> frozenset[str]:
    return (
        frozenset(
            parse.tokens[i].lemma.lower()
            for part in _parts(statement)
            for i in parse.tokens_within(part.start, part.end)
            if parse.tokens[i].pos in _TELLING
        )
        - _EMPTY
    )
