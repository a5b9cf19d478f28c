"""The tables of cues and loaded words load, and a user's folder overlays them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.errors import CodebookError


def test_a_cue_gives_the_act_of_each_frame(codebook: Codebook) -> None:
    """ "Urge" with somebody and an infinitive is a demand; "call" with a name for something is an evaluation."""
    (urge,) = (cue for cue in codebook.cues.verbs["urge"] if not cue.rest)
    assert urge.frames["other_to"] == "demand"
    call = {cue.rest: cue.frames for cue in codebook.cues.verbs["call"]}
    assert call[()]["naming"] == "evaluation"
    assert call[("on",)]["other_to"] == "demand"


def test_a_users_folder_adds_a_cue(tmp_path: Path) -> None:
    """A group in a user's cues.toml adds its words to the project's own."""
    (tmp_path / "cues.toml").write_text('[[verb]]\nact = "claim"\nframes = ["clause"]\nwords = "hollerate"\n')
    verbs = Codebook([tmp_path]).cues.verbs
    assert verbs["hollerate"][0].frames == {"clause": "claim"}
    assert "say" in verbs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[verb]]\nact = "shout"\nframes = ["clause"]\nwords = "x"\n', "shout"),
        ('[[verb]]\nact = "claim"\nframes = ["clauses"]\nwords = "x"\n', "clauses"),
        ('[[verb]]\nact = "claim"\nframes = ["clause"]\n', "words"),
        ('[[verbs]]\nact = "claim"\n', "verbs"),
    ],
)
def test_a_wrong_cue_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    """A mistake in cues.toml is an error that names the file and the word that is wrong."""
    (tmp_path / "cues.toml").write_text(text)
    with pytest.raises(CodebookError, match=told):
        _ = Codebook([tmp_path]).cues


def test_loaded_words_are_found_whatever_their_capitals_and_hyphens(codebook: Codebook) -> None:
    """Labels are found with hyphen or space, in any case, the longer one first, and never inside a word."""
    text = "The so called Council, a SELF-PROCLAIMED body; the regimental band; a terrorist organisation."
    found = [text[a:b] for a, b, _ in codebook.loaded_words.find(text)]
    assert found == ["so called", "SELF-PROCLAIMED", "terrorist organisation"]


def test_a_users_folder_takes_a_loaded_word_out(tmp_path: Path) -> None:
    """`not` in a user's loaded.toml takes a label out again."""
    (tmp_path / "loaded.toml").write_text('[rule]\nwords = ["satrap"]\nnot = ["regime"]\n')
    table = Codebook([tmp_path]).loaded_words
    assert [kind for _, _, kind in table.find("The satrap and his regime, a dictatorship.")] == ["rule", "rule"]
