"""Subjects: who does what a verb says when the verb's own clause doesn't name him.

Relative clauses, participles, control, raising and coordination are undone here.
"""

from __future__ import annotations

from dragoman.read.coding.phrases import (
    HOPS,
    NOMINAL,
    PASSIVE_SUBJECT,
    SUBJECT,
    VERBAL,
    coordinated,
    is_nonfinite,
    is_passive,
    objects_of,
    phrase_slot,
)
from dragoman.record import Parse

RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
PAPERS = frozenset(
    {
        "declaration",
        "statement",
        "letter",
        "resolution",
        "report",
        "decree",
        "order",
        "note",
        "message",
        "bill",
        "petition",
    }
    | {"announcement", "proclamation", "notice", "decision", "address", "remark", "policy", "confirmation"}
    | {"communique", "speech", "law", "appeal", "document", "motion", "memo", "protest", "ultimatum", "call"}
)
"""What speaks for its author: in "a letter demanding", the author demands."""
_JUDGING = frozenset(
    {"consider", "call", "think", "believe", "regard", "describe", "see", "praise", "condemn", "criticise", "criticize"}
    | {"welcome", "hail", "denounce", "find", "deem", "oppose", "support", "explain", "reject", "deplore", "understand"}
)
"""Verbs whose subject judges another's plan or decision."""
_HUMAN_ENDS = ("official", "officer", "minister", "soldier", "diplomat", "leader", "people", "citizen", "guard")
"""Nouns for persons, whom "which" does not mean."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
OBJECT_CONTROL = frozenset(
    {
        "advise", "allow", "appeal", "ask", "authorise", "authorize", "beg", "block", "call", "challenge", "compel",
        "convince", "direct", "enable", "encourage", "expect", "forbid", "force", "get", "help", "implore", "inspire",
        "instruct", "invite", "lead", "let", "make", "oblige", "order", "permit", "persuade", "press", "pressure",
        "prevent", "prohibit", "prompt", "push", "request", "require", "say", "stop", "summon", "tell", "tempt", "urge",
        "want", "warn",
    }
)  # fmt: skip
"""Verbs whose object, not subject, does what the infinitive behind them says ("urged Chad to withdraw")."""
_JUDGED_FOR = frozenset(
    {
        "accuse", "admonish", "applaud", "arrest", "assail", "attack", "berate", "blame", "blast", "castigate", "censure",
        "charge", "chide", "commend", "condemn", "congratulate", "criticise", "criticize", "denounce", "detain", "execute",
        "expel", "fault", "fine", "forgive", "imprison", "indict", "jail", "lambast", "lambaste", "mock", "pardon", "penalise",
        "penalize", "praise", "prosecute", "punish", "rebuke", "reprimand", "reproach", "sack", "salute", "sanction", "scold",
        "sentence", "slam", "suspend", "thank", "try", "upbraid", "hail", "laud", "honour", "honor", "reward", "pay",
    }
)  # fmt: skip
GERUND_CONTROL = {
    "for": _JUDGED_FOR,
    "of": frozenset({"accuse", "convict", "suspect", "acquit", "absolve", "clear", "warn"}),
    "with": frozenset({"charge", "credit"}),
    "over": _JUDGED_FOR,
    "from": frozenset(
        {
            "ban",
            "bar",
            "block",
            "deter",
            "discourage",
            "dissuade",
            "exclude",
            "exempt",
            "forbid",
            "hinder",
            "keep",
            "prevent",
        }
        | {"prohibit", "restrain", "stop"}
    ),
    "into": frozenset(
        {
            "bully",
            "coax",
            "coerce",
            "draw",
            "force",
            "frighten",
            "goad",
            "intimidate",
            "lure",
            "manipulate",
            "pressure",
            "push",
        }
        | {"scare", "shame", "talk", "trick", "provoke", "pressurise", "pressurize"}
    ),
}
"""Verbs whose object, not subject, does what the gerund behind a preposition says ("praised Chad for freeing them")."""


def antecedents(parse: Parse, i: int, *, spread: bool = True) -> list[int]:
    """Return the phrase itself, or, for a relative pronoun, the noun that its clause modifies."""
    if parse.tokens[i].lemma.lower() in RELATIVE and parse.tokens[i].pos in {"PRON", "DET", "SCONJ"}:
        for above in parse.ancestors(i)[:HOPS]:
            if parse.tokens[above].dep == "relcl":
                return _nearer_place(parse, i, above) or coordinated(parse, parse.tokens[above].head)
            if parse.tokens[above].dep in {"ccomp", "advcl"}:
                cleft = _cleft(parse, above)
                if cleft:
                    return cleft
    return coordinated(parse, i) if spread else [i]


def _nearer_place(parse: Parse, pronoun: int, verb: int) -> list[int]:
    """Return the name right before ", which" where the parser hangs the clause on a person's noun further off.

    In "two officials in Puntland, which broke with Mogadishu" it is Puntland that did.
    """
    tokens = parse.tokens
    if tokens[pronoun].text.lower() != "which" or tokens[tokens[verb].head].lemma not in _HUMAN_ENDS:
        return []
    before = pronoun - 1 if tokens[pronoun - 1].text != "," else pronoun - 2
    return [before] if before > 0 and tokens[before].ent in {"GPE", "ORG"} and tokens[before].pos == "PROPN" else []


def _cleft(parse: Parse, verb: int) -> list[int]:
    """Return what "it was ... that" sets apart as the subject of the clause behind it ("it was Seoul that moved first")."""
    tokens, children = parse.tokens, parse.children
    be = tokens[verb].head
    if tokens[be].lemma != "be" or not any(
        tokens[c].text.lower() == "it" and tokens[c].dep == "nsubj" for c in children[be]
    ):
        return []
    return [g for c in children[be] if tokens[c].dep == "attr" and c < verb for g in coordinated(parse, c)]


def understood_subject(parse: Parse, verb: int, hops: int = HOPS) -> list[int]:
    """Return the subject that a verb without one takes from the words above it: control, raising, participles, conjuncts."""
    if hops == 0 or any(parse.tokens[c].dep == "expl" for c in parse.children[verb]):
        return []
    tokens = parse.tokens
    token = tokens[verb]
    head = token.head
    if head == verb:
        return []
    joined = joined_to(parse, verb)
    if joined is not None:
        return subject_of(parse, joined, hops - 1)
    if token.dep in {"acl", "amod"} or (token.dep == "relcl" and tokens[head].pos in NOMINAL):
        infinitive = any(tokens[c].tag == "TO" for c in parse.children[verb])
        spoken = token.tag == "VBG" and tokens[head].lemma in PAPERS
        return _holder(parse, head, hops - 1) if infinitive or spoken else coordinated(parse, head)
    if token.dep == "pcomp" or (token.dep == "pobj" and token.pos in VERBAL):
        return _above_preposition(parse, head, hops - 1)
    if tokens[head].pos == "ADJ" and token.dep in {"xcomp", "ccomp", "advcl"}:
        own = [g for c in parse.children[head] if tokens[c].dep in SUBJECT for g in coordinated(parse, c)]
        return own or subject_of(parse, tokens[head].head, hops - 1)
    if tokens[head].pos not in VERBAL:
        return _holder(parse, head, hops - 1) if tokens[head].pos == "NOUN" else []
    called = token.dep == "advcl" and token.tag == "VB" and tokens[head].lemma in {"call", "appeal"}
    called = called and any(tokens[c].tag == "TO" for c in parse.children[verb])
    called = called and any(
        tokens[c].dep == "prep" and tokens[c].text in {"on", "upon", "to"} for c in parse.children[head]
    )
    if (token.dep in {"xcomp", "ccomp"} or called) and tokens[head].lemma in OBJECT_CONTROL:
        patients = [
            g for c in parse.children[head] if tokens[c].dep in {"dobj", "dative"} for g in coordinated(parse, c)
        ]
        if is_passive(parse, head):
            return subject_of(parse, head, hops - 1)
        patients = [p for p in patients if tokens[p].pos in NOMINAL]
        if not patients:
            patients = [g for c in parse.children[head] if tokens[c].dep == "prep" for g in objects_of(parse, c)]
        return patients or subject_of(parse, head, hops - 1)
    return subject_of(parse, head, hops - 1)


def joined_to(parse: Parse, verb: int) -> int | None:
    """Return the verb that a verb in a tense of its own goes on from, where the parser joined it to an infinitive between.

    In "refused to let them leave and threatened to sue" it is "refused" that goes on with "threatened".
    """
    tokens = parse.tokens
    token = tokens[verb]
    if token.dep != "conj" or token.tag not in _FINITE or tokens[token.head].tag in _FINITE:
        return None
    i = token.head
    if not is_nonfinite(parse, i):
        return None
    for above in parse.ancestors(i)[:HOPS]:
        if tokens[above].tag == token.tag and tokens[above].pos in VERBAL:
            return above
    return None


def subject_of(parse: Parse, verb: int, hops: int) -> list[int]:
    """Return the grammatical subject of a verb, its own or understood."""
    for child in parse.children[verb]:
        if parse.tokens[child].dep in SUBJECT or parse.tokens[child].dep in PASSIVE_SUBJECT:
            below = [c for c in parse.children[verb] if parse.tokens[c].dep in {"ccomp", "advcl"}]
            # "it was Chad that broke off the talks, closed the border and ...", where parsers join "closed" to "was"
            cleft = next((found for c in below if (found := _cleft(parse, c))), None)
            return cleft or antecedents(parse, child)
    return understood_subject(parse, verb, hops)


def _above_preposition(parse: Parse, preposition: int, hops: int) -> list[int]:
    """Return who does what stands in a gerund behind a preposition ("after meeting", "the risk of attacking")."""
    above = parse.tokens[preposition].head
    while parse.tokens[above].pos in {"ADV", "ADP"} and parse.tokens[above].head != above:
        above = parse.tokens[above].head  # "stopped short of"
    token = parse.tokens[above]
    if token.pos in VERBAL:
        if token.lemma in GERUND_CONTROL.get(parse.tokens[preposition].text.lower(), frozenset()):
            patients = [
                g for c in parse.children[above] if parse.tokens[c].dep == "dobj" for g in coordinated(parse, c)
            ]
            if patients:
                return patients
        return subject_of(parse, above, hops)
    return _holder(parse, above, hops) if token.pos in {"NOUN", "PROPN"} else []


def _holder(parse: Parse, noun: int, hops: int) -> list[int]:
    """Return who holds a plan, decision or refusal: its possessor, its modifier, else the subject above it."""
    own = phrase_slot(parse, noun, "poss") or phrase_slot(parse, noun, "by")
    if own:
        return own
    modifiers = [
        m for m in phrase_slot(parse, noun, "modifier") if parse.tokens[m].ent in {"NORP", "GPE", "ORG", "PERSON"}
    ]
    if modifiers:
        return modifiers
    verb = parse.tokens[noun].head
    if parse.tokens[verb].lemma in _JUDGING and parse.tokens[noun].dep in {"dobj", "nsubj", "ccomp"}:
        return []  # who considers a decision has not taken it
    return governing_subject(parse, noun, hops)


def governing_subject(parse: Parse, noun: int, hops: int = HOPS) -> list[int]:
    """Return the subject of the verb above a noun that is not that subject itself."""
    tokens = parse.tokens
    i = noun
    while hops > 0 and tokens[i].head != i:
        head = tokens[i].head
        if tokens[head].pos in VERBAL:
            if tokens[i].dep in SUBJECT or tokens[i].dep in PASSIVE_SUBJECT:
                return []
            found = verb_subject(parse, head)
            return [f for f in found if f != noun]
        i, hops = head, hops - 1
    return []


def verb_subject(parse: Parse, verb: int) -> list[int]:
    """Return who does what a verb says: its subject, or in the passive its agent."""
    if is_passive(parse, verb):
        return [g for c in parse.children[verb] if parse.tokens[c].dep == "agent" for g in objects_of(parse, c)]
    return subject_of(parse, verb, HOPS)
