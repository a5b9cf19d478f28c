"""Finding articles by words, a name in every spelling under which the joined history knows it, in any script."""

from __future__ import annotations

from contextlib import suppress

from dragoman.codebook import Codebook
from dragoman.errors import StoreError
from dragoman.names import compare
from dragoman.run.history import bring_up_to_date
from dragoman.store import Hit, Store
from dragoman.store.derived import forms_near, names_of

SAME_SPELLED = 0.97
"""The likeness of two names from which they are spellings of one: Kizim and Kyzym have 0.99, Minsk and Minsky 0.967."""

_LONGEST_NAME = 4
"""Words of a name: a longer query is no name."""


def search_articles(store: Store, words: str, codebook: Codebook, limit: int) -> list[Hit]:
    """Return the articles that hold all the words, best first; a person's name finds the articles of its spellings too."""
    with suppress(StoreError):  # who may not write, or while others do, finds by the spellings that were known last
        bring_up_to_date(store, codebook)
    return store.search([words, *_spellings(store, words)], limit)


def _spellings(store: Store, words: str) -> list[str]:
    asked = words.strip()
    if not asked or len(asked.split()) > _LONGEST_NAME or not asked.replace(" ", "").replace("-", "").isalpha():
        return []
    near = [(form, actor) for form, actor in forms_near(store, asked) if compare(asked, form).score >= SAME_SPELLED]
    forms = {form for form, _actor in near}
    whole = [actor for form, actor in near if " " in form]  # a surname alone may be another bearer's
    return [f'"{form}"' for form in sorted(forms | set(names_of(store, whole)))]
