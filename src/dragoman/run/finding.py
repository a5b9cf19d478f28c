"""Finding articles by words, a name in every spelling under which the joined history knows it."""

from __future__ import annotations

from dragoman.codebook import Codebook
from dragoman.run.history import history_of
from dragoman.store import Hit, Store

_MOST_SPELLINGS = 40


def search_articles(store: Store, words: str, codebook: Codebook, limit: int) -> list[Hit]:
    """Return the articles that hold all the words, best first; words that are an actor's name find its other spellings too."""
    return store.search([words, *_spellings(store, words, codebook)], limit)


def _spellings(store: Store, words: str, codebook: Codebook) -> list[str]:
    asked = words.strip().casefold()
    found: set[str] = set()
    for actor in history_of(store, codebook).actors:
        names = {actor.name, *actor.names}
        if asked in {name.casefold() for name in names}:
            found |= names
    return sorted(f'"{name}"' for name in found)[:_MOST_SPELLINGS]
