"""Explain: which frame fires at which words and why, and which came near (`dragoman codebook test SENTENCE`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.codebook.frames import Entry
from dragoman.read.code import CODE, SILENT, coded
from dragoman.read.coding.assemble import absorb, candidate_of, cast_in, is_complete, refusal, without_doubles
from dragoman.read.coding.candidate import Candidate
from dragoman.read.coding.gate import closed, find_topics
from dragoman.read.coding.location import told_of
from dragoman.read.coding.match import (
    Match,
    Sentences,
    entries_at,
    failed_condition,
    fired_in,
    silenced,
    slots_of,
    trigger_words,
)
from dragoman.read.coding.phrases import Slots
from dragoman.read.coding.reading import Reading, begin
from dragoman.read.coding.roles import heads_in, role_slots
from dragoman.read.pipeline import Pipeline
from dragoman.record import Article, Document, Event, Parse, Sentence, When
from dragoman.record.text import article_id

Nearness = Literal["fired", "conditions", "parsed"]

GUESSED = ""
"""The slot of a party that stands in none of the frame's: it was taken from the sentence, the story or its other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who has a role: the actor's name and state, the slot in which the frame found it (`GUESSED`: none), the slot's words.

    `ground` says by which fallback a party was found that stands in none of the slots or got its state from around ("place",
    "own people", "home by place"); "" where the frame's own slots name it with its state.
    """

    name: str
    country: str | None
    slot: str
    words: str
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An event and the frame that found it.

    `start` and `end` are the trigger's offsets in the text, in code points, end exclusive. `part` is the trigger's part of
    speech ("" where a statement's content is the event and no frame), `file` the frame's file. `conditions` are those of the
    frame that held; `factuality_because` is the word that decided, "" where nothing speaks against the event;
    `became` says in words why the type is another than the frame's, or "".
    """

    words: str
    start: int
    end: int
    type: str
    mode: str | None
    frame: str
    file: str
    part: str
    conditions: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    factuality: str
    factuality_because: str
    historical: bool
    when: When | None
    became: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A frame whose words stand in the text and that made no event.

    `reason` is the first thing that kept it from it. `how` near it came: `fired` (its conditions hold), `conditions` (one does
    not), or `parsed` (the parser takes its words for another part of speech than the frame asks for).
    """

    words: str
    start: int
    end: int
    type: str
    mode: str | None
    frame: str
    file: str
    reason: str
    places: tuple[tuple[str, str], ...]
    how: Nearness


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A text as it was read, its events with their frames, and the frames that came near, both in text order."""

    document: Document
    found: tuple[Found, ...]
    near: tuple[Near, ...]


def explain_events(text: str, reader: Pipeline, published: date | None = None) -> Explained:
    """Return the events of a text with the frames that found them, and of every other frame whose words it holds why not.

    `reader` is the whole reader, whose codebook holds the frames. `published` is the day against which dates are read.
    """
    article = Article(
        id=article_id(text),
        source="codebook test",
        text=text,
        published=published,
        published_from="given" if published else None,
        language="en",
    )
    before = Pipeline(tuple(stage for stage in reader.stages if stage.name != CODE.name), reader.codebook)
    (document,) = before.read([Document(article=article)])
    reading, events = coded(document, reader.codebook)
    made = {(c.rule, c.trigger) for _, group in events for c in group}
    return Explained(
        document=document,
        found=tuple(_found(event, group, reading) for event, group in events),
        near=tuple(_near(begin(document, reader.codebook), made)),
    )


def _found(event: Event, group: Sequence[Candidate], reading: Reading) -> Found:
    parse = reading.parse
    candidate = next((c for c in group if parse.tokens[c.words[0]].start == event.trigger.start), group[0])
    match = candidate.match if candidate.rule == event.rule else None
    frame = match.frame if match is not None else None
    became = ""
    if frame is not None and (frame.type, frame.mode) != (event.type, event.mode):
        own = f"{frame.type}/{frame.mode}" if frame.mode else frame.type
        became = f"the frame's {own}, as the words around it make of it"
    elif match is None:
        became = "what an official says that a state must, will or will not do counts as the act itself"
    return Found(
        words=event.trigger.text,
        start=event.trigger.start,
        end=event.trigger.end,
        type=event.type,
        mode=event.mode,
        frame=event.rule,
        file=frame.file if frame is not None else "",
        part=match.part if match is not None else "",
        conditions=candidate.why,
        places=_places(parse, match.slots) if match is not None else (),
        actors=tuple(_party(actor, 0, match, reading, candidate.cast.actors_by) for actor in event.actors),
        recipients=tuple(_party(actor, 1, match, reading, candidate.cast.recipients_by) for actor in event.recipients),
        factuality=event.factuality,
        factuality_because=candidate.reason,
        historical=event.historical,
        when=event.when,
        became=became,
        confidence=event.confidence,
    )


def _party(identity: str, role: int, match: Match | None, reading: Reading, ground: str) -> Party:
    """Return an actor with the slot in which it was found: the role's own first (0 actor, 1 recipient), then any other."""
    actor, parse = reading.parties.actors[identity], reading.parse
    slots = (*role_slots(match)[role], *match.slots.filled) if match is not None else ()
    for slot in slots:
        heads = [] if match is None else match.slots.content if slot == "content" else heads_in(match, parse, slot)
        here = [h for h in heads if identity in reading.parties.of(h) or _inside(reading, h, identity, slot)]
        if here:
            words = " ".join(parse.tokens[i].text for h in here for i in _phrase(parse, h))
            return Party(name=actor.name, country=actor.country, slot=slot, words=words, ground=ground)
    return Party(name=actor.name, country=actor.country, slot=GUESSED, words="", ground=ground)


