"""Fit the confidence of events: scripts/fit_confidence.py [--check] [--dev GOLD.jsonl]

Reads the project's corpus of events (`corpora/events`), judges every event that the reader finds against it, and fits
the weights of `src/dragoman/codebook/data/confidence.toml`: a logistic curve over what is known of an event. An event
is right when the passage has one of its type and factuality in which all the parties that it names, one at least, have
the roles in which it names them: a party that it leaves out makes it incomplete, not false. Prints the
reliability of a five-fold cross-validation (no passage stands in two folds), of all weights on the folds held out, then
writes the file (not with --check). With --dev, prints the reliability of the weights in the file on the first events of
the sentences of a gold file of the events bench, which is never fitted on. Needs numpy and scipy, which the program
itself does not. Run it again whenever what the coder finds has changed: it takes half a minute and gives the same file
for the same corpus and coder.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dragoman.bench.events import predictions
from dragoman.codebook import Codebook
from dragoman.codebook.confidence import FEATURES, FILE, LEAST, MOST
from dragoman.codebook.load import OWN_FOLDER
from dragoman.read import build_reader
from dragoman.read.code import coded
from dragoman.read.coding.confidence import features_of
from dragoman.read.pipeline import Pipeline
from dragoman.record import Actor, Article, Document, Event
from dragoman.record.text import article_id

CORPUS = Path(__file__).parents[1] / "corpora" / "events"
FOLDS, SEED = 5, 20260101
PENALTY, RARE_PENALTY = 4.0, 6.0  # on squared weights of features, and of types and rules; half or twice is as good
LEAST_RULE = 8  # events of a rule below which it has no weight of its own
LOWERS = frozenset(
    {"no_actor", "no_recipient", "guessed", "actor_unknown", "recipient_unknown", "derived", "not_happened", "became"}
    | {"embedded", "reported", "long_sentence", "crowded"}
)
"""Features that by their meaning can only make an event less sure: a weight above zero would be chance."""
RAISES = frozenset({"conditions", "told_again"})
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
BATCH = 64


@dataclass(frozen=True, slots=True)
class Case:
    """An event that the reader found: what is known of it, and whether it is right."""

    passage: str
    sure: float
    type: str
    rule: str
    features: frozenset[str]
    right: bool


def cases_of(codebook: Codebook) -> list[Case]:
    """Judge every event that is found in the corpus."""
    reader = build_reader(codebook)
    before = Pipeline(tuple(stage for stage in reader.stages if stage.name != "code"), codebook)
    passages = [json.loads(line) for file in sorted(CORPUS.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    found: list[Case] = []
    for start in range(0, len(passages), BATCH):
        batch = passages[start : start + BATCH]
        for passage, document in zip(batch, before.read([_document(p) for p in batch]), strict=True):
            found.extend(_judged(passage, document, codebook))
    return found


def _document(passage: dict) -> Document:
    text = passage["text"]
    day = date.fromisoformat(passage["published"]) if "published" in passage else None
    return Document(article=Article(id=article_id(text), source="corpus", text=text, published=day, language="en"))


def _judged(passage: dict, document: Document, codebook: Codebook) -> list[Case]:
    reading, events = coded(document, codebook)
    left = list(passage["events"])
    cases = []
    for event, group in events:
        match = next((gold for gold in left if _is_right(event, gold, reading.parties.actors, codebook)), None)
        if match is not None:
            left.remove(match)
        best = max(group, key=lambda candidate: candidate.sure)
        features = frozenset(features_of(best, reading, told_again=len(group) > 1))
        cases.append(Case(passage["id"], best.sure, event.type, event.rule, features, match is not None))
    return cases


def _is_right(event: Event, gold: dict, actors: dict[str, Actor], codebook: Codebook) -> bool:
    return (
        event.type == gold["type"]
        and _is_as_true(event, gold["factuality"], codebook)
        and (bool(event.actors or event.recipients) or not (gold["actors"] or gold["recipients"]))
        and _are_among([actors[a] for a in event.actors], gold["actors"], codebook)
        and _are_among([actors[a] for a in event.recipients], gold["recipients"], codebook)
    )


def _is_as_true(event: Event, factuality: str, codebook: Codebook) -> bool:
    """Tell whether the factuality is the gold's; of an act announced, the corpus says that the announcement happened."""
    announced = event.type in codebook.ontology.future.values() and event.factuality == "future"
    return event.factuality == factuality or (announced and factuality == "happened")


