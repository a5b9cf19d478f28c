"""zip and tar of pages, texts and JSON Lines, a member at a time."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.ingest.feed import FEEDS, from_whole
from dragoman.ingest.item import MAX_FILE, PAGES, Option, Refusal, from_lines
from dragoman.ingest.mail import MAILS
from dragoman.ingest.stream import inner_suffix
from dragoman.record import Article

_LINES = frozenset({".jsonl", ".ndjson"})
_MEMBERS = frozenset({".txt", ".text", ".md", ".json", *FEEDS, *MAILS, *PAGES, *_LINES})
_NESTED = frozenset({".zip", ".tar", ".tgz", ".warc", ".parquet", ".gz", ".zst"})
_ENCRYPTED = 0x1

Found = Iterator[Article | Refusal]


def from_zip(file: BinaryIO, source: str, option: Option) -> Found:
    """Yield the articles of a zip file's members in the order of their names, and a refusal for each that can't be read."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Refusal(source, f"{source} is no sound zip file ({_words(error)}): get it again.")
        return
    with archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if member.is_dir() or _is_hidden(member.filename):
                continue
            place = f"{source}:{member.filename}"
            if member.flag_bits & _ENCRYPTED:
                yield Refusal(place, f"{place} is encrypted: unpack the archive with its password first.")
                continue
            try:
                with archive.open(member) as stream:
                    yield from _from_member(stream, place, option)  # type: ignore[arg-type]  # a BinaryIO in all but name
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
                yield Refusal(place, f"{place} is damaged ({_words(error)}): get the archive again.")


def from_tar(stream: BinaryIO, source: str, option: Option) -> Found:
    """Yield the articles of a tar stream's members in their order; links and devices are passed over."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                if not member.isfile() or _is_hidden(member.name):
                    continue
                place = f"{source}:{member.name}"
                inner = archive.extractfile(member)
                if inner is not None:
                    with inner:
                        yield from _from_member(inner, place, option)  # type: ignore[arg-type]  # a BinaryIO in all but name
    except tarfile.TarError as error:
        yield Refusal(
            source, f"{source} is no sound tar file ({_words(error)}): what came before was read; get it again."
        )


def _from_member(stream: BinaryIO, place: str, option: Option) -> Found:
    suffix = inner_suffix(place)
    if suffix in _NESTED or place.lower().endswith((".gz", ".zst")):
        yield Refusal(place, f"{place} is an archive inside an archive: unpack the outer one first.")
    elif suffix in _LINES:
        yield from from_lines(stream, place, option)
    elif suffix in _MEMBERS:
        yield from from_whole(stream.read(MAX_FILE + 1), place, suffix, option)
    else:
        yield Refusal(place, f"{place}: not a kind that an archive is searched for ({', '.join(sorted(_MEMBERS))}).")


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/") if part not in {".", ".."})


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
