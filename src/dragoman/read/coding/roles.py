"""Roles: who is actor and who recipient of a frame that fired.

First the frame's slots are read. Where they name nobody, the place stands in for its people ("three villagers were shot near
Goma"), then the only other party of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.codebook.plover import Ontology
from dragoman.read.coding.grammar import verb_slots
from dragoman.read.coding.location import DONE_TO, OF_PLACE, SUFFERED, clause_top, told_of
from dragoman.read.coding.match import Match
from dragoman.read.coding.parties import Parties
from dragoman.read.coding.phrases import is_of_nation, phrase_slot
from dragoman.read.coding.subjects import OBJECT_CONTROL
from dragoman.record import Parse, Sentence

_PLACE_SLOTS = ("in", "at", "near", "outside", "around", "into", "across", "on")
_LOOSE = frozenset({"to", "toward", "towards", "against", "with", "from", "on", "into", "upon"})
"""Prepositions that a parser hangs on the object as often as on the verb."""
_NEAREST = frozenset({"object", "iobject"})
_NO_PLACE = frozenset(
    {
        "connection", "response", "retaliation", "return", "reprisal", "exchange", "case", "wake", "support", "favour", "favor",
        "protest", "order", "defiance", "violation", "line", "bid", "attempt", "effort", "behalf", "name", "suspicion",
        "charge", "accordance", "keeping", "relation", "view", "light", "addition",
    }
)  # fmt: skip
"""Nouns behind "in" or "on" that are no place ("arrested in connection with")."""
_REFLEXIVE = frozenset({"its", "their", "own", "his", "her", "itself", "themselves", "himself", "herself"})
_HAPPENINGS = frozenset(
    ["explosion", "blast", "attack", "bombing", "shooting", "clash", "raid", "strike", "ambush", "fighting", "violence"]
)
"""Nouns in which harm is done, and whose own place is the harm's ("killed in a blast near the mission")."""
_HELD = frozenset(
    [
        "territory",
        "soil",
        "land",
        "airspace",
        "base",
        "port",
        "airport",
        "airfield",
        "water",
        "facility",
        "road",
        "railway",
    ]
)
"""What a state lets others use: its possessor is the one who gives the permission."""
_SUFFERERS = frozenset({"victim", "target", "scene", "object", "site", "survivor"})
_UNDERGOING = frozenset({"die", "perish", "suffer", "see", "witness", "survive", "endure", "bleed", "mourn"})
"""Verbs whose subject is the one to whom it happened ("died of torture", "saw a week of raids")."""
_NOT_HERE = frozenset(
    {"the", "foreign", "international", "multinational", "western", "allied", "african", "european", "arab"}
)
"""Words before a crowd that was named before, or that comes from elsewhere."""
_CROWDS = frozenset({"people", "police", "crowd", "mob", "militia", "opposition", "army", "staff", "union"})
_EXCHANGING = frozenset({"exchange", "trade", "swap"})
_CLAUSES = frozenset({"ccomp", "advcl", "conj", "relcl", "nsubj", "parataxis"})
_RIGHT_BEFORE = 1
"""Tokens back from a noun to the nation whose deed it is: in "an Iraqi pipeline blast" the pipeline is Iraqi."""
_PERSONAL = frozenset({"he", "she", "they", "him", "her", "them", "it", "who", "which", "that", "we", "i"})


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors and recipients of an event, each once, in text order.

    `actors_by` and `recipients_by` say which fallback filled a role, in a word ("place", "story"), "" where the frame's own
    slots did.
    """

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actors_by: str = ""
    recipients_by: str = ""

    @property
    def guessed(self) -> bool:
        """Whether a fallback filled a role."""
        return bool(self.actors_by or self.recipients_by)

    def by(self, actors: tuple[str, ...], how: str) -> Cast:
        """Return the cast with other actors, found by a fallback."""
        return replace(self, actors=actors, actors_by=how)

    def toward(self, recipients: tuple[str, ...], how: str) -> Cast:
        """Return the cast with other recipients, found by a fallback."""
        return replace(self, recipients=recipients, recipients_by=how)

    @property
    def everyone(self) -> tuple[str, ...]:
        """All of them, actors first."""
        return tuple(dict.fromkeys((*self.actors, *self.recipients)))


def cast_of(match: Match, parse: Parse, parties: Parties, sentence: Sentence, people: frozenset[str]) -> Cast:
    """Return who takes part in an event; empty where the text names nobody. `people` are nouns for persons and forces."""
    roles = match.frame.roles
    actor_slots, recipient_slots = role_slots(match)
    if roles.together:
        together = _all(match, parse, parties, actor_slots)
        if recipient_slots:
            return Cast(together, _first(match, parse, parties, recipient_slots, frozenset(together)))
        return Cast(together, ())
    actors = _first(match, parse, parties, actor_slots, frozenset())
    recipients = _first(match, parse, parties, recipient_slots, frozenset(actors))
    kind = match.frame.type, match.frame.mode
    ontology = parties.codebook.ontology
    if ontology.is_act("promise", *kind) and _several_states(actors, parties):
        # "France and Chad agreed to ...": the parties agree with each other
        return Cast(actors, _first(match, parse, parties, ("with", "iobject"), frozenset(actors)))
    objects = match.slots.get(parse, "object")
    points_back = bool(objects) and all(_is_somebody(o, parse, people) for o in objects)
    found_by = ""
    if not recipients and ontology.within("spoken", *kind) and recipient_slots and not points_back:
        recipients, found_by = _anywhere(match, parse, parties, frozenset(actors)), "named in what is said"
    at_home = ontology.within("inside", *kind)
    if not recipients and at_home and match.part == "verb" and actors and "object" in recipient_slots:
        # "Burmese troops burned a Burmese village": an act of a state on its own people
        others = [o for o in objects if not any(parse.tokens[j].text.lower() in _REFLEXIVE for j in parse.subtree(o))]
        own = {parties.country(a) for a in actors}
        found = tuple(a for a in parties.of_all(others) if parties.country(a) in own - {None} and a not in actors)
        recipients, found_by = tuple(a for a in found if parties.actors[a].kind != "person"), "of the actor's own"
    if _several_states(actors, parties) and _is_mutual(match, parse):
        return Cast(actors, actors)
    cast = Cast(actors, recipients, recipients_by=found_by if recipients else "")
    return _filled(cast, match, parse, parties, sentence, people) if recipient_slots else cast


def _is_somebody(i: int, parse: Parse, people: frozenset[str]) -> bool:
    """Tell whether a word means somebody by itself, named or not: the recipient then is nobody else."""
    token = parse.tokens[i]
    lemma = token.lemma.lower()
    return token.text.lower() in _PERSONAL or lemma in people or lemma in {"other", "one", "man", "woman"}


def _is_mutual(match: Match, parse: Parse) -> bool:
    """Tell whether each of the actors does it to the other ("expelled each other's envoys", "traded fire")."""
    tokens = parse.tokens
    if match.part == "verb" and tokens[match.trigger].lemma in _EXCHANGING and match.slots.filled.get("object"):
        return True
    below = (j for c in parse.children[match.trigger] if tokens[c].dep not in _CLAUSES for j in parse.subtree(c))
    return any(
        (tokens[j].text.lower(), tokens[j - 1].text.lower())
        in {("other", "each"), ("another", "one"), ("other", "the")}
        and (tokens[j - 1].text.lower() != "the" or tokens[j].dep == "dobj")
        for j in below
        if j
    )


def role_slots(match: Match) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the slots in which the actor and the recipient of a frame that fired are looked for, in their order."""
    roles = match.frame.roles
    actor = roles.noun_actor if match.part == "noun" else roles.actor
    recipient = roles.noun_recipient if match.part == "noun" else roles.recipient
    if "receiver" in match.slots.filled:
        met = ("receiver", *recipient)
        if "against" in match.slots.filled:
            met = (*recipient, "receiver")  # "provoked raids against Chad"
        return ("from", "by", *actor), met
    return actor, recipient


