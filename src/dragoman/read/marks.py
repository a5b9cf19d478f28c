"""Quotation marks: where words stand in quotes, before any parse."""

from __future__ import annotations

import re

from dragoman.record import Article, Quotation

_MARKS = re.compile(r"\"([^\"\n]+)\"|“([^“”\n]+)”|«([^«»\n]+)»|„([^„“”\n]+)[“”]|``([^`\n]+?)''")


def find_quotations(article: Article) -> tuple[Quotation, ...]:
    """Return the quotations of an article's text in order, marks included in `start` and `end`."""
    found = []
    for match in _MARKS.finditer(article.text):
        group = match.lastindex or 0
        found.append(Quotation(match.start(), match.end(), match.start(group), match.end(group), 0, False))
    return tuple(found)
