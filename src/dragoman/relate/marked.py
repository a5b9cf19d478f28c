"""Marked: a sentence in which whoever stands for a state is a numbered mark, so that a pattern can say who did what to whom.

A state's name, its demonym, capital and people become the mark of the state, and so do those who act for it by name or by a
pronoun that the reader resolved ("Putin", "he"). A person known as a state's ambassador, here or in another article, becomes
"‹n›'s ambassador", so that "Ankara recalled him" tells what "Ankara recalled its ambassador" tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.codebook import Codebook
from dragoman.record import Actor, Article, Document, Mention
from dragoman.relate.sides import Sides

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’»)]*(?=\s+[\"“«(]?[A-ZÀ-ÞЀ-Я])|(?=\n)|$)")
_NAMED = frozenset({"state", "demonym", "people", "capital", "metonym", "body"})
_SILENT = frozenset({"profile", "byline", "question"})
_ENVOY = re.compile(r"\b(?:ambassador|envoy|high commissioner|head of mission|chief of mission)\b", re.IGNORECASE)
_OTHER_ENVOY = re.compile(
    r"\b(?:special|peace|un|u\.n\.|eu|former|ex-?|goodwill|presidential|personal)\b", re.IGNORECASE
)
_WHOSE_ENVOY = re.compile(r"(?:['’]s?)?\s+(?:\w+\s+){0,2}(?:ambassador|envoy|high\s+commissioner)\b", re.IGNORECASE)
_OF = re.compile(
    r"\b(?P<noun>ambassador|envoy|high commissioner|high commission|embassy)\s+of\s+(?:the\s+)?$", re.IGNORECASE
)
_OWNER = re.compile(r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,2}")
_OF_REACH = 40
_ENVOY_NAME = r"(?P<name>[A-ZÀ-Þ][\w'’-]+(?:\s+(?:bin|al|el|de|van|von|der|[A-ZÀ-Þ][\w'’.-]*))*\s+[A-ZÀ-Þ][\w'’-]+)"
_ENVOY_NAMED = re.compile(rf"(?:\s+(?:to|in)\s+(?:the\s+)?\w+)?,?\s+{_ENVOY_NAME}")
_NAMED_ENVOY = re.compile(
    rf"{_ENVOY_NAME},?\s+(?:(?:is|was|becomes|became|will\s+be|has\s+been|had\s+been)\s+)?(?:to\s+(?:be|become)\s+)?(?:named\s+|appointed\s+)?"
    r"(?:(?:as|the|now|its)\s+)*$"
)
_ABROAD = re.compile(
    r"\b[Tt]he\s+(?:\w+\s+)?(?P<noun>ambassador|envoy|embassy|high\s+commission(?:er)?)\s+(?:in|to)\s+(?:the\s+)?‹(?P<host>\d+)›"
)
"""An ambassador or embassy of which only the host is named."""
_MARK = re.compile(r"‹(\d+)›")
_NEIGHBOUR = re.compile(r"\b(?:its|their|his|her|the)\s+(?:[\w-]+\s+)?neighbou?r(?![\w-])")
_OWNED = re.compile(
    r"\b(?:ambassadors?|envoys?|high\s+commissioners?|embass(?:y|ies)|missions?|consulates?|diplomats|troops|soldiers)\b"
)
"""Things that each of two sides has, of which the second is often only "its own"."""
_ITS_OWN = re.compile(
    r"\b(?:its|their|his|her)\s+(?P<own>own)(?=\s*(?:[,.;:—)]|$)|\s+(?:in|from|to|at|on|for|home|back|out|and|but|after|as|too|within|"
    r"yesterday|last|the|a|immediately|shortly|hours|two|three|‹\d+›)(?:\b|\s|$))"
)
_THE_ONE = re.compile(r"\bthe\s+one(?=\s+(?:in|to)\s+‹)")
_BARE_OWNER = re.compile(r"‹\d+›['’]s(?=\s*(?:[.,;]|$)|\s+(?:in|to|at|was|were|has|had|is|are)\s)")
"""Whose something is, without the thing: "closed its embassy, and Peru's in Quito was closed too"."""
_ASIDE = re.compile(
    r",\s+(?:as\s+|so\s+)?(?:(?:[^\s,;:]+\s+){0,6}?(?:said|says|adds?|added|pointed\s+out|points\s+out|noted|notes|stress(?:ed|es)|claim(?:ed|s)|"
    r"agree[ds]?|explain(?:ed|s)|confirm(?:ed|s)|wrote|writes|report(?:ed|s)|insist(?:ed|s)|recall(?:ed|s)|complain(?:ed|s)|according\s+to)|"
    r"(?:one|we)\s+(?:is|are)\s+told)(?:\s+[^\s,;:]+){0,5},\s+(?=[a-z])"
)
"""Words between commas that only say who says so."""
_SIDE_BY_SIDE = re.compile(r"(?:['’]s?)?\s*(?:and|with|against|toward)\s+(?:the\s+|\w+\s+){0,2}")
_NAME = r"[A-Z][\w-]+(?:\s[A-Z][\w-]+)?"
_CROSSING = re.compile(
    rf"\b(?:crossing(?:\s+point)?|border\s+(?:post|gate|crossing))s?\s+(?:at|of|called)\s+({_NAME})"
    rf"|\b({_NAME}),\s+(?:the|an?)\s+(?:[\w-]+\s+){{0,4}}(?:crossing|border\s+(?:post|gate))\b"
    rf"|\bthe\s+({_NAME})\s+(?:border\s+)?(?:crossing|border\s+(?:post|gate))\b"
)
_CROSSINGS = re.compile(
    rf"\bcrossings(?:\s+(?:on|with|to)\s+[^,.;:]{{1,40}})?(?:,|\s+at|\s+of|:)\s+({_NAME})(?:,\s+({_NAME}))?\s+and\s+(?:at\s+)?({_NAME})"
)
_CROSSING_NOUN = re.compile(r"\s+(?:border\s+)?(?:crossing|post|gate|checkpoint|border)")
_ENVOY_WORDS = frozenset({"ambassador", "envoy", "high commissioner"})
_STATE_PRONOUNS = frozenset({"it", "they"})
_PERSON_PRONOUNS = frozenset({"he", "she", "him"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with marks for the sides, and the way from its characters back to the article's."""

    text: str
    start: int
    places: tuple[int, ...]
    sides: tuple[str, ...]

    def origin(self, at: int) -> int:
        """Return the offset in the article of a character of the marked sentence."""
        return self.places[at] if at < len(self.places) else self.places[-1] + 1


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a marked sentence that tell a state: their bounds and text, and the marks of whose it is and toward whom."""

    start: int
    end: int
    text: str
    of: str | None = None
    to: str | None = None

    @property
    def span(self) -> tuple[int, int]:
        """The bounds."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text names a side: offsets in the article, the side's actor id, and what of it is meant ("ambassador")."""

    start: int
    end: int
    side: str
    noun: str = ""


