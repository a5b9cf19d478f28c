"""Slots: which words stand where around a trigger, the same whether it is a verb, a noun or an adjective.

A slot is named for its place: `subject`, `object`, `iobject`, `poss`, `modifier`, a preposition (`against`, `with`), or one
place inside another (`object.to`: what follows "to" behind the object). Passives, relative clauses, participles, control
and coordination are undone here, so that a frame need only say "subject" and "object".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dragoman.record import Parse, Token

_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_SUBJECT = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_MODIFIERS = frozenset({"amod", "compound", "nmod"})
_PAPERS = frozenset(
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
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "``", "«", "„"})
_QUOTED_ADVERBS = 3
"""Adverbs that may stand between a quotation mark and the verb that it opens with, at most."""
_WISHES = frozenset({"initiative", "order", "instruction", "behest", "decision", "insistence", "command"})
"""Nouns behind which stands who had something done."""
_HUMAN_ENDS = ("official", "officer", "minister", "soldier", "diplomat", "leader", "people", "citizen", "guard")
"""Nouns for persons, whom "which" does not mean."""
_TIMES = frozenset({"DATE", "TIME"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NEAR = 8
"""Tokens between coordinated participles that share an agent, at most."""
_HOPS = 6
"""How many heads a missing subject is looked for above its verb: deeper chains are parser errors more often than control."""

QUANTITIES = frozenset(
    {
        "couple",
        "crowd",
        "dozen",
        "dozens",
        "eight",
        "five",
        "four",
        "group",
        "handful",
        "hundred",
        "hundreds",
        "kind",
        "lot",
        "majority",
        "many",
        "member",
        "million",
        "mission",
        "most",
        "nine",
        "number",
        "one",
        "pair",
        "part",
        "patch",
        "rest",
        "score",
        "scores",
        "series",
        "seven",
        "several",
        "six",
        "some",
        "team",
        "ten",
        "thousand",
        "thousands",
        "three",
        "two",
        "wave",
    }
)
"""Nouns and pronouns that only count what stands behind their "of"."""

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


@dataclass(slots=True)
class Slots:
    """The filled places around one trigger: heads of phrases by slot name, in text order.

    `content` are the roots of complement clauses; `passive` says that the trigger stands in the passive; `light` is the
    verb that carries a nominal trigger ("held" of "held talks"), or None.
    """

    trigger: int
    filled: dict[str, list[int]] = field(default_factory=dict)
    content: list[int] = field(default_factory=list)
    passive: bool = False
    light: int | None = None

    def add(self, name: str, heads: Iterable[int]) -> None:
        """Put phrase heads in a slot, each once."""
        there = self.filled.setdefault(name, [])
        there.extend(head for head in heads if head not in there)

    def get(self, parse: Parse, path: str) -> list[int]:
        """Return the heads in a slot; a path such as `object.to` looks behind the phrases of its first part."""
        name, _, rest = path.partition(".")
        heads = self.filled.get(name, [])
        if not rest:
            return heads
        return [found for head in heads for found in phrase_slot(parse, head, rest)]


def coordinated(parse: Parse, head: int) -> list[int]:
    """Return a phrase head and all that is coordinated with it, in text order."""
    found, waiting = [head], [head]
    while waiting:
        for child in parse.children[waiting.pop()]:
            if parse.tokens[child].dep == "conj" and parse.tokens[child].pos in {*_NOMINAL, "ADJ"}:
                found.append(child)
                waiting.append(child)
    return sorted(found)


def phrase_slot(parse: Parse, head: int, name: str) -> list[int]:
    """Return what stands in one place of a noun phrase: `poss`, `modifier` or behind a preposition, or further on a path."""
    name, _, rest = name.partition(".")
    if rest:
        return [found for first in phrase_slot(parse, head, name) for found in phrase_slot(parse, first, rest)]
    if name == "poss":
        return [g for c in parse.children[head] if parse.tokens[c].dep == "poss" for g in coordinated(parse, c)]
    if name == "modifier":
        return [g for c in parse.children[head] if parse.tokens[c].dep in _MODIFIERS for g in coordinated(parse, c)]
    return [g for c in parse.children[head] if _is_preposition(parse, c, name) for g in objects_of(parse, c)]


def _is_preposition(parse: Parse, i: int, name: str) -> bool:
    token = parse.tokens[i]
    return token.dep in {"prep", "agent", "dative"} and token.text.lower() == name


def objects_of(parse: Parse, preposition: int) -> list[int]:
    """Return the heads that a preposition governs, through a second preposition where there is one ("out of Chad")."""
    found = []
    for child in parse.children[preposition]:
        dep = parse.tokens[child].dep
        if dep in {"pobj", "pcomp"} and parse.tokens[child].pos not in _VERBAL:
            if parse.tokens[child].ent not in _TIMES:
                found.extend(coordinated(parse, child))
        elif dep == "prep":
            found.extend(objects_of(parse, child))
    return found


def is_passive(parse: Parse, verb: int) -> bool:
    """Tell whether a verb stands in the passive: with an auxiliary, as a reduced relative, or coordinated with such."""
    tokens, children = parse.tokens, parse.children
    if any(tokens[c].dep in {"auxpass", "nsubjpass", "csubjpass"} for c in children[verb]):
        return True
    token = tokens[verb]
    if token.tag != "VBN":
        return False
    if any(tokens[c].dep in {"aux", "nsubj"} for c in children[verb]):
        return False
    if token.dep in {"acl", "amod"}:
        return True
    if token.dep == "advcl":
        return not any(tokens[c].dep == "dobj" for c in children[verb])
    return token.dep == "conj" and tokens[token.head].pos in _VERBAL and is_passive(parse, token.head)


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
    _own_slots(parse, verb, slots)
    if parse.tokens[verb].tag == "VBG" and parse.tokens[verb].dep in {"amod", "compound"}:
        slots.add("object", coordinated(parse, parse.tokens[verb].head))
        return slots
    if slots.passive:
        patients = slots.filled.pop("subject", []) or _understood_subject(parse, verb)
        slots.add("object", patients)
        slots.add("subject", slots.filled.get("by", []) or _shared_agent(parse, verb) or _deciders(parse, verb))
    elif not slots.filled.get("subject"):
        slots.add("subject", [h for h in _understood_subject(parse, verb) if h != verb])
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
        return i - 1 if tokens[i - 1].dep in {*_SUBJECT, *_PASSIVE_SUBJECT} else None
    return None


def _own_slots(parse: Parse, verb: int, slots: Slots) -> None:
    tokens = parse.tokens
    for child in parse.children[verb]:
        token = tokens[child]
        dep = token.dep
        if dep in _SUBJECT or dep in _PASSIVE_SUBJECT:
            slots.add("subject", _antecedents(parse, child))
        elif dep == "dobj" or (dep == "attr" and tokens[verb].lemma != "be"):
            slots.add("object", _antecedents(parse, child))
        elif dep in {"attr", "oprd", "acomp"}:
            slots.add("complement", coordinated(parse, child))
        elif dep == "dative" and token.pos in _NOMINAL:
            slots.add("iobject", coordinated(parse, child))
        elif dep in {"prep", "agent", "dative"} or (dep == "prt" and parse.children[child]):
            _preposition(parse, child, slots)
            slots.add("object", _explicit_subjects(parse, child))
        elif dep in {"xcomp", "ccomp"}:
            if token.pos in {"ADV", "ADP"}:  # "let the prisoners out"
                slots.add("object", _explicit_subjects(parse, child))
            elif token.pos == "ADJ" and not any(tokens[c].dep in {"aux", "cop", "mark"} for c in parse.children[child]):
                # "declared the memorandum void": parsers take it for a clause
                slots.add("object", _explicit_subjects(parse, child))
                slots.add("complement", coordinated(parse, child))
            elif child > verb:  # before it stands another clause, or somebody's words, which are the quote stage's
                slots.content.append(child)
        elif dep == "advcl" and any(tokens[c].lemma == "to" for c in parse.children[child]):
            slots.add("purpose", [child])
    head = tokens[verb].head
    if tokens[verb].dep == "relcl" and not any(tokens[c].lemma in _RELATIVE for c in _near_words(parse, verb)):
        # "the town that rebels took" without its pronoun: what is modified is the object
        slots.add("object" if "object" not in slots.filled else "modified", [head])


def _near_words(parse: Parse, verb: int) -> Iterator[int]:
    for child in parse.children[verb]:
        yield child
        if parse.tokens[child].dep in {"prep", "nsubj", "dobj", "agent"}:
            yield from parse.children[child]


def _preposition(parse: Parse, preposition: int, slots: Slots) -> None:
    name = parse.tokens[preposition].text.lower()
    heads = [a for head in objects_of(parse, preposition) for a in _antecedents(parse, head, spread=False)]
    slots.add(name, heads)
    for child in parse.children[preposition]:
        dep = parse.tokens[child].dep
        if dep == "pcomp" and parse.tokens[child].pos in _VERBAL:
            slots.content.append(child)
            slots.add(name + ".subject", list(_explicit_subjects(parse, child)))
        elif dep == "prep" or (dep == "conj" and parse.tokens[child].pos == "ADP"):
            slots.add(parse.tokens[child].text.lower(), objects_of(parse, child))


def _explicit_subjects(parse: Parse, verb: int) -> list[int]:
    return [
        g
        for c in parse.children[verb]
        if parse.tokens[c].dep in _SUBJECT or parse.tokens[c].dep in _PASSIVE_SUBJECT or parse.tokens[c].dep == "poss"
        for g in coordinated(parse, c)
    ]


def _antecedents(parse: Parse, i: int, *, spread: bool = True) -> list[int]:
    """Return the phrase itself, or, for a relative pronoun, the noun that its clause modifies."""
    if parse.tokens[i].lemma.lower() in _RELATIVE and parse.tokens[i].pos in {"PRON", "DET", "SCONJ"}:
        for above in parse.ancestors(i)[:_HOPS]:
            if parse.tokens[above].dep == "relcl":
                return _nearer_place(parse, i, above) or coordinated_back(parse, parse.tokens[above].head)
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


def coordinated_back(parse: Parse, i: int) -> list[int]:
    """Return a noun with what is coordinated below it."""
    return coordinated(parse, i)


def _understood_subject(parse: Parse, verb: int, hops: int = _HOPS) -> list[int]:
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
        return _subject_of(parse, joined, hops - 1)
    if token.dep in {"acl", "amod"} or (token.dep == "relcl" and tokens[head].pos in _NOMINAL):
        infinitive = any(tokens[c].tag == "TO" for c in parse.children[verb])
        spoken = token.tag == "VBG" and tokens[head].lemma in _PAPERS
        return _holder(parse, head, hops - 1) if infinitive or spoken else coordinated(parse, head)
    if token.dep == "pcomp" or (token.dep == "pobj" and token.pos in _VERBAL):
        return _above_preposition(parse, head, hops - 1)
    if tokens[head].pos == "ADJ" and token.dep in {"xcomp", "ccomp", "advcl"}:
        own = [g for c in parse.children[head] if tokens[c].dep in _SUBJECT for g in coordinated(parse, c)]
        return own or _subject_of(parse, tokens[head].head, hops - 1)
    if tokens[head].pos not in _VERBAL:
        return _holder(parse, head, hops - 1) if tokens[head].pos == "NOUN" else []
    if token.dep in {"xcomp", "ccomp"} and tokens[head].lemma in OBJECT_CONTROL:
        patients = [
            g for c in parse.children[head] if tokens[c].dep in {"dobj", "dative"} for g in coordinated(parse, c)
        ]
        if is_passive(parse, head):
            return _subject_of(parse, head, hops - 1)
        patients = [p for p in patients if tokens[p].pos in _NOMINAL]
        if not patients:
            patients = [g for c in parse.children[head] if tokens[c].dep == "prep" for g in objects_of(parse, c)]
        return patients or _subject_of(parse, head, hops - 1)
    return _subject_of(parse, head, hops - 1)


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
    for above in parse.ancestors(i)[:_HOPS]:
        if tokens[above].tag == token.tag and tokens[above].pos in _VERBAL:
            return above
    return None


def is_nonfinite(parse: Parse, verb: int) -> bool:
    """Tell whether a verb is an infinitive or gerund without an auxiliary."""
    tokens = parse.tokens
    if tokens[verb].tag not in {"VB", "VBG"}:
        # "that he be examined"
        forms = {tokens[c].tag for c in parse.children[verb] if tokens[c].dep in {"aux", "auxpass"}}
        return tokens[verb].tag == "VBN" and forms == {"VB"}
    return not any(tokens[c].dep in {"aux", "auxpass"} and tokens[c].tag != "TO" for c in parse.children[verb])


def _subject_of(parse: Parse, verb: int, hops: int) -> list[int]:
    """Return the grammatical subject of a verb, its own or understood."""
    for child in parse.children[verb]:
        if parse.tokens[child].dep in _SUBJECT or parse.tokens[child].dep in _PASSIVE_SUBJECT:
            below = [c for c in parse.children[verb] if parse.tokens[c].dep in {"ccomp", "advcl"}]
            # "it was Chad that broke off the talks, closed the border and ...", where parsers join "closed" to "was"
            cleft = next((found for c in below if (found := _cleft(parse, c))), None)
            return cleft or _antecedents(parse, child)
    return _understood_subject(parse, verb, hops)


def _above_preposition(parse: Parse, preposition: int, hops: int) -> list[int]:
    """Return who does what stands in a gerund behind a preposition ("after meeting", "the risk of attacking")."""
    above = parse.tokens[preposition].head
    while parse.tokens[above].pos in {"ADV", "ADP"} and parse.tokens[above].head != above:
        above = parse.tokens[above].head  # "stopped short of"
    token = parse.tokens[above]
    if token.pos in _VERBAL:
        if token.lemma in GERUND_CONTROL.get(parse.tokens[preposition].text.lower(), frozenset()):
            patients = [
                g for c in parse.children[above] if parse.tokens[c].dep == "dobj" for g in coordinated(parse, c)
            ]
            if patients:
                return patients
        return _subject_of(parse, above, hops)
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


def governing_subject(parse: Parse, noun: int, hops: int = _HOPS) -> list[int]:
    """Return the subject of the verb above a noun that is not that subject itself."""
    tokens = parse.tokens
    i = noun
    while hops > 0 and tokens[i].head != i:
        head = tokens[i].head
        if tokens[head].pos in _VERBAL:
            if tokens[i].dep in _SUBJECT or tokens[i].dep in _PASSIVE_SUBJECT:
                return []
            found = verb_subject(parse, head)
            return [f for f in found if f != noun]
        i, hops = head, hops - 1
    return []


def verb_subject(parse: Parse, verb: int) -> list[int]:
    """Return who does what a verb says: its subject, or in the passive its agent."""
    if is_passive(parse, verb):
        return [g for c in parse.children[verb] if parse.tokens[c].dep == "agent" for g in objects_of(parse, c)]
    return _subject_of(parse, verb, _HOPS)


def _shared_object(parse: Parse, verb: int) -> list[int]:
    """Return the object of a verb coordinated right behind this one ("attacked and burned a convoy")."""
    for child in parse.children[verb]:
        token = parse.tokens[child]
        if token.dep == "conj" and token.pos == "VERB" and child - verb <= 3 and not is_passive(parse, child):
            return [g for c in parse.children[child] if parse.tokens[c].dep == "dobj" for g in coordinated(parse, c)]
    return []


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
                _preposition(parse, child, slots)
            elif tokens[child].dep in {"acl", "relcl"}:
                that = any(tokens[c].dep == "mark" and tokens[c].text.lower() == "that" for c in parse.children[child])
                if tokens[child].dep == "acl" and (that or tokens[child].tag in {"VB", "VBP"}):
                    slots.content.append(child)
                elif tokens[child].tag == "VBN" and is_passive(parse, child):
                    _own_slots(parse, child, slots)
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
    if tokens[paper].lemma not in _PAPERS:
        return []
    own = phrase_slot(parse, paper, "poss") or phrase_slot(parse, paper, "by")
    while not own and tokens[paper].dep == "conj":
        paper = tokens[paper].head
        own = phrase_slot(parse, paper, "poss")
    return own


_MEASURES = frozenset(
    {"day", "week", "round", "series", "number", "wave", "string", "spate", "set", "hour", "month", "kind", "form"}
)


_SHARES = frozenset({"all", "most", "some", "many", "any", "none", "half", "each", "part", "few", "several", "much"})
"""What stands for so much of the noun behind its "of"."""


def _borrowed_content(parse: Parse, noun: int) -> list[int]:
    """Return the clause of "that" which a parser hangs on the verb above a noun ("warnings came that ...")."""
    tokens = parse.tokens
    head = tokens[noun].head
    verb = tokens[head].head if tokens[noun].dep == "pobj" else head
    if tokens[verb].pos not in _VERBAL or tokens[noun].dep not in {"pobj", "dobj", "nsubj", "nsubjpass"}:
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
    if verb is None or tokens[verb].pos not in _VERBAL:
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


def is_definite(parse: Parse, noun: int) -> bool:
    """Tell whether a noun is somebody's or a known one: "called a strike" carries it, "called the strike unjust" judges it."""
    return any(
        parse.tokens[c].dep == "poss" or parse.tokens[c].text.lower() in {"the", "this", "that", "these", "those"}
        for c in parse.children[noun]
    )


