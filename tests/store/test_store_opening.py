"""Opening a store: whose file it is, which schema it has, what is refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from dragoman.errors import StoreError
from dragoman.store import Store, open_store
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
    """Say in the store that it has a version of before Alembic, as its programs did."""
    with store.writing() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
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
