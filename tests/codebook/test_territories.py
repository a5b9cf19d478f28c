"""States and territories: found by any name, and honest about what has no state."""

from __future__ import annotations

from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.codebook.territories import find_state, state, territories
from dragoman.errors import CodebookError, UnknownNameError


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UKR", "UKR"),
        ("ua", "UKR"),
        ("Ukraine", "UKR"),
        ("Украіна", "UKR"),
        ("Україна", "UKR"),
        ("Ukrainians", "UKR"),
        ("Беларусь", "BLR"),
        ("the Netherlands", "NLD"),
        ("Dutchman", "NLD"),
        ("Côte d’Ivoire", "CIV"),
        ("DPRK", "PRK"),
        ("Burma", "MMR"),
        ("Weißrussland", "BLR"),
        ("أوكرانيا", "UKR"),
        ("Soviet Union", "SUN"),
    ],
)
def test_names_of_a_state(name: str, code: str) -> None:
    """A code, a name in any common language, a press variant or a demonym leads to the same state."""
    assert state(name).code == code


@given(st.sampled_from(territories().all))
def test_every_own_name_resolves(territory: object) -> None:
    """Every code and display name of the table finds a territory, and the code finds this one."""
    assert find_state(territory.code) is territory  # type: ignore[attr-defined]
    assert find_state(territory.name) is not None  # type: ignore[attr-defined]


def test_codes_are_iso() -> None:
    """Every code without the own prefix is ISO's, withdrawn, or Kosovo's user-assigned one."""
    withdrawn = {"SUN", "YUG", "SCG", "CSK", "DDR", "XKX"}
    for territory in territories().all:
        if not territory.code.startswith("X-") and territory.code not in withdrawn:
            found = pycountry.countries.get(alpha_3=territory.code)
            assert found is not None, territory.code
            assert found.alpha_2 == territory.alpha2


def test_typo_gets_suggestions() -> None:
    """A misspelt name raises with the nearest names."""
    with pytest.raises(UnknownNameError) as caught:
        state("Belraus")
    assert caught.value.suggestions[0] == "Belarus"


def test_unrecognised_has_no_country() -> None:
    """An unrecognised entity is named, and counted toward no state."""
    for name in ("Transnistria", "Abkhazia", "DPR", "Northern Cyprus"):
        assert state(name).country is None


def test_overlay_replaces_and_adds(tmp_path: Path) -> None:
    """A user's folder can give a disputed territory to the state it chooses and add names."""
    (tmp_path / "territories.csv").write_text(
        "code,alpha2,name,forms,demonyms,capital,status,of,since,until\n"
        "X-ABK,,Abkhazia,Apsny,Abkhaz,Sukhumi,region,GEO,,\n",
        encoding="utf-8",
    )
    overlaid = Codebook([tmp_path]).territories
    assert overlaid.get("Apsny").country == "GEO"
    assert overlaid.get("Belarus").code == "BLR"


def test_wrong_overlay_is_named(tmp_path: Path) -> None:
    """A wrong status in a user's table is reported with the row and the words to use."""
    (tmp_path / "territories.csv").write_text(
        "code,alpha2,name,forms,demonyms,capital,status,of,since,until\nX-Q,,Q,,,,kingdom,,,\n", encoding="utf-8"
    )
    with pytest.raises(CodebookError, match="kingdom"):
        _ = Codebook([tmp_path]).territories
