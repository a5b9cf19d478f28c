"""What kind of saying: the cue's act, corrected by the mood of the content."""

from __future__ import annotations

import re

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import Attribution, child
from dragoman.read.quotes.mood import MAY, Clause, main_clauses, mood
from dragoman.record import Article, Parse
from dragoman.record.statement import Act

_DUTY = re.compile(
    r"\b(?:it is (?:time|necessary|essential|vital|imperative|high time|crucial)|(?:is|are) (?:required|obliged) to"
    r"|(?:has|have) (?:got )?to (?!be a\b)|needs? to)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\b(?:(?:had|['’]d) (?:better|best)|it would be (?:wise|better|best|prudent)|why not|would (?:advise|recommend|suggest)"
    r"|ought to|my (?:advice|counsel|recommendation)|(?:better|best|wiser) (?:course|way|idea|thing)|do well to"
    r"|well[- ]advised to|(?:is|are|be) better off)\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"\b(?:is|are|was|were|be|looks?|seems?|appears?)\s+(?:\w+ly\s+)?"
    r"(?:likely|unlikely|bound|set|poised|going|about|expected|due|sure|certain)\s+to\s+(?-i:[a-z])",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"\b(?:please|kindly|(?:so|as) kind (?:as|enough)|kind enough to|be so good as to)\b", re.IGNORECASE
)
_CONDITION = re.compile(r"(?:if|should|unless|were|without)\b", re.IGNORECASE)
_EXPECTING = re.compile(r"\b(?:i|we)\s+(?:expect|hope|fear|predict|anticipate)\b", re.IGNORECASE)
_UNTRUE = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+\s+)?(?:not\s+(?:true|so|correct|the case)|untrue|false|(?:a|pure|total|complete)?\s*"
    r"(?:lie|lies|fiction|fabrication|fabrications|invention|inventions|forgery|forgeries|hoax|fake|nonsense|slander|myth)"
    r"|baseless|groundless|unfounded|without foundation|fabricated|made up|invented)\b",
    re.IGNORECASE,
)
"""What a content says of a report or accusation that it wards off."""

_PREDICATES = frozenset({"acomp", "attr", "oprd", "dobj", "advmod", "prep", "ccomp", "xcomp"})
_ANSWERS = {"no": "denial", "never": "denial", "not at all": "denial", "certainly not": "denial"}
_NEVER = re.compile(r"(?:never again|not (?:before|until|till|while|as long as))\b", re.IGNORECASE)
"""How an answer without a verb refuses."""

_OF_MIND = frozenset(
    {
        "find",
        "detect",
        "hear",
        "learn",
        "rule",
        "mind",
        "know",
        "think",
        "believe",
        "want",
        "understand",
        "care",
        "see",
        "need",
        "expect",
        "comment",
    }
)
_CONTRADICTING = frozenset(
    {"insist", "swear", "counter", "retort", "shoot", "hit", "maintain", "protest", "rebut", "object"}
)
_OPEN_TO_VIEW = frozenset({
    "solution", "way", "alternative", "doubt", "excuse", "reason", "room", "place", "justification", "choice", "need", "point",
    "hope", "chance", "sign", "time", "substitute", "victor", "winner",
})  # fmt: skip
"""Nouns of which "there is no" gives an opinion or a finding."""

_MEASURED = frozenset({
    "more", "most", "less", "least", "fewer", "largest", "larger", "biggest", "bigger", "highest", "higher",
    "lowest", "lower", "longest", "longer", "oldest", "older", "newest", "newer", "youngest", "younger", "latest",
    "later", "earliest", "earlier", "smallest", "smaller", "nearest", "further", "furthest", "fastest", "faster",
    "richest", "poorest",
})  # fmt: skip
"""Comparatives of what can be measured: they judge nothing."""

_GRANTING = frozenset({
    "admit", "concede", "acknowledge", "confess", "note", "find", "report", "observe", "complain", "lament", "regret",
    "learn", "discover", "conclude", "warn", "show", "criticise", "criticize", "agree", "allow",
})  # fmt: skip
"""Cues under which a "not" is a finding or a complaint, and wards nothing off."""

