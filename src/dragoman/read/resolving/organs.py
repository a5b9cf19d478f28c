"""Organs and people: whose "the Foreign Ministry", "the troops" or "the rebels" are, and which are the state itself."""

from __future__ import annotations

from dragoman.read.mention import Candidate
from dragoman.read.resolving.draft import Draft, Ground, Ledger, noun_of
from dragoman.read.resolving.known import state_draft
from dragoman.read.resolving.refer import country_of
from dragoman.record.actor import ActorKind, How


def organ_states(candidates: list[Candidate]) -> dict[str, str]:
    """The state of each kind of organ that the article names with one state only."""
    found: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.kind == "organ" and candidate.country is not None and candidate.entry is not None:
            word = candidate.entry.key
            found.setdefault(word, set()).add(candidate.country)
            if word in _ARMED:
                found.setdefault("armed", set()).add(candidate.country)
    only = {word: next(iter(states)) for word, states in found.items() if len(states) == 1}
    if "armed" in only:
        # "the junta in STATE ... the military": the armed organs of one state
        for word in _ARMED - found.keys():
            only[word] = only["armed"]
    return only


_ARMED = frozenset({"army", "military", "junta", "general staff", "forces"})
"""Organs that a text calls by one another's names."""


def name_organ(ledger: Ledger, candidate: Candidate) -> None:
    """Refer an organ or people to their draft: the state itself, a body, an organ of its own, or someone nameless."""
    entry = candidate.entry
    assert entry is not None
    words = ledger.text(candidate.first, candidate.last)
    word = entry.key
    country = country_of(ledger, candidate)
    why = "" if candidate.country is not None else "its owner's state"
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
        word in ledger.codebook.mentions.own_organs
        or word in ledger.codebook.mentions.state_organs
        or (word == "journalists" and body.sector == "MED")
        or (body.kind == "group" and entry.stands_for == "people")
    ):
        ledger.refer(body, candidate, "description")
        return
    apart = _is_of_others(ledger, candidate)
    if country is None and body is None and candidate.definite != "a" and entry.stands_for == "organ" and not apart:
        country = ledger.organ_states.get(word) or _by_default(ledger, candidate, word)
        why = f"the text names the {word} of one state only"
    if country is None and body is None and not apart:
        draft = _organ_before(ledger, candidate, word) or _group_before(ledger, candidate)
        if draft is not None:
            how: How = "name" if candidate.first + 1 < candidate.last else "description"
            ledger.refer(draft, candidate, how, "the last of its kind named")
            return
    if word == "ministry" and country is None and body is None:
        return
    if country is None and body is None and entry.stands_for == "organ" and not apart:
        country = _plain_state(ledger, candidate)
        why = "the only state that the sentence and the one before speak of"
    if word == "presidency" and country is None:
        # "assumed the presidency": an office, until the text says whose
        return
    if word in ledger.codebook.mentions.state_organs and country is not None:
        ledger.refer(state_draft(ledger, country), candidate, "metonym", why or f"the {word} acts for the state")
        return
    if apart and country is None and body is None:
        tokens, below = ledger.parse.tokens, ledger.parse.children[candidate.head]
        left = [i for i in below if i < candidate.first and tokens[i].text.lower() in _OF_OTHERS]
        words = ledger.text(min(left, default=candidate.first), candidate.last)
    draft = _organ_draft(ledger, candidate, word, words, country, body)
    if apart and draft.country is None:
        draft.organ = ""  # so that no state of the text is taken for theirs
    if country is not None and not draft.grounds:
        draft.grounds.append(Ground("country", why or "named with its state", candidate.first, candidate.last))
    draft.names.setdefault(words, None)
    proper = ledger.parse.tokens[candidate.head].text[0].isupper()
    ledger.refer(draft, candidate, "name" if proper else "description")


def _is_of_others(ledger: Ledger, candidate: Candidate) -> bool:
    """Whether an organ is by its own words not the one of a state that the text speaks of ("allied forces", "rebel troops")."""
    tokens = ledger.parse.tokens
    beside = {tokens[i].text.lower() for i in range(candidate.first, candidate.head)}
    beside |= {tokens[i].text.lower() for i in ledger.parse.children[candidate.head] if i < candidate.head}
    entry = candidate.entry
    own = set(entry.key.lower().split()) if entry is not None else set()
    return bool(beside & _OF_OTHERS - own)


_OF_OTHERS = frozenset(
    {
        "allied", "coalition", "international", "multinational", "foreign", "western", "western-led", "european", "african",
        "arab", "peacekeeping", "peace-keeping", "opposition", "rebel", "tribal", "mutinous", "breakaway", "separatist",
        "enemy", "opposing", "both", "rival", "mixed", "joint", "friendly", "hostile", "proxy", "mercenary", "irregular",
        "guerrilla", "pro", "anti", "backed", "un", "u.n.", "nato", "outside", "invading", "occupying", "neighbouring",
        "neighboring",
    }
)  # fmt: skip
"""Words before "forces" or "government" that say whose they are, if not by name."""


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
        if reference.draft.kind == "group" and reference.draft.sector == "REB":
            return reference.draft
    return None


def _plain_state(ledger: Ledger, candidate: Candidate) -> str | None:
    """The one state that this sentence and the one before speak of, for "the government" and the like."""
    if candidate.definite != "the":
        return None
    states = {
        reference.draft.country or (reference.draft.key if reference.draft.kind == "state" else None)
        for reference in ledger.recent(1, candidate.head)
    } - {None}
    found = states.pop() if len(states) == 1 else None
    return found if found in ledger.codebook.territories.by_code and not str(found).startswith("X-") else None


_BACK_TO_MINISTRY = 12
"""Sentences back in which the ministry is sought that "the ministry" means."""
_BACK = 2
"""Sentences back in which the group behind "the rebels" is sought."""


def _organ_before(ledger: Ledger, candidate: Candidate, word: str) -> Draft | None:
    """The organ of that kind that the article named last; only for a definite or plural noun."""
    if candidate.definite == "a":
        return None
    found = ledger.last_organ.get(noun_of(ledger, candidate, word))
    if found is None and word == "ministry" and candidate.definite == "the":
        back = ledger.recent(_BACK_TO_MINISTRY, candidate.head)
        found = next((r.draft for r in back if r.draft.organ.endswith("ministry") and r.draft.kind == "body"), None)
    return found


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
    alike = (word, country, ledger.parse.tokens[candidate.head].lemma.lower() if people else words.casefold())
    if country is not None and alike in ledger.strangers:
        return ledger.strangers[alike]
    ledger.strangers[alike] = ledger.new(
        kind,
        words,
        country=country or (body.country if body is not None else None),
        of=body.name if body is not None else None,
        sector=entry.sector,
        anonymous=True,
        organ=word,
        plural=candidate.plural or people,
    )
    return ledger.strangers[alike]


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
