"""The demonstration: the example articles read into a store of their own, and the dossier of one pair."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook import Codebook
from dragoman.read import build_reader
from dragoman.record.dossier import Dossier
from dragoman.run.answers import brief
from dragoman.run.examples import DEMO_PAIR, example_files
from dragoman.run.history import history_of
from dragoman.run.inputs import open_inputs
from dragoman.run.local import Step, read_into
from dragoman.run.lookup import find_party
from dragoman.settings import BATCH
from dragoman.store import Store


def read_examples(store: Store, codebook: Codebook) -> Iterator[Step]:
    """Read the example articles into a store and yield a step for each."""
    return read_into(store, open_inputs(example_files()), build_reader(codebook), BATCH)


def demo_dossier(store: Store, codebook: Codebook) -> Dossier:
    """Return the dossier of the demonstration's pair from the examples in a store."""
    history = history_of(store, codebook)
    first, second = (find_party(name, codebook, history) for name in DEMO_PAIR)
    return brief(history, codebook, first, second)
