"""Gate: what a frame found is an event only where it belongs to politics, war or diplomacy.

PLOVER codes what political actors do. News also tells of matches, mergers, crashes and trials in the same verbs, so that the
gate asks of each event who takes part in it, and of its sentence and story what they are about (`spheres.toml`). It says why
an event is none, in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.codebook.spheres import POLITICS, SPORT, Spheres
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.location import place_of
from dragoman.read.coding.parties import Parties
from dragoman.read.coding.reading import Reading
from dragoman.read.coding.undone import untold
from dragoman.record import Actor, Parse

_ENOUGH, _ENOUGH_THERE = 3, 2
"""The weight from which a sentence is about a sphere: by itself (one less without a word of politics), and where the
story is."""
_STORY_SENTENCES, _STORY_SHARE = 2, 0.3
"""A story is about a sphere when so many of its sentences are, at least two; calibrated on corpora/events and examples."""
_POLITICAL = 1
"""The mean weight of politics of a story whose private persons count."""
_STRONG = 3
"""The weight of politics from which a sentence counts as political in a story that is not."""

_UNDONE = frozenset({"hypothetical", "future"})

_WHEN = frozenset({"when", "whenever"})
_AGAIN = frozenset({"often", "always", "usually", "sometimes", "regularly", "frequently", "routinely", "generally"})
_WHOEVER = frozenset({"those", "anyone", "anybody", "whoever", "everyone", "everybody", "someone", "somebody"})

_PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "REB", "UAF", "IGO"})


@dataclass(frozen=True, slots=True)
class Topics:
    """What a text is about: `sentences` gives each sentence's sphere or "", `politics` its weight of politics; `story` the
    sphere of the whole or ""."""

    sentences: tuple[str, ...]
    politics: tuple[int, ...]
    story: str


def find_topics(parse: Parse, spheres: Spheres) -> Topics:
    """Return what the sentences of a text and the whole are about."""
    first, weight, politics = [], [], []
    for sentence in parse.sentences:
        weights = spheres.weigh(sorted(_words(parse, sentence.first, sentence.last)))
        political = weights.pop(POLITICS)
        name = max(weights, key=lambda name: (weights[name], name == SPORT))
        most = weights[name]
        first.append(name if most >= _ENOUGH_THERE and most > political else "")
        weight.append(most + (not political))
        politics.append(political)
    counts = {name: first.count(name) for name in sorted(set(first) - {""})}
    story = max(counts, key=lambda name: counts[name], default="")
    if story and (counts[story] < _STORY_SENTENCES or counts[story] < _STORY_SHARE * len(first)):
        story = ""
    told = (n if n and (n == story or w >= _ENOUGH) else "" for n, w in zip(first, weight, strict=True))
    return Topics(tuple(told), tuple(politics), story)


def _words(parse: Parse, first: int, last: int) -> set[str]:
    texts = [parse.tokens[i].text.lower() for i in range(first, last)]
    lemmas = [parse.tokens[i].lemma.lower() for i in range(first, last)]
    joined = [f"{a}-{b}" for a, dash, b in zip(texts, texts[1:], texts[2:], strict=False) if dash == "-"]
    return {*texts, *lemmas, *joined, *(f"{a} {b}" for a, b in pairwise(texts))}


def closed(candidate: Candidate, topics: Topics, reading: Reading) -> str:
    """Return why an event that is complete belongs to no politics, in words, or ""."""
    parties = reading.parties
    sphere = topics.sentences[candidate.sentence]
    politics = topics.politics[candidate.sentence]
    if not sphere and topics.story and politics < _STRONG:
        sphere = topics.story
    if sphere == SPORT:
        return "its sentence or story is about sport"
    if _is_by_nature(candidate, reading):
        return "it is done by nature or by a thing"
    if candidate.factuality in _UNDONE and _words_of(candidate.reason) & _class(reading, "asking_noun"):
        return f"it is only what {candidate.reason!r} is about, and no event of its own"
    if candidate.factuality == "negated" and reading.codebook.ontology.is_act("request", candidate.type):
        return "nobody asked"
    idle = untold(candidate, reading)
    if idle:
        return idle
    if _is_always(candidate, reading):
        return "it tells what happens again and again, or to whoever does it"
    everyone = [parties.actors[a] for a in candidate.cast.everyone]
    if not everyone and _is_generic(candidate, reading):
        return "it names no party, and speaks of violence in general"
    visit = reading.codebook.ontology.is_act("visit", candidate.type, candidate.mode)
    if visit and not any(_is_somebody(parties.actors[a]) for a in candidate.cast.actors):
        return "who goes there holds no office"
    states = {actor.country for actor in everyone} - {None}
    public = [actor for actor in everyone if is_public(actor, parties)]
    told = sum(topics.politics) >= _POLITICAL * len(topics.politics)
    in_story = reading.political and told and not sphere and not any(is_private(actor, parties) for actor in everyone)
    if _helps_itself(candidate, reading):
        return "a state doesn't help itself"
    nameless = all(actor.anonymous for actor in everyone)
    if everyone and not public and not (in_story and (politics or not nameless)):
        return "none of its parties is a state, one of its organs, a body of states or an armed or political group"
    if not everyone and (sphere or not politics):
        return "it names no party, and its sentence is not about politics"
    if not everyone and place_of(reading.parse, parties, candidate.words, candidate.carrier) is None:
        return "it names no party and no place"
    protest = reading.codebook.ontology.is_act("protest", candidate.type)
    if sphere and len(states) < 2 and politics < _STRONG and not protest:
        return f"its sentence or story is about {sphere}, and no second state takes part"
    return ""


def _is_by_nature(candidate: Candidate, reading: Reading) -> bool:
    """Tell whether harm or a claim is the work of a storm, an illness, an animal or another thing without a will."""
    match = candidate.match
    if match is None or match.part != "verb":
        return False
    nature = reading.codebook.frames.classes.get("nature", frozenset())
    heads = match.slots.filled.get("by" if match.slots.passive else "subject", [])
    return bool(heads) and all(reading.parse.tokens[head].lemma.lower() in nature for head in heads)


def _words_of(phrase: str) -> set[str]:
    return set(phrase.lower().split())


def _class(reading: Reading, name: str) -> frozenset[str]:
    return reading.codebook.frames.classes.get(name, frozenset())


def _is_generic(candidate: Candidate, reading: Reading) -> bool:
    """Tell whether a noun names a kind of deed and no deed: "violence is no answer", "an end to that kind of attack"."""
    if not candidate.nominal or candidate.carrier is not None:
        return False
    parse, noun = reading.parse, candidate.trigger
    token = parse.tokens[noun]
    if token.tag in {"NNS", "NNPS"}:
        return False
    below = {parse.tokens[c].dep for c in parse.children[noun]}
    return not below & {"det", "poss", "nummod", "amod", "compound", "nmod", "acl", "relcl", "prep"}


def _is_always(candidate: Candidate, reading: Reading) -> bool:
    """Tell whether a verb in the present says what holds in general: "when they kill", "those who rise", "we often ask"."""
    parse = reading.parse
    tokens, children = parse.tokens, parse.children
    verb = candidate.verb
    token = tokens[verb]
    if token.pos != "VERB" or token.tag not in {"VBZ", "VBP"} or any(tokens[c].dep == "aux" for c in children[verb]):
        return False
    if any(tokens[c].dep == "advmod" and tokens[c].text.lower() in _AGAIN for c in children[verb]):
        return True
    if token.dep == "advcl":
        return any(tokens[c].dep in {"advmod", "mark"} and tokens[c].text.lower() in _WHEN for c in children[verb])
    return token.dep == "relcl" and tokens[token.head].text.lower() in _WHOEVER


def _helps_itself(candidate: Candidate, reading: Reading) -> bool:
    """Tell whether aid or cooperation goes only from a state, or who speaks for it, to that state itself."""
    ontology, parties = reading.codebook.ontology, reading.parties
    if not ontology.within("helping", candidate.type, candidate.mode):
        return False
    givers = {parties.country(a) for a in candidate.cast.actors} - {None}
    takers = [parties.actors[a] for a in candidate.cast.recipients]
    return bool(givers and takers) and all(a.kind == "state" and parties.country(a.id) in givers for a in takers)


def _is_of_state(actor: Actor) -> bool:
    """Tell whether an actor is a state or speaks for one, and not for a party, movement or people in it."""
    return actor.kind == "state" or actor.sector in {"GOV", "MIL", "LEG", "SPY"}


def _is_somebody(actor: Actor) -> bool:
    """Tell whether an actor is a state, a body, a group, or a person of whom an office, a sector or a state is known."""
    return actor.kind != "person" or bool(actor.offices or actor.sector or actor.country)


def open_ones(candidates: Sequence[Candidate], reading: Reading) -> list[Candidate]:
    """Return those candidates that belong to politics."""
    topics = find_topics(reading.parse, reading.codebook.spheres)
    kept = [candidate for candidate in candidates if not closed(candidate, topics, reading)]
    for candidate in kept:
        _leave_open(candidate, reading)
    return kept


def _leave_open(candidate: Candidate, reading: Reading) -> None:
    """Take back what a state would do to itself: whom its bombs hit is left open where the text doesn't say, and nobody
    speaks to his own state as to another."""
    cast, parties, ontology = candidate.cast, reading.parties, reading.codebook.ontology
    spoken = candidate.type in ontology.types and ontology.quad(candidate.type).startswith("verbal")
    spoken = spoken and not ontology.within("domestic", candidate.type, candidate.mode)
    spoken = spoken and all(_is_of_state(parties.actors[a]) for a in cast.actors)
    if not spoken and not (cast.guessed and ontology.within("to_others", candidate.type, candidate.mode)):
        return
    own = {parties.country(a) for a in cast.actors} - {None}
    if any(parties.actors[a].kind == "state" and parties.country(a) in own for a in cast.recipients):
        left = tuple(a for a in cast.recipients if parties.country(a) not in own)
        candidate.cast = cast.toward(left, cast.recipients_by if left else "")


def is_public(actor: Actor, parties: Parties) -> bool:
    """Tell whether an actor acts in public affairs: a state, one who holds or held its office, a force, a party, its people."""
    return not is_private(actor, parties) and (parties.is_political(actor.id) or bool(actor.offices))


def is_private(actor: Actor, parties: Parties) -> bool:
    """Tell whether an actor is a firm, a club, a trade or the like, as its name or description says."""
    if actor.kind == "state" or actor.key is not None or actor.sector in _PUBLIC:
        return False
    private = parties.codebook.frames.classes.get("private_body", frozenset())
    return bool(private & set(actor.name.lower().replace("-", " ").split()))


def leave_out(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates without the parties that were found in a way which is right too seldom (`guesses.toml`).

    An event that then names nobody is left out itself.
    """
    guesses, kept = reading.codebook.guesses, []
    for candidate in candidates:
        cast = candidate.cast
        if not guesses.allows("actors", cast.actors_by, candidate.type):
            cast = cast.by((), "")
        if not guesses.allows("recipients", cast.recipients_by, candidate.type):
            cast = cast.toward((), "")
        emptied = candidate.cast.everyone and not cast.everyone
        candidate.cast = cast
        if not emptied:
            kept.append(candidate)
    return kept
