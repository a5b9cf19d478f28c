"""Assemble: from the frames that fire in a sentence to candidates, the main one first."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook.factuality import FactualityCues
from dragoman.codebook.plover import Ontology
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.match import Match, find_matches, noun_lemma
from dragoman.read.coding.parties import Parties
from dragoman.read.coding.reading import Reading
from dragoman.read.coding.roles import Cast, cast_of
from dragoman.read.coding.subjects import joined_to
from dragoman.read.factuality import factuality
from dragoman.record import Parse, Sentence

_WILL = frozenset({"will", "wo", "would", "shall", "'ll"})
_OF_BOTH = frozenset({"border", "diplomatic_relations"})
"""Objects that two states have together: in "the border was shut" both are meant where nobody is named."""
_WARS = frozenset({"war", "fighting", "hostility", "conflict", "bloodshed"})
_ENDS = frozenset({"end", "halt", "stop", "cessation", "conclusion"})
_SENT = frozenset({"sent", "deployed", "dispatched"})
_EXCLUDING = frozenset({"rule", "exclude"})
_SURE_ENOUGH = 0.45
_FAR = 12
"""Heads between two triggers of one event, at most."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_ANSWERS = frozenset({"REJECT", "ACCUSE", "CONCEDE"})
_SAID = frozenset({"ACCUSE", "REQUEST", "AGREE", "THREATEN", "REJECT"})
_REPORTING = frozenset({"say", "tell", "report", "be", "announce", "add", "have", "do"})


def code_sentence(reading: Reading, sentence: Sentence) -> list[Candidate]:
    """Return the events of one sentence, the main one first."""
    matches = find_matches(reading.parse, sentence, reading.codebook.frames, reading.parties)
    if not matches:
        return []
    absorb(reading, matches)
    found = []
    for match in matches:
        if match.part == "verb" and _leaves_open(match, reading):
            for inner in match.inner:
                inner.absorbed, inner.open = False, True
            continue  # what is not excluded is no refusal
        if not match.absorbed:
            candidate = candidate_of(match, reading, sentence)
            if candidate is not None:
                found.append(candidate)
    return in_order(without_doubles(reading.parse, found))


def _leaves_open(match: Match, reading: Reading) -> bool:
    """Tell whether a match only says that something is not excluded ("did not rule out closing the consulate")."""
    tokens, children = reading.parse.tokens, reading.parse.children
    if tokens[match.trigger].lemma not in _EXCLUDING:
        return False
    if not reading.codebook.ontology.is_act("refusal", match.frame.type):
        return False
    return any(tokens[c].dep == "neg" for c in children[match.trigger])


def is_complete(candidate: Candidate, reading: Reading) -> bool:
    """Tell whether an event has the parties that its frame asks for, and the recipient that its type does (rule 10)."""
    if not candidate.cast.everyone and candidate.match is not None and _is_told_of_two(candidate.match, reading):
        sentence = reading.parse.sentences[candidate.sentence]
        if not _stands_alone(candidate.match, sentence, reading):
            return False
    needs = candidate.needs - {"actor"} if _is_told_of_two(candidate.match, reading) else candidate.needs
    if _lacking(needs, candidate.cast, reading.parties):
        return False
    ontology, kind = reading.codebook.ontology, (candidate.type, candidate.mode)
    if not ontology.within("needs_recipient", *kind) or ontology.within("needs_none", *kind):
        return True
    return bool(candidate.cast.recipients) or len(candidate.cast.actors) > 1


def _is_told_of_two(match: Match | None, reading: Reading) -> bool:
    """Tell whether a frame about what is between states fired in a passive without an agent, in an article about two."""
    return (
        match is not None
        and match.part == "verb"
        and reading.pair is not None
        and match.slots.passive
        and not match.slots.filled.get("by")
        and (match.frame.roles.together or match.frame.object is not None)
    )