def _carrier(parse: Parse, noun: int, light_verbs: frozenset[str], slots: Slots) -> None:
    tokens = parse.tokens
    token = tokens[noun]
    head = token.head
    if token.dep == "pobj" and tokens[head].head != head:
        verb = tokens[head].head
        if tokens[verb].pos in _VERBAL and tokens[verb].lemma + " " + tokens[head].lemma in light_verbs:
            slots.light = verb
    elif tokens[head].pos in _VERBAL and head != noun and tokens[head].lemma in light_verbs:
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
            _preposition(parse, child, slots)
        elif tokens[child].dep in {"xcomp", "ccomp", "acl"}:
            slots.content.append(child)
        elif tokens[child].dep in _SUBJECT:
            slots.add("subject", _antecedents(parse, child))
    if token.dep in {"acomp", "oprd", "attr", "conj"} and tokens[head].pos in _VERBAL:
        slots.add("subject", _subject_of(parse, head, _HOPS))
        for child in parse.children[head]:
            if tokens[child].dep == "prep":
                _preposition(parse, child, slots)
            elif tokens[child].dep in {"xcomp", "ccomp"} and child > adjective:
                slots.content.append(child)
    elif token.dep == "amod":
        slots.add("subject", [head])
    slots.filled = {name: heads for name, heads in slots.filled.items() if heads}
    return slots


def is_nominal(token: Token) -> bool:
    """Tell whether a token can head a noun phrase."""
    return token.pos in _NOMINAL


def is_of_nation(parse: Parse, i: int) -> bool:
    """Tell whether a word before a noun says of which nation it is, as an adjective or a short name used like one."""
    token = parse.tokens[i]
    return (token.ent == "NORP" and token.tag in {"JJ", "NNP", "NNPS"}) or token.text in _LIKE_ADJECTIVES


_LIKE_ADJECTIVES = frozenset({"US", "U.S.", "U.S", "UK", "UN", "U.N.", "EU", "E.U.", "NATO", "UAE"})
