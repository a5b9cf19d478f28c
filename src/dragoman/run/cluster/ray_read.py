"""Reading on Ray: sources → articles → documents → a shelf, on one machine or a cluster.

Each reading actor keeps its reader in a process of its own (`Workers`), so that an article that kills it is refused and the
actor lives on; an actor or machine that dies is Ray's to replace, and what it had not written is read again. What a shelf holds
already is not read again: a corpus that has grown costs only its new part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError
from dragoman.ingest import Refusal, read_stream
from dragoman.record import Article
from dragoman.record.jsonl import from_object, to_object
from dragoman.run.cluster.session import ray_errors, ray_session
from dragoman.run.cluster.shelf import Shelf, buffered, row_of, storage
from dragoman.run.reading import batches
from dragoman.run.workers import Recipe, Workers

if TYPE_CHECKING:
    import ray.data

_WRITTEN = 512
"""Documents of one Parquet file: some 10 MB, small enough to lose, large enough not to be thousands of files."""
_CARRIED = 16
"""Articles that are handed on at a time."""
_BLOCK = 200_000
"""Bytes of articles that Ray hands on at a time: small, so that one large file feeds every reader."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents were read and inputs refused in this run, and how many were there before."""

    read: int
    refused: int
    known: int


def read_on_ray(
    sources: Sequence[str],
    shelf: Shelf,
    recipe: Recipe,
    *,
    batch: int,
    address: str | None = None,
    workers: int | None = None,
) -> Summary:
    """Read sources (paths, folders, or addresses that fsspec understands) into a shelf.

    `address` is that of a running cluster, None for this machine; `workers` how many actors read, None for as many as there are
    cores. `InputError` where no source can be found, `StoreError` where the shelf can't be written.
    """
    paths = [path for source in sources for path in _paths(source)]
    if not paths:
        raise InputError(f"{', '.join(sources)}: no file to read: put articles there.")
    with ray_session(address) as ray, ray_errors(shelf.place):
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = _BLOCK
        context.print_on_execution_start = False
        version = recipe.build().version
        known = sum(1 for _ in shelf.read_ids(version))
        actors = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        data = _pipeline(paths, shelf, recipe, version, batch, actors)
        read = refused = 0
        for row in data.iter_rows():
            read, refused = read + row["read"], refused + row["refused"]
        return Summary(read, refused, known)


def _pipeline(
    paths: Sequence[str], shelf: Shelf, recipe: Recipe, version: str, batch: int, actors: int
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
        fn_constructor_args=(recipe, version, batch),
        batch_size=_CARRIED,
        compute=pool(actors),
        num_cpus=0.5,
    )
    return data.map_batches(
        _Writer, fn_constructor_args=(shelf.place,), batch_size=_WRITTEN, compute=pool(1), num_cpus=0.1
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
        import json

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
    """Articles → documents, in a process that may die."""

    def __init__(self, recipe: Recipe, version: str, batch: int) -> None:
        self.workers = Workers(recipe, 1, version)
        self.batch = batch

    def __call__(self, rows: dict[str, Any]) -> dict[str, list[Any]]:
        import json

        articles = []
        found: list[tuple[str, str, str]] = []
        for article, source, reason in zip(rows["article"], rows["source"], rows["reason"], strict=True):
            if reason:
                found.append(("", str(source), str(reason)))
            else:
                articles.append(from_object(json.loads(str(article))))
        own = {article.id: article for article in articles if isinstance(article, Article)}
        for outcomes in self.workers.outcomes(batches(own.values(), self.batch)):
            for outcome in outcomes:
                if outcome.document is None:
                    found.append(("", outcome.article.source, outcome.reason or ""))
                else:
                    found.append((json.dumps(row_of(outcome.document)), outcome.article.source, ""))
        return _columns(("document", "source", "reason"), found)


class _Writer:
    """Documents → the shelf; one row a file with the counts."""

    def __init__(self, place: str) -> None:
        self.shelf = Shelf(place)

    def __call__(self, rows: dict[str, Any]) -> dict[str, list[int]]:
        import json

        documents = [json.loads(str(one)) for one in rows["document"] if one]
        refusals = [
            {"source": str(source), "reason": str(reason)}
            for source, reason in zip(rows["source"], rows["reason"], strict=True)
            if reason
        ]
        self.shelf.write(documents)
        self.shelf.refuse(refusals)
        return {"read": [len(documents)], "refused": [len(refusals)]}


def _columns(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> dict[str, list[Any]]:
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}
