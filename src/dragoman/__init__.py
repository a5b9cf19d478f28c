"""Dragoman reads news about the relations between states and keeps the record.

    import dragoman
    record = dragoman.read("article.txt", published="2023-04-21")
    for event in record.events:
        print(event.type, event.evidence[0].text)

`read` and `read_text` return a `History`: articles, actors, mentions, events, statements and relations, each with the words
behind it. Nothing heavy is loaded before it is used.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.errors import DragomanError as DragomanError
    from dragoman.record import Actor as Actor
    from dragoman.record import Article as Article
    from dragoman.record import Document as Document
    from dragoman.record import Event as Event
    from dragoman.record import History as History
    from dragoman.record import Mention as Mention
    from dragoman.record import Office as Office
    from dragoman.record import Relation as Relation
    from dragoman.record import Span as Span
    from dragoman.record import Statement as Statement
    from dragoman.record import When as When
    from dragoman.run.library import read_text as read_text

__version__ = "0.1.0"

_HOMES = {
    "read_text": "dragoman.run.library",
    **dict.fromkeys(
        (
            "Actor",
            "Article",
            "Document",
            "Event",
            "History",
            "Mention",
            "Office",
            "Relation",
            "Span",
            "Statement",
            "When",
        ),
        "dragoman.record",
    ),
    "DragomanError": "dragoman.errors",
}
"""Where each public name lives: loaded when it is first asked for."""

__all__ = ["__version__", "read", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*__all__, "errors", "record", "settings"})


class _Package(ModuleType):
    """The package itself, whose `read` is the function, though its stages live in a subpackage of that name.

    Python sets a subpackage as an attribute of its parent when it is first imported, and would hide the function behind it.
    `from dragoman.read import ...` is not touched: it goes by the name of the module.
    """

    @property
    def read(self) -> Any:
        from dragoman.run.library import read

        return read

    @read.setter
    def read(self, module: ModuleType) -> None:
        """Leave the function in its place when the subpackage is imported."""


sys.modules[__name__].__class__ = _Package
