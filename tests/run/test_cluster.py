"""Reading on Ray, into a disk and into object storage, with actors that die and articles that kill."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from moto.server import ThreadedMotoServer
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.errors import InputError, MissingExtraError, StoreError
from dragoman.read import Pipeline
from dragoman.record import Document
from dragoman.run.cluster.ray_read import read_on_ray
from dragoman.run.cluster.shelf import Shelf, row_of
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_documents
from dragoman.run.merging.crew import Alone, OnRay
from dragoman.run.merging.merge import merge_shelf
from dragoman.run.workers import Recipe
from dragoman.store.codec import pack_document

ray = pytest.importorskip("ray", reason="Ray has no wheel for this Python")
SOURCE = Path(__file__).parents[2] / "src"
STATES = ("Estonia", "Latvia", "Lithuania", "Poland")
# Ray's and boto's own libraries leave sockets and files for the collector to close
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore")

POISON = """
import os
import dragoman.run.merging.task as tasks
import dragoman.run.workers as workers

plain_batch, plain_task = workers.read_batch, tasks.do_task

def die_once(of):
    try:
        os.close(os.open(f"FOLDER/{of}.died", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return  # a process has died of it already
    os.kill(os.getpid(), 9)

def read_batch(articles, reader):
    if any("MORTAL" in article.text for article in articles):
        die_once("reading")
    if any("POISON" in article.text for article in articles):
        os.kill(os.getpid(), 9)
    return plain_batch(articles, reader)

def do_task(place, recipe, task, key):
    if task.stage == "linked" and place.endswith("ray"):
        die_once("merging")
    return plain_task(place, recipe, task, key)

workers.read_batch = read_batch
tasks.do_task = do_task
"""


def _lines(numbers: range, words: str = "") -> str:
    rows = []
    for number in numbers:
        one, other = STATES[number % 4], STATES[(number + 1) % 4]
        text = f"{one} recalled its ambassador to {other} on {number % 28 + 1} May 2021. The step is number {number}. {words}"
        day = f"2021-0{number % 2 + 5}-03"
        rows.append(json.dumps({"id": str(number), "text": text, "date": day, "language": "en"}) + "\n")
    return "".join(rows)


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """A bucket of a real S3 server on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    named = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    before = {name: os.environ.get(name) for name in named}
    os.environ |= named
    fsspec.filesystem("s3").mkdir("news")
    yield "s3://news"
    server.stop()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def cluster(storage: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Ray on this machine with two cores, whose processes die on poisoned articles, and where they leave word of it."""
    poison = tmp_path_factory.mktemp("poison")
    (poison / "sitecustomize.py").write_text(POISON.replace("FOLDER", str(poison)), encoding="utf-8")
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = f"{poison}{os.pathsep}{SOURCE}"
    ray.init(
        num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR", object_store_memory=200_000_000
    )
    yield poison
    ray.shutdown()
    os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)


def _here(paths: list[str], reader: Pipeline) -> list[Document]:
    steps = read_documents(open_inputs(paths), reader, 4)
    found = [replace(step.document, parse=None) for step in steps if step.document]
    return sorted(found, key=lambda document: document.article.id)


def test_what_ray_reads_into_object_storage_is_what_is_read_here(
    cluster: Path, storage: str, reader: Pipeline, tmp_path: Path
) -> None:
    """Documents in the bucket equal those read here, by month; a rerun reads nothing, and a grown source only its new part."""
    with fsspec.open(f"{storage}/in/a.jsonl", "w") as file:
        file.write(_lines(range(6)) + "{broken\n")
    (tmp_path / "a.jsonl").write_text(_lines(range(6)), encoding="utf-8")
    shelf = Shelf(f"{storage}/shelf")
    assert read_on_ray([f"{storage}/in"], shelf, Recipe(), batch=2).read == 6
    found = [replace(document, article=replace(document.article, source="")) for document in shelf.documents()]
    here = _here([str(tmp_path / "a.jsonl")], reader)
    assert found == [replace(document, article=replace(document.article, source="")) for document in here]
    assert {part.split("/")[-2] for part in shelf.parts()} == {"month=2021-05", "month=2021-06"}
    assert [source.rpartition(":")[2] for source, _ in shelf.refusals()] == ["7"]
    with fsspec.open(f"{storage}/in/b.jsonl", "w") as file:
        file.write(_lines(range(4, 8)))
    parts = shelf.parts()
    grown = read_on_ray([f"{storage}/in"], shelf, Recipe(), batch=2)
    assert (grown.read, grown.known) == (2, 6)
    assert set(parts) < set(shelf.parts())


def test_dying_actors_and_poisoned_articles_lose_nothing_else(cluster: Path, tmp_path: Path) -> None:
    """Reading actors that are killed are replaced, and only the article that kills its process is refused."""
    (tmp_path / "a.jsonl").write_text(
        _lines(range(4), "MORTAL") + _lines(range(4, 8)) + _lines(range(8, 9), "POISON") + _lines(range(9, 14)),
        encoding="utf-8",
    )
    shelf = Shelf(str(tmp_path / "shelf"))
    read_on_ray([str(tmp_path / "a.jsonl")], shelf, Recipe(), batch=2)
    assert (cluster / "reading.died").exists()
    assert sorted(document.article.given_id or "" for document in shelf.documents()) == sorted(
        str(number) for number in range(14) if number != 8
    )
    assert ["died" in reason for _, reason in shelf.refusals()] == [True]


def test_two_workers_of_whom_one_is_killed_merge_what_one_process_merges(
    cluster: Path, pool: list[Document], tmp_path: Path
) -> None:
    """A shelf merged on Ray, with a worker killed in the middle, holds byte for byte what one process merges it into."""
    places = [tmp_path / "alone", tmp_path / "ray"]
    for place in places:
        Shelf(str(place)).write([row_of(pack_document(document)) for document in pool])
    merge_shelf(Shelf(str(places[0])), Recipe(), Alone())
    done = merge_shelf(Shelf(str(places[1])), Recipe(), OnRay(workers=2))
    assert (cluster / "merging.died").exists()
    assert done.known == 0
    alone, ray_made = (
        {str(path.relative_to(place)): path.read_bytes() for path in (place / "merged").rglob("*") if path.is_file()}
        for place in places
    )
    assert alone == ray_made
    assert len(alone) > 6


def test_the_command_passes_over_and_logs_on_ray(cluster: Path, tmp_path: Path) -> None:
    """`--prefilter` and `--log json` do on Ray what they do here, and the manifest says by what the shelf was read."""
    sport = {"id": "s", "text": "The home side won by two goals in the rain.", "date": "2021-05-03", "language": "en"}
    (tmp_path / "a.jsonl").write_text(_lines(range(3)) + json.dumps(sport) + "\n{broken\n", encoding="utf-8")
    shelf = Shelf(str(tmp_path / "shelf"))
    call = ["read", str(tmp_path / "a.jsonl"), "--on", "ray", "--output", shelf.place, "--prefilter", "--log", "json"]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 1, done.output
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {line["event"] for line in lines} == {"batch", "refused", "finished"}
    last = lines[-1]
    assert (last["read"], last["skipped"], last["refused"], last["events"]) == (3, 1, 1, 3)
    manifest = json.loads((tmp_path / "shelf" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["input"]["articles"] == 3
    assert len(manifest["refused"]) == 1


def test_without_ray_the_remedy_is_said(pool: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Ray is not installed, reading and merging on it say what to install; merging in one process needs none."""
    (tmp_path / "a.jsonl").write_text(_lines(range(1)), encoding="utf-8")
    shelf = Shelf(str(tmp_path / "shelf"))
    shelf.write([row_of(pack_document(pool[-1]))])
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match="pip install"):
        read_on_ray([str(tmp_path / "a.jsonl")], shelf, Recipe(), batch=2)
    with pytest.raises(MissingExtraError, match="pip install"):
        merge_shelf(shelf, Recipe(), OnRay())
    assert merge_shelf(shelf, Recipe(), Alone()).articles == 1


def test_a_full_disk_leaves_no_half_file(reader: Pipeline, tmp_path: Path) -> None:
    """A shelf that finds no room says so in one line, and what it holds is whole."""
    (tmp_path / "a.jsonl").write_text(_lines(range(4)), encoding="utf-8")
    rows = [row_of(pack_document(document)) for document in _here([str(tmp_path / "a.jsonl")], reader)]
    shelf = Shelf(str(tmp_path / "shelf"))
    shelf.write(rows[:1])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(StoreError, match="make room"):
            shelf.write(rows)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [document.article.id for document in shelf.documents()] == [rows[0]["id"]]
    assert not list((tmp_path / "shelf").rglob(".part*"))


def test_a_shelf_takes_each_document_once(reader: Pipeline, tmp_path: Path) -> None:
    """The same rows written twice are one file; a document that stands in two files is given once."""
    (tmp_path / "a.jsonl").write_text(_lines(range(4)), encoding="utf-8")
    rows = [row_of(pack_document(document)) for document in _here([str(tmp_path / "a.jsonl")], reader)]
    shelf = Shelf(str(tmp_path / "shelf"))
    assert shelf.write(rows) == 2
    assert shelf.write(list(reversed(rows))) == 0
    shelf.write(rows[:2])
    ids = [document.article.id for document in shelf.documents()]
    assert ids == sorted({row["id"] for row in rows})


def test_a_missing_source_is_said(tmp_path: Path) -> None:
    """A source that is not there is one line."""
    with pytest.raises(InputError, match="no such file or folder"):
        read_on_ray([str(tmp_path / "nowhere")], Shelf(str(tmp_path / "shelf")), Recipe(), batch=2)
