"""The joined history: of documents at hand, or of a store, made anew only when what it is derived from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dragoman import __version__
from dragoman.codebook import Codebook
from dragoman.errors import StoreError
from dragoman.record import History
from dragoman.store import Store
from dragoman.store.decisions import decisions
from dragoman.store.derived import derived_from, get_history, put_history, revision


def history_of(store: Store, codebook: Codebook) -> History:
    """Return the joined history of all that the store holds.

    It is kept in the store and made again only when the articles, the decisions, the codebook or the program have changed.
    Where the store may not be written or is held by another, it is made and not kept.
    """
    at = revision(store)
    made_from = f"revision {at}, codebook {codebook_digest(codebook)}, program {program_digest()}"
    if derived_from(store) == made_from:
        kept = get_history(store, made_from)
        if kept is not None:
            return kept
    from dragoman.relate import build_history  # here, since what is kept is answered without it

    history = build_history(list(store.documents()), codebook, decisions(store))
    try:
        put_history(store, history, made_from, at)
    except StoreError:
        return history  # whoever may write will keep it; the answer is the same
    return history


def codebook_digest(codebook: Codebook) -> str:
    """Return the digest of every file of rules, by name and content: other rules derive another history."""
    rules = [path for folder in codebook.layers for path in sorted(folder.rglob("*")) if path.is_file()]
    return _digest([*rules, *codebook.registers])


@cache
def program_digest() -> str:
    """Return the version of the program and the digest of the code that joins, so that an update derives anew."""
    folders = [Path(__file__).parents[1] / part for part in ("names", "record", "relate")]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return f"{__version__} {_digest(files)}"


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
