"""Climb: from a word to the one that governs it, letting that one speak; the way depends on how the two are joined."""

from __future__ import annotations

from dragoman.codebook.factuality import FactualityCues
from dragoman.read.factuality.beside import bare_root
from dragoman.read.factuality.disown import disowned
from dragoman.read.factuality.govern import apply, judged, signature_of
from dragoman.read.factuality.phrase import (
    NOUNS,
    cut_off,
    has_own_subject,
    has_subject,
    is_definite,
    is_open,
    is_passive,
    negation_of,
)
from dragoman.read.factuality.state import FUTURE, HAPPENED, HYPOTHETICAL, NEGATED, State
from dragoman.record import Parse, Token
from dragoman.record.event import Factuality

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FINITE_GROUPS = frozenset({"wish", "refusal", "rejection", "question", "belief"})
"""The groups that govern a whole clause with its own tense: "hopes that it will", "denied that it had"."""

_SUPPOSING = frozenset({"suppose", "imagine", "assume", "say"})
_ORDINALS = frozenset({"first", "last", "only", "latest", "second", "third"})
_PONDERING = frozenset({"consider", "contemplate", "weigh", "mull", "ponder", "study", "examine", "debate", "discuss"})
_DUTY = frozenset({"should", "must", "ought"})
_LATER = frozenset({"when", "once", "after", "before", "as", "until", "till"})


def step(parse: Parse, at: int, cues: FactualityCues, state: State) -> int | None:
    """Climb one step: let what governs token `at` speak, and return its index, or None where the climb ends."""
    tokens = parse.tokens
    token = tokens[at]
    if token.head == at:
        if token.tag == "VB":
            bare_root(parse, at, state)
        return None
    if disowned(parse, at, cues, state) or cut_off(parse, at, token.head):
        return None
    match token.dep:
        case "xcomp" | "ccomp" | "acomp" | "oprd" | "pcomp" | "acl" | "csubj" | "csubjpass":
            return _from_clause(parse, at, cues, state)
        case "advcl":
            return _from_adverbial(parse, at, cues, state)
        case "conj":
            return _from_conjunct(parse, at, cues, state)
        case "relcl":
            _from_relative(parse, at, state)
            return None
        case "parataxis" | "appos" | "dep" | "meta":
            return None
        case "prep" | "agent":
            return None if token.pos in NOUNS else token.head
        case "amod" if token.pos not in NOUNS:
            return None
        case _:
            return _from_noun(parse, at, cues, state)


def _from_relative(parse: Parse, at: int, state: State) -> None:
    """From a relative clause the climb goes no further; an infinitive ("a plan for all to support") tells what may be."""
    tokens = parse.tokens
    infinitive = any(tokens[c].tag == "TO" for c in parse.children[at])
    noun = tokens[at].head
    if infinitive and not any(tokens[c].lemma.lower() in _ORDINALS for c in parse.children[noun]):
        state.take(HYPOTHETICAL, f"{tokens[noun].text} to", "purpose")


def _weighed(parse: Parse, be: int, cues: FactualityCues) -> Factuality | None:
    """What is said of an act that is only weighed: "severing relations is out of the question", "is not on the table"."""
    nouns = {
        parse.tokens[g].lemma.lower()
        for c in parse.children[be]
        if parse.tokens[c].dep in ("prep", "attr")
        for g in (c, *parse.subtree(c))
    }
    if nouns & {"question"} and "out" in nouns:
        return NEGATED
    if nouns & {"table", "agenda", "option", "possibility", "choice"}:
        refused = negation_of(parse, be, cues) or "off" in nouns or "no" in nouns
        return NEGATED if refused else HYPOTHETICAL
    return None