def _are_among(found: list[Actor], wanted: list[str], codebook: Codebook) -> bool:
    """Tell whether every actor is one of the gold's, who may be a state's code, a body's name or words of the text.

    Somebody whose state the reader leaves open contradicts no code.
    """
    return all(any(_is(actor, name, codebook) for name in wanted) for actor in found)


def _is(actor: Actor, name: str, codebook: Codebook) -> bool:
    body = codebook.bodies.find(name)
    names = {name.casefold(), body.name.casefold()} if body is not None else {name.casefold()}
    if actor.country is None and actor.key is None and not codebook.bodies.find(actor.name):
        return True
    own = (actor.country, actor.key, actor.name, *actor.names)
    return any(one is not None and one.casefold() in names for one in own)


def columns_of(cases: list[Case]) -> list[str]:
    """The names of the weights: features, then the types, then the rules that found enough."""
    rules = Counter(case.rule for case in cases)
    types = sorted({case.type for case in cases})
    return [*FEATURES, *(f"type {t}" for t in types), *(f"rule {r}" for r in sorted(rules) if rules[r] >= LEAST_RULE)]


def matrix(cases: list[Case], columns: list[str]) -> np.ndarray:
    """A row a case: one, the log odds that the frame states, and a one for each column that holds."""
    at = {name: number for number, name in enumerate(columns, 2)}
    rows = np.zeros((len(cases), len(columns) + 2))
    for number, case in enumerate(cases):
        sure = min(0.95, max(0.05, case.sure))
        rows[number, :2] = 1.0, math.log(sure / (1 - sure))
        for name in (*case.features, f"type {case.type}", f"rule {case.rule}"):
            if name in at:
                rows[number, at[name]] = 1.0
    return rows


def fit(cases: list[Case], columns: list[str]) -> np.ndarray:
    """The weights of least penalised logistic loss, of the signs that the features' meanings allow."""
    rows, right = matrix(cases, columns), np.array([case.right for case in cases], dtype=float)
    penalty = np.array([0.0, 0.0, *(PENALTY if name in FEATURES else RARE_PENALTY for name in columns)])
    bounds = [(None, None), (0.0, None)]
    bounds += [(None, 0.0) if name in LOWERS else (0.0, None) if name in RAISES else (None, None) for name in columns]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ weights
        share = 1 / (1 + np.exp(-odds))
        value = float(np.sum(np.logaddexp(0, odds) - right * odds) + 0.5 * penalty @ weights**2)
        return value, rows.T @ (share - right) + penalty * weights

    start = np.zeros(rows.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}).x


def shares(cases: list[Case], columns: list[str], weights: np.ndarray) -> np.ndarray:
    """The share right that the weights state of each case."""
    return np.clip(1 / (1 + np.exp(-matrix(cases, columns) @ weights)), LEAST, MOST)


def held_out(cases: list[Case]) -> np.ndarray:
    """What each case is given by weights that were fitted without its passage."""
    passages = sorted({case.passage for case in cases})
    random.Random(SEED).shuffle(passages)  # noqa: S311 - folds, not secrets
    fold = {passage: number % FOLDS for number, passage in enumerate(passages)}
    given = np.zeros(len(cases))
    for number in range(FOLDS):
        inside = [case for case in cases if fold[case.passage] != number]
        outside = [i for i, case in enumerate(cases) if fold[case.passage] == number]
        columns = columns_of(inside)
        given[outside] = shares([cases[i] for i in outside], columns, fit(inside, columns))
    return given


