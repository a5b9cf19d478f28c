"""Resolve joined actors against the user's register of known actors (`dragoman.codebook.register`).

An actor that is surely an entry gets its links, names and offices, and a join that says why; one that may be is left for a
person to decide, and so is one that may be two entries. The program's own joins are not changed: two actors that are both
surely one entry are offered as one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.codebook.register import Entry, Register
from dragoman.codebook.register_block import blocks_of
from dragoman.names import compare, is_bare, keys
from dragoman.record import Actor, Decision, Document, Ground, Join, Office
from dragoman.relate.identify_person import BARE_NAME, Person, fullest, supported, weigh
from dragoman.relate.join import Joined

RESOLVED = 0.9
"""From this score on an actor is an entry. High on purpose: a wrong link carries another's life into the record."""
CANDIDATE = 0.5
"""From this score on an entry is offered to a person to decide."""
NAME_ALONE = 0.85
"""The most that a name is worth without an office or a country beside it: many people bear one name."""
CLEAR = 1.5
"""By how much, in log-odds, the best entry must lead the next, or neither is chosen."""
IN_TERM, PAST_TERM, BEFORE_TERM, UNBORN = 1.0, -1.5, -2.5, -6.0
"""What it is worth in log-odds that the register has a shared office held in a year of the articles; ended before them, though
they call it present; began after them. That the entry was born less than `YOUTH` years before the first article."""
YOUTH = 15
SAME_BODY, LIKE_BODY = 0.95, 0.7
"""The score of a body of the same name and country; the most of one of a like name, or with only the name to go by."""


def resolve(
    joined: Joined, documents: Sequence[Document], register: Register, decisions: Sequence[Decision] = ()
) -> Joined:
    """Return the actors with what the register says of them, and the joins with why.

    A join of the kind `actor` has the actor's id as `one` and the entry's id as `other`. A decision `link` to a Wikidata id
    settles which entry an actor is, `join` and `split` name an actor and an entry's id. States are not looked up.
    """
    if not register.entries:
        return joined
    days = _days(documents, joined.actor_of)
    ruled = _ruled(decisions, joined.actor_of)
    actors: list[Actor] = []
    joins: list[Join] = []
    bearers: dict[str, list[str]] = defaultdict(list)
    for actor in joined.actors:
        if actor.kind == "state" or actor.anonymous:
            actors.append(actor)
            continue
        chosen, left = _choose(_candidates(actor, days.get(actor.id, ()), register, ruled))
        joins.extend(_join(actor, match, joined=False) for match in left)
        if chosen:
            joins.extend(_join(actor, match, joined=True) for match in chosen)
            bearers[min(match.entry.id for match in chosen)].append(actor.id)
            actor = _enriched(actor, [match.entry for match in chosen])
        actors.append(actor)
    known = {(join.one, join.other) for join in joined.joins}
    for identity in sorted(bearers):
        first, *others = sorted(bearers[identity])
        joins.extend(
            Join(
                kind="actor",
                one=first,
                other=other,
                score=NAME_ALONE,
                reasons=(f"both are {identity} of the register",),
                joined=False,
            )
            for other in others
            if (first, other) not in known and (first, other) not in ruled
        )
    ordered = sorted((*joined.joins, *joins), key=lambda join: (join.one, join.other))
    return Joined(actors=tuple(actors), actor_of=joined.actor_of, joins=tuple(ordered))


