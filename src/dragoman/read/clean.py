"""Clean: mark what is furniture, what is a note, and the sections; the text itself is never edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from dragoman.codebook import Codebook
from dragoman.codebook.masthead import MastheadTable
from dragoman.read.pages.furniture import furniture_kinds
from dragoman.read.pages.labels import Head, read_labels
from dragoman.read.pages.layout import Line, lines_of
from dragoman.read.pages.masthead import Masthead, is_outlet, read_masthead
from dragoman.read.pages.profile import profile_lines
from dragoman.read.stage import Layers, Stage
from dragoman.record import Article, Document, Region

_NOTE = re.compile(r"\[(?!\s*(?:\.\.\.|…)\s*\])[^\[\]\n]{1,600}\]")
_SIGNED_NOTE = re.compile(
    r"\((?:[^()\n]{0,300}\b"
    r"(?:ed(?:itor)?(?:'s|’s)?\.?(?: note)?|translator(?:'s|’s)?(?: note)?|transl\.|sic|emphasis (?:added|mine))"
    r"\b\.?:?[^()\n]{0,300})\)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"\b(?:[Ee]ditor(?:['’]s)?|[Ee]d\.|[Tt]ranslator(?:['’]s)?|[Tt]ransl\.|sic|[Ee]mphasis)")
_HEADING = re.compile(r"((?:[A-Z][A-Z'’\-]*[A-Z]['’]?[A-Z]*|I|A)(?:[ ,][A-Z0-9'’\-]+)*[.:?!—–-])\s+(?=[\"“'A-Z])")
_BYLINE = re.compile(
    r"^(?:by|from|written by|author:|text:)\s+[A-Z][\w.'’\-]+(?:\s+[A-Z][\w.'’\-]+){0,3}(?:[,\s].{0,60})?$",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"^(?:Q|Question)\s*[.:)\-–—]\s*")
_ANSWER_MARK = re.compile(r"^(?:A|Answer)\s*[.:)\-–—]\s*")
_TITLE = 220
_TOP = 12
"""The masthead (title, date, byline) stands in a page's first lines."""

_BOTTOM = 3
"""A date or an outlet may also sign a page in its last lines."""

_OUTLET_TOP = 3
"""An outlet's bare name stands in the first lines or not at all."""


def _clean(document: Document, codebook: Codebook) -> Layers:
    article = document.article
    head = read_labels(article.text, codebook.masthead)
    lines = _lines_beside(article.text, head)
    profile = profile_lines(lines)
    kinds = furniture_kinds(lines, codebook.furniture, profile)
    furniture = tuple(
        Region(start=line.start, end=line.end, kind=kind) for line, kind in zip(lines, kinds, strict=True) if kind
    )
    own = [line for line, kind in zip(lines, kinds, strict=True) if kind is None]
    notes = tuple(_notes(article.text, own))
    heads = _mastheads(own, codebook.masthead, article.title)
    headed = (*_head_sections(head), *_sections(own, {lines[i].start for i in profile}, heads, head))
    sections = tuple(sorted(headed, key=lambda region: region.start))
    titles = (article.text[part.start : part.end] for part in sections if part.kind == "title")
    title = article.title or next(titles, None)
    marked = replace(_told_by(article, head), title=title, furniture=furniture, notes=notes, sections=sections)
    return {"article": _signed(marked, heads)}


def _lines_beside(text: str, head: Head) -> list[Line]:
    """The text's lines without those of its labelled head, which would be taken for a story's when laid out with them."""
    if not head.lines:
        return lines_of(text)
    below = (replace(line, start=line.start + head.end, end=line.end + head.end) for line in lines_of(text[head.end :]))
    return [*lines_of(text[: head.start]), *below]


_HEAD_KINDS = {"title": "title", "byline": "byline"}


def _head_sections(head: Head) -> Iterator[Region]:
    titled = False
    for line in head.lines:
        kind = _HEAD_KINDS.get(line.field, "dateline")
        if kind != "title" or not titled:
            yield Region(start=line.start, end=line.end, kind=kind)
        titled = titled or kind == "title"


def _told_by(article: Article, head: Head) -> Article:
    """The article with what its labelled head says of it, where nobody else has said it."""
    text = article.text
    if article.published is None and (published := head.published(text)):
        article = replace(article, published=published, published_from="text")
    url = head.value(text, "url")
    return replace(
        article,
        publisher=article.publisher or head.value(text, "publisher"),
        url=article.url or (url if url and url.startswith(("https://", "http://")) else None),
    )


def _mastheads(lines: Sequence[Line], table: MastheadTable, title: str | None) -> dict[int, Masthead]:
    """The mastheads of a page's first and last lines, by line; its headline ("Report 10") is no outlet's name."""
    found: dict[int, Masthead] = {}
    for i, line in enumerate(lines):
        if i < _TOP or i >= len(lines) - _BOTTOM:
            name = line.text.strip()
            if i < _OUTLET_TOP and name != title and is_outlet(line.text, table) and len(lines) > i + 1:
                head: Masthead | None = Masthead(start=0, end=len(line.text), published=None, publisher=name)
            else:
                head = read_masthead(line.text, table)
            if head is not None:
                found[i] = head
    return found


