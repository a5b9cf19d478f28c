"""The bench of `read --prefilter`: what passing over texts without a political actor saves, and which events it loses."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.ingest import Refusal
from dragoman.read import Pipeline
from dragoman.read.prefilter import names_political_actor
from dragoman.record import Article, Document
from dragoman.run.inputs import open_inputs
from dragoman.run.reading import batches
from dragoman.settings import BATCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefiltered:
    """What the prefilter passes over, of all; CPU-seconds of the prefilter, of all reading, of reading what it passes over.

    `lost` are the texts passed over in which the reader finds an event, with the words of those events.
    """

    articles: int
    skipped: int
    events: int
    events_lost: int
    statements: int
    statements_lost: int
    seconds: float
    reading: float
    saved: float
    lost: tuple[tuple[str, str], ...]


def measure_prefilter(corpus: Path, reader: Pipeline, codebook: Codebook) -> Prefiltered:
    """Read a whole corpus and count what the prefilter would have passed over; `InputError` where there is no article."""
    found = list(open_inputs([str(corpus)]))
    articles = [one for one in found if isinstance(one, Article)]
    if not articles:
        refused = [one.reason for one in found if isinstance(one, Refusal)]
        raise InputError(refused[0] if refused else f"{corpus} holds no article: name a corpus as JSON Lines.")
    reader.read(
        [Document(article=article) for article in articles[:2]]
    )  # loads models and tables before the clock runs
    names_political_actor(articles[0].text, codebook)
    start = time.process_time()
    passes = {article.id: names_political_actor(article.text, codebook) for article in articles}
    seconds = time.process_time() - start
    events = [0, 0]
    statements = [0, 0]
    reading = [0.0, 0.0]
    lost = []
    for kept in (False, True):
        for batch in batches((article for article in articles if passes[article.id] is kept), BATCH):
            start = time.process_time()
            documents = reader.read([Document(article=article) for article in batch])
            reading[kept] += time.process_time() - start
            for document in documents:
                events[kept] += len(document.events or ())
                statements[kept] += len(document.statements or ())
                if not kept and document.events:
                    words = "; ".join(f"{event.type} {event.trigger.text!r}" for event in document.events)
                    lost.append((document.article.source, words))
    return Prefiltered(
        articles=len(articles),
        skipped=sum(not passed for passed in passes.values()),
        events=sum(events),
        events_lost=events[False],
        statements=sum(statements),
        statements_lost=statements[False],
        seconds=seconds,
        reading=sum(reading),
        saved=reading[False],
        lost=tuple(lost),
    )
