"""The benches on made articles: the same ones every time, none twice, and what is measured on them adds up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.bench import memory, processes
from dragoman.bench.made import made_articles, write_articles
from dragoman.bench.memory import Mark, growth
from dragoman.codebook import Codebook
from dragoman.record import Article
from dragoman.run.inputs import open_inputs


def test_made_articles_are_the_same_and_differ(codebook: Codebook, tmp_path: Path) -> None:
    """Made articles come out the same each time, no two alike, and what is written is read back to the letter."""
    made = list(made_articles(300, codebook))
    assert made == list(made_articles(300, codebook))
    assert len({article.text for article in made}) == 300
    write_articles(tmp_path / "made.jsonl", 300, codebook)
    read = [one for one in open_inputs([str(tmp_path / "made.jsonl")]) if isinstance(one, Article)]
    assert [(one.text, one.published) for one in read] == [(one.text, one.published) for one in made]


def test_memory_is_told_at_each_mark(capsys: pytest.CaptureFixture[str]) -> None:
    """A process tells at each mark what it holds, the peak never falls, and growth is that from the first to the last."""
    memory._read_and_tell([2, 5], traced=False)
    marks = [Mark(**json.loads(line)) for line in capsys.readouterr().out.splitlines()]
    assert [mark.articles for mark in marks] == [2, 5]
    assert 50 < marks[0].peak <= marks[1].peak
    assert growth(marks) == marks[1].peak / marks[0].peak - 1


def test_one_process_is_timed(codebook: Codebook, tmp_path: Path) -> None:
    """A timed way reads every article of the corpus once."""
    write_articles(tmp_path / "made.jsonl", 5, codebook, brief=True)
    timing = processes._timed("one", str(tmp_path / "made.jsonl"), str(tmp_path))
    assert (timing.way, timing.articles) == ("one", 5)
    assert timing.seconds > 0
