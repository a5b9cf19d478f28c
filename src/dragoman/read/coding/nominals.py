"""Nouns and adjectives as triggers: their own slots, and those of the light verb that carries them ("held talks")."""

from __future__ import annotations

from dragoman.read.coding.grammar import add_preposition, own_slots, verb_slots
from dragoman.read.coding.phrases import HOPS, SUBJECT, VERBAL, Slots, is_definite, is_passive, phrase_slot
from dragoman.read.coding.subjects import PAPERS, antecedents, governing_subject, subject_of
from dragoman.record import Parse

_SAYING = frozenset(
    [
        "say",
        "tell",
        "announce",
        "report",
        "add",
        "declare",
        "state",
        "believe",
        "think",
        "argue",
        "insist",
        "warn",
        "claim",
    ]
)
"""Verbs whose clause of "that" is their own."""
_MEASURES = frozenset(
    {"day", "week", "round", "series", "number", "wave", "string", "spate", "set", "hour", "month", "kind", "form"}
)
_SHARES = frozenset({"all", "most", "some", "many", "any", "none", "half", "each", "part", "few", "several", "much"})
"""What stands for so much of the noun behind its "of"."""


def noun_slots(
    parse: Parse, noun: int, light_verbs: frozenset[str], receiving_verbs: frozenset[str] = frozenset()
) -> Slots:
    """Return the slots of a nominal trigger: its own, and those of the light verb that carries it.

    The subject of a verb that receives what the noun names ("drew criticism") is its `receiver`. `around` holds the subject
    of the verb above when that verb is not light: who it may be where nothing else tells.
    """
    slots = Slots(noun)
    tokens = parse.tokens
    top = _first_conjunct(parse, noun)
    for part in dict.fromkeys((noun, top)):
        slots.add("poss", phrase_slot(parse, part, "poss"))
        if part == noun or not phrase_slot(parse, noun, "modifier"):
            slots.add("modifier", phrase_slot(parse, part, "modifier"))
        for child in parse.children[part]:
            if tokens[child].dep in {"prep", "agent", "dative"}:
                add_preposition(parse, child, slots)
            elif tokens[child].dep in {"acl", "relcl"}:
                that = any(tokens[c].dep == "mark" and tokens[c].text.lower() == "that" for c in parse.children[child])
                if tokens[child].dep == "acl" and (that or tokens[child].tag in {"VB", "VBP"}):
                    slots.content.append(child)
                elif tokens[child].tag == "VBN" and is_passive(parse, child):
                    own_slots(parse, child, slots)
                    slots.add("subject", slots.filled.get("by", []))
            elif tokens[child].dep == "ccomp":
                slots.content.append(child)
    if not slots.content:
        slots.content.extend(_borrowed_content(parse, top))
    if not _receiver(parse, top, receiving_verbs, slots):
        _carrier(parse, top, light_verbs, slots)
    if not any(slots.filled.get(name) for name in ("poss", "by", "subject")):
        slots.add("poss", _announcer(parse, top))
    slots.filled = {name: heads for name, heads in slots.filled.items() if heads}
    return slots


def _announcer(parse: Parse, noun: int) -> list[int]:
    """Return who gives the announcement of what a noun names, or the address beside it ("its note and the declaration of")."""
    tokens = parse.tokens
    of = tokens[noun].head
    if tokens[noun].dep != "pobj" or tokens[of].text.lower() != "of":
        return []
    paper = tokens[of].head
    if tokens[paper].lemma not in PAPERS:
        return []
    own = phrase_slot(parse, paper, "poss") or phrase_slot(parse, paper, "by")
    while not own and tokens[paper].dep == "conj":
        paper = tokens[paper].head
        own = phrase_slot(parse, paper, "poss")
    return own


def _borrowed_content(parse: Parse, noun: int) -> list[int]:
    """Return the clause of "that" which a parser hangs on the verb above a noun ("warnings came that ...")."""
    tokens = parse.tokens
    head = tokens[noun].head
    verb = tokens[head].head if tokens[noun].dep == "pobj" else head
    if tokens[verb].pos not in VERBAL or tokens[noun].dep not in {"pobj", "dobj", "nsubj", "nsubjpass"}:
        return []
    if tokens[verb].lemma in _SAYING:
        return []
    return [
        c
        for c in parse.children[verb]
        if c > noun
        and tokens[c].dep in {"ccomp", "advcl"}
        and any(tokens[g].text.lower() == "that" for g in parse.children[c])
    ]


