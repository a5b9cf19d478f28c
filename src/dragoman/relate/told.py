"""Told states: what sentences say of a relation by themselves, whether or not the reader coded an event there.

A sentence is matched with the names of states and bodies in it replaced by numbered marks, so that a pattern can say whose
ambassador went where. What it tells is dated by the time expression nearest to the words, else by the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.codebook import Codebook
from dragoman.codebook.relations import RelationRules, Told
from dragoman.record import Document, Span, When
from dragoman.relate.change import Change, implied, in_title, ordered_sides, wares_in
from dragoman.relate.clause import clause_bounds
from dragoman.relate.composed import composed_states
from dragoman.relate.marked import Marked, Words, crossing_names, find_places, main_pair, mark, sentences
from dragoman.relate.sides import Sides
from dragoman.relate.times import is_dated, named_precision

_DOUBT = re.compile(
    r"\b(?:if|would|could|(?-i:may)|might|will|should|shall|must|whether|unless|threaten\w*|plans?|planned|considers?|"
    r"considering|demand\w*|urge\w*|calls?\s+(?:for|on)|called\s+for|possib\w+|expected|due\s+to|about\s+to|promis\w+|hop(?:e|es|ed|ing)|"
    r"want(?:s|ed|ing)?|wish\w*|propos\w+|offer(?:s|ed|ing)?|ready\s+to|vow\w*|pledg\w+|intend\w*|seek\w*|prepar\w+\s+to|perhaps|maybe|"
    r"(?:is|are|was|were|has|have|had)\s+(?:yet\s+)?to\b|agree\w*\b.{0,60}\bto\b|decid\w+\b.{0,30}\bto\b|instead\s+of|rather\s+than|"
    r"talk\s+of|warn\w*|idea\s+of|in\s+case|question\s+of|ask(?:s|ed|ing)?\s+(?:\S+\s+){1,3}to\b|fear\w*|consult\w*\s+on)\b|[’']ll\b",
    re.IGNORECASE,
)
"""Words before what is told that leave it open; "will" and the like are checked in what is told itself as well."""
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|denie[sd]|deny|denying|refus\w+|without|false|untrue|ruled?\s+out|stopp?(?:ed|ing)?\s+short|"
    r"refrain\w*|fail(?:s|ed|ing)?\s+to|avoid\w*|hardly|far\s+from|put\s+off|postpon\w+|delay\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_RUMOUR = re.compile(
    r"\brumou?r(?:s|ed)?\b|\b(?:was|were|has\s+been|have\s+been)\s+denied\b|\bunconfirmed\b|"
    r"\b(?:reports?|stor(?:y|ies)|claims?|suggestions?)\b.{0,160}\b(?:untrue|false|wrong|nonsense|mistaken|unfounded|baseless|invented|premature)\b",
    re.IGNORECASE,
)
"""A sentence about a report that is doubted or denied, wherever in it that is said."""
_LEFT_OPEN = re.compile(
    r"\b(?:is|are|was|were|be)\s+(?:\w+\s+)?(?:considered|discussed|debated|weighed|possible|impossible|likely|unlikely|planned|expected|"
    r"feared|ruled\s+out|excluded|threatened|demanded|proposed|prepared|imminent|ahead|called\s+for)\b|\bunder\s+(?:consideration|discussion)\b|"
    r"\bon\s+the\s+table\b|\bout\s+of\s+the\s+question\b|\b(?:would|could|might|will)\s+(?:\w+\s+)?(?:be|mean|come|follow|bring|cost|cause)\b",
    re.IGNORECASE,
)
"""What is said behind a noun for an act ("the severance of relations is being discussed") that leaves it open."""
_PLUPERFECT = re.compile(r"\bhad\s+(?:\w+\s+)?\w+(?:ed|en|t|d|ne|wn|ut)\b|\bsince\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|they|he|she)\b", re.IGNORECASE)
_THEIR = re.compile(r"\btheir\b", re.IGNORECASE)
_AND_SIDE = re.compile(r"‹\d+›\s+and\s+$")
_MARK = re.compile(r"‹(\d+)›")
_IN_KIND = re.compile(
    r"‹(?P<side>\d+)›\s+(?:\w+\s+){0,3}?(?:did\s+(?:the\s+same|likewise|so\s+too)|followed\s+suit|(?:answered|responded|replied|retaliated|"
    r"paid\s+(?:\S+\s+)?back)\s+in\s+kind|reciprocated|took\s+the\s+same\s+step)\b"
    r"|\band\s+‹(?P<other>\d+)›\s+(?:has\s+|had\s+|have\s+)?(?:one|its\s+own(?:\s+\w+)?|its)\s+(?:in|to|from)\s+‹\d+›"
)
"""A side that does to the other what the other did."""
_TURN = re.compile(r";|\b(?:but|while|whereas|although|though|yet)\b", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:with|to|from|against)\s+(?:the\s+|its\s+\w+\s+)?‹(\d+)›(?!['’])")
_RELATIVE = re.compile(r"(?:which|who)\b", re.IGNORECASE)
_AND = re.compile(r"\band\b")
_NOT_YET = re.compile(r"\b(?:before|until|till)\b", re.IGNORECASE)
_EVER = re.compile(
    r"\b(?:has|have|had)\s+(?:\w+\s+){0,2}(?:been|had|stood|remained|stayed|lain)\b|\bnever\b|\bsince\b|\bfor\s+(?:\w+\s+){0,2}(?:years|decades|months)\b",
    re.IGNORECASE,
)
"""Words that say of a state that it has lasted."""
_LOOKING_BACK = re.compile(
    r"\b(?:remember\w*|recall(?:s|ing)\s+(?:how|when|the)|(?:years?|months?|weeks?|days?|decades?)\s+after|on\s+which|in\s+those\s+days|back\s+then)\b",
    re.IGNORECASE,
)
"""Words that put what they govern into an unnamed past."""
_AT_ONCE = re.compile(
    r"\b(?:at\s+once|immediately|thereupon|in\s+(?:response|reply|answer|return|retaliation)|the\s+same\s+(?:day|evening|night)|answered|"
    r"responded|retaliated|hours\s+later)\b(?!\s+after)",
    re.IGNORECASE,
)
"""Words by which a sentence without a day goes on where the one before it stood."""
_FROM = re.compile(r"\b(?:from|as\s+of|starting|effective|beginning)\b", re.IGNORECASE)
"""Words that begin a time from which something is so."""
_INTO_SENTENCE = 60
"""Code points between the words and a time expression outside their clause that may still date them."""
_AROUND = 400
"""Code points before a sentence in which the words may stand that a rule wants around it."""


def told_changes(
    documents: Iterable[Document], sides: Sides, codebook: Codebook, actor_of: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the changes that the sentences of the documents tell; `actor_of` leads from an article's actors to the joined."""
    rules = codebook.relations
    for document in documents:
        article = document.article
        places = find_places(document, codebook, sides, actor_of)
        pair = main_pair(places, article)
        crossings = crossing_names(article)
        before: str | None = None
        last: list[tuple[Told, tuple[str, str], str]] = []
        for start, end in sentences(article):
            marked = mark(article, start, end, places, pair, crossings)
            subject, before = before, marked.sides[0] if marked.sides else before
            if "?" in marked.text[-3:]:
                continue
            found: list[tuple[Told, tuple[str, str], str]] = []
            for told, match, parties in _tellings(document, marked, rules, pair, subject):
                scope = _scope(told, match, document, marked, rules)
                found.append((told, parties, scope))
                both = told.both or _of_two(match, marked)
                for of, toward in (parties, parties[::-1]) if both else (parties,):
                    change = _change(told, match, document, marked, (start, end), of, toward, scope, rules)
                    yield ordered_sides(change, rules)
                    yield from implied(change, told.implies, rules)
            for told, match, parties, scope in _answers_in_kind(marked, (*last, *found), rules):
                change = _change(told, match, document, marked, (start, end), *parties, scope, rules)
                yield ordered_sides(change, rules)
                yield from implied(change, told.implies, rules)
            last = found