def _several_states(actors: Sequence[str], parties: Parties) -> bool:
    return len({parties.country(a) or a for a in actors}) > 1


def _filled(
    cast: Cast, match: Match, parse: Parse, parties: Parties, sentence: Sentence, people: frozenset[str]
) -> Cast:
    actors, recipients = cast.actors, cast.recipients
    actors_by, recipients_by = cast.actors_by, cast.recipients_by
    slots, tokens = match.slots.filled, parse.tokens
    patients = slots.get("object", [])
    agents = slots.get("subject", [])
    ontology, kind = parties.codebook.ontology, (match.frame.type, match.frame.mode)
    vague_actors = bool(actors) and not any(parties.country(a) or parties.is_named(a) for a in actors)
    vague_recipients = bool(recipients) and not any(parties.country(a) or parties.is_named(a) for a in recipients)
    if vague_actors:
        actors = ()
    if vague_recipients:
        recipients = ()
    place = _place(match, parse, parties) if ontology.within("placed", *kind) else ()
    if not actors and place and ontology.within("placed_by_actor", *kind) and _are(agents, parse, people):
        actors, actors_by = place, "place"
    if not actors and agents and not any(tokens[a].text.lower() in _PERSONAL for a in agents):
        lone = _lone_state(parties, sentence)
        suffering = {parties.country(a) for a in (*recipients, *parties.of_all(patients))}
        known = any(tokens[c].text.lower() in _NOT_HERE for a in agents for c in parse.children[a])
        crowd = all(tokens[a].tag == "NNS" or tokens[a].lemma.lower() in _CROWDS for a in agents)
        if lone and crowd and ontology.within("inside", *kind) and not known and _are(agents, parse, people):
            code = str(parties.country(lone[0]))
            if code not in suffering:
                actors, actors_by = (parties.state(code),), "only state of the sentence"
    there = match.part == "noun" or not patients or _are(patients, parse, people)
    if not recipients and place and there and not ontology.within("placed_alone", *kind):
        recipients, recipients_by = place, "place"
    if not recipients and ontology.within("at_borders", *kind):
        beyond = _beyond(match, parse, parties, frozenset(actors))
        if beyond:
            recipients, recipients_by = beyond, "border"
    if not recipients and match.part == "noun" and ontology.is_act("protest", *kind):
        # "Lima lifts the curfew after protests": what the only state of a sentence answers to was at its own doors
        lone, around = _lone_state(parties, sentence), parties.of_all(slots.get("around", []))
        if lone and any(parties.is_political(a) and parties.country(a) == parties.country(lone[0]) for a in around):
            recipients, recipients_by = (parties.state(str(parties.country(lone[0]))),), "answered at home"
    if ontology.within("to_one", *kind) and actors and not recipients and _asks_for_one(match, ontology):
        other = _only_other(parse, parties, sentence, actors, match.trigger)
        if other:
            recipients, recipients_by = other, "only other state of the sentence"
    if ontology.is_act("protest", *kind) and actors and (not recipients or actors_by or recipients_by):
        against = _purpose(parse, parties, match.trigger, actors)
        if against:
            recipients, recipients_by = against, "purpose"
    weapons = parties.codebook.frames.classes.get("weapon", frozenset())
    at_home = ontology.within("own_people", *kind) and not ontology.within("on_foreigners", *kind)
    at_home = at_home and bool(patients) and not _are(patients, parse, weapons)
    if at_home and ontology.within("abroad_too", *kind):
        # a town taken or a militia driven out is the enemy's, and soldiers are often abroad
        soldiers = any(parties.actors[a].sector == "MIL" for a in actors)
        at_home = _are(patients, parse, people) and not soldiers
    domestic = ontology.within("domestic", *kind) and match.frame.object is None
    told_apart = ontology.within("public", *kind) and not ontology.within("not_public", *kind)  # see `home`
    if not recipients and actors and (domestic or at_home) and not told_apart and not _several_states(actors, parties):
        # what a state's forces or people do at home, they do to their own
        state = parties.country(actors[0])
        alone = state is not None and _is_alone(state, parties, sentence, whole=ontology.within("abroad_too", *kind))
        if alone and not any(tokens[p].text.lower() in _PERSONAL for p in patients):
            recipients, recipients_by = (parties.state(str(state)),), "own people"
    return Cast(
        actors or (cast.actors if vague_actors else ()),
        recipients or cast.recipients,
        actors_by=actors_by if actors else "",
        recipients_by=recipients_by if recipients else "",
    )


