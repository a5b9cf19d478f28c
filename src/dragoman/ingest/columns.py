"""Parquet tables of articles, a group of rows at a time: the columns are the fields that JSON objects have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from dragoman.ingest.item import Option, Refusal, from_object
from dragoman.record import Article

_ROWS = 64
"""Rows in memory at once."""


def from_parquet(file: BinaryIO, source: str, option: Option) -> Iterator[Article | Refusal]:
    """Yield the articles of a Parquet file's rows, or one refusal where it can't be read."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        yield Refusal(source, f"{source} is Parquet, which needs pyarrow: pip install 'dragoman[parquet]'.")
        return
    number = 0
    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield from_object(_fields(row), f"{source}:{number}", option)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        words = " ".join(str(error).split())[:200]
        yield Refusal(source, f"{source} is no sound Parquet file after row {number} ({words}): make it again.")
    if number == 0:
        yield Refusal(source, f"{source} holds no rows: nothing to read.")


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON would have it: no days but their names, and no empty cells."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
        if value is not None
    }
