"""The board of benches and the speed bench."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.bench.board import benches, parse_scores, prediction_lines, run_board
from dragoman.bench.speed import measure
from dragoman.errors import InputError, UnknownNameError


@pytest.mark.parametrize(
    ("output", "at"),
    [
        (json.dumps({"all": {"f1": 0.5}}), 0.5),
        ('all {"f1": 0.5}\ndev {"f1": 0.7}\n', 0.5),
        ("all          n=  400 f1=0.500 at 0.9\nBelarus n=3 f1=0.100\n", 0.5),
    ],
)
def test_figures_are_read_from_each_form_that_scorers_print(output: str, at: float) -> None:
    """A figure is found in whole JSON, in lines of a name and JSON, and in lines of key=value pairs."""
    assert parse_scores(output)["all"]["f1"] == at


def test_every_bench_has_figures_and_a_peer_its_value() -> None:
    """Each bench of the table has gold and figures, and a figure names a peer with the share it reached, or neither."""
    for bench in benches():
        assert bench.gold
        assert bench.figures
        for figure in bench.figures:
            assert bool(figure.peer) == (figure.reached is not None)
            assert figure.reached is None or 0 < figure.reached < 1


def test_a_bench_without_a_scorer_measures_itself(tmp_path: Path) -> None:
    """The factuality bench has no scorer beside its gold: its own agreement gives the figures."""
    folder = tmp_path / "factuality"
    folder.mkdir()
    texts = [("Rain fell .", 1, 3.0), ("Rain did not fall .", 3, -2.0), ("If rain fell , grass grew .", 2, -1.0)]
    lines = [
        {"id": str(n), "text": text, "targets": [{"span1": [at, at + 1], "label": label}]}
        for n, (text, at, label) in enumerate(texts)
    ]
    (folder / "uds_ih2_dev.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    results = {one.figure.measure: one.ours for one in run_board(tmp_path)}
    assert results["F1 of what did not happen"] == 1.0
    assert results["correlation with people's scores"] > 0.9


def test_a_bench_is_scored_by_the_scorer_beside_its_gold(tmp_path: Path) -> None:
    """Predictions are made for the gold and the scorer's own figures are read, on a gold made here."""
    folder = tmp_path / "dates"
    folder.mkdir()
    text = "Talks began on 3 May 2021."
    (folder / "tbaq_dev.jsonl").write_text(
        json.dumps({"id": "1", "dct": "2021-05-10", "text": text}) + "\n", encoding="utf-8"
    )
    (folder / "score_dates.py").write_text(
        "import json, sys\n"
        "gold, predicted = ([json.loads(line) for line in open(path)] for path in sys.argv[1:3])\n"
        "right = [p['value'] for p in predicted[0]['preds']] == ['2021-05-03']\n"
        "print('all', json.dumps({'relaxed+value_exact_PRF': [0, 0, float(right)]}))\n",
        encoding="utf-8",
    )
    results = list(run_board(tmp_path))
    assert [(one.bench, one.figure.measure, one.ours) for one in results] == [
        ("dates", "span and value F1", 1.0),
        ("dates", "value where the article's date is needed", None),
    ]


def test_a_scorer_that_fails_is_told(tmp_path: Path) -> None:
    """A scorer that breaks off is an error that names it, never a figure."""
    folder = tmp_path / "dates"
    folder.mkdir()
    (folder / "tbaq_dev.jsonl").write_text('{"id": "1", "text": "x"}\n', encoding="utf-8")
    (folder / "score_dates.py").write_text("raise SystemExit('no gold here')\n", encoding="utf-8")
    with pytest.raises(InputError, match="no gold here"):
        list(run_board(tmp_path))


def test_an_unknown_bench_is_told(tmp_path: Path) -> None:
    """A bench that is not there is told with those that are."""
    (tmp_path / "gold.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(UnknownNameError, match=r"No bench is called 'datse': use one of .*dates"):
        list(prediction_lines("datse", tmp_path / "gold.jsonl"))


def test_speed_is_measured_on_both_ways_and_each_stage(tmp_path: Path) -> None:
    """The speed bench counts the words, clocks the bare parse and the whole reading, and each stage has its share."""
    path = tmp_path / "corpus.jsonl"
    text = "Estonia expelled two Russian diplomats on Monday. Moscow rejected the charges. " * 6
    path.write_text(
        "".join(json.dumps({"id": str(n), "text": f"{text}{n}"}) + "\n" for n in range(20)), encoding="utf-8"
    )
    speed = measure(path)
    assert (speed.articles, speed.words) == (20, 20 * (6 * 11 + 1))
    assert 0 < speed.bare < speed.whole * 2
    assert 100 < speed.memory < 3000
    assert sum(seconds for _, seconds in speed.stages) <= speed.whole
    assert {"clean", "parse"} <= {stage for stage, _ in speed.stages}
