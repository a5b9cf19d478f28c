"""Checking an installation: what is installed, does the model load, does a reading come out as it should."""

from __future__ import annotations

import importlib.metadata
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman import __version__
from dragoman.codebook import Codebook
from dragoman.errors import DragomanError
from dragoman.ingest import Refusal
from dragoman.read import Pipeline, build_reader
from dragoman.read.parse import DEFAULT_MODEL, load_model
from dragoman.record import Article, Document
from dragoman.run.codebook import check_parts
from dragoman.run.examples import SELF_TEST, check_facts, example_folder, expected
from dragoman.run.inputs import open_inputs
from dragoman.settings import Settings, default_settings_file
from dragoman.store import open_store

FOUND_SHARE = 0.6
"""The share of the self-test's facts below which something is wrong: a wrong model or a damaged codebook finds few."""

_PACKAGES = ("spacy", "sqlalchemy", "pydantic", "trafilatura", "typer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the check: `fine`, worth a `note`, or a `fault` that keeps Dragoman from working."""

    verdict: Literal["fine", "note", "fault"]
    what: str
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield the findings one by one, the quick ones first."""
    yield _fine(
        "versions", f"dragoman {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    yield _fine("packages", ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES))
    file = default_settings_file()
    yield _fine("settings", f"{file} {'read' if file.is_file() else 'not there, which is fine'}")
    yield _store(settings)
    try:
        codebook = Codebook(settings.codebook)
    except DragomanError as error:
        yield Finding(verdict="fault", what="codebook", words=str(error))
        return
    faults = [part for part in check_parts(codebook) if part.fault]
    for part in faults:
        yield Finding(verdict="fault", what=f"codebook {part.name}", words=str(part.fault))
    if faults:
        return
    yield _fine("codebook", f"{len(codebook.layers)} folders: {', '.join(str(layer) for layer in codebook.layers)}")
    name = settings.model or DEFAULT_MODEL
    try:
        meta = load_model(name).meta
    except DragomanError as error:
        yield Finding(verdict="fault", what="model", words=str(error))
        return
    yield _fine("model", f"{name}: {meta['lang']}_{meta['name']} {meta['version']}")
    yield _reading(build_reader(codebook, name))


def _store(settings: Settings) -> Finding:
    if isinstance(settings.store, Path) and not settings.store.exists():
        return Finding(verdict="note", what="store", words=f"none yet at {settings.store}; dragoman read makes it")
    try:
        counts = open_store(settings.store, busy_seconds=settings.busy_seconds).counts()
    except DragomanError as error:
        return Finding(verdict="fault", what="store", words=str(error))
    words = f"{settings.store}: {counts['articles']} articles"
    if counts["unread"]:
        words += f", {counts['unread']} of them in a language that no reader knows"
    if counts["refused"]:
        words += f", {counts['refused']} inputs refused"
    return _fine("store", words)


def _reading(reader: Pipeline) -> Finding:
    """Read the self-test's articles and count the facts found."""
    paths = [str(example_folder() / "articles" / f"{name}.txt") for name in SELF_TEST]
    inputs = list(open_inputs(paths))
    refused = [one for one in inputs if isinstance(one, Refusal)]
    if refused:
        return Finding(verdict="fault", what="reading", words=refused[0].reason)
    articles = {one.source: one for one in inputs if isinstance(one, Article)}
    documents = reader.read([Document(article=articles[path]) for path in paths])
    facts = [
        fact
        for name, document in zip(SELF_TEST, documents, strict=True)
        for fact in check_facts(document, expected(name))
    ]
    found = sum(fact.found for fact in facts)
    words = f"{found} of {len(facts)} facts found in {len(paths)} example articles"
    if found < FOUND_SHARE * len(facts):
        return Finding(
            verdict="fault", what="reading", words=f"only {words}: install Dragoman again, or leave out [parse] model"
        )
    return _fine("reading", words)


def _fine(what: str, words: str) -> Finding:
    return Finding(verdict="fine", what=what, words=words)
