"""Offices, those who held them, and given names (`offices.csv`, `portfolios.csv`, `holders.csv`, `igo_holders.csv`, ...).

The table of holders is plain facts: who held which office of which state or body, from which year to which. It gives a bare
surname its state where the text does not ("Clinton said", an article of 1998), never against the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from dragoman.codebook.bodies import SECTORS
from dragoman.codebook.phrases import Case, Found, PhraseIndex
from dragoman.codebook.table import Row, read_rows, split_cell, year_of
from dragoman.errors import CodebookError

Gender = Literal["female", "male"]

_OFFICE = ("title", "forms", "sector", "role", "person")
_PORTFOLIO = ("topic", "sector")
_STATE_HOLDER = ("name", "office", "country", "since", "until")
_BODY_HOLDER = ("name", "office", "body", "since", "until")
_GENDERS: Mapping[str, Gender] = {"m": "male", "f": "female"}

_SURNAME_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "PRK", "TWN", "VNM"})
"""States whose leaders the English press names surname first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTitle:
    """A title or occupation: all its `forms`, its PLOVER sector (None when the words don't tell) and its `role`.

    Forms that begin with a capital or hold a full stop ("Gen.", "MP") are found as written, the others in any case.
    """

    title: str
    forms: tuple[str, ...]
    sector: str | None
    role: str
    gender: Gender | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held an office: `names` in press spellings, the office's `title`, of which state (`country`) or body, years."""

    names: tuple[str, ...]
    title: str
    country: str | None
    body: str | None
    since: int | None
    until: int | None

    def held_on(self, day: date) -> bool:
        """Tell whether the office was held in the year of the day."""
        return (self.since is None or self.since <= day.year) and (self.until is None or day.year <= self.until)


@dataclass(frozen=True, slots=True)
class Offices:
    """Titles, which `find_titles` finds in a text; holders by full name, surname and given name; genders by given name.

    The keys are casefolded.

    A surname in `common_surnames` does not tell by itself that its bearer is a holder.
    """

    titles: tuple[OfficeTitle, ...]
    holders: tuple[Holder, ...]
    by_full_name: Mapping[str, tuple[Holder, ...]] = field(repr=False)
    by_surname: Mapping[str, tuple[Holder, ...]] = field(repr=False)
    by_given_name: Mapping[str, tuple[Holder, ...]] = field(repr=False)
    genders: Mapping[str, Gender] = field(repr=False)
    common_surnames: frozenset[str] = field(repr=False)
    index: PhraseIndex[OfficeTitle] = field(repr=False)
    people: PhraseIndex[str] = field(repr=False)
    roles: Mapping[str, str] = field(repr=False)
    sectors: Mapping[str, str] = field(repr=False)

    def role_of(self, title: str) -> str:
        """Return the role of a title as `offices.csv` spells it ("defence secretary" → "defence_minister")."""
        return self.roles.get(title.casefold(), "official")

    def sector_of(self, title: str) -> str | None:
        """Return the PLOVER sector of a title as `offices.csv` has it, or None."""
        return self.sectors.get(title.casefold())

    def find_titles(self, text: str) -> list[Found[OfficeTitle]]:
        """Return the titles and occupations in the text, left to right, the longest at each place."""
        return self.index.find(text)

    def find_people(self, text: str) -> list[Found[str]]:
        """Return the full names of holders in the text, left to right."""
        return self.people.find(text)

    def held_by(self, name: str, day: date | None = None) -> tuple[Holder, ...]:
        """Return the offices of the person of that full name or surname, those held in the day's year first."""
        key = name.casefold().replace("’", "'")
        found = self.by_full_name.get(key) or self.by_surname.get(key, ())
        if day is None:
            return found
        return tuple(sorted(found, key=lambda holder: not holder.held_on(day)))

    def gender_of(self, given_name: str) -> Gender | None:
        """Return the gender that a given name tells, or None."""
        return self.genders.get(given_name.casefold())


