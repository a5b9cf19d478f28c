"""The merge of a shelf: which stage follows which, and what of each the whole must know."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman import __version__
from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.record import Actor
from dragoman.relate.kin import Kinship
from dragoman.relate.sides import missing_states
from dragoman.run.cluster.shelf import Shelf, put_whole, storage
from dragoman.run.history import codebook_digest, derivation_rules, program_digest
from dragoman.run.merging.crew import Crew
from dragoman.run.merging.publish import KEPT, KINDS, MERGED, WORKING
from dragoman.run.merging.rows import Piece, Row, bucket_of, digest_of, note_of, read_rows, write_rows
from dragoman.run.merging.task import WORK, Done, Task, bearing, done_before, forget, outcome_of, rules_of
from dragoman.run.workers import Recipe
from dragoman.store import codec

MANIFEST = f"{MERGED}/manifest.json"
"""What the merged record consists of and was made from; a reader goes by it, so that it sees one merge and no other."""
SHARE = 2_000
"""Documents whose rows make one bucket, about: some 20 MB of rows."""
LOT = 500
"""Documents from which on a lot of files is large enough: what one task takes into memory."""
MONTH = 500
"""Documents of one month whose reports make one bucket, about: some 70 MB of rows."""
LEAST = 4
"""Buckets of the smallest corpus."""

Tell = Callable[[str, int, int], None]
"""Told of each stage: its name, its tasks, how many of them were done before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSummary:
    """How many records the merged record holds, by kind; how many tasks there were, and how many of them were done before."""

    articles: int
    counts: Mapping[str, int]
    tasks: int
    known: int


