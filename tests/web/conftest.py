"""What the tests of the workbench share: the application over the example articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.run.view.room import Room
from dragoman.web.app import create_app

TOKEN = re.compile(r'name="token" value="([0-9a-f.]+)"')


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
