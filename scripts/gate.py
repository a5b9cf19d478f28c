"""The gate: refuse a drop of any figure of the benches below the last release's.

    python scripts/gate.py [FOLDER]           compare; exit status 1 on a drop
    python scripts/gate.py [FOLDER] --write   take the present figures as the release's

FOLDER holds the gold (default: ../shared/bench beside the checkout). Where it is not there, or a gold file is another one than
the figures were measured on (by its SHA-256), the gate says so and passes.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from pathlib import Path

from dragoman.bench.board import Result, run_board

_ROOT = Path(__file__).parents[1]
_FIGURES = _ROOT / "scripts" / "figures.toml"
_SLACK = 0.004
"""A change smaller than this is no drop: less than one sentence of the smallest gold file."""


def main() -> int:
    """Run the benches and compare, or write; return the exit status."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    folder = Path(arguments[0]) if arguments else _ROOT.parent / "shared" / "bench"
    if not folder.is_dir():
        print(f"gate: skipped, there is no gold in {folder.name!r} beside the checkout.")
        return 0
    results = [result for result in run_board(folder) if result.ours is not None]
    if "--write" in sys.argv:
        _write(results, folder)
        return 0
    return _compare(results, folder)


def _key(result: Result) -> str:
    return f"{result.bench} {Path(result.gold).stem} {result.figure.measure}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(results: list[Result], folder: Path) -> None:
    lines = [
        "# The figures of the last release, and the gold that they were measured on. Written by scripts/gate.py --write."
    ]
    lines.append("\n[gold]")
    lines += [f'"{gold}" = "{_digest(folder / gold)}"' for gold in sorted({result.gold for result in results})]
    lines.append("\n[figures]")
    lines += [f'"{_key(result)}" = {result.ours:.4f}' for result in results if result.ours is not None]
    _FIGURES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"gate: wrote {len(results)} figures.")


def _compare(results: list[Result], folder: Path) -> int:
    release = tomllib.loads(_FIGURES.read_text(encoding="utf-8"))
    dropped = 0
    for result in results:
        key, ours = _key(result), result.ours or 0.0
        if release["gold"].get(result.gold) != _digest(folder / result.gold):
            print(f"gate: skipped {key}, the gold is not the one that was measured on.")
            continue
        before = release["figures"].get(key)
        if before is not None and ours < before - _SLACK:
            dropped += 1
            print(f"gate: {key} dropped from {before:.3f} to {ours:.3f}: mend it, or say why and run with --write.")
    print(f"gate: {len(results)} figures, {dropped} dropped.")
    return 1 if dropped else 0


if __name__ == "__main__":
    sys.exit(main())
