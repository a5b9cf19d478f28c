"""Actors: who may be one with somebody in a new article, joined again; everybody else stays as they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import or_, select

from dragoman.names import is_bare, surname_of
from dragoman.names import keys as keys_of
from dragoman.record import Actor, Join
from dragoman.record.ids import make_id
from dragoman.relate.identify import (
    CANDIDATE,
    SURNAME,
    Member,
    add_member,
    article_members,
    crowd_of,
    identify_members,
    links,
    name_rows,
    persons_of,
    said_of,
    token_of,
)
from dragoman.relate.identify_person import Person, could_be_one
from dragoman.relate.marked import is_envoy
from dragoman.relate.sides import is_state, missing_states
from dragoman.run.updating.work import Work
from dragoman.store import codec, parts, rows, tables

_MOST = {True: crowd_of(SURNAME), False: crowd_of("")}


def update_actors(work: Work) -> None:
    """Join the actors of the fresh articles with all others, and note the articles that this touches in `work.dirty`."""
    connection = work.connection
    work.dirty.update(work.fresh)
    old_keys = _keys_in(work)
    changed = parts.put_members(connection, work.fresh, _rows(work)) | {
        one for one in work.moved if one.startswith("actor-")
    }
    if not changed:
        return
    fixed, open_ = _by_fate(work, changed)
    _join_fixed(work, fixed)
    touched = _with_crowds(work, open_, old_keys)
    members = _Kin(work).all_of(touched)
    if members or touched:
        _join_open(work, touched, members)


def _rows(work: Work) -> list[parts.MemberRow]:
    found = []
    ruled = _ruled_tokens(work)
    for document in work.documents(work.fresh).values():
        for member in article_members(document):
            said = said_of(member.actor.id, member)
            found.append(
                parts.MemberRow(
                    article=document.article.id,
                    actor=member.actor,
                    said=None if said is None else json.dumps(said, ensure_ascii=False),
                    token=token_of(member.actor),
                    company=tuple(sorted(member.company)),
                    joined=_fixed_id(member.actor, ruled),
                )
            )
    return found


def _by_fate(work: Work, changed: set[str]) -> tuple[set[str], set[str]]:
    """The tokens of those whom the codebook's key alone joins, and the ids of all others."""
    fixed: set[str] = set()
    known: set[str] = set()
    ruled = _ruled_tokens(work)
    for row in parts.rows_in(work.connection, select(tables.rendering), tables.rendering.c.actor, changed):
        actor = codec.unpack(Actor, row.body)
        if row.token is not None and _fixed_id(actor, ruled) is not None:
            fixed.add(row.token)
            known.add(row.actor)
    return fixed, changed - known


def _ruled_tokens(work: Work) -> set[str]:
    ids = {str(decision.body.get(side, "")) for decision in work.decided for side in ("one", "other")} | work.moved
    return parts.ids_in(work.connection, tables.rendering.c.token, tables.rendering.c.actor, ids)


def _fixed_id(actor: Actor, ruled: set[str]) -> str | None:
    """The joined id of one that its key alone joins: no person, and nobody decided anything about it."""
    token = token_of(actor)
    if actor.kind == "person" or actor.key is None or token is None or token in ruled:
        return None
    return make_id("actor", actor.key)


def _join_fixed(work: Work, tokens: set[str]) -> None:
    """Join what bears a key of the codebook, out of the different words in which articles have it."""
    seen: dict[str, Member] = {}
    for one in parts.renderings(work.connection, tables.rendering.c.token, tokens):
        for _ in range(min(one.articles, 2)):
            add_member(seen, Member(actor=one.actor))
    joined = identify_members(seen)
    _put_actors(work, {actor.id for actor in joined.actors} | set(seen), joined.actors)


def _join_open(work: Work, touched: set[str], seen: dict[str, Member]) -> None:
    """Join all members that have to do with one another, and put the outcome in place of what was there."""
    connection = work.connection
    places = parts.ids_in(connection, tables.member.c.joined, tables.member.c.actor, seen)
    crowded = _crowded(work, {row[0] for i, member in seen.items() for row in name_rows(i, member)})
    joined = identify_members({i: seen[i] for i in sorted(seen)}, work.decided, crowded)
    before = places | {actor.id for actor in joined.actors} | set(seen) | touched
    _put_actors(work, before, joined.actors)
    columns = select(tables.member.c.actor, tables.member.c.joined).distinct()
    strayed = {
        row.actor
        for row in parts.rows_in(connection, columns, tables.member.c.actor, seen)
        if row.joined not in (None, joined.actor_of[row.actor])
    }
    work.dirty |= parts.ids_in(connection, tables.member.c.article, tables.member.c.actor, strayed)
    parts.set_joined(connection, joined.actor_of)
    _put_joins(work, before, joined.joins)


def _put_joins(work: Work, ids: set[str], joins: Iterable[Join]) -> None:
    parts.delete_joins(work.connection, "actor", ids)
    parts.put_rows(work.connection, tables.joining, map(rows.join_row, joins))


