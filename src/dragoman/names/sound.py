"""How alike two words sound: a weighted edit distance over sounds.

The costs are set by hand from what romanisation systems and neighbouring languages exchange (`data/sounds.csv`):
g and h (Ukrainian, Belarusian), o and a (akanie), i and y, soft t and ts (tsekanie), v and u (Belarusian short u),
the several readings of Latin c, j, x and z. Unlisted vowels cost `VOWEL_SWAP`, unlisted consonants `CONSONANT_SWAP`.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

VOWELS = frozenset("aeiou")
SOUNDS = "aeioujwbpfvdtszSZCJcgkhxlmnrSq"
VOWEL_SWAP = 0.4
CONSONANT_SWAP = 1.2
VOWEL_GAP = 0.5
CONSONANT_GAP = 1.0

# What it costs to leave a sound out, by its neighbours: (sound, previous, next), "" for any, "V" a vowel, "$" the end.
_GAPS: tuple[tuple[str, str, str, float], ...] = (
    ("i", "", "V", 0.1),
    ("i", "V", "", 0.25),
    ("e", "", "$", 0.2),
    ("a", "", "$", 0.3),
    ("i", "", "$", 0.3),
    ("o", "", "$", 0.35),
    ("s", "V", "$", 0.45),
    ("C", "S", "", 0.3),
    ("t", "", "c", 0.2),
    ("t", "", "C", 0.2),
    ("d", "", "J", 0.1),
    ("z", "d", "", 0.3),
    ("Z", "r", "", 0.3),
    ("h", "V", "", 0.2),
    ("h", "", "", 0.35),
    ("j", "", "", 0.35),
    ("w", "", "", 0.6),
    ("v", "a", "$", 0.6),
    ("g", "", "n", 0.5),
    ("k", "", "s", 0.6),
    ("g", "n", "", 0.4),
    ("u", "", "V", 0.25),
)

_FEMALE_ENDING = 0.2
_LEARNED_ENDING = 0.25  # -us, -as, -is: Latin, Lithuanian, Greek

# Arabic and Hebrew leave vowels out and write w and y for long ones: beside such a word these cost next to nothing.
ABJAD_GAPS = {"a": 0.04, "e": 0.04, "i": 0.06, "o": 0.06, "u": 0.06, "w": 0.25, "j": 0.15, "h": 0.2}

Codes = tuple[int, ...]
Costs = tuple[float, ...]


@cache
def _index() -> dict[str, int]:
    return {sound: i for i, sound in enumerate(dict.fromkeys(SOUNDS))}


@cache
def swap_costs() -> tuple[tuple[float, ...], ...]:
    """The cost of one sound for another, as a square table in the order of `SOUNDS`."""
    text = files("dragoman.names").joinpath("data").joinpath("sounds.csv").read_text(encoding="utf-8")
    listed: dict[frozenset[str], float] = {}
    for one, other, cost in list(csv.reader(text.splitlines()))[1:]:
        listed[frozenset((one, other))] = float(cost)
    sounds = list(_index())

    def cost_of(one: str, other: str) -> float:
        if one == other:
            return 0.0
        found = listed.get(frozenset((one, other)))
        if found is not None:
            return found
        return VOWEL_SWAP if one in VOWELS and other in VOWELS else CONSONANT_SWAP

    return tuple(tuple(cost_of(a, b) for b in sounds) for a in sounds)


def codes_of(sounds: str) -> Codes:
    """Sounds as indices into `swap_costs`."""
    index = _index()
    return tuple(index[s] for s in sounds if s in index)


def gap_costs(sounds: str, *, abjad: bool = False) -> Costs:
    """What leaving out each sound costs, in its place. `abjad`: as beside a word without written vowels."""
    costs = []
    last = len(sounds) - 1
    for i, sound in enumerate(sounds):
        base = VOWEL_GAP if sound in VOWELS else CONSONANT_GAP
        if abjad and sound in ABJAD_GAPS:
            costs.append(ABJAD_GAPS[sound])
            continue
        if i >= last - 2 and last >= 5 and sounds.endswith("ova"):
            costs.append(_FEMALE_ENDING)  # a wife's or daughter's name in Czech and Slovak: Merkelová
            continue
        if i == last - 1 and last >= 4 and sounds[-1] == "s" and sound in VOWELS:
            costs.append(_LEARNED_ENDING)
            continue
        before = sounds[i - 1] if i else "^"
        after = sounds[i + 1] if i < last else "$"
        for named, previous, following, cost in _GAPS:
            if (
                named == sound
                and (not previous or previous == before or (previous == "V" and before in VOWELS))
                and (not following or following == after or (following == "V" and after in VOWELS))
            ):
                base = min(base, cost)
        # The first sound of a name is seldom lost.
        costs.append(base if i else max(base, 0.35))
    return tuple(costs)


def weight_of(sounds: str) -> float:
    """The length of a word in consonants; a vowel counts less."""
    return sum(0.5 if s in VOWELS else 1.0 for s in sounds)


def distance(one: Codes, one_gaps: Costs, other: Codes, other_gaps: Costs, limit: float) -> float:
    """The cheapest way to turn one word's sounds into the other's; `limit` where it costs that much or more."""
    table = swap_costs()
    row = [0.0]
    total = 0.0
    for gap in other_gaps:
        total += gap
        row.append(total)
    steps = tuple(zip(other, other_gaps, strict=True))
    for code, gap in zip(one, one_gaps, strict=True):
        costs = table[code]
        diagonal = row[0]
        left = diagonal + gap
        new = [left]
        for (sound, skip), above in zip(steps, row[1:]):  # noqa: B905 -- equal by construction, and the hot loop
            best = diagonal + costs[sound]
            diagonal = above
            above += gap
            if above < best:
                best = above
            left += skip
            if best < left:
                left = best
            new.append(left)
        if min(new) >= limit:
            return limit
        row = new
    return min(row[-1], limit)


_CLASSES = str.maketrans(
    {
        **dict.fromkeys("aeiouj", None),
        "h": "g", "x": "g", "k": "g", "g": "g",
        "w": "v", "f": "v", "v": "v", "b": "b", "p": "b",
        "d": "d", "t": "d",
        **dict.fromkeys("szcSZCJ", "s"),
    }
)  # fmt: skip


def skeleton(sounds: str) -> str:
    """The consonants in broad classes (g k h kh; v f w; b p; t d; all sibilants), doubled once.

    >>> skeleton("bagdanoviC") == skeleton("bogdanovits")
    True
    """
    out: list[str] = []
    for sound in sounds.translate(_CLASSES):
        if not out or out[-1] != sound:
            out.append(sound)
    return "".join(out)
