"""Told states: what sentences say of a relation by themselves, whether or not the reader coded an event there.

A sentence is matched with the names of states and bodies in it replaced by numbered marks, so that a pattern can say whose
ambassador went where. What it tells is dated by the time expression nearest to the words, else by the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.codebook import Codebook
from dragoman.codebook.relations import Told
from dragoman.record import Article, Document, When
from dragoman.relate.change import Change, implied, ordered_sides
from dragoman.relate.clause import clause_bounds
from dragoman.relate.sides import Sides
from dragoman.relate.times import is_dated

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’»)]*(?=\s+[\"“«(]?[A-ZÀ-ÞЀ-Я])|(?=\n)|$)")
_DOUBT = re.compile(
    r"\b(?:if|would|could|(?-i:may)|might|will|should|shall|whether|unless|threaten\w*|plans?|planned|considers?|considering|"
    r"demand\w*|urge\w*|calls?\s+(?:for|on)|called\s+for|possib\w+|expected|due\s+to|about\s+to|promis\w+|hopes?|wants?|"
    r"(?:is|are|was|were)\s+to\b)",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|denie[sd]|deny|refus\w+|without|false|untrue)\b|n['’]t\b", re.IGNORECASE
)
_RUMOUR = re.compile(
    r"\brumou?r(?:s|ed)?\b|\b(?:was|were|has\s+been|have\s+been)\s+denied\b|\bunconfirmed\b|\b(?:is|was)\s+untrue\b",
    re.IGNORECASE,
)
"""A sentence about a report that is doubted or denied, wherever in it that is said."""
_PLUPERFECT = re.compile(r"\bhad\s+(?:\w+\s+)?\w+(?:ed|en|t|d|ne|wn|ut)\b|\bsince\b", re.IGNORECASE)
_NAMED = frozenset({"state", "demonym", "people", "capital", "metonym", "body"})
_SILENT = frozenset({"profile", "byline", "question"})
_INTO_SENTENCE = 60
"""Code points between the words and a time expression outside their clause that may still date them."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A sentence with marks for the sides, and the way from its characters back to the article's."""

    text: str
    start: int
    places: tuple[int, ...]
    sides: tuple[str, ...]

    def origin(self, at: int) -> int:
        return self.places[at] if at < len(self.places) else self.places[-1] + 1


