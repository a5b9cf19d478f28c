"""Fit the weights by which names are compared: scripts/fit_names.py GOLD.jsonl [GOLD.jsonl ...] [--check]

GOLD: {"id", "name1", "name2", "same": 0|1, "person" or "group"?}. Prints the AUC of a five-fold cross-validation in
which no person stands in two folds, then writes `src/dragoman/names/data/weights.toml` from all pairs (not with
--check). Every file weighs as much as WEIGHTS says per pair; signs are bound as `match.FEATURES` says. Needs numpy and
scipy, which the program itself does not.
"""

from __future__ import annotations

import json
import math
import random
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dragoman.bench.join import generated
from dragoman.names import meetings
from dragoman.names.form import form_of
from dragoman.names.match import FEATURES, measure, strangers

INVENTED = 4000  # names of the join bench, whose near namesakes the gold files lack
INVENTED_SHARE = 1000.0  # what all pairs of invented names weigh together
FOLDS = 5
PENALTY = 5.0  # on weights in units of a feature's standard deviation; 1 to 20 give the same AUC within 0.001
SMALL_SET, SMALL_WEIGHT = 1000, 2.0  # a gold file with few pairs is heard twice as loud


def rows_of(path: Path) -> list[dict]:
    """The pairs of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def invented() -> list[dict]:
    """Pairs of invented names that blocking brings together: the same person by two systems, or near namesakes."""
    people = generated(INVENTED)
    return [
        {
            "id": f"{one}-{other}",
            "person": str(people[one][1]),
            "name1": people[one][0],
            "name2": people[other][0],
            "same": int(people[one][1] == people[other][1]),
        }
        for one, other in meetings([name for name, _ in people])
    ]


def measured(rows: list[dict]) -> np.ndarray:
    """The features of each pair; where no words answer to each other NaN, with the score in the first column's place."""
    out = []
    for row in rows:
        one, other = sorted((form_of(row["name1"]), form_of(row["name2"])), key=lambda f: (f.joined, f.written))
        found = measure(one, other)
        out.append([strangers(one, other), *[math.nan] * (len(FEATURES) - 1)] if found is None else found[0])
    return np.array(out)


def fit(x: np.ndarray, y: np.ndarray, loudness: np.ndarray) -> np.ndarray:
    """The weights: logistic regression with bound signs."""
    known = ~np.isnan(x[:, 1])
    x, y, loudness = x[known], y[known], loudness[known]
    scale = x.std(axis=0)
    scale[scale == 0] = 1.0
    z = x / scale
    free = np.array([name != "one" for name in FEATURES], float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = z @ weights
        value = loudness @ (np.logaddexp(0, margin) - y * margin) + PENALTY / 2 * (free * weights) @ weights
        slope = z.T @ (loudness * (1 / (1 + np.exp(-margin)) - y)) + PENALTY * free * weights
        return float(value), slope

    bounds = [(0, None) if sign > 0 else (None, 0) if sign < 0 else (None, None) for sign in FEATURES.values()]
    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 5000})
    return found.x / scale


def scored(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The score of each pair, as `compare` gives it."""
    return np.where(np.isnan(x[:, 1]), x[:, 0], 1 / (1 + np.exp(-np.nan_to_num(x) @ weights)))


def auc(scores: np.ndarray, same: np.ndarray) -> float:
    """The chance that a true pair scores above a false one; ties count half."""
    order = np.argsort(np.concatenate([scores[same == 1], scores[same == 0]]), kind="stable")
    values = np.concatenate([scores[same == 1], scores[same == 0]])
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    for value in np.unique(values):
        tied = values == value
        ranks[tied] = ranks[tied].mean()
    good = int((same == 1).sum())
    return float((ranks[:good].sum() - good * (good + 1) / 2) / (good * (len(same) - good)))


def main(arguments: list[str]) -> None:
    """Cross-validate, fit, write."""
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    sets = [rows_of(path) for path in paths]
    xs = [measured(rows) for rows in sets]
    ys = [np.array([row["same"] for row in rows], float) for rows in sets]
    loud = [np.full(len(rows), SMALL_WEIGHT if len(rows) < SMALL_SET else 1.0) for rows in sets]
    sets.append(invented())
    paths.append(Path("invented"))
    xs.append(measured(sets[-1]))
    ys.append(np.array([row["same"] for row in sets[-1]], float))
    loud.append(np.full(len(sets[-1]), INVENTED_SHARE / len(sets[-1])))
    folds = []
    for rows in sets:
        people = sorted({row.get("person", row["id"]) for row in rows})
        random.Random(7).shuffle(people)  # noqa: S311 -- folds, not secrets
        where = {person: i % FOLDS for i, person in enumerate(people)}
        folds.append(np.array([where[row.get("person", row["id"])] for row in rows]))
    held = [np.zeros(len(rows)) for rows in sets]
    for k in range(FOLDS):
        keep = [fold != k for fold in folds]
        weights = fit(
            np.vstack([x[m] for x, m in zip(xs, keep, strict=True)]),
            np.concatenate([y[m] for y, m in zip(ys, keep, strict=True)]),
            np.concatenate([w[m] for w, m in zip(loud, keep, strict=True)]),
        )
        for scores, x, m in zip(held, xs, keep, strict=True):
            scores[~m] = scored(x[~m], weights)
    for path, scores, y in zip(paths, held, ys, strict=True):
        print(f"{path.name}: {len(y)} pairs, AUC {auc(scores, y):.4f} in cross-validation by person")
    weights = fit(np.vstack(xs), np.concatenate(ys), np.concatenate(loud))
    lines = [
        "# Weights of the features in dragoman.names.match, fitted by scripts/fit_names.py; signs bound beforehand.",
        "",
        "[weights]",
        *(f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, weights + 0.0, strict=True)),
    ]
    print("\n".join(lines))
    if "--check" not in arguments:
        target = Path(__file__).parents[1] / "src" / "dragoman" / "names" / "data" / "weights.toml"
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
