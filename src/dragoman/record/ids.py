"""Ids: short, stable, made from content alone, so that the same input gives the same ids on any machine."""

from __future__ import annotations

import hashlib

_SEPARATOR = "\x1f"


def make_id(prefix: str, *parts: object) -> str:
    """Return `prefix-` and sixteen hexadecimal digits of the SHA-256 of the parts, in their order.

    Sixteen digits are 64 bits: among a hundred million records the chance of any collision is below one in three thousand.
    A lone surrogate in a part is kept as it is, since a text is never edited.
    """
    joined = _SEPARATOR.join("" if part is None else str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
