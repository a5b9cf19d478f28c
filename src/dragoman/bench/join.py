"""The bench of joining: many actors with invented names, the same people spelled by several systems.

The names are made from syllables and the given names of the names folder, the same ones every time. Each person is
spelled by one to three systems of romanisation, so that the joins found can be counted right or wrong.
"""

from __future__ import annotations

import random
import sys
import time
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.names.given import given_names
from dragoman.record import Actor, Article, Document
from dragoman.relate.identify import identify

ACTORS_AN_ARTICLE = 5
_COUNTRIES = ("UKR", "BLR", "RUS", None)

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

    `names` actors of single articles stand for `people`; `joined` are left after joining, `offered` pairs for a person to
    decide. `precision` and `recall` over pairs of actors that stand for one person. `seconds` of the whole join, names
    taken apart included, by the wall and by the processor; `memory_mib` the process's peak, None where the system doesn't
    tell.
    """

    names: int
    people: int
    joined: int
    offered: int
    precision: float
    recall: float
    seconds: float
    cpu_seconds: float
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


def _articles(people: Sequence[tuple[str, int]]) -> list[Document]:
    """Articles that name `ACTORS_AN_ARTICLE` of the people each, shuffled, so that most spellings stand apart.

    Three persons in four have a country; nothing else is said of them, which is harder than life.
    """
    order = list(range(len(people)))
    random.Random(1).shuffle(order)  # noqa: S311 -- invented articles, not secrets
    documents = []
    for first in range(0, len(order), ACTORS_AN_ARTICLE):
        article = Article(id=f"article-{first:08}", source=f"invented {first}", text="x")
        actors = tuple(
            Actor(
                id=f"actor-{place:08}",
                name=people[place][0],
                kind="person",
                names=(people[place][0],),
                country=_COUNTRIES[people[place][1] % len(_COUNTRIES)],
            )
            for place in order[first : first + ACTORS_AN_ARTICLE]
        )
        documents.append(Document(article=article, actors=actors))
    return documents


def join(count: int = 100_000) -> JoinReport:
    """Join `count` actors with invented names and report time, memory and how much was right."""
    people = generated(count)
    documents = _articles(people)
    started, worked = time.perf_counter(), time.process_time()
    found = identify(documents)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - worked
    together: dict[str, list[int]] = defaultdict(list)
    for place, (_, person) in enumerate(people):
        together[found.actor_of[f"actor-{place:08}"]].append(person)
    joined = sum(_pairs(len(persons)) for persons in together.values())
    right = sum(_pairs(n) for persons in together.values() for n in Counter(persons).values())
    true = sum(_pairs(n) for n in Counter(person for _, person in people).values())
    return JoinReport(
        names=count,
        people=len({person for _, person in people}),
        joined=len(found.actors),
        offered=sum(not step.joined for step in found.joins),
        precision=round(right / joined, 4) if joined else 1.0,
        recall=round(right / true, 4) if true else 1.0,
        seconds=round(seconds, 1),
        cpu_seconds=round(cpu_seconds, 1),
        memory_mib=_peak_mib(),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _peak_mib() -> int | None:
    try:
        import resource  # not on Windows
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20) if sys.platform == "darwin" else peak // 1024
