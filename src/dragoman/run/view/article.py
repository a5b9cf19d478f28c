"""An article with all that was read from it: its paragraphs cut into stretches, each with the marks that cover it.

A mark is what the machine wrote into the text: an event, a statement, a mention of an actor, a date. Marks overlap; the
stretches between their borders do not, so that a page can show them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from sqlalchemy import select

from dragoman.errors import UnknownNameError
from dragoman.record import Article, Document, Event, Region, Span, Statement
from dragoman.relate.amend import Amended
from dragoman.relate.describe import describe_event
from dragoman.relate.wording import list_words, shorten
from dragoman.run.desk import amended
from dragoman.run.view.desk import article_title
from dragoman.run.view.index import Index
from dragoman.run.view.room import Room
from dragoman.store import tables

Layer = Literal["event", "statement", "actor", "date"]
Part = Literal["whole", "sign"]
LAYERS: tuple[Layer, ...] = ("event", "statement", "actor", "date")

_LABEL = 110
"""Code points of a mark's line in the list beside the text: two short lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What was read at some words.

    `id` is the mark's own: the id of the article's own report or statement, or an actor's or date's with its place.
    `record` is the joined record it leads to, "" for a date. `stretches` are (start, end, part) in code points: the whole,
    and the sign by which it was known (an event's trigger, a statement's cue). `feeling` is "conflict", "cooperation" or
    "neutral" for an event, "" otherwise; `sure` is False for what did not happen (yet). `state` is "unchecked", "checked" or
    "rejected" for an event or statement, "" otherwise; a rejected one is no part of the record and only shown to be taken
    back.
    """

    id: str
    record: str
    layer: Layer
    stretches: tuple[tuple[int, int, Part], ...]
    label: str
    code: str
    feeling: str = ""
    sure: bool = True
    state: str = ""

    @property
    def start(self) -> int:
        """Where the mark begins."""
        return min(start for start, _end, _part in self.stretches)

    @property
    def head(self) -> int:
        """Where its sign begins, or the mark itself where it has none: the place that a link leads to."""
        return min((start for start, _end, part in self.stretches if part == "sign"), default=self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words between two borders: the marks over them (with the part that they are of each), and what else they are.

    `heads` are the marks whose place to link to begins here. `region` is "", "note" or "loaded"; `sought` says that somebody
    asked for these words.
    """

    start: int
    text: str
    marks: tuple[tuple[Mark, Part], ...]
    heads: tuple[Mark, ...]
    region: str
    sought: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the article: the kind of section or furniture it is of, and whether a blank line stands before it."""

    start: int
    kind: str
    furniture: str
    gap: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as the page shows it; `sought` is where the words begin that somebody asked for."""

    article: Article
    title: str
    marks: tuple[Mark, ...]
    paragraphs: tuple[Paragraph, ...]
    unread: bool
    sought: int | None

    @property
    def unchecked(self) -> int:
        """How many events and statements nobody has checked."""
        return sum(mark.state == "unchecked" for mark in self.marks)

    def of_layer(self, layer: Layer) -> tuple[Mark, ...]:
        """The marks of one layer, in the order of the text."""
        return tuple(mark for mark in self.marks if mark.layer == layer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article: `now` is its document with what people decided, `document` the same with what they rejected, for it to be
    shown; `whole` what came of the decisions, `index` all that the article has to do with, `marks` its marks in order."""

    document: Document
    now: Document
    whole: Amended
    index: Index
    marks: tuple[Mark, ...]


def read_article(room: Room, article_id: str, sought: tuple[int, int] | None = None) -> Reading:
    """Return an article with its marks; `UnknownNameError` where the store has none of that id."""
    opened = open_article(room, article_id)
    document, marks = opened.document, opened.marks
    paragraphs = tuple(_paragraphs(document, marks, sought))
    return Reading(
        article=document.article,
        title=article_title(document.article),
        marks=marks,
        paragraphs=paragraphs,
        unread=not document.reader,
        sought=next((one.start for line in paragraphs for one in line.stretches if one.sought), None),
    )


def document_of(room: Room, article_id: str) -> Document:
    """Return the document of an article with what people decided; what they rejected is kept, for it to be shown.

    `UnknownNameError` where the store has none of that id.
    """
    return open_article(room, article_id).document


def open_article(room: Room, article_id: str) -> Opened:
    """Return an article with all that its pages need, looked up once while the store stays as it is.

    `UnknownNameError` where the store has none of that id.
    """

    def make() -> Opened:
        if room.store.document(article_id) is None:
            raise UnknownNameError(f"No article {article_id!r} in the store: the desk lists those that there are.")
        read, now, whole = amended(room.store, room.codebook, article_id, room.log)
        index = room.about(articles=[article_id])
        document = _with_rejected(read, now, whole, index)
        return Opened(document=document, now=now, whole=whole, index=index, marks=tuple(article_marks(document, index)))

    return room.kept(("article", article_id), make, always_fresh=True)


def _with_rejected(read: Document, now: Document, whole: Amended, index: Index) -> Document:
    """The document with what people rejected, its actors led to the joined ones."""
    if not whole.rejected:
        return now
    article_id = now.article.id
    joined = {(m.start, m.end): m.actor for m in index.mentions_in.get(article_id, ())}
    actor_of = {one: one for one in index.actors}
    actor_of |= {m.actor: joined[m.start, m.end] for m in read.mentions or () if (m.start, m.end) in joined}

    def led(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(actor_of[one] for one in ids if one in actor_of))

    events = (
        replace(event, actors=led(event.actors), recipients=led(event.recipients))
        for event in read.events or ()
        if event.id in whole.rejected
    )
    statements = (
        replace(one, speaker=actor_of.get(one.speaker or ""))
        for one in read.statements or ()
        if one.id in whole.rejected
    )
    return replace(now, events=(*(now.events or ()), *events), statements=(*(now.statements or ()), *statements))


def article_of_statement(room: Room, statement_id: str) -> str:
    """Return the article in which a statement stands; `UnknownNameError` where there is no such statement."""
    table = tables.statement.c
    with room.reading() as connection:
        found: str | None = connection.execute(select(table.article).where(table.id == statement_id)).scalar()
    if found is None:
        raise UnknownNameError(f"No statement {statement_id!r} in the store: its article was read anew since.")
    return found


def article_marks(document: Document, index: Index) -> list[Mark]:
    """Return the marks of an article in the order of their places, longer ones first where two begin together."""
    joined = {statement.id: statement for statement in index.statements_in.get(document.article.id, ())}
    found = [
        *(_event_mark(event, index) for event in document.events or ()),
        *(_statement_mark(joined.get(one.id, one), index) for one in document.statements or ()),
        *(
            Mark(
                id=f"{one.actor}-{one.start}",
                record=one.actor,
                layer="actor",
                stretches=((one.start, one.end, "whole"),),
                label=index.actors[one.actor].name,
                code=index.actors[one.actor].kind,
            )
            for one in index.mentions_in.get(document.article.id, ())
        ),
        *(
            Mark(
                id=f"date-{one.span.start}",
                record="",
                layer="date",
                stretches=((one.span.start, one.span.end, "whole"),),
                label=one.span.text,
                code=one.value,
            )
            for one in document.dates or ()
        ),
    ]
    return sorted(found, key=lambda mark: (mark.start, -max(end for _s, end, _p in mark.stretches), mark.id))


def _event_mark(event: Event, index: Index) -> Mark:
    joined = index.events.get(index.event_of.get(event.id, ""), event)
    own = event.clause or next((span for span in event.evidence if _holds(span, event.trigger)), event.evidence[0])
    return Mark(
        id=event.id,
        record=joined.id,
        layer="event",
        stretches=((own.start, own.end, "whole"), (event.trigger.start, event.trigger.end, "sign")),
        label=shorten(told(event, index), _LABEL),
        code=f"{event.type}/{event.mode}" if event.mode else event.type,
        feeling="conflict" if event.score < 0 else "cooperation" if event.score > 0 else "neutral",
        sure=event.factuality == "happened",
        state="rejected" if event.id not in index.event_of else "checked" if event.checked else "unchecked",
    )


def told(event: Event, index: Index) -> str:
    """Return a single report in a line, its parties called as the joined history calls them."""
    joined = index.events.get(index.event_of.get(event.id, ""), event)
    return describe_event(
        replace(event, actors=joined.actors, recipients=joined.recipients), index.articles, index.sides
    )


def _statement_mark(one: Statement, index: Index) -> Mark:
    stretches: list[tuple[int, int, Part]] = [(span.start, span.end, "whole") for span in (one.content, *one.continued)]
    if one.cue is not None:
        stretches.append((one.cue.start, one.cue.end, "sign"))
    speaker = index.sides.name(one.speaker) if one.speaker else None
    who = speaker or (one.speaker_words.text if one.speaker_words else "not named")
    words = " ".join(one.content.text.split())
    return Mark(
        id=one.id,
        record=one.id,
        layer="statement",
        stretches=tuple(stretches),
        label=shorten(f"{who}: {words}", _LABEL),
        code=one.act,
        state="rejected" if one.id not in index.statements else "checked" if one.checked else "unchecked",
    )


def _holds(span: Span, inner: Span) -> bool:
    return span.article == inner.article and span.start <= inner.start and inner.end <= span.end


def _paragraphs(document: Document, marks: Sequence[Mark], sought: tuple[int, int] | None) -> Iterator[Paragraph]:
    """Cut the text at its lines, and the lines at the borders of marks, notes and loaded words."""
    article = document.article
    loaded = [span for statement in document.statements or () for span in statement.loaded]
    regions = [
        *((region.start, region.end, "note") for region in article.notes),
        *((span.start, span.end, "loaded") for span in loaded),
    ]
    borders = {border for mark in marks for start, end, _part in mark.stretches for border in (start, end)}
    borders |= {mark.head for mark in marks}
    borders |= {border for start, end, _kind in regions for border in (start, end)}
    borders |= set(sought or ())
    cuts = sorted(borders)
    covers = sorted(
        (start, end, number, part) for number, mark in enumerate(marks) for start, end, part in mark.stretches
    )
    heads: dict[int, list[Mark]] = {}
    for mark in marks:
        heads.setdefault(mark.head, []).append(mark)
    at = cut = cover = 0
    gap = False
    active: list[tuple[int, int, int, Part]] = []
    for line in article.text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            gap = True
            continue
        inner = [start]
        while cut < len(cuts) and cuts[cut] <= start:
            cut += 1
        while cut < len(cuts) and cuts[cut] < end:
            inner.append(cuts[cut])
            cut += 1
        stretches = []
        for low, high in pairwise((*inner, end)):
            while cover < len(covers) and covers[cover][0] <= low:
                active.append(covers[cover])
                cover += 1
            active = [one for one in active if one[1] > low]
            stretches.append(
                Stretch(
                    start=low,
                    text=article.text[low:high],
                    marks=_parts(active, marks),
                    heads=tuple(heads.get(low, ())),
                    region=next((kind for begin, stop, kind in regions if begin <= low < stop), ""),
                    sought=sought is not None and sought[0] <= low < sought[1],
                )
            )
        yield Paragraph(
            start=start,
            kind=_kind_at(article.sections, start, end) or "body",
            furniture=_kind_at(article.furniture, start, end),
            gap=gap,
            stretches=tuple(stretches),
        )
        gap = False


def _parts(active: Iterable[tuple[int, int, int, Part]], marks: Sequence[Mark]) -> tuple[tuple[Mark, Part], ...]:
    """The marks over a stretch, each once, its sign before its whole."""
    found: dict[int, Part] = {}
    for _start, _end, number, part in active:
        if part == "sign" or number not in found:
            found[number] = part
    return tuple((marks[number], found[number]) for number in sorted(found))


def _kind_at(regions: Sequence[Region], start: int, end: int) -> str:
    """The kind of the region that covers most of a line, "" for none."""
    best = max(regions, key=lambda region: min(region.end, end) - max(region.start, start), default=None)
    return best.kind if best is not None and min(best.end, end) > max(best.start, start) else ""


def names_of(ids: Iterable[str], index: Index) -> str:
    """Return the names of actors in words."""
    return list_words([index.sides.name(one) for one in ids])
