"""Print what the program misses of the examples' expectations, as `tests/golden/misses.txt` lists it.

    python scripts/example_misses.py [--found] > tests/golden/misses.txt

`--found` adds what was found instead, for reading.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.bench.expected import judge_examples, read_examples
from dragoman.codebook import Codebook
from dragoman.read import build_reader

_FOLDER = Path(__file__).parents[1] / "examples"


def main() -> None:
    """Print the misses, sorted, and the share that was met to standard error."""
    codebook = Codebook()
    verdicts = list(judge_examples(read_examples(_FOLDER, build_reader(codebook)), codebook))
    found = "--found" in sys.argv[1:]
    missed = {v.line(name) + (f"   found: {v.found}" if found else "") for name, v in verdicts if not v.met}
    print(*sorted(missed), sep="\n")
    met = sum(verdict.met for _, verdict in verdicts)
    print(f"{met} of {len(verdicts)} lines met ({met / len(verdicts):.3f})", file=sys.stderr)


if __name__ == "__main__":
    main()
