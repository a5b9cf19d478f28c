"""Reading with several processes: the same record as with one, whatever happens to the processes."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.read import Pipeline
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_documents
from dragoman.store import open_store

ARTICLES = 16
SOURCE = Path(__file__).parents[2] / "src"
STATES = ("Estonia", "Latvia", "Lithuania", "Poland")

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Short articles as JSON Lines, read two at a time, one of them twice."""
    settings = tmp_path / "by_two.toml"
    settings.write_text("[read]\nbatch = 2\n", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_SETTINGS", str(settings))
    path = tmp_path / "corpus.jsonl"
    lines = []
    for number in range(ARTICLES):
        one, other = STATES[number % 4], STATES[(number + 1) % 4]
        text = (
            f"{one} recalled its ambassador to {other} on {number % 28 + 1} May 2021. The step is number {number}. " * 3
        )
        lines.append(json.dumps({"id": str(number), "text": text, "date": "2021-06-03", "language": "en"}) + "\n")
    path.write_text("".join([*lines, lines[0]]), encoding="utf-8")
    return path


def _children(process: subprocess.Popen[bytes]) -> list[int]:
    """The reading processes of a command: its children that were spawned to read, not the tracker of resources."""
    try:
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        return [int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except FileNotFoundError:
        return []


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """A function that gives the environment in which every Python begins with some lines of ours."""

    def make(lines: str) -> dict[str, str]:
        folder = tmp_path / "altered"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(lines.replace("FOLDER", str(tmp_path)), encoding="utf-8")
        return {"PYTHONPATH": f"{folder}{os.pathsep}{SOURCE}"}

    return make


MORTAL = """
import os
import dragoman.run.workers as workers

plain = workers.read_batch

def read_batch(articles, reader):
    for number in (5, 11):
        if any(f"number {number}." in article.text for article in articles):
            try:
                os.close(os.open(f"FOLDER/{number}.died", os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue  # a process has died of it already
            os.kill(os.getpid(), 9)
    return plain(articles, reader)

workers.read_batch = read_batch
"""


def test_two_processes_give_the_record_of_one_though_they_are_killed(
    start: Start, corpus: Path, altered: Callable[[str], dict[str, str]], tmp_path: Path, reader: Pipeline
) -> None:
    """What two reading processes store, some of them killed on the way, is what this one reads, to the last layer."""
    many = tmp_path / "many.sqlite3"
    process = start("read", corpus, "--jobs", "2", "--store", many, environment=altered(MORTAL))
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors.decode()
    assert sorted(path.name for path in tmp_path.glob("*.died")) == ["11.died", "5.died"]
    assert f"{ARTICLES} read" in errors.decode()
    steps = list(read_documents(open_inputs([str(corpus)]), reader, 4))
    alone = sorted((step.document for step in steps if step.document), key=lambda document: document.article.id)
    assert list(open_store(many).documents()) == [replace(document, parse=None) for document in alone]


POISON = """
import os
import dragoman.run.workers as workers

plain = workers.read_batch

def read_batch(articles, reader):
    if any("number 7." in article.text for article in articles):
        os.kill(os.getpid(), 9)
    return plain(articles, reader)

workers.read_batch = read_batch
"""


def test_an_article_that_kills_its_process_is_the_only_one_refused(
    start: Start, corpus: Path, altered: Callable[[str], dict[str, str]], tmp_path: Path
) -> None:
    """An article on which every reading process dies is refused with a reason; all others are stored, each once."""
    path = tmp_path / "store.sqlite3"
    process = start("read", corpus, "--jobs", "2", "--store", path, environment=altered(POISON))
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 1
    assert errors.decode().count("the process that read it died") == 1
    store = open_store(path)
    assert store.counts()["articles"] == ARTICLES - 1
    assert [reason.partition(":")[0] for _, reason in store.refusals()] == [str(corpus)]


def test_reading_processes_end_with_their_parent(start: Start, corpus: Path, tmp_path: Path) -> None:
    """After kill -9 of the command its reading processes end as well, and the store is sound."""
    path = tmp_path / "store.sqlite3"
    process = start("read", corpus, "--jobs", "2", "--store", path)
    children: list[int] = []
    until = time.monotonic() + 600
    while len(children) < 2 and process.poll() is None and time.monotonic() < until:
        children = _children(process)
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert len(children) == 2
    until = time.monotonic() + 600
    while any(map(_alive, children)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(_alive, children))
    assert not path.exists() or open_store(path).counts()["articles"] <= ARTICLES
