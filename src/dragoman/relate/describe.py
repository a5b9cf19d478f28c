"""Describe: an event or a statement in a short line of the article's own words.

Nothing is added to the words but names in square brackets where a pronoun stands; what is left out is marked or is an
editor's note, a time that the line gives beside it, or a reporting tail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from dragoman.record import Article, Event, Span, Statement
from dragoman.relate.clause import clause_span, is_dependent
from dragoman.relate.sides import Sides
from dragoman.relate.wording import list_words, possess, sentence, shorten

EVENT_LIMIT = 190
"""Code points of an event's line: two lines of a terminal."""
SENTENCE_LIMIT = 260
"""Code points of a line that is a whole sentence, since its own words for the event have no verb."""
QUOTE_LIMIT = 230

_OPENING = re.compile(
    r"^(?:why|how)\s+(?=(?-i:[A-ZÀ-Þ]))|^(?:and|but|yet|or|so|that|as|because|while|although|though|when|after|before|until)\s+|^(?:In\s+response|Recently|Earlier|Meanwhile|Also|Later|Then|Now|Officially|However|"
    r"Moreover|Besides|In\s+addition|At\s+the\s+same\s+time)\b,?\s+"
    r"|^(?:On|In|By|Since|Last|This)\s+(?:\w+day|the\s+\w+\s+of\s+\w+|\d{1,2}\s+\w+|(?-i:[A-Z])[a-z]+\s+\d{1,2}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|\d{4}|week|month|year)(?:,?\s+\d{4})?(?:,\s+|\s+(?-i:(?=[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"^(?:(?:about|some|nearly|almost|barely|just|only|more\s+than|less\s+than)\s+)?"
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|\d+|(?:a\s+)?few)\s+"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?)\s+"
    r"(?:(?:after|before|since)\s+|(?:ago|later|earlier)\b,?\s+(?:on\s+\w+\s+\d{1,2},\s+)?)"
    r"|^(?:the|that)\s+(?:same\s+)?(?:day|night|morning|evening|week|month|year)\s+(?:(?:on|in|at)\s+which|when|after|before)\s+"
    r"|^(?:on|in|at|by|during|after|under|with|to|from)\s+which\s+",
    re.IGNORECASE,
)
"""How far from another act an act lies, or how its clause hangs on one before: the line gives the time beside it."""
_OWN = re.compile(
    r"^(?:his|her|its|their)\b(?=\s+(?:own\s+)?(?:government|army|navy|forces?|troops|police|ministry|parliament|president|king|"
    r"ministers?|country|officials|diplomats|envoys?|ambassadors?|leaders?|side)\b)",
    re.IGNORECASE,
)
_EACH = re.compile(r"^each\b(?=\s+\w+(?:ed|s|ave|ent|ook|ade|et|old|aid)\b)", re.IGNORECASE)
_PARTICIPLE = re.compile(r"^(?:having|being|\w{3,}ing)\b(?=\s)")
_PRONOUN = re.compile(r"^(?:he|she|it|they|which|who)\b(?=\s)", re.IGNORECASE)
_GLOSSED = re.compile(r"^(?:he|she|it|they)\s+(?=\[)", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\b((?:then\s+)?(?:respond|retaliat|react|repli|answer)ed|(?:hit|struck)\s+back)\s+(?:[^.;:]*\s)?by\s+$",
    re.IGNORECASE,
)
"""The verb behind which a participle says how: "responded by expelling three"."""
_SUFFERED = re.compile(
    r"(?:(?:which|who)\s+)?(?:(?:was|were)|(?:had|has|have)\s+been)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ut|nt|ught|de|ld|un)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:is|are|was|were|been|be|being)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do)\b|n['’]t\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?:[^aeiou]ed|[aeiou]ed|ook|old|ave|ent|aught|ought|ept|elt|oke|ose|ove|ang|ung|ank|unk|egan|ew)\b|\b(?:said|paid|laid|made|cut|hit|put|"
    r"shut|let|set|met|led|fled|held|fell|left|lost|won|ran|read|broke|came|became|began|gave|took|went|saw|shot|sat|stood|struck|built|bore|"
    r"rose|swore|wore|tore|drew|grew|knew|threw|flew|told|sold|found|bound|got|kept|slept|dealt|meant|sent|spent|lent|bent|bought|brought|"
    r"fought|sought|thought|taught|caught|spoke|chose|froze|drove|rode|wrote)$",
)
_WORDS = re.compile(r"[\w-]+")
_NOUNS = re.compile(
    r"(?:talks|visits|sanctions|protests|clashes|attacks|strikes|threats|ties|relations|charges|claims|demands|arrests|trials|raids|"
    r"consultations|negotiations|meetings|ceasefires|bombings|killings|expulsions|restrictions|measures|calls|tariffs|curbs|"
    r"hostilities|exercises|patrols|deals|steps|plans|moves|trips|bans)",
    re.IGNORECASE,
)
"""Nouns for acts that look like a verb's present form."""
_LEANING = re.compile(r"(?:whom|whose|where|when|that)\b", re.IGNORECASE)
_VERBAL = re.compile(r"(?:ed|s|ave|ent|ook|ade|et|old|aid|ut|ew|oke|an)$")
_LABEL = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’ ]{4,}[.:]\s+")
_STOP = re.compile(r"[.!?][\"”’»)]*\s+(?=[\"“«(]?[A-ZÀ-ÞЀ-Я])")
_TELLING = frozenset(
    [
        "say",
        "says",
        "said",
        "saying",
        "add",
        "adds",
        "added",
        "adding",
        "tell",
        "tells",
        "told",
        "note",
        "notes",
        "noted",
        "noting",
        "claim",
        "claims",
        "claimed",
        "think",
        "thinks",
        "thought",
        "believe",
        "believes",
        "believed",
        "explain",
        "explains",
        "explained",
        "write",
        "writes",
        "wrote",
        "report",
        "reports",
        "reported",
        "insist",
        "insists",
        "insisted",
        "stress",
        "stresses",
        "stressed",
        "declare",
        "declares",
        "declared",
        "announce",
        "announces",
        "announced",
        "mean",
        "means",
    ]
)
_DOUBTING = frozenset(
    stem + ending for stem in ("doubt", "question", "ridicul", "disput") for ending in ("", "e", "s", "es", "ed", "ing")
)
"""Verbs that take their content back, as those of denial do."""
_WISHING = frozenset(
    stem + ending
    for stem in ("demand", "insist", "ask", "request", "requir", "suggest", "propos", "recommend", "advis", "urg")
    for ending in ("", "e", "s", "es", "ed", "ing")
)
"""Verbs whose "that" clause is a wish."""
_NEAR = re.compile(r"[^.;:!?\"“”]{0,40}")
_QUOTES = '"“”«»„'


