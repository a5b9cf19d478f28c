"""A person decides: who is one, who is two, what somebody is called; which reports tell one event.

A decision is written down by what stays when articles are read anew (names, the records of single articles, the words of
reports; `relate.decide` says in which form), so the parties are looked up in the joined history, taken apart into the
records of single articles, and put down as references.
"""

from __future__ import annotations

import getpass
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codebook import Codebook
from dragoman.errors import DecisionError, SettingsError, UnknownNameError
from dragoman.record import Actor, Decision, Document, Event, History, Join
from dragoman.record.ids import make_id
from dragoman.relate.clause import event_clause
from dragoman.relate.decide import Fate, counting, settle
from dragoman.settings import Settings
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the log with what has become of it."""

    decision: Decision
    fate: Fate
    words: str


def author_of(settings: Settings, given: str | None) -> str:
    """Return who decides: the name given, that of the settings, or the login name."""
    if named := (given or settings.author or "").strip():
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise SettingsError("Nobody is logged in by name: say who decides with --author NAME.") from error


def find_actor(words: str, codebook: Codebook, history: History) -> Actor:
    """Return the actor of an id, the beginning of one, a state's name in any language, or a spelling.

    `UnknownNameError` where none fits or several do, with what to write instead.
    """
    wanted = words.strip()
    by_id = [actor for actor in history.actors if wanted.startswith("actor-") and actor.id.startswith(wanted)]
    if len(by_id) == 1:
        return by_id[0]
    plain = wanted.casefold()
    territory = codebook.territories.find(wanted)
    exact = [
        actor
        for actor in history.actors
        if not actor.anonymous
        and (
            plain in {actor.name.casefold(), (actor.key or "").casefold()}
            or (territory is not None and actor.key == territory.code)
        )
    ]
    spelled = [
        actor for actor in history.actors if not actor.anonymous and plain in {n.casefold() for n in actor.names}
    ]
    found = by_id or exact or spelled
    if len(found) == 1:
        return found[0]
    if found:
        choices = "; ".join(f"{actor.id} {_told(actor)}" for actor in found[:4])
        raise UnknownNameError(
            f"{len(found)} actors are called {wanted!r}: name one by its id ({choices}).", tuple(a.id for a in found)
        )
    near = _near(plain, history)
    hint = f"did you mean {' or '.join(near)}?" if near else "dragoman actors lists them."
    raise UnknownNameError(f"No actor is called {wanted!r}: {hint}", near)


def actor_parts(store: Store, history: History, actor: Actor) -> list[Part]:
    """Return what each article holds of a joined actor, in the order of the articles."""
    spans: dict[str, set[tuple[int, int]]] = {}
    for mention in history.mentions:
        if mention.actor == actor.id:
            spans.setdefault(mention.article, set()).add((mention.start, mention.end))
    found = []
    for article in history.articles:
        if article.id not in spans:
            continue
        document = _document(store, article.id)
        own: dict[str, set[tuple[int, int]]] = {}
        for mention in document.mentions or ():
            own.setdefault(mention.actor, set()).add((mention.start, mention.end))
        found += [
            Part(id=one.id, article=article.id, title=_title(document), name=one.name, names=one.names)
            for one in document.actors or ()
            if own.get(one.id) and own[one.id] <= spans[article.id] and one.kind == actor.kind
        ]
    return found


def event_parts(store: Store, history: History, event: Event) -> list[Part]:
    """Return the reports of an event, in the order of the articles."""
    members = set(event.members or (event.id,))
    articles = {span.article for span in event.evidence}
    found = []
    for article in history.articles:
        if article.id in articles:
            document = _document(store, article.id)
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


def merge_actors(
    store: Store, history: History, one: Actor, other: Actor, *, author: str, reason: str | None
) -> Decision:
    """Decide that two actors are one."""
    if one.id == other.id:
        raise DecisionError(f"{one.name!r} and {other.name!r} are one already ({one.id}); nothing was decided.")
    if one.kind != other.kind and {one.kind, other.kind} != {"body", "group"}:
        raise DecisionError(
            f"{one.name!r} is a {one.kind} and {other.name!r} a {other.kind}: only like with like can be one."
        )
    if one.kind == "state":
        raise DecisionError(
            f"{one.name!r} and {other.name!r} are states of the codebook: lay a codebook folder over it."
        )
    body = {
        "about": "actor",
        "one": _actor_reference(one, actor_parts(store, history, one)),
        "other": _actor_reference(other, actor_parts(store, history, other)),
    }
    return _append(store, author, "join", body, reason)


def split_actor(
    store: Store, history: History, actor: Actor, part: str | None, *, author: str, reason: str | None
) -> Decision:
    """Decide that a part of an actor is somebody else: those articles' records that bear a name, or are named by id.

    Without `part` an actor of just two names is split into them; `DecisionError` where that is not the case.
    """
    parts = actor_parts(store, history, actor)
    if len({one.id for one in parts}) < 2:
        raise DecisionError(f"{actor.name!r} is one record of the articles: there is nothing to split off.")
    names = list(dict.fromkeys(one.name for one in parts))
    if part is None:
        if len(names) != 2 or actor.name not in names:
            known = "; ".join(names) if len(names) > 1 else "all of one name"
            raise DecisionError(
                f"Say which part of {actor.name!r} is somebody else, by its name ({known}) or by the id of an article."
            )
        part = next(name for name in names if name != actor.name)
    out, by_name = _chosen(parts, part, actor.name)
    rest = [one for one in parts if one.id not in {chosen.id for chosen in out}]
    if not rest:
        raise DecisionError(
            f"All of {actor.name!r} is called {part!r}: name an article's id to split off what it tells."
        )
    taken = {one.name for one in out}
    body = {
        "about": "actor",
        "one": _actor_reference(actor, rest, spelled=[name for name in names if not by_name or name not in taken]),
        "other": _actor_reference(actor, out, name=out[0].name, spelled=sorted(taken) if by_name else []),
    }
    return _append(store, author, "split", body, reason)


def rename_actor(
    store: Store, history: History, actor: Actor, name: str, *, author: str, reason: str | None
) -> Decision:
    """Decide by which name an actor is shown."""
    shown = " ".join(name.split())
    if not shown:
        raise DecisionError(f"An empty name for {actor.name!r}: write the one to show.")
    body = {"one": _actor_reference(actor, actor_parts(store, history, actor)), "name": shown}
    return _append(store, author, "rename", body, reason)


def link_actor(
    store: Store, history: History, actor: Actor, scheme: str, identity: str, *, author: str, reason: str | None
) -> Decision:
    """Decide which record elsewhere is the same actor, such as `wikidata` `Q212`."""
    if not _SCHEME.fullmatch(scheme):
        raise DecisionError(f"{scheme!r} names no outside list: write wikidata, or another in small letters.")
    if scheme == "wikidata" and not _WIKIDATA.fullmatch(identity):
        raise DecisionError(f"{identity!r} is no id of Wikidata: write it as Q212.")
    if not identity.strip():
        raise DecisionError(f"An empty id of {scheme}: write the one that {actor.name!r} has there.")
    body = {
        "one": _actor_reference(actor, actor_parts(store, history, actor)),
        "same_as": f"{scheme}:{identity.strip()}",
    }
    return _append(store, author, "link", body, reason)


def merge_events(
    store: Store, history: History, one: Event, other: Event, *, author: str, reason: str | None
) -> Decision:
    """Decide that two events are one."""
    if one.id == other.id:
        raise DecisionError(f"{one.id} is one event already: name two.")
    body = {
        "about": "event",
        "one": _event_reference(event_parts(store, history, one)),
        "other": _event_reference(event_parts(store, history, other)),
    }
    return _append(store, author, "join", body, reason)


def split_event(
    store: Store, history: History, event: Event, part: str | None, *, author: str, reason: str | None
) -> Decision:
    """Decide that some reports of an event tell another one: those of an article, or one by its id."""
    parts = event_parts(store, history, event)
    if len(parts) < 2:
        raise DecisionError(f"{event.id} has one report: there is nothing to split off.")
    if part is None:
        known = "; ".join(f"{one.id} in {one.article}" for one in parts)
        raise DecisionError(
            f"Say which report of {event.id} tells another event, by its id or its article's ({known})."
        )
    out, _by_name = _chosen(parts, part, event.id)
    rest = [one for one in parts if one.id not in {chosen.id for chosen in out}]
    if not rest:
        raise DecisionError(f"All reports of {event.id} stand in {part}: name one by its own id.")
    body = {"about": "event", "one": _event_reference(rest), "other": _event_reference(out)}
    return _append(store, author, "split", body, reason)


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


def log_entries(store: Store) -> list[Entry]:
    """Return the log in its order, each line with what has become of it."""
    log = decisions(store)
    fates = settle(log, list(store.documents())).fates
    by_id = {one.id: one for one in log}
    return [Entry(decision=one, fate=fates[one.id], words=decision_words(one, by_id)) for one in log]


def decision_words(decision: Decision, known: Mapping[str, Decision]) -> str:
    """Return a decision in words; `known` holds the log by id, for an undoing to say what it undid."""
    body = decision.body
    one, other = _shown(body.get("one")), _shown(body.get("other"))
    match decision.kind:
        case "join":
            words = f"{one} and {other} are one"
        case "split":
            words = f"{other} is not {one}" if body.get("about") != "event" else f"{other} is another event than {one}"
        case "rename":
            words = f"{one} is shown as {body.get('name')!r}"
        case "link":
            words = f"{one} is {body.get('same_as')}"
        case "undo":
            undone = known.get(str(body.get("decision")))
            words = f"undone: {decision_words(undone, known)}" if undone else f"undone: {body.get('decision')}"
        case _:
            words = decision.kind
    return f"{words} ({body['reason']})" if body.get("reason") else words


def open_candidates(history: History, kind: str) -> list[Join]:
    """Return the pairs of actors or events that are left for a person to decide, the likeliest first."""
    there = {one.id for one in (history.actors if kind == "actor" else history.events)}
    event_of = {member: event.id for event in history.events for member in event.members}
    found: dict[tuple[str, str], Join] = {}
    for join in history.joins:
        if join.kind != kind or join.joined or join.decided_by is not None:
            continue
        low, high = sorted((event_of.get(join.one, join.one), event_of.get(join.other, join.other)))
        if low != high and {low, high} <= there and ((low, high) not in found or found[low, high].score < join.score):
            found[low, high] = Join(
                kind=kind, one=low, other=high, score=join.score, reasons=join.reasons, joined=False
            )
    return sorted(found.values(), key=lambda join: (-join.score, join.one, join.other))


def _append(store: Store, author: str, kind: str, body: Mapping[str, Any], reason: str | None) -> Decision:
    whole = {**body, "reason": reason.strip()} if reason and reason.strip() else dict(body)
    return append_decision(store, author=author, kind=kind, body=whole)


def _actor_reference(
    actor: Actor, parts: Sequence[Part], *, name: str | None = None, spelled: Sequence[str] = ()
) -> dict[str, Any]:
    """An actor as a decision names it; one that is a codebook entry in every article by its key alone."""
    one_everywhere = actor.key is not None and all(part.id == make_id("actor", actor.key) for part in parts)
    records = [] if one_everywhere else [{"id": p.id, "article": p.article, "name": p.name} for p in parts]
    whole = {"name": name or actor.name, "kind": actor.kind, "key": actor.key, "records": records}
    if not one_everywhere and not parts:
        whole["records"] = [{"id": actor.id, "article": "", "name": actor.name}]
    return {**whole, "spelled": list(spelled)} if spelled else whole


def _event_reference(parts: Sequence[Part]) -> dict[str, Any]:
    return {
        "words": parts[0].name,
        "reports": [{"id": p.id, "article": p.article, "start": p.start, "end": p.end, "type": p.type} for p in parts],
    }


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
    raise UnknownNameError(f"No part of {whole!r} is called {wanted!r}: it consists of {known}.")


def _shown(reference: Any) -> str:
    if isinstance(reference, Mapping):
        return repr(str(reference.get("name") or reference.get("words") or "?"))
    return str(reference)


def _document(store: Store, article: str) -> Document:
    document = store.document(article)
    if document is None:  # taken away by another process since the history was joined
        raise UnknownNameError(f"No article {article!r} in the store any more: ask again.")
    return document


def _title(document: Document) -> str:
    article = document.article
    return article.title or article.text.strip().split("\n", 1)[0][:120]


def _told(actor: Actor) -> str:
    """What tells an actor from its namesakes."""
    office = actor.offices[0].title if actor.offices else ""
    return ", ".join(part for part in (actor.kind, actor.country or "", office) if part)


def _near(plain: str, history: History) -> tuple[str, ...]:
    """Names that hold the words, or look like them, best first."""
    from rapidfuzz import fuzz, process  # here, since only a wrong name needs it

    names = sorted({name for actor in history.actors if not actor.anonymous for name in (actor.name, *actor.names)})
    holding = [name for name in names if plain and plain in name.casefold()]
    if holding:
        return tuple(holding[:3])
    ranked = process.extract(plain, names, scorer=fuzz.ratio, processor=str.casefold, limit=3, score_cutoff=70)
    return tuple(name for name, _score, _place in ranked)
