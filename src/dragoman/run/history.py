"""The joined history of documents."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook import Codebook
from dragoman.record import Document, History


def join(documents: Sequence[Document], _codebook: Codebook) -> History:
    """Return what the documents say together."""
    ordered = sorted(documents, key=lambda d: d.article.id)
    actors = {a.id: a for d in reversed(ordered) for a in d.actors or ()}
    return History(
        articles=tuple(sorted((d.article for d in ordered), key=lambda a: (str(a.published or "9999"), a.id))),
        actors=tuple(actors[i] for i in sorted(actors)),
        mentions=tuple(
            sorted((m for d in ordered for m in d.mentions or ()), key=lambda m: (m.article, m.start, m.end, m.actor))
        ),
        events=tuple(sorted((e for d in ordered for e in d.events or ()), key=lambda e: e.id)),
        statements=tuple(sorted((s for d in ordered for s in d.statements or ()), key=lambda s: s.id)),
        relations=(),
    )