def _of_two(match: Words, marked: Marked) -> bool:
    """Say whether two sides together do what the words say of one: "‹0› and ‹1› recalled their ambassadors"."""
    return _THEIR.search(match.text) is not None and _AND_SIDE.search(marked.text, 0, match.start) is not None


def _answers_in_kind(
    marked: Marked, told_before: Sequence[tuple[Told, tuple[str, str], str]], rules: RelationRules
) -> Iterator[tuple[Told, Words, tuple[str, str], str]]:
    """What "‹1› did the same" tells: of what the sentence or the one before told of the other side, the same turned round."""
    for match in _IN_KIND.finditer(marked.text):
        side = marked.sides[int(match.group("side") or match.group("other"))]
        low, _ = clause_bounds(marked.text, *match.span())
        if _DOUBT.search(marked.text, low, match.end()) or _DENIAL.search(marked.text, low, match.end()):
            continue
        for told, (of, toward), scope in told_before:
            same = match.group("other") is not None or not told.stands
            if rules.dimensions[told.dimension].directed and not told.both and same and side in (of, toward):
                yield told, Words(*match.span(), match.group()), (toward, of), scope


def _tellings(
    document: Document, marked: Marked, rules: RelationRules, pair: tuple[str, str] | None, before: str | None
) -> Iterator[tuple[Told, Words, tuple[str, str]]]:
    """The rules that a sentence fits, each place of it once for each dimension and pair of sides, earlier rules first."""
    taken: list[tuple[str, tuple[str, str], bool, int, int]] = []
    composed = [
        one
        for one in (() if in_title(document.article, marked.start) else composed_states(marked, rules.lexicon))
        if _holds_here(*one, document, marked)
    ]
    in_part = [one for one in composed if one[0].exact]
    for told, match in (*in_part, *_worded(document, marked, rules)):
        if (parties := _parties(match, marked, pair, before)) is None:
            continue
        low, high = match.span
        certain = bool(match.of and match.to) and told.dimension not in rules.undirected
        if not any(
            dimension == told.dimension and a < high and low < b and _same_parties(other, parties, certain and sure)
            for dimension, other, sure, a, b in taken
        ):
            taken.append((told.dimension, parties, certain, low, high))
            yield told, match, parties
    for told, match in composed:
        low, high = clause_bounds(marked.text, *match.span)
        if any(dimension == told.dimension and a < high and low < b for dimension, _, _, a, b in taken):
            continue  # a wording says it more exactly
        if (parties := _parties(match, marked, pair, before)) is not None:
            yield told, match, parties


