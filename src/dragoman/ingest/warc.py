"""WARC files: the pages of a web archive, a record at a time, with the address that each was fetched from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from dragoman.errors import InputError
from dragoman.ingest.fields import Given
from dragoman.ingest.item import MAX_FILE, Option, Refusal, check_size, make_article, page
from dragoman.record import Article

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_TEXT_TYPES = ("text/plain",)
_OK = "200"


def from_warc(stream: BinaryIO, source: str, option: Option) -> Iterator[Article | Refusal]:
    """Yield the articles of a WARC stream in its order.

    Pages are `response` records with status 200 and HTML, `resource` records of HTML or plain text, and `conversion` records of
    plain text; requests, redirects, images and the like are passed over without a word. The day of a page is the page's own:
    `WARC-Date` is the day of the crawl.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    class Quiet(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
        """Without the warning that warcio writes to standard error at every record of a wrong length."""

        INC_RECORD = ""

    # warcio trips over damaged lengths and headers by these of Python's errors as well
    unsound = (ArchiveLoadFailed, AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)
    records: Iterator[Any] = iter(Quiet(stream))
    number = 0
    while True:
        try:
            record = next(records, None)
            kind = None if record is None else _kind(record)
        except unsound as error:
            words = " ".join(str(error).split())[:200]
            yield Refusal(source, f"{source} is no sound WARC file after record {number} ({words}): get it again.")
            break
        if record is None:
            break
        number += 1
        if kind is None:
            continue
        place = f"{source}:{number}"
        try:
            yield _article(record, kind, place, option)
        except InputError as error:
            yield Refusal(place, f"{place} ({_address(record) or 'no address'}) {error}")
    if number == 0:
        yield Refusal(source, f"{source} holds no WARC record: is it a WARC file?")


def _kind(record: Any) -> str | None:
    """The media type of a record that may hold an article, else None."""
    if record.rec_type == "response":
        headers = record.http_headers
        if headers is None or headers.get_statuscode() != _OK:
            return None
        value = headers.get_header("Content-Type")
    elif record.rec_type in {"resource", "conversion"}:
        value = record.rec_headers.get_header("Content-Type")
    else:
        return None
    kind = (value or "").partition(";")[0].strip().lower()
    return kind if kind in _PAGE_TYPES or kind in _TEXT_TYPES else None


def _address(record: Any) -> str | None:
    value = record.rec_headers.get_header("WARC-Target-URI")
    return value.strip("<> ") if value else None


def _article(record: Any, kind: str, place: str, option: Option) -> Article:
    try:
        data = record.content_stream().read(MAX_FILE + 1)
    except Exception as error:  # warcio's decoders raise what the compression libraries raise
        raise InputError(f"can't be unpacked ({type(error).__name__}): get the archive again.") from error
    check_size(data)
    own = replace(option, url=_address(record) or option.url)
    if kind in _PAGE_TYPES:
        return page(data, place, own)
    return make_article(Given(text=data.decode("utf-8", "replace")), place, own, "given")
