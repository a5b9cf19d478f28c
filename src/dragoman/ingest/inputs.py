"""Walk the inputs that a user names and turn each into articles or a refusal, one at a time and in a fixed order."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.ingest.decode import check_surrogates, decode
from dragoman.ingest.fields import Given, from_mapping
from dragoman.ingest.language import language_of
from dragoman.ingest.page import from_html, is_html
from dragoman.record import Article
from dragoman.record.text import PublishedFrom, article_id

MAX_ARTICLE = 1_000_000
"""Code points of one article: some 160,000 words, more than any newspaper prints; beyond it stands a dump, not an article."""

MAX_FILE = 16 * MAX_ARTICLE
"""Bytes of a file that holds one article, markup included."""

_MAX_LINE = MAX_FILE
_LINES = frozenset({".jsonl", ".ndjson"})
_READABLE = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".json", *_LINES})
_STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not read: `reason` is one line that names it, says what is wrong and what to do."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """What the user says of texts that don't say it themselves."""

    published: date | None
    publisher: str | None
    url: str | None
    language: str | None


def read_inputs(
    paths: Sequence[str],
    *,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Refusal]:
    """Yield the articles of files, folders and standard input ("-"), and a refusal for each that can't be read.

    A folder's readable files are taken in the order of their paths, its subfolders too; hidden files are passed over. JSON
    Lines are streamed. `published`, `publisher`, `url` and `language` hold for inputs that don't say them. Nothing is raised
    for a bad input.
    """
    option = _Option(published=published, publisher=publisher, url=url, language=language)
    for path in paths:
        if path == "-":
            yield from _from_stdin(stdin, option)
        else:
            yield from _from_path(Path(path), path, option)


def _from_stdin(stdin: BinaryIO | None, option: _Option) -> Iterator[Article | Refusal]:
    if stdin is None:
        yield Refusal(_STDIN, f"{_STDIN}: nothing is connected to it; name a file instead.")
        return
    data = stdin.read(MAX_FILE + 1)
    yield from _from_bytes(data, _STDIN, "", option)


def _from_path(path: Path, source: str, option: _Option) -> Iterator[Article | Refusal]:
    try:
        if path.is_dir():
            yield from _from_folder(path, source, option)
        elif path.suffix.lower() in _LINES:
            yield from _from_lines(path, source, option)
        else:
            with path.open("rb") as file:
                data = file.read(MAX_FILE + 1)
            yield from _from_bytes(data, source, path.suffix.lower(), option)
    except OSError as error:
        yield Refusal(source, f"{source}: {_os_reason(error)}")


def _os_reason(error: OSError) -> str:
    remedies = {
        FileNotFoundError: "there is no such file or folder: check the path.",
        PermissionError: "may not be read: grant the right to read it.",
        IsADirectoryError: "is a folder.",
    }
    return remedies.get(type(error), f"can't be read ({error.strerror}): check the disk or the path.")


def _from_folder(folder: Path, source: str, option: _Option) -> Iterator[Article | Refusal]:
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    if not names:
        yield Refusal(source, f"{source}: the folder is empty: put articles in it.")
    for name in names:
        path = folder / name
        inner = f"{source.rstrip('/')}/{name}"
        if (path.is_dir() and not path.is_symlink()) or path.suffix.lower() in _READABLE:
            yield from _from_path(path, inner, option)
        elif not path.is_dir():
            kinds = ", ".join(sorted(_READABLE))
            yield Refusal(
                inner, f"{inner}: not a kind that a folder is searched for ({kinds}): name it by itself to read it."
            )


