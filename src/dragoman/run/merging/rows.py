"""Rows between tasks: written into Parquet files, a group of rows a bucket, so that a reader takes one bucket alone."""

from __future__ import annotations

import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from dragoman.errors import StoreError
from dragoman.run.cluster.shelf import put_whole, storage


class Row(NamedTuple):
    """What a task writes: of which kind, for which bucket, under which key, and the body (JSON)."""

    kind: str
    bucket: str
    key: str
    body: str


class Piece(NamedTuple):
    """The rows of one bucket in one file: its path below the shelf, its group of rows, the digest of the rows."""

    path: str
    group: int
    digest: str


Pieces = Mapping[str, Mapping[str, Piece]]
"""What a task wrote, by kind and bucket."""


def bucket_of(key: str, buckets: int) -> str:
    """Return the bucket of a key, the same on every machine."""
    return f"{int(hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8], 16) % buckets:05d}"


def digest_of(*parts: object) -> str:
    """Return sixteen digits that say whether two lists of plain values are the same."""
    told = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:16]


def write_rows(place: str, name: str, rows: Iterable[Row]) -> dict[str, dict[str, Piece]]:
    """Write rows below the folder of a shelf, a file a kind (`name-KIND.parquet`), sorted; the same rows are the same bytes."""
    import pyarrow
    import pyarrow.parquet

    kinds: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        kinds[row.kind][row.bucket].append((row.key, row.body))
    written: dict[str, dict[str, Piece]] = {}
    schema = pyarrow.schema([("key", pyarrow.string()), ("body", pyarrow.string())])
    for kind, by_bucket in sorted(kinds.items()):
        path = f"{name}-{kind}.parquet"
        memory = io.BytesIO()
        pieces: dict[str, Piece] = {}
        with pyarrow.parquet.ParquetWriter(memory, schema, compression="zstd") as writer:
            for group, bucket in enumerate(sorted(by_bucket)):
                found = sorted(by_bucket[bucket])
                table = pyarrow.table(
                    {
                        "key": pyarrow.array([key for key, _ in found], pyarrow.string()),
                        "body": pyarrow.array([body for _, body in found], pyarrow.string()),
                    }
                )
                writer.write_table(table, row_group_size=len(found))
                total = hashlib.sha256()
                for key, body in found:
                    total.update(f"{key}\0{body}\0".encode("utf-8", "surrogatepass"))
                pieces[bucket] = Piece(path, group, total.hexdigest()[:16])
        put_whole(place, path, memory.getvalue(), lasting=False)
        written[kind] = pieces
    return written


def read_rows(place: str, pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield the keys and bodies of pieces, file by file."""
    import pyarrow
    import pyarrow.parquet

    files, root = storage(place)
    for piece in pieces:
        try:
            with files.open(f"{root}/{piece.path}", "rb") as file:
                table = pyarrow.parquet.ParquetFile(file).read_row_group(piece.group)
        except (OSError, pyarrow.ArrowInvalid) as error:
            remedy = f"delete the folder {piece.path.partition('/')[0]} of the shelf and merge again"
            raise StoreError(f"{place}/{piece.path} can't be read ({error}): {remedy}.") from error
        yield from zip(table["key"].to_pylist(), table["body"].to_pylist(), strict=True)


def note_of(values: Any) -> str:
    """Return plain values as JSON, the same way always."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False)
