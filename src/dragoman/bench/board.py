"""The board: every bench that has gold, scored, beside what the best peer reached on the same gold.

The scorers lie beside the gold and belong to it; they are run as they are, and their figures read from what they print.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.errors import InputError, UnknownNameError

_PAIR = re.compile(r"(\w+)=\s*([-\d.]+)")


_OTHERS = ("chronicle", "examples", "gold", "join", "speed")
"""The benches that need no gold file of predictions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure: the way to it in the scorer's output, and the best peer's value on the same gold, if one was measured."""

    measure: str
    at: tuple[str | int, ...]
    peer: str = ""
    reached: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A bench: its gold files and scorer, as paths inside a folder of gold."""

    name: str
    gold: tuple[str, ...]
    scorer: str | None
    options: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A figure on one gold file: ours, None where the scorer does not print it, and the peer's."""

    bench: str
    gold: str
    figure: Figure
    ours: float | None


@cache
def benches() -> tuple[Bench, ...]:
    """Return the benches of the table `data/peers.toml`, in its order."""
    table = tomllib.loads((Path(__file__).parent / "data" / "peers.toml").read_text(encoding="utf-8"))
    return tuple(
        Bench(
            name=row["name"],
            gold=tuple(row["gold"]),
            scorer=row.get("scorer"),
            options=tuple(row.get("options", ())),
            figures=tuple(Figure(**{**figure, "at": tuple(figure["at"])}) for figure in row["figures"]),
        )
        for row in table["bench"]
    )


def predictor(name: str) -> Any:
    """Return the function that predicts for a bench; `UnknownNameError` where there is none."""
    known = tuple(bench.name for bench in benches() if _module_exists(bench.name))
    if name not in known:
        raise UnknownNameError(f"No bench is called {name!r}: use one of {', '.join((*known, *_OTHERS))}.", known)
    return importlib.import_module(f"dragoman.bench.{name}").predict


def _module_exists(name: str) -> bool:
    return importlib.util.find_spec(f"dragoman.bench.{name}") is not None


def prediction_lines(name: str, gold: Path) -> Iterator[str]:
    """Yield a bench's predictions for a gold file as JSON lines."""
    if not gold.is_file():
        raise InputError(f"No gold file {str(gold)!r}: name one, or leave it out to run all benches.")
    for prediction in predictor(name)(gold):
        yield json.dumps(prediction, ensure_ascii=False)


def run_board(folder: Path, names: Sequence[str] = ()) -> Iterator[Result]:
    """Yield the results of the benches whose gold lies in the folder, with its scorer where it has one; of `names` if any."""
    if not folder.is_dir():
        raise InputError(f"No folder of gold {str(folder)!r}: name one with --folder.")
    for bench in benches():
        if (names and bench.name not in names) or not _module_exists(bench.name):
            continue
        for gold in bench.gold:
            scorer = folder / bench.scorer if bench.scorer is not None else None
            if (folder / gold).is_file() and (scorer is None or scorer.is_file()):
                scores = _agreement(bench, folder / gold) if scorer is None else _scores(bench, folder / gold, scorer)
                for figure in bench.figures:
                    yield Result(bench=bench.name, gold=gold, figure=figure, ours=_value(scores, figure.at))


def _agreement(bench: Bench, gold: Path) -> Any:
    """What a bench measures by itself, where no scorer lies beside its gold."""
    return importlib.import_module(f"dragoman.bench.{bench.name}").agreement(gold)


def _scores(bench: Bench, gold: Path, scorer: Path) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        with predictions.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in prediction_lines(bench.name, gold))
        command = [sys.executable, str(scorer), str(gold), str(predictions), *bench.options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the gold's own scorer
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise InputError(f"{scorer} failed ({last}): run it by hand with --predictions.")
    return parse_scores(done.stdout)


def parse_scores(output: str) -> dict[str, Any]:
    """Return the figures that a scorer printed: one JSON object, or lines of a name and a JSON object or `key=value` pairs."""
    try:
        whole = json.loads(output)
        return whole if isinstance(whole, dict) else {}
    except json.JSONDecodeError:
        pass
    found: dict[str, Any] = {}
    for line in output.splitlines():
        name, brace, rest = line.partition("{")
        if brace:
            try:
                found[name.strip()] = json.loads(brace + rest)
            except json.JSONDecodeError:
                continue
        elif pairs := _PAIR.findall(line):
            found[line[: line.index(pairs[0][0] + "=")].strip()] = {key: float(value) for key, value in pairs}
    return found


def _value(scores: Any, at: Sequence[str | int]) -> float | None:
    for step in at:
        try:
            scores = scores[step]
        except (KeyError, IndexError, TypeError):
            return None
    return float(scores)