def _beyond(match: Match, parse: Parse, parties: Parties, beside: frozenset[str]) -> tuple[str, ...]:
    """The other side of the border to which forces go ("massed tanks on its border with Laos")."""
    own = {parties.country(a) for a in beside}
    heads = [h for name in ("on", "along", "near", "to", "at") for h in match.slots.filled.get(name, [])]
    heads += [h for name in ("on", "along", "near", "to", "at") for h in match.slots.get(parse, f"object.{name}")]
    for border in heads:
        if parse.tokens[border].lemma.lower() in {"border", "frontier"}:
            found = tuple(a for a in parties.of_all(phrase_slot(parse, border, "with")) if parties.country(a))
            if found and not {parties.country(a) for a in found} & own:
                return found
    return ()


def _is_alone(state: str, parties: Parties, sentence: Sentence, *, whole: bool) -> bool:
    """Tell whether a sentence, or the `whole` text, names no state but this one: what it does then is done at home."""
    first, last = (0, len(parties.parse.tokens)) if whole else (sentence.first, sentence.last)
    named = {parties.country(a) for i, a in parties.heads.items() if first <= i < last} - {None}
    return named <= {state}


def _purpose(parse: Parse, parties: Parties, trigger: int, actors: Sequence[str]) -> tuple[str, ...]:
    """Whom a protest is against, as the clause of its purpose tells ("to demand that Lima ...")."""
    for child in parse.children[trigger]:
        if parse.tokens[child].dep in {"advcl", "xcomp"}:
            found = parties.first_among(told_of(parse, child), frozenset(actors))
            if found and parties.country(found[0]):
                return found
    return ()