def load_offices(layers: Sequence[Path]) -> Offices:
    """Return the offices, holders and given names of all layers; `CodebookError` names the row that is wrong."""
    titles = [_title(row) for row in read_rows(layers, "offices.csv", _OFFICE)]
    known = {form.casefold() for title in titles for form in title.forms}
    for row in read_rows(layers, "portfolios.csv", _PORTFOLIO):
        titles.extend(_portfolio_titles(row, known))
    holders = tuple(
        _holder(row, country=row["country"], body="") for row in read_rows(layers, "holders.csv", _STATE_HOLDER, keys=4)
    ) + tuple(
        _holder(row, country="", body=row["body"]) for row in read_rows(layers, "igo_holders.csv", _BODY_HOLDER, keys=4)
    )
    full: dict[str, list[Holder]] = {}
    surnames: dict[str, list[Holder]] = {}
    given: dict[str, list[Holder]] = {}
    for holder in holders:
        for name in holder.names:
            _file(full, name, holder)
            _file(given, name.split()[0], holder)
            for surname in _surnames(name, holder.country):
                _file(surnames, surname, holder)
    genders = {
        row["name"].casefold(): _gender(row["gender"], row)
        for row in read_rows(layers, "given_names.csv", ("name", "gender"))
    }
    return Offices(
        tuple(titles),
        holders,
        {name: tuple(found) for name, found in full.items()},
        {name: tuple(found) for name, found in surnames.items()},
        {name: tuple(found) for name, found in given.items()},
        {name: gender for name, gender in genders.items() if gender},
        frozenset(row["surname"].casefold() for row in read_rows(layers, "common_surnames.csv", ("surname",))),
        PhraseIndex(
            (spelled, _case(form), title) for title in titles for form in title.forms for spelled in _numbers(form)
        ),
        PhraseIndex(
            (name, "exact", name)
            for holder in holders
            for name in holder.names
            if len(name.replace("-", " ").split()) > 1
        ),
        {form.casefold(): title.role for title in reversed(titles) for form in title.forms},
        {form.casefold(): title.sector for title in reversed(titles) for form in title.forms if title.sector},
    )


def _numbers(form: str) -> tuple[str, ...]:
    """The form and its plural; an abbreviation has none."""
    if not form[-1].islower() or form.endswith("."):
        return (form,)
    if form.endswith("man"):
        return (form, form[:-3] + "men")
    if form.endswith("y") and form[-2] not in "aeiou":
        return (form, form[:-1] + "ies")
    return (form, form + "s")


def _case(form: str) -> Case:
    return "free" if form.islower() and "." not in form else "exact"


def _title(row: Row) -> OfficeTitle:
    sector = row["sector"] or None
    if sector is not None and sector not in SECTORS:
        raise CodebookError(f"Office {row['title']!r}: sector {sector!r}; use one of {', '.join(sorted(SECTORS))}.")
    return OfficeTitle(
        title=row["title"],
        forms=(row["title"], *split_cell(row["forms"])),
        sector=sector,
        role=row["role"],
        gender=_gender(row["person"], row),
    )


def _portfolio_titles(row: Row, known: set[str]) -> list[OfficeTitle]:
    """The minister and the secretary of a portfolio, and their deputies, where `offices.csv` has no row of its own."""
    topic = row["topic"]
    found = []
    for head in ("minister", "secretary"):
        for rank in ("", "deputy ", "vice ", "first deputy ", "assistant "):
            forms = [f"{rank}{topic} {head}"]
            forms += [f"{rank}{head} {link} {topic}" for link in ("of", "of the", "for")]
            fresh = tuple(form for form in forms if form.casefold() not in known)
            if fresh:
                found.append(
                    OfficeTitle(title=fresh[0], forms=fresh, sector=row["sector"], role="minister", gender=None),
                )
    return found


def _holder(row: Row, country: str, body: str) -> Holder:
    return Holder(
        names=split_cell(row["name"]),
        title=row["office"],
        country=country or None,
        body=body or None,
        since=year_of(row["since"], row),
        until=year_of(row["until"], row),
    )


def _surnames(name: str, country: str | None) -> tuple[str, ...]:
    words = name.split()
    if country in _SURNAME_FIRST:
        return (words[0],)
    if len(words) == 1 or words[0] in ("King", "Queen", "Pope", "Lord"):
        return ()
    last = words[-1]
    plain = last.removeprefix("al-").removeprefix("el-")
    pair = " ".join(words[-2:])
    return tuple(dict.fromkeys((last, plain, pair)))


def _file(index: dict[str, list[Holder]], name: str, holder: Holder) -> None:
    entries = index.setdefault(name.casefold(), [])
    if holder not in entries:
        entries.append(holder)


def _gender(cell: str, row: Row) -> Gender | None:
    if not cell:
        return None
    if cell not in _GENDERS:
        first = next(iter(row.values()))
        raise CodebookError(f"Codebook row {first!r}: {cell!r} is no gender; write m, f or nothing.")
    return _GENDERS[cell]
