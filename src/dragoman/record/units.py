"""Offsets in other units: browsers and the annotation programs that run in them count UTF-16 units, we count code points."""

from __future__ import annotations

from bisect import bisect_left

_PLANE = 0xFFFF
"""The last code point that is one UTF-16 unit; each one above it is two."""


class Utf16:
    """A text's offsets in UTF-16 units and back; made once a text, each look-up is a search among its astral characters."""

    __slots__ = ("_points", "_units")

    def __init__(self, text: str) -> None:
        self._points = [i for i, character in enumerate(text) if ord(character) > _PLANE]
        self._units = [point + before for before, point in enumerate(self._points)]

    def of(self, point: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return point + bisect_left(self._points, point)

    def point(self, unit: int) -> int:
        """Return the code point offset of a UTF-16 offset; one in the middle of a pair counts as the pair's beginning."""
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] + 1 == unit:
            return self._points[before - 1]
        return unit - before
