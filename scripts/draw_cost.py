"""Measure what reading costs by the number of articles, and draw it: `python scripts/draw_cost.py FOLDER [ARTICLES ...]`.

One process reads brief made articles, the same ones in every run (`dragoman bench memory`); its CPU-seconds and its peak memory
after so many go into FOLDER/cost.csv and into the chart FOLDER/cost.svg. Where the csv is there and no numbers are given, it is
drawn again as it is. Memory that grows with the number is a fault: the last line says by how much it grew.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from dragoman.bench.memory import measure_memory

ARTICLES = (1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 40_000, 50_000)
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 300, 60, 40, 50
APART = 0.06
"""The share of the greatest number by which two numbers under the chart differ at least."""

Row = tuple[int, float, float]


def measured(marks: list[int]) -> list[Row]:
    """Return articles, CPU-seconds and peak megabytes (10^6 bytes) at each mark."""
    rows = []
    for mark in measure_memory(marks):
        rows.append((mark.articles, mark.seconds, mark.peak))
        print(f"{mark.articles:8,} articles {mark.seconds:8.1f} s {mark.peak:8.0f} MB", flush=True)
    return rows


def chart(rows: list[Row]) -> str:
    """Return an SVG of two lines over the number of articles: CPU-seconds and megabytes, each from zero to its own greatest."""
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
    told = [0]
    for size, _, _ in rows:
        if size - told[-1] > APART * most:
            told.append(size)
    marks = "".join(f'<text x="{LEFT + (WIDTH - 2 * LEFT) * size / most:.1f}" {foot}>{size:,}</text>' for size in told)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - LEFT}V{TOP}" fill="none" stroke="#888"/>{marks}'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 10}" text-anchor="middle">articles</text>'
        f'<polyline points="{points(seconds)}" fill="none" stroke="#1b5e8c" stroke-width="2"/>'
        f'<text x="{LEFT}" y="{TOP - 14}" fill="#1b5e8c">CPU-seconds, up to {max(seconds):.0f}</text>'
        f'<polyline points="{points(memory)}" fill="none" stroke="#b3541e" stroke-width="2" stroke-dasharray="6 3"/>'
        f'<text x="{WIDTH - LEFT}" y="{TOP - 14}" text-anchor="end" fill="#b3541e">memory, up to {max(memory):.0f} MB</text>'
        "</svg>\n"
    )


def main() -> None:
    """Measure, write the table, draw the chart."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "cost.csv"
    if len(sys.argv) > 2 or not table.exists():
        rows = measured([int(one) for one in sys.argv[2:]] or list(ARTICLES))
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["articles", "cpu_seconds", "megabytes"])
            writer.writerows((size, f"{seconds:.1f}", f"{memory:.1f}") for size, seconds, memory in rows)
    with table.open(encoding="utf-8", newline="") as file:
        rows = [(int(size), float(seconds), float(memory)) for size, seconds, memory in list(csv.reader(file))[1:]]
    (folder / "cost.svg").write_text(chart(rows), encoding="utf-8")
    print(f"memory grew by {rows[-1][2] / rows[0][2] - 1:.1%} from {rows[0][0]:,} to {rows[-1][0]:,} articles")


if __name__ == "__main__":
    main()
