"""What the command line's tests share: calling it in this process, where the model is loaded once, or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli import main

SOURCE = Path(__file__).parents[2] / "src"


@dataclass(frozen=True, slots=True)
class Called:
    """What a call gave: exit status, standard output and standard error."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the user's own store or settings."""
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DRAGOMAN_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.delenv("DRAGOMAN_SETTINGS", raising=False)
    return tmp_path


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Callable[..., Called]:
    """A function that runs the command line in this process."""

    def run(*arguments: object, stdin: bytes = b"") -> Called:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfdbinary.readouterr()
        status: Any = 0
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Called(int(status or 0), out.decode("utf-8"), err.decode("utf-8"))

    return run


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """A function that starts the command line as a process of its own; what is left of it at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: object, before: tuple[str, ...] = (), **options: Any) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), **options.pop("environment", {})}
        command = [*before, sys.executable, "-m", "dragoman", *map(str, arguments)]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        process = subprocess.Popen(command, env=environment, **pipes)
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three short dated articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    texts = {
        "one.txt": 'May 3, 2021\n\nEstonia expelled two Russian diplomats on Monday. "We had no choice," the foreign '
        "minister of Estonia said.",
        "two.txt": "May 5, 2021\n\nRussia expelled an Estonian diplomat on Wednesday in response. Moscow rejected the charges.",
        "three.txt": "June 1, 2021\n\nEstonia and Latvia signed an agreement on trade in Riga on Tuesday.",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
