"""What a person needs to correct while reading: who checked a mark, its fields as they are written, what is next, and what
a decision changed in the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.codebook import Codebook
from dragoman.record import Actor, Article, Decision, Document, Event, Relation, Statement
from dragoman.relate.describe import describe_event
from dragoman.relate.standing import relation_title
from dragoman.relate.wording import count_words, list_words, sentence
from dragoman.run.checking import Checked
from dragoman.run.decide import open_candidates
from dragoman.run.decision_log import Entry, decision_words, log_entries
from dragoman.run.fields import ACTS, FACTUALITIES
from dragoman.run.time_words import time_words
from dragoman.run.view.article import Mark, document_of, open_article
from dragoman.run.view.index import Index
from dragoman.run.view.lists import PAGE, Part, page_of
from dragoman.run.view.room import Room
from dragoman.store import counts
from dragoman.store.parts import load_pages

_OFFERED = 8
"""Events or actors offered for merging."""
LINES = 30
"""Lines of the log on one page: what has become of each is looked up in its articles."""
_TOLD = 6
"""Changed states told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a finding as a form shows it: `kind` is "text", "choice" or "yes"; `choices` are (value, words).

    `values` has one value, or for a list of actors one a party.
    """

    name: str
    label: str
    kind: str
    values: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a mark stands with the people: `words` say who did what, `last` is the decision that undoing takes back, or "".

    `parts` are the reports of a merged event that can be taken out: the article's id and title.
    """

    about: str
    state: str
    words: str
    last: str
    parts: tuple[tuple[str, str], ...] = ()


def mark_standing(room: Room, article_id: str, mark: Mark) -> Standing:
    """Return how a mark stands."""
    opened = open_article(room, article_id)
    now, whole, index = opened.now, opened.whole, opened.index
    out = whole.rejected.get(mark.id)
    if out is not None:
        what = "Taken out as no part of the article" if out.furniture else "Rejected"
        return Standing(about=mark.layer, state=mark.state, words=f"{what} by {out.by}.", last=out.decision)
    findings: list[Event | Statement] = [*(now.events or ()), *(now.statements or ())]
    own = next((one for one in findings if one.id == mark.id), None)
    joined = index.events.get(mark.record)
    parts: tuple[tuple[str, str], ...] = ()
    if joined is not None and len(joined.members) > 1:
        articles = dict.fromkeys(span.article for span in joined.evidence)
        parts = tuple((one, _title(index.articles[one])) for one in articles if one in index.articles)
    if own is None or not own.checked:
        return Standing(about=mark.layer, state=mark.state, words="Nobody has checked it.", last="", parts=parts)
    verbs = {"accepted": "Accepted", "corrected": "Corrected", "added": "Added"}
    told = [
        f"{verbs[one.verdict]} by {one.by}{f' ({list_words(one.fields)})' if one.fields else ''}" for one in own.checked
    ]
    return Standing(
        about=mark.layer, state=mark.state, words="; ".join(told) + ".", last=own.checked[-1].decision, parts=parts
    )


def list_unchecked(room: Room, number: int) -> Part[Checked]:
    """Return the articles with findings that nobody has checked, those with most first."""
    with room.reading() as connection:
        of, _findings = counts.count_unchecked(connection)
        number, pages, skip = page_of(number, of)
        found = counts.unchecked_articles(connection, PAGE, skip)
        articles = load_pages(connection, [one for one, _all, _left in found])
    lines = tuple(Checked(article=articles[one], findings=every, unchecked=left) for one, every, left in found)
    return Part(lines=lines, number=number, pages=pages, of=of)


def list_decisions(room: Room, number: int) -> Part[Entry]:
    """Return the log of decisions, the latest first, each with what has become of it."""
    log = room.log
    number, pages, skip = page_of(number, len(log.every), LINES)
    end = len(log.every) - skip
    shown = log.every[max(0, end - LINES) : end]
    entries = room.kept(
        ("log", number, len(log.every)),
        lambda: log_entries(room.store, room.codebook, log, shown),
        always_fresh=True,  # an article that thousands of decisions are about is amended by all of them
    )
    return Part(lines=tuple(reversed(entries)), number=number, pages=pages, of=len(log.every))


