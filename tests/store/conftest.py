"""What the store's tests share: small documents made by hand, and an empty store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.record import Actor, Article, Document, Event, Mention, Region, Statement
from dragoman.record.ids import make_id
from dragoman.record.text import article_id
from dragoman.record.when import When
from dragoman.store import Store, open_store

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


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return open_store(tmp_path / "store.sqlite3", busy_seconds=0.2, create=True)


@pytest.fixture
def day() -> date:
    """A day of publication."""
    return date(2023, 4, 21)
