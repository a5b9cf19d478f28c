"""Merging a shelf: the record is that of one machine, whatever the files, the buckets and the accidents on the way."""

from __future__ import annotations

import json
import random
import resource
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from typer.testing import CliRunner

from dragoman.bench.chronicle import pair_folders, read_pair
from dragoman.cli.app import app
from dragoman.codebook import Codebook
from dragoman.errors import InputError, StoreError
from dragoman.read import Pipeline
from dragoman.record import Document, History, Join, Mention
from dragoman.record.history import join_order
from dragoman.relate import join_documents
from dragoman.run.cluster.shelf import Shelf, row_of
from dragoman.run.history import bring_up_to_date, derivation_rules
from dragoman.run.merging import merge as merging
from dragoman.run.merging.copying import copy_shelf, manifest_of, records
from dragoman.run.merging.crew import Alone
from dragoman.run.merging.merge import MergeSummary, merge_shelf
from dragoman.run.merging.publish import KINDS
from dragoman.run.workers import Recipe
from dragoman.store import Store, open_store, tables
from dragoman.store.codec import pack_document
from dragoman.store.decisions import append_decision
from dragoman.store.derived import get_history

CHRONICLE = Path(__file__).parents[2] / "corpora" / "chronicle"
PAIR = "russia-turkey"


def _shelf(place: Path, documents: list[Document], size: int = 3) -> Shelf:
    shelf = Shelf(str(place))
    for start in range(0, len(documents), size):
        shelf.write([row_of(pack_document(document)) for document in documents[start : start + size]])
    return shelf


def _merge(shelf: Shelf, buckets: int | None = None) -> MergeSummary:
    return merge_shelf(shelf, Recipe(), Alone(), buckets=buckets)


def _told(shelf: Shelf) -> dict[str, list[Any]]:
    """The merged record, kind by kind, in one order."""
    manifest = manifest_of(shelf)
    return {kind: sorted(records(shelf, manifest, kind), key=_place) for kind in KINDS}


def _whole(history: History) -> dict[str, list[Any]]:
    return {kind: sorted(getattr(history, f"{kind}s"), key=_place) for kind in KINDS}


def _place(record: Any) -> tuple[Any, ...]:
    if isinstance(record, Join):
        return join_order(record)
    if isinstance(record, Mention):
        return record.article, record.start, record.end, record.actor
    return (record.id,)


def _files(shelf: Shelf) -> dict[str, bytes]:
    root = Path(shelf.place) / "merged"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def story(reader: Pipeline) -> list[Document]:
    """The articles of one pair of the chronicle."""
    folder = next(folder for folder in pair_folders(CHRONICLE) if folder.name == PAIR)
    return read_pair(folder, reader)


@settings(max_examples=4, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(seed=st.integers(0, 999), size=st.integers(1, 9), buckets=st.integers(1, 6), lot=st.sampled_from([1, 4, 500]))
def test_any_files_any_buckets_give_the_record_of_one_machine(
    pool: list[Document], codebook: Codebook, seed: int, size: int, buckets: int, lot: int
) -> None:
    """Articles in any order, in files, lots and buckets of any size, end in the record that one machine joins."""
    documents = list(pool)
    random.Random(seed).shuffle(documents)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "LOT", lot)
        shelf = _shelf(Path(folder), documents, size)
        _merge(shelf, buckets)
        assert _told(shelf) == _whole(join_documents(pool, codebook))


def test_real_articles_give_the_record_of_one_machine_and_its_store(
    story: list[Document], codebook: Codebook, tmp_path: Path
) -> None:
    """A pair of the chronicle merged and copied is, in every table, the store that read it; commands print the same bytes."""
    shelf = _shelf(tmp_path / "shelf", story, 5)
    _merge(shelf)
    assert _told(shelf) == _whole(join_documents(story, codebook))
    here = open_store(tmp_path / "here.sqlite3", create=True)
    for document in story:
        here.put(document, document.article)
    bring_up_to_date(here, codebook)
    copied = open_store(tmp_path / "copied.sqlite3", create=True)
    assert copy_shelf(shelf, copied, codebook).merged
    assert not bring_up_to_date(copied, codebook)
    for table in tables.DERIVED:
        assert _rows(copied, table) == _rows(here, table), table.name
    for command in (["brief"], ["state"], ["timeline"], ["forecasts"], ["state", "--as-of", "2016-01-01"]):
        said = [_printed([*command, "Russia", "Turkey"], store) for store in (copied, here)]
        assert said[0] == said[1]
        assert len(said[0]) > 20


def _printed(command: list[str], store: Store) -> str:
    done = CliRunner().invoke(app, [*command, "--store", str(store.path)])
    assert done.exit_code == 0, done.output
    return done.stdout


