"""Describe: an event or a statement in a short line of the article's own words.

Nothing is added to the words but names in square brackets where a pronoun stands; what is left out is marked or is an
editor's note, a time that the line gives beside it, or a reporting tail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dragoman.record import Article, Event, Span, Statement
from dragoman.relate.clause import clause_span, is_dependent
from dragoman.relate.sides import Sides
from dragoman.relate.wording import sentence, shorten

EVENT_LIMIT = 190
"""Code points of an event's line: two lines of a terminal."""
QUOTE_LIMIT = 230

_OPENING = re.compile(
    r"^(?:and|but|yet|or|so|that)\s+|^(?:In\s+response|Recently|Earlier|Meanwhile|Also|Later|Then|Now|Officially|However|"
    r"Moreover|Besides|In\s+addition|At\s+the\s+same\s+time)\b,?\s+"
    r"|^(?:On|In|By|Since|Last|This)\s+(?:\w+day|the\s+\w+\s+of\s+\w+|\d{1,2}\s+\w+|(?-i:[A-Z])[a-z]+\s+\d{1,2}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|\d{4}|week|month|year)(?:,?\s+\d{4})?(?:,\s+|\s+(?-i:(?=[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:He|She|It|They)\b", re.IGNORECASE)
_LABEL = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’ ]{4,}[.:]\s+")
_QUOTES = '"“”«»„'


def describe_event(event: Event, articles: Mapping[str, Article], sides: Sides) -> str:
    """Return the event in the words of the report that tells it best."""
    best = min(_tellings(event), key=_roughness)
    text = _clean(best, articles)
    before = None
    while before != text:
        before, text = text, _OPENING.sub("", text)
    if _PRONOUN.match(text) and event.actors:
        text = _PRONOUN.sub(f"[{_subject(event, sides)}]", text, count=1)
    text = _balanced(text.strip(" ,;:"))
    return sentence(shorten(text.rstrip("."), EVENT_LIMIT))


def _subject(event: Event, sides: Sides) -> str:
    return sides.name(event.actors[0])


def _tellings(event: Event) -> list[Span]:
    first = clause_span(event.evidence[0], event.trigger)
    if is_dependent(first.text) and len(event.evidence[0].text) <= EVENT_LIMIT:
        return [event.evidence[0]]
    return [first]


def _roughness(span: Span) -> tuple[bool, int]:
    return is_dependent(span.text), abs(len(span.text) - 90)


def _clean(span: Span, articles: Mapping[str, Article]) -> str:
    """The words of a span without the editor's notes in it and without the article's own section labels."""
    article = articles[span.article]
    parts, at = [], span.start
    for region in sorted((*article.notes, *article.furniture), key=lambda region: region.start):
        if region.end <= at or region.start >= span.end:
            continue
        parts.append(article.text[at : max(at, region.start)])
        at = max(at, region.end)
    parts.append(article.text[at : span.end])
    text = " ".join("".join(parts).split())
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    return _LABEL.sub("", text)


def _balanced(text: str) -> str:
    """Drop a quotation mark or bracket whose partner lies outside the words."""
    for opening, closing in (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]")):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return " ".join(text.split())


def describe_statement(statement: Statement, articles: Mapping[str, Article], limit: int = QUOTE_LIMIT) -> str:
    """Return what was said: words in quotation marks where they are the speaker's own, the bare content otherwise."""
    parts = [_clean(span, articles) for span in (statement.content, *statement.continued)]
    text = " … ".join(part.strip() for part in parts if part.strip())
    if not statement.direct:
        return sentence(_balanced(shorten(text.strip(" ,;"), limit)).rstrip("."))
    bare = text.strip().strip(_QUOTES).strip(" ,;")
    return f"“{_inner(shorten(_balanced(bare), limit))}”"


def _inner(text: str) -> str:
    """Quotation marks inside quoted words become single ones."""
    text = re.sub(r'"([^"]*)"', r"‘\1’", text)
    return text.replace("“", "‘").replace("”", "’")
