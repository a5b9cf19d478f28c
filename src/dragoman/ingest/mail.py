"""A saved e-mail → the article in it: its text decoded, its subject for a title, its day of sending for a date."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from dragoman.errors import InputError
from dragoman.ingest.fields import Given
from dragoman.ingest.page import from_html

MAILS = frozenset({".eml"})
"""Endings of a message as mail programs save it (RFC 5322)."""


def from_mail(data: bytes) -> Given:
    """Return what a message says, its plain words before its page, or raise `InputError` where it has neither.

    A newsletter's publisher is the name of its sender. Attachments are not read.
    """
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)  # what this policy makes
    try:
        body = message.get_body(("plain", "html"))
        words = body.get_content().strip() if body is not None else ""
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise InputError(f"is no e-mail that can be read ({error}): save its text as .txt.") from None
    if body is None or not words:
        raise InputError("is an e-mail without text: save what is attached to it by itself.")
    title = _header(message, "Subject")
    text = from_html(words).text if body.get_content_subtype() == "html" else words
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    sender = message["From"]
    names = [one.display_name for one in getattr(sender, "addresses", ()) if one.display_name]
    return Given(text=text, title=title, published=_day(message), publisher=names[0] if names else None)


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's words on one line."""
    return " ".join(str(message.get(name, "")).split()) or None


def _day(message: EmailMessage) -> date | None:
    """The day on which the message was sent, as the sender's clock had it."""
    try:
        return parsedate_to_datetime(str(message["Date"])).date() if message["Date"] else None
    except (TypeError, ValueError):
        return None