def told_changes(
    documents: Iterable[Document], sides: Sides, codebook: Codebook, actor_of: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the changes that the sentences of the documents tell; `actor_of` leads from an article's actors to the joined."""
    rules = codebook.relations
    for document in documents:
        article = document.article
        names = _names(document, codebook, sides, actor_of)
        pair = _main_pair(names)
        for start, end in _sentences(article):
            marked = _mark(article, start, end, names)
            if "?" in marked.text[-3:]:
                continue
            done: set[str] = set()
            for told in rules.told:
                if told.dimension in done or (told.unless is not None and told.unless.search(marked.text)):
                    continue
                match = next((m for words in told.words if (m := words.search(marked.text)) is not None), None)
                if match is None or not _asserted(told, marked.text, match):
                    continue
                if not told.stands and _coded_unreal(document, marked, match):
                    continue
                parties = _parties(match, marked, pair)
                if parties is not None:
                    done.add(told.dimension)
                    for of, toward in (parties, parties[::-1]) if told.both else (parties,):
                        change = _change(told, match, document, marked, (start, end), of, toward)
                        yield ordered_sides(change, rules)
                        yield from implied(change, told.implies, rules)


def _names(
    document: Document, codebook: Codebook, sides: Sides, actor_of: Mapping[str, str]
) -> list[tuple[int, int, str]]:
    """The places where the text names a side, by the codebook's names and the reader's mentions of states and bodies.

    Only those of whom the reader found somebody in this article: what others name never changes what this one tells.
    """
    article = document.article
    here = [joined for one in document.actors or () if (joined := sides.actors.get(actor_of.get(one.id, one.id)))]
    keys = {actor.key: actor.id for actor in here if actor.kind == "body" and actor.key}
    states = {actor.country: sides.states.get(actor.country) for actor in here if actor.country}
    found = []
    for name in codebook.gazetteer.find(article.text):
        entries = [entry for entry in name.values if entry.kind in _NAMED and not entry.weak]
        ids = {states.get(entry.country) if entry.country else keys.get(entry.key) for entry in entries} - {None}
        if len(ids) == 1:
            found.append((name.start, name.end, str(next(iter(ids)))))
    taken = [(start, end) for start, end, _ in found]
    for mention in document.mentions or ():
        actor = sides.actors.get(actor_of.get(mention.actor, mention.actor))
        if mention.how != "name" or actor is None or actor.kind == "person" or actor.key is None:
            continue
        side = sides.side(actor.id)
        if side is not None and not any(low < mention.end and mention.start < high for low, high in taken):
            found.append((mention.start, mention.end, side))
    return sorted(found)


def _main_pair(names: Sequence[tuple[int, int, str]]) -> tuple[str, str] | None:
    counts = Counter(side for _, _, side in names)
    ranked = sorted(counts, key=lambda side: (-counts[side], side))
    return (ranked[0], ranked[1]) if len(ranked) > 1 else None


def _sentences(article: Article) -> Iterator[tuple[int, int]]:
    closed = [(region.start, region.end) for region in (*article.furniture, *article.notes)]
    closed += [(region.start, region.end) for region in article.sections if region.kind in _SILENT]
    heads = {region.start: region.end for region in article.sections if region.kind == "dateline"}
    for match in _SENTENCE.finditer(article.text):
        start, end = match.span()
        start = heads.get(start, start)
        while start < end and article.text[start].isspace():
            start += 1
        if start < end and not any(low < end and start < high for low, high in closed):
            yield start, end


def _mark(article: Article, start: int, end: int, names: Sequence[tuple[int, int, str]]) -> _Marked:
    parts: list[str] = []
    places: list[int] = []
    seen: list[str] = []
    at = start
    for low, high, side in names:
        if low < at or high > end:
            continue
        parts.append(article.text[at:low])
        places.extend(range(at, low))
        if side not in seen:
            seen.append(side)
        mark = f"‹{seen.index(side)}›"
        parts.append(mark)
        places.extend([low] * len(mark))
        at = high
    parts.append(article.text[at:end])
    places.extend(range(at, end))
    return _Marked("".join(parts), start, tuple(places), tuple(seen))


def _asserted(told: Told, text: str, match: re.Match[str]) -> bool:
    """Say whether the words are asserted: not hedged, foretold or (unless they are a denial themselves) denied."""
    low, _ = clause_bounds(text, *match.span())
    before, inside = text[low : match.start()], match.group()
    if not told.stands and _RUMOUR.search(text):
        return False
    if _DOUBT.search(before) or (not told.stands and _DOUBT.search(inside)):
        return False
    return told.stands or not (_DENIAL.search(before) or _DENIAL.search(inside))


def _coded_unreal(document: Document, marked: _Marked, match: re.Match[str]) -> bool:
    """Say whether the reader found that what the words tell is still to come, only possible, or did not happen."""
    start, end = marked.origin(match.start()), marked.origin(match.end() - 1) + 1
    return any(
        event.factuality != "happened" and event.trigger.start < end and start < event.trigger.end
        for event in document.events or ()
    )


def _parties(match: re.Match[str], marked: _Marked, pair: tuple[str, str] | None) -> tuple[str, str] | None:
    """The two sides, from the groups, else from the clause, the sentence and the pair the article is about."""
    groups = match.groupdict()
    of = marked.sides[int(groups["of"])] if groups.get("of") else None
    toward = marked.sides[int(groups["to"])] if groups.get("to") else None
    low, high = clause_bounds(marked.text, *match.span())
    near = [marked.sides[int(m)] for m in re.findall(r"‹(\d+)›", marked.text[low:high])]
    candidates = list(dict.fromkeys((*near, *marked.sides, *(pair or ()))))
    if of is None:
        of = next((side for side in candidates if side != toward), None)
    if toward is None:
        if pair is not None and of in pair and (len(set(near) - {of}) != 1):
            toward = pair[1] if of == pair[0] else pair[0]
        else:
            toward = next((side for side in candidates if side != of), None)
    return (of, toward) if of is not None and toward is not None and of != toward else None


def _change(
    told: Told, match: re.Match[str], document: Document, marked: _Marked, bounds: tuple[int, int], of: str, toward: str
) -> Change:
    article = document.article
    when = _when(document, marked, match, bounds)
    past = when is None and (told.stands or _PLUPERFECT.search(marked.text) is not None or article.published is None)
    since = when.start if when is not None else None if past else article.published
    latest = when.end if when is not None else article.published
    precision = when.precision if when is not None else None if article.published is None else "before"
    return Change(
        dimension=told.dimension,
        of=of,
        toward=toward,
        scope="",
        value=told.value,
        since=since,
        latest=latest or since,
        precision=precision,
        reported=article.published,
        cause=(),
        evidence=(article.span(*bounds),),
        articles=frozenset({article.id}),
        asserted=told.stands,
        agrees=told.agrees,
        past=since is None,
    )


def _when(document: Document, marked: _Marked, match: re.Match[str], bounds: tuple[int, int]) -> When | None:
    """The time expression in the clause of the words, else the nearest of the sentence within reach."""
    start, end = marked.origin(match.start()), marked.origin(match.end() - 1) + 1
    low, high = (marked.origin(at) for at in clause_bounds(marked.text, *match.span()))
    phrases = [
        phrase
        for phrase in document.dates or ()
        if phrase.when is not None and is_dated(phrase.when) and phrase.when.start is not None
        if bounds[0] <= phrase.span.start and phrase.span.end <= bounds[1]
    ]

    def distance(phrase_start: int, phrase_end: int) -> int:
        return max(0, phrase_start - end, start - phrase_end)

    inside = [p for p in phrases if low <= p.span.start and p.span.end <= high]
    near = inside or [p for p in phrases if distance(p.span.start, p.span.end) <= _INTO_SENTENCE]
    best = min(near, key=lambda p: (distance(p.span.start, p.span.end), p.span.start), default=None)
    return best.when if best is not None else None
