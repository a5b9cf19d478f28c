"""Pages as PDF: printed by a browser of the machine, or by WeasyPrint where that is installed. Nothing is fetched.

Both are looked for only when a PDF is asked for. A browser runs without a window, in a profile of its own that is thrown away,
and without a network: the page holds all it needs.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.errors import InputError, MissingExtraError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""The programs that print a page, by the names under which systems have them; the first that is there is taken."""
SECONDS = 120
"""After which a browser that does not end is stopped: a page of a thousand lines takes a few."""
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--proxy-server=127.0.0.1:9",  # the discard port: whatever the browser itself would ask for goes nowhere
)


def find_browser() -> str | None:
    """Return the path of a browser that can print, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pdf_of(page: str) -> bytes:
    """Return an HTML page that holds all it needs as a PDF.

    `MissingExtraError` where the machine has neither a browser nor WeasyPrint; `InputError` where the browser fails.
    """
    browser = find_browser()
    if browser is not None:
        return _print(browser, page)
    try:
        from weasyprint import HTML  # type: ignore[import-not-found,import-untyped,unused-ignore]  # optional
    except (ImportError, OSError) as error:  # OSError: the package is there, the libraries it draws with are not
        raise MissingExtraError(
            "No browser (chromium, google-chrome, msedge) and no WeasyPrint to make a PDF with: install one of them "
            "(pip install weasyprint), or write --format html and print that."
        ) from error
    made: bytes = HTML(string=page).write_pdf()
    return made


def _print(browser: str, page: str) -> bytes:
    with TemporaryDirectory(prefix="dragoman-") as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        flags = [*_FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        if _is_root():
            flags.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox, as in a container
        try:
            done = subprocess.run(  # noqa: S603 -- a browser of the system, on a page of our own
                [browser, *flags, source.as_uri()], capture_output=True, timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(
                f"The browser {browser} did not make the PDF ({error}): write --format html instead."
            ) from error
        if not target.is_file() or done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1][:200]
            raise InputError(
                f"The browser {browser} made no PDF ({words or 'no message'}): write --format html instead."
            )
        return target.read_bytes()


def _is_root() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0
