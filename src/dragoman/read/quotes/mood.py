"""Mood: the main clauses of a content, whose they are, and the act that modals, tense and a missing subject tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import SUBJECTS, Attribution, child
from dragoman.read.quotes.complement import complement
from dragoman.read.quotes.verbs import frames_of
from dragoman.record import Parse
from dragoman.record.statement import Act

MAY = frozenset({"could", "may", "might", "can"})
_MUST = frozenset({"must"})
_OUGHT = frozenset({"should", "ought"})
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "sha"})
_CHANCE = frozenset({"may", "might"})
_FIRST = frozenset({"i", "we"})
_THEY = frozenset({"he", "she", "it", "they"})
_NOBODY = frozenset({"no", "none", "nobody", "nothing", "neither", "nowhere"})
_AIMS = frozenset({"aim", "goal", "task", "plan", "intention", "purpose", "objective", "wish"})
_PLANS = frozenset({"plan", "intend", "aim", "mean", "refuse", "decline", "threaten", "vow", "pledge", "promise"})
_MODEST = frozenset({"think", "imagine", "hope", "say", "guess"})
_ANNOUNCING = frozenset({"tell", "say", "explain", "admit", "repeat", "confess"})
_FEELINGS = frozenset({"ashamed", "proud", "glad", "grateful", "sorry", "embarrassed", "thankful"})
_BELIEVING = frozenset({"believe", "think", "fear", "reckon", "doubt", "suppose", "assume", "suspect", "feel"})
_HEADS = frozenset({"president", "premier", "king", "queen", "chancellor", "prime"})
_SETTING_OUT = frozenset({
    "send", "leave", "withdraw", "pull", "close", "cut", "suspend", "expel", "recall", "return", "go", "move", "stop", "quit",
    "impose", "lift", "open", "buy", "sell", "raise", "join", "launch", "deploy", "break", "sever", "ban", "reopen", "prepare",
    "come", "extend", "end", "halt", "ready",
})  # fmt: skip
"""Verbs whose progressive tells what one is about to do ("we are leaving", "it was sending two batteries")."""

_STAYING = frozenset({"stay", "remain", "stand"})
_READY = frozenset({"ready", "prepared", "willing", "determined", "unwilling", "resolved"})
_OWN = frozenset({"his", "her", "its", "their", "our", "my"})
_OWN_SIDE = frozenset(
    {"country", "government", "ministry", "party", "army", "force", "nation", "administration", "side", "team", "people",
     "troop", "military", "cabinet", "delegation", "embassy", "agency", "office", "company", "movement", "navy", "police"}
)  # fmt: skip
_TENTATIVE = frozenset(
    {"warn", "fear", "caution", "predict", "forecast", "worry", "hope", "expect", "anticipate", "foresee"}
)
_PLAIN_CUES = frozenset({"say", "tell", "announce", "declare", "state", "add", "assure", "confirm", "write", "stress"})
_BEFALLS = frozenset(
    {"be", "become", "have", "collapse", "fall", "rise", "fail", "lead", "cause", "die", "suffer", "win", "lose", "happen",
     "grow", "increase", "decrease", "take", "cost", "hurt", "harm", "benefit", "bring", "result", "prove", "remain", "serve",
     "begin", "come", "arrive", "last", "continue", "follow", "expire", "spread", "run", "get", "see", "need"}
)  # fmt: skip
"""Verbs for what befalls somebody or comes about by itself: no office can promise it."""

_PERFORMED = frozenset({"demand", "recommendation", "expectation", "intention", "denial", "evaluation"})
"""Acts that a speaker performs by a verb of his own content ("we demand that", "he hoped to")."""

_REPORTING = frozenset(
    {"say", "tell", "think", "believe", "know", "see", "hear", "find", "feel", "hold", "consider", "have"}
)
"""Verbs that perform nothing in a content: what hangs on them is looked at instead."""

_NOUNS = frozenset({"acomp", "attr", "oprd"})
_SENTENCES = 4
"""Sentences of a content that are looked at."""
_ELSEWHERE = frozenset({"aux", "auxpass", "amod", "compound", "relcl", "acl", "pcomp"})
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Clause:
    """The main clause of a sentence of a content: its verb, its subject and the words of its auxiliaries.

    `own` says that the subject is the speaker or his side; `there` that nothing is the subject ("there was no order");
    `nobody` that the subject is of the kind of "no soldier".
    """

    verb: int
    subject: int | None
    helpers: frozenset[str]
    negated: bool
    own: bool
    there: bool
    nobody: bool


def main_clauses(parse: Parse, attribution: Attribution, side: frozenset[int], cues: Cues) -> list[Clause]:
    """The first main clause of each of the content's first sentences; `side` are tokens that mean the speaker's side."""
    tokens = parse.tokens
    indices = [i for start, end in attribution.contents for i in parse.tokens_within(start, end)]
    there = set(indices)
    found: dict[int, Clause] = {}
    for i in indices:
        token = tokens[i]
        if token.sentence in found or token.pos not in {"VERB", "AUX"} or token.dep in _ELSEWHERE:
            continue
        if token.dep in {"advcl", "csubj", "ccomp"} and token.head in there and token.head > i:
            continue  # a clause that hangs on a later verb
        if len(found) == _SENTENCES:
            break
        found[token.sentence] = _clause(parse, i, attribution, side, cues)
    return list(found.values())


def _clause(parse: Parse, i: int, attribution: Attribution, side: frozenset[int], cues: Cues) -> Clause:
    tokens, kids = parse.tokens, parse.children[i]
    subject = child(parse, i, SUBJECTS)
    there = any(tokens[k].dep == "expl" and tokens[k].lower == "there" for k in kids)
    helpers = frozenset(tokens[k].lower for k in kids if tokens[k].dep in {"aux", "auxpass"})
    nobody = subject is not None and _has_no(parse, subject)
    no_one = nobody and subject is not None and tokens[subject].pos in {"NOUN", "PROPN"}
    objects = {"dobj", "attr"} if there or tokens[i].lemma == "be" else {"dobj"}
    negated = nobody or any(
        tokens[k].dep == "neg" or tokens[k].lower == "never" or (tokens[k].dep in objects and _has_no(parse, k))
        for k in kids
    )
    own = (
        subject in side
        or _is_own(parse, subject, attribution, cues)
        or (not side and _is_head_of(parse, subject, attribution))
    )
    return Clause(i, subject, helpers, negated, own, there, no_one)


def _has_no(parse: Parse, i: int) -> bool:
    """Whether a noun is "no soldier", "not a word", "nobody"; "a friend, not a foe" is none."""
    kids = parse.children[i]
    return parse.tokens[i].lower in _NOBODY or any(parse.tokens[k].lower in {"no", "not"} and k < i for k in kids)


def _is_own(parse: Parse, at: int | None, attribution: Attribution, cues: Cues) -> bool:
    """Whether the subject of a content's clause is the speaker or the speaker's side."""
    tokens = parse.tokens
    if at is None:
        return False
    subject = tokens[at]
    if subject.lower in _FIRST and (attribution.direct or attribution.head is not None):
        return True
    if not attribution.direct and subject.lower in _THEY:
        return (attribution.head is not None and subject.lower != "it") or _is_body(attribution, parse, cues)
    owner = child(parse, at, ("poss",))
    if owner is not None and tokens[owner].lower in _OWN and subject.lemma in _OWN_SIDE:
        return tokens[owner].lower in {"our", "my"} or not attribution.direct
    if attribution.head is None or attribution.source is None or subject.ent not in {"GPE", "ORG", "NORP", "PERSON"}:
        return False
    words = {tokens[i].text for i in parse.tokens_within(*attribution.source)}
    return subject.text in words or any(tokens[k].text in words for k in parse.children[at] if tokens[k].ent)


def _is_head_of(parse: Parse, subject: int | None, attribution: Attribution) -> bool:
    """Whether a head of state or government of no known state, by name, speaks of a state: his own, as the wires write."""
    if subject is None or attribution.source is None or parse.tokens[subject].ent != "GPE":
        return False
    words = [parse.tokens[i] for i in parse.tokens_within(*attribution.source)]
    named = any(t.ent == "PERSON" for t in words) and not any(t.ent in {"GPE", "NORP", "ORG"} for t in words)
    return named and any(t.lower in _HEADS for t in words)


def _is_body(attribution: Attribution, parse: Parse, cues: Cues) -> bool:
    """Whether the speaker is a state or body, which "it" may mean."""
    if attribution.head is None:
        return False
    token = parse.tokens[attribution.head]
    return token.ent in {"GPE", "ORG"} or token.lemma in cues.official


_WISHING = frozenset({"insist", "demand", "ask", "require", "propose", "request", "order", "urge"})


def mood(clause: Clause, attribution: Attribution, parse: Parse, cues: Cues) -> Act | None:
    """The act that the main clause's modal, tense, verb or missing subject tells, or None."""
    tokens = parse.tokens
    verb, helpers = tokens[clause.verb], clause.helpers
    subject = tokens[clause.subject] if clause.subject is not None else None
    first = subject is not None and subject.lower in _FIRST
    lemma = tokens[attribution.word].lemma if attribution.word is not None else ""
    if helpers & _MUST and not (first and attribution.direct):
        return "demand"
    if helpers & _OUGHT and verb.lemma == "be" and _feels(parse, clause):
        return "evaluation"
    if helpers & _OUGHT and first and verb.lemma in _MODEST:
        return "expectation"  # "by May, I should think"
    if "may" in helpers and clause.negated and not clause.nobody and "have" not in helpers and not attribution.direct:
        return "demand"
    if helpers & _OUGHT:
        return "recommendation" if attribution.act != "demand" else "demand"
    if helpers & _WILL and first and verb.lemma in _ANNOUNCING and attribution.direct:
        return None  # "I'll tell you what he said"
    going = verb.lower == "going" and _infinitive(parse, clause.verb) is not None
    if helpers & _WILL or verb.lower == "gonna" or going or _is_to(parse, clause):
        return _foretold(clause, attribution, parse, cues)
    if "would" in helpers and not attribution.direct and "have" not in helpers:
        if child(parse, clause.verb, ("advcl",)) is not None and not clause.own:
            return "expectation"
        return _foretold(clause, attribution, parse, cues)
    performed = _performed(clause, attribution, parse, cues)
    if performed is not None:
        return performed
    if verb.lemma == "risk":
        return "expectation"
    if "have" not in helpers and (
        (helpers & MAY and lemma in _TENTATIVE)
        or (
            helpers & _CHANCE
            and not clause.negated
            and attribution.act == "claim"
            and verb.lemma not in {"be", "have", "know", "seem", "want", "need"}
        )
    ):
        return "expectation"
    if _is_ordered(clause, attribution, parse):
        return "demand"
    if not attribution.direct and verb.tag == "VB" and not helpers and subject is not None:
        return "demand"  # the subjunctive: "insisted that it be closed"
    wished = lemma in _WISHING and verb.tag == "VBP" and verb.lemma == verb.lower and not helpers
    if not attribution.direct and wished and subject is not None and subject.tag in {"NN", "NNP"}:
        return "demand"  # "insists that the commission decide"
    return None


