"""Which statements cover a stretch of the text, and whose voice its words are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.codebook.loaded import LoadedWords
from dragoman.record import Article, Parse, Span, Statement


def covering(statements: Sequence[Statement], start: int, end: int) -> list[Statement]:
    """Return the statements whose content holds the stretch from `start` to `end` (code points), innermost first."""
    found = [
        (sum(part.end - part.start for part in s.said), s.content.start, s.id, s)
        for s in statements
        if any(part.start <= start and end <= part.end for part in s.said)
    ]
    found.sort(key=lambda row: row[:3])
    return [row[3] for row in found]


def labels(article: Article, table: LoadedWords, start: int, end: int) -> Iterator[Span]:
    """Yield the loaded words between two offsets of an article, notes left out."""
    for a, b, _kind in table.find(article.text, start, end):
        if not any(note.start <= a < note.end for note in article.notes):
            yield article.span(a, b)


def loaded_words(
    article: Article, parse: Parse, table: LoadedWords, statements: Sequence[Statement] = ()
) -> tuple[Span, ...]:
    """Return the loaded words in the article's own voice: in its sentences, outside quotation marks and statements.

    `statements` are the document's; what stands in the content of one is its speaker's word, not the article's.
    """
    theirs = [(part.start, part.end) for s in statements for part in s.said]
    theirs.extend((q.start, q.end) for q in parse.quotations)
    return tuple(
        span
        for sentence in parse.sentences
        for span in labels(article, table, sentence.start, sentence.end)
        if not any(a <= span.start and span.end <= b for a, b in theirs)
    )
