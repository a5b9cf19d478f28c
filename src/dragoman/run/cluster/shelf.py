"""A shelf: a folder on a disk or in object storage that holds read documents as Parquet files, by month of publication.

    shelf/documents/month=2023-04/part-1f0c….parquet
    shelf/refused/part-77ab….parquet

A file is written whole or not at all and named after its content, so that a task that is done twice writes one file. A document
may still stand in two files, where a source was handed in twice; whoever reads a shelf takes each id once.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from dragoman.errors import MissingExtraError, StoreError
from dragoman.record import Document
from dragoman.store.codec import Packed, unpack_layers

_AT_ONCE = 8
"""Files that are written at once: each waits for its disk or its storage alone."""
UNDATED = "undated"
"""The partition of articles without a day."""

_NUMBER = re.compile(r"\d+")
DOCUMENT_COLUMNS = ("id", "source", "published", "publisher", "language", "reader", "text", "layers")
_REFUSED_COLUMNS = ("source", "reason")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf at a path or an address that fsspec understands ("/data/may", "s3://bucket/may")."""

    place: str

    def _files(self) -> tuple[Any, str]:
        """The file system and the path on it."""
        return storage(self.place)

    def write(self, documents: Sequence[Mapping[str, Any]]) -> int:
        """Write rows of documents, a file a month; return how many files are new."""
        months: dict[str, list[Mapping[str, Any]]] = {}
        for row in documents:
            months.setdefault(str(row["published"])[:7] if row["published"] else UNDATED, []).append(row)

        def put(month: str) -> int:
            rows = sorted(months[month], key=lambda row: str(row["id"]))
            return self._put(f"documents/month={month}", DOCUMENT_COLUMNS, rows)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return sum(pool.map(put, sorted(months)))

    def refuse(self, refusals: Sequence[Mapping[str, Any]]) -> int:
        """Write rows of refused inputs."""
        return self._put("refused", _REFUSED_COLUMNS, sorted(refusals, key=lambda row: str(row["source"])))

    def _put(self, folder: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> int:
        if not rows:
            return 0
        import pyarrow
        import pyarrow.parquet

        table = pyarrow.table({name: pyarrow.array([row[name] for row in rows], pyarrow.string()) for name in columns})
        memory = io.BytesIO()
        pyarrow.parquet.write_table(table, memory, compression="zstd")
        data = memory.getvalue()
        return int(
            put_whole(self.place, f"{folder}/part-{hashlib.sha256(data).hexdigest()[:16]}.parquet", data, again=False)
        )

    def parts(self, folder: str = "documents") -> list[str]:
        """Return the paths of the files of a folder, below the shelf, sorted."""
        files, root = self._files()
        place = f"{root}/{folder}"
        found = files.glob(f"{place}/**/part-*.parquet") if files.exists(place) else ()
        return sorted(str(path).removeprefix(f"{root}/") for path in found)

    def read_ids(self, reader: str | None = None) -> Iterator[str]:
        """Yield the ids of the documents that are there, of those that a reader of that version read where it is given."""
        wanted = ["id"] if reader is None else ["id", "reader"]
        for row in self._rows(self.parts(), wanted):
            if reader is None or row["reader"] == reader:
                yield row["id"]

    def documents(self) -> Iterator[Document]:
        """Yield each document once, in the order of their ids; only its ids and one file's documents are in memory."""
        chosen: dict[str, tuple[object, ...]] = {}
        for part in self.parts():
            for row in self._rows([part], ["id", "source", "reader"]):
                place = (*_preferred(row["reader"], row["source"]), part)
                chosen[row["id"]] = min(chosen.get(row["id"], place), place)
        by_id = sorted((one, str(place[-1])) for one, place in chosen.items())
        kept: tuple[str, dict[str, Mapping[str, Any]]] = ("", {})
        for document_id, part in by_id:
            if kept[0] != part:
                kept = (part, {row["id"]: row for row in self._rows([part], list(DOCUMENT_COLUMNS))})
            row = kept[1][document_id]
            yield unpack_layers(row["layers"], row["text"])

    def repeats(self) -> dict[str, tuple[str, ...]]:
        """Return of each file the documents that stand in another one too and count from there, by its path.

        The newest reader's count, and of one reader's those of the first source. Only the ids are in memory, packed.
        """
        import pyarrow
        import pyarrow.compute
        import pyarrow.parquet

        parts = self.parts()
        files, root = self._files()
        ids = []
        for part in parts:
            with files.open(f"{root}/{part}", "rb") as file:
                ids.append(pyarrow.parquet.read_table(file, columns=["id"])["id"].combine_chunks())
        if not ids:
            return {}
        counts = pyarrow.table({"id": pyarrow.concat_arrays(ids)}).group_by("id").aggregate([("id", "count")])
        several = counts.filter(pyarrow.compute.greater(counts["id_count"], 1))["id"]
        if len(several) == 0:
            return {}
        wanted = set(several.to_pylist())
        places: dict[str, list[tuple[object, ...]]] = {}
        for part, held in zip(parts, ids, strict=True):
            if wanted.isdisjoint(held.to_pylist()):
                continue
            for row in self._rows([part], ["id", "source", "reader"]):
                if row["id"] in wanted:
                    places.setdefault(row["id"], []).append((*_preferred(row["reader"], row["source"]), part))
        left: dict[str, set[str]] = {}
        for one, found in places.items():
            for place in found:
                if place[-1] != min(found)[-1]:
                    left.setdefault(str(place[-1]), set()).add(one)
        return {part: tuple(sorted(found)) for part, found in sorted(left.items())}

    def sizes(self) -> dict[str, int]:
        """Return how many rows each file of documents holds, by its path below the shelf."""
        import pyarrow.parquet

        files, root = self._files()
        found = {}
        for part in self.parts():
            with files.open(f"{root}/{part}", "rb") as file:
                found[part] = int(pyarrow.parquet.ParquetFile(file).metadata.num_rows)
        return found

    def ids(self, left_out: Mapping[str, Sequence[str]]) -> list[str]:
        """Return the ids of all documents, sorted; `left_out` are those of each file that count from another one."""
        found: set[str] = set()
        for part in self.parts():
            found.update(row["id"] for row in self._rows([part], ["id"]) if row["id"] not in left_out.get(part, ()))
        return sorted(found)

    def part_documents(self, part: str, left_out: Container[str]) -> list[Document]:
        """Return the documents of one file, by id, without those left out; one that stands there twice counts once."""
        rows = {row["id"]: row for row in self._rows([part], ["id", "text", "layers"]) if row["id"] not in left_out}
        return [unpack_layers(rows[one]["layers"], rows[one]["text"]) for one in sorted(rows)]

    def refusals(self) -> list[tuple[str, str]]:
        """Return the refused inputs and the reasons, each once, sorted."""
        return sorted(
            {(row["source"], row["reason"]) for row in self._rows(self.parts("refused"), list(_REFUSED_COLUMNS))}
        )

    def _rows(self, parts: Iterable[str], columns: list[str]) -> Iterator[Mapping[str, Any]]:
        import pyarrow.parquet

        files, root = self._files()
        for part in parts:
            with files.open(f"{root}/{part}", "rb") as file:
                yield from pyarrow.parquet.read_table(file, columns=columns).to_pylist()


def _preferred(reader: str, source: str) -> tuple[object, ...]:
    """What of several readings of one article counts, the least first: the newest stages', then the first source."""
    return tuple(-int(number) for number in _NUMBER.findall(reader)), source


def row_of(document: Packed) -> dict[str, Any]:
    """Return a document as a row of a shelf."""
    article = document.article
    return {
        "id": article.id,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "publisher": article.publisher,
        "language": article.language,
        "reader": document.reader,
        "text": article.text,
        "layers": document.layers,
    }


def storage(place: str) -> tuple[Any, str]:
    """Return the file system of a path or address and the path on it; `MissingExtraError` where its library is missing."""
    try:
        import fsspec
        import pyarrow  # noqa: F401 - what a shelf can't do without
    except ImportError as error:
        raise MissingExtraError("Reading on a cluster needs more: pip install 'dragoman[cluster]'.") from error
    try:
        files, path = fsspec.core.url_to_fs(place)
    except ImportError as error:
        raise MissingExtraError(f"{place} needs another library: {error}.") from error
    except ValueError as error:
        raise StoreError(f"{place} is no path or address that fsspec knows ({error}): mend it.") from error
    files.invalidate_cache()  # others write too: what it remembers of a folder may be old
    return files, path.rstrip("/")


def put_whole(place: str, name: str, data: bytes, *, again: bool = True, lasting: bool = True) -> bool:
    """Write a file below a folder or address, whole or not at all; return whether it was written.

    Without `again` a file that is there stays; with `lasting` it outlives a machine that loses power. `StoreError` where
    there is no room, or no right to write.
    """
    files, root = storage(place)
    path = f"{root}/{name}"
    try:
        if not again and files.exists(path):
            return False
        files.makedirs(path.rpartition("/")[0], exist_ok=True)
        if "file" in _protocols(files):
            _put_on_disk(path, data, lasting=lasting)
        else:
            files.pipe_file(path, data)  # object storage shows a file when it is whole
    except OSError as error:
        words = error.strerror or str(error)
        raise StoreError(f"The shelf {place} can't be written ({words}): make room, or name another.") from error
    return True


def buffered(files: Any, path: str) -> BinaryIO:
    """Open a file of a file system as Python's own do: fsspec's know no bounded `readline`."""
    if "file" in _protocols(files):
        return Path(path).open("rb")
    return cast("BinaryIO", io.BufferedReader(files.open(path, "rb"), 1 << 20))


def _protocols(files: Any) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)


def _put_on_disk(path: str, data: bytes, *, lasting: bool) -> None:
    """Write a file that takes its name only when it is whole, and with `lasting` on the disk."""
    import os
    import tempfile

    folder, _, name = path.rpartition("/")
    handle, unfinished = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(unfinished, path)  # noqa: PTH105 - fsspec's paths are text
    except BaseException:
        os.unlink(unfinished)  # noqa: PTH108 - see above
        raise
