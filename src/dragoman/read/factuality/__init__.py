"""Factuality: does the text take an event for done, to come, open or not so?

One starts at the event's word and climbs through what governs it, up to the clause that asserts it. On the way auxiliaries,
negations, conjunctions and governing words each change what is known so far, the nearest first; `codebook/data/factuality.toml`
says how. The reason that comes back is the word that decided.
"""

from dragoman.read.factuality.verdict import Verdict, factuality

__all__ = ["Verdict", "factuality"]
