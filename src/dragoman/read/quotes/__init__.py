"""Attribution: who is said to have said, thought, wanted or felt what, found on the parse and the quotation marks alone."""

from dragoman.read.quotes.attribution import Attribution
from dragoman.read.quotes.find import find_attributions
from dragoman.read.quotes.repair import repaired

__all__ = ["Attribution", "find_attributions", "repaired"]