def _are(heads: Sequence[int], parse: Parse, words: frozenset[str]) -> bool:
    return any(parse.tokens[head].lemma.lower() in words for head in heads)


def _asks_for_one(match: Match, ontology: Ontology) -> bool:
    return ontology.within("to_somebody", match.frame.type, match.frame.mode) or match.frame.object is not None


def _place(match: Match, parse: Parse, parties: Parties) -> tuple[str, ...]:
    # a noun's slot `around` is the subject of the verb above it, and a place only where that suffers what the noun names
    names = (name for name in _PLACE_SLOTS if name != "around" or match.part != "noun" or _is_undergone(match, parse))
    heads = [h for name in names for h in match.slots.filled.get(name, [])]
    heads.extend(h for name in ("in", "at", "near", "outside") for h in match.slots.get(parse, f"object.{name}"))
    for head in [*heads, *_within(match, parse)]:
        if parse.tokens[head].lemma.lower() in _NO_PLACE:
            continue
        found = parties.of(head)
        if found and parties.country(found[0]):
            return found[:1]
    return ()


def _is_undergone(match: Match, parse: Parse) -> bool:
    """Tell whether what a noun names is done to the subject above it ("died of torture", "the victim of a raid")."""
    tokens = parse.tokens
    i = match.trigger
    while tokens[i].head != i and tokens[tokens[i].head].pos not in {"VERB", "AUX"}:
        i = tokens[i].head
        if tokens[i].lemma.lower() in _SUFFERERS:
            return True
    return tokens[tokens[i].head].lemma in _UNDERGOING


