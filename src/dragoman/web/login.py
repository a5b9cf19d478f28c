"""Logging in, where the workbench can be reached from other machines: one password, kept as its argon2 hash.

Whoever guesses is slowed down: after `MOST_FAILURES` failures from one address, or `MOST_OF_ALL` from all together, within
`WINDOW` seconds no password is looked at until the window has passed.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dragoman.errors import SettingsError

WINDOW = 300.0
MOST_FAILURES = 5
MOST_OF_ALL = 50
STAYS = 12 * 3600.0
"""Seconds that a log-in lasts: a working day."""
LEAST_LENGTH = 10
"""Characters of a password, at least."""
_AT_ONCE = 2
"""Passwords checked at the same time: each takes 64 MB."""
_MOST_SESSIONS = 10_000


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password; `SettingsError` for one that is too short."""
    if len(password) < LEAST_LENGTH:
        raise SettingsError(f"A password of {len(password)} characters: use at least {LEAST_LENGTH}.")
    return PasswordHasher().hash(password)


def check_hash(value: str) -> str:
    """Return an argon2 hash as it is; `SettingsError` where it is none."""
    try:
        PasswordHasher().check_needs_rehash(value)
    except InvalidHashError as error:
        raise SettingsError(
            "The password file holds no argon2 hash: make one with dragoman serve --make-password > FILE."
        ) from error
    return value


@dataclass(slots=True, kw_only=True)
class Login:
    """Who has shown the password, and who has failed to."""

    password_hash: str
    clock: Callable[[], float] = time.monotonic
    _sessions: dict[str, float] = field(default_factory=dict)
    _known: dict[str, float] = field(default_factory=dict)
    _failures: dict[str, deque[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _slots: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE))

    def is_in(self, session: str) -> bool:
        """Say whether a session is logged in."""
        return self._sessions.get(session, 0.0) > self.clock()

    def wait(self, address: str) -> int:
        """Return how many seconds an address must wait before a password of its is looked at; 0 for none."""
        with self._lock:
            now = self.clock()
            waits = [
                seen[0] + WINDOW - now
                for key, most in ((address, MOST_FAILURES), ("", MOST_OF_ALL))
                if len(seen := self._recent(key, now)) >= most
            ]
        return max((int(one) + 1 for one in waits), default=0)

    def enter(self, password: str, address: str) -> str | None:
        """Return a new, logged-in session for the right password, None for a wrong one or where one must wait."""
        if not self.check(password, address):
            return None
        session = secrets.token_hex(16)
        with self._lock:
            now = self.clock()
            for old in [one for one, until in self._sessions.items() if until <= now]:
                del self._sessions[old]
            if len(self._sessions) < _MOST_SESSIONS:
                self._sessions[session] = now + STAYS
        return session

    def check(self, password: str, address: str) -> bool:
        """Say whether a password is right; one that was right within the window is not hashed again."""
        if self.wait(address):
            return False
        seen = hashlib.sha256(password.encode("utf-8", "replace")).hexdigest()
        if self._known.get(seen, 0.0) > self.clock():
            return True
        with self._slots:
            if self.wait(address):  # others of the same address have failed while this one waited
                return False
            right = _is_right(self.password_hash, password)
        with self._lock:
            now = self.clock()
            if right:
                self._known[seen] = now + WINDOW
            else:
                for key in (address, ""):
                    self._recent(key, now).append(now)
        return right

    def leave(self, session: str) -> None:
        """Log a session out."""
        with self._lock:
            self._sessions.pop(session, None)

    def _recent(self, key: str, now: float) -> deque[float]:
        if len(self._failures) > _MOST_SESSIONS:
            self._failures = {one: seen for one, seen in self._failures.items() if seen and seen[-1] > now - WINDOW}
        seen = self._failures.setdefault(key, deque())
        while seen and seen[0] <= now - WINDOW:
            seen.popleft()
        return seen


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(password_hash, password)
    except VerificationError:
        return False
