"""Verdict: what the text says of an event's truth, and whether it is history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.codebook.factuality import FactualityCues
from dragoman.read.factuality.beside import beside
from dragoman.read.factuality.climb import step
from dragoman.read.factuality.phrase import NOUNS, is_definite
from dragoman.read.factuality.state import FUTURE, HAPPENED, HYPOTHETICAL, State
from dragoman.record import Parse, When
from dragoman.record.event import Factuality

_TOP = 12
"""Steps of the climb: no sentence of newswire nests deeper to any effect."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the text says of an event's truth.

    `reason` is the cue that decided, in the text's words, "" where nothing speaks against it, and `kind` what sort of cue it
    is: a group of the table ("wish"), "idle" of its list of that name, or "condition", "asked", "purpose", "duty",
    "ability" and the like; `historical` says that the event was over before the story's own time.
    """

    factuality: Factuality
    reason: str
    historical: bool
    kind: str = ""


def factuality(
    parse: Parse, i: int, cues: FactualityCues, when: When | None = None, published: date | None = None
) -> Verdict:
    """Return whether the text takes the event that token i names for happened, future, hypothetical or negated.

    `i` is a verb, noun or adjective; where a light verb carries the event ("hold talks"), give the verb. `when` is the event's
    date and `published` the article's, from which `historical` is told.
    """
    state = State()
    at, below = i, i
    for _ in range(_TOP):
        beside(parse, at, below, cues, state)
        if state.ended:
            break
        parent = step(parse, at, cues, state)
        if parent is None or state.ended:
            break
        at, below = parent, at
    planned = state.value == HYPOTHETICAL and parse.tokens[i].pos in NOUNS and is_definite(parse, parse.tokens[i])
    value = state.value
    if (value == HAPPENED or planned) and _lies_ahead(when, published):
        value, state.kind = FUTURE, "date"
        state.reason = when.phrase.text if when is not None and when.phrase is not None else ""
    return Verdict(value, state.reason, _is_historical(parse, i, cues, when, published), state.kind)


def _lies_ahead(when: When | None, published: date | None) -> bool:
    """Does the event's date begin after the article's day?"""
    if when is None or published is None or when.start is None or when.precision in ("approximate", "before"):
        return False
    return when.start > published


def _is_historical(parse: Parse, i: int, cues: FactualityCues, when: When | None, published: date | None) -> bool:
    """Was the event over before the story's own time, by its date or by the words of its clause?"""
    if when is not None and published is not None:
        if when.end is not None:
            return (published - when.end).days >= cues.old_days
        return False
    tokens = parse.tokens
    if any(tokens[c].text.lower() in cues.old_words and tokens[c].dep == "advmod" for c in parse.children[i]):
        return True
    sentence = parse.sentence_of(i)
    aside = {j for c in parse.subtree(i) if c != i and tokens[c].dep == "relcl" for j in parse.subtree(c)}
    below = [c for c in parse.subtree(i) if c not in aside]  # what is told of its parties is no date of it
    words = " ".join(tokens[c].text.lower() for c in below if sentence.first <= c < sentence.last)
    return any(phrase in words for phrase in cues.old_phrases)
