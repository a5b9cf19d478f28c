"""Reading: articles → documents in batches, one poisoned article never taking its neighbours with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.errors import CodebookError, PipelineError, SettingsError
from dragoman.read import Pipeline
from dragoman.record import Article, Document
from dragoman.store.codec import Packed, pack_document

BATCH_CHARACTERS = 400_000
"""Code points after which a batch is full, however few its articles: some 65,000 words, whose parse takes about 150 MB."""

LANGUAGES = {"en": "English"}
"""The languages that a reader exists for, by ISO 639-1 code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an article: the document, or the article as it came and the reason why it was not read.

    `storable` tells an article that no reader knows the language of, which can be stored and searched all the same, from one
    on which the reader failed. Where documents are stored, `packed` takes the place of `document`.
    """

    article: Article
    document: Document | None
    reason: str | None = None
    storable: bool = True
    packed: Packed | None = None

    @property
    def kept(self) -> Document | None:
        """What of an outcome that is not packed can be stored: the document, or only the text; None for a failed reading."""
        return Document(article=self.article) if self.document is None and self.storable else self.document


def batches(articles: Iterable[Article | None], size: int) -> Iterator[list[Article]]:
    """Yield the articles in lists of at most `size`, fewer where they are long; None gives out what there is, also nothing."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        if article is None:
            yield batch
            batch, characters = [], 0
            continue
        batch.append(article)
        characters += len(article.text)
        if len(batch) >= size or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def read_batch(articles: Sequence[Article], pipeline: Pipeline) -> list[Outcome]:
    """Return what became of each article, in their order; the result does not depend on which stand together."""
    readable = [article for article in articles if article.language is None or article.language in LANGUAGES]
    read = dict(zip((article.id for article in readable), _read(readable, pipeline), strict=True))
    return [
        read.get(article.id) or Outcome(article=article, document=None, reason=_language_reason(article))
        for article in articles
    ]


def for_store(outcome: Outcome) -> Outcome:
    """Return the outcome with its document as the store keeps it, also where it can only be stored: once, where it was read."""
    document = outcome.kept
    return outcome if document is None else replace(outcome, document=None, packed=pack_document(document))


def _read(articles: Sequence[Article], pipeline: Pipeline) -> list[Outcome]:
    """Read together; where that fails, one by one, so that the article at fault is the only one refused."""
    try:
        documents = pipeline.read([Document(article=article) for article in articles])
    except (CodebookError, PipelineError, SettingsError):
        raise  # wrong for every article, not for one
    except Exception as error:
        if len(articles) == 1:
            return [Outcome(article=articles[0], document=None, reason=_fault(articles[0], error), storable=False)]
        return [outcome for article in articles for outcome in _read([article], pipeline)]
    return [Outcome(article=document.article, document=document) for document in documents]


def _fault(article: Article, error: Exception) -> str:
    words = " ".join(str(error).split()) or "no message"
    return f"{article.source}: the reader failed on it ({type(error).__name__}: {words[:200]}); please report it with the text."


def _language_reason(article: Article) -> str:
    known = " and ".join(LANGUAGES.values())
    return (
        f"{article.source}: it is in the language {article.language!r}, and there is a reader for {known} only; "
        "it can be stored and searched."
    )
