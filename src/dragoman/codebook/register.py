"""Registers: files of known actors that the joining resolves against, FollowTheMoney entities or a CSV of one's own.

A register is a file that the user names. `.csv` files have the columns `COLUMNS`; every other file is read as
FollowTheMoney in JSON Lines, as OpenSanctions exports it: `{"id", "schema", "properties": {name: [values]}}`. The few
properties that count are read here and not through the package `followthemoney`, which needs PyICU and with it a C++
compiler on the user's machine. A file is read line by line; a bad line is refused in one line of `Register.refused` and
the others count all the same.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from dragoman.codebook.register_block import blocks_of
from dragoman.codebook.table import split_cell
from dragoman.codebook.territories import Territories
from dragoman.errors import CodebookError
from dragoman.record import Office

COLUMNS = ("name", "aliases", "country", "office", "since", "until", "wikidata")
"""The header of a CSV register; `name` is needed, aliases are divided by `|`, a person has a row for each office."""

EntryKind = Literal["person", "body"]
_KINDS: dict[str, EntryKind | None] = {
    "Person": "person",
    "Organization": "body",
    "PublicBody": "body",
    "Company": "body",
    "LegalEntity": None,
}
"""The schemas of actors; a LegalEntity may be either."""
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?")
_TERM = re.compile(r"\s*\(([0-9]{4})?(?:-[0-9]{2}){0,2}\s*[-\u2013]\s*([0-9]{4})?(?:-[0-9]{2}){0,2}\)$")
"""The years that follow a position: "Minister of Health (2014-2019)", "President (2019-)"."""
_OF = re.compile(r"^(.+?)\s+(?:of|to)\s+(?:the\s+)?(.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A known actor: `id` as the file has it, `kind` None where it may be a person or a body.

    `names` are names and aliases, `weak_names` those too weak to join by (bynames, surnames alone). `countries` are ISO
    alpha-3 codes, sorted. The offices carry `id` in `register` and no evidence.
    """

    id: str
    kind: EntryKind | None
    names: tuple[str, ...]
    weak_names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    wikidata: str | None = None
    born: int | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """What an actor that is this entry is the same as: the Wikidata id and the file's own."""
        known = {f"wikidata:{self.wikidata}"} if self.wikidata else set()
        return tuple(sorted(known if self.id == self.wikidata else {*known, self.id}))


@dataclass(frozen=True, slots=True)
class Register:
    """The known actors of all files, sorted by id, and the lines that were refused, in the order of the files."""

    entries: tuple[Entry, ...] = ()
    refused: tuple[str, ...] = ()
    _blocks: dict[str, list[int]] = field(default_factory=dict, repr=False)

    def near(self, names: Iterable[str]) -> list[Entry]:
        """Return the entries whose names may be spellings of one of these, by id; who is one of them is not said yet."""
        places = {place for name in names for block in blocks_of(name) for place in self._blocks.get(block, ())}
        return [self.entries[place] for place in sorted(places)]

    def get(self, identity: str) -> Entry | None:
        """Return the entry of that id, or None."""
        return next((entry for entry in self.entries if entry.id == identity), None)


def load_register(files: Sequence[Path], territories: Territories) -> Register:
    """Return the actors of the files; `CodebookError` where a file can't be read at all.

    An id that comes twice (a FollowTheMoney file may give an entity in pieces) is one entry with all that either says.
    """
    refused: list[str] = []
    countries = _Countries(territories)
    entries: dict[str, Entry] = {}
    for file in files:
        reader = _csv_entries if file.suffix.casefold() == ".csv" else _ftm_entries
        try:
            for entry in reader(file, countries, refused):
                known = entries.get(entry.id)
                entries[entry.id] = entry if known is None else _both(known, entry)
        except UnicodeDecodeError as error:
            raise CodebookError(f"{file}: not UTF-8 (byte {error.start}); save it as UTF-8.") from error
        except OSError as error:
            raise CodebookError(f"{file}: {error.strerror}; mend the path of the register or its rights.") from error
    ordered = tuple(entries[identity] for identity in sorted(entries))
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(ordered):
        for block in sorted({block for name in (*entry.names, *entry.weak_names) for block in blocks_of(name)}):
            blocks[block].append(place)
    return Register(ordered, tuple(refused), dict(blocks))


