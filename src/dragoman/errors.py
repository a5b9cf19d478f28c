"""Every error that Dragoman raises on purpose.

    DragomanError
    ├── SettingsError        the settings file or an option is wrong
    ├── CodebookError        a codebook file is wrong: which file, which entry, what to write instead
    ├── InputError           an input can't be read; the run goes on with the others
    │   └── LanguageError    an article in a language that no reader knows
    ├── PipelineError        stages stand in an impossible order
    ├── EvidenceError        a span's words are not the article's words: a fault of the program
    ├── StoreError           the store can't be opened, read or written
    │   └── StoreBusyError   another process holds it
    ├── DecisionError        what a person decides can't be: two are one already, nothing to split off
    ├── MissingExtraError    an optional library is not installed: what to install
    └── UnknownNameError     no such state, actor or record; carries suggestions

Each message is one line: what happened, with which values, and the remedy.
"""

from __future__ import annotations


class DragomanError(Exception):
    """The root: catch this to catch everything that Dragoman raises on purpose."""


class SettingsError(DragomanError):
    """The settings file or an option is wrong."""


class CodebookError(DragomanError):
    """A codebook file is wrong: the message names the file, the entry and the remedy."""


class InputError(DragomanError):
    """An input can't be read. The run goes on with the others; the message names the input."""


class LanguageError(InputError):
    """An article is in a language that no reader knows; it is stored and searchable, but not read."""


class PipelineError(DragomanError):
    """Stages stand in an order in which one lacks what it needs; the message says what to move."""


class EvidenceError(DragomanError):
    """A span's words are not the words of the article at its offsets: a fault of the program, never of the input."""


class StoreError(DragomanError):
    """The store can't be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process holds the store's write lock."""


class DecisionError(DragomanError):
    """What a person decides can't be carried out; nothing was written to the log."""


class MissingExtraError(DragomanError):
    """What was asked for needs an optional library; the message says how to install it."""


class UnknownNameError(DragomanError):
    """No such state, actor or record.

    `suggestions` are the nearest names, best first.
    """

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions
