"""Portraits: who says what, what is foretold, who is who, and the words that take a side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from dragoman.record import Actor, Article, Event, History, Office, Span, Statement
from dragoman.record.dossier import Expectation, Label, Line, Person, Reference, Saying, Voice
from dragoman.relate.choose import PROFILE_SECTIONS, Choice, in_section
from dragoman.relate.clause import meet
from dragoman.relate.describe import describe_event, describe_statement, hangs_on
from dragoman.relate.gloss import glosses
from dragoman.relate.times import bounds, is_dated
from dragoman.relate.wording import (
    between_words,
    checked_words,
    day_words,
    possess,
    sentence,
    when_words,
    with_article,
    with_the,
)

SAYINGS = 3
"""Sayings shown of one speaker; the rest is counted."""
VOICES = 8
UNNAMED = 2.0
OWN = 1.0
OPEN = 10
OPEN_ACTS = frozenset({"demand", "recommendation", "expectation", "intention"})
_WEIGHT = {
    "demand": 5.0,
    "intention": 4.5,
    "expectation": 4.0,
    "denial": 4.0,
    "evaluation": 3.5,
    "recommendation": 3.5,
    "claim": 2.0,
    "question": 0.5,
}
_QUOTED = re.compile(r"\"[^\"\n]+\"|“[^”\n]+”|«[^»\n]+»")
_ASKED_FOR_SILENCE = re.compile(r"^\s*(?:to\s+)?not\s+(?:to\s+)?be\s+(?:named|identified|quoted)\b", re.IGNORECASE)
_PRONOUNS = frozenset({"i", "we", "he", "she", "they", "it", "you", "who"})
_HEADINGS = frozenset({"title"})
_ASKING = re.compile(r"\W*(?:how|why|what|who|where|when)\b", re.IGNORECASE)
_DEED = re.compile(r"(?:\w+\s+)?(?:summon(?:s|ed|ing)?|expel(?:s|led|ling)?|decisions?)\b", re.IGNORECASE)
"""Cues that are deeds, also where no event was read from them: what follows says what was done, not what was said."""
_SUMMONED = re.compile(r"\bsummon(?:s|ed|ing)?\b[^.;]*\bto\s+$", re.IGNORECASE)
_SUMMONED_NEAR = 80
"""Code points before a cue in which a summons may stand: "summoned the envoy to protest"."""
LEAST_WORDS = 4
"""Words below which a saying is a fragment that tells a reader nothing."""
_SHORT = 40
"""Code points below which a saying is seldom more than a fragment."""


def references(spans: Iterable[Span], choice: Choice) -> tuple[Reference, ...]:
    """Return the numbered references of spans, one an article and stretch, in the order of the numbers."""
    found = {
        (choice.numbers[span.article], span.start, span.end): span for span in spans if span.article in choice.numbers
    }
    return tuple(Reference(number=key[0], span=found[key]) for key in sorted(found))


def office_words(actor: Actor | None, choice: Choice, article: str | None = None) -> str | None:
    """Return the office that an actor holds for this pair as an article gives it ("former" where it says so), or None."""
    if actor is None or actor.kind != "person":
        return None
    told = [office for office in actor.offices if office.register is None]
    offices = [office for office in told if not any(choice.loaded.find(office.title))]
    if not offices:
        side = choice.sides.side(actor.id)
        return choice.sides.name(side) if side is not None else None
    names = [choice.sides.name(side)[:5] for side in (choice.first, choice.second)]

    def key(office: Office) -> tuple[object, ...]:
        elsewhere = not any(span.article == article for span in office.evidence)
        about = sum(name in office.title for name in names)
        profile = all(in_section(span, choice.articles, PROFILE_SECTIONS) for span in office.evidence)
        return (
            elsewhere,
            profile,
            bool(office.since or office.until),
            -about,
            office.former,
            -len(office.title),
            office.title,
        )

    return office_title(min(offices, key=key), choice)


def office_title(office: Office, choice: Choice) -> str:
    """Return an office's title with the state whose it is, marked as former where it is: "ambassador of Norland to Suria".

    The state is put to it only where the title is one of a state's offices and does not name it.
    """
    title = _OPENS_OFFICE.sub("", office.title)
    owner = choice.sides.states.get(office.of or "")
    head = _STATE_OFFICE.match(title)
    if owner is not None and head is not None:
        name = choice.sides.name(owner)
        if name.casefold()[: max(4, len(name) - 3)] not in title.casefold():
            title = f"{title[: head.end()]} of {with_the(name)}{title[head.end() :]}"
    return f"former {title}" if office.former and not title.lower().startswith(("former", "ex-")) else title


def speaker_name(statement: Statement, choice: Choice) -> str:
    """Return who speaks, an organ with its state ("Ukraine's Foreign Ministry")."""
    actor = choice.sides.actors.get(statement.speaker or "")
    if actor is None:
        return statement.speaker_words.text if statement.speaker_words else "not named"
    words = " ".join(statement.speaker_words.text.split()) if statement.speaker_words else ""
    if actor.anonymous and words.casefold() == f"the {actor.name.casefold()}":
        return f"the {actor.name}"
    return actor_name(actor, choice)


def actor_name(actor: Actor, choice: Choice) -> str:
    """Return the name to show of an actor: a body that belongs to a state is shown with it."""
    if actor.anonymous:
        return with_article(actor.name)
    state = choice.sides.side(actor.id)
    if actor.kind == "body" and state is not None and state != actor.id:
        owner = choice.sides.name(state)
        stem = owner.casefold()[: max(4, len(owner) - 3)]
        if stem not in actor.name.casefold():  # "Mexican Secretariat" is Mexico's already
            return f"{possess(owner)} {actor.name}"
    return actor.name


_OPENS_OFFICE = re.compile(r"^(?:own|new|newly\s+\w+|current)\s+(?=\w)", re.IGNORECASE)
_STATE_OFFICE = re.compile(
    r"(?:[\w'’-]+\s+)*?(?:minister|president|king|queen|emir|sultan|chancellor|premier|ambassador|envoy|consul|(?:high\s+)?commissioner|"
    r"charg[eé] d['’]affaires|secretary\s+of\s+state|supreme\s+leader)(?:\s+general)?(?=\s+to\b|$)",
    re.IGNORECASE,
)
_REFUSAL = re.compile(r"(?:(?:has|have|had)\s+)?(?:refus|declin|rul)(?:e|es|ed|ing)\b", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:(?:has|have|had)\s+)?announc(?:e|es|ed|ing)\b", re.IGNORECASE)
LONG_AGO = 180
"""Days before an article after which what it says was demanded or planned is history."""


def importance(statement: Statement, choice: Choice) -> float:
    """Return how much a statement weighs in a dossier: its act, its directness, whose it is and what it is about."""
    weight = _WEIGHT[statement.act]
    if statement.direct:
        weight += 1
    if statement.speaker is not None and choice.sides.public(statement.speaker):
        weight += 0.5
    if set(statement.about) & {event.id for event in choice.between}:
        weight += 1
    text = statement.content.text
    if len(text) < _SHORT:
        weight -= 1
    for name in (choice.sides.name(choice.first), choice.sides.name(choice.second)):
        if name[:5] in text:
            weight += 0.5
    return weight


def sayings(choice: Choice) -> tuple[Statement, ...]:
    """Return the statements worth a line: by somebody who is named, whole, and none that stands inside another."""
    found: list[Statement] = []
    for statement in sorted(choice.statements, key=lambda s: (-len(s.content.text), s.id)):
        actor = choice.sides.actors.get(statement.speaker or "")
        words = len(statement.said[0].text.split())
        if actor is None or (actor.anonymous and actor.name.casefold() in _PRONOUNS) or words < LEAST_WORDS:
            continue
        if _is_deed(statement, choice) or _is_heading(statement, choice):
            continue
        if not any(_inside(statement, other) for other in found):
            found.append(statement)
    return tuple(sorted(found, key=lambda s: _place(s, choice)))


def _is_deed(statement: Statement, choice: Choice) -> bool:
    """Say whether the cue itself is the act, so that what follows is no saying.

    A material act ("called its ambassador for consultations") never is one; a verbal one that the timeline tells ("invited
    the king") is none unless its words are quoted.
    """
    cue = statement.cue
    if cue is None:
        return False
    if _ASKED_FOR_SILENCE.search(statement.content.text):
        return True
    before = choice.articles[cue.article].text[max(0, cue.start - _SUMMONED_NEAR) : cue.start]
    if not statement.direct and (_DEED.match(cue.text) or _SUMMONED.search(before)):
        return True
    told = {event.id for event in choice.told}
    return any(
        meet(event.trigger, cue)
        and (
            choice.ontology.within("deeds", event.type, event.mode)
            or (
                event.id in told
                and not statement.direct
                and statement.due is None  # what is promised by a day is waited for
                and hangs_on(statement, choice.articles)
            )
        )
        for event in choice.events
    )


def _inside(statement: Statement, other: Statement) -> bool:
    """Say whether one statement's words are part of another's: by the same speaker, or told by that one, cue and all."""
    start = statement.content.start
    if statement.speaker != other.speaker:
        if statement.cue is None or statement.direct or statement.cue.article != statement.content.article:
            return False
        start = min(start, statement.cue.start)
    return any(
        part.article == statement.content.article and part.start <= start and statement.content.end <= part.end
        for part in (other.content, *other.continued)
    )


def _is_heading(statement: Statement, choice: Choice) -> bool:
    """Say whether the words are the second half of a headline, behind the names of those whom it is about."""
    content = statement.content
    return _ASKING.match(content.text) is not None and in_section(content, choice.articles, _HEADINGS)


def voices(choice: Choice) -> tuple[tuple[Voice, ...], int]:
    """Return the speakers with the sayings that matter most, and how many speakers are left out."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in sayings(choice):
        key = statement.speaker or (statement.speaker_words.text if statement.speaker_words else "")
        if key:
            groups[key].append(statement)
    weights = {key: _voice_weight(key, group, choice) for key, group in groups.items()}
    ranked = sorted(groups, key=lambda key: (-weights[key], -len(groups[key]), key))
    return tuple(_voice(groups[key], choice) for key in ranked[:VOICES]), max(0, len(ranked) - VOICES)


def _voice_weight(key: str, group: Sequence[Statement], choice: Choice) -> float:
    """How much a speaker weighs: as the weightiest of the sayings, more who speaks for one of the two, less who has no name."""
    weight = max(importance(statement, choice) for statement in group)
    actor = choice.sides.actors.get(key)
    if actor is None or actor.anonymous:
        return weight - UNNAMED
    own = choice.sides.side(key) in (choice.first, choice.second) and choice.sides.public(key)
    return weight + OWN if own else weight


def _voice(group: Sequence[Statement], choice: Choice) -> Voice:
    ranked = _each_once(sorted(group, key=lambda s: (-importance(s, choice), _place(s, choice))), choice)
    shown = sorted(ranked[:SAYINGS], key=lambda s: _place(s, choice))
    alike = {_plain(s, choice): [t for t in group if _plain(t, choice) == _plain(s, choice)] for s in shown}
    actor = choice.sides.actors.get(group[0].speaker or "")
    name, office = sentence(speaker_name(group[0], choice)), office_words(actor, choice, shown[0].content.article)
    return Voice(
        name=name,
        office=None if office is not None and office.casefold() in name.casefold() else office,
        sayings=tuple(
            Saying(
                statement=statement.id,
                text=describe_statement(statement, choice.articles, glosses=glosses(statement, choice)),
                act=statement.act,
                direct=statement.direct,
                references=references(
                    (span for s in alike[_plain(statement, choice)] for span in (s.content, *s.continued)), choice
                ),
                checked=checked_words(statement.checked),
            )
            for statement in shown
        ),
        more=max(0, len(ranked) - SAYINGS),
    )


def _plain(statement: Statement, choice: Choice) -> str:
    return describe_statement(statement, choice.articles).casefold().strip("“”‘’ .,;")


def _each_once(group: Iterable[Statement], choice: Choice) -> list[Statement]:
    """The sayings of one speaker, those that several articles report in the same words once."""
    return list({_plain(statement, choice): statement for statement in reversed(list(group))}.values())[::-1]


def _place(statement: Statement, choice: Choice) -> tuple[int, int, str]:
    return choice.numbers.get(statement.content.article, 0), statement.content.start, statement.id


def expectations(choice: Choice) -> tuple[Expectation, ...]:
    """Return what is foretold, demanded, recommended or intended, the weightiest first, with what became of it."""
    waiting = [
        one for one in sayings(choice) if one.act in OPEN_ACTS and not is_past(one, choice) and not is_refusal(one)
    ]
    waiting.sort(key=lambda s: (-importance(s, choice), _place(s, choice)))
    foretold = [event for event in choice.between if event.factuality == "future" and not event.reported_by]
    return (
        *(_expectation(statement, choice) for statement in sorted(waiting[:OPEN], key=lambda s: _place(s, choice))),
        *(_foretold(event, choice) for event in foretold[:OPEN]),
    )


def is_past(statement: Statement, choice: Choice) -> bool:
    """Say whether an article tells of a demand or plan as history, so that nothing of it is open: "in 2020, when X demanded".

    It is where the reading codes its cue, or what it is about, as an event of the past or of a day `LONG_AGO` before.
    """
    article, cue = choice.articles[statement.content.article], statement.cue
    if cue is None or statement.due is not None:
        return False
    for event in choice.events:
        told = meet(event.trigger, cue) or event.id in statement.about
        if not told or event.factuality == "future":
            continue
        if event.historical and event.trigger.article == article.id:
            return True
        when = bounds(event.when) if is_dated(event.when) else None
        if when and when[1] and article.published and (article.published - when[1]).days > LONG_AGO:
            return True
    return False


def is_refusal(statement: Statement) -> bool:
    """Say whether somebody refuses or rules out something, or announces a decision that is made.

    Nothing is foretold or asked then of which one could see the outcome.
    """
    if statement.act != "intention":
        return False
    announced = statement.due is None and _ANNOUNCED.match(statement.content.text) is not None
    return announced or _REFUSAL.match(statement.content.text) is not None


def _expectation(statement: Statement, choice: Choice) -> Expectation:
    return Expectation(
        record=statement.id,
        who=speaker_name(statement, choice),
        what=describe_statement(statement, choice.articles, 140, glosses(statement, choice)),
        act=statement.act,
        due=_due(statement, choice.articles[statement.content.article]),
        outcome=statement.outcome or "open",
        references=references((statement.content,), choice),
        outcome_references=references(statement.outcome_evidence, choice),
    )


def _foretold(event: Event, choice: Choice) -> Expectation:
    """An event that is still to come as an article tells it, where it is no one's statement."""
    numbers = sorted({choice.numbers[span.article] for span in event.evidence if span.article in choice.numbers})
    return Expectation(
        record=event.id,
        who=" ".join(f"[{number}]" for number in numbers),
        what=describe_event(event, choice.articles, choice.sides),
        act="expectation",
        due=when_words(event.when) if event.when else "no date given",
        outcome="open",
        references=references(event.evidence, choice),
        outcome_references=(),
    )


def _due(statement: Statement, article: Article) -> str:
    due = statement.due
    if due is not None and due.start and due.end:
        return between_words(due.start, due.end)
    if due is not None and (due.start or due.end):
        day = due.end or due.start
        assert day is not None
        return f"by {day_words(day)}" if due.end else f"from {day_words(day)}"
    said = day_words(article.published) if article.published else "on an unknown day"
    return f"no date given; said {said}"


def people(choice: Choice, history: History) -> tuple[Person, ...]:
    """Return the persons who act or speak in what was chosen, those with most mentions first."""
    wanted = {actor for event in choice.told for actor in (*event.actors, *event.recipients)}
    wanted |= {statement.speaker for statement in choice.statements if statement.speaker}
    counts: dict[str, int] = defaultdict(int)
    first: dict[str, Span] = {}
    for mention in history.mentions:
        if mention.article in choice.numbers:
            counts[mention.actor] += 1
            if mention.how == "name" and mention.actor not in first:
                first[mention.actor] = Span(
                    article=mention.article, start=mention.start, end=mention.end, text=mention.text
                )
    offices = {actor.id for actor in history.actors if actor.offices and counts[actor.id]}
    wanted |= _named_in_acts(choice, offices)
    reasons: dict[str, list[str]] = defaultdict(list)
    for join in history.joins:
        if join.kind == "actor" and join.joined and not _is_same_name(join.reasons):
            for one in (join.one, join.other):
                reasons[one].extend(reason for reason in join.reasons if reason not in reasons[one])
    pair = {choice.first, choice.second}
    found = []
    for actor in sorted(history.actors, key=lambda actor: (-counts[actor.id], actor.name, actor.id)):
        if actor.kind != "person" or actor.anonymous or actor.id not in first:
            continue
        if actor.id not in wanted and not (actor.id in offices and choice.sides.side(actor.id) in pair):
            continue
        found.append(
            Person(
                actor=actor.id,
                name=actor.name,
                offices=_offices(actor, choice),
                also=_other_spellings(actor),
                joined=tuple(reasons[actor.id]),
                references=references((first[actor.id],), choice),
            )
        )
    return tuple(found)


def _named_in_acts(choice: Choice, offices: Set[str]) -> set[str]:
    """The holders of an office whom a sentence of the timeline names: the envoy who was recalled is no party of the recall."""
    spans = {(span.article, span.start, span.end) for event in choice.told for span in event.evidence}
    by_article: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for article, start, end in sorted(spans):
        by_article[article].append((start, end))
    return {
        mention.actor
        for article, stretches in by_article.items()
        for mention in choice.mentions.get(article, ())
        if mention.actor in offices and any(low <= mention.start and mention.end <= high for low, high in stretches)
    }


def _is_same_name(reasons: Iterable[str]) -> bool:
    """Say whether two were joined by one full name, which needs no word."""
    told = list(reasons)
    given = any(reason.startswith("same given name") for reason in told)
    return any(r.startswith("same name") for r in told) or (
        given and any(reason.startswith("same surname:") for reason in told)
    )


def _is_less(office: Office, others: Sequence[Office]) -> bool:
    """Say whether an office is only another one's last or first words, without years.

    "Minister" beside "Foreign Minister", "ambassador" beside "ambassador to Norland".
    """
    if office.since or office.until or office.register is not None:
        return False
    title = office.title.casefold()
    return any(
        (other.title.casefold().endswith(f" {title}") or other.title.casefold().startswith(f"{title} to "))
        and other.of == office.of
        and other.former == office.former
        for other in others
    )


def _offices(actor: Actor, choice: Choice) -> tuple[Line, ...]:
    lines: dict[str, Line] = {}
    for office in actor.offices:
        if any(choice.loaded.find(office.title)):
            continue
        text = office_title(office, choice)
        if office.since and office.until:
            text += f", {office.since.year} to {office.until.year}"
        elif office.since:
            text += f", since {office.since.year}"
        elif office.until:
            text += f", until {office.until.year}"
        spans = [*(lines[text.casefold()].references if text.casefold() in lines else ())]
        if office.register is not None:
            text += f"; from the register ({office.register})"
        if _is_less(office, actor.offices):
            continue
        line = Line(text=text, references=(*spans, *references(office.evidence, choice)))
        if line.references or office.register is not None:
            lines[text.casefold()] = line
    return tuple(lines.values())


def _other_spellings(actor: Actor) -> tuple[str, ...]:
    """Spellings that say more than a part of the shown name does."""
    shown = set(actor.name.casefold().split())
    return tuple(name for name in actor.names if not set(name.casefold().split()) <= shown)


def own_labels(choice: Choice) -> tuple[tuple[str, Span], ...]:
    """Return the words that take a side in the articles' own voice: outside statements, quotation marks and furniture."""
    said: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for statement in choice.statements:
        for part in (statement.content, *statement.continued):
            said[part.article].append((part.start, part.end))
    found = []
    for article in choice.sources:
        labels = list(choice.loaded.find(article.text))
        if not labels:
            continue
        closed = [(region.start, region.end) for region in (*article.furniture, *article.notes)]
        closed += [(m.start(), m.end()) for m in _QUOTED.finditer(article.text)]
        closed += said.get(article.id, [])
        voice = f"the voice of [{choice.numbers[article.id]}]"
        for start, end, _ in labels:
            if not any(low <= start and end <= high for low, high in closed):
                found.append((voice, article.span(start, end)))
    return tuple(found)


def labels(choice: Choice, article_labels: Iterable[tuple[str, Span]] = ()) -> tuple[Label, ...]:
    """Return the words that take a side, each with the voice it stands in, the most frequent first."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for statement in choice.statements:
        for span in statement.loaded:
            found[(span.text.casefold(), speaker_name(statement, choice))].append(span)
    said = {(span.article, span.start) for spans in found.values() for span in spans}
    for voice, span in article_labels:
        if (span.article, span.start) not in said:
            found[(span.text.casefold(), voice)].append(span)
    ranked = sorted(found, key=lambda key: (-len(found[key]), key))
    return tuple(
        Label(words=words, voice=voice, references=references(found[(words, voice)], choice)) for words, voice in ranked
    )
