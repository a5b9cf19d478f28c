"""Offices and descriptions: whom "the foreign minister", "the ex-ambassador" or "the interlocutor" mean in an article."""

from __future__ import annotations

from dragoman.read.mention import Candidate
from dragoman.read.mentions.titles import TitlePhrase
from dragoman.read.resolving.draft import SUBJECTS, Draft, Ledger, Link
from dragoman.read.resolving.known import state_draft

_MEMORY = 1000
"""Mentions back in which the holder of an office is sought."""

FAMILIES = (
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

EXACT = frozenset(
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


def resolve_office(ledger: Ledger, candidate: Candidate) -> Link | None:
    """Return the person whom an office or description means: one the article has named or described, or None."""
    title = candidate.title
    assert title is not None
    if candidate.plural:
        return None
    if title.counterpart:
        return _counterpart(ledger, candidate)
    if title.title.role == "nickname":
        return _most_mentioned(ledger, candidate)
    if candidate.definite == "a" or (
        title.title.role in ("civilian", "family", "artist") and candidate.definite != "the"
    ):
        return None
    if title.title.role == "interlocutor":
        asked = ledger.last_asked or ledger.last_speaker
        return Link(asked, "who was asked, or spoke last") if asked is not None else None
    if title.title.role == "other":
        return other_of_two(ledger, candidate)
    country = country_of(ledger, candidate)
    best: tuple[int, int] | None = None
    found = None
    for distance, draft in enumerate(_drafts_by_recency(ledger, candidate)):
        fit = _fit(draft, title, country)
        if fit and (best is None or (-fit, distance) < best):
            best, found = (-fit, distance), draft
    newest = _newest(ledger, candidate, title, country) if title.is_office else None
    if newest is not None:
        return newest
    if found is not None and best is not None:
        return Link(found, _WHY[-best[0] // 2 * 2])
    return _only_person(ledger, candidate, title, country)


def _newest(ledger: Ledger, candidate: Candidate, title: TitlePhrase, country: str | None) -> Link | None:
    """Of several who hold such an office, the one who came last into it, for "the new president"."""
    words = {token.text.lower() for token in ledger.parse.tokens[title.first : title.head]}
    if not words & {"new", "newly", "incoming"}:
        return None
    fits = [d for d in _drafts_by_recency(ledger, candidate) if d.since is not None and _fit(d, title, country)]
    if not fits:
        return None
    draft = max(fits, key=lambda d: d.since or 0)
    return Link(draft, "the codebook has the person as the latest in such an office")


_WHY = {
    8: "the text gives the person this office",
    6: "the person holds such an office",
    4: "the person holds an office that is also called so",
    2: "the last person of that sector",
}
"""Reasons by how well an office fits."""


def _counterpart(ledger: Ledger, candidate: Candidate) -> Link | None:
    """The one person of the state named ("his Turkish counterpart"), or of another state, in the same or a like office."""
    token = candidate.possessor if candidate.possessor is not None else candidate.owner
    owner = ledger.at_token.get(token) if token is not None else None
    if owner is None:
        return None
    near = dict.fromkeys(
        reference.draft
        for reference in ledger.recent(_BACK, candidate.head)
        if reference.draft.kind == "person" and reference.draft is not owner and not reference.draft.plural
    )
    fits = [
        draft
        for draft in near
        if draft.country is not None
        and draft.country == (candidate.country or draft.country)
        and draft.country != owner.country
        and (not draft.roles or not owner.roles or draft.roles & owner.roles)
    ]
    return Link(fits[0], f"the only one in an office such as that of {owner.name}") if len(fits) == 1 else None


def other_of_two(ledger: Ledger, candidate: Candidate) -> Link | None:
    """Return the other of two ("his guest", "its rival"): the one person, or state, spoken of beside the owner.

    With an adjective ("the Japanese host") it is the last person of that state.
    """
    if candidate.country is not None:
        for reference in ledger.recent(_BACK, candidate.head):
            draft = reference.draft
            if draft.kind == "person" and not draft.plural and draft.country == candidate.country:
                return Link(draft, f"the last person of {candidate.country}")
        return None
    token = candidate.possessor if candidate.possessor is not None else candidate.owner
    owner = ledger.at_token.get(token) if token is not None else None
    if owner is None:
        role = candidate.title.title.title if candidate.title is not None else ""
        called = [
            reference.draft
            for reference in ledger.recent(_BACK, candidate.head)
            if any(title.title.role == "other" and title.title.title == role for title in reference.draft.titles)
        ]
        return Link(called[0], "called so before") if called and candidate.definite == "the" else None
    others = dict.fromkeys(
        reference.draft
        for reference in ledger.recent(_BACK_TO_PERSON, candidate.head)
        if reference.draft is not owner
        and reference.draft.kind == owner.kind
        and not reference.draft.plural
        and (owner.kind == "state" or not reference.draft.anonymous)
    )
    if len(others) != 1:
        return None
    return Link(next(iter(others)), f"the only one spoken of beside {owner.name}")


def _only_person(ledger: Ledger, candidate: Candidate, title: TitlePhrase, country: str | None) -> Link | None:
    """The one person whom the sentences before speak of, when a definite office can be his and no one else is there."""
    again = title.title.role in _AGAIN | _AGAIN_IF_UNKNOWN or (
        title.former and title.title.role in ("civilian", "artist")
    )
    if candidate.definite != "the" or not again or (title.title.role == "human" and title.own != title.head):
        return None
    near = dict.fromkeys(
        reference.draft
        for reference in ledger.recent(_BACK_TO_PERSON, candidate.head)
        if reference.draft.kind == "person" and _closed_before(ledger, reference.candidate.head, candidate.head)
    )
    acting = _clause_subject(ledger, candidate)
    near = {draft: None for draft in near if draft is not acting}
    if country is not None or title.gender is not None:
        near = {draft: None for draft in near if _agrees(draft, title, country)}
    if len(near) > 1:
        near = _subjects_before(ledger, candidate.head) or _named_before(ledger, candidate.head)
    if len(near) != 1:
        return None
    draft = next(iter(near))
    known = {t.title.role for t in draft.titles} & EXACT
    if (
        draft.anonymous
        or not _agrees(draft, title, country)
        or (known and title.title.role in EXACT)
        or (draft.roles and title.title.role in _AGAIN_IF_UNKNOWN)
    ):
        return None
    return Link(draft, "the only person of whom the sentences before speak")


def _agrees(draft: Draft, title: TitlePhrase, country: str | None) -> bool:
    """Whether a person is not known to be of another state or gender than a description tells."""
    other_state = country is not None and draft.country is not None and country != draft.country
    return not other_state and not (title.gender and draft.gender and title.gender != draft.gender)


def _subjects_before(ledger: Ledger, at: int) -> dict[Draft, None]:
    """The persons who are subjects of the sentence right before."""
    tokens = ledger.parse.tokens
    return dict.fromkeys(
        reference.draft
        for reference in ledger.recent(1, at)
        if reference.draft.kind == "person"
        and tokens[reference.candidate.head].sentence == tokens[at].sentence - 1
        and tokens[reference.candidate.head].dep in SUBJECTS
        and reference.how != "pronoun"
    )


def _clause_subject(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """Who acts in the clause in which the words are not the subject: whom they do not mean."""
    tokens = ledger.parse.tokens
    token = tokens[candidate.head]
    if token.dep in SUBJECTS or token.dep in ("appos", "attr"):
        return None
    for i in ledger.parse.ancestors(token.i):
        if tokens[i].dep in SUBJECTS:
            return None
        if tokens[i].pos in ("VERB", "AUX"):
            subject = next((j for j in ledger.parse.children[i] if tokens[j].dep in SUBJECTS and j < token.i), None)
            return ledger.at_token.get(subject) if subject is not None else None
    return None


def _named_before(ledger: Ledger, at: int) -> dict[Draft, None]:
    """The persons whom the sentence right before names."""
    tokens = ledger.parse.tokens
    return dict.fromkeys(
        reference.draft
        for reference in ledger.recent(1, at)
        if reference.draft.kind == "person"
        and reference.how == "name"
        and tokens[reference.candidate.head].sentence == tokens[at].sentence - 1
    )


def _closed_before(ledger: Ledger, i: int, at: int) -> bool:
    """Whether a token stands in an earlier sentence, or in an earlier part of this one, closed by a semicolon or colon."""
    tokens = ledger.parse.tokens
    if tokens[i].sentence != tokens[at].sentence:
        return tokens[i].sentence < tokens[at].sentence
    return any(tokens[j].text in (";", ":") for j in range(i, at))


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
    | {"activist", "head_of_state_elect", "stance", "head", "human"}
)
"""Roles by which a text comes back to someone whom it has named without them."""

_AGAIN_IF_UNKNOWN = frozenset(
    {
        "cleric",
        "business",
        "lawyer",
        "academic",
        "expert",
        "journalist",
        "diplomat",
        "official",
        "royal",
        "pope",
        "judge",
    }
    | {
        "prosecutor",
        "igo_head",
        "igo_official",
        "deputy_head",
        "adviser",
        "rebel_leader",
        "rebel",
        "police",
        "intelligence",
    }
)
"""Such roles where the text has not yet said what the person is."""


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
    if draft.plural or (title.gender and draft.gender and title.gender != draft.gender):
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
    for family in FAMILIES:
        if role in family and roles & family:
            mixed = role in EXACT and not roles & {role}
            if mixed and roles & family & EXACT:
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


def _most_mentioned(ledger: Ledger, candidate: Candidate) -> Link | None:
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
    if not counted or ledger.counts.get(counted[0].number, 0) <= 2:
        return None
    return Link(counted[0], "whom the article speaks of most, beside the speaker")


def copula_subject(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """The person of whom the office is said: "Doe is the foreign minister", "Doe became president"."""
    token = ledger.parse.tokens[candidate.head]
    verb = ledger.parse.tokens[token.head]
    if token.dep == "pobj" and verb.text.lower() == "as":
        # "named Doe as envoy"
        namer = ledger.parse.tokens[verb.head]
        objects = [i for i in ledger.parse.children[namer.i] if ledger.parse.tokens[i].dep == "dobj" and i < token.i]
        draft = ledger.at_token.get(objects[0]) if objects and namer.lemma in _NAMING else None
        return draft if draft is not None and draft.kind == "person" else None
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


_NAMING = frozenset(
    {"name", "appoint", "elect", "nominate", "choose", "pick", "install", "send", "confirm", "designate"}
)


def resolve_description(ledger: Ledger, candidate: Candidate) -> Link | None:
    """Return the body, group or state that "the alliance" or "the kingdom" comes back to: the last of its kind mentioned."""
    word = ledger.parse.tokens[candidate.head].text.lower()
    rules = ledger.codebook.mentions
    if candidate.possessor is not None or candidate.owner is not None:
        token = candidate.possessor if candidate.possessor is not None else candidate.owner
        owner = ledger.at_token.get(token) if token is not None else None
        own = (
            (word in rules.descriptions["state"] or word in rules.states_called)
            and owner is not None
            and owner.country is not None
        )
        if not own or owner is None or owner.country is None:
            return None
        return Link(state_draft(ledger, owner.country), f"the state for which {owner.name} acts")
    if candidate.of is not None:
        return Link(state_draft(ledger, candidate.of), "the state's formal name")
    kinds = {kind for kind, nouns in rules.descriptions.items() if word in nouns}
    codes = rules.states_called.get(word)
    for reference in ledger.recent(_BACK, candidate.head):
        if reference.candidate.head > candidate.head or reference.candidate.kind == "several":
            continue
        if codes is not None and reference.draft.key in codes:
            return Link(reference.draft, f"the last {word} named")
        of_it = candidate.country is None or reference.draft.country in (None, candidate.country)
        if of_it and kind_of(ledger, reference.draft) in kinds:
            return Link(reference.draft, "the last of its kind named")
    if codes is not None:
        return _by_place(ledger, candidate, codes, word)
    return None


def _by_place(ledger: Ledger, candidate: Candidate, codes: frozenset[str], word: str) -> Link | None:
    """The state of such a kind in which a place lies that the text names: before, else in the same sentence or the next."""
    tokens = ledger.parse.tokens
    here = tokens[candidate.head].sentence
    before = [code for i, code in ledger.places if i < candidate.first and code in codes]
    after = [
        code for i, code in ledger.places if i > candidate.head and code in codes and tokens[i].sentence <= here + 1
    ]
    found = before[-1:] or after[:1]
    if not found:
        return None
    return Link(state_draft(ledger, found[0]), f"the {word} of which the text names a place or people")


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
