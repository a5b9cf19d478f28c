"""The state behind those whom a text gives none: "police said", "the security forces", "the president" of the story's state.

A reader takes them for the state of the sentence, of the dateline or of the story. The state is only inferred, and the
record says from what.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from dragoman.read.resolving.draft import Draft, Ledger, Reference
from dragoman.record import Token

_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_STATE_ROLES = frozenset(
    {"head_of_state", "head_of_government", "deputy_head", "foreign_minister", "defence_minister", "interior_minister"}
    | {
        "finance_minister",
        "justice_minister",
        "minister",
        "spokesperson",
        "governor",
        "mayor",
        "official",
        "military_head",
    }
    | {
        "legislator",
        "speaker",
        "judge",
        "prosecutor",
        "police",
        "adviser",
        "officer",
        "intelligence",
        "opposition_leader",
    }
    | {"head_of_state_elect", "head_of_government_elect", "royal", "leader"}
)
"""Roles that belong to a state's own life, so that the story's state is likely the holder's."""

_LEADS = 2
"""How many times as often as the next a state must be named to be the story's."""

_OPENING = 6
"""Sentences among which a dateline stands."""


def give_states(ledger: Ledger) -> None:
    """Let persons in state offices and a state's organs that have no state act for the one that the text is about."""
    home = _dateline(ledger)
    ranked = _ranked(ledger)
    references: dict[int, list[Reference]] = defaultdict(list)
    for reference in ledger.references:
        references[reference.draft.number].append(reference)
    for draft in ledger.drafts:
        if draft.number not in references or draft.country is not None or not _is_of_a_state(draft):
            continue
        reference = references[draft.number][0]
        if draft.kind == "person":
            sender = next((found for r in references[draft.number] if (found := _sender(ledger, r))), None)
            if sender is not None:
                draft.place(*sender)
                continue
            alone = draft.anonymous and any(t.definite == "the" and t.title.role in _HELD_ALONE for t in draft.titles)
            acting = next((r for r in references[draft.number] if alone or _acts(ledger, r)), None)
            if acting is None:
                continue
            reference = acting
        head = ledger.parse.tokens[reference.candidate.head]
        words = (reference.candidate.first, reference.candidate.last)
        taken = {
            code: holder for code in {*ranked, *([home[0]] if home else [])} if (holder := _holder(ledger, draft, code))
        }
        taken |= dict.fromkeys(_hosted(ledger, head), "another")
        there, near = _there(ledger, head), [code for code in _near(ledger, head) if code not in taken]
        if len(there) == 1 and draft.sector != "MIL" and there[0] not in taken:
            # troops are often in another's country
            draft.place(there[0], "the sentence says where", *words)
        elif home is None and len(near) == 1 and _LEADS * ranked[near[0]] >= max(ranked.values()):
            draft.place(near[0], "the only state that the sentence and the one before name before it", *words)
        elif home is not None and home[0] not in taken and (not near or home[0] in near):
            draft.place(home[0], f"by the dateline ({home[1]})", *words)
        elif leading := _leading(ranked, taken, near):
            draft.place(*leading, *words)


def _leading(ranked: dict[str, int], taken: dict[str, str], near: list[str]) -> tuple[str, str] | None:
    """The state that the text speaks of most, or next to one whose office another holds, and why."""
    left = [code for code in ranked if code not in taken]
    if not left or ranked[left[0]] < _LEADS * ranked.get(left[1] if len(left) > 1 else "", 1):
        return None
    if near and left[0] not in near:
        return None
    others = [f"{code}, where {taken[code]} holds it" for code in ranked if code in taken]
    beside = f", beside {others[0]}" if others else ""
    return left[0], f"the state that the text speaks of most{beside}"


def _holder(ledger: Ledger, draft: Draft, code: str) -> str | None:
    """Who else holds a person's office in a state, as the text or the codebook says; None where it may be this one."""
    posts = {title.title.title for title in draft.titles if title.title.role in _HELD_ALONE}
    if draft.kind != "person" or draft.anonymous or not posts:
        return None
    for other in ledger.drafts:
        same = {title.title.title for title in other.titles if not title.former} & posts
        if other is not draft and not other.anonymous and other.country == code and same:
            return other.name
    day = ledger.article.published
    offices = ledger.codebook.offices
    for holder in offices.holders if day is not None else ():
        if holder.country == code and holder.title in posts and day is not None and holder.held_on(day):
            return holder.names[0]
    return None


_HELD_ALONE = frozenset(
    {"head_of_state", "head_of_government", "head_of_government_elect", "foreign_minister", "defence_minister"}
    | {"interior_minister", "finance_minister", "justice_minister"}
)


def _is_of_a_state(draft: Draft) -> bool:
    if draft.key is not None or draft.of is not None:
        return False
    if draft.kind != "person" and draft.organ in ("opposition", "ruling party"):
        return True
    if draft.sector not in _STATE_SECTORS:
        return False
    if draft.kind == "person":
        if any(title.owner is not None for title in draft.titles):
            # "the region's defence minister": somebody's, whom the text didn't tell apart
            return False
        return any(title.is_office and title.title.role in _STATE_ROLES for title in draft.titles)
    return draft.kind in ("body", "group") and bool(draft.organ) and draft.organ not in _SENT


