"""schema.org ClaimReview, one a line: what somebody foretold or announced and what became of it.

Only settled expectations and intentions are reviews; open ones, and statements that nothing checks, are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dragoman.export.forms.coded import Coding

_BEST, _WORST = 5, 1
_RATINGS = {"met": (_BEST, "Came true"), "failed": (_WORST, "Did not come true")}


def lines(coding: Coding) -> Iterator[str]:
    """Yield a review for each settled statement. Its author is the program; its URL the article that settles it, if told."""
    for statement in coding.history.statements:
        rating = _RATINGS.get(statement.outcome or "")
        if rating is None:
            if statement.outcome is not None:
                coding.left_out["open expectations and intentions"] += 1
            else:
                coding.left_out["statements that nothing checks"] += 1
            continue
        article = coding.articles[statement.content.article]
        speaker = coding.actors.get(statement.speaker or "")
        proof = [coding.articles[span.article] for span in statement.outcome_evidence]
        claim: dict[str, Any] = {"@type": "Claim", "datePublished": _day(article.published)}
        if speaker:
            kind = "Person" if speaker.kind == "person" else "Organization"
            claim["author"] = {"@type": kind, "name": speaker.name}
        if article.url:
            claim["appearance"] = {"@type": "CreativeWork", "url": article.url}
        yield json.dumps(
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "@id": f"urn:dragoman:{statement.id}",
                "claimReviewed": statement.content.text,
                "itemReviewed": {name: value for name, value in claim.items() if value is not None},
                "author": {"@type": "Organization", "name": "Dragoman"},
                "datePublished": _day(proof[0].published if proof else None),
                "url": next((one.url for one in proof if one.url), None),
                "reviewRating": {
                    "@type": "Rating",
                    "ratingValue": rating[0],
                    "bestRating": _BEST,
                    "worstRating": _WORST,
                    "alternateName": rating[1],
                },
            },
            ensure_ascii=False,
        )


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
