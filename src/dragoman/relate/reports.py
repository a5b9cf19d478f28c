"""Reports: sentences that tell as a fact that an act was done, or was not, where the reader coded no event.

Half of what is foretold is no event of the coding scheme ("will print the map", "will pay by May"). A sentence counts as a
report of an act by its words alone: it has the act's verb in the past ("printed", "has not printed", "did not print"), asks
nothing and foretells nothing. Whether it is the act that was foretold is for `forecast.py` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.codebook.outcomes import OutcomeWords
from dragoman.record import History, Span
from dragoman.relate.times import bounds, is_dated

Kind = Literal["done", "undone", "dropped"]

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$|[\"”’»)]\s)[^.!?\n]*)*[.!?]*[\"”’»)]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_VERB = re.compile(
    r"(?:\b(?:will|would|shall|to|won['’]t|going\s+to)|['’]ll)\s+(?:(?:not|never|soon|again|also|now|then|be)\s+)*"
    r"(?P<verb>[^\W\d_]+)",
    re.IGNORECASE,
)
_PLANNING = re.compile(
    r"\b(?:plan|intend|expect|hope|aim|want|agree|decide|threaten|vow|pledge|promise|is|are|was|were|due|set|ready|likely)"
    r"(?:s|ed|d|ing)?\s+(?:[\w'’.-]+\s+){0,5}?to\s+(?:not\s+)?(?P<verb>[^\W\d_]+)",
    re.IGNORECASE,
)
_GERUND = re.compile(r"\W*(?P<verb>[^\W\d_]+ing)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:if|whether|unless)\b|\?", re.IGNORECASE)
_AHEAD = frozenset({"to", "will", "would", "shall", "may", "might", "could", "should", "must", "can"})
_NOT = frozenset({"not", "never", "nobody", "neither", "no", "none"})
_SINCE = re.compile(r"\bsince\s+(?:[\w-]+\s+){0,2}(?P<year>[12]\d{3})\b", re.IGNORECASE)
"""What a sentence says to have been so for years: the act is as old as that."""
_DID = frozenset({"did", "didn't", "didn’t"})
_SAME_IN_THE_PAST = frozenset(
    {"cut", "put", "hit", "quit", "set", "shut", "let", "read", "spread", "split", "cost", "beat"}
)
_NO_PAST = ("s", "ing", "ion", "ment", "al", "ance", "ure", "our", "out")
_BACK = 4
"""Words before a verb among which its auxiliary, "to" or "not" stands."""

DROPPED = ""
"""The key of reports that a plan was given up, whatever their verb."""


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence that tells an act: done, not done, or never to be done, with the stems of its words.

    `day` is the act's own day, as the reader dated it, or the last of the year since which the sentence says that it has been
    so; else None.
    """

    span: Span
    published: date
    day: date | None
    kind: Kind
    words: frozenset[str]
    parties: frozenset[str]


def foretold_verb(text: str) -> str | None:
    """Return the verb of what is foretold: behind "will", "would" or "to" ("plans to sign": "sign"), or a gerund."""
    match = _PLANNING.search(text) or _VERB.search(text) or _GERUND.match(text)
    return match["verb"].casefold() if match is not None else None


def told_acts(
    verbs: frozenset[str],
    words: OutcomeWords,
    named: Mapping[str, Sequence[tuple[int, str]]],
    history: History,
) -> dict[str, list[Report]]:
    """Return the reports of acts by the stem of their verb, of the verbs (stems) asked for, in the order of publication.

    `named` are the states and bodies named in each article (id): where, and whom they mean, sorted. What somebody only
    expects, intends, demands or asks is no report, nor what the reader coded as an event that is to come or long past.
    """
    unreal: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for statement in history.statements:
        if statement.act not in ("claim", "evaluation", "denial"):
            for part in statement.said:
                unreal[part.article].append((part.start, part.end))
    days: dict[tuple[str, int], date] = {}
    for event in history.events:
        for trigger in (event.trigger, *event.told):
            if event.historical or event.factuality not in ("happened", "negated"):
                unreal[trigger.article].append((trigger.start, trigger.end))
            elif is_dated(event.when):
                days[trigger.article, trigger.start] = bounds(event.when)[0]
    found: dict[str, list[Report]] = defaultdict(list)
    dated = [(article.published, article.id, article) for article in history.articles if article.published is not None]
    for published, identity, article in sorted(dated, key=lambda row: row[:2]):
        if not _may_tell(article.text, verbs, words):
            continue
        places = named.get(identity, ())
        closed = unreal.get(identity, ())
        for sentence in _SENTENCE.finditer(article.text):
            start, end = _trimmed(article.text, *sentence.span())
            told = list(_told(article.text[start:end], start, closed, verbs, words))
            if not told:
                continue
            low, high = bisect_left(places, (start, "")), bisect_left(places, (end, ""))
            parties = frozenset(side for _, side in places[low:high])
            span = article.span(start, end)
            stems = words.stems(span.text)
            old = _old(span.text, published)
            for stem, kind, at in told:
                found[stem].append(Report(span, published, days.get((identity, at), old), kind, stems, parties))
    return found


def _may_tell(text: str, verbs: frozenset[str], words: OutcomeWords) -> bool:
    """Say at a glance whether some sentence of a text may tell one of the acts: most texts hold none of the verbs."""
    there = {words.stem(word) for word in {word.casefold() for word in _WORD.findall(text)}}
    return not verbs.isdisjoint(there) or words.dropped.search(text) is not None


def _old(sentence: str, published: date) -> date | None:
    """The last day of the year before its article's since which a sentence says that something has been so."""
    match = _SINCE.search(sentence)
    year = int(match["year"]) if match is not None else published.year
    return date(year, 12, 31) if year < published.year else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _told(
    text: str, start: int, closed: Sequence[tuple[int, int]], verbs: frozenset[str], words: OutcomeWords
) -> Iterator[tuple[str, Kind, int]]:
    """Yield the stem of each act that a sentence tells, whether it was done, and where its verb stands in the article."""
    if _ASKED.search(text):
        return
    if words.dropped.search(text):
        yield DROPPED, "dropped", start
    tokens = [(match.start(), match.group().casefold()) for match in _WORD.finditer(text)]
    for place, (at, word) in enumerate(tokens):
        stem = words.stem(word)
        if stem not in verbs or any(low <= start + at < high for low, high in closed):
            continue
        kind = _kind([token for _, token in tokens], place, stem, words)
        if kind is not None:
            yield stem, "dropped" if kind == "undone" and words.never.search(text) else kind, start + at
            return


def _kind(tokens: Sequence[str], place: int, stem: str, words: OutcomeWords) -> Kind | None:
    """Whether a verb tells that its act was done or was not; None where it foretells, or is no verb in the past."""
    word, before = tokens[place], tokens[max(0, place - _BACK) : place]
    negated = tokens[0] == "no" or any(token in _NOT or token.endswith(("n't", "n’t")) for token in before)
    irregular = word in words.forms and not word.endswith(_NO_PAST) and word != stem
    if not (word.endswith("ed") or irregular or word in _SAME_IN_THE_PAST):
        return "undone" if negated and _DID & set(before) else None
    if _AHEAD & set(before[-3:]):
        return None
    return "undone" if negated else "done"
