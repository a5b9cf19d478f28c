"""Find phrases of a table in a text: one pass over its words, the longest phrase first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")

Case = Literal["exact", "free"]

_PIECE = re.compile(r"[^\W_]+|[^\w\s]")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "‑": "-"})


def _plain(word: str) -> str:
    """The word without marks on its letters ("Elysée", "Élysée" and "Elysee" are one)."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) or word


_SHORTEST_IN_CAPITALS = 4
"""Letters of the shortest name that is also known where the whole text is in capitals: "US", "AU" and "Eta" are not."""


class Found(NamedTuple, Generic[T]):
    """A phrase at code points `start` to `end` (exclusive); `values` are the entries that bear it, in the table's order."""

    start: int
    end: int
    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class _Form(Generic[T]):
    pieces: tuple[str, ...]
    written: tuple[str, ...]
    case: Case
    value: T


class PhraseIndex(Generic[T]):
    """Phrases by their first word.

    A phrase is given with its case: `exact` is found as written, or all in capitals when it is long enough; `free` is found in
    any case. Word boundaries, runs of white space, marks on letters and the kind of apostrophe or hyphen don't matter.
    """

    def __init__(self, phrases: Iterable[tuple[str, Case, T]]) -> None:
        """Index (phrase, case, value) triples; a phrase may stand there several times with other values."""
        self._forms: dict[str, list[_Form[T]]] = {}
        for phrase, case, value in phrases:
            written = tuple(_plain(piece) for piece in _PIECE.findall(phrase.translate(_SAME)))
            if written:
                pieces = tuple(piece.casefold() for piece in written)
                self._forms.setdefault(pieces[0], []).append(_Form(pieces, written, case, value))
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form.pieces))

    def find(self, text: str) -> list[Found[T]]:
        """Return the phrases in the text, left to right, none overlapping another."""
        marks = list(_PIECE.finditer(text.translate(_SAME)))
        words = [_plain(mark.group()) for mark in marks]
        folded = [word.casefold() for word in words]
        found: list[Found[T]] = []
        at = 0
        while at < len(folded):
            forms = self._forms.get(folded[at])
            length = 1
            if forms:
                values: list[T] = []
                for form in forms:
                    n = len(form.pieces)
                    if values and n < length:
                        break
                    if tuple(folded[at : at + n]) == form.pieces and _case_fits(form, words[at : at + n]):
                        length = n
                        values.append(form.value)
                if values:
                    found.append(Found(marks[at].start(), marks[at + length - 1].end(), tuple(dict.fromkeys(values))))
            at += length
        return found


def _case_fits(form: _Form[T], words: list[str]) -> bool:
    if form.case == "free" or tuple(words) == form.written:
        return True
    letters = "".join(word for word in words if word[0].isalnum())
    if letters.isupper() and len(letters) >= _SHORTEST_IN_CAPITALS:
        return True
    # a name's first word begins with a capital at the start of a sentence ("The Hague", "Al-Qaeda")
    return (
        form.written[0][0].islower()
        and words[0] == form.written[0].capitalize()
        and words[1:] == list(form.written[1:])
    )
