"""Predictions for the bench of names: how surely each pair is one person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.names import compare


def predict(gold: Path) -> Iterator[dict[str, Any]]:
    """Score each pair of a gold file.

    `gold` has a JSON object a line with `id`, `name1` and `name2`; yields `{"id", "score"}` in its order, the score
    from 0 (two persons) to 1 (one).

    Raises:
        InputError: the file can't be read, or a line lacks one of the three fields.

    """
    try:
        lines = gold.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"Can't read {gold}: {error.strerror}. Name a file of pairs.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            pair = json.loads(line)
            identity, one, other = pair["id"], pair["name1"], pair["name2"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f'{gold}, line {number}: no pair of names ({error}). Each line is {{"id", "name1", "name2"}}.'
            ) from error
        yield {"id": identity, "score": round(compare(one, other).score, 6)}
