"""Offices named before their holder: "The king of Jordan flew to Cairo. Abdullah II said ..." is one person.

A text may bring the office first and the name only later. What was read as a nameless holder is the named person where the
text, or the codebook, gives the name that very office, or where the name follows at once and nobody else can be meant.
"""

from __future__ import annotations

from dragoman.read.mentions.titles import TitlePhrase
from dragoman.read.resolving.draft import SUBJECTS, Draft, Ground, Ledger, Reference
from dragoman.read.resolving.refer import EXACT, FAMILIES

_FOLLOWS = 1
"""Sentences after an office in which its holder's name may follow."""

_HELD_ALONE = (EXACT | {"ambassador", "igo_head"}) - {"mayor", "governor", "spokesperson", "speaker", "rebel_leader"}
"""Roles that one person of a state holds at a time."""

_FOLLOWED = _HELD_ALONE | {
    "envoy",
    "igo_official",
    "cleric",
    "governor",
    "mayor",
    "speaker",
    "leader",
    "party_leader",
    "head",
}
"""Roles whose holder's name may follow without the title."""

_RANKS = frozenset(
    {"deputy", "vice", "assistant", "acting", "former", "ex", "new", "then", "next", "incoming", "outgoing"}
)


def join_forward(ledger: Ledger) -> None:
    """Make nameless holders of offices the persons whom the text names later; the ledger keeps who proved to be whom."""
    first: dict[int, Reference] = {}
    for reference in ledger.references:
        first.setdefault(reference.draft.number, reference)
    nameless = [
        d
        for d in ledger.drafts
        if d.kind == "person" and d.anonymous and not d.plural and (d.titles or d.held) and d.number in first
    ]
    named = [d for d in ledger.drafts if d.kind == "person" and not d.anonymous and d.number in first]
    for draft in nameless:
        if not draft.titles:
            other = _counterpart(draft, named)
            if other is not None:
                _join(ledger, draft, other, "the only person of that state in such an office")
            continue
        title = draft.titles[0]
        if not title.is_office or title.definite == "a":
            continue
        found = _same_office(ledger, draft, title, named) or _follows(ledger, draft, title, named, first)
        if found is not None:
            _join(ledger, draft, *found)


def _counterpart(draft: Draft, named: list[Draft]) -> Draft | None:
    """The one named person of a nameless counterpart's state in the office that both hold."""
    roles = set(draft.held) & _HELD_ALONE
    fits = [d for d in named if d.country == draft.country is not None and _compatible(draft, d) and d.roles & roles]
    return fits[0] if len(fits) == 1 else None


def _same_office(ledger: Ledger, draft: Draft, title: TitlePhrase, named: list[Draft]) -> tuple[Draft, str] | None:
    """The one person whom the text, or the codebook, gives the very office."""
    if title.title.role not in _HELD_ALONE:
        return None
    ranks = _ranks(ledger, title)
    fits = [other for other in named if _compatible(draft, other) and other.country == draft.country is not None]
    told = [
        other
        for other in fits
        if any(
            mine.title is title.title and mine.host == title.host and _ranks(ledger, mine) == ranks
            for mine in other.titles
        )
    ]
    if len(told) == 1:
        return told[0], "the text gives the person this office"
    known = [other for other in fits if not ranks and title.title.title in other.posts]
    if not told and len(known) == 1:
        return known[0], "the codebook gives the person this office"
    return None


def _follows(
    ledger: Ledger, draft: Draft, title: TitlePhrase, named: list[Draft], first: dict[int, Reference]
) -> tuple[Draft, str] | None:
    """The one person whose name follows at once as a subject, without an office that says otherwise."""
    if title.title.role not in _FOLLOWED or "former" in _ranks(ledger, title):
        return None
    tokens = ledger.parse.tokens
    here = tokens[first[draft.number].candidate.head]
    if _part(ledger, here.i) not in SUBJECTS:
        return None
    new = []
    for other in named:
        there = tokens[first[other.number].candidate.head]
        if there.i > here.i and there.sentence - here.sentence <= _FOLLOWS and there.sentence >= here.sentence:
            new.append((other, there))
    if len(new) != 1:
        return None
    other, there = new[0]
    opens = _part(ledger, there.i) in SUBJECTS or (there.dep == "poss" and tokens[there.head].dep in SUBJECTS)
    apart = there.sentence > here.sentence or any(t.text in (":", ";") for t in tokens[here.i : there.i])
    family = next((family for family in FAMILIES if title.title.role in family), frozenset({title.title.role}))
    roles = other.roles
    if not opens or not apart or not _compatible(draft, other) or (roles and not roles & family):
        return None
    return other, "the name follows the office, and nobody else is named there"


def _compatible(draft: Draft, other: Draft) -> bool:
    countries = {draft.country, other.country} - {None}
    genders = {draft.gender, other.gender} - {None}
    return len(countries) < 2 and len(genders) < 2


def _ranks(ledger: Ledger, title: TitlePhrase) -> frozenset[str]:
    words = {token.text.lower() for token in ledger.parse.tokens[title.first : title.head + 1]}
    return frozenset(words & _RANKS) | (frozenset({"former"}) if title.former else frozenset())


def _part(ledger: Ledger, i: int) -> str:
    """The part of a token in its clause; in apposition or coordination, that of its head."""
    token = ledger.parse.tokens[i]
    for _ in range(3):
        if token.dep not in ("appos", "compound", "conj", "nmod") or token.head == token.i:
            break
        token = ledger.parse.tokens[token.head]
    return token.dep


def _join(ledger: Ledger, draft: Draft, other: Draft, why: str) -> None:
    ledger.same[draft.number] = other
    other.titles.extend(draft.titles)
    other.place(draft.country, "", -1, -1)
    other.grounds = [ground for ground in other.grounds if ground.why] + draft.grounds
    other.gender = other.gender or draft.gender
    other.sector = other.sector or draft.sector
    other.of = other.of or draft.of
    other.grounds.append(Ground("mention", f"{draft.name}: {why}"))
    ledger.references = [
        Reference(other, r.candidate, r.how, r.why or why) if r.draft is draft else r for r in ledger.references
    ]
