"""A person decides what is one and what is two: actors and events are merged, split, named and linked; a decision is undone.

A decision is written down by what stays when articles are read anew (names, the records of single articles, the words of
reports; `relate.decide` says in which form), so the parties are looked up in the joined history, taken apart into the
records of single articles, and put down as references.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codebook.register import Entry, Register
from dragoman.errors import DecisionError, UnknownNameError
from dragoman.record import Actor, Decision, Document, Event, History, Join
from dragoman.record.ids import make_id
from dragoman.relate.clause import event_clause
from dragoman.relate.decide import counting
from dragoman.run.desk import Desk, amended, document_of
from dragoman.run.log import Log, read_log
from dragoman.store import Store
from dragoman.store.decisions import append_decision, decisions

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_SCHEME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one article holds of an actor or event: the record of its own, by which it can be split off.

    `name` is how the article names the actor, or the words that tell the event; `start` to `end` where (an event only).
    """

    id: str
    article: str
    title: str
    name: str
    names: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    type: str = ""


def parts_of(desk: Desk, whole: Actor | Event) -> list[Part]:
    """Return what each article holds of a joined actor or event, in the order of the articles."""
    return _event_parts(desk, whole) if isinstance(whole, Event) else _actor_parts(desk, whole)


def actor_of_record(desk: Desk, identity: str) -> Actor | None:
    """Return the joined actor that the record of a single article became, by where that article mentions it."""
    actors = {actor.id: actor for actor in desk.history.actors}
    if not identity.startswith("actor-") or any(known.startswith(identity) for known in actors):
        return None
    places = {(m.article, m.start, m.end, m.how): m.actor for m in desk.history.mentions}
    for document in desk.store.documents():
        for mention in document.mentions or ():
            if mention.actor == identity:
                found = places.get((mention.article, mention.start, mention.end, mention.how))
                return actors.get(found) if found is not None else None
    return None


def merge(
    desk: Desk, one: Actor | Event | Entry, other: Actor | Event | Entry, *, reason: str | None = None
) -> Decision:
    """Decide that two actors, or two events, are one, or that an actor is an entry of the register."""
    if isinstance(one, Entry):
        one, other = other, one
    if isinstance(other, Entry):
        return _entry_decision(desk, one, other, "join", reason)
    if isinstance(one, Entry):
        raise DecisionError(f"{one.id} and {other.id}: name an actor and an entry of the register, not two entries.")
    if one.id == other.id:
        raise DecisionError(f"{_name(one)} and {_name(other)} are one already ({one.id}); nothing was decided.")
    if isinstance(one, Actor) and isinstance(other, Actor):
        _check_alike(one, other)
    elif isinstance(one, Actor) or isinstance(other, Actor):
        raise DecisionError(f"{one.id} and {other.id}: only like with like can be one.")
    return desk.decide("join", _of_two(desk, one, other), reason)


def _of_two(desk: Desk, one: Actor | Event, other: Actor | Event) -> dict[str, Any]:
    """What the log keeps of a decision about two that are alike."""
    return {
        "about": _about(one),
        "one": _reference(one, parts_of(desk, one)),
        "other": _reference(other, parts_of(desk, other)),
    }


def keep_apart(desk: Desk, one: Actor | Event, other: Actor | Event, *, reason: str | None = None) -> Decision:
    """Decide that two that might be one are two: the pair is no candidate any more, and nothing later joins it."""
    if one.id == other.id:
        raise DecisionError(f"{_name(one)} and {_name(other)} are one ({one.id}): split it instead.")
    if _about(one) != _about(other):
        raise DecisionError(f"{one.id} and {other.id} are not alike: there is nothing to keep apart.")
    return desk.decide("split", _of_two(desk, one, other), reason)


def split(desk: Desk, whole: Actor | Event, part: str | None = None, *, reason: str | None = None) -> Decision:
    """Decide that a part of an actor is somebody else, or that some reports of an event tell another one.

    `part` is the id of a record, that of an article, of an actor one of its names, or the entry of the register that it is
    not. Without it an actor of just two names
    is split into them; `DecisionError` where that is not the case.
    """
    entry = desk.codebook.register.get(part.strip()) if part is not None and isinstance(whole, Actor) else None
    if entry is not None:
        return _entry_decision(desk, whole, entry, "split", reason)
    parts = parts_of(desk, whole)
    if len({one.id for one in parts}) < 2:
        raise DecisionError(f"{_name(whole)} is one record of the articles: there is nothing to split off.")
    out, by_name = _chosen(parts, part if part is not None else _only_other(whole, parts), _name(whole))
    taken = {one.id for one in out}
    rest = [one for one in parts if one.id not in taken]
    if not rest:
        raise DecisionError(f"All of {_name(whole)} is {part!r}: name a record's or an article's id to split off.")
    kept, gone = _reference(whole, rest), _reference(whole, out)
    if isinstance(whole, Actor):
        names, taken_names = dict.fromkeys(one.name for one in parts), {one.name for one in out}
        kept["spelled"] = [name for name in names if not by_name or name not in taken_names]
        gone["name"] = out[0].name
        if by_name:
            gone["spelled"] = sorted(taken_names)
    return desk.decide("split", {"about": _about(whole), "one": kept, "other": gone}, reason)