def _feels(parse: Parse, clause: Clause) -> bool:
    """ "Should be ashamed": blame or praise, no advice."""
    return any(parse.tokens[k].lower in _FEELINGS for k in parse.children[clause.verb] if parse.tokens[k].dep in _NOUNS)


def _foretold(clause: Clause, attribution: Attribution, parse: Parse, cues: Cues) -> Act:
    """An intention of the speaker's own side, else an expectation; nobody intends to need or to see something happen."""
    held = attribution.word is not None and parse.tokens[attribution.word].lemma in _BELIEVING
    if clause.own and not held:
        verb = parse.tokens[clause.verb]
        helpless = verb.lemma in {"need", "win", "lose", "see", "suffer", "collapse", "die"} and not clause.negated
        return "expectation" if helpless else "intention"
    return "intention" if _commits(clause, attribution, parse, cues) else "expectation"


def _is_to(parse: Parse, clause: Clause) -> bool:
    """ "The ministers are to meet in May": a plan."""
    if parse.tokens[clause.verb].lemma != "be":
        return False
    to = _infinitive(parse, clause.verb)
    return (
        to is not None
        and parse.tokens[parse.subtree(to)[0]].lower == "to"
        and child(parse, clause.verb, ("acomp", "attr")) is None
        and clause.subject is not None
        and parse.tokens[clause.subject].lemma not in _AIMS
    )


