"""What speaks for and against two persons from different articles being one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from dragoman.names import compare, fullness, is_bare, surname_of
from dragoman.record import Office

# The score is a sum of evidence in log-odds, turned into 0 to 1. The figures are set by hand: a full name that agrees
# carries a join alone, a bare surname only with a specific office in the same service, and one contradiction (country,
# gender) brings even equal names below the threshold.
PRIOR = -1.0
"""Two names that meet in a block are still more often two persons than one."""
SAME_OFFICE, SAME_SPECIFIC_OFFICE = 1.5, 2.4
"""An office of one word in the same service (ambassador of Ukraine); one of several words."""
LIKE_OFFICE = 1.5
"""An office of several words where one of the two does not tell whose it is."""
SAME_TERM = 0.8
"""They share an office, and the articles are less than `TERM` days apart: an office seldom changes hands in a family."""
TERM = 366
SAME_COUNTRY = 0.7
SAME_COMPANY = 0.5
"""At least `COMPANY` known actors are named in articles of both."""
COMPANY = 3
SAME_STORY = 3.0
"""A surname without any office, in an article near in time that names the same others as one where a holder of an office bears
it: an article names a minister so whom its readers know. With a surname spelled alike this alone joins the two."""
STORY = 2
"""Known actors that both articles name, for one story."""
STORY_DAYS = 60
TELLING_SURNAME = 5
"""Letters of a surname that is rare enough to tell (Kim, Wang and Rao are not)."""
OTHER_COUNTRY = -3.0
OTHER_GENDER = -3.0
KEPT_APART = -2.0
"""Both are named in one article, whose reading took them for two."""
BARE_NAME = 0.6
"""The most that a name without given name is worth, on either side."""
STRANGER = 0.5
"""Full names that score below this are two persons', whoever else joins either of them."""
SHOWN_NAMES = 3
"""Spellings of each side that are compared, the fullest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as the articles in which all the same is said of the name tell: what identification goes by.

    `members` are the ids of the actors of single articles; `company` the actors known to the codebook that are named
    beside, without the person's own state, `published` the days of the articles
    that have one, sorted.
    """

    members: tuple[str, ...]
    names: tuple[str, ...]
    key: str | None
    country: str | None
    gender: str | None
    offices: tuple[Office, ...]
    articles: frozenset[str]
    company: frozenset[str]
    published: tuple[date, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether every spelling is a surname alone."""
        return is_bare(self.names[0])


def fullest(names: tuple[str, ...]) -> tuple[str, ...]:
    """The `SHOWN_NAMES` fullest spellings, none of them a bare surname where a full name is there."""
    ordered = sorted(set(names), key=lambda name: (-fullness(name), name))
    full = [name for name in ordered if not is_bare(name)]
    return tuple((full or ordered)[:SHOWN_NAMES])


@lru_cache(maxsize=1 << 16)
def _best_match(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    matches = [compare(a, b) for a in one for b in other]
    best = max(matches, key=lambda match: (match.score, match.reasons))
    return best.score, best.reasons


def name_score(one: Person, other: Person) -> tuple[float, tuple[str, ...]]:
    """How alike the names are and why; where one is a bare surname, the surnames, for `BARE_NAME` at most."""
    score, reasons = _best_match(*sorted((one.names, other.names)))
    if one.bare or other.bare:
        surnames = [tuple(sorted({surname_of(name) for name in person.names})) for person in (one, other)]
        score = BARE_NAME * _best_match(*sorted(surnames))[0]
    return score, reasons


MOST_BESIDE = max(SAME_SPECIFIC_OFFICE + SAME_TERM, SAME_STORY) + SAME_COUNTRY + SAME_COMPANY
"""The most that all but the names can speak for one person."""


def could_be_one(names: Sequence[str], others: Sequence[str], least: float) -> bool:
    """Say whether persons of such names may score `least`, whatever else is told of them."""
    pairs = [*product(names, others), *product(map(surname_of, names), map(surname_of, others))]
    score = max(compare(one, other).score for one, other in pairs)
    score = min(max(score, 0.001), 0.999)
    return math.log(score / (1.0 - score)) + PRIOR + MOST_BESIDE >= math.log(least / (1.0 - least))


def strangers(one: Person, other: Person) -> bool:
    """Whether nothing may make these two one: two entries of the codebook, or two clearly different full names."""
    if one.key is not None and other.key is not None:
        return one.key != other.key
    return not one.bare and not other.bare and name_score(one, other)[0] < STRANGER


def weigh(one: Person, other: Person) -> tuple[float, tuple[str, ...]]:
    """The score, 0 to 1, that two persons are one, and the reasons for and against, the names first."""
    score, named = name_score(one, other)
    score = min(max(score, 0.001), 0.999)
    total = math.log(score / (1.0 - score)) + PRIOR
    reasons = list(named)
    held = _office(one.offices, other.offices)
    if held is not None:
        total += held[0]
        reasons.append(held[1])
        if _apart(one.published, other.published) < TERM:
            total += SAME_TERM
            reasons.append("in articles of one year")
    story = _story(one, other)
    if story:
        total += SAME_STORY
        reasons.append(f"within {STORY_DAYS} days, in articles that both name {' and '.join(story[:COMPANY])}")
    if one.country and other.country:
        same = one.country == other.country
        total += SAME_COUNTRY if same else OTHER_COUNTRY
        reasons.append(
            f"both act for {one.country}" if same else f"different countries: {_pair(one.country, other.country)}"
        )
    if one.gender and other.gender and one.gender != other.gender:
        total += OTHER_GENDER
        reasons.append(f"different genders: {_pair(one.gender, other.gender)}")
    if one.articles & other.articles:
        total += KEPT_APART
        reasons.append("one article names both and keeps them apart")
    else:
        company = sorted(one.company & other.company)
        if len(company) >= COMPANY:
            total += SAME_COMPANY
            reasons.append(f"named beside the same others: {', '.join(company[:COMPANY])}")
    return 1.0 / (1.0 + math.exp(-total)), tuple(reasons)


def supported(one: Person, other: Person) -> bool:
    """Whether anything but the name speaks for one person: an office, a country, one story."""
    if _office(one.offices, other.offices) is not None or (one.country is not None and one.country == other.country):
        return True
    return bool(_story(one, other))


def _story(one: Person, other: Person) -> tuple[str, ...]:
    """The known actors named beside a bare surname and beside the one holder of an office of that surname, near in time.

    Empty where that does not tell: too few of them, another state, an office on both sides, or a short surname.
    """
    bare, full = (one, other) if one.bare else (other, one)
    if not bare.bare or full.bare or bare.offices or not full.offices or full.country is None:
        return ()
    if bare.country not in (None, full.country) or len(bare.names[0]) < TELLING_SURNAME:
        return ()
    if one.articles & other.articles or _apart(one.published, other.published) > STORY_DAYS:
        return ()
    shared = sorted(bare.company & full.company)
    return tuple(shared) if len(shared) >= STORY else ()


def office_words(office: Office) -> str:
    """What an office comes down to, for telling whether two titles are the same."""
    return " ".join(sorted(_title_words(office.title)))


def _apart(one: tuple[date, ...], other: tuple[date, ...]) -> float:
    """The least days between the articles of either side; infinite where one side has no date."""
    if not one or not other:
        return math.inf
    if one[0] <= other[-1] and other[0] <= one[-1]:
        return 0.0
    return max((one[0] - other[-1]).days, (other[0] - one[-1]).days)


def _pair(one: str, other: str) -> str:
    return " and ".join(sorted((one, other)))


_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset("the a an of to for and at in on his her its their own s".split())  # noqa: SIM905 -- a list of words
_TIMES = frozenset("former ex then new acting interim outgoing incoming late current senior".split())  # noqa: SIM905
_ALIKE = {"envoy": "ambassador", "representative": "representative", "affairs": "", "premier": "prime minister"}


@lru_cache(maxsize=1 << 14)
def _title_words(title: str) -> frozenset[str]:
    words = [w for w in _WORD.findall(title.casefold()) if w not in _SMALL and w not in _TIMES]
    return frozenset(part for word in words for part in _ALIKE.get(word, word).split())


def _office(one: tuple[Office, ...], other: tuple[Office, ...]) -> tuple[float, str] | None:
    """What the best pair of offices is worth, and the reason; None where they share none.

    Former and present count alike: offices make a career.
    """
    best: tuple[float, str] | None = None
    for a in one:
        for b in other:
            worth = _office_worth(a, b)
            if not worth:
                continue
            title, of = min((a.title, a.of or b.of or ""), (b.title, b.of or a.of or ""), key=lambda o: (len(o[0]), o))
            reason = f"{title}{f' ({of})' if of else ''} in both"
            if a.former != b.former:
                reason += ", former in one"
            if best is None or (worth, reason) > best:
                best = (worth, reason)
    return best


def _office_worth(a: Office, b: Office) -> float:
    mine, theirs = _title_words(a.title), _title_words(b.title)
    shared = mine & theirs
    if not shared or (a.of and b.of and a.of != b.of):
        return 0.0
    same_service = a.of is not None and a.of == b.of
    if len(shared) > 1 and 2 * len(shared) >= len(mine | theirs):
        return SAME_SPECIFIC_OFFICE if same_service else LIKE_OFFICE
    if same_service and (shared in (mine, theirs)):
        return SAME_OFFICE
    return 0.0
