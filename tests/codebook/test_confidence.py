"""Confidence as data: the curve, its overlay, and what is said of a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.codebook.confidence import FEATURES, LEAST, MOST
from dragoman.errors import CodebookError

SURE = st.floats(0.05, 0.95)
SOME = st.frozensets(st.sampled_from(FEATURES))
CODEBOOK = Codebook()


def share(sure: float, features: frozenset[str], event_type: str = "ACCUSE", rule: str = "accuse") -> float:
    """The share right that the project's own weights state."""
    return CODEBOOK.confidence.share(sure=sure, event_type=event_type, rule=rule, features=features)


@given(SURE, SURE, SOME)
def test_a_surer_frame_gives_a_surer_event(one: float, other: float, features: frozenset[str]) -> None:
    """The share never falls when the frame's own `sure` rises, and stays between its bounds."""
    low, high = sorted((one, other))
    assert LEAST <= share(low, features) <= share(high, features) <= MOST


@given(SURE, SOME, st.sampled_from(["no_actor", "guessed", "actor_unknown", "not_happened", "crowded"]))
def test_a_doubt_never_raises_the_share(sure: float, features: frozenset[str], doubt: str) -> None:
    """What by its meaning makes an event less sure never makes it surer."""
    assert share(sure, features | {doubt}) <= share(sure, features - {doubt})


def test_weights_differ_by_what_they_were_fitted_on() -> None:
    """The file holds fitted weights for features and types, and a user's type or rule without one weighs nothing."""
    assert CODEBOOK.confidence.features
    assert CODEBOOK.confidence.types
    plain = share(0.7, frozenset(), "OWN", "own")
    assert plain == CODEBOOK.confidence.share(sure=0.7, event_type="NEW", rule="new", features=frozenset())


def test_a_users_weights_are_laid_over(tmp_path: Path) -> None:
    """A weight of a user's file takes the place of ours, the others stay."""
    (tmp_path / "confidence.toml").write_text("[features]\nno_actor = -9.0\n", encoding="utf-8")
    calibration = Codebook([tmp_path]).confidence
    assert calibration.features["no_actor"] == -9.0
    assert calibration.types == CODEBOOK.confidence.types


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[features]\nno_actr = 1.0\n", "features.no_actr is unknown; use one of no_actor"),
        ("[types]\nAID = 'high'\n", "types.AID: it is 'high'; write a number"),
        ("intercept = true\n", "intercept: it is True; write a number"),
        ("[weights]\nx = 1\n", "the key 'weights' is unknown; use one of intercept"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    """A key that is not known or no number is an error with the file, the key and the remedy."""
    (tmp_path / "confidence.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=fault):
        _ = Codebook([tmp_path]).confidence
