"""What a codebook's TOML files must look like, as data, and the faults of one that does not.

A shape is a word for a value (`text`, `pattern`, `number`, `whole`, `flag`, `words`, `groups`), a set of the values that are
allowed, a table of shapes by key (`*` is any key), or a list with the one shape of its tables. Only keys that a loader would
pass over in silence need to be refused here; what a loader says of a file, the check says after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from dragoman.codebook.cues import FRAMES
from dragoman.codebook.dates import READINGS
from dragoman.record.event import Factuality
from dragoman.record.statement import Act

Shape = str | frozenset[str] | Mapping[str, "Shape"] | list["Shape"]

_ACT = frozenset(get_args(Act))
_EFFECT = frozenset((*get_args(Factuality), "same", "report", "would"))
_SIDE = frozenset(("actor", "recipient"))
_GROUP_OF_CUES: dict[str, Shape] = {"act": _ACT, "frames": "words", "words": "text"}
_WORDS: dict[str, Shape] = {"words": "words"}
_EFFECTS: dict[str, Shape] = {"*": _EFFECT}
_MODE: dict[str, Shape] = {"score": "number", "meaning": "text"}
_RULE: dict[str, Shape] = {
    **dict.fromkeys(("name", "dimension", "value", "between", "before", "scope", "note"), "text"),
    **dict.fromkeys(("types", "modes", "objects", "ends"), "words"),
    **dict.fromkeys(("words", "also", "unless"), "pattern"),
    "factuality": "words",
    "of": _SIDE,
    "toward": _SIDE,
    "clears": "flag",
    "implies": {"*": "text"},
}
_TOLD: dict[str, Shape] = {
    **dict.fromkeys(("name", "dimension", "value", "scope"), "text"),
    **dict.fromkeys(("unless", "around"), "pattern"),
    "agrees": "words",
    "implies": {"*": "text"},
    **dict.fromkeys(("stands", "both", "weak", "always", "decides"), "flag"),
}

SHAPES: Mapping[str, Mapping[str, Shape]] = {
    "confidence.toml": {
        "intercept": "number",
        "prior": "number",
        "features": {"*": "number"},
        "types": {"*": "number"},
        "rules": {"*": "number"},
    },
    "cues.toml": {
        **{kind: [_GROUP_OF_CUES] for kind in ("verb", "noun", "adjective")},
        "passive": [{"act": _ACT, "words": "text"}],
        "phrase": [{"act": _ACT, "words": "words", "nouns": "words"}],
        "*": [{"words": "text"}],
    },
    "dates.toml": {
        **dict.fromkeys(("capital", "stopped", "noun", "before_year", "before_season", "numbered", "rate"), "words"),
        "classes": {"*": {"*": "worth"}},
        "bounds": {"*": "text"},
        "open_ranges": {"behind": "words"},
        "ranges": {"joints": "words", "after_between": "words"},
        "tense": {"*": "words"},
        "macros": {"*": "text"},
        "form": [
            {
                "name": "text",
                "form": "text",
                "reading": READINGS,
                "dated": "flag",
                "open_after": "flag",
                "alone": "flag",
            }
        ],
    },
    "factuality.toml": {
        "groups": {"*": {"makes": _EFFECT, "negated": _EFFECT, "noun": _EFFECT, "definite": _EFFECT, "words": "words"}},
        "modals": {"plain": _EFFECTS, "negated": _EFFECTS, "kinds": {"*": "words"}},
        **dict.fromkeys(("marks", "adverbs", "modifiers", "determiners", "prepositions"), _EFFECTS),
        **dict.fromkeys(("bare", "carriers", "occurring", "manner", "idle"), _WORDS),
        "hearsay": dict.fromkeys(("reports", "disowning", "confirming", "unconfirmed"), "words"),
        "historical": {"words": "words", "phrases": "words", "days": "whole"},
    },
    "furniture.toml": {"*": {"*": "words"}},
    "loaded.toml": {"*": {"words": "words", "not": "words"}},
    "masthead.toml": {"labels": {"*": "words"}, "*": "words"},
    "mentions.toml": {"*": {"*": "words"}},
    "outcomes.toml": {"words": {"common": "text", "*": "pattern"}, "forms": {"*": "text"}},
    "plover.toml": {
        "contexts": "words",
        "types": {"*": {"score": "number", "quad": "text", "meaning": "text", "modes": {"*": _MODE}}},
        "groups": {"*": "words"},
        "acts": {"*": "text"},
        "translate": {"*": "text"},
        "future": {"*": "text"},
        "content": {"*": {"*": "text"}},
    },
    "guesses.toml": {
        "least": "number",
        **{side: {"*": {"events": "whole", "right": "whole"}} for side in ("actors", "recipients")},
    },
    "spheres.toml": {"*": {"telling": "words", "words": "words"}},
    "relations.toml": {
        "dimension": {
            "*": {"directed": "flag", "title": "text", "unscoped": "text", "near": "pattern", "values": {"*": "text"}}
        },
        "scope": {"*": "pattern"},
        "macros": {"*": "pattern"},
        "rule": [_RULE],
        "way": {"*": dict.fromkeys(("done", "went", "stood"), "patterns")},
        "kind": [
            {
                **_TOLD,
                "way": "text",
                **dict.fromkeys(("thing", "done", "went", "stood"), "pattern"),
                "first": "flag",
            }
        ],
        "told": [{**_TOLD, "words": "patterns"}],
        "merge": {"compatible": "groups", "frequent": "words", "objects": "groups", "once": "words"},
        "reasons": {"answers": "pattern", "inside": "pattern", "given": "pattern"},
    },
    "states.toml": {
        "words": {"part": "pattern", "whole": "pattern"},
        "predicate": {"*": dict.fromkeys(("done", "doing", "base", "split", "went", "goes", "stood"), "pattern")},
        "noun": {
            "*": {
                **dict.fromkeys(("words", "unless", "around"), "pattern"),
                **dict.fromkeys(("dimension", "scope"), "text"),
                **{key: {"*": "text"} for key in ("outcome", "part", "otherwise", "implies")},
                **dict.fromkeys(("owned", "mutual", "aimed"), "flag"),
                "turned": "words",
            }
        },
    },
}
"""The shape of each file of a codebook folder but the frames, which `frame_check` knows."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "dates.toml/form": ("name", "form", "reading"),
    "factuality.toml/groups": ("makes", "words"),
    "relations.toml/rule": ("name", "dimension", "value", "of", "toward"),
    "relations.toml/kind": ("name", "dimension", "value", "way", "thing"),
    "relations.toml/told": ("name", "dimension", "value", "words"),
    "relations.toml/dimension": ("directed", "title", "values"),
    "states.toml/noun": ("words", "dimension", "outcome"),
    "plover.toml/types": ("score", "quad", "meaning"),
}
"""The keys that the tables under a key must have."""

_KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "text": (str, "a text in quotes"),
    "pattern": (str, "a pattern in quotes"),
    "number": ((int, float), "a number"),
    "whole": (int, "a whole number"),
    "flag": (bool, "true or false"),
    "worth": ((int, float, str), "a number or a text in quotes"),
}
_LISTS = {"words": "a list of words in quotes", "patterns": "a list of patterns in quotes"}

Fault = tuple[tuple[str | int, ...], str, str]
"""Where (keys and numbers of tables, from the file's top), what is wrong, the remedy."""


def entry_name(table: Mapping[str, Any], at: Sequence[str | int]) -> str:
    """Return the keys of an entry, a table of a list by its own name where it has one."""
    words: list[str] = []
    here: Any = table
    for step in at:
        here = here[step - 1] if isinstance(step, int) else here.get(step) if isinstance(here, dict) else None
        own = here.get("name") if isinstance(step, int) and isinstance(here, dict) else None
        words.append(repr(own) if own else str(step))
    return ".".join(words)


def shape_faults(file: str, table: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield every fault of shape of a TOML file of that name, in the file's order."""
    yield from _of_table(table, SHAPES[file], (), file)


def _of_table(
    table: Mapping[str, Any], shape: Mapping[str, Shape], at: tuple[str | int, ...], file: str
) -> Iterator[Fault]:
    for key, value in table.items():
        wanted = shape.get(key, shape.get("*"))
        if wanted is None:
            yield (*at, key), f"the key {key!r} is unknown", f"use one of {', '.join(shape)}"
        else:
            yield from _of(value, wanted, (*at, key), file)
    if at:
        for key in NEEDED.get(f"{file}/{at[0]}", ()) if len(at) == 2 else ():
            if key not in table:
                yield at, f"it lacks {key!r}", "add it"


def _of(value: Any, shape: Shape, at: tuple[str | int, ...], file: str) -> Iterator[Fault]:
    if isinstance(shape, Mapping):
        if isinstance(value, dict):
            yield from _of_table(value, shape, at, file)
        else:
            yield at, f"it is {value!r}", f"make it a table [{'.'.join(map(str, at))}]"
    elif isinstance(shape, list):
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            for number, one in enumerate(value, 1):
                yield from _of(one, shape[0], (*at, number), file)
        else:
            yield at, "it is no list of tables", f"begin each with [[{at[-1]}]]"
    elif isinstance(shape, frozenset):
        if value not in shape:
            yield at, f"it is {value!r}", f"write one of {', '.join(sorted(shape))}"
    elif shape in _LISTS:
        listed = value if isinstance(value, list) else None
        if listed is None or not all(isinstance(word, str) and word for word in listed):
            yield at, "it is no list of words", f"write {_LISTS[shape]}"
        elif shape == "patterns":
            for word in listed:
                yield from _of_pattern(str(word).replace("@", "x"), at)
    elif shape == "groups":
        if not isinstance(value, list) or not all(isinstance(one, list) for one in value):
            yield at, "it is no list of lists", 'write [["...", "..."]]'
    else:
        kind, words = _KINDS[shape]
        if not isinstance(value, kind) or (isinstance(value, bool) and shape != "flag"):
            yield at, f"it is {value!r}", f"write {words}"
        elif shape == "pattern":
            yield from _of_pattern(str(value).replace("@", "x"), at)


def _of_pattern(value: str, at: tuple[str | int, ...]) -> Iterator[Fault]:
    try:
        re.compile(value)
    except re.error as error:
        yield at, f"the pattern can't be read ({error})", "mend it"


def cue_faults(table: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the groups of cues that name a frame which there is not, or none."""
    for kind in ("verb", "noun", "adjective"):
        groups = table.get(kind, [])
        for number, group in enumerate(groups if isinstance(groups, list) else [], 1):
            frames = group.get("frames") if isinstance(group, dict) else None
            known = f"use one of {', '.join(sorted(FRAMES))}"
            if not frames:
                yield (kind, number), "it has no frames", known
                continue
            for frame in frames:
                if isinstance(frame, str) and frame not in FRAMES:
                    yield (kind, number, "frames"), f"the frame {frame!r} is unknown", known
