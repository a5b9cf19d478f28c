"""A record told to a person: what it says, then the words behind it in their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.text import Text

from dragoman.cli.marked import article_label, quoted
from dragoman.cli.output import told
from dragoman.record import Actor, Article, Check, Event, History, Mention, Relation, Span, Statement, When
from dragoman.relate.contradict import contradictions
from dragoman.run.grounds import career, step_words
from dragoman.run.lookup import Shown, excerpt, line_at, lines_of


@dataclass(frozen=True, slots=True)
class _Teller:
    """A history looked up by id, and whether the output has style."""

    history: History
    styled: bool
    articles: dict[str, Article]
    actors: dict[str, Actor]

    def names(self, ids: Sequence[str]) -> str:
        return ", ".join(self.actors[one].name if one in self.actors else one for one in ids) or "nobody named"

    def evidence(self, spans: Sequence[Span]) -> Iterator[Text]:
        """Each span in its paragraph, under the article and line where it stands."""
        for span in spans:
            found = excerpt(self.history, span, self.articles)
            yield self.dim(
                f"  {article_label(found.article)}, line {found.line}, characters {span.start} to {span.end}:"
            )
            yield told("    ").append_text(quoted(found, self.styled))

    def head(self, text: str) -> Text:
        return told(text, style="bold" if self.styled else "")

    def dim(self, text: str) -> Text:
        return told(text, style="dim" if self.styled else "")


def describe(record: Shown, history: History, *, styled: bool) -> Iterator[Text]:
    """Yield the lines that tell a record: what it says, what it rests on, what made it."""
    teller = _Teller(
        history,
        styled,
        {article.id: article for article in history.articles},
        {actor.id: actor for actor in history.actors},
    )
    match record:
        case Article():
            yield from _article(record, teller)
        case Actor():
            yield from _actor(record, teller)
        case Event():
            yield from _event(record, teller)
        case Statement():
            yield from _statement(record, teller)
        case Relation():
            yield from _relation(record, teller)


def when_words(when: When | None) -> str:
    """Return a time in words: the days, how precise they are, and the phrase that says so."""
    if when is None:
        return "on an unknown day"
    phrase = f' ("{when.phrase.text}")' if when.phrase else ""
    match when.start, when.end:
        case None, None:
            return f"on an unknown day{phrase}"
        case None, date() as end:
            return f"before {end.isoformat()}{phrase}"
        case date() as start, None:
            return f"from {start.isoformat()}{phrase}"
        case start, end if start == end and start is not None:
            return f"on {start.isoformat()}{phrase}"
        case start, end:
            return f"between {start} and {end}, to the {when.precision}{phrase}"
    raise AssertionError(when)


def _event(event: Event, teller: _Teller) -> Iterator[Text]:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    yield teller.head(f"{event.id}  {kind}")
    toward = f" toward {teller.names(event.recipients)}" if event.recipients else ""
    yield told(f"{teller.names(event.actors)}{toward}, {when_words(event.when)}; {event.factuality}.")
    details = [f"score {event.score:+g} of -10 to +10"]
    if event.contexts:
        details.append(f"context {', '.join(event.contexts)}")
    if event.object:
        details.append(f"about the {event.object}")
    if event.where:
        details.append(f"in {event.where}")
    if event.historical:
        details.append("told as history")
    yield told("; ".join(details) + ".")
    yield teller.dim(f"Found by {event.rule or 'no named rule'} ({event.made_by}), confidence {event.confidence:.2f}.")
    yield from _checks(event.checked, teller)
    if event.members:
        yield teller.dim(f"One event from {len(event.members)} reports.")
    yield told("Words:")
    yield from teller.evidence(event.evidence)
    yield from _contradicted(event.id, teller)
    if event.reported_by:
        yield told(f"Asserted only in: {', '.join(event.reported_by)}")
    if event.because:
        yield told(f"Reason given: {', '.join(event.because)}")


def _checks(checks: Sequence[Check], teller: _Teller) -> Iterator[Text]:
    """What persons did with a finding, each with the decision that says so."""
    for check in checks:
        fields = f": {', '.join(check.fields)}" if check.fields else ""
        yield teller.dim(f"{check.verdict.capitalize()} by {check.by} on {check.time[:10]}{fields} ({check.decision}).")


def _statement(statement: Statement, teller: _Teller) -> Iterator[Text]:
    manner = "direct" if statement.direct else "mixed" if statement.mixed else "indirect"
    yield teller.head(f"{statement.id}  {statement.act}, {manner}")
    speaker = teller.names([statement.speaker]) if statement.speaker else "speaker not named"
    cue = f', cue "{statement.cue.text}"' if statement.cue else ""
    yield told(f"{speaker}{cue}")
    if statement.due:
        yield told(
            f"Due {statement.due.start or 'open'} to {statement.due.end or 'open'}; {statement.outcome or 'open'}."
        )
    if statement.loaded:
        yield told(f"Words that take a side: {', '.join(span.text for span in statement.loaded)}")
    yield told("Words:")
    yield from teller.evidence([statement.content, *statement.continued])
    if statement.outcome_evidence:
        yield told("What came of it:")
        yield from teller.evidence(statement.outcome_evidence)
    if statement.about:
        yield told(f"About: {', '.join(statement.about)}")
    yield from _contradicted(statement.id, teller)
    yield teller.dim(f"Found by {statement.made_by}.")
    yield from _checks(statement.checked, teller)


def _contradicted(identity: str, teller: _Teller) -> Iterator[Text]:
    """What a record contradicts and what contradicts it, each with who says it, the words and the reason."""
    for found in contradictions(teller.history):
        if identity in (found.claim, found.contrary):
            other = found.claim if identity == found.contrary else found.contrary
            yield told(
                f"{'Contradicts' if identity == found.contrary else 'Contradicted by'} {other} ({found.reason}):"
            )
            yield from teller.evidence(_spans(other, teller.history))


def _spans(identity: str, history: History) -> tuple[Span, ...]:
    for statement in history.statements:
        if statement.id == identity:
            cue = (statement.cue,) if statement.cue and statement.act == "denial" else ()
            return (statement.content, *statement.continued, *cue)
    return next((event.evidence[:1] for event in history.events if event.id == identity), ())


def _relation(relation: Relation, teller: _Teller) -> Iterator[Text]:
    yield teller.head(f"{relation.id}  {relation.dimension}: {relation.value}")
    note = f" ({relation.note})" if relation.note else ""
    since = relation.since.isoformat() if relation.since else "an unknown day"
    until = f", no longer on {relation.until.isoformat()}" if relation.until else ""
    yield told(f"{teller.names([relation.of])} toward {teller.names([relation.toward])}{note}, since {since}{until}.")
    if relation.reported:
        yield told(f"Reported from {relation.reported.isoformat()} on.")
    yield told("Words:")
    yield from teller.evidence(relation.evidence)
    for label, ids in (("Brought about by", relation.cause), ("Ended by", relation.ended_by)):
        if ids:
            yield told(f"{label}: {', '.join(ids)}")
    if relation.conflicting:
        yield told(f"Contradicted by: {', '.join(relation.conflicting)}")


def _actor(actor: Actor, teller: _Teller) -> Iterator[Text]:
    yield teller.head(f"{actor.id}  {actor.name}")
    parts = [actor.kind, f"acts for {actor.country}" if actor.country else "", actor.sector or "", actor.key or ""]
    yield told(", ".join(part for part in parts if part))
    if actor.names:
        yield told(f"Spellings: {', '.join(actor.names)}")
    for step in career(actor, {article.id: article.published for article in teller.history.articles}):
        yield told(f"Office: {step_words(step)}")
        yield from teller.evidence(step.office.evidence)
    for ground in actor.grounds:
        label = f"Acts for {actor.country}" if ground.of == "country" else "Means the same"
        yield told(f"{label}: {ground.why}")
        yield from teller.evidence(ground.evidence)
    for join in teller.history.joins:
        if join.kind == "actor" and actor.id in {join.one, join.other}:
            verb = "Taken for one" if join.joined else "Might be one"
            yield told(f"{verb} with {join.other if join.one == actor.id else join.one}: {'; '.join(join.reasons)}")
    mentions = [mention for mention in teller.history.mentions if mention.actor == actor.id]
    yield told(f"Mentioned {len(mentions)} times:")
    yield from _mentions(mentions, teller)


_MENTIONS_SHOWN = 10


def _mentions(mentions: Sequence[Mention], teller: _Teller) -> Iterator[Text]:
    for mention in mentions[:_MENTIONS_SHOWN]:
        span = Span(article=mention.article, start=mention.start, end=mention.end, text=mention.text)
        if mention.why:
            yield teller.dim(f"  {mention.how}, {mention.why}:")
        yield from teller.evidence([span])
    if len(mentions) > _MENTIONS_SHOWN:
        yield teller.dim(f"  and {len(mentions) - _MENTIONS_SHOWN} more.")


def _article(article: Article, teller: _Teller) -> Iterator[Text]:
    yield teller.head(f"{article.id}  {article_label(article)}")
    dated = f"{article.published} ({article.published_from})" if article.published else "undated"
    yield told(f"{dated}, language {article.language or 'unknown'}, {len(article.text)} characters")
    lines = lines_of(article.text)
    left_out = {line_at(lines, region.start): region.kind for region in article.furniture}
    for number, (start, end) in enumerate(lines, start=1):
        words = article.text[start:end]
        if number in left_out:
            yield teller.dim(f"{number:4}  [{left_out[number]}] {words}")
        else:
            yield told(f"{number:4}  {words}")
    yield from _facts(article, teller, lines)


def _facts(article: Article, teller: _Teller, lines: list[tuple[int, int]]) -> Iterator[Text]:
    """What was read from the article, by line."""
    found: list[tuple[int, str]] = []
    for event in teller.history.events:
        found.extend(
            (span.start, f"{event.id}  {event.type}  {teller.names(event.actors)}")
            for span in event.evidence
            if span.article == article.id
        )
    found.extend(
        (one.content.start, f"{one.id}  {one.act}  {teller.names([one.speaker] if one.speaker else [])}")
        for one in teller.history.statements
        if one.content.article == article.id
    )
    if found:
        yield teller.head("Read from it, by line:")
    for start, words in sorted(found):
        yield told(f"{line_at(lines, start):4}  {words}")
