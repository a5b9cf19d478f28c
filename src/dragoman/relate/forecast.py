"""Forecasts: what became of an expectation or intention, as later articles tell.

Open is the default, and stays it wherever the articles don't say. A later event settles a statement when it is the act that
was foretold: coded alike (the reader's own event in the statement's words), or told with the same verb and at least half of
the other telling words; with the sides that the words name; and on a day after it was said. A state foretold ("restore
relations") is settled by that state between those sides. What is foretold for a case, or only asked, is never settled.

    met       the act is reported as done, within the days foretold where the words name any
    failed    the days foretold are over and the act is reported as not done, or as first done only afterwards;
              or a report says that it never was done or was given up; or what was foretold not to happen was done

Where no event of the record settles a statement, sentences do (`reports.py`): one with the foretold verb in the past, the sides
that the forecast names and most of its other telling words.

The order of the articles makes no difference.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.codebook import Codebook
from dragoman.codebook.outcomes import OutcomeWords
from dragoman.codebook.relations import RelationRules
from dragoman.record import Article, Event, History, Mention, Relation, Span, Statement
from dragoman.record.statement import Due, Outcome
from dragoman.relate.clause import event_clause
from dragoman.relate.reports import DROPPED, Report, foretold_verb, told_acts
from dragoman.relate.sides import Sides, make_sides
from dragoman.relate.times import bounds, is_dated

FORECASTS = frozenset({"expectation", "intention"})
"""The acts that have an outcome."""
SLACK = 2
"""Days by which reports of one act may differ, as in merging."""
SHARE = 0.5
"""Share of the telling words of a forecast, besides its verb, that the report of the act must have."""
HEAD = 40
"""Code points of a forecast within which a negation is that of its verb."""
REFUSAL = 40
"""Code points before the content in which a refusal ("refused to apologise") is one to do what it says."""
LONGEST = 600
"""Code points back to which the sentence of a statement is looked for."""
HORIZON = 730
"""Days after which a forecast that names no time is too old for an act to be its fulfilment."""
SHARE_OF_PLAN = 0.6
"""Share of the words of a forecast, without its verb, that a report of its being given up must have."""
LATE = 7
"""Days after the last day foretold within which a plain report, without a day, still tells an act of those days."""
SHOWN = 3
"""Spans kept as evidence of an outcome."""


_SIDE_CLAUSE = re.compile(r",?\s+(?:once|after|before|because|since|so\s+that|in\s+order\s+to|which)\s+", re.IGNORECASE)
"""Where words begin that tell of something else than the act foretold."""
_SENTENCE_END = re.compile(r"[.!?][\"”’»)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class _Foretold:
    """A statement taken apart: when it was said, what it foretells and of whom."""

    said: date
    article: str
    due: Due | None
    words: frozenset[str]
    parties: frozenset[str]
    verb: str | None
    negated: bool
    possible: bool
    events: tuple[Event, ...]
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """An event as a report of an act: its first and last possible day, and its words."""

    event: Event
    low: date
    high: date
    dated: bool
    verb: frozenset[str]
    words: frozenset[str]
    parties: frozenset[str]


def settle_outcomes(history: History, codebook: Codebook) -> tuple[Statement, ...]:
    """Return the history's statements, each expectation and intention with its `outcome` and `outcome_evidence`."""
    judge = Judge(history, codebook)
    return tuple(
        judge.settled(statement) if statement.act in FORECASTS else statement for statement in history.statements
    )


def settle_by_sentences(history: History, codebook: Codebook) -> tuple[Statement, ...]:
    """Return the statements, those that no event settled judged by the sentences of later articles."""
    waiting = [one for one in history.statements if one.act in FORECASTS and one.outcome == "open"]
    if not waiting:
        return history.statements
    judge = Judge(history, codebook, sentences=True)
    told = {one.id: judge.told(one) for one in waiting}
    return tuple(told.get(one.id, one) for one in history.statements)


