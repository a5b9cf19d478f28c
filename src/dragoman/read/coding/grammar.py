"""Verbs: which words stand where around a verb, voice and relative clauses undone, so that a frame need only say "subject"
and "object"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.read.coding.phrases import (
    NOMINAL,
    PASSIVE_SUBJECT,
    SUBJECT,
    VERBAL,
    Slots,
    coordinated,
    explicit_subjects,
    is_passive,
    objects_of,
    phrase_slot,
)
from dragoman.read.coding.subjects import RELATIVE, antecedents, understood_subject
from dragoman.record import Parse

_QUOTES = frozenset({'"', "“", "”", "'", "‘", "``", "«", "„"})
_QUOTED_ADVERBS = 3
"""Adverbs that may stand between a quotation mark and the verb that it opens with, at most."""
_WISHES = frozenset({"initiative", "order", "instruction", "behest", "decision", "insistence", "command"})
"""Nouns behind which stands who had something done."""
_NEAR = 8
"""Tokens between coordinated participles that share an agent, at most."""


def verb_slots(parse: Parse, verb: int) -> Slots:
    """Return the slots of a verb (or of an adjective that is its own predicate), voice undone."""
    speaker = quoted_subject(parse, verb)
    if speaker is not None:
        head = parse.tokens[verb].head
        named = [c for c in parse.children[head] if parse.tokens[c].dep == "appos"]
        slots = Slots(verb)
        slots.add("subject", [speaker])
        slots.add("object", [g for h in (head, *named) for g in coordinated(parse, h)])
        return slots
    slots = Slots(verb, passive=is_passive(parse, verb))
    own_slots(parse, verb, slots)
    if parse.tokens[verb].tag == "VBG" and parse.tokens[verb].dep in {"amod", "compound"}:
        slots.add("object", coordinated(parse, parse.tokens[verb].head))
        return slots
    if slots.passive:
        patients = slots.filled.pop("subject", []) or understood_subject(parse, verb)
        slots.add("object", patients)
        slots.add("subject", slots.filled.get("by", []) or _shared_agent(parse, verb) or _deciders(parse, verb))
    elif not slots.filled.get("subject"):
        slots.add("subject", [h for h in understood_subject(parse, verb) if h != verb])
    if not slots.filled.get("object") and not slots.passive:
        slots.add("object", _shared_object(parse, verb))
    if parse.tokens[verb].dep == "relcl" or (parse.tokens[verb].dep == "acl" and slots.passive):
        slots.add("wider", _around(parse, parse.tokens[verb].head))
    slots.filled = {name: heads for name, heads in slots.filled.items() if heads}
    return slots


def _around(parse: Parse, noun: int) -> list[int]:
    """Return the nouns in whose phrase a noun stands, which a participle behind it may mean instead ("the agreement on the
    withdrawal of arms signed in May")."""
    tokens = parse.tokens
    found = []
    while tokens[noun].dep == "pobj" and tokens[tokens[noun].head].dep == "prep":
        noun = tokens[tokens[noun].head].head
        if tokens[noun].pos not in {"NOUN", "PROPN"}:
            break
        found.append(noun)
    return found


def _shared_agent(parse: Parse, verb: int) -> list[int]:
    """Return the agent that stands behind the last of coordinated participles ("were trained, armed and paid by Chad")."""
    tokens = parse.tokens
    for child in parse.children[verb]:
        if tokens[child].dep == "conj" and tokens[child].tag in {"VBN", "JJ"} and child - verb <= _NEAR:
            if any(tokens[c].dep in {"nsubj", "nsubjpass"} for c in parse.children[child]):
                continue
            agents = [g for c in parse.children[child] if tokens[c].dep == "agent" for g in objects_of(parse, c)]
            found = agents or _shared_agent(parse, child)
            if found:
                return found
    return []


def _deciders(parse: Parse, verb: int) -> list[int]:
    """Return at whose wish something was done ("closed at the initiative of Chad", "on the orders of the president")."""
    found = []
    for child in parse.children[verb]:
        if parse.tokens[child].dep == "prep" and parse.tokens[child].text.lower() in {"at", "on", "by", "upon"}:
            for noun in parse.children[child]:
                if parse.tokens[noun].lemma in _WISHES:
                    found.extend(phrase_slot(parse, noun, "of") or phrase_slot(parse, noun, "poss"))
    return found


def quoted_subject(parse: Parse, verb: int) -> int | None:
    """Return the subject of a verb that opens a quotation in the middle of a clause, or None.

    Parsers take it for a participle of the name behind it: in `said that he "openly backed Chad"` he backed it.
    """
    tokens = parse.tokens
    if tokens[verb].dep != "amod" or tokens[verb].tag not in {"VBN", "VBD", "VBZ"}:
        return None
    i = verb - 1
    while i > 0 and verb - i <= _QUOTED_ADVERBS and tokens[i].pos in {"ADV", "X"}:
        i -= 1
    if i > 0 and tokens[i].text in _QUOTES and tokens[i - 1].pos in {"PRON", "PROPN"}:
        return i - 1 if tokens[i - 1].dep in {*SUBJECT, *PASSIVE_SUBJECT} else None
    return None


def own_slots(parse: Parse, verb: int, slots: Slots) -> None:
    """Fill the slots that stand in a verb's own clause, voice not yet undone."""
    tokens = parse.tokens
    for child in parse.children[verb]:
        token = tokens[child]
        dep = token.dep
        if dep in SUBJECT or dep in PASSIVE_SUBJECT:
            slots.add("subject", antecedents(parse, child))
        elif dep == "dobj" or (dep == "attr" and tokens[verb].lemma != "be"):
            slots.add("object", antecedents(parse, child))
        elif dep in {"attr", "oprd", "acomp"}:
            slots.add("complement", coordinated(parse, child))
        elif dep == "dative" and token.pos in NOMINAL:
            slots.add("iobject", coordinated(parse, child))
        elif dep in {"prep", "agent", "dative"} or (dep == "prt" and parse.children[child]):
            add_preposition(parse, child, slots)
            slots.add("object", explicit_subjects(parse, child))
        elif dep in {"xcomp", "ccomp"}:
            if token.pos in {"ADV", "ADP"}:  # "let the prisoners out"
                slots.add("object", explicit_subjects(parse, child))
            elif token.pos == "ADJ" and not any(tokens[c].dep in {"aux", "cop", "mark"} for c in parse.children[child]):
                # "declared the memorandum void": parsers take it for a clause
                slots.add("object", explicit_subjects(parse, child))
                slots.add("complement", coordinated(parse, child))
            elif child > verb:  # before it stands another clause, or somebody's words, which are the quote stage's
                slots.content.append(child)
        elif dep == "advcl" and any(tokens[c].lemma == "to" for c in parse.children[child]):
            slots.add("purpose", [child])
    head = tokens[verb].head
    if tokens[verb].dep == "relcl" and not any(tokens[c].lemma in RELATIVE for c in _near_words(parse, verb)):
        # "the town that rebels took" without its pronoun: what is modified is the object
        slots.add("object" if "object" not in slots.filled else "modified", [head])


def _near_words(parse: Parse, verb: int) -> Iterator[int]:
    for child in parse.children[verb]:
        yield child
        if parse.tokens[child].dep in {"prep", "nsubj", "dobj", "agent"}:
            yield from parse.children[child]


def add_preposition(parse: Parse, preposition: int, slots: Slots) -> None:
    """Fill the slot of a preposition, its clauses as content, and those of the prepositions below it."""
    name = parse.tokens[preposition].text.lower()
    heads = [a for head in objects_of(parse, preposition) for a in antecedents(parse, head, spread=False)]
    slots.add(name, heads)
    for child in parse.children[preposition]:
        dep = parse.tokens[child].dep
        if dep == "pcomp" and parse.tokens[child].pos in VERBAL:
            slots.content.append(child)
            slots.add(name + ".subject", list(explicit_subjects(parse, child)))
        elif dep == "prep" or (dep == "conj" and parse.tokens[child].pos == "ADP"):
            slots.add(parse.tokens[child].text.lower(), objects_of(parse, child))


def _shared_object(parse: Parse, verb: int) -> list[int]:
    """Return the object of a verb coordinated right behind this one ("attacked and burned a convoy")."""
    for child in parse.children[verb]:
        token = parse.tokens[child]
        if token.dep == "conj" and token.pos == "VERB" and child - verb <= 3 and not is_passive(parse, child):
            return [g for c in parse.children[child] if parse.tokens[c].dep == "dobj" for g in coordinated(parse, c)]
    return []
