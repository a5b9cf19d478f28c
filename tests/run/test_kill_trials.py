"""The kill trials of `scripts/kill_trials.py`, a few of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_few_kills_lose_double_and_halve_nothing(tmp_path: Path) -> None:
    """A run that reads into a file, and the server of one that reads into PostgreSQL, killed, end as if undisturbed."""
    command = [sys.executable, str(ROOT / "scripts" / "kill_trials.py"), str(tmp_path), "3", "6", "run,server"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    trials = [json.loads(line) for line in (tmp_path / "trials.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sum(trial["kills"] for trial in trials) == 2
    assert all(trial["faults"] == [] for trial in trials)
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert again.stdout == done.stdout[done.stdout.index("| killed") :]  # all are done: nothing is killed again