def _performed(clause: Clause, attribution: Attribution, parse: Parse, cues: Cues) -> Act | None:
    """The act that a speaker performs by the verb of his content: "we demand", "he hoped to", "it was ready to"."""
    tokens = parse.tokens
    verb = tokens[clause.verb]
    if clause.negated or clause.helpers & (MAY | {"would", "did", "had"}):
        return None
    lemma = cues.verb(verb.lemma, verb.lower) or verb.lemma
    if lemma in {"hope", "expect", "fear"} and (
        _infinitive(parse, clause.verb) or child(parse, clause.verb, ("ccomp",))
    ):
        return "expectation"
    if lemma in _PLANS and _infinitive(parse, clause.verb) is not None:
        return "intention"
    if lemma == "be":
        ready = next((k for k in parse.children[clause.verb] if tokens[k].dep in _NOUNS), None)
        named = clause.own or (clause.subject is not None and tokens[clause.subject].ent in {"GPE", "ORG", "NORP"})
        can = ready is not None and tokens[ready].lower in _READY and named
        return "intention" if can and ready is not None and _reaches(parse, ready) else None
    if not clause.own or lemma in _REPORTING:
        return None
    if _is_setting_out(clause, attribution, parse):
        return "intention"
    past = verb.tag in {"VBD", "VBN"}
    if attribution.direct and past and "have" not in clause.helpers and not clause.helpers & {"'ve", "’ve"}:
        return None  # "we demanded it last year" tells what was done
    if lemma not in cues.verbs:
        return None
    frames, _last = frames_of(parse, clause.verb, cues)
    found = complement(parse, verb, frames, cues)
    if found is None:
        return None
    act = frames.get(found[0])
    return act if act in _PERFORMED else None


