"""Parts: what of an attribution is a statement of its own in the record, and what its words are where a cue breaks in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dragoman.read.quotes.attribution import SUBJECTS, Attribution, Stretch, trimmed
from dragoman.record import Article, Parse, Quotation

_INTERRUPTION = 160
"""Code points: a longer gap in a reported clause is no cue that interrupts it."""

_JOINING = frozenset({"but", "and", "yet"})
_OPENING = " \n\"“«„»‘'"
_SPEAKER = frozenset({"he", "she", "it", "they"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
"""Tags of a finite verb right behind "he"; a tagger that is led astray by the marks calls one a participle."""

_LEAST_WORDS = 3
"""Tokens of a quoted predicate that can stand alone."""


def parts(attribution: Attribution, parse: Parse) -> Iterator[Attribution]:
    """Yield an attribution, cut where its cue stands between two sentences joined by "but": "A will go, he said, but B not"."""
    contents = attribution.contents
    predicate = _quoted_predicate(attribution, parse)
    if predicate is not None:
        yield replace(
            attribution, contents=((predicate.inner_start, predicate.inner_end),), direct=True, mixed=False, act="claim"
        )
        rest = trimmed(parse, list(parse.tokens_within(predicate.end, contents[0][1])))
        if rest is not None and any(parse.tokens[i].pos in {"VERB", "AUX"} for i in parse.tokens_within(*rest)):
            quoted = any(rest[0] <= q.start < rest[1] for q in parse.quotations)
            yield replace(attribution, contents=(rest,), mixed=quoted)
        return
    if attribution.direct or len(contents) != 2 or attribution.cue is None or attribution.act != "claim":
        yield attribution
        return
    there = list(parse.tokens_within(*contents[1]))
    tokens = parse.tokens
    between = contents[0][1] <= attribution.cue[0] and attribution.cue[1] <= contents[1][0]
    joined = bool(there) and tokens[there[0]].lower in _JOINING
    whole = any(tokens[i].dep in SUBJECTS and i < tokens[i].head for i in there)
    if not between or not joined or not whole or len(there) < 3:
        yield attribution
        return
    behind = (tokens[there[1]].start, contents[1][1])
    yield replace(attribution, contents=(contents[0],))
    yield replace(attribution, contents=(behind,))


def across_cues(article: Article, attributions: Sequence[Attribution]) -> dict[Attribution, Attribution]:
    """Quotations that their cue cuts in two within a sentence, each as the whole: "“It is,” he said, “a trap.”"."""
    found: dict[Attribution, Attribution] = {}
    direct = [a for a in attributions if a.direct and a.cue is not None]
    for one, other in pairwise(direct):
        if one.cue != other.cue or one.cue is None or not one.end <= one.cue[0] < other.start:
            continue
        cut = article.text[one.start : one.end].rstrip()[-1:] == ","
        if cut and article.text[one.end : other.start].rstrip(_OPENING).endswith(","):
            whole = replace(one, contents=(*one.contents, *other.contents))
            found[one] = found[other] = whole
    return found


def unbroken(attribution: Attribution) -> tuple[Stretch, ...]:
    """The stretches of a content, a reported clause that its own cue interrupts joined: both halves are needed to read it."""
    contents = attribution.contents
    if attribution.direct or len(contents) == 1:
        return contents
    joined = [contents[0]]
    for start, end in contents[1:]:
        if start - joined[-1][1] <= _INTERRUPTION:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _quoted_predicate(attribution: Attribution, parse: Parse) -> Quotation | None:
    """The quotation that holds all of a reported clause but "he": he said that he "recognised the border".

    Its verb is finite and no auxiliary, so that nothing in the quoted words was put into reported speech.
    """
    if not attribution.mixed or len(attribution.contents) != 1 or attribution.frame != "clause":
        return None
    start, end = attribution.contents[0]
    tokens = parse.tokens
    there = list(parse.tokens_within(start, end))
    if len(there) < _LEAST_WORDS or tokens[there[0]].lower not in _SPEAKER:
        return None
    quotation = next((q for q in parse.quotations if q.depth == 0 and q.start == tokens[there[1]].start), None)
    if quotation is None or quotation.end > end:
        return None
    inside = parse.tokens_within(quotation.inner_start, quotation.inner_end)
    verbs = [i for i in inside if tokens[i].pos in {"VERB", "AUX"}]
    whole = len(inside) >= _LEAST_WORDS and bool(verbs) and tokens[verbs[0]].tag in _FINITE
    return quotation if whole and tokens[verbs[0]].pos == "VERB" else None
