"""Choose: what of a history concerns a pair, and what is background or noise.

Between the two: events with both among their parties. Background: an act of one of them, or of a third party toward one,
that bears on the pair: an article gives it as the reason of an event between them, its sentence names the other, or it
stands in an article that is mainly about the two. The rest is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from dragoman.codebook import Codebook
from dragoman.codebook.loaded import LoadedWords
from dragoman.codebook.plover import Ontology
from dragoman.codebook.territories import Territories
from dragoman.errors import UnknownNameError
from dragoman.record import Article, Event, History, Mention, Relation, Span, Statement
from dragoman.relate.clause import event_clause, is_asked
from dragoman.relate.sides import Sides, is_state, make_sides

LEAST_WORDS = 4
"""Words below which what a speaker mentions is a noun in passing."""
PROFILE_SECTIONS = frozenset({"profile", "byline"})


@dataclass(frozen=True, kw_only=True)  # no slots: some of it is reckoned once, when it is asked for
class Choice:
    """What concerns a pair. `between` and `background` are events; `numbers` number the articles behind them from 1;
    `loaded` knows the words that take a side, `ontology` the types; `mentions` are those of each article (id)."""

    first: str
    second: str
    sides: Sides
    articles: Mapping[str, Article]
    between: tuple[Event, ...]
    background: tuple[Event, ...]
    statements: tuple[Statement, ...]
    relations: tuple[Relation, ...]
    others: tuple[Relation, ...]
    sources: tuple[Article, ...]
    numbers: Mapping[str, int]
    loaded: LoadedWords
    ontology: Ontology
    mentions: Mapping[str, Sequence[Mention]] = field(default_factory=dict)

    @property
    def events(self) -> tuple[Event, ...]:
        """Both kinds of events."""
        return (*self.between, *self.background)

    @cached_property
    def between_ids(self) -> Set[str]:
        """The ids of the events between the two."""
        return frozenset(event.id for event in self.between)

    @cached_property
    def events_by_id(self) -> Mapping[str, Event]:
        """Both kinds of events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def statements_by_id(self) -> Mapping[str, Statement]:
        """The statements by id."""
        return {statement.id: statement for statement in self.statements}

    @cached_property
    def told(self) -> tuple[Event, ...]:
        """The events for the timeline: what happened, and what made a state by not happening (a refused recognition).

        Talk that one side only reports of others is left to what that side says.
        """
        causes = {cause for relation in (*self.relations, *self.others) for cause in relation.cause}
        speakers = {statement.id: statement.speaker for statement in self.statements}
        reasons = {cause for event in self.between for cause in event.because}
        return tuple(
            event
            for event in self.events
            if event.id in causes
            or (event.factuality == "happened" and not is_asked(event) and not self._idle(event, speakers, reasons))
        )

    def _names_actor(self, clause: str, event: Event) -> bool:
        actors = [self.sides.actors[actor] for actor in event.actors if actor in self.sides.actors]
        words = [name.split()[-1] for actor in actors for name in (actor.name, *actor.names)]
        return any(word in clause for word in words)

    def _idle(self, event: Event, speakers: Mapping[str, str | None], reasons: set[str]) -> bool:
        """Say whether an event has no second party, is a mere noun in somebody's words, or others' talk by hearsay.

        What a person checked is never idle.
        """
        if event.checked:
            return False
        if event.id not in reasons and len({*event.actors, *event.recipients}) < 2:
            return True
        if not event.reported_by:
            return False
        clause = event_clause(event)
        if len(clause.split()) < LEAST_WORDS or not self._names_actor(clause, event):
            return True
        if not self.ontology.within("hearsay", event.type, event.mode):
            return False
        tellers = {speaker for statement in event.reported_by if (speaker := speakers.get(statement)) is not None}
        return not set(self.sides.of(tellers)) & set(self.sides.of(event.actors))


def side_id(history: History, key: str, territories: Territories) -> str:
    """Return the id of the state or body named by code, by name in any language that the codebook knows, or by id.

    `UnknownNameError` where the history has none: it says whether the name or only the articles are missing.
    """
    wanted = key.strip().casefold()
    territory = territories.find(key.strip())
    code = territory.code if territory is not None else None
    states = [actor for actor in history.actors if actor.kind == "state"]
    for actor in (*filter(is_state, states), *states):  # a state before its regions, which carry its country too
        if actor.id == key or (code is not None and code in (actor.key, actor.country)):
            return actor.id
    for actor in history.actors:
        if actor.kind != "person" and wanted in {
            actor.id,
            (actor.key or "").casefold(),
            actor.name.casefold(),
            *(name.casefold() for name in actor.names),
        }:
            return actor.id
    if territory is not None:
        raise UnknownNameError(f"No article that was read speaks of {territory.name}: read articles about it first.")
    near = territories.suggest(key)
    hint = f"did you mean {near[0]}?" if near else "name a state or body, or give its code."
    raise UnknownNameError(f"No state or body is called {key!r}: {hint}", near)