def _from_clause(parse: Parse, at: int, cues: FactualityCues, state: State) -> int | None:
    """From a complement clause, or a clause on a noun, to its governor."""
    tokens = parse.tokens
    token, parent = tokens[at], tokens[at].head
    infinitive = any(tokens[c].tag == "TO" for c in parse.children[at])
    governor = tokens[parent]
    if token.dep == "pcomp":
        return _through_preposition(parse, parent, cues, state, noun=None)
    that = any(tokens[c].dep == "mark" and tokens[c].text.lower() == "that" for c in parse.children[at])
    if token.dep == "acl" and not infinitive and not that:
        if token.tag == "VBG" and governor.pos in NOUNS and not is_definite(parse, governor):
            return parent  # "will move a motion condemning": as true as the motion
        return None  # "sanctions imposed by": as good as a relative clause
    finite = token.tag in _FINITE or any(
        tokens[c].tag in _FINITE and tokens[c].dep in ("aux", "auxpass") for c in parse.children[at]
    )
    signature = signature_of(parse, parent, "to" if infinitive else "", cues, infinitive=infinitive)
    if governor.lemma in _SUPPOSING and governor.tag == "VB" and not has_subject(parse, parent):
        state.take(HYPOTHETICAL, governor.text, "condition")
        return None
    if finite and not infinitive:
        if (
            signature is not None
            and signature.group == "demand"
            and token.tag in ("VB", "VBP")
            and that
            and not is_open(parse, at, cues)
        ):
            return apply(parse, parent, signature, cues, state)  # a subjunctive that the tagger took for a present
        duty = any(tokens[c].dep == "aux" and tokens[c].text.lower() in _DUTY for c in parse.children[at])
        if signature is not None and signature.group == "belief" and not duty and negation_of(parse, parent, cues):
            state.deny(governor.text)  # "does not believe that it will": by the one who says so it will not
            return None
        if signature is not None and signature.group in _FINITE_GROUPS:
            return apply(parse, parent, signature, cues, state)
        return None
    if token.dep == "csubj" and token.tag == "VBG" and governor.lemma == "be":
        taken = _weighed(parse, parent, cues)
        if taken is not None:
            state.take(taken, governor.text)
            return None
    if signature is None and governor.lemma == "be" and infinitive:
        assessed = any(tokens[c].dep in ("acomp", "attr") for c in parse.children[parent])
        inverted = any(tokens[c].dep == "nsubj" and c > parent for c in parse.children[parent])
        if assessed or inverted:
            state.take(HYPOTHETICAL, governor.text, "assessed")  # "it would be unwise to", "were it to"
            return parent
        state.take(NEGATED if negation_of(parse, parent, cues) else FUTURE, f"{governor.text} to")
        return None
    if governor.lemma == "have" and infinitive and token.dep == "xcomp":
        yet = any(tokens[c].text.lower() == "yet" for c in (*parse.children[parent], *parse.children[at]))
        if yet or governor.tag != "VBD":  # "had to leave" says that it was done
            state.take(NEGATED if yet else HYPOTHETICAL, "yet to" if yet else f"{governor.text} to")
        return parent
    if governor.lemma == "go" and infinitive and governor.tag != "VBG":
        return parent
    perfect = any(tokens[c].dep == "aux" and tokens[c].lemma == "have" for c in parse.children[at])
    if infinitive and (perfect or governor.lemma == "claim") and (signature is None or signature.makes == "report"):
        return None  # "claimed to have freed", "is said to have left"
    if signature is not None and not (signature.group == "report" and infinitive):
        if signature.group == "factive" and infinitive and governor.pos == "VERB":
            state.take(HYPOTHETICAL, "to", "purpose")  # "stopped to refuel"
            return None
        return apply(parse, parent, signature, cues, state)
    if infinitive and governor.pos == "ADJ":
        state.take(HYPOTHETICAL, governor.text)
        return parent
    if infinitive and (has_own_subject(parse, at) or governor.pos == "PROPN") and token.dep in ("acl", "ccomp"):
        state.take(FUTURE, "to")  # a headline: "Minister to visit", "Seoul to send envoy, aide says"
        return None
    if infinitive and governor.pos in NOUNS:
        ordinal = any(tokens[c].lemma.lower() in _ORDINALS for c in parse.children[parent])
        if ordinal:
            return None
        state.take(HYPOTHETICAL, f"{governor.text} to", "purpose")
        return None
    if infinitive:
        if (
            governor.lemma in ("say", "believe", "report", "think", "know", "allege", "consider")
            and governor.tag == "VBN"
        ):
            return None  # "is said to have"
        state.take(HYPOTHETICAL, f"{governor.text} to", "purpose")
        return None
    if token.tag == "VB" and any(tokens[c].dep in ("nsubj", "nsubjpass") for c in parse.children[at]):
        state.take(HYPOTHETICAL, governor.text)  # a subjunctive: "demanded that it leave"
        return None
    return parent


