"""Story: what ties the events of an article together: dates that carry over, reasons, and reports of one event.

A date carries from the sentence before to one that goes on about the same actor with a pronoun. A reason is what the text gives
as one: "after", "in response to", "because of". Two reports are joined only where it is plain that they are one event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.codebook.frames import FrameTable
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.parties import Parties
from dragoman.read.coding.phrases import is_definite
from dragoman.read.coding.reading import Reading
from dragoman.read.coding.retold import is_its_harm
from dragoman.read.coding.roles import Cast
from dragoman.record import Parse, Sentence, When

_PRONOUNS = frozenset({"he", "she", "they", "it"})
_SINGLE = frozenset({"ambassador", "embassy", "diplomatic_relations", "border"})
"""Objects of which two states have one: a second report of the same act on it is the same event."""
_NEAR = 3
"""Sentences back to an act whose parties one on the same object takes over."""
_SHORT, _NEWS = 40, 2
"""A story of at most so many sentences about a day at most so many before its own is news of that day."""
_SIDES = frozenset(
    {"country", "side", "government", "state", "nation", "neighbour", "neighbor", "leader", "party", "capital"}
)
_BILATERAL = frozenset({"diplomatic_relations", "ambassador", "embassy", "sanctions", "trade", "border"})
"""Objects of an act that is toward one other state."""
_PAIR = "the pair of the story"
_DEEDS = frozenset(
    {
        "decision", "move", "step", "act", "action", "measure", "announcement", "statement", "remark", "comment",
        "call", "demand", "offer", "proposal", "plan", "attack", "raid", "strike", "killing", "bombing", "embargo",
        "ban", "blockade", "closure", "order", "ruling", "verdict", "vote", "visit", "agreement", "deal", "accord",
        "arrest", "expulsion", "threat", "sanction", "charge", "accusation", "claim", "request", "refusal",
        "withdrawal", "recognition", "law", "bill", "resolution", "recall", "launch", "test", "release", "invasion",
        "incursion", "pledge", "gesture", "tariff", "suspension", "allegation", "criticism", "execution",
        "assassination", "crackdown", "siege", "shelling", "report", "denial",
        "warning", "protest",
    }
)  # fmt: skip
"""Nouns that take up a deed or words told before ("welcomed the decision")."""
_HEADS = frozenset({"title", "heading", "standfirst"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "such"})
"""Types whose "for" names the reason ("arrested for")."""


def carry_dates(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Give an undated event the date of the sentence before when its own sentence goes on with a pronoun.

    Only within a paragraph, only to what happened, only a day, only from the last sentence's main event.
    """
    main: dict[int, Candidate] = {}
    for candidate in candidates:
        main.setdefault(candidate.sentence, candidate)
    sentences = reading.parse.sentences
    for candidate in candidates:
        if candidate.when is not None or candidate.factuality != "happened" or candidate.sentence == 0:
            continue
        before = main.get(candidate.sentence - 1)
        here, there = sentences[candidate.sentence], sentences[candidate.sentence - 1]
        if before is None or before.when is None or here.block != there.block or before.when.precision != "day":
            continue
        if before.historical or _is_earlier(reading.parse, before):
            continue
        if candidate is main[candidate.sentence] and _starts_with_pronoun(reading.parse, here.first):
            candidate.when = When(
                start=before.when.start, end=before.when.end, precision=before.when.precision, phrase=before.when.phrase
            )


