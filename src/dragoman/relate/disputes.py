"""Disputes: what of a pair's history is claimed by one and contradicted by another, side by side."""

from __future__ import annotations

from collections import defaultdict

from dragoman.record import Event, History, Statement
from dragoman.record.dossier import Dispute, Side
from dragoman.relate.choose import Choice
from dragoman.relate.contradict import contradictions
from dragoman.relate.describe import describe_event, describe_statement
from dragoman.relate.portrait import LEAST_WORDS, references, speaker_name

SHOWN = 8
"""Disputes in a dossier: those about what is between the two come first."""


def disputes(history: History, choice: Choice) -> tuple[Dispute, ...]:
    """Return the claims about a pair that are contradicted, each once with all that contradicts it, in the articles' order."""
    statements = {one.id: one for one in choice.statements}
    events = {event.id: event for event in choice.events}
    groups: dict[str, list[tuple[Statement, str]]] = defaultdict(list)
    for found in contradictions(history):
        if found.contrary in statements and (found.claim in statements or found.claim in events):
            groups[found.claim].append((statements[found.contrary], found.reason))
    rows = []
    for claim, group in groups.items():
        group.sort(key=lambda item: _place(item[0], choice))
        one: Statement | Event = statements[claim] if claim in statements else events[claim]
        side = _said(one, choice) if isinstance(one, Statement) else _told(one, choice)
        reasons = dict.fromkeys(reason for _, reason in group)
        dispute = Dispute(
            claim=side, contrary=tuple(_said(contrary, choice) for contrary, _ in group), reason="; ".join(reasons)
        )
        first = min((r.number, r.span.start) for r in (*side.references, *dispute.contrary[0].references))
        about = isinstance(one, Statement) and bool(set(one.about) & {event.id for event in choice.between})
        rows.append((not about, first, claim, dispute))
    kept = sorted(rows, key=lambda row: row[:3])[:SHOWN]
    return tuple(row[3] for row in sorted(kept, key=lambda row: row[1:3]))


def _said(statement: Statement, choice: Choice) -> Side:
    """A statement as a side; one that only takes the claim up ("a charge that he denies") has no words of its own to show."""
    taken_up = statement.act == "denial" and len(statement.said[0].text.split()) < LEAST_WORDS and not statement.direct
    spans = list(statement.said)
    if taken_up and statement.cue is not None:
        spans.append(statement.cue)
    return Side(
        record=statement.id,
        who=speaker_name(statement, choice),
        text="denies it." if taken_up else describe_statement(statement, choice.articles),
        references=references(spans, choice),
    )


def _told(event: Event, choice: Choice) -> Side:
    numbers = sorted({choice.numbers[span.article] for span in event.evidence if span.article in choice.numbers})
    return Side(
        record=event.id,
        who=" ".join(f"[{number}]" for number in numbers),
        text=describe_event(event, choice.articles, choice.sides),
        references=references(event.evidence, choice),
    )


def _place(statement: Statement, choice: Choice) -> tuple[int, int, str]:
    return choice.numbers.get(statement.content.article, 0), statement.content.start, statement.id
