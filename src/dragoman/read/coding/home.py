"""Home: the state behind those whom the text names without one, and the two sides of what a state does at home.

"Police", "the rebels" or "a court" act for the state in which the event takes place: the one that the event's own clause
names as a place, else the state of the other side of an act that is done at home, else the only state of the sentence, of a
sentence just before, or the one that the story tells of or is datelined from. What only public power does (an arrest, a
curfew) is that state's act where the text names nobody, and touches its own people where it names no others (PLOVER's manual:
the recipients of domestic repression and the aim of a protest are the actor's own state).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.dating import clause_verb
from dragoman.read.coding.location import place_names, without_asides
from dragoman.read.coding.parties import Parties
from dragoman.read.coding.phrases import is_definite
from dragoman.read.coding.reading import Reading
from dragoman.read.coding.roles import role_slots
from dragoman.record import Parse

_BACK = 3
"""Sentences before its own in which an event's state is looked for."""
_LONG = 4
"""Sentences from which a text has a main state that counts where a sentence names several."""
_MAIN_SHARE = 0.6
"""The share of a story's mentions of states from which one of them is where it plays."""
_ABROAD = frozenset(
    {
        "international", "foreign", "western", "allied", "european", "african", "arab", "world", "global", "regional",
        "donors", "donor", "allies", "nations", "countries", "states", "neighbours", "neighbors", "multinational", "other",
        "peacekeepers", "pirates", "peacekeeping", "un", "u.n.", "envoy", "ambassador", "ambassadors", "diplomats",
        "coalition", "mercenaries", "foreigners", "tourists", "migrants", "refugees", "delegates", "council", "alliance",
        "pro", "anti", "backed", "sponsored", "linked", "speaking",
        "ministers", "leaders", "presidents", "powers", "sides", "parties", "governments", "mediators", "neighbour",
    }
)  # fmt: skip
"""Words of a description that name people of no one state, or of another one than where they are."""
_POSTS = frozenset(
    [
        "embassy",
        "embassies",
        "consulate",
        "consulates",
        "ambassador",
        "diplomat",
        "diplomats",
        "consul",
        "envoy",
        "mission",
    ]
)
_NO_STATE = frozenset({"IGO", "NGO", "MED", "IMG"})

_ORDERS = frozenset({"order", "instruct", "command", "direct", "tell", "authorise", "authorize"})
_AGAINST = frozenset({"REB", "OPP", "CVL", "LAB", "UAF", "EDU"})
"""Sectors of those who stand outside their state's authorities."""
_ORGANS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD"})
_NOT_A_STATES = frozenset(
    {"opposition", "rebel", "tribal", "mutinous", "breakaway", "separatist", "irregular", "guerrilla"}
)
"""Words for forces that are no state's own."""
_INSTITUTIONS = _ORGANS | {"LEG", "OPP", "PTY"}
_PLAIN = frozenset(
    {"attack", "strike", "raid", "assault", "violence", "killing", "bombing", "sanction", "measure", "meeting"}
)
_TAKEN_UP = 4
"""Sentences back in which what a definite noun takes up was told."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Which states a document's sentences name, which of them as parties and not as places, where its story plays (`main`, the
    dateline's where it is none that is named most, and `stage` without that), and all states that it names."""

    reading: Reading
    by_sentence: dict[int, tuple[str, ...]]
    parties: dict[int, tuple[str, ...]]
    main: str | None
    stage: str | None
    named: frozenset[str]

    def around(self, sentence: int) -> str | None:
        """Return the only state of a sentence, or of the nearest one before that names just one, else the story's."""
        for number in range(sentence, max(-1, sentence - _BACK - 1), -1):
            named = self.by_sentence.get(number, ())
            if len(named) == 1:
                return named[0]
            if named:
                long = len(self.reading.parse.sentences) >= _LONG
                return self.main if long and self.main in named else None
        return self.main


