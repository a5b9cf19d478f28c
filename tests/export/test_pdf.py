"""Tests of PDF output, with the browser of the machine where it has one."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from dragoman.errors import InputError, MissingExtraError
from dragoman.export import pdf

PAGE = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>A page</title>"
    "<h1>Norland and Sudmark</h1><p>Łódź, Київ.</p>"
)


@pytest.mark.skipif(pdf.find_browser() is None, reason="no Chromium, Chrome or Edge on this machine")
def test_a_page_becomes_a_pdf_with_its_text() -> None:
    """What stands on the page can be read, copied and searched in the PDF, in any script, without a header of the browser."""
    from pypdf import PdfReader

    made = pdf.pdf_of(PAGE)
    assert made.startswith(b"%PDF-")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "Norland and Sudmark" in text
    assert "Łódź, Київ." in text
    assert "file://" not in text


def test_without_browser_and_weasyprint_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has neither is told in one line what to install or what to write instead."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(MissingExtraError, match=r"pip install weasyprint.*--format html") as told:
        pdf.pdf_of(PAGE)
    assert "\n" not in str(told.value)


def test_a_browser_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A browser that makes no file is told in one line, with what it said last."""
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho first >&2\necho the display is gone >&2\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(broken) if name == "chromium" else None)
    with pytest.raises(InputError, match=r"made no PDF .the display is gone.: write --format html instead"):
        pdf.pdf_of(PAGE)