@dataclass(frozen=True, slots=True)
class Hope:
    """What would settle a statement: an act of these parties, told after that day under one of the tokens.

    `words` are the stems of what is foretold; `open_ended` says that it names no time, `coded` that the reader coded it.
    """

    said: date
    parties: frozenset[str]
    tokens: tuple[str, ...]
    words: frozenset[str] = frozenset()
    open_ended: bool = False
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """An event as it may settle a statement: its first day, its parties, the stems of its trigger and of all its words."""

    low: date
    parties: frozenset[str]
    verb: frozenset[str]
    words: frozenset[str]
    named: bool


def could_settle(hope: Hope, act: Act) -> bool:
    """Say whether an act may be the one hoped for; where not, a judge who doesn't know it says the same."""
    if not hope.parties <= act.parties or act.low < hope.said:
        return False
    if hope.open_ended and (act.low - hope.said).days > HORIZON:
        return False
    coded = hope.coded and (act.named or len(hope.words & act.words) > 1)
    return coded or _alike_in_words(hope.words, hope.parties, act.verb, act.words)


def _alike_in_words(words: frozenset[str], parties: frozenset[str], verb: frozenset[str], told: frozenset[str]) -> bool:
    """Whether an act is told with the verb of what is foretold, and with enough of its other words."""
    rest = words - verb
    if not rest:
        return bool(words & verb) and len(parties) > 1  # "will not recognise Kosovo": the names tell the rest
    return bool(words & verb) and bool(rest & told) and len(rest & told) >= SHARE * len(rest)