def _worded(document: Document, marked: Marked, rules: RelationRules) -> Iterator[tuple[Told, Words]]:
    """The wordings of the codebook that a sentence has and asserts, earlier entries first."""
    near = {
        name for name, one in rules.dimensions.items() if one.near is None or one.near.search(marked.text) is not None
    }
    for told in rules.told:
        if told.dimension not in near:
            continue
        if told.unless is not None and told.unless.search(marked.text):
            continue
        for words in told.words:
            for match in _places_of(words, marked.text):
                if _holds_here(told, match, document, marked):
                    yield told, match


def _holds_here(told: Told, match: Words, document: Document, marked: Marked) -> bool:
    """Say whether the article asserts what the words tell, and no person or reader found otherwise."""
    return (
        _asserted(told, marked.text, match)
        and _around(told, document, marked)
        and (told.stands or told.decides or not _coded_unreal(document, marked, match))
        and not _is_struck(document, marked, match)
    )


def _same_parties(one: tuple[str, str], other: tuple[str, str], directed: bool) -> bool:
    """Say whether two readings are of the same two sides; where both name who is which, in the same direction."""
    return one == other if directed else set(one) == set(other)


def _places_of(words: re.Pattern[str], text: str) -> Iterator[Words]:
    """Where a pattern fits, from the left; of those that end at one place the first, whose side is the sentence's subject."""
    at = 0
    ends: dict[int, re.Match[str]] = {}
    while at <= len(text):
        match = words.search(text, at)
        if match is None:
            break
        ends.setdefault(match.end(), match)
        at = match.start() + 1
    for match in sorted(ends.values(), key=lambda match: match.start()):
        yield Words(*match.span(), match.group(), _side(match, "of"), _side(match, "to"))


def _around(told: Told, document: Document, marked: Marked) -> bool:
    if told.around is None:
        return True
    end = marked.places[-1] + 1
    return told.around.search(document.article.text, max(0, marked.start - _AROUND), end) is not None


