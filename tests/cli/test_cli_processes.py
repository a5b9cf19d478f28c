"""The command line as real processes: held stores, full disks, kills, interrupts, readers that go away."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.store import open_store

ARTICLES = 40
FILLER = "The river that runs through the valley was low, and the weather stayed mild for the season. "

HALT = """
import time
import dragoman.run.local as local

plain, batches = local.read_batch, 0

def read_batch(articles, reader):
    global batches
    batches += 1
    while batches > 8:  # here the command is met in its middle, however busy the machine is
        time.sleep(0.05)
    return plain(articles, reader)

local.read_batch = read_batch
"""
SOURCE = Path(__file__).parents[2] / "src"

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Short distinct articles as JSON Lines, to be read one by one, so that there is a middle to be killed in."""
    settings = tmp_path / "one_by_one.toml"
    settings.write_text("[read]\nbatch = 1\n", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_SETTINGS", str(settings))
    path = tmp_path / "corpus.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            text = f"Delegation {number} of Estonia left for Riga. " + FILLER * 12
            file.write(json.dumps({"id": str(number), "text": text, "date": "2021-05-03", "language": "en"}) + "\n")
    return path


@pytest.fixture
def halting(tmp_path: Path) -> dict[str, str]:
    """The environment of a command that halts after eight articles."""
    folder = tmp_path / "halt"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HALT, encoding="utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{SOURCE}"}


def _sound(path: Path) -> int:
    """Assert that a store's file is sound and every article in it whole; return how many there are."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    documents = list(open_store(path).documents())
    assert all(document.reader and document.article.sections for document in documents)
    return len(documents)


def _wait_for(path: Path, articles: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until another process has stored some articles."""
    until = time.monotonic() + 600
    while process.poll() is None and time.monotonic() < until:
        if path.exists():
            try:
                if open_store(path).counts()["articles"] >= articles:
                    return
            except Exception:
                pass
        time.sleep(0.01)
    raise AssertionError(f"not {articles} articles in ten minutes, or it ended")


def test_a_killed_reading_leaves_whole_articles_and_the_next_reads_the_rest(
    start: Start, corpus: Path, halting: dict[str, str], tmp_path: Path
) -> None:
    """After kill -9 in the middle the store is sound, and the same command ends with what an undisturbed one has."""
    path = tmp_path / "store.sqlite3"
    process = start("read", corpus, environment=halting)
    _wait_for(path, 4, process)
    process.kill()
    process.communicate()
    there = _sound(path)
    assert 4 <= there < ARTICLES
    process = start("read", corpus)
    _, errors = process.communicate(timeout=600)
    assert f"{ARTICLES - there} read" in errors.decode()
    assert _sound(path) == ARTICLES


def test_an_interrupt_says_what_was_stored(start: Start, corpus: Path, halting: dict[str, str], tmp_path: Path) -> None:
    """Ctrl-C ends the reading with a summary of what is stored, status 130 and a sound store."""
    path = tmp_path / "store.sqlite3"
    process = start("read", corpus, environment=halting)
    _wait_for(path, 4, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "Interrupted. What was read is stored whole; the same command reads the rest." in errors.decode()
    assert f"{_sound(path)} read" in errors.decode()
    assert "Traceback" not in errors.decode()


HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_held_store_is_told_in_one_line(start: Start, articles: Path, tmp_path: Path) -> None:
    """A store that another process is writing to is told within the time to wait, and nothing is lost."""
    path = tmp_path / "store.sqlite3"
    open_store(path, create=True)
    settings = tmp_path / "settings.toml"
    settings.write_text("[store]\nbusy_seconds = 0.3\n", encoding="utf-8")
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        process = start("read", articles, "--settings", settings)
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 1
        lines = errors.decode().splitlines()
        assert [line for line in lines if "is held by another process: wait until it has ended" in line] == lines[-1:]
        assert "Traceback" not in errors.decode()
    finally:
        holder.communicate()
    process = start("read", articles)
    _, errors = process.communicate(timeout=600)
    assert (process.returncode, "3 read" in errors.decode()) == (0, True)


def test_a_full_disk_is_told_and_what_was_stored_is_sound(start: Start, corpus: Path, tmp_path: Path) -> None:
    """When no more bytes can be written, one line says so; what was stored is whole, and with room the rest is read."""
    path = tmp_path / "store.sqlite3"

    def no_more_than(limit: int) -> Callable[[], None]:
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = start("read", corpus, preexec_fn=no_more_than(800_000))
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 1
    assert "make room and run the same command again" in errors.decode().casefold()
    assert "Traceback" not in errors.decode()
    assert 0 < _sound(path) < ARTICLES
    process = start("read", corpus)
    process.communicate(timeout=600)
    assert process.returncode == 0
    assert _sound(path) == ARTICLES


def test_a_full_disk_leaves_no_half_written_export(start: Start, articles: Path, tmp_path: Path) -> None:
    """An export that finds no room leaves the earlier file as it was and nothing beside it."""
    start("read", articles).communicate(timeout=600)
    target = tmp_path / "out" / "record.jsonl"
    target.parent.mkdir()
    target.write_text("earlier", encoding="utf-8")
    limit = (200, 200)
    process = start("export", "--output", target, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 1
    assert "can't be written" in errors.decode()
    assert [(file.name, file.read_text()) for file in target.parent.iterdir()] == [("record.jsonl", "earlier")]


def test_a_reader_that_goes_away_is_no_error(start: Start, articles: Path, tmp_path: Path) -> None:
    """`export | head -1` prints one line and ends without a word of complaint."""
    start("read", articles).communicate(timeout=600)
    process: Any = start("export")
    line = process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert json.loads(line)["record"] == "article"
    assert process.wait(timeout=600) == 0
    assert errors == b""


def test_two_processes_read_into_one_store(start: Start, corpus: Path, tmp_path: Path) -> None:
    """Two readings of the same articles at once lose nothing and double nothing."""
    both = [start("read", corpus), start("read", corpus)]
    for process in both:
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors.decode()
    assert _sound(tmp_path / "store.sqlite3") == ARTICLES