def next_unchecked(room: Room, article_id: str, after: str) -> str:
    """Return the event or statement that nobody has checked and that comes next in the text, from the beginning after the
    end; "" where everything was checked.
    """
    marks = [mark for mark in open_article(room, article_id).marks if mark.state]
    marks.sort(key=lambda mark: (mark.head, mark.id))
    at = next((place for place, mark in enumerate(marks) if mark.id == after), -1)
    ordered = [*marks[at + 1 :], *marks[: at + 1]]
    return next((mark.id for mark in ordered if mark.state == "unchecked" and mark.id != after), "")


def finding_fields(room: Room, article_id: str, mark_id: str) -> tuple[Field, ...]:
    """Return the fields of an event or statement as a form shows them; of no known mark those of a new event."""
    document = document_of(room, article_id)
    actors = {actor.id: actor for actor in document.actors or ()}
    statement = next((one for one in document.statements or () if one.id == mark_id), None)
    if statement is not None:
        return statement_fields(statement, actors)
    event = next((one for one in document.events or () if one.id == mark_id), None)
    return event_fields(event, actors, room.codebook)


def event_fields(event: Event | None, actors: Mapping[str, Actor], codebook: Codebook) -> tuple[Field, ...]:
    """Return the fields of an event, or of one to be added."""
    kinds = [("", "choose a type")] if event is None else []
    for name, kind in codebook.ontology.types.items():
        kinds.append((name, f"{name}: {kind.meaning}"))
        kinds += [(f"{name}/{mode}", f"{name}/{mode}: {kind.mode_meanings.get(mode, '')}") for mode in kind.modes]
    code = "" if event is None else f"{event.type}/{event.mode}" if event.mode else event.type
    when = event.when if event is not None else None
    days = {
        "start": when.start.isoformat() if when and when.start else None,
        "end": when.end.isoformat() if when and when.end else None,
        "precision": when.precision if when else None,
    }
    return (
        Field(name="type", label="Type", kind="choice", values=(code,), choices=tuple(kinds)),
        Field(name="actors", label="Who", kind="actors", values=_names(event.actors if event else (), actors)),
        Field(
            name="recipients", label="To whom", kind="actors", values=_names(event.recipients if event else (), actors)
        ),
        Field(
            name="when",
            label="When",
            kind="text",
            values=(time_words(days),),
            hint="2023-04-18, 2023-04, 2023, two days with .., before 2020; empty: not known",
        ),
        Field(
            name="factuality",
            label="Fact?",
            kind="choice",
            values=(event.factuality if event else "happened",),
            choices=tuple((one, one) for one in FACTUALITIES),
        ),
        Field(name="contexts", label="Contexts", kind="text", values=(", ".join(event.contexts) if event else "",)),
        Field(name="where", label="Where", kind="text", values=((event.where if event else None) or "",)),
        Field(
            name="object",
            label="Acted on",
            kind="text",
            values=((event.object if event else None) or "",),
            hint="where a state follows from it: ambassador, border",
        ),
        Field(
            name="historical",
            label="Told as history",
            kind="choice",
            values=("yes" if event and event.historical else "no",),
            choices=(("no", "no"), ("yes", "yes")),
        ),
    )


def statement_fields(statement: Statement | None, actors: Mapping[str, Actor]) -> tuple[Field, ...]:
    """Return the fields of a statement, or of one to be added."""
    speaker = (statement.speaker,) if statement and statement.speaker else ()
    due = statement.due if statement is not None else None
    days = {
        "start": due.start.isoformat() if due and due.start else None,
        "end": due.end.isoformat() if due and due.end else None,
    }
    return (
        Field(name="speaker", label="Who", kind="actor", values=_names(speaker, actors) or ("",)),
        Field(
            name="act",
            label="Act",
            kind="choice",
            values=(statement.act if statement else "claim",),
            choices=tuple((one, one) for one in ACTS),
        ),
        Field(
            name="direct",
            label="In the speaker's own words",
            kind="choice",
            values=("yes" if statement and statement.direct else "no",),
            choices=(("no", "no"), ("yes", "yes")),
        ),
        Field(name="due", label="Due", kind="text", values=(time_words(days),), hint="as 2023-04; empty: no time"),
    )


def actor_names(room: Room, article_id: str) -> tuple[str, ...]:
    """Return the names of the actors of an article, for a form to offer."""
    index = open_article(room, article_id).index
    ids = dict.fromkeys(one.actor for one in index.mentions_in.get(article_id, ()))
    return tuple(
        sorted({index.actors[one].name for one in ids if one in index.actors and not index.actors[one].anonymous})
    )


