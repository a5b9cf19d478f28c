"""Bodies, groups, outlets, seats of power and kinds of organs (`bodies.csv`, `metonyms.csv`, `organs.csv`).

A body is known by name wherever it is named ("NATO", "Hamas", "Reuters"). A metonym is a place that stands for a state or
one of its organs ("the Kremlin", "Foggy Bottom"). An organ is a common noun that needs a state to become an actor ("foreign
ministry", "army", "protesters").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.codebook.table import Row, read_rows, split_cell
from dragoman.errors import CodebookError

SECTORS = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "REB", "UAF", "IGO", "NGO", "MED", "BUS", "EDU", "CVL"}
    | {"ELI", "LAB", "REL", "CRM"}
)
"""PLOVER's actor sectors."""

_BODY = ("name", "forms", "kind", "sector", "class", "country", "of")
_METONYM = ("form", "country", "sector", "stands_for")
_ORGAN = ("word", "forms", "kind", "sector")
_PORTFOLIO = ("topic", "sector")
_KINDS = frozenset({"body", "group", "outlet"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body (`body`), an armed or political group (`group`) or a news agency, paper or station (`outlet`).

    `forms` are all its names, the one to show first. `sector` is PLOVER's; `igo` and `ngo` mark intergovernmental and
    non-governmental bodies. `country` is the code of the state it acts in or for; `of` the name of the body it belongs to.
    """

    name: str
    forms: tuple[str, ...]
    kind: str
    sector: str
    igo: bool
    ngo: bool
    country: str | None
    of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metonym:
    """A place's name that stands for a state (`stands_for` is "state") or for an organ of it."""

    form: str
    country: str
    sector: str
    stands_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """A common noun with its PLOVER sector.

    `kind` is `organ` for one that a state has one of, `some` for one that it has several of ("embassy"), `people` for people.
    """

    word: str
    forms: tuple[str, ...]
    kind: str
    sector: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """All bodies, metonyms and organs; `by_name` looks a body up by any of its names as written."""

    all: tuple[Body, ...]
    metonyms: tuple[Metonym, ...]
    organs: tuple[Organ, ...]
    by_name: Mapping[str, Body] = field(repr=False)

    def find(self, name: str) -> Body | None:
        """Return the body of that name, or None."""
        return self.by_name.get(name.removeprefix("the ").removeprefix("The "))


def load_bodies(layers: Sequence[Path]) -> Bodies:
    """Return the bodies, metonyms and organs of all layers; `CodebookError` names the row that is wrong."""
    found = tuple(_body(row) for row in read_rows(layers, "bodies.csv", _BODY))
    by_name: dict[str, Body] = {}
    for body in found:
        for form in body.forms:
            by_name.setdefault(form, body)
    metonyms = tuple(
        Metonym(form=row["form"], country=row["country"], sector=_sector(row), stands_for=row["stands_for"])
        for row in read_rows(layers, "metonyms.csv", _METONYM)
    )
    organs = [
        Organ(word=row["word"], forms=(row["word"], *split_cell(row["forms"])), kind=row["kind"], sector=_sector(row))
        for row in read_rows(layers, "organs.csv", _ORGAN)
    ]
    known = {form for organ in organs for form in organ.forms}
    organs.extend(
        ministry
        for ministry in map(_ministry, read_rows(layers, "portfolios.csv", _PORTFOLIO))
        if ministry.word not in known
    )
    return Bodies(found, metonyms, tuple(organs), by_name)


def _body(row: Row) -> Body:
    if row["kind"] not in _KINDS:
        raise CodebookError(f"Body {row['name']!r}: kind {row['kind']!r}; use one of {', '.join(sorted(_KINDS))}.")
    return Body(
        name=row["name"],
        forms=(row["name"], *split_cell(row["forms"])),
        kind=row["kind"],
        sector=_sector(row),
        igo=row["class"] == "IGO",
        ngo=row["class"] == "NGO",
        country=row["country"] or None,
        of=row["of"] or None,
    )


def _ministry(row: Row) -> Organ:
    topic = row["topic"]
    forms = (
        f"{topic} ministry",
        f"ministry of {topic}",
        f"ministry of the {topic}",
        f"ministry for {topic}",
        f"{topic} department",
        f"department of {topic}",
        f"{topic} committee",
        f"{topic} ministries",
    )
    return Organ(word=forms[0], forms=forms, kind="organ", sector=_sector(row))


def _sector(row: Row) -> str:
    sector = row["sector"]
    if sector not in SECTORS:
        first = next(iter(row.values()))
        raise CodebookError(f"Codebook row {first!r}: sector {sector!r}; use one of {', '.join(sorted(SECTORS))}.")
    return sector
