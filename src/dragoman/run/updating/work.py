"""The work on one batch of documents: what was read, what was looked up, and what is to be done over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from dragoman.codebook import Codebook
from dragoman.record import Actor, Decision, Document
from dragoman.relate.amend import amend, articles_of, lenders
from dragoman.relate.decide import counting
from dragoman.relate.sides import Sides, make_sides
from dragoman.store import codec, parts, tables

Corrected = Mapping[str, Sequence[tuple[int, Decision]]]
"""By the id of an article: the decisions in force on its findings, each with its place in the log."""


def corrections(log: Sequence[Decision]) -> Corrected:
    """Return the decisions in force on findings, by article."""
    found: dict[str, list[tuple[int, Decision]]] = defaultdict(list)
    for place, decision in enumerate(counting(log)):
        for article in sorted(set(articles_of(decision))):
            found[article].append((place, decision))
    return found


def amended(
    connection: Connection, articles: Iterable[str], corrected: Corrected, codebook: Codebook
) -> dict[str, Document]:
    """Return documents by the ids of their articles, with what people decided about their findings.

    `corrected` are those decisions by article; what they bring from other articles is looked up there.
    """
    wanted = sorted(set(articles))
    found = parts.load_documents(connection, wanted)
    changed = [one for one in wanted if one in corrected]
    if not changed:
        return found
    chosen = {place: decision for one in changed for place, decision in corrected[one]}
    lent = {article for decision in chosen.values() for article in lenders(decision)} - found.keys()
    documents = [*found.values(), *parts.load_documents(connection, lent).values()]
    done = amend(documents, [chosen[place] for place in sorted(chosen)], codebook)
    return {document.article.id: document for document in done.documents if document.article.id in found}


@dataclass(slots=True, kw_only=True)
class Work:
    """One batch inside one transaction.

    `fresh` are the ids of the articles that were stored anew; `dirty` those of which something has to be joined again.
    `decided` are the decisions in force on the records of single articles, `moved` the ids of which what was decided changed;
    `corrected` those on the findings of each article, by its id.
    """

    connection: Connection
    codebook: Codebook
    fresh: tuple[str, ...]
    decided: tuple[Decision, ...]
    moved: frozenset[str]
    corrected: Corrected = field(default_factory=dict)
    dirty: set[str] = field(default_factory=set)
    loaded: dict[str, Document] = field(default_factory=dict)
    known: dict[str, Actor] = field(default_factory=dict)
    leads: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: Sides | None = None

    def documents(self, articles: Iterable[str]) -> dict[str, Document]:
        """Return documents by the ids of their articles, each loaded once, with what people decided about their findings."""
        wanted = sorted(set(articles))
        missing = [one for one in wanted if one not in self.loaded]
        self.loaded.update(amended(self.connection, missing, self.corrected, self.codebook))
        return {one: self.loaded[one] for one in wanted}

    def actor_of(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the joined actor of each actor of some articles."""
        wanted = set(articles)
        missing = wanted - self.leads.keys()
        if missing:
            self.leads.update({one: {} for one in missing})
            columns = select(tables.member.c.actor, tables.member.c.article, tables.member.c.joined)
            for row in parts.rows_in(self.connection, columns, tables.member.c.article, missing):
                self.leads[row.article][row.actor] = row.joined or row.actor
        return {own: joined for one in sorted(wanted) for own, joined in self.leads[one].items()}

    def sides(self, actors: Iterable[str]) -> Sides:
        """Return the sides of joined actors and of all states."""
        if not self.known:
            statement = select(tables.actor.c.body).where(tables.actor.c.kind == "state")
            for actor in parts.unpack_all(Actor, self.connection.execute(statement).all()):
                self.known[actor.id] = actor
        missing = set(actors) - self.known.keys()
        if not missing and self.seen is not None and len(self.seen.actors) == len(self.known):
            return self.seen
        for row in parts.rows_in(self.connection, select(tables.actor.c.body), tables.actor.c.id, missing):
            actor = codec.unpack(Actor, row.body)
            self.known[actor.id] = actor
        self.seen = make_sides(self.known.values())
        return self.seen

    def sides_in(self, articles: Iterable[str]) -> tuple[Sides, Mapping[str, str]]:
        """Return the sides of all who are named in some articles, and the joined actor of each of their actors."""
        actor_of = self.actor_of(articles)
        return self.sides(actor_of.values()), actor_of
