"""A stage of the reader: a function that adds one layer, with what it needs and what it adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Document

Layers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`read` takes a document and the codebook and returns the layers that `adds` names.

    `read_many` instead takes several documents at once, for a stage that works in batches, and returns their layers in the
    same order. `version` goes up when what the stage finds changes, so that a store knows what to read again. `needs` and
    `adds` name fields of `Document`.
    """

    name: str
    version: int
    needs: tuple[str, ...]
    adds: tuple[str, ...]
    read: Callable[[Document, Codebook], Layers] | None = None
    read_many: Callable[[Sequence[Document], Codebook], Sequence[Layers]] | None = None

    @property
    def label(self) -> str:
        """The stage's name and version, as records carry it in `made_by`."""
        return f"{self.name} {self.version}"