def is_envoy(actor: Actor) -> bool:
    """Say whether an office of a person is that of a state's ambassador, now."""
    return actor.kind == "person" and any(
        _ENVOY.search(office.title) and not _OTHER_ENVOY.search(office.title) and not office.former
        for office in actor.offices
    )


def _envoys(document: Document, sides: Sides, actor_of: Mapping[str, str], named: Sequence[Place]) -> dict[str, str]:
    """The side of each joined person of an article who is known as a state's ambassador, here or elsewhere.

    Where only the name and the title are known, the state is that of the ambassador of whom the article spoke last before.
    """
    found = {}
    for actor in document.actors or ():
        joined = actor_of.get(actor.id, actor.id)
        known = sides.actors.get(joined, actor)
        if actor.kind != "person" or not (is_envoy(known) or is_envoy(actor)):
            continue
        side = sides.side(joined) or _envoy_before(document, actor, named)
        if side is not None:
            found[joined] = side
    return found


def _envoy_before(document: Document, actor: Actor, named: Sequence[Place]) -> str | None:
    """The side whose ambassador the text names last before it names this person."""
    text = document.article.text
    first = min((m.start for m in document.mentions or () if m.actor == actor.id and m.how == "name"), default=None)
    if first is None:
        return None
    whose = [place.side for place in named if place.end <= first and _WHOSE_ENVOY.match(text, place.end)]
    return whose[-1] if whose else None


