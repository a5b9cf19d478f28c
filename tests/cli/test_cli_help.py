"""Help and documentation: every command and option has both, and asking is quick."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from dragoman.cli.app import app

DOCS = Path(__file__).parents[2] / "docs" / "commands"
SOURCE = Path(__file__).parents[2] / "src"
ROOT: Any = typer.main.get_command(app)


def _commands(group: Any = ROOT, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found = []
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found += _commands(command, (*path, name))
        else:
            found.append(((*path, name), command))
    return found


COMMANDS = _commands()


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_and_option_has_help(path: tuple[str, ...], command: Any) -> None:
    """A command, an argument or an option without help fails here."""
    assert command.help
    assert command.get_short_help_str(200)
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{' '.join(path)}: {parameter.name} has no help"


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_and_option_has_its_place_in_the_docs(path: tuple[str, ...], command: Any) -> None:
    """A command without a page, or an option that its page doesn't name, fails here."""
    page = (DOCS / f"{path[0]}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# dragoman {path[0]}\n")
    assert f"dragoman {' '.join(path)}" in page
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in page, f"{option} is not in docs/commands/{path[0]}.md"


def test_no_page_documents_what_is_not_there() -> None:
    """Every page in docs/commands belongs to a command, and names only options that some command has."""
    assert sorted(path.stem for path in DOCS.glob("*.md")) == sorted({path[0] for path, _ in COMMANDS})
    for path in DOCS.glob("*.md"):
        known = {
            option
            for names, command in COMMANDS
            if names[0] == path.stem
            for p in command.params
            for option in (*p.opts, *p.secondary_opts)
        }
        named = set(re.findall(r"`(--[a-z-]+)", path.read_text(encoding="utf-8")))
        assert named <= known | {"--again"}, path.name


def test_help_loads_nothing_heavy_and_is_quick() -> None:
    """`dragoman --help` and `import dragoman` load no spaCy, pydantic or SQLAlchemy, and help takes under 0.3 s of CPU."""
    code = (
        "import sys, dragoman\n"
        "sys.argv = ['dragoman', '--help']\n"
        "from dragoman.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pydantic', 'sqlalchemy', 'numpy', 'babel', 'trafilatura'}\n"
        "print(*sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert done.stderr.strip() == ""
        assert "brief" in done.stdout
    assert min(times) < 0.3


def test_the_version_is_printed() -> None:
    """`dragoman --version` prints the version that the package has."""
    import dragoman

    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "dragoman", "--version"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == f"dragoman {dragoman.__version__}\n"
