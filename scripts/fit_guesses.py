"""Count how often parties are right by the way in which they were found: scripts/fit_guesses.py [--judged COUNTS.toml]

Reads the project's corpus of events (`corpora/events`), finds the events of every passage without leaving any way out,
and counts for each way in which a side was filled that the frame's own slots left open (`Cast.actors_by`,
`recipients_by`) the events of which the passage has one of that type and factuality, and those of them whose parties are
right as `fit_confidence.py` judges it; for ways with events enough of one type, of that type as well. Writes
`src/dragoman/codebook/data/guesses.toml`. With --judged, the counts of a file of the same form, made by judging other
texts, are added. Run it again whenever the ways change.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

from fit_confidence import CORPUS, _document, _is_as_true, _is_right

from dragoman.codebook import Codebook
from dragoman.codebook.guesses import ENOUGH, FILE, Guesses
from dragoman.codebook.load import OWN_FOLDER
from dragoman.read import build_reader
from dragoman.read.code import coded
from dragoman.read.pipeline import Pipeline

LEAST = 0.5  # a wrong party costs an event, a missing one only makes it incomplete
BATCH = 64


def counts_of(codebook: Codebook) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Return how many events there are by side and way (and by way and type), and how many of them are right."""
    codebook.__dict__["guesses"] = Guesses(least=0.0, counts={})  # every way, as if all were right
    reader = build_reader(codebook)
    before = Pipeline(tuple(stage for stage in reader.stages if stage.name != "code"), codebook)
    passages = [json.loads(line) for file in sorted(CORPUS.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    events: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for start in range(0, len(passages), BATCH):
        batch = passages[start : start + BATCH]
        for passage, document in zip(batch, before.read([_document(p) for p in batch]), strict=True):
            reading, found = coded(document, codebook)
            for event, group in found:
                golds = [
                    gold
                    for gold in passage["events"]
                    if gold["type"] == event.type and _is_as_true(event, gold["factuality"], codebook)
                ]
                if not golds:
                    continue
                good = any(_is_right(event, gold, reading.parties.actors, codebook) for gold in golds)
                for side, way in (("actors", group[0].cast.actors_by), ("recipients", group[0].cast.recipients_by)):
                    for key in (way, f"{way}/{event.type}") if way else ():
                        events[side, key] += 1
                        right[side, key] += good
    return events, right


def main() -> None:
    """Count, add the judged counts, and write the file."""
    events, right = counts_of(Codebook())
    arguments = sys.argv[1:]
    if "--judged" in arguments:
        judged = tomllib.loads(Path(arguments[arguments.index("--judged") + 1]).read_text(encoding="utf-8"))
        for side in ("actors", "recipients"):
            for way, count in judged.get(side, {}).items():
                events[side, way] += count["events"]
                right[side, way] += count["right"]
    lines = [
        "# How often a party is right that the frame's own slots don't name, by how it was found.",
        "# A way below `least`, one right and one wrong event added, names nobody. Written by scripts/fit_guesses.py from",
        "# corpora/events and the counts of judged news.",
        "",
        f"least = {LEAST}",
    ]
    for side in ("actors", "recipients"):
        lines += ["", f"[{side}]"]
        for (own, way), number in sorted(events.items()):
            if own == side and ("/" not in way or number >= ENOUGH):
                lines.append(f"{json.dumps(way)} = {{ events = {number}, right = {right[own, way]} }}")
    (OWN_FOLDER / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
