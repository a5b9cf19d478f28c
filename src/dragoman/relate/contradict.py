"""Contradict: denials that are of what other articles tell, and statements that contradict each other about one event.

The reader leads a denial to what its own article tells. Here it is led on, to the claims and events of other articles of the
same weeks that tell what it says is not so. Nothing is joined on likeness alone: the two speak for different sides, both
concern one state or body, and either the reader coded both acts alike, with one doer and the same parties, or they share most
of their telling words. Two statements also contradict each other where they give different numbers for one thing in one event.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dragoman.codebook import Codebook
from dragoman.record import Article, Event, History, Mention, Statement
from dragoman.relate.sides import Sides, make_sides
from dragoman.relate.times import days_apart, is_dated

NEAR = 21
"""Days between the articles of a claim and of its denial."""
SLACK = 3
"""Days by which two dates of one event may differ."""
ALIKE = 0.6
"""Share of the telling words of the shorter statement that the other must have."""
LEAST = 3
"""Telling words that a claim and its denial in another article share at least."""

_CLAIMING = frozenset({"claim", "evaluation"})
_NUMBERS = {
    word: value
    for value, word in enumerate(
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
_NUMBER = re.compile(
    r"(?<![\w.,-])(?P<vague>(?:at least|more than|over|up to|nearly|almost|about|some|around|fewer than|less than)\s+)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?|" + "|".join(_NUMBERS) + r")(?P<scale>\s+(?:thousand|million|billion))?"
    r"\s+(?P<words>(?:[^\W\d_][\w-]*\s+){0,2}[^\W\d_][\w-]*)",
    re.IGNORECASE,
)
_SMALL = 3
"""Letters of a word that tells nothing."""
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What is claimed and what contradicts it, each by id, and why they are taken to contradict each other.

    `claim` is a statement, or an event that an article tells itself; `contrary` is a statement.
    """

    claim: str
    contrary: str
    reason: str


def link_denials(history: History, codebook: Codebook) -> tuple[Statement, ...]:
    """Return the history's statements, each denial led also to the claims and events of other articles that it denies."""
    judge = _Judge(history, codebook)
    return tuple(
        replace(one, denies=tuple(dict.fromkeys((*one.denies, *judge.elsewhere(one))))) if one.act == "denial" else one
        for one in history.statements
    )


def contradictions(history: History) -> tuple[Contradiction, ...]:
    """Return the pairs that contradict each other, in the order of the ids of the contrary statements."""
    statements = {one.id: one for one in history.statements}
    events = {event.id: event for event in history.events}
    found: dict[tuple[str, str], Contradiction] = {}
    for contrary in history.statements:
        claims = [one for one in contrary.denies if one in statements]
        told = {one for claim in claims for one in statements[claim].about}
        for claim in claims:
            here = statements[claim].content.article == contrary.content.article
            reason = "denied in the same article" if here else "denied in another article"
            found[claim, contrary.id] = Contradiction(claim=claim, contrary=contrary.id, reason=reason)
        for identity in contrary.denies:
            event = events.get(identity)
            if event is None or event.factuality != "happened" or identity in told or event.reported_by:
                continue
            found[identity, contrary.id] = Contradiction(
                claim=identity, contrary=contrary.id, reason="an article tells it as a fact"
            )
    for one, other, reason in _different_numbers(history):
        found.setdefault((one, other), Contradiction(claim=one, contrary=other, reason=reason))
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0])))


