"""What kind of saying: the cue's act, corrected by the mood of the content; and when something foretold is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dragoman.read.quotes.attribution import Attribution
from dragoman.record import Article, DatePhrase, Parse
from dragoman.record.statement import Act, Due

_MUST = frozenset({"must", "shall"})
_OUGHT = frozenset({"should", "ought"})
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_NEED = frozenset({"need", "have"})
_SELF = frozenset({"i", "we"})
_NOUN_OF_DUTY = re.compile(
    r"\b(?:it is (?:time|necessary|essential|vital|imperative|high time|crucial)"
    r"|(?:is|are) (?:required|obliged|obligated) to)\b",
    re.IGNORECASE,
)
_JUDGING = re.compile(
    r"\b(?:wrong|right|unacceptable|acceptable|unfair|fair|disgrac\w+|shame\w*|outrageous|dangerous|good|bad|great|terrible"
    r"|horrible|wonderful|mistake|success\w*|failure|disaster\w*|tragic|tragedy|historic|important|crucial|vital|serious|weak"
    r"|strong|best|worst|better|worse|provocation|illegal|illegitimate|unlawful|shocking|disappoint\w+|regret\w*|proud|sad"
    r"|welcome|positive|negative|constructive|destructive|senseless|cynical|brutal|absurd|ridiculous|stupid|brave|heroic"
    r"|adequate|belated|deliberate|logical|reasonable|unreasonable|hostile|irresponsible|responsible|cowardly|barbaric)\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"\b(?:likely|unlikely|bound|set|poised|going|about|expected|sure|certain)\s+to\b", re.IGNORECASE)
_IMPERATIVE_TAGS = frozenset({"VB"})
_FIRM = frozenset({"demand", "recommendation", "denial", "question", "intention"})
"""Acts that a cue gives for good: the content's mood does not change them."""


def act_of(attribution: Attribution, article: Article, parse: Parse) -> Act:
    """Return the act of an attribution.

    A cue that names its act ("demanded", "denied", "vowed") keeps it. After a neutral cue ("said") the content decides: a
    question mark, "must" and "should" put to others, "will" of oneself (an intention) or of others (an expectation), a
    judging word as predicate (an evaluation).
    """
    text = " ".join(article.text[start:end] for start, end in attribution.contents)
    if attribution.act in _FIRM:
        return attribution.act
    if attribution.negated and attribution.frame == "clause" and not attribution.direct and attribution.act == "claim":
        return "denial"
    if attribution.direct and text.rstrip().endswith("?") and "." not in text:
        return "question"
    tokens = parse.tokens
    indices = [i for start, end in attribution.contents for i in parse.tokens_within(start, end)]
    mood = _mood(parse, indices, attribution)
    if mood is not None:
        return mood
    if attribution.act == "expectation":
        return "expectation"
    if _NOUN_OF_DUTY.search(text):
        return "demand"
    if _LIKELY.search(text) and any(tokens[i].tag in {"VBZ", "VBP"} for i in indices):
        return "expectation"
    if attribution.act == "claim" and _judges(parse, indices):
        return "evaluation"
    return attribution.act


def _mood(parse: Parse, indices: Sequence[int], attribution: Attribution) -> Act | None:
    """The act that the modal of the content's main clause tells, or None."""
    tokens = parse.tokens
    there = set(indices)
    tops = [
        i for i in indices if tokens[i].pos in {"VERB", "AUX"} and (tokens[i].head not in there or tokens[i].head == i)
    ]
    mains = [i for i in tops if tokens[i].dep not in {"aux", "auxpass"}]
    for main in mains[:3]:
        kids = parse.children[main]
        subject = next((tokens[k].lower for k in kids if tokens[k].dep in {"nsubj", "nsubjpass"}), "")
        own = subject in _SELF if attribution.direct else _is_self(parse, main, attribution)
        words = {tokens[k].lower for k in kids if tokens[k].dep == "aux"}
        negated = any(tokens[k].dep == "neg" for k in kids)
        if words & _MUST and not own:
            return "demand"
        if words & _OUGHT and not own:
            return "demand" if negated or subject not in {"", "it"} else "recommendation"
        if (
            tokens[main].lemma in _NEED
            and any(tokens[k].dep == "xcomp" for k in kids)
            and subject not in {"", "it", "i"}
        ):
            return "demand"
        if words & _WILL:
            return "intention" if own else "expectation"
        if tokens[main].lower in {"going", "plan", "plans", "intend", "intends"} and own:
            return "intention"
        if words & {"would"} and not attribution.direct and not any(tokens[k].dep == "advcl" for k in kids):
            return "intention" if own else "expectation"
        if attribution.direct and tokens[main].tag in _IMPERATIVE_TAGS and not subject and not words:
            return "demand"
    return None


def _is_self(parse: Parse, main: int, attribution: Attribution) -> bool:
    """Whether an indirect content's subject is the speaker: a pronoun where the text names the speaker elsewhere."""
    tokens = parse.tokens
    subject = next((k for k in parse.children[main] if tokens[k].dep in {"nsubj", "nsubjpass"}), None)
    if subject is None or attribution.head is None:
        return False
    if tokens[subject].lower in {"he", "she", "it", "they", "i", "we"}:
        return True
    if tokens[attribution.head].text == tokens[subject].text:
        return True
    owned = next((k for k in parse.children[subject] if tokens[k].dep == "poss"), None)
    return (
        owned is not None
        and tokens[owned].lower in {"his", "her", "its", "their", "our", "my"}
        and (
            tokens[subject].lemma
            in {"country", "government", "ministry", "party", "army", "forces", "nation", "administration", "side"}
        )
    )


def _judges(parse: Parse, indices: Sequence[int]) -> bool:
    """Whether a judging word is what the content's main clause says of its subject."""
    tokens = parse.tokens
    return any(
        tokens[i].dep in {"acomp", "attr", "oprd", "conj", "amod"} and _JUDGING.fullmatch(tokens[i].text) is not None
        for i in indices
    )


def due_of(attribution: Attribution, act: Act, dates: Sequence[DatePhrase], published: date | None) -> Due | None:
    """Return the days by which an expectation or intention should come true, from the first date in its content.

    A date that had passed when the article appeared is no due date. None where the content has no date that is known.
    """
    if act not in {"expectation", "intention"}:
        return None
    for phrase in dates:
        if phrase.when is None or not any(
            a <= phrase.span.start and phrase.span.end <= b for a, b in attribution.contents
        ):
            continue
        last = phrase.when.end or phrase.when.start
        if published is not None and last is not None and last < published:
            continue
        return Due(start=phrase.when.start, end=phrase.when.end)
    return None
