"""A store in PostgreSQL: the record of a file, many writers, a server that is killed, copies both ways."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dragoman.codebook import Codebook
from dragoman.errors import StoreBusyError, StoreError
from dragoman.read import Pipeline
from dragoman.record import Document
from dragoman.record.jsonl import lines
from dragoman.run.examples import example_files
from dragoman.run.history import history_of
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_into
from dragoman.run.moving import copy_store
from dragoman.store import open_store
from dragoman.store.decisions import append_decision, decisions

SOURCE = Path(__file__).parents[2] / "src"
WRITER = """
import sys
from datetime import UTC, datetime
from dragoman.record import Article, Document
from dragoman.record.text import article_id
from dragoman.store import open_store
from dragoman.store.decisions import append_decision

store = open_store(sys.argv[1], busy_seconds=60)
for number in range(int(sys.argv[3])):
    text = f"{sys.argv[2]} wrote article {number}."
    article = Article(id=article_id(text), source=f"{sys.argv[2]}{number}.txt", text=text, language="en")
    store.put(Document(article=article, events=(), actors=(), mentions=(), statements=(), reader="clean 1"), article)
    append_decision(store, author=sys.argv[2], kind="note", body={"number": number})
"""


def test_the_record_is_that_of_a_file(
    postgres_address: str, tmp_path: Path, reader: Pipeline, codebook: Codebook
) -> None:
    """Three articles read into a database give the record that they give in a file, byte for byte, copied there too."""
    files = example_files()[:3]
    stores = [open_store(tmp_path / "a.sqlite3", create=True), open_store(postgres_address, create=True)]
    for store in stores:
        assert [step.kind for step in read_into(store, open_inputs(files), reader, 4)] == ["read"] * 3
    stores.append(open_store(tmp_path / "b.sqlite3", create=True))
    copied = copy_store(stores[1], stores[2])
    assert (copied.articles, copied.known) == (3, 0)
    assert copy_store(stores[1], stores[2]).known == 3
    first, second, third = (list(lines(history_of(store, codebook))) for store in stores)
    assert first
    assert first == second
    assert first == third
    words = "ambassador"
    assert {hit.article.id for hit in stores[0].search([words])} == {
        hit.article.id for hit in stores[1].search([words])
    }


def test_many_writers_lose_nothing(postgres_address: str) -> None:
    """Three processes that write articles and decisions at once lose none, and the decisions stand in one order."""
    store = open_store(postgres_address, create=True)
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    names = ["ada", "ben", "cem"]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, postgres_address, name, "15"], env=environment, stderr=subprocess.PIPE
        )
        for name in names
    ]
    for process in running:
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors.decode()
    assert store.counts()["articles"] == 45
    made = decisions(store)
    assert [sum(one.author == name for one in made) for name in names] == [15, 15, 15]
    for name in names:
        assert [one.body["number"] for one in made if one.author == name] == list(range(15))


def test_a_held_database_is_told(postgres_address: str, make_document: Callable[..., Document]) -> None:
    """While another process holds the write lock, a writer gives up within its time with one line, and readers go on."""
    store = open_store(postgres_address, busy_seconds=0.2, create=True)
    document = make_document("Norway accuses Sweden.")
    with store.writing():
        with pytest.raises(StoreBusyError, match="is held by another process"):
            open_store(postgres_address, busy_seconds=0.2).put(document, document.article)
        assert store.counts()["articles"] == 0
    store.put(document, document.article)
    assert store.counts()["articles"] == 1


def test_killed_connections_leave_nothing_half(postgres_address: str, make_document: Callable[..., Document]) -> None:
    """A connection that the server ends in the middle of a transaction leaves nothing of it, and the next one works."""
    store = open_store(postgres_address, create=True)
    document = make_document("Norway accuses Sweden.")

    def write_while_the_server_ends_it() -> None:
        with store.writing() as connection:
            connection.exec_driver_sql("INSERT INTO refusal VALUES ('a', 'b')")
            pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            with psycopg.connect(postgres_address, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [pid])
            connection.exec_driver_sql("INSERT INTO refusal VALUES ('c', 'd')")

    with pytest.raises(StoreError, match=r"can't be reached|failed"):
        write_while_the_server_ends_it()
    assert store.refusals() == []
    store.put(document, document.article)
    assert store.counts()["articles"] == 1


def test_decisions_can_only_be_added(postgres_address: str) -> None:
    """The database itself refuses to change or delete a decision."""
    store = open_store(postgres_address, create=True)
    append_decision(store, author="ada", kind="note", body={})
    for statement in ("UPDATE decision SET author = 'ben'", "DELETE FROM decision"):
        with pytest.raises(StoreError, match="append-only"), store.writing() as connection:
            connection.exec_driver_sql(statement)
    assert [one.author for one in decisions(store)] == ["ada"]


def test_a_database_that_is_not_there_is_told_in_a_line(postgres_server: str) -> None:
    """A wrong database, a wrong address and a store that nobody made are each one line with the remedy."""
    with pytest.raises(StoreError, match=r"is not there|can't be reached"):
        open_store(postgres_server.format("nowhere"), create=True)
    with pytest.raises(StoreError, match="names no database"):
        open_store("postgresql://ada@localhost/", create=True)
    with pytest.raises(StoreError, match="No store in"):
        open_store(postgres_server.format("postgres"))
