"""Bad input: one line each that says which input, what is wrong and what to do, while the run goes on with the rest."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.store import open_store

GOOD = "May 3, 2021\n\nEstonia expelled two Russian diplomats on Monday.\n"

Call = Callable[..., Any]


def _nested_page() -> bytes:
    return b"<html><body>" + b"<div>" * 200_000 + b"words" + b"</div>" * 200_000 + b"</body></html>"


BAD = {
    "empty.txt": (b"", "is empty: nothing to read."),
    "blank.txt": (b" \n\t\n", "is empty: nothing to read."),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "is an image: Dragoman reads text."),
    "binary.txt": (bytes(range(256)) * 40, "is binary"),
    "utf16.txt": (GOOD.encode("utf-16-le"), "looks like utf-16le without a byte order mark: convert it"),
    "cyrillic.txt": (
        "Эстония выслала двух российских дипломатов в понедельник. ".encode("cp1251") * 5,
        "is not valid UTF-8",
    ),
    "surrogate.jsonl": (
        b'{"id": "1", "text": "Estonia expelled \\ud800 diplomats."}\n',
        "holds a lone surrogate (U+D800",
    ),
    "control.txt": (
        b"Estonia\x01\x02\x03 expelled\x04\x05 two\x06\x07\x08 Russian\x0e\x0f\x10 diplomats\x11.",
        "control characters",
    ),
    "line.txt": (b"Estonia expelled diplomats. " * 180_000, "more than an article's 1,000,000: split it"),
    "nested.html": (_nested_page(), "is HTML"),
    "deep.json": (b"[" * 100_000, "is not valid JSON"),
    "number.jsonl": (b"42\n", "is a JSON int, not an object"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_input_is_one_line_and_the_rest_is_read(call: Call, tmp_path: Path, name: str) -> None:
    """The bad input is refused with one line that names it and says what is wrong; the good one beside it is stored."""
    content, words = BAD[name]
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    called = call("read", folder)
    assert called.status == 1
    reasons = [line for line in called.err.splitlines() if name in line]
    assert len(reasons) == 1
    assert words in reasons[0]
    assert "1 read" in called.err
    assert "1 refused" in called.err
    assert "Traceback" not in called.err
    store = open_store(tmp_path / "store.sqlite3")
    assert [document.article.text for document in store.documents()] == [GOOD]
    assert len(store.refusals()) == 1


def test_a_hundred_megabytes_are_refused_without_being_read_whole(call: Call, tmp_path: Path) -> None:
    """A file of 100 MB is refused by its size with what to do instead."""
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"Estonia expelled two diplomats." * 32_768)
    called = call("read", path, "--format", "jsonl")
    assert called.status == 1
    assert "is larger than 16 MB, too large for one article: split it" in called.err


def test_a_broken_line_among_many_good_ones_costs_only_itself(call: Call, tmp_path: Path) -> None:
    """Of JSON Lines with a broken line in the middle, all others are read, and the reason gives the line's number."""
    lines = [
        json.dumps({"id": str(n), "text": f"Estonia expelled {n} diplomats.", "date": "2021-05-03"}) for n in range(40)
    ]
    lines[20] = lines[20][:-7]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    called = call("read", path)
    assert called.status == 1
    assert f"{path}:21 is not valid JSON" in called.err
    assert "39 read" in called.err
    assert open_store(tmp_path / "store.sqlite3").counts()["articles"] == 39


def test_another_language_is_stored_searchable_and_not_read(call: Call, tmp_path: Path) -> None:
    """An article in Ukrainian is refused by the reader with a clear word, kept, and found by its words; so it stays."""
    path = tmp_path / "uk.txt"
    text = (
        "Естонія вислала двох російських дипломатів у понеділок, повідомило міністерство закордонних справ у Таллінні."
    )
    path.write_text(text, encoding="utf-8")
    for _ in range(2):
        called = call("read", path)
        assert called.status == 1
        assert "language 'uk', and there is a reader for English only" in called.err
    assert path.name in call("search", "дипломатів").out


def test_a_missing_file_is_told(call: Call, articles: Path) -> None:
    """A path that is not there is told and the others are read."""
    called = call("read", articles, "nowhere.txt")
    assert called.status == 1
    assert "nowhere.txt: there is no such file or folder: check the path." in called.err
    assert "3 read" in called.err


def test_a_folder_without_rights_is_told(start: Call, articles: Path, tmp_path: Path) -> None:
    """A folder that the reader may not look into is told, and the others are read."""
    locked = tmp_path / "locked"
    locked.mkdir()
    (locked / "inside.txt").write_text(GOOD, encoding="utf-8")
    locked.chmod(0)
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        # root may look into every folder, unless it runs without the capabilities that say so
        before = (
            "setpriv",
            "--bounding-set=-dac_override,-dac_read_search",
            "--inh-caps=-dac_override,-dac_read_search",
        )
        if (
            shutil.which("setpriv") is None
            or subprocess.run([*before, "true"], check=False, capture_output=True).returncode
        ):
            pytest.skip("these tests run as root, and no setpriv is there to run without root's rights")
    try:
        process = start("read", articles, locked, before=before)
        _, errors = process.communicate(timeout=600)
    finally:
        locked.chmod(0o700)
    assert process.returncode == 1
    assert f"{locked}: may not be read: grant the right to read it." in errors.decode()
    assert "3 read" in errors.decode()


def test_an_article_on_which_the_reader_fails_costs_only_itself(
    call: Call, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a stage fails on one article of a batch, that one is refused by name and its neighbours are stored."""
    from dragoman.read.pipeline import Pipeline

    whole = Pipeline.read

    def failing(self: Pipeline, documents: Any) -> Any:
        if any("Latvia" in document.article.text for document in documents):
            raise ZeroDivisionError("a fault of the program")
        return whole(self, documents)

    monkeypatch.setattr(Pipeline, "read", failing)
    called = call("read", articles)
    assert called.status == 1
    assert "three.txt: the reader failed on it (ZeroDivisionError: a fault of the program)" in called.err
    assert open_store(tmp_path / "store.sqlite3").counts() == {"articles": 2, "unread": 0, "refused": 1}
    monkeypatch.undo()
