"""The fields of an input that comes with metadata: JSON objects in the forms that peers use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dragoman.errors import InputError

_TEXT = ("text", "event_text", "raw_text", "body", "content")
_DATE = ("published", "pub_date", "date", "publication_date", "date_publish")
_TITLE = ("title", "headline")
_URL = ("url", "source", "link")
_PUBLISHER = ("publisher", "source-hostname", "sitename", "hostname", "source_domain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a supplier or the user says of an article."""

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    given_id: str | None = None
    language: str | None = None


def from_mapping(item: Any) -> Given:
    """Return the fields of a JSON object; `InputError` says which is missing or wrong."""
    if not isinstance(item, Mapping):
        raise InputError(f"is a JSON {type(item).__name__}, not an object: write one object an article.")
    text = _first(item, _TEXT)
    if text is None:
        raise InputError(f"has no text: put the article under one of {', '.join(map(repr, _TEXT[:2]))}.")
    url = _first(item, _URL)
    given_id = item.get("id")
    return Given(
        text=text,
        title=_first(item, _TITLE),
        published=_date(item),
        publisher=_first(item, _PUBLISHER),
        url=url if url and "://" in url else None,
        given_id=None if given_id in (None, "") else str(given_id),
        language=_language(item.get("language")),
    )


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None and not isinstance(value, str):
            raise InputError(f"has a {type(value).__name__} as {name!r}: write a string.")
    return None


def _language(value: Any) -> str | None:
    return value[:2].lower() if isinstance(value, str) and len(value) >= 2 else None


def _date(item: Mapping[str, Any]) -> date | None:
    value = _first(item, _DATE)
    return None if value is None else read_date(value)


def read_date(value: str) -> date:
    """Return the day of an ISO 8601 date or time or of an RFC 2822 date; `InputError` for anything else."""
    cleaned = value.strip()
    try:
        return datetime.fromisoformat(cleaned).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(cleaned).date()
    except (TypeError, ValueError):
        raise InputError(f"has the date {value!r}, which is not ISO 8601: write YYYY-MM-DD or leave it out.") from None
