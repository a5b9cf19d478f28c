"""Score articles that carry expectations in the form of `examples/README.md`, a line a kind, with the misses on request.

    python scripts/first_reading.py FOLDER [--misses]

FOLDER holds `articles/` and `expected/`. "event right" is a measure of precision: the share of the events found whose
sentence holds an expected event of their type; rows under `also` are accepted there and not asked for.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from dragoman.bench.expected import judge_examples, read_examples
from dragoman.codebook import Codebook
from dragoman.read import build_reader


def main() -> None:
    """Print hits, asked and share of every kind, and with `--misses` each line that was missed with what was found."""
    codebook = Codebook()
    examples = read_examples(Path(sys.argv[1]), build_reader(codebook))
    asked: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    missed: list[str] = []
    for name, verdict in judge_examples(examples, codebook):
        asked[verdict.kind] += 1
        hits[verdict.kind] += verdict.met
        if not verdict.met:
            missed.append(f"{verdict.line(name)}   found: {verdict.found}")
    for document, expected in examples:
        text = document.article.text
        rows = [
            (row[0].split("|"), text.find(row[5]), len(row[5]))
            for row in (*expected["events"], *expected.get("also", []))
        ]
        for event in document.events or ():
            there = [
                types
                for types, at, long in rows
                if any(span.start < at + long and at < span.end for span in event.evidence)
            ]
            asked["event right"] += 1
            right = any(event.type in types for types in there)
            hits["event right"] += right
            if not right:
                missed.append(
                    f"{Path(document.article.source).stem}: extra: {event.type} {event.mode} {event.factuality}"
                    f" {event.trigger.text!r} {event.rule} in {event.evidence[0].text!r}"
                )
    for kind in asked:
        print(f"{kind:16} {hits[kind]:4}/{asked[kind]:<4} {hits[kind] / asked[kind]:.2f}")
    print(f"all {sum(hits.values())}/{sum(asked.values())} {sum(hits.values()) / sum(asked.values()):.3f}")
    if "--misses" in sys.argv[2:]:
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
