"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import InputError


def write_lines(path: Path, lines: Iterable[str], ending: str = "\n") -> None:
    """Write lines as UTF-8, each with its ending, into a new file that takes the old one's place only when it is complete.

    The lines are streamed. `InputError` where the folder can't be made or the disk is full; then no half-written file stays.
    """
    with unfinished_file(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}{ending}" for line in lines)


def write_text(path: Path, text: str) -> None:
    """Write a text as `write_lines` does."""
    write_lines(path, [text], ending="")


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes as `write_lines` writes lines."""
    with unfinished_file(path) as unfinished:
        unfinished.write_bytes(content)


def make_folder(path: Path) -> None:
    """Make a folder and those above it; `InputError` where it can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder {path} can't be made ({error.strerror}): name another path.") from error


@contextmanager
def unfinished_file(path: Path) -> Iterator[Path]:
    """Give a new file in the same folder that takes the path's place when the block ends, and vanishes if it fails."""
    unfinished = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
        unfinished = Path(name)
        yield unfinished
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}): make room, or name another path.") from error
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)


def _umask() -> int:
    """The process's mask of rights; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
