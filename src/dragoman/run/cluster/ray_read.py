"""Reading on Ray: sources → articles → documents → a shelf, on one machine or a cluster.

Each reading actor keeps its reader in a process of its own (`Workers`), so that an article that kills it is refused and the
actor lives on; an actor or machine that dies is Ray's to replace, and what it had not written is read again. What a shelf holds
already is not read again: a corpus that has grown costs only its new part.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman import __version__
from dragoman.codebook import Codebook
from dragoman.errors import InputError
from dragoman.ingest import Refusal, read_stream
from dragoman.read.prefilter import names_political_actor
from dragoman.record import Article
from dragoman.record.jsonl import from_object, to_object
from dragoman.run.cluster.session import ray_errors, ray_session
from dragoman.run.cluster.shelf import DOCUMENT_COLUMNS, Shelf, buffered, put_whole, row_of, storage
from dragoman.run.history import codebook_digest
from dragoman.run.reading import batches
from dragoman.run.watching import Batch, Watcher
from dragoman.run.workers import Recipe, Workers

if TYPE_CHECKING:
    import pyarrow
    import ray.data

_WRITTEN = 512
"""Documents of one Parquet file: some 10 MB, small enough to lose, large enough not to be thousands of files."""
MANIFEST = "manifest.json"
_COUNTED = ("read", "refused", "skipped", "events", "statements")
_CARRIED = 64
"""Articles or documents that are handed on at a time."""
_BLOCK = 200_000
"""Bytes of articles that Ray hands on at a time, some seconds of reading: no reader is left alone with a long rest."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents were read, inputs refused and passed over in this run, and how many were there before."""

    read: int
    refused: int
    known: int
    skipped: int = 0
    events: int = 0
    statements: int = 0


def read_on_ray(
    sources: Sequence[str],
    shelf: Shelf,
    recipe: Recipe,
    *,
    batch: int,
    address: str | None = None,
    workers: int | None = None,
    prefilter: bool = False,
    watch: Watcher = lambda _: None,
    refuse: Callable[[str, str], None] = lambda *_: None,
) -> Summary:
    """Read sources (paths, folders, or addresses that fsspec understands) into a shelf.

    `address` is that of a running cluster, None for this machine; `workers` how many actors read, None for as many as there are
    cores; `prefilter` passes over texts that name no political actor. `watch` is told what each written lot came to, `refuse`
    the source and reason of each refusal. By which program and rules the shelf was read stands in its `manifest.json`, the
    same for the same articles. `InputError` where no source can be found, `StoreError` where the shelf can't be written.
    """
    paths = [path for source in sources for path in _paths(source)]
    if not paths:
        raise InputError(f"{', '.join(sources)}: no file to read: put articles there.")
    with ray_session(address) as ray, ray_errors(shelf.place):
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = _BLOCK
        context.print_on_execution_start = False
        context.memory_usage_poll_interval_s = None  # it reads all pages of each process every second, for a log
        version = recipe.build().version
        known = sum(1 for _ in shelf.read_ids(version))
        actors = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        data = _pipeline(paths, shelf, recipe, version, batch, actors, prefilter)
        total: Counter[str] = Counter()
        since = time.monotonic()
        for number, row in enumerate(data.iter_rows(), start=1):
            counts = {name: int(row[name]) for name in _COUNTED}
            total.update(counts)
            for source, reason in json.loads(row["refusals"]):
                refuse(source, reason)
            now = time.monotonic()
            inputs = counts["read"] + counts["refused"] + counts["skipped"]
            watch(Batch(number=number, inputs=inputs, unchanged=0, seconds=now - since, **counts))
            since = now
        _write_manifest(shelf, recipe, version)
        return Summary(known=known, **{name: total[name] for name in _COUNTED})


def _write_manifest(shelf: Shelf, recipe: Recipe, version: str) -> None:
    """Write by what the shelf was read: no clock, so that the same articles and rules give the same bytes."""
    ids = shelf.ids({})
    total = hashlib.sha256("".join(f"{one}\n" for one in ids).encode())
    refused = [{"source": source, "reason": reason} for source, reason in shelf.refusals()]
    manifest = {
        "made_by": f"dragoman {__version__}",
        "codebook": codebook_digest(Codebook(recipe.folders, recipe.registers)),
        "reader": version,
        "model": recipe.model,
        "input": {"digest": total.hexdigest(), "articles": len(ids)},
        "refused": refused,
    }
    data = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    put_whole(shelf.place, MANIFEST, data.encode("utf-8", "surrogatepass"))


def _pipeline(
    paths: Sequence[str], shelf: Shelf, recipe: Recipe, version: str, batch: int, actors: int, prefilter: bool
) -> ray.data.Dataset:
    import ray

    def pool(size: int) -> ray.data.ActorPoolStrategy:
        return ray.data.ActorPoolStrategy(size=size)

    data: ray.data.Dataset = ray.data.from_items([{"path": path} for path in paths], override_num_blocks=len(paths))
    data = data.map_batches(
        _Opener,
        fn_constructor_args=(shelf.place, version),
        batch_size=1,
        compute=pool(min(len(paths), actors)),
        num_cpus=0.1,
    )
    data = data.map_batches(
        _ReadingActor,
        fn_constructor_args=(recipe, version, batch, prefilter),
        batch_size=None,  # a whole block: while one part of it is handed on, the next is read
        compute=pool(actors),
        num_cpus=0.5,
    )
    return data.map_batches(
        _Writer,
        fn_constructor_args=(shelf.place,),
        batch_size=_WRITTEN,
        compute=pool(1),
        num_cpus=0.1,
        batch_format="pyarrow",
    )