def rename(desk: Desk, actor: Actor, name: str, *, reason: str | None = None) -> Decision:
    """Decide by which name an actor is shown."""
    shown = " ".join(name.split())
    if not shown:
        raise DecisionError(f"An empty name for {actor.name!r}: write the one to show.")
    return desk.decide("rename", {"one": _reference(actor, parts_of(desk, actor)), "name": shown}, reason)


def link(desk: Desk, actor: Actor, scheme: str, identity: str, *, reason: str | None = None) -> Decision:
    """Decide which record elsewhere is the same actor, such as `wikidata` `Q212`."""
    if not _SCHEME.fullmatch(scheme):
        raise DecisionError(f"{scheme!r} names no outside list: write wikidata, or another in small letters.")
    if scheme == "wikidata" and not _WIKIDATA.fullmatch(identity):
        raise DecisionError(f"{identity!r} is no id of Wikidata: write it as Q212.")
    if not identity.strip():
        raise DecisionError(f"An empty id of {scheme}: write the one that {actor.name!r} has there.")
    body = {"one": _reference(actor, parts_of(desk, actor)), "same_as": f"{scheme}:{identity.strip()}"}
    return desk.decide("link", body, reason)


def undo(store: Store, decision_id: str, *, author: str) -> Decision:
    """Take a decision back by an entry of its own; taking back an undoing restores what it undid."""
    log = decisions(store)
    fitting = [one for one in log if decision_id and one.id.startswith(decision_id)]
    exact = [one for one in fitting if one.id == decision_id] or fitting
    if len(exact) != 1:
        fault = "No decision is" if not exact else f"{len(exact)} decisions are"
        raise UnknownNameError(f"{fault} called {decision_id!r}: dragoman decisions lists them with their ids.")
    if exact[0].id not in {one.id for one in counting(log)}:
        raise DecisionError(f"{exact[0].id} is undone already; nothing was decided.")
    return append_decision(store, author=author, kind="undo", body={"decision": exact[0].id})


def last_of(store: Store, author: str, log: Log | None = None) -> Decision | None:
    """Return the last decision of a person that is neither undone nor an undoing: what undoing takes back next."""
    every = (log or read_log(store)).in_force
    in_force = [one for one in every if one.author == author and one.kind != "undo"]
    return in_force[-1] if in_force else None


def open_candidates(history: History, kind: str, register: Register | None = None) -> list[Join]:
    """Return the pairs of actors or events that are left for a person to decide, the likeliest first.

    With a register also the entries that an actor may be, by the entry's id in `other`.
    """
    there = {one.id for one in (history.actors if kind == "actor" else history.events)}
    entries = {entry.id for entry in register.entries} if register is not None else set()
    event_of = {member: event.id for event in history.events for member in event.members}
    found: dict[tuple[str, str], Join] = {}
    for join in history.joins:
        if join.kind != kind or join.joined or join.decided_by is not None:
            continue
        one, other = event_of.get(join.one, join.one), event_of.get(join.other, join.other)
        low, high = (one, other) if other in entries else (min(one, other), max(one, other))
        known = {low, high} <= there | entries
        if low != high and known and ((low, high) not in found or found[low, high].score < join.score):
            found[low, high] = Join(
                kind=kind, one=low, other=high, score=join.score, reasons=join.reasons, joined=False
            )
    return sorted(found.values(), key=lambda join: (-join.score, join.one, join.other))


def _entry_decision(desk: Desk, whole: Actor | Event | Entry, entry: Entry, kind: str, reason: str | None) -> Decision:
    """Decide that an actor is an entry of the register, or is not."""
    if not isinstance(whole, Actor) or whole.kind == "state":
        raise DecisionError(f"{entry.id} is an entry of the register: only a person, body or group can be one.")
    if entry.kind is not None and (entry.kind == "person") != (whole.kind == "person"):
        raise DecisionError(
            f"{whole.name!r} is a {whole.kind} and {entry.id} a {entry.kind}: only like with like can be one."
        )
    other = {"entry": entry.id, "name": entry.names[0], "kind": entry.kind}
    return desk.decide(
        kind, {"about": "actor", "one": _reference(whole, parts_of(desk, whole)), "other": other}, reason
    )


