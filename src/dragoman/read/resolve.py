"""Resolve: candidates → mentions and actors, one actor for each person, state, body and group of the article.

Names are joined first, over the whole article; then the text is read in order, so that a pronoun or a description can only
mean what the reader has met. What stays open has no mention: leaving it out is better than a wrong one.
"""

from __future__ import annotations

from dragoman.codebook import Codebook
from dragoman.codebook.gazetteer import Entry
from dragoman.read.mention import Candidate, find_candidates
from dragoman.read.resolve_build import build_actors
from dragoman.read.resolve_draft import Draft, Ledger, quotes_by_token
from dragoman.read.resolve_people import some_people
from dragoman.read.resolve_persons import fold, person_drafts
from dragoman.read.resolve_profile import read_profile
from dragoman.read.resolve_pronouns import resolve_pronoun
from dragoman.read.resolve_refer import copula_subject, country_of, resolve_description, resolve_office
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document
from dragoman.record.actor import ActorKind, How

_STATE_ORGANS = frozenset(
    {"government", "leadership", "administration", "regime", "cabinet", "authorities", "presidency"}
)
"""Organs that are the state itself when they act."""

_OWN_BODIES = frozenset(
    {"officials", "forces", "diplomats", "lawmakers", "military officials", "inspectors", "delegation"}
)
"""People of a body that act as the body: NATO forces, UN officials."""

_PEOPLE_KINDS = frozenset({"people", "forces"})


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
    ledger.organ_states = _organ_states(candidates)
    bodies: dict[tuple[str, ...], Draft] = {}
    for candidate in candidates:
        if candidate.kind == "person":
            _name_person(ledger, candidate, persons[candidate.first])
        elif candidate.kind == "known":
            _name_known(ledger, candidate)
        elif candidate.kind == "body":
            _name_body(ledger, candidate, bodies)
        elif candidate.kind == "organ":
            _name_organ(ledger, candidate)
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


def _organ_states(candidates: list[Candidate]) -> dict[str, str]:
    """The state of each kind of organ that the article names with one state only."""
    found: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.kind == "organ" and candidate.country is not None and candidate.entry is not None:
            found.setdefault(candidate.entry.key, set()).add(candidate.country)
    return {word: states.pop() for word, states in found.items() if len(states) == 1}


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
    if draft.country is None and not serves_igo and title.title.role != "igo_head":
        draft.country = title.country or (owner.country if owner is not None and title.is_office else None)
    if title.of and draft.of is None:
        draft.of = title.of
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


def _name_organ(ledger: Ledger, candidate: Candidate) -> None:
    entry = candidate.entry
    assert entry is not None
    words = ledger.text(candidate.first, candidate.last)
    word = entry.key
    country = country_of(ledger, candidate)
    body = ledger.by_key.get(candidate.of) if candidate.of else None
    if candidate.of and body is None:
        known = ledger.codebook.bodies.find(candidate.of)
        if known is not None:
            body = ledger.new(
                "group" if known.kind == "group" else "body",
                known.name,
                key=known.name,
                country=known.country,
                sector=known.sector,
            )
        elif candidate.of in ledger.codebook.territories.by_code:
            body = state_draft(ledger, candidate.of)
    if candidate.possessor is not None and country is None:
        owner = ledger.at_token.get(candidate.possessor)
        body = body or (owner if owner is not None and owner.kind != "person" else None)
    if body is not None and (
        word in _OWN_BODIES
        or word in _STATE_ORGANS
        or (word == "journalists" and body.sector == "MED")
        or (body.kind == "group" and entry.stands_for == "people")
    ):
        ledger.refer(body, candidate, "description")
        return
    if country is None and body is None and candidate.definite != "a" and entry.stands_for == "organ":
        country = ledger.organ_states.get(word) or _by_default(ledger, candidate, word)
    if country is None and body is None:
        draft = _organ_before(ledger, candidate, word) or _group_before(ledger, candidate)
        if draft is not None:
            ledger.refer(draft, candidate, "name" if candidate.first + 1 < candidate.last else "description")
            return
    if country is None and body is None and entry.stands_for == "organ":
        country = _plain_state(ledger, candidate)
    if word == "presidency" and country is None:
        # "assumed the presidency": an office, until the text says whose
        return
    if word in _STATE_ORGANS and country is not None:
        ledger.refer(state_draft(ledger, country), candidate, "metonym")
        return
    draft = _organ_draft(ledger, candidate, word, words, country, body)
    draft.names.setdefault(words, None)
    proper = ledger.parse.tokens[candidate.head].text[0].isupper()
    ledger.refer(draft, candidate, "name" if proper else "description")


