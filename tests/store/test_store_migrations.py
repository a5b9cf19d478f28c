"""The schema's revisions: what they make, stores of every earlier release, openers at once, a kill half-way.

The stores under `old/` were written by the releases' own code, one for each version of the schema: two articles, a refusal, a
decision.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from dragoman.codebook import Codebook
from dragoman.errors import StoreError
from dragoman.run.history import history_of
from dragoman.store import Store, open_store, schema
from dragoman.store.decisions import decisions
from dragoman.store.tables import SCHEMA_VERSION, metadata

OLD = Path(__file__).parent / "old"
SOURCE = Path(__file__).parents[2] / "src"
FILES = sorted(OLD.glob("schema-*.sqlite3.gz"))
DUMPS = sorted(OLD.glob("schema-*.postgresql.sql.gz"))
OPENERS = 3
EVERY = 12
"""Of the statements of a migration, which are killed at: all of them would take long and show no more."""


def _differences(store: Store) -> list[object]:
    """What Alembic would change to make a store's tables those of the program, but for the names of one kind of text."""
    with store.reading() as connection:
        options = schema.comparison(connection.dialect.name)
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return [one for one in found if not (isinstance(one, list) and _is_varchar(one))]


def _is_varchar(changes: list[tuple[object, ...]]) -> bool:
    """SQLite files of the first versions say VARCHAR where TEXT is said now; to SQLite they are one."""
    return all(kind == "modify_type" and "VARCHAR" in repr(old) for kind, *_, old, _new in changes)


def _unpacked(packed: Path, folder: Path) -> Path:
    path = folder / "store.sqlite3"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def _restore(address: str, packed: Path) -> None:
    """Put an old PostgreSQL store into an empty database."""
    dump = gzip.decompress(packed.read_bytes()).decode("utf-8")
    with psycopg.connect(address) as connection:
        connection.execute(dump)


def test_the_revisions_make_the_tables_of_the_program(store: Store) -> None:
    """In both databases, what the revisions make is what `tables` describes: tables, columns, types, defaults, indexes."""
    assert _differences(store) == []
    with store.reading() as connection:
        assert set(metadata.tables) < set(inspect(connection).get_table_names())


def test_a_table_that_no_revision_makes_is_seen(store: Store) -> None:
    """The comparison is not blind: an index and a column that are taken away are told."""
    with store.writing() as connection:
        connection.execute(text("DROP INDEX party_by_day"))
        connection.execute(text("DROP INDEX pair_by_time"))
        connection.execute(text("ALTER TABLE pair DROP COLUMN way"))
    told = repr(_differences(store))
    assert "party_by_day" in told
    assert "'way'" in told


def test_the_text_of_postgresql_sorts_by_code_points(postgres_address: str) -> None:
    """Every column of text has the collation C, which a comparison of types would not see."""
    open_store(postgres_address, create=True)
    with psycopg.connect(postgres_address) as connection:
        found = connection.execute(
            "SELECT table_name, column_name, collation_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'text'"
        ).fetchall()
    others = {(table, column) for table, column, collation in found if collation != "C"}
    assert others == {("article_words", "article")}


def test_the_last_revision_is_the_programs_version() -> None:
    """The versions of the schema are the revisions, one after the other, and the program's is the last."""
    script = ScriptDirectory.from_config(schema.alembic_config())
    names = [revision.revision for revision in script.walk_revisions()]
    assert names == [schema.revision_of(version) for version in range(SCHEMA_VERSION, 0, -1)]


@pytest.mark.parametrize("packed", FILES, ids=lambda path: path.name.partition(".")[0])
def test_a_file_of_each_release_is_lifted(packed: Path, tmp_path: Path, codebook: Codebook) -> None:
    """A store that an earlier release wrote opens with all that was read and decided, and its history is joined anew."""
    store = open_store(_unpacked(packed, tmp_path))
    _check_old(store, codebook)
    if packed.name[7] != str(SCHEMA_VERSION):
        with store.reading() as connection:
            told = connection.execute(text("SELECT value FROM meta WHERE key = 'schema'")).scalar()
        assert told == str(SCHEMA_VERSION)  # where programs from before Alembic look


@pytest.mark.parametrize("packed", DUMPS, ids=lambda path: path.name.partition(".")[0])
def test_a_database_of_each_release_with_postgresql_is_lifted(
    packed: Path, postgres_address: str, codebook: Codebook
) -> None:
    """A PostgreSQL store that an earlier release wrote opens in the same way."""
    _restore(postgres_address, packed)
    _check_old(open_store(postgres_address), codebook)


