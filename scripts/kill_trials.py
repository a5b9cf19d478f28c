"""Kill -9 a reading run, its workers and its database server at random moments, and compare with an undisturbed run.

`python scripts/kill_trials.py FOLDER [KILLS [ARTICLES [KINDS]]]`: in rounds, so many made articles are read into a new
store, a SQLite file or a PostgreSQL database, by the command's own code in a process of its own. Each round kills at seeded
random moments, looks after each kill whether what was stored is still there, once and whole, and starts the same command
again, until a run comes to its end. Then the store must hold the rows of a store that nobody disturbed, byte for byte, and
tell the same record.

    run      the process that reads and stores, into SQLite; into PostgreSQL (`run-pg`)
    worker   one of the two processes that read for it (`--jobs 2`)
    server   the PostgreSQL server and all its processes, started again afterwards

Each round is a line of FOLDER/trials.jsonl as soon as it is over; the same call goes on behind the last. A table ends it. The
runs are forked from this process, which has the model loaded, so that a kill hits reading and joining, not the loading.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.codebook import Codebook

KINDS = ("run", "run-pg", "worker", "server")
SHARES = {"run": 0.4, "run-pg": 0.25, "worker": 0.1, "server": 0.25}
ARTICLES = 16
KILLS_A_ROUND = 8
"""After so many kills a round is let run to its end."""
SERVER_SECONDS = 60
"""How long a killed server is waited for."""
READ_TABLES = ("article", "document", "refusal", "decision")
"""What was read: these must be the same, row by row."""
COUNTED = ("number", "revision")
"""The order in which rows came: a sequence of PostgreSQL counts on over what was undone, and an article whose reader was killed
twice is read by the next run, behind the others."""


@dataclass(slots=True)
class Trial:
    """One round: what was killed how often, and what was wrong afterwards."""

    kind: str
    number: int
    kills: int = 0
    runs: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Server:
    """A PostgreSQL server of our own in a folder, which can be killed and started again."""

    programs: Path
    folder: Path

    def address(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://dragoman@/{name}?host={self.folder}"

    def create(self) -> None:
        """Make its data."""
        self._run("initdb", "-D", str(self._data), "-U", "dragoman", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8")

    def start(self) -> None:
        """Start it and wait until it answers; a server that was killed first recovers what it had not written."""
        until = time.monotonic() + SERVER_SECONDS
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=20"
        while True:
            try:
                self._run("pg_ctl", "-D", str(self._data), "-w", "-o", options, "-l", str(self.folder / "log"), "start")
            except subprocess.CalledProcessError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)  # the killed one's processes are still on their way out
            else:
                return

    def kill(self) -> None:
        """Kill -9 the server and every process of it."""
        first = int((self._data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
        everyone = [first, *children(first)]
        for process in everyone:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        until = time.monotonic() + SERVER_SECONDS
        while any(alive(process) for process in everyone) and time.monotonic() < until:
            time.sleep(0.01)

    def stop(self) -> None:
        """End it."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

    def make_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.address(name)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, *command: str) -> None:
        user: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}  # the server refuses to run as root
        whole = [str(self.programs / command[0]), *command[1:]]
        subprocess.run(whole, check=True, capture_output=True, cwd=self.folder, **user)  # noqa: S603 -- its own programs


def children(parent: int) -> list[int]:
    """The processes that a process started, by the system's own list."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # ended while we looked
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
    return sorted(found)


def alive(process: int) -> bool:
    """Say whether a process is there and has not ended."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}


def workers_of(process: int) -> list[int]:
    """The processes that read for a run."""
    found = []
    for child in children(process):
        try:
            words = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in words:
            found.append(child)
    return found


def started(corpus: Path, place: str, jobs: int, log: Path) -> int:
    """Fork a process that reads the corpus into a store as the command does, and return its number."""
    child = os.fork()
    if child:
        return child
    status = 99
    try:
        os.setpgid(0, 0)
        with log.open("ab", buffering=0) as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
            from dragoman.cli import main as command
            from dragoman.cli import read as reading

            reading.codebook_of = lambda *_: warm()  # type: ignore[assignment]  # the one that this process has loaded
            try:
                sys.argv = ["dragoman", "read", str(corpus), "--store", place, "--jobs", str(jobs)]
                command()
                status = 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def ended(process: int, until: float) -> int | None:
    """The exit status of a process, minus the signal's number where one ended it; None where it runs on at that time."""
    while True:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            return None
        time.sleep(0.002)


