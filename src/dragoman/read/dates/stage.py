"""Date: parse → every time expression of the sections, with its TIMEX3 value and the days it denotes."""

from __future__ import annotations

from dragoman.codebook import Codebook
from dragoman.codebook.dates import DateRules
from dragoman.read.dates.find import Found, Reader, blocks_of
from dragoman.read.dates.link import bounded, linked
from dragoman.read.stage import Layers, Stage
from dragoman.record import DatePhrase, Document, When


def _date(document: Document, codebook: Codebook) -> Layers:
    if document.parse is None:
        return {"dates": ()}
    return {"dates": find_dates(document, codebook.dates)}


def find_dates(document: Document, rules: DateRules) -> tuple[DatePhrase, ...]:
    """Return the time expressions of a parsed document in text order.

    A phrase's span holds the expression without its preposition, as in TIMEX3; `when.phrase` holds the preposition or the
    whole range as well where they decide the days ("since December", "1994 – 1998"). The ends of a range are two phrases
    with one and the same `when`.
    """
    reader = Reader(document, rules)
    phrases: list[DatePhrase] = []
    for block in blocks_of(document, rules):
        found = reader.read(block)
        phrases.extend(_phrase(item, document) for item in linked([bounded(one, rules) for one in found], rules))
    return tuple(phrases)


def _phrase(found: Found, document: Document) -> DatePhrase:
    sense = found.sense
    when = None
    if sense.start is not None or sense.end is not None:
        when = When(
            start=sense.start,
            end=sense.end,
            precision=sense.precision,
            phrase=document.article.span(found.wide_start, found.wide_end),
        )
    return DatePhrase(
        span=document.article.span(found.start, found.end),
        kind=sense.kind,
        value=sense.value,
        when=when,
        anchored=sense.anchored,
    )


DATE = Stage(name="date", version=3, needs=("article", "parse"), adds=("dates",), read=_date)
