"""Check a codebook: what is wrong in its files, in which line and entry, and what to write instead.

Every file of every layer is looked at by itself, so that all its faults are told at once; then the parts are loaded, which
tells what only shows when the files are laid over one another.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from dragoman.codebook.bodies import SECTORS
from dragoman.codebook.check_shapes import SHAPES, Fault, cue_faults, entry_name, shape_faults
from dragoman.codebook.frame_check import Problem, check
from dragoman.codebook.frames import FOLDER, frame_files
from dragoman.codebook.load import OWN_FOLDER, Codebook, parse_toml
from dragoman.codebook.territories import STATUSES
from dragoman.errors import CodebookError

_NO_CODEBOOK = frozenset({"settings.toml", "pyproject.toml"})
"""Files that may lie in a user's folder for another reason."""
_LINE = re.compile(r"\(at line (\d+)")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*=""")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?")


def check_codebook(codebook: Codebook) -> list[Problem]:
    """Return every problem of the codebook's files, layer by layer in the order of names, then what only loading shows."""
    codes = _codes(codebook.layers)
    problems: list[Problem] = []
    for layer in codebook.layers:
        for path in sorted(layer.iterdir()):
            if path.suffix in {".toml", ".csv"} and path.name not in _NO_CODEBOOK:
                problems.extend(_of_file(path, codes))
    for number, layer in enumerate(codebook.layers):
        if (layer / FOLDER).is_dir():
            problems.extend(check([layer], codebook.layers[:number]))
    told = {problem.file for problem in problems}
    for name in part_names():
        try:
            getattr(codebook, name)
        except CodebookError as error:
            if not any(file in str(error) for file in told):
                problems.append(_from_error(str(error)))
    return problems


def part_names() -> tuple[str, ...]:
    """Return the names of a codebook's parts, sorted."""
    return tuple(sorted(name for name, value in vars(Codebook).items() if isinstance(value, cached_property)))


def left_out(codebook: Codebook) -> tuple[int, int]:
    """Return how many frames and relation rules of the layers a replaced ontology leaves out."""
    frames = {
        entry["id"]: entry
        for path in frame_files(codebook.layers)
        for entry in parse_toml(path).get("frame", ())
        if "id" in entry
    }
    rules = {
        entry.get("name")
        for layer in codebook.layers
        if (layer / "relations.toml").is_file()
        for entry in parse_toml(layer / "relations.toml").get("rule", ())
    }
    return len(frames) - len(codebook.frames.frames), len(rules) - len(codebook.relations.rules)


def _from_error(message: str) -> Problem:
    file, _, rest = message.partition(": ")
    what, _, remedy = rest.partition("; ")
    return Problem(file=file, entry="", what=what or message, remedy=remedy or "mend the entry")


def _of_file(path: Path, codes: frozenset[str]) -> Iterator[Problem]:
    known = {file.name for file in OWN_FOLDER.iterdir() if file.suffix in {".toml", ".csv"}}
    if path.name not in known:
        near = difflib.get_close_matches(path.name, sorted(known), n=1)
        remedy = (
            f"call it {near[0]}" if near else f"call it one of {', '.join(sorted(known))}, or put frames into {FOLDER}/"
        )
        yield Problem(file=str(path), entry="", what="no part of a codebook has this name", remedy=remedy)
    elif path.suffix == ".toml":
        yield from _of_toml(path)
    else:
        yield from _of_csv(path, codes)


def _of_toml(path: Path) -> Iterator[Problem]:
    try:
        table = parse_toml(path)
    except CodebookError as error:
        what = str(error).removeprefix(f"{path}: ").partition("; ")[0]
        found = _LINE.search(what)
        line = int(found.group(1)) if found else None
        yield Problem(file=str(path), entry="", what=what, remedy="mend the TOML there", line=line)
        return
    if path.name not in SHAPES:
        return
    faults: list[Fault] = list(shape_faults(path.name, table))
    if path.name == "cues.toml":
        faults.extend(cue_faults(table))
    lines = path.read_text(encoding="utf-8").splitlines()
    for at, what, remedy in faults:
        name = entry_name(table, at)
        yield Problem(file=str(path), entry=name, what=what, remedy=remedy, line=line_of(lines, at))