def _rows(store: Store, table: Any) -> list[str]:
    """The rows of a table without their numbers; JSON by what it says, sets in one order."""

    def plain(name: str, value: Any) -> str:
        if name != "body":
            return repr(value)
        told = json.loads(value)
        if table is tables.change:
            told = {key: sorted(one) if key in ("articles", "agrees") else one for key, one in told.items()}
        return json.dumps(told, sort_keys=True)

    with store.reading() as connection:
        rows = connection.execute(select(table)).mappings().all()
    return sorted(str([(n, plain(n, v)) for n, v in row.items() if n not in ("number", "mentions")]) for row in rows)


def test_one_more_article_joins_a_copied_record(pool: list[Document], codebook: Codebook, tmp_path: Path) -> None:
    """A store that took the merged record goes on from it: the next article is joined as a rebuild would join it."""
    shelf = _shelf(tmp_path / "shelf", pool[:-4])
    _merge(shelf)
    store = open_store(tmp_path / "store.sqlite3", create=True)
    done = copy_shelf(shelf, store, codebook)
    assert (done.articles, done.merged) == (len(pool) - 4, True)
    again = copy_shelf(shelf, store, codebook)
    assert (again.articles, again.known, again.merged) == (0, len(pool) - 4, True)
    rules = derivation_rules(codebook)
    assert get_history(store, rules) == join_documents(pool[:-4], codebook)
    for document in pool[-4:]:
        store.put(document, document.article)
        bring_up_to_date(store, codebook)
    assert get_history(store, rules) == join_documents(pool, codebook)


def test_a_store_with_more_than_was_merged_joins_by_itself(
    pool: list[Document], codebook: Codebook, tmp_path: Path
) -> None:
    """The merged record is not taken where the store holds other articles too, or somebody decided something there."""
    shelf = _shelf(tmp_path / "shelf", pool[:5])
    _merge(shelf)
    fuller = open_store(tmp_path / "fuller.sqlite3", create=True)
    fuller.put(pool[6], pool[6].article)
    assert not copy_shelf(shelf, fuller, codebook).merged
    bring_up_to_date(fuller, codebook)
    assert get_history(fuller, derivation_rules(codebook)) == join_documents([*pool[:5], pool[6]], codebook)
    decided = open_store(tmp_path / "decided.sqlite3", create=True)
    append_decision(decided, author="ann", kind="undo", body={"decision": "none"})
    assert not copy_shelf(shelf, decided, codebook).merged


def test_a_corpus_that_has_grown_costs_what_it_touches(
    pool: list[Document], codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second merge does nothing, one after an article came does less than the first, and both hold the same bytes as one."""
    monkeypatch.setattr(merging, "LOT", 1)
    shelf = _shelf(tmp_path / "grown", pool[:-1])
    first = _merge(shelf)
    assert first.known == 0
    files = _files(shelf)
    same = _merge(shelf)
    assert (same.tasks, same.known) == (first.tasks, first.tasks)
    assert _files(shelf) == files
    shelf.write([row_of(pack_document(pool[-1]))])
    grown = _merge(shelf)
    assert grown.known > grown.tasks / 3
    assert _told(shelf) == _whole(join_documents(pool, codebook))
    kept = {path.name for path in (tmp_path / "grown" / "merged").rglob("part-*.parquet")}
    named = {path.rpartition("/")[2] for paths in manifest_of(shelf)["files"].values() for path in paths}
    assert kept == named


def test_a_document_read_twice_counts_as_its_newest_reader_has_it(
    pool: list[Document], codebook: Codebook, tmp_path: Path
) -> None:
    """Of an article that two readers read the newer one's document counts, in merging and in reading the shelf."""
    from dataclasses import replace

    old = replace(pool[0], events=(), reader="code 2, parse 3")
    new = replace(pool[0], reader="code 10, parse 3")
    shelf = _shelf(tmp_path, [new, old, *pool[1:3]], 1)
    assert [document for document in shelf.documents() if document.article.id == new.article.id] == [new]
    _merge(shelf)
    assert _told(shelf) == _whole(join_documents([new, *pool[1:3]], codebook))


KILLED = """
import os, signal, sys
from dragoman.run.cluster.shelf import Shelf
from dragoman.run.merging.crew import Alone
from dragoman.run.merging.merge import merge_shelf
from dragoman.run.workers import Recipe

told = []

def die(event, names):
    # a file is written and has no name yet
    if event == "os.rename" and (sys.argv[2] in told or sys.argv[2] in str(names[0])):
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
merge_shelf(Shelf(sys.argv[1]), Recipe(), Alone(), tell=lambda stage, *_: told.append(stage))
"""


def test_a_killed_merge_goes_on_where_it_stopped(pool: list[Document], codebook: Codebook, tmp_path: Path) -> None:
    """Killed with -9 while it writes, in one stage after another, a merge loses nothing done and ends in the same bytes."""
    whole = _shelf(tmp_path / "whole", pool)
    _merge(whole)
    shelf = _shelf(tmp_path / "killed", pool)
    for stage in ("linked", "parted", "settled", "/merged/events/"):
        run = subprocess.run([sys.executable, "-c", KILLED, shelf.place, stage], check=False)
        assert run.returncode == -signal.SIGKILL
    assert list((tmp_path / "killed" / "merged").rglob(".*"))
    done = _merge(shelf)
    assert 0 < done.known < done.tasks
    assert _files(shelf) == _files(whole)
    assert not list((tmp_path / "killed" / "merged").rglob(".*"))


def test_a_full_disk_stops_a_merge_and_more_room_lets_it_go_on(
    pool: list[Document], codebook: Codebook, tmp_path: Path
) -> None:
    """A merge that finds no room says so in one line and leaves no half file; with room it goes on to the same record."""
    shelf = _shelf(tmp_path, pool)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_000, before[1]))
    try:
        with pytest.raises(StoreError, match="make room"):
            _merge(shelf)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.rglob(".part*"))
    assert _merge(shelf).known > 0
    assert _told(shelf) == _whole(join_documents(pool, codebook))