def _first_conjunct(parse: Parse, noun: int) -> int:
    """Return the first of coordinated nouns, or the measure that stands before a noun ("ten days of talks")."""
    tokens = parse.tokens
    preposition = tokens[noun].head
    if (
        tokens[noun].dep == "pobj"
        and tokens[preposition].text == "of"
        and tokens[tokens[preposition].head].lemma in _MEASURES | _SHARES
    ):
        return tokens[preposition].head
    while tokens[noun].dep == "conj" and tokens[tokens[noun].head].pos == "NOUN":
        noun = tokens[noun].head
    return noun


def _receiver(parse: Parse, noun: int, receiving_verbs: frozenset[str], slots: Slots) -> bool:
    """Fill the slot `receiver` of a noun that somebody meets with, and tell whether there is one."""
    tokens = parse.tokens
    head = tokens[noun].head
    verb = head if tokens[noun].dep == "dobj" else tokens[head].head if tokens[noun].dep == "pobj" else None
    if verb is None or tokens[verb].pos not in VERBAL:
        return False
    name = tokens[verb].lemma if verb == head else f"{tokens[verb].lemma} {tokens[head].lemma}"
    if name not in receiving_verbs:
        return False
    carried = verb_slots(parse, verb)
    slots.add("receiver", [h for h in carried.filled.get("subject", []) if h != noun])
    for name in ("from", "by", "against", "over", "for", "with"):
        slots.add(name, carried.filled.get(name, []))
    slots.light = verb
    return True


def _carrier(parse: Parse, noun: int, light_verbs: frozenset[str], slots: Slots) -> None:
    tokens = parse.tokens
    token = tokens[noun]
    head = token.head
    if token.dep == "pobj" and tokens[head].head != head:
        verb = tokens[head].head
        if tokens[verb].pos in VERBAL and tokens[verb].lemma + " " + tokens[head].lemma in light_verbs:
            slots.light = verb
    elif tokens[head].pos in VERBAL and head != noun and tokens[head].lemma in light_verbs:
        carries = token.dep in {"dobj", "nsubjpass", "attr"} or (token.dep == "nsubj" and is_passive(parse, head))
        if carries and not (tokens[head].lemma == "call" and is_definite(parse, noun)):
            slots.light = head
    elif token.dep in {"acl", "relcl"}:
        slots.light = None
    if slots.light is None:
        slots.add("around", governing_subject(parse, noun))
        return
    carried = verb_slots(parse, slots.light)
    slots.passive = carried.passive
    for name, heads in carried.filled.items():
        kept = (
            [h for h in heads if h != noun and h not in parse.subtree(noun)] if name in {"object", "subject"} else heads
        )
        if name == "object" and slots.passive:
            continue
        if name == "subject" or name != "object":
            slots.add(name, [h for h in kept if h != noun])
    if tokens[noun].dep == "nsubj" and not slots.passive:
        slots.filled.pop("subject", None)


def predicate_slots(parse: Parse, adjective: int) -> Slots:
    """Return the slots of an adjective that is said of somebody ("is opposed to", "the ready-to-talk government")."""
    tokens = parse.tokens
    token = tokens[adjective]
    head = token.head
    slots = Slots(adjective)
    for child in parse.children[adjective]:
        if tokens[child].dep == "prep":
            add_preposition(parse, child, slots)
        elif tokens[child].dep in {"xcomp", "ccomp", "acl"}:
            slots.content.append(child)
        elif tokens[child].dep in SUBJECT:
            slots.add("subject", antecedents(parse, child))
    if token.dep in {"acomp", "oprd", "attr", "conj"} and tokens[head].pos in VERBAL:
        slots.add("subject", subject_of(parse, head, HOPS))
        for child in parse.children[head]:
            if tokens[child].dep == "prep":
                add_preposition(parse, child, slots)
            elif tokens[child].dep in {"xcomp", "ccomp"} and child > adjective:
                slots.content.append(child)
    elif token.dep == "amod":
        slots.add("subject", [head])
    slots.filled = {name: heads for name, heads in slots.filled.items() if heads}
    return slots