def choose(history: History, first: str, second: str, codebook: Codebook) -> Choice:
    """Return what of the history concerns the two sides (actor ids)."""
    sides = make_sides(history.actors)
    articles = {article.id: article for article in history.articles}
    mentions = _mentions(history)
    pair = frozenset({first, second})
    about_pair = _about(pair, mentions, sides)
    both_named = {article for article, named in mentions.items() if pair <= {sides.side(m.actor) for m in named}}
    between = [event for event in history.events if pair <= sides.parties(event)]
    reasons = {cause for event in between for cause in event.because}
    near = {event.id for event in between}
    background = [
        event
        for event in history.events
        if event.id not in near
        and pair & sides.parties(event)
        and (event.id in reasons or _bears(event, pair, mentions, sides) or _told_in(event, about_pair))
        and (event.id in reasons or any(sides.public(actor) and sides.side(actor) for actor in event.actors))
        and not in_section(event.evidence[0], articles, PROFILE_SECTIONS)
    ]
    statements = [
        statement
        for statement in history.statements
        if statement.content.article in both_named
        and _concerns(statement, pair, about_pair, between, background, mentions, sides)
    ]
    relations = [relation for relation in history.relations if {relation.of, relation.toward} == pair]
    kept = {event.id for event in (*between, *background)}
    others = [
        relation
        for relation in history.relations
        if pair & (sides_of := {relation.of, relation.toward})
        and sides_of != pair
        and (kept & set(relation.cause) or any(span.article in about_pair for span in relation.evidence))
    ]
    used = {
        *(span.article for event in between for span in event.evidence),
        *(span.article for event in background for span in event.evidence if span.article in both_named),
        *(statement.content.article for statement in statements),
        *(span.article for relation in relations for span in relation.evidence),
    }
    sources = tuple(article for article in history.articles if article.id in used)
    return Choice(
        first=first,
        second=second,
        sides=sides,
        articles=articles,
        between=tuple(between),
        background=tuple(event for event in background if any(span.article in used for span in event.evidence)),
        statements=tuple(statements),
        relations=tuple(relations),
        others=tuple(others),
        sources=sources,
        loaded=codebook.loaded_words,
        ontology=codebook.ontology,
        numbers={article.id: number for number, article in enumerate(sources, 1)},
        mentions=mentions,
    )


def of_articles(choice: Choice, articles: Set[str]) -> Choice:
    """Return a choice with just some of its articles as sources, numbered anew."""
    sources = tuple(one for one in choice.articles.values() if one.id in articles)
    return replace(choice, sources=sources, numbers={one.id: number for number, one in enumerate(sources, 1)})


def _mentions(history: History) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in history.mentions:
        found[mention.article].append(mention)
    return found


def _about(pair: frozenset[str], mentions: Mapping[str, Sequence[Mention]], sides: Sides) -> frozenset[str]:
    """The articles in which the two are the sides that are named most."""
    found = set()
    for article, named in mentions.items():
        counts = Counter(side for mention in named if (side := sides.side(mention.actor)) is not None)
        ranked = sorted(counts, key=lambda side: (-counts[side], side))
        if pair <= set(ranked[:3]):
            found.add(article)
    return frozenset(found)


def _bears(event: Event, pair: frozenset[str], mentions: Mapping[str, Sequence[Mention]], sides: Sides) -> bool:
    """Say whether a sentence that tells the event names both of the pair."""
    for span in event.evidence:
        inside = {
            sides.side(mention.actor)
            for mention in mentions.get(span.article, ())
            if span.start <= mention.start and mention.end <= span.end
        }
        if pair <= inside | sides.parties(event):
            return True
    return False


def _told_in(event: Event, articles: frozenset[str]) -> bool:
    return any(span.article in articles for span in event.evidence)


def in_section(span: Span, articles: Mapping[str, Article], kinds: frozenset[str]) -> bool:
    """Say whether a span stands in a section of one of the kinds."""
    article = articles.get(span.article)
    return article is not None and any(
        region.start <= span.start < region.end and region.kind in kinds for region in article.sections
    )


def _concerns(
    statement: Statement,
    pair: frozenset[str],
    about_pair: frozenset[str],
    between: Sequence[Event],
    background: Sequence[Event],
    mentions: Mapping[str, Sequence[Mention]],
    sides: Sides,
) -> bool:
    content = statement.content
    if content.article in about_pair:
        return True
    events = {event.id for event in (*between, *background)}
    if events & set(statement.about):
        return True
    named = {
        sides.side(mention.actor)
        for mention in mentions.get(content.article, ())
        if content.start <= mention.start and mention.end <= content.end
    }
    if statement.speaker is not None:
        named.add(sides.side(statement.speaker))
    return pair <= named
