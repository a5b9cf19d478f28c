"""Settings: one file, the environment and options, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import SettingsError
from dragoman.settings import BATCH, load_settings


def _file(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """Without file and variables the store lies in the data folder and the rest is as documented."""
    settings = load_settings(environment={"DRAGOMAN_SETTINGS": ""})
    assert settings.store.name == "dragoman.sqlite3"
    assert (settings.batch, settings.model, settings.codebook) == (BATCH, None, ())


def test_the_file_is_read_and_its_paths_count_from_it(tmp_path: Path) -> None:
    """Every key of the file is taken in; relative paths count from the file's folder, absolute ones stay."""
    path = _file(
        tmp_path,
        '[store]\npath = "news.sqlite3"\nbusy_seconds = 2\n[parse]\nmodel = "en_core_web_sm"\n'
        '[codebook]\nfolders = ["rules", "/srv/rules"]\n[read]\nbatch = 4\n'
        '[actors]\nregister = ["people.ftm.json", "/srv/desk.csv"]\n',
    )
    settings = load_settings(path, environment={})
    assert settings.store == tmp_path / "news.sqlite3"
    assert settings.codebook == (tmp_path / "rules", Path("/srv/rules"))
    assert settings.register == (tmp_path / "people.ftm.json", Path("/srv/desk.csv"))
    assert (settings.model, settings.batch, settings.busy_seconds) == ("en_core_web_sm", 4, 2)


def test_the_option_comes_before_the_variable_and_the_variable_before_the_file(tmp_path: Path) -> None:
    """The store is the option's, else the variable's, else the file's."""
    path = _file(tmp_path, '[store]\npath = "file.sqlite3"\n')
    variables = {"DRAGOMAN_STORE": "variable.sqlite3", "DRAGOMAN_SETTINGS": str(path)}
    assert load_settings(store=Path("option.sqlite3"), environment=variables).store == Path("option.sqlite3")
    assert load_settings(environment=variables).store == Path("variable.sqlite3")
    assert load_settings(environment={"DRAGOMAN_SETTINGS": str(path)}).store == tmp_path / "file.sqlite3"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[store]\npaht = "x"\n', r"unknown key 'store.paht'; did you mean 'path' under \[store\]\?"),
        ('model = "x"\n', r"unknown key 'model'; did you mean 'model' under \[parse\]\?"),
        ("[zebra]\nstripes = 7\n", r"unknown key 'zebra.stripes'; known are store.path"),
        ("[read]\nbatch = 0\n", r"read.batch is 0; write a whole number from 1 to 256"),
        ("[read]\nbatch = true\n", r"read.batch is True; write a whole number"),
        ('[read]\nbatch = "many"\n', r"read.batch is 'many'; write a whole number"),
        ("[codebook]\nfolders = [1]\n", r"codebook.folders is \[1\]; write a list of paths in quotes"),
        ("[store]\nbusy_seconds = -1\n", r"store.busy_seconds is -1; write 0 to 3600 seconds"),
        ("[store\n", r"settings.toml: .*mend the TOML there"),
    ],
)
def test_a_wrong_file_is_told_with_file_key_and_remedy(tmp_path: Path, text: str, words: str) -> None:
    """What is wrong in the file is said in one line with its name, the key and what to write."""
    path = _file(tmp_path, text)
    with pytest.raises(SettingsError, match=words) as caught:
        load_settings(path, environment={})
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    """A settings file that was asked for and is missing is an error; the user's own may be missing."""
    with pytest.raises(SettingsError, match="No settings file"):
        load_settings(tmp_path / "none.toml", environment={})
