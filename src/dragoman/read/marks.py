"""Quotation marks: where words stand in quotes, before any parse.

The press writes quotations in many hands: straight and curly, double and single, guillemets pointing either way, the
German low-high pair, two backticks or two apostrophes on the wires. A mark is told from an apostrophe, an inch sign or a
stray by its neighbours; pairs are matched on a stack within a paragraph. A quotation that goes on in the next paragraph is
opened there anew, or is carried over a few paragraphs where only its closing mark is found. An opening mark without a
partner covers its paragraph or its sentence at most, so that a lost mark never swallows an article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.record import Article, Quotation

_CANDIDATE = re.compile(r"``|''|,,(?=\w)|[\"“”„‟«»‹›‘’‚‛'`′″＂❝❞]")
"""Every character (or pair) that may be a quotation mark."""

_DOUBLE, _GUILLEMET, _SINGLE, _ANGLE = "double", "guillemet", "single", "angle"

_FAMILY = {
    **dict.fromkeys(("``", "''", ",,", '"', "“", "”", "„", "‟", "″", "＂", "❝", "❞"), _DOUBLE),
    **dict.fromkeys("«»", _GUILLEMET),
    **dict.fromkeys("‹›", _ANGLE),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'", "`", "′"), _SINGLE),
}
_OPENS_BY_GLYPH = frozenset({"``", ",,", "“", "„", "‟", "«", "‹", "‘", "‚", "‛", "`", "❝"})
_CLOSES_BY_GLYPH = frozenset({"”", "»", "›", "❞"})

_BEFORE_OPENING = frozenset("([{—–-/:;,=_>¿¡…")
_AFTER_CLOSING = frozenset(")]}—–-/:;,.!?…<_")
_ENDS = frozenset(",.!?…")
_NEVER_FIRST = frozenset(",.;:!?)]}")
_TERMINAL = frozenset(".!?…:;\"”»’'`)]*")

_ELISION = re.compile(r"(?:\d0s|\d\d\b|em|til|tis|twas|cause|bout|n|round|neath|gainst|ere|im|er)\b", re.IGNORECASE)
"""What follows an apostrophe at a word's start where letters are left out ('90s, 'em, 'til)."""

_SENTENCE_END = re.compile(r"[.!?…][)\]]?(?=\s|$)")
_NEWLINE = re.compile(r"[ \t\r]*\n\s*")

_AHEAD = 80
"""Marks of a paragraph within which a single mark's partner is looked for."""

_CARRIED = 3
"""Paragraphs over which a quotation is carried that is not opened anew in each."""

_WRAPPED = 100
"""Code points: a line shorter than this, without an end mark and followed by one in lower case, is a wrapped line."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A candidate at `start` to `end`; `left` and `right` say that it may open what follows, close what precedes."""

    start: int
    end: int
    glyph: str
    family: str
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Open:
    """An opening mark that waits for its partner; `carried` counts the paragraphs it has waited."""

    start: int
    inner: int
    glyph: str
    family: str
    carried: int = 0


def find_quotations(article: Article) -> tuple[Quotation, ...]:
    """Return the quotations of an article's text by their start, an outer one before those inside it.

    Sections are read one by one where the article has them, so that a quotation never runs into furniture; else the whole
    text is. No quotation crosses another, and none crosses the end of a paragraph.
    """
    text = article.text
    regions = [(s.start, s.end) for s in article.sections] or [(0, len(text))]
    notes = [(n.start, n.end) for n in article.notes]
    paragraphs = [p for start, end in regions for p in _paragraphs(text, start, end)]
    found: list[Quotation] = []
    carried: _Open | None = None
    marks_of = [_marks(text, start, end, notes) for start, end in paragraphs]
    for number, (start, end) in enumerate(paragraphs):
        following = number + 1 < len(paragraphs)
        carried = _match(
            text,
            (start, end),
            marks_of[number],
            carried,
            paragraphs[number + 1] if following else None,
            marks_of[number + 1 : number + 1 + _CARRIED],
            found,
        )
    found.sort(key=lambda q: (q.start, -q.end))
    return tuple(_with_depth(found))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs between two offsets without the space around them; a wrapped line is no paragraph's end."""
    at = start
    for gap in _NEWLINE.finditer(text, start, end):
        if gap.start() <= at:
            at = max(at, gap.end())
            continue
        if text.count("\n", gap.start(), gap.end()) == 1 and _is_wrapped(text, at, gap.start(), gap.end(), end):
            continue
        yield at, gap.start()
        at = gap.end()
    if at < end and text[at:end].strip():
        yield at, end


