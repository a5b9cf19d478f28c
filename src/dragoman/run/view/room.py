"""The open store of a program that stays: its history is joined anew only when what was read or decided has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from dragoman.codebook import Codebook
from dragoman.run.history import history_of, known_history
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
    _known: dict[tuple[int, date], Index] = field(default_factory=dict, repr=False)
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

    def known_index(self, day: date) -> Index:
        """Return the index of the history of the articles published by a day, joined as if there were no others."""
        now = revision(self.store)
        with self._lock:
            self._known = {place: held for place, held in self._known.items() if place[0] == now}
            if (now, day) not in self._known:
                self._known[now, day] = make_index(known_history(self.store, self.codebook, day))
            return self._known[now, day]

    @property
    def revision(self) -> int:
        """How often what was read or decided has changed."""
        return revision(self.store)
