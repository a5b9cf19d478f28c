"""A store of any size for the relate bench: states that act on one another for twenty-six years, the same ones every time.

The store is filled as `run.updating` would fill it, row by row, from documents made by rule: no two reports can be one event,
no two persons one, and no text is a copy of another, so that what is derived from a document rests on it alone. A test holds
the two against each other on a small store. Only the keys under which like texts meet (`band`) are made up, since reckoning
them takes longer than all the rest.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Any

from sqlalchemy import Connection

from dragoman.codebook import Codebook
from dragoman.record import Actor, Article, Document, Event, History, Mention, Region, Statement, When
from dragoman.record.ids import make_id
from dragoman.record.text import article_id
from dragoman.relate.change import Change, event_changes
from dragoman.relate.forecast import Judge
from dragoman.relate.history import called_in
from dragoman.relate.identify import Member, add_member, article_members, identify_members, name_rows, said_of, token_of
from dragoman.relate.likeness import read_report
from dragoman.relate.sides import Sides, make_sides
from dragoman.relate.state import pair_relations
from dragoman.relate.told import told_changes
from dragoman.run.history import derivation_rules
from dragoman.run.updating.events import report_marks, report_row
from dragoman.run.updating.outcomes import deed_marks, hope_rows
from dragoman.run.updating.states import change_row
from dragoman.store import Store, codec, counts, parts, rows, tables

START = date(2000, 1, 1)
DAYS = 9_500
LEAST_STEP = 3
"""Days between two like acts of one side toward another: nearer ones may be one, by reports that differ on the day."""
TOP = 0.05
"""The share of all events that stands between the busiest two."""
_STATUS = ("state", "partly recognised", "unrecognised", "territory")
PERSONS = 10
"""Persons who speak for each state."""
TURN = 10
"""Rounds after which a side's ambassador goes or comes."""
_Act = tuple[str, str | None, str, str, float, str | None]
"""Type, mode, the word that names it, the words, score, object."""
_ACTS: tuple[_Act, ...] = (
    ("ACCUSE", None, "accused", "accused {b} of breach {n} of the harbour rules", -2.0, None),
    ("REQUEST", None, "asked", "asked {b} to answer letter {n} about the herring", -0.5, None),
    ("PROTEST", None, "protested", "protested to {b} over tariff {n} on timber", -5.0, None),
    ("AID", None, "shipped", "shipped {n} sacks of wheat to {b} as a gift", 7.0, None),
    ("REJECT", None, "refused", "refused to {b} any claim to islet {n}", -4.0, None),
    ("THREATEN", None, "warned", "warned {b} of steps after incident {n}", -4.5, None),
    ("SUPPORT", None, "praised", "praised {b} for its vote on paper {n}", 3.5, None),
    ("CONCEDE", None, "dropped", "dropped case {n} against {b}", 4.5, None),
)
_RECALL = (
    "SANCTION",
    "withdraw",
    "recalled",
    "recalled its ambassador from {b} for consultations, note {n} said",
    -6.0,
    "ambassador",
)
_RETURN = ("CONCEDE", None, "returned", "returned its ambassador to {b}, note {n} said", 4.5, "ambassador")
_SYLLABLES = "ba ke ri do mu sa ne vi lo tu ga pe zi ho ju fa de ki ro nu".split()  # noqa: SIM905 -- a list of words


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many events stand between which states (actors), the busiest pair first."""

    states: tuple[Actor, ...]
    pairs: tuple[tuple[Actor, Actor, int], ...]


def make_plan(events: int, states: int, codebook: Codebook) -> Plan:
    """Share events out among pairs of states: the busiest pair has `TOP` of them, the others ever fewer (as 1 to rank)."""
    found = []
    known = [
        one for status in _STATUS for one in codebook.territories.all if one.status == status and one.until is None
    ]
    for state in known[:states]:
        identity, names = make_id("actor", state.code), (state.name,)
        one = Actor(
            id=identity, name=state.name, kind="state", country=state.code, sector="GOV", names=names, key=state.code
        )
        found.append(one)
    pairs = list(combinations(found, 2))
    most = min(max(int(events * TOP), 2 * events // len(pairs)), DAYS // LEAST_STEP * 2 * len(_ACTS))
    most -= most % len(_ACTS)
    counts, left = [], events
    harmonic = sum(1 / (rank + 1) for rank in range(len(pairs)))
    for rank in range(len(pairs)):
        share = most if rank == 0 else max(len(_ACTS), int(events * (1 - TOP) / harmonic / (rank + 1)))
        share = min(share - share % len(_ACTS), most, left)
        counts.append(share)
        left -= share
    for rank in range(1, len(pairs)):
        more = min(left, most - counts[rank])
        more -= more % len(_ACTS)
        counts[rank] += more
        left -= more
    # the busiest pairs are spread over the alphabet, as busy states are
    order = sorted(range(len(pairs)), key=lambda place: hashlib.sha256(str(place).encode()).hexdigest())
    shared = [(*pairs[place], counts[rank]) for rank, place in enumerate(order) if counts[rank]]
    return Plan(states=tuple(found), pairs=tuple(shared))


def make_documents(plan: Plan) -> Iterator[Document]:
    """Yield the documents of a plan: one a round, in which one side acts on the other in every way there is."""
    number = 0
    for one, other, events in plan.pairs:
        rounds = events // len(_ACTS)
        step = max(LEAST_STEP, min(400, DAYS * 2 // max(1, rounds)))
        for turn in range(rounds):
            number += 1
            first, second = (one, other) if turn % 2 == 0 else (other, one)
            yield _document(number, turn // 2, START + timedelta(days=turn // 2 * step), first, second)


def _document(number: int, turn: int, day: date, one: Actor, other: Actor) -> Document:
    speaker = _speaker(one, number % PERSONS)
    foretells = number % 10 == 0
    act = "We will plant {n} cedars beside the fountain with {b}" if foretells else "Nobody in {b} has read paper {n}"
    words = act.format(n=number, b=other.name)
    acts = list(_ACTS)
    if turn % TURN == TURN - 1:
        goes = turn // TURN % 2 == 0
        acts[5 if goes else 7] = _RECALL if goes else _RETURN
    lines = [f"{one.name} {text.format(n=number, b=other.name)}." for _, _, _, text, _, _ in acts]
    text = "\n".join([*lines, f'"{words}," said {speaker.name}.', ""])
    published = day + timedelta(days=1)
    article = Article(
        id=article_id(text),
        source=f"bench/{number}.txt",
        title=None,
        publisher=f"Paper {number % 97}",
        published=published,
        published_from="given",
        language="en",
        text=text,
        sections=(Region(start=0, end=len(text), kind="body"),),
    )
    events, at = [], 0
    when = When(start=day, end=day, precision="day", phrase=None)
    for line, (type_, mode, verb, _, score, object_) in zip(lines, acts, strict=True):
        start = at + len(one.name) + 1
        events.append(
            Event(
                id=make_id("event", article.id, at),
                type=type_,
                mode=mode,
                actors=(one.id,),
                recipients=(other.id,),
                when=when,
                score=score,
                object=object_,
                evidence=(article.span(at, at + len(line)),),
                trigger=article.span(start, start + len(verb)),
                made_by="bench",
            )
        )
        at += len(line) + 1
    content = article.span(at + 1, at + 1 + len(words))
    name = text.index(other.name, at)
    spoken = text.index(speaker.name, at)
    places = ((one, 0), (other, text.index(other.name)), (other, name), (speaker, spoken))
    return Document(
        article=article,
        actors=(one, other, speaker),
        mentions=tuple(
            Mention(actor=a.id, article=article.id, start=s, end=s + len(a.name), text=a.name, how="name")
            for a, s in places
        ),
        events=tuple(events),
        statements=(
            Statement(
                id=make_id("statement", article.id),
                speaker=speaker.id,
                speaker_words=article.span(spoken, spoken + len(speaker.name)),
                cue=None,
                content=content,
                direct=True,
                act="intention" if foretells else "claim",
            ),
        ),
        dates=(),
        reader="bench",
    )


@cache
def _speaker(state: Actor, number: int) -> Actor:
    digits = int(hashlib.sha256(f"{state.key} {number}".encode()).hexdigest(), 16)
    word = "".join(_SYLLABLES[digits // 20**place % 20] for place in range(6))
    name = f"{word[:6].capitalize()} {word[6:].capitalize()}"
    key = f"person:bench-{state.key}-{number}"
    return Actor(
        id=make_id("actor", key), name=name, kind="person", country=state.key, sector="GOV", names=(name,), key=key
    )


class Filler:
    """Fills a new store with documents and all that is derived from them."""

    def __init__(self, store: Store, codebook: Codebook, plan: Plan) -> None:
        """Take the store, which must be new, the codebook and the plan of which the documents are made."""
        self._store, self._codebook = store, codebook
        people = [_speaker(state, number) for state in plan.states for number in range(PERSONS)]
        self._sides: Sides = make_sides((*plan.states, *people))
        self._keys = rows.keys_of(self._sides.actors.values())
        self._articles: Counter[tuple[str, str]] = Counter()
        self._named: Counter[str] = Counter()
        self._seen: dict[tuple[str, str], Actor] = {}
        self._changes: dict[str, list[tuple[Any, Change, bool]]] = defaultdict(list)
        self._number = 0

    def fill(self, documents: Iterator[Document], lot: int = 2_000) -> int:
        """Store the documents, lot by lot; return how many there were."""
        for some in parts.lots(documents, lot):
            with self._store.writing() as connection:
                self._put(connection, some)
        with self._store.writing() as connection:
            self._finish(connection)
        return self._number

    def _put(self, connection: Connection, documents: list[Document]) -> None:
        made: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        for document in documents:
            self._number += 1
            self._document(document, made)
            self._findings(document, made)
        for table, found in made.items():
            parts.put_rows(connection, table, found)
        for document in documents:
            article = document.article
            self._store.backend.index_words(connection, article.id, article.title, article.text)

    def _document(self, document: Document, made: dict[Any, list[dict[str, Any]]]) -> None:
        article = document.article
        given = json.dumps(codec.given_of(article), ensure_ascii=False)
        own = {
            name: getattr(article, name)
            for name in ("id", "source", "title", "publisher", "published", "language", "text")
        }
        made[tables.article].append({"number": self._number, "given": given, **own})
        layers = codec.pack_layers(document)
        made[tables.document].append(
            {
                "article": article.id,
                "reader": document.reader,
                "refused": None,
                "layers": layers,
                "revision": self._number,
            }
        )
        findings = len(document.events or ()) + len(document.statements or ())
        body = codec.pack_page(article)
        made[tables.page].append({"article": article.id, "findings": findings, "unchecked": findings, "body": body})
        bands = (hashlib.sha256(f"{article.id} {band}".encode()).hexdigest()[:16] for band in range(25))
        made[tables.band] += [{"band": f"{n}:{band}", "article": article.id} for n, band in enumerate(bands)]
        for member in article_members(document):
            actor = member.actor
            digest = _digest(actor)
            said = said_of(actor.id, member)
            made[tables.member].append(
                {
                    "actor": actor.id,
                    "article": article.id,
                    "joined": actor.id,
                    "said": None if said is None else json.dumps(said, ensure_ascii=False),
                    "token": token_of(actor),
                    "company": json.dumps(sorted(member.company), ensure_ascii=False),
                    "rendering": digest,
                }
            )
            self._articles[actor.id, digest] += 1
            self._seen[actor.id, digest] = actor
        made[tables.mention] += [rows.mention_row(mention) for mention in document.mentions or ()]
        self._named.update(mention.actor for mention in document.mentions or ())
        named = {self._keys[mention.actor] for mention in document.mentions or ()}
        made[tables.pair] += rows.pair_rows(named, "article", article.id, article.published)

    def _findings(self, document: Document, made: dict[Any, list[dict[str, Any]]]) -> None:
        article, rules = document.article, self._codebook.relations
        pages = {article.id: article}
        called = called_in([document], {})
        actors = [self._sides.actors[actor.id] for actor in document.actors or ()]
        judge = Judge(
            History(
                articles=(article,),
                actors=tuple(actors),
                mentions=document.mentions or (),
                events=(),
                statements=(),
                relations=(),
            ),
            self._codebook,
        )
        turned = False
        for event in document.events or ():
            report = read_report(event, pages, self._sides, called)
            made[tables.event].append(rows.event_row(event))
            made[tables.party] += rows.party_rows(event)
            made[tables.telling] += rows.telling_rows(event)
            made[tables.report].append(report_row(report, event.id, rules))
            made[tables.mark] += report_marks(report, rules)
            made[tables.mark] += deed_marks(event, judge)
            made[tables.pair] += rows.event_pairs(event, self._keys, {article.id: article.published})
            if event.object is not None:
                turned = True
                changes = event_changes([event], {event.id: [event]}, pages, self._sides, rules)
                for place, change in enumerate(changes):
                    made[tables.change].append(self._change(change, event.id, place))
                    self._changes[" ".join(sorted(change.pair))].append(((event.id, place), change, False))
        if turned:
            for place, change in enumerate(told_changes([document], self._sides, self._codebook, {})):
                row = change_row(change, article.id, place, told=True, published=article.published)
                made[tables.change].append(row)
                order = (article.published, article.id, place)
                self._changes[" ".join(sorted(change.pair))].append((order, change, True))
        for statement in document.statements or ():
            hope = judge.hope(statement)
            settled = judge.settled(statement) if statement.act == "intention" else statement
            made[tables.statement].append(rows.statement_row(settled, article.published))
            made[tables.hope] += hope_rows(statement.id, hope) if hope is not None else []

    def _change(self, change: Change, origin: str, place: int) -> dict[str, Any]:
        return change_row(change, origin, place)

    def _finish(self, connection: Connection) -> None:
        """Put what is derived of all documents together: actors, their keys, the states, and that all of it is up to date."""
        actors = {actor.id: actor for actor in self._seen.values()}
        renderings, keys = [], set()
        for (identity, digest), number in sorted(self._articles.items()):
            actor = self._seen[identity, digest]
            named = f"{actor.kind} {actor.name.casefold()}"
            body = {"token": token_of(actor), "named": named, "body": codec.pack(actor)}
            renderings.append({"actor": identity, "digest": digest, "articles": number, **body})
            for key, name, said in name_rows(identity, Member(actor=actor)):
                keys.add((key, name, json.dumps(said, ensure_ascii=False)))
        parts.put_rows(connection, tables.rendering, renderings)
        parts.put_rows(connection, tables.name_key, ({"key": k, "name": n, "said": s} for k, n, s in sorted(keys)))
        joined = [self._joined(actor, self._named[actor.id]) for _, actor in sorted(actors.items())]
        parts.put_rows(connection, tables.actor, joined)
        parts.put_rows(connection, tables.spelling, (row for one in actors.values() for row in rows.spelling_rows(one)))
        for pair in sorted(self._changes):
            coded = [one for _, one, told in sorted(self._changes[pair], key=_order) if not told]
            told = [one for _, one, is_told in sorted(self._changes[pair], key=_order) if is_told]
            for relation in pair_relations(coded, told, frozenset()):
                parts.put_rows(connection, tables.relation, [rows.relation_row(relation)])
                parts.put_rows(connection, tables.pair, rows.relation_pairs(relation, self._keys))
        counts.count_all_months(connection)
        counts.note_totals(connection)
        done = str(self._number)
        rules = derivation_rules(self._codebook)
        parts.put_meta(connection, {"revision": done, "derived_revision": done, "derived_rules": rules})
        parts.put_meta(connection, {"derived_decisions": "[]", "derived_corrected": "{}"})

    def _joined(self, actor: Actor, mentions: int) -> dict[str, Any]:
        """The row of an actor as the articles that name it are joined."""
        seen: dict[str, Member] = {}
        for _ in range(min(2, self._articles[actor.id, _digest(actor)])):
            add_member(seen, Member(actor=actor))
        (whole,) = identify_members(seen).actors
        return rows.actor_row(whole, mentions=mentions)


def _digest(actor: Actor) -> str:
    return hashlib.sha256(codec.pack(actor).encode("utf-8")).hexdigest()[:16]


def _order(item: tuple[Any, Change, bool]) -> tuple[bool, Any]:
    return item[2], item[0]
