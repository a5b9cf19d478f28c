"""Bytes → text, or the reason why not. Nothing is guessed: a wrong guess would be evidence that is not in the source."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from dragoman.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"%PDF", "a PDF file: extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an office document: unpack it, or save it as plain text"),
    (b"\x1f\x8b", "gzip-compressed: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed: unpack it first"),
    (b"\x89PNG", "an image: Dragoman reads text"),
    (b"\xff\xd8\xff", "an image: Dragoman reads text"),
    (b"GIF8", "an image: Dragoman reads text"),
    (b"SQLite format 3", "an SQLite file: to use it as a store, pass it as --store"),
    (b"\x7fELF", "a program: Dragoman reads text"),
    (b"{\\rtf", "an RTF document: save it as plain text"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.002
"""More control characters than two in a thousand: the output of a terminal or a damaged file, not an article."""

_SAMPLE = 65_536


def decode(data: bytes) -> str:
    """Return the text of a file; `InputError` with what is wrong and the remedy, without the file's name.

    UTF-8 with or without a byte order mark, and UTF-16 or UTF-32 with one, are read. Another encoding is named as a guess in
    the refusal, never applied.
    """
    if not data.strip():
        raise InputError("is empty: nothing to read.")
    for start, what in _KINDS:
        if data.startswith(start):
            raise InputError(f"is {what}.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_decoded(data, encoding))
    if b"\0" in data[:_SAMPLE]:
        raise InputError(_nul_reason(data[:_SAMPLE]))
    return _checked(_decoded(data, "utf-8"))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.upper().removesuffix("-SIG")
        raise InputError(f"is not valid {name} (byte {error.start}){_guess(data)}") from error


def _guess(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.encoding in {"ascii", "utf_8"}:
        return ": save it as UTF-8."
    name = best.encoding.replace("_", "-")
    return f"; it looks like {name}: convert it, for example with iconv -f {name} -t utf-8."


def _nul_reason(sample: bytes) -> str:
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    half = len(sample) // 2
    if half and max(odd, even) > 0.3 * half and min(odd, even) < 0.05 * half:
        name = "utf-16le" if odd > even else "utf-16be"
        return f"looks like {name} without a byte order mark: convert it, for example with iconv -f {name} -t utf-8."
    return "is binary (it holds NUL bytes): Dragoman reads text, HTML and JSON."


def _checked(text: str) -> str:
    control = len(_CONTROL.findall(text)) if "\0" not in text else len(text)
    if control > max(8, _CONTROL_SHARE * len(text)):
        raise InputError(f"holds {control} control characters: it is no article; save it as plain text.")
    return check_surrogates(text)


def check_surrogates(text: str) -> str:
    """Return the text; `InputError` if it holds a lone surrogate, which no encoding can carry (JSON escapes can make one)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = f"U+{ord(text[error.start]):04X}"
        raise InputError(f"holds a lone surrogate ({code} at {error.start}): mend the text at its supplier.") from error
    return text
