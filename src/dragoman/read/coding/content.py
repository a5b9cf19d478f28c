"""Content: what an official's plain statement amounts to, where its verb is only "said".

A ministry that says that a neighbour must withdraw has asked for it (REQUEST); one that says it will help has promised
(AGREE), that it will not, refused (REJECT); one that calls the other's act a crime has accused (ACCUSE).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.codebook.plover import Ontology
from dragoman.read.coding.assemble import depth_of
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.grammar import verb_slots
from dragoman.read.coding.parties import Parties
from dragoman.read.coding.reading import Reading
from dragoman.read.coding.roles import Cast
from dragoman.record import Actor, Parse, Statement

_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "SPY", "REB", "UAF", "IGO", "NGO", "OPP", "PTY"})
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "'d"})
_MAY = frozenset({"may", "might", "could"})
_DUTY = frozenset({"must", "should", "ought"})
_NEEDING = frozenset({"need", "have"})
_EXPECTING = frozenset({"expect", "require", "oblige", "ask"})
_FIRST = frozenset({"i", "we", "us", "our"})
_SURE = {
    "request": 0.6,
    "promise": 0.55,
    "concession": 0.5,
    "refusal": 0.5,
    "threat": 0.5,
    "disapproval": 0.5,
    "accusation": 0.45,
    "praise": 0.45,
}
_SUFFERERS = frozenset({"target", "victim", "hostage"})
"""What a side calls itself that reproaches another with something ("we are the victim of a campaign by ...")."""
_DEEDS = frozenset(
    {"decision", "step", "move", "measure", "act", "action", "conduct", "behaviour", "behavior", "attitude"}
)
"""Nouns for what somebody did."""
_CHARGING = frozenset({"claim", "allege", "complain"})
"""Cues of what a side only alleges of another."""
_KINDS = frozenset(
    {"form", "act", "kind", "case", "example", "part", "sign", "manifestation", "instance", "element", "piece"}
)
_FINDING = frozenset({"confirm", "ascertain", "establish", "find", "learn", "determine", "discover", "investigate"})
"""Cues of one who reports a fact, and judges nobody."""
_MOST_CLAUSES = 3
"""How many main clauses of a statement are looked at: what comes later elaborates."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its speaker and the tokens of its cue and content."""

    statement: Statement
    speaker: Actor
    cue: int
    content: tuple[int, ...]
    official: bool


def official_statements(
    parse: Parse, statements: Sequence[Statement], actors: dict[str, Actor], taken: frozenset[int]
) -> list[Said]:
    """Return the statements of those who belong to a state, body or movement whose cue is no event by itself (`taken`)."""
    found = []
    for statement in statements:
        speaker = actors.get(statement.speaker or "")
        if speaker is None or statement.cue is None or not (speaker.country or _is_official(speaker)):
            continue
        cue = parse.tokens_within(statement.cue.start, statement.cue.end)
        content = tuple(i for part in statement.said for i in parse.tokens_within(part.start, part.end))
        if cue and content and not any(i in taken for i in cue):
            found.append(Said(statement, speaker, cue[0], content, _is_official(speaker)))
    return found


def _is_official(actor: Actor) -> bool:
    if actor.kind in {"state", "body"}:
        return actor.sector not in {"MED", "BUS", "EDU"}
    return actor.sector in _OFFICIAL