def _is_setting_out(clause: Clause, attribution: Attribution, parse: Parse) -> bool:
    """ "We are leaving", "we stay", "if they fire, we fire": the present of what one is resolved to do."""
    tokens = parse.tokens
    verb = tokens[clause.verb]
    if verb.tag == "VBG":
        return verb.lemma in _SETTING_OUT and "been" not in clause.helpers
    if verb.tag not in {"VBP", "VBZ"} or not attribution.direct or clause.helpers:
        return False
    condition = child(parse, clause.verb, ("advcl",))
    return verb.lemma in _STAYING or (
        condition is not None and any(tokens[k].lower in {"if", "unless"} for k in parse.children[condition])
    )


def _reaches(parse: Parse, k: int) -> bool:
    """Whether an infinitive hangs on an adjective, or on the verb that it stands with."""
    return _infinitive(parse, k) is not None or _infinitive(parse, parse.tokens[k].head) is not None


def _infinitive(parse: Parse, i: int) -> int | None:
    return next((k for k in parse.children[i] if parse.tokens[k].dep == "xcomp" and parse.tokens[k].tag == "VB"), None)


def _is_ordered(clause: Clause, attribution: Attribution, parse: Parse) -> bool:
    """Whether the clause is an imperative put to others."""
    tokens = parse.tokens
    verb = tokens[clause.verb]
    if not attribution.direct or clause.subject is not None or clause.there:
        return False
    if verb.tag not in {"VB", "VBP"} or clause.helpers - {"do", "don't"}:
        return False
    sentence = parse.sentence_of(clause.verb)
    low = max(attribution.start, sentence.start)
    opening = next(
        (
            tokens[i]
            for i in parse.tokens_within(low, attribution.end)
            if tokens[i].pos not in {"PUNCT", "SPACE", "ADV", "INTJ", "CCONJ"} and _LETTERS.search(tokens[i].text)
        ),
        verb,
    )
    return (verb.lemma != "let" or tokens[verb.i + 1].lower not in {"us", "'s", "’s", "me"}) and (
        opening.i == verb.i or opening.lower in {"do", "don't", "please"}
    )


def _commits(clause: Clause, attribution: Attribution, parse: Parse, cues: Cues) -> bool:
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