def rows_of(place: str) -> dict[str, list[tuple[Any, ...]]]:
    """What a store holds of what was read, table by table, without `COUNTED`."""
    from sqlalchemy import select

    from dragoman.store import open_store, tables

    found: dict[str, list[tuple[Any, ...]]] = {}
    with open_store(place, busy_seconds=60, create=True).reading() as connection:
        for name in READ_TABLES:
            kept = [column for column in tables.metadata.tables[name].columns if column.name not in COUNTED]
            found[name] = sorted((tuple(row) for row in connection.execute(select(*kept))), key=repr)
    return found


def record_of(place: str) -> list[str]:
    """The record that a store tells, joined."""
    from dragoman.record.jsonl import lines
    from dragoman.run.history import history_of
    from dragoman.store import open_store

    return list(lines(history_of(open_store(place, busy_seconds=60), warm())))


@cache
def warm() -> Codebook:
    """The codebook, loaded once for all runs."""
    from dragoman.codebook import Codebook

    return Codebook()


def warm_up(corpus: Path, folder: Path) -> None:
    """Read and join the corpus once, so that the forked runs find models, rules and modules loaded."""
    from dragoman.read import build_reader
    from dragoman.run.history import bring_up_to_date
    from dragoman.run.inputs import open_inputs
    from dragoman.run.local import read_into
    from dragoman.store import open_store

    with tempfile.TemporaryDirectory(dir=folder) as place:
        store = open_store(Path(place) / "warm.sqlite3", create=True)
        for _ in read_into(store, open_inputs([str(corpus)]), build_reader(warm()), 8):
            pass
        bring_up_to_date(store, warm())


def check(place: str, before: dict[str, str], trial: Trial) -> dict[str, str]:
    """Look after a kill whether all that was stored is there, once and whole; return what is stored now, by id."""
    rows = rows_of(place)
    articles = [row[0] for row in rows["article"]]
    documents = {row[0]: row[3] for row in rows["document"]}
    if len(set(articles)) != len(articles) or len({row[-1] for row in rows["article"]}) != len(articles):
        trial.faults.append("doubled: an article stands twice")
    if set(articles) != set(documents):
        trial.faults.append("half: an article without its document, or the other way round")
    for layers in documents.values():
        json.loads(layers)
    if lost := [one for one, layers in before.items() if documents.get(one) != layers]:
        trial.faults.append(f"lost: {len(lost)} documents that were stored")
    if place.endswith(".sqlite3"):
        import sqlite3

        connection = sqlite3.connect(place)
        for question in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
            if (said := connection.execute(question).fetchall()) not in ([], [("ok",)]):
                trial.faults.append(f"half: {question} says {said[:3]}")
        connection.execute("INSERT INTO article_words(article_words) VALUES ('integrity-check')")
        connection.close()
    return documents


@dataclass(slots=True)
class Course:
    """What all rounds share."""

    folder: Path
    corpus: Path
    server: Server | None
    rows: dict[str, list[tuple[Any, ...]]]
    record: list[str]
    lasting: float

    def round(self, kind: str, number: int, most: int) -> Trial:
        """One round: kill and start again until a run ends, then compare."""
        rng = random.Random(f"{kind} {number}")  # noqa: S311 -- draws moments, keeps no secret
        trial = Trial(kind, number)
        name = f"{kind}-{number}".replace("-", "_")
        if kind in ("run", "worker"):
            place = str(self.folder / f"{name}.sqlite3")
            for left in self.folder.glob(f"{name}.sqlite3*"):
                left.unlink()
        else:
            assert self.server is not None
            place = self.server.make_database(f"{name}_{os.getpid()}")
        log = self.folder / "run.log"
        log.write_bytes(b"")
        stored: dict[str, str] = {}
        while True:
            trial.runs += 1
            process = started(self.corpus, place, 2 if kind == "worker" else 1, log)
            begun, killed = time.monotonic(), trial.kills
            status = self._disturbed(kind, process, rng, trial, most)
            if status == 0 and trial.runs == 1 and killed == trial.kills:  # the machine has become less busy
                self.lasting = min(self.lasting, time.monotonic() - begun)
            stored = check(place, stored, trial)
            if status == 0:
                break
            if status not in (-signal.SIGKILL, 1) or trial.runs > most + 3:
                trial.faults.append(f"a run ended with {status}")
                break
        said = log.read_text(encoding="utf-8", errors="replace")
        if "Traceback" in said:
            trial.faults.append(f"a traceback: {said[-600:]}")
        if rows_of(place) != self.rows:
            trial.faults.append("the rows are not those of the undisturbed store")
        if record_of(place) != self.record:
            trial.faults.append("the record is not that of the undisturbed store")
        for left in self.folder.glob(f"{name}.sqlite3*"):
            if not trial.faults:
                left.unlink()
        return trial

    def _disturbed(self, kind: str, process: int, rng: random.Random, trial: Trial, most: int) -> int | None:
        """Let a run go on until it is killed or ends, what it needs killed meanwhile; return its exit status."""
        while trial.kills < most:
            status = ended(process, time.monotonic() + rng.uniform(0, 0.7 * self.lasting))
            if status is not None:
                return status
            if kind.startswith("run"):
                os.kill(process, signal.SIGKILL)
                trial.kills += 1
                return ended(process, time.monotonic() + 60)
            if kind == "worker":
                found = workers_of(process)
                if found:
                    with suppress(ProcessLookupError):
                        os.kill(rng.choice(found), signal.SIGKILL)
                        trial.kills += 1
                continue
            assert self.server is not None
            self.server.kill()
            trial.kills += 1
            status = ended(process, time.monotonic() + 60)
            self.server.start()
            return status if status is not None else ended(process, time.monotonic() + 60)
        return ended(process, time.monotonic() + 600)


