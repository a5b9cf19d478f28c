"""Guesses: a way of finding a party counts while it is right often enough, and a file that states nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.codebook.guesses import Guesses, load_guesses
from dragoman.errors import CodebookError


def test_a_way_that_is_right_too_seldom_names_nobody() -> None:
    """A way below the least share is not allowed, one above, an uncounted one and the frame's own slots are."""
    guesses = Guesses(least=0.5, counts={("actors", "place"): (10, 2), ("actors", "story"): (10, 8)})
    assert not guesses.allows("actors", "place", "AID")
    assert guesses.allows("actors", "story", "AID")
    assert guesses.allows("recipients", "place", "AID")
    assert guesses.allows("actors", "", "AID")


def test_a_type_with_events_enough_has_a_share_of_its_own() -> None:
    """Where one type has events enough of a way, its own share decides, else that of the way."""
    counts = {("actors", "place"): (40, 30), ("actors", "place/AID"): (8, 1), ("actors", "place/AGREE"): (7, 0)}
    guesses = Guesses(least=0.5, counts=counts)
    assert not guesses.allows("actors", "place", "AID")
    assert guesses.allows("actors", "place", "AGREE")


def test_the_own_file_is_read(codebook: Codebook) -> None:
    """The project's own counts leave out at least one way and keep at least one."""
    kept = {codebook.guesses.allows(side, way, "") for side, way in codebook.guesses.counts}  # type: ignore[arg-type]
    assert kept == {True, False}


@pytest.mark.parametrize(
    "line",
    [
        "least = 2",
        "[actors]\nplace = { events = 2, right = 3 }",
        "[actors]\nplace = 1",
        "[places]\na = { events = 1, right = 1 }",
    ],
)
def test_nonsense_is_refused(tmp_path: Path, line: str) -> None:
    """A share above one, more right events than events, no pair of numbers and an unknown table are refused by name."""
    (tmp_path / "guesses.toml").write_text(line, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"guesses\.toml"):
        load_guesses([tmp_path])
