"""Opening a store: whose file it is, which schema it has, what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from dragoman.errors import StoreError
from dragoman.record import Document
from dragoman.store import Store, open_store
from dragoman.store import open as opening
from dragoman.store.derived import forms_near
from dragoman.store.tables import SCHEMA_VERSION


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store in a file."""
    return open_store(tmp_path / "store.sqlite3", busy_seconds=0.2, create=True)


def test_a_missing_store_is_told_with_its_remedy(tmp_path: Path) -> None:
    """Asking of a store that is not there says where it was looked for and what makes one."""
    with pytest.raises(StoreError, match=r"No store at .*none\.sqlite3: read articles into it first"):
        open_store(tmp_path / "none.sqlite3")
    assert not (tmp_path / "none.sqlite3").exists()


def test_the_folder_is_made(tmp_path: Path) -> None:
    """A store is made together with the folders above it."""
    assert open_store(tmp_path / "a" / "b" / "store.sqlite3", create=True).counts()["articles"] == 0


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """A folder's path is refused with the name of a file in it."""
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path, create=True)


def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A text file named as the store is refused and not written to."""
    path = tmp_path / "article.txt"
    path.write_text("An article, much longer than a hundred bytes. " * 20, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a store"):
        open_store(path, create=True)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """A SQLite file that another program made is refused and left alone."""
    path = tmp_path / "other.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE article (id)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's"):
        open_store(path, create=True)
    assert path.read_bytes() == before


def _set_schema(store: Store, version: int) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE meta SET value = :v WHERE key = 'schema'"), {"v": str(version)})


def test_a_newer_schema_is_refused(store: Store) -> None:
    """A store that a newer program made is refused with both versions, never read by guess."""
    _set_schema(store, 99)
    with pytest.raises(StoreError, match=rf"newer Dragoman \(schema 99, this one knows {SCHEMA_VERSION}\): update"):
        open_store(store.path)


def test_a_schema_that_cannot_be_migrated_is_refused(store: Store) -> None:
    """A store too old for any migration is refused with the remedy."""
    _set_schema(store, 0)
    with pytest.raises(StoreError, match="too old to be migrated: read the articles into a new store"):
        open_store(store.path)


def test_an_older_schema_is_migrated_and_keeps_its_articles(
    store: Store, make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store of an earlier schema is lifted step by step, its articles kept, and opens as the new one ever after."""
    document = make_document("Ukraine accused Belarus.")
    store.put(document, document.article)

    def add_column(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE refusal ADD COLUMN tries INTEGER"))

    monkeypatch.setattr(opening, "MIGRATIONS", {SCHEMA_VERSION: add_column})
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    lifted = open_store(store.path)
    assert list(lifted.documents()) == [document]
    with lifted.reading() as connection:
        assert connection.execute(text("SELECT value FROM meta WHERE key = 'schema'")).scalar() == str(
            SCHEMA_VERSION + 1
        )
    assert open_store(store.path).counts()["articles"] == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks off half-way changes nothing."""

    def half(connection: Connection) -> None:
        connection.execute(text("DROP TABLE refusal"))
        connection.execute(text("SELECT nonsense FROM nowhere"))

    monkeypatch.setattr(opening, "MIGRATIONS", {SCHEMA_VERSION: half})
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(StoreError):
        open_store(store.path)
    monkeypatch.undo()
    assert open_store(store.path).refusals() == []


def test_a_store_of_the_first_schema_is_lifted(store: Store, make_document: Callable[..., Document]) -> None:
    """A store that the first schema's program made opens with its articles, and names are found in it afterwards."""
    document = make_document("Kyzym accused Belarus.")
    store.put(document, document.article)
    with store.writing() as connection:
        connection.execute(text("DROP TABLE spelling"))
        connection.execute(text("DROP INDEX ix_document_revision"))
        connection.execute(text("ALTER TABLE document DROP COLUMN revision"))
    _set_schema(store, 1)
    lifted = open_store(store.path)
    assert list(lifted.documents()) == [document]
    assert forms_near(lifted, "Kyzym") == []
