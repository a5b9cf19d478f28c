"""Floor 2, the verbs: one article → one document, a stage a file."""

from dragoman.read.pipeline import Pipeline
from dragoman.read.reader import build_reader
from dragoman.read.stage import Stage

__all__ = ["Pipeline", "Stage", "build_reader"]