def _within(match: Match, parse: Parse) -> list[int]:
    """The places of the attack in which somebody was harmed: behind it, or in the clause that says where it took place."""
    tokens, children = parse.tokens, parse.children
    found: list[int] = []
    for slot, places in (("in", _PLACE_SLOTS), ("subject", ("in", "at", "near", "outside"))):
        for noun in match.slots.filled.get(slot, []):
            if tokens[noun].lemma.lower() not in _HAPPENINGS:
                continue
            verbs = [c for c in children[noun] if tokens[c].dep in {"relcl", "acl"}] if slot == "in" else []
            for verb in (noun, *verbs):
                for child in children[verb]:
                    if tokens[child].dep == "prep" and tokens[child].text.lower() in places:
                        found.extend(g for g in children[child] if tokens[g].dep == "pobj")
    return found


def _only_other(
    parse: Parse, parties: Parties, sentence: Sentence, actors: Sequence[str], trigger: int
) -> tuple[str, ...]:
    """The nearest actor of the sentence from another state than the actors', when there is just one such state.

    It stands in the event's own clause, or in one above: not who only reports it, nor who is told of in one beside or below.
    """
    own = {parties.country(a) or a for a in actors}
    found: dict[str, tuple[int, str]] = {}
    top = clause_top(parse, trigger)
    near: set[str] = set()
    for i in range(sentence.first, sentence.last):
        actor = parties.heads.get(i)
        if actor is None or parties.country(actor) is None:
            continue
        state = parties.country(actor) or actor
        if state not in own and (
            state not in found or abs(i - trigger) < found[state][0] or found[state][1] not in near
        ):
            found[state] = (abs(i - trigger), actor)
            there = clause_top(parse, i)
            above = there in parse.ancestors(top) and parse.tokens[i].dep not in {"nsubj", "nsubjpass"}
            shared = parse.tokens[there].dep == "conj" and parse.tokens[there].head == top
            shared = (
                shared
                and i in told_of(parse, there)
                and not any(parse.tokens[c].dep in {"nsubj", "nsubjpass"} for c in parse.children[there])
            )
            if parse.tokens[top].pos not in {"VERB", "AUX"} or there == top or above or shared:
                near.add(actor)
    other = next(iter(found.values()))[1] if len(found) == 1 else None
    return (other,) if other is not None and other in near else ()


def _lone_state(parties: Parties, sentence: Sentence) -> tuple[str, ...]:
    """The actor of the only state that a sentence names, or nobody."""
    states: dict[str | None, str] = {}
    for i in range(sentence.first, sentence.last):
        actor = parties.heads.get(i)
        if actor is not None and parties.country(actor):
            states.setdefault(parties.country(actor), actor)
    return tuple(states.values()) if len(states) == 1 else ()


def _local(heads: Sequence[int], slot: str, parse: Parse, parties: Parties, people: frozenset[str]) -> Sequence[int]:
    """Leave out what is no place or party behind a preposition of place ("in connection with")."""
    if slot not in _PLACE_SLOTS:
        return heads
    return [h for h in heads if parties.named(h) or parties.place(h) or parse.tokens[h].lemma.lower() in people]


def heads_in(match: Match, parse: Parse, slot: str) -> Sequence[int]:
    """Return the heads of what stands in a slot of a frame that fired."""
    if slot == "demonym":
        beside = [m for m in match.slots.get(parse, "modifier") if is_of_nation(parse, m)]
        return [m for m in beside if match.trigger - m <= _RIGHT_BEFORE]
    if slot == "content_subject":
        return [s for c in match.slots.content for s in _subjects(parse, c, match.trigger)]
    if slot == "content_holder":
        objects = [o for c in match.slots.content for o in verb_slots(parse, c).filled.get("object", [])]
        held = [o for o in objects if parse.tokens[o].lemma.lower() in _HELD]
        return [h for o in held for name in ("poss", "modifier", "of") for h in phrase_slot(parse, o, name)]
    heads = match.slots.get(parse, slot)
    if not heads and slot in _LOOSE and match.part == "verb":
        return match.slots.get(parse, f"object.{slot}")
    return heads


