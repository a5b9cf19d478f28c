"""HTML pages → the article's text and what the page says of it, with trafilatura."""

from __future__ import annotations

import re
from typing import Any

from dragoman.errors import InputError
from dragoman.ingest.fields import Given, read_date

_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_DATE_PARAMETERS = {
    # only what the page states of itself, and no rule that depends on the day of reading
    "extensive_search": False,
    "original_date": True,
    "max_date": "2100-01-01",
}


def is_html(data: bytes) -> bool:
    """Tell whether bytes begin as an HTML page does."""
    return _HTML.match(data[:2_000]) is not None


def from_html(data: bytes | str) -> Given:
    """Return a page's article: text as trafilatura extracts it, title, date, site name, address.

    `InputError` when no article text is found. Offsets of the record are offsets into the extracted text.
    """
    import trafilatura  # here: it takes a third of a second, and plain text does not need it

    try:
        found: Any = trafilatura.bare_extraction(
            data, with_metadata=True, include_comments=False, date_extraction_params=_DATE_PARAMETERS
        )
    except (RecursionError, ValueError) as error:
        raise InputError(
            f"is HTML that can't be taken apart ({type(error).__name__}): save its text instead."
        ) from error
    text = found.text if found is not None else None
    if not text:
        raise InputError("is HTML without an article's text: save the text of the article itself.")
    return Given(
        text=text,
        title=found.title,
        published=read_date(found.date) if found.date else None,
        publisher=found.sitename or found.hostname,
        url=found.url,
    )
