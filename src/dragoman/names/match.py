"""How surely two spellings name the same person, and why.

`compare` takes both names apart (`form`), pairs their words (`align`), measures what speaks for and against one person
(`measure`) and adds it up with the weights of `data/weights.toml`. The weights are a logistic regression that
`scripts/fit_names.py` fits, with the sign of each weight fixed beforehand: likeness never counts against, a
contradiction never for.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Indel

from dragoman.names.align import LINKED, SHORT_GIVEN, Link, alike, links_of, table_of
from dragoman.names.form import NameForm, Part, Token, form_of, word_of
from dragoman.names.reason import reasons_of

INITIAL_COVERS = 0.8
"""How much of a word its initial stands for."""
INITIAL_GIVEN = 0.7
"""Likeness of a given name and an initial that fits it."""
FAMILY_SURE = 0.85
"""Family names less alike than this are more than one romanisation apart."""
SURNAME_ALONE = 0.6
"""What is left of the score where one of the names is a bare surname: its bearers are many."""
STRANGERS = 0.02
"""The most that two names without one word in common score, by how alike all their sounds are."""

FEATURES: dict[str, int] = {
    "one": 0,
    "family": 1,
    "family_near": 1,
    "family_weak": -1,
    "both": 1,
    "cover": 1,
    "whole": 1,
    "initial_agrees": 1,
    "acronym": 1,
    "two_scripts": 1,
    "no_given": 1,
    "given_on_one_side": -1,
    "left_both": -1,
    "left_more": -1,
    "initial_differs": -1,
    "patronymic_differs": -1,
    "given_differs": -1,
    "numbers_differ": -1,
    "crosswise": -1,
}
"""What is measured of a pair, in the order of the weights, and which sign its weight may have (0: any).

