"""Search over articles, statements and actors, in any script: a name finds all its spellings."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook import Codebook
from dragoman.names import compare
from dragoman.record import Actor, Statement
from dragoman.run.finding import SAME_SPELLED, search_articles
from dragoman.run.view.actor import Said, said
from dragoman.run.view.room import Room
from dragoman.store import Hit, slices, tables
from dragoman.store.derived import forms_near

MOST = 20
LONGEST = 300
"""Code points of a query that are looked at."""


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
    asked = " ".join(words.split())[:LONGEST]
    if not asked:
        return Found(words="", actors=(), statements=(), articles=(), sides=())
    actors = find_named(room, asked, MOST)
    hits = search_articles(room.store, asked, room.codebook, MOST)
    with room.reading() as connection:
        told = slices.of_column(connection, Statement, tables.statement, "article", [hit.article.id for hit in hits])
    plain = asked.casefold().split()
    spoken = [one for one in told if all(word in one.content.text.casefold() for word in plain)]
    people = [actor.id for actor in actors[:3] if actor.kind == "person"]
    spoken += [one for one in told if one.speaker in people and one not in spoken]
    shown = spoken[:MOST]
    index = room.about(statements=[one.id for one in shown], around=False)
    keys = [key for key in keys_named(asked, room.codebook) if any(actor.key == key for actor in actors)]
    return Found(
        words=asked,
        actors=tuple(actors),
        statements=said(shown, index),
        articles=tuple(hits),
        sides=tuple((key, room.codebook.territories.get(key).name) for key in keys[:2]) if len(keys) > 1 else (),
    )


def keys_named(words: str, codebook: Codebook) -> list[str]:
    """Return the keys of the states that some words name, whole or one by one."""
    found = [codebook.territories.find(word) for word in (words, *words.split())]
    return list(dict.fromkeys(territory.code for territory in found if territory is not None))


def find_named(room: Room, words: str, most: int) -> list[Actor]:
    """Return the actors that some words name in any spelling, the most mentioned first."""
    with room.reading() as connection:
        return slices.actors_named(connection, words.split(), *near(room, words), most)[0]


def near(room: Room, words: str) -> tuple[set[str], list[str]]:
    """Return the ids of persons whose name is spelled nearly so, and the keys of the states that the words name."""
    forms = forms_near(room.store, words) if words else []
    ids = {actor for form, actor in forms if compare(words, form).score >= SAME_SPELLED}
    return ids, keys_named(words, room.codebook)