class _Judge:
    """A history looked up by what a denial may be about."""

    def __init__(self, history: History, codebook: Codebook) -> None:
        self._words = codebook.outcomes
        self._rules = codebook.relations
        self._articles: Mapping[str, Article] = {article.id: article for article in history.articles}
        self._sides: Sides = make_sides(history.actors)
        self._events = {event.id: event for event in history.events}
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in history.mentions:
            self._mentions[mention.article].append(mention)
        denials = [one for one in history.statements if one.act == "denial"]
        self._claims: dict[str, list[tuple[Statement, frozenset[str], frozenset[str]]]] = defaultdict(list)
        self._acts: dict[str, list[Event]] = defaultdict(list)
        if not denials:
            return
        for one in history.statements:
            if one.act in _CLAIMING and one.speaker is not None:
                parties = self._parties(one)
                for party in sorted(parties):
                    self._claims[party].append((one, self._telling(one), parties))
        for event in history.events:
            if event.factuality == "happened":
                for party in sorted(self._sides.parties(event)):
                    self._acts[party].append(event)

    def elsewhere(self, denial: Statement) -> Iterator[str]:
        """Yield the claims and events of other articles that a denial is of, claims first, by id."""
        published = self._published(denial)
        side = self._side(denial)
        if published is None or side is None:
            return
        parties = self._parties(denial) | {side}
        own = self._telling(denial)
        claims = {}
        for claim, words, theirs in self._claims.get(side, ()):
            other = self._sides.side(claim.speaker or "")
            day = self._published(claim)
            apart = claim.content.article != denial.content.article and other not in (None, side)
            if not apart or day is None or abs((published - day).days) > NEAR or not theirs & parties:
                continue
            shared = own & words
            if len(shared) >= LEAST and len(shared) >= ALIKE * min(len(own), len(words)):
                claims[claim.id] = claim
        acts = {event.id for event in self._same_acts(denial, published, side)}
        yield from sorted(claims)
        yield from sorted(acts | {event for claim in claims.values() for event in claim.about})

    def _side(self, denial: Statement) -> str | None:
        """Whom a denial speaks for: the speaker's side, or where that is unknown the only one whose act is denied."""
        known = self._sides.side(denial.speaker) if denial.speaker else None
        if known is not None and self._sides.actors[known].kind in ("state", "body"):
            return known
        doers = {
            doer
            for identity in denial.denies
            if (event := self._events.get(identity)) is not None
            for doer in self._sides.of(event.actors)
        }
        return doers.pop() if len(doers) == 1 else None

    def _same_acts(self, denial: Statement, published: date, side: str) -> Iterator[Event]:
        """The events reported elsewhere that are the act that a denial says was not done."""
        for identity in denial.denies:
            denied = self._events.get(identity)
            if denied is None or denied.factuality != "negated":
                continue
            parties = self._sides.parties(denied)
            doers = set(self._sides.of(denied.actors))
            if len(parties) < 2 or side not in parties:
                continue
            for event in self._acts.get(side, ()):
                days = [day for span in event.evidence if (day := self._articles[span.article].published) is not None]
                if not days or min(abs((published - day).days) for day in days) > NEAR or event.historical:
                    continue
                dated = is_dated(event.when) and is_dated(denied.when)
                alike = self._rules.same_act((denied.type, denied.mode), (event.type, event.mode))
                same = denied.object == event.object or not (denied.object and event.object)
                stems = self._words.stems(denied.trigger.text) & self._words.stems(event.trigger.text)
                if (
                    alike
                    and same
                    and stems
                    and parties == self._sides.parties(event)
                    and doers & set(self._sides.of(event.actors))
                    and (not dated or days_apart(denied.when, event.when) <= SLACK)
                ):
                    yield event

    def _published(self, statement: Statement) -> date | None:
        return self._articles[statement.content.article].published

    def _parties(self, statement: Statement) -> frozenset[str]:
        """The states and bodies named in a statement's content."""
        found = set()
        for part in statement.said:
            for mention in self._mentions.get(part.article, ()):
                if part.start <= mention.start and mention.end <= part.end:
                    side = self._sides.side(mention.actor)
                    if side is not None and self._sides.actors[side].kind in ("state", "body"):
                        found.add(side)
        return frozenset(found)

    def _telling(self, statement: Statement) -> frozenset[str]:
        """The stems of a content's telling words, names of actors left out."""
        stems: set[str] = set()
        names: set[str] = set()
        for part in statement.said:
            stems |= self._words.stems(part.text)
            for mention in self._mentions.get(part.article, ()):
                if part.start <= mention.start and mention.end <= part.end and mention.how in ("name", "metonym"):
                    names |= self._words.stems(mention.text)
        return frozenset(stems - names)


def _different_numbers(history: History) -> Iterator[tuple[str, str, str]]:
    """Yield the statements of two speakers about one event that give different numbers of one thing, and the numbers."""
    by_event: dict[str, list[Statement]] = defaultdict(list)
    for statement in history.statements:
        if statement.act in _CLAIMING | {"denial"} and statement.speaker is not None:
            for event in statement.about:
                by_event[event].append(statement)
    articles = {article.id: article for article in history.articles}
    for event in sorted(by_event):
        group = sorted(by_event[event], key=lambda one: _order(one, articles))
        for place, one in enumerate(group):
            mine = numbers(one)
            for other in group[place + 1 :]:
                if other.speaker == one.speaker:
                    continue
                theirs = numbers(other)
                for thing in sorted(mine.keys() & theirs.keys()):
                    (first, shown), (second, told) = mine[thing], theirs[thing]
                    if first != second:
                        yield one.id, other.id, f"“{shown}” against “{told}”"
                        break


def _order(statement: Statement, articles: Mapping[str, Article]) -> tuple[date, str, int]:
    article = articles[statement.content.article]
    return article.published or date.max, article.id, statement.content.start


def numbers(statement: Statement) -> dict[str, tuple[float, str]]:
    """Return the exact numbers in a statement by the stem of what is counted, each with its words; vague ones are left out."""
    found: dict[str, tuple[float, str]] = {}
    for match in _numbers_in(tuple(part.text for part in statement.said)):
        stems = [stem for word in match["words"].split() if (stem := _counted(word))]
        if match["vague"] or not stems:
            continue
        digits = match["number"].replace(",", "").lower()
        value = float(_NUMBERS[digits]) if digits in _NUMBERS else float(digits)
        value *= _SCALES.get((match["scale"] or "").strip().lower(), 1)
        shown = " ".join(match.group().split()[:3])
        for stem in stems:
            found.setdefault(stem, (value, shown))
    return found


def _numbers_in(texts: Iterable[str]) -> Iterator[re.Match[str]]:
    for text in texts:
        yield from _NUMBER.finditer(text)


def _counted(word: str) -> str | None:
    """A word that may be counted, without the ending of the plural; None for a small word."""
    bare = word.casefold().removesuffix("s")
    return bare if len(bare) > _SMALL else None
