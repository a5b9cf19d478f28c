"""Finding articles by a name in another spelling or script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.record import Document
from dragoman.run.finding import search_articles
from dragoman.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path, read_text: Callable[..., Document]) -> Store:
    """A store with an article about a person in one spelling, another in another, and one without."""
    opened = open_store(tmp_path / "store.sqlite3", create=True)
    texts = (
        "Ihor Kyzym, the ambassador of Ukraine to Belarus, left Minsk on Monday. Kyzym said that he would return.",
        "Ihar Kizim, a former ambassador of Ukraine, welcomed the sanctions. Kizim called them belated.",
        "Estonia and Latvia signed an agreement on Tuesday.",
    )
    for text in texts:
        document = read_text(text)
        opened.put(document, document.article)
    return opened


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Kyzym", 2),
        ("Kizim", 2),
        ("Кізім", 2),
        ("Ihor Kyzym", 2),
        ("Kuzmin", 0),
        ("agreement", 1),
        ("left Minsk", 1),
        ("", 0),
    ],
)
def test_a_name_is_found_in_every_spelling(store: Store, codebook: Codebook, asked: str, found: int) -> None:
    """A name in any romanisation or in Cyrillic finds the articles of all its spellings; other words find themselves."""
    assert len(search_articles(store, asked, codebook, 10)) == found