def _by_default(ledger: Ledger, candidate: Candidate, word: str) -> str | None:
    """The United States for "Congress" alone, where the article speaks of them."""
    proper = ledger.parse.tokens[candidate.first].text == "Congress"
    return "USA" if word == "congress" and proper and "USA" in ledger.by_key else None


def _group_before(ledger: Ledger, candidate: Candidate) -> Draft | None:
    """The armed group that "the rebels" come back to: the last one named in the sentences before."""
    entry = candidate.entry
    if entry is None or entry.sector != "REB" or candidate.definite != "the":
        return None
    for reference in ledger.recent(_BACK, candidate.head):
        if reference.draft.kind == "group" and reference.draft.sector == "REB" and reference.draft.key is not None:
            return reference.draft
    return None


def _plain_state(ledger: Ledger, candidate: Candidate) -> str | None:
    """The one state that this sentence and the one before speak of, for "the government" and the like."""
    if candidate.definite != "the":
        return None
    states = {reference.draft.country for reference in ledger.recent(1, candidate.head)} - {None}
    return states.pop() if len(states) == 1 else None


_BACK = 2
"""Sentences back in which the group behind "the rebels" is sought."""


def _organ_before(ledger: Ledger, candidate: Candidate, word: str) -> Draft | None:
    """The organ of that kind that the article named last with its state; only for a definite or plural noun."""
    if candidate.definite == "a":
        return None
    for reference in reversed(ledger.references):
        if reference.draft.organ == word:
            return reference.draft
        entry = reference.candidate.entry
        if (
            word in _STATE_ORGANS
            and entry is not None
            and entry.kind == "organ"
            and entry.key == word
            and reference.draft.kind == "state"
        ):
            return reference.draft
    return None


def _organ_draft(
    ledger: Ledger, candidate: Candidate, word: str, words: str, country: str | None, body: Draft | None
) -> Draft:
    entry = candidate.entry
    assert entry is not None
    people = entry.stands_for == "people"
    kind: ActorKind = "group" if people else "body"
    if country is not None and entry.stands_for == "organ":
        key = f"{country}:{word}"
        found = ledger.by_key.get(key)
        if found is None:
            name = _organ_name(ledger, word, words, country)
            found = ledger.new(kind, name, key=key, country=country, sector=entry.sector, organ=word)
            found.plural = candidate.plural
        return found
    for draft in ledger.drafts:
        same = draft.organ == word and draft.country == country and draft.anonymous and country is not None
        if same and (people or draft.name == words or len(words.split()) == 1):
            return draft
    return ledger.new(
        kind,
        words,
        country=country or (body.country if body is not None else None),
        of=body.name if body is not None else None,
        sector=entry.sector,
        anonymous=True,
        organ=word,
        plural=candidate.plural or people,
    )


def _organ_name(ledger: Ledger, word: str, words: str, country: str) -> str:
    """The name to show of a state's organ: "Foreign Ministry of Ukraine"."""
    territory = ledger.codebook.territories.by_code[country]
    plain = words
    for form in (*territory.demonyms, *territory.names):
        plain = plain.removeprefix(f"{form} ")
    proper = plain if plain[:1].isupper() else word.title() if len(word.split()) > 1 else word.capitalize()
    return f"{proper} of {'the ' if _takes_article(territory.name) else ''}{territory.name}"


def _takes_article(name: str) -> bool:
    return name.startswith(("United", "Netherlands", "Philippines", "Bahamas", "Maldives")) or name.endswith(
        ("Islands", "Republic", "Union", "Emirates")
    )


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
    owner = ledger.at_token.get(candidate.possessor) if candidate.possessor is not None else None
    country = country_of(ledger, candidate) if title.sector != "IGO" else None
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
        "person", name, country=country, sector=sector, anonymous=True, of=title.of, gender=title.title.gender
    )
    if title.counterpart and owner is not None:
        draft.held.extend(t.title.role for t in owner.titles[:1])
    else:
        draft.titles.append(title)
    return draft


_PASSING = frozenset(
    {"civilian", "artist", "family", "nickname", "interlocutor", "lawyer", "business", "union", "activist"}
)
"""Roles whose nameless bearers are actors only where they speak."""
