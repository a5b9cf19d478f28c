"""The store under real processes: killed while it writes, held, read while it is written to."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import StoreBusyError
from dragoman.record import Document
from dragoman.store import Store, open_store

SOURCE = Path(__file__).parents[2] / "src"
KILLS = 6

WRITER = """
import sys
from pathlib import Path
from dragoman.record import Article, Document, Region
from dragoman.record.text import article_id
from dragoman.store import open_store

store = open_store(Path(sys.argv[1]), create=True)
print("open", flush=True)
for number in range(int(sys.argv[2])):
    text = f"Article {number}. " + "The valley was quiet. " * 200
    article = Article(id=article_id(text), source=f"{number}.txt", text=text, language="en")
    if store.standing(article, "clean 1")[0] == "new":
        sections = tuple(Region(start=at, end=at + 10, kind="body") for at in range(0, 2000, 10))
        from dataclasses import replace
        store.put(Document(article=replace(article, sections=sections), events=(), reader="clean 1"), article)
        print(number, flush=True)
"""


def _writer(path: Path, articles: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", WRITER, str(path), str(articles)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store in a file."""
    return open_store(tmp_path / "store.sqlite3", busy_seconds=0.2, create=True)


def _sound(path: Path) -> list[Document]:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert (
        connection.execute("SELECT count(*) FROM article").fetchone()
        == connection.execute("SELECT count(*) FROM document").fetchone()
    )
    connection.execute("INSERT INTO article_words(article_words) VALUES ('integrity-check')")
    connection.close()
    return list(open_store(path).documents())


def test_kills_at_any_moment_lose_nothing_stored_and_leave_nothing_half(tmp_path: Path) -> None:
    """Killed again and again while it writes, the store stays sound, only grows, and ends as an undisturbed one."""
    path, moments = tmp_path / "store.sqlite3", random.Random(7)
    there = 0
    for _ in range(KILLS):
        process = _writer(path, 10_000)
        assert process.stdout is not None
        for _ in range(moments.randint(1, 30)):  # so many articles, and into the next, however busy the machine is
            process.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.01))
        process.kill()
        process.communicate()
        documents = _sound(path)
        assert len(documents) >= there
        assert all(len(document.article.sections) == 200 for document in documents)
        there = len(documents)
    assert there > 0
    process = _writer(path, there + 5)
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors.decode()
    other = _writer(tmp_path / "other.sqlite3", there + 5)
    other.communicate(timeout=600)
    assert _sound(path) == _sound(tmp_path / "other.sqlite3")


def test_a_killed_creation_can_be_repeated(tmp_path: Path) -> None:
    """A store whose making was killed half-way is made whole by the next who opens it."""
    moments = random.Random(11)
    for number in range(4):
        path = tmp_path / f"{number}.sqlite3"
        process = _writer(path, 0)
        deadline = time.monotonic() + 600
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(moments.uniform(0.0, 0.02))
        process.kill()
        process.communicate()
        assert open_store(path, create=True).counts() == {"articles": 0, "unread": 0, "refused": 0}


HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_held_store_is_busy_for_writers_and_open_to_readers(
    store: Store, make_document: Callable[..., Document]
) -> None:
    """While another process holds the lock, writing gives up with the remedy, reading goes on, and then writing works."""
    document = make_document("Ukraine accused Belarus.")
    store.put(document, document.article)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreBusyError, match="is held by another process: wait until it has ended"):
            store.put_refusal("x", "x is empty.")
        assert holder.poll() is None  # it gave up while the lock was held
        assert list(store.documents()) == [document]
    finally:
        holder.communicate()
    store.put_refusal("x", "x is empty.")
    assert store.refusals() == [("x", "x is empty.")]
