"""Floor 2, the store: articles with all their layers, decisions, and the history derived from them, in one file."""

from dragoman.store.codec import Packed
from dragoman.store.open import open_store
from dragoman.store.store import Entry, Hit, Standing, Store

__all__ = ["Entry", "Hit", "Packed", "Standing", "Store", "open_store"]
