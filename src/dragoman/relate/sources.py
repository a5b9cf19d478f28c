"""Sources: which articles are one source, so that an agency's story counts once however often it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

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


def independent_sources(articles: Sequence[Article]) -> dict[str, str]:
    """Return the source of each article id: articles of one publisher, agency or copied text have the same.

    The source is named by the agency or publisher where there is one, otherwise by the smallest article id of the group.
    """
    leader = {article.id: article.id for article in articles}

    def find(one: str) -> str:
        while leader[one] != one:
            one = leader[one]
        return one

    def join(one: str, other: str) -> None:
        low, high = sorted((find(one), find(other)))
        leader[high] = low

    for one, other in copied_texts(articles):
        join(one, other)
    by_name: dict[str, str] = {}
    for article in sorted(articles, key=lambda article: article.id):
        name = agency(article) or article.publisher
        if name:
            if name in by_name:
                join(by_name[name], article.id)
            by_name.setdefault(name, article.id)
    return {article.id: find(article.id) for article in articles}


def agency(article: Article) -> str | None:
    """Return the news agency that the article's dateline names, or None."""
    match = _AGENCY.search(article.text[:_HEAD])
    return match.group("bracket") if match else None


def copied_texts(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Return the pairs of article ids of which one text is (largely) a copy of the other, sorted."""
    shingles = {article.id: _shingles(article) for article in sorted(articles, key=lambda article: article.id)}
    from datasketch import MinHash, MinHashLSH  # here: its scipy takes most of a second, and few commands need it

    index = MinHashLSH(threshold=LSH_THRESHOLD, num_perm=PERMUTATIONS)
    found: set[tuple[str, str]] = set()
    for article_id, words in shingles.items():
        if not words:
            continue
        signature = MinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update_batch([word.encode("utf-8", "surrogatepass") for word in sorted(words)])
        for other in index.query(signature):
            if len(words & shingles[other]) >= COPIED_SHARE * min(len(words), len(shingles[other])):
                found.add((min(article_id, other), max(article_id, other)))
        index.insert(article_id, signature)
    return sorted(found)


def count_sources(article_ids: Iterable[str], sources: Mapping[str, str]) -> int:
    """Return how many independent sources a set of articles comes from."""
    return len({sources.get(article_id, article_id) for article_id in article_ids})


def _shingles(article: Article) -> frozenset[str]:
    text = article.text
    for region in sorted(article.furniture, key=lambda region: region.start, reverse=True):
        text = text[: region.start] + " " + text[region.end :]
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
