"""Resolve: candidates → mentions and actors, one actor for each person, state, body and group of the article.

Names are joined first, over the whole article; then the text is read in order, so that a pronoun or a description can only
mean what the reader has met. What stays open has no mention: leaving it out is better than a wrong one.
"""

from __future__ import annotations

from dragoman.codebook import Codebook
from dragoman.read.mention import Candidate, find_candidates
from dragoman.read.mentions.titles import TitlePhrase
from dragoman.read.resolving.build import build_actors
from dragoman.read.resolving.draft import Draft, Ledger, quotes_by_token
from dragoman.read.resolving.forward import join_forward
from dragoman.read.resolving.known import known_draft, state_draft
from dragoman.read.resolving.organs import name_organ, organ_states
from dragoman.read.resolving.people import some_people
from dragoman.read.resolving.persons import fold, person_drafts
from dragoman.read.resolving.profile import read_profile
from dragoman.read.resolving.pronouns import resolve_pronoun
from dragoman.read.resolving.refer import copula_subject, country_of, resolve_description, resolve_office
from dragoman.read.resolving.several import resolve_pair, resolve_several, resolve_they
from dragoman.read.resolving.story import give_states
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document
from dragoman.record.actor import How


def resolve_stage() -> Stage:
    """Return the stage that adds `mentions` and `actors`."""
    return Stage(name="resolve", version=3, needs=("article", "parse"), adds=("mentions", "actors"), read=_resolve)


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
        if candidate.kind == "place" and candidate.country is not None:
            ledger.places.append((candidate.head, candidate.country))
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
            ledger.refer(persons[candidate.names], candidate, "office", "stands by the name")
        elif candidate.kind == "office":
            _describe(ledger, candidate)
        elif candidate.kind != "place":
            _come_back(ledger, candidate)
    read_profile(ledger, persons)
    join_forward(ledger)
    give_states(ledger)
    for candidate in candidates:
        # "his country", where only the end of the text told whose state it is
        if (
            candidate.kind == "description"
            and candidate.possessor is not None
            and candidate.head not in ledger.at_token
        ):
            _come_back(ledger, candidate)
    mentions, actors = build_actors(ledger)
    return {"mentions": mentions, "actors": actors}


def _come_back(ledger: Ledger, candidate: Candidate) -> None:
    """Refer a word that comes back to what was named: a description, a pronoun, words for several or one of a pair."""
    several = (
        resolve_several(ledger, candidate)
        if candidate.kind == "several"
        else resolve_they(ledger, candidate)
        if candidate.pronoun == "many"
        else None
    )
    if several is not None:
        ledger.refer_all(
            several.drafts, candidate, "pronoun" if candidate.kind == "pronoun" else "description", several.why
        )
        return
    if candidate.kind == "several" and candidate.role:
        # the ministers of two states that the text doesn't name: people, as without the number
        words = ledger.text(candidate.first, candidate.last)
        ledger.refer(ledger.new("group", words, sector="GOV", anonymous=True, plural=True), candidate, "description")
        return
    found = (
        resolve_description(ledger, candidate)
        if candidate.kind == "description"
        else resolve_pair(ledger, candidate)
        if candidate.kind == "pair"
        else resolve_pronoun(ledger, candidate)
        if candidate.kind == "pronoun"
        else None
    )
    if found is not None:
        ledger.refer(found.draft, candidate, "pronoun" if candidate.kind == "pronoun" else "description", found.why)


def _name_person(ledger: Ledger, candidate: Candidate, draft: Draft) -> None:
    for title in candidate.titles:
        if title.counterpart:
            antecedent = ledger.at_token.get(title.possessor) if title.possessor is not None else None
            draft.place(title.country, "called the counterpart of somebody", title.first, title.office_end)
            if antecedent is not None:
                draft.held.extend(t.title.role for t in antecedent.titles[:1])
                draft.sector = draft.sector or antecedent.sector
        else:
            _take_title(ledger, draft, title)
    ledger.refer(draft, candidate, "name", _why_named(ledger, candidate, draft))


def _why_named(ledger: Ledger, candidate: Candidate, draft: Draft) -> str:
    """Why a name means a person whom the text calls by other names too."""
    words = ledger.text(candidate.first, candidate.last)
    if words == draft.name:
        return ""
    full = tuple(word for word in draft.name.split())
    if words in full:
        return f"a part of the name {draft.name}"
    return f"another form of the name {draft.name}"


