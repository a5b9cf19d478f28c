"""What kind of saying: the cue's act, corrected by the mood of the content; and when something foretold is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import SUBJECTS, Attribution, child
from dragoman.record import Article, DatePhrase, Parse
from dragoman.record.statement import Act, Due

_MUST = frozenset({"must"})
_OUGHT = frozenset({"should", "ought"})
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "sha"})
_MAY = frozenset({"could", "may", "might", "can"})
_FIRST = frozenset({"i", "we"})
_THEY = frozenset({"he", "she", "it", "they"})
_NOBODY = frozenset({"no", "none", "nobody", "nothing", "neither", "nowhere"})
_PLANS = frozenset({"plan", "intend", "aim", "mean"})
_OWN = frozenset({"his", "her", "its", "their", "our", "my"})
_OWN_SIDE = frozenset(
    {"country", "government", "ministry", "party", "army", "force", "nation", "administration", "side", "team"}
)
_DUTY = re.compile(
    r"\b(?:it is (?:time|necessary|essential|vital|imperative|high time|crucial)|(?:is|are) (?:required|obliged) to"
    r"|(?:has|have) (?:got )?to (?!be a\b)|needs? to)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\b(?:(?:had|['’]d) better|it would be (?:wise|better|best|prudent)|why not|would (?:advise|recommend|suggest)"
    r"|ought to|my (?:advice|counsel|recommendation)|better (?:course|way|idea))\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"\b(?:is|are|was|were|be|looks?|seems?|appears?)\s+(?:\w+ly\s+)?"
    r"(?:likely|unlikely|bound|set|poised|going|about|expected|due|sure|certain)\s+to\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:if|should|unless|were|without)\b", re.IGNORECASE)
_EXPECTING = re.compile(r"\b(?:i|we)\s+(?:expect|hope|fear|predict|anticipate)\b", re.IGNORECASE)
_ANSWERS = {"no": "denial", "never": "denial"}
_TENTATIVE = frozenset(
    {"warn", "fear", "caution", "predict", "forecast", "worry", "hope", "expect", "anticipate", "foresee"}
)
_PLAIN_CUES = frozenset({"say", "tell", "announce", "declare", "state", "add", "assure", "confirm", "write", "stress"})
_BEFALLS = frozenset(
    {"be", "become", "have", "collapse", "fall", "rise", "fail", "lead", "cause", "die", "suffer", "win", "lose", "happen",
     "grow", "increase", "decrease", "take", "cost", "hurt", "harm", "benefit", "bring", "result", "prove", "remain", "serve"}
)  # fmt: skip
_OF_MIND = frozenset({"mind", "know", "think", "believe", "want", "understand", "care", "see", "need", "expect"})
_CONTRADICTING = frozenset(
    {"insist", "swear", "counter", "retort", "shoot", "hit", "maintain", "protest", "rebut", "object"}
)
_FIRM_FRAMES = frozenset({"to", "other_to", "gerund", "noun to", "adjective to", "for"})
_MARKS = '"”’» '


@dataclass(frozen=True, slots=True)
class _Clause:
    """The main clause of a content: its verb, its subject and the words of its auxiliaries.

    `own` says that the subject is the speaker or his side.
    """

    verb: int
    subject: int | None
    helpers: frozenset[str]
    negated: bool
    own: bool = False


def act_of(
    attribution: Attribution, article: Article, parse: Parse, cues: Cues, side: frozenset[int] = frozenset()
) -> Act:
    """Return the act of an attribution; `side` are tokens that mean the speaker or the state or body that he speaks for.

    A cue that names its act with an infinitive or a noun phrase ("vowed to", "called for", "denied the report") keeps it.
    Else the content decides: a question mark; "must", "should" or an imperative put to others; "will" of the speaker's own
    side (an intention) or of others (an expectation); a plain "not" (a denial); a judging word said of the subject (an
    evaluation); and the cue's act where the content tells nothing.
    """
    text = " ".join(article.text[start:end] for start, end in attribution.contents)
    bare = text.strip(" \"“”'‘’.,!")
    main = _main(parse, attribution)
    if attribution.act == "question" or text.rstrip(_MARKS).endswith("?"):
        asked = main is not None and any(parse.tokens[k].lower == "that" for k in parse.children[main.verb])
        return "demand" if asked and not attribution.direct else "question"
    if attribution.frame in _FIRM_FRAMES or (
        attribution.act in {"demand", "recommendation"} and not attribution.direct
    ):
        return attribution.act
    if bare.lower() in _ANSWERS:
        return "denial"
    if attribution.act == "denial" and attribution.frame != "clause":
        return "denial"
    if main is not None and main.subject in side:
        main = replace(main, own=True)
    told = _told(text, main, attribution, parse, cues)
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


def _told(text: str, clause: _Clause | None, attribution: Attribution, parse: Parse, cues: Cues) -> Act | None:
    """The act that the content itself tells, or None."""
    if _BETTER.search(text):
        return "recommendation"
    found = _mood(clause, attribution, parse, cues) if clause is not None else None
    if found is not None:
        return found
    if attribution.direct and _EXPECTING.search(text):
        return "expectation"
    if _DUTY.search(text) and not (clause is not None and _is_own(clause, attribution, parse, cues)):
        return "demand"
    if _LIKELY.search(text):
        return "expectation"
    if clause is None:
        return "evaluation" if _judges(None, attribution, parse, cues) else None
    if clause.negated and not clause.helpers & (_MAY | {"should"}) and _is_denied(clause, attribution, parse, cues):
        return "denial"
    return "evaluation" if _judges(clause, attribution, parse, cues) else None


def _main(parse: Parse, attribution: Attribution) -> _Clause | None:
    """The first main clause of the content."""
    tokens = parse.tokens
    indices = [i for start, end in attribution.contents for i in parse.tokens_within(start, end)]
    there = set(indices)
    for i in indices:
        token = tokens[i]
        if token.pos not in {"VERB", "AUX"} or token.dep in {
            "aux",
            "auxpass",
            "amod",
            "compound",
            "relcl",
            "acl",
            "pcomp",
        }:
            continue
        if token.dep in {"advcl", "csubj", "ccomp"} and token.head in there and token.head > i:
            continue  # a clause that hangs on a later verb
        kids = parse.children[i]
        subject = child(parse, i, SUBJECTS)
        helpers = frozenset(tokens[k].lower for k in kids if tokens[k].dep in {"aux", "auxpass"})
        nobody = subject is not None and (
            tokens[subject].lower in _NOBODY or any(tokens[k].lower in _NOBODY for k in parse.children[subject])
        )
        negated = nobody or any(
            tokens[k].dep == "neg" or (tokens[k].dep == "dobj" and _has_no(parse, k)) or tokens[k].lower == "never"
            for k in kids
        )
        return _Clause(i, subject, helpers, negated)
    return None


def _is_denied(clause: _Clause, attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether a "not" wards something off the speaker: it is about himself or his side, or the cue contradicts."""
    lemma = parse.tokens[attribution.word].lemma if attribution.word is not None else ""
    if parse.tokens[clause.verb].lemma in _OF_MIND:
        return False
    if lemma in _CONTRADICTING or _is_own(clause, attribution, parse, cues):
        return True
    return clause.subject is not None and any(
        parse.tokens[k].lower in {"our", "ours"} for k in parse.subtree(clause.subject)
    )


