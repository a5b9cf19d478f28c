"""Code: the stage that adds `events`, PLOVER-coded, from frames over the parse.

What words mean which event is the codebook's (`codebook/frames.py`); how they are found stands in `coding/`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook import Codebook
from dragoman.read.clause import clause_of
from dragoman.read.coding.assemble import code_sentence
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.content import derive, official_statements
from dragoman.read.coding.reading import Reading, begin
from dragoman.read.quotes.cover import covering
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document, Event, Parse, Statement
from dragoman.record.ids import make_id

_NAME, _VERSION = "code", 1

_SILENT = frozenset({"profile", "byline", "dateline"})
"""Sections whose sentences tell no events of the story."""


def candidates_of(document: Document, reading: Reading) -> list[Candidate]:
    """Return what may become events, sentence by sentence, the main one of each sentence first."""
    found: list[Candidate] = []
    for sentence in reading.parse.sentences:
        if sentence.section not in _SILENT:
            found.extend(code_sentence(reading, sentence))
    found = _with_statements(document.statements or (), found, reading)
    found.sort(key=lambda c: (c.sentence, c.depth, c.trigger))
    return found


def _with_statements(statements: Sequence[Statement], found: list[Candidate], reading: Reading) -> list[Candidate]:
    """Add what officials' statements amount to, and say of each event in which statements it is told."""
    parse = reading.parse
    taken = frozenset(w for c in found for w in (*c.words, *((c.carrier,) if c.carrier is not None else ())))
    for said in official_statements(parse, statements, reading.parties.actors, taken):
        content = set(said.content)
        new, gone = derive(reading, said, [c for c in found if c.trigger in content])
        for candidate in new:
            candidate.when = reading.dates.of(said.cue, None)
        found = [c for c in found if not any(c is g for g in gone)] + new
    for candidate in found:
        token = parse.tokens[candidate.trigger]
        around = covering(statements, token.start, token.end)
        candidate.reported_by = tuple(s.id for s in around if _reports(s, candidate, parse))
    return found


def _reports(statement: Statement, candidate: Candidate, parse: Parse) -> bool:
    """Tell whether a statement reports an event: it does unless its cue is the event's own word."""
    if statement.cue is None:
        return True
    return not any(
        parse.tokens[w].start < statement.cue.end and statement.cue.start < parse.tokens[w].end for w in candidate.words
    )


def to_event(document: Document, candidate: Candidate, codebook: Codebook) -> Event:
    """Return the record of a candidate: its evidence is the sentence, its trigger the words of the frame."""
    parse = document.parse
    assert parse is not None
    article = document.article
    sentence = parse.sentences[candidate.sentence]
    first, last = candidate.words[0], candidate.words[-1]
    trigger = article.span(parse.tokens[first].start, parse.tokens[last].end)
    return Event(
        id=event_id(document, candidate, trigger.start),
        type=candidate.type,
        mode=candidate.mode,
        contexts=candidate.contexts,
        actors=candidate.cast.actors,
        recipients=candidate.cast.recipients,
        when=candidate.when,
        where=candidate.where,
        factuality=candidate.factuality,
        historical=candidate.historical,
        score=codebook.ontology.score(candidate.type, candidate.mode),
        object=candidate.object,
        reported_by=candidate.reported_by,
        evidence=(article.span(sentence.start, sentence.end),),
        trigger=trigger,
        clause=clause_of(article, parse, candidate.words),
        confidence=round(candidate.confidence, 2),
        rule=candidate.rule,
        made_by=f"{_NAME} {_VERSION}",
    )


def event_id(document: Document, candidate: Candidate, start: int) -> str:
    """Return the id of an event: of its article, its coding and the place of its trigger."""
    return make_id("event", document.article.id, candidate.type, candidate.rule, start)


def _code(document: Document, codebook: Codebook) -> Layers:
    reading = begin(document, codebook)
    events = tuple(to_event(document, c, codebook) for c in candidates_of(document, reading))
    used = {a for event in events for a in (*event.actors, *event.recipients)}
    added = tuple(actor for identity, actor in sorted(reading.parties.added.items()) if identity in used)
    return {"events": events, "actors": (*(document.actors or ()), *added)}


CODE = Stage(
    name=_NAME,
    version=_VERSION,
    needs=("parse", "dates", "mentions", "actors", "statements"),
    adds=("events", "actors"),
    read=_code,
)