def merge_choices(room: Room, article_id: str, mark: Mark) -> tuple[tuple[str, str], ...]:
    """Return what a mark's event or actor might be one with: ids and words, the program's own candidates first."""
    index = room.near(article_id)
    if mark.layer == "actor":
        return _actor_choices(index, mark.record)
    event = index.events.get(mark.record)
    if event is None:
        return ()
    likely = [
        join.other if join.one == event.id else join.one
        for join in open_candidates(index.history, "event")
        if event.id in (join.one, join.other)
    ]
    sides = set(index.sides.parties(event))
    alike = [
        other
        for other in index.history.events
        if other.id != event.id and other.type == event.type and sides & set(index.sides.parties(other))
    ]
    alike.sort(key=lambda other: (_apart(event, other), other.id))
    ids = list(dict.fromkeys((*likely, *(other.id for other in alike))))[:_OFFERED]
    return tuple((one, _event_words(index.events[one], index)) for one in ids if one in index.events)


def consequences(before: Index, after: Index, codebook: Codebook) -> tuple[tuple[str, str], ...]:
    """Return what a decision changed in the record, each in words with the address of a page that shows it ("" for none)."""
    told: list[tuple[str, str]] = []
    gone = [one for key, one in before.relations.items() if key not in after.relations]
    come = [one for key, one in after.relations.items() if key not in before.relations]
    for verb, relations, index in (("no longer", gone, before), ("now", come, after)):
        told += [(_state_words(one, verb, index, codebook), _pair(one, index)) for one in relations[:_TOLD]]
    for what, old, new in (
        ("event", before.events, after.events),
        ("statement", before.statements, after.statements),
        ("actor", before.actors, after.actors),
    ):
        change = len(new) - len(old)
        if change:
            counted = count_words(abs(change), what)
            told.append((f"{sentence(counted)} {'more' if change > 0 else 'fewer'} in the record.", ""))
    return tuple(told)


def decision_line(room: Room, decision: Decision) -> str:
    """Return a decision in words."""
    return decision_words(decision, room.log.by_id)


def _names(ids: Iterable[str], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    return tuple(actors[one].name if one in actors else one for one in ids)


def _title(article: Article) -> str:
    return article.title or article.text.strip().split("\n", 1)[0][:80]


def _actor_choices(index: Index, actor_id: str) -> tuple[tuple[str, str], ...]:
    actor = index.actors.get(actor_id)
    if actor is None:
        return ()
    likely = [
        join.other if join.one == actor_id else join.one
        for join in open_candidates(index.history, "actor")
        if actor_id in (join.one, join.other)
    ]
    last = actor.name.split()[-1].casefold() if actor.name.split() else ""
    alike = [
        other.id
        for other in index.history.actors
        if other.id != actor_id and other.kind == actor.kind and not other.anonymous and last in other.name.casefold()
    ]
    ids = list(dict.fromkeys((*likely, *alike)))[:_OFFERED]
    return tuple((one, index.actors[one].name) for one in ids if one in index.actors)


def _event_words(event: Event, index: Index) -> str:
    day = event.when.start.isoformat() if event.when and event.when.start else "undated"
    return f"{day}: {describe_event(event, index.articles, index.sides)}"


def _apart(one: Event, other: Event) -> int:
    days: Sequence[int] = [e.when.start.toordinal() for e in (one, other) if e.when and e.when.start]
    return abs(days[0] - days[1]) if len(days) == 2 else 10_000


def _state_words(relation: Relation, verb: str, index: Index, codebook: Codebook) -> str:
    title = relation_title(relation, index.sides, codebook.relations)
    value = codebook.relations.dimensions[relation.dimension].values[relation.value]
    names = list_words([index.sides.name(relation.of), index.sides.name(relation.toward)])
    return f"{names}: {title} is {verb} given as {value}."


def _pair(relation: Relation, index: Index) -> str:
    keys = [index.actors[one].key or one for one in (relation.of, relation.toward) if one in index.actors]
    return "/".join(keys) if len(keys) == 2 else ""


def new_fields(room: Room, document: Document, about: str) -> tuple[Field, ...]:
    """Return the empty fields of an event or statement to be added."""
    actors = {actor.id: actor for actor in document.actors or ()}
    return statement_fields(None, actors) if about == "statement" else event_fields(None, actors, room.codebook)
