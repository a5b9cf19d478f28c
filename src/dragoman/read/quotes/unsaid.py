"""Unsaid: attributions of the text that are nobody's statement, or not yet one."""

from __future__ import annotations

import re

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import Attribution, child, is_passive
from dragoman.record import Parse

_OUTLET = frozenset({"i", "we"})
_OF_A_THING = frozenset({"about", "of", "object", "for", "on", "over"})
_OF_ITSELF = re.compile(
    r"\b(?:(?:earlier|previous|original|first) version|(?:this|our) (?:article|report|story|dispatch|page|blog|interview|text)"
    r"|(?:earlier|previous) (?:article|report|story|dispatch|entry|post))\b",
    re.IGNORECASE,
)
"""What an outlet says of its own pages: a correction is no claim."""
_TO_COME = frozenset({"will", "would", "may", "might", "could", "shall", "should", "must", "'ll", "wo", "’ll"})
_HAVING_TO = frozenset({"have", "need", "be"})
_GOING_ON = frozenset({"go", "keep", "continue"})
_MEANING_TO = frozenset({"intend", "plan", "mean", "hope", "promise", "vow", "threaten", "decide", "prepare", "want"})
_CONDITIONS = frozenset({"if", "unless"})
_LEARNING = frozenset(
    {"find", "learn", "know", "see", "determine", "establish", "discover", "verify", "check", "ascertain"}
)
_NOBODY = frozenset({"nobody", "none", "neither", "no"})
_POLITE = frozenset(
    {"like", "prefer", "love", "want", "welcome", "appreciate", "expect", "say", "argue", "think", "call"}
)
"""Verbs by which "would" is only a polite way of saying it now."""
_STANDING_BY = frozenset(
    {"support", "back", "advise", "counsel", "favor", "favour", "oppose", "defend", "honor", "honour"}
)
"""Verbs that tell a deed or a post, not a word, where their object is somebody."""


def is_unsaid(attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether an attribution stays out of the record.

    A silence; what the outlet says of itself ("we asked", "an earlier version said") or only asks ("Why does X want to ...?");
    an attitude that is not held ("does not want to break it off"): its content alone would say the contrary; what is only
    spoken of ("talked about flights"); what nobody is named for ("is expected to visit"); and what is not said yet ("will have
    to denounce the treaty", "if he refuses to pay").
    """
    if attribution.frame == "silence":
        return True
    if attribution.negated and not attribution.direct and attribution.frame != "clause":
        return True
    if not attribution.direct and not attribution.nested and _is_asked(attribution, parse):
        return True
    spoken_of = attribution.frame in _OF_A_THING and not attribution.mixed and attribution.word is not None
    if spoken_of and not attribution.direct and parse.tokens[attribution.word or 0].lemma in cues.topics:
        return True
    if attribution.source is None and attribution.frame == "to":
        return True  # "the decision to leave": whose it is, the text does not say
    if not attribution.direct and _is_nobodys(attribution, parse):
        return True
    if attribution.head is None or attribution.direct:
        return False
    if not attribution.nested and parse.tokens[attribution.head].lower in _OUTLET:
        return True
    if _is_unlearnt(attribution, parse) or _has_no(attribution, parse):
        return True
    return _is_of_itself(attribution, parse) or _is_to_come(attribution, parse) or _is_standing_by(attribution, parse)


def _is_asked(attribution: Attribution, parse: Parse) -> bool:
    """Whether the cue stands in a question of the article's own voice."""
    if attribution.word is None:
        return False
    at = parse.tokens[attribution.word].start
    if attribution.start < at:
        return False  # "who, asked the envoy, had drawn the map?" is the envoy's question
    sentence = parse.sentence_of(attribution.word)
    inside = any(q.inner_start <= at < q.inner_end for q in parse.quotations)
    return not inside and parse.tokens[sentence.last - 1].text == "?" and sentence.section != "answer"


def _is_nobodys(attribution: Attribution, parse: Parse) -> bool:
    """Whether a passive leaves out who says or thinks it: "is expected to visit", "it is feared that"."""
    return attribution.source is None and attribution.word is not None and is_passive(parse, attribution.word)


def _is_of_itself(attribution: Attribution, parse: Parse) -> bool:
    assert attribution.head is not None
    words = [parse.tokens[i].text for i in parse.subtree(attribution.head)]
    return _OF_ITSELF.search(" ".join(words)) is not None


def _is_to_come(attribution: Attribution, parse: Parse) -> bool:
    """Whether the cue itself is only foretold, possible or a condition, so that nothing was said yet."""
    if attribution.word is None or attribution.nested or attribution.frame == "phrase":
        return False
    tokens = parse.tokens
    i = attribution.word
    for _ in range(3):
        kids = [tokens[k] for k in parse.children[i]]
        if any(k.dep == "mark" and k.lower in _CONDITIONS for k in kids):
            return True
        if tokens[i].lemma not in _POLITE and any(k.dep == "aux" and k.lower in _TO_COME for k in kids):
            return True
        above = tokens[tokens[i].head]
        if tokens[i].dep == "pcomp" and tokens[above.head].lemma in _GOING_ON:
            i = above.head
            continue
        carried = tokens[i].dep in {"xcomp", "conj"} and child(parse, i, ("nsubj", "nsubjpass")) is None
        begun = tokens[i].dep == "xcomp" and above.lemma in _HAVING_TO | _GOING_ON
        if tokens[i].dep == "xcomp" and above.lemma in _MEANING_TO and any(k.tag == "TO" for k in kids):
            return True
        if not carried or above.i == i or not (begun or tokens[i].dep == "conj"):
            return False
        i = above.i
    return False


def _is_unlearnt(attribution: Attribution, parse: Parse) -> bool:
    """ "To find out where they stand": what somebody wants to learn, he does not say."""
    if attribution.word is None or attribution.frame != "clause":
        return False
    kids = [parse.tokens[k] for k in parse.children[attribution.word]]
    return parse.tokens[attribution.word].lemma in _LEARNING and any(k.tag == "TO" for k in kids)


def _has_no(attribution: Attribution, parse: Parse) -> bool:
    """ "Offers no proof", "neither capital wants a war": who does not say, want or offer it."""
    tokens = parse.tokens
    if attribution.word is None or attribution.frame in {"clause", "quote", "phrase"} or attribution.mixed:
        return False
    subject = child(parse, attribution.word, ("nsubj",))
    if subject is not None and any(tokens[k].lower in _NOBODY for k in (subject, *parse.children[subject])):
        return True
    object_ = child(parse, attribution.word, ("dobj",)) if attribution.frame == "object" else None
    return object_ is not None and any(tokens[k].lower == "no" for k in parse.children[object_])


def _is_standing_by(attribution: Attribution, parse: Parse) -> bool:
    """ "Supports the Front", "advises the Institute": what somebody does or is."""
    if attribution.word is None or attribution.frame != "object":
        return False
    if parse.tokens[attribution.word].lemma == "reserve":
        right = child(parse, attribution.word, ("dobj",))
        return right is None or parse.tokens[right].lemma != "right"
    if parse.tokens[attribution.word].lemma not in _STANDING_BY:
        return False
    object_ = child(parse, attribution.word, ("dobj",))
    return object_ is not None and parse.tokens[object_].pos == "PROPN"
