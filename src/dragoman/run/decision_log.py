"""The log of decisions as a person reads it: each in words, with what has become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Decision
from dragoman.relate.amend import Fate, articles_of, lenders
from dragoman.relate.decide import judge
from dragoman.relate.finding import FIELDS
from dragoman.run.log import Log, read_log
from dragoman.run.time_words import time_words
from dragoman.run.updating.update import articles_about
from dragoman.store import Store
from dragoman.store.parts import load_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the log with what has become of it, and where that needs one, a `note` why."""

    decision: Decision
    fate: Fate
    words: str
    note: str = ""


def log_entries(
    store: Store, codebook: Codebook, log: Log | None = None, lines: Sequence[Decision] | None = None
) -> list[Entry]:
    """Return the log in its order, or some lines of it, each with what has become of it.

    Only the articles are looked at that these lines are about, and the decisions that bear on the same findings.
    """
    log = log or read_log(store)
    shown = log.every if lines is None else tuple(lines)
    if not shown:
        return []
    findings = {article for one in shown for article in articles_of(one)}
    bearing = {one.id: one for one in (*log.about(findings), *shown)}
    judged_on = [one for one in log.every if one.id in bearing]
    with store.reading() as connection:
        wanted = findings | articles_about(connection, judged_on)
        wanted |= {article for one in judged_on for article in lenders(one)}
        documents = [one for _, one in sorted(load_documents(connection, wanted).items())]
    judged = judge(judged_on, documents, codebook)
    in_force = {one.id for one in log.in_force}
    return [
        Entry(
            decision=one,
            fate=judged.fates[one.id] if one.id in in_force else "undone",
            words=decision_words(one, log.by_id),
            note=judged.reasons.get(one.id, ""),
        )
        for one in shown
    ]


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
        case "accept" | "reject" | "change" | "add":
            words = _about_finding(decision)
        case "furniture":
            words = f"{_cut(str(body.get('words')))!r} is no part of the article ({body.get('kind')})"
        case "undo":
            undone = known.get(str(body.get("decision")))
            words = f"undone: {decision_words(undone, known)}" if undone else f"undone: {body.get('decision')}"
        case _:
            words = decision.kind
    return f"{words} ({body['reason']})" if body.get("reason") else words


def value_words(name: str, value: Any) -> str:
    """Return the value of a field of a finding in words, as a person would write it."""
    if name in ("actors", "recipients"):
        return ", ".join(str(one.get("name")) for one in value or ()) or "nobody"
    if name == "speaker":
        return str(value.get("name")) if value else "nobody named"
    if name in ("when", "due"):
        return time_words(value) or "unknown"
    if name == "contexts":
        return ", ".join(value or ()) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _about_finding(decision: Decision) -> str:
    body = decision.body
    findings: Sequence[Mapping[str, Any]] = body.get("findings") or ({},)
    first = findings[0]
    values: Mapping[str, Any] = first.get("values") or {}
    kind = "/".join(str(values[name]) for name in ("type", "mode") if values.get(name)) or "statement"
    words = f"{kind} at {_cut(str(first.get('words')))!r}"
    if len(findings) > 1:
        words += f" and in {len(findings) - 1} more"
    match decision.kind:
        case "accept":
            return f"{words} is right"
        case "reject":
            return f"{words} is wrong"
        case "add":
            return f"{words} was missed"
        case _:
            changed: Mapping[str, Any] = body.get("set") or {}
            told = [
                f"{name} is {value_words(name, value)}, not {value_words(name, values.get(name))}"
                for name in FIELDS[body.get("about", "event")]
                if name in changed and (value := changed[name]) != values.get(name)
            ]
            return f"{words}: {'; '.join(told)}"


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"


def _shown(reference: Any) -> str:
    if isinstance(reference, Mapping) and "entry" in reference:
        return f"{str(reference.get('name') or '?')!r} of the register ({reference['entry']})"
    if isinstance(reference, Mapping):
        return repr(str(reference.get("name") or reference.get("words") or "?"))
    return str(reference)