def carry_from_headings(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Give undated events the day that heads their paragraph, or the time that the text takes up again.

    A sentence of nothing but a date ("MONDAY.") dates what its line tells, or, on a line of its own, what follows up to the
    next heading. "Within hours" is the day of the sentence before, "it was then that" the time it named last.
    """
    sentences = reading.parse.sentences
    heads: dict[int, When] = {}
    open_head: When | None = None
    block_head: tuple[int, When] | None = None
    for number, sentence in enumerate(sentences):
        alone = _only_date(reading, sentence)
        last_of_block = number + 1 == len(sentences) or sentences[number + 1].block != sentence.block
        if alone is not None:
            if last_of_block:
                open_head, block_head = alone, None
            else:
                open_head, block_head = None, (sentence.block, alone)
            continue
        if sentence.section in _HEADS:
            open_head = None
        when = block_head[1] if block_head is not None and block_head[0] == sentence.block else open_head
        if when is not None:
            heads[number] = when
    for candidate in candidates:
        if candidate.when is not None or candidate.factuality != "happened" or candidate.historical:
            continue
        if (
            candidate.sentence in heads
            and not _is_earlier(reading.parse, candidate)
            and not _is_perfect(reading.parse, candidate)
        ):
            candidate.when = heads[candidate.sentence]
        elif candidate.sentence and sentences[candidate.sentence].block == sentences[candidate.sentence - 1].block:
            candidate.when = _taken_up(reading, candidate, candidates)


def _only_date(reading: Reading, sentence: Sentence) -> When | None:
    """Return the day or days of a sentence that is nothing but a date, a dateline excepted."""
    if sentence.section in {"dateline", "title", "byline"} or sentence.last - sentence.first > _HEAD_TOKENS:
        return None
    tokens = reading.parse.tokens
    dated = reading.dates.by_sentence.get(sentence.i, ())
    if len(dated) != 1:
        return None
    span = dated[0][1].span
    rest = [
        t
        for t in tokens[sentence.first : sentence.last]
        if t.pos not in {"PUNCT", "SPACE"} and not span.start <= t.start < span.end
    ]
    return dated[0][1].when if not rest else None


def _is_perfect(parse: Parse, candidate: Candidate) -> bool:
    """Tell whether an event is told in the perfect, which looks back from the day that a heading gives."""
    verb = candidate.verb
    return any(parse.tokens[c].lemma == "have" and parse.tokens[c].dep == "aux" for c in parse.children[verb])


def _taken_up(reading: Reading, candidate: Candidate, candidates: Sequence[Candidate]) -> When | None:
    """Return the time of the sentence before that an event's own takes up ("within hours", "it was then that"), or None."""
    parse = reading.parse
    sentence = parse.sentences[candidate.sentence]
    words = " ".join(t.text.lower() for t in parse.tokens[sentence.first : sentence.first + _OPENING_TOKENS])
    if words.startswith(_THEN):
        dated = reading.dates.by_sentence.get(candidate.sentence - 1, ())
        return dated[-1][1].when if dated else None
    if _HOURS.search(words) is None:
        return None
    days = [
        c.when
        for c in candidates
        if c.sentence == candidate.sentence - 1 and c.when is not None and c.when.precision == "day"
    ]
    return days[-1] if days else None


_HEAD_TOKENS, _OPENING_TOKENS = 6, 12
_THEN = ("it was then", "that was when", "this was when", "it was at this time", "it was at that time")
_HOURS = re.compile(r"\b(?:within|in a matter of|in) hours\b|\b(?:hours|minutes) later\b")


def carry_from_story(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Give an undated report the day of the article's only dated event of its type and parties.

    Only to what happened, and only to harm and meetings, which a story tells again and again.
    """
    for candidate in candidates:
        if candidate.when is not None or candidate.factuality != "happened" or candidate.historical:
            continue
        if not _is(reading, "told_again", candidate):
            continue
        days = {
            (other.when.start, other.when.end): other.when
            for other in candidates
            if other.when is not None
            and other.when.precision == "day"
            and other.type == candidate.type
            and other.factuality == "happened"
            and not other.historical
            and _parties_agree(reading.parties, candidate, other)
        }
        if len(days) == 1:
            candidate.when = next(iter(days.values()))
    day = _only_day(reading, candidates)
    if day is None:
        return
    for candidate in candidates:
        told = candidate.factuality == "happened" and not candidate.historical
        if told and candidate.when is None and _is_narrated(reading.parse, candidate):
            candidate.when = day


def _only_day(reading: Reading, candidates: Sequence[Candidate]) -> When | None:
    """The day of a story whose dated events are all of one day, at most two before the article's own; else None."""
    days = {}
    for candidate in candidates:
        if candidate.when is not None and candidate.factuality == "happened" and not candidate.historical:
            days[(candidate.when.start, candidate.when.end)] = candidate.when
    if len(days) != 1 or reading.published is None or len(reading.parse.sentences) > _SHORT:
        return None
    ((start, end), when) = next(iter(days.items()))
    near = start is not None and start == end and 0 <= (reading.published - start).days <= _NEWS
    return when if near else None


def _is_narrated(parse: Parse, candidate: Candidate) -> bool:
    """Tell whether an event is told in the simple past of a main clause, as news is."""
    verb = candidate.verb
    token = parse.tokens[verb]
    if candidate.depth > 0 or token.pos != "VERB":
        return False
    auxiliaries = {
        parse.tokens[c].text.lower() for c in parse.children[verb] if parse.tokens[c].dep in {"aux", "auxpass"}
    }
    return token.tag == "VBD" if not auxiliaries else auxiliaries <= {"was", "were"}


def _is_earlier(parse: Parse, candidate: Candidate) -> bool:
    """Tell whether an event is told in the pluperfect, as an aside about what went before."""
    verb = candidate.verb
    return any(parse.tokens[c].text.lower() == "had" and parse.tokens[c].dep == "aux" for c in parse.children[verb])


def _starts_with_pronoun(parse: Parse, first: int) -> bool:
    return parse.tokens[first].text.lower() in _PRONOUNS


def fill_recipients(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Give a judgement of "the decision" or "it" the actor of what went before as its recipient; where that was a judgement
    too, whom it judged.

    Only where the judgement names nobody, its object points back, and the event before, in the same sentence or the one
    before, is of another state.
    """
    parties = reading.parties
    for number, candidate in enumerate(candidates):
        if (
            candidate.cast.recipients
            or not _is(reading, "judging", candidate)
            or not candidate.cast.actors
            or candidate.nominal
        ):
            continue
        own = {parties.country(a) or a for a in candidate.cast.actors}
        if not _points_back(reading.parse, candidate.trigger):
            continue
        for other in reversed(candidates[:number]):
            if candidate.sentence - other.sentence > 1:
                break
            if other.trigger < candidate.trigger and other.cast.actors:
                # two judge one thing: "it" is what the first one judged, not he
                judged = other.cast.recipients if _is(reading, "judging", other) else other.cast.actors
                if judged and not {parties.country(a) or a for a in judged} & own:
                    candidate.cast = candidate.cast.toward(judged, "who did what is judged")
                break


def fill_from_before(candidates: Sequence[Candidate]) -> None:
    """Give an act on "those sanctions", told in the passive of nobody, the parties of the one who imposed them last."""
    for number, candidate in enumerate(candidates):
        if candidate.cast.everyone or candidate.object not in _BILATERAL or candidate.nominal:
            continue
        for other in reversed(candidates[:number]):
            alike = other.object == candidate.object or (candidate.object == "sanctions" and other.object in _BILATERAL)
            if alike and other.cast.actors and candidate.sentence - other.sentence <= _NEAR:
                candidate.cast = candidate.cast.by(other.cast.actors, "story").toward(other.cast.recipients, "story")
                break


def fill_from_pair(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """In an article about two states, let one be the other side of what the other did, where the text leaves it unsaid.

    Those who act together without a state of their own ("the two ministers met") are both; a relation that one breaks or
    mends, a demand or a reproach about "the embargo" or "it", is toward the other.
    """
    if reading.pair is None:
        return
    parties = reading.parties
    codes = {parties.country(state): state for state in reading.pair}
    for candidate in candidates:
        cast = candidate.cast
        if candidate.object in _BILATERAL and _states(parties, cast.recipients) <= _states(parties, cast.actors):
            # nobody expels or recalls toward itself: "its diplomats" are the other's
            cast = candidate.cast = cast.toward((), "") if not candidate.together else cast
        own = {parties.country(a) for a in cast.everyone} - {None}
        if _is(reading, "to_both", candidate) and not cast.recipients and _names_both(reading.parse, candidate.trigger):
            others = tuple(state for code, state in codes.items() if code not in own)
            candidate.cast = cast.toward(others, _PAIR)
        elif candidate.together and not own and (_are_described(reading, cast) or _is_meeting(reading, candidate)):
            candidate.cast = Cast(reading.pair, (), actors_by=_PAIR)
        elif not candidate.together and len(own) == 1 and own <= set(codes) and _is_by_other(candidate):
            (other,) = (state for code, state in codes.items() if code not in own)
            candidate.cast = cast.by((other,), _PAIR)
        elif not candidate.together and len(own) == 1 and own <= set(codes) and _is_toward_other(reading, candidate):
            (other,) = (state for code, state in codes.items() if code not in own)
            candidate.cast = cast.toward((other,), _PAIR)


def _names_both(parse: Parse, trigger: int) -> bool:
    """Tell whether an act is toward "the two countries" or "both sides"."""
    tokens, children = parse.tokens, parse.children
    heads = [c for c in children[trigger] if tokens[c].dep == "dobj"]
    heads += [g for c in children[trigger] if tokens[c].dep == "prep" for g in children[c] if tokens[g].dep == "pobj"]
    return any(
        tokens[h].lemma.lower() in _SIDES and any(tokens[c].text.lower() in {"two", "both"} for c in children[h])
        for h in heads
    )


def _is_by_other(candidate: Candidate) -> bool:
    """Tell whether an act toward one of a pair, its actor unsaid, can only be the other's."""
    return not candidate.cast.actors and bool(candidate.cast.recipients) and candidate.object in _BILATERAL


def _is_toward_other(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether an act of one of a pair, its recipient unsaid, can only be toward the other."""
    if candidate.cast.recipients or not candidate.cast.actors:
        return False
    ontology = reading.codebook.ontology
    judged = _is(reading, "judging", candidate) or ontology.is_act("request", candidate.type, candidate.mode)
    return candidate.object in _BILATERAL or (judged and _points_back(reading.parse, candidate.trigger))


def _is_meeting(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether nobody is named for talks, which in a story of two states are theirs."""
    return not candidate.cast.actors and _is(reading, "mutual", candidate)


def _are_described(reading: Reading, cast: Cast) -> bool:
    return bool(cast.actors) and all(reading.parties.actors[a].anonymous for a in cast.actors)


def place_by_dateline(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Let the dateline's state be host of a visit that names no other, and the one who arrested where nobody is named."""
    here = reading.dateline
    if here is None:
        return
    state, ontology = reading.parties.country(here), reading.codebook.ontology
    for candidate in candidates:
        cast = candidate.cast
        own = {reading.parties.country(a) for a in cast.everyone}
        if (
            ontology.is_act("visit", candidate.type, candidate.mode)
            and cast.actors
            and not cast.recipients
            and state not in own
        ):
            candidate.cast = cast.toward((here,), "dateline")
        elif ontology.is_act("arrest", candidate.type, candidate.mode) and not cast.actors and not candidate.nominal:
            candidate.cast = cast.by((here,), "dateline")


def _points_back(parse: Parse, trigger: int) -> bool:
    """Tell whether an act is about "it" or a deed told before: "the decision", "its move", not "the decision of a third"."""
    tokens, children = parse.tokens, parse.children
    for child in children[trigger]:
        if tokens[child].dep != "dobj":
            continue
        if tokens[child].text.lower() in {"it", "this", "that"}:
            return True
        whose = any(tokens[c].text.lower() in {"of", "by", "from"} and tokens[c].dep == "prep" for c in children[child])
        if whose or tokens[child].lemma.lower() not in _DEEDS:
            return False
        return any(tokens[c].dep == "det" and tokens[c].text.lower() in _DEFINITE for c in children[child])
    return False


def link_reasons(reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Say of each event which others the text gives as its reason."""
    parse, table = reading.parse, reading.codebook.frames
    by_sentence: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence, []).append(candidate)
    for number, there in by_sentence.items():
        for candidate in there:
            if candidate.factuality in {"happened", "future"}:
                region = _reason_region(reading, candidate, table)
                candidate.because.extend(o for o in there if o is not candidate and o.trigger in region)
        sentence = parse.sentences[number]
        opening = " ".join(
            parse.tokens[i].text.lower() for i in range(sentence.first, min(sentence.first + 4, sentence.last))
        )
        if any(opening.startswith(phrase) for phrase in table.classes.get("reason_back", frozenset())):
            back = [
                c for n in range(number - 3, number) for c in by_sentence.get(n, [])[:1] if c.factuality == "happened"
            ]
            if back and not there[0].because and back[-1] is not there[0]:
                there[0].because.append(back[-1])


def _reason_region(reading: Reading, candidate: Candidate, table: FrameTable) -> set[int]:
    """The tokens below what gives an event's reason: behind "after", "over", "in response to", in a clause of "because"."""
    parse, children = reading.parse, reading.parse.children
    tops = {candidate.trigger, candidate.verb}
    region: set[int] = set()
    for child in (c for top in sorted(tops) for c in children[top]):
        if _gives_reason(reading, child, candidate, table):
            region.update(parse.subtree(child))
    return region - tops


def _gives_reason(reading: Reading, i: int, candidate: Candidate, table: FrameTable) -> bool:
    tokens, below = reading.parse.tokens, reading.parse.children[i]
    word = tokens[i].text.lower()
    if tokens[i].dep == "advcl":
        marks = table.classes.get("reason_mark", frozenset())
        return any(tokens[g].dep in {"mark", "advmod"} and tokens[g].text.lower() in marks for g in below)
    if tokens[i].dep != "prep":
        return False
    if word in table.classes.get("reason_preposition", frozenset()):
        return True
    if word == "for" and _is(reading, "given_reason", candidate):
        return True
    heads = table.classes.get("reason_head", frozenset())
    return any(tokens[g].lemma.lower() in heads for g in below)


def join_reports(reading: Reading, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the candidates in groups of reports of one event, the report that is kept first, in text order."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        group = next((g for g in groups if any(_same(reading, other, candidate) for other in g)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    return groups


def _same(reading: Reading, one: Candidate, other: Candidate) -> bool:
    """Tell whether it is plain that two reports are one event."""
    if one.type != other.type or one.factuality != other.factuality:
        return False
    if is_its_harm(reading, one, other):
        return True
    if one.sentence == other.sentence and not _named_again(reading, one, other):
        return False
    if (one.mode or other.mode) != (other.mode or one.mode) or (one.object or other.object) != (
        other.object or one.object
    ):
        return False
    if not _dates_agree(one.when, other.when) or not _parties_agree(reading.parties, one, other):
        return False
    parse = reading.parse
    if parse.sentences[one.sentence].section in _HEADS or parse.sentences[other.sentence].section in _HEADS:
        return True
    if one.object in _SINGLE and one.mode == other.mode and one.cast.actors and other.cast.actors:
        return bool(one.cast.recipients and other.cast.recipients)
    alike = parse.tokens[one.trigger].lemma[:4].lower() == parse.tokens[other.trigger].lemma[:4].lower()
    later = other if other.trigger > one.trigger else one
    if later.nominal and is_definite(parse, later.trigger):
        return alike or one.rule == other.rule
    repeated = _is(reading, "repeated", one) and one.rule == other.rule and _same_voice(one, other)
    return (
        alike and (_is(reading, "once", one) or repeated) and not (one.when and other.when and one.when != other.when)
    )


def _same_voice(one: Candidate, other: Candidate) -> bool:
    """Tell whether two reports of words name the very same speaker, and neither a recipient that the other doesn't."""
    here, there = set(one.cast.recipients), set(other.cast.recipients)
    return set(one.cast.actors) == set(other.cast.actors) != set() and (here <= there or there <= here)


def _named_again(reading: Reading, one: Candidate, other: Candidate) -> bool:
    """Tell whether the later of two words of a sentence is the earlier verb's noun: "has offered troops, but the offer"."""
    tokens = reading.parse.tokens
    first, later = sorted((one, other), key=lambda candidate: candidate.trigger)
    if first.nominal or not later.nominal or not is_definite(reading.parse, later.trigger):
        return False
    return (
        first.rule == later.rule
        and set(one.cast.actors) == set(other.cast.actors) != set()
        and (tokens[first.trigger].lemma[:4].lower() == tokens[later.trigger].lemma[:4].lower())
    )


def _dates_agree(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return True
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return one == other
    return one.start <= other.end and other.start <= one.end


def _parties_agree(parties: Parties, one: Candidate, other: Candidate) -> bool:
    """Tell whether the roles that both reports fill are filled by the same states or actors, and one at least is."""
    shared = False
    for mine, theirs in ((one.cast.actors, other.cast.actors), (one.cast.recipients, other.cast.recipients)):
        here = {parties.country(a) or a for a in mine}
        there = {parties.country(a) or a for a in theirs}
        if here and there:
            if not (here <= there or there <= here):
                return False
            shared = True
    crossed = _states(parties, one.cast.actors) & _states(parties, other.cast.recipients)
    crossed |= _states(parties, other.cast.actors) & _states(parties, one.cast.recipients)
    if crossed and not (one.cast.actors and other.cast.actors):
        return False  # who is struck in one report would become who struck in the other
    return shared


def _states(parties: Parties, actors: Sequence[str]) -> set[str]:
    return {parties.country(a) or a for a in actors}


def _is(reading: Reading, group: str, candidate: Candidate) -> bool:
    """Tell whether a candidate's type belongs to a group of the ontology."""
    return reading.codebook.ontology.within(group, candidate.type, candidate.mode)
