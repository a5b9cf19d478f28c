"""Whole: the words of a statement that make sense when they are read alone.

"Accused X of theft" hangs a noun on a verb: "X of theft" says nothing. Such content is widened to hold its cue's verb, and cut
before what only describes its last noun. What has no words of its own to show is no statement.
"""

from __future__ import annotations

import re

from dragoman.codebook.cues import PREPOSITIONS
from dragoman.read.marks import quotation_at
from dragoman.read.quotes.attribution import Attribution, Stretch, child, is_negated, trimmed
from dragoman.record import Parse

_HANGING = frozenset({"object", "naming", "gerund", *PREPOSITIONS})
"""Frames whose content is no clause of its own."""
_REFUSING = frozenset({"refuse", "decline", "fail", "hesitate", "forget", "neglect"})
"""Verbs of which the infinitive alone would say the contrary."""
_WIDEST = 80
"""Code points between a cue and its content beyond which they are not one phrase."""
_JOINING = frozenset({"and", "or", "but"})
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_ADDING = frozenset({"who", "which", "whose", "whom", "where"})
_WISHED = frozenset({"demand", "recommendation"})
_NAME = 4
"""Tokens of a name between "and" and its verb."""
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_PARTS = frozenset({"morning", "afternoon", "evening", "night"})
_HELPING = frozenset({"aux", "auxpass", "neg"})


def whole_words(attribution: Attribution, parse: Parse) -> tuple[Stretch, ...]:
    """Return the stretches of an attribution's content, each of which can be read alone."""
    contents = attribution.contents
    if not attribution.direct and parse.tokens[parse.tokens_within(*contents[-1])[-1]].lower in _JOINING:
        contents = _unjoined(contents, parse)
    contents = _without_clock(contents, parse)
    if attribution.frame == "clause" and attribution.cue is not None and not attribution.direct:
        contents = _without_occasion(contents, attribution.cue[1], parse)
    if attribution.direct or attribution.word is None or attribution.cue is None:
        return contents
    frame = attribution.frame.removeprefix("noun ").removeprefix("adjective ")
    if frame == "relative" and attribution.cue[0] - contents[0][0] <= _WIDEST and contents[0][0] < attribution.cue[0]:
        return ((contents[0][0], attribution.cue[1]),)  # "which Iran denies"
    if frame == "clause" and attribution.act in _WISHED:
        return _without_report(contents, parse)
    refusing = attribution.frame == "noun to" or (frame == "to" and parse.tokens[attribution.word].lemma in _REFUSING)
    if frame not in _HANGING and not refusing:
        return contents
    start = contents[0][0]
    low = attribution.cue[0]
    if is_negated(parse, attribution.word):
        low = min(
            [low, *(parse.tokens[k].start for k in parse.children[attribution.word] if parse.tokens[k].dep in _HELPING)]
        )
    else:
        low = _with_have(parse, attribution.word, low)
    near = attribution.cue[1] <= start and start - attribution.cue[1] <= _WIDEST
    if not near or start >= parse.sentence_of(attribution.word).end:
        return contents
    return _without_remark((low, contents[0][1]), parse), *contents[1:]


def _without_clock(contents: tuple[Stretch, ...], parse: Parse) -> tuple[Stretch, ...]:
    """The stretches without the hour of a live report's entry at the head of the first."""
    there = parse.tokens_within(*contents[0])
    if len(there) < 2 or not _CLOCK.fullmatch(parse.tokens[there[0]].text):
        return contents
    return ((parse.tokens[there[1]].start, contents[0][1]), *contents[1:])


def _without_occasion(contents: tuple[Stretch, ...], cue_end: int, parse: Parse) -> tuple[Stretch, ...]:
    """The stretches without the day of the saying right behind its cue: "said on Tuesday it would leave"."""
    tokens = parse.tokens
    there = list(parse.tokens_within(*contents[0]))
    first = tokens[there[0]]
    if (
        first.lower != "on"
        or first.start - cue_end > 1
        or len(there) < len(_DAYS)
        or tokens[there[1]].lower not in _DAYS
    ):
        return contents
    n = 2 + (tokens[there[2]].lower in _PARTS)
    n += tokens[there[n]].lower == "that"
    rest = there[n:]
    subject = tokens[rest[0]]
    opens = subject.tag in {"PRP", "DT", "PRP$", "NNP", "NNPS", "EX"} or subject.dep in {"nsubj", "nsubjpass"}
    stretch = (
        trimmed(parse, rest) if opens and any(tokens[k].dep in {"nsubj", "nsubjpass", "expl"} for k in rest) else None
    )
    return (stretch, *contents[1:]) if stretch is not None else contents


def _unjoined(contents: tuple[Stretch, ...], parse: Parse) -> tuple[Stretch, ...]:
    """The stretches, the last without the "and" that joined it to what is another's: "to grant asylum and"."""
    there = list(parse.tokens_within(*contents[-1]))
    while len(there) > 1 and parse.tokens[there[-1]].lower in _JOINING:
        there.pop()
    stretch = trimmed(parse, there)
    return (*contents[:-1], stretch) if stretch is not None else contents


def _with_have(parse: Parse, word: int, low: int) -> int:
    """Where a cue begins with its "has" or "had": "has since spoken of a betrayal"."""
    tokens = parse.tokens
    have = [k for k in parse.children[word] if tokens[k].dep == "aux" and tokens[k].lemma == "have" and k < word]
    if tokens[word].tag != "VBN" or not have or any(tokens[k].text == "," for k in range(have[0], word)):
        return low
    subject = child(parse, word, ("nsubj",))
    return min(low, tokens[have[0]].start) if subject is None or subject < have[0] else low


def _without_remark(stretch: Stretch, parse: Parse) -> Stretch:
    """The stretch without ", who ..." at its end: the article's remark on the last one named."""
    tokens = parse.tokens
    there = list(parse.tokens_within(*stretch))
    for n, i in enumerate(there[1:-1], 1):
        if tokens[i].text != "," or tokens[i + 1].lower not in _ADDING:
            continue
        verb = _relative(parse, i + 1)
        if verb is None or quotation_at(parse.quotations, tokens[i].start) is not None:
            continue
        if parse.subtree(verb)[-1] >= there[-1] - 1:
            return trimmed(parse, there[:n]) or stretch
    return stretch


def _relative(parse: Parse, i: int) -> int | None:
    """The verb of the relative clause that a relative pronoun opens."""
    tokens = parse.tokens
    while tokens[i].head != i:
        if tokens[i].dep == "relcl":
            return i
        i = tokens[i].head
    return None


def _without_report(contents: tuple[Stretch, ...], parse: Parse) -> tuple[Stretch, ...]:
    """What is wished, without the deed that the sentence goes on to tell: "demanded that it leave and Y recalled its envoy".

    The deed's name stands between "and" and a verb in the past, though the parser may hang it on the noun before.
    """
    tokens = parse.tokens
    there = list(parse.tokens_within(*contents[-1]))
    for n, i in enumerate(there):
        if n == 0 or tokens[i].lower not in {"and", "but"}:
            continue
        k = i + 1
        while k < len(tokens) and tokens[k].pos in {"PROPN", "DET"} and k - i <= _NAME:
            k += 1
        told = k > i + 1 and k < len(tokens) and tokens[k].tag == "VBD" and tokens[k - 1].pos == "PROPN"
        stretch = trimmed(parse, there[:n]) if told and tokens[k].sentence == tokens[i].sentence else None
        if stretch is not None:
            return (*contents[:-1], stretch)
    return contents
