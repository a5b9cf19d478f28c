"""Code: the stage that adds `events`, PLOVER-coded, from frames over the parse.

What words mean which event is the codebook's (`codebook/frames.py`); how they are found stands in `coding/`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.codebook import Codebook
from dragoman.read.clause import clause_of
from dragoman.read.coding.assemble import code_sentence, is_complete
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.confidence import confidence_of
from dragoman.read.coding.content import derive, official_statements
from dragoman.read.coding.echo import echoes
from dragoman.read.coding.gate import leave_out, open_ones
from dragoman.read.coding.home import give_homes
from dragoman.read.coding.location import place_of
from dragoman.read.coding.reading import Reading, begin
from dragoman.read.coding.retold import without_retold
from dragoman.read.coding.story import (
    carry_dates,
    carry_from_headings,
    carry_from_story,
    fill_from_before,
    fill_from_pair,
    fill_recipients,
    join_reports,
    link_reasons,
    place_by_dateline,
)
from dragoman.read.quotes.cover import covering
from dragoman.read.quotes.denial import with_denials
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document, Event, Parse, Sentence, Span, Statement
from dragoman.record.ids import make_id

_NAME, _VERSION = "code", 4

_QUOTES = frozenset({'"', "'", "\u201d", "\u2019", "''", ")"})
SILENT = frozenset({"profile", "byline", "dateline"})
"""Sections whose sentences tell no events of the story."""


def candidates_of(document: Document, reading: Reading) -> list[Candidate]:
    """Return what may become events, sentence by sentence, the main one of each sentence first."""
    found: list[Candidate] = []
    for sentence in reading.parse.sentences:
        if sentence.section not in SILENT and not _asks(reading.parse, sentence):
            found.extend(code_sentence(reading, sentence))
    found = _with_statements(document.statements or (), found, reading)
    found.sort(key=lambda c: (c.sentence, c.depth, c.trigger))
    found.extend(echoes(reading, found))
    found.sort(key=lambda c: (c.sentence, c.depth, c.trigger))
    carry_from_headings(reading, found)
    carry_dates(reading, found)
    carry_from_story(reading, found)
    fill_recipients(reading, found)
    fill_from_before(found)
    fill_from_pair(reading, found)
    place_by_dateline(reading, found)
    give_homes(reading, found)
    found = leave_out(reading, found)
    found = open_ones([candidate for candidate in found if is_complete(candidate, reading)], reading)
    link_reasons(reading, found)
    for candidate in found:
        candidate.where = place_of(reading.parse, reading.parties, candidate.words, candidate.carrier)
    return found


def _asks(parse: Parse, sentence: Sentence) -> bool:
    """Tell whether a sentence is a question: what it takes for granted is told elsewhere, and what it asks is no event."""
    words = (t.text for t in reversed(parse.tokens[sentence.first : sentence.last]) if t.pos != "SPACE")
    return next((word for word in words if word not in _QUOTES), "") == "?"


def _with_statements(statements: Sequence[Statement], found: list[Candidate], reading: Reading) -> list[Candidate]:
    """Add what officials' statements amount to, and say of each event in which statements it is told."""
    parse = reading.parse
    sure = [c for c in found if is_complete(c, reading)]
    taken = frozenset(w for c in sure for w in (*c.words, *((c.carrier,) if c.carrier is not None else ())))
    for said in official_statements(parse, statements, reading.parties.actors, taken):
        content = set(said.content)
        new, gone = derive(reading, said, [c for c in found if c.trigger in content])
        for candidate in new:
            candidate.when = candidate.when or reading.dates.of(said.cue, None)
        found = [c for c in found if not any(c is g for g in gone)] + new
    for candidate in found:
        token = parse.tokens[candidate.trigger]
        around = covering(statements, token.start, token.end)
        candidate.reported_by = tuple(s.id for s in around if _reports(s, candidate, parse))
        _give_speaker(candidate, around, reading)
    return found


def _give_speaker(candidate: Candidate, around: Sequence[Statement], reading: Reading) -> None:
    """Let an official be the one whose suspicion or doubt it is, where he says that "there is" one."""
    parse, ontology = reading.parse, reading.codebook.ontology
    token = parse.tokens[candidate.trigger]
    exists = token.dep == "attr" and any(parse.tokens[c].dep == "expl" for c in parse.children[token.head])
    if candidate.cast.actors or not (exists and ontology.within("spoken", candidate.type, candidate.mode)):
        return
    speakers = [s.speaker for s in around if s.speaker in reading.parties.actors]
    if speakers and speakers[-1] is not None and reading.parties.is_political(speakers[-1]):
        candidate.cast = candidate.cast.by((speakers[-1],), "story")