@dataclass(frozen=True, slots=True)
class _Match:
    """How surely an actor is an entry: `score` 0 to 1, why, and who decided it, if a person did."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]
    decided_by: str | None = None


def _candidates(
    actor: Actor, days: Sequence[date], register: Register, ruled: Mapping[tuple[str, str], tuple[bool, str]]
) -> list[_Match]:
    """The entries that the actor may be, the likeliest first."""
    names = fullest((actor.name, *actor.names)) if actor.kind == "person" else tuple(sorted({actor.name, *actor.names}))
    linked = {link.removeprefix("wikidata:") for link in actor.same_as if link.startswith("wikidata:")}
    found = []
    near = {entry.id: entry for entry in register.near(names)}
    for (one, other), (joined, _author) in ruled.items():
        # a person may know better than the names
        if one == actor.id and joined and other not in near and (chosen := register.get(other)) is not None:
            near[other] = chosen
    for entry in (near[identity] for identity in sorted(near)):
        decided = ruled.get((actor.id, entry.id))
        if decided is not None:
            if decided[0]:
                found.append(_Match(entry, 1.0, ("a person decided so",), decided[1]))
            continue
        if linked and entry.wikidata:
            if entry.wikidata in linked:
                found.append(_Match(entry, 1.0, (f"a person linked {entry.wikidata}",)))
            continue
        if entry.kind == ("body" if actor.kind == "person" else "person"):
            continue
        score, reasons = (
            _person_score(actor, names, entry, days) if actor.kind == "person" else _body_score(actor, names, entry)
        )
        if score >= CANDIDATE:
            found.append(_Match(entry, score, reasons))
    return sorted(found, key=lambda match: (-match.score, match.entry.id))


def _person_score(
    actor: Actor, names: tuple[str, ...], entry: Entry, days: Sequence[date]
) -> tuple[float, tuple[str, ...]]:
    """How surely a person is an entry; the names as `identify_person` weighs them, then the years."""
    spelled = _meeting(names, entry.names)
    weak = not spelled
    if weak:
        spelled = _meeting(names, entry.weak_names)
    if not spelled:
        return 0.0, ()
    # The likest spellings: of an entry with thirty aliases the fullest need not be the one that the articles use.
    likest = sorted(spelled, key=lambda name: (-max(compare(name, own).score for own in names), name))[:2]
    one = _person(actor.id, names, actor.country, actor.offices, actor.gender)
    country = actor.country if actor.country in entry.countries else next(iter(entry.countries), None)
    other = _person(entry.id, tuple(likest), country, entry.offices, None)
    score, reasons = weigh(one, other)
    alone = not supported(one, other)
    against = one.country is not None and other.country is not None and one.country != other.country
    total = _logit(score)
    if days:
        worth, why = _term(actor.offices, entry.offices, days)
        total += worth
        against = against or worth == BEFORE_TERM
        reasons = (*reasons, *why)
        if entry.born and days[0].year - entry.born < YOUTH:
            total += UNBORN
            reasons = (*reasons, f"born in {entry.born}")
    score = 1.0 / (1.0 + math.exp(-total))
    if alone:
        score = min(score, NAME_ALONE)
        reasons = (*reasons, "nothing but the name speaks for it")
    if against:
        score = min(score, NAME_ALONE)
    if weak:
        score = min(score, BARE_NAME)
        reasons = (*reasons, "a weak alias")
    return score, reasons


def _meeting(names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The other names that share a key with one of the names; the coarse keys first, since they cost next to nothing."""
    coarse = {block for name in names for block in blocks_of(name)}
    fine = {key for name in names for key in keys(name)}
    return tuple(o for o in others if not coarse.isdisjoint(blocks_of(o)) and not fine.isdisjoint(keys(o)))


def _person(
    identity: str, names: tuple[str, ...], country: str | None, offices: tuple[Office, ...], gender: str | None
) -> Person:
    return Person(
        members=(identity,),
        names=names,
        key=None,
        country=country,
        gender=gender,
        offices=offices,
        articles=frozenset(),
        company=frozenset(),
    )


def _term(told: Sequence[Office], registered: Sequence[Office], days: Sequence[date]) -> tuple[float, tuple[str, ...]]:
    """What the years of the offices that both have are worth, and why."""
    worth: float | None = None
    reason = ""
    for office in told:
        for known in registered:
            if office.former or not (known.since or known.until) or not _shared(office, known):
                continue
            since, until = known.since or date.min, known.until or date.max
            years = f"{known.since.year if known.since else ''}-{known.until.year if known.until else ''}"
            if any(since.year <= day.year <= until.year for day in days):
                return IN_TERM, (f"{known.title} in {years}, when the articles say so",)
            if since.year > days[-1].year:
                worth, reason = BEFORE_TERM, f"{known.title} only in {years}"
            elif worth is None:
                worth, reason = PAST_TERM, f"{known.title} only in {years}"
    return (worth or 0.0), ((reason,) if reason else ())


def _shared(one: Office, other: Office) -> bool:
    """Whether two titles share what `supported` takes for one office."""
    return supported(_person("a", (one.title,), None, (one,), None), _person("b", (other.title,), None, (other,), None))


