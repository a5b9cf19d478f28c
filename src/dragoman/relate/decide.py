"""What people decided, brought to the records of today.

The log names things by what stays: an actor by the codebook's key, its name and the records of single articles, an event by
the words of its reports. Before each joining the log is settled: what was undone falls away, the last word on two records
holds, and each decision is spelled out on the ids that the articles' records bear now, as `identify` and `merge_events`
take them. A decision about what no article holds stays in the log and waits; one about what an article no longer holds has
lapsed. Decisions on single findings are `relate.amend`'s, which comes first.

The body of a decision, by its kind:

    join, split   `about` ("actor" or "event"), `one`, `other`: two references; `reason` (may be absent)
    rename        `one`, `name`
    link          `one`, `same_as` ("wikidata:Q212")
    undo          `decision`, the id of another one; an undo can be undone

A reference to an actor is `{"name", "kind", "key", "records": [{"id", "article", "name"}], "spelled": [names]}`, where
`spelled` takes in whoever bears one of the names in articles still to come; to an event
`{"words", "reports": [{"id", "article", "start", "end", "type"}]}`; to an entry of the user's register, as the `other` of a
join or split, `{"entry": id, "name", "kind"}`. An id alone is a reference too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Decision, Document
from dragoman.relate.amend import KINDS, Fate, amend
from dragoman.relate.anchor import Records

_PAIRED = frozenset({"join", "split"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The decisions as the joining takes them, and the fate of each in the log by its id.

    In `decisions` the bodies of `join` and `split` name two records of single articles by id, those of `rename` and `link`
    one; sorted by (time, id) they stand in the order of the log. `reasons` say of a decision why it has lapsed, or holds
    otherwise than as read.
    """

    decisions: tuple[Decision, ...]
    fates: Mapping[str, Fate]
    reasons: Mapping[str, str] = field(default_factory=dict)


def judge(decisions: Sequence[Decision], documents: Sequence[Document], codebook: Codebook) -> Settled:
    """Return what `settle` does, of all decisions of a log, on documents as they were read."""
    amended = amend(documents, counting(decisions), codebook)
    settled = settle(decisions, amended.documents)
    return replace(settled, fates={**settled.fates, **amended.fates}, reasons={**settled.reasons, **amended.reasons})


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
    """Return the decisions in force on the ids of the documents' own records, and what became of each in the log.

    The documents are those that `amend` returns; of decisions on findings it is said that they hold.
    """
    if not decisions:
        return Settled(decisions=(), fates={})
    records = Records(documents)
    fates: dict[str, Fate] = dict.fromkeys((decision.id for decision in decisions), "undone")
    reasons: dict[str, str] = {}
    pairs: dict[tuple[str, str], Decision] = {}
    names: dict[str, Decision] = {}
    links: dict[tuple[str, str], Decision] = {}
    for decision in counting(decisions):
        if decision.kind == "undo" or decision.kind in KINDS:
            fates[decision.id] = "holds"
            continue
        one = records.find(decision.body.get("one"))
        other = records.find(decision.body.get("other")) if decision.kind in _PAIRED else []
        if one and decision.kind in _PAIRED and (entry := _entry(decision.body.get("other"))) is not None:
            # an entry of the register: whether the actor is it, the resolving says
            other = [entry]
        if not one or (decision.kind in _PAIRED and not other):
            missing = decision.body.get("one") if not one else decision.body.get("other")
            fates[decision.id] = "lapsed" if records.has_article(missing) else "waits"
            if fates[decision.id] == "lapsed":
                reasons[decision.id] = f"the article holds no {_words(missing)} any more"
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
    return Settled(decisions=tuple(sorted(found, key=lambda d: (d.time, d.id))), fates=fates, reasons=reasons)


def _ordered(decisions: Sequence[Decision]) -> list[Decision]:
    """By time; those of one second as the log has them."""
    return sorted(decisions, key=lambda decision: decision.time)


def _entry(reference: Any) -> str | None:
    """The id of an entry of the register, where a reference names one."""
    return str(reference["entry"]) if isinstance(reference, Mapping) and "entry" in reference else None


def _words(reference: Any) -> str:
    if not isinstance(reference, Mapping):
        return str(reference)
    return repr(str(reference.get("name") or reference.get("words") or "record"))


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
