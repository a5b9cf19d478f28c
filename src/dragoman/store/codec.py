"""Records ↔ the JSON that the store keeps, by the dataclasses' own types."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from dragoman.record import Article, Document

T = TypeVar("T")

_GIVEN_FIELDS = ("title", "publisher", "url", "given_id", "published", "published_from", "language")
_COMPARED = ("title", "publisher", "published")
"""What can contradict an earlier input of the same article: the id says that text, address and supplier's id are the same."""

_NOT_STORED: Any = {"parse": True, "struck": True, "article": {"text": True}}
"""The parse serves the reader alone, what is struck follows from decisions; the text stands in a column of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A document as the store keeps it, made where it was read: its article, reader and layers as JSON, and its counts."""

    article: Article
    reader: str
    layers: str
    events: int
    statements: int


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def pack(record: object) -> str:
    """Return a record as JSON text."""
    return _adapter(cast("Any", type(record))).dump_json(record).decode("utf-8")


def unpack(kind: type[T], body: str) -> T:
    """Return the record of JSON text."""
    record: T = _adapter(cast("Any", kind)).validate_json(body)
    return record


def pack_document(document: Document) -> Packed:
    """Return a document as the store keeps it."""
    return Packed(
        article=document.article,
        reader=document.reader,
        layers=pack_layers(document),
        events=len(document.events or ()),
        statements=len(document.statements or ()),
    )


def pack_layers(document: Document) -> str:
    """Return a document as JSON text, without its article's text and its parse."""
    return _adapter(Document).dump_json(document, exclude=_NOT_STORED).decode("utf-8")


def unpack_layers(layers: str, text: str) -> Document:
    """Return the document of JSON text and its article's text."""
    values = json.loads(layers)
    values["article"]["text"] = text
    document: Document = _adapter(Document).validate_python(values)
    return document


def pack_page(article: Article) -> str:
    """Return an article as JSON text, without its text."""
    return _adapter(Article).dump_json(article, exclude={"text"}).decode("utf-8")


def unpack_page(body: str, text: str) -> Article:
    """Return the article of JSON text and its text."""
    article: Article = _adapter(Article).validate_python({**json.loads(body), "text": text})
    return article


def given_of(article: Article) -> dict[str, Any]:
    """Return the metadata with which an article came, as plain JSON values."""
    values: dict[str, Any] = _adapter(Article).dump_python(article, mode="json", include=set(_GIVEN_FIELDS))
    return values


def merged(article: Article, source: str, known: dict[str, Any], *, prefer_new: bool) -> tuple[Article, bool]:
    """Return the article with its own and the known metadata joined, and whether the two contradict each other.

    What one side lacks, the other gives; where both speak, the known side holds unless `prefer_new`. `source` is the one
    under which the article first came.
    """
    values = _adapter(Article).dump_python(article, mode="json")
    new = {key: values[key] for key in _GIVEN_FIELDS}
    first, second = (new, known) if prefer_new else (known, new)
    both = {key: first[key] if first[key] is not None else second[key] for key in _GIVEN_FIELDS}
    if both["published"] is None or first["published"] is None:
        both["published_from"] = second["published_from"]
    contradicts = any(new[key] is not None and known[key] is not None and new[key] != known[key] for key in _COMPARED)
    whole: Article = _adapter(Article).validate_python({**values, **both, "source": source})
    return whole, contradicts
