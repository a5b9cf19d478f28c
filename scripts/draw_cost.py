"""Measure what reading a corpus into a store costs by its size, and draw it: `python scripts/draw_cost.py FOLDER [SIZE ...]`.

For each size that many short articles are generated (the same ones in every run), and `dragoman read --jobs 1` reads them into
a new store in a process of its own; its seconds and its peak memory go into FOLDER/cost.csv and into the chart FOLDER/cost.svg.
Memory that grows with the size is a fault: the last line says by how much it grew.
"""

from __future__ import annotations

import csv
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

SIZES = (200, 500, 1_000, 2_000)
STATES = (
    "Norway",
    "Sweden",
    "Estonia",
    "Latvia",
    "Poland",
    "Ghana",
    "Kenya",
    "Peru",
    "Chile",
    "Nepal",
    "Japan",
    "Oman",
)
ACTS = (
    *(
        "recalled its ambassador to",
        "expelled two diplomats of",
        "signed a trade agreement with",
        "imposed sanctions on",
    ),
    *("sent aid to", "threatened to close its border with", "held talks with", "accused the government of"),
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 300, 60, 40, 50


def article(number: int) -> dict[str, str]:
    """Return a short article of five to nine sentences, by its number."""
    rng = random.Random(number)  # noqa: S311 - draws words, keeps no secret
    lines = []
    for _ in range(rng.randint(5, 9)):
        one, other = rng.sample(STATES, 2)
        day = f"{rng.choice(MONTHS)} {rng.randint(1, 28)}"
        lines.append(f"{one} {rng.choice(ACTS)} {other} on {day}, the foreign ministry of {one} said.")
    year, month, day_of = 2001 + number % 20, 1 + number % 12, 1 + number % 28
    return {"id": f"{number}", "text": " ".join(lines), "date": f"{year}-{month:02}-{day_of:02}"}


def measured(size: int, folder: Path) -> tuple[float, float]:
    """Return the seconds and the peak megabytes (10^6 bytes) of reading so many articles."""
    corpus = folder / f"{size}.jsonl"
    corpus.write_text("".join(json.dumps(article(number)) + "\n" for number in range(size)), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "dragoman",
        "read",
        str(corpus),
        "--jobs",
        "1",
        "--store",
        str(folder / f"{size}.db"),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"reading {size} articles failed with status {status}")
    return time.perf_counter() - start, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def chart(rows: list[tuple[int, float, float]]) -> str:
    """Return an SVG of two lines over the size: seconds, and megabytes of memory, each from zero to its own greatest."""
    span = HEIGHT - TOP - BOTTOM
    most = max(size for size, _, _ in rows)

    def points(values: list[float]) -> str:
        top = max(values)
        return " ".join(
            f"{LEFT + (WIDTH - 2 * LEFT) * size / most:.1f},{TOP + span * (1 - value / top):.1f}"
            for (size, _, _), value in zip(rows, values, strict=True)
        )

    seconds, memory = [row[1] for row in rows], [row[2] for row in rows]
    foot = f'y="{HEIGHT - BOTTOM + 18}" text-anchor="middle"'
    marks = "".join(
        f'<text x="{LEFT + (WIDTH - 2 * LEFT) * size / most:.1f}" {foot}>{size:,}</text>' for size, _, _ in rows
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - LEFT}V{TOP}" fill="none" stroke="#888"/>{marks}'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 10}" text-anchor="middle">articles</text>'
        f'<polyline points="{points(seconds)}" fill="none" stroke="#1b5e8c" stroke-width="2"/>'
        f'<text x="{LEFT}" y="{TOP - 14}" fill="#1b5e8c">seconds, up to {max(seconds):.0f}</text>'
        f'<polyline points="{points(memory)}" fill="none" stroke="#b3541e" stroke-width="2" stroke-dasharray="6 3"/>'
        f'<text x="{WIDTH - LEFT}" y="{TOP - 14}" text-anchor="end" fill="#b3541e">memory, up to {max(memory):.0f} MB</text>'
        "</svg>\n"
    )


def main() -> None:
    """Measure each size, write the table and the chart."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, sys.argv[2:]) if sys.argv[2:] else SIZES:
            rows.append((size, *measured(size, Path(scratch))))
            print(f"{size:8,} articles {rows[-1][1]:8.1f} s {rows[-1][2]:8.0f} MB", flush=True)
    with (folder / "cost.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["articles", "seconds", "megabytes"])
        writer.writerows((size, f"{seconds:.1f}", f"{memory:.0f}") for size, seconds, memory in rows)
    (folder / "cost.svg").write_text(chart(rows), encoding="utf-8")
    print(f"memory grew by {rows[-1][2] / rows[0][2] - 1:.1%} from {rows[0][0]:,} to {rows[-1][0]:,} articles")


if __name__ == "__main__":
    main()
