"""Demonyms for persons: "two Russians", "an Israeli", "ethnic Albanians" and "the Russian" who has been named before."""

from __future__ import annotations

from dragoman.read.mention import Candidate
from dragoman.read.resolving.draft import Draft, Ledger

_SOME = frozenset({"a", "an", "some", "several", "many", "ethnic", "few", "most", "dozens", "hundreds", "thousands"})
_ETHNIC = frozenset({"ethnic", "kosovo", "bosnian"})
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "poss", "conj", "appos", "ROOT"})
_COLLECTIVE = ("sh", "ch", "ese", "ss")
"""Endings of demonyms that mean the nation with "the" ("the French", "the Chinese", "the Swiss")."""

_REACH = 3


def some_people(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """Return the draft of some people, or of one person, where a demonym does not mean the state; else None."""
    entry = candidate.entry
    assert entry is not None
    if entry.kind not in ("people", "demonym"):
        return None
    tokens = ledger.parse.tokens
    token = tokens[candidate.head]
    if entry.kind == "demonym" and (token.pos not in ("NOUN", "PROPN", "ADJ") or token.dep not in _PARTS):
        return None
    before = [tokens[i] for i in ledger.parse.children[token.i] if i < token.i]
    if entry.kind == "demonym" and any(t.text.lower() == "the" for t in before):
        return _the_one(ledger, candidate)
    left = tokens[candidate.first - 1].text.lower() if candidate.first > 0 else ""
    some = any(t.pos == "NUM" or t.dep == "amod" or t.text.lower() in _SOME for t in before)
    if not some and left not in _ETHNIC:
        return None
    first = candidate.first
    while first > 0 and tokens[first - 1].head == token.i and tokens[first - 1].pos in ("ADJ", "NUM", "PROPN"):
        first -= 1
    ethnic = any(t.text.lower() in _ETHNIC for t in tokens[first : candidate.first])
    name = ledger.text(first, candidate.last)
    alike = ("people", entry.country, name.casefold())
    if alike in ledger.strangers:
        return ledger.strangers[alike]
    ledger.strangers[alike] = ledger.new(
        "group",
        name,
        country=None if ethnic else entry.country,
        sector="CVL",
        anonymous=True,
        plural=entry.kind == "people",
    )
    return ledger.strangers[alike]


def _the_one(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """The person of that state whom the last sentences named ("the Russian then said")."""
    entry = candidate.entry
    word = ledger.text(candidate.first, candidate.last)
    if entry is None or entry.country is None or word.endswith(_COLLECTIVE):
        return None
    persons = dict.fromkeys(
        reference.draft
        for reference in ledger.recent(_REACH, candidate.head)
        if reference.draft.kind == "person"
        and reference.draft.country in (entry.country, None)
        and not reference.draft.plural
    )
    same = [draft for draft in persons if draft.country == entry.country]
    found = same or [draft for draft in persons if not draft.anonymous]
    if len(found) != 1:
        return None
    # "the German replied" tells the state of whom the text has only named
    found[0].place(entry.country, f"called the {word}", candidate.first, candidate.last)
    return found[0]
