"""Tasks: the work of a stage on one bucket or one file of documents, done once whoever asks for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, cast

from dragoman.codebook import Codebook
from dragoman.record import Actor, Article, Document
from dragoman.relate.sides import Sides, make_sides
from dragoman.run.cluster.shelf import Shelf, put_whole, storage
from dragoman.run.merging.rows import Piece, Row, digest_of, read_rows, write_rows
from dragoman.run.workers import Recipe
from dragoman.store import codec

WORK = "merging"
"""The folder of a shelf in which tasks leave what they wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a stage does on its inputs (pieces by kind): for a bucket, or for the documents of a lot of files (`parts`).

    `name` is that of the bucket or lot; `left_out` are articles of the files that count from another one; `note` is what the
    stage needs to know of the whole, as JSON; `buckets` how many there are.
    """

    stage: str
    name: str
    inputs: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    note: str = "null"
    buckets: int = 1

    def key(self, rules: str) -> str:
        """Return the digest of all that the task's outcome rests on."""
        pieces = {kind: sorted(piece.digest for piece in found) for kind, found in self.inputs.items() if found}
        known = (self.stage, self.name, pieces, self.parts, self.left_out, self.note, self.buckets)
        return f"{self.stage}-{digest_of(rules, *known)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a task wrote, by kind and bucket, and what it found of which the whole must know."""

    written: Mapping[str, Mapping[str, Piece]]
    notes: Any

    def packed(self) -> str:
        """Return it as JSON."""
        return json.dumps({"written": self.written, "notes": self.notes}, sort_keys=True)

    @classmethod
    def unpacked(cls, text: str) -> Done:
        """Return what was packed."""
        values = json.loads(text)
        written = {
            kind: {bucket: Piece(*piece) for bucket, piece in found.items()}
            for kind, found in values["written"].items()
        }
        return cls(written=written, notes=values["notes"])


@dataclass(slots=True)
class Job:
    """A task in hand: its rows, its documents, the rules; `notes` is what it tells the whole."""

    place: str
    task: Task
    codebook: Codebook
    notes: Any = None

    def rows(self, kind: str) -> list[tuple[str, str]]:
        """Return the rows of a kind, sorted by key and body."""
        return sorted(read_rows(self.place, self.task.inputs.get(kind, ())))

    def read(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield the keys of a kind's rows, sorted, with what their bodies say."""
        for key, body in self.rows(kind):
            yield key, json.loads(body)

    def grouped(self, kind: str) -> Iterator[tuple[str, list[Any]]]:
        """Yield each key of a kind's rows with what the bodies say, in order."""
        key: str | None = None
        found: list[Any] = []
        for one, value in self.read(kind):
            if one != key:
                if key is not None:
                    yield key, found
                key, found = one, []
            found.append(value)
        if key is not None:
            yield key, found

    def note(self) -> Any:
        """Return what the stage was told of the whole."""
        return json.loads(self.task.note)

    def documents(self) -> list[Document]:
        """Return the documents of the task's files that count, by id."""
        shelf = Shelf(self.place)
        found = [
            document
            for part in self.task.parts
            for document in shelf.part_documents(part, {one for place, one in self.task.left_out if place == part})
        ]
        return sorted(found, key=lambda document: document.article.id)


Stage = Callable[[Job], Iterable[Row]]


def do_task(place: str, recipe: Recipe, task: Task, key: str) -> str:
    """Do a task and return what it wrote, packed; it counts as done when that is written down, last of all."""
    from dragoman.run.merging.stages import STAGES

    job = Job(place, task, rules_of(recipe))
    rows = list(STAGES[task.stage](job))
    done = Done(written=write_rows(place, f"{WORK}/{key}", rows), notes=job.notes)
    packed = done.packed()
    put_whole(place, f"{WORK}/{key}.json", packed.encode("utf-8"), lasting=False)
    return packed


@lru_cache(maxsize=2)
def rules_of(recipe: Recipe) -> Codebook:
    """Return the rules of a recipe, read once a process."""
    return Codebook(recipe.folders, recipe.registers)


def done_before(place: str) -> set[str]:
    """Return the keys of the tasks that were done."""
    files, root = storage(place)
    folder = f"{root}/{WORK}"
    if not files.exists(folder):
        return set()
    names = (str(path).rpartition("/")[2] for path in files.glob(f"{folder}/*.json"))
    return {name.removesuffix(".json") for name in names}


def outcome_of(place: str, key: str) -> str:
    """Return what a task that was done wrote, packed."""
    files, root = storage(place)
    return cast("bytes", files.cat_file(f"{root}/{WORK}/{key}.json")).decode("utf-8")


def forget(place: str, kept: set[str]) -> None:
    """Delete what other tasks than those kept left."""
    files, root = storage(place)
    folder = f"{root}/{WORK}"
    for path in sorted(map(str, files.glob(f"{folder}/*"))) if files.exists(folder) else []:
        stage, _, rest = path.rpartition("/")[2].partition("-")
        if f"{stage}-{rest[:16]}" not in kept:
            files.rm_file(path)


# --- what passes between tasks ------------------------------------------------------------------------------------------


def bearing(actor: Actor) -> dict[str, Any]:
    """Return what of a joined actor bears on events and states, as plain values.

    Names and evidence grow with every article; what is told of a side rests on none of them, but for a person's name.
    """
    person = actor.kind == "person"
    offices = tuple(replace(office, evidence=office.evidence[:1]) for office in actor.offices) if person else ()
    light = replace(
        actor, name=actor.name if person else "", names=(), offices=offices, same_as=(), grounds=(), made_by=""
    )
    values: dict[str, Any] = plain(light)
    return values


def plain(record: object) -> Any:
    """Return a record as plain values."""
    return json.loads(codec.pack(record))


def actor_from(values: Any) -> Actor:
    """Return the actor of plain values."""
    return codec.unpack(Actor, json.dumps(values))


@dataclass(slots=True)
class Known:
    """Who is who: the states, and the actors that were handed on with the rows."""

    actors: dict[str, Actor]

    @classmethod
    def of(cls, states: Iterable[Any]) -> Known:
        """Return who is known from the states alone."""
        found = [actor_from(values) for values in states]
        return cls({actor.id: actor for actor in found})

    def add(self, values: Iterable[Any]) -> None:
        """Know more actors, given as plain values."""
        for one in values:
            if one["id"] not in self.actors:
                self.actors[one["id"]] = actor_from(one)

    def sides(self) -> Sides:
        """Return everybody's side."""
        return make_sides(self.actors.values())


def page_stub(identity: str, published: Any) -> Article:
    """Return an article of which only its id and day are known."""
    from datetime import date

    return Article(
        id=identity, source="", text="", published=None if published is None else date.fromisoformat(published)
    )