def describe_event(
    event: Event,
    articles: Mapping[str, Article],
    sides: Sides,
    named: Callable[[Span], Mapping[int, str]] | None = None,
) -> str:
    """Return the event in the article's own words: its clause, and who does it where the clause leaves that out.

    `named` gives, for a span, the names to set in brackets behind its pronouns, by where each pronoun ends.
    """
    telling = _telling(event)
    text = _GLOSSED.sub("", _opened(_clean(telling, articles, named(telling) if named else None)))
    if not _has_verb(text, event) and (whole := _sentence_of(event, articles)) is not None:
        return _line(whole)
    answered = _ANSWERED.search(articles[telling.article].text, max(0, telling.start - EVENT_LIMIT), telling.start)
    unnamed = [actor for actor in event.actors if not _is_named(text, actor, sides)]
    shown = unnamed or event.actors[:1]
    actors = list_words([sides.name(actor) for actor in shown])
    several = len(shown) > 1 or any(_is_plural(actor, sides) for actor in shown)
    if _SUFFERED.match(text):
        # who is behind a relative pronoun of a passive is whom it befell
        befell = list_words([sides.name(actor) for actor in event.recipients])
        whole = _sentence_of(event, articles)
        if befell and (pronoun := _PRONOUN.match(text)) is not None:
            text = f"[{befell}]{text[pronoun.end() :]}"
        elif not befell and whole is not None:
            return _line(whole)
    if _PRONOUN.match(text) and actors:
        text = _PRONOUN.sub(f"[{actors}]", text, count=1)
    elif _OWN.match(text) and actors:
        owner = sides.name(next((side for side in map(sides.side, event.actors) if side is not None), event.actors[0]))
        text = _OWN.sub(f"[{possess(owner)}]", text, count=1)
    elif _EACH.match(text) and len(event.actors) > 1:
        text = _EACH.sub(f"[{actors}] each", text, count=1)
    elif unnamed and answered is not None and _PARTICIPLE.match(text[:1].lower() + text[1:]):
        text = f"[{actors}] {answered.group(1).lower()} by {text[:1].lower()}{text[1:]}"
    elif unnamed and (turn := _PARTICIPLE.match(text[:1].lower() + text[1:])) is not None and turn.end() < len(text):
        text = _was_doing(f"{text[:1].lower()}{text[1:]}", actors, several=several)
    elif unnamed and event.clause is not None and event.trigger.start == event.clause.start:
        text = f"[{actors}] {text}" if _VERBAL.search(event.trigger.text.split()[0]) else f"{sentence(text)} [{actors}]"
    elif _PASSIVE.match(text) and event.recipients:
        text = f"[{list_words([sides.name(actor) for actor in event.recipients])}] {text}"
    return _line(text)


