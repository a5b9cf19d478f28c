"""Explain: which frame fires in a sentence and why, and which came near (`dragoman codebook test SENTENCE`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.codebook.frames import Entry
from dragoman.read.coding.grammar import Slots
from dragoman.read.coding.match import Sentences, failed_condition, slots_of, trigger_words
from dragoman.read.coding.reading import begin
from dragoman.read.pipeline import Pipeline
from dragoman.record import Article, Document, Event
from dragoman.record.text import article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a frame did or did not fire on a word.

    `fired` says whether it became an event; `reason` is the conditions that held, or the first that did not; `places` are the
    words found in each slot.
    """

    word: str
    frame: str
    type: str
    file: str
    fired: bool
    reason: str
    places: tuple[tuple[str, str], ...]


def explain_events(sentence: str, reader: Pipeline) -> tuple[tuple[Event, ...], tuple[Explanation, ...]]:
    """Return the events of a sentence and, for every word that is a trigger of some frame, why each frame fired or not.

    `reader` is the whole reader, whose codebook holds the frames; its last stages are the coder's.
    """
    article = Article(id=article_id(sentence), source="codebook test", text=sentence, language="en")
    document = reader.read([Document(article=article)])[0]
    events = document.events or ()
    return events, tuple(_explanations(document, reader, {(e.rule, e.trigger.start) for e in events}))


def _explanations(document: Document, reader: Pipeline, fired: set[tuple[str, int]]) -> Iterator[Explanation]:
    reading = begin(document, reader.codebook)
    parse, table = reading.parse, reader.codebook.frames
    for sentence in parse.sentences:
        view = Sentences(parse, sentence, table, reading.parties)
        for i in range(sentence.first, sentence.last):
            lemma = parse.tokens[i].lemma.lower()
            for part, index in (("verb", table.verbs), ("noun", table.nouns), ("adjective", table.adjectives)):
                for entry, words in _entries(view, i, part, index.get(lemma, ())):
                    slots = slots_of(view, i, part)
                    failed = failed_condition(view, slots, entry.frame)
                    started = (entry.frame.id, parse.tokens[words[0]].start) in fired
                    yield Explanation(
                        word=" ".join(parse.tokens[w].text for w in words),
                        frame=entry.frame.id,
                        type=entry.frame.type,
                        file=entry.frame.file,
                        fired=started,
                        reason=failed or ("fired" if started else "no party for it, or another frame came first"),
                        places=_places(view, slots),
                    )


def _entries(view: Sentences, i: int, part: str, entries: Iterable[Entry]) -> Iterator[tuple[Entry, tuple[int, ...]]]:
    for entry in entries:
        words = trigger_words(view.parse, i, entry.others, part)
        if words is not None:
            yield entry, words


def _places(view: Sentences, slots: Slots) -> tuple[tuple[str, str], ...]:
    tokens = view.parse.tokens
    return tuple((name, " + ".join(tokens[h].text for h in heads)) for name, heads in slots.filled.items())
