"""The bench of joining: many invented names, the same people spelled by several systems, joined by blocking.

The names are made from syllables and the given names of the names folder, the same ones every time. Each person is
spelled by one to three systems of romanisation, so that the joins found can be counted right or wrong.
"""

from __future__ import annotations

import random
import sys
import time
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.names import compare, meetings
from dragoman.names.form import CACHED_NAMES
from dragoman.names.given import given_names

JOINED = 0.8
"""The score from which the bench counts two names as joined."""

_EASTERN = 0.4
"""The part of the people whose names are of eastern Europe, the region whose spellings vary most."""

# (system of the surname's letters, None for Cyrillic; column of the given name; whether the family name stands first)
_SYSTEMS = (
    ("belarusian", 0, False),
    ("ukrainian", 1, False),
    ("press", 2, False),
    ("press", 3, False),
    ("scholarly", 2, False),
    ("german", 2, False),
    (None, 2, True),
)


@cache
def _parts() -> dict[str, Any]:
    """The parts of names, words split."""
    data = tomllib.loads(files("dragoman.bench").joinpath("data").joinpath("join.toml").read_text(encoding="utf-8"))
    for region in ("eastern", "western"):
        data[region] = {k: v.split() if isinstance(v, str) else [x.split() for x in v] for k, v in data[region].items()}
    press = data["letters"]["press"]
    data["letters"] = {system: press | letters for system, letters in data["letters"].items()}
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinReport:
    """What joining cost and how much of it was right.

    `seconds` of the whole join, names taken apart included; `memory_mib` the process's peak, None where the system
    doesn't tell; `precision` and `recall` over pairs of spellings that stand for one person.
    """

    names: int
    people: int
    compared: int
    joined: int
    precision: float
    recall: float
    seconds: float
    memory_mib: int | None


def generated(count: int) -> list[tuple[str, int]]:
    """`count` invented names with the number of the person each stands for, the same on every machine."""
    dice = random.Random(count)  # noqa: S311 -- invented names, not secrets
    names: list[tuple[str, int]] = []
    seen: set[str] = set()
    person = 0
    elsewhere = sorted(given_names().items())
    while len(names) < count:
        spellings = _eastern(dice) if dice.random() < _EASTERN else _western(dice, elsewhere)
        if spellings[0] in seen:
            continue
        seen.add(spellings[0])
        names.extend((spelling, person) for spelling in spellings)
        person += 1
    return names[:count]


def _eastern(dice: random.Random) -> list[str]:
    parts = _parts()["eastern"]
    middle = "".join(dice.choice(parts["middles"]) for _ in range(dice.choice((1, 1, 2))))
    surname = dice.choice(parts["starts"]) + middle + dice.choice(parts["ends"])
    given = dice.choice(parts["given"])
    spellings = []
    for system, column, swapped in dice.sample(_SYSTEMS, dice.choice((1, 1, 2, 3))):
        letters = _parts()["letters"][system] if system else {}
        family = "".join(letters.get(c, c) for c in surname)
        spellings.append(f"{family.upper()} {given[column]}" if swapped else f"{given[column]} {family.title()}")
    return spellings


def _western(dice: random.Random, given_names: list[tuple[str, tuple[str, ...]]]) -> list[str]:
    parts = _parts()["western"]
    hearts = "".join(dice.choice(parts["hearts"]) for _ in range(dice.choice((0, 1, 1, 2))))
    surname = (dice.choice(parts["heads"]) + hearts + dice.choice(parts["tails"])).title()
    given = dice.choice(dice.choice(given_names)[1]).title()
    plain = unicodedata.normalize("NFD", surname).encode("ascii", "ignore").decode()
    middle = f"{given} {dice.choice('ABCDEFGHJKLMNPRSTW')}. {surname}"
    forms = [f"{given} {surname}", f"{plain.upper()} {given}", f"{surname}, {given}", middle]
    return dice.sample(forms, dice.choice((1, 1, 2, 3)))


def join(count: int = 100_000) -> JoinReport:
    """Join `count` invented names and report time, memory and how much was right."""
    people = generated(count)
    names = [name for name, _ in people]
    started = time.perf_counter()
    compared = joined = right = 0
    for one, other in meetings(names):
        compared += 1
        if compare(names[one], names[other]).score >= JOINED:
            joined += 1
            right += people[one][1] == people[other][1]
    seconds = time.perf_counter() - started
    spellings: dict[int, int] = {}
    for _, person in people:
        spellings[person] = spellings.get(person, 0) + 1
    true = sum(n * (n - 1) // 2 for n in spellings.values())
    return JoinReport(
        names=count,
        people=len(spellings),
        compared=compared,
        joined=joined,
        precision=round(right / joined, 4) if joined else 0.0,
        recall=round(right / true, 4) if true else 0.0,
        seconds=round(seconds, 1),
        memory_mib=_peak_mib(),
    )


def _peak_mib() -> int | None:
    try:
        import resource  # not on Windows
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20) if sys.platform == "darwin" else peak // 1024


def report(count: int = 100_000) -> Iterator[dict[str, Any]]:
    """The report of `join` as the one line that the bench writes."""
    yield asdict(join(count))


assert CACHED_NAMES >= 100_000  # the bench's names must fit the cache, or it would measure the cache
