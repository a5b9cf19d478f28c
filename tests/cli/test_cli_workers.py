"""Reading with several processes: the same record as with one, whatever happens to the processes."""

from __future__ import annotations

import json
import os
import signal
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


def test_two_processes_give_the_record_of_one_though_they_are_killed(
    start: Start, corpus: Path, tmp_path: Path, reader: Pipeline
) -> None:
    """What two reading processes store, some of them killed on the way, is what this one reads, to the last layer."""
    many = tmp_path / "many.sqlite3"
    process = start("read", corpus, "--jobs", "2", "--store", many)
    killed = 0
    until = time.monotonic() + 240
    while process.poll() is None and killed < 2 and time.monotonic() < until:
        try:
            stored = open_store(many).counts()["articles"] if many.exists() else 0
        except Exception:
            stored = 0
        if stored >= 4 * (killed + 1):
            for pid in _children(process)[:1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
        time.sleep(0.05)
    _, errors = process.communicate(timeout=300)
    assert (process.returncode, killed > 0) == (0, True), errors.decode()
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


def test_an_article_that_kills_its_process_is_the_only_one_refused(start: Start, corpus: Path, tmp_path: Path) -> None:
    """An article on which every reading process dies is refused with a reason; all others are stored, each once."""
    (tmp_path / "poison").mkdir()
    (tmp_path / "poison" / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    source = Path(__file__).parents[2] / "src"
    environment = {"PYTHONPATH": f"{tmp_path / 'poison'}{os.pathsep}{source}"}
    path = tmp_path / "store.sqlite3"
    process = start("read", corpus, "--jobs", "2", "--store", path, environment=environment)
    _, errors = process.communicate(timeout=400)
    assert process.returncode == 1
    assert errors.decode().count("the process that read it died") == 1
    store = open_store(path)
    assert store.counts()["articles"] == ARTICLES - 1
    assert [reason.partition(":")[0] for _, reason in store.refusals()] == [str(corpus)]


def test_reading_processes_end_with_their_parent(start: Start, corpus: Path, tmp_path: Path) -> None:
    """After kill -9 of the command its reading processes are gone within seconds, and the store is sound."""
    path = tmp_path / "store.sqlite3"
    process = start("read", corpus, "--jobs", "2", "--store", path)
    children: list[int] = []
    for _ in range(2000):
        children = _children(process)
        if len(children) == 2 and path.exists():
            break
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert len(children) == 2
    for _ in range(500):
        if not any(map(_alive, children)):
            break
        time.sleep(0.02)
    assert not any(map(_alive, children))
    assert not path.exists() or open_store(path).counts()["articles"] <= ARTICLES