def _signed(article: Article, heads: Mapping[int, Masthead]) -> Article:
    """The article with the date and the outlet that its mastheads name, where none was given."""
    found = [heads[i] for i in sorted(heads)]
    if article.published is None:
        published = next((head.published for head in found if head.published), None)
        if published is not None:
            article = replace(article, published=published, published_from="text")
    if article.publisher is None:
        article = replace(article, publisher=next((head.publisher for head in found if head.publisher), None))
    return article


def _notes(text: str, lines: Sequence[Line]) -> Iterator[Region]:
    """An editor's or translator's brackets; a bracketed letter inside a word ("[T]he") is the quoter's capital, no note."""
    for line in lines:
        found = [m for m in _NOTE.finditer(text, line.start, line.end) if not _joins_word(text, m.start(), m.end())]
        found += [m for m in _SIGNED_NOTE.finditer(text, line.start, line.end) if _SIGNATURE.search(m.group())]
        for match in sorted(found, key=lambda m: m.start()):
            if (match.start(), match.end()) != (line.start, line.end):
                yield Region(start=match.start(), end=match.end(), kind="note")


def _joins_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())


def _sections(
    lines: Sequence[Line], profile_starts: Set[int], heads: Mapping[int, Masthead], head: Head
) -> Iterator[Region]:
    profile = {i for i, line in enumerate(lines) if line.start in profile_starts}
    title = None if any(line.field == "title" for line in head.lines) else _title(lines, heads)
    questions = [i for i, line in enumerate(lines) if i != title and i not in profile and _is_question(lines, i)]
    interview = len(questions) >= 2 or any(_QUESTION_MARK.match(lines[i].text) for i in questions)
    answering = False
    for i, line in enumerate(lines):
        if i == title:
            yield _region(line, "title")
        elif i in profile:
            yield _region(line, "profile")
        elif i in heads and heads[i].end - heads[i].start == len(line.text):
            yield _region(line, "dateline")
        elif i < _TOP and len(line.text) < 120 and _BYLINE.match(line.text) and not line.ends_sentence:
            yield _region(line, "byline")
        elif interview and i in questions:
            answering = True
            yield _region(line, "question")
        elif _is_heading(lines, i):
            yield _region(line, "heading")
        else:
            yield from _paragraph(line, "answer" if interview and answering else "body", heads.get(i))


def _region(line: Line, kind: str) -> Region:
    return Region(start=line.start, end=line.end, kind=kind)


def _paragraph(line: Line, kind: str, head: Masthead | None) -> Iterator[Region]:
    """A paragraph without its dateline ("KYIV, April 21 (AP) --") or its run-in heading ("WHAT HAPPENED. ...")."""
    start, end = line.start, line.end
    if head is not None and head.start == 0:
        yield Region(start=start, end=start + head.end, kind="dateline")
        start += head.end
    elif head is not None:
        end = start + head.start
    elif (match := _HEADING.match(line.text)) and len(match.group(1).split()) <= 8 and len(match.group(1)) >= 6:
        yield Region(start=start, end=start + match.end(1), kind="heading")
        start += match.end(1)
    while start < end and line.text[start - line.start].isspace():
        start += 1
    if start < end:
        yield Region(start=start, end=end, kind=kind)
    if head is not None and head.start > 0:
        yield Region(start=line.start + head.start, end=line.end, kind="dateline")


def _title(lines: Sequence[Line], heads: Mapping[int, Masthead]) -> int | None:
    """The first line that is no masthead, where it is short and paragraphs of sentences follow it."""
    for i, line in enumerate(lines[:4]):
        if i in heads and heads[i].end - heads[i].start == len(line.text):
            continue
        rest = [other for other in lines[i + 1 :] if len(other.text) > len(line.text)]
        prose = line.text.endswith((".", ".”", '."')) and not line.text.endswith("...")
        if len(line.text) <= _TITLE and not prose and rest and i not in heads:
            return i
        return None
    return None


def _is_question(lines: Sequence[Line], i: int) -> bool:
    text = lines[i].text
    if _QUESTION_MARK.match(text):
        return True
    bare = text.rstrip("\"”’»' ")
    if not bare.endswith("?") or len(text) > 600 or text[0] in '"“«„':
        return False
    return i + 1 < len(lines) and not lines[i + 1].text.rstrip("\"”’»' ").endswith("?")


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    if i == 0 or i + 1 >= len(lines) or len(line.text) > 90 or len(line.text.split()) > 12:
        return False
    bare = line.text.rstrip("\"”’»' ")
    if bare.endswith((".", "!", ",", ";", ":", "...", "…")) or not bare[:1].isupper() or text_opens_quote(line.text):
        return False
    return len(lines[i + 1].text) > len(line.text)


def text_opens_quote(text: str) -> bool:
    """Whether a line begins with a quotation mark: speech, which is no heading."""
    return text[:1] in "\"“«„'‘"


CLEAN = Stage(name="clean", version=2, needs=("article",), adds=("article",), read=_clean)