_FIRM_FRAMES = frozenset({"at", "to", "other_to", "gerund", "noun to", "adjective to", "for"})
_MARKS = '"”’» '
_LATER: frozenset[Act] = frozenset({"denial", "demand", "recommendation", "intention", "expectation", "evaluation"})
"""Acts of a later sentence by which a quotation counts that begins without one."""


def act_of(
    attribution: Attribution, article: Article, parse: Parse, cues: Cues, side: frozenset[int] = frozenset()
) -> Act:
    """Return the act of an attribution; `side` are tokens that mean the speaker or the state or body that he speaks for.

    A cue that names its act with an infinitive or a noun phrase ("vowed to", "called for", "denied the report") keeps it.
    Else the content decides: a question mark; "must", "should" or an imperative put to others; "will" of the speaker's own
    side (an intention) or of others (an expectation); a verb by which the speaker does it himself ("we demand"); a plain
    "not" (a denial); a judging word said of the subject (an evaluation); and the cue's act where the content tells nothing.
    """
    text = " ".join(article.text[start:end] for start, end in attribution.contents)
    bare = text.strip(" \"“”'‘’.,!")
    clauses = main_clauses(parse, attribution, side, cues)
    asking = text.rstrip(_MARKS).endswith("?")
    if attribution.act == "question" or asking:
        asked = clauses and any(parse.tokens[k].lower == "that" for k in parse.children[clauses[0].verb])
        return "demand" if (asked and not attribution.direct) or _PLEASE.search(text) else "question"
    if attribution.frame in _FIRM_FRAMES or (
        attribution.act in {"demand", "recommendation"} and not attribution.direct
    ):
        return attribution.act
    if bare.lower() in _ANSWERS:
        return "denial"
    if attribution.act == "denial" and attribution.frame != "clause":
        return "intention" if _refuses(attribution, parse) else "denial"
    if attribution.direct and attribution.act == "claim" and _NEVER.match(bare):
        return "intention"
    told = _told(text, clauses, attribution, parse, cues)
    lemma = parse.tokens[attribution.word].lemma if attribution.word is not None else ""
    if attribution.act == "denial":
        return "expectation" if told == "expectation" and lemma == "doubt" else "denial"
    if lemma == "counter" and told in {None, "evaluation"}:
        return "denial"
    if lemma in {"warn", "caution"} and told is None and _CONDITION.match(bare):
        return "expectation"
    if attribution.negated and attribution.frame == "clause" and told in {None, "denial", "evaluation"}:
        return "denial"
    if attribution.act == "intention":
        return told if told in {"denial", "evaluation"} and attribution.frame in {"clause", "quote"} else "intention"
    if attribution.act == "expectation":
        return "intention" if told == "intention" and attribution.direct else "expectation"
    if attribution.act == "recommendation":
        return "recommendation"
    return told or attribution.act


_TO_BE_DONE = frozenset({
    "talk", "talks", "negotiation", "ceasefire", "truce", "compromise", "concession", "deal", "meeting", "visit", "return",
    "withdrawal", "resumption", "dialogue", "participation", "intervention", "deployment", "retaliation", "extradition",
    "recognition", "reopening", "invitation", "offer",
})  # fmt: skip
"""What one refuses to do or accept, when one rules it out."""


def _refuses(attribution: Attribution, parse: Parse) -> bool:
    """ "Ruled out any talks": a refusal, no denial."""
    if attribution.word is None or attribution.frame != "object" or parse.tokens[attribution.word].lemma != "rule":
        return False
    object_ = child(parse, attribution.word, ("dobj",))
    return object_ is not None and parse.tokens[object_].lemma.lower() in _TO_BE_DONE


def _told(text: str, clauses: list[Clause], attribution: Attribution, parse: Parse, cues: Cues) -> Act | None:
    """The act that the content itself tells, or None: by its first sentence, or a later one where that only states."""
    if _BETTER.search(text):
        return "recommendation"
    first = clauses[0] if clauses else None
    found = mood(first, attribution, parse, cues) if first is not None else None
    if found is not None:
        return found
    if attribution.direct and _PLEASE.search(text):
        return "demand"
    if attribution.direct and _EXPECTING.search(text):
        return "expectation"
    if _DUTY.search(text) and not (first is not None and first.own):
        return "demand"
    if _LIKELY.search(text):
        return "expectation"
    if first is None:
        return "evaluation" if _judges(None, attribution, parse, cues) else None
    for number, clause in enumerate(clauses):
        later = mood(clause, attribution, parse, cues) if number else None
        if later is None and _is_denied(clause, text, attribution, parse):
            later = "denial"
        if later is None and _judges(clause, attribution, parse, cues):
            later = "evaluation"
        if later in _LATER:
            return later
        if not attribution.direct:
            break
    return None