def _paths(source: str) -> list[str]:
    """The files of a source, with their protocol, sorted."""
    files, path = storage(source)
    if not files.exists(path):
        raise InputError(f"{source}: there is no such file or folder: check the path.")
    found = files.find(path) if files.isdir(path) else [path]
    return sorted(files.unstrip_protocol(one) for one in found if not one.rpartition("/")[2].startswith("."))


class _Opener:
    """Files → articles that are not known yet, some at a time, and refusals."""

    def __init__(self, place: str, version: str) -> None:
        self.known = frozenset(Shelf(place).read_ids(version))

    def __call__(self, rows: dict[str, Any]) -> Iterator[dict[str, list[Any]]]:
        carried: list[tuple[str, str, str]] = []
        for path in rows["path"]:
            for one in _articles(str(path)):
                if isinstance(one, Refusal):
                    carried.append(("", one.source, one.reason))
                elif one.id not in self.known:
                    carried.append((json.dumps(to_object(one)), one.source, ""))
                if len(carried) >= _CARRIED:
                    yield _columns(("article", "source", "reason"), carried)
                    carried = []
        yield _columns(("article", "source", "reason"), carried)


def _articles(path: str) -> Iterator[Article | Refusal]:
    files, inner = storage(path)
    shown = path.removeprefix("file://")
    try:
        with buffered(files, inner) as file:
            yield from read_stream(file, shown)
    except OSError as error:
        yield Refusal(shown, f"{shown}: can't be read ({error.strerror or error}): check the storage.")


class _ReadingActor:
    """Articles → rows of documents, in a process that may die."""

    def __init__(self, recipe: Recipe, version: str, batch: int, prefilter: bool) -> None:
        self.workers = Workers(recipe, 1, version)
        self.workers.begin()
        self.batch = batch
        self.codebook = Codebook(recipe.folders, recipe.registers) if prefilter else None

    def __call__(self, rows: dict[str, Any]) -> Iterator[pyarrow.Table]:
        articles = []
        found: list[dict[str, Any]] = []
        for article, source, reason in zip(rows["article"], rows["source"], rows["reason"], strict=True):
            if reason:
                found.append(_passed(str(source), str(reason)))
            else:
                articles.append(from_object(json.loads(str(article))))
        own = {article.id: article for article in articles if isinstance(article, Article)}
        if self.codebook is not None:
            passed = [one for one in own.values() if not names_political_actor(one.text, self.codebook)]
            found += [_passed(own.pop(one.id).source, "") for one in passed]
        for outcomes in self.workers.outcomes(batches(own.values(), self.batch), packed=True):
            for outcome in outcomes:
                document = outcome.packed
                if document is None or outcome.reason is not None:
                    found.append(_passed(outcome.article.source, outcome.reason or ""))
                else:
                    counts = {"events": document.events, "statements": document.statements, "reason": None}
                    found.append(row_of(document) | counts)
            if len(found) >= _CARRIED:
                yield _table(found)
                found = []
        yield _table(found)


def _table(rows: list[dict[str, Any]]) -> pyarrow.Table:
    """The rows with their types: a column of None alone has none that Ray could guess."""
    import pyarrow

    texts = [(name, pyarrow.string()) for name in (*DOCUMENT_COLUMNS, "reason")]
    schema = pyarrow.schema([*texts, ("events", pyarrow.int64()), ("statements", pyarrow.int64())])
    return pyarrow.Table.from_pylist(rows, schema)


def _passed(source: str, reason: str) -> dict[str, Any]:
    """The row of an input that was refused, or without a reason passed over."""
    return {**dict.fromkeys(DOCUMENT_COLUMNS), "source": source, "events": 0, "statements": 0, "reason": reason}


class _Writer:
    """Rows of documents → the shelf; one row a file with the counts."""

    def __init__(self, place: str) -> None:
        self.shelf = Shelf(place)

    def __call__(self, rows: pyarrow.Table) -> dict[str, list[Any]]:
        found = rows.to_pylist()
        documents = [row for row in found if row["reason"] is None]
        refusals = [row for row in found if row["reason"]]
        self.shelf.write(documents)
        self.shelf.refuse(refusals)
        return {
            "read": [len(documents)],
            "refused": [len(refusals)],
            "skipped": [len(found) - len(documents) - len(refusals)],
            "events": [sum(row["events"] for row in documents)],
            "statements": [sum(row["statements"] for row in documents)],
            "refusals": [json.dumps([[row["source"], row["reason"]] for row in refusals])],
        }


def _columns(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> dict[str, list[Any]]:
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}
