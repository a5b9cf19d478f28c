"""What people decided, brought to the records of today.

The log names things by what stays: an actor by the codebook's key, its name and the records of single articles, an event by
the words of its reports. Before each joining the log is settled: what was undone falls away, the last word on two records
holds, and each decision is spelled out on the ids that the articles' records bear now, as `identify` and `merge_events`
take them. A decision about what no article holds stays in the log and waits.

The body of a decision, by its kind:

    join, split   `about` ("actor" or "event"), `one`, `other`: two references; `reason` (may be absent)
    rename        `one`, `name`
    link          `one`, `same_as` ("wikidata:Q212")
    undo          `decision`, the id of another one; an undo can be undone

A reference to an actor is `{"name", "kind", "key", "records": [{"id", "article", "name"}], "spelled": [names]}`, where
`spelled` takes in whoever bears one of the names in articles still to come; to an event
`{"words", "reports": [{"id", "article", "start", "end", "type"}]}`. An id alone is a reference too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from dragoman.record import Actor, Decision, Document, Event
from dragoman.record.ids import make_id

Fate = Literal["holds", "undone", "waits"]
"""What has become of a decision: it holds, was undone, or waits for an article that holds what it is about."""

_PAIRED = frozenset({"join", "split"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The decisions as the joining takes them, and the fate of each in the log by its id.

    In `decisions` the bodies of `join` and `split` name two records of single articles by id, those of `rename` and `link`
    one; sorted by (time, id) they stand in the order of the log.
    """

    decisions: tuple[Decision, ...]
    fates: Mapping[str, Fate]