def _take_title(ledger: Ledger, draft: Draft, title: TitlePhrase) -> None:
    """Give a person the state, body and sector that a title tells."""
    token = title.possessor if title.possessor is not None else title.owner
    owner = ledger.at_token.get(token) if token is not None else None
    serves_igo = title.sector == "IGO"
    office = ledger.text(title.first, title.office_end)
    if title.title.role == "pope":
        draft.place("VAT", "the pope is the head of the Holy See", title.first, title.office_end)
    if draft.country is None and not serves_igo and title.title.role != "igo_head":
        draft.place(title.country, f"called {office}", title.first, title.office_end)
        if owner is not None and title.is_office:
            draft.place(owner.country, f"called {office}, of {owner.name}", title.first, title.office_end)
    if draft.country is None and title.organ is not None and not serves_igo:
        # "a ministry spokesman" where the article speaks of one state's ministry only
        draft.place(
            ledger.organ_states.get(title.organ),
            f"the text names the {title.organ} of one state only",
            title.first,
            title.office_end,
        )
    if draft.of is None:
        serves = owner.name if owner is not None and owner.kind in ("body", "group") else None
        if owner is not None and owner.kind == "person" and title.is_office:
            serves = owner.of
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
    draft = known_draft(ledger, entry, ledger.text(candidate.first, candidate.last))
    why = (
        f"{entry.name if entry.kind == 'metonym' else 'the capital'} stands for {draft.name}"
        if how == "metonym"
        else ""
    )
    ledger.refer(draft, candidate, how, why)


def _name_body(ledger: Ledger, candidate: Candidate, bodies: dict[tuple[str, ...], Draft]) -> None:
    words = tuple(fold(t.text) for t in ledger.parse.tokens[candidate.first : candidate.last])
    draft = bodies.get(words)
    if draft is None:
        longer = [other for known, other in bodies.items() if len(known) > len(words) and known[-len(words) :] == words]
        draft = longer[-1] if longer else ledger.new("body", ledger.text(candidate.first, candidate.last))
        draft.place(candidate.country, "its name holds the state's", candidate.first, candidate.last)
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
        ledger.refer(said_of, candidate, "office" if title.is_office else "description", "said of the subject")
        return
    found = resolve_office(ledger, candidate)
    how: How = "office" if title.is_office or title.counterpart else "description"
    if found is None:
        draft = _stranger(ledger, candidate)
        if draft is not None:
            ledger.refer(draft, candidate, how)
        return
    draft = found.draft
    if draft.kind == "person" and (
        title.title.role == "other"
        or (
            title.is_office
            and title.title.role in _CAREER
            and title.title.role not in {t.title.role for t in draft.titles}
        )
    ):
        draft.titles.append(title)
    if draft.kind == "person" and title.sector != "IGO":
        first = max(candidate.first, title.first)
        words = ledger.text(first, title.head + 1)
        draft.place(title.country, f"called {words}", first, title.head + 1)
    ledger.refer(draft, candidate, how, found.why)


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
    acts = title.country is not None and title.title.role not in ("family", "other", "stance", "human")
    known = ledger.speaks(candidate.head) or acts
    if candidate.plural or (title.title.role in _PASSING and not known):
        return None
    part = ledger.parse.tokens[candidate.head].dep
    if candidate.definite == "a" and title.country is None and part in ("oprd", "attr", "poss"):
        # "called the general a tyrant", "a dictator's heir": said of somebody, nobody's name
        return None
    token = candidate.possessor if candidate.possessor is not None else candidate.owner
    owner = ledger.at_token.get(token) if token is not None else None
    serves = owner.name if owner is not None and owner.kind in ("body", "group") else None
    country = country_of(ledger, candidate) if title.sector != "IGO" else None
    why = ""
    if country is None and title.organ is not None:
        country = ledger.organ_states.get(title.organ)
        why = f"the text names the {title.organ} of one state only"
    if serves is None and owner is not None and owner.kind == "person" and title.is_office:
        serves = owner.of
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
    draft = ledger.new("person", name, sector=sector, anonymous=True, of=title.of or serves, gender=title.gender)
    if title.title.role == "pope":
        draft.place("VAT", "the pope is the head of the Holy See", title.first, title.office_end)
    draft.place(country, why or f"called {name}", first, max(title.office_end, candidate.last))
    if title.counterpart and owner is not None:
        draft.held.extend(t.title.role for t in owner.titles[:1])
    else:
        draft.titles.append(title)
    return draft


_PASSING = frozenset(
    {"civilian", "artist", "family", "nickname", "interlocutor", "lawyer", "business", "union", "activist"}
    | {"other", "stance", "human"}
)
"""Roles whose nameless bearers are actors only where they speak."""
