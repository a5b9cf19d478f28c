"""Stages that join actors: the members of articles, who of them may be one by name, and each family joined."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.record import Article, Office
from dragoman.relate.identify import (
    SURNAME,
    Member,
    add_member,
    article_members,
    crowd_of,
    identify_members,
    name_rows,
    persons_of,
)
from dragoman.relate.identify_person import Person
from dragoman.relate.join import Joined
from dragoman.relate.kin import Kinship, group_of, name_keys, person_kin
from dragoman.relate.sides import is_state
from dragoman.relate.sources import bands_of, is_copy
from dragoman.run.merging.rows import Row, bucket_of, note_of
from dragoman.run.merging.task import Job, actor_from, bearing, plain
from dragoman.store import codec


def members(job: Job) -> Iterator[Row]:
    """The actors of a lot's articles, by id; and the keys under which like texts meet.

    What the codebook's key makes one is handed on once in each form that it has, with how often, once or more: that is all
    that joining it asks. A person is handed on with the places where its record stands.
    """
    known: Counter[tuple[str, str]] = Counter()
    for document in job.documents():
        for band in bands_of(document.article):
            yield Row("band", bucket_of(band, job.task.buckets), band, note_of([document.article.id, job.task.name]))
        for member in article_members(document):
            actor = member.actor
            if actor.key is not None and actor.kind != "person":
                known[actor.id, codec.pack(actor)] += 1
            else:
                yield _member_row("member", member, [job.task.name], job.task.buckets, actor.id)
    for (identity, body), number in sorted(known.items()):
        told = {"actor": json.loads(body), "times": min(number, 2), "parts": [job.task.name]}
        yield Row("member", bucket_of(identity, job.task.buckets), identity, note_of(told))


def grouped(job: Job) -> Iterator[Row]:
    """The members of all articles under one id, led to those that are one with them without weighing; the others are done."""
    alone: dict[str, Member] = {}
    parts: dict[str, list[str]] = {}
    for identity, found in job.grouped("member"):
        seen: dict[str, Member] = {}
        for told in _in_order(found):
            for _ in range(told.get("times", 1)):
                add_member(seen, _member_of(told))
        member = seen[identity]
        places = sorted({part for told in found for part in told["parts"]})
        group = group_of(identity, member)
        if group is None:
            alone[identity], parts[identity] = member, places
        else:
            yield _member_row("grouped", member, places, job.task.buckets, group)
    yield from _joined(job, alone, parts, frozenset())


def _in_order(found: Iterable[Any]) -> list[Any]:
    """Members under one id as one machine adds them: by article, and those of which only the form counts by form."""
    return sorted(found, key=lambda told: (told.get("articles", [""]), json.dumps(told["actor"], sort_keys=True)))


def named(job: Job) -> Iterator[Row]:
    """The persons among groups, under the keys of their names."""
    for group, found in job.grouped("grouped"):
        seen = {told["actor"]["id"]: _member_of(told) for told in found}
        for identity, member in sorted(seen.items()):
            for key, name, said in name_rows(identity, member):
                yield Row("name", bucket_of(key, job.task.buckets), key, note_of([name, list(said)]))
        for person in persons_of({one: seen[one] for one in sorted(seen)}):
            told = {"group": group, **_person_values(person)}
            for key in name_keys(person):
                yield Row("person", bucket_of(key, job.task.buckets), key, note_of(told))


def crowds(job: Job) -> Iterator[Row]:
    """The keys of names that too many share, as a note."""
    found = []
    for key, rows in job.grouped("name"):
        bearers = {tuple(said) if key.startswith(SURNAME) else name for name, said in rows}
        if len(bearers) > crowd_of(key):
            found.append(key)
    job.notes = found
    return iter(())


def linked(job: Job) -> Iterator[Row]:
    """The groups of persons who may be one, found in the blocks of the keys of names."""
    crowded = frozenset(job.note())
    kin = Kinship()
    for key, rows in job.grouped("person"):
        if key in crowded:
            continue
        persons = sorted(
            ((told["group"], _person_of(told)) for told in rows), key=lambda item: (item[0], item[1].members)
        )
        for one, other in person_kin(persons, key, crowded, kin):
            yield Row("link", "all", one, note_of(other))


def gathered(job: Job) -> Iterator[Row]:
    """The members of groups led to their families; groups that are linked to no other are joined at once."""
    roots = dict(job.read("root"))
    alone: dict[str, Member] = {}
    parts: dict[str, list[str]] = {}
    for group, told in job.read("grouped"):
        identity = told["actor"]["id"]
        if group in roots:
            yield Row("kin", bucket_of(roots[group], job.task.buckets), identity, note_of(told))
        else:
            alone[identity], parts[identity] = _member_of(told), told["parts"]
    # the keys of a group's own name may be crowded, but within it nobody is weighed against anybody
    yield from _joined(job, alone, parts, frozenset(job.note()))


def joined(job: Job) -> Iterator[Row]:
    """The families of linked groups, joined."""
    seen: dict[str, Member] = {}
    parts: dict[str, list[str]] = {}
    for identity, told in job.read("kin"):
        seen[identity], parts[identity] = _member_of(told), told["parts"]
    yield from _joined(job, seen, parts, frozenset(job.note()))


def _joined(
    job: Job, seen: Mapping[str, Member], parts: Mapping[str, list[str]], crowded: frozenset[str]
) -> Iterator[Row]:
    """The joined actors of families, the joins, and where each member went, for the lots in which it stands."""
    outcome: Joined = identify_members({one: seen[one] for one in sorted(seen)}, (), crowded)
    buckets = job.task.buckets
    told = {actor.id: bearing(actor) for actor in outcome.actors}
    for actor in outcome.actors:
        yield Row("actor", bucket_of(actor.id, buckets), actor.id, codec.pack(actor))
    for join in outcome.joins:
        yield Row("join", bucket_of(join.one, buckets), join.one, codec.pack(join))
    for identity, places in sorted(parts.items()):
        to = outcome.actor_of[identity]
        for part in places:
            yield Row("route", part, identity, note_of(told[to]))
    job.notes = {
        "countries": sorted({actor.country for actor in outcome.actors if actor.country}),
        "states": [told[actor.id] for actor in outcome.actors if is_state(actor)],
    }


# --- copies of texts ----------------------------------------------------------------------------------------------------


def met(job: Job) -> Iterator[Row]:
    """The articles whose texts may be copies: those that share a key."""
    kin: set[tuple[str, str]] = set()
    for _, rows in job.grouped("band"):
        held = sorted({(one, part) for one, part in rows})
        for place, (one, mine) in enumerate(held):
            for other, theirs in held[place + 1 :]:
                if one != other and (one, other) not in kin:
                    kin.add((one, other))
                    yield Row("met", "all", one, note_of([other, mine, theirs]))


def texts(job: Job) -> Iterator[Row]:
    """The texts of a lot that may be copies, led to where they are compared."""
    place_of = dict(job.read("twin"))
    for document in job.documents() if place_of else ():
        if document.article.id in place_of:
            bucket, mates = place_of[document.article.id]
            told = {"part": job.task.name, "mates": mates, "article": plain(document.article)}
            yield Row("text", bucket, document.article.id, note_of(told))


def copied(job: Job) -> Iterator[Row]:
    """The pairs of texts of which one is largely a copy of the other, for the lots of both."""
    told = dict(job.read("text"))
    pages = {one: codec.unpack(Article, json.dumps(values["article"])) for one, values in told.items()}
    for one in sorted(told):
        for other in told[one]["mates"]:
            if one < other and is_copy(pages[one], pages[other]):
                yield Row("copy", told[one]["part"], one, note_of(other))
                yield Row("copy", told[other]["part"], other, note_of(one))


# --- members and persons as plain values --------------------------------------------------------------------------------


def _member_row(kind: str, member: Member, parts: list[str], buckets: int, key: str) -> Row:
    told = {
        "actor": plain(member.actor),
        "articles": sorted(member.articles),
        "company": sorted(member.company),
        "published": sorted(day.isoformat() for day in member.published),
        "parts": parts,
    }
    return Row(kind, bucket_of(key, buckets), key, note_of(told))


def _member_of(told: Any) -> Member:
    return Member(
        actor=actor_from(told["actor"]),
        articles=set(told.get("articles", ())),
        company=set(told.get("company", ())),
        published={date.fromisoformat(day) for day in told.get("published", ())},
    )


def _person_values(person: Person) -> dict[str, Any]:
    """A person as far as it is weighed against others; its record stands elsewhere."""
    offices = [plain(replace(office, evidence=())) for office in person.offices]
    return {
        "members": person.members[:1],
        "names": person.names,
        "key": person.key,
        "country": person.country,
        "gender": person.gender,
        "offices": sorted({note_of(one) for one in offices}),
        "articles": sorted(person.articles),
        "company": sorted(person.company),
        "published": [day.isoformat() for day in person.published],
    }


def _person_of(told: Any) -> Person:
    return Person(
        members=tuple(told["members"]),
        names=tuple(told["names"]),
        key=told["key"],
        country=told["country"],
        gender=told["gender"],
        offices=tuple(codec.unpack(Office, one) for one in told["offices"]),
        articles=frozenset(told["articles"]),
        company=frozenset(told["company"]),
        published=tuple(date.fromisoformat(day) for day in told["published"]),
    )
