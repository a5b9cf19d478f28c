"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from dragoman.errors import InputError


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines as UTF-8 into a new file that takes the old one's place only when it is complete.

    `InputError` where the folder can't be made or the disk is full; then no half-written file stays.
    """
    write_text(path, "".join(f"{line}\n" for line in lines))


def write_text(path: Path, text: str) -> None:
    """Write a text as `write_lines` does."""
    unfinished = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        unfinished = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except OSError as error:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        raise InputError(f"{path} can't be written ({error.strerror}): make room, or name another path.") from error


def _umask() -> int:
    """The process's mask of rights; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