def set_scene(reading: Reading) -> Scene:
    """Return the states that the document's sentences name, as parties or as places."""
    parties, parse = reading.parties, reading.parse
    by_sentence: dict[int, dict[str, None]] = {}
    acting: dict[int, dict[str, None]] = {}
    counts: Counter[str] = Counter()
    for i, token in enumerate(parse.tokens):
        actor = parties.heads.get(i)
        if token.i >= 2 and parse.tokens[i - 1].text == "-" and parse.tokens[i - 2].text.lower() in {"anti", "pro"}:
            continue
        if _is_post(parties, parties.named(i) or ""):
            continue  # an embassy stands for a state that is not the one where it is
        code = parties.country(actor) if actor else None
        if code is not None:
            acting.setdefault(token.sentence, {})[code] = None
        if code is None and actor is None and token.ent in {"GPE", "LOC", "NORP"}:
            found = parties.place(i)
            code = parties.country(found[0]) if found else None
        if code is not None:
            by_sentence.setdefault(token.sentence, {})[code] = None
            counts[code] += 1
    dateline = parties.country(reading.dateline) if reading.dateline else None
    main = stage = None
    if counts:
        first, number = counts.most_common(1)[0]
        stage = first if number >= _MAIN_SHARE * counts.total() else None
        main = stage or dateline
    return Scene(
        reading,
        {sentence: tuple(codes) for sentence, codes in by_sentence.items()},
        {sentence: tuple(codes) for sentence, codes in acting.items()},
        main or dateline,
        stage,
        frozenset(counts),
    )


