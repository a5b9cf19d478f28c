"""Floor 2: paths and streams → articles, or a refusal with its reason. Nothing here reads what an article says."""

from dragoman.ingest.inputs import Refusal, read_inputs

__all__ = ["Refusal", "read_inputs"]
