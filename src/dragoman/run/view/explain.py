"""Why a mark is there: one plain sentence for each thing that it claims, with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.codebook import Codebook
from dragoman.errors import UnknownNameError
from dragoman.record import Actor, Document, Event, Mention, Relation, Span, Statement
from dragoman.record.when import DatePhrase
from dragoman.relate.describe import describe_event, describe_statement
from dragoman.relate.standing import relation_title
from dragoman.relate.wording import count_words, day_words, list_words, sentence, when_words
from dragoman.run.view.article import Mark, names_of, open_article, told
from dragoman.run.view.index import Index
from dragoman.run.view.room import Room

_HOW = {
    "name": "by name",
    "office": "by office",
    "metonym": "by a place or house that stands for it",
    "pronoun": "by a pronoun",
    "description": "by a description",
}
_FACTUALITY = {
    "happened": "It happened",
    "future": "It is announced or expected, and has not happened",
    "hypothetical": "It is only spoken of as possible",
    "negated": "It did not happen, the words say",
}
_ACTS = {
    "claim": "claims that something is so",
    "evaluation": "judges",
    "demand": "demands",
    "recommendation": "recommends",
    "expectation": "expects",
    "intention": "intends",
    "denial": "denies",
    "question": "asks",
}
SURE, FAIR = 0.75, 0.5
"""The coder's confidence from which an event is called sure and fairly sure (`Frame.confidence`: a verb has 0.8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that a mark claims: what it is about, the sentence, and where it leads (kind and id of a record)."""

    about: str
    words: str
    links: tuple[tuple[str, str, str], ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A mark explained; `also` are the other marks over its head."""

    mark: Mark
    title: str
    code: str
    points: tuple[Point, ...]
    also: tuple[Mark, ...]
    before: str
    after: str


def explain_mark(room: Room, article_id: str, mark_id: str) -> Explanation:
    """Return why a mark is there; `UnknownNameError` where the article has none of that id."""
    opened = open_article(room, article_id)
    document, index, marks = opened.document, opened.index, opened.marks
    place = next((number for number, mark in enumerate(marks) if mark.id == mark_id), None)
    if place is None:
        # an event's joined id leads to this article's first report of it
        place = next((number for number, mark in enumerate(marks) if mark.record == mark_id), None)
    if place is None:
        raise UnknownNameError(f"No mark {mark_id!r} in this article: it was read anew since; reload the page.")
    mark = marks[place]
    head = mark.head
    own = [other for other in marks if other.layer == mark.layer]
    at = own.index(mark)
    return Explanation(
        mark=mark,
        title=_title(mark, document, index),
        code=mark.code,
        points=tuple(_points(mark, document, index, room.codebook)),
        also=tuple(
            other
            for other in marks
            if other is not mark and any(start <= head < end for start, end, _part in other.stretches)
        ),
        before=own[at - 1].id if at else "",
        after=own[at + 1].id if at + 1 < len(own) else "",
    )


def _title(mark: Mark, document: Document, index: Index) -> str:
    if mark.layer == "event":
        return told(_own_event(mark, document), index)
    if mark.layer == "statement":
        return describe_statement(_own_statement(mark, document, index), index.articles)
    return mark.label


def _points(mark: Mark, document: Document, index: Index, codebook: Codebook) -> Iterator[Point]:
    match mark.layer:
        case "event":
            yield from _event_points(_own_event(mark, document), document, index, codebook)
        case "statement":
            yield from _statement_points(_own_statement(mark, document, index), index)
        case "actor":
            mention = next(
                one
                for one in index.mentions_in[document.article.id]
                if one.actor == mark.record and one.start == mark.start
            )
            yield from _actor_points(mention, index)
        case "date":
            phrase = next(one for one in document.dates or () if one.span.start == mark.start)
            yield from _date_points(phrase, document)


def _own_event(mark: Mark, document: Document) -> Event:
    return next(event for event in document.events or () if event.id == mark.id)


def _own_statement(mark: Mark, document: Document, index: Index) -> Statement:
    """The statement as joined; one that was rejected as it was read."""
    own = (statement for statement in document.statements or () if statement.id == mark.id)
    return index.statements.get(mark.id) or next(own)


def _event_points(event: Event, document: Document, index: Index, codebook: Codebook) -> Iterator[Point]:
    joined = index.events.get(index.event_of.get(event.id, ""), event)
    yield Point(about="Type", words=type_words(event, codebook))
    yield Point(about="Rule", words=rule_words(event, codebook))
    mentions = index.mentions_in.get(document.article.id, ())
    for about, ids in (("Who", joined.actors), ("To whom", joined.recipients)):
        if not ids:
            yield Point(about=about, words="Nobody is named in these words.")
        for actor_id in ids:
            words, spans = _party_words(index.actors[actor_id], event, mentions, index)
            yield Point(
                about=about, words=words, links=(("actor", actor_id, index.actors[actor_id].name),), spans=spans
            )
    yield Point(about="When", words=_time_words(event, document), spans=_phrase(event))
    yield Point(about="Fact?", words=_fact_words(event, index))
    if joined.because:
        yield Point(
            about="Reason", words="The article gives a reason for it.", links=tuple(_links(joined.because, index))
        )
    for relation in index.caused.get(joined.id, ()):
        yield Point(
            about="Changed",
            words=change_words(relation, joined.id, index, codebook),
            links=tuple(_pair_link(relation, index)),
        )
    if len(joined.members) > 1:
        reports = count_words(len(joined.members), "report")
        sources = count_words(joined.sources, "independent source")
        yield Point(
            about="Reports",
            words=f"It is told in {reports} by {sources}.",
            links=(("event", joined.id, "side by side"),),
        )
    yield Point(about="How sure", words=sure_words(event))


def type_words(event: Event, codebook: Codebook) -> str:
    """Return what an event's type and mode mean, in a sentence."""
    known = codebook.ontology.types.get(event.type)
    if known is None:
        return f"{event.type}."
    words = f"{event.type} ({known.quad}): {known.meaning}"
    if event.mode and event.mode in known.mode_meanings:
        words += f"; mode {event.mode}: {known.mode_meanings[event.mode]}"
    return words + "."


def rule_words(event: Event, codebook: Codebook) -> str:
    """Return which rule of the codebook took which words for this event."""
    trigger = " ".join(event.trigger.text.split())
    frame = codebook.frames.frames.get(event.rule)
    if frame is None:
        return f"“{trigger}” is what the act consists in: the rule {event.rule or 'without a name'}."
    told = f"“{trigger}” is a sign of it by the frame {frame.id} in {frame.file.rpartition('/')[2]}"
    if event.object:
        told += f", where it is about the {event.object.replace('_', ' ')}"
    return told + "."


def sure_words(event: Event) -> str:
    """Return how sure the coder is, in words."""
    how = "sure" if event.confidence >= SURE else "fairly sure" if event.confidence >= FAIR else "unsure"
    return f"The coder is {how} of the type; {event.made_by.replace(' ', ', version ')}."


def _party_words(actor: Actor, event: Event, mentions: Sequence[Mention], index: Index) -> tuple[str, tuple[Span, ...]]:
    """By which words of the event's clause or sentence an actor is meant; elsewhere where they have none."""
    for place in (event.clause, *event.evidence):
        if place is None:
            continue
        for one in mentions:
            if one.actor == actor.id and place.start <= one.start and one.end <= place.end:
                span = Span(article=one.article, start=one.start, end=one.end, text=one.text)
                if one.text == actor.name:
                    return "Named here.", (span,)
                return f"“{one.text}” means this actor, {_HOW[one.how]}.", (span,)
    members = sorted({one.actor for one in mentions if index.sides.side(one.actor) == actor.id})
    if members:
        return f"Meant by the context: {names_of(members[:3], index)} of the article belong to it.", ()
    return "Meant by the context; these words name nobody for it.", ()


def _time_words(event: Event, document: Document) -> str:
    if event.when is None:
        published = document.article.published
        if published is None:
            return "No words date it, and the article has no date."
        return f"No words date it; the article is of {day_words(published)}."
    phrase = f", read from “{event.when.phrase.text}”" if event.when.phrase else ", taken from the article's date"
    return f"{sentence(when_words(event.when))}{phrase}."


def _phrase(event: Event) -> tuple[Span, ...]:
    return (event.when.phrase,) if event.when is not None and event.when.phrase is not None else ()


def _fact_words(event: Event, index: Index) -> str:
    words = _FACTUALITY[event.factuality]
    speakers = [
        index.sides.name(said.speaker)
        for one in event.reported_by
        if (said := index.statements.get(one)) is not None and said.speaker is not None
    ]
    if speakers:
        words += f", as {list_words(list(dict.fromkeys(speakers)))} says, not the article"
    elif event.reported_by:
        words += ", as somebody unnamed says, not the article"
    else:
        words += ", as the article itself tells it"
    return words + ("; it is told as history." if event.historical else ".")


def change_words(relation: Relation, event_id: str, index: Index, codebook: Codebook) -> str:
    """Return what an event did to a relation."""
    title = relation_title(relation, index.sides, codebook.relations)
    value = codebook.relations.dimensions[relation.dimension].values[relation.value]
    if event_id in relation.cause:
        since = f", since {day_words(relation.since)}" if relation.since else ", since an unknown day"
        return f"It made this so: {title}: {value}{since}."
    return f"It ended this: {title}: {value}."


def _pair_link(relation: Relation, index: Index) -> Iterator[tuple[str, str, str]]:
    names = (index.sides.name(relation.of), index.sides.name(relation.toward))
    keys = [index.actors[one].key or one for one in (relation.of, relation.toward) if one in index.actors]
    if len(keys) == 2:
        yield ("pair", "/".join(keys), " and ".join(names))


def _links(ids: Sequence[str], index: Index) -> Iterator[tuple[str, str, str]]:
    for one in ids:
        if one in index.events:
            yield ("event", one, describe_event(index.events[one], index.articles, index.sides))
        elif one in index.statements:
            yield ("statement", one, describe_statement(index.statements[one], index.articles, 120))


def _statement_points(one: Statement, index: Index) -> Iterator[Point]:
    if one.speaker in index.actors:
        assert one.speaker is not None
        actor = index.actors[one.speaker]
        named = one.speaker_words.text if one.speaker_words else None
        words = (
            "Named here as the speaker." if named == actor.name else f"“{named}” means the speaker." if named else ""
        )
        yield Point(
            about="Who",
            words=words or "The speaker is carried over from the words around.",
            links=(("actor", actor.id, actor.name),),
            spans=(one.speaker_words,) if one.speaker_words else (),
        )
    else:
        named = one.speaker_words.text if one.speaker_words else None
        yield Point(about="Who", words=f"“{named}”, who is nobody known." if named else "Nobody is named.")
    cue = f", by the word “{one.cue.text}”" if one.cue else ""
    yield Point(about="Act", words=f"Whoever speaks {_ACTS[one.act]}{cue}.")
    manner = (
        "The words are the speaker's own" if one.direct else "The words are the article's, the content the speaker's"
    )
    yield Point(about="Words", words=manner + (", with some of the speaker's own inside." if one.mixed else "."))
    if one.due is not None or one.outcome is not None:
        days = [
            f"{name} {day_words(day)}"
            for name, day in (("from", one.due and one.due.start), ("by", one.due and one.due.end))
            if day
        ]
        outcome = {"met": "It came true", "failed": "It did not come true"}.get(one.outcome or "", "It is open")
        yield Point(
            about="Outcome",
            words=f"{outcome}{', due ' + ' '.join(days) if days else ''}.",
            spans=one.outcome_evidence,
        )
    if one.loaded:
        labels = list_words([f"“{span.text}”" for span in one.loaded])
        yield Point(about="Labels", words=f"{labels}: words that take a side, in the speaker's mouth.")
    if one.notes:
        yield Point(about="Notes", words="What stands in brackets is an editor's, not the speaker's.")
    about = tuple(_links(one.about, index))
    if about:
        yield Point(about="About", words="It tells of this:", links=about)


def _actor_points(mention: Mention, index: Index) -> Iterator[Point]:
    actor = index.actors[mention.actor]
    link = (("actor", actor.id, actor.name),)
    named = "Named here." if mention.text in (actor.name, *actor.names) and mention.how == "name" else ""
    yield Point(about="Who", words=named or f"“{mention.text}” means this actor, {_HOW[mention.how]}.", links=link)
    kind = {"state": "A state", "person": "A person", "body": "A body", "group": "A group"}[actor.kind]
    side = index.sides.side(actor.id)
    acts = f" that acts for {index.sides.name(side)}" if side is not None and side != actor.id else ""
    yield Point(about="Kind", words=f"{kind}{acts}{', sector ' + actor.sector if actor.sector else ''}.")
    for office in actor.offices[:4]:
        of = f", {office.of}" if office.of else ""
        yield Point(
            about="Office", words=f"{'Former: ' if office.former else ''}{office.title}{of}.", spans=office.evidence[:1]
        )
    others = [name for name in actor.names if name != actor.name]
    if others:
        yield Point(about="Spelled", words=f"Also {list_words(others[:6])}.")
    for join in index.joins_of.get(actor.id, ())[:3]:
        if join.kind == "actor" and join.joined:
            yield Point(about="Joined", words=f"Taken for one because of {list_words(join.reasons)}.")


def _date_points(phrase: DatePhrase, document: Document) -> Iterator[Point]:
    if phrase.when is None:
        known = document.article.published is not None
        words = (
            "It is a stretch of time or a habit, and no day."
            if known
            else "Without the article's date it means no day."
        )
        yield Point(about="Means", words=words)
    else:
        yield Point(about="Means", words=f"{sentence(when_words(phrase.when))}, to the {phrase.when.precision}.")
    yield Point(
        about="Read from",
        words="The article's date was needed." if phrase.anchored else "The words say it themselves.",
    )
    yield Point(about="TIMEX3", words=f"{phrase.kind} {phrase.value}")