def _body_score(actor: Actor, names: tuple[str, ...], entry: Entry) -> tuple[float, tuple[str, ...]]:
    if actor.country and entry.countries and actor.country not in entry.countries:
        return 0.0, ()
    same_country = actor.country is not None and actor.country in entry.countries
    mine = {_folded(name): name for name in names}
    same = sorted(mine[_folded(name)] for name in entry.names if _folded(name) in mine)
    country = (f"both of {actor.country}",) if same_country else ()
    if same:
        reasons = (f"same name: {same[0]}", *country)
        # A word alone ("Parliament", "Council") names a body of many states.
        return (SAME_BODY, reasons) if same_country or not all(is_bare(name) for name in same) else (LIKE_BODY, reasons)
    best = max((compare(a, b) for a in names for b in entry.names), key=lambda m: (m.score, m.reasons), default=None)
    if best is None or best.score < RESOLVED or not same_country:
        return 0.0, ()
    return LIKE_BODY, (*best.reasons, *country)


def _folded(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _choose(candidates: Sequence[_Match]) -> tuple[list[_Match], list[_Match]]:
    """The entries that the actor is (several only where they are one by their Wikidata id), and those left open."""
    decided = [match for match in candidates if match.score >= 1.0]
    if decided:
        return decided, []
    best = candidates[0] if candidates else None
    if best is None or best.score < RESOLVED:
        return [], list(candidates)
    same = [m for m in candidates if m is best or (m.entry.wikidata and m.entry.wikidata == best.entry.wikidata)]
    rest = [match for match in candidates if match not in same]
    if rest and _logit(best.score) - _logit(rest[0].score) < CLEAR:
        return [], list(candidates)
    return same, []


def _logit(score: float) -> float:
    kept = min(max(score, 1e-6), 1.0 - 1e-6)
    return math.log(kept / (1.0 - kept))


def _join(actor: Actor, match: _Match, *, joined: bool) -> Join:
    return Join(
        kind="actor",
        one=actor.id,
        other=match.entry.id,
        score=round(match.score, 3),
        reasons=(*match.reasons, "in the register"),
        joined=joined,
        decided_by=match.decided_by,
    )


def _enriched(actor: Actor, entries: Iterable[Entry]) -> Actor:
    known = list(entries)
    country, grounds = actor.country, actor.grounds
    held = [office for entry in known for office in entry.offices if office.of in entry.countries]
    if country is None and len({office.of for office in held}) == 1:
        country = held[0].of
        grounds = (
            *grounds,
            Ground(of="country", why=f"{held[0].title} ({country}), says the register: {held[0].register}"),
        )
    return replace(
        actor,
        country=country,
        grounds=grounds,
        names=tuple(sorted({actor.name, *actor.names, *(name for entry in known for name in entry.names)})),
        same_as=tuple(sorted({*actor.same_as, *(link for entry in known for link in entry.links)})),
        offices=(*actor.offices, *sorted((office for entry in known for office in entry.offices), key=_order)),
    )


def _order(office: Office) -> tuple[str, str, str, str]:
    return str(office.since or ""), str(office.until or ""), office.title, office.of or ""


def _days(documents: Sequence[Document], actor_of: Mapping[str, str]) -> dict[str, tuple[date, ...]]:
    """The days of the articles that name each joined actor, sorted."""
    days: dict[str, set[date]] = defaultdict(set)
    for document in documents:
        published = document.article.published
        for actor in document.actors or ():
            if published is not None:
                days[actor_of.get(actor.id, actor.id)].add(published)
    return {identity: tuple(sorted(found)) for identity, found in days.items()}


def _ruled(decisions: Sequence[Decision], actor_of: Mapping[str, str]) -> dict[tuple[str, str], tuple[bool, str]]:
    """What persons decided about an actor and an entry (or another actor): whether they are one, and who says so."""
    undone = {str(decision.body.get("decision", "")) for decision in decisions if decision.kind == "undo"}
    ruled: dict[tuple[str, str], tuple[bool, str]] = {}
    for decision in sorted(decisions, key=lambda decision: (decision.time, decision.id)):
        if decision.kind in ("join", "split") and decision.id not in undone:
            one, other = (str(decision.body.get(side, "")) for side in ("one", "other"))
            said = (decision.kind == "join", decision.author)
            ruled[(actor_of.get(one, one), actor_of.get(other, other))] = said
            ruled[(actor_of.get(other, other), actor_of.get(one, one))] = said
    return ruled
