"""The gazetteer: every name of the codebook's states, bodies and organs, found in a text in one pass.

    for found in codebook.gazetteer.find(text):
        text[found.start:found.end], found.values[0].kind, found.values[0].country

Kinds: `state`, `demonym` ("Belarusian"), `people` ("Belarusians"), `capital`, `metonym` ("Kremlin"), `body`, `group`,
`outlet`, `city` (only a place, with its state), and `organ` (a common noun: "foreign ministry", "troops"). What a place name
means in its sentence (the city, the government) is the reader's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from dragoman.codebook.bodies import Bodies
from dragoman.codebook.phrases import Case, Found, PhraseIndex
from dragoman.codebook.table import Row, read_rows, split_cell
from dragoman.codebook.territories import Territories
from dragoman.errors import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a name means: `kind` (see the module), the actor's codebook `key` (a territory's code, a body's name), its name.

    `country` is the ISO code of the state it counts toward, `sector` PLOVER's. `stands_for` says what a metonym means:
    "state" or an organ's name; of a state's own name it is the territory's status. `weak` marks a name that is also a common
    word or a person's name and needs the tagger's word for it.
    """

    kind: str
    key: str
    name: str
    country: str | None = None
    sector: str | None = None
    stands_for: str = ""
    weak: bool = False


_CITY = ("name", "forms", "country")
_AMBIGUOUS = ("name", "needs")
_NEEDS = frozenset({"tagger", "capital"})


class Gazetteer:
    """All names, indexed by their first word."""

    def __init__(
        self, territories: Territories, bodies: Bodies, ambiguous: Mapping[str, str], cities: Sequence[Row] = ()
    ) -> None:
        """Index the names of the territories, bodies, metonyms, organs and cities.

        `ambiguous` says of names that are also common words what they need: `tagger`, the sentence's word for it (`weak`), or
        `capital`, which keeps a state's name from being known in lower case.
        """
        self._index: PhraseIndex[Entry] = PhraseIndex(
            chain(_phrases(territories, bodies, ambiguous), _city_names(territories, cities))
        )

    def find(self, text: str) -> list[Found[Entry]]:
        """Return the names in the text, left to right, the longest at each place; several meanings in one `values`."""
        return self._index.find(text)


def load_gazetteer(layers: Sequence[Path], territories: Territories, bodies: Bodies) -> Gazetteer:
    """Return the gazetteer of these tables, with `ambiguous_names.csv` of all layers."""
    ambiguous = {}
    for row in read_rows(layers, "ambiguous_names.csv", _AMBIGUOUS):
        if row["needs"] not in _NEEDS:
            raise CodebookError(f"Ambiguous name {row['name']!r} needs {row['needs']!r}: write tagger or capital.")
        ambiguous[row["name"]] = row["needs"]
    cities = read_rows(layers, "cities.csv", _CITY)
    for row in cities:
        if row["country"] not in territories.by_code:
            raise CodebookError(f"City {row['name']!r}: country {row['country']!r} is no code of territories.csv.")
    return Gazetteer(territories, bodies, ambiguous, cities)


def _city_names(territories: Territories, cities: Sequence[Row]) -> Iterator[tuple[str, Case, Entry]]:
    known = {capital for territory in territories.all for capital in territory.capitals}
    for row in cities:
        territory = territories.by_code[row["country"]]
        entry = Entry(kind="city", key=territory.code, name=row["name"], country=territory.country, stands_for="city")
        for form in (row["name"], *split_cell(row["forms"])):
            if form not in known:
                yield form, "exact", entry


def _phrases(
    territories: Territories, bodies: Bodies, ambiguous: Mapping[str, str]
) -> Iterator[tuple[str, Case, Entry]]:
    for territory in territories.all:
        for kind, forms in (
            ("state", territory.names),
            ("people", territory.peoples),
            ("demonym", territory.demonyms),
            ("capital", territory.capitals),
        ):
            for form in forms:
                bare = form.removeprefix("the ").removeprefix("The ")
                entry = Entry(
                    kind=kind,
                    key=territory.code,
                    name=territory.name,
                    country=territory.country,
                    sector="GOV",
                    stands_for="state" if kind == "capital" else territory.status,
                    weak=ambiguous.get(bare) == "tagger",
                )
                yield bare, _case(bare, ambiguous), entry
    for body in bodies.all:
        for form in body.forms:
            bare = form.removeprefix("the ") if form != "the Fed" else form
            entry = Entry(
                kind=body.kind,
                key=body.name,
                name=body.name,
                country=body.country,
                sector=body.sector,
                weak=ambiguous.get(bare) == "tagger",
            )
            yield bare, "exact", entry
    for form, name in _SEATS.items():
        seat = bodies.find(name)
        if seat is not None:
            yield (
                form,
                "exact",
                Entry(kind="capital", key=name, name=name, sector=seat.sector, stands_for="body"),
            )
    for metonym in bodies.metonyms:
        entry = Entry(
            kind="metonym",
            key=metonym.country,
            name=metonym.form,
            country=metonym.country,
            sector=metonym.sector,
            stands_for=metonym.stands_for,
            weak=ambiguous.get(metonym.form) == "tagger",
        )
        yield metonym.form, "exact", entry
    for organ in bodies.organs:
        entry = Entry(kind="organ", key=organ.word, name=organ.word, sector=organ.sector, stands_for=organ.kind)
        for form in organ.forms:
            yield form, "free" if form.islower() else "exact", entry


_SEATS = {"Brussels": "European Union", "Turtle Bay": "United Nations"}
"""Cities and quarters whose name in the news means the body that sits there, unless the text speaks of their own state."""


def _case(form: str, ambiguous: Mapping[str, str]) -> Case:
    """A state's name is also known without capitals (uncased transcripts), unless it is then a common word."""
    bare = form.replace(".", "").replace(" ", "")
    return "free" if len(bare) > 3 and not bare.isupper() and form.casefold() not in ambiguous else "exact"