def describe_report(
    span: Span, articles: Mapping[str, Article], named: Callable[[Span], Mapping[int, str]] | None = None
) -> str:
    """Return a sentence that tells a state as a line: without what opens it, its pronouns named, cut where it is long."""
    text = _GLOSSED.sub("", _opened(_clean(span, articles, named(span) if named else None)))
    return _line(text)


def _line(text: str) -> str:
    """A clause or sentence as a line: without what hangs at its ends, balanced, cut where it is long."""
    return sentence(shorten(_balanced(text.strip(" ,;:")).rstrip("."), SENTENCE_LIMIT))


def _opened(text: str) -> str:
    """The text without what opens it and says only when, or ties it to what stood before."""
    before = None
    while before != text:
        before, text = text, _DISTANCE.sub("", _OPENING.sub("", text))
    return text


def _was_doing(text: str, actors: str, *, several: bool) -> str:
    """A participle's words as a clause: "[Kenya was] meeting its neighbour", "[Kenya had] closed the border"."""
    if text.startswith("having "):
        return f"[{actors} had] {text.removeprefix('having ')}"
    if text.startswith("being "):
        return f"[{actors} {'were' if several else 'was'}] {text.removeprefix('being ')}"
    return f"[{actors} {'were' if several else 'was'}] {text}"


def _has_verb(text: str, event: Event) -> bool:
    """Say whether words are a clause: they hold a finite verb, as far as its form tells, or a participle that becomes one."""
    if _FINITE.search(text) or _PARTICIPLE.match(text[:1].lower() + text[1:]):
        return True
    first = event.trigger.text.split()[0]
    if any(_PAST.search(word) for word in _WORDS.findall(text)):
        return True
    # "Kenya shelters refugees": a present form behind whoever does it, or one to which the doer is put
    stands = re.search(rf"(?<![’'\]]s)\s{re.escape(first)}\b", text)
    if stands is not None and first.endswith("s") and not _NOUNS.fullmatch(first):
        return True
    alone = event.clause is not None and event.trigger.start == event.clause.start
    return alone and first.endswith("s") and not _NOUNS.fullmatch(first)


def _sentence_of(event: Event, articles: Mapping[str, Article]) -> str | None:
    """The whole sentence of an event, where it is short enough for a line and says more than the bare noun."""
    text = _opened(_clean(event.evidence[0], articles))
    return text if len(text) <= SENTENCE_LIMIT and (_FINITE.search(text) or _PAST.search(text)) else None


def _is_plural(actor_id: str, sides: Sides) -> bool:
    """Say whether an actor without a name is several: "two companies"."""
    actor = sides.actors.get(actor_id)
    return actor is not None and actor.anonymous and actor.name.endswith("s") and not actor.name.endswith("ss")


def _is_named(text: str, actor_id: str, sides: Sides) -> bool:
    """Say whether a text names an actor, in full or by surname."""
    actor = sides.actors.get(actor_id)
    return actor is not None and any(name in text or name.split()[-1] in text for name in (actor.name, *actor.names))


def _telling(event: Event) -> Span:
    """The words that tell an event: its clause, or its sentence where the clause is a verb without anybody who does it."""
    if (
        event.clause is not None
        and not event.actors
        and event.trigger.start == event.clause.start
        and len(event.evidence[0].text) <= EVENT_LIMIT
    ):
        return event.evidence[0]
    if event.clause is not None and not _LEANING.match(event.clause.text):
        return event.clause
    first = clause_span(event.evidence[0], event.trigger)
    if is_dependent(first.text) and len(event.evidence[0].text) <= EVENT_LIMIT:
        return event.evidence[0]
    return first


