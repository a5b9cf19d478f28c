"""The ontology: PLOVER's types, modes, scores and quad classes as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.errors import CodebookError


def test_all_types_are_there(codebook: Codebook) -> None:
    """There are sixteen types in four quad classes, and 67 modes with a meaning each."""
    types = codebook.ontology.types
    assert len(types) == 16
    assert {entry.quad for entry in types.values()} == {
        "verbal cooperation",
        "material cooperation",
        "verbal conflict",
        "material conflict",
    }
    assert all(entry.meaning and all(entry.mode_meanings.values()) for entry in types.values())
    assert sum(len(entry.modes) for entry in types.values()) == 67


def test_scores_run_from_conflict_to_cooperation(codebook: Codebook) -> None:
    """Scores lie between -10 and +10, below zero for conflict in deeds and above for cooperation."""
    for entry in codebook.ontology.types.values():
        for score in (entry.score, *entry.modes.values()):
            assert -10 <= score <= 10
            if entry.quad == "material conflict":
                assert score < 0
            if entry.quad.endswith("cooperation"):
                assert score > 0


def test_score_of_a_mode_or_its_type(codebook: Codebook) -> None:
    """A mode has its own score; without a mode the type's counts."""
    ontology = codebook.ontology
    assert ontology.score("SANCTION", "expel") == -5.5
    assert ontology.score("SANCTION", None) == -6.0
    assert ontology.score("AID", None) == 10.0


def test_content_gives_the_mode(codebook: Codebook) -> None:
    """What a request, refusal or threat is about gives it its mode."""
    ontology = codebook.ontology
    assert ontology.content_mode("REQUEST", "CONSULT", "visit") == "meet"
    assert ontology.content_mode("REQUEST", "RETREAT", "withdraw") == "yield"
    assert ontology.content_mode("REJECT", "AID", None) == "assist"
    assert ontology.content_mode("THREATEN", "SANCTION", "expel") == "expel"
    assert ontology.content_mode("THREATEN", "ASSAULT", None) == "violence"
    assert ontology.content_mode("ACCUSE", "ASSAULT", None) is None


def test_a_users_ontology_replaces_ours(tmp_path: Path) -> None:
    """An ontology in a user's folder stands alone: types of ours that it lacks are gone."""
    text = '[types.TALK]\nscore = 1\nquad = "verbal cooperation"\nmeaning = "talks"\n'
    (tmp_path / "plover.toml").write_text(text, encoding="utf-8")
    assert set(Codebook([tmp_path]).ontology.types) == {"TALK"}


def test_a_garbled_type_is_named(tmp_path: Path) -> None:
    """A type without a score is refused with the file's name and what it lacks."""
    (tmp_path / "plover.toml").write_text('[types.TALK]\nquad = "x"\nmeaning = "talks"\n', encoding="utf-8")
    with pytest.raises(CodebookError, match=r"plover\.toml.*score"):
        _ = Codebook([tmp_path]).ontology
