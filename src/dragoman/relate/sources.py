"""Sources: which articles are one source, so that an agency's story counts once however often it is printed."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from dragoman.record import Article

SHINGLE = 5
"""Words in a shingle: long enough that common phrases don't link stories, short enough to survive a sub-editor."""
LSH_THRESHOLD = 0.4
"""Estimated Jaccard similarity above which two texts are compared exactly; low, so that a cut copy is looked at."""
COPIED_SHARE = 0.6
"""The share of the shorter text's shingles in the longer one from which it counts as the same story."""
PERMUTATIONS = 128

_WORD = re.compile(r"\w+")
_AGENCY = re.compile(
    r"\((?P<bracket>AP|AFP|Reuters|dpa|EFE|ANSA|Xinhua|TASS|Interfax|Kyodo|PTI|ANI|Ukrinform|BelTA|UPI|APA|PAP|MTI)\)"
)
_HEAD = 400
"""Code points at the beginning of an article in which a dateline names the agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What makes articles one source: `names` the agency or publisher of each, `copies` those that each shares a text with.

    Two outlets that print one agency's story once stay two sources of everything else: only the articles of the event in
    question are looked at.
    """

    names: Mapping[str, str]
    copies: Mapping[str, frozenset[str]]

    def count(self, article_ids: Iterable[str]) -> int:
        """Return how many independent sources a set of articles comes from."""
        articles = sorted(set(article_ids))
        leader = {article: article for article in articles}

        def find(one: str) -> str:
            while leader[one] != one:
                one = leader[one]
            return one

        first: dict[str, str] = {}
        for article in articles:
            name = self.names.get(article)
            twins = [other for other in sorted(self.copies.get(article, ())) if other in leader]
            for other in (*twins, *((first.setdefault(name, article),) if name else ())):
                low, high = sorted((find(article), find(other)))
                leader[high] = low
        return sum(leader[article] == article for article in articles)


def find_sources(articles: Sequence[Article]) -> Sources:
    """Return what makes the articles one source: publisher, agency, and texts that are largely copies."""
    return make_sources(articles, copied_texts(articles))


def make_sources(articles: Iterable[Article], copied: Iterable[tuple[str, str]]) -> Sources:
    """Return the sources of articles of which the copies are known, as pairs of ids."""
    twins: dict[str, set[str]] = defaultdict(set)
    for one, other in copied:
        twins[one].add(other)
        twins[other].add(one)
    named = {article.id: name for article in articles if (name := agency(article) or article.publisher)}
    return Sources(names=named, copies={one: frozenset(others) for one, others in twins.items()})


def agency(article: Article) -> str | None:
    """Return the news agency that the article's dateline names, or None."""
    match = _AGENCY.search(article.text[:_HEAD])
    return match.group("bracket") if match else None


def copied_texts(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Return the pairs of article ids of which one text is (largely) a copy of the other, sorted."""
    ordered = sorted(articles, key=lambda article: article.id)
    bearers: dict[str, list[str]] = defaultdict(list)
    for article in ordered:
        for band in bands_of(article):
            bearers[band].append(article.id)
    met = {pair for held in bearers.values() if len(held) > 1 for pair in combinations(held, 2)}
    by_id = {article.id: article for article in ordered}
    return [(one, other) for one, other in sorted(met) if is_copy(by_id[one], by_id[other])]


def bands_of(article: Article) -> tuple[str, ...]:
    """Return the keys under which an article meets those whose texts are like its own (MinHash, locality-sensitive).

    None for a text of fewer words than a shingle has.
    """
    words = _shingles(article)
    if not words:
        return ()
    from datasketch import MinHash, MinHashLSH  # here: its scipy takes most of a second, and few commands need it

    index = _lsh(MinHashLSH)
    signature = MinHash(num_perm=PERMUTATIONS, seed=1)
    signature.update_batch([word.encode("utf-8", "surrogatepass") for word in sorted(words)])
    return tuple(
        f"{number}:{hashlib.sha256(signature.hashvalues[low:high].tobytes()).hexdigest()[:16]}"
        for number, (low, high) in enumerate(index.hashranges)
    )


@cache
def _lsh(kind: Any) -> Any:
    """The bands that the threshold asks for; reckoned once, since it takes a tenth of a second."""
    return kind(threshold=LSH_THRESHOLD, num_perm=PERMUTATIONS)


def is_copy(one: Article, other: Article) -> bool:
    """Say whether most of the shorter text stands in the other."""
    mine, theirs = _shingles(one), _shingles(other)
    return len(mine & theirs) >= COPIED_SHARE * min(len(mine), len(theirs))


@lru_cache(maxsize=1 << 10)
def _shingles(article: Article) -> frozenset[str]:
    text = article.text
    for region in sorted(article.furniture, key=lambda region: region.start, reverse=True):
        text = text[: region.start] + " " + text[region.end :]
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
