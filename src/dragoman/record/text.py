"""The article as fetched, its marked regions, and spans: the characters behind every fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.errors import EvidenceError
from dragoman.record.ids import make_id

PublishedFrom = Literal["given", "page", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words of one article: `article.text[start:end] == text`, code points, end exclusive.

    Make one with `Article.span`, which takes the words from the text; `Article.check` verifies one that came from outside.
    """

    article: str
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end and self.end - self.start == len(self.text)):
            message = f"Span {self.start}:{self.end} of article {self.article} can't hold {self.text[:40]!r}."
            raise EvidenceError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A marked stretch of an article: `start`, `end` in code points and what it is (`kind`).

    Furniture kinds: `teaser`, `navigation`, `comments`, `share`, `newsletter`, `contact`, `advertisement`, `repeat`, `caption`.
    Section kinds: `title`, `dateline`, `standfirst`, `body`, `heading`, `question`, `answer`, `profile`, `byline`.
    Notes have the kind `note`.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text as it was read, never edited; cleaning only marks regions of it.

    `source` is the path or URL it came from; `given_id` the id that its supplier gave it. `published_from` says whether the
    date was given by the user or the input's metadata (`given`), found in the page (`page`) or in the text (`text`).
    `furniture` is on the page but no part of the article; `notes` are an editor's or translator's insertions; `sections`
    cover the rest in order.
    """

    id: str
    source: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    given_id: str | None = None
    published: date | None = None
    published_from: PublishedFrom | None = None
    language: str | None = None
    text: str
    furniture: tuple[Region, ...] = ()
    notes: tuple[Region, ...] = ()
    sections: tuple[Region, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return the span of the code points from `start` to `end` (exclusive), its words taken from the text."""
        return Span(article=self.id, start=start, end=end, text=self.text[start:end])

    def check(self, span: Span) -> None:
        """Raise `EvidenceError` unless the span is of this article and its words stand at its offsets."""
        if span.article != self.id or self.text[span.start : span.end] != span.text:
            message = f"Span {span.start}:{span.end} of article {span.article} is not {span.text[:40]!r} in {self.id}."
            raise EvidenceError(message)


def article_id(text: str, origin: str | None = None) -> str:
    """Return the id of an article: of its text and, where it has one, its URL or its supplier's id.

    The path does not count: a file that was moved is the same article. Two outlets that print one agency text at two
    addresses are two articles.
    """
    return make_id("article", text, origin)
