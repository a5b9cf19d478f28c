"""What all tests share: one codebook and one reader, loaded once a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.codebook import Codebook
from dragoman.read import Pipeline, build_reader
from dragoman.record import Article, Document
from dragoman.record.text import article_id


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """The project's own codebook."""
    return Codebook()


@pytest.fixture(scope="session")
def reader(codebook: Codebook) -> Pipeline:
    """The English reader with every stage."""
    return build_reader(codebook)


@pytest.fixture(scope="session")
def read_text(reader: Pipeline) -> Callable[..., Document]:
    """A function that reads a text, dated where `published` is given, into a document."""

    def read(text: str, published: str | None = None) -> Document:
        article = Article(
            id=article_id(text),
            source="test",
            text=text,
            published=date.fromisoformat(published) if published else None,
            published_from="given" if published else None,
            language="en",
        )
        return reader.read([Document(article=article)])[0]

    return read
