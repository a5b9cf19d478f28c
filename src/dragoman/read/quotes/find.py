"""All attributions of an article: direct ones first, then indirect ones that do not repeat them."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dragoman.codebook.cues import Cues
from dragoman.read.marks import quotation_at
from dragoman.read.quotes.attribution import Attribution, Stretch, trimmed
from dragoman.read.quotes.dialogue import blocks, broadcast, dialogue
from dragoman.read.quotes.direct import direct
from dragoman.read.quotes.follow import follow_ups
from dragoman.read.quotes.indirect import indirect
from dragoman.record import Article, Parse, Quotation

_THOUGHT = frozenset({"think", "believe", "feel", "know", "consider", "hope", "fear", "want", "see", "find", "expect"})
_PLAIN = frozenset({"say", "tell", "ask", "add", "write", "reply", "answer", "claim", "warn", "declare", "announce"})
_WHOLE = frozenset({"clause", "phrase", "quote"})
"""Frames whose content is a clause of its own, so that quotation marks around it mean direct speech."""

_GLOSS = re.compile(r"\s*[—–]\s")
_IN_THE_ROOM = frozenset({"i", "we", "you", "one", "everyone", "everybody", "nobody", "who", "that", "this", "it"})
"""Subjects by which a speaker does not report another's words."""


def find_attributions(article: Article, parse: Parse, cues: Cues) -> list[Attribution]:
    """Return the attributions of an article by where their content begins, an outer one before those inside it.

    `parse` is best one that `repaired` has set right.
    """
    reported = sorted(indirect(parse, cues), key=lambda a: a.end)
    spoken = [*dialogue(article, parse), *broadcast(article, parse, reported), *blocks(article, parse, cues)]
    turns = sorted(stretch for a in spoken for stretch in a.contents)
    quoted = [a for a in direct(article, parse, cues, reported) if not _inside(a, turns)]
    cued: dict[int | None, list[Attribution]] = {}
    for attribution in quoted:
        if attribution.word is not None:
            cued.setdefault(attribution.word, []).append(attribution)
    outer = [q for q in parse.quotations if q.depth == 0]
    found = [*spoken, *quoted]
    for attribution in reported:
        if attribution.word in cued and _overlap(attribution, cued[attribution.word]):
            continue
        if attribution.cue is not None and (
            quotation_at(outer, attribution.cue[0]) is not None or _in_turn(attribution.cue[0], turns)
        ):
            if not _is_report(parse, attribution):
                continue
            attribution = replace(attribution, nested=True)
        found.append(_with_marks(article.text, attribution, parse.quotations, outer))
    found = _apart_from_denials(parse, found)
    found.extend(follow_ups(parse, found))
    found.sort(key=lambda a: (a.start, -a.end, a.cue or (0, 0)))
    return found


def _apart_from_denials(parse: Parse, found: list[Attribution]) -> list[Attribution]:
    """Cut ", which Iran denies" off the end of the content that it takes up."""
    cuts = [a for a in found if a.frame == "relative"]
    if not cuts:
        return found
    kept = []
    for attribution in found:
        start, end = attribution.contents[-1]
        at = min((c.start for c in cuts if start < c.start < end <= (c.cue or (0, 0))[1]), default=None)
        if at is not None and attribution.frame != "relative":
            stretch = trimmed(parse, list(parse.tokens_within(start, at)))
            if stretch is not None:
                attribution = replace(attribution, contents=(*attribution.contents[:-1], stretch))
        kept.append(attribution)
    return kept


def _is_report(parse: Parse, attribution: Attribution) -> bool:
    """Whether words inside a quotation report what somebody else said: not "I think", not "you know"."""
    if attribution.frame not in {"clause", "quote", "phrase", "other_to"} or attribution.head is None:
        return False
    lemma = parse.tokens[attribution.word].lemma if attribution.word is not None else ""
    before = attribution.cue is not None and attribution.contents[0][0] < attribution.cue[0]
    if lemma in _THOUGHT or (lemma not in _PLAIN and (attribution.frame == "quote" or before)):
        return False  # "they can close an embassy": a verb of manner reports nothing inside a quotation
    return parse.tokens[attribution.head].lower not in _IN_THE_ROOM


def _inside(attribution: Attribution, turns: Sequence[Stretch]) -> bool:
    """Whether a quotation touches somebody's turn; `turns` are sorted and apart."""
    place = bisect_left(turns, (attribution.end, 0)) - 1
    return place >= 0 and attribution.start < turns[place][1]


def _in_turn(at: int, turns: Sequence[Stretch]) -> bool:
    place = bisect_right(turns, (at, sys.maxsize)) - 1
    return place >= 0 and at < turns[place][1]


def _start(quotation: Quotation) -> int:
    return quotation.start


def _overlap(one: Attribution, others: Sequence[Attribution]) -> bool:
    return any(a < end and start < b for other in others for a, b in other.contents for start, end in one.contents)


def _with_marks(
    text: str, attribution: Attribution, quotations: Sequence[Quotation], outer: Sequence[Quotation]
) -> Attribution:
    """Mark content in quotation marks: a clause that stands in them whole is direct, any other is mixed.

    No content cuts a quotation in two: it is widened to hold the marks.
    """
    word = attribution.cue[0] if attribution.cue else -1
    low = max(0, bisect_right(outer, attribution.start, key=_start) - 1)
    first = bisect_left(quotations, outer[low].start, key=_start) if outer else 0
    last = bisect_left(quotations, attribution.end, key=_start)
    near = [q for q in quotations[first:last] if attribution.start < q.end and not q.start <= word < q.end]
    if not near:
        return attribution
    contents = _apart(tuple(_balanced(stretch, near) for stretch in attribution.contents))
    there = [q for q in near if any(a <= q.start and q.end <= b for a, b in contents)]
    if not there:
        return replace(attribution, contents=contents)
    enclosed = len(contents) == 1 and there[0].start <= contents[0][0] and contents[0][1] <= there[0].end
    if enclosed and attribution.frame in _WHOLE:
        return replace(attribution, contents=((there[0].inner_start, there[0].inner_end),), direct=True)
    return replace(attribution, contents=_without_gloss(text, contents, there), mixed=True)


def _without_gloss(text: str, contents: tuple[Stretch, ...], there: Sequence[Quotation]) -> tuple[Stretch, ...]:
    """The contents without what a dash sets off behind the last quotation in them: the writer's own remark on it."""
    start, end = contents[-1]
    last = there[-1]
    if start <= last.start and _GLOSS.match(text, last.end, end):
        return (*contents[:-1], (start, last.end))
    return contents


def _balanced(stretch: Stretch, quotations: Sequence[Quotation]) -> Stretch:
    """The stretch, widened to hold every outermost quotation that it cuts."""
    start, end = stretch
    for q in quotations:
        if q.start < start < q.end:
            start = q.start
        if q.start < end < q.end:
            end = q.end
    return start, end


def _apart(contents: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The stretches in order, those that touch or overlap joined."""
    joined: list[Stretch] = []
    for start, end in sorted(contents):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
