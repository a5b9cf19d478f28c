"""Confidence: how often what the coder finds is right, by what is known of it (`confidence.toml`).

The share right is a logistic curve over a sum: an intercept, a weight for each feature that holds, for the event's type and for
the rule that found it, and the odds that the frame itself states (`sure`). `scripts/fit_confidence.py` fits it on the project's
corpus of events.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.load import part_files, read_toml
from dragoman.errors import CodebookError

FILE = "confidence.toml"

FEATURES = (
    "no_actor",
    "no_recipient",
    "guessed",
    "actor_unknown",
    "recipient_unknown",
    "own_side",
    "several_parties",
    "bare_noun",
    "carried_noun",
    "derived",
    "embedded",
    "conditions",
    "not_happened",
    "became",
    "reported",
    "told_again",
    "long_sentence",
    "crowded",
)
"""What can be known of an event that changes how often it is right; `read/coding/confidence.py` says when each holds."""

LEAST, MOST = 0.02, 0.98
"""No event is ever told as certain or as impossible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The weights, in natural logarithms of odds; a feature, type or rule that is not named weighs nothing."""

    intercept: float
    prior: float
    features: Mapping[str, float]
    types: Mapping[str, float]
    rules: Mapping[str, float]

    def share(self, *, sure: float, event_type: str, rule: str, features: Collection[str]) -> float:
        """Return the share of events like this one that are right (`LEAST` to `MOST`).

        `sure` is what the frame states, between 0 and 1 exclusive; `features` are those of `FEATURES` that hold.
        """
        weight = self.intercept + self.prior * math.log(sure / (1 - sure))
        weight += sum(self.features.get(name, 0.0) for name in FEATURES if name in features)
        weight += self.types.get(event_type, 0.0) + self.rules.get(rule, 0.0)
        return min(MOST, max(LEAST, 1 / (1 + math.exp(-weight))))


def load_confidence(layers: Sequence[Path]) -> Calibration:
    """Return the weights of all layers, a later layer's laid over; `CodebookError` names the file and key that is wrong."""
    single: dict[str, float] = {"intercept": 0.0, "prior": 1.0}
    tables: dict[str, dict[str, float]] = {"features": {}, "types": {}, "rules": {}}
    for path in part_files(layers, FILE):
        for key, value in read_toml(path).items():
            if key in single:
                single[key] = _number(path, key, value)
            elif key in tables and isinstance(value, dict):
                for name, weight in value.items():
                    if key == "features" and name not in FEATURES:
                        raise CodebookError(f"{path}: features.{name} is unknown; use one of {', '.join(FEATURES)}.")
                    tables[key][name] = _number(path, f"{key}.{name}", weight)
            else:
                known = ", ".join((*single, *tables))
                raise CodebookError(f"{path}: {key!r} is unknown or no table; use {known}.")
    return Calibration(
        intercept=single["intercept"],
        prior=single["prior"],
        features=tables["features"],
        types=tables["types"],
        rules=tables["rules"],
    )


def _number(path: Path, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CodebookError(f"{path}: {key} is {value!r}; write a number.")
    return float(value)