def derive(reading: Reading, said: Said, inside: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Return the new candidates of a statement and those of `inside` (its content) that they take the place of."""
    new: list[Candidate] = []
    gone: list[Candidate] = []
    for root in _main_verbs(reading.parse, said.content)[:_MOST_CLAUSES]:
        candidate = _clause(reading, said, root, inside, gone)
        if candidate is not None and reading.parse.tokens[root].sentence != candidate.sentence:
            candidate = replace(candidate, beside=(reading.parse.tokens[root].sentence,))
        if candidate is not None and not any(c.type == candidate.type for c in new):
            new.append(candidate)
    return new, gone


def _main_verbs(parse: Parse, content: tuple[int, ...]) -> list[int]:
    there = set(content)
    tokens = parse.tokens
    tops = [i for i in content if tokens[i].head not in there or tokens[i].head == i]
    found: list[int] = []
    for top in tops:
        if tokens[top].pos in {"VERB", "AUX"} and tokens[top].dep not in {"aux", "auxpass"}:
            found.append(top)
            found.extend(c for c in parse.children[top] if tokens[c].dep == "conj" and tokens[c].pos in {"VERB", "AUX"})
    return found


def _clause(
    reading: Reading, said: Said, root: int, inside: Sequence[Candidate], gone: list[Candidate]
) -> Candidate | None:
    parse, parties = reading.parse, reading.parties
    tokens = parse.tokens
    slots = verb_slots(parse, root)
    heads = slots.filled.get("object" if slots.passive else "subject", [])
    own = _is_speaker(parse, said, heads, parties)
    auxiliaries = {tokens[c].text.lower() for c in parse.children[root] if tokens[c].dep == "aux"}
    negated = any(tokens[c].dep == "neg" for c in parse.children[root])
    below = set(parse.subtree(root))
    for child in parse.children[root]:
        if tokens[child].dep in {"nsubj", "nsubjpass"}:
            below -= set(parse.subtree(child))  # what its subject is or did is not what it will do
    acts = [c for c in inside if c.trigger in below]
    nearest = min(acts, key=lambda c: (c.depth, c.trigger), default=None)
    if own and auxiliaries & (_WILL | _MAY):
        beside = {j for c in parse.children[root] if tokens[c].dep == "advcl" for j in parse.subtree(c)}
        done = [c for c in acts if c.trigger not in beside]
        nearest = min(done, key=lambda c: (c.depth, c.trigger), default=None)
        if slots.passive and root in (c.trigger for c in done):
            return None  # what will be done to the speaker's own side is no promise of his
        return _intention(said, reading, nearest, negated, auxiliaries, _condition(parse, root), gone)
    if not said.official:
        return None
    duty = auxiliaries & _DUTY or (tokens[root].lemma in _NEEDING and slots.content and not own)
    # "both are expected to show restraint"
    duty = duty or (slots.passive and tokens[root].lemma in _EXPECTING and slots.content and said.statement.direct)
    if duty and not own:
        recipients = tuple(a for a in _others(parse, said, heads, root, parties) if parties.is_political(a))
        if not recipients:
            return None
        made = _made(said, reading, "request", nearest, recipients, "said_must")
        gone.extend(acts if made else ())
        return made
    return _judgement(reading, said, root, heads, own, negated)


def _condition(parse: Parse, root: int) -> str | None:
    """Return the word that makes a clause conditional on another ("unless", "if"), or None."""
    for child in parse.children[root]:
        if parse.tokens[child].dep == "advcl":
            for mark in parse.children[child]:
                if parse.tokens[mark].dep == "mark" and parse.tokens[mark].text.lower() in {"if", "unless", "until"}:
                    return parse.tokens[mark].text.lower()
    return None


def _intention(
    said: Said,
    reading: Reading,
    act: Candidate | None,
    negated: bool,
    auxiliaries: set[str],
    condition: str | None,
    gone: list[Candidate],
) -> Candidate | None:
    if act is None:
        return None
    parties = reading.parties
    recipients = tuple(
        a
        for a in (*act.cast.recipients, *act.cast.actors)
        if a != said.speaker.id and (not parties.country(a) or parties.country(a) != said.speaker.country)
    )
    firm = bool(auxiliaries & _WILL)
    ontology = reading.codebook.ontology
    kind = act.match.frame.type if act.match is not None else act.type
    if ontology.within("mutual", kind, None) and not recipients:
        return None  # a government's own meeting is talks with nobody
    harmful = ontology.within("harmful", act.type, act.mode)
    if ontology.within("cooperative", act.type, act.mode) and firm:
        if condition == "unless":
            done = "threat"
        elif negated:
            done = "refusal"
        else:
            done = "concession" if _yields(ontology, act.type) else "promise"
    elif harmful and not negated and condition:
        done = "threat"  # rule 4: a warning
    elif harmful and not negated and firm:
        act.factuality = "future"
        return None
    else:
        return None
    made = _made(said, reading, done, act, recipients, "said_will")
    if made is None:
        return None
    gone.append(act)
    return replace(made, words=act.words, trigger=act.trigger, object=act.object, when=act.when)


def _judgement(
    reading: Reading, said: Said, root: int, heads: Sequence[int], own: bool, negated: bool
) -> Candidate | None:
    parse, parties, table = reading.parse, reading.parties, reading.codebook.frames
    tokens = parse.tokens
    if said.statement.act not in {"evaluation", "claim", "denial"}:
        return None
    predicates = [root, *_predicates(parse, root)]
    words = {tokens[i].lemma.lower() for i in predicates}
    words |= {f"{tokens[root].lemma.lower()} {tokens[i].lemma.lower()}" for i in predicates if tokens[i].dep == "dobj"}
    said_of = {tokens[i].lemma.lower() for i in predicates if tokens[i].dep not in {"dobj", "xcomp"}}
    if said_of & table.classes.get("disclaims", frozenset()) and not negated:
        return _made(said, reading, "refusal", None, _others(parse, said, (), root, parties), "said_untrue")
    suffers = any(tokens[i].lemma.lower() in _SUFFERERS for i in predicates if tokens[i].pos == "NOUN")
    recipients = _others(parse, said, () if suffers else heads, root, parties) or _doer(reading, said, heads)
    recipients = tuple(a for a in recipients if parties.is_political(a))
    if not recipients or (own and not suffers) or tokens[said.cue].lemma.lower() in _FINDING:
        return None
    agents = _foreign_agents(parse, said, root, parties)
    if (
        agents
        and not negated
        and any(tokens[h].lemma.lower() in table.classes.get("blames", frozenset()) for h in heads)
    ):
        return _made(said, reading, "disapproval", None, agents, "said_wrong")  # "the terrorists were armed by ..."
    if suffers and not negated:
        return _made(said, reading, "disapproval", None, recipients, "said_wrong")
    charged = not own and said.statement.act == "claim" and tokens[said.cue].lemma in _CHARGING
    if charged and not negated and set(recipients) <= set(parties.of_all(heads)):
        return _made(said, reading, "accusation", None, recipients, "said_of_other")
    if words & table.classes.get("blames", frozenset()) and not negated:
        return _made(said, reading, "disapproval", None, recipients, "said_wrong")
    if said.statement.act == "evaluation" and words & table.classes.get("praises", frozenset()) and not negated:
        return _made(said, reading, "praise", None, recipients, "said_good")
    return None


def _foreign_agents(parse: Parse, said: Said, root: int, parties: Parties) -> tuple[str, ...]:
    """Return the agents of a passive clause that are of another state than the speaker."""
    slots = verb_slots(parse, root)
    if not slots.passive:
        return ()
    found = parties.of_all(slots.filled.get("subject", []))
    return tuple(a for a in found if parties.is_political(a) and parties.country(a) != said.speaker.country)


def _doer(reading: Reading, said: Said, heads: Sequence[int]) -> tuple[str, ...]:
    """Return who did what "this decision" is, in an article about the speaker's state and one other: that other."""
    parse, parties = reading.parse, reading.parties
    pointing = any(
        parse.tokens[c].text.lower() in {"this", "that", "these", "such"} for h in heads for c in parse.children[h]
    )
    if reading.pair is None or not (pointing and any(parse.tokens[h].lemma in _DEEDS for h in heads)):
        return ()
    others = tuple(state for state in reading.pair if parties.country(state) != said.speaker.country)
    return others if len(others) == 1 else ()


def _predicates(parse: Parse, root: int) -> list[int]:
    """Return what a clause says of its subject: complements, through "a form of", and "makes himself responsible"."""
    tokens, children = parse.tokens, parse.children
    found = [c for c in children[root] if tokens[c].dep in {"acomp", "attr", "oprd", "dobj", "xcomp"}]
    found += [c for c in children[root] if tokens[c].dep == "ccomp" and tokens[c].pos == "ADJ" and c > root]
    for noun in list(found):
        if tokens[noun].lemma in _KINDS:
            found += [
                g for c in children[noun] if tokens[c].text == "of" for g in children[c] if tokens[g].dep == "pobj"
            ]
    return found


def _is_speaker(parse: Parse, said: Said, heads: Sequence[int], parties: Parties) -> bool:
    country = said.speaker.country
    for head in heads:
        if parse.tokens[head].text.lower() in _FIRST:
            return True
        actors = parties.of(head)
        if said.speaker.id in actors or (country and any(parties.country(a) == country for a in actors)):
            return True
        if (
            not actors
            and parse.tokens[head].pos == "PRON"
            and parse.tokens[head].text.lower() in {"it", "he", "she", "they"}
        ):
            return not said.statement.direct
    return False


def _others(parse: Parse, said: Said, heads: Sequence[int], root: int, parties: Parties) -> tuple[str, ...]:
    """The actors that a clause is about, the speaker's own side left out: its subject's, else the first named in it."""

    def foreign(actors: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            a
            for a in actors
            if a != said.speaker.id and (parties.country(a) is None or parties.country(a) != said.speaker.country)
        )

    found = foreign(parties.of_all(heads))
    if found:
        return found
    for j in parse.subtree(root):
        actor = parties.heads.get(j)
        if actor and j in said.content and foreign((actor,)):
            return (actor,)
    return ()


def _yields(ontology: Ontology, event_type: str) -> bool:
    """Tell whether a type, or what it becomes when it is announced, is a concession."""
    return any(ontology.is_act("concession", one) for one in (event_type, ontology.future.get(event_type, "")))


def _made(
    said: Said, reading: Reading, act: str, inner: Candidate | None, recipients: tuple[str, ...], rule: str
) -> Candidate | None:
    """Return the candidate of an act in words about an inner event; None where the ontology has no such act."""
    parse, ontology = reading.parse, reading.codebook.ontology
    kind = ontology.acts.get(act)
    if kind is None:
        return None
    event_type, mode = kind
    if inner is not None:
        mode = ontology.content_mode(event_type, inner.type, inner.mode) or mode
    return Candidate(
        rule=rule,
        type=event_type,
        mode=mode,
        words=(said.cue,),
        trigger=said.cue,
        cast=Cast((said.speaker.id,), recipients),
        sentence=parse.tokens[said.cue].sentence,
        depth=depth_of(parse, said.cue),
        sure=_SURE[act],
        contexts=("diplomatic",),
    )