def in_order(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates of one sentence, the main one first: the least embedded, then the earliest."""
    return sorted(candidates, key=lambda c: (c.depth, c.trigger))


def depth_of(parse: Parse, i: int) -> int:
    """Return how deep a trigger lies: verbs above it, those that only report left out."""
    tokens = parse.tokens
    return sum(tokens[a].pos in {"VERB", "AUX"} and tokens[a].lemma not in _REPORTING for a in parse.ancestors(i))


def absorb(reading: Reading, matches: Sequence[Match]) -> None:
    """Mark the events that are only what a request, refusal, promise or threat is about, and keep them with it."""
    parse, ontology = reading.parse, reading.codebook.ontology
    for outer in matches:
        if not outer.frame.content or not _has_other(outer, parse):
            continue
        roots = list(outer.slots.content)
        for slot in outer.frame.about:
            roots.extend(outer.slots.filled.get(slot, []))
        region: set[int] = set()
        for root in roots:
            region.update(_without_relatives(parse, root))
            if any(ontology.is_act(act, outer.frame.type) for act in ("request", "promise", "threat")):
                region.difference_update(_done_beside(parse, root))
        region.discard(outer.trigger)
        for inner in matches:
            if inner is not outer and inner.trigger in region and outer.trigger not in _content_region(parse, inner):
                outer.inner.append(inner)
                inner.answered = _answers(outer, inner, ontology)
                inner.absorbed = not inner.answered and not _is_disclaimed(outer, inner, reading)


def _done_beside(parse: Parse, root: int) -> set[int]:
    """Return what is told as done beside what is asked for or promised ("demanded that it go and Oslo recalled its envoy")."""
    tokens, children = parse.tokens, parse.children
    found: set[int] = set()
    for child in children[root]:
        told = tokens[child].dep == "conj" and tokens[child].tag == "VBD"
        own = any(tokens[c].dep in _SUBJECTS for c in children[child])
        if told and own and not any(tokens[c].dep in {"mark", "aux"} for c in children[child]):
            found.update(parse.subtree(child))
    return found


def _is_disclaimed(outer: Match, inner: Match, reading: Reading) -> bool:
    """Tell whether harm is what a promise excludes ("assured that it had no intention of breaking off relations")."""
    ontology = reading.codebook.ontology
    if not ontology.is_act("promise", outer.frame.type):
        return False
    if not ontology.within("harmful", inner.frame.type, inner.frame.mode):
        return False
    verdict = factuality(reading.parse, inner.trigger, reading.codebook.factuality, None, reading.published)
    return verdict.factuality == "negated"


def _answers(outer: Match, inner: Match, ontology: Ontology) -> bool:
    """Tell whether what is rejected is somebody's demand, offer or accusation, which was made all the same."""
    if inner.part != "noun" or not ontology.within("answering", outer.frame.type):
        return False
    if not ontology.within("answered", inner.frame.type):
        return False
    return any(inner.slots.filled.get(name) for name in ("by", "poss", "from"))


def _content_region(parse: Parse, match: Match) -> set[int]:
    if not match.frame.content:
        return set()
    return {j for root in match.slots.content for j in _without_relatives(parse, root)}


def _without_relatives(parse: Parse, root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        i = waiting.pop()
        found.append(i)
        waiting.extend(c for c in parse.children[i] if parse.tokens[c].dep != "relcl" and joined_to(parse, c) is None)
    return found


def cast_in(match: Match, reading: Reading, sentence: Sentence) -> Cast:
    """Return who takes part in the event of a frame that fired."""
    cast = cast_of(match, reading.parse, reading.parties, sentence, reading.codebook.frames.people)
    if match.frame.roles.together and not cast.everyone and reading.pair is not None:
        return Cast(reading.pair, (), actors_by="the pair of the story") if _are_both(match, reading.parse) else cast
    joint = reading.codebook.ontology.within("joint", match.frame.type, match.frame.mode)
    joint = joint or match.frame.object in _OF_BOTH
    if joint and not cast.everyone and reading.pair is not None and _is_told_of_two(match, reading):
        return Cast(reading.pair, (), actors_by="the pair of the story")
    return cast


def refusal(match: Match, cast: Cast, reading: Reading, sentence: Sentence) -> str:
    """Return why a frame that fired makes no event with this cast, in words, or ""."""
    return _lacking(match.frame.needs, cast, reading.parties) or _unfit(match, cast, reading, sentence)


def _unfit(match: Match, cast: Cast, reading: Reading, sentence: Sentence) -> str:
    """Return what no party that the story may add would mend, in words, or ""."""
    parties = reading.parties
    if not _has_other(match, reading.parse):
        return "what it is about, an object or a clause, is not there"
    if cast.everyone:
        political = reading.political or any(parties.is_political(a) for a in cast.everyone)
        if not political:
            return "none of its parties is political, and neither is the text"
    elif not _stands_alone(match, sentence, reading) and not _is_told_of_two(match, reading):
        return "no party is named"
    return ""


def candidate_of(match: Match, reading: Reading, sentence: Sentence) -> Candidate | None:
    """Return what a frame that fired may become, or None where it is no event (`refusal` says why)."""
    frame, parse, parties = match.frame, reading.parse, reading.parties
    ontology, cues = reading.codebook.ontology, reading.codebook.factuality
    cast = cast_in(match, reading, sentence)
    if _unfit(match, cast, reading, sentence):
        return None
    carrier = match.slots.light
    when = reading.dates.of(match.trigger, carrier)
    if match.open:
        when = None
    if when is None and frame.type in ontology.types and ontology.quad(frame.type).startswith("verbal"):
        when = reading.dates.of_saying(match.trigger)
    carried = carrier if carrier is not None and not _ends(parse, carrier, cues) else match.trigger
    verdict = factuality(parse, carried, cues, when, reading.published)
    if verdict.factuality == "happened" and carrier is not None:
        verdict = factuality(parse, match.trigger, cues, when, reading.published)
    event_type, mode = frame.type, frame.mode or None
    if frame.shared and len({parties.country(a) for a in cast.actors} - {None}) > 1:
        event_type, mode = frame.shared, None
    if match.inner and event_type in ontology.content:
        inner = min(match.inner, key=lambda m: abs(m.trigger - match.trigger))
        mode = ontology.content_mode(event_type, inner.frame.type, inner.frame.mode) or mode
    refused = ontology.acts.get("refusal")
    if refused and ontology.is_act("promise", event_type) and match.inner and _negated_content(match, parse):
        inner = min(match.inner, key=lambda m: abs(m.trigger - match.trigger))
        if ontology.quad(inner.frame.type).endswith("cooperation"):
            event_type, mode = refused[0], ontology.content_mode(refused[0], inner.frame.type, inner.frame.mode)
    promise = ontology.acts.get("promise")
    war = _war_to_end(match, reading) if ontology.is_act("request", event_type) else ()
    if war and promise and not match.open:
        sides = {parties.country(a) or a for a in cast.actors}
        others = tuple(a for a in war if (parties.country(a) or a) not in sides)
        if len(others) < len(war):
            event_type, mode = promise  # rule 7: it offers to end its own war
        cast = cast.toward(others, "") if others else cast
    truth = "hypothetical" if match.open else verdict.factuality
    if truth == "negated" and any(parse.tokens[w].dep == "neg" for w in match.words):
        truth = "happened"  # the negation is part of the trigger ("not tolerate")
    if (
        truth == "negated"
        and ontology.is_act("refusal", event_type)
        and noun_lemma(parse, match.trigger).startswith("non")
    ):
        truth = "happened"  # "non-recognition"
    if (
        refused
        and truth == "negated"
        and ontology.within("withheld", event_type, mode)
        and _will_not(parse, carrier or match.trigger)
    ):
        # "will not sell": a refusal, which has happened
        event_type, mode, truth = refused[0], ontology.content_mode(refused[0], event_type, mode), "happened"
    if refused and truth == "negated" and match.part == "adjective" and ontology.is_act("promise", event_type):
        event_type, mode, truth = refused[0], None, "happened"  # "is not ready to"
    if match.answered and truth == "negated":
        truth = "happened"  # what was refused or denied had been said
    if truth == "hypothetical" and verdict.reason.lower() in _SENT and ontology.within("sent_for", event_type, mode):
        truth = "happened"  # "sent police to help": the sending is the help
    if truth == "future":
        becomes = frame.future or ontology.future.get(event_type)
        if becomes:
            event_type, mode = becomes, None
            when = when or reading.dates.of_saying(match.trigger)
    return Candidate(
        rule=frame.id,
        type=event_type,
        mode=mode,
        words=match.words,
        trigger=match.trigger,
        cast=cast,
        sentence=parse.tokens[match.trigger].sentence,
        depth=depth_of(parse, match.trigger),
        sure=frame.confidence(match.part),
        contexts=frame.contexts,
        object=frame.object,
        carrier=carrier,
        nominal=match.part == "noun",
        together=frame.roles.together,
        needs=frame.needs,
        factuality=truth,
        historical=verdict.historical,
        when=when,
        why=match.why,
        reason=verdict.reason,
        kind=verdict.kind,
        match=match,
    )


def _war_to_end(match: Match, reading: Reading) -> tuple[str, ...]:
    """Return the sides of the war whose end is asked for, where the text names two ("an end to its war with Chad")."""
    parse, parties = reading.parse, reading.parties
    tokens, children = parse.tokens, parse.children
    region = sorted({j for root in (match.trigger, *match.slots.content) for j in parse.subtree(root)})
    for war in (j for j in region if tokens[j].lemma.lower() in _WARS and tokens[j].dep == "pobj"):
        to = tokens[tokens[war].head]
        if to.text.lower() not in {"to", "of"} or tokens[to.head].lemma.lower() not in _ENDS:
            continue
        with_whom = [c for c in children[war] if tokens[c].text.lower() in {"with", "against", "between"}]
        heads = [g for c in with_whom for g in children[c] if tokens[g].dep == "pobj"]
        heads += [k for g in heads for k in children[g] if tokens[k].dep == "conj"]
        whose = [c for c in children[war] if tokens[c].dep == "poss"]
        own = any(tokens[c].text.lower() in {"its", "their", "our", "his"} for c in whose)
        subject = match.slots.filled.get("subject", []) if own else whose
        sides = dict.fromkeys((*parties.of_all(subject), *parties.of_all(heads)))
        return tuple(sides) if len(sides) > 1 else ()
    return ()


def _ends(parse: Parse, verb: int, cues: FactualityCues) -> bool:
    """Tell whether a verb that carries an event ends it: "tried to end the clashes" takes them for granted."""
    governor = cues.governors.get(parse.tokens[verb].lemma.lower())
    return governor is not None and governor.makes == "happened"


def _are_both(match: Match, parse: Parse) -> bool:
    """Tell whether the parties are "the two governments" or "both sides"."""
    heads = [
        h for name in ("subject", "poss", "between", "of", "by", "among") for h in match.slots.filled.get(name, [])
    ]
    return any(
        parse.tokens[h].text.lower() == "both"
        or any(parse.tokens[c].text.lower() in {"two", "both"} for c in parse.children[h])
        for h in heads
    )


def _will_not(parse: Parse, verb: int) -> bool:
    words = {parse.tokens[c].text.lower() for c in parse.children[verb] if parse.tokens[c].dep == "aux"}
    return bool(words & _WILL) and any(parse.tokens[c].dep == "neg" for c in parse.children[verb])


def _negated_content(match: Match, parse: Parse) -> bool:
    return any(parse.tokens[c].dep == "neg" for root in match.slots.content for c in parse.children[root])


def _has_other(match: Match, parse: Parse) -> bool:
    """Tell whether what the frame needs beside its parties is there: "told Chad to go", not "wants to go"."""
    if "content" in match.frame.needs and not match.slots.content:
        return False
    if "object" not in match.frame.needs:
        return True
    if match.slots.filled.get("object"):
        return True
    return any(parse.tokens[c].dep in _SUBJECTS for root in match.slots.content for c in parse.children[root])


def _stands_alone(match: Match, sentence: Sentence, reading: Reading) -> bool:
    """Tell whether an event without a known party counts: harm or force, in a political text or sentence."""
    ontology = reading.codebook.ontology
    named = not ontology.within("nameless", match.frame.type, match.frame.mode)
    if named or match.frame.confidence(match.part) < _SURE_ENOUGH:
        return False
    return reading.political or _names_a_party(sentence, reading.parties)


def _names_a_party(sentence: Sentence, parties: Parties) -> bool:
    """Tell whether a sentence names a state, a body or somebody known."""
    return any(parties.is_known(parties.heads[i]) for i in range(sentence.first, sentence.last) if i in parties.heads)


def _lacking(needs: frozenset[str], cast: Cast, parties: Parties) -> str:
    """Return which of the parties that a frame needs is not there, in words, or ""."""
    if "foreign" in needs:
        sides = {parties.country(a) or a for a in cast.everyone if parties.is_political(a)}
        if len(sides) < 2:
            return "it needs political parties of two states"
    if "actor" in needs and not cast.actors:
        return "it needs an actor, and none is named"
    if "recipient" in needs and not cast.recipients:
        return "it needs a recipient, and none is named"
    if "pair" in needs and len(cast.everyone) < 2 and not _is_plural(cast, parties):
        return "it needs two parties"
    return ""


def _is_plural(cast: Cast, parties: Parties) -> bool:
    """Tell whether a single party is several by its name ("the two ministers"), whose states the story will tell."""
    return any(parties.actors[a].anonymous and parties.actors[a].name.endswith("s") for a in cast.actors)


def without_doubles(parse: Parse, candidates: list[Candidate]) -> list[Candidate]:
    """Leave out what names the same event twice in a clause: one trigger below the other, same type, no other party."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-len(c.cast.everyone), c.depth, c.trigger)):
        double = any(
            other.type == candidate.type
            and (other.factuality == "negated") == (candidate.factuality == "negated")
            and set(candidate.cast.everyone) <= set(other.cast.everyone)
            and _linked(parse, candidate.trigger, other.trigger)
            for other in kept
        )
        if not double:
            kept.append(candidate)
    return kept


def _linked(parse: Parse, one: int, other: int) -> bool:
    """Tell whether one trigger stands below the other with no clause of its own subject between."""
    for low, high in ((one, other), (other, one)):
        i = low
        for _ in range(_FAR):
            if i == high:
                return True
            verbal = parse.tokens[i].pos in {"VERB", "AUX"}
            if verbal and any(parse.tokens[c].dep in _SUBJECTS for c in parse.children[i]):
                break
            if parse.tokens[i].head == i:
                break
            i = parse.tokens[i].head
    return False
