"""Resolve: candidates → mentions and actors, one actor for each person, state, body and group of the article.

Names are joined first, over the whole article; then the text is read in order, so that a pronoun or a description can only
mean what the reader has met. What stays open has no mention: leaving it out is better than a wrong one.
"""

from __future__ import annotations

from dragoman.codebook import Codebook
from dragoman.read.mention import Candidate, find_candidates
from dragoman.read.resolving.build import build_actors
from dragoman.read.resolving.draft import Draft, Ledger, quotes_by_token
from dragoman.read.resolving.known import known_draft, state_draft
from dragoman.read.resolving.organs import name_organ, organ_states
from dragoman.read.resolving.people import some_people
from dragoman.read.resolving.persons import fold, person_drafts
from dragoman.read.resolving.profile import read_profile
from dragoman.read.resolving.pronouns import resolve_pronoun
from dragoman.read.resolving.refer import copula_subject, country_of, resolve_description, resolve_office
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document
from dragoman.record.actor import How


def resolve_stage() -> Stage:
    """Return the stage that adds `mentions` and `actors`."""
    return Stage(name="resolve", version=1, needs=("article", "parse"), adds=("mentions", "actors"), read=_resolve)


def _resolve(document: Document, codebook: Codebook) -> Layers:
    parse = document.parse
    assert parse is not None
    candidates = find_candidates(document, codebook)
    ledger = Ledger(document.article, parse, codebook, quote_of=quotes_by_token(parse))
    persons = person_drafts(ledger, candidates)
    for candidate in candidates:
        if candidate.kind == "person":
            for i in range(candidate.first, candidate.last):
                ledger.ahead[i] = persons[candidate.first]
        elif candidate.kind == "known" and candidate.entry is not None and candidate.entry.kind == "state":
            ledger.ahead[candidate.head] = state_draft(ledger, candidate.entry.key)
    ledger.organ_states = organ_states(candidates)
    bodies: dict[tuple[str, ...], Draft] = {}
    for candidate in candidates:
        if candidate.kind == "person":
            _name_person(ledger, candidate, persons[candidate.first])
        elif candidate.kind == "known":
            _name_known(ledger, candidate)
        elif candidate.kind == "body":
            _name_body(ledger, candidate, bodies)
        elif candidate.kind == "organ":
            name_organ(ledger, candidate)
        elif candidate.kind == "office" and candidate.names is not None:
            ledger.refer(persons[candidate.names], candidate, "office")
        elif candidate.kind == "office":
            _describe(ledger, candidate)
        elif candidate.kind == "description":
            draft = resolve_description(ledger, candidate)
            if draft is not None:
                ledger.refer(draft, candidate, "description")
        else:
            draft = resolve_pronoun(ledger, candidate)
            if draft is not None:
                ledger.refer(draft, candidate, "pronoun")
    read_profile(ledger, persons)
    mentions, actors = build_actors(ledger)
    return {"mentions": mentions, "actors": actors}


def _name_person(ledger: Ledger, candidate: Candidate, draft: Draft) -> None:
    for title in candidate.titles:
        if title.counterpart:
            antecedent = ledger.at_token.get(title.possessor) if title.possessor is not None else None
            draft.country = draft.country or title.country
            if antecedent is not None:
                draft.held.extend(t.title.role for t in antecedent.titles[:1])
                draft.sector = draft.sector or antecedent.sector
        else:
            _take_title(ledger, draft, title)
    ledger.refer(draft, candidate, "name")


def _take_title(ledger: Ledger, draft: Draft, title) -> None:  # type: ignore[no-untyped-def]
    """Give a person the state, body and sector that a title tells."""
    token = title.possessor if title.possessor is not None else title.owner
    owner = ledger.at_token.get(token) if token is not None else None
    serves_igo = title.sector == "IGO"
    if title.title.role == "pope":
        draft.country = draft.country or "VAT"
    if draft.country is None and not serves_igo and title.title.role != "igo_head":
        draft.country = title.country or (owner.country if owner is not None and title.is_office else None)
    if draft.country is None and title.organ is not None and not serves_igo:
        # "a ministry spokesman" where the article speaks of one state's ministry only
        draft.country = ledger.organ_states.get(title.organ)
    if draft.of is None:
        serves = owner.name if owner is not None and owner.kind in ("body", "group") else None
        draft.of = title.of or serves
    if title.is_office and title.sector and (draft.sector is None or not title.former):
        draft.sector = draft.sector or title.sector