def _clean(span: Span, articles: Mapping[str, Article], glosses: Mapping[int, str] | None = None) -> str:
    """The words of a span without the editor's notes in it and without the article's own section labels.

    `glosses` are names to set in brackets, by the place (code points of the article) behind which they stand.
    """
    article = articles[span.article]
    parts: list[str] = []
    at = span.start
    for place, name in sorted((glosses or {}).items()):
        if at < place <= span.end:
            rest = Span(article=span.article, start=at, end=place, text=article.text[at:place])
            parts.append(f"{_clean(rest, articles)} [{name}] ")
            at = place
    for region in sorted((*article.notes, *article.furniture), key=lambda region: region.start):
        if region.end <= at or region.start >= span.end:
            continue
        parts.append(article.text[at : max(at, region.start)])
        at = max(at, region.end)
    parts.append(article.text[at : span.end])
    text = " ".join("".join(parts).split())
    if text.count('"') % 2 and article.text[span.end : span.end + 2].lstrip(",.").startswith('"'):
        text += '"'  # the quotation ends where the clause does
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    return _LABEL.sub("", text)


def _balanced(text: str) -> str:
    """Drop a quotation mark or bracket whose partner lies outside the words."""
    for opening, closing in (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]")):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return " ".join(text.split())


def describe_statement(
    statement: Statement,
    articles: Mapping[str, Article],
    limit: int = QUOTE_LIMIT,
    glosses: Mapping[int, str] | None = None,
) -> str:
    """Return what was said: words in quotation marks where they are the speaker's own, the content otherwise.

    Content that hangs on its cue's verb ("calls the move a provocation") is shown with it. `glosses` are names to set in
    brackets behind pronouns, by their place.
    """
    parts = [_clean(span, articles, glosses) for span in (statement.content, *statement.continued)]
    text = " … ".join(part.strip() for part in parts if part.strip())
    if statement.direct:
        bare = text.strip().strip(_QUOTES).strip(" ,;")
        return f"“{_inner(shorten(_balanced(bare), limit))}”"
    if statement.cue is not None and statement.said[0] == statement.content and hangs_on(statement, articles):
        cue, content = statement.cue, statement.content
        text = " ".join((articles[cue.article].text[cue.start : content.start] + text).split())
    return sentence(_balanced(shorten(text.strip(" ,;"), limit)).rstrip("."))


def describe_words(span: Span, direct: bool, articles: Mapping[str, Article], limit: int) -> str:
    """Return some of the words of a statement, in quotation marks where they are the speaker's own."""
    text = _balanced(_clean(span, articles).strip().strip(_QUOTES).strip(" ,;"))
    return f"“{_inner(shorten(text, limit))}”" if direct else sentence(shorten(text, limit).rstrip("."))


def sentences_of(span: Span) -> tuple[Span, ...]:
    """Return the sentences of a span, cut after a full stop, question or exclamation mark before a capital."""
    cuts = [0, *(match.end() for match in _STOP.finditer(span.text)), len(span.text)]
    return tuple(
        Span(article=span.article, start=span.start + low, end=span.start + high, text=span.text[low:high])
        for low, high in pairwise(cuts)
        if span.text[low:high].strip()
    )


def hangs_on(statement: Statement, articles: Mapping[str, Article]) -> bool:
    """Say whether the content is no clause of its own: its cue stands right before it and is no verb of mere telling."""
    content, cue = statement.content, statement.cue
    if cue is None or cue.article != content.article:
        return False
    if statement.said[0] != content:
        return True
    if cue.end > content.start:
        return False
    words = cue.text.casefold().split()
    if content.text[:3].casefold() == "to " and _NEAR.fullmatch(articles[cue.article].text[cue.end : content.start]):
        return True  # "agreed in Beijing to restore ..."
    between = articles[cue.article].text[cue.end : content.start]
    if statement.act in ("demand", "recommendation") and words[-1] in _WISHING:
        return between.split() in ([], ["that"])  # "that it cut its staff" would read as a report
    if words[-1] in _TELLING:
        return False
    if statement.act == "denial" or words[-1] in _DOUBTING:
        # without its verb the line would say the contrary
        return between.split() in ([], ["that"], ["whether"], ["if"], ["of"])
    return between.isspace()


def _inner(text: str) -> str:
    """Quotation marks inside quoted words become single ones."""
    text = re.sub(r'"([^"]*)"', r"‘\1’", text)
    return text.replace("“", "‘").replace("”", "’")