class _Kin:
    """The members that have to do with one another: the closure of what may make two one, or keeps them apart."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._seen: dict[str, Member] = {}
        self._partners: dict[str, set[str]] = defaultdict(set)
        for decision in work.decided:
            if decision.kind in ("join", "split"):
                one, other = str(decision.body.get("one", "")), str(decision.body.get("other", ""))
                self._partners[one].add(other)
                self._partners[other].add(one)

    def all_of(self, ids: set[str]) -> dict[str, Member]:
        """The members of the ids, and all that have to do with them."""
        connection = self._work.connection
        member = tables.member.c
        wanted = set(ids)
        # whoever was joined with one of them, or was left open with them, may now be joined otherwise
        joined = parts.ids_in(connection, member.joined, member.actor, ids) | ids
        for near, far in (
            (tables.joining.c.one, tables.joining.c.other),
            (tables.joining.c.other, tables.joining.c.one),
        ):
            joined |= parts.ids_in(connection, near, far, joined)
        wanted |= parts.ids_in(connection, member.actor, member.joined, joined)
        while wanted:
            fresh = wanted - self._seen.keys()
            if not fresh:
                break
            self._seen.update(self._loaded(fresh))
            there = fresh & self._seen.keys()
            wanted = {partner for one in fresh for partner in self._partners.get(one, ())}
            for column in (member.said, member.token, member.joined):
                values = parts.ids_in(connection, column, member.actor, there)
                wanted |= parts.ids_in(connection, member.actor, column, values)
            wanted |= self._linked(there)
        return self._seen

    def _loaded(self, ids: set[str]) -> dict[str, Member]:
        connection = self._work.connection
        loaded: dict[str, Member] = {}
        for one in parts.renderings(connection, tables.rendering.c.actor, ids):
            for _ in range(min(one.articles, 2)):
                add_member(loaded, Member(actor=one.actor))
        for place in parts.places(connection, tables.member.c.actor, loaded):
            member = loaded[place.actor]
            member.articles.add(place.article)
            member.company.update(place.company)
            member.published.update(() if place.published is None else (place.published,))
        return loaded

    def _linked(self, ids: set[str]) -> set[str]:
        """The ids of persons who may be one with one of these, by name and what else is told of them."""
        connection, name_key, member = self._work.connection, tables.name_key.c, tables.member.c
        persons = persons_of({i: self._seen[i] for i in sorted(ids)})
        mine = {key for person in persons for key in _keys(person)}
        crowded = _crowded(self._work, mine)
        bearers: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in parts.rows_in(connection, select(tables.name_key), name_key.key, mine - crowded):
            bearers[row.key].append((row.said, row.name))
        near: list[list[str]] = []
        for person in persons:
            names: dict[str, set[str]] = defaultdict(set)
            for key in sorted(_keys(person) & bearers.keys()):
                for said, name in bearers[key]:
                    names[said].add(name)
            near.append([said for said in names if could_be_one(person.names, sorted(names[said]), CANDIDATE)])
        columns = select(member.said, member.actor).distinct()
        within: dict[str, set[str]] = defaultdict(set)
        for row in parts.rows_in(connection, columns, member.said, {one for said in near for one in said}):
            within[row.said].add(row.actor)
        others = {one for members in within.values() for one in members}
        beside = {one: self._seen[one] for one in others if one in self._seen}
        beside |= self._loaded(others - beside.keys())
        crowded |= _crowded(self._work, {key for other in persons_of(beside) for key in _keys(other)} - mine)
        found: set[str] = set()
        for person, fitting in zip(persons, near, strict=True):
            mates = {one for name in fitting for one in within[name]} - set(person.members)
            for other in persons_of({one: beside[one] for one in sorted(mates)}):
                if links([person, other], crowded):
                    found.update(other.members)
        return found


def _keys(person: Person) -> set[str]:
    full = {key for name in person.names if not is_bare(name) for key in keys_of(name)}
    return full | {SURNAME + key for name in person.names for key in keys_of(surname_of(name))}


def _crowded(work: Work, keys: Iterable[str]) -> frozenset[str]:
    return parts.crowded(work.connection, sorted(set(keys)), SURNAME, _MOST)


def _keys_in(work: Work) -> dict[str, set[tuple[str, str]]]:
    """What the name keys lead to that the fresh articles' persons had before."""
    member = tables.member.c
    said = parts.ids_in(work.connection, member.said, member.article, work.fresh)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in parts.rows_in(work.connection, select(tables.name_key), tables.name_key.c.said, said):
        found[row.said].add((row.key, row.name))
    return found


