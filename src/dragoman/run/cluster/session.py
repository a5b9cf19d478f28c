"""A session of Ray: begun where there is none, its errors in our words."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from dragoman.errors import MissingExtraError, StoreError


@contextmanager
def ray_session(address: str | None) -> Iterator[ModuleType]:
    """Give Ray, joined to the cluster at an address, None for this machine; one that was begun here ends with the block.

    On this machine it is always one of its own, but for `RAY_ADDRESS`: Ray alone would join whichever it finds there, that of
    another run, or of one that was killed and is just dying. `MissingExtraError` where Ray is not installed, `StoreError`
    where it can't be begun or reached.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("--on ray needs Ray: pip install 'dragoman[cluster]'.") from error
    begun = not ray.is_initialized()
    if begun:
        place = address or os.environ.get("RAY_ADDRESS") or "local"
        try:
            ray.init(address=place, include_dashboard=False, logging_level=logging.ERROR, log_to_driver=False)
        except Exception as error:  # Ray raises many, plain ones too
            words = " ".join(str(error).split())[:200]
            remedy = "look at the address" if place != "local" else "is the machine very busy, its memory or disk full?"
            raise StoreError(f"Ray can't be begun at {place} ({words}): {remedy}") from error
    try:
        yield ray
    finally:
        if begun:
            ray.shutdown()


@contextmanager
def ray_errors(place: str) -> Iterator[None]:
    """Say what failed on Ray while working on a shelf as a `StoreError` of one line."""
    import ray

    try:
        yield
    except ray.exceptions.RayError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        own = next((line.partition("Error: ")[2] for line in reversed(lines) if "dragoman.errors." in line), None)
        last = lines[-1] if lines else type(error).__name__
        raise StoreError(own or f"Ray failed while working on {place}: {last}") from error
