"""RSS and Atom: the entries of a feed, where it carries the articles themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from time import struct_time
from typing import Any

from dragoman.errors import InputError
from dragoman.ingest.fields import Given
from dragoman.ingest.item import Option, Refusal, check_size, from_bytes, make_article
from dragoman.record import Article

FEEDS = frozenset({".rss", ".atom", ".xml"})
"""Endings of feeds."""
_FEED = re.compile(rb"<(?:rss|rdf:RDF|feed)\b", re.IGNORECASE)
_HEAD = 2_000
_MARKUP = re.compile(r"<[a-zA-Z!/]")
_TEASER = 400
"""Characters below which an entry is a teaser, not an article: news agencies' shortest items are longer."""


def is_feed(data: bytes) -> bool:
    """Tell whether bytes begin as a feed does."""
    head = data[:_HEAD]
    return b"<?xml" in head and _FEED.search(head) is not None


def from_whole(data: bytes, source: str, suffix: str, option: Option) -> Iterator[Article | Refusal]:
    """Yield the articles of a file's bytes: of a feed, by its ending or its beginning, else of the one text or page."""
    if suffix in FEEDS or is_feed(data):
        yield from from_feed(data, source, option)
    else:
        yield from from_bytes(data, source, suffix, option)


def from_feed(data: bytes, source: str, option: Option) -> Iterator[Article | Refusal]:
    """Yield the entries of a feed that carry a whole text; a refusal for each that only points to one, with its address."""
    import feedparser  # here: only feeds need it

    try:
        check_size(data)
    except InputError as error:
        yield Refusal(source, f"{source} {error}")
        return
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        yield Refusal(source, f"{source} is XML without the entries of an RSS or Atom feed: name another file.")
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, start=1):
        place = f"{source}:{number}"
        try:
            yield _article(entry, publisher, place, option)
        except InputError as error:
            yield Refusal(place, f"{place} {error}")


def _article(entry: Any, publisher: str | None, place: str, option: Option) -> Article:
    text = max((_text(part.get("value", "")) for part in _parts(entry)), key=len, default="")
    link = entry.get("link")
    if len(text) < _TEASER:
        where = f": fetch the page itself, {link}" if link else ""
        raise InputError(f"is a feed's entry with a teaser of {len(text)} characters, not an article{where}.")
    given = Given(
        text=text,
        title=entry.get("title"),
        published=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
        publisher=publisher,
        url=link,
        given_id=entry.get("id"),
    )
    return make_article(given, place, option, "given")


def _parts(entry: Any) -> list[Any]:
    parts = list(entry.get("content", []))
    if entry.get("summary"):
        parts.append({"value": entry["summary"]})
    return parts


def _text(value: str) -> str:
    """The text of an entry's content: paragraphs of its markup, or the text as it is."""
    if not _MARKUP.search(value):
        return value.strip()
    from lxml import html
    from lxml.etree import LxmlError

    try:
        root = html.fragment_fromstring(value, create_parent="div")
    except (LxmlError, ValueError):
        return ""
    for unwanted in root.xpath("//script|//style|//figure|//iframe"):
        unwanted.drop_tree()
    for block in root.xpath("//p|//br|//div|//li|//h1|//h2|//h3|//h4|//blockquote|//tr"):
        block.tail = "\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return "\n\n".join(line for line in lines if line)


def _day(value: struct_time | None) -> date | None:
    try:
        return date(value.tm_year, value.tm_mon, value.tm_mday) if value else None
    except ValueError:
        return None