@dataclass(slots=True)
class _Merge:
    """A merge under way: what was written so far, by kind and bucket."""

    shelf: Shelf
    recipe: Recipe
    crew: Crew
    rules: str
    articles: int
    buckets: int
    lots: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, tuple[str, ...]]
    tell: Tell
    before: set[str]
    there: set[str]
    written: dict[str, dict[str, list[Piece]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    kept: set[str] = field(default_factory=set)
    tasks: int = 0
    known: int = 0

    def per_lot(
        self, stage: str, kinds: Sequence[str], note: Any = None, names: Iterable[str] | None = None
    ) -> list[Any]:
        """Do a stage on each lot of files of documents; return the notes."""
        tasks = [
            Task(
                stage=stage,
                name=name,
                parts=self.lots[name],
                inputs=self._inputs(kinds, name),
                left_out=tuple((part, one) for part in self.lots[name] for one in self.left_out.get(part, ())),
                note=note_of(note),
                buckets=self.buckets,
            )
            for name in (self.lots if names is None else names)
        ]
        return [done.notes for done in self.do(stage, tasks)]

    def per_bucket(self, stage: str, kinds: Sequence[str], note: Any = None) -> list[Any]:
        """Do a stage on each bucket of its first kind of rows, with what the other kinds have in that bucket."""
        tasks = [
            Task(stage=stage, name=bucket, inputs=self._inputs(kinds, bucket), note=note_of(note), buckets=self.buckets)
            for bucket in sorted(self.written[kinds[0]])
        ]
        return [done.notes for done in self.do(stage, tasks)]

    def _inputs(self, kinds: Sequence[str], bucket: str) -> dict[str, tuple[Piece, ...]]:
        return {kind: tuple(found) for kind in kinds if (found := self.written[kind].get(bucket))}

    def do(self, stage: str, tasks: Sequence[Task]) -> list[Done]:
        """Do the tasks of a stage that were not done before, and take up what they wrote."""
        keys = {task.key(self.rules): task for task in tasks}
        found: dict[str, Done] = {}
        for key in keys:
            if key in self.before:
                done = Done.unpacked(outcome_of(self.shelf.place, key))
                if _whole(done, self.there):
                    found[key] = done
        self.tell(stage, len(tasks), len(found))
        self.tasks, self.known = self.tasks + len(tasks), self.known + len(found)
        due = ((task, key) for key, task in keys.items() if key not in found)
        for key, packed in self.crew.do(self.shelf.place, self.recipe, due):
            found[key] = Done.unpacked(packed)
        self.kept |= keys.keys()
        outcomes = [found[key] for key in keys]
        for done in outcomes:
            self.take(done.written)
        return outcomes

    def take(self, written: Mapping[str, Mapping[str, Piece]]) -> None:
        """Take up what was written."""
        for kind, pieces in written.items():
            for bucket, piece in pieces.items():
                self.written[kind][bucket].append(piece)

    def rows(self, kind: str, bucket: str = "all") -> Iterable[tuple[str, Any]]:
        """Yield the rows of a kind that the whole must see: few, and light."""
        for key, body in read_rows(self.shelf.place, self.written[kind].get(bucket, ())):
            yield key, json.loads(body)

    def put(self, name: str, rows: Sequence[Row]) -> None:
        """Write rows that only the whole can tell."""
        key = f"{name}-{digest_of([list(row) for row in rows])}"
        self.take(write_rows(self.shelf.place, f"{WORK}/{key}", rows))
        self.kept.add(key)


def merge_shelf(
    shelf: Shelf, recipe: Recipe, crew: Crew, *, buckets: int | None = None, tell: Tell = lambda *_: None
) -> MergeSummary:
    """Join the actors, merge the events and derive the states of all documents of a shelf, into Parquet beside them.

    The record is that of `relate.join_documents` of the same documents, whoever does the work and in however many buckets.
    What an earlier run did is not done again. `InputError` where the shelf holds no document, or where the settings name a
    register of known actors, against which only one machine joins.
    """
    codebook = rules_of(recipe)
    if codebook.registers:
        raise InputError(
            "A shelf is merged without registers of known actors: leave them out of the settings, or copy the shelf into a "
            "store (dragoman store copy), which joins against them."
        )
    parts = shelf.parts()
    if not parts:
        raise InputError(
            f"{shelf.place} holds no documents: read into it first (dragoman read PATH --on ray --output)."
        )
    with crew.session():
        left_out = shelf.repeats()
        articles = shelf.ids(left_out)
        wanted = buckets or _buckets(len(articles))
        merge = _Merge(
            shelf=shelf,
            recipe=recipe,
            crew=crew,
            rules=f"{derivation_rules(codebook)}, {merging_digest()}",
            articles=len(articles),
            buckets=wanted,
            lots=_lots(shelf.sizes()),
            left_out=left_out,
            tell=tell,
            before=done_before(shelf.place),
            there=_files_there(shelf),
        )
        states = _actors(merge, codebook)
        _copies(merge)
        _events(merge, states)
        _outcomes(merge, states)
        return _publish(merge, codebook, articles)


def merging_digest() -> str:
    """Return the digest of the code that merges: another program does every task anew."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _buckets(documents: int) -> int:
    """A power of two, so that a corpus that grows keeps its buckets for long."""
    found = LEAST
    while found * SHARE < documents:
        found *= 2
    return found


def _spread(documents: int, months: int) -> int:
    """In how many buckets the acts and parties of one month are."""
    found = 1
    while found * MONTH < documents / max(1, months):
        found *= 2
    return found


def _lots(sizes: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Files in lots, by the path of their first: a file that comes in moves no more than its neighbours of that year."""
    lots: dict[str, list[str]] = {}
    name, held, year = "", LOT, ""
    for part in sorted(sizes):
        own = part.rpartition("/")[0][:-3]  # documents/month=2023-04
        if held >= LOT or own != year:
            name, held, year = part, 0, own
        lots.setdefault(name, []).append(part)
        held += sizes[part]
    return {name: tuple(parts) for name, parts in lots.items()}


def _actors(merge: _Merge, codebook: Codebook) -> list[Any]:
    """Join the actors; return what bears of all states, also of those for which somebody acts while no article names them."""
    merge.per_lot("members", ())
    notes = merge.per_bucket("grouped", ("member",))
    merge.per_bucket("named", ("grouped",))
    crowded = sorted(key for found in merge.per_bucket("crowds", ("name",)) for key in found)
    merge.per_bucket("linked", ("person",), crowded)
    kin = Kinship()
    for one, other in merge.rows("link"):
        kin.join(one, other)
    roots = kin.members().items()
    merge.put("roots", [Row("root", bucket_of(one, merge.buckets), one, note_of(root)) for one, root in roots])
    notes += merge.per_bucket("gathered", ("grouped", "root"), crowded)
    notes += merge.per_bucket("joined", ("kin",), crowded)
    states = {one["id"]: one for found in notes for one in found["states"]}
    acting = {country for found in notes for country in found["countries"]}
    there = [Actor(id="", name="", kind="state", country=one["country"], key=one["key"]) for one in states.values()]
    lone = [Actor(id="", name="", kind="person", country=country) for country in sorted(acting)]
    missing = missing_states([*there, *lone], codebook.territories)
    merge.put("missing", [Row("actor", bucket_of(one.id, merge.buckets), one.id, codec.pack(one)) for one in missing])
    states |= {one.id: bearing(one) for one in missing}
    return [states[one] for one in sorted(states)]


def _copies(merge: _Merge) -> None:
    """Find the texts that are largely copies of others."""
    merge.per_bucket("met", ("band",))
    kin = Kinship()
    mates: dict[str, set[str]] = defaultdict(set)
    part_of: dict[str, str] = {}
    for one, (other, mine, theirs) in merge.rows("met"):
        kin.join(one, other)
        mates[one].add(other)
        mates[other].add(one)
        part_of |= {one: mine, other: theirs}
    rows = []
    for one, root in kin.members().items():
        told = [bucket_of(root, merge.buckets), sorted(mates[one])]
        rows.append(Row("twin", part_of[one], one, note_of(told)))
    merge.put("twins", rows)
    merge.per_lot("texts", ("twin",), names=sorted(merge.written["twin"]))
    merge.per_bucket("copied", ("text",))


def _events(merge: _Merge, states: list[Any]) -> None:
    """Merge the events and derive the states of relations."""
    note = {"states": states}
    notes = merge.per_lot("told", ("route",), note)
    starts = sorted({month for found in notes for month in found["starts"]})
    loose = sorted({thing for found in notes for thing in found["loose"]})
    spread = _spread(merge.articles, len(starts))
    merge.per_lot("windows", ("report",), {"starts": starts, "loose": loose, "spread": spread})
    merge.per_bucket("near", ("window",))
    kin = Kinship()
    places: dict[str, tuple[str, str]] = {}
    for _, both in merge.rows("near"):
        kin.join(both[0][0], both[1][0])
        places |= {one: (part, month) for one, part, month in both}
    rows = []
    for one, root in kin.members().items():
        family = f"{places[root][1]} {bucket_of(root, spread)}"
        rows.append(Row("family", places[one][0], one, note_of(family)))
    merge.put("families", rows)
    merge.per_lot("parted", ("report", "family", "copy"), note)
    merge.per_bucket("merged", ("mate",), note)
    merge.per_bucket("states", ("change",))


def _outcomes(merge: _Merge, states: list[Any]) -> None:
    """Lead what rests on actors and events to them, and judge the forecasts."""
    note = {"states": states}
    merge.per_lot("retold", ("route", "led", "lone", "report"), note)
    merge.per_bucket("finished", ("merged", "cause"), note)
    merge.per_bucket("matched", ("hope", "deed", "state"))
    waiting = sorted(merge.written["forecast"])
    merge.per_lot("settled", ("route", "led", "lone", "match", "forecast"), note, waiting)


def _publish(merge: _Merge, codebook: Codebook, articles: list[str]) -> MergeSummary:
    """Write the merged record, then what it consists of, then delete what no longer counts."""
    tasks = [
        Task(stage="published", name=f"{kind} {bucket}", inputs={kind: tuple(pieces)}, buckets=merge.buckets)
        for kind in (*KINDS, *KEPT)
        for bucket, pieces in sorted(merge.written[kind].items())
    ]
    files: dict[str, list[str]] = {kind: [] for kind in (*KINDS, WORKING)}
    counts = dict.fromkeys(KINDS, 0)
    for task, done in zip(tasks, merge.do("published", tasks), strict=True):
        kind = task.name.partition(" ")[0]
        files[WORKING if kind in KEPT else kind].append(done.notes["path"])
        if kind in counts:
            counts[kind] += done.notes["records"]
    total = hashlib.sha256()
    for one in articles:
        total.update(one.encode("utf-8") + b"\n")
    refusals = merge.shelf.refusals()
    manifest = {
        "made_by": f"dragoman {__version__}",
        "program": program_digest(),
        "codebook": codebook_digest(codebook),
        "rules": derivation_rules(codebook),
        "input": {"digest": total.hexdigest(), "articles": len(articles)},
        "counts": {kind: counts[kind] for kind in sorted(counts)},
        "refused": [{"source": source, "reason": reason} for source, reason in refusals],
        "files": {kind: sorted(files[kind]) for kind in sorted(files)},
    }
    put_whole(merge.shelf.place, MANIFEST, (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode("utf-8"))
    forget(merge.shelf.place, merge.kept)
    _tidy(merge.shelf, {path for found in files.values() for path in found})
    return MergeSummary(articles=len(articles), counts=counts, tasks=merge.tasks, known=merge.known)


def _tidy(shelf: Shelf, kept: set[str]) -> None:
    """Delete the files of earlier merges, and what one that was killed had begun to write."""
    files, root = storage(shelf.place)
    for path in sorted(map(str, files.find(f"{root}/{MERGED}"))):
        if path.removeprefix(f"{root}/") not in {*kept, MANIFEST}:
            files.rm_file(path)


def _files_there(shelf: Shelf) -> set[str]:
    """The files below the shelf that a task may have written."""
    files, root = storage(shelf.place)
    folders = [f"{root}/{folder}" for folder in (WORK, MERGED) if files.exists(f"{root}/{folder}")]
    return {str(path).removeprefix(f"{root}/") for folder in folders for path in files.find(folder)}


def _whole(done: Done, there: set[str]) -> bool:
    """Whether all that a task wrote is still there."""
    pieces = {piece.path for found in done.written.values() for piece in found.values()}
    published = {done.notes["path"]} if isinstance(done.notes, dict) and "path" in done.notes else set()
    return pieces | published <= there
