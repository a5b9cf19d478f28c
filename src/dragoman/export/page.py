"""The dossier for readers: plain text of 80 columns, Markdown, JSON, and one HTML page that needs no network.

The same dossier gives the same bytes.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import TypeAdapter

from dragoman.errors import SettingsError
from dragoman.export.page_articles import marked_articles
from dragoman.export.page_picture import draw
from dragoman.export.page_text import entry_notes, markdown_dossier, side_words, text_dossier
from dragoman.record.dossier import Dossier

Format = Literal["text", "markdown", "json", "html"]
FORMATS: tuple[str, ...] = get_args(Format)


def render(dossier: Dossier, format: str = "text") -> str:  # noqa: A002  # the option is called so everywhere
    """Return the dossier as `text`, `markdown`, `json` or `html`; `SettingsError` for another format."""
    if format == "text":
        return text_dossier(dossier)
    if format == "markdown":
        return markdown_dossier(dossier)
    if format == "json":
        return _adapter().dump_json(dossier, indent=2).decode("utf-8") + "\n"
    if format == "html":
        return html_dossier(dossier)
    raise SettingsError(f"Unknown format {format!r}: use one of {', '.join(FORMATS)}.")


def html_dossier(dossier: Dossier) -> str:
    """Return one self-contained page: the dossier, the picture, and the articles with the words marked."""
    template = _environment().get_template("dossier.html.j2")
    page = template.render(
        d=dossier,
        picture=draw(dossier),
        articles=marked_articles(dossier),
        notes=entry_notes,
        side_words=side_words,
    )
    return page + "\n"


@cache
def _adapter() -> TypeAdapter[Dossier]:
    return TypeAdapter(Dossier)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dragoman.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