def write_corpus(path: Path, articles: int) -> None:
    """Write the articles that are read."""
    from dragoman.bench.made import write_articles

    write_articles(path, articles, warm())


def postgres_programs() -> Path | None:
    """The folder of the newest installed server's programs."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def running_server() -> Iterator[Server | None]:
    """Give a server of our own for the time, None where PostgreSQL is not installed."""
    programs = postgres_programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = Server(programs, folder)
    server.create()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def tried(folder: Path) -> list[Trial]:
    """The rounds that are over."""
    path = folder / "trials.jsonl"
    if not path.exists():
        return []
    return [Trial(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def missing(kind: str, kills: int, trials: list[Trial]) -> int:
    """How many kills of a kind are still to be done."""
    return max(1, round(kills * SHARES[kind])) - sum(one.kills for one in trials if one.kind == kind)


def table(trials: list[Trial]) -> str:
    """What came of the rounds, a line for each kind of kill."""
    heads = ("killed", "kills", "runs", "stores compared", "lost", "doubled", "half", "other")
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    for kind in (*KINDS, "all"):
        some = [trial for trial in trials if kind in ("all", trial.kind)]
        faults = Counter(re.split(r"[: ]", fault)[0] for trial in some for fault in trial.faults)
        known = [faults.pop(name, 0) for name in ("lost", "doubled", "half")]
        numbers = (sum(one.kills for one in some), sum(one.runs for one in some), len(some), *known, faults.total())
        lines.append(f"| {kind} | " + " | ".join(map(str, numbers)) + " |")
    return "\n".join(lines)


def main() -> int:
    """Run the rounds that are missing and print the table; 1 where anything was wrong."""
    folder = Path(sys.argv[1])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))  # so that the server is stopped
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    articles = int(sys.argv[3]) if len(sys.argv) > 3 else ARTICLES
    kinds = sys.argv[4].split(",") if len(sys.argv) > 4 else KINDS
    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder / "made.jsonl"
    write_corpus(corpus, articles)
    trials = tried(folder)
    if all(missing(kind, kills, trials) <= 0 for kind in kinds):
        print(table(trials))
        return 1 if any(trial.faults for trial in trials) else 0
    warm_up(corpus, folder)
    with running_server() as server:
        place = str(folder / "undisturbed.sqlite3")
        for left in folder.glob("undisturbed.sqlite3*"):
            left.unlink()
        begun = time.monotonic()
        status = ended(started(corpus, place, 1, folder / "undisturbed.log"), time.monotonic() + 600)
        lasting = time.monotonic() - begun
        if status != 0:
            print((folder / "undisturbed.log").read_text(encoding="utf-8"), file=sys.stderr)
            return 2
        course = Course(folder, corpus, server, rows_of(place), record_of(place), lasting)
        for kind in kinds:
            if server is None and kind in ("run-pg", "server"):
                continue
            while (left := missing(kind, kills, trials)) > 0:
                number = sum(one.kind == kind for one in trials)
                trial = course.round(kind, number, min(KILLS_A_ROUND, left))
                trials.append(trial)
                with (folder / "trials.jsonl").open("a", encoding="utf-8") as file:
                    file.write(json.dumps({name: getattr(trial, name) for name in Trial.__slots__}) + "\n")
                print(f"{kind} {number}: {trial.kills} kills, {trial.runs} runs, {trial.faults or 'sound'}", flush=True)
    print(table(trials))
    return 1 if any(trial.faults for trial in trials) else 0


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # before numpy is loaded: a fork must not meet another thread's locks
    sys.exit(main())