def print_reliability(title: str, given: np.ndarray, right: np.ndarray) -> None:
    """Print, for bins of the stated share, how many events there are, what is stated and what is right."""
    brier = float(np.mean((given - right) ** 2))
    print(f"{title}: {len(given)} events, {right.mean():.3f} right, stated {given.mean():.3f}, Brier score {brier:.3f}")
    print("| stated | events | mean stated | right |\n| --- | ---: | ---: | ---: |")
    for low, high in itertools.pairwise(BINS):
        inside = (given >= low) & (given < high)
        if inside.any():
            bounds = f"{low:.1f} to {min(1.0, high):.1f}"
            print(f"| {bounds} | {inside.sum()} | {given[inside].mean():.2f} | {right[inside].mean():.2f} |")


def write(columns: list[str], weights: np.ndarray) -> None:
    """Write the weights, rounded, those of nought left out."""
    tables: dict[str, list[str]] = {"features": [], "types": [], "rules": []}
    for name, weight in zip(columns, weights[2:], strict=True):
        kind, _, rest = name.partition(" ")
        table, key = ("features", name) if name in FEATURES else (f"{kind}s", rest)
        if round(weight, 2):
            tables[table].append(f"{key} = {weight:.2f}")
    head = (
        "# How often an event is right, by what is known of it: weights in natural logarithms of odds. Written by\n"
        "# scripts/fit_confidence.py from corpora/events; docs/reading.md shows how far it can be relied on.\n"
    )
    lines = [
        f"{head}\nintercept = {weights[0]:.2f}\n"
        f"prior = {weights[1]:.2f}  # how much the log odds of the frame's own `sure` count"
    ]
    lines += [f"\n[{table}]\n" + "\n".join(entries) for table, entries in tables.items() if entries]
    (OWN_FOLDER / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def dev(gold: Path) -> None:
    """Print the reliability of the written weights on the first event of each sentence of a gold file."""
    reader = build_reader(Codebook())
    golds: dict[str, list[dict]] = {}
    for line in gold.open(encoding="utf-8"):
        record = json.loads(line)
        golds.setdefault(record["text"], []).append(record)
    given, right = [], []
    texts = list(golds)
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        for text, document in zip(batch, reader.read([_document({"text": text}) for text in batch]), strict=True):
            if document.events:
                given.append(document.events[0].confidence)
                right.append(any(_is_whole(predictions(document)[0], record) for record in golds[text]))
    print_reliability(gold.stem, np.array(given), np.array(right, dtype=float))


def _is_whole(found: dict, gold: dict) -> bool:
    """Tell whether the type is the gold's and so are the parties that are named; a reciprocal event has no sides."""
    actors, recipients = ({_code(one["code"]) for one in gold[side]} - {""} for side in ("source", "target"))
    ours, theirs = ({_code(code) for code in found[side]} for side in ("source_codes", "target_codes"))
    if gold["reciprocal"]:
        ours, theirs, actors = ours | theirs, set(), actors | recipients
    kinds = {gold["event"], *gold.get("event_alt", [])}
    named = bool(ours or theirs)
    return found["event"] in kinds and named and ours <= actors and (theirs <= recipients or not recipients)


def _code(code: str | None) -> str:
    first = (code or "").upper()[:3]
    return {"NGO": "IGO", "NGM": "IGO"}.get(first, first if first.isalpha() else "")


def main() -> int:
    """Fit, print and write, as the arguments say."""
    arguments = sys.argv[1:]
    if "--dev" in arguments:
        dev(Path(arguments[arguments.index("--dev") + 1]))
        return 0
    cases = cases_of(Codebook())
    right = np.array([case.right for case in cases], dtype=float)
    print_reliability("held-out folds", held_out(cases), right)
    if "--check" not in arguments:
        columns = columns_of(cases)
        write(columns, fit(cases, columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
