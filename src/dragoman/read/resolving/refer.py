"""Offices and descriptions: whom "the foreign minister", "the ex-ambassador" or "the interlocutor" mean in an article."""

from __future__ import annotations

from dragoman.read.mention import Candidate
from dragoman.read.mentions.titles import TitlePhrase
from dragoman.read.resolving.draft import SUBJECTS, Draft, Ledger

_MEMORY = 1000
"""Mentions back in which the holder of an office is sought."""

_FAMILIES = (
    frozenset({"head_of_state", "head_of_government", "leader", "head_of_state_elect", "head_of_government_elect"}),
    frozenset({"ambassador", "envoy", "diplomat", "representative"}),
    frozenset({"expert", "academic"}),
    frozenset(
        {
            "foreign_minister",
            "defence_minister",
            "interior_minister",
            "finance_minister",
            "justice_minister",
            "minister",
        }
    ),
    frozenset({"legislator", "speaker"}),
    frozenset({"officer", "military_head"}),
    frozenset({"opposition_leader", "party_leader", "candidate"}),
    frozenset({"igo_head", "igo_official"}),
)
"""Roles that can name one another's holders: a minister for a foreign minister, an envoy for an ambassador."""

_BY_SECTOR = {
    "official": frozenset({"GOV", "MIL", "COP", "IGO"}),
    "expert": frozenset({"EDU"}),
    "academic": frozenset({"EDU"}),
    "legislator": frozenset({"LEG"}),
    "politician": frozenset({"GOV", "LEG", "PTY", "OPP"}),
    "diplomat": frozenset({"GOV"}),
}
"""Roles that any person of a sector may be called by."""

_DIPLOMATIC = frozenset({"foreign_minister", "spokesperson"})
"""Roles beside the sent ones whose holders a text calls diplomats."""

_EXACT = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "head_of_state_elect",
        "head_of_government_elect",
        "foreign_minister",
        "pope",
    }
    | {
        "defence_minister",
        "interior_minister",
        "finance_minister",
        "justice_minister",
        "speaker",
        "deputy_head",
        "mayor",
    }
    | {"opposition_leader", "rebel_leader", "military_head", "governor", "spokesperson"}
)
"""Roles that are held by one at a time: another's holder is another person."""


def resolve_office(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """Return the person whom an office or description means: one the article has named or described, or None."""
    title = candidate.title
    assert title is not None
    if title.counterpart or candidate.plural:
        return None
    if title.title.role == "nickname":
        return _most_mentioned(ledger, candidate)
    if candidate.definite == "a" or (
        title.title.role in ("civilian", "family", "artist") and candidate.definite != "the"
    ):
        return None
    if title.title.role == "interlocutor":
        return ledger.last_asked or ledger.last_speaker
    country = country_of(ledger, candidate)
    best: tuple[int, int] | None = None
    found = None
    for distance, draft in enumerate(_drafts_by_recency(ledger, candidate)):
        fit = _fit(draft, title, country)
        if fit and (best is None or (-fit, distance) < best):
            best, found = (-fit, distance), draft
    return found or _only_person(ledger, candidate, title, country)


def _only_person(ledger: Ledger, candidate: Candidate, title: TitlePhrase, country: str | None) -> Draft | None:
    """The one person whom the sentences before speak of, when a definite office can be his and no one else is there."""
    if candidate.definite != "the" or title.title.role not in _AGAIN:
        return None
    tokens = ledger.parse.tokens
    near = dict.fromkeys(
        reference.draft
        for reference in ledger.recent(_BACK_TO_PERSON, candidate.head)
        if reference.draft.kind == "person"
        and tokens[reference.candidate.head].sentence < tokens[candidate.head].sentence
    )
    if len(near) != 1:
        return None
    draft = next(iter(near))
    known = {t.title.role for t in draft.titles} & _EXACT
    if (
        draft.anonymous
        or (country and draft.country and country != draft.country)
        or (known and title.title.role in _EXACT)
    ):
        return None
    return draft if not (title.title.gender and draft.gender and title.title.gender != draft.gender) else None


_BACK_TO_PERSON = 2
_AGAIN = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "leader",
        "foreign_minister",
        "defence_minister",
        "minister",
        "ambassador",
        "envoy",
    }
    | {
        "legislator",
        "party_leader",
        "candidate",
        "opposition_leader",
        "speaker",
        "governor",
        "mayor",
        "officer",
        "politician",
    }
    | {"activist", "head_of_state_elect"}
)
"""Roles by which a text comes back to someone whom it has named without them."""


def country_of(ledger: Ledger, candidate: Candidate) -> str | None:
    """The state for which an office is held or an organ acts: named beside it, or that of "its" or "their"."""
    if candidate.country is not None:
        return candidate.country
    for token in (candidate.possessor, candidate.owner):
        owner = ledger.at_token.get(token) if token is not None else None
        if owner is not None:
            return owner.country
    return None