def _asserted(told: Told, text: str, match: Words) -> bool:
    """Say whether the words are asserted: not hedged, foretold or (unless they are a denial themselves) denied."""
    low, high = clause_bounds(text, *match.span)
    before, inside = text[low : match.start], match.text
    if not told.stands and (_RUMOUR.search(text) or _LEFT_OPEN.search(_AND.split(text[match.end : high])[0])):
        return False
    if _DOUBT.search(before) or (not (told.stands or told.decides) and _DOUBT.search(inside)):
        return False
    if _NOT_YET.search(before) and not any(character.isdigit() for character in text):
        return False
    return told.stands or not (_DENIAL.search(before) or _DENIAL.search(inside))


def _coded_unreal(document: Document, marked: Marked, match: Words) -> bool:
    """Say whether the reader found that what the words tell is still to come, only possible, or did not happen."""
    unreal = (event.trigger for event in document.events or () if event.factuality != "happened")
    return _touches_any(marked, match, unreal)


def _is_struck(document: Document, marked: Marked, match: Words) -> bool:
    """Say whether a person judged the event of these words: its state follows from the event as corrected, or not at all."""
    return _touches_any(marked, match, document.struck)


def _touches_any(marked: Marked, match: Words, spans: Iterable[Span]) -> bool:
    """Say whether the words that a pattern fits share a character with one of the article's spans."""
    start, end = marked.origin(match.start), marked.origin(match.end - 1) + 1
    return any(span.start < end and start < span.end for span in spans)


def _side(match: re.Match[str], which: str) -> str | None:
    """The number of the side that a pattern names as `of` or `to`, in whichever of its alternatives it does."""
    return next((number for name, number in match.groupdict().items() if name.startswith(which) and number), None)


def _parties(match: Words, marked: Marked, pair: tuple[str, str] | None, before: str | None) -> tuple[str, str] | None:
    """The two sides, from the groups, else from the clause, the sentence and the pair the article is about.

    `before` is the side that the sentences before named first, and which a pronoun at the head of the words takes up.
    """
    named_of, named_to = match.of, match.to
    if pair is not None and before in pair and _PRONOUN.match(match.text) and named_of is None:
        return (before, pair[1] if before == pair[0] else pair[0])
    of = marked.sides[int(named_of)] if named_of is not None else None
    toward = marked.sides[int(named_to)] if named_to is not None else None
    if of is not None and of == toward:
        return None
    low, high = clause_bounds(marked.text, *match.span)
    inside = list(dict.fromkeys(marked.sides[int(m)] for m in _MARK.findall(match.text)))
    if of is None and toward is None and len(inside) == 2:
        return (inside[0], inside[1])  # "‹0› and ‹1› signed": the words name both themselves
    if of is None and toward is None and (behind := _WITH.match(marked.text, match.end)) is not None:
        # "‹0› and ‹1› watched as ‹0› closed its border with ‹2›"
        other = marked.sides[int(behind.group(1))]
        ahead = [
            side for number in _MARK.findall(marked.text[low : match.start]) if (side := marked.sides[int(number)])
        ]
        if ahead and ahead[-1] != other:
            return (ahead[-1], other)
    near = [marked.sides[int(m)] for m in _MARK.findall(marked.text[low:high])]
    if _RELATIVE.match(marked.text, low) and (earlier := _MARK.findall(marked.text[:low])):
        near.insert(0, marked.sides[int(earlier[-1])])  # "‹0›, which shut its border with ‹1›"
    candidates = list(dict.fromkeys((*near, *marked.sides, *(pair or ()))))
    if (
        of is None
        and toward is None
        and pair is not None
        and (set(near) <= set(pair) or _is_of_a_place(marked.text[low:high]))
    ):
        return pair if not near or near[0] != pair[1] else pair[::-1]
    if of is None:
        if pair is not None and toward in pair:
            of = pair[1] if toward == pair[0] else pair[0]
        else:
            of = next((side for side in candidates if side != toward), None)
    if toward is None:
        if pair is not None and of in pair and (len(set(near) - {of}) != 1):
            toward = pair[1] if of == pair[0] else pair[0]
        else:
            toward = next((side for side in candidates if side != of), None)
    return (of, toward) if of is not None and toward is not None and of != toward else None


def _is_of_a_place(clause: str) -> bool:
    """Say whether the only side in a clause is where something is from: "the accord of ‹New York› entered into force"."""
    return clause.count("‹") == 1 and re.search(r"\b(?:of|at|in)\s+‹", clause) is not None