def _has_no(parse: Parse, i: int) -> bool:
    return parse.tokens[i].lower in _NOBODY or any(parse.tokens[k].lower in {"no", "not"} for k in parse.children[i])


def _mood(clause: _Clause, attribution: Attribution, parse: Parse, cues: Cues) -> Act | None:
    """The act that the main clause's modal, tense or missing subject tells, or None."""
    tokens = parse.tokens
    verb, helpers = tokens[clause.verb], clause.helpers
    subject = tokens[clause.subject] if clause.subject is not None else None
    own = _is_own(clause, attribution, parse, cues)
    first = subject is not None and subject.lower in _FIRST
    lemma = tokens[attribution.word].lemma if attribution.word is not None else ""
    if helpers & _MUST and not (first and attribution.direct):
        return "demand"
    if helpers & _OUGHT:
        return "recommendation" if attribution.act != "demand" else "demand"
    if helpers & _WILL or verb.lower == "gonna" or (verb.lower == "going" and _has_infinitive(parse, clause.verb)):
        return "intention" if own or _commits(clause, attribution, parse, cues) else "expectation"
    if "would" in helpers and not attribution.direct and child(parse, clause.verb, ("advcl",)) is None:
        return "intention" if own or _commits(clause, attribution, parse, cues) else "expectation"
    if "would" in helpers and not attribution.direct:
        return "expectation"
    if verb.lemma in {"hope", "expect"} and _has_infinitive(parse, clause.verb):
        return "expectation"
    if verb.lemma in _PLANS and _has_infinitive(parse, clause.verb):
        return "intention"
    if verb.lemma in {"want", "demand"} and own:
        return "intention" if verb.lemma == "want" and _has_infinitive(parse, clause.verb) else "demand"
    if helpers & _MAY and lemma in _TENTATIVE:
        return "expectation"
    if attribution.direct and subject is None and verb.tag in {"VB", "VBP"} and not helpers - {"do", "don't"}:
        indices = [i for start, end in attribution.contents for i in parse.tokens_within(start, end)]
        opening = next(
            (tokens[i] for i in indices if tokens[i].pos not in {"PUNCT", "SPACE", "ADV", "INTJ", "CCONJ"}), verb
        )
        if verb.lemma != "let" and (opening.i == verb.i or opening.lower in {"do", "don't", "please"}):
            return "demand"
    if not attribution.direct and verb.tag == "VB" and not helpers and subject is not None:
        return "demand"  # the subjunctive: "insisted that it be closed"
    return None