_SENT = frozenset({"embassy", "consulate", "delegation", "diplomats"})
"""Organs that act abroad: where they stand, they are another state's."""


def _sender(ledger: Ledger, reference: Reference) -> tuple[str, str, int, int] | None:
    """The state of who sends, names or dismisses a person, why, and the words that say so."""
    tokens = ledger.parse.tokens
    token = tokens[reference.candidate.head]
    if token.dep == "appos":
        token = tokens[token.head]
    verb = tokens[token.head]
    if token.dep != "dobj" or verb.lemma not in _SENDING:
        return None
    for i in ledger.parse.children[verb.i]:
        sender = ledger.at_token.get(i) if tokens[i].dep == "nsubj" else None
        if sender is not None and sender.country is not None:
            return sender.country, f"{verb.text} by {sender.name}", i, token.i + 1
    return None


_SENDING = frozenset(
    {"send", "dispatch", "recall", "withdraw", "appoint", "name", "nominate", "dismiss", "sack", "fire"}
)


def _acts(ledger: Ledger, reference: Reference) -> bool:
    """Whether a person acts, speaks or owns in the sentence: who is taken prisoner may be anybody's."""
    tokens = ledger.parse.tokens
    token = tokens[reference.candidate.head]
    for _ in range(3):
        if token.dep not in ("appos", "compound", "conj", "nmod") or token.head == token.i:
            break
        token = tokens[token.head]
    owns = token.dep == "pobj" and tokens[token.head].text.lower() == "of"
    return owns or token.dep in ("nsubj", "agent", "poss", "ROOT") or ledger.speaks(token.i)


def _there(ledger: Ledger, head: Token) -> list[str]:
    """The states of the places in which the sentence says that something happens, each once."""
    tokens = ledger.parse.tokens
    found = dict.fromkeys(
        code
        for i, code in ledger.places
        if tokens[i].sentence == head.sentence
        and tokens[i].dep == "pobj"
        and tokens[tokens[i].head].text.lower() in _WHERE
        and _tells_where(ledger, _clause(ledger, i), _clause(ledger, head.i))
    )
    return [code for code in found if not _is_later(ledger, code)]


def _tells_where(ledger: Ledger, clause: int, own: int) -> bool:
    """Whether a place in a clause is the place of what another tells: of its own, or of one above that does not only say it."""
    if clause == own:
        return True
    return (
        clause in ledger.parse.ancestors(own) and ledger.parse.tokens[clause].lemma not in ledger.codebook.mentions.say
    )


def _clause(ledger: Ledger, i: int) -> int:
    """The verb of the innermost clause that a token stands in, or the sentence's root."""
    tokens = ledger.parse.tokens
    while tokens[i].head != i:
        i = tokens[i].head
        if tokens[i].pos in ("VERB", "AUX"):
            break
    return i


_WHERE = frozenset({"in", "at", "near", "outside", "across", "around"})


def _near(ledger: Ledger, head: Token) -> list[str]:
    """The states that a sentence, up to a token, and the one before name, as actors or as places, each once."""
    tokens = ledger.parse.tokens
    found = dict.fromkeys(code for i, code in ledger.places if i < head.i and head.sentence - tokens[i].sentence <= 1)
    return [code for code in found if not _is_later(ledger, code)]


def _hosted(ledger: Ledger, head: Token) -> list[str]:
    """The states whose envoys somebody summons or sends away in a sentence: a host, and never of such a state himself."""
    tokens = ledger.parse.tokens
    found = []
    for i, code in ledger.places:
        envoy = tokens[tokens[i].head]
        verb = tokens[envoy.head]
        if (
            envoy.sentence == head.sentence
            and head.i < verb.i
            and envoy.lemma.lower() in _ENVOYS
            and envoy.dep == "dobj"
            and verb.lemma in _HOSTING
        ):
            found.append(code)
    return found


_ENVOYS = frozenset({"ambassador", "envoy", "diplomat", "consul", "attache", "attaché"})
_HOSTING = frozenset({"summon", "expel"})


def _is_later(ledger: Ledger, code: str) -> bool:
    """Whether a state came into being after the article."""
    territory = ledger.codebook.territories.by_code.get(code)
    day = ledger.article.published
    return territory is not None and day is not None and territory.since is not None and territory.since > day.year


def _dateline(ledger: Ledger) -> tuple[str, str] | None:
    """The state of the place that a dateline names, and the dateline's words."""
    sections = [section for section in ledger.article.sections if section.kind == "dateline"]
    if not sections:
        return None
    words = " ".join(ledger.article.text[sections[0].start : sections[0].end].split())
    for found in ledger.codebook.gazetteer.find(words):
        for entry in found.values:
            if entry.country and entry.kind in ("state", "capital", "city"):
                return entry.country, words[found.start : found.end]
    return None


def _ranked(ledger: Ledger) -> dict[str, int]:
    """How often the text names each state, its places and people, the one most named first."""
    return dict(Counter(code for _, code in ledger.places).most_common())
