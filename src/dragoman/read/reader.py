"""The English reader: its stages in order."""

from __future__ import annotations

from dragoman.codebook import Codebook
from dragoman.read.clean import CLEAN
from dragoman.read.code import CODE
from dragoman.read.dates import DATE
from dragoman.read.parse import DEFAULT_MODEL, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.read.quote import QUOTE
from dragoman.read.resolve import resolve_stage


def build_reader(codebook: Codebook, model: str = DEFAULT_MODEL) -> Pipeline:
    """Return the reader of English articles; `model` names the spaCy pipeline that it loads at first use."""
    return Pipeline((CLEAN, parse_stage(model), DATE, resolve_stage(), QUOTE, CODE), codebook)
