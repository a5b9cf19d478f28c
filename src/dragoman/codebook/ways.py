"""Ways of saying: what becomes of a thing, told in every way that English has for it, written once for all dimensions.

`[way]` in `relations.toml` holds the patterns, `[[kind]]` names a thing and the words for what becomes of it. Each kind is
spelled out into entries of `[[told]]`: "the embassy was closed", "closed its embassy", "the embassy ceased work", "the embassy
stands empty" are one kind in four ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.errors import CodebookError

PARTS = ("done", "went", "stood")
"""What is done to the thing, what it does by itself, how it stands."""
BOTH = "_both"
"""Behind the name of a way: how it is said of both sides at once."""
KIND_KEYS = frozenset({"way", "thing", "first", *PARTS})
"""The keys that a kind has besides those of a told entry."""


def spelled_out(
    path: Path, kind: Mapping[str, Any], ways: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield the told entries of a kind, each with what its patterns call by name; `CodebookError` where the way is unknown.

    A part of how a thing stands makes an entry that `stands`; the others tell a change. Where there is a way of the same name
    with "_both" behind it, what holds for both sides at once is told in its patterns.
    """
    name, way = str(kind.get("name", "")), str(kind.get("way", ""))
    if way not in ways:
        raise CodebookError(
            f"{path}: kind {name!r} has the way {way!r}; use {', '.join(sorted(ways)) or 'one of [way]'}."
        )
    if "thing" not in kind:
        raise CodebookError(f"{path}: kind {name!r} lacks 'thing'; add it.")
    rest = {key: value for key, value in kind.items() if key not in KIND_KEYS}
    for part in PARTS:
        if part not in kind:
            continue
        own = {"thing": f"(?:{kind['thing']})", part: f"(?:{kind[part]})"}
        stands = {"stands": True} if part == "stood" else {}
        for words, what, both in (
            (ways.get(f"{way}{BOTH}", {}).get(part, ()), f"{part}, both", {"both": True}),
            (ways[way].get(part, ()), part, {}),
        ):
            if words:
                yield {**rest, "name": f"{name} ({what})", "words": list(words), **stands, **both}, own