def _scope(told: Told, match: Words, document: Document, marked: Marked, rules: RelationRules) -> str:
    """What the state is about: named in the clause, else what the article named last before it."""
    if told.scope is None:
        return ""
    pattern = rules.scopes[told.scope]
    low, high = clause_bounds(marked.text, *match.span)
    inside = document.article.text[marked.origin(low) : marked.origin(high - 1) + 1]
    found = pattern.search(inside)
    if found is None:
        earlier = list(pattern.finditer(document.article.text, 0, marked.start))
        found = earlier[-1] if earlier else None
    return " ".join(found.group().lower().split()) if found is not None else ""


def _change(
    told: Told,
    match: Words,
    document: Document,
    marked: Marked,
    bounds: tuple[int, int],
    of: str,
    toward: str,
    scope: str,
    rules: RelationRules,
) -> Change:
    article = document.article
    when = _when(document, marked, match, bounds)
    ahead = (
        when is not None and article.published is not None and when.start is not None and when.start > article.published
    )
    if ahead and told.decides and _FROM.search(_clause(marked.text, match)) is not None:
        ahead = False  # what is decided holds from the day that the words name
    if ahead:
        when = None  # a day that lies ahead can't be the one on which it happened
    past = ahead or (
        when is None
        and (
            told.stands
            or article.published is None
            or _PLUPERFECT.search(marked.text) is not None
            or _LOOKING_BACK.search(marked.text, 0, match.end) is not None
        )
    )
    since = (when.start or when.end) if when is not None else None if past else article.published
    latest = when.end if when is not None else article.published
    precision = named_precision(when) if when is not None else None if article.published is None else "before"
    if when is None and told.stands and (told.always or _EVER.search(_clause(marked.text, match)) is not None):
        precision = None  # it has been so for longer than the article says
    if told.weak:
        since, latest, precision = since or article.published, latest or article.published, "before"
    return Change(
        dimension=told.dimension,
        of=of,
        toward=toward,
        scope=scope,
        value=told.value,
        since=since,
        latest=latest or since,
        precision=precision,
        reported=article.published,
        cause=(),
        evidence=(article.span(*bounds),),
        articles=frozenset({article.id}),
        note=scope or None,
        before=told.before,
        asserted=told.stands,
        agrees=told.agrees,
        past=since is None,
        weak=told.weak,
        exact=told.exact,
        wares=wares_in(told.dimension, _clause(marked.text, match), rules),
        named=bool(match.of or match.to),
    )


def _clause(text: str, match: Words) -> str:
    low, high = clause_bounds(text, *match.span)
    return text[low:high]


def _when(document: Document, marked: Marked, match: Words, bounds: tuple[int, int]) -> When | None:
    """The time expression in the clause in which the words end, else the nearest of the sentence within reach."""
    article = document.article
    start, end = marked.origin(match.start), marked.origin(match.end - 1) + 1
    low, high = (marked.origin(at) for at in clause_bounds(marked.text, match.end - 1, match.end))
    phrases = [
        phrase
        for phrase in document.dates or ()
        if phrase.when is not None and is_dated(phrase.when)
        if bounds[0] <= phrase.span.start and phrase.span.end <= bounds[1]
    ]

    def distance(phrase_start: int, phrase_end: int) -> int:
        joined = phrase_end <= start and _AND.search(article.text, phrase_end, start) is not None
        return max(0, phrase_start - end, start - phrase_end) + (_INTO_SENTENCE if joined else 0)

    inside = [p for p in phrases if low <= p.span.start and p.span.end <= high]
    near = inside or [
        p
        for p in phrases
        if distance(p.span.start, p.span.end) <= _INTO_SENTENCE
        # what stands behind a "but" is of another time
        and _TURN.search(article.text, min(end, p.span.end), max(start, p.span.start)) is None
    ]
    best = min(near, key=lambda p: (distance(p.span.start, p.span.end), p.span.start), default=None)
    if best is None and _AT_ONCE.search(article.text, *bounds) is not None:
        opening = article.text.rfind("\n", 0, max(0, bounds[0] - 2)) + 1
        before = [
            phrase
            for phrase in document.dates or ()
            if phrase.when is not None and phrase.when.precision in ("day", "week", "month")
            if opening <= phrase.span.start < bounds[0]
        ]
        return before[-1].when if before else None
    return best.when if best is not None else None