class _Countries:
    """Country codes and names of files, each looked up once."""

    def __init__(self, territories: Territories) -> None:
        self._territories = territories
        self._known: dict[str, str | None] = {}

    def code(self, name: str) -> str | None:
        """The ISO alpha-3 code of a state's code or name; None for what is none."""
        if name not in self._known:
            # Two and three letters are codes: asking all languages for them would find a name that they are short for.
            found = self._territories.by_code.get(name.upper())
            if found is None and len(name) > 3:
                found = self._territories.by_name.get(name.casefold())
                # Not a capital or a demonym: the mayor of Paris is none of France's.
                if found is not None and name.casefold() not in {own.casefold() for own in (found.name, *found.names)}:
                    found = None
            self._known[name] = None if found is None else found.country or found.code
        return self._known[name]

    def office(
        self, title: str, countries: Sequence[str], since: date | None, until: date | None, entry: str
    ) -> Office:
        """The office that a title names: "President of Ukraine" is "President", of UKR."""
        term = _TERM.search(title)
        if term:
            title = title[: term.start()]
            since = since or (first_day(term[1]) if term[1] else None)
            until = until or (last_day(term[2]) if term[2] else None)
        of = countries[0] if len(countries) == 1 else None
        parts = _OF.match(title)
        if parts and title[parts.end(1) :].lstrip().casefold().startswith("of") and (owner := self.code(parts[2])):
            title, of = parts[1], owner
        return Office(title=title, of=of, since=since, until=until, register=entry)


def first_day(text: str) -> date | None:
    """Return the first day of "2019", "2019-05" or "2019-05-20"; None where it is no date."""
    match = _DAY.fullmatch(text.strip())
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        return None


def last_day(text: str) -> date | None:
    """Return the last day of "2019", "2019-05" or "2019-05-20"; None where it is no date."""
    first = first_day(text)
    if first is None or len(text.strip()) > len("2019-05"):
        return first
    if len(text.strip()) == len("2019"):
        return date(first.year, 12, 31)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _both(one: Entry, other: Entry) -> Entry:
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    return replace(
        one,
        kind=one.kind or other.kind,
        names=names,
        weak_names=tuple(dict.fromkeys(n for n in (*one.weak_names, *other.weak_names) if n not in names)),
        countries=tuple(sorted({*one.countries, *other.countries})),
        offices=tuple(dict.fromkeys((*one.offices, *other.offices))),
        wikidata=one.wikidata or other.wikidata,
        born=one.born or other.born,
    )


def _csv_entries(file: Path, countries: _Countries, refused: list[str]) -> Iterator[Entry]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        header: list[str] = []
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                refused.append(f"{file}, line {reader.line_num}: {error}; mend the quotes of the row.")
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                if "name" not in header or not set(header) <= set(COLUMNS):
                    raise CodebookError(
                        f"{file}: the first line is {','.join(header)!r}; write columns out of {','.join(COLUMNS)!r}."
                    )
                continue
            if not any(cells):
                continue
            fault = _row_fault(header, cells, countries)
            if fault:
                refused.append(f"{file}, line {reader.line_num}: {fault}")
                continue
            yield _row_entry(dict(zip(header, (cell.strip() for cell in cells), strict=True)), countries)


def _row_fault(header: Sequence[str], cells: Sequence[str], countries: _Countries) -> str | None:
    """What is wrong with a row and what to do about it; None where nothing is."""
    if len(cells) != len(header):
        return f"{len(cells)} cells where {len(header)} are wanted: mend the row."
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if not row["name"]:
        return "no name: fill the cell."
    if row.get("country") and countries.code(row["country"]) is None:
        return f"{row['country']!r} is no state: write an ISO code such as BLR, or the English name."
    for column in ("since", "until"):
        if row.get(column) and first_day(row[column]) is None:
            return f"{column} is {row[column]!r}: write 2019, 2019-05 or 2019-05-20."
    if row.get("wikidata") and not _WIKIDATA.fullmatch(row["wikidata"]):
        return f"wikidata is {row['wikidata']!r}: write an id such as Q42."
    return None


