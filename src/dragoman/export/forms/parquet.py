"""Parquet: the CSV tables' rows with types, for pandas, polars, DuckDB and the like. Needs the extra `dragoman[parquet]`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import MissingExtraError
from dragoman.export.table import table_columns, table_rows
from dragoman.record import History

if TYPE_CHECKING:
    import pyarrow

_GROUP = 50_000
"""Rows of one row group: what a reader takes into memory at once."""

_DATES = frozenset({"published", "start", "end", "due_start", "due_end", "since", "until", "reported"})
_INTEGERS = frozenset({"characters", "articles", "evidence_start", "evidence_end"})
_FLOATS = frozenset({"score", "confidence"})
_BOOLEANS = frozenset({"direct", "historical"})
_OFFSETS_OF = "mention"
"""The table whose `start` and `end` are offsets, not days."""


def write(history: History, kind: str, path: Path) -> None:
    """Write a kind of record as one Parquet file; the same history gives the same bytes with the same pyarrow.

    `MissingExtraError` where pyarrow is not installed.
    """
    arrow = _pyarrow()
    import pyarrow.parquet

    schema = _schema(kind, arrow)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        source = table_rows(history, kind)
        while rows := list(islice(source, _GROUP)):
            columns = [arrow.array([_typed(row[i]) for row in rows], type=field.type) for i, field in enumerate(schema)]
            writer.write_table(arrow.Table.from_arrays(columns, schema=schema))


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'dragoman[parquet]'.") from error
    return pyarrow


def _schema(kind: str, arrow: Any) -> pyarrow.Schema:
    def type_of(column: str) -> Any:
        if kind == _OFFSETS_OF and column in {"start", "end"}:
            return arrow.int64()
        for names, made in (
            (_DATES, arrow.date32()),
            (_INTEGERS, arrow.int64()),
            (_FLOATS, arrow.float64()),
            (_BOOLEANS, arrow.bool_()),
        ):
            if column in names:
                return made
        return arrow.string()

    return arrow.schema([(column, type_of(column)) for column in table_columns(kind)])


def _typed(value: Any) -> Any:
    return None if value == "" else value
