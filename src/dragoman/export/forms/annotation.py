"""W3C Web Annotations (JSON-LD), one a line: events, statements and mentions at their words.

Each target has both selectors: the position and the quote with what stands before and after it. Positions count Unicode code
points, which the specification leaves open: `dragoman:unit` says it in every selector.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.export.forms.coded import Coding
from dragoman.record import Span

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dragoman": "urn:dragoman:"}]
AROUND = 32
"""Code points of the text before and after the words, by which they are found again in a text that has changed."""


def lines(coding: Coding) -> Iterator[str]:
    """Yield an annotation for each statement, event and mention; the record's id is the annotation's, as a URN."""
    history = coding.history
    for statement in history.statements:
        speaker = coding.actors.get(statement.speaker or "")
        words = f"{statement.act} of {speaker.name}" if speaker else statement.act
        yield _line(statement.id, "statement", words, [statement.content, *statement.continued], coding)
    for event in history.events:
        kind = f"{event.type}/{event.mode}" if event.mode else event.type
        yield _line(event.id, "event", f"{kind}, {event.factuality}", event.evidence, coding)
    for number, mention in enumerate(history.mentions):
        actor = coding.actors.get(mention.actor)
        span = coding.articles[mention.article].span(mention.start, mention.end)
        words = f"{actor.name if actor else mention.actor} ({mention.how})"
        yield _line(f"mention-{number}", "mention", words, [span], coding)


def _line(record_id: str, kind: str, words: str, spans: Sequence[Span], coding: Coding) -> str:
    annotation = {
        "@context": _CONTEXT,
        "id": f"urn:dragoman:{record_id}",
        "type": "Annotation",
        "motivation": "identifying" if kind == "mention" else "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": kind},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": words},
        ],
        "target": [_target(span, coding) for span in spans],
    }
    return json.dumps(annotation, ensure_ascii=False)


def _target(span: Span, coding: Coding) -> dict[str, Any]:
    article = coding.articles[span.article]
    return {
        "source": article.url or f"urn:dragoman:{article.id}",
        "selector": [
            {
                "type": "TextPositionSelector",
                "start": span.start,
                "end": span.end,
                "dragoman:unit": "unicode code points",
            },
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": article.text[max(0, span.start - AROUND) : span.start],
                "suffix": article.text[span.end : span.end + AROUND],
            },
        ],
    }
