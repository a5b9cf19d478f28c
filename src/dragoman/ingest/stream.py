"""Compressed files as streams: unpacked as they are read, a damaged one refused at the place where it breaks."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, cast

from dragoman.ingest.item import Refusal
from dragoman.record import Article

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESSED = frozenset({".gz", ".zst"})
"""Endings of a file that holds another one, compressed."""
DAMAGED = (gzip.BadGzipFile, zlib.error, EOFError, zstd.ZstdError)
"""What unpacking raises where a stream is damaged or cut off."""
_SHORT = {".tgz": ".tar"}


def inner_suffix(name: str) -> str:
    """Return the ending of a name, in lower case and with its dot, without that of the compression."""
    path = Path(name.lower())
    suffix = Path(path.stem).suffix if path.suffix in COMPRESSED else path.suffix
    return _SHORT.get(suffix, suffix)


def open_plain(file: BinaryIO, name: str) -> AbstractContextManager[BinaryIO]:
    """Open what is inside a compressed file, the file itself where it is not compressed, as a stream from its beginning."""
    suffix = Path(name.lower()).suffix
    if suffix in {".gz", ".tgz"}:
        return cast(AbstractContextManager[BinaryIO], gzip.open(file, "rb"))
    if suffix == ".zst":
        return cast(AbstractContextManager[BinaryIO], zstd.open(file, "rb"))
    return nullcontext(file)


def rescued(found: Iterator[Article | Refusal], source: str) -> Iterator[Article | Refusal]:
    """Yield what is found until the stream turns out to be damaged; then a refusal, and what came before stays."""
    try:
        yield from found
    except DAMAGED as error:
        words = " ".join(str(error).split()) or type(error).__name__
        yield Refusal(source, f"{source} is damaged or cut off ({words}): what came before was read; get it again.")
