"""Crosswalks: the codes that other event data use for our states and event types.

`country_codes.csv`: the ISO 3166-1 numeric, FIPS 10-4 (GDELT's places) and Correlates of War codes of a state, and ACLED's
region. `cameo.csv`: the CAMEO code and its Goldstein score of a PLOVER type, mode and, where it matters, object.
`acled.csv`: ACLED's disorder, event and sub-event type; types without a row have no counterpart there. Codes are text:
CAMEO's and ISO's leading zeros count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.table import read_rows
from dragoman.errors import CodebookError

_COUNTRY_COLUMNS = ("code", "numeric", "fips", "cow", "region")
_CAMEO_COLUMNS = ("type", "mode", "object", "code", "goldstein")
_ACLED_COLUMNS = ("type", "mode", "disorder_type", "event_type", "sub_event_type")


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A state's codes elsewhere; one that it doesn't have is empty."""

    numeric: str = ""
    fips: str = ""
    cow: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code and the Goldstein score (-10 to +10) that its scale gives it."""

    code: str
    goldstein: float

    @property
    def root(self) -> str:
        """The two digits of the root class."""
        return self.code[:2]

    @property
    def base(self) -> str:
        """The three digits of the class; a root code stands for itself."""
        return self.code[:3]


@dataclass(frozen=True, slots=True)
class AcledType:
    """ACLED's three names of a kind of event."""

    disorder: str
    event: str
    sub_event: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Codes elsewhere, by our state codes and event types."""

    countries: Mapping[str, CountryCodes]
    cameo_codes: Mapping[tuple[str, str, str], CameoCode]
    acled_types: Mapping[tuple[str, str], AcledType]

    def country(self, code: str | None) -> CountryCodes:
        """Return a state's codes; empty ones for None and for a state without any."""
        return self.countries.get(code or "", _NO_CODES)

    def cameo(self, event_type: str, mode: str | None, thing: str | None) -> CameoCode | None:
        """Return the CAMEO code of a type, mode and object, of the type alone where they have none, or None."""
        for key in ((event_type, mode or "", thing or ""), (event_type, mode or "", ""), (event_type, "", "")):
            if key in self.cameo_codes:
                return self.cameo_codes[key]
        return None

    def acled(self, event_type: str, mode: str | None) -> AcledType | None:
        """Return ACLED's names of a type and mode, or None where ACLED records no such event."""
        return self.acled_types.get((event_type, mode or ""))


_NO_CODES = CountryCodes()


def load_crosswalk(layers: Sequence[Path]) -> Crosswalk:
    """Return the crosswalks of the layers; `CodebookError` names a row that is wrong."""
    countries = {
        row["code"]: CountryCodes(row["numeric"], row["fips"], row["cow"], row["region"])
        for row in read_rows(layers, "country_codes.csv", _COUNTRY_COLUMNS)
    }
    cameo = {}
    for row in read_rows(layers, "cameo.csv", _CAMEO_COLUMNS, keys=3):
        try:
            score = float(row["goldstein"])
        except ValueError:
            where = f"cameo.csv, {row['type']}/{row['mode']}"
            raise CodebookError(f"{where}: {row['goldstein']!r} is no number; write a Goldstein score.") from None
        cameo[(row["type"], row["mode"], row["object"])] = CameoCode(row["code"], score)
    acled = {
        (row["type"], row["mode"]): AcledType(row["disorder_type"], row["event_type"], row["sub_event_type"])
        for row in read_rows(layers, "acled.csv", _ACLED_COLUMNS, keys=2)
    }
    return Crosswalk(countries, cameo, acled)
