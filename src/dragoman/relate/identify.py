"""Join actors across articles: one record for each state, body and person, with the reasons.

What the codebook knows is one by its key. Persons join by evidence (`identify_person`): their names across romanisations,
offices, countries, who is named beside them. Bodies and groups that the codebook doesn't know join by their exact name.
What a person decided comes before all of it. The order of the documents makes no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import TypeVar

from dragoman.names import fullness, is_bare, keys, meetings, surname_of
from dragoman.names.block import CROWD as NAME_CROWD
from dragoman.record import Actor, Decision, Document, Join, Office
from dragoman.record.actor import Ground
from dragoman.record.ids import make_id
from dragoman.relate.identify_person import Person, fullest, office_words, strangers, supported, weigh
from dragoman.relate.join import Joined

_Word = TypeVar("_Word", bound=str)

JOINED = 0.9
"""From this score on two persons are one. High on purpose: a wrong join mixes two lives, a missed one is offered."""
CANDIDATE = 0.5
"""From this score on two persons are offered to a person to decide."""
EXACT_NAME = 0.95
"""The score of two bodies that the codebook doesn't know and that bear the same name."""
HELD = 0.91
"""The score of a surname that one office of one state bears throughout a year (`weigh` says the same of a pair)."""
CROWD = 400
"""Bearers of one surname beyond which a bare surname is not held against each of them."""
SURNAME = "~"
"""Begins the keys of surnames."""
MADE_BY = "identify 2"


def identify(documents: Sequence[Document], decisions: Sequence[Decision] = ()) -> Joined:
    """Return the actors of all documents, joined; where each article's own actor went; and why.

    A joined actor has the id of its codebook key if it has one, else the smallest id among its members, so that the id
    of any member, and the joined id as it was when a decision was made, still leads to it. `decisions` of the kind `join`
    and `split` name two actors by such ids (`one`, `other`), `rename` one and its `name`, `link` one and the outside id
    `same_as`, `undo` the `decision` that no longer counts; of two on the same pair the later one holds.

    `joins` lists each step that made two one, with the joined id as `one` and the member that came in as `other`, and the
    candidates left open, with the two joined ids. That two share a key of the codebook needs no step: the key says it.
    """
    return identify_members(members_of(documents), decisions)


def identify_members(
    seen: Mapping[str, Member], decisions: Sequence[Decision] = (), crowded: Container[str] | None = None
) -> Joined:
    """Return what `identify` does of members of articles, by id in order.

    Members that have to do with each other, directly or through others (`relate.kin` says when), joined alone are joined as
    all of them would be; `crowded` are then the keys of names that too many of all of them share.
    """
    rulings = _Rulings.read(decisions, seen)
    groups = _Groups(seen, rulings)
    for low, high, author, reason in rulings.together:
        groups.union(low, high, 1.0, (reason,), decided_by=author, forced=True)
    for bearers in _same_key(seen):
        groups.gather(bearers, 1.0, ())
    for one, other in _same_name(seen):
        groups.union(one, other, EXACT_NAME, (f"same name: {seen[other].actor.name}",))
    persons = persons_of(seen)
    groups.know(persons)
    for person in persons:
        groups.gather(person.members, *_same_person(person))
    candidates = []
    if crowded is None:
        crowded = crowd(row for identity, member in seen.items() for row in name_rows(identity, member))
    for score, a, b, reasons in links(persons, crowded):
        if score < JOINED or not groups.union(a.members[0], b.members[0], score, reasons):
            candidates.append((a.members[0], b.members[0], score, reasons))
    return groups.joined(candidates)


@dataclass(slots=True)
class Member:
    """An actor of one article (or of several under one id), and where it stands: `company` are the known actors beside it."""

    actor: Actor
    articles: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    published: set[date] = field(default_factory=set)


def members_of(documents: Iterable[Document]) -> dict[str, Member]:
    """Return the actors of single articles by id, sorted; an article that comes twice counts once."""
    unique = {document.article.id: document for document in documents}
    members: dict[str, Member] = {}
    for article in sorted(unique):
        for member in article_members(unique[article]):
            add_member(members, member)
    return {identity: members[identity] for identity in sorted(members)}


