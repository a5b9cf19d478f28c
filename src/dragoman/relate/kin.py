"""Kin: which actors, and which reports, have to do with each other, found block by block.

What has nothing to do with each other, directly or through others, is joined alone as it is joined with everything else: that
is what lets a corpus be joined in parts, on as many machines as there are (`dragoman.run.cluster`). A block is what shares a
key: persons a key of a name, reports a kind of act, a party and a month. Within a block kin are those that the functions which
join everything (`identify.links`, `merge.may_be_one`) would compare and not tell apart; across blocks they are followed from
one to the next.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, product

from dragoman.codebook.relations import RelationRules
from dragoman.names import is_bare, keys, surname_of
from dragoman.relate.identify import CANDIDATE, SURNAME, Member, links, said_of, token_of
from dragoman.relate.identify_person import Person, could_be_one, supported
from dragoman.relate.likeness import Report
from dragoman.relate.merge import identity_of, may_be_one, reach, sketch_of, sketches_meet
from dragoman.relate.times import is_dated

SAME_NAME = "="
"""Begins the keys under which bearers of one full name meet, however many share the keys of its sound."""


class Kinship:
    """Union-find over ids: the smallest id of a family stands for it."""

    def __init__(self) -> None:
        self._over: dict[str, str] = {}

    def root(self, one: str) -> str:
        """Return the id that stands for the family of one; itself where it has none."""
        root = one
        while (above := self._over.get(root, root)) != root:
            root = above
        while (above := self._over.get(one, one)) != root:
            self._over[one], one = root, above
        return root

    def join(self, one: str, other: str) -> bool:
        """Make two one family; False where they were."""
        low, high = sorted((self.root(one), self.root(other)))
        self._over.setdefault(low, low)
        self._over[high] = low
        return low != high

    def members(self) -> dict[str, str]:
        """Return of each id that has a family the root, by id."""
        return {one: self.root(one) for one in sorted(self._over)}


def group_of(identity: str, member: Member) -> str | None:
    """Return what makes a member one with others without weighing anything; None where it is one with nobody."""
    token = token_of(member.actor)
    if token is not None:
        return token
    said = said_of(identity, member)
    return None if said is None else json.dumps(said, ensure_ascii=False)


def name_keys(person: Person) -> list[str]:
    """Return the keys of the blocks in which a person meets those that may be the same person, sorted."""
    full = [name for name in person.names if not is_bare(name)]
    found = {key for name in full for key in keys(name)} | {SAME_NAME + name for name in full}
    return sorted(found | {SURNAME + key for name in person.names for key in keys(surname_of(name))})


def person_kin(
    persons: Sequence[tuple[str, Person]], key: str, crowded: Container[str], kin: Kinship
) -> Iterator[tuple[str, str]]:
    """Yield those in the block of a key, by the names of their groups, that may be one person and were not kin before.

    `crowded` are the keys that too many of all persons share: under them nobody meets.
    """
    if key in crowded:
        return
    for (mine, one), (theirs, other) in combinations(persons, 2):
        if kin.root(mine) == kin.root(theirs):
            continue
        if key.startswith(SURNAME) and not ((one.bare or other.bare) and supported(one, other)):
            continue
        if could_be_one(one.names, other.names, CANDIDATE) and links([one, other], crowded):
            kin.join(mine, theirs)
            yield mine, theirs


def month_of(day: int) -> str:
    """Return the month of a day's ordinal, as "2023-04"."""
    return date.fromordinal(day).isoformat()[:7]


def things_of(report: Report, blocks: Iterable[tuple[str, str]]) -> list[str]:
    """Return the blocks in which a report meets those about the same thing at any time; none where it names no thing."""
    thing = report.event.object
    return [] if thing is None else [f"{kind} {party} {thing}" for kind, party in blocks]


def is_loose(report: Report) -> bool:
    """Say whether a report tells as past, without a day: what is about the same thing may be it, at any time."""
    return report.event.historical and not is_dated(report.event.when)


def report_kin(
    reports: Iterable[Report], month: str | None, rules: RelationRules, kin: Kinship
) -> Iterator[tuple[Report, Report]]:
    """Yield those of the block of a kind of act and a party, in one month, that may be one and were not kin before.

    In the block of a month stand the reports whose reach begins in it and those whose reach goes on into it; two meet in the
    month in which the later reach begins. Without a month the block is of a thing: those told as past without a day meet
    all others.
    """
    first: dict[object, Report] = {}
    classes: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.order):
        stands = first.setdefault(identity_of(report), report)
        if stands is report:
            classes[json.dumps(sketch_of(report, rules))].append(report)
        elif kin.join(stands.event.id, report.event.id):
            yield stands, report
    ordered = sorted(classes)
    sketches = {name: sketch_of(classes[name][0], rules) for name in ordered}
    for place, mine in enumerate(ordered):
        for theirs in ordered[place:]:
            if not sketches_meet(sketches[mine], sketches[theirs]):
                continue
            others = classes[theirs] if theirs != mine else None
            pairs = (
                _about_one_thing(classes[mine], others) if month is None else _in_reach(classes[mine], others, month)
            )
            for one, other in pairs:
                if kin.root(one.event.id) != kin.root(other.event.id) and may_be_one(one, other, rules):
                    kin.join(one.event.id, other.event.id)
                    yield one, other


def _in_reach(one: Sequence[Report], other: Sequence[Report] | None, month: str) -> Iterator[tuple[Report, Report]]:
    """The pairs of two lists, or within one, whose reaches overlap, where the later of them begins in the month."""
    spans = [(*reach(report), report.order, 0, report) for report in one]
    spans += [(*reach(report), report.order, 1, report) for report in other or ()]
    open_: tuple[list[tuple[int, Report]], list[tuple[int, Report]]] = ([], [])
    for low, high, _, side, report in sorted(spans, key=lambda span: span[:4]):
        across = 0 if other is None else 1 - side
        if month_of(low) == month:
            open_[across][:] = [item for item in open_[across] if item[0] >= low]
            yield from ((earlier, report) for _, earlier in open_[across])
        open_[side].append((high, report))


def _about_one_thing(one: Sequence[Report], other: Sequence[Report] | None) -> Iterator[tuple[Report, Report]]:
    """The pairs of two lists, or within one, of which one tells as past without a day what both are about."""
    pairs = combinations(one, 2) if other is None else product(one, other)
    return (pair for pair in pairs if is_loose(pair[0]) or is_loose(pair[1]))
