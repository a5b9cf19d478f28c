"""The reader: stages in an order that was checked when it was built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.codebook import Codebook
from dragoman.errors import PipelineError
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document

_GIVEN = frozenset({"article"})


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages in order. `PipelineError` at once if one needs a layer that no earlier one adds."""

    stages: tuple[Stage, ...]
    codebook: Codebook

    def __post_init__(self) -> None:
        there = set(_GIVEN)
        for stage in self.stages:
            for layer in stage.needs:
                if layer not in there:
                    raise PipelineError(self._advice(stage, layer))
            there.update(stage.adds)

    def _advice(self, stage: Stage, layer: str) -> str:
        adder = next((other.name for other in self.stages if layer in other.adds), None)
        remedy = f"move {adder!r} before it" if adder else f"add a stage that adds {layer!r} before it"
        return f"Stage {stage.name!r} needs {layer!r}, which no earlier stage adds: {remedy}."

    @property
    def version(self) -> str:
        """The names and versions of all stages: two readers of the same version find the same."""
        return ", ".join(stage.label for stage in self.stages)

    def read(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with every stage's layers, in the same order; the input is not changed."""
        current = list(documents)
        for stage in self.stages:
            if stage.read_many is not None:
                layers = stage.read_many(current, self.codebook)
                current = [_with(document, stage, found) for document, found in zip(current, layers, strict=True)]
            elif stage.read is not None:
                current = [_with(document, stage, stage.read(document, self.codebook)) for document in current]
        return [replace(document, reader=self.version) for document in current]


def _with(document: Document, stage: Stage, layers: Layers) -> Document:
    if set(layers) != set(stage.adds):
        raise PipelineError(f"Stage {stage.name!r} promised {stage.adds} and returned {tuple(layers)}: mend the stage.")
    return replace(document, **layers)
