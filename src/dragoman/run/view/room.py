"""The open store of a program that stays: its history is joined anew only when what was read or decided has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from dragoman.codebook import Codebook
from dragoman.run.history import history_of
from dragoman.run.view.index import Index, make_index
from dragoman.settings import Settings
from dragoman.store import Store
from dragoman.store.derived import revision


@dataclass(slots=True, kw_only=True)
class Room:
    """A store, the codebook as it was when the program began, and the index of the history as the store last was."""

    store: Store
    codebook: Codebook
    settings: Settings
    _lock: Lock = field(default_factory=Lock, repr=False)
    _held: tuple[int, Index] | None = field(default=None, repr=False)

    def index(self) -> Index:
        """Return the index of the joined history as the store now is; one caller makes it, the others wait for it."""
        now = revision(self.store)
        held = self._held
        if held is not None and held[0] == now:
            return held[1]
        with self._lock:
            now = revision(self.store)
            if self._held is None or self._held[0] != now:
                self._held = (now, make_index(history_of(self.store, self.codebook)))
            return self._held[1]

    @property
    def revision(self) -> int:
        """How often what was read or decided has changed."""
        return revision(self.store)
