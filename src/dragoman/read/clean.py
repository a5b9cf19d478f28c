"""Clean: mark what is furniture, what is a note, and the sections; the text itself is never edited."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.codebook import Codebook
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document, Region

_PARAGRAPH = re.compile(r"\S[^\n]*")


def _clean(document: Document, _codebook: Codebook) -> Layers:
    article = document.article
    sections = tuple(Region(start=m.start(), end=m.end(), kind="body") for m in _PARAGRAPH.finditer(article.text))
    return {"article": replace(article, sections=sections)}


CLEAN = Stage(name="clean", version=1, needs=("article",), adds=("article",), read=_clean)
