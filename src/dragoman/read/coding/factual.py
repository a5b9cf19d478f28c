"""Factuality of a trigger from what governs it: happened, future, hypothetical or negated."""

from __future__ import annotations

from dragoman.record import Parse
from dragoman.record.event import Factuality

_NEGATING = frozenset(
    [
        "fail",
        "refuse",
        "decline",
        "avoid",
        "prevent",
        "refrain",
        "avert",
        "deny",
        "forget",
        "neglect",
        "foil",
        "thwart",
        "halt",
        "cancel",
        "postpone",
    ]
)
_COMING = frozenset(
    [
        "plan",
        "intend",
        "expect",
        "schedule",
        "prepare",
        "promise",
        "pledge",
        "vow",
        "agree",
        "aim",
        "announce",
        "pend",
        "due",
        "set",
        "about",
    ]
)
_OPEN = frozenset(
    [
        "want",
        "hope",
        "consider",
        "call",
        "urge",
        "demand",
        "ask",
        "propose",
        "threaten",
        "seek",
        "try",
        "possible",
        "likely",
        "ready",
        "offer",
        "mull",
        "contemplate",
        "discuss",
        "study",
        "suggest",
        "recommend",
        "allow",
        "request",
        "appeal",
        "attempt",
        "wish",
        "like",
        "fear",
        "risk",
        "possibility",
        "threat",
        "plan",
        "proposal",
        "demand",
        "chance",
        "prospect",
        "idea",
        "danger",
        "hint",
        "warn",
        "prepared",
        "willing",
        "able",
        "order",
        "invite",
        "need",
        "encourage",
        "require",
        "press",
        "aim",
        "bid",
        "effort",
        "attempt",
        "authorise",
        "authorize",
        "vote",
        "favour",
        "favor",
        "advocate",
        "insist",
        "unlikely",
        "debate",
        "option",
    ]
)
_SPEECH = frozenset(
    [
        "say",
        "tell",
        "report",
        "state",
        "add",
        "claim",
        "announce",
        "note",
        "declare",
        "explain",
        "argue",
        "stress",
        "accuse",
        "believe",
        "think",
        "know",
    ]
)
_MODALS = {"will": "future", "shall": "future", "'ll": "future", "wo": "future"}
_MAYBE = frozenset(["would", "could", "may", "might", "should", "must", "can", "ought", "'d", "ca"])
_STEP = frozenset(
    {"xcomp", "ccomp", "pcomp", "acl", "dobj", "pobj", "prep", "conj", "nsubjpass", "attr", "acomp", "advcl", "oprd"}
)


def factuality_of(parse: Parse, trigger: int) -> Factuality:
    """Return whether the text takes what the trigger names for done, to come, open or not so."""
    tokens, children = parse.tokens, parse.children
    i, steps, first = trigger, 0, True
    while steps < 6:
        token = tokens[i]
        for child in children[i]:
            lower = tokens[child].text.lower()
            if tokens[child].dep == "neg" or (tokens[child].dep == "det" and lower == "no" and i == trigger):
                return "negated"
            if tokens[child].dep == "mark" and lower in {"if", "unless", "whether"}:
                return "hypothetical"
            if tokens[child].dep == "aux":
                if lower in _MODALS:
                    return "future"
                if lower in _MAYBE:
                    return "hypothetical"
        if not first and token.lemma in _NEGATING:
            return "negated"
        head = token.head
        if head == i or token.dep not in _STEP:
            break
        parent = tokens[head]
        if token.dep == "conj" and token.pos == "VERB" and any(tokens[c].dep in {"nsubj", "aux"} for c in children[i]):
            break
        if parent.lemma in _SPEECH and token.dep in {"ccomp", "advcl", "parataxis"}:
            break
        if parent.text.lower() == "without":
            return "negated"
        if token.dep == "advcl" and not any(tokens[c].tag == "TO" for c in children[i]):
            break
        infinitive = any(tokens[c].tag == "TO" for c in children[i])
        if (
            infinitive or token.dep in {"pobj", "prep", "pcomp", "dobj", "ccomp", "nsubjpass"}
        ) and parent.lemma in _NEGATING:
            return "negated"
        if infinitive and parent.lemma == "be" and token.dep in {"xcomp", "ccomp"}:
            return "future"
        if infinitive or token.dep in {"ccomp", "dobj", "pobj", "nsubjpass"}:
            if parent.lemma in _COMING and (infinitive or parent.lemma in {"plan", "schedule", "expect", "prepare"}):
                return "future"
            if parent.lemma in _OPEN:
                return "hypothetical"
        i, steps, first = head, steps + 1, False
        if tokens[i].pos == "VERB" and any(tokens[c].dep in {"nsubj", "nsubjpass"} for c in children[i]) and steps > 2:
            break
    return "happened"