def _actor_parts(desk: Desk, actor: Actor) -> list[Part]:
    spans: dict[str, set[tuple[int, int]]] = {}
    for mention in desk.history.mentions:
        if mention.actor == actor.id:
            spans.setdefault(mention.article, set()).add((mention.start, mention.end))
    found = []
    for article in desk.history.articles:
        if article.id not in spans:
            continue
        document = document_of(desk.store, article.id)
        own: dict[str, set[tuple[int, int]]] = {}
        for mention in document.mentions or ():
            if not any(region.start <= mention.start < region.end for region in article.furniture):
                own.setdefault(mention.actor, set()).add((mention.start, mention.end))
        found += [
            Part(id=one.id, article=article.id, title=_title(document), name=one.name, names=one.names)
            for one in document.actors or ()
            if own.get(one.id) and own[one.id] <= spans[article.id] and one.kind == actor.kind
        ]
    return found


def _event_parts(desk: Desk, event: Event) -> list[Part]:
    members = set(event.members or (event.id,))
    articles = {span.article for span in event.evidence}
    found = []
    for article in desk.history.articles:
        if article.id in articles:
            _, document, _ = amended(desk.store, desk.codebook, article.id, desk.log)
            found += [
                Part(
                    id=one.id,
                    article=article.id,
                    title=_title(document),
                    name=" ".join(event_clause(one).split()),
                    start=one.trigger.start,
                    end=one.trigger.end,
                    type=one.type,
                )
                for one in document.events or ()
                if one.id in members
            ]
    return found


def _check_alike(one: Actor, other: Actor) -> None:
    if one.kind != other.kind and {one.kind, other.kind} != {"body", "group"}:
        raise DecisionError(
            f"{one.name!r} is a {one.kind} and {other.name!r} a {other.kind}: only like with like can be one."
        )
    if one.kind == "state":
        raise DecisionError(
            f"{one.name!r} and {other.name!r} are states of the codebook: lay a codebook folder over it."
        )


def _about(whole: Actor | Event) -> str:
    return "actor" if isinstance(whole, Actor) else "event"


def _name(whole: Actor | Event) -> str:
    return repr(whole.name) if isinstance(whole, Actor) else whole.id


def _reference(whole: Actor | Event, parts: Sequence[Part]) -> dict[str, Any]:
    """An actor or event as a decision names it; an actor that is a codebook entry in every article by its key alone."""
    if isinstance(whole, Event):
        reports = [{"id": p.id, "article": p.article, "start": p.start, "end": p.end, "type": p.type} for p in parts]
        return {"words": parts[0].name, "reports": reports}
    one_everywhere = whole.key is not None and all(part.id == make_id("actor", whole.key) for part in parts)
    records = [] if one_everywhere else [{"id": p.id, "article": p.article, "name": p.name} for p in parts]
    if not one_everywhere and not parts:
        records = [{"id": whole.id, "article": "", "name": whole.name}]
    return {"name": whole.name, "kind": whole.kind, "key": whole.key, "records": records}


def _only_other(whole: Actor | Event, parts: Sequence[Part]) -> str:
    """The name to split off where an actor has just two; `DecisionError` says what there is to choose from."""
    if isinstance(whole, Event):
        known = "; ".join(f"{one.id} in {one.article}" for one in parts)
        raise DecisionError(
            f"Say which report of {whole.id} tells another event, by its id or its article's ({known})."
        )
    names = list(dict.fromkeys(one.name for one in parts))
    if len(names) != 2 or whole.name not in names:
        known = "; ".join(names) if len(names) > 1 else "all of one name"
        raise DecisionError(
            f"Say which part of {whole.name!r} is somebody else, by its name ({known}) or by the id of an article."
        )
    return next(name for name in names if name != whole.name)


def _chosen(parts: Sequence[Part], wanted: str, whole: str) -> tuple[list[Part], bool]:
    """The parts that an id, an article's id or a name means, and whether it was by a name."""
    asked = wanted.strip()
    for kind in ("id", "article"):
        found = [one for one in parts if asked and getattr(one, kind).startswith(asked)]
        if found and "-" in asked:
            return found, False
    plain = asked.casefold()
    named = [one for one in parts if one.name.casefold() == plain]
    if named:
        return named, True
    spelled = [one for one in parts if plain in {name.casefold() for name in one.names}]
    if spelled:
        return spelled, False
    known = "; ".join(dict.fromkeys(f"{one.name} ({one.article})" for one in parts[:6]))
    raise UnknownNameError(f"No part of {whole} is called {wanted!r}: it consists of {known}.")


def _title(document: Document) -> str:
    article = document.article
    return article.title or article.text.strip().split("\n", 1)[0][:120]
