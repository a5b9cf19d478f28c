"""What the store's tests share: small documents made by hand, and an empty store."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dragoman.record import Actor, Article, Document, Event, Mention, Region, Statement
from dragoman.record.ids import make_id
from dragoman.record.text import article_id
from dragoman.record.when import When
from dragoman.store import Store, open_store

_NUMBERS = itertools.count(1)
READER = "clean 1, code 1"


@pytest.fixture
def make_document() -> Callable[..., Document]:
    """A function that makes a document of a text, its first word acting on its last."""

    def make(text: str, **metadata: Any) -> Document:
        article = Article(
            id=article_id(text, metadata.get("url")),
            source=metadata.pop("source", "hand.txt"),
            text=text,
            language=metadata.pop("language", "en"),
            sections=(Region(start=0, end=len(text), kind="body"),),
            **metadata,
        )
        whole = article.span(0, len(text))
        first, last = text.split()[0], text.split()[-1].rstrip(".")
        actors = tuple(
            Actor(id=make_id("actor", name), name=name, kind="state", country=name[:3].upper(), names=(name,))
            for name in sorted({first, last})
        )
        mentions = tuple(
            Mention(
                actor=make_id("actor", name), article=article.id, start=at, end=at + len(name), text=name, how="name"
            )
            for name, at in ((first, 0), (last, text.rindex(last)))
        )
        day = article.published
        event = Event(
            id=make_id("event", article.id),
            type="ACCUSE",
            actors=(make_id("actor", first),),
            recipients=(make_id("actor", last),),
            when=When(start=day, end=day, precision="day", phrase=None) if day else None,
            score=-2.0,
            evidence=(whole,),
            trigger=article.span(0, len(first)),
            made_by="code 1",
        )
        statement = Statement(
            id=make_id("statement", article.id),
            speaker=make_id("actor", first),
            speaker_words=None,
            cue=None,
            content=whole,
            direct=False,
            act="claim",
        )
        return Document(
            article=article,
            mentions=mentions,
            actors=actors,
            statements=(statement,),
            events=(event,),
            reader=READER,
        )

    return make


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running PostgreSQL server, a place for the database's name in it."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with _server(programs) as address:
        yield address


@pytest.fixture
def postgres_address(postgres_server: str) -> str:
    """The address of a new, empty database."""
    return _new_database(postgres_server)


@pytest.fixture(scope="session")
def postgres_model(postgres_server: str) -> str:
    """The name of a database with an empty store, of which copies are made sooner than another store."""
    name = "model"
    open_store(_new_database(postgres_server, name), create=True)
    return name


@pytest.fixture(params=["sqlite", "postgres"])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    """An empty store, in a file and in a database."""
    if request.param == "postgres":
        model: str = request.getfixturevalue("postgres_model")
        name = f"test{next(_NUMBERS)}"
        address = _new_database(request.getfixturevalue("postgres_server"), name, f"TEMPLATE {model}")
        return open_store(address, busy_seconds=0.2)
    return open_store(tmp_path / "store.sqlite3", busy_seconds=0.2, create=True)


@pytest.fixture
def day() -> date:
    """A day of publication."""
    return date(2023, 4, 21)


def _new_database(server: str, name: str | None = None, how: str = "") -> str:
    name = name or f"test{next(_NUMBERS)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {how}")
    return server.format(name)


def _programs() -> Path | None:
    """Return the folder of the server's programs, the newest version's, or None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def _server(programs: Path) -> Iterator[str]:
    """Give the address of a running server, without a database's name at its end."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
    user = {"user": "postgres"} if os.geteuid() == 0 else {}  # the server refuses to run as root
    if user:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([str(programs / command[0]), *command[1:]], check=True, capture_output=True, cwd=folder, **user)

    run("initdb", "-D", str(data), "-U", "dragoman", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://dragoman@/{{}}?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