family: likeness of the family names; family_near: its fourth power;
family_weak: what it lacks to `FAMILY_SURE`; both: family times given; cover: how much of the
shorter name finds a partner; whole: likeness of all sounds in a row; no_given, given_on_one_side: neither or only one
name has more than a family name; left_both: words without partner on both sides; left_more: on the side that has more;
crosswise: one name's family name answers to the other's given name.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How two names compare: `score` from 0 (two persons) to 1 (one), and short English sentences that say why."""

    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Findings:
    """What was found of a pair of names, for the score and for the reasons. Likenesses from 0 to 1, -1 unknown."""

    family: float = -1.0
    family_pair: tuple[Token, Token] | None = None
    given: float = -1.0
    given_pair: tuple[Token, Token] | None = None
    given_differs: bool = False
    given_by_initial: bool = False
    lacks_given: int = 0
    patronymic: float = -1.0
    initials_agree: int = 0
    initials_differ: int = 0
    crosswise: bool = False
    acronym: bool = False
    left: tuple[tuple[Token, ...], tuple[Token, ...]] = field(default=((), ()))


@cache
def _weights() -> tuple[float, ...]:
    text = files("dragoman.names").joinpath("data").joinpath("weights.toml").read_text(encoding="utf-8")
    weights = tomllib.loads(text)["weights"]
    return tuple(float(weights[name]) for name in FEATURES)


def compare(one: str, other: str) -> NameMatch:
    """How surely two spellings, in any romanisation or script, name the same person.

    The order of the two doesn't matter. Names of organisations compare as words.

    >>> compare("Ihar Kizim", "Ihor Kyzym").score > 0.9
    True
    """
    a, b = form_of(one), form_of(other)
    if (b.joined, b.written) < (a.joined, a.written):
        a, b = b, a
    measured = measure(a, b)
    if measured is None:
        return NameMatch(score=strangers(a, b), reasons=("no word in common",))
    values, findings = measured
    total = sum([w * v for w, v in zip(_weights(), values, strict=True)])
    score = 1.0 / (1.0 + math.exp(-total))
    if findings.lacks_given == 1:
        score *= SURNAME_ALONE
    return NameMatch(score=score, reasons=reasons_of(findings, a, b))


def strangers(a: NameForm, b: NameForm) -> float:
    """The score of two names of which no words answer to each other: below `STRANGERS`."""
    return STRANGERS * Indel.normalized_similarity(a.joined, b.joined)


def measure(a: NameForm, b: NameForm) -> tuple[tuple[float, ...], Findings] | None:
    """The values of `FEATURES` for two names and what they rest on; None where the names share no word at all."""
    one, other = a.core, b.core
    table = table_of(one, other)
    links = links_of(one, other, table)
    found = Findings()
    found.acronym = _acronym(one, other) or _acronym(other, one)
    if not links and not found.acronym:
        return None

    via = _family(one, other, table, links, found, certain=a.certain and b.certain)
    taken_one = via.one if via else ()
    taken_other = via.other if via else ()
    rest_one = [i for i in range(len(one)) if i not in taken_one]
    rest_other = [j for j in range(len(other)) if j not in taken_other]
    _given(a, b, table, links, via, rest_one, rest_other, found)

    linked_one = {i for link in links for i in link.one}
    linked_other = {j for link in links for j in link.other}
    free_one = [one[i] for i in rest_one if i not in linked_one]
    free_other = [other[j] for j in rest_other if j not in linked_other]
    met_one, met_other = _initials(a, b, free_one, free_other, found, bare=not rest_one or not rest_other)
    found.left = (tuple(free_one), tuple(free_other))
    _patronymics(one, other, table, found)

    weight_one = [_weigh(t) for t in one]
    weight_other = [_weigh(t) for t in other]
    total_one, total_other = sum(weight_one) or 1.0, sum(weight_other) or 1.0
    if total_one <= total_other:
        cover = (met_one + sum([weight_one[i] * k.likeness for k in links for i in k.one])) / total_one
    else:
        cover = (met_other + sum([weight_other[j] * k.likeness for k in links for j in k.other])) / total_other
    left_one = sum([_weigh(t) for t in free_one])
    left_other = sum([_weigh(t) for t in free_other])

    no_given = not rest_one and not a.initials, not rest_other and not b.initials
    found.lacks_given = sum(no_given)
    family = max(found.family, 0.0)
    given = 0.0 if found.lacks_given else max(found.given, 0.0)
    values = (
        1.0,
        family,
        family**4,
        max(0.0, FAMILY_SURE - family),
        family * given,
        min(cover, 1.0),
        Indel.normalized_similarity(a.joined, b.joined),
        float(min(found.initials_agree, 2)),
        float(found.acronym),
        float(bool(one and other) and one[0].script != other[0].script),
        float(found.lacks_given == 2),
        float(found.lacks_given == 1),
        min(left_one, left_other, 4.0),
        min(max(left_one, left_other), 6.0),
        float(min(found.initials_differ, 2)),
        1.0 - found.patronymic if 0.0 <= found.patronymic < LINKED else 0.0,
        float(found.given_differs),
        float(a.numbers != b.numbers),
        float(found.crosswise),
    )
    return values, found


def _family(
    one: tuple[Token, ...],
    other: tuple[Token, ...],
    table: list[list[float]],
    links: list[Link],
    found: Findings,
    *,
    certain: bool,
) -> Link | None:
    """Find what answers to the family names.

    By the parts that the forms settled, or crosswise at a price, which is higher where both spellings say which word is
    the family name.
    """
    best: Link | None = None
    for i, s in enumerate(one):
        if s.part is Part.FAMILY:
            for j, t in enumerate(other):
                if t.part is Part.FAMILY and table[i][j] > found.family:
                    found.family, found.family_pair = table[i][j], (s, t)
                    best = Link((i,), (j,), table[i][j])
    for link in links:
        left = any(one[i].part is Part.FAMILY for i in link.one)
        right = any(other[j].part is Part.FAMILY for j in link.other)
        if left or right:
            crosswise = not (left and right)
            likeness = link.likeness - ((0.12 if certain else 0.04) if crosswise else 0.0)
            if likeness > found.family:
                found.family, found.crosswise = likeness, crosswise
                found.family_pair = (one[link.one[0]], other[link.other[0]])
                best = link
    return best


def _given(
    a: NameForm,
    b: NameForm,
    table: list[list[float]],
    links: list[Link],
    via: Link | None,
    rest_one: list[int],
    rest_other: list[int],
    found: Findings,
) -> None:
    for i in rest_one:
        s = a.core[i]
        for j in rest_other:
            t = b.core[j]
            # First given names count fully, second ones a little less.
            likeness = table[i][j] - 0.05 * ((s.part is Part.MIDDLE) + (t.part is Part.MIDDLE))
            if likeness > found.given:
                found.given, found.given_pair = likeness, (s, t)
    for link in links:
        if link is not via and link.likeness > found.given and len(link.one) + len(link.other) > 2:
            found.given = link.likeness
            found.given_pair = (a.core[link.one[0]], b.core[link.other[0]])
    for nick in a.nicks:
        for j in rest_other:
            found.given = max(found.given, alike(nick, b.core[j]) - 0.05)
    for nick in b.nicks:
        for i in rest_one:
            found.given = max(found.given, alike(a.core[i], nick) - 0.05)
    if found.given_pair is not None and found.given < SHORT_GIVEN - 0.1:
        s, t = found.given_pair
        found.given_differs = bool(s.word.roots and t.word.roots)


def _initials(
    a: NameForm, b: NameForm, free_one: list[Token], free_other: list[Token], found: Findings, *, bare: bool
) -> tuple[float, float]:
    """Set initials against words without partner and against each other; what they cover of either name.

    Takes the words that an initial stands for out of the free ones.
    """
    if not a.initials and not b.initials:
        return 0.0, 0.0
    met = [0.0, 0.0]
    stood_in = False
    for side, initials, free, theirs in (
        (1, a.initials, free_other, b.initials),
        (0, b.initials, free_one, a.initials),
    ):
        for initial in initials:
            hit = next((t for t in free if _fits(initial, t)), None)
            if hit is not None:
                free.remove(hit)
                found.initials_agree += 1
                stood_in = True
                met[side] += _weigh(hit) * INITIAL_COVERS
            elif any(_fits(initial, t) for t in theirs):
                found.initials_agree += 1
            elif free or theirs:
                found.initials_differ += 1
    if found.given < LINKED and found.initials_agree and (stood_in or bare):
        found.given = INITIAL_GIVEN
        found.given_by_initial = True
        found.given_differs = False
    return met[0], met[1]


def _fits(initial: Token, token: Token) -> bool:
    first, second = initial.word.sounds[:1], token.word.sounds[:1]
    if initial.script == token.script:
        return initial.text[0] == token.text[0] or first == second
    return first == second or word_of(first, False).bones == word_of(second, False).bones != ""


def _patronymics(one: tuple[Token, ...], other: tuple[Token, ...], table: list[list[float]], found: Findings) -> None:
    for i, s in enumerate(one):
        if s.part is Part.PATRONYMIC:
            for j, t in enumerate(other):
                if t.part is Part.PATRONYMIC:
                    found.patronymic = max(found.patronymic, table[i][j])


def _acronym(short: tuple[Token, ...], long: tuple[Token, ...]) -> bool:
    """Whether a single word is made of the other name's first letters."""
    if len(short) != 1 or len(long) < 2 or len(short[0].text) != len(long):
        return False
    return short[0].text == "".join(t.text[0] for t in long)


def _weigh(token: Token) -> float:
    word = token.word
    weight = min(max(len(word.bones) * 1.3 if word.abjad else word.weight, 1.5), 5.0)
    if token.part is Part.PATRONYMIC:
        return weight * 0.4
    return weight * 0.7 if word.roots else weight
