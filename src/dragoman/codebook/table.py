"""CSV tables of the codebook: rows by column name, a later layer's rows replacing those of the same key."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from dragoman.codebook.load import part_files
from dragoman.errors import CodebookError

Row = Mapping[str, str]


def read_rows(layers: Sequence[Path], name: str, columns: Sequence[str], keys: int = 1) -> list[Row]:
    """Return the rows of the CSV file `name` in all layers, in their order.

    `columns` are the header that each file must have. Rows that agree in the first `keys` columns are one: the later layer's
    counts, in the place of the earlier one. `CodebookError` names the file and the line that is wrong.
    """
    rows: dict[tuple[str, ...], Row] = {}
    for path in part_files(layers, name):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            try:
                header = next(reader, [])
                if header != list(columns):
                    raise CodebookError(
                        f"{path}: the first line must be {','.join(columns)!r}, not {','.join(header)!r}."
                    )
                for cells in reader:
                    if not cells:
                        continue
                    if len(cells) != len(columns) or not cells[0]:
                        message = f"{path}, line {reader.line_num}: {len(cells)} cells where {len(columns)} are wanted"
                        raise CodebookError(f"{message}, the first of them filled: mend the row.")
                    rows[tuple(cells[:keys])] = dict(zip(columns, cells, strict=True))
            except UnicodeDecodeError as error:
                raise CodebookError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8.") from error
            except csv.Error as error:
                raise CodebookError(f"{path}, line {reader.line_num}: {error}; mend the row.") from error
    return list(rows.values())


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds several, divided by `|`."""
    return tuple(part for part in cell.split("|") if part)


def year_of(cell: str, row: Row) -> int | None:
    """Return a cell's year, or None where it is empty; `CodebookError` where it is no year."""
    if not cell:
        return None
    try:
        return int(cell)
    except ValueError:
        first = next(iter(row.values()))
        raise CodebookError(f"Codebook row {first!r}: {cell!r} is no year; write four digits or nothing.") from None
