"""The queue of what is being added: bounds on how much waits, and numbers while it is read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.run.view.room import Room
from dragoman.web import adding
from dragoman.web.adding import Adding, Item


@pytest.fixture
def idle(make_room: Callable[[Path], Room], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Adding:
    """A queue whose reader never begins."""
    monkeypatch.setattr(Adding, "_work", lambda self: threading.Event().wait())
    return Adding(make_room(tmp_path / "store.sqlite3"))


def test_no_more_waits_than_memory_holds(idle: Adding, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files beyond the bound of all jobs together are refused in words, and so are too many jobs."""
    monkeypatch.setattr(adding, "MOST_BYTES", 100)
    idle.add([Item(source="a.txt", data=b"x" * 80)])
    with pytest.raises(InputError, match="wait for the reader"):
        idle.add([Item(source="b.txt", data=b"x" * 30)])
    for number in range(adding.MOST_WAITING - 1):
        idle.add([Item(source=f"{number}.txt", data=b"")])
    with pytest.raises(InputError, match="add more when some"):
        idle.add([Item(source="last.txt", data=b"")])
    assert len(idle.under_way()) == adding.MOST_WAITING


def test_a_job_counts_what_became_of_its_things(make_room: Callable[[Path], Room], tmp_path: Path) -> None:
    """A text, its copy, an empty file and an address inside the network are counted by what became of each."""
    queue = Adding(make_room(tmp_path / "store.sqlite3"))
    text = b"Peru recalls its envoy\n\n5 May 2021\n\nPeru recalled its ambassador from Chile on Wednesday.\n"
    items = [Item(source="a.txt", data=text), Item(source="b.txt", data=text), Item(source="c.txt", data=b"")]
    job = queue.add([*items, Item(source="http://127.0.0.1/secret")])
    until = time.monotonic() + 600
    while not job.over and time.monotonic() < until:
        time.sleep(0.05)
    assert job.over
    assert (job.done, job.of) == (4, 4)
    assert (job.read, job.unchanged, job.steps["refused"]) == (1, 1, 2)
    assert job.events >= 1
    assert any("inside a network" in reason for reason in job.reasons)
    assert queue.under_way() == []