def test_what_is_wrong_with_a_shelf_is_said(pool: list[Document], tmp_path: Path) -> None:
    """An empty shelf, a register, and a file of work that was cut short are one line each, with what to do."""
    with pytest.raises(InputError, match="holds no documents"):
        _merge(Shelf(str(tmp_path / "nothing")))
    register = tmp_path / "known.jsonl"
    register.write_text("", encoding="utf-8")
    shelf = _shelf(tmp_path / "shelf", pool[:2])
    with pytest.raises(InputError, match="merged without registers"):
        merge_shelf(shelf, Recipe(registers=(register,)), Alone())
    _merge(shelf)
    for path in (tmp_path / "shelf" / "merging").glob("members-*.parquet"):
        path.write_bytes(b"cut short")
    for path in (tmp_path / "shelf" / "merging").glob("grouped-*.json"):
        path.unlink()
    with pytest.raises(StoreError, match="delete the folder merging"):
        _merge(shelf)


def test_the_command_merges_and_copies(pool: list[Document], tmp_path: Path) -> None:
    """`dragoman merge` and `dragoman store copy` say what they did; the columns are those that the documentation names."""
    shelf = _shelf(tmp_path / "shelf", pool)
    run: Callable[..., Any] = CliRunner().invoke
    done = run(app, ["merge", shelf.place, "--log", "json"])
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines[:2]] == ["stage", "stage"]
    assert (lines[-1]["event"], lines[-1]["articles"]) == ("finished", len(pool))
    again = run(app, ["merge", shelf.place])
    assert f"{len(pool)} articles merged" in again.stderr
    copied = run(app, ["store", "copy", shelf.place, str(tmp_path / "store.sqlite3")])
    assert "with the merged record" in copied.stderr
    assert run(app, ["merge", shelf.place, "--jobs", "2"]).exit_code == 2
    path = manifest_of(shelf)["files"]["event"][0]
    table = pyarrow.parquet.read_table(tmp_path / "shelf" / path)
    assert {"id", "type", "actors", "recipients", "start", "score", "sources", "words"} <= set(table.column_names)


def test_the_manifest_for_kubernetes_is_yaml_and_calls_commands_that_exist() -> None:
    """The job in docs/cluster.md is valid YAML, each container has an image and resources, and its commands parse."""
    yaml = pytest.importorskip("yaml")
    page = (Path(__file__).parents[2] / "docs" / "cluster.md").read_text(encoding="utf-8")
    job = yaml.safe_load(page.partition("```yaml\n")[2].partition("```")[0])
    assert (job["apiVersion"], job["kind"]) == ("ray.io/v1", "RayJob")
    cluster = job["spec"]["rayClusterSpec"]
    groups = [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]
    for group in groups:
        for container in group["template"]["spec"]["containers"]:
            assert container["image"].startswith("registry.example/")
            assert container["resources"]["requests"].keys() == {"cpu", "memory"}
    shell = shlex.split(job["spec"]["entrypoint"])
    assert shell[:2] == ["sh", "-c"]
    for call in shell[2].split("&&"):
        words = shlex.split(call)
        assert words[0] == "dragoman"
        told = CliRunner().invoke(app, [words[1], "--help"], env={"COLUMNS": "200"})
        assert all(word in told.stdout for word in words if word.startswith("--"))


def test_duckdb_reads_the_merged_record(pool: list[Document], tmp_path: Path) -> None:
    """The query in docs/cluster.md runs over the merged Parquet and counts each actor's events."""
    import duckdb  # here: half a second

    shelf = _shelf(tmp_path / "shelf", pool)
    _merge(shelf)
    page = (Path(__file__).parents[2] / "docs" / "cluster.md").read_text(encoding="utf-8")
    query = page.partition("```sql\n")[2].partition("```")[0]
    query = query.replace("record/2023", shelf.place).replace("2023-01-01", "2021-01-01")
    rows = duckdb.sql(query).fetchall()
    events = [one for one in records(shelf, manifest_of(shelf), "event") if one.factuality == "happened" and one.when]
    wanted = sum(len(one.actors) for one in events if one.when.start and one.when.start.year >= 2021)
    assert sum(row[2] for row in rows) == wanted > 0
