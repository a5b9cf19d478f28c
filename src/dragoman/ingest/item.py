"""One file's bytes, or one line of a file, → articles or a refusal with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.ingest.decode import check_surrogates, decode
from dragoman.ingest.fields import Given, from_mapping
from dragoman.ingest.language import language_of
from dragoman.ingest.mail import MAILS, from_mail
from dragoman.ingest.page import from_html, is_html
from dragoman.record import Article
from dragoman.record.text import PublishedFrom, article_id

MAX_ARTICLE = 1_000_000
"""Code points of one article: some 160,000 words, more than any newspaper prints; beyond it stands a dump, not an article."""

MAX_FILE = 16 * MAX_ARTICLE
"""Bytes of a file that holds one article, markup included."""

_MAX_LINE = MAX_FILE
_MAX_SKIPPED = 64 * MAX_FILE
"""Bytes of one line that are passed over before the rest of the file is given up: a second's worth of a bomb."""

PAGES = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not read: `reason` is one line that names it, says what is wrong and what to do."""

    source: str
    reason: str

    def __post_init__(self) -> None:
        """Keep the reason on one line, also where a file's name or an address runs over several."""
        object.__setattr__(self, "reason", " ".join(self.reason.splitlines()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What the user says of texts that don't say it themselves."""

    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


def from_bytes(data: bytes, source: str, suffix: str, option: Option) -> Iterator[Article | Refusal]:
    """Yield the articles of a file's bytes; `suffix`, with its dot, tells pages, e-mails and JSON where the bytes don't."""
    try:
        check_size(data)
        if suffix in PAGES or is_html(data):
            yield page(data, source, option)
            return
        if suffix in MAILS:
            yield make_article(from_mail(data), source, option, "page")
            return
        text = decode(data)
        if suffix == ".json" or (text.lstrip()[:1] in "{[" and suffix in {"", ".txt", ".text"}):
            yield from _from_json(text, source, suffix, option)
        else:
            yield make_article(Given(text=text), source, option, "given")
    except InputError as error:
        yield Refusal(source, f"{source} {error}")


def check_size(data: bytes) -> None:
    """Raise `InputError` for bytes that can be no single article."""
    if len(data) > MAX_FILE:
        limit = MAX_FILE // 1_000_000
        raise InputError(
            f"is larger than {limit} MB, too large for one article: split it, or make it JSON Lines (.jsonl)."
        )


def page(data: bytes | str, source: str, option: Option) -> Article:
    """Return the article of an HTML page, or raise `InputError`."""
    if not data.strip():
        raise InputError("is empty: nothing to read.")
    return make_article(from_html(data), source, option, "page")


def _from_json(text: str, source: str, suffix: str, option: Option) -> Iterator[Article | Refusal]:
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
            yield make_article(Given(text=text), source, option, "given")
        return
    many = isinstance(value, list)
    for number, item in enumerate(value if many else [value], start=1):
        yield from_object(item, f"{source}:{number}" if many else source, option)


def from_object(item: object, source: str, option: Option) -> Article | Refusal:
    """Return the article of a mapping of fields, in any of the forms that peers use, or a refusal."""
    try:
        return make_article(from_mapping(item), source, option, "given")
    except InputError as error:
        return Refusal(source, f"{source} {error}")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def from_lines(stream: BinaryIO, source: str, option: Option) -> Iterator[Article | Refusal]:
    """Yield the articles of JSON Lines, a line at a time; a line that is too long is passed over with a refusal."""
    number = 0
    while line := stream.readline(_MAX_LINE + 1):
        number += 1
        if len(line) > _MAX_LINE:
            place = f"{source}:{number}"
            yield Refusal(place, f"{place} is longer than {_MAX_LINE // 1_000_000} MB: split it into articles.")
            skipped = len(line)
            while line and not line.endswith(b"\n"):
                line = stream.readline(_MAX_LINE)
                skipped += len(line)
                if skipped > _MAX_SKIPPED:
                    limit = _MAX_SKIPPED // 1_000_000
                    yield Refusal(
                        source, f"{source} has a line beyond {limit} MB: what follows it was not read; mend it."
                    )
                    return
        else:
            yield from _from_line(line, number, source, option)
    if number == 0:
        yield Refusal(source, f"{source} is empty: nothing to read.")


def _from_line(line: bytes, number: int, source: str, option: Option) -> Iterator[Article | Refusal]:
    place = f"{source}:{number}"
    if not line.strip():
        return
    try:
        item = json.loads(line)
    except UnicodeDecodeError as error:
        yield Refusal(place, f"{place} is not valid UTF-8 (byte {error.start}): save the file as UTF-8.")
    except json.JSONDecodeError as error:
        yield Refusal(place, f"{place} is not valid JSON (column {error.colno}: {error.msg}): mend the line.")
    except RecursionError:
        yield Refusal(place, f"{place} is JSON nested too deeply: write one flat object an article.")
    else:
        yield from_object(item, place, option)


def make_article(given: Given, source: str, option: Option, where: PublishedFrom) -> Article:
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