def _named_places(document: Document, codebook: Codebook, sides: Sides, actor_of: Mapping[str, str]) -> list[Place]:
    """The places of states and bodies that the codebook's names tell for certain.

    Only those of whom the reader found somebody in this article: what others name never changes what this one tells.
    """
    here = [joined for one in document.actors or () if (joined := sides.actors.get(actor_of.get(one.id, one.id)))]
    keys = {actor.key: actor.id for actor in here if actor.kind == "body" and actor.key}
    states = {actor.country: sides.states.get(actor.country) for actor in here if actor.country}
    found = []
    for name in codebook.gazetteer.find(document.article.text):
        entries = [entry for entry in name.values if entry.kind in _NAMED and not entry.weak]
        ids = {states.get(entry.country) if entry.country else keys.get(entry.key) for entry in entries} - {None}
        if len(ids) == 1:
            found.append(Place(name.start, name.end, str(next(iter(ids)))))
    return found


def find_places(document: Document, codebook: Codebook, sides: Sides, actor_of: Mapping[str, str]) -> list[Place]:
    """Return the places where a text names a side, in order, none overlapping another."""
    found = _named_places(document, codebook, sides, actor_of)
    envoys = _envoys(document, sides, actor_of, found)
    days = [(phrase.span.start, phrase.span.end) for phrase in document.dates or ()]
    found = [place for place in found if not any(low <= place.start and place.end <= high for low, high in days)]
    taken = [*((place.start, place.end) for place in found), *days]  # "November 17" is a day before it is a group
    for known in list(_introduced(document.article.text, found)):
        if not any(low < known.end and known.start < high for low, high in taken):
            found.append(known)
            taken.append((known.start, known.end))
    for mention in sorted(document.mentions or (), key=lambda m: (m.start, m.end, m.actor)):
        place = _person_or_state(mention, sides, actor_of, envoys)
        if place is None or (mention.how == "office" and _is_owned(place, found, document.article.text)):
            continue
        if not any(low < place.end and place.start < high for low, high in taken):
            found.append(place)
            taken.append((place.start, place.end))
    return sorted((_whole(place, document.article.text) for place in found), key=lambda place: (place.start, place.end))


def _introduced(text: str, named: Sequence[Place]) -> Iterator[Place]:
    """Yield the places of persons whom a text makes known as a state's ambassador, by their full name or surname.

    "Peru's new ambassador, Ana Ruiz", "Ana Ruiz is to be Peru's ambassador".
    """
    whose: dict[str, str] = {}
    names: set[str] = set()
    for place in named:
        envoy = _WHOSE_ENVOY.match(text, place.end)
        if envoy is None or _OTHER_ENVOY.search(envoy.group()):
            continue
        before = _NAMED_ENVOY.search(text, max(0, place.start - _OF_REACH * 2), place.start)
        for match in (_ENVOY_NAMED.match(text, envoy.end()), before):
            if match is not None:
                name = match.group("name")
                whose.setdefault(name.split()[-1], place.side)
                names |= {name, name.split()[-1]}
    if not names:
        return
    known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    for found in re.finditer(rf"\b(?:{known})\b(?!\s+[A-Z])", text):
        yield Place(found.start(), found.end(), whose[found.group().split()[-1]], "ambassador")


def _is_owned(place: Place, found: Sequence[Place], text: str) -> bool:
    """Say whether the words right before an ambassador name whose he is: "Turkey's new ambassador"."""
    return any(other.end <= place.start and _OWNER.fullmatch(text, other.end, place.start) for other in found)