def _through_preposition(parse: Parse, prep: int, cues: FactualityCues, state: State, noun: Token | None) -> int | None:
    """From a preposition's object to what the preposition hangs on: "without", "call for", "threat of"."""
    tokens = parse.tokens
    while tokens[prep].dep == "conj" and tokens[prep].head != prep:
        prep = tokens[prep].head  # "of lifting or of talking"
    preposition = tokens[prep]
    link = preposition.text.lower()
    before = tokens[prep - 1].text.lower() if prep else ""
    third = tokens[prep - 2].text.lower() if prep > 1 else ""
    definite = noun is not None and is_definite(parse, noun)
    for key in (f"{third} {before} {link}", f"{before} {link}", link):
        effect = cues.prepositions.get(key)
        if effect is not None and effect != "same":
            if effect == NEGATED and state.value == FUTURE:
                effect = HYPOTHETICAL  # "without agreement on": what was to be agreed is left open
            state.take(effect, key)
            state.ended = True
            return None
    governor = tokens[preposition.head]
    if governor.dep == "prep" or (governor.pos == "ADP" and governor.i != prep):
        link = f"{governor.text.lower()} {link}"
        governor = tokens[governor.head]
    if link == "to" and noun is None and governor.pos == "VERB":
        signature = cues.governors.get(f"{governor.lemma.lower()} to")
    else:
        signature = signature_of(parse, governor.i, link, cues)
    if signature is not None and (governor.pos != "VERB" or _prepositional(governor, link, cues) or noun is None):
        return apply(parse, governor.i, signature, cues, state, noun=noun is not None, definite=definite)
    if noun is None and link == "against":
        state.take(HYPOTHETICAL, link)
        return None
    if noun is None and governor.pos in ("VERB", "AUX"):
        return governor.i if link in ("in", "by", "with") or governor.lemma == "be" else None
    return None


def _prepositional(governor: Token, link: str, cues: FactualityCues) -> bool:
    """Does the verb govern through just this preposition ("called for sanctions"), rather than merely stand before it?"""
    return f"{governor.lemma.lower()} {link}" in cues.governors


def _from_adverbial(parse: Parse, at: int, cues: FactualityCues, state: State) -> int | None:
    """From an adverbial clause to the clause on which it hangs."""
    tokens = parse.tokens
    token = tokens[at]
    main = tokens[token.head]
    words = [tokens[c].text.lower() for c in parse.children[at] if tokens[c].dep in ("mark", "advmod")]
    if any(tokens[c].tag == "TO" for c in parse.children[at]):
        signature = signature_of(parse, main.i, "to", cues, infinitive=True)
        if signature is not None and signature.makes == "same":
            return main.i
        if (
            main.lemma != "go"
            and signature is not None
            and signature.group in ("intention", "wish", "demand", "refusal", "failure")
        ):
            return apply(parse, main.i, signature, cues, state)
        state.take(HYPOTHETICAL, "to", "purpose")
        return None
    if "so" in words and "that" in words:
        state.take(HYPOTHETICAL, "so that", "purpose")
        return None
    if token.tag in ("VBZ", "VBP") and _LATER & set(words) and is_open(parse, main.i, cues):
        state.take(FUTURE, next(w for w in words if w in _LATER))
        return None
    if token.tag == "VBG" and not words:
        return main.i  # "would collapse, killing": as true as what it goes with
    return None


def _from_conjunct(parse: Parse, at: int, cues: FactualityCues, state: State) -> int | None:
    """From the second of two joined words to the first, unless it is asserted by itself."""
    tokens = parse.tokens
    token, head = tokens[at], tokens[tokens[at].head]
    if state.value == NEGATED or (token.pos in NOUNS and state.value != HAPPENED):
        return None  # each of the two was denied for itself
    if token.pos in NOUNS:
        return head.i
    if any(tokens[c].tag == "TO" for c in parse.children[at]):
        return step(parse, head.i, cues, state)  # "not to buy and to check": what stands beside the first is its own
    joint = {tokens[c].text.lower() for c in parse.children[head.i] if tokens[c].dep == "cc"}
    own = any(
        tokens[c].dep in ("nsubj", "nsubjpass", "aux", "auxpass") and tokens[c].tag != "TO" for c in parse.children[at]
    )
    if own or "but" in joint:
        return None
    if token.tag == head.tag or token.tag in ("VB", "VBN", "VBG") or (joint & {"or", "nor"}):
        return head.i
    return None