def counting(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that were not undone, the undoings among them, in the order of their times.

    The last word counts: an undoing that was itself undone leaves the decision in force.
    """
    undone: set[str] = set()
    kept = []
    for decision in reversed(_ordered(decisions)):
        if decision.id not in undone:
            kept.append(decision)
            if decision.kind == "undo":
                undone.add(str(decision.body.get("decision", "")))
    return tuple(reversed(kept))


def settle(decisions: Sequence[Decision], documents: Sequence[Document]) -> Settled:
    """Return the decisions in force on the ids of the documents' own records, and what became of each in the log."""
    if not decisions:
        return Settled(decisions=(), fates={})
    records = _Records(documents)
    fates: dict[str, Fate] = dict.fromkeys((decision.id for decision in decisions), "undone")
    pairs: dict[tuple[str, str], Decision] = {}
    names: dict[str, Decision] = {}
    links: dict[tuple[str, str], Decision] = {}
    for decision in counting(decisions):
        if decision.kind == "undo":
            fates[decision.id] = "holds"
            continue
        one = records.find(decision.body.get("one"))
        other = records.find(decision.body.get("other")) if decision.kind in _PAIRED else []
        if not one or (decision.kind in _PAIRED and not other):
            fates[decision.id] = "waits"
            continue
        fates[decision.id] = "holds"
        if decision.kind in _PAIRED:
            out = set(other)
            _pair_up(pairs, decision, [identity for identity in one if identity not in out], other)
            if decision.kind == "split":
                # the part taken out keeps no name or link that was given to the whole
                for identity in other:
                    names.pop(identity, None)
                for key in [key for key in links if key[0] in out]:
                    del links[key]
        elif decision.kind == "rename":
            for identity in one:
                names[identity] = decision
        elif decision.kind == "link":
            scheme = str(decision.body.get("same_as", "")).partition(":")[0]
            for identity in one:  # a list holds an actor once: the later link stands
                links.pop((identity, scheme), None)
            links[(one[0], scheme)] = decision
    places = {decision.id: place for place, decision in enumerate(_ordered(decisions))}
    spelled: list[tuple[Decision, dict[str, Any]]] = [
        *((d, {"one": low, "other": high, "reason": _reason(d)}) for (low, high), d in sorted(pairs.items())),
        *((d, {"one": identity, "name": d.body.get("name")}) for identity, d in sorted(names.items())),
        *((d, {"one": identity, "same_as": d.body.get("same_as")}) for (identity, _), d in sorted(links.items())),
    ]
    found = (replace(d, id=f"{places[d.id]:09}-{number:09}", body=body) for number, (d, body) in enumerate(spelled))
    return Settled(decisions=tuple(sorted(found, key=lambda d: (d.time, d.id))), fates=fates)


def _ordered(decisions: Sequence[Decision]) -> list[Decision]:
    """By time; those of one second as the log has them."""
    return sorted(decisions, key=lambda decision: decision.time)


def _reason(decision: Decision) -> str:
    return str(decision.body.get("reason") or f"decided by {decision.author}")


def _pair_up(
    pairs: dict[tuple[str, str], Decision], decision: Decision, ones: Sequence[str], others: Sequence[str]
) -> None:
    """Note a decision on each pair of two sets of records; what was decided on them before no longer counts.

    One pair is enough to make two actors one, since each of them is one already, and the pair must not hold back what
    joins by itself; the reports of two events must all be named, or those that speak against it would keep apart.
    """
    between = [(min(a, b), max(a, b)) for a in ones for b in others if a != b]
    for pair in between:
        pairs.pop(pair, None)
    every = decision.kind == "split" or decision.body.get("about") == "event"
    for pair in between if every else between[:1]:
        pairs[pair] = decision


class _Records:
    """The records of single articles, looked up by what a reference says of them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._actors: dict[str, Actor] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._in_article: dict[str, list[Actor]] = defaultdict(list)
        self._events: dict[str, list[Event]] = defaultdict(list)
        self._event_ids: set[str] = set()
        for document in documents:
            for actor in document.actors or ():
                self._actors[actor.id] = actor
                self._in_article[document.article.id].append(actor)
                if actor.anonymous:
                    continue
                self._by_name[(actor.kind, actor.name.casefold())].add(actor.id)
                if actor.key:
                    self._by_key[actor.key].add(actor.id)
                    self._by_key[make_id("actor", actor.key)].add(actor.id)
            for event in document.events or ():
                self._events[document.article.id].append(event)
                self._event_ids.add(event.id)

    def find(self, reference: Any) -> list[str]:
        """The ids of the records that a reference means, sorted; none where no article has any."""
        if isinstance(reference, str):
            if reference in self._actors or reference in self._event_ids:
                return [reference]
            return sorted(self._by_key.get(reference, ()))
        if not isinstance(reference, Mapping):
            return []
        if "reports" in reference:
            return sorted({found for report in reference["reports"] if (found := self._report(report)) is not None})
        return self._actor(reference)

    def _actor(self, reference: Mapping[str, Any]) -> list[str]:
        kind = str(reference.get("kind", ""))
        found = {known for record in reference.get("records") or () if (known := self._record(record, kind))}
        for name in reference.get("spelled") or ():
            found |= self._by_name.get((kind, str(name).casefold()), set())
        if not found and reference.get("key"):
            found |= self._by_key.get(str(reference["key"]), set())
        if not found and not reference.get("records"):
            found |= self._by_name.get((kind, str(reference.get("name", "")).casefold()), set())
        return sorted(found)

    def _record(self, record: Mapping[str, Any], kind: str) -> str | None:
        """The record of an id, or after another reading the one of that article that bears the name."""
        identity = str(record.get("id", ""))
        if identity in self._actors:
            return identity
        name = str(record.get("name", "")).casefold()
        alike = [
            actor.id
            for actor in self._in_article.get(str(record.get("article", "")), ())
            if actor.kind == kind and name in {one.casefold() for one in (actor.name, *actor.names)}
        ]
        return min(alike, default=None)

    def _report(self, report: Mapping[str, Any]) -> str | None:
        """The report of an id, or after another reading the one whose words are those, of the same type if it can be."""
        identity = str(report.get("id", ""))
        if identity in self._event_ids:
            return identity
        start, end = int(report.get("start", 0)), int(report.get("end", 0))
        meeting = [
            (event.type != report.get("type"), -_shared(event, start, end), event.id)
            for event in self._events.get(str(report.get("article", "")), ())
            if _shared(event, start, end) > 0
        ]
        return min(meeting)[2] if meeting else None


def _shared(event: Event, start: int, end: int) -> int:
    return min(event.trigger.end, end) - max(event.trigger.start, start)