def _with_crowds(work: Work, ids: set[str], old: dict[str, set[tuple[str, str]]]) -> set[str]:
    """Bring the keys of names up to date; return the ids with those that meet, or no longer meet, because of a crowd."""
    connection = work.connection
    member, table = tables.member.c, tables.name_key
    said = parts.ids_in(connection, member.said, member.actor, ids) | old.keys()
    new: dict[str, set[tuple[str, str]]] = defaultdict(set)
    columns = select(member.said, member.actor).distinct()
    said_of_actor: dict[str, set[str]] = defaultdict(set)
    for row in parts.rows_in(connection, columns, member.said, said):
        said_of_actor[row.actor].add(row.said)
    for rendering in parts.renderings(connection, tables.rendering.c.actor, said_of_actor):
        keys = {(key, name) for key, name, _ in name_rows(rendering.actor.id, Member(actor=rendering.actor))}
        for one in said_of_actor[rendering.actor.id]:
            new[one] |= keys
    before: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in parts.rows_in(connection, select(table), table.c.said, said):
        before[row.said].add((row.key, row.name))
    moved = {key for one in said for key, _ in before[one] ^ new[one]}
    if not moved:
        return ids
    was = _crowded(work, moved)
    other = [one for one in sorted(said) if before[one] != new[one]]
    parts.delete_in(connection, table, table.c.said, other)
    made = ({"key": key, "name": name, "said": one} for one in other for key, name in sorted(new[one]))
    parts.put_rows(connection, table, made)
    crossed = was ^ _crowded(work, moved)
    meeting = parts.ids_in(connection, table.c.said, table.c.key, crossed)
    return ids | parts.ids_in(connection, member.actor, member.said, meeting)


def _put_actors(work: Work, before: set[str], actors: Iterable[Actor]) -> None:
    """Put joined actors in place of those that stood there, and note whom it touches."""
    connection, table = work.connection, tables.actor
    old = {
        row.id: codec.unpack(Actor, row.body) for row in parts.rows_in(connection, select(table), table.c.id, before)
    }
    new = {actor.id: actor for actor in actors}
    countries = {actor.country for actor in (*old.values(), *new.values()) if actor.country}
    states = _states(work, countries)
    parts.delete_in(connection, table, table.c.id, old.keys() - new.keys())
    changed = [one for one in sorted(old.keys() | new.keys()) if old.get(one) != new.get(one)]
    parts.put_rows(connection, table, (rows.actor_row(new[one]) for one in changed if one in new), anew=True)
    parts.delete_in(connection, tables.spelling, tables.spelling.c.actor, changed)
    spellings = (row for one in changed if one in new for row in rows.spelling_rows(new[one]))
    parts.put_rows(connection, tables.spelling, spellings, anew=True)
    bearing = {one for one in changed if one in old and (one not in new or _bearing(old[one]) != _bearing(new[one]))}
    _see_to_states(work, countries)
    now = _states(work, countries)
    for country in sorted(one for one in countries if states.get(one) != now.get(one)):
        bearing |= set(connection.execute(select(table.c.id).where(table.c.country == country)).scalars())
    work.dirty |= parts.ids_in(connection, tables.member.c.article, tables.member.c.joined, bearing)
    work.known.clear()
    work.seen = None


def _bearing(actor: Actor) -> tuple[object, ...]:
    """What of an actor bears on events and states; the name only of a person, whom notes of states name."""
    name = actor.name if actor.kind == "person" else None
    return actor.kind, actor.country, actor.sector, actor.key, actor.anonymous, name, is_envoy(actor)


def _states(work: Work, countries: Iterable[str]) -> dict[str, str]:
    """The actor that is the state of each country: the first that is a state itself."""
    table = tables.actor.c
    statement = select(table.body).where(table.kind == "state")
    found: dict[str, str] = {}
    for actor in parts.unpack_all(Actor, list(parts.rows_in(work.connection, statement, table.country, countries))):
        if is_state(actor):
            found[actor.country] = min(actor.id, found.get(actor.country, actor.id))
    return found


def _see_to_states(work: Work, countries: set[str]) -> None:
    """A state for which somebody acts while no article names it is there; one for which nobody acts is not."""
    connection, table = work.connection, tables.actor
    present = select(table.c.country).where(table.c.missing == 0).distinct()
    acting = {row.country for row in parts.rows_in(connection, present, table.c.country, countries)}
    real = select(table.c.country).where(
        table.c.kind == "state", table.c.missing == 0, or_(table.c.key.is_(None), table.c.key == table.c.country)
    )
    named = {row.country for row in parts.rows_in(connection, real, table.c.country, countries)}
    missing = select(table.c.id).where(table.c.missing == 1)
    gone = {make_id("actor", country) for country in countries - (acting - named)}
    gone = {row.id for row in parts.rows_in(connection, missing, table.c.id, gone)}
    parts.delete_in(connection, table, table.c.id, gone)
    wanted = {make_id("actor", country): country for country in acting - named}
    there = {row.id for row in parts.rows_in(connection, missing, table.c.id, wanted)}
    lone = [Actor(id="", name="", kind="person", country=wanted[one]) for one in wanted.keys() - there]
    made = missing_states(lone, work.codebook.territories)
    parts.put_rows(connection, table, [rows.actor_row(state, missing=True) for state in made], anew=True)
