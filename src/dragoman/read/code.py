"""Code: the stage that adds `events`, PLOVER-coded, from frames over the parse.

What words mean which event is the codebook's (`codebook/frames.py`); how they are found stands in `coding/`.
"""

from __future__ import annotations

from dragoman.codebook import Codebook
from dragoman.read.coding.assemble import Candidate, code_sentence
from dragoman.read.coding.dating import find_dates
from dragoman.read.coding.parties import find_parties
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document, Event
from dragoman.record.ids import make_id

_SILENT = frozenset({"profile", "byline", "dateline"})
"""Sections whose sentences tell no events of the story."""


def code_document(document: Document, codebook: Codebook) -> tuple[Event, ...]:
    """Return the events of a document in text order, within a sentence the main one first."""
    return tuple(to_event(document, candidate, codebook) for candidate in candidates_of(document, codebook))


def candidates_of(document: Document, codebook: Codebook) -> list[Candidate]:
    """Return what may become events, sentence by sentence, the main one of each sentence first."""
    parse = document.parse
    assert parse is not None
    parties = find_parties(document)
    dates = find_dates(parse, document.dates or ())
    table, ontology = codebook.frames, codebook.ontology
    found = []
    for sentence in parse.sentences:
        if sentence.section not in _SILENT:
            found.extend(code_sentence(parse, sentence, table, ontology, parties, dates))
    return found


def to_event(document: Document, candidate: Candidate, codebook: Codebook) -> Event:
    """Return the record of a candidate: its evidence is the sentence, its trigger the words of the frame."""
    parse = document.parse
    assert parse is not None
    article = document.article
    sentence = parse.sentences[candidate.sentence]
    first, last = candidate.match.words[0], candidate.match.words[-1]
    trigger = article.span(parse.tokens[first].start, parse.tokens[last].end)
    frame = candidate.match.frame
    return Event(
        id=make_id("event", article.id, candidate.type, frame.id, trigger.start),
        type=candidate.type,
        mode=candidate.mode,
        contexts=frame.contexts,
        actors=candidate.cast.actors,
        recipients=candidate.cast.recipients,
        when=candidate.when,
        factuality=candidate.factuality,
        score=codebook.ontology.score(candidate.type, candidate.mode),
        object=frame.object,
        evidence=(article.span(sentence.start, sentence.end),),
        trigger=trigger,
        confidence=round(candidate.confidence, 2),
        rule=frame.id,
        made_by=CODE.label,
    )


def _code(document: Document, codebook: Codebook) -> Layers:
    return {"events": code_document(document, codebook)}


CODE = Stage(
    name="code", version=1, needs=("parse", "dates", "mentions", "actors", "statements"), adds=("events",), read=_code
)
