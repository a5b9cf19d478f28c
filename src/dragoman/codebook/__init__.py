"""Floor 1, the rules as data: what a researcher can read, check and replace, and the code that loads it."""

from dragoman.codebook.load import Codebook

__all__ = ["Codebook"]