def _commits(clause: _Clause, attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether somebody who can commit a state or body says of a thing or his own side that it will be done."""
    tokens = parse.tokens
    if attribution.source is None or attribution.word is None or tokens[attribution.word].lemma not in _PLAIN_CUES:
        return False
    speaker = {tokens[i].lemma.lower() for i in parse.tokens_within(*attribution.source)}
    if not speaker & cues.official or tokens[clause.verb].lemma in _BEFALLS:
        return False
    subject = tokens[clause.subject] if clause.subject is not None else None
    if subject is None or subject.pos == "PRON":
        return False
    foreign = subject.ent in {"GPE", "ORG", "NORP", "PERSON"}
    named = {tokens[i].text for i in parse.tokens_within(*attribution.source) if tokens[i].ent in {"GPE", "NORP"}}
    return not (foreign and named and subject.text not in named)


def _has_infinitive(parse: Parse, i: int) -> bool:
    return any(parse.tokens[k].dep == "xcomp" and parse.tokens[k].tag == "VB" for k in parse.children[i])


def _is_own(clause: _Clause, attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether the content's subject is the speaker or the speaker's side."""
    tokens = parse.tokens
    if clause.own or clause.subject is None:
        return clause.own
    subject = tokens[clause.subject]
    if attribution.direct and subject.lower in _FIRST:
        return True
    if not attribution.direct and subject.lower in _THEY | _FIRST:
        return (attribution.head is not None and subject.lower != "it") or _is_body(attribution, parse, cues)
    if attribution.head is None or attribution.source is None:
        return False
    owner = child(parse, clause.subject, ("poss",))
    if owner is not None and tokens[owner].lower in _OWN and subject.lemma in _OWN_SIDE:
        return True
    words = {tokens[i].text for i in parse.tokens_within(*attribution.source)}
    named = subject.text in words or any(
        tokens[k].text in words for k in parse.children[clause.subject] if tokens[k].ent
    )
    return named and subject.ent in {"GPE", "ORG", "NORP", "PERSON"}


def _is_body(attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether the speaker is a state or body, which "it" may mean."""
    if attribution.head is None:
        return False
    token = parse.tokens[attribution.head]
    return token.ent in {"GPE", "ORG"} or token.lemma in cues.official


def _judges(clause: _Clause | None, attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether the content judges: by what its main clause says of its subject, or, where it has no clause, by any word."""
    tokens = parse.tokens
    if clause is None:
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
            if tokens[c].lemma in cues.judging or tokens[c].lower in cues.judging or tokens[c].tag in {"JJS", "JJR"}:
                return True
            if tokens[c].dep == "advmod" and tokens[c].lower in {"too", "so", "very"}:
                return True
        if tokens[k].dep == "attr" and _is_metaphor(parse, k):
            return True
    return False


def _adverb(word: str) -> str:
    """The adjective of an adverb in -ly ("badly")."""
    return word[:-2] if word.endswith("ly") else ""


def _is_metaphor(parse: Parse, k: int) -> bool:
    """Whether a predicate noun with "a" names no office or person: "the tariff is a bargaining chip"."""
    tokens = parse.tokens
    indefinite = any(tokens[c].lower in {"a", "an"} for c in parse.children[k])
    return indefinite and not tokens[k].ent and not tokens[k].text.endswith(("er", "or", "ist", "ian", "man", "ee"))


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
