"""Several at once, and one of a pair: whom "the two countries", "both presidents", "they" and "the latter" mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from dragoman.read.mention import Candidate
from dragoman.read.resolving.draft import SUBJECTS, Draft, Ledger, Link, Reference
from dragoman.read.resolving.known import state_draft
from dragoman.read.resolving.refer import FAMILIES

_REACH = 3
"""Sentences back in which a coordination is sought."""

_NEAR = 1
"""Sentences back in which actors that are not coordinated can be counted together."""

_LEADS = 1.5
"""How many times as often as the next the last of a story's states must be mentioned, to be one of "the two countries"."""


class Several(NamedTuple):
    """Actors that one word means together, in text order, and why."""

    drafts: tuple[Draft, ...]
    why: str


def resolve_several(ledger: Ledger, candidate: Candidate) -> Several | None:
    """Return the actors that a counted noun means ("the two ministers"), or None where they can't be told."""
    if candidate.counted in ("state", "side"):
        return _several_states(ledger, candidate)
    if candidate.counted == "person":
        return _several_persons(ledger, candidate) or (
            _several_states(ledger, candidate) if candidate.role in _OF_STATES else None
        )
    return _several_persons(ledger, candidate) or _several_states(ledger, candidate)


def _several_states(ledger: Ledger, candidate: Candidate) -> Several | None:
    """The states named together last, else those that the text is clearly about, else the only ones near."""
    count = candidate.count
    acting = {draft.country for draft in _acting(ledger, candidate)}

    def fit(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
        found = tuple(draft for draft in _states(ledger, drafts) if draft.country not in acting)
        return found if len(found) == count else ()

    together = f"the {_NUMBERS[count]} named together last"
    for reach in (_REACH, len(ledger.parse.sentences)):
        for group in _coordinations(ledger, candidate.head, reach):
            if len(group) == count and (states := fit(group)):
                return Several(states, together)
        story = fit(_story_states(ledger, count))
        if story:
            return Several(story, f"the {_NUMBERS[count]} that the text speaks of")
        near = fit(_distinct(ledger.recent(_NEAR, candidate.head))) if reach == _REACH else ()
        if not near and reach == _REACH:
            acting_near = [r for r in ledger.recent(_NEAR, candidate.head) if _stands_out(ledger, r)]
            near = fit(_distinct(acting_near))
        if near:
            return Several(near, f"the only {_NUMBERS[count]} that the sentences before speak of")
    return None


def _several_persons(ledger: Ledger, candidate: Candidate) -> Several | None:
    """The persons (or, where the words don't tell, states) named together last, else the only ones near."""
    count, kind = candidate.count, candidate.counted
    listed = _listed_behind(ledger, candidate)
    if listed:
        return Several(listed, "named right behind")
    acting = _acting(ledger, candidate)
    fits = _person_of(candidate.role) if kind == "person" else _any
    for group in _coordinations(ledger, candidate.head, _REACH):
        if (
            len(group) == count
            and all(fits(d) and d not in acting for d in group)
            and len({d.kind for d in group}) == 1
        ):
            return Several(group, f"the {_NUMBERS[count]} named together last")
    reach = _REACH if candidate.role else _NEAR
    near = [
        d for d in _distinct(ledger.recent(reach, candidate.head)) if fits(d) and d.kind == "person" and d not in acting
    ]
    if len(near) != count:
        return None
    return Several(tuple(near), f"the only {_NUMBERS[count]} that the sentences before speak of")


def _goes_on(ledger: Ledger, before: Reference, reference: Reference) -> bool:
    """Whether only "and", a comma or an article stands between two mentions of actors of one kind."""
    tokens = ledger.parse.tokens
    between = tokens[before.candidate.last : reference.candidate.first]
    words = {token.text.lower() for token in between}
    return (
        before.draft.kind == reference.draft.kind
        and bool(words)
        and words <= {",", "and", "the"}
        and tokens[before.candidate.head].sentence == tokens[reference.candidate.head].sentence
    )


def _listed_behind(ledger: Ledger, candidate: Candidate) -> tuple[Draft, ...]:
    """The persons in apposition to the words, just so many: "the two generals, Doe and Roe"."""
    tokens = ledger.parse.tokens
    at = candidate.last
    found: list[Draft] = []
    while at < len(tokens) and tokens[at].sentence == tokens[candidate.head].sentence and len(found) < candidate.count:
        if tokens[at].text in (",", "and", "of"):
            at += 1
            continue
        draft = ledger.ahead.get(at)
        if draft is None or draft.kind != "person":
            break
        found.append(draft)
        while at < len(tokens) and ledger.ahead.get(at) is draft:
            at += 1
    return tuple(found) if len(set(found)) == candidate.count else ()


def _acting(ledger: Ledger, candidate: Candidate) -> tuple[Draft, ...]:
    """Who acts in the clause in which the words are not the subject: none of them is meant."""
    tokens = ledger.parse.tokens
    token = tokens[candidate.head]
    if token.dep in SUBJECTS:
        return ()
    for i in ledger.parse.ancestors(token.i):
        if tokens[i].dep in SUBJECTS:
            return ()
        if tokens[i].pos in ("VERB", "AUX"):
            subject = next((j for j in ledger.parse.children[i] if tokens[j].dep in SUBJECTS and j < token.i), None)
            if subject is None:
                continue
            return _at(ledger, subject) or ((ledger.at_token[subject],) if subject in ledger.at_token else ())
    return ()


_OF_STATES = frozenset(
    {"head_of_state", "head_of_government", "leader", "foreign_minister", "defence_minister", "interior_minister"}
    | {"finance_minister", "minister", "official", "diplomat", "envoy", "ambassador", "deputy_head"}
)
"""Roles of which there is one to a state, so that two of them mean two states."""

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def resolve_they(ledger: Ledger, candidate: Candidate) -> Several | None:
    """Return the actors that "they" or "their" means where the subject before it names several."""
    tokens = ledger.parse.tokens
    token = tokens[candidate.head]
    own = token.tag != "PRP$" and token.dep not in SUBJECTS
    for above in [i for i in ledger.parse.ancestors(token.i) if tokens[i].pos in ("VERB", "AUX")]:
        subject = next((i for i in ledger.parse.children[above] if tokens[i].dep in SUBJECTS and i < token.i), None)
        if subject is not None and subject != token.i and not own:
            found = _at(ledger, subject)
            return Several(found, "the subjects of its clause") if found else None
        own = False
    sentence = tokens[token.i].sentence
    if sentence == 0:
        return None
    before = ledger.parse.sentences[sentence - 1]
    subject = next((i for i in ledger.parse.children[before.root] if tokens[i].dep in SUBJECTS), None)
    found = _at(ledger, subject) if subject is not None else ()
    # people named after the subject ("... told reporters") are meant as well as it
    later = any(
        r.candidate.plural and r.candidate.head > (subject or 0) and r.candidate.kind != "several"
        for r in ledger.recent(1, token.i)
    )
    return Several(found, "the subjects of the sentence before") if found and not later else None


def resolve_pair(ledger: Ledger, candidate: Candidate) -> Link | None:
    """Return whom "the former", "the latter", "one" or "the other" means, and why."""
    tokens = ledger.parse.tokens
    first = candidate.pronoun in ("former", "one")
    for i in ledger.parse.children[candidate.head]:
        if tokens[i].dep == "appos" and i in ledger.ahead:
            return Link(ledger.ahead[i], "named right behind")
    groups = [group for group in _coordinations(ledger, candidate.head, _NEAR) if len(group) == 2]
    for group in groups:
        if len({draft.kind for draft in group}) == 1:
            return Link(group[0 if first else 1], f"the {'first' if first else 'second'} of the pair named last")
    if candidate.pronoun in ("one", "other"):
        return None
    near = _distinct(ledger.recent(_NEAR, candidate.head))
    named = [draft for draft in near if draft.kind in ("person", "state")]
    for kind in ("person", "state"):
        alike = [draft for draft in named if draft.kind == kind]
        if len(alike) == 2:
            return Link(alike[0 if first else 1], f"the {'first' if first else 'second'} of the two named last")
    return None


def _coordinations(ledger: Ledger, at: int, sentences: int) -> list[tuple[Draft, ...]]:
    """The actors that the sentences before name in one coordination each ("A, B and C"), the last one first."""
    tokens = ledger.parse.tokens
    found: dict[int, list[Reference]] = {}
    before: Reference | None = None
    place = -1
    for reference in reversed(list(ledger.recent(sentences, at))):
        if reference.how == "pronoun" or reference.candidate.kind == "several" or reference.candidate.head > at:
            continue
        top = tokens[reference.candidate.head]
        for _ in range(6):
            if top.dep != "conj" or top.head == top.i:
                break
            top = tokens[top.head]
        # the parser loses the first of a list at times: what only "and" or a comma divides goes together as well
        place = place if before is not None and _goes_on(ledger, before, reference) else top.i
        found.setdefault(place, []).append(reference)
        before = reference
    several = ledger.sets_before(sentences, at)
    groups = [(top, tuple(dict.fromkeys(r.draft for r in refs))) for top, refs in found.items()]
    groups.extend(several)
    return [group for _, group in sorted(groups, key=lambda item: -item[0]) if len(group) > 1]


def _stands_out(ledger: Ledger, reference: Reference) -> bool:
    """Whether a mention is a subject or object in its clause, not only behind a preposition."""
    return ledger.parse.tokens[reference.candidate.head].dep in SUBJECTS | {"dobj", "appos"}


def _at(ledger: Ledger, i: int) -> tuple[Draft, ...]:
    """The several actors whom a subject means: a set, or names in coordination; none where it is one or unknown."""
    if i in ledger.sets:
        return ledger.sets[i]
    tokens = ledger.parse.tokens
    found: list[Draft] = []
    waiting = [i]
    while waiting:
        here = waiting.pop(0)
        draft = ledger.at_token.get(here)
        if draft is None or draft.plural:
            return ()
        found.append(draft)
        waiting.extend(j for j in ledger.parse.children[here] if tokens[j].dep == "conj")
    distinct = tuple(dict.fromkeys(found))
    return distinct if len(distinct) > 1 else ()


def _distinct(references: Iterable[Reference]) -> tuple[Draft, ...]:
    """The actors of the references, each once, in text order."""
    return tuple(dict.fromkeys(reference.draft for reference in reversed(list(references))))


def _states(ledger: Ledger, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The states that the actors are or act for, each once."""
    codes = dict.fromkeys(draft.country for draft in drafts if draft.country is not None)
    return tuple(state_draft(ledger, code) for code in codes if code in ledger.codebook.territories.by_code)


def _story_states(ledger: Ledger, count: int) -> tuple[Draft, ...]:
    """The states that the text so far speaks of, where they are just so many, or far ahead of all others."""
    counts: dict[str, int] = {}
    for reference in ledger.references:
        code = reference.draft.country
        if code is not None and reference.candidate.kind != "several":
            counts[code] = counts.get(code, 0) + 1
    ranked = sorted(counts, key=lambda code: -counts[code])
    if len(ranked) < count or (len(ranked) > count and counts[ranked[count - 1]] < _LEADS * counts[ranked[count]]):
        return ()
    chosen = set(ranked[:count])
    return tuple(state_draft(ledger, code) for code in counts if code in chosen)


def _person_of(role: str) -> Callable[[Draft], bool]:
    family = next((family for family in FAMILIES if role in family), frozenset({role}))
    if role in ("human", "stance", "other"):
        role = ""

    def fits(draft: Draft) -> bool:
        known = draft.roles
        return draft.kind == "person" and not draft.plural and (not role or not known or bool(known & family))

    return fits


def _any(draft: Draft) -> bool:
    return not draft.plural or draft.kind == "state"