def _check_old(store: Store, codebook: Codebook) -> None:
    assert _differences(store) == []
    documents = list(store.documents())
    assert sorted(document.article.text[:6] for document in documents) == ["Kenya ", "Norway"]
    assert store.refusals() == [("scan.png", "scan.png is an image.")]
    assert [(one.author, one.body) for one in decisions(store)] == [("ada", {"number": 1})]
    assert [hit.article.text[:6] for hit in store.search(["ambassador"])] == ["Norway"]
    history = history_of(store, codebook)
    assert {mention.article for mention in history.mentions} <= {document.article.id for document in documents}
    assert len(history.articles) == 2


def test_a_revision_of_a_newer_program_is_refused(store: Store) -> None:
    """A store whose revision this program does not know is refused with the remedy, whatever else it says."""
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    place = store.path if not isinstance(store.path, Path) else str(store.path)
    with pytest.raises(
        StoreError, match=rf"newer Dragoman \(schema 99, this one knows {SCHEMA_VERSION}\): update"
    ) as e:
        open_store(place)
    assert "\n" not in str(e.value)


OPENER = """
import sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from dragoman.store import open_store
made = []
@event.listens_for(Engine, "before_cursor_execute")
def _seen(_connection, _cursor, statement, *_rest):
    made.append(statement.lstrip().upper().startswith("CREATE TABLE"))
print("ready", flush=True)
sys.stdin.readline()
store = open_store(sys.argv[1], create=True)
print(sum(made), store.counts()["articles"], flush=True)
"""


def _python(script: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _opened_at_once(place: str) -> list[tuple[int, int]]:
    """How many tables each of some processes made that open a store at one moment, and how many articles each sees."""
    running = [_python(OPENER, place) for _ in range(OPENERS)]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    found = []
    for process in running:
        said, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors
        tables, articles = said.split()
        found.append((int(tables), int(articles)))
    return found


def test_some_who_open_an_old_file_lift_it_once(tmp_path: Path) -> None:
    """Of three processes that open an old store at once one lifts it, and all of them see its articles."""
    path = _unpacked(OLD / "schema-3.sqlite3.gz", tmp_path)
    found = _opened_at_once(str(path))
    assert [articles for _, articles in found] == [2] * OPENERS
    assert sum(tables > 0 for tables, _ in found) == 1
    assert _differences(open_store(path)) == []


def test_some_who_open_an_empty_database_make_the_store_once(postgres_address: str) -> None:
    """Of three processes that open an empty PostgreSQL database at once one makes the tables, and all have the store."""
    found = _opened_at_once(postgres_address)
    assert [articles for _, articles in found] == [0] * OPENERS
    assert sum(tables > 0 for tables, _ in found) == 1
    assert _differences(open_store(postgres_address)) == []


KILLED = """
import os, shutil, signal, sys
from alembic import command  # loaded once, before the forks
from sqlalchemy import event, inspect
from sqlalchemy.engine import Engine
from dragoman.store import open_store
from dragoman.store.open import backend_at

old, place, every = sys.argv[1], sys.argv[2], int(sys.argv[3])
at, killed = 1, 0
while True:
    if old:
        for name in os.listdir(os.path.dirname(place)):
            if name.startswith(os.path.basename(place)):
                os.remove(os.path.join(os.path.dirname(place), name))
        shutil.copyfile(old, place)
    child = os.fork()
    if child == 0:
        left = at
        @event.listens_for(Engine, "before_cursor_execute")
        def _count(_connection, _cursor, statement, *_rest):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        open_store(place, create=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        assert status == 0, status
        break
    killed += 1
    if old:
        store = open_store(place)
        assert len(list(store.documents())) == 2 and store.refusals() and store.counts()["articles"] == 2
    else:
        with backend_at(place).reading() as connection:
            assert inspect(connection).get_table_names() == []
    at += every
print(killed, flush=True)
"""


def _kills(old: str, place: str, every: int) -> int:
    said, errors = _python(KILLED, old, place, str(every)).communicate(timeout=600)
    assert said, errors
    return int(said)


def test_a_kill_within_a_migration_leaves_a_store_that_opens(tmp_path: Path) -> None:
    """Killed with -9 before any of its statements, a migration has changed nothing, and the next opener does it."""
    old = _unpacked(OLD / "schema-3.sqlite3.gz", tmp_path)
    place = tmp_path / "killed" / "store.sqlite3"
    place.parent.mkdir()
    assert _kills(str(old), str(place), EVERY) > 5
    assert _differences(open_store(place)) == []


def test_a_kill_within_the_making_of_a_database_leaves_it_empty(postgres_address: str) -> None:
    """Killed with -9 before any statement that makes a PostgreSQL store, the database stays empty; then it is made."""
    assert _kills("", postgres_address, EVERY * 2) > 5
    assert _differences(open_store(postgres_address)) == []