def _drafts_by_recency(ledger: Ledger, candidate: Candidate) -> list[Draft]:
    seen: dict[int, Draft] = {}
    for reference in reversed(ledger.references[-_MEMORY:]):
        if reference.draft.kind == "person" and reference.candidate is not candidate:
            seen.setdefault(reference.draft.number, reference.draft)
    return list(seen.values())


def _fit(draft: Draft, title: TitlePhrase, country: str | None) -> int:
    """How well a description fits a person, 0 for not at all: the same office, one of its family, one of the sector."""
    if country is not None and draft.country is not None and country != draft.country:
        return 0
    if draft.plural or (title.title.gender and draft.gender and title.title.gender != draft.gender):
        return 0
    role, roles = title.title.role, draft.roles
    bodies = {other.of for other in draft.titles} - {None}
    if title.of is not None and bodies and title.of not in bodies:
        return 0
    same_state = 1 if country is not None and country == draft.country else 0
    if any(_same_title(title, other) for other in draft.titles):
        return 8 + same_state
    if role in roles and role not in ("minister", "officer", "head", "cleric", "civilian", "artist", "family"):
        return 6 + same_state
    if role in ("civilian", "artist", "family", "head"):
        return 0
    for family in _FAMILIES:
        if role in family and roles & family:
            mixed = role in _EXACT and not roles & {role}
            if mixed and roles & family & _EXACT:
                return 0
            return 4 + same_state
    sectors = _BY_SECTOR.get(role)
    if sectors is not None and draft.sector in sectors and (role != "diplomat" or _is_diplomat(draft)):
        return 2 + same_state
    return 0


def _is_diplomat(draft: Draft) -> bool:
    return bool(draft.roles & _DIPLOMATIC) or any("foreign" in title.title.title for title in draft.titles)


def _same_title(one: TitlePhrase, other: TitlePhrase) -> bool:
    generic = one.title.role in ("head", "minister", "official", "spokesperson")
    return one.title is other.title and (not generic or one.of in (None, other.of))


def _most_mentioned(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """A nickname inside a quotation means whom the article speaks of most, who is not the speaker."""
    if ledger.quote_of[candidate.head] < 0:
        return None
    persons = [
        draft
        for draft in ledger.drafts[:_MEMORY]
        if draft.kind == "person"
        and draft is not ledger.last_speaker
        and draft.gender != "female"
        and not draft.anonymous
    ]
    counted = sorted(persons, key=lambda draft: (-ledger.counts.get(draft.number, 0), draft.number))
    return counted[0] if counted and ledger.counts.get(counted[0].number, 0) > 2 else None


def copula_subject(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """The person of whom the office is said: "Doe is the foreign minister", "Doe became president"."""
    token = ledger.parse.tokens[candidate.head]
    verb = ledger.parse.tokens[token.head]
    if token.dep not in ("attr", "oprd") or verb.lemma not in ("be", "become", "remain", "name", "appoint", "elect"):
        return None
    if any(ledger.parse.tokens[i].dep == "neg" for i in ledger.parse.children[verb.i]):
        return None
    for i in ledger.parse.children[verb.i]:
        if ledger.parse.tokens[i].dep in SUBJECTS and i < token.i:
            draft = ledger.at_token.get(i)
            if draft is not None and draft.kind == "person":
                return draft
    return None


def resolve_description(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """Return the body, group or state that "the alliance" or "the kingdom" comes back to: the last of its kind mentioned."""
    word = ledger.parse.tokens[candidate.head].text.lower()
    if candidate.possessor is not None:
        owner = ledger.at_token.get(candidate.possessor)
        rules = ledger.codebook.mentions
        own = (
            (word in rules.descriptions["state"] or word in rules.states_called)
            and owner is not None
            and owner.country is not None
        )
        return ledger.by_key.get(owner.country) if own and owner is not None and owner.country is not None else None
    kinds = {kind for kind, nouns in ledger.codebook.mentions.descriptions.items() if word in nouns}
    codes = ledger.codebook.mentions.states_called.get(word)
    for reference in ledger.recent(_BACK, candidate.head):
        if reference.candidate.head > candidate.head:
            continue
        if codes is not None and reference.draft.key in codes:
            return reference.draft
        of_it = candidate.country is None or reference.draft.country in (None, candidate.country)
        if of_it and kind_of(ledger, reference.draft) in kinds:
            return reference.draft
    return None


def kind_of(ledger: Ledger, draft: Draft) -> str | None:
    """What a draft is, in the words of the codebook's lists of descriptions."""
    if draft.kind == "state":
        return "state"
    if draft.kind == "person":
        return None
    if draft.organ.endswith("ministry"):
        return "ministry"
    body = ledger.codebook.bodies.find(draft.key) if draft.key else None
    if body is None:
        armed = draft.kind == "group" and draft.sector in ("REB", "OPP", "PTY", "UAF")
        return "group" if armed else None
    if body.igo:
        return "igo"
    if body.ngo:
        return "ngo"
    return {"group": "group", "outlet": "outlet"}.get(body.kind) or {"BUS": "business", "EDU": "think_tank"}.get(
        body.sector
    )


_BACK = 3
"""Sentences back in which a description's body is sought."""
