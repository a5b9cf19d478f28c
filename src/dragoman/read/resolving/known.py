"""Names of the codebook: the one draft of each state, body and group in an article."""

from __future__ import annotations

from dragoman.codebook.gazetteer import Entry
from dragoman.read.resolving.draft import Draft, Ledger


def known_draft(ledger: Ledger, entry: Entry, words: str = "") -> Draft:
    """Return the draft of a codebook name: the state of a capital or demonym, a body, or the organ that a seat stands for."""
    if entry.kind == "metonym" and entry.stands_for != "state":
        key, kind = f"{entry.key}:{entry.stands_for.casefold()}", "body"
        found = ledger.by_key.get(key)
        if found is None:
            found = ledger.new("body", entry.name, key=key, country=entry.country, sector=entry.sector)
    elif entry.kind in ("body", "group", "outlet"):
        found = ledger.by_key.get(entry.key)
        if found is None:
            kind = "group" if entry.kind == "group" else "body"
            found = ledger.new(kind, entry.name, key=entry.key, country=entry.country, sector=entry.sector)  # type: ignore[arg-type]
    elif entry.stands_for == "body":
        found = ledger.by_key.get(entry.key) or ledger.new("body", entry.name, key=entry.key, sector=entry.sector)
    else:
        found = state_draft(ledger, entry.key)
    if words and entry.kind in ("state", "body", "group", "outlet", "metonym"):
        found.names.setdefault(words, None)
    return found


def state_draft(ledger: Ledger, code: str) -> Draft:
    """Return the draft of the state or territory of that code."""
    found = ledger.by_key.get(code)
    if found is None:
        territory = ledger.codebook.territories.by_code[code]
        found = ledger.new("state", territory.name, key=code, country=territory.country, sector="GOV")
    return found
