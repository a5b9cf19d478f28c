"""Frames as data: loading, overlays, and the check that says what is wrong and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.codebook.frame_check import check
from dragoman.codebook.load import OWN_FOLDER
from dragoman.errors import CodebookError


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    """Write a frame file into a codebook folder."""
    frames = folder / "frames"
    frames.mkdir(exist_ok=True)
    path = frames / name
    path.write_text(text, encoding="utf-8")
    return path


def test_own_frames_have_no_problems() -> None:
    """The project's own frame files pass the check."""
    assert [str(problem) for problem in check([OWN_FOLDER])] == []


def test_every_type_has_frames(codebook: Codebook) -> None:
    """Each of the sixteen types is meant by some frame, and there are hundreds of lemmas."""
    frames = codebook.frames.frames.values()
    assert {frame.type for frame in frames} - {"NONE"} == set(codebook.ontology.types)
    assert len({lemma for frame in frames for lemma in (*frame.verbs, *frame.nouns, *frame.adjectives)}) > 1500


def test_both_spellings_are_known(codebook: Codebook) -> None:
    """A verb in -ise is known in -ize too, and the other way round."""
    assert "apologise" in codebook.frames.verbs
    assert "apologize" in codebook.frames.verbs


def test_more_specific_entries_come_first(codebook: Codebook) -> None:
    """Among the frames of a lemma, what asks for more is tried earlier, and exclusions first of all."""
    for entries in (*codebook.frames.verbs.values(), *codebook.frames.nouns.values()):
        keys = [entry.specificity for entry in entries]
        assert keys == sorted(keys, reverse=True)


def test_a_users_frame_is_added_and_replaces(tmp_path: Path) -> None:
    """A frame of a user's folder is added to ours; one of the same id takes the place of ours."""
    write(
        tmp_path,
        'type = "CONSULT"\n[[frame]]\nid = "confabulate"\nverbs = ["confabulate"]\nroles = "together"\n'
        '[[frame]]\nid = "condemn"\nverbs = ["tut"]\n',
    )
    table = Codebook([tmp_path]).frames
    assert "confabulate" in table.verbs
    assert table.frames["condemn"].verbs == ("tut",)
    assert table.frames["condemn"].type == "CONSULT"
    assert "recall_ambassador" in table.frames


def test_an_unknown_class_stops_the_load(tmp_path: Path) -> None:
    """A condition on a class that no file defines is an error with the file, the frame and the remedy."""
    write(tmp_path, 'type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nwhere = { object = ["@nonsense"] }\n')
    with pytest.raises(CodebookError, match=r"own\.toml.*'x'.*@nonsense.*classes\.toml"):
        _ = Codebook([tmp_path]).frames


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('type = "AID"\n[[frame]]\nverbs = ["x"]\n', "it has no id"),
        ('type = "AID"\n[[frame]]\nid = "x"\n', "it has no trigger"),
        ('type = "HELP"\n[[frame]]\nid = "x"\nverbs = ["x"]\n', "its type 'HELP' is unknown"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nmode = "cash"\n', "AID has no mode 'cash'"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nroles = "odd"\n', "the roles 'odd' are unknown"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nneeds = ["luck"]\n', "needs names 'luck'"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = "x"\n', "verbs is no list of words"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nsure = 3\n', "sure is 3"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nvoice = "middle"\n', "its voice is 'middle'"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\ncolour = "red"\n', "the key 'colour' is unknown"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\ncontexts = ["fun"]\n', "the context 'fun' is unknown"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nwhere = { object = ["@no"] }\n', "the class '@no'"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nunless = { object = ["#no"] }\n', "'#no' under"),
        ('type = "AID"\n[[frame]]\nid = "x"\nverbs = ["x"]\nunless = { object = ["Bread"] }\n', "not in lower case"),
        ('type = "AID"\n[[frame\n', "line 2"),
    ],
)
def test_check_names_each_fault(tmp_path: Path, text: str, what: str) -> None:
    """The check says of every kind of fault which file and entry has it and what to write instead."""
    path = write(tmp_path, text)
    (problem,) = [p for p in check([tmp_path]) if what in str(p)]
    assert problem.file == str(path)
    assert problem.remedy


def test_check_finds_a_doubled_id(tmp_path: Path) -> None:
    """Two frames of one id in the files that are checked are a fault of the second."""
    entry = '[[frame]]\nid = "x"\nverbs = ["x"]\n'
    write(tmp_path, 'type = "AID"\n' + entry + entry)
    assert any("its id stands in" in problem.what for problem in check([tmp_path]))


def test_check_of_a_missing_path(tmp_path: Path) -> None:
    """A path that does not exist is a problem, not an exception."""
    assert check([tmp_path / "nowhere"])[0].what == "there is no such file"