def _reports(statement: Statement, candidate: Candidate, parse: Parse) -> bool:
    """Tell whether a statement reports an event: it does unless its cue is the event's own word."""
    if statement.cue is None:
        return True
    return not any(
        parse.tokens[w].start < statement.cue.end and statement.cue.start < parse.tokens[w].end for w in candidate.words
    )


_HEADS = frozenset({"title", "heading", "standfirst"})


def to_event(document: Document, group: Sequence[Candidate], names: Mapping[int, str], reading: Reading) -> Event:
    """Return the record of one event from its reports, the one that is kept first.

    Its evidence are their sentences, its trigger the words of the first; what the first leaves open the others fill in. It is
    told in somebody's words only when every report of it is. `names` are event ids by the identity of a candidate.
    """
    article = document.article
    assert document.parse is not None
    sentences = document.parse.sentences
    # a headline or a question tells least: the body's first plain telling gives the words, where there is one
    plain = (
        c
        for c in group
        if sentences[c.sentence].section not in _HEADS and not article.text[: sentences[c.sentence].end].endswith("?")
    )
    first = next(plain, group[0])
    spans = sorted({_sentence_span(document, n) for c in group for n in (c.sentence, *c.beside)})
    here = _sentence_span(document, first.sentence)
    evidence = tuple(article.span(*span) for span in (here, *(s for s in spans if s != here)))
    reasons = dict.fromkeys(names[id(r)] for c in group for r in c.because)
    own = names[id(group[0])]
    voices = [c.reported_by for c in group]
    return Event(
        id=own,
        type=first.type,
        mode=next((c.mode for c in group if c.mode), None),
        contexts=tuple(dict.fromkeys(context for c in group for context in c.contexts)),
        actors=next((c.cast.actors for c in group if c.cast.actors), ()),
        recipients=next((c.cast.recipients for c in group if c.cast.recipients), ()),
        when=next((c.when for c in group if c.when), None),
        where=next((c.where for c in group if c.where), None),
        factuality=first.factuality,
        historical=first.historical,
        score=reading.codebook.ontology.score(first.type, next((c.mode for c in group if c.mode), None)),
        object=next((c.object for c in group if c.object), None),
        reported_by=tuple(dict.fromkeys(v for voice in voices for v in voice)) if all(voices) else (),
        because=tuple(r for r in reasons if r != own),
        evidence=evidence,
        trigger=_trigger_span(document, first),
        clause=_clause_span(document, first),
        confidence=round(confidence_of(group, reading), 2),
        rule=first.rule,
        made_by=f"{_NAME} {_VERSION}",
    )


def _sentence_span(document: Document, number: int) -> tuple[int, int]:
    assert document.parse is not None
    sentence = document.parse.sentences[number]
    return sentence.start, sentence.end


def _clause_span(document: Document, candidate: Candidate) -> Span:
    parse = document.parse
    assert parse is not None
    return clause_of(document.article, parse, candidate.words)


def _trigger_span(document: Document, candidate: Candidate) -> Span:
    """The words of a trigger; of one whose words stand far apart, those from the head on."""
    assert document.parse is not None
    tokens = document.parse.tokens
    first, last = candidate.words[0], candidate.words[-1]
    return document.article.span(tokens[first].start, tokens[last].end)


def coded(document: Document, codebook: Codebook) -> tuple[Reading, list[tuple[Event, list[Candidate]]]]:
    """Return the reading of a document and its events in their order, each with the candidates that report it."""
    reading = begin(document, codebook)
    groups = without_retold(reading, join_reports(reading, candidates_of(document, reading)))
    names = {}
    for group in groups:
        head = group[0]
        identity = make_id("event", document.article.id, head.type, head.rule, _trigger_span(document, head).start)
        names.update({id(candidate): identity for candidate in group})
    return reading, [(to_event(document, group, names, reading), group) for group in groups]


def _code(document: Document, codebook: Codebook) -> Layers:
    reading, found = coded(document, codebook)
    events = tuple(event for event, _ in found)
    known = tuple(reading.parties.actors.get(actor.id, actor) for actor in document.actors or ())
    used = {a for event in events for a in (*event.actors, *event.recipients)}
    added = tuple(actor for identity, actor in sorted(reading.parties.added.items()) if identity in used)
    about: dict[str, list[str]] = {}
    for event in events:
        for statement in event.reported_by:
            about.setdefault(statement, []).append(event.id)
    told = tuple(replace(s, about=tuple(about.get(s.id, ()))) for s in document.statements or ())
    assert document.parse is not None
    statements = with_denials(document, document.parse, told, events)
    return {"events": events, "actors": (*known, *added), "statements": statements}


CODE = Stage(
    name=_NAME,
    version=_VERSION,
    needs=("parse", "dates", "mentions", "actors", "statements"),
    adds=("events", "actors", "statements"),
    read=_code,
)