def _from_noun(parse: Parse, at: int, cues: FactualityCues, state: State) -> int | None:
    """From a noun to what it stands under: a preposition, another noun, or a verb of which it is subject or object."""
    tokens = parse.tokens
    token = tokens[at]
    governor = tokens[token.head]
    if token.dep == "pobj":
        return _through_preposition(parse, governor.i, cues, state, noun=token)
    definite = is_definite(parse, token)
    if token.dep in ("compound", "nmod", "poss", "amod"):
        signature = signature_of(parse, governor.i, "", cues) or cues.governors.get(f"{governor.lemma.lower()} of")
        if signature is not None and signature.makes in (FUTURE, HYPOTHETICAL, NEGATED):
            return apply(parse, governor.i, signature, cues, state)
        return None
    if token.dep not in ("dobj", "nsubj", "nsubjpass", "attr", "dative"):
        return None
    if governor.pos == "ADJ" and token.dep == "nsubj":
        return judged(parse, governor.i, cues, state)
    if governor.pos not in ("VERB", "AUX"):
        return None
    raised = _raised(parse, governor)
    if raised is not None:
        governor = raised
    lemma = governor.lemma.lower()
    if any(tokens[c].dep == "oprd" for c in parse.children[governor.i]):
        return None  # "called the raid a crime"
    if token.dep == "nsubj" and not is_passive(parse, governor.i):
        return _from_subject(parse, governor, definite, cues, state)
    signature = signature_of(parse, governor.i, "", cues)
    if lemma in cues.carriers or (signature is not None and signature.makes == "same"):
        return governor.i
    if signature is not None and signature.makes != "report":
        if signature.group == "demand" and definite:
            if state.value == FUTURE and lemma in _PONDERING:
                state.take(HYPOTHETICAL, governor.text)  # "considers the decision to leave wise"
            return None
        return apply(parse, governor.i, signature, cues, state, noun=True, definite=definite)
    if not definite and (
        is_open(parse, governor.i, cues) or any(tokens[c].tag == "TO" for c in parse.children[governor.i])
    ):
        return governor.i
    return None


def _raised(parse: Parse, verb: Token) -> Token | None:
    """The passive infinitive whose subject stands with a verb of duty: "plans had to be scrapped"."""
    if verb.lemma not in ("have", "need", "be"):
        return None
    for c in parse.children[verb.i]:
        if parse.tokens[c].dep == "xcomp" and is_passive(parse, c):
            return parse.tokens[c]
    return None


def _from_subject(parse: Parse, verb: Token, definite: bool, cues: FactualityCues, state: State) -> int | None:
    """A subject shares the truth of a verb that only says that it takes place; an indefinite one that of an open verb."""
    lemma = verb.lemma.lower()
    if lemma in cues.occurring:
        return None if definite and _against_fact(parse, verb.i, cues) else verb.i
    if lemma == "be":
        for c in parse.children[verb.i]:
            if definite and _does_more(parse, c, cues):
                continue
            if parse.tokens[c].dep in ("acomp", "attr") and judged(parse, c, cues, state) is not None:
                return verb.i
    if lemma == "be" and any(parse.tokens[c].dep == "expl" for c in parse.children[verb.i]):
        return verb.i
    if not definite and is_open(parse, verb.i, cues):
        return verb.i
    return None


def _against_fact(parse: Parse, verb: int, cues: FactualityCues) -> bool:
    """Does a verb tell what would not have come to pass otherwise ("would not have happened without"), so that it did?"""
    words = {parse.tokens[c].text.lower() for c in parse.children[verb] if parse.tokens[c].dep == "aux"}
    return {"have"} < words and bool(words & {"would", "could"}) and bool(negation_of(parse, verb, cues))


def _does_more(parse: Parse, i: int, cues: FactualityCues) -> bool:
    """Does an adjective tell what its subject may bring about ("likely to delay the deal"), and not whether it takes place?"""
    inner = [parse.tokens[c].lemma.lower() for c in parse.children[i] if parse.tokens[c].dep == "xcomp"]
    return any(lemma not in cues.occurring and lemma not in cues.carriers for lemma in inner)
