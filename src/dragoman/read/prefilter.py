"""Whether a text names anybody of politics at all, told by the codebook's names in one pass, before any parse.

Most of a general archive (sport, weather, recipes) names no state, body or group and no organ of a state such as a ministry or
troops. Passing such texts over costs the events whose parties only their office or their own name tells: `dragoman bench
prefilter` measures how many.
"""

from __future__ import annotations

from dragoman.codebook import Codebook

ACTING = frozenset({"state", "demonym", "people", "capital", "metonym", "body", "group", "organ"})
"""The gazetteer's kinds that act in politics; an outlet or a city alone doesn't."""


def names_political_actor(text: str, codebook: Codebook) -> bool:
    """Tell whether the text names a state, its people or capital, a body, a group, an organ, or the holder of an office."""
    for line in text.split("\n"):
        if any(entry.kind in ACTING for found in codebook.gazetteer.find(line) for entry in found.values):
            return True
    return any(codebook.offices.find_people(text))
