"""Which words of two names answer to each other."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from dragoman.names.form import Part, Token, Word, word_of
from dragoman.names.sound import distance

LINKED = 0.62
"""Two words at least this alike count as spellings of one word: what romanisation alone does to a family name rarely
goes below it, and two different family names of one language rarely reach it."""
UNLIKE = 0.5
"""Words that differ by this part of their length are not alike at all: 0."""
SCREEN = 0.45
"""Words whose consonants in broad classes are less alike than this are not compared sound by sound."""
SHARED_ENDING = 0.5
"""How much of a common ending of family names (-ovich, -enko, -son) is left out of the length it adds."""
SHORT = 2.5
"""Words shorter than this (in consonants) are compared as if they were as long: one slip must not undo them."""
JOINT_NEEDED = 0.85
"""A word with a partner this alike is not tried against two words written as one."""
JOINT_SCREEN = 0.7
"""As `SCREEN`, for two words written as one, which must be much alike."""
FULL_GIVEN, SHORT_GIVEN = 0.97, 0.9
"""Likeness of two full forms of one given name, and of a short form with any other."""
DIFFERENT_GIVEN = 0.7
"""Two known given names of different roots are different names, however near they sound (Ahmed, Mohammed)."""
_SERVANT = "abdul"

Table = list[list[float]]


class Link(NamedTuple):
    """A word of one name (or two adjacent words that the other writes as one) and what answers to it."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    likeness: float


@lru_cache(maxsize=1 << 19)
def _alike(one: Word, other: Word) -> float:
    if one is other:
        return 1.0
    given = _as_given(one, other)
    if given == 0.0 and one.bones != other.bones:
        return DIFFERENT_GIVEN * _screened(one, other)
    if given >= SHORT_GIVEN:
        return 1.0 if one.sounds == other.sounds else given
    sound = _by_sound(one, other)
    if one.sounds.startswith(_SERVANT) != other.sounds.startswith(_SERVANT):
        # Abdul Hanif is called Hanif for short.
        bare, rest = (word_of(w.sounds.removeprefix(_SERVANT), w.abjad) for w in (one, other))
        if bare.sounds and rest.sounds:
            sound = max(sound, _by_sound(bare, rest) - 0.1)
    return max(sound, given)


def _screened(a: Word, b: Word) -> float:
    """A rough likeness, from consonants in broad classes alone."""
    return Indel.normalized_similarity(a.bones, b.bones)


def _by_sound(a: Word, b: Word) -> float:
    if a.sounds == b.sounds:
        return 1.0
    if _screened(a, b) < SCREEN:
        return 0.0
    if a.abjad or b.abjad:
        weight: float = max(len(a.bones), len(b.bones), 1)
        cost = distance(a.codes, a.abjad_gaps, b.codes, b.abjad_gaps, weight * UNLIKE)
    else:
        weight = max(a.weight, b.weight)
        if a.ending and a.ending == b.ending:
            # Kovalenko and Bondarenko share nothing but what half the country's surnames end in.
            weight -= SHARED_ENDING * min(a.ending_weight, b.ending_weight)
        weight = max(weight, SHORT)
        cost = distance(a.codes, a.gaps, b.codes, b.gaps, weight * UNLIKE)
    return 1.0 - cost / weight if cost < weight * UNLIKE else 0.0


def _as_given(a: Word, b: Word) -> float:
    """Likeness as given names; -1 where one of the two is no known given name."""
    if not a.roots or not b.roots:
        return -1.0
    best = 0.0
    for root, full in a.roots.items():
        other = b.roots.get(root)
        if other is not None:
            best = max(best, FULL_GIVEN if full and other else SHORT_GIVEN)
    return best


def alike(one: Token, other: Token) -> float:
    """How alike two words of names are, 0 to 1: by sound, or as spellings of one given name."""
    likeness = _alike(one.word, other.word)
    if likeness < 0.9 and (one.part is Part.PATRONYMIC) != (other.part is Part.PATRONYMIC):
        return likeness * 0.5  # Oleksandr is not Oleksandrovych
    return likeness


def table_of(one: tuple[Token, ...], other: tuple[Token, ...]) -> Table:
    """`alike` of every word of one name with every word of the other, row by row."""
    return [[alike(s, t) for t in other] for s in one]


def links_of(one: tuple[Token, ...], other: tuple[Token, ...], table: Table) -> list[Link]:
    """The best pairing of words.

    First two words written as one (Jong Un, Jongun), then word with word, the most alike first; between equals, words
    that are the same part of the name.
    """
    kept = _joints(one, other, table)
    used_one = {i for link in kept for i in link.one}
    used_other = {j for link in kept for j in link.other}
    pairs = []
    for i, row in enumerate(table):
        for j, likeness in enumerate(row):
            if likeness >= LINKED:
                pairs.append((-(likeness + 0.03) if one[i].part is other[j].part else -likeness, i, j))
    pairs.sort()
    for _, i, j in pairs:
        if i not in used_one and j not in used_other:
            kept.append(Link((i,), (j,), table[i][j]))
            used_one.add(i)
            used_other.add(j)
    return kept


def _joints(one: tuple[Token, ...], other: tuple[Token, ...], table: Table) -> list[Link]:
    links: list[Link] = []
    for swapped in (False, True):
        few, many = (other, one) if swapped else (one, other)
        if len(many) < 2:
            continue
        for i, whole in enumerate(few):
            word = whole.word
            single = max([row[i] for row in table]) if swapped else max(table[i])
            if single >= JOINT_NEEDED:
                continue
            for j in range(len(many) - 1):
                first, second = many[j].word, many[j + 1].word
                both = first.weight + second.weight
                if not 0.75 * both <= word.weight <= 1.33 * both or word.abjad != first.abjad:
                    continue
                if Indel.normalized_similarity(word.bones, first.bones + second.bones) < JOINT_SCREEN:
                    continue
                likeness = _alike(word, word_of(first.sounds + second.sounds, first.abjad))
                if likeness >= 0.8 and likeness > single + 0.05:
                    links.append(Link((j, j + 1), (i,), likeness) if swapped else Link((i,), (j, j + 1), likeness))
    links.sort(key=lambda link: -link.likeness)
    kept: list[Link] = []
    for link in links:
        if all(not set(link.one) & set(k.one) and not set(link.other) & set(k.other) for k in kept):
            kept.append(link)
    return kept
