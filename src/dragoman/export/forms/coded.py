"""What the coded forms share: which events they can hold, on which day, and the values of their cells.

The field's tables know one kind of fact: something that happened on a day. Events that are foretold, possible or denied have no
place there and are left out, counted by reason. An event whose day no text tells has its article's publication day, as those
tables do it; without either it is left out too.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.codebook import Codebook
from dragoman.record import Actor, Article, Event, History, Span
from dragoman.record.ids import make_id

TIES = "; "
"""Between several values of one cell, as POLECAT has it."""


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event ready for a coded form: its day, its parties as actors, its first evidence and that one's article."""

    event: Event
    day: date
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    evidence: Span
    article: Article

    def pairs(self) -> Iterator[tuple[Actor | None, Actor | None]]:
        """Yield who acts on whom, for forms that know one of each a row; equals act on each other, both ways."""
        if self.recipients:
            for actor in self.actors:
                for recipient in self.recipients:
                    yield actor, recipient
        elif len(self.actors) > 1:
            for one in self.actors:
                for other in self.actors:
                    if one.id != other.id:
                        yield one, other
        else:
            yield (self.actors[0] if self.actors else None), None

    @property
    def articles(self) -> int:
        """How many articles report it."""
        return len({span.article for span in (*self.event.evidence, *self.event.told)})


@dataclass(slots=True)
class Coding:
    """A history on its way into a form.

    `version` names the program for forms that have a cell for it; `left_out` counts by reason what the form can't hold, as
    the rows are made.
    """

    history: History
    codebook: Codebook
    version: str = ""
    left_out: Counter[str] = field(default_factory=Counter)
    articles: Mapping[str, Article] = field(init=False)
    actors: Mapping[str, Actor] = field(init=False)

    def __post_init__(self) -> None:
        self.articles = {article.id: article for article in self.history.articles}
        self.actors = {actor.id: actor for actor in self.history.actors}

    def events(self) -> Iterator[CodedEvent]:
        """Yield the events that happened, with a day each."""
        for event in self.history.events:
            if event.factuality != "happened":
                self.left_out[f"{event.factuality} events"] += 1
                continue
            evidence = event.evidence[0]
            article = self.articles[evidence.article]
            day = (event.when and (event.when.start or event.when.end)) or article.published
            if day is None:
                self.left_out["events without a day"] += 1
                continue
            yield CodedEvent(event, day, self._actors(event.actors), self._actors(event.recipients), evidence, article)

    def _actors(self, ids: Sequence[str]) -> tuple[Actor, ...]:
        return tuple(self.actors[one] for one in ids if one in self.actors)

    def country_name(self, code: str | None) -> str:
        """The English name of a state's code, the code itself where the codebook doesn't know it, "" for None."""
        if code is None:
            return ""
        territory = self.codebook.territories.by_code.get(code)
        return territory.name if territory else code

    def title(self, actor: Actor) -> str:
        """The actor's present office in the text's words, else a former one, else nothing."""
        offices = sorted(actor.offices, key=lambda office: office.former)
        return offices[0].title if offices else ""


def paragraph(article: Article, span: Span) -> int:
    """Return the number, from 1, of the paragraph in which a span begins; the field's tables call it the sentence."""
    return sum(1 for line in article.text[: span.start].split("\n")[:-1] if line.strip()) + 1


def flat(value: object) -> str:
    """Return a value as one line without tabs: None as nothing."""
    return "" if value is None else " ".join(str(value).split())


def tabbed(cells: Iterable[object]) -> str:
    """Return a line of a form divided by tabs, which knows no quoting."""
    return "\t".join(flat(cell) for cell in cells)


def comma(cells: Iterable[object]) -> str:
    """Return a line of CSV (RFC 4180)."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([flat(cell) for cell in cells])
    return buffer.getvalue()


def joined(values: Iterable[str | None], missing: str = "") -> str:
    """Return several values as one cell, or the word for none."""
    return TIES.join(flat(value) for value in values if value) or missing


def number_of(record_id: str, *more: str) -> int:
    """Return a number for forms whose ids are numbers: 60 bits of the id's hash, the same on every machine."""
    digits = make_id("", record_id, *more).removeprefix("-") if more else record_id.rpartition("-")[2]
    return int(digits[:15], 16)
