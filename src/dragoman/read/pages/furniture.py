"""Furniture: which lines of a page are no part of its article."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from dragoman.codebook.furniture import FurnitureTable
from dragoman.read.pages.layout import Line

_EDGES = re.compile(r"^[\W_]+|(?:[\s\W_]*\(?\d{0,6}\)?[\s\W_]*)$")
_PHONE = re.compile(
    r"^(?:(?:tel|phone|fax|mob|mobile|t)\b[.:]*\s*)?\+?(?:\(?\d{1,5}\)?[\s.\-–]*){2,6}\d{2,4}(?:\s*(?:ext\.?\s*\d+))?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
_ADDRESS = re.compile(
    r"^(?:(?:e-?mail|contact|web(?:site)?)\s*:?\s*)?(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+)$",
    re.IGNORECASE,
)
_SHORT = 140
"""A line with a credit or a caption's source in it is furniture only up to this many code points."""

_HEADLINE = 320
"""A teaser of another story is at most this long (code points), second sentence included."""

_MENU_WORDS = 3
_MENU_LINES = 4
"""So many lines of so few words before the first paragraph are a menu."""


def furniture_kinds(lines: Sequence[Line], table: FurnitureTable, profile: Set[int]) -> list[str | None]:
    """Return for each line its kind of furniture, or None where it belongs to the article.

    `profile` are the lines of a person's life: short and without sentences, they would pass for headlines.
    """
    kinds: list[str | None] = [_kind_alone(line.text, table) for line in lines]
    _mark_menu(lines, kinds)
    _mark_teaser_blocks(lines, kinds, table, profile)
    _mark_doubled_headlines(lines, kinds)
    _mark_repeats(lines, kinds)
    _mark_tail(lines, kinds, profile)
    return kinds


def _bare(text: str) -> str:
    return _EDGES.sub("", text.lower().strip())


def _kind_alone(text: str, table: FurnitureTable) -> str | None:
    """What a line is by its own words."""
    bare = _bare(text)
    if not bare:
        return "contact" if _is_phone(text) else "navigation" if len(text) <= 3 else None
    if bare in table.opens:
        return "teaser"
    if kind := table.lines.get(bare):
        return kind
    if _is_phone(text) or _ADDRESS.match(text):
        return "contact"
    lowered = text.lower().lstrip("•*-–—>»→▪| \t")
    for phrase, kind in table.starts:
        if lowered.startswith(phrase) and _may_start(phrase, lowered, text):
            return kind
    if len(text) <= _SHORT:
        for phrase, kind in table.has:
            if phrase in lowered and not text.rstrip().endswith((".", "?", "!")):
                return kind
    return None


def _may_start(phrase: str, lowered: str, text: str) -> bool:
    """A phrase that could begin a sentence of the story counts only where the line does not go on as prose."""
    after = lowered[len(phrase) :][:1]
    if phrase[-1].isalnum() and after.isalnum():
        return False
    return phrase[-1] in ":(-" or len(text) <= 2 * _SHORT


def _is_phone(text: str) -> bool:
    return 6 <= len(_DIGITS.findall(text)) <= 15 and _PHONE.match(text.strip()) is not None


def _mark_menu(lines: Sequence[Line], kinds: list[str | None]) -> None:
    first = next((i for i, line in enumerate(lines) if len(line.text.split()) > 6), len(lines))
    menu = [
        i
        for i in range(first)
        if len(lines[i].text.split()) <= _MENU_WORDS and not any(c.isdigit() for c in lines[i].text)
    ]
    if len(menu) >= _MENU_LINES:
        for i in menu:
            kinds[i] = kinds[i] or "navigation"


def _mark_teaser_blocks(
    lines: Sequence[Line], kinds: list[str | None], table: FurnitureTable, profile: Set[int]
) -> None:
    """From a heading such as "Most read" on, other stories' headlines, until a paragraph of the story comes again."""
    inside = False
    for i, line in enumerate(lines):
        if i in profile:
            inside = False
        elif _bare(line.text) in table.opens:
            inside = True
        elif inside and kinds[i] is None:
            twin = _has_twin(lines, i)
            if twin or _is_headline(line):
                kinds[i] = "teaser"
            else:
                inside = False


def _is_headline(line: Line) -> bool:
    return (len(line.text) <= _HEADLINE and not line.ends_sentence) or (
        len(line.text) <= _SHORT and line.text.endswith("?")
    )


def _has_twin(lines: Sequence[Line], i: int) -> bool:
    text = lines[i].text
    return any(0 <= j < len(lines) and lines[j].text == text for j in (i - 1, i + 1))


def _mark_doubled_headlines(lines: Sequence[Line], kinds: list[str | None]) -> None:
    """Below the first paragraph, a headline that stands twice running is a teaser: its picture's text and its own."""
    began = False
    for i, line in enumerate(lines):
        if began and kinds[i] is None and _is_headline(line) and _has_twin(lines, i):
            kinds[i] = "teaser"
        began = began or (kinds[i] is None and len(line.text) > _SHORT and line.ends_sentence)


def _mark_repeats(lines: Sequence[Line], kinds: list[str | None]) -> None:
    seen: set[str] = set()
    for i, line in enumerate(lines):
        if kinds[i] is not None or len(line.text.split()) < 4:
            continue
        if line.text in seen:
            kinds[i] = "repeat"
        seen.add(line.text)


def _mark_tail(lines: Sequence[Line], kinds: list[str | None], profile: Set[int]) -> None:
    """Two or more headlines in a row after the story's last full paragraph, with furniture among or behind them."""
    full = [i for i, line in enumerate(lines) if kinds[i] is None and line.ends_sentence and len(line.text) > _SHORT]
    if not full:
        return
    after = [i for i in range(full[-1] + 1, len(lines)) if i not in profile]
    if not any(kinds[i] is not None for i in after):
        return
    headlines = [i for i in after if kinds[i] is None and _is_headline(lines[i]) and len(lines[i].text.split()) >= 5]
    if len(headlines) >= 2:
        for i in headlines:
            kinds[i] = "teaser"
