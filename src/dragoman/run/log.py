"""The log of decisions at hand: read once, then only what was added behind the last line, since it is only ever added to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.record import Decision
from dragoman.relate.amend import articles_of
from dragoman.relate.decide import counting
from dragoman.store import Store
from dragoman.store.decisions import decisions


@dataclass(frozen=True, kw_only=True)
class Log:
    """All decisions in the order in which they were made."""

    every: tuple[Decision, ...]

    @cached_property
    def in_force(self) -> tuple[Decision, ...]:
        """Those that were not undone, the undoings among them, in the order of their times."""
        return counting(self.every)

    @cached_property
    def by_id(self) -> Mapping[str, Decision]:
        """All of them by their ids."""
        return {one.id: one for one in self.every}

    @cached_property
    def _of_article(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, decision in enumerate(self.in_force):
            for article in dict.fromkeys(articles_of(decision)):
                found[article].append(place)
        return {article: tuple(places) for article, places in found.items()}

    def about(self, articles: Iterable[str]) -> tuple[Decision, ...]:
        """Return those in force on the findings of some articles, in their order."""
        places = {place for article in articles for place in self._of_article.get(article, ())}
        return tuple(self.in_force[place] for place in sorted(places))


def read_log(store: Store, known: Log | None = None) -> Log:
    """Return the log of a store; of one that is known already, only what was added since is read."""
    had = known.every if known is not None else ()
    new = decisions(store, after=len(had))
    return known if known is not None and not new else Log(every=(*had, *new))