def _from_bytes(data: bytes, source: str, suffix: str, option: _Option) -> Iterator[Article | Refusal]:
    try:
        if len(data) > MAX_FILE:
            limit = MAX_FILE // 1_000_000
            raise InputError(
                f"is larger than {limit} MB, too large for one article: split it, or make it JSON Lines (.jsonl)."
            )
        if suffix in {".html", ".htm", ".xhtml"} or is_html(data):
            if not data.strip():
                raise InputError("is empty: nothing to read.")
            yield _article(from_html(data), source, option, "page")
            return
        text = decode(data)
        if suffix == ".json" or (text.lstrip()[:1] in "{[" and suffix in {"", ".txt", ".text"}):
            yield from _from_json(text, source, suffix, option)
        else:
            yield _article(Given(text=text), source, option, "given")
    except InputError as error:
        yield Refusal(source, f"{source} {error}")


def _from_json(text: str, source: str, suffix: str, option: _Option) -> Iterator[Article | Refusal]:
    """A JSON object, a list of them, or JSON Lines under another name; text that only looks like JSON is text."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        lines = text.splitlines()
        if len(lines) > 1 and _is_object(lines[0]):
            for number, line in enumerate(lines, start=1):
                yield from _from_line(line.encode("utf-8", "surrogatepass"), number, source, option)
        elif suffix == ".json":
            place = (
                f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            )
            yield Refusal(source, f"{source} is not valid JSON ({place}): mend it there.")
        else:
            yield _article(Given(text=text), source, option, "given")
        return
    many = isinstance(value, list)
    for number, item in enumerate(value if many else [value], start=1):
        place = f"{source}:{number}" if many else source
        try:
            yield _article(from_mapping(item), place, option, "given")
        except InputError as error:
            yield Refusal(place, f"{place} {error}")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def _from_lines(path: Path, source: str, option: _Option) -> Iterator[Article | Refusal]:
    empty = True
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_MAX_LINE + 1):
            number += 1
            empty = False
            if len(line) > _MAX_LINE:
                while line and not line.endswith(b"\n"):
                    line = file.readline(_MAX_LINE)
                place = f"{source}:{number}"
                yield Refusal(place, f"{place} is longer than {_MAX_LINE // 1_000_000} MB: split it into articles.")
            else:
                yield from _from_line(line, number, source, option)
    if empty:
        yield Refusal(source, f"{source} is empty: nothing to read.")


def _from_line(line: bytes, number: int, source: str, option: _Option) -> Iterator[Article | Refusal]:
    place = f"{source}:{number}"
    if not line.strip():
        return
    try:
        try:
            item = json.loads(line)
        except UnicodeDecodeError as error:
            raise InputError(f"is not valid UTF-8 (byte {error.start}): save the file as UTF-8.") from error
        except json.JSONDecodeError as error:
            raise InputError(f"is not valid JSON (column {error.colno}: {error.msg}): mend the line.") from error
        except RecursionError as error:
            raise InputError("is JSON nested too deeply: write one flat object an article.") from error
        yield _article(from_mapping(item), place, option, "given")
    except InputError as error:
        yield Refusal(place, f"{place} {error}")


def _article(given: Given, source: str, option: _Option, where: PublishedFrom) -> Article:
    """Make the article, or raise `InputError` for a text that can be none."""
    if not given.text.strip():
        raise InputError("is empty: nothing to read.")
    if len(given.text) > MAX_ARTICLE:
        size = f"{len(given.text):,} characters"
        raise InputError(f"is {size} long, more than an article's {MAX_ARTICLE:,}: split it into articles.")
    if "\0" in given.text:
        raise InputError("holds NUL characters: mend the text at its supplier.")
    text = check_surrogates(given.text)
    filled = replace(
        given,
        published=given.published or option.published,
        publisher=given.publisher or option.publisher,
        url=given.url or option.url,
        language=option.language or given.language or language_of(text),
    )
    dated_by: PublishedFrom | None = None
    if filled.published:
        dated_by = where if given.published else "given"
    return Article(
        id=article_id(text, filled.url or filled.given_id),
        source=filled.url or source,
        title=filled.title,
        publisher=filled.publisher,
        url=filled.url,
        given_id=filled.given_id,
        published=filled.published,
        published_from=dated_by,
        language=filled.language,
        text=text,
    )
