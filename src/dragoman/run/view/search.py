"""Search over articles, statements and actors, in any script: a name finds all its spellings."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.names import compare
from dragoman.record import Actor
from dragoman.run.finding import SAME_SPELLED, search_articles
from dragoman.run.view.actor import Said, said
from dragoman.run.view.room import Room
from dragoman.store import Hit
from dragoman.store.derived import forms_near

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: actors by any spelling, statements and articles by their words; `sides` are two states named."""

    words: str
    actors: tuple[Actor, ...]
    statements: tuple[Said, ...]
    articles: tuple[Hit, ...]
    sides: tuple[tuple[str, str], ...]


def search_all(room: Room, words: str) -> Found:
    """Return what holds the words; a state may be named in any common language."""
    asked = " ".join(words.split())[:300]
    if not asked:
        return Found(words="", actors=(), statements=(), articles=(), sides=())
    index = room.index()
    plain = asked.casefold()
    states = [found for word in (asked, *asked.split()) if (found := room.codebook.territories.find(word)) is not None]
    keys = dict.fromkeys(found.code for found in states)
    near = {actor for form, actor in forms_near(room.store, asked) if compare(asked, form).score >= SAME_SPELLED}
    actors = [
        actor
        for actor in index.history.actors
        if actor.key in keys
        or actor.id in near
        or any(all(word in name.casefold() for word in plain.split()) for name in (actor.name, *actor.names))
    ]
    actors.sort(key=lambda actor: (-len(index.mentions_of.get(actor.id, ())), actor.name, actor.id))
    hits = search_articles(room.store, asked, room.codebook, MOST)
    spoken = [
        one
        for hit in hits
        for one in index.statements_in.get(hit.article.id, ())
        if all(word in one.content.text.casefold() for word in plain.split())
    ]
    by_them = [one for actor in actors[:3] if actor.kind == "person" for one in index.statements_of.get(actor.id, ())]
    there = [key for key in keys if any(actor.key == key for actor in actors)]
    return Found(
        words=asked,
        actors=tuple(actors[:MOST]),
        statements=said(list(dict.fromkeys((*spoken, *by_them)))[:MOST], index),
        articles=tuple(hits),
        sides=tuple((key, room.codebook.territories.get(key).name) for key in there[:2]) if len(there) > 1 else (),
    )
