"""What a person writes into the fields of an event or statement, read and checked against the codebook and the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from dragoman.codebook import Codebook
from dragoman.errors import DecisionError, UnknownNameError
from dragoman.record import Actor, Document, History
from dragoman.record.event import Factuality
from dragoman.record.ids import make_id
from dragoman.record.statement import Act
from dragoman.run.lookup import find_actor
from dragoman.run.time_words import UNKNOWN, read_time

Written = Mapping[str, str | Sequence[str]]
"""Fields as a person wrote them; lists (contexts, actors, recipients) as lists or with commas between."""

FACTUALITIES: tuple[str, ...] = get_args(Factuality)
ACTS: tuple[str, ...] = get_args(Act)
KINDS = ("person", "body", "group")
_YES, _NO = frozenset({"yes", "true", "1", "on"}), frozenset({"no", "false", "0", "off", ""})


def read_event_fields(
    written: Written, codebook: Codebook, history: History, *, document: Document, kind: str | None
) -> dict[str, Any]:
    """Return the values of an event's written fields; `kind` is its type so far, None for a new one.

    `DecisionError` or `UnknownNameError` say which field is wrong, and what to write.
    """
    types = codebook.ontology.types
    values: dict[str, Any] = {}
    if "type" in written:
        name, slash, mode = _text(written["type"]).partition("/")
        kind = name.strip().upper()
        values["type"], values["mode"] = kind, mode.strip() or None
        if kind not in types:
            raise UnknownNameError(f"No type {name!r} in the codebook: use one of {', '.join(types)}.", tuple(types))
        if not slash and "mode" not in written:
            values["mode"] = None
    if "mode" in written:
        values["mode"] = _text(written["mode"]) or None
    if values.get("mode") and kind is not None and values["mode"] not in types[kind].modes:
        known = ", ".join(types[kind].modes) or "none"
        raise UnknownNameError(f"{kind} has no mode {values['mode']!r}: its modes are {known}.")
    if "contexts" in written:
        values["contexts"] = _list(written["contexts"])
        wrong = [one for one in values["contexts"] if one not in codebook.ontology.contexts]
        if wrong:
            raise UnknownNameError(
                f"No context {wrong[0]!r} in the codebook: use {', '.join(codebook.ontology.contexts)}."
            )
    for role in ("actors", "recipients"):
        if role in written:
            values[role] = [read_actor(one, codebook, history, document) for one in _list(written[role])]
    if "when" in written:
        values["when"] = read_time(_text(written["when"]))
    for name in ("where", "object"):
        if name in written:
            words = _text(written[name])
            values[name] = None if words.casefold() in UNKNOWN else words
    if "factuality" in written:
        values["factuality"] = _one_of(_text(written["factuality"]), FACTUALITIES, "factuality")
    if "historical" in written:
        values["historical"] = _truth(_text(written["historical"]), "historical")
    return values


def read_statement_fields(
    written: Written, codebook: Codebook, history: History, *, document: Document
) -> dict[str, Any]:
    """Return the values of a statement's written fields, as `read_event_fields` does."""
    values: dict[str, Any] = {}
    if "speaker" in written:
        words = _text(written["speaker"])
        values["speaker"] = None if words.casefold() in UNKNOWN else read_actor(words, codebook, history, document)
    if "act" in written:
        values["act"] = _one_of(_text(written["act"]), ACTS, "act")
    if "direct" in written:
        values["direct"] = _truth(_text(written["direct"]), "direct")
    if "due" in written:
        time = read_time(_text(written["due"]))
        values["due"] = {"start": time["start"], "end": time["end"]} if time else None
    return values


def read_actor(words: str, codebook: Codebook, history: History, document: Document) -> dict[str, Any]:
    """Return the reference of the actor that a person means in an article.

    A name as the article has it; a name, code or id of the record; a state of the codebook that no article names yet; or a
    new one as `person:NAME`, `body:NAME` or `group:NAME`, with `:STATE` where it acts for one.
    """
    kind, colon, rest = words.strip().partition(":")
    if colon and kind in KINDS:
        name, _, state = rest.partition(":")
        territory = codebook.territories.get(state.strip()) if state.strip() else None
        if not name.strip():
            raise DecisionError(f"{words!r} names nobody: write {kind}:NAME.")
        country = territory.country if territory else None
        return {"name": name.strip(), "kind": kind, "key": None, "country": country, "sector": None, "records": []}
    mentioned = {mention.actor for mention in document.mentions or ()}
    plain = words.strip().casefold()
    own = [one for one in document.actors or () if one.id in mentioned and one.name.casefold() == plain]
    if len(own) == 1:
        return local_reference(own[0], document.article.id)
    try:
        return joined_reference(find_actor(words, codebook, history), history, document)
    except UnknownNameError:
        territory = codebook.territories.find(words.strip())
        if territory is None or any(actor.key == territory.code for actor in history.actors):
            raise
    return {
        "name": territory.name,
        "kind": "state",
        "key": territory.code,
        "country": territory.country,
        "sector": "GOV",
        "records": [],
    }


def local_reference(actor: Actor, article: str) -> dict[str, Any]:
    """Return the reference of an article's own record of an actor; an entry of the codebook is named by its key."""
    keyed = actor.key is not None and actor.id == make_id("actor", actor.key)
    return {
        "name": actor.name,
        "kind": actor.kind,
        "key": actor.key,
        "country": actor.country,
        "sector": actor.sector,
        "records": [] if keyed else [{"id": actor.id, "article": article, "name": actor.name}],
    }


def joined_reference(actor: Actor, history: History, document: Document) -> dict[str, Any]:
    """Return the reference of a joined actor in an article: by the article's own record, if it has one."""
    article = document.article.id
    joined = {(m.start, m.end) for m in history.mentions if m.article == article and m.actor == actor.id}
    own = {m.actor for m in document.mentions or () if (m.start, m.end) in joined}
    here = [one for one in document.actors or () if one.id in own or (actor.key and one.key == actor.key)]
    if here:
        return local_reference(min(here, key=lambda one: (one.name != actor.name, one.id)), article)
    reference = {**local_reference(actor, ""), "records": []}
    if actor.key is None:  # by the fullest name that another article has for it
        named = [m for m in history.mentions if m.actor == actor.id and m.how == "name"]
        best = min(named, key=lambda m: (-len(m.text), m.article, m.start), default=None)
        if best is not None:
            reference["records"] = [{"id": "", "article": best.article, "name": best.text}]
    return reference


def _text(value: str | Sequence[str]) -> str:
    return (value if isinstance(value, str) else ",".join(value)).strip()


def _list(value: str | Sequence[str]) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value
    return list(dict.fromkeys(part.strip() for part in parts if part.strip() and part.strip().casefold() != "none"))


def _one_of(value: str, known: Sequence[str], field: str) -> str:
    if value not in known:
        raise DecisionError(f"{value!r} is no {field}: use one of {', '.join(known)}.")
    return value


def _truth(value: str, field: str) -> bool:
    plain = value.casefold()
    if plain not in _YES | _NO:
        raise DecisionError(f"{value!r} for {field}: write yes or no.")
    return plain in _YES