def give_homes(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Give events the states behind parties that the text leaves without one, and the sides that go without saying."""
    scene = set_scene(reading)
    for candidate in candidates:
        _settle(scene, candidate)
        _complete(scene, candidate)
        _place_side(scene, candidate)
        _order_own(scene, candidate)
    _carry_recipients(scene, candidates)
    for candidate in candidates:
        _face_other(scene, candidate)
    _name_culprits(scene, candidates)
    _take_up(scene, candidates)


def _settle(scene: Scene, candidate: Candidate) -> None:
    parties = scene.reading.parties
    cast = candidate.cast
    if not any(_is_homeless(parties, a) for a in cast.everyone):
        return
    place = _state_of_place(scene, candidate)
    actors, actors_by = _at_home(scene, candidate, cast.actors, cast.recipients, place)
    recipients, recipients_by = _at_home(scene, candidate, cast.recipients, actors, place)
    if actors_by:
        cast = cast.by(actors, actors_by)
    if recipients_by:
        cast = cast.toward(recipients, recipients_by)
    candidate.cast = cast


def _is_homeless(parties: Parties, identity: str) -> bool:
    """Tell whether an actor is people or an authority of some state that is only described."""
    actor = parties.actors.get(identity)
    if actor is None or actor.country or actor.key or actor.kind == "state" or not actor.anonymous:
        return False
    if actor.kind == "person" and actor.sector not in _INSTITUTIONS:
        return False  # a man of no known part in a state's life may be anybody's
    if actor.sector == "MIL" and _NOT_A_STATES & set(actor.name.lower().split()):
        return False
    return actor.sector not in _NO_STATE and not _ABROAD & set(actor.name.lower().replace("-", " ").split())


def _at_home(
    scene: Scene, candidate: Candidate, side: Sequence[str], other: Sequence[str], place: str | None
) -> tuple[tuple[str, ...], str]:
    """Return a side's actors, each homeless one with its state, and by which ground, "" where none was given one."""
    parties = scene.reading.parties
    found: dict[str, None] = {}
    how = ""
    for identity in side:
        if not _is_homeless(parties, identity):
            found[identity] = None
            continue
        inside = _is_domestic(scene, candidate) and not any(_is_post(parties, a) for a in other)
        alone = len(scene.by_sentence.get(candidate.sentence, ())) <= 1
        by_other = _one_state(parties, other) if inside and alone else None
        if parties.actors[identity].sector == "MIL" and len(scene.named) > 1:
            found[identity] = None  # troops are often in another's country
            continue
        institution = _is_institution(parties, identity)
        if not institution and not inside:
            found[identity] = None  # gunmen and prisoners may be anybody's
            continue
        code = place or by_other or (scene.around(candidate.sentence) if institution else None)
        if code is None or (not inside and code in {parties.country(a) for a in other}):
            found[identity] = None
        else:
            found[parties.settle(identity, code)] = None
            how = "home by place" if place else "home by the other side" if by_other else "home by the text around"
    return tuple(found), how


def _is_institution(parties: Parties, identity: str) -> bool:
    """Tell whether an actor is an authority of a state, or its opposition: every state has one, and the text's is meant."""
    actor = parties.actors[identity]
    return actor.sector in _INSTITUTIONS


def _is_post(parties: Parties, identity: str) -> bool:
    """Tell whether an actor is a state's post or people abroad, which are struck where they are, not at home."""
    actor = parties.actors.get(identity)
    return actor is not None and bool(_POSTS & set(actor.name.lower().split()))


def _is(scene: Scene, group: str, candidate: Candidate) -> bool:
    return scene.reading.codebook.ontology.within(group, candidate.type, candidate.mode)


def _is_domestic(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether an act is one inside a state, as far as its words tell."""
    return _is(scene, "inside", candidate) and not _is(scene, "on_foreigners", candidate)


def _one_state(parties: Parties, side: Sequence[str]) -> str | None:
    codes = {code for a in side if (code := parties.country(a))}
    return next(iter(codes)) if len(codes) == 1 else None


def _state_of_place(scene: Scene, candidate: Candidate) -> str | None:
    parties = scene.reading.parties
    for i in place_names(scene.reading.parse, parties, candidate.words, candidate.carrier):
        found = parties.state_of_place(i)
        if found:
            return parties.country(found)
    return None


def _complete(scene: Scene, candidate: Candidate) -> None:
    """Fill the side that goes without saying in what a state's authorities do to its people, and its people against it."""
    parties, cast = scene.reading.parties, candidate.cast
    if not _is(scene, "public", candidate) or _is(scene, "not_public", candidate):
        return
    actors, recipients = cast.actors, cast.recipients
    if not actors and not _says_who(scene, candidate):
        code = _state_of_place(scene, candidate) or _one_state(parties, recipients) or scene.around(candidate.sentence)
        if code is not None:
            actors = (parties.state(code),)
            candidate.cast = candidate.cast.by(actors, "public power")
    if actors and not recipients and not _is(scene, "on_foreigners", candidate):
        code = _one_state(parties, actors)
        if code is not None and _is_at_home(scene, code, candidate):
            candidate.cast = candidate.cast.toward((parties.state(code),), "public power on its own")


def _is_at_home(scene: Scene, code: str, candidate: Candidate) -> bool:
    """Tell whether a text plays in a state, and a clause names no other: whom its power touches there are its own."""
    single = len(scene.reading.parse.sentences) == 1  # where a clause tells all there is
    alone = scene.named <= {code} or scene.stage == code or single
    return alone and set(_in_clause(scene, candidate)) <= {code}


def _says_who(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether the words name somebody or something that did it, though the text doesn't say of which state."""
    if candidate.match is None:
        return False
    if "subject" not in role_slots(candidate.match)[0]:
        return False  # "is serving a sentence": the subject is the one to whom it was done
    parse, people = scene.reading.parse, scene.reading.codebook.frames.people
    agents = candidate.match.slots.filled.get("by" if candidate.match.slots.passive else "subject", [])
    return any(parse.tokens[agent].lemma.lower() not in people for agent in agents)


def _place_side(scene: Scene, candidate: Candidate) -> None:
    """Let the capital in which somebody was praised, scolded or put under sanctions be the one who did so; a visitor's host."""
    parties, cast = scene.reading.parties, candidate.cast
    ontology = scene.reading.codebook.ontology
    visit = ontology.is_act("visit", candidate.type, candidate.mode) and cast.actors and not cast.recipients
    passive = _is(scene, "of_capitals", candidate) and cast.recipients and not cast.actors and not candidate.nominal
    if not visit and not passive:
        return
    sent = _sent_from(scene, candidate) if passive else None
    code = sent or _state_of_place(scene, candidate)
    if code is None or code in {parties.country(a) for a in cast.everyone}:
        return
    there = (parties.state(code),)
    how = "sent from there" if sent is not None else "capital"
    candidate.cast = cast.toward(there, how) if visit else cast.by(there, how)


def _sent_from(scene: Scene, candidate: Candidate) -> str | None:
    """The state from which envoys "were expelled", or in whose capital the ministry is to which they "were summoned"."""
    parties, match = scene.reading.parties, candidate.match
    if match is None:
        return None
    for i in match.slots.filled.get("from", []):
        actor = parties.named(i)
        if actor is not None and parties.actors[actor].kind == "state":
            return parties.country(actor)
    for i in match.slots.get(scene.reading.parse, "to.in"):
        found = parties.state_of_place(i)
        if found is not None:
            return parties.country(found)
    return None


def _carry_recipients(scene: Scene, candidates: Sequence[Candidate]) -> None:
    """Let what is done to nobody named be done to whom the words just before it were about.

    Only for acts that need a recipient (PLOVER's rule 10): "Norway condemned the arrest in Chad and recalled its envoy".
    """
    parties = scene.reading.parties
    for number, candidate in enumerate(candidates):
        cast = candidate.cast
        if not _is(scene, "to_somebody", candidate) or _is(scene, "needs_none", candidate):
            continue
        if cast.recipients or len(cast.actors) != 1:
            continue
        own = parties.country(cast.actors[0]) or cast.actors[0]
        found: tuple[str, ...] = ()
        for other in reversed(candidates[:number]):
            away = candidate.sentence - other.sentence
            if (
                away > 1
                or other.factuality == "negated"
                or (_is(scene, "after_its_like", candidate) and other.type != candidate.type)
                or (away and set(scene.parties.get(candidate.sentence, ())) - {own})
            ):
                break
            for side in (other.cast.recipients, other.cast.actors):
                found = tuple(a for a in side if parties.is_political(a) and (parties.country(a) or a) != own)
                if found:
                    break
            if found:
                break
        how = "told just before" if found else "named last before"
        found = found or _last_named(scene, candidate, own)
        if found:
            candidate.cast = cast.toward(found, how)


def _order_own(scene: Scene, candidate: Candidate) -> None:
    """Let the state whose own organs were ordered to do something be the one who ordered it ("the embassies were told to")."""
    parties, cast = scene.reading.parties, candidate.cast
    if (
        not scene.reading.codebook.ontology.is_act("request", candidate.type)
        or cast.actors
        or not cast.recipients
        or candidate.nominal
    ):
        return
    if scene.reading.parse.tokens[candidate.trigger].lemma not in _ORDERS:
        return
    if candidate.match is None or not candidate.match.slots.passive:
        return  # somebody else, whom the text leaves without a state, gave the order
    code = _one_state(parties, cast.recipients)
    organs = all(parties.actors[a].sector in _ORGANS and parties.actors[a].kind != "state" for a in cast.recipients)
    if code is not None and organs:
        candidate.cast = cast.by((parties.state(code),), "orders its own")


def _name_culprits(scene: Scene, candidates: Sequence[Candidate]) -> None:
    """Let who is accused of, sentenced for or blamed for a deed be its actor, where the deed's own words name nobody."""
    parse = scene.reading.parse
    tokens = parse.tokens
    for candidate in candidates:
        if candidate.cast.actors or not _is(scene, "deeds", candidate):
            continue
        above = tokens[tokens[candidate.trigger].head]
        if above.dep != "prep" or above.text.lower() not in {"of", "for", "with"}:
            continue
        for other in candidates:
            charged = tokens[above.head]
            top = charged.head if charged.dep in {"dobj", "nsubjpass"} else above.head  # "convicted the general of"
            if {above.head, top} & {other.trigger, other.carrier, *other.words} and _is(scene, "charges", other):
                culprits = tuple(a for a in other.cast.recipients if a not in candidate.cast.recipients)
                if culprits:
                    candidate.cast = candidate.cast.by(culprits, "charged with it")


def _take_up(scene: Scene, candidates: Sequence[Candidate]) -> None:
    """Give "the attack" or "these sanctions" the parties with which the text told of it before, where its words name none."""
    parse, parties = scene.reading.parse, scene.reading.parties
    for number, candidate in enumerate(candidates):
        cast = candidate.cast
        if not candidate.nominal or candidate.together or (cast.actors and cast.recipients and not cast.guessed):
            continue
        if not is_definite(parse, candidate.trigger) or _is_told_apart(parse, candidate):
            continue
        for other in reversed(candidates[:number]):
            if candidate.sentence - other.sentence > _TAKEN_UP or other.type != candidate.type:
                continue
            if other.cast.guessed:
                continue
            if other.factuality not in {"happened", candidate.factuality} or not _is_alike(parse, candidate, other):
                continue
            here, there = _states(parties, cast.recipients), _states(parties, other.cast.recipients)
            if here and there and not here & there:
                continue
            actors, recipients = cast.actors or other.cast.actors, cast.recipients
            named = [a for a in other.cast.recipients if parties.country(a)]
            if named and not other.cast.guessed and (not recipients or (cast.guessed and not cast.actors)):
                recipients = other.cast.recipients
            if not set(actors) & set(recipients):
                if actors != cast.actors:
                    cast = candidate.cast = cast.by(actors, "told before")
                if recipients != cast.recipients:
                    candidate.cast = cast.toward(recipients, "told before")
            break


def _is_told_apart(parse: Parse, candidate: Candidate) -> bool:
    """Tell whether a noun with a name or number beside it may be another deed ("the Lima raid", "both raids")."""
    tokens = parse.tokens
    below = parse.children[candidate.trigger]
    own = any(tokens[c].dep in {"compound", "nmod", "nummod"} and tokens[c].ent for c in below)
    return own or any(
        tokens[c].text.lower() in {"all", "both", "other", "many", "similar", "such", "recent"} for c in below
    )


def _is_alike(parse: Parse, candidate: Candidate, other: Candidate) -> bool:
    """Tell whether a noun can take up what was told before: by the same stem, or as one of the plain words for it."""
    lemma = parse.tokens[candidate.trigger].lemma.lower()
    return lemma in _PLAIN or lemma[:4] == parse.tokens[other.trigger].lemma.lower()[:4] or candidate.rule == other.rule


def _states(parties: Parties, side: Sequence[str]) -> set[str]:
    return {parties.country(a) or a for a in side}


def _face_other(scene: Scene, candidate: Candidate) -> None:
    """Let words to nobody named (a threat, an offer, a demand) be to the only other state that the sentence names.

    Where it names none, what rebels, strikers or an opposition say is to their own.
    """
    parties, cast = scene.reading.parties, candidate.cast
    if not _is(scene, "to_one", candidate) or cast.recipients or not cast.actors or candidate.together:
        return
    own = {parties.country(a) for a in cast.actors}
    others = [code for code in scene.parties.get(candidate.sentence, ()) if code not in own]
    if None in own or len(own) > 1:
        return
    faces = _is(scene, "faces_other", candidate)
    if faces and len(others) == 1 and others[0] in _in_clause(scene, candidate):
        candidate.cast = cast.toward((parties.state(others[0]),), "only other state of the clause")
    elif _is(scene, "against_own", candidate) and not others and all(_is_outside(parties, a) for a in cast.actors):
        candidate.cast = cast.toward((parties.state(str(next(iter(own)))),), "against its own")


def _is_outside(parties: Parties, identity: str) -> bool:
    """Tell whether an actor stands outside its state's authorities: what it says to nobody named is to them."""
    return parties.actors[identity].sector in _AGAINST


def _in_clause(scene: Scene, candidate: Candidate) -> list[str]:
    """The states that the event's own clause names, places and times left out, in text order."""
    parse, parties = scene.reading.parse, scene.reading.parties
    verb = clause_verb(parse, candidate.verb)
    if verb is None:
        return []
    request = scene.reading.codebook.ontology.is_act("request", candidate.type)
    below = set(without_asides(parse, verb, demand=request))
    for child in parse.children[
        verb
    ]:  # "promised a vote and asked Peru for help": what is asked is no part of the promise
        if parse.tokens[child].dep == "conj" and parse.tokens[child].pos == "VERB":
            apart = set(parse.subtree(child))
            below -= set() if apart & set(candidate.words) else apart
    sentence = parse.sentences[candidate.sentence]
    named = {i: parties.country(parties.heads[i]) for i in range(sentence.first, sentence.last) if i in parties.heads}
    inside = {code for i, code in named.items() if code is not None and i in below}
    named_there = scene.parties.get(candidate.sentence, ())
    return [code for code in named_there if code in inside]


def _last_named(scene: Scene, candidate: Candidate, own: str) -> tuple[str, ...]:
    """Return the foreign state that the sentence names last before the event's words, if any."""
    parties = scene.reading.parties
    first = scene.reading.parse.sentences[candidate.sentence].first
    for i in range(candidate.words[0] - 1, first - 1, -1):
        actor = parties.heads.get(i)
        code = parties.country(actor) if actor else None
        if code is not None and code != own:
            return (parties.state(code),)
    return ()