class Judge:
    """A history looked up by what settles a statement.

    What became of a statement rests on it, its article's mentions and events, and on the events and states that share a
    token with it: judged on these alone it is as judged on everything.
    """

    def __init__(self, history: History, codebook: Codebook, *, sentences: bool = False) -> None:
        self._rules: RelationRules = codebook.relations
        self._words: OutcomeWords = codebook.outcomes
        self._articles: Mapping[str, Article] = {article.id: article for article in history.articles}
        self._sides: Sides = make_sides(history.actors)
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in history.mentions:
            self._mentions[mention.article].append(mention)
        self._events = {event.id: event for event in history.events}
        self._foretold: dict[str, list[Event]] = defaultdict(list)
        self._by_party: dict[str, list[_Told]] = defaultdict(list)
        for event in sorted(history.events, key=lambda event: event.id):
            for statement in event.reported_by:
                if event.factuality == "future":
                    self._foretold[statement].append(event)
            if event.factuality in ("happened", "negated") and (told := self._told(event)) is not None:
                for party in sorted(told.parties):
                    self._by_party[party].append(told)
        self._relations: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for relation in history.relations:
            self._relations[relation.dimension, relation.value].append(relation)
        self._sentences = self._told_in_sentences(history) if sentences else {}

    def _told_in_sentences(self, history: History) -> dict[str, list[Report]]:
        """The sentences that tell the acts foretold anywhere in the history, by the stem of the verb."""
        waiting = [one for one in history.statements if one.act in FORECASTS]
        verbs = {self._words.stem(verb) for one in waiting if (verb := foretold_verb(_text(one))) is not None}
        if not verbs:
            return {}
        named: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for article, mentions in self._mentions.items():
            for mention in mentions:
                side = self._sides.side(mention.actor)
                if side is not None and self._is_party(side):
                    named[article].append((mention.start, side))
        for places in named.values():
            places.sort()
        return told_acts(frozenset(verbs), self._words, named, history)

    def settled(self, statement: Statement) -> Statement:
        """The statement with what became of it."""
        foretold = self._take_apart(statement)
        outcome, evidence = ("open", ()) if foretold is None else self._outcome(foretold)
        return replace(statement, outcome=outcome, outcome_evidence=evidence)

    def told(self, statement: Statement) -> Statement:
        """An open statement with what sentences of later articles tell of it."""
        foretold = self._take_apart(statement)
        outcome, evidence = ("open", ()) if foretold is None else self._outcome_in_sentences(foretold)
        return replace(statement, outcome=outcome, outcome_evidence=evidence)

    def hope(self, statement: Statement) -> Hope | None:
        """Return what would settle a statement; None where nothing can."""
        foretold = self._take_apart(statement) if statement.act in FORECASTS else None
        if foretold is None:
            return None
        party = min(foretold.parties)
        tokens = {f"{party} {stem}" for stem in foretold.words}
        tokens |= {f"{party} act {kind}" for e in foretold.events for kind in self._rules.kinds(e.type, e.mode)}
        tokens |= {f"{party} state {dimension}" for dimension, _ in foretold.states}
        return Hope(
            said=foretold.said,
            parties=foretold.parties,
            tokens=tuple(sorted(tokens)),
            words=foretold.words,
            open_ended=foretold.due is None,
            coded=bool(foretold.events),
        )

    def act(self, event: Event) -> Act | None:
        """Return an event as it may settle a statement; None where it can settle none."""
        told = self._told(event) if event.factuality in ("happened", "negated") else None
        return None if told is None else Act(told.low, told.parties, told.verb, told.words, event.object is not None)

    def deed(self, event: Event) -> tuple[date, date, tuple[str, ...]] | None:
        """Return the first and last day of an event that may settle a statement, and its tokens; None for any other."""
        told = self._told(event) if event.factuality in ("happened", "negated") else None
        if told is None:
            return None
        signs = [*told.verb, *(f"act {kind}" for kind in self._rules.kinds(event.type, event.mode))]
        return told.low, told.high, tuple(sorted(f"{party} {sign}" for party in told.parties for sign in signs))

    def _take_apart(self, statement: Statement) -> _Foretold | None:
        """What a statement foretells; None where its outcome can't be known from events."""
        article = self._articles.get(statement.content.article)
        text = _text(statement)
        words = self._words
        verb = foretold_verb(text)
        if article is None or article.published is None or words.conditional.search(text) or words.kept.search(text):
            return None
        negation = words.negated.search(text)
        if negation is not None and negation.start() > HEAD:
            return (
                None  # "would return, but not before the summer": whether it came true is more than whether it was done
            )
        head = self._sentence_before(statement)
        refused = words.refused.search(head[-REFUSAL:]) is not None
        if refused and negation is not None:
            return None
        parties = self._parties(statement, len(head))
        if not parties:
            return None
        clause = " ".join(text.split())
        states: dict[str, str] = {}
        for rule in self._rules.rules:
            # a rule that asks for a mode needs the reader's coding; the words alone are too few
            if rule.modes or rule.words is None or "happened" not in rule.factuality or rule.dimension in states:
                continue
            if rule.fits(
                type_=next(iter(rule.types), ""), mode=None, object_=None, clause=clause, factuality="happened"
            ):
                states[rule.dimension] = rule.value
        events = [
            *self._foretold.get(statement.id, ()),
            *(self._events[i] for i in statement.about if i in self._events and self._events[i].factuality == "future"),
        ]
        return _Foretold(
            said=article.published,
            article=article.id,
            due=statement.due,
            words=words.stems(_SIDE_CLAUSE.split(text)[0]) - self._name_stems(statement.said[0]),
            parties=parties,
            verb=words.stem(verb) if verb is not None else None,
            negated=refused or negation is not None,
            possible=words.possible.search(text) is not None,
            events=tuple({event.id: event for event in events}.values()),
            states=tuple(sorted(states.items())),
        )

    def _sentence_before(self, statement: Statement) -> str:
        """The words of the sentence that stand before the content."""
        text = self._articles[statement.content.article].text[: statement.said[0].start]
        return _SENTENCE_END.split(text[-LONGEST:])[-1]

    def _parties(self, statement: Statement, before: int) -> frozenset[str]:
        """The states and bodies of which something is foretold: those that the content names, and whoever intends it.

        Where neither says it, those that the sentence names before.
        """
        content = statement.said[0]
        parties = self._named(content.article, content.start, content.end)
        speaker = self._sides.side(statement.speaker) if statement.speaker else None
        if speaker is not None and self._is_party(speaker) and (statement.act == "intention" or not parties):
            parties |= {speaker}
        return parties or self._named(content.article, content.start - before, content.start)

    def _named(self, article: str, start: int, end: int) -> frozenset[str]:
        return frozenset(
            side
            for mention in self._mentions.get(article, ())
            if start <= mention.start
            and mention.end <= end
            and (side := self._sides.side(mention.actor)) is not None
            and self._is_party(side)
        )

    def _is_party(self, side: str) -> bool:
        """Whether a side is a state or a body of its own, not people who are only described ("the two", "officials")."""
        actor = self._sides.actors[side]
        return not actor.anonymous and (actor.kind == "state" or actor.key is not None)

    def _name_stems(self, span: Span) -> frozenset[str]:
        """The stems of the words that name somebody, which tell who and not what."""
        names = [
            mention.text
            for mention in self._mentions.get(span.article, ())
            if span.start <= mention.start and mention.end <= span.end and mention.how in ("name", "metonym")
        ]
        return self._words.stems(" ".join(names))

    def _told(self, event: Event) -> _Told | None:
        days = [day for span in event.evidence if (day := self._articles[span.article].published) is not None]
        dated = is_dated(event.when)
        if dated:
            low, high = bounds(event.when)
        elif days and not event.historical:
            # a report of the news without a day: done when the article came out, and not known before
            low = high = min(days)
        else:
            return None
        return _Told(
            event=event,
            low=low,
            high=high,
            dated=dated,
            verb=self._words.stems(event.trigger.text),
            words=self._words.stems(f"{event_clause(event)} {(event.object or '').replace('_', ' ')}"),
            parties=self._sides.parties(event),
        )

    def _outcome(self, foretold: _Foretold) -> tuple[Outcome, tuple[Span, ...]]:
        done = self._reports(foretold, "happened")
        undone = self._reports(foretold, "negated")
        if foretold.negated:
            if done:
                return "failed", self._evidence(done[0].event.evidence, foretold)
            over = [told for told in undone if self._is_over(told, foretold)]
            return ("met", self._evidence(over[0].event.evidence, foretold)) if over else ("open", ())
        held = self._states_held(foretold)
        if held is not None:
            late = foretold.due is not None and foretold.due.end is not None and held[0] > foretold.due.end + _slack()
            if not late:
                return "met", held[1]
            return ("open", ()) if foretold.possible else ("failed", held[1])
        end = foretold.due.end if foretold.due is not None else None
        in_time = [told for told in done if end is None or told.low <= end + _slack()]
        if in_time and (not foretold.states or self._coded_alike(foretold, in_time)):
            return "met", self._evidence(in_time[0].event.evidence, foretold)
        if foretold.possible:
            return "open", ()
        failed = [
            *(told for told in undone if self._is_over(told, foretold) or self._never(told)),
            *(told for told in done if end is not None and told.dated and told.low > end + _slack()),
        ]
        return ("failed", self._evidence(failed[0].event.evidence, foretold)) if failed else ("open", ())

    def _reports(self, foretold: _Foretold, factuality: str) -> list[_Told]:
        """The later reports of the act foretold, done or not, the earliest day first."""
        party = min(foretold.parties, key=lambda one: (len(self._by_party.get(one, ())), one))
        found = [
            told
            for told in self._by_party.get(party, ())
            if told.event.factuality == factuality
            and foretold.parties <= told.parties
            and self._is_later(told, foretold)
            and self._is_the_act(told, foretold)
        ]
        return sorted(found, key=lambda told: (told.low, told.high, told.event.id))

    def _is_later(self, told: _Told, foretold: _Foretold) -> bool:
        """Whether the act lies after the forecast, and an article that came later tells it."""
        if told.low < foretold.said or not self._evidence(told.event.evidence, foretold):
            return False
        if foretold.due is None and (told.low - foretold.said).days > HORIZON:
            return False
        start = foretold.due.start if foretold.due is not None else None
        return start is None or told.event.factuality != "happened" or told.high >= start - _slack()

    def _is_the_act(self, told: _Told, foretold: _Foretold) -> bool:
        shared = foretold.words & told.words
        for event in foretold.events:
            alike = self._rules.same_act((event.type, event.mode), (told.event.type, told.event.mode))
            doers = set(self._sides.of(event.actors)) & set(self._sides.of(told.event.actors))
            same = not event.object or not told.event.object or event.object == told.event.object
            if alike and doers and same and (event.object == told.event.object is not None or len(shared) > 1):
                return True
        return _alike_in_words(foretold.words, foretold.parties, told.verb, told.words)

    def _outcome_in_sentences(self, foretold: _Foretold) -> tuple[Outcome, tuple[Span, ...]]:
        """What sentences of later articles tell of the act; "open" where they don't."""
        if foretold.verb is None:
            return "open", ()
        due = foretold.due
        end = due.end if due is not None else None
        for report in self._sentences.get(foretold.verb, ()):
            if not self._is_told(foretold, report, SHARE):
                continue
            over = end is not None and report.published > end
            evidence = (report.span,)
            if report.kind == "done":
                if foretold.negated:
                    return "failed", evidence
                day = report.day or report.published
                begun = due is None or due.start is None or day >= due.start - _slack()
                reach = timedelta(days=SLACK if report.day else LATE)
                if begun and (end is None or day <= end + reach):
                    return "met", evidence
                if begun and report.day is not None and not foretold.possible:
                    return "failed", evidence
            elif foretold.negated:
                if over:
                    return "met", evidence
            elif not foretold.possible and (over or report.kind == "dropped"):
                return "failed", evidence
        if foretold.negated or foretold.possible:
            return "open", ()
        for report in self._sentences.get(DROPPED, ()):
            if foretold.verb not in report.words and self._is_told(foretold, report, SHARE_OF_PLAN):
                return "failed", (report.span,)
        return "open", ()

    def _is_told(self, foretold: _Foretold, report: Report, share: float) -> bool:
        """Whether a sentence of a later article tells the act foretold: its sides, and enough of its telling words."""
        if report.span.article == foretold.article or report.published <= foretold.said:
            return False
        if report.day is not None and report.day < foretold.said:
            return False
        if foretold.due is None and (report.published - foretold.said).days > HORIZON:
            return False
        if not foretold.parties <= report.parties:
            return False
        rest = foretold.words - {foretold.verb}
        shared = rest & report.words
        return len(shared) >= share * len(rest) and (bool(shared) or len(foretold.parties) > 1)

    def _states_held(self, foretold: _Foretold) -> tuple[date, tuple[Span, ...]] | None:
        """The day by which all states foretold held, and the words that tell it; None where one has not come."""
        if not foretold.states or foretold.negated:
            return None
        last = date.min
        spans: list[Span] = []
        for dimension, value in foretold.states:
            held = [
                (relation.since, relation.id, evidence)
                for relation in self._relations.get((dimension, value), ())
                if relation.since is not None
                and foretold.said <= relation.since
                and (foretold.due is not None or (relation.since - foretold.said).days <= HORIZON)
                and foretold.parties <= {relation.of, relation.toward}
                and (evidence := self._evidence(relation.evidence, foretold))
            ]
            if not held:
                return None
            since, _identity, evidence = min(held)
            last = max(last, since)
            spans += evidence
        return last, tuple(dict.fromkeys(spans))[:SHOWN]

    def _coded_alike(self, foretold: _Foretold, told: Sequence[_Told]) -> bool:
        """Whether the reader's own coding, not only the words, says that this is the act; a state foretold needs it."""
        return any(
            self._rules.same_act((event.type, event.mode), (one.event.type, one.event.mode))
            for event in foretold.events
            for one in told[:1]
        )

    def _is_over(self, told: _Told, foretold: _Foretold) -> bool:
        """Whether the days foretold were over when the report came out."""
        end = foretold.due.end if foretold.due is not None else None
        days = [day for span in told.event.evidence if (day := self._articles[span.article].published) is not None]
        return end is not None and max(days, default=date.min) > end

    def _never(self, told: _Told) -> bool:
        return self._words.never.search(told.event.evidence[0].text) is not None

    def _evidence(self, spans: Sequence[Span], foretold: _Foretold) -> tuple[Span, ...]:
        """The words of articles that came out after the forecast, the earliest first."""
        later = []
        for span in spans:
            day = self._articles[span.article].published
            if day is not None and day > foretold.said and span.article != foretold.article:
                later.append((day, span.article, span.start, span))
        return tuple(item[3] for item in sorted(later, key=lambda item: item[:3]))[:SHOWN]


def _text(statement: Statement) -> str:
    return " ".join(part.text for part in statement.said)


def _slack() -> timedelta:
    return timedelta(days=SLACK)
