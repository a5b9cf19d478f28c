"""An ontology of one's own: three types in the place of PLOVER's sixteen, and everything downstream still works."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.errors import CodebookError
from dragoman.export.page import render
from dragoman.export.table import table_lines
from dragoman.read import build_reader
from dragoman.record import Article, Document, History
from dragoman.record.text import article_id
from dragoman.relate import build_history, make_dossier

PAGE = Path(__file__).parents[2] / "docs" / "codebook.md"
TEXTS = (
    "Norway recalled its ambassador to Iran on Monday. Iran condemned the recall. Iranian troops attacked a Norwegian patrol.",
    "The foreign ministers of Norway and Iran met in Geneva on Tuesday. Norway sent Iran food. Norway must pay, Iran said.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the ontology that docs/codebook.md prints."""
    (text,) = re.findall(r"```toml\n# mine/plover\.toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    folder = tmp_path_factory.mktemp("mine")
    (folder / "plover.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def history(folder: Path) -> History:
    """Two articles read and joined under that ontology."""
    codebook = Codebook([folder])
    reader = build_reader(codebook)
    articles = [
        Article(id=article_id(text), source="test", text=text, published=date(2024, 5, 15), language="en")
        for text in TEXTS
    ]
    return build_history(reader.read([Document(article=article) for article in articles]), codebook)


def test_every_event_has_a_type_of_ones_own(history: History) -> None:
    """The frames find what they found, under the types and modes of the user's ontology with its scores."""
    kinds = {(event.type, event.mode) for event in history.events}
    assert {kind for kind, _ in kinds} == {"WORDS", "HELP", "HARM"}
    assert ("HARM", "recall") in kinds
    assert ("WORDS", "meeting") in kinds
    assert {event.score for event in history.events} <= {-7.0, -5.0, -1.0, 0.0, 2.0, 7.0}
    (meeting,) = [event for event in history.events if event.mode == "meeting"]
    assert len(meeting.actors) == 2


def test_states_and_dossier_still_work(history: History, folder: Path) -> None:
    """A recall is a state between the two and nothing else is, and the dossier shows the events in text and as a page."""
    assert {(one.dimension, one.value) for one in history.relations} == {("ambassador", "recalled")}
    dossier = make_dossier(history, "NOR", "IRN", Codebook([folder]))
    text = render(dossier, "text")
    assert "recalled" in text
    assert {entry.codes.split("/")[0] for entry in (*dossier.timeline, *dossier.undated)} >= {"HARM", "WORDS"}
    assert "<html" in render(dossier, "html")


def test_the_record_is_exported_under_the_own_types(history: History) -> None:
    """The table of events names the user's types and modes."""
    head, *rows = table_lines(history, "event")
    at = head.split(",").index("type")
    assert {row.split(",")[at] for row in rows} == {"WORDS", "HELP", "HARM"}


def test_frames_of_other_types_are_left_out_and_ones_own_are_not(tmp_path: Path) -> None:
    """Without a translation only the user's own frames count, and one of a type that nobody has is refused."""
    (tmp_path / "plover.toml").write_text(
        '[types.WORDS]\nscore = 0.0\nquad = "verbal cooperation"\nmeaning = "speaks"\n', encoding="utf-8"
    )
    frames = tmp_path / "frames"
    frames.mkdir()
    own = 'type = "WORDS"\n[[frame]]\nid = "shout"\nverbs = ["shout at"]\nroles = "acts_against"\nrecipient = ["at"]\n'
    (frames / "own.toml").write_text(own, encoding="utf-8")
    codebook = Codebook([tmp_path])
    assert {frame.type for frame in codebook.frames.frames.values()} == {"WORDS", "NONE"}
    assert not [rule for rule in codebook.relations.rules if rule.types]
    (frames / "own.toml").write_text(own.replace("WORDS", "ASSAULT"), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"own\.toml.*'shout' has the type 'ASSAULT'; use one of WORDS"):
        _ = Codebook([tmp_path]).frames


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[translate]\nAID = 'HELP'", "translate.AID names the type 'HELP'"),
        ("[translate]\nAID = 'WORDS/kind'", "names the mode 'kind' of WORDS; use one of none"),
        ("[groups]\nspoke = ['WORDS']", "groups.spoke is unknown; use needs_recipient"),
        ("[groups]\nspoken = ['HELP']", "groups.spoken names the type 'HELP'"),
        ("[groups]\nspoken = 'WORDS'", "groups.spoken: it is no list"),
        ("[acts]\nshout = 'WORDS'", "acts.shout is unknown"),
    ],
)
def test_a_fault_in_an_ontology_is_named(tmp_path: Path, line: str, fault: str) -> None:
    """A group, act or translation that names what is not there is an error with its key and the remedy."""
    types = '[types.WORDS]\nscore = 0.0\nquad = "verbal cooperation"\nmeaning = "speaks"\n'
    (tmp_path / "plover.toml").write_text(types + line + "\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=re.escape(fault)):
        _ = Codebook([tmp_path]).ontology