def _row_entry(row: dict[str, str], countries: _Countries) -> Entry:
    """The entry of a row: its id is the Wikidata id, else made of the name and the country."""
    country = countries.code(row["country"]) if row.get("country") else None
    wikidata = row.get("wikidata") or None
    identity = wikidata or "register:" + "-".join((*row["name"].casefold().split(), *((country,) if country else ())))
    held = (country,) if country else ()
    since, until = first_day(row.get("since", "")), last_day(row.get("until", ""))
    office = countries.office(row["office"], held, since, until, identity) if row.get("office") else None
    return Entry(
        id=identity,
        kind="person" if office else None,
        names=(row["name"], *(alias.strip() for alias in split_cell(row.get("aliases", "")) if alias.strip())),
        countries=held,
        offices=(office,) if office else (),
        wikidata=wikidata,
    )


@dataclass(slots=True, kw_only=True)
class _Pieces:
    """Positions and occupancies of a file, put together when it is read: they may come in any order."""

    positions: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    occupancies: list[tuple[str, str, date | None, date | None]] = field(default_factory=list)


def _ftm_entries(file: Path, countries: _Countries, refused: list[str]) -> Iterator[Entry]:
    pieces = _Pieces()
    actors: set[str] = set()
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                entity = json.loads(line)
                schema, identity, properties = entity["schema"], entity["id"], entity["properties"]
                values = {name: _strings(properties.get(name)) for name in _READ}
            except ValueError as error:
                refused.append(f"{file}, line {number}: no JSON ({error}); write one entity a line.")
                continue
            except (AttributeError, KeyError, TypeError):
                refused.append(
                    f"{file}, line {number}: no entity; write id, schema and properties with lists of texts."
                )
                continue
            if not isinstance(identity, str) or not identity:
                refused.append(f"{file}, line {number}: the id is {identity!r}; write a text.")
            elif schema == "Position":
                held = tuple(sorted({code for name in values["country"] if (code := countries.code(name))}))
                pieces.positions[identity] = ((values["name"] or ("",))[0], held)
            elif schema == "Occupancy":
                since = [day for text in values["startDate"] if (day := first_day(text))]
                until = [day for text in values["endDate"] if (day := last_day(text))]
                pieces.occupancies.extend(
                    (holder, post, min(since, default=None), max(until, default=None))
                    for holder in values["holder"]
                    for post in values["post"]
                )
            elif schema in _KINDS:
                entry = _entity(identity, _KINDS[schema], values, countries)
                if entry is None:
                    refused.append(f"{file}, line {number}: {identity} has no name; give it one.")
                else:
                    actors.add(identity)
                    yield entry
    for holder, post, start, end in pieces.occupancies:
        title, held = pieces.positions.get(post, ("", ()))
        if title and holder in actors:
            office = countries.office(title, held, start, end, holder)
            yield Entry(id=holder, kind="person", names=(), offices=(office,))


_COUNTRY = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry")
_READ = (
    *("name", "alias", "weakAlias", "previousName", "firstName", "lastName", "position", "birthDate", "wikidataId"),
    *("holder", "post", "startDate", "endDate"),
    *_COUNTRY,
)


def _strings(values: Any) -> tuple[str, ...]:
    """The texts of a property: a list, or one value alone; in a nested export an entity stands for its id."""
    if values is None:
        return ()
    found = values if isinstance(values, list) else [values]
    texts = [value["id"] if isinstance(value, dict) else value for value in found]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _entity(
    identity: str, kind: EntryKind | None, values: dict[str, tuple[str, ...]], countries: _Countries
) -> Entry | None:
    names = [*values["name"], *values["alias"], *values["previousName"]]
    if values["firstName"] and values["lastName"]:
        names.append(f"{values['firstName'][0]} {values['lastName'][0]}")
    if not names:
        return None
    held = tuple(
        sorted({code for key in _COUNTRY for name in values[key] if (code := countries.code(name)) is not None})
    )
    linked = [text for text in (*values["wikidataId"], identity) if _WIKIDATA.fullmatch(text)]
    born = first_day(values["birthDate"][0]) if values["birthDate"] else None
    return Entry(
        id=identity,
        kind=kind,
        names=tuple(dict.fromkeys(names)),
        weak_names=tuple(name for name in values["weakAlias"] if name not in names),
        countries=held,
        offices=tuple(countries.office(title, held, None, None, identity) for title in values["position"]),
        wikidata=linked[0] if linked else None,
        born=born.year if born else None,
    )
