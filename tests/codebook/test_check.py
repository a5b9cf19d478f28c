"""The check of a codebook: every fault of every file, with its line, entry and remedy."""
# a fault a line

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.codebook.check import check_codebook, left_out, line_of
from dragoman.codebook.check_shapes import SHAPES
from dragoman.codebook.load import OWN_FOLDER

OWN_TOML = sorted(OWN_FOLDER.glob("**/*.toml"))
OWN_CSV = sorted(OWN_FOLDER.glob("*.csv"))


def problems(folder: Path) -> list[str]:
    """What the check says of the project's rules with a folder laid over them."""
    return [str(problem) for problem in check_codebook(Codebook([folder]))]


def test_the_projects_own_files_have_no_fault() -> None:
    """The check passes what the project ships, and knows the shape of each of its files."""
    assert [str(problem) for problem in check_codebook(Codebook())] == []
    assert {path.name for path in OWN_FOLDER.glob("*.toml")} == set(SHAPES)


def test_a_copy_of_any_file_is_no_fault(tmp_path: Path) -> None:
    """A user's folder that repeats the project's files, ids and all, is in order."""
    shutil.copytree(OWN_FOLDER, tmp_path / "mine")
    assert problems(tmp_path / "mine") == []


def _break(path: Path, folder: Path) -> str:
    """Lay a broken copy of a file into a folder; return how the check must begin to tell it."""
    broken = folder / path.relative_to(OWN_FOLDER)
    broken.parent.mkdir(parents=True, exist_ok=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".toml":
        broken.write_text("\n".join([*lines, "[broken"]) + "\n", encoding="utf-8")
        return f"{broken}, line {len(lines) + 1}: "
    broken.write_text(f"{lines[0]}\nx{',x' * 20}\n", encoding="utf-8")
    return f"{broken}, line 2: x: 21 cells where"


def test_every_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    """Whichever TOML file is broken, and whichever CSV file has a row too long, the check says which one and in which line."""
    said = [_break(path, tmp_path) for path in (*OWN_TOML, *OWN_CSV) if path.parent == OWN_FOLDER]
    found = problems(tmp_path)
    assert [one for one in said if not any(text.startswith(one) for text in found)] == []


@pytest.mark.parametrize("name", ["accuse", "classes", "roles"])
def test_a_broken_file_of_frames_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    """A broken file of frames, of classes or of roles is named with its line."""
    said = _break(OWN_FOLDER / "frames" / f"{name}.toml", tmp_path)
    assert any(text.startswith(said) for text in problems(tmp_path))


def test_every_table_with_another_header_is_named(tmp_path: Path) -> None:
    """Whichever CSV file has another header, the check says which one and what the header is to be."""
    for path in OWN_CSV:
        (tmp_path / path.name).write_text("name,colour\n", encoding="utf-8")
    found = problems(tmp_path)
    said = [f"{tmp_path / path.name}, line 1: the first line is 'name,colour'" for path in OWN_CSV]
    assert [one for one in said if not any(text.startswith(one) for text in found)] == []


FAULTS = [
    (
        "cues.toml",
        "[[verb]]\nact = 'shout'\nframes = ['quote']\nwords = 'yell'\n",
        "line 2: verb.1.act: it is 'shout'; write one",
    ),
    (
        "cues.toml",
        "[[verb]]\nact = 'claim'\nframes = ['quot']\nwords = 'yell'\n",
        "line 3: verb.1.frames: the frame 'quot'",
    ),
    (
        "cues.toml",
        "[[verb]]\nact = 'claim'\nframes = ['quote']\nwords = ['yell']\n",
        "line 4: verb.1.words: it is ['yell']",
    ),
    ("dates.toml", "[tense]\ndone = 'was'\n", "line 2: tense.done: it is no list of words"),
    (
        "dates.toml",
        "[[form]]\nname = 'x'\nform = 'month'\nreading = 'calender'\n",
        "line 4: form.'x'.reading: it is 'calender'",
    ),
    ("dates.toml", "[[form]]\nname = 'x'\nform = 'month'\n", "line 1: form.'x': it lacks 'reading'"),
    (
        "dates.toml",
        "[[form]]\nname = 'x'\nform = '{nope}'\nreading = 'calendar'\n",
        "uses {nope}, which [macros] does not define",
    ),
    ("dates.toml", "hedges = ['about']\n", "line 1: hedges: the key 'hedges' is unknown"),
    ("factuality.toml", "[adverbs]\nbarely = 'maybe'\n", "line 2: adverbs.barely: it is 'maybe'; write one of"),
    ("factuality.toml", "[groups.mine]\nwords = ['mull']\n", "line 1: groups.mine: it lacks 'makes'"),
    ("factuality.toml", "[historical]\ndays = 'many'\n", "line 2: historical.days: it is 'many'; write a whole number"),
    ("furniture.toml", "[share]\nlines = 'tweet'\n", "line 2: share.lines: it is no list of words"),
    ("furniture.toml", "[share]\nends = ['tweet']\n", "[share] has 'ends': use one of"),
    ("loaded.toml", "[rule]\nwords = ['']\n", "line 2: rule.words: it is no list of words"),
    ("masthead.toml", "small = 'of'\n", "line 1: small: it is no list of words"),
    ("mentions.toml", "[verbs]\nsays = ['say']\n", "[verbs] 'says' is no list that is used"),
    ("outcomes.toml", "[words]\nkept = '('\n", "line 2: words.kept: the pattern can't be read"),
    ("confidence.toml", "[features]\nno_actor = 'low'\n", "line 2: features.no_actor: it is 'low'; write a number"),
    (
        "relations.toml",
        "[[rule]]\nname = 'x'\ndimension = 'trade'\nvalue = 'open'\nof = 'me'\ntoward = 'recipient'\n",
        "line 5: rule.'x'.of: it is 'me'",
    ),
    ("relations.toml", "[[rule]]\nname = 'x'\nwords = '('\n", "line 3: rule.'x'.words: the pattern can't be read"),
    (
        "relations.toml",
        "[dimension.mood]\ndirected = 'no'\ntitle = 't'\nvalues = { a = 'b' }\n",
        "line 2: dimension.mood.directed: it is 'no'",
    ),
    (
        "relations.toml",
        "[[rule]]\nname = 'x'\ndimension = 'mood'\nvalue = 'a'\nof = 'actor'\ntoward = 'recipient'\n",
        "names the dimension 'mood'",
    ),
    (
        "plover.toml",
        "[types.X]\nscore = 'high'\nquad = 'q'\nmeaning = 'm'\n",
        "line 2: types.X.score: it is 'high'; write a number",
    ),
    (
        "holders.csv",
        "name,office,country,since,until\nA B,king,XXX,2001,\n",
        "line 2: A B: country is 'XXX'; write a code of territories.csv",
    ),
    (
        "holders.csv",
        "name,office,country,since,until\nA B,king,NOR,MMI,\n",
        "line 2: A B: since is 'MMI'; write a year",
    ),
    ("offices.csv", "title,forms,sector,role,person\nczar,,GVO,x,\n", "line 2: czar: sector is 'GVO'; write one of"),
    ("given_names.csv", "name,gender\nKim,x\n", "line 2: Kim: gender is 'x'; write one of f, m or nothing"),
    (
        "territories.csv",
        "code,alpha2,name,forms,demonyms,capital,status,of,since,until\nX-A,,A,,,,land,,,\n",
        "line 2: X-A: status is 'land'",
    ),
    ("cue.toml", "", "no part of a codebook has this name; call it cues.toml"),
    (
        "frames/roles.toml",
        "[mine]\nactors = ['subject']\n",
        "line 1: mine: the key 'actors' is unknown; use one of actor",
    ),
    ("frames/classes.toml", "boat = 'ship'\n", "line 1: boat: the class is no list of words"),
    (
        "frames/own.toml",
        "type = 'AID'\n\n[[frame]]\nid = 'x'\nverbs = ['x']\nmode = 'cash'\n",
        "line 3: x: AID has no mode 'cash'",
    ),
    ("frames/own.toml", "type = 'AID'\nframe = 'x'\n", "frame is no list of tables; begin each frame with [[frame]]"),
]
"""A file of a codebook, what stands in it, and what the check must say of it."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What one check says of all the faults, each in a layer of its own: a check of each alone would take a second."""
    layers = []
    for name, text, _ in FAULTS:
        layers.append(tmp_path_factory.mktemp("layer"))
        path = layers[-1] / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    problems = [str(problem) for problem in check_codebook(Codebook(layers))]
    return [
        one.replace(str(layer), f"layer {number}")
        for one in problems
        for number, layer in enumerate(layers)
        if str(layer) in one
    ]


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[said for _, _, said in FAULTS])
def test_a_fault_is_told_with_its_place_and_remedy(told: list[str], number: int, tmp_path: Path) -> None:
    """Each kind of fault in each file is told with the file, the line or key, and what to write instead."""
    name, text, said = FAULTS[number]
    found = [one for one in told if one.startswith(f"layer {number}/")]
    if not any(said in one for one in found):  # what only shows when the part is loaded hides behind another's fault
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        found = problems(tmp_path)
    assert any(said in one for one in found), found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Two faults of one file and one of another are three lines."""
    (tmp_path / "factuality.toml").write_text("[adverbs]\nbarely = 'maybe'\nhardly = 'no'\n", encoding="utf-8")
    (tmp_path / "masthead.toml").write_text("small = 'of'\n", encoding="utf-8")
    assert len(problems(tmp_path)) == 3


def test_what_a_replaced_ontology_leaves_out_is_counted(tmp_path: Path) -> None:
    """Frames and rules whose types an ontology has not are counted; with the project's own there are none."""
    assert left_out(Codebook()) == (0, 0)
    (tmp_path / "plover.toml").write_text(
        "[types.AID]\nscore = 1.0\nquad = 'material cooperation'\nmeaning = 'helps'\n", encoding="utf-8"
    )
    frames, rules = left_out(Codebook([tmp_path]))
    assert frames > 100
    assert rules > 0


def test_the_line_of_a_key_is_found() -> None:
    """A key is found under its table, the second of a list under the second header, a dotted key by its parts."""
    lines = ["[a]", "x = 1", "[[b]]", "x = 2", "[[b]]", "x = 3", "y.z = 4", "[c.d]", "x = 5"]
    assert line_of(lines, ("a", "x")) == 2
    assert line_of(lines, ("b", 2, "x")) == 6
    assert line_of(lines, ("c", "d", "x")) == 9
    assert line_of(lines, ("c", "d", "nowhere")) == 8