def _whole(place: Place, text: str) -> Place:
    """Take in "the ambassador of" and "the embassy of" before a state: they are its ambassador and its embassy."""
    before = _OF.search(text, max(0, place.start - _OF_REACH), place.start)
    if before is None or place.noun:
        return place
    return replace(place, start=before.start("noun"), noun=before.group("noun").lower())


def _person_or_state(
    mention: Mention, sides: Sides, actor_of: Mapping[str, str], envoys: Mapping[str, str]
) -> Place | None:
    joined = actor_of.get(mention.actor, mention.actor)
    actor = sides.actors.get(joined)
    if actor is None or mention.how not in ("name", "pronoun", "metonym", "office"):
        return None
    word = mention.text.lower()
    if mention.how == "office" and (word not in _ENVOY_WORDS or joined not in envoys):
        return None
    if actor.kind == "person":
        if mention.how == "pronoun" and word not in _PERSON_PRONOUNS:
            return None
        if joined in envoys:
            return Place(mention.start, mention.end, envoys[joined], "ambassador")
        side = sides.side(joined)
        if side is None or actor.anonymous or not sides.public(joined) or actor.sector not in ("GOV", "MIL"):
            return None
        return Place(mention.start, mention.end, side)
    if mention.how == "pronoun" and word not in _STATE_PRONOUNS:
        return None
    side = sides.side(joined)
    if side is None or actor.key is None:
        return None
    return Place(mention.start, mention.end, side)


def main_pair(places: Sequence[Place], article: Article) -> tuple[str, str] | None:
    """Return the two sides that the places name most; None where they are fewer.

    Where the article was sent from counts only where it names no other second side.

    Sides that are named side by side ("Rwanda and Uganda") count for more than the host in whose capital they met.
    """
    heads = [(region.start, region.end) for region in article.sections if region.kind == "dateline"]
    sent_from = [place for place in places if any(low <= place.start < high for low, high in heads)]
    places = [place for place in places if place not in sent_from]
    counts = Counter(place.side for place in places)
    for one, other in pairwise(places):
        if one.side != other.side and _SIDE_BY_SIDE.fullmatch(article.text, one.end, other.start):
            counts.update((one.side, other.side))
    ranked = sorted(counts, key=lambda side: (-counts[side], side))
    ranked += sorted({place.side for place in sent_from} - set(ranked)) if len(ranked) == 1 else []
    return (ranked[0], ranked[1]) if len(ranked) > 1 else None


def sentences(article: Article) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the article's own sentences: no furniture, notes, bylines, profiles or questions."""
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


def crossing_names(article: Article) -> re.Pattern[str] | None:
    """Return a pattern for the names that an article gives to crossings of a border ("Gorna, the busiest crossing"), if any."""
    named = {match.group(match.lastindex or 0) for match in _CROSSING.finditer(article.text)}
    several = {name for match in _CROSSINGS.finditer(article.text) for name in match.groups() if name}
    names = sorted({part for name in several for part in (name, name.split()[0])} | named)
    return (
        re.compile(rf"(?<!\bat )(?<!\bof )(?<!\bin )(?<!\bnear )\b(?:{'|'.join(map(re.escape, names))})\b")
        if names
        else None
    )


def mark(
    article: Article,
    start: int,
    end: int,
    places: Sequence[Place],
    pair: tuple[str, str] | None = None,
    crossings: re.Pattern[str] | None = None,
) -> Marked:
    """Return the sentence with its places replaced by marks, and what it leaves out for the reader to add put in.

    Of the two sides that the article is about, `pair`, one is whose embassy stands in the other's capital, and each is the
    other's neighbour. `crossings` fits the names of crossings (`crossing_names`).
    """
    parts: list[str] = []
    origins: list[int] = []
    seen: list[str] = []
    at = start
    for place in places:
        if place.start < at or place.end > end:
            continue
        parts.append(article.text[at : place.start])
        origins.extend(range(at, place.start))
        if place.side not in seen:
            seen.append(place.side)
        sign = f"‹{seen.index(place.side)}›" + (f"'s {place.noun}" if place.noun else "")
        parts.append(sign)
        origins.extend([place.start] * len(sign))
        at = place.end
    parts.append(article.text[at:end])
    origins.extend(range(at, end))
    marked = _without_asides(Marked("".join(parts), start, tuple(origins), tuple(seen)))
    marked = _with_owners(marked, pair)
    return _with_nouns(_with_neighbours(marked, pair), crossings)