def _subjects(parse: Parse, root: int, trigger: int) -> list[int]:
    slots = verb_slots(parse, root)
    heads = slots.filled.get("object" if slots.passive else "subject", [])
    lemma = parse.tokens[trigger].lemma
    if not any(parse.tokens[c].dep in {"nsubj", "nsubjpass", "csubj"} for c in parse.children[root]):
        return heads if lemma in OBJECT_CONTROL else []
    return heads


def _first(
    match: Match, parse: Parse, parties: Parties, slots: Sequence[str], beside: frozenset[str]
) -> tuple[str, ...]:
    """The actors of the first slot that names somebody; beside given actors, somebody of another state first of all.

    Without such, known actors without a state, then others of the same state, then those that are only described.
    """
    countries = {parties.country(a) for a in beside} - {None}
    request = bool(beside) and parties.codebook.ontology.is_act("request", match.frame.type)
    ontology, kind = parties.codebook.ontology, (match.frame.type, match.frame.mode)
    blames = ontology.is_act("disapproval", *kind) or ontology.is_act("accusation", *kind)
    ranked: list[tuple[int, tuple[str, ...]]] = []
    for slot in slots:
        if slot == "content":
            found = tuple(a for c in match.slots.content for a in parties.first_among(told_of(parse, c), beside))
        else:
            people = parties.codebook.frames.people
            heads = _local(heads_in(match, parse, slot), slot, parse, parties, people)
            if slot == "around" and parties.codebook.ontology.is_act("protest", match.frame.type):
                heads = [
                    h for h in heads if not _is_state(h, parties)
                ]  # people protest, not the state that speaks of it
            if request and slot not in {"from", "to"}:
                # "demanded the arrest of the rebels": of somebody else, whom the text may leave open
                heads = [h for h in heads if parse.tokens[h].lemma.lower() not in DONE_TO or parties.named(h)]
            if slot == "subject" and match.part == "verb" and not beside:
                heads = [d for h in heads for d in _doers(h, parse, parties)]
            found = _blamed(heads, parse, parties) if beside and blames else parties.of_all(heads)
            if slot == "for" and beside and not any(parties.country(a) or parties.is_named(a) for a in found):
                found = ()  # "called for an intake of refugees"
        found = tuple(a for a in found if a not in beside)
        patients = [h for h in match.slots.filled.get("object", []) if parse.tokens[h].lemma.lower() not in OF_PLACE]
        if slot == "in" and beside and _are(patients, parse, parties.codebook.frames.people):
            found = ()  # "held a man in Peru": whom is said already
        if not found:
            continue
        if not beside or (slot in _NEAREST and match.part == "verb" and _is_authority(found, parties)):
            return found
        foreign = tuple(a for a in found if parties.country(a) and parties.country(a) not in countries)
        if foreign:
            return foreign
        known = tuple(a for a in found if parties.is_known(a))
        home = tuple(a for a in known if parties.country(a))
        if home and not foreign and _is_ground(home, match, parties):
            continue
        if known and not home:
            ranked.append((0, known))
        else:
            ranked.append((1, home) if home else (2, found))
    return min(ranked, key=lambda r: r[0])[1] if ranked else ()


def _blamed(heads: Sequence[int], parse: Parse, parties: Parties) -> tuple[str, ...]:
    """The actors that phrases name as those to blame: of harm, who did it, and not who suffered it."""
    found: list[str] = []
    for head in heads:
        if parse.tokens[head].lemma.lower() not in SUFFERED or parties.named(head):
            found.extend(parties.of(head))
            continue
        nations = [m for m in phrase_slot(parse, head, "modifier") if is_of_nation(parse, m)]
        doers = [
            *phrase_slot(parse, head, "poss"),
            *nations,
            *phrase_slot(parse, head, "by"),
            *phrase_slot(parse, head, "from"),
        ]
        found.extend(parties.of_all(doers))
    return tuple(dict.fromkeys(found))


def _is_ground(home: Sequence[str], match: Match, parties: Parties) -> bool:
    """Tell whether the actor's own state is only where it fought another ("captured a height in Chad")."""
    abroad = parties.codebook.ontology.within("abroad_too", match.frame.type, match.frame.mode)
    own = {parties.country(a) for a in home}
    if not abroad or any(parties.actors[a].kind != "state" for a in home):
        return False
    return bool({parties.country(a) for a in parties.heads.values()} - own - {None})


def _is_authority(found: Sequence[str], parties: Parties) -> bool:
    """Tell whether all are organs of a state that the text leaves open: no clause behind them names another recipient."""
    return all(parties.is_political(a) and parties.country(a) is None for a in found)


def _doers(head: int, parse: Parse, parties: Parties) -> list[int]:
    """Return who did what a subject names that is a happening or a weapon ("the blast at the mission"), not where it was."""
    weapons = parties.codebook.frames.classes.get("weapon", frozenset())
    lemma = parse.tokens[head].lemma.lower()
    if parties.named(head) or (lemma not in _HAPPENINGS and lemma not in weapons):
        return [head]
    return [h for name in ("poss", "modifier", "by", "from") for h in phrase_slot(parse, head, name)]


def _is_state(head: int, parties: Parties) -> bool:
    actor = parties.heads.get(head)
    return actor is not None and parties.actors[actor].kind == "state"


def _all(match: Match, parse: Parse, parties: Parties, slots: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for slot in slots:
        if slot in {"around", "modifier"} and len(found) > (slot == "around"):
            continue
        hosts = slot == "around" and _is_at(match, parse) and any(parties.actors[a].sector == "IGO" for a in found)
        for actor in () if hosts else parties.of_all(heads_in(match, parse, slot)):
            found[actor] = None
    return tuple(found)


def _is_at(match: Match, parse: Parse) -> bool:
    """Tell whether a noun is only where somebody does something else ("urged delegates at a UN summit")."""
    above = parse.tokens[parse.tokens[match.trigger].head]
    return above.dep == "prep" and above.text.lower() in {"at", "during", "in"}


def _anywhere(match: Match, parse: Parse, parties: Parties, beside: frozenset[str]) -> tuple[str, ...]:
    """The first known actor of another state in what is said: in the object, the clauses, behind prepositions of a topic.

    Nobody who only tells where or when something was, or of whom a clause about somebody else speaks.
    """
    countries = {parties.country(a) for a in beside} - {None}
    heads = [*match.slots.get(parse, "object"), *match.slots.content]
    heads += [c for c in parse.children[match.trigger] if parse.tokens[c].dep == "ccomp" and c < match.trigger]
    for name, filled in match.slots.filled.items():
        if name in {"for", "over", "of", "against", "to", "on", "about", "with"}:
            heads.extend(filled)
    for head in heads:
        for j in told_of(parse, head):
            actor = parties.heads.get(j)
            if (
                actor
                and actor not in beside
                and _is_in_affairs(actor, parties)
                and parties.country(actor) not in countries
            ):
                # "a truce between Chad and Niger": both
                both = parties.together(j)
                return tuple(a for a in both if a not in beside and parties.country(a) not in countries)
    return ()


def _is_in_affairs(actor: str, parties: Parties) -> bool:
    """Tell whether an actor is known and takes part in the affairs of states: no private person, firm or paper."""
    return parties.is_known(actor) and (parties.is_political(actor) or bool(parties.actors[actor].offices))
