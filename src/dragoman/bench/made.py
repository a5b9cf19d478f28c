"""Short articles made by rule, for benches of speed and memory: as many as wanted, each known by its number alone.

Every article has people of its own whose names stand nowhere else, as a year of news has, so that whatever a process keeps of
each name that it meets shows in its memory.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dragoman.codebook import Codebook
from dragoman.record import Article
from dragoman.record.text import article_id

START = date(2001, 1, 1)
DAYS = 9_000
_SYLLABLES = "ba ren ko dal mi sor ne vik lo tas ga pel zi hor ju fen dek ki rol nu amb est orv ul".split()  # noqa: SIM905 -- a list of words
_OFFICES = ("Foreign Minister", "President", "Prime Minister", "Defence Minister", "Ambassador", "Finance Minister")
_ACTS = (
    "recalled its ambassador to {b}",
    "expelled {n} diplomats of {b}",
    "signed a trade agreement with {b}",
    "imposed sanctions on {n} companies of {b}",
    "sent {n} tons of aid to {b}",
    "threatened to close its border with {b}",
    "held talks with {b} about the river",
    "accused the government of {b} of breaking the treaty",
)
_SAYINGS = (
    '"We will answer within {n} days," {p} told reporters in the capital.',
    "{p} said that the government of {b} had not replied to {n} letters.",
    "The decision of {b} was a mistake, {p} said.",
)


def made_text(number: int, states: tuple[str, ...], brief: bool = False) -> tuple[str, date]:
    """Return the text of the article of a number, some sixty words or with `brief` fifteen, and its day of publication."""
    rng = random.Random(number)  # noqa: S311 -- draws words, keeps no secret
    one, other = rng.sample(states, 2)
    day = START + timedelta(days=number * 7 % DAYS)
    person = f"{_name(rng)} {_name(rng)}"
    lines = [
        f"{one} {rng.choice(_ACTS).format(b=other, n=rng.randint(2, 40))} on {day:%A}, {rng.choice(_OFFICES)} {person} said."
    ]
    if brief:
        return lines[0], day
    lines += [
        rng.choice(_SAYINGS).format(p=person.split()[1], b=other, n=rng.randint(2, 90))
        for _ in range(rng.randint(1, 2))
    ]
    third = rng.choice(states)
    lines.append(
        f"In {_name(rng)} the police of {third} arrested {_name(rng)} {_name(rng)}, who had left {other} in {day.year - 1}."
    )
    return " ".join(lines), day


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()


def made_states(codebook: Codebook) -> tuple[str, ...]:
    """Return the names of the states that act in the made articles."""
    return tuple(sorted({one.name for one in codebook.territories.all if one.status == "state"}))


def made_articles(count: int, codebook: Codebook, *, brief: bool = False) -> Iterator[Article]:
    """Yield so many made articles, one at a time."""
    states = made_states(codebook)
    for number in range(count):
        text, day = made_text(number, states, brief)
        yield Article(
            id=article_id(text),
            source=f"made/{number}",
            text=text,
            published=day,
            published_from="given",
            language="en",
        )


def write_articles(path: Path, count: int, codebook: Codebook, *, brief: bool = False) -> None:
    """Write so many made articles as JSON Lines that `read` takes."""
    states = made_states(codebook)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text, day = made_text(number, states, brief)
            file.write(
                json.dumps({"id": str(number), "text": text, "date": day.isoformat()}, ensure_ascii=False) + "\n"
            )