def _inside(reading: Reading, head: int, identity: str, slot: str) -> bool:
    return slot == "content" and identity in reading.parties.first_among(told_of(reading.parse, head))


def _phrase(parse: Parse, head: int) -> range:
    """The words of a noun's phrase, from its first modifier to itself."""
    left = [c for c in parse.children[head] if c < head and parse.tokens[c].dep in _MODIFIERS]
    return range(min(left, default=head), head + 1)


_MODIFIERS = frozenset({"amod", "compound", "det", "nmod", "nummod", "poss"})


def _near(reading: Reading, made: set[tuple[str, int]]) -> Iterator[Near]:
    """Yield the frames whose words stand in the text and that made no event, with the reason, in text order."""
    parse, table = reading.parse, reading.codebook.frames
    for sentence in parse.sentences:
        view = Sentences(parse, sentence, table, reading.parties)
        fired = fired_in(view)
        general = ""
        if sentence.section in SILENT:
            general = f"it stands in the {sentence.section}, which tells no events"
        reasons = [general] * len(fired) if general else _reasons(fired, reading, sentence, made)
        fates = {match.trigger: (match, reason) for match, reason in zip(fired, reasons, strict=True)}
        for i in range(sentence.first, sentence.last):
            yield from _near_at(view, i, fates.get(i), made)


def _near_at(view: Sentences, i: int, fate: tuple[Match, str] | None, made: set[tuple[str, int]]) -> Iterator[Near]:
    tokens, table = view.parse.tokens, view.table
    asked = {part: entries for part, entries in entries_at(view, i) if entries}
    lemma = tokens[i].lemma.lower()
    seen: set[str] = set()
    how: Nearness
    for part, index in (("verb", table.verbs), ("noun", table.nouns), ("adjective", table.adjectives)):
        parsed = part in asked
        for entry in asked.get(part, index.get(lemma, ())):
            words = trigger_words(view.parse, i, entry.others, part)
            if words is None or (entry.frame.id, i) in made or entry.frame.id in seen:
                continue
            seen.add(entry.frame.id)
            slots = slots_of(view, i, part)
            how, reason = _why_not(view, entry, part, slots, fate) if parsed else ("parsed", _parsed(view, i, part))
            yield Near(
                words=" ".join(tokens[w].text for w in words),
                start=tokens[words[0]].start,
                end=tokens[words[-1]].end,
                type=entry.frame.type,
                mode=entry.frame.mode,
                frame=entry.frame.id,
                file=entry.frame.file,
                reason=reason,
                places=_places(view.parse, slots),
                how=how,
            )


def _parsed(view: Sentences, i: int, part: str) -> str:
    token = view.parse.tokens[i]
    return f"the parser takes {token.text!r} for {token.pos} ({token.dep}); the frame asks for a {part}"


def _why_not(
    view: Sentences, entry: Entry, part: str, slots: Slots, fate: tuple[Match, str] | None
) -> tuple[Nearness, str]:
    if failed := failed_condition(view, slots, entry.frame):
        return "conditions", failed
    if fate is None:
        return "fired", f"no {part} of this form fires here"
    match, reason = fate
    if match.frame is entry.frame:
        return "fired", reason
    return "fired", f"the frame {match.frame.id} is tried before it and fired"


def _reasons(fired: list[Match], reading: Reading, sentence: Sentence, made: set[tuple[str, int]]) -> list[str]:
    """Return why each frame that fired in a sentence makes no event of its own, "" where it makes one."""
    parse = reading.parse
    reasons = silenced(parse, fired)
    left = [match for match, reason in zip(fired, reasons, strict=True) if not reason]
    absorb(reading, left)
    candidates = {id(m): candidate_of(m, reading, sentence) for m in left if not m.absorbed}
    kept = without_doubles(parse, [c for c in candidates.values() if c is not None])
    for number, match in enumerate(fired):
        if not reasons[number] and (match.frame.id, match.trigger) not in made:
            reasons[number] = _fate(match, left, candidates.get(id(match)), kept, reading, sentence)
    return reasons


def _fate(
    match: Match,
    others: list[Match],
    candidate: Candidate | None,
    kept: list[Candidate],
    reading: Reading,
    sentence: Sentence,
) -> str:
    if match.absorbed:
        outer = next(m for m in others if any(inner is match for inner in m.inner))
        word = reading.parse.tokens[outer.trigger].text
        return f"it is what the frame {outer.frame.id} of {word!r} is about, and no event of its own"
    if candidate is None:
        return refusal(match, cast_in(match, reading, sentence), reading, sentence)
    if not any(candidate is c for c in kept):
        return "the same event is told by another word of the clause"
    if not is_complete(candidate, reading):
        unmet = refusal(match, candidate.cast, reading, sentence)
        return unmet or f"{candidate.type} needs a recipient, and none is named"
    if shut := closed(candidate, find_topics(reading.parse, reading.codebook.spheres), reading):
        return shut
    return "what an official says that a state must or will do counts in its place"


def _places(parse: Parse, slots: Slots) -> tuple[tuple[str, str], ...]:
    return tuple((name, " + ".join(parse.tokens[h].text for h in heads)) for name, heads in slots.filled.items())