def _is_wrapped(text: str, start: int, line_end: int, after: int, end: int) -> bool:
    """Whether the line that ends at `line_end` goes on in the next: no end mark, and lower case or a full line."""
    if after >= end or text[line_end - 1] in _TERMINAL:
        return False
    line_start = max(start, text.rfind("\n", start, line_end) + 1)
    return line_end - line_start < _WRAPPED and (text[after].islower() or line_end - line_start > _WRAPPED // 2)


def _marks(text: str, start: int, end: int, notes: Sequence[tuple[int, int]]) -> list[_Mark]:
    """Return the candidates of a paragraph that may open or close a quotation, those inside a note left out."""
    marks = []
    for match in _CANDIDATE.finditer(text, start, end):
        at, stop, glyph = match.start(), match.end(), match.group()
        if notes and any(a <= at < b for a, b in notes):
            continue
        before = text[at - 1] if at > start else " "
        after = text[stop] if stop < end else " "
        family = _FAMILY[glyph]
        opens = _is_open_place(before) and _may_begin(text, stop, end)
        closes = not before.isspace() and (
            after.isspace() or after in _AFTER_CLOSING or after in _FAMILY or (family != _SINGLE and before in _ENDS)
        )
        opens = opens or (family != _SINGLE and before in _ENDS and after.isalnum())  # typed without a space
        if glyph in {"″", "′", "`"} and not (opens or closes):
            continue
        if family == _SINGLE:
            if before.isalnum() and after.isalnum():
                continue  # an apostrophe inside a word
            if opens and _ELISION.match(text, stop, end):
                opens = False
            if not (opens or closes):
                continue
        elif family in {_GUILLEMET, _ANGLE} or glyph in {"“", "”", '"', "„"}:
            if before in _FAMILY and not opens and not closes:
                opens = glyph in _OPENS_BY_GLYPH
            if not opens and not closes:
                # no space on either side, or space on both (French spacing): the glyph decides, else the stack
                opens = glyph not in _CLOSES_BY_GLYPH
                closes = glyph not in _OPENS_BY_GLYPH or family in {_GUILLEMET, _ANGLE}
            if glyph == '"' and before.isdigit() and not after.isspace() and not closes:
                continue
        marks.append(_Mark(at, stop, glyph, family, opens, closes))
    return marks


def _may_begin(text: str, at: int, end: int) -> bool:
    """Whether quoted words may begin here: with a letter, a figure, a mark or an ellipsis, not with a stop."""
    return at < end and not text[at].isspace() and (text[at] not in _NEVER_FIRST or text.startswith("..", at))


def _is_open_place(before: str) -> bool:
    return before.isspace() or before in _BEFORE_OPENING or before in _FAMILY


def _match(
    text: str,
    paragraph: tuple[int, int],
    marks: Sequence[_Mark],
    carried: _Open | None,
    following: tuple[int, int] | None,
    marks_ahead: Sequence[Sequence[_Mark]],
    found: list[Quotation],
) -> _Open | None:
    """Match a paragraph's marks, add its quotations to `found`, and return what is carried into the next paragraph."""
    start, end = paragraph
    stack: list[_Open] = []
    if carried is not None:
        first = next((m for m in marks if m.family == carried.family), None)
        reopened = first is not None and first.start == start and first.opens
        if not reopened:
            stack.append(_Open(start, start, carried.glyph, carried.family, carried.carried + 1))
    for index, mark in enumerate(marks):
        place = _partner(stack, mark)
        if place is not None and (mark.closes or not mark.opens):
            if mark.family == _SINGLE and _is_possessive(text, mark, marks, index):
                continue
            if mark.opens and not _prefers_closing(mark, stack[place]):
                stack.append(_Open(mark.start, mark.end, mark.glyph, mark.family))
                continue
            opened = stack[place]
            del stack[place:]
            if opened.inner < mark.start:
                found.append(Quotation(opened.start, mark.end, opened.inner, mark.start, 0, False))
        elif mark.opens and (mark.family != _SINGLE or _has_partner(mark, marks, index)):
            stack.append(_Open(mark.start, mark.end, mark.glyph, mark.family))
    if not stack:
        return None
    outer = stack[0]
    if outer.family != _SINGLE and _goes_on(outer, following, marks_ahead):
        stop = _trimmed(text, outer.inner, end)
        if outer.inner < stop:
            found.append(Quotation(outer.start, stop, outer.inner, stop, 0, True))
        return outer
    if outer.family != _SINGLE:
        _close_lost(text, outer, start, end, marks, found)
    return None


def _partner(stack: Sequence[_Open], mark: _Mark) -> int | None:
    """The place on the stack of the opening mark that this mark may close, innermost first; None where there is none."""
    for place in range(len(stack) - 1, max(-1, len(stack) - _AHEAD), -1):
        opened = stack[place]
        if opened.family != mark.family:
            # a double mark is never held up by a single one or an angle that was left open inside it
            if opened.family in {_SINGLE, _ANGLE} or mark.family in {_DOUBLE, _GUILLEMET}:
                continue
            return None
        if mark.family == _SINGLE and {opened.glyph, mark.glyph} == {"‘", "'"} and mark.glyph == "‘":
            return None
        return place
    return None


def _prefers_closing(mark: _Mark, opened: _Open) -> bool:
    """Whether a mark that might open or close here closes what stands open."""
    if mark.glyph in _CLOSES_BY_GLYPH and opened.glyph in _CLOSES_BY_GLYPH:
        return True
    if mark.glyph in {"“", "‟"}:
        return opened.glyph in {"„", ",,"}
    if mark.glyph in _OPENS_BY_GLYPH:
        return opened.glyph in _CLOSES_BY_GLYPH
    return True


def _has_partner(mark: _Mark, marks: Sequence[_Mark], index: int) -> bool:
    """Whether a single opening mark has a closing one later in the paragraph; else it is an apostrophe."""
    wanted = {"’", "'"} if mark.glyph in {"‘", "'", "`", "‛", "‚"} else {"'", "’", "′", "‘"}
    later = range(index + 1, min(index + _AHEAD, len(marks)))
    return any(
        marks[i].glyph in wanted | ({"‘"} if mark.glyph == "‚" else set())
        and marks[i].closes
        and marks[i].start > mark.end
        for i in later
    )


def _is_possessive(text: str, mark: _Mark, marks: Sequence[_Mark], index: int) -> bool:
    """Whether a single mark after s, before a word in lower case, is a plural's apostrophe: a closing mark still comes."""
    if text[mark.start - 1 : mark.start] not in {"s", "S"} or not text[mark.end : mark.end + 2].strip().isalpha():
        return False
    for later in marks[index + 1 : index + _AHEAD]:
        if later.family != _SINGLE or (later.opens and not later.closes):
            return False
        if later.closes:
            return text[mark.end : mark.end + 2].strip().islower()
    return False


def _goes_on(opened: _Open, following: tuple[int, int] | None, marks_ahead: Sequence[Sequence[_Mark]]) -> bool:
    """Whether an unclosed quotation goes on in the next paragraph: opened anew there, or closed in one of the next."""
    if following is None:
        return False
    first = next((m for m in marks_ahead[0] if m.family == opened.family), None) if marks_ahead else None
    if first is not None and first.start == following[0] and first.opens:
        return opened.glyph == first.glyph or first.glyph != '"' or opened.glyph == '"'
    for ahead in marks_ahead[: _CARRIED - opened.carried]:
        mark = next((m for m in ahead if m.family == opened.family), None)
        if mark is not None:
            return mark.closes and not mark.opens
    return False


def _close_lost(text: str, opened: _Open, start: int, end: int, marks: Sequence[_Mark], found: list[Quotation]) -> None:
    """Close a quotation whose closing mark is lost: at its paragraph's end, or its sentence's where it began inside one."""
    before = text[max(start, opened.start - 2) : opened.start].strip()
    stop = _trimmed(text, opened.inner, end)
    if opened.start > start and not before.endswith((":", ",", ".")):
        sentence = _SENTENCE_END.search(text, opened.inner, end)
        stop = sentence.end() if sentence else stop
    later = next((m.start for m in marks if m.start > opened.inner and m.family == opened.family and m.opens), None)
    if later is not None and later < stop:
        stop = _trimmed(text, opened.inner, later)
    if opened.inner < stop:
        found[:] = [q for q in found if not (opened.start < q.start < stop < q.end)]
        found.append(Quotation(opened.start, stop, opened.inner, stop, 0, False))


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _with_depth(found: Sequence[Quotation]) -> Iterator[Quotation]:
    """Yield sorted quotations with their depth; one that would cross another is dropped."""
    ends: list[int] = []
    for quotation in found:
        while ends and ends[-1] <= quotation.start:
            ends.pop()
        if ends and quotation.end > ends[-1]:
            continue
        yield Quotation(
            quotation.start,
            quotation.end,
            quotation.inner_start,
            quotation.inner_end,
            len(ends),
            quotation.continues,
        )
        ends.append(quotation.end)


def quotation_at(outer: Sequence[Quotation], offset: int) -> Quotation | None:
    """Return the quotation around a code point offset, or None; `outer` are those of depth 0, sorted."""
    place = bisect_right(outer, offset, key=_start) - 1
    return outer[place] if place >= 0 and offset < outer[place].end else None


def _start(quotation: Quotation) -> int:
    return quotation.start
