"""The desk at which a person decides: the store, the rules, the record as it stands, and who sits there."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.codebook import Codebook
from dragoman.errors import SettingsError, UnknownNameError
from dragoman.record import Decision, Document, History
from dragoman.relate.amend import Amended, amend, lenders
from dragoman.run.history import history_of
from dragoman.run.log import Log, read_log
from dragoman.settings import Settings
from dragoman.store import Store
from dragoman.store.decisions import append_decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a decision needs: the store, the codebook, the joined history before it, and who decides.

    `log` is the log before it where that is at hand; else it is read when it is needed.
    """

    store: Store
    codebook: Codebook
    history: History
    author: str
    log: Log | None = None

    def decide(self, kind: str, body: Mapping[str, Any], reason: str | None = None) -> Decision:
        """Add a decision to the log and return it; the next history that is asked for has it."""
        whole = {**body, "reason": reason.strip()} if reason and reason.strip() else dict(body)
        return append_decision(self.store, author=self.author, kind=kind, body=whole)


def sit_down(store: Store, codebook: Codebook, author: str) -> Desk:
    """Return the desk of a person over a store."""
    return Desk(store=store, codebook=codebook, history=history_of(store, codebook), author=author)


def author_of(settings: Settings, given: str | None) -> str:
    """Return who decides: the name given, that of the settings, or the login name."""
    if named := (given or settings.author or "").strip():
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise SettingsError("Nobody is logged in by name: say who decides with --author NAME.") from error


def document_of(store: Store, article: str) -> Document:
    """Return an article's document as it was read; `UnknownNameError` where the store has none."""
    document = store.document(article)
    if document is None:
        raise UnknownNameError(f"No article {article!r} in the store (any more): dragoman articles lists them.")
    return document


def amended(
    store: Store, codebook: Codebook, article: str, log: Log | None = None
) -> tuple[Document, Document, Amended]:
    """Return an article's document as it was read, the same with what people decided, and what came of the decisions.

    Only this article and those from which decisions bring it an actor are looked at. `log` is the log where it is at hand.
    """
    document = document_of(store, article)
    log = log or read_log(store)
    lent = {one for decision in log.about([article]) for one in lenders(decision)}
    others = [found for one in sorted(lent - {article}) if (found := store.document(one)) is not None]
    whole = amend([document, *others], log.about({article, *lent}), codebook)
    return document, whole.documents[0], whole
