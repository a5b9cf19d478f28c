"""What the tests of the workbench share: a store that is read once, and the application over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.run.examples import example_files
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_into
from dragoman.run.view.room import Room
from dragoman.settings import Settings
from dragoman.store import open_store
from dragoman.web.app import create_app

TOKEN = re.compile(r'name="token" value="([0-9a-f.]+)"')


@pytest.fixture(scope="session")
def make_room(codebook: Codebook) -> Callable[[Path], Room]:
    """A function that opens a room on a store's file, made where there is none."""

    def make(path: Path) -> Room:
        return Room(store=open_store(path, create=True), codebook=codebook, settings=Settings(store=path))

    return make


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory, reader: Pipeline, make_room: Callable[[Path], Room]) -> Room:
    """A room on the example articles; nobody may change it."""
    found = make_room(tmp_path_factory.mktemp("web") / "examples.sqlite3")
    for _step in read_into(found.store, open_inputs(example_files()), reader, 16):
        pass
    return found


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    """A browser without scripts, on the example articles."""
    with TestClient(create_app(room), base_url="http://localhost") as found:
        yield found


def token_of(page: str) -> str:
    """The token in a page's form."""
    found = TOKEN.search(page)
    assert found is not None
    return found[1]
