"""Floor 2: paths and streams → articles, or a refusal with its reason. Nothing here reads what an article says."""

from dragoman.ingest.inputs import read_bytes, read_inputs, read_stream
from dragoman.ingest.item import Refusal

__all__ = ["Refusal", "read_bytes", "read_inputs", "read_stream"]