def _is_denied(clause: Clause, text: str, attribution: Attribution, parse: Parse) -> bool:
    """Whether a clause wards something off.

    It says that a report is untrue; or "not" of the speaker or his side; or it says under a plain or contradicting cue that
    nobody did something or nothing was there.
    """
    lemma = parse.tokens[attribution.word].lemma if attribution.word is not None else ""
    if lemma in _GRANTING:
        return False
    if _UNTRUE.search(text):
        return True
    verb = parse.tokens[clause.verb]
    if not clause.negated or clause.helpers & (MAY | {"should", "would"}):
        return False
    perfect = bool(clause.helpers & {"had", "has", "have", "'ve", "’ve"})
    if verb.lemma in _OF_MIND and not (perfect and verb.lemma == "see"):
        return False
    if lemma in _CONTRADICTING or clause.own:
        return True
    if clause.there and not clause.helpers:
        thing = child(parse, clause.verb, ("attr", "dobj"))
        return thing is not None and parse.tokens[thing].lemma not in _OPEN_TO_VIEW
    past = verb.tag in {"VBD", "VBN"} or bool(clause.helpers & {"did", "had", "has", "have", "was", "were"})
    never = any(parse.tokens[k].lower == "never" for k in parse.children[clause.verb])
    if past and (clause.there or clause.nobody or (never and verb.lemma != "be")):
        return True
    return attribution.direct and any(
        parse.tokens[k].lower in {"our", "ours", "us"} for k in parse.subtree(clause.verb)
    )


def _judges(clause: Clause | None, attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether the content judges: by what its main clause says of its subject, or, where it has no clause, by any word."""
    tokens = parse.tokens
    bare = clause is not None and not any(tokens[k].dep in _PREDICATES for k in parse.children[clause.verb])
    if clause is None or (bare and tokens[clause.verb].lemma == "be"):
        indices = [i for start, end in attribution.contents for i in parse.tokens_within(start, end)]
        return any(tokens[i].lemma in cues.judging or tokens[i].lower in cues.judging for i in indices)
    if tokens[clause.verb].lemma in cues.judging:
        return True
    for k in parse.children[clause.verb]:
        if tokens[k].dep not in {"acomp", "attr", "oprd", "dobj", "advmod"}:
            continue
        if (
            tokens[k].lemma in cues.judging
            or tokens[k].lower in cues.judging
            or _adverb(tokens[k].lower) in cues.judging
        ):
            return True
        if tokens[k].dep == "dobj" and tokens[clause.verb].lemma not in {"be", "have", "make", "deserve"}:
            continue
        for c in parse.children[k]:
            if (
                tokens[c].lemma in cues.judging
                or tokens[c].lower in cues.judging
                or (tokens[c].tag in {"JJS", "JJR"} and tokens[c].lower not in _MEASURED)
            ):
                return True
            if tokens[c].dep == "advmod" and tokens[c].lower in {"too", "so", "very"}:
                return True
        if tokens[k].dep == "attr" and tokens[clause.verb].tag != "VBD" and _is_metaphor(parse, k):
            return True
    return False


def _adverb(word: str) -> str:
    """The adjective of an adverb in -ly ("badly")."""
    return word[:-2] if word.endswith("ly") else ""


def _is_metaphor(parse: Parse, k: int) -> bool:
    """Whether a predicate noun with "a" names no office or person: "the tariff is a bargaining chip"."""
    tokens = parse.tokens
    indefinite = any(tokens[c].lower in {"a", "an"} for c in parse.children[k])
    plain = not any(tokens[c].ent or tokens[c].pos == "NUM" for c in parse.children[k])
    return (
        indefinite
        and plain
        and not tokens[k].ent
        and not tokens[k].text.endswith(("er", "or", "ist", "ian", "man", "ee"))
    )
