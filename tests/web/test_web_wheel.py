"""The wheel carries all that a page needs, unchanged and with its licences, and nothing is fetched from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.web.assets import assets, vendored
from dragoman.web.guard import PLOT_STYLE

ROOT = Path(__file__).parents[2]
WEB = "dragoman/web/"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel as it is built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as found:
        yield found


def test_the_wheel_holds_every_page_and_asset(wheel: zipfile.ZipFile) -> None:
    """Templates, styles and scripts of the tree are in the wheel, byte by byte."""
    names = set(wheel.namelist())
    folder = ROOT / "src" / "dragoman" / "web"
    files = [path for part in ("assets", "templates") for path in (folder / part).rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        name = WEB + path.relative_to(folder).as_posix()
        assert name in names
        assert wheel.read(name) == path.read_bytes()


def test_the_scripts_of_others_are_what_the_manifest_says(wheel: zipfile.ZipFile) -> None:
    """Every vendored script has an exact version, the digest of its bytes, and its licence beside it."""
    manifest = tomllib.loads(wheel.read(WEB + "assets/vendor/manifest.toml").decode())
    scripts = {name for name in wheel.namelist() if name.startswith(WEB + "assets/vendor/") and name.endswith(".js")}
    assert {WEB + "assets/vendor/" + one["file"] for one in manifest.values()} == scripts
    for one in manifest.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", one["version"])
        body = wheel.read(WEB + "assets/vendor/" + one["file"])
        assert hashlib.sha256(body).hexdigest() == one["sha256"]
        assert len(wheel.read(WEB + "assets/vendor/" + one["licence_file"])) > 200
    assert vendored() == manifest


def test_no_page_names_another_host() -> None:
    """No template, style or script of ours holds an address elsewhere; only names of XML's forms."""
    folder = ROOT / "src" / "dragoman" / "web"
    for path in [*folder.glob("templates/*"), *folder.glob("assets/*.*")]:
        found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"')]*", path.read_text(encoding="utf-8"))
        assert {one for one in found if "www.w3.org" not in one} == set(), path.name


def test_no_template_holds_script_or_style() -> None:
    """The policy forbids them; a template with an inline handler, script or style would not work."""
    for path in (ROOT / "src" / "dragoman" / "web" / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text), path.name
        assert not re.search(r"\|\s*safe\b|Markup|autoescape\s+false", text), path.name


def test_the_style_that_plot_writes_is_the_one_that_the_policy_lets_in() -> None:
    """The digest in the policy is of the style in the script, with its default class name."""
    text = assets()["vendor/plot.min.js"].body.decode()
    told = [one for one in re.findall(r'append\("style"\)\.text\(`([^`]*)`', text) if "-ramp" not in one]
    style = re.sub(r"\$\{\w+\}", "plot-d6a7b5", told[0].encode().decode("unicode_escape"))
    assert "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() == PLOT_STYLE


def test_the_first_page_is_light() -> None:
    """The desk's own style and scripts, packed, leave most of 100 kB for its words."""
    sent = sum(
        len(assets()[name].packed)
        for name in ("workbench.css", "workbench.js", "theme.js", "vendor/htmx.min.js", "mark.svg")
    )
    assert sent < 60_000
