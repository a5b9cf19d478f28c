"""States and territories: codes, names in any language, demonyms, capitals (`territories.csv`).

    find_state("Belarus"), find_state("Беларусь"), find_state("BLR"), find_state("Belarusian")   → the same Territory
    state("Belraus")                                                                            → UnknownNameError, "Belarus"

The project's own table knows English and press names; names in other languages come from the CLDR through babel, read
only when the own table does not know a name. Unrecognised and disputed territories have a code of their own with the prefix
`X-` and no `country`: who claims and who holds them is left to a user's overlay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dragoman.codebook.load import OWN_FOLDER
from dragoman.codebook.table import Row, read_rows, split_cell, year_of
from dragoman.errors import CodebookError, UnknownNameError

_COLUMNS = ("code", "alpha2", "name", "forms", "demonyms", "capital", "status", "of", "since", "until")
STATUSES = frozenset(
    {"state", "partly recognised", "territory", "disputed", "unrecognised", "region", "historic"},
)
_SPACES = re.compile(r"\s+")

_LANGUAGES = (
    "be uk ru bg sr mk kk ky mn de fr es it pt pl cs sk hu ro nl sv da nb fi et lv lt tr az uz sq hr sl bs is ga ca eu el ka "
    "hy ar fa he ur ps hi bn ta ne my th km vi id ms tl sw am so ha af zh ja ko"
)
"""The languages, as CLDR codes, in which a state may be named."""

_NEAR = 70
"""The least rapidfuzz ratio (0 to 100) of a suggestion: one wrong letter in five still passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A state or territory.

    `code` is the ISO 3166-1 alpha-3 code, a withdrawn one for a historic state, or an own one that begins with `X-`.
    `country` is the ISO code of the state that it counts toward (a region's own state), None for an unrecognised or disputed
    territory. `demonyms` are adjectives and words for one person ("French", "Frenchman"), `peoples` the plurals
    ("Ukrainians"). `capitals` are the capital and seats of government. `of` is the state that a territory or region belongs
    to, for a historic state its successor; `since` and `until` are years.
    """

    code: str
    country: str | None
    alpha2: str | None
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    peoples: tuple[str, ...]
    capitals: tuple[str, ...]
    status: str
    of: str | None
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class Territories:
    """All territories, in the table's order, with their codes and names looked up."""

    all: tuple[Territory, ...]
    by_code: Mapping[str, Territory] = field(repr=False)
    by_name: Mapping[str, Territory] = field(repr=False)

    def find(self, name: str) -> Territory | None:
        """Return the territory that a code, a name in any common language, a demonym or a capital means, or None."""
        stripped = name.strip()
        known = self.by_code.get(stripped.upper()) or self.by_name.get(_plain(stripped))
        return known or self._foreign(stripped)

    def get(self, name: str) -> Territory:
        """Return the territory as `find` does; `UnknownNameError` with the nearest names where there is none."""
        found = self.find(name)
        if found is not None:
            return found
        near = self.suggest(name)
        advice = f"did you mean {' or '.join(near)}?" if near else "write an ISO code, a name or a demonym."
        raise UnknownNameError(f"No state is called {name!r}: {advice}", near)

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to three names of territories that are spelled nearly like this one, the nearest first."""
        from rapidfuzz import fuzz, process  # here, since only a misspelt name needs it

        near = process.extract(_plain(name), list(self.by_name), scorer=fuzz.ratio, limit=12, score_cutoff=_NEAR)
        return tuple(dict.fromkeys(self.by_name[form].name for form, _score, _index in near))[:3]

    def _foreign(self, name: str) -> Territory | None:
        """Ask the names of the territories in the languages of `_LANGUAGES`, from the CLDR as babel carries it."""
        alpha2 = _names_in_languages().get(_plain(name))
        return self.by_code.get(alpha2) if alpha2 else None


@cache
def _names_in_languages() -> Mapping[str, str]:
    """Territory names in other languages → ISO alpha-2 code."""
    from babel import Locale  # here, since reading the languages takes a quarter of a second

    names: dict[str, str] = {}
    for language in _LANGUAGES.split():
        for alpha2, name in Locale.parse(language).territories.items():
            if len(alpha2) == 2:
                names.setdefault(_plain(name), alpha2)
    return names


def load_territories(layers: Sequence[Path]) -> Territories:
    """Return the territories of all layers; `CodebookError` names the row that is wrong."""
    rows = read_rows(layers, "territories.csv", _COLUMNS)
    iso = {row["code"] for row in rows if not row["code"].startswith("X-")}
    found = tuple(_territory(row, iso) for row in rows)
    by_code: dict[str, Territory] = {}
    by_name: dict[str, Territory] = {}
    for territory in found:
        by_code[territory.code] = territory
        if territory.alpha2:
            by_code.setdefault(territory.alpha2, territory)
    for pick in ("names", "demonyms", "peoples", "capitals"):
        for territory in found:
            for name in getattr(territory, pick):
                by_name.setdefault(_plain(name), territory)
    return Territories(found, by_code, by_name)


@cache
def territories() -> Territories:
    """Return the project's own territories, without any user's overlay."""
    return load_territories((OWN_FOLDER,))


def find_state(name: str) -> Territory | None:
    """Return the state or territory that a code, name, demonym or capital means, or None."""
    return territories().find(name)


def state(name: str) -> Territory:
    """Return the state or territory of that code or name; `UnknownNameError` with suggestions where there is none."""
    return territories().get(name)


def _territory(row: Row, iso: set[str]) -> Territory:
    code, status, of = row["code"], row["status"], row["of"] or None
    if status not in STATUSES:
        raise CodebookError(f"Territory {code!r}: status {status!r}; use one of {', '.join(sorted(STATUSES))}.")
    demonyms, peoples = [], []
    for form in split_cell(row["demonyms"]):
        if form.endswith("+"):
            demonyms.append(form[:-1])
            peoples.append(form[:-1] + "s")
        else:
            (peoples if form.endswith("men") else demonyms).append(form)
    return Territory(
        code=code,
        country=code if code in iso else (of if status in ("region", "historic", "territory") else None),
        alpha2=row["alpha2"] or None,
        name=row["name"],
        names=(row["name"], *split_cell(row["forms"])),
        demonyms=tuple(demonyms),
        peoples=tuple(peoples),
        capitals=split_cell(row["capital"]),
        status=status,
        of=of,
        since=year_of(row["since"], row),
        until=year_of(row["until"], row),
    )


def _plain(name: str) -> str:
    """The name as it is compared: case, a leading article, the kind of apostrophe and surrounding marks left out."""
    plain = _SPACES.sub(" ", name.casefold().replace("’", "'")).strip(" '\"“”")
    return plain.removeprefix("the ")