def _put(marked: Marked, start: int, end: int, words: str) -> Marked:
    """Return the marked sentence with words in the place of those from start to end; they all stand where those began."""
    origin = marked.origin(start)
    return replace(
        marked,
        text=marked.text[:start] + words + marked.text[end:],
        places=(*marked.places[:start], *([origin] * len(words)), *marked.places[end:]),
    )


def _without_asides(marked: Marked) -> Marked:
    """Take out who says so, where that stands in the middle: "relations, he pointed out, have not been cut"."""
    for match in reversed(list(_ASIDE.finditer(marked.text))):
        marked = _put(marked, *match.span(), " ")
    return marked


def _with_neighbours(marked: Marked, pair: tuple[str, str] | None) -> Marked:
    """Put a mark in the place of "its neighbour" behind one of the two that the article is about: it is the other."""
    if pair is None:
        return marked
    for match in reversed(list(_NEIGHBOUR.finditer(marked.text))):
        before = [marked.sides[int(number)] for number in _MARK.findall(marked.text[: match.start()])]
        one = next((side for side in reversed(before) if side in pair), None)
        if one is None:
            continue
        other = pair[1] if one == pair[0] else pair[0]
        if other not in marked.sides:
            marked = replace(marked, sides=(*marked.sides, other))
        marked = _put(marked, *match.span(), f"‹{marked.sides.index(other)}›")
    return marked


def _with_nouns(marked: Marked, crossings: re.Pattern[str] | None) -> Marked:
    """Put in the nouns that are understood: "recalled its own" after an ambassador, "shut Gorna" of a crossing of that name."""
    for match in reversed(list(_ITS_OWN.finditer(marked.text))):
        nouns = _OWNED.findall(marked.text[: match.start()])
        if nouns:
            at = match.end("own")
            marked = _put(marked, at, at, f" {nouns[-1]}")
    for match in reversed(list(_THE_ONE.finditer(marked.text))):
        nouns = _OWNED.findall(marked.text[: match.start()])
        if nouns:
            marked = _put(marked, *match.span(), f"its {nouns[-1]}")
    for match in reversed(list(_BARE_OWNER.finditer(marked.text))):
        nouns = _OWNED.findall(marked.text[: match.start()])
        if nouns:
            marked = _put(marked, match.end(), match.end(), f" {nouns[-1]}")
    for match in reversed(list(crossings.finditer(marked.text))) if crossings is not None else ():
        if not _CROSSING_NOUN.match(marked.text, match.end()):
            marked = _put(marked, match.end(), match.end(), " crossing")
    return marked


def _with_owners(marked: Marked, pair: tuple[str, str] | None) -> Marked:
    """Say whose "the embassy in ‹0›" is: in an article about two states the other's."""
    for match in reversed(list(_ABROAD.finditer(marked.text))):
        host = marked.sides[int(match.group("host"))]
        if pair is None or host not in pair:
            continue
        owner = pair[1] if host == pair[0] else pair[0]
        sides = marked.sides if owner in marked.sides else (*marked.sides, owner)
        at, sign = match.start("noun"), f"‹{sides.index(owner)}›'s "
        marked = Marked(
            marked.text[:at] + sign + marked.text[at:],
            marked.start,
            (*marked.places[:at], *([marked.places[at]] * len(sign)), *marked.places[at:]),
            sides,
        )
    return marked