def _name_known(ledger: Ledger, candidate: Candidate) -> None:
    entry = candidate.entry
    assert entry is not None
    people = some_people(ledger, candidate)
    if people is not None:
        ledger.refer(people, candidate, "name")
        return
    how: How = "metonym" if candidate.metonym else "name"
    ledger.refer(known_draft(ledger, entry, ledger.text(candidate.first, candidate.last)), candidate, how)


def _name_body(ledger: Ledger, candidate: Candidate, bodies: dict[tuple[str, ...], Draft]) -> None:
    words = tuple(fold(t.text) for t in ledger.parse.tokens[candidate.first : candidate.last])
    draft = bodies.get(words)
    if draft is None:
        longer = [other for known, other in bodies.items() if len(known) > len(words) and known[-len(words) :] == words]
        draft = longer[-1] if longer else ledger.new("body", ledger.text(candidate.first, candidate.last))
        draft.country = draft.country or candidate.country
        bodies[words] = draft
    draft.names.setdefault(ledger.text(candidate.first, candidate.last), None)
    ledger.refer(draft, candidate, "name")


def _describe(ledger: Ledger, candidate: Candidate) -> None:
    title = candidate.title
    assert title is not None
    said_of = copula_subject(ledger, candidate)
    if said_of is not None:
        said_of.titles.append(title)
        _take_title(ledger, said_of, title)
        ledger.refer(said_of, candidate, "office" if title.is_office else "description")
        return
    draft = resolve_office(ledger, candidate)
    how: How = "office" if title.is_office or title.counterpart else "description"
    if draft is None:
        draft = _stranger(ledger, candidate)
        if draft is None:
            return
    elif (
        title.is_office and title.title.role in _CAREER and title.title.role not in {t.title.role for t in draft.titles}
    ):
        draft.titles.append(title)
    ledger.refer(draft, candidate, how)


_CAREER = frozenset(
    {"head_of_state", "head_of_government", "ambassador", "envoy", "foreign_minister", "defence_minister", "minister"}
    | {
        "interior_minister",
        "finance_minister",
        "justice_minister",
        "speaker",
        "governor",
        "mayor",
        "spokesperson",
        "igo_head",
        "pope",
    }
)
"""Roles that a description adds to a person's offices."""


def _stranger(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """An actor of whom the article gives only the office: "Iraq's deputy foreign minister", "his Saudi counterpart"."""
    title = candidate.title
    assert title is not None
    known = ledger.speaks(candidate.head) or title.country is not None
    if candidate.plural or (title.title.role in _PASSING and not known):
        return None
    token = candidate.possessor if candidate.possessor is not None else candidate.owner
    owner = ledger.at_token.get(token) if token is not None else None
    serves = owner.name if owner is not None and owner.kind in ("body", "group") else None
    country = country_of(ledger, candidate) if title.sector != "IGO" else None
    if country is None and title.organ is not None:
        country = ledger.organ_states.get(title.organ)
    sector = title.sector
    first = candidate.first
    tokens = ledger.parse.tokens
    if first > 1 and tokens[first - 1].tag == "POS":
        first = max(0, title.first)
    name = ledger.text(first, max(title.office_end, candidate.last))
    if title.counterpart:
        if owner is None:
            return None
        country, sector = candidate.country, owner.sector
        if country is not None and owner.titles:
            demonym = ledger.text(candidate.first, candidate.head) if candidate.head > candidate.first else ""
            name = f"{demonym} {owner.titles[0].title.title}".strip()
    draft = ledger.new(
        "person", name, country=country, sector=sector, anonymous=True, of=title.of or serves, gender=title.title.gender
    )
    if title.title.role == "pope":
        draft.country = "VAT"
    if title.counterpart and owner is not None:
        draft.held.extend(t.title.role for t in owner.titles[:1])
    else:
        draft.titles.append(title)
    return draft


_PASSING = frozenset(
    {"civilian", "artist", "family", "nickname", "interlocutor", "lawyer", "business", "union", "activist"}
)
"""Roles whose nameless bearers are actors only where they speak."""
