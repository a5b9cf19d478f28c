"""Clauses: what the clauses around a pronoun tell of whom it means, before anybody weighs what stands out.

A sieve from the surest: nobody ("it rained", "it happened"), the subject of the pronoun's own clause and of those above it, as
far as the pronoun may mean it; then, in a sentence that answers the one before ("It refused"), who was asked, told or accused.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.read.coding.subjects import verb_subject
from dragoman.read.resolving.draft import SUBJECTS, Draft, Ledger
from dragoman.record import Token


def verb_of(ledger: Ledger, token: Token) -> Token | None:
    """Return the verb of the clause that a token stands in, above it, or None."""
    for i in ledger.parse.ancestors(token.i):
        if ledger.parse.tokens[i].pos in ("VERB", "AUX"):
            return ledger.parse.tokens[i]
    return None


def subjects_of(ledger: Ledger, verb: Token, before: int) -> list[int]:
    """Return the subjects of a verb that stand before a token; of an infinitive or gerund without one, who does it.

    In "thanked Chad for freeing its envoys" Chad freed them.
    """
    tokens = ledger.parse.tokens
    own = [i for i in ledger.parse.children[verb.i] if tokens[i].dep in SUBJECTS and i < before]
    if own or verb.tag not in ("VB", "VBG"):
        return own
    return [i for i in verb_subject(ledger.parse, verb.i) if i < before and i != verb.i]


def within_sentence(ledger: Ledger, token: Token, fits: Callable[[Draft], bool]) -> tuple[Draft | None, bool]:
    """Return the person whom the pronoun's own clause or one above it has as its subject, and whether the search ends there.

    It ends without anybody at a subject who is a person without a name that the text doesn't follow ("the man said he").
    """
    tokens = ledger.parse.tokens
    verb = verb_of(ledger, token)
    while verb is not None:
        for i in subjects_of(ledger, verb, token.i):
            if i == token.i or ledger.quote_of[i] != ledger.quote_of[token.i]:
                continue
            draft = ledger.at_token.get(i)
            if draft is not None and fits(draft):
                return draft, True
            owner = _owner(ledger, i) if draft is None else None
            if owner is not None and fits(owner):
                return owner, True
            human = tokens[i].pos == "NOUN" and tokens[i].tag == "NN" and tokens[i].lemma.lower() in _human(ledger)
            if draft is None and human:
                return None, True
        verb = verb_of(ledger, verb) if verb.head != verb.i else None
    return None, False


def _owner(ledger: Ledger, i: int) -> Draft | None:
    """Return whose a thing is that is the subject of a clause ("Doe's aim in his talks")."""
    tokens = ledger.parse.tokens
    if tokens[i].lemma.lower() in _human(ledger):
        return None
    owners = [c for c in ledger.parse.children[i] if tokens[c].dep == "poss" and c in ledger.at_token]
    return ledger.at_token[owners[0]] if owners else None


def _human(ledger: Ledger) -> frozenset[str]:
    return frozenset(ledger.codebook.mentions.human)


def is_said_by(ledger: Ledger, token: Token, mention: Token) -> bool:
    """Tell whether a mention stands in the words that the pronoun's own verb of saying follows ("Peru has lied, it said")."""
    says = token.dep in SUBJECTS and ledger.parse.tokens[token.head].lemma in ledger.codebook.mentions.say
    return says and mention.i < token.i and token.head in ledger.parse.ancestors(mention.i)


def answerer(ledger: Ledger, token: Token, fits: Callable[[Draft], bool]) -> Draft | None:
    """Return who was asked, told or accused in the sentence before, for the subject of a verb that answers ("It refused")."""
    tokens = ledger.parse.tokens
    if token.dep not in SUBJECTS or token.sentence == 0 or tokens[token.head].lemma not in _ANSWERING:
        return None
    before = ledger.parse.sentences[token.sentence - 1]
    root = tokens[before.root]
    if root.lemma not in ledger.codebook.mentions.toward_someone and root.lemma not in _PUT_TO:
        return None
    for i in ledger.parse.children[root.i]:
        if tokens[i].dep in ("dobj", "dative"):
            draft = ledger.at_token.get(i)
            return draft if draft is not None and fits(draft) else None
    return None


_ANSWERING = frozenset(
    {
        "refuse",
        "reject",
        "deny",
        "agree",
        "accept",
        "comply",
        "respond",
        "reply",
        "decline",
        "dismiss",
        "ignore",
        "retort",
    }
    | {"consent", "obey", "answer", "concede", "counter", "admit"}
)
_PUT_TO = frozenset(
    {"accuse", "ask", "urge", "order", "tell", "warn", "invite", "press", "blame", "threaten", "charge", "offer"}
)
_HAPPENING = frozenset({"happen", "occur", "matter", "cost", "last", "suffice"})
"""Verbs whose subject "it" is what happens or was said, and no actor."""
_FINDING = frozenset({"think", "find", "make", "consider", "deem", "believe", "call", "see", "keep", "judge"})
"""Verbs behind which "it" stands for a clause ("think it better to leave")."""

_EXPLETIVE = frozenset(
    {"be", "seem", "appear", "take", "rain", "snow", "turn", "happen", "make", "become", "remain", "depend", "follow"}
)


def is_affair(ledger: Ledger, token: Token) -> bool:
    """Whether "it" as an object is what happened rather than an actor ("denies it", "called it an insult")."""
    return token.dep == "dobj" and ledger.parse.tokens[token.head].lemma not in _ADDRESSED


_ADDRESSED = frozenset(
    {
        "accuse",
        "urge",
        "tell",
        "warn",
        "ask",
        "pressure",
        "persuade",
        "convince",
        "force",
        "invite",
        "threaten",
        "punish",
    }
    | {
        "isolate",
        "sanction",
        "remind",
        "order",
        "allow",
        "let",
        "suspend",
        "readmit",
        "admit",
        "recognise",
        "recognize",
        "invade",
        "join",
        "leave",
        "lead",
        "blame",
        "thank",
        "attack",
    }
)
"""Verbs whose object "it" is an actor."""


def is_expletive(ledger: Ledger, token: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it rained", "it took an hour"."""
    if token.tag == "PRP$":
        return False
    if token.dep == "expl":
        return True
    verb = ledger.parse.tokens[token.head]
    if verb.tag in ("JJ", "JJR") or (verb.tag == "VB" and ledger.parse.tokens[verb.head].lemma in _FINDING):
        # "think it better to leave"
        following = ledger.parse.tokens[min(token.i + 1, len(ledger.parse.tokens) - 1)]
        if following.tag in ("JJ", "JJR"):
            return True
    if token.dep in SUBJECTS and verb.lemma in _HAPPENING:
        return True
    if token.dep not in ("nsubj", "nsubjpass") or verb.lemma not in _EXPLETIVE:
        return token.dep == "nsubjpass" and any(
            ledger.parse.tokens[i].dep in ("ccomp", "csubjpass", "xcomp", "advcl")
            for i in ledger.parse.children[verb.i]
            if i > verb.i
        )
    return any(
        ledger.parse.tokens[i].dep in ("ccomp", "xcomp", "advcl", "csubj", "acomp", "attr", "relcl", "npadvmod", "dobj")
        for i in ledger.parse.children[verb.i]
        if i > verb.i
    )
