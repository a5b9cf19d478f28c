"""Looking things up in a history: a record by its id, a state or actor by what a person calls it, words in their context."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from dragoman.codebook import Codebook
from dragoman.errors import UnknownNameError
from dragoman.record import Actor, Article, Event, History, Relation, Span, Statement

Shown = Article | Actor | Event | Statement | Relation

_LONGEST_CONTEXT = 400
"""Code points shown on each side of the words: a long paragraph's worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words of an article in their paragraph: `line` counts the article's lines from 1; `…` marks where it was cut."""

    article: Article
    line: int
    before: str
    words: str
    after: str


def find_record(history: History, record_id: str) -> Shown:
    """Return the record of an id, or of the beginning of one if only one fits; a merged report leads to its event.

    `UnknownNameError` where none fits or several do.
    """
    merged = {member: event for event in history.events for member in event.members}
    if record_id in merged:
        return merged[record_id]
    groups: tuple[tuple[Shown, ...], ...] = (
        history.articles,
        history.actors,
        history.events,
        history.statements,
        history.relations,
    )
    fitting = [record for group in groups for record in group if record.id.startswith(record_id)] if record_id else []
    exact = [record for record in fitting if record.id == record_id]
    if len(exact or fitting) == 1:
        return (exact or fitting)[0]
    if not fitting:
        kinds = "article-, actor-, event-, statement- and relation-"
        raise UnknownNameError(
            f"No record {record_id!r} in the store: ids begin with {kinds}, as export and brief print them."
        )
    near = tuple(record.id for record in fitting[:3])
    raise UnknownNameError(f"{len(fitting)} records begin with {record_id!r}: did you mean {' or '.join(near)}?", near)


def excerpt(history: History, span: Span, articles: dict[str, Article] | None = None) -> Excerpt:
    """Return a span's words in their paragraph."""
    by_id = articles if articles is not None else {article.id: article for article in history.articles}
    article = by_id[span.article]
    text = article.text
    begin = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    stop = len(text) if stop < 0 else stop
    before, after = text[begin : span.start], text[span.end : stop]
    if len(before) > _LONGEST_CONTEXT:
        before = "…" + before[-_LONGEST_CONTEXT:].partition(" ")[2]
    if len(after) > _LONGEST_CONTEXT:
        after = after[:_LONGEST_CONTEXT].rpartition(" ")[0] + "…"
    line = text.count("\n", 0, span.start) + 1
    return Excerpt(article=article, line=line, before=before, words=text[span.start : span.end], after=after)


def lines_of(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each line of a text, line breaks left out."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def line_at(lines: list[tuple[int, int]], offset: int) -> int:
    """Return the number, from 1, of the line in which an offset lies."""
    return bisect_right(lines, (offset, len(lines) and lines[-1][1] + 1))


def find_party(name: str, codebook: Codebook, history: History) -> Actor:
    """Return the state or body that a code, a name in any common language or a demonym means, as the history knows it.

    `UnknownNameError` where there is no such state or body, or where no article in the history speaks of it.
    """
    wanted = name.strip()
    territory = codebook.territories.find(wanted)
    keys = [territory.code] if territory is not None else []
    by_key = {actor.key: actor for actor in history.actors if actor.key}
    for key in (*keys, wanted, wanted.upper()):
        if key in by_key:
            return by_key[key]
    plain = wanted.casefold()
    named = [
        actor
        for actor in history.actors
        if actor.kind in {"state", "body", "group"} and plain in {one.casefold() for one in (actor.name, *actor.names)}
    ]
    if named:
        return named[0]
    if territory is not None:
        raise UnknownNameError(
            f"No article in the store speaks of {territory.name} ({territory.code}): read some that do."
        )
    codebook.territories.get(wanted)  # raises, with suggestions
    raise AssertionError(wanted)


def find_actors(history: History, words: str | None) -> list[tuple[Actor, int]]:
    """Return the actors whose names hold all the words, with how often they are mentioned, the most mentioned first.

    An id finds its actor too: of a record, or of a register or other list with which the actor is the same.
    """
    counts: dict[str, int] = {}
    for mention in history.mentions:
        counts[mention.actor] = counts.get(mention.actor, 0) + 1
    asked = (words or "").casefold().split()
    found = [
        (actor, counts.get(actor.id, 0))
        for actor in history.actors
        if all(any(word in name.casefold() for name in (actor.name, *actor.names)) for word in asked)
        or (words is not None and words.strip() in {actor.id, *actor.same_as})
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name, pair[0].id))


def find_actor(words: str, codebook: Codebook, history: History) -> Actor:
    """Return the actor of an id, the beginning of one, a state's name in any language, or a spelling.

    An id may be that of a register or other list with which the actor is the same. `UnknownNameError` where none fits or
    several do, with what to write instead.
    """
    wanted = words.strip()
    same = [actor for actor in history.actors if {wanted, f"wikidata:{wanted}"} & set(actor.same_as)]
    if len(same) == 1:
        return same[0]
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
    found = same or by_id or exact or spelled
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