def line_of(lines: Sequence[str], at: Sequence[str | int]) -> int | None:
    """Return the line, from 1, of a key or table in a TOML file's lines, of the nearest table above it that is found."""
    keys = [step for step in at if isinstance(step, str)]
    number = next((step for step in at if isinstance(step, int)), None)
    header: list[str] = []
    counted = 0
    best: tuple[int, int] | None = None
    for count, line in enumerate(lines, 1):
        found = _HEADER.match(line)
        if found and "=" not in line.split("]")[0]:
            header = [part.strip().strip("\"'") for part in found.group(1).split(".")]
            counted += header == keys[: len(header)] and line.lstrip().startswith("[[")
            path = header
        else:
            key = _KEY.match(line)
            if key is None:
                continue
            name = next(part for part in key.groups() if part)
            path = [*header, *([name] if name in keys or "." not in name else name.split("."))]
        right = number is None or counted == number or len(path) < 1
        if right and path == keys[: len(path)] and (best is None or len(path) > best[0]):
            best = (len(path), count)
    return best[1] if best else None


def _codes(layers: Sequence[Path]) -> frozenset[str]:
    """The codes of states that the layers know, and none."""
    found = {""}
    for layer in layers:
        path = layer / "territories.csv"
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace", newline="") as lines:
                found.update(row[0] for row in csv.reader(lines) if row)
    return frozenset(found)


def _of_csv(path: Path, codes: frozenset[str]) -> Iterator[Problem]:
    """Yield the faults of a table: its header, its rows' cells, and cells that hold what their column can't."""
    with (OWN_FOLDER / path.name).open(encoding="utf-8", newline="") as own:
        columns = next(csv.reader(own))
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            header = next(reader, [])
            if header != columns:
                yield Problem(
                    file=str(path),
                    entry="",
                    what=f"the first line is {','.join(header)!r}",
                    remedy=f"write {','.join(columns)!r}",
                    line=1,
                )
                return
            for cells in reader:
                if cells:
                    yield from _of_row(path, reader.line_num, columns, cells, codes)
    except UnicodeDecodeError as error:
        yield Problem(file=str(path), entry="", what=f"not UTF-8 (byte {error.start})", remedy="save it as UTF-8")
    except csv.Error as error:
        yield Problem(file=str(path), entry="", what=str(error), remedy="mend the row", line=reader.line_num)


def _of_row(
    path: Path, line: int, columns: Sequence[str], cells: Sequence[str], codes: frozenset[str]
) -> Iterator[Problem]:
    if len(cells) != len(columns) or not cells[0]:
        what = f"{len(cells)} cells where {len(columns)} are wanted, the first of them filled"
        yield Problem(file=str(path), entry=cells[0], what=what, remedy="mend the row", line=line)
        return
    for column, cell in zip(columns, cells, strict=True):
        wanted = _cell_fault(path.name, column, cell, codes)
        if wanted:
            what = f"{column} is {cell!r}"
            yield Problem(file=str(path), entry=cells[0], what=what, remedy=wanted, line=line)


def _one_of(values: frozenset[str]) -> Callable[[str], str]:
    return lambda cell: (
        ""
        if cell in values
        else f"write one of {', '.join(sorted(v for v in values if v))}" + (" or nothing" if "" in values else "")
    )


def _year(cell: str) -> str:
    return "" if not cell or re.fullmatch(r"-?\d{1,4}", cell) else "write a year of four digits, or nothing"


_CELLS: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("territories.csv", "status"): _one_of(STATUSES),
    ("bodies.csv", "kind"): _one_of(frozenset({"body", "group", "outlet"})),
    ("bodies.csv", "class"): _one_of(frozenset({"", "IGO", "NGO"})),
    ("bodies.csv", "sector"): _one_of(SECTORS),
    ("metonyms.csv", "sector"): _one_of(SECTORS),
    ("organs.csv", "sector"): _one_of(SECTORS),
    ("portfolios.csv", "sector"): _one_of(SECTORS),
    ("offices.csv", "sector"): _one_of(SECTORS | {""}),
    ("offices.csv", "person"): _one_of(frozenset({"", "m", "f"})),
    ("given_names.csv", "gender"): _one_of(frozenset({"", "m", "f"})),
    ("ambiguous_names.csv", "needs"): _one_of(frozenset({"tagger", "capital"})),
    **{
        (file, column): _year
        for file in ("territories.csv", "holders.csv", "igo_holders.csv")
        for column in ("since", "until")
    },
}
"""What a cell of a column may hold: functions that return the remedy, or "" where it is fine."""
_OF_STATES = frozenset({"holders.csv", "cities.csv", "metonyms.csv", "bodies.csv"})


def _cell_fault(file: str, column: str, cell: str, codes: frozenset[str]) -> str:
    if column == "country" and file in _OF_STATES:
        return "" if cell in codes else "write a code of territories.csv"
    rule = _CELLS.get((file, column))
    return rule(cell) if rule else ""


__all__ = ["Problem", "check_codebook", "left_out", "line_of", "part_names"]