def article_members(document: Document) -> list[Member]:
    """Return the actors of one article, each with the known actors named beside it."""
    article, actors = document.article, document.actors or ()
    known = {actor.key: _label(actor) for actor in actors if actor.key}
    return [
        Member(
            actor=actor,
            articles={article.id},
            company={label for key, label in known.items() if key not in (actor.key, actor.country)},
            published=set() if article.published is None else {article.published},
        )
        for actor in actors
    ]


def add_member(members: dict[str, Member], member: Member) -> None:
    """Put what one article holds of an actor to what others hold under the same id."""
    known = members.get(member.actor.id)
    if known is None:
        members[member.actor.id] = member
        return
    known.actor = _merged(known.actor.id, [known.actor, member.actor], None)
    known.articles |= member.articles
    known.company |= member.company
    known.published |= member.published


def _label(actor: Actor) -> str:
    """A known actor as reasons name it, the same in every article: "Belarus", "foreign ministry of UKR"."""
    if actor.kind == "state" or actor.key is None:
        return actor.name
    owner, _, name = actor.key.rpartition(":")
    return name if owner in ("", "person") else f"{name} of {owner}"


def _same_key(seen: Mapping[str, Member]) -> Iterator[list[str]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for identity, member in seen.items():
        if member.actor.key and not member.actor.anonymous:
            bearers[member.actor.key].append(identity)
    yield from bearers.values()


def _same_name(seen: Mapping[str, Member]) -> Iterator[tuple[str, str]]:
    """Bodies and groups outside the codebook that bear one name, act for no two countries and are of one kind."""
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for identity, member in seen.items():
        actor = member.actor
        if actor.kind in ("body", "group") and not actor.anonymous and actor.key is None:
            named[(actor.kind, _plain_name(actor))].append(identity)
    for name in sorted(named):
        countries = {seen[identity].actor.country for identity in named[name]} - {None}
        if len(countries) < 2:
            for other in named[name][1:]:
                yield named[name][0], other
        else:
            by_country: dict[str | None, str] = {}
            for identity in named[name]:
                country = seen[identity].actor.country
                if country in by_country and country is not None:
                    yield by_country[country], identity
                by_country.setdefault(country, identity)


def persons_of(seen: Mapping[str, Member]) -> list[Person]:
    """The persons with a name, those of whom all the same is said in one.

    A full name with one country and one gender is one person however many articles name it. A bare surname is one within
    a year if it bears the same offices of one state in it (President Bush), else a person of its own in each article.
    """
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for identity, member in seen.items():
        said = said_of(identity, member)
        if said is not None:
            alike[said].append(identity)
    persons = []
    for said in sorted(alike):
        members = alike[said]
        actors = [seen[identity].actor for identity in members]
        persons.append(
            Person(
                members=tuple(members),
                names=fullest(tuple(name for actor in actors for name in (actor.name, *actor.names))),
                key=actors[0].key,
                country=_most(actor.country for actor in actors),
                gender=_most(actor.gender for actor in actors),
                offices=tuple(office for actor in actors for office in actor.offices),
                articles=frozenset(article for i in members for article in seen[i].articles),
                company=frozenset(key for i in members for key in seen[i].company),
                published=tuple(sorted({day for i in members for day in seen[i].published})),
            )
        )
    return persons


def said_of(identity: str, member: Member) -> tuple[str, ...] | None:
    """Return what is said of a person by name: those of whom all the same is said are one. None for all others."""
    actor = member.actor
    if actor.kind != "person" or actor.anonymous:
        return None
    names = fullest((actor.name, *actor.names))
    if actor.key:
        return "key", actor.key
    if not is_bare(names[0]):
        return "name", actor.country or "", actor.gender or "", *names
    held = sorted({office_words(office) for office in actor.offices if office.of == actor.country})
    if held and actor.country and len(years := {day.year for day in member.published}) == 1:
        return "bare", names[0].casefold(), actor.country, actor.gender or "", str(min(years)), *held
    return "bare", identity


def name_rows(identity: str, member: Member) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the keys under which a person meets others, each with the name and what is said of the person.

    Keys of surnames, under which bare surnames meet, begin with a tilde.
    """
    said = said_of(identity, member)
    if said is None:
        return
    for name in fullest((member.actor.name, *member.actor.names)):
        if not is_bare(name):
            for key in sorted(keys(name)):
                yield key, name, said
        for key in sorted(keys(surname_of(name))):
            yield SURNAME + key, name, said


def crowd(rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> frozenset[str]:
    """Return the keys that too many share to tell anything: names, or of surnames persons."""
    bearers: dict[str, set[object]] = defaultdict(set)
    for key, name, said in rows:
        bearers[key].add(said if key.startswith(SURNAME) else name)
    return frozenset(key for key, found in bearers.items() if len(found) > crowd_of(key))


def crowd_of(key: str) -> int:
    """Return how many may share a key of a name."""
    return CROWD if key.startswith(SURNAME) else NAME_CROWD


def token_of(actor: Actor) -> str | None:
    """Return what makes actors of different articles one without looking at anything else: key, or name of a body."""
    if actor.anonymous:
        return None
    if actor.key:
        return f"key {actor.key}"
    if actor.kind in ("body", "group"):
        return f"{actor.kind} {_plain_name(actor)}"
    return None


def _plain_name(actor: Actor) -> str:
    return " ".join(actor.name.casefold().removeprefix("the ").split())


def _same_person(person: Person) -> tuple[float, tuple[str, ...]]:
    if person.key:
        return 1.0, ()
    if person.bare and person.offices:
        held = person.offices[0].title
        return HELD, (
            f"same surname: {person.names[0]}",
            f"{held} ({person.country}) in both",
            "in articles of one year",
        )
    country = f", both act for {person.country}" if person.country else ""
    return EXACT_NAME, (f"same name: {person.names[0]}{country}",)


def links(persons: Sequence[Person], crowded: Container[str]) -> list[tuple[float, Person, Person, tuple[str, ...]]]:
    """Return the pairs of persons that may be one, the surest first, then by id."""
    found = []
    for one, other in _pairs(persons, crowded):
        if strangers(one, other):
            continue
        score, reasons = weigh(one, other)
        if score >= CANDIDATE:
            found.append((score, one, other, reasons))
    return sorted(_unambiguous(found), key=lambda link: (-link[0], link[1].members[0], link[2].members[0]))


def _pairs(persons: Sequence[Person], crowded: Container[str]) -> Iterator[tuple[Person, Person]]:
    """Persons whose names share a blocking key; bare surnames only with those of whom something else agrees too."""
    bearers: dict[str, list[int]] = defaultdict(list)
    surnames: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(persons):
        if not person.bare:
            for name in person.names:
                bearers[name].append(place)
        for key in sorted({key for name in person.names for key in keys(surname_of(name))}):
            surnames[key].append(place)
    names = sorted(bearers)
    met: set[tuple[int, int]] = set()
    for name in names:
        met.update(combinations(bearers[name], 2))
    for one, other in meetings(names, crowded):
        met.update((min(a, b), max(a, b)) for a in bearers[names[one]] for b in bearers[names[other]] if a != b)
    for key in sorted(surnames):
        if SURNAME + key not in crowded:
            for a, b in combinations(surnames[key], 2):
                if (persons[a].bare or persons[b].bare) and supported(persons[a], persons[b]):
                    met.add((a, b))
    for a, b in sorted(met):
        yield persons[a], persons[b]


def _unambiguous(
    links: list[tuple[float, Person, Person, tuple[str, ...]]],
) -> Iterator[tuple[float, Person, Person, tuple[str, ...]]]:
    """Hold back the joins of a bare surname that fits two persons who are not one."""
    fits: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for score, one, other, _ in links:
        if score >= JOINED:
            for bare, full in ((one, other), (other, one)):
                if bare.bare and not full.bare:
                    fits[bare.members].append(full)
    torn = {
        members
        for members, found in fits.items()
        if any(strangers(one, other) for one, other in combinations(found, 2))
    }
    for score, one, other, reasons in links:
        if score >= JOINED and (one.members in torn or other.members in torn):
            yield JOINED - 0.01, one, other, (*reasons, "another person of that surname fits as well")
        else:
            yield score, one, other, reasons


@dataclass(frozen=True, slots=True)
class _Rulings:
    """What people decided about actors, on the ids of members."""

    together: tuple[tuple[str, str, str, str], ...]
    apart: frozenset[tuple[str, str]]
    names: Mapping[str, str]
    links: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, decisions: Sequence[Decision], seen: Mapping[str, Member]) -> _Rulings:
        leads = {identity: identity for identity in seen}
        for identity, member in seen.items():
            if member.actor.key:
                leads.setdefault(make_id("actor", member.actor.key), identity)
        ordered = sorted(decisions, key=lambda decision: (decision.time, decision.id))
        undone = {str(decision.body.get("decision", "")) for decision in ordered if decision.kind == "undo"}
        last: dict[tuple[str, str], Decision] = {}
        names: dict[str, str] = {}
        links: dict[str, list[str]] = defaultdict(list)
        for decision in ordered:
            one = leads.get(str(decision.body.get("one", "")))
            other = leads.get(str(decision.body.get("other", "")))
            if decision.id in undone or one is None:
                continue
            if decision.kind in ("join", "split") and other is not None and one != other:
                last[(min(one, other), max(one, other))] = decision
            elif decision.kind == "rename" and decision.body.get("name"):
                names.pop(one, None)
                names[one] = str(decision.body["name"])
            elif decision.kind == "link" and decision.body.get("same_as"):
                links[one].append(str(decision.body["same_as"]))
        together = tuple(
            (low, high, decision.author, str(decision.body.get("reason") or "a person decided so"))
            for (low, high), decision in sorted(last.items())
            if decision.kind == "join"
        )
        apart = frozenset(pair for pair, decision in last.items() if decision.kind == "split")
        return cls(together, apart, names, {identity: tuple(found) for identity, found in links.items()})


class _Groups:
    """Union-find over the members, with what must stay apart."""

    def __init__(self, seen: Mapping[str, Member], rulings: _Rulings) -> None:
        self._seen = seen
        self._rulings = rulings
        self._root = {identity: identity for identity in seen}
        self._within = {identity: [identity] for identity in seen}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in rulings.apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._person: dict[str, Person] = {}
        self._ruled = {identity for low, high, _, _ in rulings.together for identity in (low, high)}
        self._steps: list[tuple[str, str, float, tuple[str, ...], str | None]] = []

    def know(self, persons: Iterable[Person]) -> None:
        """Tell the groups which person each member is, so that strangers stay apart."""
        self._person = {identity: person for person in persons for identity in person.members}

    def find(self, identity: str) -> str:
        """The smallest member of the group."""
        root = identity
        while self._root[root] != root:
            root = self._root[root]
        while self._root[identity] != root:
            self._root[identity], identity = root, self._root[identity]
        return root

    def union(
        self,
        one: str,
        other: str,
        score: float,
        reasons: tuple[str, ...],
        *,
        decided_by: str | None = None,
        forced: bool = False,
    ) -> bool:
        """Make two groups one; False where a decision, or a stranger in the other group, keeps them apart.

        Without reasons no step is kept.
        """
        low, high = sorted((self.find(one), self.find(other)))
        if low == high:
            return True
        if not self._may_join(low, high, forced=forced):
            return False
        self._root[high] = low
        self._within[low] += self._within.pop(high)
        if reasons:
            self._steps.append((one, other, score, reasons, decided_by))
        return True

    def gather(self, members: Iterable[str], score: float, reasons: tuple[str, ...]) -> None:
        """Make members of whom all the same is said one, or as few as a decision between some of them allows."""
        parts: list[str] = []
        for member in members:
            if not any(self.union(part, member, score, reasons) for part in parts):
                parts.append(member)

    def _may_join(self, low: str, high: str, *, forced: bool) -> bool:
        few, many = sorted((self._within[low], self._within[high]), key=len)
        if any(not self._apart[identity].isdisjoint(many) for identity in few if identity in self._apart):
            return False
        if forced:
            return True
        mine, theirs = self._persons_in(few), self._persons_in(many)
        return not any(strangers(a, b) for a in mine for b in theirs)

    def _persons_in(self, members: Iterable[str]) -> list[Person]:
        """The persons of a group, without those that a decision brought in: no name speaks against a decision."""
        found = {
            self._person[i].members: self._person[i] for i in members if i in self._person and i not in self._ruled
        }
        return list(found.values())

    def joined(self, candidates: Iterable[tuple[str, str, float, tuple[str, ...]]]) -> Joined:
        """The joined actors, and the steps and candidates as joins."""
        actors: list[Actor] = []
        actor_of: dict[str, str] = {}
        keyed: set[str] = set()
        for root in sorted(self._within, key=lambda root: (-len(self._within[root]), root)):
            members = sorted(self._within[root])
            group = [self._seen[identity].actor for identity in members]
            known = next((actor.key for actor in group if actor.key and not actor.anonymous), None)
            if known in keyed:
                # A person split this one off from what the codebook took it for.
                group, known = [replace(actor, key=None) for actor in group], None
            elif known:
                keyed.add(known)
            identity = make_id("actor", known) if known else root
            own = self._within[root]
            name = next((shown for i, shown in reversed(list(self._rulings.names.items())) if i in own), None)
            joined = _merged(identity, group, name)
            links = sorted({link for i in members for link in self._rulings.links.get(i, ())} | set(joined.same_as))
            actors.append(replace(joined, same_as=tuple(links)))
            actor_of.update(dict.fromkeys(members, identity))
        joins = [
            Join(
                kind="actor",
                one=actor_of[one],
                other=one if actor_of[one] == other else other,
                score=round(score, 3),
                reasons=reasons,
                joined=True,
                decided_by=author,
            )
            for one, other, score, reasons, author in self._steps
        ]
        open_pairs: dict[tuple[str, str], Join] = {}
        for one, other, score, reasons in candidates:
            low, high = sorted((actor_of[one], actor_of[other]))
            if low != high and (low, high) not in open_pairs and not self._decided(one, other):
                open_pairs[(low, high)] = Join(
                    kind="actor", one=low, other=high, score=round(score, 3), reasons=reasons, joined=False
                )
        return Joined(
            actors=tuple(sorted(actors, key=lambda actor: actor.id)),
            actor_of=actor_of,
            joins=tuple(sorted((*joins, *open_pairs.values()), key=lambda join: (join.one, join.other))),
        )

    def _decided(self, one: str, other: str) -> bool:
        theirs = self._within[self.find(other)]
        return any(not self._apart[i].isdisjoint(theirs) for i in self._within[self.find(one)] if i in self._apart)


def _most(values: Iterable[_Word | None]) -> _Word | None:
    """The commonest value that is there, the first in the alphabet among equals."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


def _merged(identity: str, group: Sequence[Actor], name: str | None) -> Actor:
    """One actor out of a group: every spelling, every office with all its evidence, what most say of the rest."""
    first = group[0]
    if len(group) == 1 and name is None and first.id == identity:
        return first
    spellings = Counter(actor.name for actor in group)
    if name is None:
        name = min(spellings, key=lambda s: (-fullness(s) if first.kind == "person" else 0, -spellings[s], s))
    gender = _most(actor.gender for actor in group)
    kinds = Counter(actor.kind for actor in group)
    return Actor(
        id=identity,
        name=name,
        kind=min((actor.kind for actor in group), key=lambda kind: (-kinds[kind], kind)),
        country=_most(actor.country for actor in group),
        sector=_most(actor.sector for actor in group),
        names=tuple(sorted({spelling for actor in group for spelling in (*actor.names, actor.name)})),
        offices=_career(group),
        same_as=tuple(sorted({link for actor in group for link in actor.same_as})),
        key=_most(actor.key for actor in group),
        gender="female" if gender == "female" else "male" if gender == "male" else None,
        anonymous=all(actor.anonymous for actor in group),
        grounds=tuple(sorted(dict.fromkeys(ground for actor in group for ground in actor.grounds), key=_ground_order)),
        made_by=MADE_BY,
    )


def _ground_order(ground: Ground) -> tuple[str, str, str]:
    """By article, and within one as its record has them: in whatever order the members come, their grounds stand in one."""
    if not ground.evidence:
        return "", ground.of, ground.why
    return ground.evidence[0].article, "", ""


def _career(group: Sequence[Actor]) -> tuple[Office, ...]:
    """The offices of all members, each once with all its evidence: by the day they began, then by title."""
    offices: dict[tuple[object, ...], Office] = {}
    for actor in group:
        for office in actor.offices:
            held = (office.title.casefold(), office.of, office.since, office.until, office.former)
            known = offices.get(held)
            if known is not None:
                spans = {(span.article, span.start, span.end): span for span in (*known.evidence, *office.evidence)}
                office = replace(known, evidence=tuple(spans[place] for place in sorted(spans)))
            offices[held] = office
    return tuple(
        sorted(offices.values(), key=lambda o: (str(o.since or ""), str(o.until or ""), o.title.casefold(), o.of or ""))
    )
