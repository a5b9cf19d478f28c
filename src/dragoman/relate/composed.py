"""Composed states: a clause's noun and its predicate, read together whatever the wording between them.

A told entry of the codebook is one wording; here any noun of the lexicon goes with any predicate of which it knows the
outcome: done to it ("closed its border", "the border was closed", "had the border closed"), what it does by itself ("the border
reopened"), how it stands ("the border remains closed"), and what the perfect denies ("the ban has not been lifted").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.codebook.lexicon import Lexicon, Noun
from dragoman.codebook.relations import Told
from dragoman.relate.clause import clause_bounds
from dragoman.relate.marked import Marked, Words

_SMALL = (
    r"(?:in|on|at|with|for|by|to|from|of|and|or|that|which|who|whose|was|were|is|are|has|have|had|be|been|after|before|when|"
    r"while|as|but|not|nor|said|says|because|since|until|if|than)\b"
)
_WORD = rf"(?:‹\d+›(?:['’]s?)?|(?!{_SMALL})[\w’'-]+)"
_ASIDE = r"(?:\s+(?:on|in|since)\s+(?:[A-Z]\w+|\d+)(?:\s+\d+)?|\s+with\s+immediate\s+effect|\s+at\s+once)?"
_OBJECT = re.compile(rf"{_ASIDE}\s+(?:{_WORD}\s+){{0,5}}")
"""Between a verb and the head of its object."""
_ORDERED = re.compile(
    r"\b(?:ordered|orders|instructed|instructs|told|directed|obliged|required|(?:has|have|had)?\s*(?:also\s+)?decided|decides)\b"
    r"(?:\s+(?!that\b|not\b)(?:‹\d+›(?:['’]s?)?|[\w’'-]+)){0,6}?\s+to\s+$",
    re.IGNORECASE,
)
"""Before an infinitive: whoever may do so has it done."""
_AND_OBJECT = re.compile(rf"{_ASIDE}\s+(?:{_WORD}\s+){{1,5}}and\s+(?:{_WORD}\s+){{0,3}}")
"""The same where the head comes second: "closed its airspace and borders"."""
_FINITE = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|shall|should|must|said|says|be|being|been|remains?|stays?|"
    r"(?<!\w)did|does|do)\b"
)
_TAIL = (
    rf"(?:(?:\s+(?!{_FINITE}|that\b|which\b|who\b|and\s+(?:the|its|their)\b)(?:‹\d+›(?:['’]s?)?|[\w’'-]+)){{0,12}}?)"
)
_VERB_NEXT = r"(?=\s+(?:was|were|is|are|has|have|had|remains?|stays?|entered|expired|lapsed|took|came)\b)"
_CLAUSE = (
    rf"(?:,?\s+(?:that|which|whom|who)\s+[^,;:]{{3,70}}?(?:,(?=\s)|{_VERB_NEXT})|,\s[^,;:]{{2,60}},(?:\s+who\b)?)?"
)
_SUBJECT = rf"{_TAIL}{_CLAUSE}"
"""What may stand between a subject's head and its verb: phrases, one clause or apposition."""
_ADVERBS = (
    r"(?:\s+(?:\w+ly|also|now|then|still|again|since|soon|long|already|already\s+been|once\s+more|for\s+good|not|never|yet|all|all\s+but|"
    r"no\s+longer|at\s+last|both|therefore|however|meanwhile|wide|half|as\s+good\s+as|even|just|to\s+this\s+day))*"
)
_PASSIVE = re.compile(
    rf"{_SUBJECT}(?P<aux>\s+(?:has|have|had){_ADVERBS}\s+been|\s+(?:is|are|was|were){_ADVERBS}(?:\s+being)?|\s+(?:got|gets)){_ADVERBS}\s+"
)
_COPULA = re.compile(
    rf"{_SUBJECT}(?P<aux>\s+(?:has|have|had){_ADVERBS}\s+(?:been|remained|stayed|stood|lain)|\s+(?:is|are|was|were)|"
    rf"\s+(?:remain(?:s|ed)?|stay(?:s|ed)?|stands?|stood|lies|lay|sits?)){_ADVERBS}\s+"
)
_PERFECT = re.compile(rf"{_SUBJECT}(?P<aux>(?:\s+(?:has|have|had))?){_ADVERBS}\s+")
_LEFT = re.compile(r",?\s+(?:now\s+|still\s+)?")
"""Between a noun and the participle behind it: "kept the border closed"."""
_PARTICLE = re.compile(
    rf"(?:\s+(?:in|to|at)\s+(?:the\s+)?{_WORD})?(?:,\s[^,;:]{{2,60}},)?\s+(?:back\s+)?(?:home|back|out)\b(?!\s+to\s+(?:his|her|their)\s+post)"
)
"""Behind the object of a verb that wants it."""
_MADE = re.compile(rf"\b(?P<made>had|have|has|ordered|orders|wants?|declared)\s+(?:{_WORD}\s+){{0,4}}$", re.IGNORECASE)
_KEPT = re.compile(rf"\b(?:keeps?|kept|leaves?|left|holds?|held)\s+(?:{_WORD}\s+){{0,4}}$", re.IGNORECASE)
_PLACE = re.compile(
    rf"(?:\s+(?:in|at|to|with|on|near|between|of)\s+(?:the\s+)?(?:{_WORD})(?:\s+and\s+{_WORD})?){{0,2}}\s+"
)
_UNDER = re.compile(
    r"\b(?:of|on|over|about|for|to|in|with|at|across|by|from|near|along|through|into|against|beyond|toward|towards|behind)\s+(?:(?:the|its|their|an?|both|"
    r"all|this|that|his|her|‹\d+›(?:['’]s?)?|[\w-]+ed|new|common|shared)\s+){0,3}$",
    re.IGNORECASE,
)
"""Before a noun that is no head: "soldiers on the border"."""
_WHOLE_OF = re.compile(
    r"\b(?:all|most|part|parts|the\s+whole|stretches|sections?)\s+of\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_BE = re.compile(rf"\b(?:is|are|was|were|be|been|being|got)\b{_ADVERBS}\s+$", re.IGNORECASE)
_NEVER = re.compile(
    r"\b(?:has|have|had|['’]ve|['’]s)\s+(?:\w+ly\s+)?(?:not|never)\s+(?:\w+\s+)?(?:been\s+)?$|\bnever\s+(?:been\s+|once\s+)?$|"
    r"\bneither\s+(?:\w+\s+){0,4}(?:has\s+|have\s+|had\s+)?(?:ever\s+)?$|\b(?:has|have|had)n['’]t\s+(?:been\s+)?$|"
    r"\byet\s+to\s+be\s+$|\bno\s+longer\s+$|\b(?:is|are)\s+not\s+(?:yet\s+)?$",
    re.IGNORECASE,
)
"""Before a predicate: it did not come about so far."""
_NOT = re.compile(r"\b(?:not|never|neither|nor|nobody|none)\b|n['’]t\b", re.IGNORECASE)
_BESIDE = re.compile(rf",?\s+(?:that|which|who|whom)\s+[^,;:]{{3,70}}?{_VERB_NEXT}")
"""A clause about the noun, in which a denial denies something else."""
_OPEN = re.compile(
    r"\b(?:will|would|shall|should|could|might|may|must|can|cannot|if|unless|whether|(?:is|are|was|were|has|have|had|ought)\s+(?:yet\s+)?to|"
    r"to\s+be|about\s+to|ready\s+to|want(?:s|ed)?\s+to|plan\w*\s+to|threaten\w*\s+to|going\s+to|set\s+to|due\s+to|wants?\s+the)\b|['’](?:ll|d)\b",
    re.IGNORECASE,
)
"""In a reading: it is not so yet, or only may be."""
_LATER = re.compile(r"\b(?:next|later\s+(?:this|in|on)|soon|coming|by\s+(?:the\s+end|\d|[A-Z])|in\s+\d{4}|if|should)\b")
"""Beside what is ordered or decided: it is not so at once."""
_PRONOUN = re.compile(r"(?<=[:;,—–] )(?:it|they)\b|(?<=[,;] (?:and|but) )(?:it|they)\b", re.IGNORECASE)
_OWNER = re.compile(r"‹(?P<of>\d+)›(?:['’]s?)?\s+(?:(?!(?:and|or|in|with|to)\b)[\w-]+\s+){0,3}$")
_TOWARD = re.compile(
    r"(?:\s+(?:staff|building|goods|products))?\s+(?:on|against|with|to|from|in|of|at)\s+(?:the\s+)?(?:neighbouring\s+)?‹(?P<to>\d+)›"
)
_INNER = re.compile(r"\b(?:on|against|with|to|from|in|of|at)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}‹(?P<to>\d+)›(?!['’])")
_AGENT = re.compile(r"\s+by\s+(?:the\s+)?‹(?P<by>\d+)›")
_MARK = re.compile(r"‹(\d+)›")
_BEHIND_PREPOSITION = re.compile(
    r"\b(?:with|to|in|of|on|against|by|for|at|from|between|towards?|near|into|over)\s+(?:the\s+)?$", re.IGNORECASE
)
_ANEW = re.compile(r"\bre-?open|\bopen\w*\s+again|\bagain\b|\bresum|\brestor|\brestart|\bre-?establish", re.IGNORECASE)
"""Beside a beginning: it had been otherwise until then."""
_BOTH = re.compile(r"\b(?:both|each\s+other|neither|their|the\s+two|mutual(?:ly)?|either)\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?:ies|ns|rs|ys)\b")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One predicate of a noun: where both stand, whether they tell a change or how things are, and how the verb stands."""

    start: int
    end: int
    predicate: str
    form: str
    stands: bool
    at: tuple[int, int]
    distance: int


def composed_states(marked: Marked, lexicon: Lexicon) -> Iterator[tuple[Told, Words]]:
    """Yield what a sentence tells of a relation by its nouns and their predicates, in the order of the nouns."""
    text = marked.text
    end = 0
    for low, high, _, noun in sorted(_nouns(text, lexicon), key=lambda one: (one[0], -one[1], one[2])):
        if low < end:
            continue  # a part of the noun before: "trade" in "the ban on trade"
        end = high
        reading = _best(text, low, high, noun, lexicon)
        if reading is not None and (made := _told(text, (low, high), noun, reading, lexicon)) is not None:
            yield made


def _nouns(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, int, Noun]]:
    """The nouns in a sentence with their bounds and places in the lexicon, and the pronouns that take up the last before."""
    found = [
        (*match.span(), number, noun)
        for number, noun in enumerate(lexicon.nouns)
        for match in noun.words.finditer(text)
    ]
    yield from found
    for match in _PRONOUN.finditer(text):
        before = [one for one in found if one[1] <= match.start()]
        last = max(before, key=lambda one: (one[1], -one[0]), default=None)
        if last is not None and (match.group().lower() == "they") == (text[last[1] - 1] == "s"):
            yield *match.span(), last[2], last[3]


def _best(text: str, low: int, high: int, noun: Noun, lexicon: Lexicon) -> _Reading | None:
    """The predicate that stands nearest to a noun in one of its voices."""
    found = [
        reading
        for name in {**noun.outcome, **noun.part, **noun.otherwise}
        for form, pattern in lexicon.predicates[name].items()
        for match in pattern.finditer(text)
        if (reading := _bound(text, low, high, name, form, match.span())) is not None
    ]
    return min(found, key=lambda one: (one.distance, one.form == "went", one.predicate), default=None)


def _bound(text: str, low: int, high: int, name: str, form: str, at: tuple[int, int]) -> _Reading | None:
    """The reading of a noun from `low` to `high` with a predicate that stands at `at`, if one governs the other."""
    start, end = at
    if form == "split":
        return _split(text, low, high, name, at) if end <= low else None
    if end <= low:
        ordered = _ORDERED.search(text, 0, start) if form == "base" else None
        if ordered is not None and (_OBJECT.fullmatch(text, end, low) or _AND_OBJECT.fullmatch(text, end, low)):
            return _Reading(ordered.start(), high, name, form, False, at, low - end)
        if form in ("done", "doing") and (form == "doing") == bool(_BE.search(text, 0, start)):
            object_ = _OBJECT.fullmatch(text, end, low) or _AND_OBJECT.fullmatch(text, end, low)
            if object_ is not None:
                return _Reading(start, high, name, form, False, at, low - end)
        return None
    if start < high or (_UNDER.search(text, 0, low) and not _WHOLE_OF.search(text, 0, low)):
        return _left_so(text, low, high, name, form, at) if start >= high else None
    between = (high, start)
    if form in ("done", "stood"):
        kept = _left_so(text, low, high, name, form, at)
        if kept is not None:
            return kept
        bound = (_PASSIVE if form == "done" else _COPULA).fullmatch(text, *between)
        if bound is None:
            return None
        stands = form == "stood" and not re.match(r"\s+(?:was|were)\b", bound.group("aux"))
        return _Reading(low, end, name, form, stands, at, start - high)
    if _PERFECT.fullmatch(text, *between) is None or _BE.search(text, high, start):
        return None
    return _Reading(low, end, name, form, form == "goes", at, start - high)


def _split(text: str, low: int, high: int, name: str, at: tuple[int, int]) -> _Reading | None:
    """The reading of a verb whose particle stands behind its object: "called its ambassador, NAME, home"."""
    particle = _PARTICLE.match(text, high)
    if particle is None or not _OBJECT.fullmatch(text, at[1], low):
        return None
    return _Reading(at[0], particle.end(), name, "done", False, at, low - at[1])


def _left_so(text: str, low: int, high: int, name: str, form: str, at: tuple[int, int]) -> _Reading | None:
    """The reading of "had the border closed", "keeps the border closed"."""
    if form not in ("done", "stood") or (
        _PLACE.fullmatch(text, high, at[0]) is None and _LEFT.fullmatch(text, high, at[0]) is None
    ):
        return None
    kept = _KEPT.search(text, 0, low)
    made = kept or _MADE.search(text, 0, low)
    if made is None:
        return None
    return _Reading(made.start(), at[1], name, form, kept is not None, at, at[0] - high)


def _told(
    text: str, place: tuple[int, int], noun: Noun, reading: _Reading, lexicon: Lexicon
) -> tuple[Told, Words] | None:
    low, high = clause_bounds(text, reading.start, reading.end)
    clause = text[low:high]
    if noun.unless is not None and noun.unless.search(clause):
        return None
    inside = text[low : reading.end]
    if _OPEN.search(inside) or (reading.form == "base" and _LATER.search(clause)):
        return None
    in_part = bool(noun.part) and lexicon.part.search(clause) is not None and lexicon.whole.search(clause) is None
    never = _NEVER.search(text, 0, reading.at[0]) is not None
    stands = reading.stands
    if never and _BESIDE.search(inside) is None:
        value, stands = noun.otherwise.get(reading.predicate), True
    elif _NOT.search(_BESIDE.sub("", inside)):
        return None
    elif in_part:
        value = noun.part.get(reading.predicate, noun.outcome.get(reading.predicate))
    else:
        value = noun.outcome.get(reading.predicate)
    if value is None:
        return None
    of, to = _sides(text, place, noun, reading)
    if noun.aimed and of is None and to is None:
        return None  # whose, and against whom?
    told = Told(
        name=f"{noun.name}: {reading.predicate} ({reading.form})",
        dimension=noun.dimension,
        value=value,
        words=(),
        implies=noun.implies,
        stands=stands,
        both=_is_both(text, place, noun, of, low),
        scope=noun.scope,
        around=noun.around,
        decides=reading.form == "base",
        exact=in_part,
        before=noun.otherwise.get(reading.predicate) if not stands and not in_part and _ANEW.search(clause) else None,
    )
    return told, Words(reading.start, reading.end, text[reading.start : reading.end], of, to)


def _is_both(text: str, place: tuple[int, int], noun: Noun, of: str | None, low: int) -> bool:
    """Say whether both sides are in the state: "both embassies", "embassies and consulates of both"."""
    if noun.mutual:
        return of is None
    if not noun.owned:
        return False
    about = text[low : place[1] + len(" of both")]
    return of is None and (_BOTH.search(about) is not None or _PLURAL.search(text, *place) is not None)


def _sides(text: str, place: tuple[int, int], noun: Noun, reading: _Reading) -> tuple[str | None, str | None]:
    """The numbers of the marks of whoever is in the state and toward whom, as far as the words say."""
    low, high = place
    owner = _OWNER.search(text, 0, low)
    toward = _INNER.search(text, low, high) or _TOWARD.match(text, high)
    actor = None
    if reading.at[1] <= low or reading.start < low:
        clause, _ = clause_bounds(text, reading.start, reading.end)
        before = [
            match.group(1)
            for match in _MARK.finditer(text, clause, reading.at[0])
            if not _BEHIND_PREPOSITION.search(text, 0, match.start())
        ]
        actor = before[-1] if before else None
    elif (agent := _AGENT.match(text, reading.end)) is not None:
        actor = agent.group("by")
    of = owner.group("of") if owner is not None else None
    to = toward.group("to") if toward is not None else None
    if reading.predicate in noun.turned:
        return of, actor if actor != of else None
    of = of or actor
    return of, to if to != of else None
