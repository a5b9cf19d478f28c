"""The joined history: of documents at hand, or of a store, made anew only when what it is derived from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from dragoman import __version__
from dragoman.codebook import Codebook
from dragoman.errors import StoreError
from dragoman.record import Document, History
from dragoman.store import Store
from dragoman.store.decisions import decisions
from dragoman.store.derived import get_history, put_history, revision
from dragoman.store.parts import up_to_date


def history_of(store: Store, codebook: Codebook) -> History:
    """Return the joined history of all that the store holds.

    It is kept in the store and brought up to date with what was stored or decided since. Where the store may not be written
    or is held by another, it is made and not kept.
    """
    from dragoman.relate import build_history, complete

    rules = derivation_rules(codebook)
    try:
        bring_up_to_date(store, codebook)
        kept = get_history(store, rules)
    except StoreError:
        kept = None  # whoever may write will keep it; the answer is the same
    if kept is not None:
        return complete(kept, codebook)
    return build_history(list(store.documents()), codebook, decisions(store))


def known_history(store: Store, codebook: Codebook, day: date) -> History:
    """Return the history of the articles published by a day, joined as if there were no others.

    An undated article is left out: nobody can say whether it was known. Decisions count: they are about who is who.
    """
    known = [d for d in store.documents() if d.article.published is not None and d.article.published <= day]
    return history_known(store, codebook, known)


def history_known(store: Store, codebook: Codebook, documents: Iterable[Document]) -> History:
    """Return the history of some documents, joined as if there were no others, with what people decided."""
    from dragoman.relate import build_history

    return build_history(sorted(documents, key=lambda one: one.article.id), codebook, decisions(store))


def bring_up_to_date(store: Store, codebook: Codebook) -> bool:
    """Join what was stored or decided since the last time with the rest; return whether there was anything to do.

    With a register of known actors (`Codebook.registers`) everything is joined anew. `StoreError` where the store may not be
    written or is held by another.
    """
    rules = derivation_rules(codebook)
    with store.reading() as connection:
        if up_to_date(connection, rules):
            return False
    if codebook.registers:
        from dragoman.relate import join_documents

        at = revision(store)
        return put_history(store, join_documents(list(store.documents()), codebook, decisions(store)), rules, at)
    from dragoman.run.updating.update import update

    return update(store, codebook, rules)


def derivation_rules(codebook: Codebook) -> str:
    """Return by which codebook and program a history is joined: other rules derive another.

    A codebook reads each of its files once, so what they hold is reckoned once for each.
    """
    known: str | None = codebook.__dict__.get("derivation_rules")
    if known is None:
        known = f"codebook {codebook_digest(codebook)}, program {program_digest()}"
        codebook.__dict__["derivation_rules"] = known
    return known


def codebook_digest(codebook: Codebook) -> str:
    """Return the digest of every file of rules, by name and content: other rules derive another history."""
    rules = [path for folder in codebook.layers for path in sorted(folder.rglob("*")) if path.is_file()]
    return _digest([*rules, *codebook.registers])


@cache
def program_digest() -> str:
    """Return the version of the program and the digest of the code that joins, so that an update derives anew."""
    folders = [Path(__file__).parents[1] / part for part in ("names", "record", "relate", "run/updating", "store")]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return f"{__version__} {_digest(files)}"


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
