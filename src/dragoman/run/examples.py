"""The example articles that come with the program, and how many of a careful reader's facts a reading finds in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.record import Document, Event, Statement

DEMO_PAIR = ("Saudi Arabia", "Iran")
"""The pair whose dossier the demonstration prints: three of the examples tell of it."""

SELF_TEST = ("saudi-iran-2016-ties-cut", "colombia-venezuela-2019-break", "usa-cuba-2015-embassies")
"""The articles by which an installation is checked: an agency report, an analysis and an explainer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact that a careful reader takes from an example, and whether the reading has it."""

    words: str
    what: str
    found: bool


@cache
def example_folder() -> Path:
    """Return the folder that holds `articles` and `expected`: inside the installed package, or in the source tree."""
    package = Path(__file__).parents[1]
    for folder in (package / "examples", package.parents[1] / "examples"):
        if folder.is_dir():
            return folder
    raise InputError("The example articles are not installed: install Dragoman again from its wheel.")


def example_files() -> list[str]:
    """Return the paths of the example articles, sorted."""
    return sorted(str(path) for path in (example_folder() / "articles").iterdir() if path.suffix in {".txt", ".html"})


def expected(name: str) -> dict[str, Any]:
    """Return what a careful reader takes from the example of that name."""
    values: dict[str, Any] = json.loads((example_folder() / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return values


def check_facts(document: Document, wanted: Mapping[str, Any]) -> list[Fact]:
    """Return the expected events, statements and date of an article, each with whether the document has it.

    An event is found where one of an allowed type has evidence that overlaps the words; a statement where the content
    overlaps them.
    """
    text = document.article.text
    facts = []
    if wanted.get("published"):
        day = str(document.article.published)
        facts.append(Fact(words=wanted["published"], what="date", found=day == wanted["published"]))
    for types, *_rest, words in wanted["events"]:
        start = text.find(words)
        found = any(
            event.type in types.split("|") and _overlaps(event, start, start + len(words))
            for event in document.events or ()
        )
        facts.append(Fact(words=words, what=types, found=found))
    for _speaker, manner, words in wanted["statements"]:
        start = text.find(words)
        found = any(_overlaps(statement, start, start + len(words)) for statement in document.statements or ())
        facts.append(Fact(words=words, what=f"{manner} statement", found=found))
    return facts


def _overlaps(record: Event | Statement, start: int, end: int) -> bool:
    spans = record.evidence if isinstance(record, Event) else (record.content, *record.continued)
    return start >= 0 and any(span.start < end and start < span.end for span in spans)
